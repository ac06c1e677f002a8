/* An op: one change of shared data, as it stands in the log and will travel. Its identity is
 * (device, epoch, seq); its place in the order is hub_seq. */
#pragma once
#include "base/env.h"
#include "base/str.h"
#include "base/uuid.h"
#include "store/store.h"

#include <stdbool.h>
#include <stdint.h>

#define WRITER_PART_BYTES 8
#define OP_VALUE_LIMIT_BYTES 65536

/* Beside the types of the catalogue. */
#define ENTITY_REGISTRATION 32
#define ENTITY_WISH 33
#define ENTITY_CLUSTER 34 /* wishes of one card; its id is nil, the value names the card */
#define ENTITY_DEVICE 35 /* its id begins with the device's: see device.h */

/* Numbers from here up were given by a member of a hub to its own ops, until the hub numbers them.
 */
#define OP_PENDING_FROM ((int64_t)1 << 60)

enum op_kind { /* numbers are on disk and on sticks for ever */
	OP_SET = 1, /* a field of an entity: value is compact JSON, or absent to unset it */
	OP_REQUEST = 2, /* of a registration: see payload.h */
	OP_DECIDE = 3, /* about a registration */
	OP_CANCEL = 4, /* of a registration; no value */
	OP_OPEN = 5, /* practice is over: this device's registrations are void; value: set id */
	OP_FOLLOW = 6, /* about an introduction: how far the question has come */
	OP_WISH = 7, /* see payload.h; again: a wish without a number to call gets one */
	OP_ROUTE = 8, /* the step of a cluster on the routekaart */
	OP_WITHDRAW_WISH = 9, /* no value */
	OP_FOLLOWED = 12, /* about its own device: it follows the hub epoch of the value, having
			     given back what that one lacks; see past.h */
};

/* How an op that comes from elsewhere names the version that its writer saw. In the log it is
 * always a number. */
enum op_base {
	BASE_NUMBER = 0, /* base is a hub_seq */
	BASE_OWN = 1, /* base is a seq of the same writer */
	BASE_EARLIER = 2, /* base is a seq of the same device in base_epoch */
	BASE_OTHER = 3, /* base is a seq of base_device in base_epoch */
};

struct op {
	int64_t hub_seq; /* given by the sequencer, or pending */
	uint8_t device[WRITER_PART_BYTES], epoch[WRITER_PART_BYTES];
	int64_t seq;
	int64_t wall_ms;
	enum clock_quality clock;
	unsigned kind, entity_type;
	struct uuid entity;
	unsigned field;
	int64_t base;
	enum op_base base_by;
	uint8_t base_epoch[WRITER_PART_BYTES], base_device[WRITER_PART_BYTES];
	bool has_value;
	struct str value;
};

struct store_tx;

/* Appends an op of this program and folds it: fills in identity, time and hub_seq. */
bool op_append(struct store_tx *tx, struct op *op, struct error *err);
/* The same for an op without a field about one entity; an empty value is none. */
bool op_append_about(struct store_tx *tx, unsigned kind, unsigned entity_type, struct uuid entity,
	struct str value, struct error *err);
/* The columns of an op for a SELECT that has "op JOIN writer ON writer.id = op.writer", and the op
 * of such a row, whose value is a view of it. */
#define OP_COLUMNS                                                                                 \
	"op.hub_seq, op.seq, op.wall_ms, op.clock, op.kind, op.entity_type, op.entity, op.field,"  \
	" op.base, op.value, writer.device, writer.epoch"
struct sql_query;
struct op op_of_row(struct sql_query *q);

/* The log's id of a writer: 0 when it is not in there, or made when absent. */
struct sql;
bool op_find_writer(struct sql *db, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *id, struct error *err);
bool op_writer(struct sql *db, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *id, struct error *err);
/* The number of a writer's op, 0 when the log does not have it. */
bool op_number(struct sql *db, int64_t writer, int64_t seq, int64_t *hub_seq, struct error *err);
/* Writes an op under op->hub_seq, which is the next number, and folds it. */
bool op_insert(struct store_tx *tx, int64_t writer, const struct op *op, struct error *err);
/* Folds the ops of the log from one number up to and without another, in order, over the holes that
 * a repair left. */
bool op_fold_log(struct store_tx *tx, int64_t from, int64_t to, struct error *err);
