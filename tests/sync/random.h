/* Random things for the tests of the format: all of a kind's fields, from a seed, with the edges of
 * every range more likely than chance has it. */
#pragma once
#include "base/env.h"
#include "dump.h"

#include <string.h>

struct luck {
	struct env *env;
	struct arena arena;
};

static inline struct luck luck_of(uint64_t seed)
{
	return (struct luck){.env = env_simulated_create(env_os(), 0, false, seed)};
}

static inline void luck_finish(struct luck *luck)
{
	env_simulated_destroy(luck->env);
	arena_finish(&luck->arena);
}

static inline uint32_t random_below(struct luck *luck, uint32_t limit)
{
	return env_random_below(luck->env, limit);
}

/* From least to most, small ones and the edges more often. */
static inline int64_t random_number(struct luck *luck, int64_t least, int64_t most)
{
	uint64_t bits;
	env_random_bytes(luck->env, &bits, sizeof(bits));
	switch (random_below(luck, 6)) {
	case 0:
		return least;
	case 1:
		return most;
	case 2:
		bits &= 0xff;
		break;
	case 3:
		bits >>= random_below(luck, 64);
		break;
	default:
		break;
	}
	return least + (int64_t)(bits % ((uint64_t)(most - least) + 1));
}

static inline void random_fill(struct luck *luck, void *bytes, size_t count)
{
	env_random_bytes(luck->env, bytes, count);
}

/* Zeroes as often as not: those are "none" in many places. */
static inline void random_id(struct luck *luck, uint8_t id[8])
{
	memset(id, 0, 8);
	if (random_below(luck, 2))
		random_fill(luck, id, 8);
}

/* Bytes that pack or that do not. */
static inline struct str random_bytes(struct luck *luck, size_t count)
{
	char *bytes = arena_alloc(&luck->arena, count);
	if (random_below(luck, 2))
		random_fill(luck, bytes, count);
	else
		for (size_t i = 0; i < count; i++)
			bytes[i] = (char)('a' + (i * i / 3) % 7);
	return (struct str){bytes, count};
}

static inline struct str random_text(struct luck *luck, size_t most)
{
	static const char *const parts[] = {"", "a", "buurthuis ", "é", "И", "₂", "😀", "{\"x\":1}"};
	struct str_builder b = {.arena = &luck->arena};
	for (;;) {
		struct str part = str_from(parts[random_below(luck, 8)]);
		if (part.len == 0 || b.len + part.len > most)
			return str_builder_text(&b);
		str_builder_add(&b, part);
	}
}

static inline struct op random_op(struct luck *luck, size_t value_most)
{
	static const int64_t around = 1796382000000;
	struct op op = {
		.wall_ms = random_below(luck, 4) ? around + random_below(luck, 5000)
						 : random_number(luck, -BYTES_NUMBER_LIMIT + 1,
							   BYTES_NUMBER_LIMIT - 1),
		.clock = (enum clock_quality)random_below(luck, 4),
		.kind = (unsigned)random_number(luck, 0, UINT16_MAX),
		.entity_type =
			random_below(luck, 2) ? 5 : (unsigned)random_number(luck, 0, UINT16_MAX),
		.field = (unsigned)random_number(luck, 0, UINT16_MAX),
		.has_value = random_below(luck, 4) > 0,
	};
	op.entity.bytes[0] = (uint8_t)random_below(luck, 9);
	if (random_below(luck, 8) == 0)
		random_fill(luck, op.entity.bytes, sizeof(op.entity.bytes));
	if (op.has_value)
		op.value = random_bytes(luck, (size_t)random_number(luck, 0, (int64_t)value_most));
	return op;
}

static inline void random_base(struct luck *luck, struct op *op)
{
	op->base_by = (enum op_base)random_below(luck, 3);
	if (op->base_by == BASE_OWN && op->seq == 1)
		op->base_by = BASE_NUMBER;
	op->base = random_number(luck, op->base_by != BASE_NUMBER,
		op->base_by == BASE_OWN ? op->seq - 1 : BYTES_NUMBER_LIMIT - 1);
	if (op->base_by == BASE_EARLIER)
		random_fill(luck, op->base_epoch, sizeof(op->base_epoch));
}

