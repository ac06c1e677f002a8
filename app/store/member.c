/* Being a member. The folds are two layers in the same tables: what the hub numbered, and the
 * pending ops on top. The upper layer comes off by the changesets that were recorded when it was
 * laid (sql/recorder.h), the last one first; below it the sum in `hub` must stand again. While the
 * hub has numbered nothing yet, there is no lower layer, and taking back is emptying. */
#include "store/member.h"

#include "base/bug.h"
#include "store/device.h"
#include "store/fold.h"
#include "store/inside.h"
#include "store/past.h"
#include "store/search_index.h"
#include "store/seats.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct store_import {
	struct store_tx tx;
	struct hub_position position;
	bool says_so; /* that this device follows the hub's epoch */
};

static bool read_position(
	struct sql *db, struct hub_position *position, bool *found, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT epoch, hub_seq, chain, state FROM hub");
	*position = (struct hub_position){.hub_seq = 0};
	*found = sql_next(q, err);
	if (!*found)
		return !sql_failed(q);
	position->hub_seq = sql_int(q, 1);
	return (sql_blob(q, 0, position->epoch, sizeof(position->epoch)) &&
		       sql_blob(q, 2, position->chain.bytes, HASH_BYTES) &&
		       sql_blob(q, 3, position->state.bytes, HASH_BYTES)) ||
	       error_set(err, ERROR_DAMAGED, "the place in the hub's log is not whole");
}

static bool write_position(struct sql *db, const struct hub_position *position, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "INSERT OR REPLACE INTO hub (id, epoch, hub_seq, chain, state)"
			      " VALUES (1, :epoch, :hub_seq, :chain, :state)");
	sql_bind_blob(q, ":epoch", position->epoch, sizeof(position->epoch));
	sql_bind_int(q, ":hub_seq", position->hub_seq);
	sql_bind_blob(q, ":chain", position->chain.bytes, HASH_BYTES);
	sql_bind_blob(q, ":state", position->state.bytes, HASH_BYTES);
	return sql_run(q, err);
}

bool store_position(struct store *store, struct hub_position *position, struct error *err)
{
	bool found;
	return read_position(store->db, position, &found, err) &&
	       (found || error_set(err, ERROR_NOT_FOUND, "this kiosk belongs to no hub"));
}

int64_t store_pending_count(struct store *store, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT count(*) FROM op WHERE hub_seq >= :from");
	sql_bind_int(q, ":from", OP_PENDING_FROM + BUG(PENDING_ONE_LESS));
	return sql_next(q, err) ? sql_int(q, 0) : -1;
}

bool member_keep_undo(struct store_tx *tx, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str changes;
	if (!tx->recorder)
		return true;
	if (!sql_recorder_changes(tx->recorder, &arena, &changes, err))
		return false;
	sql_recorder_stop(&tx->recorder);
	if (changes.len == 0)
		return true;
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(tx->store->db, "INSERT INTO undo (changes) VALUES (:changes)");
	sql_bind_blob(q, ":changes", changes.ptr, changes.len);
	return sql_run(q, err);
}

/* --- the upper layer -------------------------------------------------------------------------- */

/* Search looks again at every field that a pending op had set. */
static bool mark_pending(struct store_tx *tx, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"SELECT entity_type, entity, field FROM op WHERE hub_seq >= :from AND kind = :set");
	sql_bind_int(q, ":from", OP_PENDING_FROM);
	sql_bind_int(q, ":set", OP_SET);
	while (sql_next(q, err)) {
		struct uuid entity;
		sql_blob(q, 1, entity.bytes, sizeof(entity.bytes));
		if (!search_mark(
			    tx, (unsigned)sql_int(q, 0), &entity, (unsigned)sql_int(q, 2), err))
			return false;
	}
	return !sql_failed(q);
}

static bool undo_all(struct sql *db, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, BUG(UNDO_ORDER) ? "SELECT changes FROM undo ORDER BY id"
					      : "SELECT changes FROM undo ORDER BY id DESC");
	while (sql_next(q, err))
		if (!sql_undo(db, sql_peek(q, 0), err))
			return false;
	return !sql_failed(q);
}

static bool forget_undo(struct sql *db, struct error *err)
{
	return BUG(UNDO_KEPT) || sql_script(db, "DELETE FROM undo", err);
}

static bool lift_pending(
	struct store_tx *tx, const struct hub_position *position, struct error *err)
{
	struct sql *db = tx->store->db;
	if (position->hub_seq == 0)
		return fold_clear(tx, err) && forget_undo(db, err);
	if (!mark_pending(tx, err) || !undo_all(db, err) || !forget_undo(db, err))
		return false;
	tx->hub_seq = position->hub_seq;
	tx->sum = position->state;
	return true;
}

/* Folds what is pending on top, and says how it comes off again. */
static bool lay_pending(struct store_tx *tx, const struct hub_position *position, struct error *err)
{
	if (position->hub_seq > 0)
		tx->recorder = fold_record(tx->store->db);
	return op_fold_log(tx, OP_PENDING_FROM, INT64_MAX, err);
}

