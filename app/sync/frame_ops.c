/* A device's ops. Identity stands once for all of them: the device is who signed the frame, the
 * epoch is in the header, and the numbers follow from the first one. */
#include "sync/frame_ops.h"

#include "sync/bytes.h"
#include "sync/frame_parts.h"

#include <assert.h>
#include <string.h>

#define HEADER_BYTES_MOST 110

static_assert(
	HEADER_BYTES_MOST + PARTS_OP_BYTES_MOST + OP_VALUE_LIMIT_BYTES <= FRAME_BODY_LIMIT_BYTES,
	"any op fits in a frame");

size_t frame_ops_fit(const struct op *ops, size_t count)
{
	size_t used = HEADER_BYTES_MOST, fit = 0;
	while (fit < count && fit < FRAME_OPS_MOST && parts_fit(&used, &ops[fit], 0))
		fit++;
	return fit ? fit : 1;
}

static bool check(const struct frame_ops *ops, struct error *err)
{
	assert(ops->count >= 1 && ops->count <= FRAME_OPS_MOST && ops->first_seq >= 1);
	for (size_t i = 0; i < ops->count; i++) {
		struct op op = ops->ops[i];
		op.seq = ops->first_seq + (int64_t)i;
		if (!parts_check_op(&op, err))
			return false;
		if ((ops->ops[i].base_by != BASE_NUMBER && op.base < 1) ||
			(ops->ops[i].base_by == BASE_OWN && op.base >= op.seq))
			return error_set(err, ERROR_REFUSED, "op %lld: it names base %lld",
				(long long)op.seq, (long long)op.base);
	}
	return true;
}

bool frame_ops_write(
	struct arena *arena, const struct frame_ops *ops, struct str *body, struct error *err)
{
	if (!check(ops, err))
		return false;
	struct entity_table entities = {.count = 0};
	size_t places[FRAME_OPS_MOST];
	for (size_t i = 0; i < ops->count; i++)
		places[i] = entity_place(&entities, &ops->ops[i]);

	struct str_builder b = {.arena = arena};
	bytes_put(&b, ops->epoch, sizeof(ops->epoch));
	bytes_put(&b, ops->previous_epoch, sizeof(ops->previous_epoch));
	bytes_put_number(&b, ops->previous_last);
	bytes_put(&b, ops->previous_frame.bytes, HASH_BYTES);
	bytes_put(&b, ops->hub_epoch, sizeof(ops->hub_epoch));
	bytes_put_number(&b, ops->hub_seq);
	bytes_put_number(&b, ops->monotonic_ms);
	bytes_put_number(&b, ops->first_seq);
	parts_put_entities(&b, &entities);
	bytes_put_number(&b, (int64_t)ops->count);
	int64_t before_ms = 0;
	for (size_t i = 0; i < ops->count; i++) {
		parts_put_start(&b, &ops->ops[i]);
		parts_put_rest(&b, places[i], before_ms, &ops->ops[i]);
		before_ms = ops->ops[i].wall_ms;
	}
	*body = str_builder_text(&b);
	return true;
}

static void get_header(struct bytes_reader *r, struct frame_ops *ops)
{
	bytes_get(r, ops->epoch, sizeof(ops->epoch));
	bytes_get(r, ops->previous_epoch, sizeof(ops->previous_epoch));
	ops->previous_last = bytes_get_number(r, 0, BYTES_NUMBER_LIMIT - 1);
	bytes_get(r, ops->previous_frame.bytes, HASH_BYTES);
	bytes_get(r, ops->hub_epoch, sizeof(ops->hub_epoch));
	ops->hub_seq = bytes_get_number(r, 0, BYTES_NUMBER_LIMIT - 1);
	ops->monotonic_ms = bytes_get_number(r, 0, BYTES_NUMBER_LIMIT - 1);
	ops->first_seq = bytes_get_number(r, 1, BYTES_NUMBER_LIMIT - 1 - FRAME_OPS_MOST);
}

static void get_op(struct bytes_reader *r, const struct entity_table *entities, int64_t before_ms,
	struct op *op)
{
	size_t start = r->at;
	parts_get_start(r, op);
	parts_get_rest(r, entities, before_ms, op);
	if (op->base_by == BASE_OWN && op->base >= op->seq)
		bytes_wrong(r, start, "an op names a later one as its base");
}

bool frame_ops_read(struct arena *arena, const uint8_t device[FRAME_DEVICE_BYTES], struct str body,
	struct frame_ops *ops, struct error *err)
{
	struct bytes_reader r = bytes_reader_of(body);
	struct entity_table entities;
	*ops = (struct frame_ops){0};
	get_header(&r, ops);
	parts_get_entities(&r, &entities);
	ops->count = bytes_get_count(&r, 1, FRAME_OPS_MOST);
	if (bytes_ok(&r))
		ops->ops = arena_new_array(arena, struct op, ops->count);
	int64_t before_ms = 0;
	for (size_t i = 0; i < ops->count && bytes_ok(&r); i++) {
		struct op *op = &ops->ops[i];
		memcpy(op->device, device, sizeof(op->device));
		memcpy(op->epoch, ops->epoch, sizeof(op->epoch));
		op->seq = ops->first_seq + (int64_t)i;
		get_op(&r, &entities, before_ms, op);
		before_ms = op->wall_ms;
	}
	return bytes_reader_done(&r, "ops", err);
}
