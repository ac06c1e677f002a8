/* Three crashes in five minutes, on a machine whose time is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/log.h"
#include "fake/fake.h"
#include "kiosk/crashes.h"

#define PATH "data/starts"
#define MINUTE_MS ((int64_t)60000)

static struct env *machine(void)
{
	struct env *env = fake_create(1);
	struct error err;
	assert_true(env_make_directory(env, "data", &err));
	log_forget();
	return env;
}

/* A start that is killed after that long. Answers whether it was plain. */
static bool crash_after(struct env *env, int64_t ms)
{
	struct crashes crashes;
	crashes_begin(&crashes, env, PATH);
	env_sleep_ms(env, ms);
	crashes_look(&crashes);
	return crashes.plain;
}

static bool starts_plain(struct env *env)
{
	struct crashes crashes;
	crashes_begin(&crashes, env, PATH);
	crashes_end(&crashes);
	return crashes.plain;
}

static size_t troubles(void)
{
	struct arena arena = {0};
	struct str *lines;
	size_t count = log_troubles(&arena, &lines);
	arena_finish(&arena);
	return count;
}

static void three_crashes_make_a_plain_start(void **state)
{
	(void)state;
	struct env *env = machine();
	assert_false(crash_after(env, 4 * 24 * 60 * MINUTE_MS)); /* ran for days */
	assert_false(crash_after(env, MINUTE_MS));
	assert_false(crash_after(env, 2 * MINUTE_MS));
	assert_int_equal(troubles(), 1); /* it crashed, twice */
	assert_true(crash_after(env, MINUTE_MS));
	assert_int_equal(troubles(), 2); /* and why it is plain */
	fake_destroy(env);
}

static void slow_crashes_do_not_count(void **state)
{
	(void)state;
	struct env *env = machine();
	for (int i = 0; i < 12; i++)
		assert_false(crash_after(env, 2 * MINUTE_MS + 30001));
	fake_destroy(env);
}

static void a_good_end_is_no_crash(void **state)
{
	(void)state;
	struct env *env = machine();
	for (int i = 0; i < 12; i++)
		assert_false(starts_plain(env));
	assert_false(env_exists(env, PATH));
	assert_int_equal(troubles(), 0);
	fake_destroy(env);
}

static void plain_stays_until_it_ran_well(void **state)
{
	(void)state;
	struct env *env = machine();
	for (int i = 0; i < 3; i++)
		assert_false(crash_after(env, MINUTE_MS));
	/* crashes further apart are crashes all the same while plain */
	assert_true(crash_after(env, 9 * MINUTE_MS));
	assert_true(crash_after(env, CRASHES_WELL_MS - 1));
	assert_true(crash_after(env, CRASHES_WELL_MS));
	assert_false(crash_after(env, MINUTE_MS));
	assert_false(crash_after(env, MINUTE_MS));
	assert_true(crash_after(env, MINUTE_MS));
	fake_destroy(env);
}

/* The wall clock may jump as it likes. */
static void the_wall_clock_does_not_matter(void **state)
{
	(void)state;
	struct env *env = machine();
	for (int i = 0; i < 3; i++) {
		assert_false(crash_after(env, MINUTE_MS));
		fake_set_clock(env, i * 3000000000000, CLOCK_UNSURE);
	}
	assert_true(starts_plain(env));
	fake_destroy(env);
}

static void lines_of_another_boot_and_nonsense_are_forgotten(void **state)
{
	(void)state;
	static const struct str files[] = {
		STR_CONST("another 0 full\nanother 1 full\nanother 2 plain\n"),
		STR_CONST("\n\xff\n- x full\n- \n-\n- 9999999999999999999999 full"),
	};
	struct env *env = machine();
	struct error err;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		assert_true(env_write_file(env, PATH, files[i], &err));
		assert_false(starts_plain(env));
	}
	fake_destroy(env);
}

static void a_disk_that_cannot_be_written_starts_in_full(void **state)
{
	(void)state;
	struct env *env = machine();
	fake_fail_after(env, 0, ERROR_READ_ONLY);
	for (int i = 0; i < 5; i++)
		assert_false(crash_after(env, MINUTE_MS));
	fake_destroy(env);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_crashes_make_a_plain_start),
		cmocka_unit_test(slow_crashes_do_not_count),
		cmocka_unit_test(a_good_end_is_no_crash),
		cmocka_unit_test(plain_stays_until_it_ran_well),
		cmocka_unit_test(the_wall_clock_does_not_matter),
		cmocka_unit_test(lines_of_another_boot_and_nonsense_are_forgotten),
		cmocka_unit_test(a_disk_that_cannot_be_written_starts_in_full),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
