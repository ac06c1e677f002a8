/* The sequencer, and reading the log for who carries it on. */
#include "store/sequencer.h"

#include "base/bug.h"
#include "sql/sql.h"
#include "store/inside.h"
#include "store/past.h"
#include "store/seats.h"

#include <string.h>

static bool check(const struct op *op, struct error *err)
{
	if (op->value.len > OP_VALUE_LIMIT_BYTES)
		return error_set(err, ERROR_LIMIT, "op %lld: a value of %zu bytes",
			(long long)op->seq, op->value.len);
	if (op->seq < 1 || op->base < 0 || op->base >= OP_PENDING_FROM || op->field > UINT16_MAX ||
		op->kind > UINT16_MAX || op->entity_type > UINT16_MAX)
		return error_set(
			err, ERROR_PARSE, "op %lld: a number is out of range", (long long)op->seq);
	return true;
}

/* Who goes on from an edit that lost has seen no more than that one had: what won crosses both. */
static bool step_behind_loser(struct sql *db, struct op *op, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT op.base FROM op JOIN field AS f ON f.entity_type = op.entity_type"
		" AND f.entity = op.entity AND f.number = op.field WHERE op.hub_seq = :base"
		" AND op.kind = :set AND op.entity_type = :type AND op.entity = :entity"
		" AND op.field = :field AND f.hub_seq < :base");
	sql_bind_int(q, ":base", op->base);
	sql_bind_int(q, ":set", OP_SET);
	sql_bind_int(q, ":type", op->entity_type);
	sql_bind_blob(q, ":entity", op->entity.bytes, sizeof(op->entity.bytes));
	sql_bind_int(q, ":field", op->field);
	if (sql_next(q, err))
		op->base = sql_int(q, 0);
	return !sql_failed(q);
}

/* What stood under a number of another epoch of this hub, by today's number; 0: nobody knows. */
static bool translate(struct sql *db, const struct past_epoch *past, int64_t number, int64_t *now,
	struct error *err)
{
	*now = number;
	if (number <= past->left_seq || BUG(PAST_NUMBERS))
		return true;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		db, "SELECT hub_seq FROM given_back WHERE epoch = :epoch AND past_seq = :number");
	sql_bind_blob(q, ":epoch", past->epoch, sizeof(past->epoch));
	sql_bind_int(q, ":number", number);
	*now = sql_next(q, err) ? sql_int(q, 0) : 0;
	return !sql_failed(q);
}

/* A number that the writer gave, who knew this log up to `known`, or one that is over. */
static bool resolve_number(
	struct store_tx *tx, struct op *op, const struct known_log *known, struct error *err)
{
	struct past_epoch past;
	if (!known)
		return true;
	if (op->base <= known->hub_seq)
		return true;
	memcpy(past.epoch, known->epoch, sizeof(past.epoch));
	if (!store_find_past(tx->store, past.epoch, &past.left_seq, err))
		return false;
	if (past.left_seq >= 0)
		return translate(tx->store->db, &past, op->base, &op->base, err);
	op->base = 0;
	return true;
}

/* From what its writer called the version to this log's number; 0 when the log does not have it:
 * then the edit crosses whatever stands. */
static bool resolve_base(struct store_tx *tx, int64_t writer, struct op *op,
	const struct known_log *known, struct error *err)
{
	struct sql *db = tx->store->db;
	int64_t named = writer;
	if (op->base_by == BASE_EARLIER &&
		!op_find_writer(db, op->device, op->base_epoch, &named, err))
		return false;
	if (op->base_by == BASE_OTHER &&
		!op_find_writer(db, op->base_device, op->base_epoch, &named, err))
		return false;
	if (op->base_by == BASE_NUMBER && !resolve_number(tx, op, known, err))
		return false;
	if (op->base_by != BASE_NUMBER && !BUG(BASE_AS_NUMBER) &&
		!op_number(db, named, op->base, &op->base, err))
		return false;
	if (op->base > tx->hub_seq)
		op->base = 0;
	op->base_by = BASE_NUMBER;
	return op->kind != OP_SET || op->base == 0 || step_behind_loser(tx->store->db, op, err);
}

