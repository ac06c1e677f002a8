/* The folds and their hash. Each row has a keyed BLAKE2b hash, and the state hash is the sum of
 * them all as 256-bit numbers: adding a row adds its hash and removing one subtracts it, so keeping
 * it costs one hash per change and does not depend on the order of rows.
 *
 * Edits that cross: a SET names the version that its writer saw. When that is the current one, the
 * edit stands. When it is older, somebody else has changed the field meanwhile: a field of time,
 * place, capacity or cancellation keeps its value and the other waits for staff in `conflict`; any
 * other field takes the value that was written later by the clock. */
#include "store/fold.h"

#include "base/bug.h"
#include "model/record.h"
#include "store/payload.h"
#include "store/registration.h"
#include "store/search_index.h"

#include <string.h>

enum row_kind { ROW_FIELD = 1, ROW_CONFLICT = 2, ROW_REGISTRATION = 3 };

void fold_sum(struct hash *sum, const struct hash *row, bool add)
{
	int carry = 0;
	for (int i = 0; i < HASH_BYTES; i++) {
		int digit = sum->bytes[i] + (add ? row->bytes[i] : -row->bytes[i]) + carry;
		sum->bytes[i] = (uint8_t)(digit & 0xff);
		carry = digit < 0 ? -1 : digit > 0xff ? 1 : 0;
	}
}

struct field_row {
	unsigned entity_type, number;
	struct uuid entity;
	int64_t hub_seq, wall_ms;
	bool has_value;
	struct str value;
};

static struct hash hash_field(const struct field_row *row)
{
	struct hasher h;
	hash_start(&h, FOLD_ROW_KEY);
	hash_add_u64(&h, ROW_FIELD);
	hash_add_u64(&h, row->entity_type);
	hash_add(&h, row->entity.bytes, sizeof(row->entity.bytes));
	hash_add_u64(&h, row->number);
	hash_add_u64(&h, (uint64_t)row->hub_seq);
	hash_add_u64(&h, (uint64_t)row->wall_ms);
	hash_add_u64(&h, row->has_value);
	hash_add(&h, row->value.ptr, row->value.len);
	return hash_finish(&h);
}

static struct hash hash_conflict(
	int64_t hub_seq, unsigned entity_type, const struct uuid *entity, unsigned number)
{
	struct hasher h;
	hash_start(&h, FOLD_ROW_KEY);
	hash_add_u64(&h, ROW_CONFLICT);
	hash_add_u64(&h, (uint64_t)hub_seq);
	hash_add_u64(&h, entity_type);
	hash_add(&h, entity->bytes, sizeof(entity->bytes));
	hash_add_u64(&h, number);
	return hash_finish(&h);
}

struct registration_row {
	struct uuid id;
	uint8_t device[WRITER_PART_BYTES];
	struct request_payload request;
	int64_t hub_seq, outcome, place, decided_seq;
	struct follow_payload follow;
};

static struct hash hash_registration(const struct registration_row *row)
{
	const struct request_payload *r = &row->request;
	struct hasher h;
	hash_start(&h, FOLD_ROW_KEY);
	hash_add_u64(&h, ROW_REGISTRATION);
	hash_add(&h, row->id.bytes, sizeof(row->id.bytes));
	hash_add(&h, row->device, sizeof(row->device));
	hash_add(&h, r->initiative.bytes, sizeof(r->initiative.bytes));
	hash_add(&h, r->schedule.bytes, sizeof(r->schedule.bytes));
	hash_add_u64(&h, (uint64_t)r->occurrence);
	hash_add_u64(&h, r->party_size);
	hash_add_u64(&h, r->mode);
	hash_add_u64(&h, r->companion);
	hash_add(&h, r->code_hash.bytes, HASH_BYTES);
	hash_add(&h, r->token_hash.bytes, HASH_BYTES);
	hash_add(&h, r->commitment.bytes, HASH_BYTES);
	hash_add_u64(&h, (uint64_t)r->expires_ms);
	hash_add_u64(&h, (uint64_t)row->hub_seq);
	hash_add_u64(&h, (uint64_t)row->outcome);
	hash_add_u64(&h, (uint64_t)row->place);
	hash_add_u64(&h, (uint64_t)row->decided_seq);
	/* Added later: only where there is something, so that what was folded before keeps its sum.
	 */
	if (r->marked || row->follow.status) {
		hash_add_u64(&h, r->marked);
		hash_add_u64(&h, row->follow.status);
		hash_add(&h, row->follow.by, row->follow.by_bytes);
	}
	return hash_finish(&h);
}

