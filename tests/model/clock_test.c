/* How far a clock is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/clock.h"

#define DAY_MS ((int64_t)86400000)
#define TRUSTED_MS ((int64_t)1796119200000) /* 2026-12-01T10:00:00Z */

static enum clock_quality judge(int64_t wall_ms, enum clock_quality quality, int64_t trusted_ms)
{
	const struct clock_facts facts = {wall_ms, quality, trusted_ms};
	return clock_judge(&facts);
}

static void what_the_machine_says_counts(void **state)
{
	(void)state;
	const enum clock_quality all[] = {
		CLOCK_UNSURE, CLOCK_RESTORED, CLOCK_SURE, CLOCK_SIMULATED};
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		assert_int_equal(judge(CLOCK_EARLIEST_MS, all[i], 0), all[i]);
		assert_int_equal(judge(TRUSTED_MS - DAY_MS, all[i], TRUSTED_MS), all[i]);
		assert_int_equal(judge(TRUSTED_MS + 180 * DAY_MS, all[i], TRUSTED_MS), all[i]);
	}
}

static void before_2024_nothing_is_believed(void **state)
{
	(void)state;
	assert_int_equal(judge(0, CLOCK_SURE, 0), CLOCK_UNSURE);
	assert_int_equal(judge(CLOCK_EARLIEST_MS - 1, CLOCK_SIMULATED, 0), CLOCK_UNSURE);
}

static void half_a_year_waits_for_a_person(void **state)
{
	(void)state;
	int64_t late_ms = TRUSTED_MS + 180 * DAY_MS + 1;
	assert_int_equal(judge(late_ms, CLOCK_SURE, TRUSTED_MS), CLOCK_UNSURE);
	assert_int_equal(judge(late_ms, CLOCK_SIMULATED, TRUSTED_MS), CLOCK_UNSURE);
	assert_int_equal(judge(late_ms, CLOCK_SURE, late_ms), CLOCK_SURE); /* confirmed */
}

static void only_a_simulated_clock_goes_back(void **state)
{
	(void)state;
	int64_t early_ms = TRUSTED_MS - DAY_MS - 1;
	assert_int_equal(judge(early_ms, CLOCK_SURE, TRUSTED_MS), CLOCK_UNSURE);
	assert_int_equal(judge(early_ms, CLOCK_RESTORED, TRUSTED_MS), CLOCK_UNSURE);
	assert_int_equal(judge(early_ms, CLOCK_SIMULATED, TRUSTED_MS), CLOCK_SIMULATED);
	assert_int_equal(judge(CLOCK_EARLIEST_MS, CLOCK_SIMULATED, TRUSTED_MS), CLOCK_SIMULATED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_machine_says_counts),
		cmocka_unit_test(before_2024_nothing_is_believed),
		cmocka_unit_test(half_a_year_waits_for_a_person),
		cmocka_unit_test(only_a_simulated_clock_goes_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
