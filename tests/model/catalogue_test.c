#include "model/catalogue.h"
#include "model/fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct str complaints;

static int clear(void **state)
{
	(void)state;
	arena_finish(&arena);
	complaints = (struct str){0};
	return 0;
}

static void note(void *context, const char *message)
{
	(void)context;
	complaints = str_format(&arena, "%.*s%s\n", STR_ARG(complaints), message);
}

static struct uuid id(int n)
{
	return (struct uuid){{(uint8_t)n}};
}

#define RECORD(kind, n, ...)                                                                       \
	{                                                                                          \
		.type = ENTITY_##kind, .id = id(n), .fields = (struct field_value[]){__VA_ARGS__}, \
		.field_count =                                                                     \
			sizeof((struct field_value[]){__VA_ARGS__}) / sizeof(struct field_value)   \
	}
#define ID_7 "07000000-0000-0000-0000-000000000000"
#define ID_8 "08000000-0000-0000-0000-000000000000"
#define ID_9 "09000000-0000-0000-0000-000000000000"

#define BUILD(records)                                                                             \
	catalogue_build(&arena, records, sizeof(records) / sizeof(records[0]), note, NULL)

static void fills_structs_and_resolves_references(void **state)
{
	(void)state;
	const struct record records[] = {
		RECORD(SCHEDULE, 2, {FIELD_POSITION, STR("1")},
			{FIELD_INITIATIVE_ID, STR("\"" ID_9 "\"")},
			{SCHEDULE_LABEL, STR("\"tweede\"")},
			{SCHEDULE_DTSTART, STR("\"2026-12-02T09:30:00\"")}),
		RECORD(SCHEDULE, 3, {FIELD_POSITION, STR("0")},
			{FIELD_INITIATIVE_ID, STR("\"" ID_9 "\"")},
			{SCHEDULE_DTSTART, STR("\"2026-12-01T09:30:00\"")},
			{SCHEDULE_TIMEZONE, STR("\"Europe/Paris\"")},
			{SCHEDULE_DURATION_MINUTES, STR("90")},
			{SCHEDULE_RRULE, STR("\"FREQ=WEEKLY\"")},
			{SCHEDULE_EXDATE, STR("[\"2026-12-08T09:30:00\"]")},
			{SCHEDULE_EXCEPTIONS,
				STR("[{\"date\":\"2026-12-15T09:30:00\",\"status\":\"moved\","
				    "\"moved_to\":\"2026-12-16T10:00:00\",\"reason\":\"feest\"},"
				    "{\"date\":\"2026-12-22T09:30:00\",\"status\":"
				    "\"cancelled\"}]")},
			{SCHEDULE_PLACE_ID, STR("\"" ID_7 "\"")}),
		RECORD(INITIATIVE, 9, {INITIATIVE_STATUS, STR("\"active\"")},
			{INITIATIVE_SENSITIVE, STR("true")}, {INITIATIVE_NAME, STR("\"a\\nb\"")},
			{INITIATIVE_THEMES, STR("[\"taal\",\"rust\"]")},
			{INITIATIVE_PROTECTIVE_FACTORS, STR("[{\"n\":4,\"why\":\"w\"}]")},
			{INITIATIVE_MIN_AGE, STR("12")}, {INITIATIVE_MAX_AGE, STR("null")},
			{INITIATIVE_COST_AMOUNT, STR("1.5")},
			{INITIATIVE_HOST_CONTACT_ID, STR("\"" ID_8 "\"")},
			{INITIATIVE_PLACE_ID, STR("\"" ID_7 "\"")},
			{INITIATIVE_REGISTRATION_MODE, STR("\"sign_up\"")},
			{INITIATIVE_CAPACITY, STR("18")},
			{INITIATIVE_REGISTRATION_FIELDS, STR("[\"first_name\",\"best_time\"]")},
			{INITIATIVE_STEPS, STR("[\"a\",\"b\"]")},
			{INITIATIVE_SPECIALISTS, STR("[{\"role\":\"r\"}]")},
			{INITIATIVE_STARTED, STR("\"2019-03-01\"")}),
		RECORD(PLACE, 7, {PLACE_NAME, STR("\"Tuin\"")}, {PLACE_LATITUDE, STR("52")},
			{PLACE_LONGITUDE, STR("5.5")}, {PLACE_WALK_MINUTES, STR("0")},
			{PLACE_STEP_FREE, STR("\"partial\"")}),
		RECORD(CONTACT, 8, {CONTACT_NAME, STR("\"Fatma\"")},
			{CONTACT_PRESENT, STR("\"proza\"")},
			{CONTACT_PRESENT_TIMES,
				STR("[{\"day\":\"TU\",\"from\":\"09:15\",\"until\":\"12:00\"}]")}),
		RECORD(CATALOGUE, 1, {CATALOGUE_TIMEZONE, STR("\"Europe/Amsterdam\"")},
			{CATALOGUE_VENUE_NAME, STR("\"De Linde\"")},
			{CATALOGUE_VENUE_PLACE_ID, STR("\"" ID_7 "\"")},
			{CATALOGUE_HELP_NUMBERS,
				STR("[{\"number\":\"112\",\"text\":\"t\",\"danger\":true}]")},
			{CATALOGUE_TAXONOMIES,
				STR("{\"theme\":[{\"code\":\"taal\",\"label\":\"Taal\","
				    "\"plain\":\"p\"}]}")}),
	};
	struct catalogue *c = BUILD(records);
	assert_int_equal(complaints.len, 0);
	assert_true(str_equal(c->venue_name, STR("De Linde")));
	assert_ptr_equal(c->venue_place, &c->places[0]);
	assert_true(c->help_numbers[0].danger);
	assert_true(c->places[0].has_position && c->places[0].longitude == 5.5);
	assert_int_equal(c->places[0].walk_minutes, 0);
	assert_int_equal(c->places[0].accessibility.step_free, TRI_PARTIAL);
	assert_int_equal(c->places[0].accessibility.toilet, TRI_UNKNOWN);
	assert_int_equal(c->contacts[0].present_text.len, 0);
	assert_int_equal(c->contacts[0].present[0].weekday, TUESDAY);
	assert_true(str_equal(catalogue_label(c, STR("theme"), STR("taal")), STR("Taal")));
	assert_true(str_equal(catalogue_label(c, STR("theme"), STR("x")), STR("x")));
	assert_true(str_equal(catalogue_taxonomy(c, STR("theme"))->terms[0].help, STR("p")));

	const struct initiative *i = catalogue_initiative(c, id(9));
	assert_true(str_equal(i->name, STR("a\nb")));
	assert_true(i->sensitive && !i->with_children);
	assert_int_equal(i->status, STATUS_ACTIVE);
	assert_true(str_list_contains(&i->themes, STR("rust")));
	assert_false(str_list_contains(&i->themes, STR("rus")));
	assert_int_equal(i->factors[0].number, 4);
	assert_int_equal(i->min_age, 12);
	assert_int_equal(i->max_age, -1);
	assert_true(i->cost_amount == 1.5);
	assert_ptr_equal(i->host, catalogue_contact(c, id(8)));
	assert_null(i->greeted_by);
	assert_int_equal(i->registration.mode, REGISTRATION_SIGN_UP);
	assert_int_equal(i->registration.capacity, 18);
	assert_int_equal(i->registration.fields, REGISTRATION_FIRST_NAME | REGISTRATION_BEST_TIME);
	assert_int_equal(i->steps.count, 2);
	assert_int_equal(i->started.year, 2019);
	assert_true(date_is_none(i->review_on));

	assert_int_equal(i->schedule_count, 2);
	const struct schedule *first = &i->schedules[0];
	assert_ptr_equal(first->initiative, i);
	assert_true(str_equal(first->timezone, STR("Europe/Paris")));
	assert_int_equal(first->duration_minutes, 90);
	assert_int_equal(first->exdate_count, 1);
	assert_int_equal(first->exception_count, 2);
	assert_true(first->exceptions[0].moved && first->exceptions[0].moved_to.hour == 10);
	assert_true(first->exceptions[1].cancelled && !first->exceptions[1].moved);
	assert_ptr_equal(first->place, &c->places[0]);
	assert_true(str_equal(i->schedules[1].label, STR("tweede")));
	assert_true(str_equal(i->schedules[1].timezone, STR("Europe/Amsterdam")));
}

