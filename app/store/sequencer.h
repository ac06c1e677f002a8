/* Numbering the ops of others: what a hub does, and a kiosk of its own for itself. One piece of
 * code gives every op the next number and folds it; there is nothing else to agree on. */
#pragma once
#include "store/op.h"

/* What the writer knew of this log when it named versions by their number: numbers of an
 * epoch that is over are looked up; of another one, or beyond what this log has, they name nothing
 * here. */
struct known_log {
	uint8_t epoch[WRITER_PART_BYTES];
	int64_t hub_seq;
};

/* Numbers ops of other writers, each writer's in the order of its seq, then decides about the
 * sign-ups among them, all in one transaction; sets their hub_seq and resolved base. Those that the
 * log has are skipped (hub_seq says where), and kinds that nobody knows yet are kept as they are.
 * ERROR_LIMIT for a value beyond the limit, ERROR_PARSE for numbers out of range, ERROR_CONFLICT
 * for an op that the log has with another content, ERROR_REFUSED for a store that belongs to a hub.
 * known NULL: bases are numbers of this log. */
bool store_accept(struct store *store, struct op *ops, size_t count, const struct known_log *known,
	size_t *fresh, struct error *err);

/* Takes back what this hub itself numbered in an epoch that is over and has lost since: `ops` as
 * they stood in its log then, hub_seq and base by those numbers, their predecessors having come
 * before. Nothing is decided. */
struct past_epoch;
bool store_accept_given(struct store *store, const struct past_epoch *past, const struct op *ops,
	size_t count, size_t *fresh, struct error *err);

/* The epoch of this store's own numbering. */
bool store_log_epoch(struct store *store, uint8_t epoch[WRITER_PART_BYTES], struct error *err);

/* The last seq of a writer that the log has, 0: none. */
bool store_last_seq(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *seq, struct error *err);

/* At most `limit` ops of the log with a number above `after` and below OP_PENDING_FROM, in order;
 * their values in the arena. */
bool store_log_ops(struct store *store, struct arena *arena, int64_t after, size_t limit,
	struct op **ops, size_t *count, struct error *err);

/* The same for one writer's ops from `first` on, numbered or pending. A pending base comes named by
 * its op (BASE_OWN, BASE_EARLIER, BASE_OTHER). */
bool store_writer_ops(struct store *store, struct arena *arena,
	const uint8_t device[WRITER_PART_BYTES], const uint8_t epoch[WRITER_PART_BYTES],
	int64_t first, size_t limit, struct op **ops, size_t *count, struct error *err);

/* The epochs in which a device wrote, in the order in which the log met them. */
bool store_epochs(struct store *store, struct arena *arena, const uint8_t device[WRITER_PART_BYTES],
	uint8_t (**epochs)[WRITER_PART_BYTES], size_t *count, struct error *err);

/* The first of a writer's ops that is pending, 0: none. */
bool store_pending_from(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *seq, struct error *err);
