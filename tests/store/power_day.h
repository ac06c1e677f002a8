/* The day that power_cut_test.c cuts: what people and staff do at a kiosk, and what each of them
 * was told, with the events of the disk between which it was said. */
#pragma once
#include "fake/fake.h"
#include "fake/recording.h"
#include "store/backup.h"
#include "store/door.h"
#include "store/follow.h"
#include "store/inside.h"
#include "store/overview.h"
#include "store/registration.h"
#include "store/sample.h"
#include "store/search.h"
#include "store/wish.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DAY_MS ((int64_t)86400000)
#define NOW_MS ((int64_t)1796119200000) /* 2026-12-01T10:00:00Z */
#define MOST_SIGN_UPS 64
#define MOST_WORDS 48
#define NEVER SIZE_MAX
#define DATA "var/data"
#define BACK_UP "var/kopie.db"
#define INTRODUCTION 4 /* of the sample's initiatives: asks for no day */

/* What a visitor was told, and after which event of the disk. */
struct told {
	char code[REGISTRATION_CODE_CHARS + 1];
	struct uuid id;
	size_t promised; /* store_register() had said true */
	size_t ending, ended; /* cancelling or expiring began, and had said true */
	bool forgotten; /* the end takes the registration too, not only its box */
};

/* What else was said about a thing that has one value at a time. */
enum thing {
	THING_QUESTION, /* how far it has come, by its code */
	THING_WISH, /* by its code: stands, with a number, withdrawn */
	THING_ROUTE, /* step of a card */
	THING_COLLECTED, /* when staff took sign-ups along */
	THING_PIN, /* is there one */
	THING_WAIT, /* how long the door stays shut */
	THING_BACK_UP, /* is there a whole one */
	THING_FOUND, /* hits of a query */
};
struct word {
	enum thing thing;
	char name[WISH_CARD_BYTES]; /* of the thing, where there are several */
	int64_t value, meanwhile; /* meanwhile: what else it may be until then */
	size_t begun, promised; /* doing it began, and had said true */
};

struct day {
	struct env *env;
	struct store *store;
	struct recording *recording;
	struct told told[MOST_SIGN_UPS];
	size_t count;
	struct word words[MOST_WORDS];
	size_t word_count;
};

static inline void sign_up(struct day *day, size_t initiative)
{
	struct registration_request request = sample_request(initiative);
	struct registration_result result;
	struct error err = {0};
	struct told *told = &day->told[day->count++];
	request.ends_utc_s = env_wall_ms(day->env) / 1000 + 86400;
	if (initiative == INTRODUCTION) {
		request.schedule = (struct uuid){{0}};
		request.rule_start = (struct local_time){.hour = 0};
		request.ends_utc_s = 0;
	}
	if (!store_register(day->store, &request, &result, &err))
		fail_msg("%s", err.message);
	*told = (struct told){.id = result.id, .ending = NEVER, .ended = NEVER};
	told->promised = recording_count(day->recording);
	memcpy(told->code, result.code, sizeof(told->code));
}

static inline void sign_up_many(struct day *day, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sign_up(day, i % 3);
}

static inline void cancel(struct day *day, size_t which)
{
	struct error err = {0};
	struct told *told = &day->told[which];
	told->ending = recording_count(day->recording);
	assert_true(store_cancel(day->store, told->id, &err));
	told->ended = recording_count(day->recording);
}

/* From the event `begun` on, everything promised so far and not ended may go, and is gone now. */
static inline void end_all(struct day *day, size_t begun, bool forgotten)
{
	for (size_t i = 0; i < day->count; i++) {
		if (forgotten)
			day->told[i].forgotten = true;
		if (day->told[i].ending == NEVER || forgotten)
			day->told[i].ending = begun;
		if (day->told[i].ended == NEVER || forgotten)
			day->told[i].ended = recording_count(day->recording);
	}
}

static inline void open_for_real(struct day *day)
{
	struct key_set keys;
	struct secret_key_set secret;
	struct error err = {0};
	key_set_create(key_month(2026, 11), &keys, &secret);
	key_set_wipe(&secret);
	size_t begun = recording_count(day->recording);
	assert_true(store_open_registrations(day->store, &keys, &err));
	end_all(day, begun, true);
}

static inline void expire(struct day *day)
{
	struct error err = {0};
	size_t erased, begun = recording_count(day->recording);
	fake_set_clock(day->env, NOW_MS + 40 * DAY_MS, CLOCK_SURE);
	assert_true(store_expire(day->store, &erased, &err));
	assert_true(erased > 0);
	end_all(day, begun, false);
}

static inline void start_again(struct day *day)
{
	struct error err = {0};
	store_close(day->store);
	day->store = store_open(day->env, DATA, &err);
	if (!day->store)
		fail_msg("%s", err.message);
}

