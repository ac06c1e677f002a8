/* Folding wishes. A wish is kept once, may get a number to call once, and may be withdrawn once;
 * it keeps its row then, so that nothing brings it back. A cluster is nothing but the card: only
 * its step has a row, which the last op in the order of the log decides. */
#include "store/fold.h"
#include "store/payload.h"

#include <string.h>

enum row_kind { ROW_WISH = 7, ROW_ROUTE = 8 }; /* as the ops are numbered */

struct wish_row {
	struct uuid id;
	uint8_t device[WRITER_PART_BYTES];
	struct wish_payload wish;
	int64_t saved_ms, hub_seq, withdrawn_seq;
};

static struct hash hash_wish(const struct wish_row *row)
{
	struct hasher h;
	hash_start(&h, FOLD_ROW_KEY);
	hash_add_u64(&h, ROW_WISH);
	hash_add(&h, row->id.bytes, sizeof(row->id.bytes));
	hash_add(&h, row->device, sizeof(row->device));
	hash_add(&h, row->wish.card, sizeof(row->wish.card));
	hash_add(&h, row->wish.code_hash.bytes, HASH_BYTES);
	hash_add(&h, row->wish.commitment.bytes, HASH_BYTES);
	hash_add_u64(&h, (uint64_t)row->saved_ms);
	hash_add_u64(&h, (uint64_t)row->wish.expires_ms);
	hash_add_u64(&h, (uint64_t)row->hub_seq);
	hash_add_u64(&h, (uint64_t)row->withdrawn_seq);
	if (row->wish.marked)
		hash_add_u64(&h, row->wish.marked);
	return hash_finish(&h);
}

static void read_card(struct sql_query *q, int column, char card[WISH_CARD_BYTES])
{
	struct str text = sql_peek(q, column);
	memset(card, 0, WISH_CARD_BYTES);
	if (text.len && text.len < WISH_CARD_BYTES)
		memcpy(card, text.ptr, text.len);
}

#define WISH_COLUMNS                                                                               \
	"id, device, card, code_hash, commitment, saved_ms, expires_ms, hub_seq, withdrawn_seq,"   \
	" marked"

static struct wish_row read_wish(struct sql_query *q)
{
	struct wish_row row = {.hub_seq = 0};
	sql_blob(q, 0, row.id.bytes, sizeof(row.id.bytes));
	sql_blob(q, 1, row.device, sizeof(row.device));
	read_card(q, 2, row.wish.card);
	sql_blob(q, 3, row.wish.code_hash.bytes, HASH_BYTES);
	sql_blob(q, 4, row.wish.commitment.bytes, HASH_BYTES);
	row.saved_ms = sql_int(q, 5);
	row.wish.expires_ms = sql_int(q, 6);
	row.hub_seq = sql_int(q, 7);
	row.withdrawn_seq = sql_int(q, 8);
	row.wish.marked = (uint8_t)sql_int(q, 9);
	return row;
}

static bool find_wish(
	struct sql *db, const struct uuid *id, struct wish_row *row, bool *found, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT " WISH_COLUMNS " FROM wish WHERE id = :id");
	sql_bind_blob(q, ":id", id->bytes, sizeof(id->bytes));
	*found = sql_next(q, err);
	if (*found)
		*row = read_wish(q);
	return !sql_failed(q);
}

static bool replace_wish(struct sql *db, const struct wish_row *row, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"INSERT OR REPLACE INTO wish (" WISH_COLUMNS ")"
		" VALUES (:id, :device, :card, :code_hash, :commitment, :saved_ms, :expires_ms,"
		" :hub_seq, :withdrawn_seq, :marked)");
	sql_bind_blob(q, ":id", row->id.bytes, sizeof(row->id.bytes));
	sql_bind_blob(q, ":device", row->device, sizeof(row->device));
	sql_bind_text(q, ":card", str_from(row->wish.card));
	sql_bind_blob(q, ":code_hash", row->wish.code_hash.bytes, HASH_BYTES);
	sql_bind_blob(q, ":commitment", row->wish.commitment.bytes, HASH_BYTES);
	sql_bind_int(q, ":saved_ms", row->saved_ms);
	sql_bind_int(q, ":expires_ms", row->wish.expires_ms);
	sql_bind_int(q, ":hub_seq", row->hub_seq);
	sql_bind_int(q, ":withdrawn_seq", row->withdrawn_seq);
	sql_bind_int(q, ":marked", row->wish.marked);
	return sql_run(q, err);
}

/* Whether the op gives this wish its number to call: once, by who kept it. */
static bool adds_contact(
	const struct wish_row *row, const struct op *op, const struct wish_payload *now)
{
	static const struct hash none = {{0}};
	return row->withdrawn_seq == 0 &&
	       memcmp(row->device, op->device, sizeof(row->device)) == 0 &&
	       memcmp(row->wish.card, now->card, sizeof(now->card)) == 0 &&
	       memcmp(row->wish.code_hash.bytes, now->code_hash.bytes, HASH_BYTES) == 0 &&
	       memcmp(row->wish.commitment.bytes, none.bytes, HASH_BYTES) == 0;
}

