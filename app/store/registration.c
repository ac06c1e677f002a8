/* Signing up, cancelling and asking. What a registration holds is split three ways: the log and its
 * fold know which occurrence, how many, and hashes; the table `sealed` knows a box that this kiosk
 * cannot open, and can be erased without a trace in the log; the code and the token themselves
 * exist only on the screen and in the visitor's hand. */
#include "store/registration.h"

#include "base/bug.h"
#include "crypto/secret.h"
#include "store/code.h"
#include "store/contact.h"
#include "store/erasure.h"
#include "store/inside.h"
#include "store/payload.h"
#include "store/rules.h"
#include "store/seats.h"

#include <string.h>

#define DAY_MS ((int64_t)86400000)
#define HOUR_MS ((int64_t)3600000)
#define INTRODUCTION_DEFAULT_DAYS 30
#define MOST_DRAWS 1000 /* of an unused identity; more than one is needed only under a seed */

static const char token_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

struct identity {
	struct uuid id;
	char code[REGISTRATION_CODE_CHARS + 1], token[REGISTRATION_TOKEN_CHARS + 1];
	struct hash code_hash, token_hash;
};

static void draw_token(struct env *env, char token[REGISTRATION_TOKEN_CHARS + 1])
{
	uint8_t bytes[17] = {0}; /* 128 bits and the zeroes that fill up the last character */
	env_random_bytes(env, bytes, 16);
	for (size_t i = 0; i < REGISTRATION_TOKEN_CHARS; i++) {
		size_t bit = i * 5;
		unsigned pair = (unsigned)bytes[bit / 8] << 8 | bytes[bit / 8 + 1];
		token[i] = token_alphabet[pair >> (11 - bit % 8) & 31];
	}
	token[REGISTRATION_TOKEN_CHARS] = '\0';
	secret_wipe(bytes, sizeof(bytes));
}

static bool id_is_taken(struct sql *db, struct uuid id, bool *taken, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT 1 FROM registration WHERE id = :id");
	sql_bind_blob(q, ":id", id.bytes, sizeof(id.bytes));
	*taken = sql_next(q, err);
	return !sql_failed(q);
}

/* The code, the token and the id come from the env, so that a script with a seed shows the same
 * picture twice; a seeded env never gets here with real keys. */
static bool draw_identity(struct store *store, struct identity *who, struct error *err)
{
	bool taken = true;
	for (int i = 0; taken && i < MOST_DRAWS; i++) {
		who->id = uuid_random(store->env);
		code_draw(store->env, who->code);
		draw_token(store->env, who->token);
		who->code_hash = code_hash(store, who->code);
		if (!id_is_taken(store->db, who->id, &taken, err) ||
			(!taken && !code_is_taken(store->db, &who->code_hash, &taken, err)))
			return false;
	}
	who->token_hash = hash_of(STR(""), who->token, REGISTRATION_TOKEN_CHARS);
	return !taken || error_set(err, ERROR_LIMIT, "no unused code was found");
}

static struct contact_details details_of(const struct registration_request *r)
{
	return (struct contact_details){r->first_name, r->phone, r->best_time};
}

static bool is_over(const struct store *store, const struct registration_request *r)
{
	return store_clock(store) != CLOCK_UNSURE &&
	       r->ends_utc_s <= env_wall_ms(store->env) / 1000;
}

static bool check_sign_up(struct store *store, const struct registration_request *r,
	const struct initiative *initiative, struct error *err)
{
	if (initiative->registration.mode == REGISTRATION_INTRODUCTION)
		return true;
	if (initiative->schedule_count == 0) /* the rules hold that one only */
		return error_set(err, ERROR_NOT_FOUND, "the initiative has no such schedule");
	return !is_over(store, r) || error_set(err, ERROR_REFUSED, "the meeting is over");
}

