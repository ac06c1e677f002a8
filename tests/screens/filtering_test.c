#include "screens/filtering.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A small board: 2026-12-01 is a Tuesday, and it is ten past nine. */
enum { COFFEE, LANGUAGE, WALK, PAUSED, SOMEDAY, INITIATIVES };
enum { COFFEE_TODAY, LANGUAGE_TODAY, COFFEE_OFF, WALK_MONDAY, COFFEE_LATER, OCCURRENCES };

struct board {
	struct arena arena;
	struct catalogue catalogue;
	struct initiative initiatives[INITIATIVES];
	struct schedule schedules[INITIATIVES];
	struct occurrence occurrences[OCCURRENCES];
	struct place house;
	struct visit visit;
	struct model model;
};

static struct str theme_meet[] = {{"ontmoeten", 9}};
static struct str theme_language[] = {{"taal", 4}, {"ontmoeten", 9}};
static struct str languages_nl[] = {{"nl", 2}};
static struct str languages_two[] = {{"nl", 2}, {"tr", 2}};
static struct str also_near[] = {{"persoonlijk", 11}};
static struct protective_factor belonging[] = {{1, {"Je hoort erbij.", 15}}};

static struct local_time at(int month, int day, int hour)
{
	return (struct local_time){{2026, month, day}, hour, 0, 0};
}

static struct occurrence on(struct schedule *schedule, struct local_time start)
{
	return (struct occurrence){
		.schedule = schedule, .rule_start = start, .start = start, .duration_minutes = 60};
}

static int set_up(void **state)
{
	struct board *b = calloc(1, sizeof(*b));
	*state = b;
	b->house.accessibility.step_free = TRI_YES;
	for (size_t i = 0; i < INITIATIVES; i++) {
		b->schedules[i].initiative = &b->initiatives[i];
		b->initiatives[i] = (struct initiative){.status = STATUS_ACTIVE,
			.layer = STR("gemeenschappelijk"),
			.themes = {theme_meet, 1},
			.languages = {languages_nl, 1},
			.cost_amount = 0,
			.schedules = &b->schedules[i],
			.schedule_count = 1};
	}
	b->initiatives[COFFEE].place = &b->house;
	b->initiatives[COFFEE].factors = belonging;
	b->initiatives[COFFEE].factor_count = 1;
	b->initiatives[LANGUAGE].themes = (struct str_list){theme_language, 2};
	b->initiatives[LANGUAGE].languages = (struct str_list){languages_two, 2};
	b->initiatives[LANGUAGE].cost_amount = 1;
	b->initiatives[LANGUAGE].with_children = true;
	b->initiatives[LANGUAGE].also_layers = (struct str_list){also_near, 1};
	b->initiatives[WALK].cost_amount = -1; /* not known is not free */
	b->initiatives[PAUSED].status = STATUS_PAUSED;
	b->initiatives[SOMEDAY].schedule_count = 0;
	b->schedules[COFFEE].dtstart = at(12, 4, 10); /* a Friday */
	b->schedules[LANGUAGE].dtstart = at(9, 1, 19); /* a Tuesday */
	b->schedules[WALK].dtstart = at(9, 1, 14);

	b->occurrences[COFFEE_TODAY] = on(&b->schedules[COFFEE], at(12, 1, 8));
	b->occurrences[LANGUAGE_TODAY] = on(&b->schedules[LANGUAGE], at(12, 1, 19));
	b->occurrences[COFFEE_OFF] = on(&b->schedules[COFFEE], at(12, 4, 10));
	b->occurrences[COFFEE_OFF].cancelled = true;
	b->occurrences[WALK_MONDAY] = on(&b->schedules[WALK], at(12, 7, 14));
	b->occurrences[COFFEE_LATER] = on(&b->schedules[COFFEE], at(12, 8, 10));

	b->catalogue = (struct catalogue){.language = STR("nl"),
		.initiatives = b->initiatives,
		.initiative_count = INITIATIVES};
	b->model = (struct model){.catalogue = &b->catalogue,
		.now = {{2026, 12, 1}, 9, 10, 0},
		.clock_sure = true,
		.upcoming = {b->occurrences, OCCURRENCES},
		.visit = &b->visit};
	return 0;
}

static int tear_down(void **state)
{
	struct board *b = *state;
	arena_finish(&b->arena);
	free(b);
	return 0;
}

/* Names of what is listed, in order: "language coffee". */
static const char *listed(struct board *b, struct list_filter filter)
{
	static const char *const names[] = {"coffee", "language", "walk", "paused", "someday"};
	struct list_entries entries = filter_entries(&b->arena, &b->model, &filter);
	struct str_builder text = {.arena = &b->arena};
	for (size_t i = 0; i < entries.count; i++) {
		if (i > 0)
			str_builder_add_char(&text, ' ');
		str_builder_add(
			&text, str_from(names[entries.items[i].initiative - b->initiatives]));
	}
	return str_z(&b->arena, str_builder_text(&text));
}

static void scopes_bound_the_days(void **state)
{
	struct board *b = *state;
	/* Coffee of eight o'clock has just ended; the one of Friday is off and is shown so. */
	b->model.now.hour = 9;
	assert_string_equal(listed(b, (struct list_filter){.scope = SCOPE_TODAY}), "language");
	assert_string_equal(
		listed(b, (struct list_filter){.scope = SCOPE_WEEK}), "language coffee walk");
	/* Everything once, by a day that is not off; what has no date comes last. */
	assert_string_equal(listed(b, (struct list_filter){.scope = SCOPE_ALL}),
		"language walk coffee someday");
	b->model.now.hour = 8;
	assert_string_equal(
		listed(b, (struct list_filter){.scope = SCOPE_TODAY}), "coffee language");
}

