/* What the store remembers of the clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake/fake.h"
#include "store/store.h"

#define DAY_MS ((int64_t)86400000)
#define NOW_MS ((int64_t)1796119200000) /* 2026-12-01T10:00:00Z */

static struct store *open_store(struct env *env)
{
	struct error err;
	struct store *store = store_open(env, "data", &err);
	if (!store)
		fail_msg("%s", err.message);
	return store;
}

static void keep_house_at(
	struct store *store, struct env *env, int64_t wall_ms, enum clock_quality quality)
{
	struct error err;
	fake_set_clock(env, wall_ms, quality);
	assert_true(store_expire(store, NULL, &err));
}

/* A restart in between must not make a right clock of one that jumped. */
static void what_was_trusted_is_remembered(void **state)
{
	(void)state;
	struct env *env = fake_create(1);
	fake_sqlite_install(env);
	struct store *store = open_store(env);
	keep_house_at(store, env, NOW_MS, CLOCK_SURE);
	store_close(store);
	fake_set_clock(env, NOW_MS + 181 * DAY_MS, CLOCK_SURE);
	store = open_store(env);
	assert_int_equal(store_clock(store), CLOCK_UNSURE);
	/* keeping house at such a time does not make it trusted */
	keep_house_at(store, env, NOW_MS + 181 * DAY_MS, CLOCK_SURE);
	assert_int_equal(store_clock(store), CLOCK_UNSURE);
	struct error err;
	assert_true(store_trust_clock(store, &err));
	assert_int_equal(store_clock(store), CLOCK_SURE);
	store_close(store);
	store = open_store(env);
	assert_int_equal(store_clock(store), CLOCK_SURE);
	store_close(store);
	fake_sqlite_remove();
	fake_destroy(env);
}

/* Looking often writes once: at most one note an hour. */
static void the_note_costs_one_write_an_hour(void **state)
{
	(void)state;
	struct env *env = fake_create(1);
	fake_sqlite_install(env);
	struct store *store = open_store(env);
	keep_house_at(store, env, NOW_MS, CLOCK_SURE);
	int64_t before = fake_operations(env);
	for (int minute = 1; minute < 60; minute++)
		keep_house_at(store, env, NOW_MS + minute * 60000, CLOCK_SURE);
	assert_int_equal(fake_operations(env), before);
	keep_house_at(store, env, NOW_MS + 3600000, CLOCK_SURE);
	assert_true(fake_operations(env) > before);
	store_close(store);
	fake_sqlite_remove();
	fake_destroy(env);
}

/* A script on real data may look at another year, but that year is never believed by real clocks,
 * nor does it erase what a real clock would keep. */
static void a_simulated_clock_changes_nothing_for_real_ones(void **state)
{
	(void)state;
	struct env *env = fake_create(1);
	fake_sqlite_install(env);
	struct store *store = open_store(env);
	keep_house_at(store, env, NOW_MS, CLOCK_SURE);
	keep_house_at(store, env, NOW_MS + 400 * DAY_MS, CLOCK_SIMULATED);
	assert_int_equal(store_clock(store), CLOCK_UNSURE);
	struct error err;
	assert_true(store_trust_clock(store, &err));
	assert_int_equal(store_clock(store), CLOCK_SIMULATED);
	keep_house_at(store, env, NOW_MS - 400 * DAY_MS, CLOCK_SIMULATED);
	assert_int_equal(store_clock(store), CLOCK_SIMULATED);
	fake_set_clock(env, NOW_MS + DAY_MS, CLOCK_SURE);
	assert_int_equal(store_clock(store), CLOCK_SURE);
	store_close(store);
	fake_sqlite_remove();
	fake_destroy(env);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_trusted_is_remembered),
		cmocka_unit_test(the_note_costs_one_write_an_hour),
		cmocka_unit_test(a_simulated_clock_changes_nothing_for_real_ones),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
