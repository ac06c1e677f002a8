/* What is said, as one table of Dutch and English. */
#include "i18n/say.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct i18n i18n;

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

static struct date day(const char *text)
{
	struct date d;
	assert_true(date_parse(str_from(text), &d));
	return d;
}

static struct local_time at(const char *text)
{
	struct local_time t;
	assert_true(local_time_parse(str_from(text), &t));
	return t;
}

/* Evaluates the call once in each language. */
#define EXPECT(call, dutch, english)                                                               \
	do {                                                                                       \
		const char *const wanted[] = {dutch, english};                                     \
		static const char *const codes[] = {"nl", "en"};                                   \
		for (int l_ = 0; l_ < 2; l_++) {                                                   \
			i18n_set_language(&i18n, i18n_language(str_from(codes[l_])));              \
			struct str got_ = (call);                                                  \
			if (!str_equal_z(got_, wanted[l_]))                                        \
				fail_msg("line %d: got '%.*s', wanted '%s'", __LINE__,             \
					STR_ARG(got_), wanted[l_]);                                \
		}                                                                                  \
	} while (0)

static void says_days(void **state)
{
	(void)state;
	struct date d = day("2026-12-01");
	EXPECT(say_day(&i18n, &arena, d), "dinsdag 1 december", "Tuesday 1 December");
	EXPECT(say_day_start(&i18n, &arena, d), "Dinsdag 1 december", "Tuesday 1 December");
	EXPECT(say_day_short(&i18n, &arena, d), "di 1 dec", "Tue 1 Dec");
	EXPECT(say_day_year(&i18n, &arena, d), "dinsdag 1 december 2026",
		"Tuesday 1 December 2026");
	EXPECT(say_day_short(&i18n, &arena, day("2027-03-07")), "zo 7 mrt", "Sun 7 Mar");
	EXPECT(say_day(&i18n, &arena, day("2028-02-29")), "dinsdag 29 februari",
		"Tuesday 29 February");
	EXPECT(say_weekday(&i18n, &arena, MONDAY), "maandag", "Monday");
	EXPECT(say_weekday_start(&i18n, &arena, SUNDAY), "Zondag", "Sunday");
	EXPECT(say_weekday_short(&i18n, &arena, WEDNESDAY), "wo", "Wed");
	EXPECT(say_month(&i18n, &arena, 8), "augustus", "August");
	EXPECT(say_month_short(&i18n, &arena, 10), "okt", "Oct");
}

static void says_times(void **state)
{
	(void)state;
	EXPECT(say_time(&i18n, &arena, 9, 30), "9.30", "9:30");
	EXPECT(say_time(&i18n, &arena, 0, 5), "0.05", "0:05");
	EXPECT(say_time_hour(&i18n, &arena, 14, 0), "14.00 uur", "14:00");
	EXPECT(say_time_range(&i18n, &arena, at("2026-12-01T09:30:00"), 120), "9.30 – 11.30",
		"9:30 – 11:30");
	EXPECT(say_time_range(&i18n, &arena, at("2026-12-31T23:00:00"), 120), "23.00 – 1.00",
		"23:00 – 1:00");
	EXPECT(say_moment(&i18n, &arena, at("2026-12-08T09:30:00")), "dinsdag 8 december, 9.30 uur",
		"Tuesday 8 December, 9:30");
	EXPECT(say_moment_short(&i18n, &arena, at("2027-01-16T14:00:00")), "za 16 jan, 14.00",
		"Sat 16 Jan, 14:00");
}

