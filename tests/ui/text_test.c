/* Text: order, fonts, line breaks, ellipsis, cleaning. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "machine.h"
#include "ui/text.h"

static struct platform *platform;
static struct env *env;
static struct arena arena;

static struct text_block lay(const char *text, int width_px, int max_lines, bool rtl)
{
	struct text_request request = {.text = str_from(text),
		.em_px = 40,
		.rtl = rtl,
		.width_px = width_px,
		.max_lines = max_lines};
	return text_layout(&arena, platform, &request);
}

/* The runs of a line from left to right, each in logical order, "|" between them. */
static const char *order(const struct text_line *line)
{
	struct str_builder b = {.arena = &arena};
	for (size_t i = 0; i < line->run_count; i++) {
		if (i > 0)
			str_builder_add_char(&b, '|');
		str_builder_add(&b, line->runs[i].run.text);
	}
	str_builder_add(&b, (struct str){"\0", 1});
	return str_builder_text(&b).ptr;
}

static const char *lines(const struct text_block *block)
{
	struct str_builder b = {.arena = &arena};
	for (size_t i = 0; i < block->line_count; i++) {
		if (i > 0)
			str_builder_add_char(&b, '/');
		for (size_t r = 0; r < block->lines[i].run_count; r++)
			str_builder_add(&b, block->lines[i].runs[r].run.text);
	}
	str_builder_add(&b, (struct str){"\0", 1});
	return str_builder_text(&b).ptr;
}

static void latin_is_one_run(void **state)
{
	(void)state;
	struct text_block block = lay("Elke dinsdag, 9.30 uur", 0, 0, false);
	assert_int_equal(block.line_count, 1);
	assert_string_equal(order(&block.lines[0]), "Elke dinsdag, 9.30 uur");
	assert_int_equal(block.lines[0].runs[0].run.font, FONT_ANDIKA);
	assert_false(block.cut);
}

static void times_keep_their_order_in_arabic(void **state)
{
	(void)state;
	/* "today at 10:30 o'clock": the number stands between the words, digits left to right */
	struct text_block block = lay("اليوم 10:30 الساعة", 0, 0, true);
	assert_int_equal(block.line_count, 1);
	const struct text_line *line = &block.lines[0];
	assert_true(line->rtl);
	bool found = false;
	for (size_t i = 0; i < line->run_count; i++)
		if (str_find(line->runs[i].run.text, STR("10:30")) >= 0) {
			found = true;
			assert_false(line->runs[i].run.rtl);
		}
	assert_true(found);
	/* the first word is the rightmost run */
	assert_true(str_starts_with(line->runs[line->run_count - 1].run.text, STR("اليوم")));
	assert_int_equal(line->runs[line->run_count - 1].run.font, FONT_ARABIC);
}

static void a_dutch_name_keeps_its_direction_between_isolates(void **state)
{
	(void)state;
	struct text_block block = lay("مع \u2068Fatma (nl)\u2069 اليوم", 0, 0, true);
	const struct text_line *line = &block.lines[0];
	bool found = false;
	for (size_t i = 0; i < line->run_count; i++) {
		assert_int_equal(str_find(line->runs[i].run.text, STR("\u2068")), -1);
		assert_int_equal(str_find(line->runs[i].run.text, STR("\u2069")), -1);
		found |= str_equal(line->runs[i].run.text, STR("Fatma (nl)"));
	}
	assert_true(found);
}

static void missing_glyphs_come_from_another_face(void **state)
{
	(void)state;
	struct text_block block = lay("Selam ሰላም", 0, 0, false);
	const struct text_line *line = &block.lines[0];
	assert_int_equal(line->run_count, 2);
	assert_int_equal(line->runs[1].run.font, FONT_ETHIOPIC);
	assert_string_equal(line->runs[1].run.script, "Ethi");
}

static void lines_end_between_words(void **state)
{
	(void)state;
	struct text_block block = lay("een twee drie vier", 200, 0, false);
	assert_true(block.line_count > 1);
	for (size_t i = 0; i < block.line_count; i++)
		assert_true(block.lines[i].width_px <= 200);
	/* no word is torn apart */
	assert_string_equal(lines(&block), "een twee/drie vier");
}

