#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void compares_bytes(void **state)
{
	(void)state;
	assert_true(str_equal(STR("aé"), str_from("aé")));
	assert_true(str_equal((struct str){0}, STR("")));
	assert_true(str_compare(STR("a"), STR("ab")) < 0);
	assert_true(str_compare(STR("é"), STR("z")) > 0);
	assert_true(str_starts_with(STR("abc"), STR("ab")));
	assert_false(str_starts_with(STR("a"), STR("ab")));
	assert_true(str_ends_with(STR("abc"), STR("bc")));
	assert_int_equal(str_find(STR("abcabc"), STR("ca")), 2);
	assert_int_equal(str_find(STR("abc"), STR("x")), -1);
}

static void cuts_and_joins(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct str_pair pair = str_cut(STR("a=b=c"), '=');
	assert_true(pair.found);
	assert_true(str_equal(pair.head, STR("a")));
	assert_true(str_equal(pair.tail, STR("b=c")));
	assert_false(str_cut(STR("abc"), '=').found);
	assert_true(str_equal(str_trim(STR(" \t a b\r\n")), STR("a b")));
	assert_true(str_equal(str_slice(STR("abc"), 1, 99), STR("bc")));
	struct str parts[] = {STR("a"), STR("b"), STR("")};
	assert_true(str_equal(str_join(&arena, parts, 3, STR(", ")), STR("a, b, ")));
	assert_string_equal(str_z(&arena, str_slice(STR("abc"), 0, 2)), "ab");
	assert_true(str_equal(str_format(&arena, "%d-%s", 7, "x"), STR("7-x")));
	arena_finish(&arena);
}

static void reads_integers_whole(void **state)
{
	(void)state;
	int64_t value = 5;
	assert_true(str_to_int(STR("-9223372036854775808"), &value));
	assert_true(value == INT64_MIN);
	assert_false(str_to_int(STR("9223372036854775808"), &value));
	assert_false(str_to_int(STR("12x"), &value));
	assert_false(str_to_int(STR(""), &value));
	assert_true(value == INT64_MIN);
}

static void checks_utf8(void **state)
{
	(void)state;
	assert_true(str_is_utf8(STR("aé€😀")));
	static const char *const bad[] = {
		"\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82", "\x80", "\xff"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(str_is_utf8(str_from(bad[i])));
	assert_false(str_is_utf8((struct str){"a\0b", 3}));
	size_t at = 0;
	struct str text = STR("é😀");
	assert_int_equal(str_next_code_point(text, &at), 0xe9);
	assert_int_equal(str_next_code_point(text, &at), 0x1f600);
	assert_int_equal(at, text.len);
}

static void a_builder_grows(void **state)
{
	(void)state;
	struct arena arena = {.block_bytes = 64};
	struct str_builder out = {.arena = &arena};
	for (int i = 0; i < 1000; i++)
		str_builder_add_format(&out, "%03d", i);
	struct str text = str_builder_text(&out);
	assert_int_equal(text.len, 3000);
	assert_true(str_equal(str_slice(text, 2997, 3000), STR("999")));
	arena_finish(&arena);
}

static void an_arena_keeps_its_blocks(void **state)
{
	(void)state;
	struct arena arena = {.block_bytes = 256};
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 50; i++) {
			unsigned char *bytes = arena_alloc(&arena, 33);
			assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
			for (int at = 0; at < 33; at++)
				assert_int_equal(bytes[at], 0);
			memset(bytes, 0xaa, 33);
		}
		static size_t held;
		if (round == 0)
			held = arena_bytes_held(&arena);
		assert_int_equal(arena_bytes_held(&arena), held);
		arena_reset(&arena);
	}
	assert_non_null(arena_alloc(&arena, 0));
	arena_finish(&arena);
	assert_int_equal(arena_bytes_held(&arena), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compares_bytes),
		cmocka_unit_test(cuts_and_joins),
		cmocka_unit_test(reads_integers_whole),
		cmocka_unit_test(checks_utf8),
		cmocka_unit_test(a_builder_grows),
		cmocka_unit_test(an_arena_keeps_its_blocks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