/* --- words about things ----------------------------------------------------------------------- */

static inline int64_t read_question(struct store *store, struct str code)
{
	struct registration found;
	return store_find_code(store, code, &found, NULL) ? 1 + (int64_t)found.followed : 0;
}

static inline int64_t read_wish(struct store *store, struct str code)
{
	struct wish found;
	if (!store_find_wish(store, code, &found, NULL))
		return 0;
	return found.withdrawn ? 3 : found.has_contact ? 2 : 1;
}

static inline int64_t read_route(struct store *store, struct str card)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct wish_cluster *clusters;
	size_t count = 0;
	if (!store_wish_clusters(store, &arena, &clusters, &count, NULL))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (str_equal_z(card, clusters[i].card))
			return clusters[i].step;
	return 0;
}

static inline int64_t read_collected(struct store *store)
{
	struct store_day day = {.date = {2026, 12, 1}, .until_ms = DAY_MS};
	struct store_overview overview;
	return store_overview(store, &day, &overview, NULL) ? overview.last_collected_ms : -1;
}

/* -1: what is there is not whole. */
static inline int64_t read_back_up(struct store *store)
{
	if (!env_exists(store->env, BACK_UP))
		return 0;
	struct sql *db = sql_open_foreign(BACK_UP, NULL);
	bool whole = false;
	if (db) {
		CLEANUP(sql_done) struct sql_query *q = sql_query(db, "PRAGMA quick_check");
		whole = sql_next(q, NULL) && str_equal_z(sql_peek(q, 0), "ok");
	}
	sql_close(db);
	return whole ? 1 : -1;
}

static inline int64_t read_found(struct store *store, struct str query)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct search_hit *hits;
	size_t count, exact = 0;
	bool more;
	if (!store_search(store, &arena, query, &hits, &count, &more, NULL))
		return -1;
	for (size_t i = 0; i < count; i++)
		exact += !hits[i].near;
	return (int64_t)exact;
}

static inline int64_t read_thing(struct store *store, enum thing thing, struct str name)
{
	bool has = false;
	int64_t wait_ms = -1;
	switch (thing) {
	case THING_QUESTION:
		return read_question(store, name);
	case THING_WISH:
		return read_wish(store, name);
	case THING_ROUTE:
		return read_route(store, name);
	case THING_COLLECTED:
		return read_collected(store);
	case THING_PIN:
		return store_door_has_pin(store, &has, NULL) ? has : -1;
	case THING_WAIT:
		return store_door_wait(store, &wait_ms, NULL) ? wait_ms : -1;
	case THING_BACK_UP:
		return read_back_up(store);
	case THING_FOUND:
		return read_found(store, name);
	}
	return -1;
}

/* What is being said from now on; said() when it is. */
static inline struct word *say(struct day *day, enum thing thing, const char *name)
{
	assert_true(day->word_count < MOST_WORDS);
	struct word *word = &day->words[day->word_count++];
	*word = (struct word){.thing = thing, .begun = recording_count(day->recording)};
	memcpy(word->name, name, strlen(name) + 1);
	return word;
}

static inline void said(struct day *day, struct word *word, bool ok, int64_t value)
{
	assert_true(ok);
	word->promised = recording_count(day->recording);
	word->value = value;
	if (word->meanwhile == 0)
		word->meanwhile = value;
	assert_int_equal(read_thing(day->store, word->thing, str_from(word->name)), value);
}

/* --- what is done ----------------------------------------------------------------------------- */

static inline void ask_and_follow(struct day *day)
{
	struct error err = {0};
	sign_up(day, INTRODUCTION);
	const struct told *told = &day->told[day->count - 1];
	struct word *word = say(day, THING_QUESTION, told->code);
	said(day, word, true, 1);
	word = say(day, THING_QUESTION, told->code);
	said(day, word, store_follow(day->store, told->id, FOLLOW_TAKEN_ALONG, STR(""), &err), 2);
	word = say(day, THING_QUESTION, told->code);
	said(day, word, store_follow(day->store, told->id, FOLLOW_TAKEN_UP, STR("Samira"), &err),
		3);
}

static inline struct wish_result wish_for(struct day *day, struct str card)
{
	struct wish_request request = {.card = card};
	struct wish_result result;
	struct error err = {0};
	struct word *word = say(day, THING_WISH, "");
	bool ok = store_wish(day->store, &request, &result, &err);
	memcpy(word->name, result.code, sizeof(result.code));
	said(day, word, ok, 1);
	return result;
}