static void wrong_values_are_absent_and_said(void **state)
{
	(void)state;
	const struct record records[] = {
		RECORD(INITIATIVE, 9, {INITIATIVE_STATUS, STR("\"busy\"")},
			{INITIATIVE_NAME, STR("7")}, {INITIATIVE_THEMES, STR("\"taal\"")},
			{INITIATIVE_PROTECTIVE_FACTORS, STR("[{\"n\":11},3]")},
			{INITIATIVE_COST_AMOUNT, STR("\"1\"")},
			{INITIATIVE_HOST_CONTACT_ID, STR("\"" ID_8 "\"")},
			{INITIATIVE_PLACE_ID, STR("\"no id\"")}, {INITIATIVE_CAPACITY, STR("-3")},
			{INITIATIVE_MAX_PARTY, STR("\"")},
			{INITIATIVE_STARTED, STR("\"2019-02-30\"")}),
		RECORD(SCHEDULE, 3, {FIELD_INITIATIVE_ID, STR("\"" ID_9 "\"")}),
	};
	struct catalogue *c = BUILD(records);
	const struct initiative *i = &c->initiatives[0];
	static const char *const said[] = {"status: a word", "name: not a text",
		"themes: not an array", "protective_factors: one is", "cost.amount: not a number",
		"host_contact_id: nothing has", "place_id: not a UUID",
		"registration.capacity: not a whole", "registration.max_party: not a whole",
		"lifecycle.started: not a date", "dtstart: no start"};
	for (size_t at = 0; at < sizeof(said) / sizeof(said[0]); at++)
		if (str_find(complaints, str_from(said[at])) < 0)
			fail_msg("nobody said \"%s\" in\n%.*s", said[at], STR_ARG(complaints));
	assert_true(str_find(complaints, STR("initiative " ID_9 " status")) >= 0);
	assert_int_equal(i->status, STATUS_DRAFT);
	assert_int_equal(i->name.len, 0);
	assert_int_equal(i->registration.capacity, 0);
	assert_true(i->cost_amount == -1);
	assert_null(i->host);
	assert_int_equal(i->schedule_count, 0);
}

