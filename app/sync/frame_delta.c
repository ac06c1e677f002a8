/* The hub's log. Unlike a device's own, its ops are of many writers: those stand in a table, and
 * each op says how far it is from the op before of the same one, which is nearly always 1. */
#include "sync/frame_delta.h"

#include "sync/bytes.h"
#include "sync/frame_parts.h"

#include <assert.h>
#include <string.h>

#define HEADER_BYTES_MOST 64
#define WRITER_BYTES_MOST 28 /* its row, its place and a step */

static_assert(HEADER_BYTES_MOST + PARTS_OP_BYTES_MOST + WRITER_BYTES_MOST + OP_VALUE_LIMIT_BYTES <=
		      FRAME_BODY_LIMIT_BYTES,
	"any op fits in a frame");

struct writer_table {
	struct writer_row {
		uint8_t device[FRAME_DEVICE_BYTES], epoch[FRAME_EPOCH_BYTES];
		int64_t seq; /* of its op before, 0: none */
	} rows[FRAME_OPS_MOST];
	size_t count;
};

static size_t writer_place(struct writer_table *table, const struct op *op)
{
	for (size_t i = table->count; i-- > 0;) {
		const struct writer_row *row = &table->rows[i];
		if (memcmp(row->device, op->device, sizeof(row->device)) == 0 &&
			memcmp(row->epoch, op->epoch, sizeof(row->epoch)) == 0)
			return i;
	}
	assert(table->count < FRAME_OPS_MOST);
	struct writer_row *row = &table->rows[table->count];
	memcpy(row->device, op->device, sizeof(row->device));
	memcpy(row->epoch, op->epoch, sizeof(row->epoch));
	row->seq = 0;
	return table->count++;
}

size_t frame_delta_fit(const struct op *ops, size_t count)
{
	size_t used = HEADER_BYTES_MOST, fit = 0;
	while (fit < count && fit < FRAME_OPS_MOST &&
		parts_fit(&used, &ops[fit], WRITER_BYTES_MOST))
		fit++;
	return fit ? fit : 1;
}

static void put_writers(struct str_builder *b, const struct writer_table *table)
{
	bytes_put_number(b, (int64_t)table->count);
	for (size_t i = 0; i < table->count; i++) {
		bytes_put(b, table->rows[i].device, FRAME_DEVICE_BYTES);
		bytes_put(b, table->rows[i].epoch, FRAME_EPOCH_BYTES);
	}
}

static bool check(const struct frame_delta *delta, struct error *err)
{
	assert(delta->count >= 1 && delta->count <= FRAME_OPS_MOST && delta->first >= 1);
	for (size_t i = 0; i < delta->count; i++) {
		assert(delta->ops[i].hub_seq == delta->first + (int64_t)i);
		assert(delta->ops[i].base_by == BASE_NUMBER);
		if (!parts_check_op(&delta->ops[i], err))
			return false;
	}
	return true;
}

bool frame_delta_write(
	struct arena *arena, const struct frame_delta *delta, struct str *body, struct error *err)
{
	if (!check(delta, err))
		return false;
	CLEANUP(arena_finish) struct arena scratch = {0};
	struct writer_table *writers = arena_new(&scratch, struct writer_table);
	struct entity_table *entities = arena_new(&scratch, struct entity_table);
	size_t places[FRAME_OPS_MOST];
	for (size_t i = 0; i < delta->count; i++) {
		places[i] = entity_place(entities, &delta->ops[i]);
		writer_place(writers, &delta->ops[i]);
	}

	struct str_builder b = {.arena = arena};
	bytes_put(&b, delta->hub_epoch, sizeof(delta->hub_epoch));
	bytes_put_number(&b, delta->first);
	bytes_put(&b, delta->chain_before.bytes, HASH_BYTES);
	put_writers(&b, writers);
	parts_put_entities(&b, entities);
	bytes_put_number(&b, (int64_t)delta->count);
	int64_t before_ms = 0;
	for (size_t i = 0; i < delta->count; i++) {
		const struct op *op = &delta->ops[i];
		size_t place = writer_place(writers, op);
		parts_put_start(&b, op);
		bytes_put_number(&b, (int64_t)place);
		bytes_put_step(&b, writers->rows[place].seq, op->seq);
		parts_put_rest(&b, places[i], before_ms, op);
		writers->rows[place].seq = op->seq;
		before_ms = op->wall_ms;
	}
	*body = str_builder_text(&b);
	return true;
}

static void get_writers(struct bytes_reader *r, struct writer_table *table)
{
	table->count = bytes_get_count(r, 1, FRAME_OPS_MOST);
	for (size_t i = 0; i < table->count && bytes_ok(r); i++) {
		bytes_get(r, table->rows[i].device, FRAME_DEVICE_BYTES);
		bytes_get(r, table->rows[i].epoch, FRAME_EPOCH_BYTES);
	}
}

static void get_writer(struct bytes_reader *r, struct writer_table *table, struct op *op)
{
	struct writer_row *row = &table->rows[bytes_get_count(r, 0, table->count - 1)];
	size_t start = r->at;
	op->seq = bytes_get_step(r, row->seq);
	if (op->seq < 1)
		bytes_wrong(r, start, "a seq below 1");
	row->seq = op->seq;
	memcpy(op->device, row->device, sizeof(op->device));
	memcpy(op->epoch, row->epoch, sizeof(op->epoch));
}

static struct op get_op(struct bytes_reader *r, struct writer_table *writers,
	const struct entity_table *entities, int64_t before_ms)
{
	struct op op = {.hub_seq = 0};
	size_t start = r->at;
	parts_get_start(r, &op);
	if (op.base_by != BASE_NUMBER)
		bytes_wrong(r, start, "a base that the hub has not looked up");
	get_writer(r, writers, &op);
	parts_get_rest(r, entities, before_ms, &op);
	return op;
}

bool frame_delta_read(
	struct arena *arena, struct str body, struct frame_delta *delta, struct error *err)
{
	CLEANUP(arena_finish) struct arena scratch = {0};
	struct writer_table *writers = arena_new(&scratch, struct writer_table);
	struct entity_table *entities = arena_new(&scratch, struct entity_table);
	struct bytes_reader r = bytes_reader_of(body);
	*delta = (struct frame_delta){.count = 0};
	bytes_get(&r, delta->hub_epoch, sizeof(delta->hub_epoch));
	delta->first = bytes_get_number(&r, 1, BYTES_NUMBER_LIMIT - 1 - FRAME_OPS_MOST);
	bytes_get(&r, delta->chain_before.bytes, HASH_BYTES);
	get_writers(&r, writers);
	parts_get_entities(&r, entities);
	delta->count = bytes_get_count(&r, 1, FRAME_OPS_MOST);
	if (bytes_ok(&r))
		delta->ops = arena_new_array(arena, struct op, delta->count);
	int64_t before_ms = 0;
	for (size_t i = 0; i < delta->count && bytes_ok(&r); i++) {
		delta->ops[i] = get_op(&r, writers, entities, before_ms);
		delta->ops[i].hub_seq = delta->first + (int64_t)i;
		before_ms = delta->ops[i].wall_ms;
	}
	return bytes_reader_done(&r, "delta", err);
}
