#include "screens/vcard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_card(struct str card, const char *expected)
{
	assert_int_equal(card.len, strlen(expected));
	assert_memory_equal(card.ptr, expected, card.len);
}

static void test_a_card_has_a_name_and_a_number(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	assert_card(vcard_text(&arena, STR("Fatma"), STR("055-000 00 03")),
		"BEGIN:VCARD\nVERSION:3.0\nN:Fatma\nTEL:0550000003\nEND:VCARD");
	assert_card(vcard_text(&arena, STR("Ł"), STR("+31 55 0000003")),
		"BEGIN:VCARD\nVERSION:3.0\nN:Ł\nTEL:+31550000003\nEND:VCARD");
}

static void test_a_long_name_is_cut_at_the_end_of_a_character(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	/* 40 e's, each with a combining acute: 3 bytes a character, 29 bytes of room */
	struct str_builder name = {.arena = &arena};
	for (int i = 0; i < 40; i++)
		str_builder_add(&name, STR("e\u0301"));
	struct str card = vcard_text(&arena, str_builder_text(&name), STR("0550000003"));
	assert_true(card.len <= VCARD_MOST_BYTES);
	assert_true(str_is_utf8(card));
	ptrdiff_t from = str_find(card, STR("N:e")), to = str_find(card, STR("\nTEL:0550000003\n"));
	assert_true(from > 0 && to > from);
	assert_int_equal(to - from - 2, 27);
}

static void test_a_name_cannot_add_a_line_or_a_field(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	assert_card(vcard_text(&arena, STR("A\nTEL:1;B,C\\"), STR("112")),
		"BEGIN:VCARD\nVERSION:3.0\nN:A TEL:1 B C\nTEL:112\nEND:VCARD");
}

static void test_without_a_number_there_is_no_card(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	assert_int_equal(vcard_text(&arena, STR("Fatma"), STR("")).len, 0);
	assert_int_equal(vcard_text(&arena, STR("Fatma"), STR("geen +")).len, 0);
}

static void test_the_longest_number_still_fits(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str card = vcard_text(&arena, STR("Wilhelmina van den Hoogenband"),
		STR("+1234567890123456789012345678901234567890"));
	assert_true(card.len <= VCARD_MOST_BYTES);
	assert_true(str_find(card, STR("\nN:Wilhelmina")) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_card_has_a_name_and_a_number),
		cmocka_unit_test(test_a_long_name_is_cut_at_the_end_of_a_character),
		cmocka_unit_test(test_a_name_cannot_add_a_line_or_a_field),
		cmocka_unit_test(test_without_a_number_there_is_no_card),
		cmocka_unit_test(test_the_longest_number_still_fits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