/* As a reader gives it: device and epoch are in every op. */
static inline struct frame_ops random_ops(
	struct luck *luck, const uint8_t device[8], size_t count, size_t value_most)
{
	struct frame_ops ops = {
		.previous_last = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1),
		.hub_seq = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1),
		.monotonic_ms = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1),
		.first_seq = random_number(luck, 1, BYTES_NUMBER_LIMIT - 1 - FRAME_OPS_MOST),
		.ops = arena_new_array(&luck->arena, struct op, count),
		.count = count,
	};
	random_fill(luck, ops.epoch, sizeof(ops.epoch));
	random_id(luck, ops.previous_epoch);
	random_fill(luck, &ops.previous_frame, sizeof(ops.previous_frame));
	random_id(luck, ops.hub_epoch);
	for (size_t i = 0; i < count; i++) {
		struct op *op = &ops.ops[i];
		*op = random_op(luck, value_most);
		memcpy(op->device, device, 8);
		memcpy(op->epoch, ops.epoch, 8);
		op->seq = ops.first_seq + (int64_t)i;
		random_base(luck, op);
	}
	return ops;
}

static inline struct frame_delta random_delta(struct luck *luck, size_t count, size_t value_most)
{
	struct frame_delta delta = {
		.first = random_number(luck, 1, BYTES_NUMBER_LIMIT - 1 - FRAME_OPS_MOST),
		.ops = arena_new_array(&luck->arena, struct op, count),
		.count = count,
	};
	random_fill(luck, delta.hub_epoch, sizeof(delta.hub_epoch));
	random_fill(luck, &delta.chain_before, sizeof(delta.chain_before));
	bool many = random_below(luck, 4) == 0;
	for (size_t i = 0; i < count; i++) {
		struct op *op = &delta.ops[i];
		*op = random_op(luck, value_most);
		op->hub_seq = delta.first + (int64_t)i;
		op->device[0] = (uint8_t)random_below(luck, 3);
		op->epoch[7] = (uint8_t)random_below(luck, many ? 256 : 2);
		op->seq = random_number(luck, 1, BYTES_NUMBER_LIMIT - 1);
		op->base = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1);
	}
	return delta;
}

static inline struct frame_head random_head(struct luck *luck)
{
	struct frame_head head = {.hub_seq = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1)};
	random_fill(luck, head.hub_epoch, sizeof(head.hub_epoch));
	random_fill(luck, &head.chain, sizeof(head.chain));
	random_fill(luck, &head.state, sizeof(head.state));
	head.issued_ms = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1);
	random_id(luck, head.parent);
	head.parent_seq = random_number(luck, 0, head.hub_seq);
	head.oldest_seq = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1);
	head.snapshot_seq = random_number(luck, 0, head.hub_seq);
	head.format_least = random_number(luck, 1, BYTES_NUMBER_LIMIT - 1);
	return head;
}

static inline struct frame_acks random_acks(struct luck *luck, size_t count)
{
	struct frame_acks acks = {arena_new_array(&luck->arena, struct frame_ack, count), count};
	for (size_t i = 0; i < count; i++) {
		struct frame_ack *ack = &acks.acks[i];
		random_fill(luck, ack, sizeof(*ack));
		ack->seq = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1);
		ack->backed_up_seq = random_number(luck, 0, ack->seq);
	}
	return acks;
}

static inline struct frame_sealed random_sealed(struct luck *luck, size_t count, size_t box_most)
{
	struct frame_sealed sealed = {
		arena_new_array(&luck->arena, struct sealed_box, count), count};
	for (size_t i = 0; i < count; i++) {
		struct sealed_box *box = &sealed.boxes[i];
		box->entity_type = (unsigned)random_number(luck, 0, UINT16_MAX);
		random_fill(luck, &box->entity, sizeof(box->entity));
		random_fill(luck, box->salt, sizeof(box->salt));
		box->saved_ms = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1);
		box->expires_ms = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1);
		box->retention_days = random_number(luck, 0, INT32_MAX);
		box->box = random_bytes(luck, (size_t)random_number(luck, 0, (int64_t)box_most));
	}
	return sealed;
}

static inline struct frame_erasures random_erasures(struct luck *luck, size_t count)
{
	struct frame_erasures erasures = {
		arena_new_array(&luck->arena, struct erasure, count), count};
	for (size_t i = 0; i < count; i++) {
		struct erasure *erasure = &erasures.erasures[i];
		erasure->entity_type = (unsigned)random_number(luck, 0, UINT16_MAX);
		random_fill(luck, &erasure->entity, sizeof(erasure->entity));
		erasure->erased_ms = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1);
	}
	return erasures;
}

static inline struct frame_enrolment random_enrolment(struct luck *luck)
{
	struct frame_enrolment enrolment = {.name = random_text(luck, FRAME_NAME_LIMIT_BYTES)};
	random_fill(luck, enrolment.device, sizeof(enrolment.device));
	random_fill(luck, &enrolment.key, sizeof(enrolment.key));
	random_fill(luck, &enrolment.place, sizeof(enrolment.place));
	random_fill(luck, enrolment.proof, sizeof(enrolment.proof));
	return enrolment;
}

