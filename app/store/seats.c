/* Moving up is automatic and final. Whoever gives seats free, by leaving or by making an initiative
 * larger, calls this in the same transaction; so the list never waits for a seat that is there. */
#include "store/seats.h"

#include "store/payload.h"
#include "store/rules.h"

#include <string.h>

#define DAY_S ((int64_t)86400)

bool seats_count(struct sql *db, struct uuid schedule, int64_t occurrence,
	struct seats_taken *seats, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT coalesce(sum(iif(outcome = 1, party_size, 0)), 0),"
			      " coalesce(sum(outcome = 2), 0) FROM registration"
			      " WHERE schedule = :schedule AND occurrence = :occurrence");
	sql_bind_blob(q, ":schedule", schedule.bytes, sizeof(schedule.bytes));
	sql_bind_int(q, ":occurrence", occurrence);
	if (!sql_next(q, err))
		return false;
	*seats = (struct seats_taken){(int)sql_int(q, 0), (int)sql_int(q, 1)};
	return true;
}

/* *party 0: nobody waits. */
static bool first_waiting(struct sql *db, struct uuid schedule, int64_t occurrence, struct uuid *id,
	int *party, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT id, party_size FROM registration WHERE schedule = :schedule"
		" AND occurrence = :occurrence AND outcome = 2 ORDER BY hub_seq LIMIT 1");
	sql_bind_blob(q, ":schedule", schedule.bytes, sizeof(schedule.bytes));
	sql_bind_int(q, ":occurrence", occurrence);
	*party = 0;
	if (!sql_next(q, err))
		return !sql_failed(q);
	sql_blob(q, 0, id->bytes, sizeof(id->bytes));
	*party = (int)sql_int(q, 1);
	return true;
}

bool seats_move_up(struct store_tx *tx, struct uuid initiative, struct uuid schedule,
	int64_t occurrence, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct sql *db = tx->store->db;
	struct error why = {0};
	const struct initiative *rules = rules_of(db, &arena, initiative, schedule, &why);
	if (!rules)
		return why.code == ERROR_NOT_FOUND || error_set(err, why.code, "%s", why.message);
	if (rules->status != STATUS_ACTIVE || rules->registration.mode != REGISTRATION_SIGN_UP)
		return true;
	int capacity = rules->registration.capacity;
	struct str confirmed = payload_write_decide(
		&arena, &(struct decide_payload){.outcome = OUTCOME_CONFIRMED});
	for (;;) {
		struct seats_taken seats;
		struct uuid id;
		int party;
		if (!seats_count(db, schedule, occurrence, &seats, err) ||
			!first_waiting(db, schedule, occurrence, &id, &party, err))
			return false;
		if (party == 0 || (capacity && seats.taken + party > capacity))
			return true;
		if (!op_append_about(tx, OP_DECIDE, ENTITY_REGISTRATION, id, confirmed, err))
			return false;
	}
}

struct awaited {
	struct uuid initiative, schedule;
	int64_t occurrence;
};

/* Occurrences that somebody waits for, read before any of them changes. */
static bool list_awaited(struct sql *db, struct arena *arena, int64_t from, struct awaited **list,
	size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT DISTINCT initiative, schedule, occurrence FROM registration"
		" WHERE outcome = 2 AND occurrence >= :from ORDER BY occurrence, schedule");
	sql_bind_int(q, ":from", from);
	size_t room = 0;
	*list = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (*count == room) {
			room = room ? room * 2 : 32;
			struct awaited *more = arena_new_array(arena, struct awaited, room);
			if (*count)
				memcpy(more, *list, *count * sizeof(*more));
			*list = more;
		}
		struct awaited *one = &(*list)[(*count)++];
		sql_blob(q, 0, one->initiative.bytes, sizeof(one->initiative.bytes));
		sql_blob(q, 1, one->schedule.bytes, sizeof(one->schedule.bytes));
		one->occurrence = sql_int(q, 2);
	}
	return !sql_failed(q);
}

bool seats_move_up_all(struct store_tx *tx, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct store *store = tx->store;
	/* A day's leave for the zone and for what began yesterday. A clock that is not sure knows
	 * of nothing that is over. */
	bool unsure = store_clock(store) == CLOCK_UNSURE;
	int64_t from = unsure ? 0 : env_wall_ms(store->env) / 1000 - DAY_S;
	struct awaited *list;
	size_t count;
	if (!list_awaited(store->db, &arena, from, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!seats_move_up(
			    tx, list[i].initiative, list[i].schedule, list[i].occurrence, err))
			return false;
	return true;
}
