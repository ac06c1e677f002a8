/* Troubles as the host reads them: counted, bounded, and still there after a restart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/log.h"
#include "fake/fake.h"

#define PATH "data/troubles"

static struct env *start(void)
{
	struct env *env = fake_create(1);
	struct error err;
	assert_true(env_make_directory(env, "data", &err));
	log_keep(env, PATH);
	return env;
}

static void stop(struct env *env)
{
	log_forget();
	fake_destroy(env);
}

static struct str newest(struct arena *arena)
{
	struct str *lines;
	assert_true(log_troubles(arena, &lines) > 0);
	return lines[0];
}

static size_t size_of(struct env *env, const char *path)
{
	struct arena arena = {0};
	struct str text = {0};
	env_read_file(env, &arena, path, 1 << 20, &text, NULL);
	size_t size = text.len;
	arena_finish(&arena);
	return size;
}

static void the_newest_comes_first(void **state)
{
	(void)state;
	struct env *env = start();
	struct arena arena = {0};
	struct str *lines;
	log_warning("the lamp flickers");
	env_sleep_ms(env, 60000);
	log_error("saving", &(struct error){ERROR_DISK, "no room on the moon"});
	assert_int_equal(log_troubles(&arena, &lines), 2);
	assert_true(str_equal_z(lines[0], "2026-12-01 10:01 saving: no room on the moon (disk)"));
	assert_true(str_equal_z(lines[1], "2026-12-01 10:00 the lamp flickers"));
	arena_finish(&arena);
	stop(env);
}

static void what_comes_again_is_counted(void **state)
{
	(void)state;
	struct env *env = start();
	struct arena arena = {0};
	struct str *lines;
	for (int i = 0; i < 1234; i++)
		log_warning("the lamp flickers");
	log_warning("the door squeaks");
	log_warning("the lamp flickers");
	assert_int_equal(log_troubles(&arena, &lines), 2);
	assert_true(str_equal_z(lines[0], "2026-12-01 10:00 the lamp flickers (1235 times)"));
	assert_in_range(size_of(env, PATH), 1, 300); /* 1, 10, 100, 1000 and the door */
	arena_finish(&arena);
	stop(env);
}

static void a_restart_forgets_nothing(void **state)
{
	(void)state;
	struct env *env = start();
	struct arena arena = {0};
	for (int i = 0; i < 100; i++)
		log_warning("the lamp flickers");
	log_forget();
	struct str *lines;
	assert_int_equal(log_troubles(&arena, &lines), 0);
	log_keep(env, PATH);
	assert_int_equal(log_troubles(&arena, &lines), 1);
	assert_true(str_equal_z(lines[0], "2026-12-01 10:00 the lamp flickers (100 times)"));
	arena_finish(&arena);
	stop(env);
}

static void two_files_bound_what_is_kept(void **state)
{
	(void)state;
	struct env *env = start();
	struct arena arena = {0};
	struct str *lines;
	for (int i = 0; i < 3000; i++)
		log_warning("lamp %d flickers, and so does the one beside it", i);
	assert_int_equal(log_troubles(&arena, &lines), LOG_TROUBLES);
	assert_true(str_starts_with(lines[0], STR("2026-12-01 10:00 lamp 2999 ")));
	assert_true(str_starts_with(lines[LOG_TROUBLES - 1], STR("2026-12-01 10:00 lamp 2950 ")));
	assert_in_range(size_of(env, PATH), 1, LOG_FILE_BYTES);
	assert_in_range(size_of(env, PATH ".1"), LOG_FILE_BYTES - 450, LOG_FILE_BYTES);
	log_keep(env, PATH);
	assert_int_equal(log_troubles(&arena, &lines), LOG_TROUBLES);
	assert_true(str_starts_with(lines[LOG_TROUBLES - 1], STR("2026-12-01 10:00 lamp 2950 ")));
	arena_finish(&arena);
	stop(env);
}

static void a_line_stays_a_line(void **state)
{
	(void)state;
	struct env *env = start();
	struct arena arena = {0};
	char longest[1000];
	log_warning("two\nlines\x1b[2J and \xff");
	assert_true(str_equal_z(newest(&arena), "2026-12-01 10:00 two lines [2J and ?"));
	for (int lead = 0; lead < 4; lead++) {
		memset(longest, 'x', (size_t)lead);
		for (size_t i = (size_t)lead; i + 3 < sizeof(longest); i += 3)
			memcpy(longest + i, "\xe2\x82\xac", 4);
		log_warning("%s", longest);
		struct str line = newest(&arena);
		assert_in_range(line.len, 400, 420);
		assert_true(str_is_utf8(line));
		assert_int_equal(str_find(line, STR("?")), -1);
	}
	arena_finish(&arena);
	stop(env);
}

static void a_disk_that_fails_costs_only_the_file(void **state)
{
	(void)state;
	struct env *env = start();
	struct arena arena = {0};
	fake_fail_after(env, 0, ERROR_DISK_FULL);
	log_warning("the lamp flickers");
	assert_true(str_equal_z(newest(&arena), "2026-12-01 10:00 the lamp flickers"));
	arena_finish(&arena);
	stop(env);
}

static void a_strange_file_is_read_past(void **state)
{
	(void)state;
	static const struct str strange = STR_CONST(
		"\n\n2026\n2026-12-01 10:00 x what\n2026-12-01 10:00 0 none\n2026-12-01 10:00 5\n"
		"2026-12-01 10:00 2 the lamp flickers\n2026-12-01 10:00 \xff bad\n"
		"2026-12-01 10:00 1 torn of");
	struct env *env = start();
	struct arena arena = {0};
	struct error err;
	struct str *lines;
	assert_true(env_write_file(env, PATH, strange, &err));
	log_keep(env, PATH);
	assert_int_equal(log_troubles(&arena, &lines), 1);
	assert_true(str_equal_z(lines[0], "2026-12-01 10:00 the lamp flickers (2 times)"));
	arena_finish(&arena);
	stop(env);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_newest_comes_first),
		cmocka_unit_test(what_comes_again_is_counted),
		cmocka_unit_test(a_restart_forgets_nothing),
		cmocka_unit_test(two_files_bound_what_is_kept),
		cmocka_unit_test(a_line_stays_a_line),
		cmocka_unit_test(a_disk_that_fails_costs_only_the_file),
		cmocka_unit_test(a_strange_file_is_read_past),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
