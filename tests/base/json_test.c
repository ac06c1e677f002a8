#include "base/json.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int clear(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static struct json parsed(const char *text)
{
	struct json value = {0};
	struct error err = {0};
	if (!json_parse(&arena, str_from(text), &value, &err))
		fail_msg("%s: %s", text, err.message);
	return value;
}

static struct str written(const struct json *value, bool indented)
{
	struct str_builder out = {.arena = &arena};
	json_write(&out, value, indented);
	return str_builder_text(&out);
}

static void assert_same(const char *text, const char *expected)
{
	struct json value = parsed(text);
	struct str out = written(&value, false);
	if (!str_equal_z(out, expected))
		fail_msg("%s came out as %.*s", text, STR_ARG(out));
	struct json again = {0};
	assert_true(json_parse(&arena, out, &again, NULL));
	assert_true(json_equal(&value, &again));
}

static void assert_refused(const char *text, enum error_code code, const char *part)
{
	struct json value = {0};
	struct error err = {0};
	assert_false(json_parse(&arena, str_from(text), &value, &err));
	assert_int_equal(err.code, code);
	if (!strstr(err.message, part))
		fail_msg("%s: \"%s\" does not say \"%s\"", text, err.message, part);
}

static void writes_what_it_read(void **state)
{
	(void)state;
	assert_same("null", "null");
	assert_same("[true,false,null]", "[true,false,null]");
	assert_same("{ \"b\" : 1, \"a\" : [ ] , \"\" : { } }", "{\"b\":1,\"a\":[],\"\":{}}");
	assert_same("\"a\\u00e9\\/\\n\\u0001\\\\\\\"\"", "\"aé/\\n\\u0001\\\\\\\"\"");
	assert_same("\"\\ud83d\\ude00 مرحبا\"", "\"😀 مرحبا\"");
	assert_same("9223372036854775807", "9223372036854775807");
	assert_same("-9223372036854775808", "-9223372036854775808");
}

static void a_real_stays_the_same_real(void **state)
{
	(void)state;
	assert_same("1.0", "1.0");
	assert_same("-0.0", "-0.0");
	assert_same("0.1", "0.1");
	assert_same("52.15517", "52.15517");
	assert_same("1e300", "1e+300");
	assert_same("5e-324", "4.94065645841247e-324");
	assert_same("0.30000000000000004", "0.30000000000000004");
	assert_same("100000000000000000000.0", "1e+20");
	assert_same("123456789012345.0", "123456789012345.0");
	struct json integer = parsed("1"), real = parsed("1.0");
	assert_false(json_equal(&integer, &real));
}

/* A lone scalar takes a short way; it must come to the same as inside an array. */
static void lone_scalars_are_no_exception(void **state)
{
	(void)state;
	static const char *const texts[] = {"0", "-0", "-1", "01", "-", "+1", "1e2", "1.0", "0x1",
		"999999999999999999", "1000000000000000000", "9223372036854775808", "\"\"", "\"a\"",
		"\"", "\"a", "\"a\"b\"", "\"\\n\"", "\"\n\"", "\"\x80\"", "\"\xed\xa0\x80\"",
		"\"\x7f\"", "true", "True", "null", "nul", " 1", "1 ", "\"a\" ", "tru"};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct json lone, array;
		struct str wrapped = str_format(&arena, "[%s]", texts[i]);
		bool read = json_parse(&arena, str_from(texts[i]), &lone, NULL);
		if (read != json_parse(&arena, wrapped, &array, NULL) ||
			(read && !json_equal(&lone, &array.items[0])))
			fail_msg("%s", texts[i]);
	}
}

static void indents_by_two(void **state)
{
	(void)state;
	struct json value = parsed("{\"a\":[1,{\"b\":[]}],\"c\":{}}");
	assert_true(str_equal(written(&value, true),
		STR("{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}")));
}