static bool is_same(
	struct sql *db, int64_t hub_seq, const struct op *op, bool *same, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT " OP_COLUMNS " FROM op JOIN writer ON writer.id = op.writer"
			      " WHERE op.hub_seq = :hub_seq");
	sql_bind_int(q, ":hub_seq", hub_seq);
	if (!sql_next(q, err))
		return false;
	struct op old = op_of_row(q);
	*same = BUG(CONTENT_IGNORED) ||
		(old.kind == op->kind && old.entity_type == op->entity_type &&
			uuid_equal(old.entity, op->entity) && old.field == op->field &&
			old.wall_ms == op->wall_ms && old.has_value == op->has_value &&
			str_equal(old.value, op->has_value ? op->value : STR("")));
	return true;
}

static bool accept_one(struct store_tx *tx, struct op *op, const struct known_log *known,
	size_t *fresh, struct error *err)
{
	struct sql *db = tx->store->db;
	int64_t writer, number;
	bool same;
	if (!check(op, err) || !op_writer(db, op->device, op->epoch, &writer, err) ||
		!op_number(db, writer, op->seq, &number, err))
		return false;
	if (number != 0 && !BUG(TWICE)) {
		op->hub_seq = number;
		return is_same(db, number, op, &same, err) &&
		       (same || error_set(err, ERROR_CONFLICT,
					"op %lld is in the log with another content",
					(long long)op->seq));
	}
	if (!resolve_base(tx, writer, op, known, err))
		return false;
	if (BUG(UNKNOWN_DROPPED) && op->kind > OP_WITHDRAW_WISH)
		return true;
	op->hub_seq = tx->hub_seq + 1;
	++*fresh;
	return op_insert(tx, writer, op, err);
}

/* What the writer knew, in this log's numbers. */
static bool overlap(struct store *store, struct known_log *known, struct error *err)
{
	uint8_t epoch[WRITER_PART_BYTES];
	if (!store_log_epoch(store, epoch, err))
		return false;
	if (memcmp(epoch, known->epoch, sizeof(epoch)) != 0)
		known->hub_seq = 0;
	return true;
}

bool store_accept(struct store *store, struct op *ops, size_t count, const struct known_log *known,
	size_t *fresh, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	struct known_log ours = {.hub_seq = 0};
	*fresh = 0;
	if (known)
		ours = *known;
	if (!store_begin(&tx, store, err) || (known && !overlap(store, &ours, err)))
		return false;
	if (store->member)
		return error_set(err, ERROR_REFUSED, "a hub numbers the ops of this kiosk");
	if (BUG(HALF_A_FRAME) && count > 1)
		count--;
	for (size_t i = 0; i < count; i++)
		if (!accept_one(&tx, &ops[i], known ? &ours : NULL, fresh, err))
			return false;
	return (BUG(HUB_UNDECIDED) || seats_decide(&tx, err)) && store_commit(&tx, err);
}

static bool note_given_back(struct sql *db, const struct past_epoch *past, int64_t past_seq,
	int64_t hub_seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "INSERT OR REPLACE INTO given_back (epoch, past_seq, hub_seq)"
			      " VALUES (:epoch, :past_seq, :hub_seq)");
	sql_bind_blob(q, ":epoch", past->epoch, sizeof(past->epoch));
	sql_bind_int(q, ":past_seq", past_seq);
	sql_bind_int(q, ":hub_seq", hub_seq);
	return sql_run(q, err);
}

static bool accept_given(struct store_tx *tx, const struct past_epoch *past, struct op op,
	size_t *fresh, struct error *err)
{
	int64_t past_seq = op.hub_seq, writer;
	struct sql *db = tx->store->db;
	if (!check(&op, err) || !op_writer(db, op.device, op.epoch, &writer, err) ||
		!op_number(db, writer, op.seq, &op.hub_seq, err))
		return false;
	if (op.hub_seq == 0) {
		if (!translate(db, past, op.base, &op.base, err) ||
			!resolve_base(tx, writer, &op, NULL, err))
			return false;
		op.hub_seq = tx->hub_seq + 1;
		++*fresh;
		if (!op_insert(tx, writer, &op, err))
			return false;
	}
	return note_given_back(db, past, past_seq, op.hub_seq, err);
}

