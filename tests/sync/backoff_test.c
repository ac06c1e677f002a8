/* How long a kiosk waits: bounds, growth, and that kiosks spread. */
#include "sync/backoff.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void waits_between_half_and_whole(void **state)
{
	(void)state;
	static const struct {
		unsigned failures;
		int64_t whole;
	} cases[] = {
		{0, BACKOFF_IDLE_MS},
		{1, BACKOFF_FIRST_MS},
		{2, 2 * BACKOFF_FIRST_MS},
		{5, 16 * BACKOFF_FIRST_MS},
		{8, 128 * BACKOFF_FIRST_MS},
		{9, BACKOFF_MOST_MS},
		{1000, BACKOFF_MOST_MS},
		{UINT_MAX, BACKOFF_MOST_MS},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(backoff_ms(cases[i].failures, 0), cases[i].whole / 2);
		assert_int_equal(backoff_ms(cases[i].failures, UINT32_MAX), cases[i].whole);
		int64_t middle = backoff_ms(cases[i].failures, UINT32_MAX / 2);
		assert_in_range(middle, cases[i].whole * 3 / 4 - 1, cases[i].whole * 3 / 4 + 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(waits_between_half_and_whole)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