static void says_times_in_words(void **state)
{
	(void)state;
	EXPECT(say_time_words(&i18n, &arena, 10, 0), "tien uur", "ten o’clock");
	EXPECT(say_time_words(&i18n, &arena, 9, 5), "vijf over negen", "five past nine");
	EXPECT(say_time_words(&i18n, &arena, 9, 10), "tien over negen", "ten past nine");
	EXPECT(say_time_words(&i18n, &arena, 9, 15), "kwart over negen", "quarter past nine");
	EXPECT(say_time_words(&i18n, &arena, 9, 20), "tien voor half tien", "twenty past nine");
	EXPECT(say_time_words(&i18n, &arena, 10, 25), "vijf voor half elf", "twenty-five past ten");
	EXPECT(say_time_words(&i18n, &arena, 9, 30), "half tien", "half past nine");
	EXPECT(say_time_words(&i18n, &arena, 9, 35), "vijf over half tien", "twenty-five to ten");
	EXPECT(say_time_words(&i18n, &arena, 9, 40), "tien over half tien", "twenty to ten");
	EXPECT(say_time_words(&i18n, &arena, 9, 45), "kwart voor tien", "quarter to ten");
	EXPECT(say_time_words(&i18n, &arena, 9, 50), "tien voor tien", "ten to ten");
	EXPECT(say_time_words(&i18n, &arena, 9, 55), "vijf voor tien", "five to ten");
	EXPECT(say_time_words(&i18n, &arena, 0, 0), "twaalf uur", "twelve o’clock");
	EXPECT(say_time_words(&i18n, &arena, 12, 30), "half één", "half past twelve");
	EXPECT(say_time_words(&i18n, &arena, 23, 45), "kwart voor twaalf", "quarter to twelve");
	EXPECT(say_time_words(&i18n, &arena, 0, 45), "kwart voor één", "quarter to one");
	EXPECT(say_time_words(&i18n, &arena, 19, 30), "half acht", "half past seven");
	EXPECT(say_time_words(&i18n, &arena, 9, 32), "9.32 uur", "9:32");
}

static void says_durations(void **state)
{
	(void)state;
	EXPECT(say_duration(&i18n, &arena, 15), "een kwartier", "a quarter of an hour");
	EXPECT(say_duration(&i18n, &arena, 30), "een half uur", "half an hour");
	EXPECT(say_duration(&i18n, &arena, 45), "drie kwartier", "three quarters of an hour");
	EXPECT(say_duration(&i18n, &arena, 60), "een uur", "an hour");
	EXPECT(say_duration(&i18n, &arena, 90), "anderhalf uur", "an hour and a half");
	EXPECT(say_duration(&i18n, &arena, 120), "twee uur", "two hours");
	EXPECT(say_duration(&i18n, &arena, 150), "twee en een half uur", "two and a half hours");
	EXPECT(say_duration(&i18n, &arena, 720), "twaalf uur", "twelve hours");
	EXPECT(say_duration(&i18n, &arena, 1440), "24 uur", "24 hours");
	EXPECT(say_duration(&i18n, &arena, 20), "20 minuten", "20 minutes");
	EXPECT(say_duration(&i18n, &arena, 1), "1 minuut", "1 minute");
	EXPECT(say_duration(&i18n, &arena, 100), "100 minuten", "100 minutes");
}

static void says_amounts(void **state)
{
	(void)state;
	EXPECT(say_amount(&i18n, &arena, 1), "1", "1");
	EXPECT(say_amount(&i18n, &arena, 2.5), "2,50", "2.50");
	EXPECT(say_amount(&i18n, &arena, 0.05), "0,05", "0.05");
	EXPECT(say_amount(&i18n, &arena, 0.29), "0,29", "0.29");
	EXPECT(say_money(&i18n, &arena, 1, STR("EUR")), "1 euro", "1 euro");
	EXPECT(say_money(&i18n, &arena, 2.5, STR("")), "2,50 euro", "2.50 euro");
	EXPECT(say_money(&i18n, &arena, 0, STR("EUR")), "gratis", "free");
	EXPECT(say_money(&i18n, &arena, 0.001, STR("EUR")), "gratis", "free");
	EXPECT(say_money(&i18n, &arena, 3, STR("CHF")), "3 CHF", "3 CHF");
	EXPECT(say_number(&i18n, &arena, 42), "42", "42");
}

