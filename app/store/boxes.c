/* Boxes in and out. A box may come before its op, because a bundle carries boxes first: a torn tail
 * then costs ops, which come again, and never a box whose op is thought to be delivered. */
#include "store/boxes.h"

#include "base/bug.h"
#include "store/contact.h"
#include "store/erasure.h"
#include "store/inside.h"

#include <string.h>

static struct sealed_box read_box(struct sql_query *q, struct arena *arena)
{
	struct sealed_box box = {
		.saved_ms = sql_int(q, 2),
		.expires_ms = sql_int(q, 3),
		.retention_days = sql_int(q, 4),
		.box = sql_text(q, arena, 5),
		.entity_type = (unsigned)sql_int(q, 6),
	};
	sql_blob(q, 0, box.entity.bytes, sizeof(box.entity.bytes));
	sql_blob(q, 1, box.salt, sizeof(box.salt));
	return box;
}

/* Of what waits; and all of them while the hub must hear that this device follows its new epoch,
 * for what it has lost it has lost with the boxes. */
bool store_pending_boxes(struct store *store, struct arena *arena, struct sealed_box **boxes,
	size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT s.registration, s.salt, s.saved_ms, s.expires_ms, s.retention_days, s.box,"
		" op.entity_type, count(*) OVER () FROM op JOIN sealed AS s ON s.registration ="
		" op.entity WHERE op.kind IN (2, 7) AND (op.hub_seq >= :from OR"
		" EXISTS (SELECT 1 FROM op WHERE hub_seq >= :from AND kind = :followed))"
		" ORDER BY op.hub_seq");
	sql_bind_int(q, ":followed", BUG(BOXES_LOST) ? -1 : OP_FOLLOWED);
	sql_bind_int(q, ":from", OP_PENDING_FROM);
	*boxes = NULL;
	*count = 0;
	if (store->mode != STORE_OPEN)
		return true;
	while (sql_next(q, err)) {
		if (!*boxes)
			*boxes = arena_new_array(arena, struct sealed_box, sql_int(q, 7));
		(*boxes)[(*count)++] = read_box(q, arena);
	}
	return !sql_failed(q);
}

enum fit { FIT_UNKNOWN, FIT_YES, FIT_NO, FIT_GONE };

struct judgement {
	enum fit fit;
	struct uuid id;
	unsigned entity_type; /* unless the fit is unknown */
};

/* What the list of erasures and the folds say of a sign-up or wish: whether it still stands, and
 * what was committed to. */
static bool judge(struct sql *db, struct uuid id, const uint8_t salt[SEAL_SALT_BYTES],
	struct str box, struct judgement *j, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT zeroblob(32), 1, entity_type FROM erasure WHERE entity = :id"
		" UNION ALL SELECT commitment, outcome = 3, 32 FROM registration WHERE id = :id"
		" UNION ALL SELECT commitment, withdrawn_seq > 0, 33 FROM wish WHERE id = :id"
		" ORDER BY 2 DESC");
	sql_bind_blob(q, ":id", id.bytes, sizeof(id.bytes));
	struct hash commitment;
	*j = (struct judgement){.fit = FIT_UNKNOWN, .id = id};
	if (!sql_next(q, err))
		return !sql_failed(q);
	bool whole = sql_blob(q, 0, commitment.bytes, HASH_BYTES);
	bool gone = sql_int(q, 1) != 0 && !BUG(BOX_OF_CANCELLED);
	bool fits = BUG(BOX_UNMATCHED) || seal_matches(&commitment, salt, box);
	j->entity_type = (unsigned)sql_int(q, 2);
	j->fit = gone ? FIT_GONE : whole && fits ? FIT_YES : FIT_NO;
	return true;
}

/* While nobody knows what was committed to, the last one stands: it comes in one bundle with its
 * op, so a wrong one that came before does not keep the right one out. */
static bool keep_box(struct sql *db, const struct sealed_box *box, enum fit fit, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"INSERT INTO sealed (registration, salt, box, saved_ms, expires_ms, retention_days)"
		" VALUES (:id, :salt, :box, :saved_ms, :expires_ms, :days)"
		" ON CONFLICT DO UPDATE SET salt = :salt, box = :box, saved_ms = :saved_ms,"
		" expires_ms = :expires_ms, retention_days = :days WHERE :replace");
	sql_bind_blob(q, ":id", box->entity.bytes, sizeof(box->entity.bytes));
	sql_bind_blob(q, ":salt", box->salt, sizeof(box->salt));
	sql_bind_blob(q, ":box", box->box.ptr, box->box.len);
	sql_bind_int(q, ":saved_ms", box->saved_ms);
	sql_bind_int(q, ":expires_ms", box->expires_ms);
	sql_bind_int(q, ":days", box->retention_days);
	sql_bind_int(q, ":replace", fit == FIT_UNKNOWN);
	return sql_run(q, err);
}

bool store_take_boxes(struct store *store, const struct sealed_box *boxes, size_t count,
	size_t *kept, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	size_t taken = 0;
	if (!store_begin(&tx, store, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct sealed_box *box = &boxes[i];
		struct judgement j;
		if (!judge(store->db, box->entity, box->salt, box->box, &j, err))
			return false;
		if (j.fit >= FIT_NO)
			continue;
		if (!keep_box(store->db, box, j.fit, err))
			return false;
		taken++;
	}
	if (kept)
		*kept = taken;
	return store_commit(&tx, err);
}

/* The boxes that do not belong here (any more). */
static bool list_strays(struct store *store, struct arena *arena, struct judgement **strays,
	size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		store->db, "SELECT registration, salt, box, count(*) OVER () FROM sealed");
	*strays = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		struct uuid id = {{0}};
		uint8_t salt[SEAL_SALT_BYTES];
		struct judgement j;
		if (!*strays)
			*strays = arena_new_array(arena, struct judgement, sql_int(q, 3));
		sql_blob(q, 0, id.bytes, sizeof(id.bytes));
		sql_blob(q, 1, salt, sizeof(salt));
		if (!judge(store->db, id, salt, sql_peek(q, 2), &j, err))
			return false;
		if (j.fit >= FIT_NO)
			(*strays)[(*count)++] = j;
	}
	return !sql_failed(q);
}

bool store_check_boxes(struct store *store, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	CLEANUP(arena_finish) struct arena arena = {0};
	struct judgement *strays;
	size_t count;
	if (!store_begin(&tx, store, err) || !list_strays(store, &arena, &strays, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (strays[i].fit == FIT_GONE
				? !erasure_note(store, strays[i].entity_type, strays[i].id, err)
				: !contact_erase(store->db, strays[i].id, err))
			return false;
	if (count == 0 || BUG(STRAYS_KEPT))
		return true;
	return store_commit(&tx, err) && store_sweep(store);
}

bool store_box_is_over(
	struct store *store, const struct sealed_box *box, bool *over, struct error *err)
{
	struct judgement j;
	if (!judge(store->db, box->entity, box->salt, box->box, &j, err))
		return false;
	*over = j.fit == FIT_GONE || (box->expires_ms > 0 && store_clock(store) != CLOCK_UNSURE &&
					     box->expires_ms <= env_wall_ms(store->env));
	return true;
}