static bool check_request(struct store *store, const struct registration_request *r,
	const struct initiative *initiative, struct error *err)
{
	struct contact_details details = details_of(r);
	if (store->mode != STORE_PRACTICE && store->env->seeded)
		return error_set(err, ERROR_REFUSED,
			"real registrations need real randomness, not a seed or a simulated clock");
	if (initiative->status != STATUS_ACTIVE ||
		initiative->registration.mode == REGISTRATION_WALK_IN)
		return error_set(err, ERROR_REFUSED, "the initiative takes no registrations");
	if (initiative->sensitive && !contact_is_empty(&details))
		return error_set(err, ERROR_REFUSED, "a sensitive initiative takes no names");
	if (r->party_size < 1 || r->party_size > UINT8_MAX ||
		r->party_size > initiative->registration.max_party)
		return error_set(err, ERROR_REFUSED, "a party of %d, at most %d may come",
			r->party_size, initiative->registration.max_party);
	return contact_check(store, &details, err) && check_sign_up(store, r, initiative, err);
}

/* A seat, a place on the waiting list, or nothing yet: then the device decides that gives out the
 * seats of that place, once it hears of it. Full is full, whoever decides. */
static bool decide(struct store *store, const struct request_payload *request,
	const struct initiative *initiative, struct decide_payload *decision, struct error *err)
{
	int capacity = initiative->registration.capacity;
	bool ours, limited = initiative->registration.mode == REGISTRATION_SIGN_UP && capacity > 0;
	if (!seats_decision(store->db, request, initiative, decision, err) ||
		!seats_are_ours(store, request->initiative, request->schedule, &ours, err))
		return false;
	if (decision->outcome == OUTCOME_WAITING &&
		(!initiative->registration.waiting_list || request->party_size > capacity))
		return error_set(err, ERROR_LIMIT, "no seats are left for %d", request->party_size);
	if (limited && !ours)
		*decision = (struct decide_payload){.outcome = OUTCOME_ASKED};
	return true;
}

/* An introduction that is kept for no days could never be answered. */
static int retention_days_of(const struct initiative *initiative)
{
	int days = initiative->registration.retention_days;
	return days == 0 && initiative->registration.mode == REGISTRATION_INTRODUCTION
		       ? INTRODUCTION_DEFAULT_DAYS
		       : days;
}

/* 0 while the clock is unsure: neither now nor the meeting that was chosen is to be trusted. */
static int64_t expiry_ms(const struct store *store, const struct registration_request *r,
	const struct initiative *initiative)
{
	int64_t kept_ms = retention_days_of(initiative) * DAY_MS;
	if (store_clock(store) == CLOCK_UNSURE)
		return 0;
	return initiative->registration.mode == REGISTRATION_INTRODUCTION
		       ? env_wall_ms(store->env) + kept_ms
		       : r->ends_utc_s * 1000 + kept_ms;
}

static struct request_payload payload_of(const struct store *store,
	const struct registration_request *r, const struct initiative *initiative,
	const struct identity *who, const struct hash *commitment)
{
	bool meets = initiative->registration.mode == REGISTRATION_SIGN_UP;
	return (struct request_payload){
		.initiative = r->initiative,
		.schedule = meets ? r->schedule : (struct uuid){{0}},
		.occurrence = meets ? local_time_to_seconds(r->rule_start) : 0,
		.party_size = (uint8_t)r->party_size,
		.mode = (uint8_t)initiative->registration.mode,
		.companion = r->wants_companion,
		.expires_ms = expiry_ms(store, r, initiative),
		.code_hash = who->code_hash,
		.token_hash = who->token_hash,
		.commitment = *commitment,
	};
}

/* More than FLOOD_PER_HOUR within an hour: saved all the same, for it may be the day of the market.
 * A clock that was set meanwhile can count an hour too long or too short. */
static bool is_flood(struct store *store, uint8_t *marked, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT op.wall_ms FROM registration AS r JOIN op ON op.hub_seq = r.hub_seq"
		" WHERE r.device = :device ORDER BY r.hub_seq DESC LIMIT 1 OFFSET :before");
	sql_bind_blob(q, ":device", store->device, WRITER_PART_BYTES);
	sql_bind_int(q, ":before", REGISTRATION_FLOOD_PER_HOUR - 1);
	int64_t age_ms = sql_next(q, err) ? env_wall_ms(store->env) - sql_int(q, 0) : HOUR_MS;
	*marked = age_ms > -HOUR_MS && age_ms < HOUR_MS;
	return !sql_failed(q);
}