bool store_accept_given(struct store *store, const struct past_epoch *past, const struct op *ops,
	size_t count, size_t *fresh, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	*fresh = 0;
	if (!store_begin(&tx, store, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!accept_given(&tx, past, ops[i], fresh, err))
			return false;
	return store_commit(&tx, err);
}

bool store_log_epoch(struct store *store, uint8_t epoch[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 256};
	struct str value;
	if (!local_get(store->db, &arena, STR("hub_epoch"), &value, err))
		return (err && err->code) ||
		       error_set(err, ERROR_DAMAGED, "the database has no hub_epoch");
	if (value.len != WRITER_PART_BYTES)
		return error_set(err, ERROR_DAMAGED, "the hub_epoch is not whole");
	memcpy(epoch, value.ptr, WRITER_PART_BYTES);
	return true;
}

bool store_last_seq(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT max(seq) FROM op JOIN writer ON writer.id = op.writer"
				     " WHERE device = :device AND epoch = :epoch");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	*seq = sql_next(q, err) ? sql_int(q, 0) : 0; /* NULL reads as 0 */
	return !sql_failed(q);
}

bool store_pending_from(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT min(seq) FROM writer JOIN op ON op.writer = writer.id"
		" WHERE device = :device AND epoch = :epoch AND hub_seq >= :from");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	sql_bind_int(q, ":from", OP_PENDING_FROM);
	*seq = sql_next(q, err) ? sql_int(q, 0) : 0; /* NULL reads as 0 */
	return !sql_failed(q);
}

/* --- reading ---------------------------------------------------------------------------------- */

static struct op kept_op(struct sql_query *q, struct arena *arena)
{
	struct op op = op_of_row(q);
	if (op.has_value)
		op.value = str_copy(arena, op.value);
	return op;
}

bool store_log_ops(struct store *store, struct arena *arena, int64_t after, size_t limit,
	struct op **ops, size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT " OP_COLUMNS " FROM op JOIN writer ON writer.id = op.writer"
		" WHERE op.hub_seq > :after AND op.hub_seq < :to ORDER BY op.hub_seq LIMIT :limit");
	sql_bind_int(q, ":after", after);
	sql_bind_int(q, ":to", OP_PENDING_FROM);
	sql_bind_int(q, ":limit", (int64_t)limit);
	*ops = arena_new_array(arena, struct op, limit);
	*count = 0;
	while (*count < limit && sql_next(q, err))
		(*ops)[(*count)++] = kept_op(q, arena);
	return !sql_failed(q);
}

/* A pending base by the name of the op that made that version. */
static bool name_base(struct store *store, struct op *op, struct error *err)
{
	if (op->base < OP_PENDING_FROM)
		return true;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT seq, epoch, device FROM op JOIN writer ON writer.id = op.writer"
		" WHERE op.hub_seq = :hub_seq");
	sql_bind_int(q, ":hub_seq", op->base);
	if (!sql_next(q, err)) {
		op->base = 0; /* a repair lost it */
		return !sql_failed(q);
	}
	op->base = sql_int(q, 0);
	sql_blob(q, 1, op->base_epoch, sizeof(op->base_epoch));
	sql_blob(q, 2, op->base_device, sizeof(op->base_device));
	if (memcmp(op->base_device, op->device, sizeof(op->device)) != 0)
		op->base_by = BASE_OTHER;
	else if (memcmp(op->base_epoch, op->epoch, sizeof(op->epoch)) != 0)
		op->base_by = BASE_EARLIER;
	else
		op->base_by = BASE_OWN;
	return true;
}

bool store_writer_ops(struct store *store, struct arena *arena,
	const uint8_t device[WRITER_PART_BYTES], const uint8_t epoch[WRITER_PART_BYTES],
	int64_t first, size_t limit, struct op **ops, size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT " OP_COLUMNS " FROM writer JOIN op ON op.writer = writer.id"
		" WHERE writer.device = :device AND writer.epoch = :epoch AND op.seq >= :first"
		" ORDER BY op.seq LIMIT :limit");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	sql_bind_int(q, ":first", first);
	sql_bind_int(q, ":limit", (int64_t)limit);
	*ops = arena_new_array(arena, struct op, limit);
	*count = 0;
	while (*count < limit && sql_next(q, err)) {
		struct op *op = &(*ops)[(*count)++];
		*op = kept_op(q, arena);
		if (!name_base(store, op, err))
			return false;
	}
	return !sql_failed(q);
}

bool store_epochs(struct store *store, struct arena *arena, const uint8_t device[WRITER_PART_BYTES],
	uint8_t (**epochs)[WRITER_PART_BYTES], size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT epoch, count(*) OVER () FROM writer WHERE device = :device ORDER BY id");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	*epochs = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (!*epochs)
			*epochs = arena_alloc(arena, (size_t)sql_int(q, 1) * WRITER_PART_BYTES);
		sql_blob(q, 0, (*epochs)[(*count)++], WRITER_PART_BYTES);
	}
	return !sql_failed(q);
}
