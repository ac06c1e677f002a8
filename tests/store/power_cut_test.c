/* A scripted day on a disk that records, and then a power cut after every single change of it, in
 * every way in which a cut can treat what had not been synced. After each cut the store opens, is
 * whole, and knows every sign-up whose visitor had read "Gelukt". The last mode is a disk that lies
 * about syncing: there the same checks must find losses, or they see nothing.
 *
 * The short form takes every fourth event, each mode other ones; LONG=1 takes every event, and what
 * chance decides four times. */
#include "fake/fake.h"
#include "fake/recording.h"
#include "store/inside.h"
#include "store/registration.h"
#include "store/repair.h"
#include "store/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DAY_MS ((int64_t)86400000)
#define NOW_MS ((int64_t)1796119200000) /* 2026-12-01T10:00:00Z */
#define MOST_SIGN_UPS 64
#define NEVER SIZE_MAX

/* What a visitor was told, and after which event of the disk. */
struct told {
	char code[REGISTRATION_CODE_CHARS + 1];
	struct uuid id;
	size_t promised; /* store_register() had said true */
	size_t ending, ended; /* cancelling or expiring began, and had said true */
	bool forgotten; /* the end takes the registration too, not only its box */
};

struct day {
	struct env *env;
	struct store *store;
	struct recording *recording;
	struct told told[MOST_SIGN_UPS];
	size_t count;
};

static void sign_up(struct day *day, size_t initiative)
{
	struct registration_request request = sample_request(initiative);
	struct registration_result result;
	struct error err = {0};
	struct told *told = &day->told[day->count++];
	request.ends_utc_s = env_wall_ms(day->env) / 1000 + 86400;
	if (!store_register(day->store, &request, &result, &err))
		fail_msg("%s", err.message);
	*told = (struct told){.id = result.id, .ending = NEVER, .ended = NEVER};
	told->promised = recording_count(day->recording);
	memcpy(told->code, result.code, sizeof(told->code));
}

static void sign_up_many(struct day *day, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sign_up(day, i % 3);
}

static void cancel(struct day *day, size_t which)
{
	struct error err = {0};
	struct told *told = &day->told[which];
	told->ending = recording_count(day->recording);
	assert_true(store_cancel(day->store, told->id, &err));
	told->ended = recording_count(day->recording);
}

/* From the event `begun` on, everything promised so far and not ended may go, and is gone now. */
static void end_all(struct day *day, size_t begun, bool forgotten)
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

static void open_for_real(struct day *day)
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

static void expire(struct day *day)
{
	struct error err = {0};
	size_t erased, begun = recording_count(day->recording);
	fake_set_clock(day->env, NOW_MS + 40 * DAY_MS, CLOCK_SURE);
	assert_true(store_expire(day->store, &erased, &err));
	assert_true(erased > 0);
	end_all(day, begun, false);
}

static void start_again(struct day *day)
{
	struct error err = {0};
	store_close(day->store);
	day->store = store_open(day->env, "var/data", &err);
	if (!day->store)
		fail_msg("%s", err.message);
}

static struct day live(void)
{
	struct day day = {.env = fake_create(5)};
	struct sample s = sample_of(4, (struct sample_rules){"sign_up", 6, 30, true, false});
	struct error err = {0};
	fake_sqlite_install(day.env);
	day.recording = recording_start(day.env);
	day.store = store_open(day.env, "var/data", &err);
	assert_non_null(day.store);
	assert_true(store_apply(day.store, s.records, s.count, 0, NULL, &err));
	sign_up_many(&day, 4);
	open_for_real(&day);
	sign_up_many(&day, 12);
	cancel(&day, 5);
	cancel(&day, 9);
	start_again(&day);
	sign_up_many(&day, 12);
	assert_true(
		store_apply(day.store, s.records, s.count - 1, APPLY_DELETE_ABSENT, NULL, &err));
	cancel(&day, 17);
	expire(&day);
	sign_up_many(&day, 6);
	assert_true(sql_checkpoint(day.store->db, &err));
	sign_up_many(&day, 3);
	store_close(day.store);
	fake_sqlite_remove();
	arena_finish(&s.arena);
	return day;
}

struct verdict {
	size_t points, lost, corrupt;
};

static bool is_whole(struct store *store)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct hash kept, counted;
	if (store_repair_note(store, &arena).len) /* it was damaged when it opened */
		return false;
	CLEANUP(sql_done) struct sql_query *q = sql_query(store->db, "PRAGMA integrity_check");
	return sql_next(q, NULL) && str_equal_z(sql_peek(q, 0), "ok") &&
	       store_state_hash(store, &kept, NULL) && store_count_hash(store, &counted, NULL) &&
	       memcmp(kept.bytes, counted.bytes, HASH_BYTES) == 0;
}