static void deleted_ones_and_orphans_are_left_out(void **state)
{
	(void)state;
	const struct record records[] = {
		RECORD(CONTACT, 8, {FIELD_DELETED, STR("true")}),
		RECORD(CONTACT, 7, {FIELD_DELETED, STR("false")}),
		RECORD(SCHEDULE, 3, {FIELD_INITIATIVE_ID, STR("\"" ID_9 "\"")},
			{SCHEDULE_DTSTART, STR("\"2026-12-01T09:30:00\"")}),
	};
	struct catalogue *c = BUILD(records);
	assert_int_equal(c->contact_count, 1);
	assert_null(catalogue_contact(c, id(8)));
	assert_non_null(catalogue_contact(c, id(7)));
	assert_int_equal(c->initiative_count, 0);
	c = catalogue_build(&arena, NULL, 0, NULL, NULL);
	assert_null(catalogue_initiative(c, id(1)));
}

static void says_who_is_there(void **state)
{
	(void)state;
	struct present_time times[] = {
		{TUESDAY, 9 * 60 + 15, 12 * 60}, {TUESDAY, 11 * 60, 13 * 60}, {SUNDAY, 0, 24 * 60}};
	struct contact fatma = {.present = times, .present_count = 3}, nobody = {0};
	struct local_time at = {{2026, 12, 1}, 9, 14, 59}, next;
	int until = 0;
	assert_int_equal(date_weekday(at.date), TUESDAY);
	assert_false(contact_present(&fatma, at, &until));
	assert_true(contact_next_present(&fatma, at, &next));
	assert_int_equal(next.date.day * 10000 + next.hour * 100 + next.minute, 10915);
	at.minute = 15;
	assert_true(contact_present(&fatma, at, &until));
	assert_int_equal(until, 12 * 60);
	at.hour = 11;
	assert_true(contact_present(&fatma, at, &until));
	assert_int_equal(until, 13 * 60);
	at.hour = 13;
	at.minute = 0;
	assert_false(contact_present(&fatma, at, &until));
	assert_true(contact_next_present(&fatma, at, &next));
	assert_int_equal(next.date.day, 6);
	assert_int_equal(next.hour, 0);
	assert_false(contact_next_present(&nobody, at, &next));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(fills_structs_and_resolves_references, clear),
		cmocka_unit_test_teardown(wrong_values_are_absent_and_said, clear),
		cmocka_unit_test_teardown(deleted_ones_and_orphans_are_left_out, clear),
		cmocka_unit_test_teardown(says_who_is_there, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
