#include "base/env.h"
#include "formats/buurtlijst_check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct str sample;
static struct str said; /* "error place: message\n" a line */

static int setup(void **state)
{
	(void)state;
	struct error err;
	if (!env_read_file(
		    env_os(), &arena, "assets/catalogue/buurtlijst.json", 1 << 20, &sample, &err))
		fail_msg("%s", err.message);
	return 0;
}

static int clear(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static void note(void *context, const struct complaint *complaint)
{
	(void)context;
	said = str_format(&arena, "%.*s%s %.*s: %.*s\n", STR_ARG(said),
		complaint_level_name(complaint->level), STR_ARG(complaint->place),
		STR_ARG(complaint->message));
}

static size_t check(struct str bytes)
{
	said = STR("");
	return buurtlijst_check(bytes, note, NULL);
}

static void assert_said(const char *line)
{
	if (str_find(said, str_from(line)) < 0)
		fail_msg("nobody said \"%s\" but\n%.*s", line, STR_ARG(said));
}

static struct str replaced(struct str text, const char *from, const char *to)
{
	ptrdiff_t at = str_find(text, str_from(from));
	if (at < 0)
		fail_msg("the sample has no %s", from);
	struct str parts[] = {str_slice(text, 0, (size_t)at), str_from(to),
		str_slice(text, (size_t)at + strlen(from), text.len)};
	return str_join(&arena, parts, 3, STR(""));
}

static void the_sample_has_no_faults(void **state)
{
	(void)state;
	size_t errors = check(sample);
	if (errors > 0 || str_find(said, STR("warning")) >= 0)
		fail_msg("%.*s", STR_ARG(said));
	assert_said("info initiatives[2].registration.capacity: ");
}

/* Each fault alone, planted in the sample. The line must be said, and nothing else be an error. */
static void every_fault_is_found_at_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *from, *to, *line;
	} faults[] = {
		{"\"id\": \"31eee4b1-", "\"id\": \"31eee4b-",
			"error contacts[0].id: \"31eee4b-8e07-5f3a-9999-9bf67229ff60\" is not a"},
		{"      \"id\": \"b334facd-49ce-5d80-aff5-95602565b0ec\",\n      \"key\"",
			"      \"key\"", "error contacts[1].id: missing"},
		{"\"id\": \"ddebd568-7650-54b7-af98-426f9782bf87\"",
			"\"id\": \"612287ae-88e8-58f5-8e2c-b496b28cc1e4\"",
			"error contacts[3].id: the id of contacts[2].id too"},
		{"\"name\": \"Vrouwengroep\"", "\"name\": 7",
			"error initiatives[1].name: should be a text"},
		{"\"name\": \"Vrouwengroep\"", "\"name\": \" \"",
			"error initiatives[1].name: is empty"},
		{"\"name\": \"Vrouwengroep\"", "\"name\": \"Vrouwengroep van de wijk Zuid, écht\"",
			"warning initiatives[1].name: 35 characters"},
		{"\"host_contact_id\": \"ddebd568", "\"host_contact_id\": \"ddebd569",
			"error initiatives[1].host_contact_id: no contact has the id ddebd569-"},
		{"\"place_id\": \"025b47a2-e902-5fc1-acce-884be56490a0\"\n",
			"\"place_id\": \"ddebd568-7650-54b7-af98-426f9782bf87\"\n",
			"error venue.place_id: should name a place, but ddebd568-7650-54b7-af98-"
			"426f9782bf87 is a contact"},
		{"\"mode\": \"sign_up\"", "\"mode\": \"signup\"",
			"error initiatives[1].registration.mode: \"signup\" is none of"},
		{"\"status\": \"active\"", "\"status\": \"aktief\"",
			"error initiatives[0].status: \"aktief\" is none of"},
		{"\"burenhulp\"\n", "\"buurhulp\"\n",
			"error initiatives[0].themes[1]: \"buurhulp\" is not a code of the "
			"taxonomy theme"},
		{"\"layer\": \"gemeenschappelijk\"", "\"layer\": \"samen\"",
			"error organizations[1].layer: \"samen\""},
		{"\"n\": 2", "\"n\": 12",
			"error initiatives[0].protective_factors[1].n: \"12\" is not a code"},
		{"\"uk\"", "\"ukr\"", "error initiatives[1].languages[3]: \"ukr\""},
		{"\"dtstart\": \"2026-09-04T10:00:00\"", "\"dtstart\": \"2026-09-31T10:00:00\"",
			"error initiatives[0].schedules[0].dtstart: \"2026-09-31T10:00:00\""},
		{"\"2026-12-25T10:00:00\"", "\"2026-12-25\"",
			"error initiatives[0].schedules[0].exdate[0]: \"2026-12-25\" is not a"},
		{"\"timezone\": \"Europe/Amsterdam\",\n          \"duration",
			"\"timezone\": \"Europa/Amsterdam\",\n          \"duration",
			"error initiatives[0].schedules[0].timezone: \"Europa/Amsterdam\""},
		{"FREQ=MONTHLY;BYDAY=1WE", "FREQ_MONTHLY;BYDAY=1WE",
			"error initiatives[0].schedules[1].rrule: "},
		{"\"duration_minutes\": 120", "\"duration_minutes\": -120",
			"error initiatives[0].schedules[0].duration_minutes: -120 is outside"},
		{"\"capacity\": 18", "\"capacity\": 18.5",
			"error initiatives[1].registration.capacity: 18.5 is not a whole number"},
		{"\"amount\": 1.0", "\"amount\": -1.0",
			"error initiatives[1].cost.amount: -1 is outside"},
		{"\"started\": \"2021-10-05\"", "\"started\": \"5 oktober\"",
			"error initiatives[1].lifecycle.started: \"5 oktober\" is not a date"},
		{",\n        \"alt\": \"Vier vrouwen koken samen in de keuken. Er staat een grote "
		 "pan soep.\"",
			"", "error initiatives[1].picture.alt: missing"},
		{"\"file\": \"vrouwengroep.svg\"", "\"file\": \"../vrouwengroep.svg\"",
			"error initiatives[1].picture.file: \"../vrouwengroep.svg\""},
		{"\"phone\": \"055-000 00 02\"", "\"phone\": \"bel Joop\"",
			"error contacts[1].phone: \"bel Joop\""},
		{"\"day\": \"FR\"", "\"day\": \"VR\"",
			"error contacts[0].present_times[4].day: \"VR\""},
		{"\"until\": \"13:00\"", "\"until\": \"08:00\"",
			"error contacts[0].present_times[0].until: not later"},
		{"\"until\": \"13:00\"", "\"until\": \"13.00\"",
			"error contacts[0].present_times[0].until: \"13.00\""},
		{"\"status\": \"moved\"", "\"status\": \"cancelled\"",
			"error initiatives[1].schedules[0].exceptions[0].moved_to: cancelled and"},
		{"\"date\": \"2027-01-15T10:00:00\"", "\"date\": \"2027-01-14T10:00:00\"",
			"warning initiatives[0].schedules[0].exceptions[0]: nothing takes"},
		{"\"2027-01-01T10:00:00\"", "\"2027-01-01T10:30:00\"",
			"warning initiatives[0].schedules[0].exdate[1]: nothing takes"},
		{"\"step_free\": \"yes\"", "\"step_free\": true",
			"error places[0].accessibility.step_free: should be a text"},
		{"\"themes\": [", "\"themes\": \"ontmoeten\", \"x\": [",
			"error initiatives[0].themes: should be an array"},
		{"\"sensitive\": true", "\"sensitive\": 1",
			"error initiatives[6].sensitive: should be true or false"},
		{"\"retention_days\": 14", "\"retention_days\": 0",
			"error initiatives[3].registration.retention_days: an introduction"},
		{"\"max_age\": 23", "\"max_age\": 13", "error initiatives[4].audience.max_age"},
	};
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		size_t errors = check(replaced(sample, faults[i].from, faults[i].to));
		assert_said(faults[i].line);
		/* An id that is gone breaks the references to it as well. */
		bool ids = strstr(faults[i].from, "\"id\"") != NULL;
		bool warning = strstr(faults[i].line, "warning") == faults[i].line;
		if (!ids && errors != (warning ? 0 : 1))
			fail_msg("one fault, but\n%.*s", STR_ARG(said));
	}
}