static void wipe_identity(struct identity *who)
{
	secret_wipe(who, sizeof(*who));
}

/* Inside the transaction. The arena sees what the visitor typed: the caller wipes it. */
static bool register_now(struct store_tx *tx, struct arena *arena,
	const struct registration_request *r, struct registration_result *result, struct error *err)
{
	struct store *store = tx->store;
	const struct initiative *initiative;
	CLEANUP(wipe_identity) struct identity who = {.code = ""};
	struct contact_details details = details_of(r);
	struct decide_payload decision;
	initiative = rules_of(store->db, arena, r->initiative, r->schedule, err);
	if (!initiative || !check_request(store, r, initiative, err) ||
		!draw_identity(store, &who, err))
		return false;
	struct sealed_contact contact = contact_seal(store, arena, &details, &result->keys_used_up);
	struct request_payload request =
		payload_of(store, r, initiative, &who, &contact.commitment);
	if (!is_flood(store, &request.marked, err) ||
		!decide(store, &request, initiative, &decision, err) ||
		!contact_insert(store, who.id, &contact, request.expires_ms,
			retention_days_of(initiative), err) ||
		!op_append_about(tx, OP_REQUEST, ENTITY_REGISTRATION, who.id,
			payload_write_request(arena, &request), err) ||
		(decision.outcome != OUTCOME_ASKED &&
			!op_append_about(tx, OP_DECIDE, ENTITY_REGISTRATION, who.id,
				payload_write_decide(arena, &decision), err)) ||
		!clock_note(store, err))
		return false;
	result->id = who.id;
	result->outcome = (enum registration_outcome)decision.outcome;
	result->place = (int)decision.place;
	memcpy(result->code, who.code, sizeof(result->code));
	memcpy(result->token, who.token, sizeof(result->token));
	return true;
}

bool store_register(struct store *store, const struct registration_request *request,
	struct registration_result *result, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	struct arena arena = {0};
	memset(result, 0, sizeof(*result));
	bool ok = store_begin(&tx, store, err) && register_now(&tx, &arena, request, result, err) &&
		  store_commit(&tx, err);
	if (!ok)
		secret_wipe(result, sizeof(*result));
	arena_wipe(&arena);
	arena_finish(&arena);
	return ok;
}

bool store_seats(struct store *store, struct uuid schedule, struct local_time rule_start,
	struct seats_taken *seats, struct error *err)
{
	return seats_count(store->db, schedule, local_time_to_seconds(rule_start), seats, err);
}

bool store_all_seats(struct store *store, struct arena *arena, struct date from,
	struct occurrence_seats **all, size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT schedule, occurrence, sum(iif(outcome = 1, party_size, 0)),"
		" sum(outcome = 2) FROM registration WHERE occurrence >= :from"
		" GROUP BY schedule, occurrence ORDER BY schedule, occurrence");
	sql_bind_int(q, ":from", local_time_to_seconds((struct local_time){.date = from}));
	size_t room = 0;
	*all = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (*count == room) {
			room = room ? room * 2 : 32;
			struct occurrence_seats *more =
				arena_new_array(arena, struct occurrence_seats, room);
			if (*count)
				memcpy(more, *all, *count * sizeof(*more));
			*all = more;
		}
		struct occurrence_seats *one = &(*all)[(*count)++];
		sql_blob(q, 0, one->schedule.bytes, sizeof(one->schedule.bytes));
		one->rule_start = local_time_from_seconds(sql_int(q, 1));
		one->seats = (struct seats_taken){(int)sql_int(q, 2), (int)sql_int(q, 3)};
	}
	return !sql_failed(q);
}

int64_t store_registration_count(struct store *store, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT count(*) FROM registration WHERE outcome IN (1, 2)");
	return sql_next(q, err) ? sql_int(q, 0) : -1;
}

bool store_sealed(struct store *store, struct arena *arena, struct uuid id, struct str *box,
	struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT box FROM sealed WHERE registration = :registration");
	sql_bind_blob(q, ":registration", id.bytes, sizeof(id.bytes));
	*box = sql_next(q, err) ? sql_text(q, arena, 0) : (struct str){0};
	return !sql_failed(q);
}

