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
#define ENTITY_CLUSTER                                                                             \
	34 /* wishes of one card; the entity's id is nil, the value names the card                 \
	    */

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
};

struct op {
	int64_t hub_seq; /* given by the sequencer */
	uint8_t device[WRITER_PART_BYTES], epoch[WRITER_PART_BYTES];
	int64_t seq;
	int64_t wall_ms;
	enum clock_quality clock;
	unsigned kind, entity_type;
	struct uuid entity;
	unsigned field;
	int64_t base;
	bool has_value;
	struct str value;
};

struct store_tx;

/* Appends an op of this program and folds it: fills in identity, time and hub_seq. */
bool op_append(struct store_tx *tx, struct op *op, struct error *err);
/* The same for an op without a field about one entity; an empty value is none. */
bool op_append_about(struct store_tx *tx, unsigned kind, unsigned entity_type, struct uuid entity,
	struct str value, struct error *err);
/* Sequences ops of another writer, in one transaction. Those that the log has are skipped, and
 * kinds that nobody knows yet are kept as they are. ERROR_LIMIT for a value beyond the limit,
 * ERROR_PARSE for numbers out of range. */
bool store_accept(
	struct store *store, struct op *ops, size_t count, size_t *fresh, struct error *err);
/* Folds the whole log, in order, over the holes that a repair left. The folds must be empty. */
bool op_fold_log(struct store_tx *tx, struct error *err);
