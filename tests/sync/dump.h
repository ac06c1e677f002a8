/* The bodies of frames as text, every field: for the corpus, whose dumps stand beside it, and to
 * see whether two are the same. And every kind behind one table. */
#pragma once
#include "crypto/secret.h"
#include "sync/bytes.h"
#include "sync/frame_acks.h"
#include "sync/frame_delta.h"
#include "sync/frame_enrolment.h"
#include "sync/frame_erasures.h"
#include "sync/frame_head.h"
#include "sync/frame_invitation.h"
#include "sync/frame_ops.h"
#include "sync/frame_sealed.h"
#include "sync/frame_snapshot.h"

#include <string.h>

/* Any body. */
struct body {
	unsigned kind; /* enum frame_kind */
	union {
		struct frame_ops ops;
		struct frame_delta delta;
		struct frame_head head;
		struct frame_acks acks;
		struct frame_sealed sealed;
		struct frame_erasures erasures;
		struct frame_enrolment enrolment;
		struct frame_snapshot snapshot;
		struct frame_invitation invitation;
	};
};

/* --- text ------------------------------------------------------------------------------------- */

static inline void dump_hex(
	struct str_builder *b, const char *name, const void *bytes, size_t count)
{
	str_builder_add_format(b, " %s ", name);
	str_builder_add(b, secret_to_hex(b->arena, bytes, count));
}

static inline void dump_number(struct str_builder *b, const char *name, int64_t number)
{
	str_builder_add_format(b, " %s %lld", name, (long long)number);
}

/* Printable ASCII as it is, the rest escaped. */
static inline void dump_text(struct str_builder *b, const char *name, struct str text)
{
	str_builder_add_format(b, " %s \"", name);
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\')
			str_builder_add_char(b, (char)c);
		else
			str_builder_add_format(b, "\\x%02x", c);
	}
	str_builder_add_char(b, '"');
}

static inline void dump_op(struct str_builder *b, const struct op *op)
{
	str_builder_add(b, STR("\n  op"));
	dump_number(b, "hub_seq", op->hub_seq);
	dump_hex(b, "device", op->device, 8);
	dump_hex(b, "epoch", op->epoch, 8);
	dump_number(b, "seq", op->seq);
	dump_number(b, "ms", op->wall_ms);
	dump_number(b, "clock", op->clock);
	dump_number(b, "kind", op->kind);
	dump_number(b, "type", op->entity_type);
	dump_hex(b, "entity", op->entity.bytes, 16);
	dump_number(b, "field", op->field);
	dump_number(b, "base", op->base);
	dump_number(b, "by", op->base_by);
	if (op->base_by == BASE_OTHER)
		dump_hex(b, "device", op->base_device, 8);
	if (op->base_by >= BASE_EARLIER)
		dump_hex(b, "of", op->base_epoch, 8);
	if (op->has_value)
		dump_text(b, "value", op->value);
}

static inline void dump_ops(struct str_builder *b, const struct frame_ops *ops)
{
	dump_hex(b, "epoch", ops->epoch, 8);
	dump_hex(b, "previous", ops->previous_epoch, 8);
	dump_number(b, "last", ops->previous_last);
	dump_hex(b, "frame", &ops->previous_frame, HASH_BYTES);
	dump_hex(b, "hub_epoch", ops->hub_epoch, 8);
	dump_number(b, "hub_seq", ops->hub_seq);
	dump_number(b, "monotonic", ops->monotonic_ms);
	dump_number(b, "first", ops->first_seq);
	for (size_t i = 0; i < ops->count; i++)
		dump_op(b, &ops->ops[i]);
}

static inline void dump_delta(struct str_builder *b, const struct frame_delta *delta)
{
	dump_hex(b, "hub_epoch", delta->hub_epoch, 8);
	dump_number(b, "first", delta->first);
	dump_hex(b, "chain", &delta->chain_before, HASH_BYTES);
	for (size_t i = 0; i < delta->count; i++)
		dump_op(b, &delta->ops[i]);
}

static inline void dump_head(struct str_builder *b, const struct frame_head *head)
{
	dump_hex(b, "hub_epoch", head->hub_epoch, 8);
	dump_number(b, "hub_seq", head->hub_seq);
	dump_hex(b, "chain", &head->chain, HASH_BYTES);
	dump_hex(b, "state", &head->state, HASH_BYTES);
	dump_number(b, "issued", head->issued_ms);
	dump_hex(b, "parent", head->parent, 8);
	dump_number(b, "left", head->parent_seq);
	dump_number(b, "oldest", head->oldest_seq);
	dump_number(b, "snapshot", head->snapshot_seq);
	dump_number(b, "least", head->format_least);
	for (size_t i = 0; i < head->past_count; i++) {
		str_builder_add(b, STR("\n  past"));
		dump_hex(b, "epoch", head->past[i].epoch, 8);
		dump_number(b, "left", head->past[i].left_seq);
	}
}

static inline void dump_acks(struct str_builder *b, const struct frame_acks *acks)
{
	for (size_t i = 0; i < acks->count; i++) {
		str_builder_add(b, STR("\n  ack"));
		dump_hex(b, "device", acks->acks[i].device, 8);
		dump_hex(b, "epoch", acks->acks[i].epoch, 8);
		dump_number(b, "seq", acks->acks[i].seq);
		dump_number(b, "backed_up", acks->acks[i].backed_up_seq);
		dump_hex(b, "frame", acks->acks[i].frame, FRAME_ACK_HASH_BYTES);
	}
}

