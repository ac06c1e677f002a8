/* The log. Appending gives an op the next number and folds it at once, so log and folds never
 * part. A writer (device, epoch) is a row of its own, which keeps sixteen bytes out of every op. */
#include "store/op.h"

#include "store/fold.h"
#include "store/inside.h"

#include <assert.h>
#include <string.h>

static bool find_writer(struct sql *db, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *id, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT id FROM writer WHERE device = :device AND epoch = :epoch");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	*id = sql_next(q, err) ? sql_int(q, 0) : 0;
	return !sql_failed(q);
}

static bool add_writer(struct sql *db, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "INSERT INTO writer (device, epoch) VALUES (:device, :epoch)");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	return sql_run(q, err);
}

static bool writer_of(struct sql *db, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *id, struct error *err)
{
	return find_writer(db, device, epoch, id, err) &&
	       (*id != 0 || (add_writer(db, device, epoch, err) &&
				    find_writer(db, device, epoch, id, err)));
}

static bool last_seq(struct sql *db, int64_t writer, int64_t *seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT max(seq) FROM op WHERE writer = :writer");
	sql_bind_int(q, ":writer", writer);
	*seq = sql_next(q, err) ? sql_int(q, 0) : 0; /* NULL reads as 0 */
	return !sql_failed(q);
}

static bool is_known(struct sql *db, int64_t writer, int64_t seq, bool *known, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT 1 FROM op WHERE writer = :writer AND seq = :seq");
	sql_bind_int(q, ":writer", writer);
	sql_bind_int(q, ":seq", seq);
	*known = sql_next(q, err);
	return !sql_failed(q);
}

static bool insert(struct sql *db, int64_t writer, const struct op *op, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"INSERT INTO op (hub_seq, writer, seq, wall_ms, clock, kind, entity_type, entity,"
		" field, base, value) VALUES (:hub_seq, :writer, :seq, :wall_ms, :clock, :kind,"
		" :entity_type, :entity, :field, :base, :value)");
	sql_bind_int(q, ":hub_seq", op->hub_seq);
	sql_bind_int(q, ":writer", writer);
	sql_bind_int(q, ":seq", op->seq);
	sql_bind_int(q, ":wall_ms", op->wall_ms);
	sql_bind_int(q, ":clock", op->clock);
	sql_bind_int(q, ":kind", op->kind);
	sql_bind_int(q, ":entity_type", op->entity_type);
	sql_bind_blob(q, ":entity", op->entity.bytes, sizeof(op->entity.bytes));
	sql_bind_int(q, ":field", op->field);
	sql_bind_int(q, ":base", op->base);
	if (op->has_value)
		sql_bind_blob(q, ":value", op->value.ptr, op->value.len);
	return sql_run(q, err);
}

static bool sequence(struct store_tx *tx, int64_t writer, struct op *op, struct error *err)
{
	op->hub_seq = tx->hub_seq + 1;
	if (!insert(tx->store->db, writer, op, err) || !fold_op(tx, op, err))
		return false;
	tx->hub_seq = op->hub_seq;
	return true;
}

bool op_append(struct store_tx *tx, struct op *op, struct error *err)
{
	struct store *store = tx->store;
	if (tx->writer == 0 &&
		!(writer_of(store->db, store->device, store->epoch, &tx->writer, err) &&
			last_seq(store->db, tx->writer, &tx->seq, err)))
		return false;
	memcpy(op->device, store->device, sizeof(op->device));
	memcpy(op->epoch, store->epoch, sizeof(op->epoch));
	op->seq = ++tx->seq;
	op->wall_ms = env_wall_ms(store->env);
	op->clock = store_clock(store);
	return sequence(tx, tx->writer, op, err);
}

bool op_append_about(struct store_tx *tx, unsigned kind, unsigned entity_type, struct uuid entity,
	struct str value, struct error *err)
{
	struct op op = {
		.kind = kind,
		.entity_type = entity_type,
		.entity = entity,
		.has_value = value.len > 0,
		.value = value,
	};
	return op_append(tx, &op, err);
}

static bool check_foreign(const struct op *op, struct error *err)
{
	if (op->value.len > OP_VALUE_LIMIT_BYTES)
		return error_set(err, ERROR_LIMIT, "op %lld: a value of %zu bytes",
			(long long)op->seq, op->value.len);
	if (op->seq < 1 || op->base < 0 || op->field > UINT16_MAX || op->kind > UINT16_MAX ||
		op->entity_type > UINT16_MAX)
		return error_set(
			err, ERROR_PARSE, "op %lld: a number is out of range", (long long)op->seq);
	return true;
}

static bool accept_one(struct store_tx *tx, struct op *op, size_t *fresh, struct error *err)
{
	int64_t writer;
	bool known;
	if (!check_foreign(op, err) ||
		!writer_of(tx->store->db, op->device, op->epoch, &writer, err) ||
		!is_known(tx->store->db, writer, op->seq, &known, err))
		return false;
	if (known)
		return true;
	++*fresh;
	return sequence(tx, writer, op, err);
}

bool store_accept(
	struct store *store, struct op *ops, size_t count, size_t *fresh, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	*fresh = 0;
	if (!store_begin(&tx, store, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!accept_one(&tx, &ops[i], fresh, err))
			return false;
	return store_commit(&tx, err);
}

bool op_fold_log(struct store_tx *tx, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"SELECT hub_seq, seq, wall_ms, clock, kind, entity_type, entity, field, base, "
		"value,"
		" device, epoch FROM op JOIN writer ON writer.id = op.writer ORDER BY hub_seq");
	while (sql_next(q, err)) {
		struct op op = {
			.hub_seq = sql_int(q, 0),
			.seq = sql_int(q, 1),
			.wall_ms = sql_int(q, 2),
			.clock = (enum clock_quality)sql_int(q, 3),
			.kind = (unsigned)sql_int(q, 4),
			.entity_type = (unsigned)sql_int(q, 5),
			.field = (unsigned)sql_int(q, 7),
			.base = sql_int(q, 8),
			.has_value = !sql_is_null(q, 9),
			.value = sql_peek(q, 9),
		};
		sql_blob(q, 6, op.entity.bytes, sizeof(op.entity.bytes));
		sql_blob(q, 10, op.device, sizeof(op.device));
		sql_blob(q, 11, op.epoch, sizeof(op.epoch));
		if (!fold_op(tx, &op, err))
			return false;
		tx->hub_seq = op.hub_seq;
	}
	return !sql_failed(q);
}