static void says_when(void **state)
{
	(void)state;
	struct date today = day("2026-12-01"); /* a Tuesday */
	static const struct {
		const char *day, *dutch, *english;
	} rows[] = {
		{"2026-12-01", "Vandaag", "Today"},
		{"2026-12-02", "Morgen", "Tomorrow"},
		{"2026-12-03", "Deze week", "This week"},
		{"2026-12-06", "Deze week", "This week"},
		{"2026-12-07", "Volgende week", "Next week"},
		{"2026-12-08", "Volgende week", "Next week"},
		{"2026-12-13", "Volgende week", "Next week"},
		{"2026-12-14", "Over 2 weken", "In 2 weeks"},
		{"2026-12-15", "Over 2 weken", "In 2 weeks"},
		{"2027-01-03", "Over 4 weken", "In 4 weeks"},
		{"2027-01-05", "In januari", "In January"},
		{"2027-11-30", "In november", "In November"},
		{"2027-12-01", "In december 2027", "In December 2027"},
		{"2026-11-30", "Maandag 30 november", "Monday 30 November"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		EXPECT(say_when(&i18n, &arena, day(rows[i].day), today), rows[i].dutch,
			rows[i].english);
	/* Tomorrow comes before next week. */
	EXPECT(say_when(&i18n, &arena, day("2026-12-07"), day("2026-12-06")), "Morgen", "Tomorrow");
}

static unsigned bit(enum weekday weekday)
{
	return 1U << weekday;
}

static void says_rhythms(void **state)
{
	(void)state;
	const struct rhythm tuesday = {RHYTHM_WEEKLY, 1, bit(TUESDAY), 0, 0};
	const struct {
		struct rhythm rhythm;
		const char *dutch, *english;
	} rows[] = {
		{tuesday, "Elke dinsdag", "Every Tuesday"},
		{{RHYTHM_WEEKLY, 1, bit(TUESDAY) | bit(THURSDAY), 0, 0},
			"Elke dinsdag en donderdag", "Every Tuesday and Thursday"},
		{{RHYTHM_WEEKLY, 1, bit(MONDAY) | bit(TUESDAY) | bit(SUNDAY), 0, 0},
			"Elke maandag, dinsdag en zondag", "Every Monday, Tuesday and Sunday"},
		{{RHYTHM_WEEKLY, 1, 0xFE, 0, 0}, "Elke dag", "Every day"},
		{{RHYTHM_WEEKLY, 2, bit(WEDNESDAY), 0, 0}, "Om de week op woensdag",
			"Every other week on Wednesday"},
		{{RHYTHM_WEEKLY, 3, bit(WEDNESDAY), 0, 0}, "Eens in de 3 weken op woensdag",
			"Every 3 weeks on Wednesday"},
		{{RHYTHM_MONTHLY_WEEKDAY, 1, bit(WEDNESDAY), 1, 0}, "De 1e woensdag van de maand",
			"The 1st Wednesday of the month"},
		{{RHYTHM_MONTHLY_WEEKDAY, 1, bit(SATURDAY), -1, 0},
			"De laatste zaterdag van de maand", "The last Saturday of the month"},
		{{RHYTHM_MONTHLY_WEEKDAY, 2, bit(SATURDAY), -1, 0},
			"Eens in de 2 maanden op de laatste zaterdag",
			"Every 2 months on the last Saturday"},
		{{RHYTHM_MONTHLY_WEEKDAY, 3, bit(SATURDAY), 2, 0},
			"Eens in de 3 maanden op de 2e zaterdag",
			"Every 3 months on the 2nd Saturday"},
		{{RHYTHM_MONTHLY_DAY, 1, 0, 0, 15}, "Elke maand op dag 15",
			"Every month on day 15"},
		{{RHYTHM_MONTHLY_DAY, 6, 0, 0, 15}, "Eens in de 6 maanden op dag 15",
			"Every 6 months on day 15"},
		{{RHYTHM_DAILY, 1, 0, 0, 0}, "Elke dag", "Every day"},
		{{RHYTHM_DAILY, 2, 0, 0, 0}, "Om de dag", "Every other day"},
		{{RHYTHM_DAILY, 10, 0, 0, 0}, "Eens in de 10 dagen", "Every 10 days"},
		{{RHYTHM_YEARLY, 1, 0, 0, 0}, "Elk jaar", "Every year"},
		{{RHYTHM_YEARLY, 4, 0, 0, 0}, "Eens in de 4 jaar", "Every 4 years"},
		{{RHYTHM_ONCE, 1, 0, 0, 0}, "Eén keer", "Once"},
		{{RHYTHM_OTHER, 1, 0, 0, 0}, "Op verschillende dagen", "On different days"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		EXPECT(say_rhythm(&i18n, &arena, rows[i].rhythm), rows[i].dutch, rows[i].english);
	EXPECT(say_rhythm_duration(&i18n, &arena, tuesday, 120), "Elke dinsdag, twee uur",
		"Every Tuesday, two hours");
	EXPECT(say_rhythm_time(&i18n, &arena, tuesday, 9, 30), "Elke dinsdag, 9.30",
		"Every Tuesday, 9:30");
}

static void says_phones_and_codes(void **state)
{
	(void)state;
	static const struct {
		const char *typed, *said;
	} rows[] = {
		{"", ""},
		{"0", "0"},
		{"061", "06 1"},
		{"06123456", "06 12 34 56"},
		{"0612345678", "06 12 34 56 78"},
		{"06-1234 5678", "06 12 34 56 78"},
		{"+31612345678", "+31 6 12 34 56 78"},
		{"+4915112345", "+49 15 11 23 45"},
		{"0550000001", "055 000 00 01"},
		{"0229123456", "0229 12 34 56"},
		{"08000113", "0800 0113"},
		{"112", "112"},
		{"0900", "0900"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		EXPECT(say_phone(&i18n, &arena, str_from(rows[i].typed)), rows[i].said,
			rows[i].said);
	EXPECT(say_phone_masked(&i18n, &arena, STR("0612345678")), "06 12 •• •• 78",
		"06 12 •• •• 78");
	EXPECT(say_phone_masked(&i18n, &arena, STR("112")), "112", "112");
	EXPECT(say_code(&i18n, &arena, STR("7KMP4RTX")), "7KMP 4RTX", "7KMP 4RTX");
	EXPECT(say_code(&i18n, &arena, STR("7KMP")), "7KMP", "7KMP");
	EXPECT(say_code(&i18n, &arena, STR("7KMP4")), "7KMP 4", "7KMP 4");
	EXPECT(say_code(&i18n, &arena, STR("")), "", "");
}

static void says_lists_and_hello(void **state)
{
	(void)state;
	const struct str items[] = {STR("koken"), STR("lezen"), STR("praten")};
	EXPECT(say_list(&i18n, &arena, items, 0), "", "");
	EXPECT(say_list(&i18n, &arena, items, 1), "koken", "koken");
	EXPECT(say_list(&i18n, &arena, items, 2), "koken en lezen", "koken and lezen");
	EXPECT(say_list(&i18n, &arena, items, 3), "koken, lezen en praten",
		"koken, lezen and praten");
	EXPECT(say_greeting(&i18n, &arena, 6), "Goedemorgen. Kom verder.",
		"Good morning. Come on in.");
	EXPECT(say_greeting(&i18n, &arena, 11), "Goedemorgen. Kom verder.",
		"Good morning. Come on in.");
	EXPECT(say_greeting(&i18n, &arena, 12), "Goedemiddag. Kom verder.",
		"Good afternoon. Come on in.");
	EXPECT(say_greeting(&i18n, &arena, 18), "Goedenavond. Kom verder.",
		"Good evening. Come on in.");
	EXPECT(say_greeting(&i18n, &arena, 0), "Goedenavond. Kom verder.",
		"Good evening. Come on in.");
}

static void keeps_numbers_in_order_from_right_to_left(void **state)
{
	(void)state;
	i18n_set_language(&i18n, i18n_language(STR("xr")));
	assert_true(str_equal_z(say_time(&i18n, &arena, 9, 30), "9.30"));
	assert_true(str_equal_z(say_amount(&i18n, &arena, 2.5), "2,50"));
	assert_true(str_equal_z(say_phone(&i18n, &arena, STR("0612345678")), "\u2066"
									     "06 12 34 56 78"
									     "\u2069"));
	assert_true(str_equal_z(say_code(&i18n, &arena, STR("7KMP4RTX")), "\u2066"
									  "7KMP 4RTX"
									  "\u2069"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_days),
		cmocka_unit_test(says_times),
		cmocka_unit_test(says_times_in_words),
		cmocka_unit_test(says_durations),
		cmocka_unit_test(says_amounts),
		cmocka_unit_test(says_when),
		cmocka_unit_test(says_rhythms),
		cmocka_unit_test(says_phones_and_codes),
		cmocka_unit_test(says_lists_and_hello),
		cmocka_unit_test(keeps_numbers_in_order_from_right_to_left),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
