/* The language of --play as a table: what is read, and what is refused with which line. */
#include "platform/script/play.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void test_every_word_is_read(void **state)
{
	(void)state;
	static const char script[] = "# a visit\n"
				     "\n"
				     "wait 250\r\n"
				     "  tap start.doen\n"
				     "find start.doen\n"
				     "touch 10 20\n"
				     "drag 10 20 30  400 500\n"
				     "key Tab\n"
				     "text  Één naam # echt \r\n"
				     "expect detail-ik-kom\n"
				     "shot 01-start\n"
				     "dump 01-start";
	struct arena arena = {0};
	struct play_event *events;
	size_t count;
	struct error err = {0};
	if (!play_parse(&arena, str_from(script), &events, &count, &err))
		fail_msg("%s", err.message);
	assert_int_equal(count, PLAY_KIND_COUNT);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(events[i].kind, i);
		assert_int_equal(events[i].line, i + 3);
	}
	assert_int_equal(events[0].ms, 250);
	assert_true(str_equal_z(events[1].text, "start.doen"));
	assert_true(str_equal_z(events[2].text, "start.doen"));
	assert_int_equal(events[3].x, 10);
	assert_int_equal(events[3].y, 20);
	assert_int_equal(events[3].to_y, 20);
	assert_int_equal(events[4].x, 10);
	assert_int_equal(events[4].to_x, 30);
	assert_int_equal(events[4].to_y, 400);
	assert_int_equal(events[4].ms, 500);
	assert_true(str_equal_z(events[5].text, "Tab"));
	assert_true(str_equal_z(events[6].text, " Één naam # echt "));
	assert_true(str_equal_z(events[7].text, "detail-ik-kom"));
	assert_true(str_equal_z(events[8].text, "01-start"));
	assert_true(str_equal_z(events[9].text, "01-start"));
	arena_finish(&arena);
}

static void test_complaints_name_the_line(void **state)
{
	(void)state;
	static const struct {
		const char *line;
		enum error_code code;
	} cases[] = {
		{"wai 250", ERROR_PARSE},
		{"wait", ERROR_PARSE},
		{"wait x", ERROR_PARSE},
		{"wait 1 2", ERROR_PARSE},
		{"wait -1", ERROR_LIMIT},
		{"wait 99999999999", ERROR_LIMIT},
		{"wait 99999999999999999999999999", ERROR_PARSE},
		{"touch 1", ERROR_PARSE},
		{"touch 1 2 3", ERROR_PARSE},
		{"touch 1 99999", ERROR_LIMIT},
		{"drag 1 2 3 4", ERROR_PARSE},
		{"drag 1 2 3 4 9999999", ERROR_LIMIT},
		{"tap", ERROR_PARSE},
		{"tap a b", ERROR_PARSE},
		{"key T\xc3\xa9", ERROR_PARSE},
		{"text", ERROR_PARSE},
		{"text a\tb", ERROR_PARSE},
		{"shot ../up", ERROR_PARSE},
		{"shot UPPER", ERROR_PARSE},
		{"dump a.b", ERROR_PARSE},
		{"shot 1234567890123456789012345678901234567890123456789012345678901", ERROR_LIMIT},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena arena = {0};
		struct str script = str_format(&arena, "wait 1\n#\n%s\nwait 1\n", cases[i].line);
		struct play_event *events;
		size_t count;
		struct error err = {0};
		if (play_parse(&arena, script, &events, &count, &err))
			fail_msg("\"%s\" was taken", cases[i].line);
		if (err.code != cases[i].code || strncmp(err.message, "line 3: ", 8))
			fail_msg("\"%s\": %s (%s)", cases[i].line, err.message,
				error_code_name(err.code));
		arena_finish(&arena);
	}
}

static bool parse_bytes(const char *bytes, size_t len, enum error_code *code)
{
	struct arena arena = {0};
	struct play_event *events;
	size_t count;
	struct error err = {0};
	bool good = play_parse(&arena, (struct str){bytes, len}, &events, &count, &err);
	*code = err.code;
	arena_finish(&arena);
	return good;
}

static void test_limits_of_the_whole(void **state)
{
	(void)state;
	enum error_code code;
	assert_true(parse_bytes("", 0, &code));
	assert_false(parse_bytes("text \xff", 6, &code));
	assert_int_equal(code, ERROR_PARSE);
	assert_false(parse_bytes("text a\0b", 8, &code));
	size_t len = (size_t)1024 * 1024 + 1;
	char *many = malloc(len);
	memset(many, '\n', len);
	assert_true(parse_bytes(many, len - 1, &code));
	assert_false(parse_bytes(many, len, &code));
	assert_int_equal(code, ERROR_LIMIT);
	size_t used = 0;
	for (int i = 0; i < 20001; i++)
		used += (size_t)snprintf(many + used, len - used, "wait 1\n");
	assert_true(parse_bytes(many, used - 7, &code));
	assert_false(parse_bytes(many, used, &code));
	assert_int_equal(code, ERROR_LIMIT);
	free(many);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_word_is_read),
		cmocka_unit_test(test_complaints_name_the_line),
		cmocka_unit_test(test_limits_of_the_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