static inline void wish(struct day *day)
{
	struct error err = {0};
	struct str card = wish_cards[0].code;
	struct wish_result first = wish_for(day, card);
	struct wish_result second = wish_for(day, wish_cards[1].code);
	struct word *word = say(day, THING_WISH, first.code);
	said(day, word, store_wish_contact(day->store, first.id, STR("0612345678"), &err), 2);
	for (int step = ROUTE_EXPLORE; step <= ROUTE_PLAN; step++) {
		word = say(day, THING_ROUTE, "");
		snprintf(word->name, sizeof(word->name), "%.*s", STR_ARG(card));
		said(day, word, store_route(day->store, card, (enum route_step)step, &err), step);
	}
	word = say(day, THING_WISH, second.code);
	said(day, word, store_withdraw_wish(day->store, second.id, &err), 3);
	word = say(day, THING_WISH, first.code);
	said(day, word, store_withdraw_wish(day->store, first.id, &err), 3);
}

/* A try counts before it is looked at: the third would wait so long. */
#define TRIED_WAIT_MS 4000

static inline void try_pin(struct day *day, struct str pin, enum door_answer expected, int wait_ms)
{
	struct error err = {0};
	enum door_answer answer;
	struct word *word = say(day, THING_WAIT, "");
	if (expected == DOOR_OPENED)
		word->meanwhile = TRIED_WAIT_MS;
	bool ok = store_door_try(day->store, pin, &answer, &err);
	said(day, word, ok && answer == expected, wait_ms);
	env_sleep_ms(day->env, wait_ms);
}

static inline void mind_the_door(struct day *day)
{
	struct error err = {0};
	struct word *word = say(day, THING_PIN, "");
	said(day, word, store_door_set_pin(day->store, STR("485719"), &err), 1);
	try_pin(day, STR("485710"), DOOR_WRONG, 1000);
	try_pin(day, STR("485711"), DOOR_WRONG, 2000);
	try_pin(day, STR("485719"), DOOR_OPENED, 0);
}

static inline void collect(struct day *day)
{
	struct error err = {0};
	struct word *word = say(day, THING_COLLECTED, "");
	said(day, word, store_mark_collected(day->store, &err), env_wall_ms(day->env));
}

static inline void back_up(struct day *day)
{
	struct error err = {0};
	struct word *word = say(day, THING_BACK_UP, "");
	said(day, word, store_back_up(day->store, DATA, BACK_UP, &err), 1);
}

static inline void call_it(struct day *day, const char *tagline, int64_t hits)
{
	struct error err = {0};
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct field_value field = {INITIATIVE_TAGLINE, str_format(&arena, "\"%s\"", tagline)};
	struct record record = {.type = ENTITY_INITIATIVE,
		.id = sample_id(ENTITY_INITIATIVE, 1),
		.fields = &field,
		.field_count = 1};
	struct word *word = say(day, THING_FOUND, "zeemeer");
	said(day, word, store_apply(day->store, &record, 1, APPLY_NAMED_FIELDS, NULL, &err), hits);
}

static inline struct sample sample_of_the_day(void)
{
	struct sample s = {.count = 0};
	s.records = arena_new_array(&s.arena, struct record, 2 * (INTRODUCTION + 1));
	for (size_t i = 0; i < INTRODUCTION; i++)
		sample_initiative(&s, i, (struct sample_rules){"sign_up", 6, 30, true, false});
	sample_initiative(
		&s, INTRODUCTION, (struct sample_rules){"introduction", 0, 30, false, false});
	return s;
}

static inline struct day live(void)
{
	struct day day = {.env = fake_create(5)};
	struct sample s = sample_of_the_day();
	struct error err = {0};
	fake_sqlite_install(day.env);
	day.recording = recording_start(day.env);
	day.store = store_open(day.env, DATA, &err);
	assert_non_null(day.store);
	assert_true(store_apply(day.store, s.records, s.count, 0, NULL, &err));
	sign_up_many(&day, 4);
	open_for_real(&day);
	sign_up_many(&day, 12);
	cancel(&day, 5);
	cancel(&day, 9);
	mind_the_door(&day);
	ask_and_follow(&day);
	wish(&day);
	start_again(&day);
	back_up(&day);
	sign_up_many(&day, 12);
	assert_true(
		store_apply(day.store, s.records, s.count - 1, APPLY_DELETE_ABSENT, NULL, &err));
	cancel(&day, 18);
	call_it(&day, "Zeemeermin", 1);
	collect(&day);
	expire(&day);
	call_it(&day, "Meerman", 0);
	wish(&day);
	sign_up_many(&day, 6);
	assert_true(sql_checkpoint(day.store->db, &err));
	sign_up_many(&day, 3);
	back_up(&day);
	store_close(day.store);
	fake_sqlite_remove();
	arena_finish(&s.arena);
	return day;
}