static bool add_conflict(struct store_tx *tx, const struct op *op, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"INSERT INTO conflict (hub_seq, entity_type, entity, number)"
		" VALUES (:hub_seq, :entity_type, :entity, :number)");
	sql_bind_int(q, ":hub_seq", op->hub_seq);
	sql_bind_int(q, ":entity_type", op->entity_type);
	sql_bind_blob(q, ":entity", op->entity.bytes, sizeof(op->entity.bytes));
	sql_bind_int(q, ":number", op->field);
	struct hash hash = hash_conflict(op->hub_seq, op->entity_type, &op->entity, op->field);
	fold_sum(&tx->sum, &hash, true);
	return sql_run(q, err);
}

enum verdict { EDIT_STANDS, EDIT_LOSES, EDIT_WAITS };

static enum verdict judge(const struct op *op, const struct field_row *current)
{
	if (op->base >= current->hub_seq && !(BUG(CLOCK_FIRST) && op->wall_ms < current->wall_ms))
		return EDIT_STANDS;
	bool same = op->has_value == current->has_value && str_equal(op->value, current->value);
	if (same)
		return EDIT_LOSES;
	const struct field_info *info =
		record_field((enum entity_type)op->entity_type, (uint16_t)op->field);
	if (info && info->conflict && !BUG(LAST_WINS))
		return EDIT_WAITS;
	return op->wall_ms >= current->wall_ms ? EDIT_STANDS : EDIT_LOSES;
}

/* Judges the op against the current row, and takes that row out of the sum when it is replaced. */
static bool judge_set(
	struct store_tx *tx, const struct op *op, enum verdict *verdict, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"SELECT hub_seq, wall_ms, value FROM field"
		" WHERE entity_type = :entity_type AND entity = :entity AND number = :number");
	sql_bind_int(q, ":entity_type", op->entity_type);
	sql_bind_blob(q, ":entity", op->entity.bytes, sizeof(op->entity.bytes));
	sql_bind_int(q, ":number", op->field);
	*verdict = EDIT_STANDS;
	if (!sql_next(q, err))
		return !sql_failed(q);
	struct field_row row = {
		.entity_type = op->entity_type,
		.entity = op->entity,
		.number = op->field,
		.hub_seq = sql_int(q, 0),
		.wall_ms = sql_int(q, 1),
		.has_value = !sql_is_null(q, 2),
		.value = sql_peek(q, 2),
	};
	*verdict = judge(op, &row);
	if (*verdict == EDIT_STANDS && !BUG(SUM_STALE)) {
		struct hash hash = hash_field(&row);
		fold_sum(&tx->sum, &hash, false);
	}
	return true;
}

static bool fold_set(struct store_tx *tx, const struct op *op, struct error *err)
{
	enum verdict verdict;
	if (!judge_set(tx, op, &verdict, err))
		return false;
	if (verdict != EDIT_STANDS)
		return verdict == EDIT_LOSES || BUG(CONFLICT_FORGOTTEN) ||
		       add_conflict(tx, op, err);

	/* An unset field keeps its row, because its version still counts. */
	struct field_row row = {op->entity_type, op->field, op->entity, op->hub_seq, op->wall_ms,
		op->has_value, op->has_value ? op->value : STR("")};
	struct hash hash = hash_field(&row);
	fold_sum(&tx->sum, &hash, true);
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"INSERT OR REPLACE INTO field (entity_type, entity, number, value, hub_seq, "
		"wall_ms)"
		" VALUES (:entity_type, :entity, :number, :value, :hub_seq, :wall_ms)");
	sql_bind_int(q, ":entity_type", row.entity_type);
	sql_bind_blob(q, ":entity", row.entity.bytes, sizeof(row.entity.bytes));
	sql_bind_int(q, ":number", row.number);
	if (row.has_value)
		sql_bind_blob(q, ":value", row.value.ptr, row.value.len);
	sql_bind_int(q, ":hub_seq", row.hub_seq);
	sql_bind_int(q, ":wall_ms", row.wall_ms);
	return sql_run(q, err) && search_mark(tx, op->entity_type, &op->entity, op->field, err);
}

