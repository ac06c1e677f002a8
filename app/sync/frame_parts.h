/* What the bodies of ops and deltas have in common: the table of entities, and an op. Only for
 * frame_ops.c and frame_delta.c. */
#pragma once
#include "store/op.h"
#include "sync/bytes.h"
#include "sync/frame_ops.h"

/* The most that an op takes in a body, its entity's row included, beside its value. */
#define PARTS_OP_BYTES_MOST 72

struct entity_table {
	struct entity_row {
		unsigned type;
		struct uuid id;
	} rows[FRAME_OPS_MOST];
	size_t count;
};

/* The op's entity's place in the table, added when it is not there. */
size_t entity_place(struct entity_table *table, const struct op *op);
void parts_put_entities(struct str_builder *b, const struct entity_table *table);
void parts_get_entities(struct bytes_reader *r, struct entity_table *table);

/* Adds an op's size at its most, and `extra`, to *used: whether a body that is not packed still
 * holds it. */
bool parts_fit(size_t *used, const struct op *op, size_t extra);

/* Whether the op can be written: ERROR_LIMIT for its value, ERROR_REFUSED for its numbers. */
bool parts_check_op(const struct op *op, struct error *err);

/* An op in two halves; what a delta has between them is its own. */
void parts_put_start(struct str_builder *b, const struct op *op);
void parts_put_rest(struct str_builder *b, size_t entity, int64_t before_ms, const struct op *op);
void parts_get_start(struct bytes_reader *r, struct op *op);
void parts_get_rest(
	struct bytes_reader *r, const struct entity_table *table, int64_t before_ms, struct op *op);