static void faults_do_not_hide_each_other(void **state)
{
	(void)state;
	struct str bytes = replaced(sample, "\"name\": \"Samira\"", "\"name\": null");
	bytes = replaced(bytes, "\"mode\": \"sign_up\"", "\"mode\": 1");
	bytes = replaced(bytes, "\"latitude\": 52.15391", "\"latitude\": 152.15391");
	bytes = replaced(bytes, "\"latitude\": 52.15517", "\"latitude\": \"x\"");
	assert_int_equal(check(bytes), 4);
}

static void rules_that_need_two_keys(void **state)
{
	(void)state;
	struct str bytes = replaced(sample, "\"fields\": []", "\"fields\": [\"first_name\"]");
	assert_int_equal(check(bytes), 1);
	assert_said("error initiatives[0].registration.fields: who walks in");
	bytes = replaced(sample, "\"sensitive\": false", "\"sensitive\": true");
	assert_int_equal(check(bytes), 0);
	bytes = replaced(bytes, "\"sensitive\": false", "\"sensitive\": true");
	assert_int_equal(check(bytes), 1);
	assert_said("error initiatives[1].registration.fields: a sensitive initiative");
	bytes = replaced(sample, "\"greeted_by\": \"ddebd568-7650-54b7-af98-426f9782bf87\"",
		"\"greeted_by\": null");
	assert_int_equal(check(bytes), 0);
	assert_said("warning initiatives[1].first_visit.greeted_by: ");
	bytes = replaced(sample, "\"first_visit\": {", "\"first_visit2\": {");
	assert_int_equal(check(bytes), 0);
	assert_said("warning initiatives[0].first_visit.steps: ");
	assert_said("info initiatives[0].first_visit2: unknown key");
}