#define REGISTRATION_COLUMNS                                                                       \
	"id, initiative, schedule, occurrence, party_size, mode, companion, code_hash,"            \
	" token_hash, commitment, expires_ms, hub_seq, outcome, place, decided_seq, device,"       \
	" marked, followed, followed_by"

static struct registration_row read_registration(struct sql_query *q)
{
	struct registration_row row = {0};
	struct request_payload *r = &row.request;
	sql_blob(q, 0, row.id.bytes, sizeof(row.id.bytes));
	sql_blob(q, 1, r->initiative.bytes, sizeof(r->initiative.bytes));
	sql_blob(q, 2, r->schedule.bytes, sizeof(r->schedule.bytes));
	r->occurrence = sql_int(q, 3);
	r->party_size = (uint8_t)sql_int(q, 4);
	r->mode = (uint8_t)sql_int(q, 5);
	r->companion = (uint8_t)sql_int(q, 6);
	sql_blob(q, 7, r->code_hash.bytes, HASH_BYTES);
	sql_blob(q, 8, r->token_hash.bytes, HASH_BYTES);
	sql_blob(q, 9, r->commitment.bytes, HASH_BYTES);
	r->expires_ms = sql_int(q, 10);
	row.hub_seq = sql_int(q, 11);
	row.outcome = sql_int(q, 12);
	row.place = sql_int(q, 13);
	row.decided_seq = sql_int(q, 14);
	sql_blob(q, 15, row.device, sizeof(row.device));
	r->marked = (uint8_t)sql_int(q, 16);
	row.follow.status = (uint8_t)sql_int(q, 17);
	struct str by = sql_peek(q, 18);
	if (by.len <= sizeof(row.follow.by)) {
		memcpy(row.follow.by, by.ptr, by.len);
		row.follow.by_bytes = (uint8_t)by.len;
	}
	return row;
}

static bool find_registration(struct sql *db, const struct uuid *id, struct registration_row *row,
	bool *found, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT " REGISTRATION_COLUMNS " FROM registration WHERE id = :id");
	sql_bind_blob(q, ":id", id->bytes, sizeof(id->bytes));
	*found = sql_next(q, err);
	if (*found)
		*row = read_registration(q);
	return !sql_failed(q);
}

static bool insert_registration(
	struct sql *db, const struct registration_row *row, struct error *err)
{
	const struct request_payload *r = &row->request;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"INSERT INTO registration (" REGISTRATION_COLUMNS ")"
		" VALUES (:id, :initiative, :schedule, :occurrence, :party_size, :mode, :companion,"
		" :code_hash, :token_hash, :commitment, :expires_ms, :hub_seq, 0, 0, 0, :device,"
		" :marked, 0, '')");
	sql_bind_blob(q, ":id", row->id.bytes, sizeof(row->id.bytes));
	sql_bind_blob(q, ":initiative", r->initiative.bytes, sizeof(r->initiative.bytes));
	sql_bind_blob(q, ":schedule", r->schedule.bytes, sizeof(r->schedule.bytes));
	sql_bind_int(q, ":occurrence", r->occurrence);
	sql_bind_int(q, ":party_size", r->party_size);
	sql_bind_int(q, ":mode", r->mode);
	sql_bind_int(q, ":companion", r->companion);
	sql_bind_blob(q, ":code_hash", r->code_hash.bytes, HASH_BYTES);
	sql_bind_blob(q, ":token_hash", r->token_hash.bytes, HASH_BYTES);
	sql_bind_blob(q, ":commitment", r->commitment.bytes, HASH_BYTES);
	sql_bind_int(q, ":expires_ms", r->expires_ms);
	sql_bind_int(q, ":hub_seq", row->hub_seq);
	sql_bind_blob(q, ":device", row->device, sizeof(row->device));
	sql_bind_int(q, ":marked", r->marked);
	return sql_run(q, err);
}