bool member_rebuild(struct store_tx *tx, struct error *err)
{
	struct hub_position position;
	struct sql *db = tx->store->db;
	bool member;
	sql_recorder_stop(&tx->recorder);
	if (!read_position(db, &position, &member, err) || !fold_clear(tx, err) ||
		!op_fold_log(tx, 1, OP_PENDING_FROM, err))
		return false;
	if (!member)
		return true;
	position.state = tx->sum;
	return write_position(db, &position, err) && forget_undo(db, err) &&
	       lay_pending(tx, &position, err);
}

/* --- joining ---------------------------------------------------------------------------------- */

/* Every op becomes pending, in the order in which it was numbered. */
static bool make_pending(struct sql *db, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"UPDATE op SET hub_seq = hub_seq + :from, base = iif(base > 0, base + :from, 0)");
	sql_bind_int(q, ":from", OP_PENDING_FROM);
	return sql_run(q, err);
}

bool member_begin(
	struct store_tx *tx, const uint8_t hub_epoch[WRITER_PART_BYTES], struct error *err)
{
	struct sql *db = tx->store->db;
	struct hub_position position = {.hub_seq = 0};
	memcpy(position.epoch, hub_epoch, sizeof(position.epoch));
	return make_pending(db, err) && write_position(db, &position, err) &&
	       member_rebuild(tx, err);
}

bool store_join(struct store *store, const uint8_t hub_epoch[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	if (!store_begin(&tx, store, err))
		return false;
	if (store->member)
		return error_set(err, ERROR_CONFLICT, "this kiosk belongs to a hub already");
	bool ok = member_begin(&tx, hub_epoch, err) && store_commit(&tx, err);
	store->member = ok;
	return ok;
}

/* --- taking in -------------------------------------------------------------------------------- */

void store_import_cancel(struct store_import **import)
{
	if (!*import)
		return;
	store_rollback(&(*import)->tx);
	free(*import);
	*import = NULL;
}

static bool begin(struct store_import *import, struct store *store, struct error *err)
{
	bool member;
	if (!store_begin(&import->tx, store, err) ||
		!read_position(store->db, &import->position, &member, err))
		return false;
	if (!member)
		return error_set(err, ERROR_NOT_FOUND, "this kiosk belongs to no hub");
	sql_recorder_stop(&import->tx.recorder);
	return lift_pending(&import->tx, &import->position, err);
}

struct store_import *store_import_begin(struct store *store, struct error *err)
{
	struct store_import *import = calloc(1, sizeof(*import));
	if (!import)
		abort();
	if (begin(import, store, err))
		return import;
	store_import_cancel(&import);
	return NULL;
}

const struct hub_position *store_import_position(const struct store_import *import)
{
	return &import->position;
}

static bool delete_op(struct sql *db, int64_t hub_seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "DELETE FROM op WHERE hub_seq = :hub_seq");
	sql_bind_int(q, ":hub_seq", hub_seq);
	return sql_run(q, err);
}

/* Pending edits that saw that op name it by its new number. */
static bool renumber_bases(struct sql *db, int64_t pending, int64_t hub_seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "UPDATE op SET base = :hub_seq"
			      " WHERE base = :pending AND hub_seq >= 1152921504606846976");
	sql_bind_int(q, ":hub_seq", hub_seq);
	sql_bind_int(q, ":pending", BUG(BASE_KEPT) ? -1 : pending);
	return sql_run(q, err);
}

static bool import_op(struct store_tx *tx, const struct op *op, struct error *err)
{
	struct sql *db = tx->store->db;
	int64_t writer, known;
	if (op->hub_seq != tx->hub_seq + 1)
		return error_set(err, ERROR_CONFLICT, "op %lld of the hub came where %lld follows",
			(long long)op->hub_seq, (long long)tx->hub_seq + 1);
	if (!op_writer(db, op->device, op->epoch, &writer, err) ||
		!op_number(db, writer, op->seq, &known, err))
		return false;
	if (known != 0 && known < OP_PENDING_FROM)
		return error_set(err, ERROR_DAMAGED, "the hub numbers an op twice: %lld and %lld",
			(long long)known, (long long)op->hub_seq);
	/* The hub's copy counts: it is the one that everybody has. */
	if (known != 0 &&
		(!delete_op(db, known, err) || !renumber_bases(db, known, op->hub_seq, err)))
		return false;
	return op_insert(tx, writer, op, err);
}

bool store_import_ops(struct store_import *import, const struct op *ops, size_t count,
	const struct hash *chain, struct error *err)
{
	for (size_t i = 0; i < count; i++)
		if (!import_op(&import->tx, &ops[i], err))
			return false;
	import->position.hub_seq = import->tx.hub_seq;
	import->position.chain = *chain;
	return true;
}

/* --- a hub that was put back ------------------------------------------------------------------ */

/* What stood behind `left_seq` waits again, as it stood, below what waited already. In two steps:
 * a number that is given must be free. */
