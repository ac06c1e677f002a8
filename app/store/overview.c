/* Counting for the host's door, in one snapshot. What was collected is marked on the sealed rows
 * themselves and not told by comparing times: a clock that was wrong once would hide sign-ups. */
#include "store/overview.h"

#include "store/inside.h"
#include "store/registration.h"

#include <string.h>

#define FIRST_TRUE_MS ((int64_t)1704067200000) /* 2024: no clock that is right tells less */

static bool count_registrations(struct store *store, const struct store_day *day,
	struct store_overview *o, struct error *err)
{
	int64_t today = local_time_to_seconds((struct local_time){.date = day->date});
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT count(*) FILTER (WHERE r.outcome IN (0, 1, 2)"
		"  AND op.wall_ms >= :from AND op.wall_ms < :until),"
		" count(*) FILTER (WHERE r.outcome = 2 AND r.occurrence >= :today),"
		" coalesce(sum(r.party_size) FILTER (WHERE r.outcome = 1"
		"  AND r.occurrence >= :today AND r.occurrence < :tomorrow), 0),"
		" count(*) FILTER (WHERE r.mode = :introduction AND r.outcome IN (0, 1)"
		"  AND r.followed < 2 AND (r.expires_ms = 0 OR r.expires_ms > :now)),"
		" count(*) FILTER (WHERE r.marked AND r.outcome IN (0, 1, 2)"
		"  AND (r.expires_ms = 0 OR r.expires_ms > :now))"
		" FROM registration AS r JOIN op ON op.hub_seq = r.hub_seq");
	sql_bind_int(q, ":from", day->from_ms);
	sql_bind_int(q, ":until", day->until_ms);
	sql_bind_int(q, ":today", today);
	sql_bind_int(q, ":tomorrow", today + 86400);
	sql_bind_int(q, ":introduction", REGISTRATION_INTRODUCTION);
	sql_bind_int(q, ":now", env_wall_ms(store->env));
	if (!sql_next(q, err))
		return false;
	o->new_today = (int)sql_int(q, 0);
	o->waiting = (int)sql_int(q, 1);
	o->coming_today = (int)sql_int(q, 2);
	o->open_questions = (int)sql_int(q, 3);
	o->marked = (int)sql_int(q, 4);
	return true;
}

/* A wish without a number asks nothing of anybody yet: it is counted with its neighbours. */
static bool count_wishes(struct store *store, const struct store_day *day, struct store_overview *o,
	struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT count(*) FILTER (WHERE saved_ms >= :from AND saved_ms < :until"
		"  AND commitment <> zeroblob(32)),"
		" count(*) FILTER (WHERE marked AND (expires_ms = 0 OR expires_ms > :now))"
		" FROM wish WHERE withdrawn_seq = 0");
	sql_bind_int(q, ":from", day->from_ms);
	sql_bind_int(q, ":until", day->until_ms);
	sql_bind_int(q, ":now", env_wall_ms(store->env));
	if (!sql_next(q, err))
		return false;
	o->new_today += (int)sql_int(q, 0);
	o->marked += (int)sql_int(q, 1);
	return true;
}

static bool count_uncollected(struct sql *db, struct store_overview *o, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT count(*), coalesce(min(saved_ms) FILTER (WHERE saved_ms >= :first), 0)"
		" FROM sealed WHERE collected = 0");
	sql_bind_int(q, ":first", FIRST_TRUE_MS);
	if (!sql_next(q, err))
		return false;
	o->uncollected = (int)sql_int(q, 0);
	o->oldest_uncollected_ms = sql_int(q, 1);
	return true;
}

static bool read_last_collected(struct sql *db, int64_t *at_ms, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 256};
	struct error why = {0};
	struct str value;
	*at_ms = 0;
	if (!local_get(db, &arena, STR("collected_ms"), &value, &why))
		return why.code == ERROR_NONE || error_set(err, why.code, "%s", why.message);
	if (value.len == sizeof(*at_ms))
		memcpy(at_ms, value.ptr, sizeof(*at_ms));
	return true;
}

bool store_overview(struct store *store, const struct store_day *day,
	struct store_overview *overview, struct error *err)
{
	CLEANUP(sql_rollback) struct sql_tx tx = {0};
	*overview = (struct store_overview){0};
	return sql_begin_read(&tx, store->db, err) &&
	       count_registrations(store, day, overview, err) &&
	       count_wishes(store, day, overview, err) &&
	       count_uncollected(store->db, overview, err) &&
	       read_last_collected(store->db, &overview->last_collected_ms, err);
}

static bool mark_rows(struct sql *db, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "UPDATE sealed SET collected = 1 WHERE collected = 0");
	return sql_run(q, err);
}

bool store_mark_collected(struct store *store, struct error *err)
{
	CLEANUP(sql_rollback) struct sql_tx tx = {0};
	int64_t now_ms = env_wall_ms(store->env);
	struct str value = {(const char *)&now_ms, sizeof(now_ms)};
	return sql_begin(&tx, store->db, err) && mark_rows(store->db, err) &&
	       local_set(store->db, STR("collected_ms"), value, err) && sql_commit(&tx, err);
}