static void a_word_too_wide_is_torn_at_a_character(void **state)
{
	(void)state;
	struct text_block block = lay("Jeugdverpleegkundige", 150, 0, false);
	assert_true(block.line_count >= 2);
	size_t bytes = 0;
	for (size_t i = 0; i < block.line_count; i++) {
		assert_true(block.lines[i].width_px <= 150);
		for (size_t r = 0; r < block.lines[i].run_count; r++)
			bytes += block.lines[i].runs[r].run.text.len;
	}
	assert_int_equal(bytes, strlen("Jeugdverpleegkundige"));
}

static void joined_characters_are_never_split(void **state)
{
	(void)state;
	/* e and a combining acute, six times, in a field too narrow for two */
	struct text_block block = lay("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", 30, 0, false);
	for (size_t i = 0; i < block.line_count; i++)
		for (size_t r = 0; r < block.lines[i].run_count; r++) {
			struct str t = block.lines[i].runs[r].run.text;
			assert_true(t.ptr[0] == 'e');
			assert_int_equal(t.len % 3, 0);
		}
}

static void too_many_lines_end_in_an_ellipsis(void **state)
{
	(void)state;
	struct text_block block =
		lay("Samen lezen en schrijven voor opa’s, oma’s en iedereen", 260, 2, false);
	assert_int_equal(block.line_count, 2);
	assert_true(block.cut);
	const struct text_line *last = &block.lines[1];
	assert_true(str_equal(last->runs[last->run_count - 1].run.text, STR("…")));
	assert_true(last->width_px <= 260);
}

static void newline_ends_a_line_and_empty_text_is_one_empty_line(void **state)
{
	(void)state;
	struct text_block block = lay("een\n\ntwee", 0, 0, false);
	assert_string_equal(lines(&block), "een//twee");
	assert_int_equal(lay("", 100, 0, false).line_count, 1);
}

static void any_width_and_any_text_end(void **state)
{
	(void)state;
	static const char *const texts[] = {"", " ", "  a  ", "\u2068\u2069", "א1ב2ג3",
		"👨‍👩‍👧 gezin", "שלום (שלום) hello [x] 12.5%",
		"a\u0301\u0302\u0303\u0304\u0305\u0306"};
	for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++)
		for (int width = 1; width < 300; width += 37)
			for (int rtl = 0; rtl < 2; rtl++) {
				struct text_block block = lay(texts[t], width, 3, rtl);
				assert_true(block.line_count >= 1 && block.line_count <= 3);
			}
}

static void clean_takes_away_what_could_mislead(void **state)
{
	(void)state;
	struct str clean = text_clean(&arena, STR("a\u202Eb\u2066c\x07\x7f"));
	assert_true(str_equal(clean, STR("abc")));
	assert_true(str_equal(text_clean(&arena, STR("a\u2028\u2029b")), STR("ab")));
	assert_int_equal(text_clean(&arena, STR("")).len, 0);
	assert_true(str_equal(text_clean(&arena, STR("e\u0301")), STR("é"))); /* NFC */
	struct str marks = text_clean(&arena, STR("q\u0301\u0302\u0303\u0304\u0305\u0306\u0307"));
	assert_int_equal(text_character_count(marks), 1);
	assert_true(marks.len <= 1 + 4 * 2);
}

static void the_last_character_is_what_a_person_sees(void **state)
{
	(void)state;
	assert_int_equal(text_last_character(STR("")), 0);
	assert_int_equal(text_last_character(STR("Nadia")), 1);
	assert_int_equal(text_last_character(STR("Nadié")), 2);
	assert_int_equal(text_last_character(STR("ae\u0301")), 3);
	assert_int_equal(
		text_last_character(STR("x👨‍👩‍👧")), strlen("👨‍👩‍👧"));
}

static int set_up(void **state)
{
	(void)state;
	platform = test_machine(1280, 800, &env);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	platform_destroy(platform);
	env_simulated_destroy(env);
	arena_finish(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(latin_is_one_run),
		cmocka_unit_test(times_keep_their_order_in_arabic),
		cmocka_unit_test(a_dutch_name_keeps_its_direction_between_isolates),
		cmocka_unit_test(missing_glyphs_come_from_another_face),
		cmocka_unit_test(lines_end_between_words),
		cmocka_unit_test(a_word_too_wide_is_torn_at_a_character),
		cmocka_unit_test(joined_characters_are_never_split),
		cmocka_unit_test(too_many_lines_end_in_an_ellipsis),
		cmocka_unit_test(newline_ends_a_line_and_empty_text_is_one_empty_line),
		cmocka_unit_test(any_width_and_any_text_end),
		cmocka_unit_test(clean_takes_away_what_could_mislead),
		cmocka_unit_test(the_last_character_is_what_a_person_sees),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