static bool unnumber(struct sql *db, int64_t left_seq, int64_t reached, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"UPDATE op SET hub_seq = -(iif(hub_seq < :from, :from - :left - 1,"
		" :reached - :left) + hub_seq), base = iif(base <= :left, base, base +"
		" iif(base < :from, :from - :left - 1, :reached - :left)) WHERE hub_seq > :left");
	sql_bind_int(q, ":from", OP_PENDING_FROM);
	sql_bind_int(q, ":left", left_seq);
	sql_bind_int(q, ":reached", reached);
	return sql_run(q, err) &&
	       sql_script(db, "UPDATE op SET hub_seq = -hub_seq WHERE hub_seq < 0", err);
}

static bool delete_behind(struct sql *db, const char *delete, int64_t left_seq, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = sql_query(db, delete);
	sql_bind_int(q, ":left", left_seq);
	return sql_run(q, err);
}

static bool forget_tail(struct sql *db, int64_t left_seq, struct error *err)
{
	return delete_behind(db, "DELETE FROM chain WHERE hub_seq > :left", left_seq, err) &&
	       (!BUG(TAIL_DROPPED) || delete_behind(db,
					      "DELETE FROM op WHERE hub_seq > :left"
					      " AND hub_seq < 1152921504606846976",
					      left_seq, err));
}

/* The folds, of the log alone. */
static bool fold_again(struct store_import *import, struct error *err)
{
	struct store_tx *tx = &import->tx;
	if (!fold_clear(tx, err) || !op_fold_log(tx, 1, OP_PENDING_FROM, err))
		return false;
	import->position.state = tx->sum;
	return true;
}

static bool lower_past(struct sql *db, int64_t left_seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		db, "UPDATE past_epoch SET left_seq = min(left_seq, :left) WHERE left_seq > :left");
	sql_bind_int(q, ":left", left_seq);
	return sql_run(q, err);
}

bool store_import_go_back(
	struct store_import *import, int64_t left_seq, const struct hash *chain, struct error *err)
{
	struct hub_position *p = &import->position;
	struct sql *db = import->tx.store->db;
	int64_t reached = p->hub_seq;
	if (left_seq >= reached)
		return true;
	p->hub_seq = left_seq;
	p->chain = *chain;
	return lower_past(db, left_seq, err) && forget_tail(db, left_seq, err) &&
	       unnumber(db, left_seq, reached, err) && fold_again(import, err);
}

bool store_import_follow(struct store_import *import, const uint8_t epoch[WRITER_PART_BYTES],
	int64_t left_seq, const struct hash *chain, struct error *err)
{
	struct hub_position *p = &import->position;
	struct past_epoch past = {.left_seq = left_seq < p->hub_seq ? left_seq : p->hub_seq};
	memcpy(past.epoch, p->epoch, sizeof(past.epoch));
	memcpy(p->epoch, epoch, sizeof(p->epoch));
	return store_add_past(import->tx.store, &past, err) &&
	       store_keep_head(import->tx.store, STR(""), err) &&
	       store_import_go_back(import, left_seq, chain, err);
}

bool store_import_say_so(struct store_import *import, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 256};
	struct str said, epoch = {(const char *)import->position.epoch, WRITER_PART_BYTES};
	struct error why = {0};
	bool found = local_get(import->tx.store->db, &arena, STR("followed"), &said, &why);
	if (!found && why.code != ERROR_NONE)
		return error_set(err, why.code, "%s", why.message);
	import->says_so = !found || !str_equal(said, epoch);
	return true;
}

/* Behind everything else that this device has to say. */
static bool say_so(struct store_import *import, struct error *err)
{
	struct store_tx *tx = &import->tx;
	struct str epoch = {(const char *)import->position.epoch, WRITER_PART_BYTES};
	return !import->says_so || (op_append_about(tx, OP_FOLLOWED, ENTITY_DEVICE,
					    device_entity(tx->store->device), epoch, err) &&
					   local_set(tx->store->db, STR("followed"), epoch, err));
}

/* --- finishing -------------------------------------------------------------------------------- */

static bool finish(struct store_import *import, const struct hash *expected, struct error *err)
{
	struct store_tx *tx = &import->tx;
	import->position.state = tx->sum;
	if (expected && !BUG(STATE_NOT_COMPARED) &&
		memcmp(expected->bytes, tx->sum.bytes, HASH_BYTES) != 0)
		return error_set(err, ERROR_DAMAGED, "after op %lld the state is not the hub's",
			(long long)tx->hub_seq);
	if (BUG(CURSOR_OUTSIDE) && !(store_commit(tx, err) && store_begin(tx, tx->store, err)))
		return false;
	return write_position(tx->store->db, &import->position, err) &&
	       lay_pending(tx, &import->position, err) &&
	       (BUG(IMPORT_UNDECIDED) || seats_decide(tx, err)) && say_so(import, err) &&
	       store_commit(tx, err);
}

bool store_import_finish(
	struct store_import **import, const struct hash *expected, struct error *err)
{
	bool ok = finish(*import, expected, err);
	if (ok)
		(*import)->tx.store->member_has_log = (*import)->position.hub_seq > 0;
	store_import_cancel(import);
	return ok;
}