/* The place now: one more than who stands before it. */
static bool place_now(struct sql *db, struct registration *r, int64_t occurrence,
	int64_t decided_seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT count(*) FROM registration WHERE schedule = :schedule"
		" AND occurrence = :occurrence AND outcome = 2 AND decided_seq < :decided_seq");
	sql_bind_blob(q, ":schedule", r->schedule.bytes, sizeof(r->schedule.bytes));
	sql_bind_int(q, ":occurrence", occurrence);
	sql_bind_int(q, ":decided_seq", decided_seq);
	if (!sql_next(q, err))
		return false;
	r->place = (int)sql_int(q, 0) + 1;
	return true;
}

bool store_find_code(
	struct store *store, struct str code, struct registration *found, struct error *err)
{
	char normal[CODE_CHARS];
	*found = (struct registration){.place = 0};
	if (!code_normal(code, normal))
		return error_set(err, ERROR_NOT_FOUND, "that is not a code");
	struct hash hash = code_hash(store, normal);
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT id, initiative, schedule, occurrence, party_size, mode, companion, outcome,"
		" decided_seq, followed, followed_by FROM registration WHERE code_hash = "
		":code_hash");
	sql_bind_blob(q, ":code_hash", hash.bytes, HASH_BYTES);
	if (!sql_next(q, err))
		return sql_failed(q)
			       ? false
			       : error_set(err, ERROR_NOT_FOUND, "no registration has that code");
	sql_blob(q, 0, found->id.bytes, sizeof(found->id.bytes));
	sql_blob(q, 1, found->initiative.bytes, sizeof(found->initiative.bytes));
	sql_blob(q, 2, found->schedule.bytes, sizeof(found->schedule.bytes));
	found->rule_start = local_time_from_seconds(sql_int(q, 3));
	found->party_size = (int)sql_int(q, 4);
	found->mode = (enum registration_mode)sql_int(q, 5);
	found->wants_companion = sql_int(q, 6) != 0;
	found->outcome = (enum registration_outcome)sql_int(q, 7);
	found->followed = (enum follow_status)sql_int(q, 9);
	struct str by = sql_peek(q, 10);
	if (by.len <= FOLLOW_BY_MAX_BYTES)
		memcpy(found->followed_by, by.ptr, by.len);
	return found->outcome != OUTCOME_WAITING ||
	       place_now(store->db, found, sql_int(q, 3), sql_int(q, 8), err);
}

struct cancelled {
	bool found;
	struct uuid initiative, schedule;
	int64_t occurrence, outcome;
};

static bool find_by_id(struct sql *db, struct uuid id, struct cancelled *found, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT initiative, schedule, occurrence, outcome FROM "
					    "registration WHERE id = :id");
	sql_bind_blob(q, ":id", id.bytes, sizeof(id.bytes));
	*found = (struct cancelled){.found = sql_next(q, err)};
	if (!found->found)
		return !sql_failed(q);
	sql_blob(q, 0, found->initiative.bytes, sizeof(found->initiative.bytes));
	sql_blob(q, 1, found->schedule.bytes, sizeof(found->schedule.bytes));
	found->occurrence = sql_int(q, 2);
	found->outcome = sql_int(q, 3);
	return true;
}

bool store_cancel(struct store *store, struct uuid id, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	struct cancelled c;
	if (!store_begin(&tx, store, err) || !find_by_id(store->db, id, &c, err))
		return false;
	if (!c.found)
		return error_set(err, ERROR_NOT_FOUND, "no such registration");
	if (c.outcome == OUTCOME_CANCELLED)
		return true;
	return op_append_about(&tx, OP_CANCEL, ENTITY_REGISTRATION, id, (struct str){0}, err) &&
	       (BUG(CANCEL_KEEPS_BOX) || erasure_note(store, ENTITY_REGISTRATION, id, err)) &&
	       seats_move_up(&tx, c.initiative, c.schedule, c.occurrence, err) &&
	       store_commit(&tx, err) && store_sweep(store);
}