static bool fold_request(struct store_tx *tx, const struct op *op, struct error *err)
{
	struct registration_row row = {.id = op->entity, .hub_seq = op->hub_seq}, old;
	bool found;
	if (!find_registration(tx->store->db, &op->entity, &old, &found, err))
		return false;
	if (found || !payload_read_request(op->value, &row.request))
		return true;
	memcpy(row.device, op->device, sizeof(row.device));
	struct hash hash = hash_registration(&row);
	fold_sum(&tx->sum, &hash, true);
	return insert_registration(tx->store->db, &row, err);
}

/* A promise is never taken back: the only ways are asked -> waiting -> confirmed, and from any of
 * them to cancelled. */
static bool may_become(int64_t from, int64_t to)
{
	if ((BUG(PROMISE_WITHDRAWN) && to == OUTCOME_WAITING && from == OUTCOME_CONFIRMED) ||
		(BUG(CANCEL_REVIVED) && to != OUTCOME_CANCELLED && from == OUTCOME_CANCELLED))
		return true;
	return (to == OUTCOME_WAITING && from == OUTCOME_ASKED) ||
	       (to == OUTCOME_CONFIRMED && (from == OUTCOME_ASKED || from == OUTCOME_WAITING)) ||
	       (to == OUTCOME_CANCELLED && from != OUTCOME_CANCELLED);
}

static bool fold_outcome(
	struct store_tx *tx, const struct op *op, int64_t outcome, int64_t place, struct error *err)
{
	struct registration_row row;
	bool found;
	if (!find_registration(tx->store->db, &op->entity, &row, &found, err))
		return false;
	if (!found || !may_become(row.outcome, outcome))
		return true;
	struct hash before = hash_registration(&row);
	row.outcome = outcome;
	row.place = place;
	row.decided_seq = op->hub_seq;
	struct hash after = hash_registration(&row);
	fold_sum(&tx->sum, &before, false);
	fold_sum(&tx->sum, &after, true);
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"UPDATE registration SET outcome = :outcome, place = :place,"
		" decided_seq = :decided_seq WHERE id = :id");
	sql_bind_int(q, ":outcome", row.outcome);
	sql_bind_int(q, ":place", row.place);
	sql_bind_int(q, ":decided_seq", row.decided_seq);
	sql_bind_blob(q, ":id", row.id.bytes, sizeof(row.id.bytes));
	return sql_run(q, err);
}

static bool fold_decide(struct store_tx *tx, const struct op *op, struct error *err)
{
	struct decide_payload decide;
	if (!payload_read_decide(op->value, &decide) || decide.outcome == OUTCOME_CANCELLED)
		return true;
	return fold_outcome(tx, op, decide.outcome, decide.place, err);
}

static bool fold_cancel(struct store_tx *tx, const struct op *op, struct error *err)
{
	return fold_outcome(tx, op, OUTCOME_CANCELLED, 0, err);
}

/* Forwards, or taken up by somebody else. */
static bool may_follow(const struct registration_row *row, const struct follow_payload *follow)
{
	return row->request.mode == REGISTRATION_INTRODUCTION &&
	       row->outcome != OUTCOME_CANCELLED &&
	       (follow->status > row->follow.status ||
		       (follow->status == FOLLOW_TAKEN_UP &&
			       row->follow.status == FOLLOW_TAKEN_UP));
}

static bool fold_follow(struct store_tx *tx, const struct op *op, struct error *err)
{
	struct registration_row row;
	struct follow_payload follow;
	bool found;
	if (!find_registration(tx->store->db, &op->entity, &row, &found, err))
		return false;
	if (!found || !payload_read_follow(op->value, &follow) || follow.status > FOLLOW_TAKEN_UP ||
		!may_follow(&row, &follow))
		return true;
	struct hash before = hash_registration(&row);
	row.follow = follow;
	struct hash after = hash_registration(&row);
	fold_sum(&tx->sum, &before, false);
	fold_sum(&tx->sum, &after, true);
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"UPDATE registration SET followed = :followed, followed_by = :followed_by"
		" WHERE id = :id");
	sql_bind_int(q, ":followed", follow.status);
	sql_bind_text(q, ":followed_by", (struct str){follow.by, follow.by_bytes});
	sql_bind_blob(q, ":id", row.id.bytes, sizeof(row.id.bytes));
	return sql_run(q, err);
}

