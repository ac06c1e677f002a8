#include "base/env.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static void a_file_is_replaced_whole(void **state)
{
	(void)state;
	char folder[] = "/tmp/env_test.XXXXXX";
	assert_non_null(mkdtemp(folder));
	struct arena arena = {0};
	struct error err = {0};
	struct env *env = env_os();
	const char *path = str_format(&arena, "%s/a/b/file", folder).ptr;
	const char *parent = str_format(&arena, "%s/a/b", folder).ptr;
	struct str content;

	assert_false(env_read_file(env, &arena, path, 100, &content, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	assert_true(env_make_directory(env, parent, &err));
	assert_true(env_write_file(env, path, STR("one"), &err));
	assert_true(env_write_file(env, path, STR("second"), &err));
	assert_true(env_read_file(env, &arena, path, 100, &content, &err));
	assert_true(str_equal(content, STR("second")));
	assert_true(env_read_file(env, &arena, path, 6, &content, &err));
	assert_false(env_read_file(env, &arena, path, 5, &content, &err));
	assert_int_equal(err.code, ERROR_LIMIT);

	struct str *names;
	size_t count;
	assert_true(env_list(env, &arena, parent, &names, &count, &err));
	assert_int_equal(count, 1);
	assert_true(str_equal(names[0], STR("file")));

	assert_true(env_remove(env, path, &err));
	assert_false(env_exists(env, path));
	rmdir(parent);
	rmdir(str_format(&arena, "%s/a", folder).ptr);
	assert_int_equal(rmdir(folder), 0);
	arena_finish(&arena);
}

static void a_simulated_machine_repeats_itself(void **state)
{
	(void)state;
	unsigned char first[32], second[32], other[32];
	struct env *env = env_simulated_create(env_os(), 1800000000000, false, 7);
	env_random_bytes(env, first, sizeof(first));
	env_sleep_ms(env, 250);
	assert_true(env_wall_ms(env) == 1800000000250);
	assert_true(env_clock_quality(env) == CLOCK_SIMULATED);
	struct error err;
	assert_true(env_set_wall_ms(env, 1900000000000, &err));
	env_sleep_ms(env, 250);
	assert_true(env_wall_ms(env) == 1900000000250);
	assert_false(env_set_wall_ms(env, CLOCK_EARLIEST_MS - 1, &err));
	assert_int_equal(err.code, ERROR_REFUSED);
	for (int i = 0; i < 100; i++)
		assert_true(env_random_below(env, 7) < 7);
	env_simulated_destroy(env);
	env = env_simulated_create(env_os(), 0, false, 7);
	env_random_bytes(env, second, sizeof(second));
	assert_true(env_clock_quality(env) == CLOCK_UNSURE);
	env_simulated_destroy(env);
	env = env_simulated_create(env_os(), 0, false, 8);
	env_random_bytes(env, other, sizeof(other));
	env_simulated_destroy(env);
	assert_memory_equal(first, second, sizeof(first));
	assert_memory_not_equal(first, other, sizeof(first));
}

/* What a person said is a difference with the kernel's clock, which the network overrules. */
static void a_difference_is_kept_for_this_boot(void **state)
{
	(void)state;
	static const int64_t hour_ms = 3600000, minute_ms = 60000;
	struct arena arena = {0};
	struct error err;
	char path[] = "/tmp/buurtbord-clock-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	struct timex kernel = {.modes = 0};
	bool by_network = adjtimex(&kernel) != TIME_ERROR;
	struct str boot;
	if (!env_read_file(env_os(), &arena, "/proc/sys/kernel/random/boot_id", 100, &boot, &err))
		skip();
	boot = str_trim(boot);
	struct str said = str_format(&arena, "%.*s %lld\n", STR_ARG(boot), (long long)hour_ms);
	assert_true(env_write_file(env_os(), path, said, &err));
	env_os_keep_clock(path);
	int64_t off_ms = env_wall_ms(env_os()) - (int64_t)time(NULL) * 1000;
	int64_t expected_ms = by_network ? 0 : hour_ms;
	assert_true(off_ms > expected_ms - minute_ms && off_ms < expected_ms + minute_ms);
	assert_int_equal(env_clock_quality(env_os()), CLOCK_SURE);
	assert_true(env_write_file(env_os(), path, STR("nonsense"), &err));
	env_os_keep_clock(path);
	off_ms = env_wall_ms(env_os()) - (int64_t)time(NULL) * 1000;
	assert_true(off_ms > -minute_ms && off_ms < minute_ms);
	env_os_keep_clock("");
	unlink(path);
	arena_finish(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_replaced_whole),
		cmocka_unit_test(a_difference_is_kept_for_this_boot),
		cmocka_unit_test(a_simulated_machine_repeats_itself),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
