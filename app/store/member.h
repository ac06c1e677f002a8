/* A kiosk that belongs to a hub. The hub numbers all ops; a kiosk numbers its own ones for itself,
 * from OP_PENDING_FROM up, and folds them behind the hub's, so that what a visitor or host did
 * stands at once. When a stretch of the hub's log comes, the pending ops are taken back, the
 * stretch is folded, and what is still pending is folded again on top: the state of all that the
 * hub numbered is the same on every kiosk, row for row.
 *
 * A store of its own becomes a member with its whole log pending, and so hands it to the hub under
 * the ids that the ops have already. */
#pragma once
#include "store/op.h"

struct hub_position {
	uint8_t epoch[WRITER_PART_BYTES];
	int64_t hub_seq; /* the log is whole up to here */
	struct hash chain, state; /* over the log, and over what is folded of it, up to here */
};

/* ERROR_NOT_FOUND when the store belongs to no hub. */
bool store_position(struct store *store, struct hub_position *position, struct error *err);

/* Ends this store's own numbering. ERROR_CONFLICT when it belongs to a hub already. */
bool store_join(struct store *store, const uint8_t hub_epoch[WRITER_PART_BYTES], struct error *err);

/* Taking in. Declared with CLEANUP(store_import_cancel): all of it counts when
 * store_import_finish() has said true, and nothing before. */
struct store_import;
struct store_import *store_import_begin(struct store *store, struct error *err);
void store_import_cancel(struct store_import **import);
/* Where the log stands now, with what this import added. */
const struct hub_position *store_import_position(const struct store_import *import);
/* The ops that follow, numbered from hub_seq + 1 on, and the chain behind them. ERROR_CONFLICT when
 * they do not follow; ERROR_DAMAGED when one stands in the log under another number, or with
 * another content. */
bool store_import_ops(struct store_import *import, const struct op *ops, size_t count,
	const struct hash *chain, struct error *err);
/* The hub was put back to an earlier day and goes on under another epoch, which left the one that
 * is followed here at left_seq; chain is the one behind that number, and counts only when more than
 * that is here. What stood behind it waits again, whoever wrote it: what was shown stays shown. */
bool store_import_follow(struct store_import *import, const uint8_t epoch[WRITER_PART_BYTES],
	int64_t left_seq, const struct hash *chain, struct error *err);
/* The same within one epoch, whose log was found to part from ours earlier than was said. */
bool store_import_go_back(
	struct store_import *import, int64_t left_seq, const struct hash *chain, struct error *err);
/* Lets the hub know that this device follows its epoch, once for each epoch (OP_FOLLOWED). */
bool store_import_say_so(struct store_import *import, struct error *err);
/* Frees the import. expected NULL: nobody said what the state must be; ERROR_DAMAGED when it is
 * another one. */
bool store_import_finish(
	struct store_import **import, const struct hash *expected, struct error *err);

/* This device's ops that the hub has not numbered. -1 with err set on failure. */
int64_t store_pending_count(struct store *store, struct error *err);

/* --- for the files of app/store --------------------------------------------------------------- */

/* What the transaction folded, so that it can be taken back. */
bool member_keep_undo(struct store_tx *tx, struct error *err);
/* Inside the transaction in which a store joins: everything becomes pending. */
bool member_begin(
	struct store_tx *tx, const uint8_t hub_epoch[WRITER_PART_BYTES], struct error *err);
/* Empties the folds and folds the whole log again. */
bool member_rebuild(struct store_tx *tx, struct error *err);
