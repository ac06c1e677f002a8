/* The lines of an exchange, there and back, and what is none. */
#include "sync/progress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void what_is_written_is_read(void **state)
{
	(void)state;
	const struct progress all[] = {
		{.stage = PROGRESS_CHECK},
		{.stage = PROGRESS_TAKE, .taken = 48},
		{.stage = PROGRESS_GIVE, .taken = 48, .given = 7, .to_give = 12},
		{.stage = PROGRESS_PROVE, .taken = INT64_MAX, .given = 12, .to_give = 12},
		{.stage = PROGRESS_DONE, .given = 12},
		{.stage = PROGRESS_FAILED, .why = ERROR_READ_ONLY},
	};
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		char line[PROGRESS_LINE_BYTES + 1];
		struct progress back = {.stage = PROGRESS_CHECK};
		progress_write(&all[i], line);
		assert_true(strlen(line) <= PROGRESS_LINE_BYTES);
		assert_true(progress_read(str_from(line), &back));
		assert_int_equal(back.stage, all[i].stage);
		assert_int_equal(back.taken, all[i].taken);
		assert_int_equal(back.given, all[i].given);
		assert_int_equal(back.to_give, all[i].to_give);
		assert_int_equal(back.why, all[i].why);
	}
}

static void what_is_none_changes_nothing(void **state)
{
	(void)state;
	const char *const lines[] = {"", " ", "take", "take 1", "take 1 2", "take 1 2 3 4",
		"take 1 2 x", "take -1 2 3", "take 1  2 3", "TAKE 1 2 3", "taken ops 4 refused 0",
		"failed", "failed ", "failed none", "failed twice over",
		"take 99999999999999999999 0 0", "give 1 2 3 "};
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct progress p = {.stage = PROGRESS_GIVE, .taken = 5};
		if (progress_read(str_from(lines[i]), &p))
			fail_msg("'%s' was taken for a line", lines[i]);
		assert_int_equal(p.stage, PROGRESS_GIVE);
		assert_int_equal(p.taken, 5);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(what_is_none_changes_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
