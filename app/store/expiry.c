/* Sealed details go by the date that each record has of its own. What was saved while nobody knew
 * the time has none yet; it is dated by the first clock that is sure. */
#include "store/inside.h"

#include "base/bug.h"

#define DAY_MS ((int64_t)86400000)
#define YEAR_S ((int64_t)366 * 86400)

/* As if saved now; but when the meeting is still to come, as if saved when it is over, a day after
 * it began. A meeting further off than a year was chosen on a clock that was wrong. */
static bool date_undated(struct sql *db, int64_t now_ms, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"UPDATE sealed SET saved_ms = :now, expires_ms = retention_days * :day_ms +"
		" coalesce((SELECT occurrence * 1000 + :day_ms FROM registration"
		" WHERE id = sealed.registration AND occurrence BETWEEN :now_s AND :year_s), :now)"
		" WHERE expires_ms = 0");
	sql_bind_int(q, ":now", now_ms);
	sql_bind_int(q, ":now_s", now_ms / 1000);
	sql_bind_int(q, ":year_s", now_ms / 1000 + YEAR_S);
	sql_bind_int(q, ":day_ms", DAY_MS);
	return sql_run(q, err);
}

static bool erase_expired(struct sql *db, int64_t now_ms, size_t *erased, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "DELETE FROM sealed WHERE expires_ms <= :now");
	sql_bind_int(q, ":now", BUG(NEVER_EXPIRES) ? 0 : now_ms);
	if (!sql_run(q, err))
		return false;
	*erased = (size_t)sql_changes(db);
	return true;
}

bool store_expire(struct store *store, size_t *erased, struct error *err)
{
	CLEANUP(sql_rollback) struct sql_tx tx = {0};
	int64_t now_ms = env_wall_ms(store->env);
	size_t count = 0;
	if (erased)
		*erased = 0;
	if (store->unswept)
		store_sweep(store);
	if (store_clock(store) == CLOCK_UNSURE && !BUG(EXPIRY_UNSURE))
		return true;
	if (!sql_begin(&tx, store->db, err) || !date_undated(store->db, now_ms, err) ||
		!erase_expired(store->db, now_ms, &count, err) || !clock_note(store, err) ||
		!sql_commit(&tx, err))
		return false;
	if (erased)
		*erased = count;
	return count == 0 || store_sweep(store);
}

bool store_oldest_uncollected(struct store *store, int64_t *saved_ms, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db, "SELECT coalesce(min(saved_ms), 0) FROM sealed"
						   " WHERE expires_ms > 0 AND collected = 0");
	*saved_ms = 0;
	if (!sql_next(q, err))
		return false;
	*saved_ms = sql_int(q, 0);
	return true;
}
