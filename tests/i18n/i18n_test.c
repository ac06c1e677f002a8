/* Messages: switching languages at run time, places, plurals, and the right-to-left test language.
 */
#include "i18n/i18n.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct i18n i18n;

static void expect(struct str got, const char *wanted)
{
	if (!str_equal_z(got, wanted))
		fail_msg("got '%.*s', wanted '%s'", STR_ARG(got), wanted);
}

static void speak(const char *code)
{
	const struct language *language = i18n_language(str_from(code));
	assert_non_null(language);
	i18n_set_language(&i18n, language);
}

static int set_up(void **state)
{
	(void)state;
	const char *build = getenv("BUILD");
	struct error err;
	struct str directory =
		str_format(&arena, "%s/assets/translations", build ? build : "build");
	if (!i18n_init(&i18n, str_z(&arena, directory), &err)) {
		print_error("%s\n", err.message);
		return -1;
	}
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static void switches_at_run_time(void **state)
{
	(void)state;
	speak("nl");
	expect(TR(&i18n, &arena, "start-what-is-on"), "Wat is er te doen?");
	speak("en");
	expect(TR(&i18n, &arena, "start-what-is-on"), "What is on?");
	speak("nl");
	expect(TR(&i18n, &arena, "start-what-is-on"), "Wat is er te doen?");
	/* Two of them at once. */
	struct i18n other = {.language = i18n_language(STR("en"))};
	expect(TR(&other, &arena, "bar-back"), "Back");
	expect(TR(&i18n, &arena, "bar-back"), "Terug");
	expect(TR(&other, &arena, "bar-back"), "Back");
}

static void fills_places(void **state)
{
	(void)state;
	speak("nl");
	expect(TR(&i18n, &arena, "done-title", {"weekday", STR("dinsdag")}),
		"Gelukt. Tot dinsdag!");
	expect(TR(&i18n, &arena, "done-what-short", {"name", STR("Fatma")},
		       {"weekday", STR("Dinsdag")}),
		"Dinsdag staat Fatma bij de deur.");
	/* A place that nobody filled is seen; a value nobody asked for is not. */
	expect(TR(&i18n, &arena, "done-title", {"day", STR("dinsdag")}), "Gelukt. Tot {weekday}!");
	/* What a visitor types is never a place. */
	expect(TR(&i18n, &arena, "done-what-short", {"name", STR("{weekday}")},
		       {"weekday", STR("Dinsdag")}),
		"Dinsdag staat {weekday} bij de deur.");
	expect(TR(&i18n, &arena, "no-such-message"), "no-such-message");
	expect(TR_COUNT(&i18n, &arena, "no-such-message", "count", 0), "no-such-message");
}

static void chooses_plurals(void **state)
{
	(void)state;
	speak("nl");
	expect(TR_COUNT(&i18n, &arena, "places-left", "count", 9), "Nog 9 plekken");
	expect(TR_COUNT(&i18n, &arena, "places-left", "count", 1), "Nog 1 plek");
	expect(TR_COUNT(&i18n, &arena, "places-left", "count", 0), "Geen plek meer");
	expect(TR_COUNT(&i18n, &arena, "list-count", "count", 1), "Eén keer samen");
	expect(TR_COUNT(&i18n, &arena, "idle-body", "seconds", 24),
		"Over 24 tellen wissen we alles.");
	expect(TR_COUNT(&i18n, &arena, "idle-body", "seconds", 0),
		"Over 0 tellen wissen we alles.");
	expect(TR_COUNT(&i18n, &arena, "check-last", "days", 31, {"name", STR("Noor")}),
		"31 dagen geleden nagekeken door Noor.");
	speak("en");
	expect(TR_COUNT(&i18n, &arena, "places-left", "count", 1), "1 place left");
	expect(TR_COUNT(&i18n, &arena, "full-place", "count", 1, {"place", STR("2")}),
		"1 person waits before you. You will be number 2.");
	expect(TR_COUNT(&i18n, &arena, "full-place", "count", 2, {"place", STR("3")}),
		"2 people wait before you. You will be number 3.");
	expect(TR_COUNT(&i18n, &arena, "search-found", "count", 0), "Nothing found");
}

static void mirrors(void **state)
{
	(void)state;
	speak("xr");
	assert_true(i18n.language->right_to_left);
	expect(TR(&i18n, &arena, "bar-back"), "تهرعغ");
	expect(TR(&i18n, &arena, "list-greets", {"name", STR("Fatma")}),
		"\u2068Fatma\u2069 ونتڤانغت جه");
}

static void keeps_digits_in_order(void **state)
{
	(void)state;
	speak("xr");
	struct str text = TR(&i18n, &arena, "help-113");
	assert_true(str_find(text, STR("\u2066"
				       "0800-0113"
				       "\u2069")) > 0);
	text = TR_COUNT(&i18n, &arena, "places-left", "count", 9);
	assert_true(str_find(text, STR(" 9 ")) > 0);
}

static void lists_languages(void **state)
{
	(void)state;
	const struct language *nl = i18n_language(STR("nl")), *en = i18n_language(STR("en")),
			      *xr = i18n_language(STR("xr"));
	assert_ptr_equal(i18n_next_language(nl), en);
	assert_ptr_equal(i18n_next_language(en), nl); /* xr is not offered */
	assert_ptr_equal(i18n_next_language(xr), nl);
	assert_string_equal(nl->name, "Nederlands");
	assert_string_equal(en->short_name, "EN");
	assert_false(en->right_to_left);
	assert_null(i18n_language(STR("")));
	assert_null(i18n_language(STR("nl-NL")));
}

static void misses_a_folder_without_messages(void **state)
{
	(void)state;
	struct i18n lost;
	struct error err;
	assert_false(i18n_init(&lost, "/nonexistent", &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	assert_non_null(strstr(err.message, "/nonexistent/nl/LC_MESSAGES/buurtbord.mo"));
	assert_int_equal(set_up(NULL), 0);
	expect(TR(&i18n, &arena, "bar-back"), "Terug");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(switches_at_run_time),
		cmocka_unit_test(fills_places),
		cmocka_unit_test(chooses_plurals),
		cmocka_unit_test(mirrors),
		cmocka_unit_test(keeps_digits_in_order),
		cmocka_unit_test(lists_languages),
		cmocka_unit_test(misses_a_folder_without_messages),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