static void each_choice_narrows(void **state)
{
	struct board *b = *state;
	const struct {
		struct list_filter filter;
		const char *expected;
	} cases[] = {
		{{.scope = SCOPE_ALL, .theme = "taal"}, "language"},
		{{.scope = SCOPE_ALL, .layer = "persoonlijk"}, "language"},
		{{.scope = SCOPE_ALL, .environment = "online"}, ""},
		{{.scope = SCOPE_ALL, .factor = 1}, "coffee"},
		{{.scope = SCOPE_ALL, .free_of_charge = true}, "coffee someday"},
		{{.scope = SCOPE_ALL, .step_free = true}, "coffee"},
		{{.scope = SCOPE_ALL, .with_children = true}, "language"},
		{{.scope = SCOPE_ALL, .other_language = true}, "language"},
		{{.scope = SCOPE_ALL, .parts_of_day = EVENING}, "language"},
		{{.scope = SCOPE_ALL, .parts_of_day = EVENING | AFTERNOON}, "language walk"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(listed(b, cases[i].filter), cases[i].expected);
}

static void the_day_has_three_parts(void **state)
{
	(void)state;
	assert_int_equal(part_of_day(0), MORNING);
	assert_int_equal(part_of_day(11), MORNING);
	assert_int_equal(part_of_day(12), AFTERNOON);
	assert_int_equal(part_of_day(17), AFTERNOON);
	assert_int_equal(part_of_day(18), EVENING);
}

static void unsure_clock_lists_by_the_week(void **state)
{
	struct board *b = *state;
	b->model.clock_sure = false;
	assert_string_equal(listed(b, (struct list_filter){.scope = SCOPE_TODAY}),
		"walk language coffee someday");
	struct list_filter evening = {.parts_of_day = EVENING};
	struct list_entries entries = filter_entries(&b->arena, &b->model, &evening);
	assert_int_equal(entries.count, 1);
	assert_null(entries.items[0].occurrence);
}

static void the_best_choice_to_drop_shows_most(void **state)
{
	struct board *b = *state;
	struct list_filter filter = {
		.scope = SCOPE_ALL, .parts_of_day = EVENING, .step_free = true};
	assert_string_equal(listed(b, filter), "");
	struct filter_drop drop = filter_best_drop(&b->arena, &b->model, &filter);
	assert_int_equal(drop.part, FILTER_TIME); /* both would show one: time comes first */
	assert_int_equal(drop.count, 1);
	assert_int_equal(drop.filter.parts_of_day, 0);
	assert_true(drop.filter.step_free);

	filter = (struct list_filter){.scope = SCOPE_TODAY, .factor = 1};
	b->model.now.hour = 10;
	drop = filter_best_drop(&b->arena, &b->model, &filter);
	assert_int_equal(drop.part, FILTER_TOPIC);

	filter = (struct list_filter){
		.scope = SCOPE_ALL, .factor = 1, .with_children = true, .parts_of_day = EVENING};
	drop = filter_best_drop(&b->arena, &b->model, &filter);
	assert_int_equal(drop.part, FILTER_TOPIC);
	filter.environment[0] = 'x';
	filter.parts_of_day = MORNING; /* nothing helps on its own */
	drop = filter_best_drop(&b->arena, &b->model, &filter);
	assert_int_equal(drop.part, FILTER_NOTHING);
}

static void elsewhere_is_never_in_the_list(void **state)
{
	struct board *b = *state;
	struct list_filter filter = {.scope = SCOPE_ALL, .theme = "taal"};
	struct list_entries entries = filter_entries(&b->arena, &b->model, &filter);
	bool seen[INITIATIVES] = {false};
	for (int day = 0; day < 9; day++) {
		b->model.now.date = date_add_days((struct date){2026, 12, 1}, day);
		const struct initiative *other = filter_elsewhere(&b->arena, &b->model, &entries);
		assert_non_null(other);
		seen[other - b->initiatives] = true;
	}
	assert_true(seen[COFFEE] && seen[WALK] && seen[SOMEDAY]);
	assert_false(seen[LANGUAGE] || seen[PAUSED]);
	struct list_filter all = {.scope = SCOPE_ALL};
	b->model.now.date = (struct date){2026, 12, 1};
	entries = filter_entries(&b->arena, &b->model, &all);
	assert_null(filter_elsewhere(&b->arena, &b->model, &entries));
}

static void an_empty_board_is_fine(void **state)
{
	struct board *b = *state;
	b->model.catalogue = NULL;
	struct list_filter filter = {.theme = "taal"};
	struct list_entries none = filter_entries(&b->arena, &b->model, &filter);
	assert_int_equal(none.count, 0);
	assert_null(filter_elsewhere(&b->arena, &b->model, &none));
	assert_int_equal(filter_best_drop(&b->arena, &b->model, &filter).part, FILTER_NOTHING);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(scopes_bound_the_days),
		TEST(each_choice_narrows),
		TEST(the_day_has_three_parts),
		TEST(unsure_clock_lists_by_the_week),
		TEST(the_best_choice_to_drop_shows_most),
		TEST(elsewhere_is_never_in_the_list),
		TEST(an_empty_board_is_fine),
	};
	return cmocka_run_group_tests_name("filtering", tests, NULL, NULL);
}