bool fold_wish(struct store_tx *tx, const struct op *op, struct error *err)
{
	struct wish_row row = {.id = op->entity, .saved_ms = op->wall_ms, .hub_seq = op->hub_seq};
	struct wish_payload now;
	bool found;
	if (!payload_read_wish(op->value, &now))
		return true;
	memcpy(row.device, op->device, sizeof(row.device));
	row.wish = now;
	struct wish_row old;
	if (!find_wish(tx->store->db, &op->entity, &old, &found, err))
		return false;
	if (found && !adds_contact(&old, op, &now))
		return true;
	if (found) {
		struct hash before = hash_wish(&old);
		fold_sum(&tx->sum, &before, false);
		row = old;
		row.wish.commitment = now.commitment;
	}
	struct hash after = hash_wish(&row);
	fold_sum(&tx->sum, &after, true);
	return replace_wish(tx->store->db, &row, err);
}

bool fold_withdraw_wish(struct store_tx *tx, const struct op *op, struct error *err)
{
	struct wish_row row;
	bool found;
	if (!find_wish(tx->store->db, &op->entity, &row, &found, err))
		return false;
	if (!found || row.withdrawn_seq != 0)
		return true;
	struct hash before = hash_wish(&row);
	row.withdrawn_seq = op->hub_seq;
	struct hash after = hash_wish(&row);
	fold_sum(&tx->sum, &before, false);
	fold_sum(&tx->sum, &after, true);
	return replace_wish(tx->store->db, &row, err);
}

static bool uncount_wishes(
	struct store_tx *tx, const uint8_t device[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		tx->store->db, "SELECT " WISH_COLUMNS " FROM wish WHERE device = :device");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	while (sql_next(q, err)) {
		struct wish_row row = read_wish(q);
		struct hash hash = hash_wish(&row);
		fold_sum(&tx->sum, &hash, false);
	}
	return !sql_failed(q);
}

bool fold_open_wishes(struct store_tx *tx, const struct op *op, struct error *err)
{
	if (!uncount_wishes(tx, op->device, err))
		return false;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db, "DELETE FROM wish WHERE device = :device");
	sql_bind_blob(q, ":device", op->device, sizeof(op->device));
	return sql_run(q, err);
}

struct route_row {
	char card[WISH_CARD_BYTES];
	int64_t step, hub_seq, wall_ms;
};

static struct hash hash_route(const struct route_row *row)
{
	struct hasher h;
	hash_start(&h, FOLD_ROW_KEY);
	hash_add_u64(&h, ROW_ROUTE);
	hash_add(&h, row->card, sizeof(row->card));
	hash_add_u64(&h, (uint64_t)row->step);
	hash_add_u64(&h, (uint64_t)row->hub_seq);
	hash_add_u64(&h, (uint64_t)row->wall_ms);
	return hash_finish(&h);
}

static struct route_row read_route(struct sql_query *q)
{
	struct route_row row = {
		.step = sql_int(q, 1), .hub_seq = sql_int(q, 2), .wall_ms = sql_int(q, 3)};
	read_card(q, 0, row.card);
	return row;
}

/* Takes the row that will be replaced out of the sum. */
static bool uncount_route(struct store_tx *tx, const char *card, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		tx->store->db, "SELECT card, step, hub_seq, wall_ms FROM route WHERE card = :card");
	sql_bind_text(q, ":card", str_from(card));
	if (sql_next(q, err)) {
		struct route_row row = read_route(q);
		struct hash hash = hash_route(&row);
		fold_sum(&tx->sum, &hash, false);
	}
	return !sql_failed(q);
}

bool fold_route(struct store_tx *tx, const struct op *op, struct error *err)
{
	struct route_payload route;
	if (!payload_read_route(op->value, &route))
		return true;
	struct route_row row = {.step = route.step, .hub_seq = op->hub_seq, .wall_ms = op->wall_ms};
	memcpy(row.card, route.card, sizeof(row.card));
	if (!uncount_route(tx, row.card, err))
		return false;
	struct hash hash = hash_route(&row);
	fold_sum(&tx->sum, &hash, true);
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"INSERT OR REPLACE INTO route (card, step, hub_seq, wall_ms)"
		" VALUES (:card, :step, :hub_seq, :wall_ms)");
	sql_bind_text(q, ":card", str_from(row.card));
	sql_bind_int(q, ":step", row.step);
	sql_bind_int(q, ":hub_seq", row.hub_seq);
	sql_bind_int(q, ":wall_ms", row.wall_ms);
	return sql_run(q, err);
}

static bool count_routes(struct sql *db, struct hash *sum, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT card, step, hub_seq, wall_ms FROM route");
	while (sql_next(q, err)) {
		struct route_row row = read_route(q);
		struct hash hash = hash_route(&row);
		fold_sum(sum, &hash, true);
	}
	return !sql_failed(q);
}

bool fold_count_wishes(struct sql *db, struct hash *sum, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = sql_query(db, "SELECT " WISH_COLUMNS " FROM wish");
	while (sql_next(q, err)) {
		struct wish_row row = read_wish(q);
		struct hash hash = hash_wish(&row);
		fold_sum(sum, &hash, true);
	}
	return !sql_failed(q) && count_routes(db, sum, err);
}