/* Whether the store still does what it said about one sign-up, when `cut` events had happened. */
static bool kept_word(struct store *store, const struct told *told, size_t cut)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct registration found = {.outcome = OUTCOME_ASKED};
	struct error err = {0};
	struct str box = {0};
	bool known = store_find_code(store, str_from(told->code), &found, &err);
	if (!known && err.code != ERROR_NOT_FOUND)
		return false;
	if (!store_sealed(store, &arena, told->id, &box, &err))
		return false;
	if (cut >= told->ended)
		return box.len == 0 && known != told->forgotten;
	if (cut >= told->promised && cut <= told->ending)
		return known && box.len > 0 &&
		       (found.outcome == OUTCOME_CONFIRMED || found.outcome == OUTCOME_WAITING);
	return cut >= told->promised || known == (box.len > 0); /* between: all of it or nothing */
}

/* Between two words of the store the next visitor signs up as ever. */
static bool goes_on(struct store *store)
{
	struct registration_request request = sample_request(0);
	struct registration_result result;
	struct registration found;
	struct error err = {0};
	if (!store_register(store, &request, &result, &err))
		return err.code == ERROR_NOT_FOUND; /* the catalogue had not been imported yet */
	return store_find_code(store, str_from(result.code), &found, &err);
}

static void cut_power(const struct day *day, size_t cut, enum power_cut how, uint64_t seed,
	struct verdict *verdict)
{
	struct env *env = fake_create(seed + 100);
	struct error err = {0};
	recording_replay(day->recording, cut, how, seed, env);
	fake_sqlite_install(env);
	struct store *store = store_open(env, "var/data", &err);
	bool whole = store && is_whole(store), kept = true;
	for (size_t i = 0; store && i < day->count; i++)
		kept = kept && kept_word(store, &day->told[i], cut);
	verdict->points++;
	verdict->lost += !kept;
	verdict->corrupt += !whole || !goes_on(store);
	if (how != CUT_LIES && (!kept || !whole))
		print_message("cut %zu, mode %d, seed %llu: %s%s %s\n", cut, how,
			(unsigned long long)seed, kept ? "" : "lost ", whole ? "" : "corrupt",
			err.message);
	store_close(store);
	fake_sqlite_remove();
	fake_destroy(env);
}

static const struct {
	const char *name;
	uint64_t seeds, seeds_long; /* 1: nothing is left to chance */
	size_t step; /* of the short form, in events */
} modes[CUT_COUNT] = {
	[CUT_DROPPED] = {"dropped", 1, 1, 4},
	[CUT_REORDERED] = {"reordered", 1, 4, 4},
	[CUT_TORN] = {"torn", 1, 4, 4},
	[CUT_LIES] = {"a disk that lies", 1, 1, 16},
};

static struct verdict cut_everywhere(const struct day *day, enum power_cut how)
{
	struct verdict verdict = {.points = 0};
	bool is_long = getenv("LONG") != NULL;
	uint64_t seeds = is_long ? modes[how].seeds_long : modes[how].seeds;
	size_t step = is_long ? 1 : modes[how].step;
	for (size_t cut = (size_t)how % step; cut <= recording_count(day->recording); cut += step)
		for (uint64_t seed = 0; seed < seeds; seed++)
			cut_power(day, cut, how, seed, &verdict);
	return verdict;
}

static void no_cut_takes_a_promise_back(void **state)
{
	(void)state;
	struct day day = live();
	struct verdict verdicts[CUT_COUNT];
	print_message("%-18s %12s %6s %8s\n", "mode", "crash points", "lost", "corrupt");
	for (int how = 0; how < CUT_COUNT; how++) {
		struct verdict *v = &verdicts[how];
		*v = cut_everywhere(&day, (enum power_cut)how);
		print_message(
			"%-18s %12zu %6zu %8zu\n", modes[how].name, v->points, v->lost, v->corrupt);
	}
	for (int how = 0; how < CUT_LIES; how++) {
		assert_int_equal(verdicts[how].lost, 0);
		assert_int_equal(verdicts[how].corrupt, 0);
	}
	assert_true(verdicts[CUT_LIES].lost > 0);
	assert_true(verdicts[CUT_LIES].corrupt > 0);
	fake_destroy(day.env);
	recording_destroy(day.recording);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_cut_takes_a_promise_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
