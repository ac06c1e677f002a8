/* Folding, sounds and distances, as search relies on them. */
#include "model/fold_text.h"

#include "model/fold_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const struct pair {
	const char *text, *folded;
} folds[] = {
	{"", ""},
	{"  Één   tafel! ", "een tafel"},
	{"Coördinatie", "coordinatie"},
	{"'s Avonds, auto's", "s avonds autos"},
	{"Zuid-doet Samen", "zuid doet samen"},
	{"\u0130stanbul \u0131ss\u0131z I", "istanbul issiz i"},
	{"e\u0301e\u0301n", "een"},
	{"Stra\u00dfe \u0132sje \u0152uvre \u00c6", "strasse ijsje oeuvre ae"},
	{"\u0141\u00f3d\u017a \u015eiir", "lodz siir"},
	{"Ti\u1ebfng Vi\u1ec7t", "tieng viet"},
	{"\u0407\u0436\u0430\u043a \u0401\u043b\u043a\u0430",
		"\u0456\u0436\u0430\u043a \u0435\u043b\u043a\u0430"},
	{"\u0623\u064e\u062d\u0645\u0640\u062f", "\u0627\u062d\u0645\u062f"},
	{"\u0645\u062f\u0631\u0633\u0629", "\u0645\u062f\u0631\u0633\u0647"},
	{"\u06a9\u06cc", "\u0643\u064a"},
	{"\u0661\u06f2", "12"},
	{"\u03a3\u03af\u03c3\u03c5\u03c6\u03bf\u03c2",
		"\u03c3\u03b9\u03c3\u03c5\u03c6\u03bf\u03c3"},
	{"a\U0001f600b", "a b"},
	{"\"*():^", ""},
};

static void text_folds_letter_by_letter(void **state)
{
	(void)state;
	struct arena arena = {0};
	for (size_t i = 0; i < sizeof(folds) / sizeof(folds[0]); i++) {
		struct str folded = fold_text(&arena, str_from(folds[i].text));
		if (!str_equal_z(folded, folds[i].folded))
			fail_msg("%s became %.*s", folds[i].text, STR_ARG(folded));
		assert_true(str_equal(fold_text(&arena, folded), folded));
	}
	arena_finish(&arena);
}

static void a_long_word_is_cut_between_letters(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct str_builder text = {.arena = &arena};
	struct str words[2];
	for (int i = 0; i < 1000; i++)
		str_builder_add(&text, STR("\u4e2d"));
	assert_int_equal(fold_words(&arena, str_builder_text(&text), words, 2), 1);
	assert_in_range(words[0].len, 1, FOLD_WORD_BYTES);
	assert_true(str_is_utf8(words[0]));
	arena_finish(&arena);
}

static void words_that_sound_alike_are_equal(void **state)
{
	(void)state;
	static const struct pair alike[] = {{"yoga", "jogga"}, {"koffie", "cofi"},
		{"vrouwen", "frauwen"}, {"tijd", "teid"}, {"boek", "buk"}, {"school", "sgol"},
		{"politie", "polisi"}, {"quiz", "kwis"}, {"thee", "tee"}};
	struct arena arena = {0};
	for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++) {
		struct str a = fold_sound(&arena, str_from(alike[i].text)),
			   b = fold_sound(&arena, str_from(alike[i].folded));
		if (!str_equal(a, b))
			fail_msg("%.*s is not %.*s", STR_ARG(a), STR_ARG(b));
	}
	assert_false(str_equal(fold_sound(&arena, STR("taal")), fold_sound(&arena, STR("tuin"))));
	arena_finish(&arena);
}

static void distance_counts_errors(void **state)
{
	(void)state;
	assert_int_equal(fold_distance(STR("oefenen"), STR("oefenen"), 2), 0);
	assert_int_equal(fold_distance(STR("oefenen"), STR("oefnen"), 2), 1);
	assert_int_equal(fold_distance(STR("bloei"), STR("bleoi"), 2), 1);
	assert_int_equal(fold_distance(STR("bloei"), STR("broei"), 2), 1);
	assert_int_equal(fold_distance(STR("bloei"), STR("bloemen"), 1), 2);
	assert_int_equal(fold_distance(STR(""), STR("abcdef"), 2), 3);
	assert_int_equal(fold_distance(STR("\u0627\u0628"), STR("\u0627\u062a"), 2), 1);
}

static void small_and_related_words_are_known(void **state)
{
	(void)state;
	struct arena arena = {0};
	assert_true(fold_is_small_word(STR("graag")));
	assert_false(fold_is_small_word(STR("koffie")));
	assert_true(str_find(fold_related(&arena, STR("jogga")), STR("bewegen")) >= 0);
	assert_true(str_find(fold_related(&arena, STR("formuliren")), STR("wmo")) >= 0);
	assert_int_equal(fold_related(&arena, STR("xqzvw")).len, 0);
	for (size_t i = 0; related_words[i].word; i++) {
		struct str word = str_from(related_words[i].word),
			   related = str_from(related_words[i].related);
		assert_true(str_equal(fold_text(&arena, word), word));
		assert_true(str_equal(fold_text(&arena, related), related));
	}
	arena_finish(&arena);
}

static void a_match_is_found_in_the_text_as_shown(void **state)
{
	(void)state;
	size_t from, to;
	struct str name = STR("Wmo aan \u00e9\u00e9n tafel");
	assert_false(fold_find(name, STR("ik wil een"), &from, &to));
	assert_true(fold_find(name, STR("ee"), &from, &to));
	assert_int_equal(from, 8);
	assert_true(fold_find(name, STR("TAF"), &from, &to));
	assert_true(str_equal(str_slice(name, from, to), STR("taf")));
	assert_true(fold_find(STR("Vrouwengroep"), STR("vrouw groep"), &from, &to));
	assert_int_equal(from, 0);
	assert_int_equal(to, 5);
	assert_true(fold_find(STR("Vrouwengroep"), STR("groep"), &from, &to));
	assert_int_equal(from, 7);
	assert_int_equal(to, 12);
	assert_false(fold_find(STR("Vrouwengroep"), STR("tuin"), &from, &to));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_folds_letter_by_letter),
		cmocka_unit_test(a_long_word_is_cut_between_letters),
		cmocka_unit_test(words_that_sound_alike_are_equal),
		cmocka_unit_test(distance_counts_errors),
		cmocka_unit_test(small_and_related_words_are_known),
		cmocka_unit_test(a_match_is_found_in_the_text_as_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