/* Practice of the device that opens; other devices' registrations are none of its business. */
static bool uncount_registrations(
	struct store_tx *tx, const uint8_t device[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"SELECT " REGISTRATION_COLUMNS " FROM registration WHERE device = :device");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	while (sql_next(q, err)) {
		struct registration_row row = read_registration(q);
		struct hash hash = hash_registration(&row);
		fold_sum(&tx->sum, &hash, false);
	}
	return !sql_failed(q);
}

static bool fold_open(struct store_tx *tx, const struct op *op, struct error *err)
{
	if (!uncount_registrations(tx, op->device, err) || !fold_open_wishes(tx, op, err))
		return false;
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(tx->store->db, "DELETE FROM registration WHERE device = :device");
	sql_bind_blob(q, ":device", op->device, sizeof(op->device));
	return sql_run(q, err);
}

bool fold_op(struct store_tx *tx, const struct op *op, struct error *err)
{
	static bool (*const folds[])(struct store_tx *, const struct op *, struct error *) = {
		[OP_SET] = fold_set,
		[OP_REQUEST] = fold_request,
		[OP_DECIDE] = fold_decide,
		[OP_CANCEL] = fold_cancel,
		[OP_OPEN] = fold_open,
		[OP_FOLLOW] = fold_follow,
		[OP_WISH] = fold_wish,
		[OP_ROUTE] = fold_route,
		[OP_WITHDRAW_WISH] = fold_withdraw_wish,
	};
	bool known = op->kind < sizeof(folds) / sizeof(folds[0]) && folds[op->kind];
	return !known || folds[op->kind](tx, op, err);
}

bool fold_clear(struct store_tx *tx, struct error *err)
{
	tx->hub_seq = 0;
	memset(&tx->sum, 0, sizeof(tx->sum));
	return search_clear(tx, err) &&
	       sql_script(tx->store->db,
		       "DELETE FROM field; DELETE FROM conflict; DELETE FROM registration;"
		       " DELETE FROM wish; DELETE FROM route;",
		       err);
}

struct sql_recorder *fold_record(struct sql *db)
{
	static const char *const tables[] = {"field", "conflict", "registration", "wish", "route"};
	return sql_recorder_start(db, tables, sizeof(tables) / sizeof(tables[0]));
}

static bool count_fields(struct sql *db, struct hash *sum, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		db, "SELECT entity_type, number, entity, hub_seq, wall_ms, value FROM field");
	while (sql_next(q, err)) {
		struct field_row row = {
			.entity_type = (unsigned)sql_int(q, 0),
			.number = (unsigned)sql_int(q, 1),
			.hub_seq = sql_int(q, 3),
			.wall_ms = sql_int(q, 4),
			.has_value = !sql_is_null(q, 5),
			.value = sql_peek(q, 5),
		};
		sql_blob(q, 2, row.entity.bytes, sizeof(row.entity.bytes));
		struct hash hash = hash_field(&row);
		fold_sum(sum, &hash, true);
	}
	return !sql_failed(q);
}

static bool count_conflicts(struct sql *db, struct hash *sum, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT hub_seq, entity_type, entity, number FROM conflict");
	while (sql_next(q, err)) {
		struct uuid entity;
		sql_blob(q, 2, entity.bytes, sizeof(entity.bytes));
		struct hash hash = hash_conflict(
			sql_int(q, 0), (unsigned)sql_int(q, 1), &entity, (unsigned)sql_int(q, 3));
		fold_sum(sum, &hash, true);
	}
	return !sql_failed(q);
}

static bool count_registrations(struct sql *db, struct hash *sum, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT " REGISTRATION_COLUMNS " FROM registration");
	while (sql_next(q, err)) {
		struct registration_row row = read_registration(q);
		struct hash hash = hash_registration(&row);
		fold_sum(sum, &hash, true);
	}
	return !sql_failed(q);
}

bool fold_count(struct sql *db, struct hash *sum, struct error *err)
{
	memset(sum, 0, sizeof(*sum));
	return count_fields(db, sum, err) && count_conflicts(db, sum, err) &&
	       count_registrations(db, sum, err) && fold_count_wishes(db, sum, err);
}
