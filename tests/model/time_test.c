/* Calendar and zones. The C library is the second opinion: it reads the same tz database with code
 * of its own. */
#include "model/time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

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

static void parses_dates_that_exist(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "2026-12-1", "2026-12-01 ", "2026-13-01",
		"2026-00-01", "2026-01-00", "2026-02-29", "1900-02-29", "2026-04-31", "0000-01-01",
		"+026-12-01", "2026/12/01", "20261201", "2026-12-01T09:30:00", "2026-12-\xC2\xB9"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct date d = {1, 2, 3};
		if (date_parse(str_from(wrong[i]), &d))
			fail_msg("accepted '%s'", wrong[i]);
		assert_int_equal(d.year, 1); /* untouched */
	}
	struct date d = day("2024-02-29");
	assert_true(d.year == 2024 && d.month == 2 && d.day == 29);
	assert_false(date_is_none(d));
	assert_true(date_is_none((struct date){0}));
	day("2000-02-29");
	day("9999-12-31");
	day("0001-01-01");
}

static void parses_wall_times(void **state)
{
	(void)state;
	static const char *const wrong[] = {"2026-12-01", "2026-12-01T", "2026-12-01T9:30:00",
		"2026-12-01T24:00:00", "2026-12-01T09:60:00", "2026-12-01T09:30:60",
		"2026-12-01T09:30:00Z", "2026-12-01T09:30:00+01:00", "2026-12-01 09:30:00",
		"2026-12-01T09:30", "2026-02-30T09:30:00"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct local_time t;
		if (local_time_parse(str_from(wrong[i]), &t))
			fail_msg("accepted '%s'", wrong[i]);
	}
	struct local_time t = at("2026-12-01T09:30:05");
	assert_true(t.hour == 9 && t.minute == 30 && t.second == 5 && t.date.month == 12);
	at("2026-12-01T23:59:59");
}

static void counts_days_both_ways(void **state)
{
	(void)state;
	assert_int_equal(date_to_days(day("1970-01-01")), 0);
	assert_int_equal(date_to_days(day("2000-03-01")), 11017);
	struct date d = day("0001-01-01");
	int64_t first = date_to_days(d), last = date_to_days(day("9999-12-31"));
	assert_int_equal(first, -719162);
	assert_int_equal(last, 2932896);
	int weekday = MONDAY; /* 0001-01-01, proleptic */
	for (int64_t days = first; days <= last; days++) {
		struct date back = date_from_days(days);
		struct tm tm;
		time_t seconds = days * 86400;
		/* The whole range against ourselves, one in 97 against the C library. */
		if (date_to_days(back) != days || (int)date_weekday(back) != weekday)
			fail_msg("day %lld", (long long)days);
		if (days % 97 == 0) {
			assert_non_null(gmtime_r(&seconds, &tm));
			assert_int_equal(back.year, tm.tm_year + 1900);
			assert_int_equal(back.month, tm.tm_mon + 1);
			assert_int_equal(back.day, tm.tm_mday);
		}
		weekday = weekday % 7 + 1;
	}
}

static void adds_and_compares(void **state)
{
	(void)state;
	assert_int_equal(date_weekday(day("2026-12-01")), TUESDAY);
	assert_int_equal(date_compare(date_add_days(day("2026-12-31"), 1), day("2027-01-01")), 0);
	assert_int_equal(date_compare(date_add_days(day("2024-03-01"), -1), day("2024-02-29")), 0);
	assert_int_equal(date_days_between(day("2026-12-01"), day("2027-01-05")), 35);
	assert_int_equal(date_days_between(day("2027-01-05"), day("2026-12-01")), -35);
	assert_int_equal(date_compare(day("2026-12-01"), day("2026-11-30")), 1);
	assert_int_equal(date_compare(day("2026-12-01"), day("2027-01-01")), -1);
	assert_int_equal(
		local_time_compare(at("2026-12-01T09:30:00"), at("2026-12-01T09:30:01")), -1);
	assert_int_equal(
		local_time_compare(at("2026-12-02T00:00:00"), at("2026-12-01T23:59:59")), 1);
	assert_int_equal(local_time_compare(local_time_add_minutes(at("2026-12-31T23:30:00"), 90),
				 at("2027-01-01T01:00:00")),
		0);
	assert_int_equal(local_time_compare(local_time_add_minutes(at("1970-01-01T00:00:00"), -1),
				 at("1969-12-31T23:59:00")),
		0);
	assert_int_equal(local_time_to_seconds(at("2026-12-01T00:00:01")), 1796083201);
}

static int64_t utc_of(const char *zone, const char *local)
{
	int64_t utc_s;
	assert_true(zone_to_utc(str_from(zone), at(local), &utc_s));
	return utc_s;
}

static int64_t seconds(const char *text)
{
	return local_time_to_seconds(at(text));
}