static void what_is_no_buurtlijst_gives_one_error(void **state)
{
	(void)state;
	assert_int_equal(check(STR("")), 1);
	assert_int_equal(check(STR("{\"a\":1,\"a\":2}")), 1);
	assert_said("error : a: this key stands here twice");
	assert_int_equal(check(STR("{\"format\":\"hsds\"}")), 1);
	assert_int_equal(buurtlijst_check(STR("[1"), NULL, NULL), 1);
}

static void survives_cuts_and_flips(void **state)
{
	(void)state;
	struct env *luck = env_simulated_create(env_os(), 0, false, 11);
	for (size_t len = 0; len < sample.len; len += 97) {
		char *cut = arena_alloc(&arena, len);
		memcpy(cut, sample.ptr, len);
		assert_int_equal(buurtlijst_check((struct str){cut, len}, NULL, NULL), 1);
	}
	for (int round = 0; round < 300; round++) {
		char *copy = arena_alloc(&arena, sample.len);
		memcpy(copy, sample.ptr, sample.len);
		copy[env_random_below(luck, (uint32_t)sample.len)] ^=
			(char)(1 << env_random_below(luck, 8));
		buurtlijst_check((struct str){copy, sample.len}, NULL, NULL);
	}
	env_simulated_destroy(luck);
}

static void only_the_table_of_formats_is_needed(void **state)
{
	(void)state;
	const struct format *format = format_by_name(STR("buurtlijst"));
	assert_non_null(format);
	assert_null(format_by_name(STR("buurt")));
	assert_int_equal(format->check(sample, NULL, NULL), 0);
	size_t count;
	const struct format *table = formats(&count);
	for (size_t i = 0; i < count; i++)
		assert_true(table[i].name && table[i].title && table[i].read && table[i].write &&
			    table[i].check);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_sample_has_no_faults, setup, clear),
		cmocka_unit_test_setup_teardown(every_fault_is_found_at_its_place, setup, clear),
		cmocka_unit_test_setup_teardown(faults_do_not_hide_each_other, setup, clear),
		cmocka_unit_test_setup_teardown(rules_that_need_two_keys, setup, clear),
		cmocka_unit_test_setup_teardown(
			what_is_no_buurtlijst_gives_one_error, setup, clear),
		cmocka_unit_test_setup_teardown(survives_cuts_and_flips, setup, clear),
		cmocka_unit_test_setup_teardown(only_the_table_of_formats_is_needed, setup, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