static void refuses_with_the_place(void **state)
{
	(void)state;
	assert_refused("", ERROR_PARSE, "line 1");
	assert_refused("{\"a\":1", ERROR_PARSE, "line 1");
	assert_refused("[1] 2", ERROR_PARSE, "line 1");
	assert_refused("[1,\n,2]", ERROR_PARSE, "line 2");
	assert_refused("\"\\u0000\"", ERROR_PARSE, "line 1");
	assert_refused("\"\xff\"", ERROR_PARSE, "line 1");
	assert_refused("[NaN]", ERROR_PARSE, "line 1");
	assert_refused("{\"a\":1,\"b\":2,\"a\":3}", ERROR_PARSE, "a: this key stands here twice");
	assert_refused("{\"initiatives\":[0,1,{\"cost\":{\"text\":\"}],\",\"amount\":"
		       "9223372036854775808}}]}",
		ERROR_PARSE, "initiatives[2].cost.amount: the number");
	assert_refused("[[1,2],[3,-9223372036854775809],4]", ERROR_PARSE, "[1][1]: the number");
	assert_refused("{\"x\":[1e400,2]}", ERROR_PARSE, "x[0]: the number");
}

static void refuses_depth(void **state)
{
	(void)state;
	char text[2 * JSON_LIMIT_DEPTH + 3] = "";
	memset(text, '[', JSON_LIMIT_DEPTH);
	memset(text + JSON_LIMIT_DEPTH, ']', JSON_LIMIT_DEPTH);
	parsed(text);
	memset(text, '[', JSON_LIMIT_DEPTH + 1);
	memset(text + JSON_LIMIT_DEPTH + 1, ']', JSON_LIMIT_DEPTH + 1);
	assert_refused(text, ERROR_PARSE, "nested");
}

static void refuses_too_many_values(void **state)
{
	(void)state;
	size_t len = 2 * (size_t)JSON_LIMIT_VALUES + 3;
	char *text = arena_new_array(&arena, char, len + 1);
	memset(text, ',', len);
	text[0] = '[';
	assert_refused(text, ERROR_LIMIT, "values");
}

static void builds_values(void **state)
{
	(void)state;
	struct json array = {0}, object = {0};
	for (int i = 0; i < 100; i++)
		json_append(&arena, &array, json_from_integer(i));
	json_set(&arena, &object, STR("a"), json_from_bool(true));
	json_set(&arena, &object, STR("b"), json_from_string(STR("x")));
	json_set(&arena, &object, STR("a"), json_from_bool(false));
	assert_int_equal(array.count, 100);
	assert_int_equal(array.items[99].integer, 99);
	assert_true(str_equal(written(&object, false), STR("{\"a\":false,\"b\":\"x\"}")));
	assert_true(str_equal(json_string(json_get(&object, STR("b"))), STR("x")));
	assert_null(json_get(&object, STR("c")));
	assert_null(json_get(NULL, STR("c")));
	struct json read = parsed("[1,2,3]");
	for (int i = 4; i < 20; i++)
		json_append(&arena, &read, json_from_integer(i));
	assert_true(str_ends_with(written(&read, false), STR("2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,"
							     "17,18,19]")));
}

static void survives_every_cut(void **state)
{
	(void)state;
	static const char text[] = "{\"a\":[1,-2.5e3,\"x\\n\\u00e9\",{\"b\":null}],\"c\":true}";
	for (size_t len = 0; len < sizeof(text) - 1; len++) {
		struct json value;
		struct error err;
		assert_false(json_parse(&arena, (struct str){text, len}, &value, &err));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(writes_what_it_read, clear),
		cmocka_unit_test_teardown(a_real_stays_the_same_real, clear),
		cmocka_unit_test_teardown(lone_scalars_are_no_exception, clear),
		cmocka_unit_test_teardown(indents_by_two, clear),
		cmocka_unit_test_teardown(refuses_with_the_place, clear),
		cmocka_unit_test_teardown(refuses_depth, clear),
		cmocka_unit_test_teardown(refuses_too_many_values, clear),
		cmocka_unit_test_teardown(builds_values, clear),
		cmocka_unit_test_teardown(survives_every_cut, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
