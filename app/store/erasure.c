/* Erasing. A box goes in the transaction that puts its owner on the list, and out of the WAL right
 * behind it (store_sweep); so who is on the list has no box here. */
#include "store/erasure.h"

#include "base/bug.h"
#include "store/contact.h"
#include "store/inside.h"

#include <string.h>

static bool add(struct sql *db, const struct erasure *e, const uint8_t *hub_epoch, bool *fresh,
	struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"INSERT OR IGNORE INTO erasure (entity, entity_type, erased_ms, heard)"
		" VALUES (:entity, :entity_type, :erased_ms, :heard)");
	sql_bind_blob(q, ":entity", e->entity.bytes, sizeof(e->entity.bytes));
	sql_bind_int(q, ":entity_type", e->entity_type);
	sql_bind_int(q, ":erased_ms", e->erased_ms);
	if (hub_epoch)
		sql_bind_blob(q, ":heard", hub_epoch, WRITER_PART_BYTES);
	if (!sql_run(q, err))
		return false;
	*fresh = sql_changes(db) > 0;
	return true;
}

static bool hear(struct sql *db, struct uuid entity, const uint8_t hub_epoch[WRITER_PART_BYTES],
	struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"UPDATE erasure SET heard = :heard WHERE entity = :entity AND heard IS NOT :heard");
	sql_bind_blob(q, ":heard", hub_epoch, WRITER_PART_BYTES);
	sql_bind_blob(q, ":entity", entity.bytes, sizeof(entity.bytes));
	return sql_run(q, err);
}

bool erasure_note(struct store *store, unsigned entity_type, struct uuid entity, struct error *err)
{
	bool fresh;
	int64_t now_ms = env_wall_ms(store->env);
	struct erasure e = {entity_type, entity, now_ms > 0 ? now_ms : 0};
	return (BUG(ERASURE_UNLISTED) || add(store->db, &e, NULL, &fresh, err)) &&
	       contact_erase(store->db, entity, err);
}

bool erasure_apply(struct sql *db, size_t *erased, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		db, "DELETE FROM sealed WHERE registration IN (SELECT entity FROM erasure)");
	if (!sql_run(q, err))
		return false;
	*erased = (size_t)sql_changes(db);
	return true;
}

/* What it is: by the log, or by a box that came before its op. */
static bool find_owner(
	struct sql *db, struct uuid entity, unsigned *entity_type, bool *held, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT (SELECT 1 FROM registration WHERE id = :id),"
					    " (SELECT 1 FROM wish WHERE id = :id),"
					    " (SELECT 1 FROM sealed WHERE registration = :id)");
	sql_bind_blob(q, ":id", entity.bytes, sizeof(entity.bytes));
	if (!sql_next(q, err))
		return false;
	*entity_type = sql_is_null(q, 1) ? ENTITY_REGISTRATION : ENTITY_WISH;
	*held = !sql_is_null(q, 2);
	return *held || !sql_is_null(q, 0) || !sql_is_null(q, 1) ||
	       error_set(err, ERROR_NOT_FOUND, "no sign-up or wish has that id here");
}

bool store_erase(struct store *store, struct uuid entity, bool *held, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	unsigned entity_type;
	bool there;
	if (!store_begin(&tx, store, err) ||
		!find_owner(store->db, entity, &entity_type, &there, err) ||
		!erasure_note(store, entity_type, entity, err) || !store_commit(&tx, err))
		return false;
	if (held)
		*held = there;
	return store_sweep(store);
}

bool store_take_erasures(struct store *store, const struct erasure *list, size_t count,
	const uint8_t hub_epoch[WRITER_PART_BYTES], size_t *fresh, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	size_t all = 0;
	if (!store_begin(&tx, store, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool new_here;
		if (!add(store->db, &list[i], hub_epoch, &new_here, err) ||
			(hub_epoch && !hear(store->db, list[i].entity, hub_epoch, err)) ||
			(!BUG(ERASURE_LISTED_ONLY) &&
				!contact_erase(store->db, list[i].entity, err)))
			return false;
		all += new_here;
	}
	if (fresh)
		*fresh = all;
	return store_commit(&tx, err) && (all == 0 || store_sweep(store));
}

bool store_erasures(struct store *store, struct arena *arena,
	const uint8_t unheard_by[WRITER_PART_BYTES], struct erasure **list, size_t *count,
	struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT entity_type, entity, erased_ms, count(*) OVER () FROM erasure"
		" WHERE :all OR heard IS NOT :epoch ORDER BY entity");
	sql_bind_int(q, ":all", unheard_by == NULL);
	if (unheard_by)
		sql_bind_blob(q, ":epoch", unheard_by, WRITER_PART_BYTES);
	*list = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (!*list)
			*list = arena_new_array(arena, struct erasure, sql_int(q, 3));
		struct erasure *e = &(*list)[(*count)++];
		*e = (struct erasure){
			.entity_type = (unsigned)sql_int(q, 0), .erased_ms = sql_int(q, 2)};
		sql_blob(q, 1, e->entity.bytes, sizeof(e->entity.bytes));
	}
	return !sql_failed(q);
}

bool store_erasures_heard(
	struct store *store, const uint8_t hub_epoch[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	if (!store_begin(&tx, store, err))
		return false;
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "UPDATE erasure SET heard = :heard WHERE heard IS NOT :heard");
	sql_bind_blob(q, ":heard", hub_epoch, WRITER_PART_BYTES);
	if (!sql_run(q, err))
		return false;
	return sql_changes(store->db) == 0 || store_commit(&tx, err);
}

bool store_erasure_sum(struct store *store, struct hash *sum, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db, "SELECT entity FROM erasure");
	*sum = (struct hash){{0}};
	while (sql_next(q, err)) {
		struct hasher h;
		struct str id = sql_peek(q, 0);
		hash_start(&h, STR("buurtbord erasure 1"));
		hash_add(&h, id.ptr, id.len);
		struct hash one = hash_finish(&h);
		for (size_t i = 0; i < HASH_BYTES; i++)
			sum->bytes[i] ^= one.bytes[i];
	}
	return !sql_failed(q);
}

bool store_is_erased(struct store *store, struct uuid entity, bool *erased, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db, "SELECT 1 FROM erasure WHERE entity = :entity");
	sql_bind_blob(q, ":entity", entity.bytes, sizeof(entity.bytes));
	*erased = sql_next(q, err);
	return !sql_failed(q);
}