static inline struct frame_snapshot random_snapshot(struct luck *luck, size_t rows_most)
{
	struct frame_snapshot snapshot = {
		.hub_seq = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1),
		.parts = random_number(luck, 1, FRAME_SNAPSHOT_PARTS_MOST),
	};
	random_fill(luck, snapshot.hub_epoch, sizeof(snapshot.hub_epoch));
	random_fill(luck, &snapshot.state, sizeof(snapshot.state));
	snapshot.part = random_number(luck, 0, snapshot.parts - 1);
	snapshot.rows = random_bytes(luck, (size_t)random_number(luck, 0, (int64_t)rows_most));
	return snapshot;
}

static inline struct frame_invitation random_invitation(struct luck *luck)
{
	struct frame_invitation invitation = {
		.organisation_name = random_text(luck, FRAME_ORGANISATION_NAME_LIMIT_BYTES),
		.address = random_text(luck, FRAME_ADDRESS_LIMIT_BYTES),
		.until_ms = random_number(luck, 0, BYTES_NUMBER_LIMIT - 1),
	};
	random_fill(luck, &invitation.hub_key, sizeof(invitation.hub_key));
	random_fill(luck, invitation.hub_device, sizeof(invitation.hub_device));
	random_fill(luck, invitation.hub_epoch, sizeof(invitation.hub_epoch));
	random_fill(luck, invitation.secret, sizeof(invitation.secret));
	return invitation;
}

/* Of a kind, with `count` rows where it has rows, and values of `value_most` bytes at most. */
static inline struct body random_body(
	struct luck *luck, unsigned kind, const uint8_t device[8], size_t count, size_t value_most)
{
	struct body body = {.kind = kind};
	switch (kind) {
	case FRAME_OPS:
		body.ops = random_ops(luck, device, count, value_most);
		break;
	case FRAME_DELTA:
		body.delta = random_delta(luck, count, value_most);
		break;
	case FRAME_HEAD:
		body.head = random_head(luck);
		break;
	case FRAME_ACKS:
		body.acks = random_acks(luck, count);
		break;
	case FRAME_SEALED:
		body.sealed = random_sealed(luck, count, value_most);
		break;
	case FRAME_ERASURES:
		body.erasures = random_erasures(luck, count);
		break;
	case FRAME_ENROLMENT:
		body.enrolment = random_enrolment(luck);
		memcpy(body.enrolment.device, device, 8);
		break;
	case FRAME_SNAPSHOT:
		body.snapshot = random_snapshot(luck, value_most);
		break;
	default:
		body.invitation = random_invitation(luck);
		memcpy(body.invitation.hub_device, device, 8);
	}
	return body;
}

/* Fails the test where they differ. */
static inline void same_op(const struct op *a, const struct op *b)
{
	assert_int_equal(a->hub_seq, b->hub_seq);
	assert_memory_equal(a->device, b->device, sizeof(a->device));
	assert_memory_equal(a->epoch, b->epoch, sizeof(a->epoch));
	assert_int_equal(a->seq, b->seq);
	assert_int_equal(a->wall_ms, b->wall_ms);
	assert_int_equal(a->clock, b->clock);
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->entity_type, b->entity_type);
	assert_true(uuid_equal(a->entity, b->entity));
	assert_int_equal(a->field, b->field);
	assert_int_equal(a->base, b->base);
	assert_int_equal(a->has_value, b->has_value);
	assert_true(str_equal(a->value, b->value));
}

static inline void same_ops(const struct frame_ops *a, const struct frame_ops *b)
{
	assert_memory_equal(a->epoch, b->epoch, 8);
	assert_memory_equal(a->previous_epoch, b->previous_epoch, 8);
	assert_int_equal(a->previous_last, b->previous_last);
	assert_memory_equal(&a->previous_frame, &b->previous_frame, HASH_BYTES);
	assert_memory_equal(a->hub_epoch, b->hub_epoch, 8);
	assert_int_equal(a->hub_seq, b->hub_seq);
	assert_int_equal(a->monotonic_ms, b->monotonic_ms);
	assert_int_equal(a->first_seq, b->first_seq);
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		same_op(&a->ops[i], &b->ops[i]);
		assert_int_equal(a->ops[i].base_by, b->ops[i].base_by);
		assert_memory_equal(a->ops[i].base_epoch, b->ops[i].base_epoch, 8);
	}
}

static inline void same_delta(const struct frame_delta *a, const struct frame_delta *b)
{
	assert_memory_equal(a->hub_epoch, b->hub_epoch, 8);
	assert_int_equal(a->first, b->first);
	assert_memory_equal(&a->chain_before, &b->chain_before, HASH_BYTES);
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++)
		same_op(&a->ops[i], &b->ops[i]);
}
