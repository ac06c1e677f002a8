/* Lines of another process: whole, cut, and its end. */
#include "platform/linux/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void say(int descriptor, const char *words)
{
	assert_int_equal(write(descriptor, words, strlen(words)), (ssize_t)strlen(words));
}

static void lines_come_whole(void **state)
{
	(void)state;
	int ends[2];
	char line[PROCESS_LINE_BYTES + 1];
	assert_int_equal(pipe(ends), 0);
	struct process_lines lines = {.descriptor = ends[0]};
	assert_int_equal(process_next_line(&lines, 0, line), PROCESS_NOTHING_YET);
	say(ends[1], "one\n\ntw");
	assert_int_equal(process_next_line(&lines, 0, line), PROCESS_LINE);
	assert_string_equal(line, "one");
	assert_int_equal(process_next_line(&lines, 0, line), PROCESS_LINE);
	assert_string_equal(line, "");
	assert_int_equal(process_next_line(&lines, 0, line), PROCESS_NOTHING_YET);
	say(ends[1], "o\nthree");
	close(ends[1]);
	assert_int_equal(process_next_line(&lines, 0, line), PROCESS_LINE);
	assert_string_equal(line, "two");
	assert_int_equal(process_next_line(&lines, 0, line), PROCESS_LINE);
	assert_string_equal(line, "three"); /* it was cut off */
	assert_int_equal(process_next_line(&lines, 0, line), PROCESS_SAID_ALL);
	process_hear_no_more(&lines);
	assert_int_equal(process_next_line(&lines, 0, line), PROCESS_SAID_ALL);
}

static void a_line_without_end_is_cut(void **state)
{
	(void)state;
	int ends[2];
	char line[PROCESS_LINE_BYTES + 1], much[3 * PROCESS_LINE_BYTES + 1];
	memset(much, 'x', sizeof(much) - 1);
	much[sizeof(much) - 1] = '\0';
	assert_int_equal(pipe(ends), 0);
	struct process_lines lines = {.descriptor = ends[0]};
	say(ends[1], much);
	say(ends[1], "\nend\n");
	close(ends[1]);
	size_t got = 0;
	while (process_next_line(&lines, 0, line) == PROCESS_LINE && strcmp(line, "end") != 0)
		got += strlen(line);
	assert_int_equal(got, sizeof(much) - 1);
	assert_string_equal(line, "end");
	process_hear_no_more(&lines);
}

static void what_is_not_there_does_not_start(void **state)
{
	(void)state;
	const char *const none[] = {NULL};
	struct process_lines lines;
	struct error err = {0};
	assert_int_equal(process_start_and_hear("no-such-program", none, &lines, &err), 0);
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	assert_int_equal(lines.descriptor, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_come_whole),
		cmocka_unit_test(a_line_without_end_is_cut),
		cmocka_unit_test(what_is_not_there_does_not_start),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