static void knows_summer_time(void **state)
{
	(void)state;
	const char *ams = "Europe/Amsterdam";
	static const struct {
		const char *wall, *utc;
	} rows[] = {
		{"2026-12-01T09:30:00", "2026-12-01T08:30:00"},
		{"2027-07-01T09:30:00", "2027-07-01T07:30:00"},
		/* 2027-03-28: 02:00 becomes 03:00. */
		{"2027-03-28T01:59:59", "2027-03-28T00:59:59"},
		{"2027-03-28T02:00:00", "2027-03-28T01:00:00"},
		{"2027-03-28T02:30:00", "2027-03-28T01:30:00"}, /* skipped: 03:30 */
		{"2027-03-28T03:00:00", "2027-03-28T01:00:00"},
		{"2027-03-28T03:30:00", "2027-03-28T01:30:00"},
		/* 2027-10-31: 03:00 becomes 02:00. */
		{"2027-10-31T01:59:59", "2027-10-30T23:59:59"},
		{"2027-10-31T02:00:00", "2027-10-31T00:00:00"}, /* twice: the first */
		{"2027-10-31T02:59:59", "2027-10-31T00:59:59"},
		{"2027-10-31T03:00:00", "2027-10-31T02:00:00"},
		/* Beyond the 32-bit table: the rule at the end of the file. */
		{"2060-03-28T02:30:00", "2060-03-28T01:30:00"},
		{"2060-03-28T12:00:00", "2060-03-28T10:00:00"},
		{"2060-10-31T02:30:00", "2060-10-31T00:30:00"},
		{"2060-10-31T12:00:00", "2060-10-31T11:00:00"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (utc_of(ams, rows[i].wall) != seconds(rows[i].utc))
			fail_msg("%s is not %s", rows[i].wall, rows[i].utc);

	struct local_time local;
	int offset_s;
	assert_true(
		zone_from_utc(str_from(ams), seconds("2027-03-28T01:30:00"), &local, &offset_s));
	assert_int_equal(local_time_compare(local, at("2027-03-28T03:30:00")), 0);
	assert_int_equal(offset_s, 7200);
	assert_true(
		zone_from_utc(str_from(ams), seconds("2027-10-31T01:30:00"), &local, &offset_s));
	assert_int_equal(local_time_compare(local, at("2027-10-31T02:30:00")), 0);
	assert_int_equal(offset_s, 3600);
	/* The other half of the world: summer in January, and half hours. */
	assert_int_equal(
		utc_of("Australia/Sydney", "2027-01-15T12:00:00"), seconds("2027-01-15T01:00:00"));
	assert_int_equal(
		utc_of("Asia/Kolkata", "2027-01-15T12:00:00"), seconds("2027-01-15T06:30:00"));
	assert_int_equal(utc_of("UTC", "2027-01-15T12:00:00"), seconds("2027-01-15T12:00:00"));
}

static void agrees_with_the_c_library(void **state)
{
	(void)state;
	static const char *const zones[] = {"Europe/Amsterdam", "America/New_York",
		"Australia/Lord_Howe", "Europe/Dublin", "Pacific/Easter", "America/Nuuk",
		"Africa/Casablanca", "Asia/Kolkata"};
	for (size_t z = 0; z < sizeof(zones) / sizeof(zones[0]); z++) {
		setenv("TZ", zones[z], 1);
		tzset();
		int64_t last = seconds("2061-01-01T00:00:00");
		for (int64_t utc_s = seconds("1990-01-01T00:30:00"); utc_s < last;
			utc_s += 23 * 3600 - 1800) {
			struct tm tm;
			time_t t = utc_s;
			localtime_r(&t, &tm);
			struct local_time local;
			int offset_s;
			assert_true(zone_from_utc(str_from(zones[z]), utc_s, &local, &offset_s));
			if (offset_s != tm.tm_gmtoff || local.hour != tm.tm_hour ||
				local.date.day != tm.tm_mday)
				fail_msg("%s at %lld", zones[z], (long long)utc_s);
			/* Back again, or to the earlier of a doubled hour. */
			int64_t back;
			assert_true(zone_to_utc(str_from(zones[z]), local, &back));
			if (back > utc_s || utc_s - back > 3600)
				fail_msg("%s back from %lld", zones[z], (long long)utc_s);
		}
	}
	unsetenv("TZ");
	tzset();
}

static void refuses_what_is_no_zone(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "Europe", "Europe/Buurtbord", "/etc/localtime",
		"../zoneinfo/UTC", "Europe/../Europe/Amsterdam", "Europe//Amsterdam",
		"Europe/Amsterdam/", "Europe/Amsterdam\n", "zone.tab", "tzdata",
		"Europe/AmsterdamAmsterdamAmsterdamAmsterdamAmsterdamAmsterdamAmsterdam"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		int64_t utc_s;
		struct local_time local;
		if (zone_to_utc(str_from(wrong[i]), at("2026-12-01T09:30:00"), &utc_s) ||
			zone_from_utc(str_from(wrong[i]), 0, &local, NULL))
			fail_msg("accepted '%s'", wrong[i]);
	}
	/* Strange years end quickly and give an offset of a day at most. */
	assert_in_range(utc_of("Europe/Amsterdam", "9999-12-31T23:59:59") -
				(seconds("9999-12-31T23:59:59") - 86400),
		0, 2 * 86400);
	assert_in_range(utc_of("Europe/Amsterdam", "0001-01-01T00:00:00") -
				(seconds("0001-01-01T00:00:00") - 86400),
		0, 2 * 86400);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses_dates_that_exist),
		cmocka_unit_test(parses_wall_times),
		cmocka_unit_test(counts_days_both_ways),
		cmocka_unit_test(adds_and_compares),
		cmocka_unit_test(knows_summer_time),
		cmocka_unit_test(agrees_with_the_c_library),
		cmocka_unit_test(refuses_what_is_no_zone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