static inline void dump_sealed(struct str_builder *b, const struct frame_sealed *sealed)
{
	for (size_t i = 0; i < sealed->count; i++) {
		const struct sealed_box *box = &sealed->boxes[i];
		str_builder_add(b, STR("\n  box"));
		dump_number(b, "type", box->entity_type);
		dump_hex(b, "entity", box->entity.bytes, 16);
		dump_hex(b, "salt", box->salt, sizeof(box->salt));
		dump_number(b, "saved", box->saved_ms);
		dump_number(b, "expires", box->expires_ms);
		dump_number(b, "days", box->retention_days);
		dump_hex(b, "box", box->box.ptr, box->box.len);
	}
}

static inline void dump_erasures(struct str_builder *b, const struct frame_erasures *erasures)
{
	for (size_t i = 0; i < erasures->count; i++) {
		str_builder_add(b, STR("\n  erased"));
		dump_number(b, "type", erasures->erasures[i].entity_type);
		dump_hex(b, "entity", erasures->erasures[i].entity.bytes, 16);
		dump_number(b, "ms", erasures->erasures[i].erased_ms);
	}
}

static inline void dump_enrolment(struct str_builder *b, const struct frame_enrolment *enrolment)
{
	dump_hex(b, "device", enrolment->device, 8);
	dump_hex(b, "key", &enrolment->key, sizeof(enrolment->key));
	dump_text(b, "name", enrolment->name);
	dump_hex(b, "place", enrolment->place.bytes, 16);
	dump_hex(b, "proof", enrolment->proof, sizeof(enrolment->proof));
}

static inline void dump_snapshot(struct str_builder *b, const struct frame_snapshot *snapshot)
{
	dump_hex(b, "hub_epoch", snapshot->hub_epoch, 8);
	dump_number(b, "hub_seq", snapshot->hub_seq);
	dump_number(b, "parts", snapshot->parts);
	dump_number(b, "part", snapshot->part);
	dump_hex(b, "state", &snapshot->state, HASH_BYTES);
	dump_text(b, "rows", snapshot->rows);
}

static inline void dump_invitation(struct str_builder *b, const struct frame_invitation *invitation)
{
	dump_hex(b, "key", &invitation->hub_key, sizeof(invitation->hub_key));
	dump_hex(b, "device", invitation->hub_device, 8);
	dump_hex(b, "epoch", invitation->hub_epoch, 8);
	dump_text(b, "name", invitation->organisation_name);
	dump_text(b, "address", invitation->address);
	dump_hex(b, "secret", invitation->secret, sizeof(invitation->secret));
	dump_number(b, "until", invitation->until_ms);
}

static inline struct str dump_body(struct arena *arena, const struct body *body)
{
	struct str_builder b = {.arena = arena};
	str_builder_add_format(&b, "%s:", frame_kind_name(body->kind));
	switch (body->kind) {
	case FRAME_OPS:
		dump_ops(&b, &body->ops);
		break;
	case FRAME_DELTA:
		dump_delta(&b, &body->delta);
		break;
	case FRAME_HEAD:
		dump_head(&b, &body->head);
		break;
	case FRAME_ACKS:
		dump_acks(&b, &body->acks);
		break;
	case FRAME_SEALED:
		dump_sealed(&b, &body->sealed);
		break;
	case FRAME_ERASURES:
		dump_erasures(&b, &body->erasures);
		break;
	case FRAME_ENROLMENT:
		dump_enrolment(&b, &body->enrolment);
		break;
	case FRAME_SNAPSHOT:
		dump_snapshot(&b, &body->snapshot);
		break;
	default:
		dump_invitation(&b, &body->invitation);
	}
	str_builder_add_char(&b, '\n');
	return str_builder_text(&b);
}

/* --- every kind ------------------------------------------------------------------------------- */

static inline bool read_body(struct arena *arena, unsigned kind, const uint8_t device[8],
	struct str bytes, struct body *body, struct error *err)
{
	*body = (struct body){.kind = kind};
	switch (kind) {
	case FRAME_OPS:
		return frame_ops_read(arena, device, bytes, &body->ops, err);
	case FRAME_DELTA:
		return frame_delta_read(arena, bytes, &body->delta, err);
	case FRAME_HEAD:
		return frame_head_read(bytes, &body->head, err);
	case FRAME_ACKS:
		return frame_acks_read(arena, bytes, &body->acks, err);
	case FRAME_SEALED:
		return frame_sealed_read(arena, bytes, &body->sealed, err);
	case FRAME_ERASURES:
		return frame_erasures_read(arena, bytes, &body->erasures, err);
	case FRAME_ENROLMENT:
		return frame_enrolment_read(bytes, &body->enrolment, err);
	case FRAME_SNAPSHOT:
		return frame_snapshot_read(bytes, &body->snapshot, err);
	default:
		return frame_invitation_read(bytes, &body->invitation, err);
	}
}

static inline bool write_body(
	struct arena *arena, const struct body *body, struct str *bytes, struct error *err)
{
	switch (body->kind) {
	case FRAME_OPS:
		return frame_ops_write(arena, &body->ops, bytes, err);
	case FRAME_DELTA:
		return frame_delta_write(arena, &body->delta, bytes, err);
	case FRAME_SEALED:
		return frame_sealed_write(arena, &body->sealed, bytes, err);
	case FRAME_ENROLMENT:
		return frame_enrolment_write(arena, &body->enrolment, bytes, err);
	case FRAME_INVITATION:
		return frame_invitation_write(arena, &body->invitation, bytes, err);
	case FRAME_HEAD:
		*bytes = frame_head_write(arena, &body->head);
		return true;
	case FRAME_ACKS:
		*bytes = frame_acks_write(arena, &body->acks);
		return true;
	case FRAME_ERASURES:
		*bytes = frame_erasures_write(arena, &body->erasures);
		return true;
	default:
		*bytes = frame_snapshot_write(arena, &body->snapshot);
		return true;
	}
}
