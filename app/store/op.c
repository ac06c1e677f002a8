/* The log. Appending gives an op the next number and folds it at once, so log and folds never
 * part. A writer (device, epoch) is a row of its own, which keeps sixteen bytes out of every op. */
#include "store/op.h"

#include "store/fold.h"
#include "store/inside.h"

#include <assert.h>
#include <string.h>

bool op_find_writer(struct sql *db, const uint8_t device[WRITER_PART_BYTES],
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

bool op_writer(struct sql *db, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *id, struct error *err)
{
	return op_find_writer(db, device, epoch, id, err) &&
	       (*id != 0 || (add_writer(db, device, epoch, err) &&
				    op_find_writer(db, device, epoch, id, err)));
}

static bool last_seq(struct sql *db, int64_t writer, int64_t *seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT max(seq) FROM op WHERE writer = :writer");
	sql_bind_int(q, ":writer", writer);
	*seq = sql_next(q, err) ? sql_int(q, 0) : 0; /* NULL reads as 0 */
	return !sql_failed(q);
}

bool op_number(struct sql *db, int64_t writer, int64_t seq, int64_t *hub_seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT hub_seq FROM op WHERE writer = :writer AND seq = :seq");
	sql_bind_int(q, ":writer", writer);
	sql_bind_int(q, ":seq", seq);
	*hub_seq = sql_next(q, err) ? sql_int(q, 0) : 0;
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

bool op_insert(struct store_tx *tx, int64_t writer, const struct op *op, struct error *err)
{
	if (!insert(tx->store->db, writer, op, err) || !fold_op(tx, op, err))
		return false;
	tx->hub_seq = op->hub_seq;
	return true;
}

/* A member's own ops begin behind everything that a hub will ever number. */
static int64_t next_number(const struct store_tx *tx)
{
	bool first_pending = tx->store->member && tx->hub_seq < OP_PENDING_FROM;
	return first_pending ? OP_PENDING_FROM : tx->hub_seq + 1;
}

bool op_append(struct store_tx *tx, struct op *op, struct error *err)
{
	struct store *store = tx->store;
	if (tx->writer == 0 &&
		!(op_writer(store->db, store->device, store->epoch, &tx->writer, err) &&
			last_seq(store->db, tx->writer, &tx->seq, err)))
		return false;
	memcpy(op->device, store->device, sizeof(op->device));
	memcpy(op->epoch, store->epoch, sizeof(op->epoch));
	op->seq = ++tx->seq;
	op->wall_ms = env_wall_ms(store->env);
	op->clock = store_clock(store);
	op->hub_seq = next_number(tx);
	return op_insert(tx, tx->writer, op, err);
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

struct op op_of_row(struct sql_query *q)
{
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
	return op;
}

bool op_fold_log(struct store_tx *tx, int64_t from, int64_t to, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"SELECT " OP_COLUMNS " FROM op JOIN writer ON writer.id = op.writer"
		" WHERE op.hub_seq >= :from AND op.hub_seq < :to ORDER BY op.hub_seq");
	sql_bind_int(q, ":from", from);
	sql_bind_int(q, ":to", to);
	while (sql_next(q, err)) {
		struct op op = op_of_row(q);
		if (!fold_op(tx, &op, err))
			return false;
		tx->hub_seq = op.hub_seq;
	}
	return !sql_failed(q);
}
