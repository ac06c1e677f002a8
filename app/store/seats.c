/* Moving up is automatic and final. Whoever gives seats free, by leaving or by making an initiative
 * larger, calls this in the same transaction; so the list never waits for a seat that is there. */
#include "store/seats.h"

#include "base/bug.h"
#include "model/fields.h"
#include "store/device.h"
#include "store/past.h"
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

/* In the order in which they were put on the list: a request that was numbered elsewhere before it
 * came here stands behind those who were told their place. *party 0: nobody waits. */
static bool first_waiting(struct sql *db, struct uuid schedule, int64_t occurrence, struct uuid *id,
	int *party, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		BUG(LAST_MOVES_UP)
			? "SELECT id, party_size FROM registration WHERE schedule = :schedule"
			  " AND occurrence = :occurrence AND outcome = 2 ORDER BY decided_seq DESC"
			: "SELECT id, party_size FROM registration WHERE schedule = :schedule"
			  " AND occurrence = :occurrence AND outcome = 2 ORDER BY decided_seq "
			  "LIMIT 1");
	sql_bind_blob(q, ":schedule", schedule.bytes, sizeof(schedule.bytes));
	sql_bind_int(q, ":occurrence", occurrence);
	*party = 0;
	if (!sql_next(q, err))
		return !sql_failed(q);
	sql_blob(q, 0, id->bytes, sizeof(id->bytes));
	*party = (int)sql_int(q, 1);
	return true;
}

/* The place that a field names; nil when it is not set. */
static bool place_of(struct sql *db, enum entity_type type, struct uuid id, unsigned field,
	struct uuid *place, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT value FROM field WHERE entity_type = :entity_type"
			      " AND entity = :entity AND number = :number AND value IS NOT NULL");
	sql_bind_int(q, ":entity_type", type);
	sql_bind_blob(q, ":entity", id.bytes, sizeof(id.bytes));
	sql_bind_int(q, ":number", field);
	*place = (struct uuid){{0}};
	if (!sql_next(q, err))
		return !sql_failed(q);
	struct str json = sql_peek(q, 0);
	if (json.len > 2)
		uuid_parse(str_slice(json, 1, json.len - 1), place);
	return true;
}

/* A hub that was put back may have given the last seat on a day that it has forgotten. */
static bool may_give(struct store *store, bool *may, struct error *err)
{
	bool waits;
	if (!store_waits(store, &waits, err))
		return false;
	*may = !waits || BUG(RESTORED_DECIDES);
	return true;
}

bool seats_are_ours(struct store *store, struct uuid initiative, struct uuid schedule, bool *ours,
	struct error *err)
{
	struct uuid place;
	uint8_t device[WRITER_PART_BYTES];
	bool named = false;
	*ours = !store->member;
	if (!place_of(store->db, ENTITY_SCHEDULE, schedule, SCHEDULE_PLACE_ID, &place, err) ||
		(uuid_is_nil(place) && !place_of(store->db, ENTITY_INITIATIVE, initiative,
					       INITIATIVE_PLACE_ID, &place, err)) ||
		(!uuid_is_nil(place) && !device_of_seats(store->db, place, device, &named, err)))
		return false;
	if (named)
		*ours = BUG(SEATS_NOT_OURS) ||
			(memcmp(device, store->device, sizeof(device)) == 0 && !store->aside);
	return !*ours || may_give(store, ours, err);
}

bool seats_move_up(struct store_tx *tx, struct uuid initiative, struct uuid schedule,
	int64_t occurrence, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct sql *db = tx->store->db;
	bool ours;
	if (!seats_are_ours(tx->store, initiative, schedule, &ours, err))
		return false;
	if (!ours)
		return true;
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
		if (party == 0 ||
			(capacity && seats.taken + party > capacity + BUG(ONE_MOVES_TOO_MANY)))
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

bool seats_decision(struct sql *db, const struct request_payload *request,
	const struct initiative *initiative, struct decide_payload *decision, struct error *err)
{
	int capacity = initiative->registration.capacity;
	struct seats_taken seats;
	*decision = (struct decide_payload){.outcome = OUTCOME_CONFIRMED};
	if (initiative->registration.mode == REGISTRATION_INTRODUCTION || capacity == 0)
		return true;
	if (!seats_count(db, request->schedule, request->occurrence, &seats, err))
		return false;
	bool waits = seats.waiting > 0 && !BUG(OVERTAKING);
	if (waits || seats.taken + request->party_size > capacity + BUG(ONE_SEAT_MORE))
		*decision = (struct decide_payload){OUTCOME_WAITING, (uint32_t)seats.waiting + 1};
	return true;
}

struct asked {
	struct uuid id;
	struct request_payload request;
};

/* Those nobody has decided about, in the order in which they were numbered. */
static bool list_asked(
	struct sql *db, struct arena *arena, struct asked **list, size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT id, initiative, schedule, occurrence, party_size FROM registration"
		" WHERE outcome = 0 ORDER BY hub_seq");
	size_t room = 0;
	*list = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (*count == room) {
			room = room ? room * 2 : 32;
			struct asked *more = arena_new_array(arena, struct asked, room);
			if (*count)
				memcpy(more, *list, *count * sizeof(*more));
			*list = more;
		}
		struct asked *one = &(*list)[(*count)++];
		sql_blob(q, 0, one->id.bytes, sizeof(one->id.bytes));
		sql_blob(q, 1, one->request.initiative.bytes, 16);
		sql_blob(q, 2, one->request.schedule.bytes, 16);
		one->request.occurrence = sql_int(q, 3);
		one->request.party_size = (uint8_t)sql_int(q, 4);
	}
	return !sql_failed(q);
}

/* An initiative that is gone, or takes no sign-ups any more, leaves the question open: staff see it
 * on the list. */
static bool decide_asked(struct store_tx *tx, const struct asked *asked, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct sql *db = tx->store->db;
	const struct request_payload *r = &asked->request;
	struct decide_payload decision;
	struct error why = {0};
	bool ours;
	if (!seats_are_ours(tx->store, r->initiative, r->schedule, &ours, err))
		return false;
	const struct initiative *rules =
		ours ? rules_of(db, &arena, r->initiative, r->schedule, &why) : NULL;
	if (!rules)
		return !ours || why.code == ERROR_NOT_FOUND ||
		       error_set(err, why.code, "%s", why.message);
	return seats_decision(db, r, rules, &decision, err) &&
	       op_append_about(tx, OP_DECIDE, ENTITY_REGISTRATION, asked->id,
		       payload_write_decide(&arena, &decision), err);
}

bool seats_decide(struct store_tx *tx, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct asked *list;
	size_t count;
	/* First who waits already: nobody overtakes. */
	if ((!BUG(NOBODY_MOVES_UP) && !seats_move_up_all(tx, err)) ||
		!list_asked(tx->store->db, &arena, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!decide_asked(tx, &list[i], err))
			return false;
	return true;
}
