/* An op in a body is what is left of it when everything that repeats has gone: its writer and its
 * number into the header of the body, its entity into a table, its time into a step from the op
 * before. zstd then finds what the values have in common. */
#include "sync/frame_parts.h"

#include "sync/frame.h"

#include <assert.h>

enum { OP_HAS_VALUE = 1, OP_CLOCK_SHIFT = 1, OP_BASE_SHIFT = 3, OP_FLAGS_END = 32 };

static_assert(CLOCK_SIMULATED == 3, "the clock's quality fits in two bits");
static_assert(BASE_NUMBER == 0 && BASE_OWN == 1 && BASE_EARLIER == 2 && BASE_OTHER == 3,
	"as in the format");

size_t entity_place(struct entity_table *table, const struct op *op)
{
	/* From the end: ops about one entity mostly come together. */
	for (size_t i = table->count; i-- > 0;)
		if (table->rows[i].type == op->entity_type &&
			uuid_equal(table->rows[i].id, op->entity))
			return i;
	assert(table->count < FRAME_OPS_MOST);
	table->rows[table->count] = (struct entity_row){op->entity_type, op->entity};
	return table->count++;
}

void parts_put_entities(struct str_builder *b, const struct entity_table *table)
{
	bytes_put_number(b, (int64_t)table->count);
	for (size_t i = 0; i < table->count; i++) {
		bytes_put_number(b, table->rows[i].type);
		bytes_put(b, table->rows[i].id.bytes, sizeof(table->rows[i].id.bytes));
	}
}

void parts_get_entities(struct bytes_reader *r, struct entity_table *table)
{
	table->count = bytes_get_count(r, 1, FRAME_OPS_MOST);
	for (size_t i = 0; i < table->count && bytes_ok(r); i++) {
		table->rows[i].type = (unsigned)bytes_get_number(r, 0, UINT16_MAX);
		bytes_get(r, table->rows[i].id.bytes, sizeof(table->rows[i].id.bytes));
	}
}

bool parts_fit(size_t *used, const struct op *op, size_t extra)
{
	*used += PARTS_OP_BYTES_MOST + extra + op->value.len;
	return *used <= FRAME_BODY_LIMIT_BYTES;
}

bool parts_check_op(const struct op *op, struct error *err)
{
	long long seq = op->seq;
	if (op->value.len > OP_VALUE_LIMIT_BYTES)
		return error_set(
			err, ERROR_LIMIT, "op %lld: a value of %zu bytes", seq, op->value.len);
	if (op->seq < 1 || op->seq >= BYTES_NUMBER_LIMIT || op->base < 0 ||
		op->base >= BYTES_NUMBER_LIMIT || op->wall_ms <= -BYTES_NUMBER_LIMIT ||
		op->wall_ms >= BYTES_NUMBER_LIMIT || op->kind > UINT16_MAX ||
		op->entity_type > UINT16_MAX || op->field > UINT16_MAX ||
		op->clock > CLOCK_SIMULATED)
		return error_set(err, ERROR_REFUSED, "op %lld: a number is out of range", seq);
	return true;
}

void parts_put_start(struct str_builder *b, const struct op *op)
{
	unsigned flags = (op->has_value ? OP_HAS_VALUE : 0u) | op->clock << OP_CLOCK_SHIFT |
			 op->base_by << OP_BASE_SHIFT;
	bytes_put_number(b, flags);
	bytes_put_number(b, op->kind);
}

void parts_put_rest(struct str_builder *b, size_t entity, int64_t before_ms, const struct op *op)
{
	bytes_put_number(b, (int64_t)entity);
	bytes_put_number(b, op->field);
	bytes_put_step(b, before_ms, op->wall_ms);
	if (op->base_by == BASE_OTHER)
		bytes_put(b, op->base_device, sizeof(op->base_device));
	if (op->base_by >= BASE_EARLIER)
		bytes_put(b, op->base_epoch, sizeof(op->base_epoch));
	bytes_put_number(b, op->base);
	if (op->has_value)
		bytes_put_sized(b, op->value);
}

void parts_get_start(struct bytes_reader *r, struct op *op)
{
	unsigned flags = (unsigned)bytes_get_number(r, 0, OP_FLAGS_END - 1);
	op->has_value = flags & OP_HAS_VALUE;
	op->clock = (enum clock_quality)(flags >> OP_CLOCK_SHIFT & 3);
	op->base_by = (enum op_base)(flags >> OP_BASE_SHIFT & 3);
	op->kind = (unsigned)bytes_get_number(r, 0, UINT16_MAX);
}

void parts_get_rest(
	struct bytes_reader *r, const struct entity_table *table, int64_t before_ms, struct op *op)
{
	size_t place = bytes_get_count(r, 0, table->count - 1);
	op->entity_type = table->rows[place].type;
	op->entity = table->rows[place].id;
	op->field = (unsigned)bytes_get_number(r, 0, UINT16_MAX);
	op->wall_ms = bytes_get_step(r, before_ms);
	if (op->base_by == BASE_OTHER)
		bytes_get(r, op->base_device, sizeof(op->base_device));
	if (op->base_by >= BASE_EARLIER)
		bytes_get(r, op->base_epoch, sizeof(op->base_epoch));
	op->base = bytes_get_number(r, op->base_by == BASE_NUMBER ? 0 : 1, BYTES_NUMBER_LIMIT - 1);
	if (op->has_value)
		op->value = bytes_get_sized(r, OP_VALUE_LIMIT_BYTES);
}
