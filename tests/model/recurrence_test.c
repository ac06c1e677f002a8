/* Recurrence against an oracle that others wrote, hostile rules, and what schedules make of it. */
#include "model/recurrence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

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

/* iCalendar's 19970902T090000, 19970902T090000Z or 19970902. */
static struct local_time basic_time(const char *text)
{
	char z[] = "0000-00-00T00:00:00";
	memcpy(z, text, 4);
	memcpy(z + 5, text + 4, 2);
	memcpy(z + 8, text + 6, 2);
	if (strlen(text) > 8) {
		memcpy(z + 11, text + 9, 2);
		memcpy(z + 14, text + 11, 2);
		memcpy(z + 17, text + 13, 2);
	}
	return at(z);
}

static struct str basic_text(struct local_time t, bool with_time, bool utc)
{
	struct str date = str_format(&arena, "%04d%02d%02d", t.date.year, t.date.month, t.date.day);
	if (!with_time)
		return date;
	return str_format(&arena, "%.*sT%02d%02d%02d%s", STR_ARG(date), t.hour, t.minute, t.second,
		utc ? "Z" : "");
}

/* Rules of the oracle whose instances we do not give, with the reason. Rules finer than DAILY are
 * refused as a class. */
static const struct {
	const char *rrule, *reason;
	const char *ours; /* what we give instead */
} differences[] = {
	{"FREQ=DAILY;BYMINUTE=1,2,3,4;INTERVAL=2;COUNT=3",
		"the oracle starts on a date without a time; our schedules always have a time",
		"20241018,20241018,20241018"},
	{"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30;BYWEEKNO=1;UNTIL=20320101",
		"the oracle says UNIMPLEMENTED and has no instances",
		"20241230,20251230,20301230,20311230"},
};

static const char *oracle_path(void)
{
	static const char *const name = "icalendar/libical-icalrecur_test.txt";
	const char *folder = getenv("BUURTBORD_TESTDATA");
	const char *paths[] = {str_z(&arena, str_format(&arena, "../shared/testdata/%s", name)),
		str_z(&arena, str_format(&arena, "%s/%s", folder ? folder : ".", name))};
	for (size_t i = 0; i < 2; i++) {
		FILE *file = fopen(paths[i], "r");
		if (file) {
			fclose(file);
			return paths[i];
		}
	}
	return NULL;
}

static struct str expand(const char *rrule, const char *dtstart, size_t limit)
{
	struct local_time *times;
	size_t count;
	struct error err;
	if (!recurrence_expand(&arena, str_from(rrule), basic_time(dtstart),
		    at("2999-12-31T23:59:59"), limit, &times, &count, &err))
		return str_format(&arena, "%s: %s", error_code_name(err.code), err.message);
	struct str *texts = arena_new_array(&arena, struct str, count);
	for (size_t i = 0; i < count; i++)
		texts[i] = basic_text(times[i], strlen(dtstart) > 8, strchr(dtstart, 'Z') != NULL);
	return str_join(&arena, texts, count, STR(","));
}

static void gives_the_oracles_instances(void **state)
{
	(void)state;
	const char *path = oracle_path();
	if (!path) {
		print_message("skipped: testdata/%s is not here\n", "icalendar");
		skip();
	}
	FILE *file = fopen(path, "r");
	static char line[200000];
	char rrule[2000] = "", dtstart[40] = "";
	int rules = 0, finer = 0, different = 0;
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\r\n")] = '\0';
		if (strncmp(line, "RRULE:", 6) == 0)
			snprintf(rrule, sizeof(rrule), "%.1999s", line + 6);
		if (strncmp(line, "DTSTART:", 8) == 0)
			snprintf(dtstart, sizeof(dtstart), "%.30s", line + 8);
		if (strncmp(line, "INSTANCES:", 10) != 0)
			continue;
		const char *wanted = line + 10;
		rules++;
		struct str got = expand(rrule, dtstart, 2000);
		if (strstr(rrule, "FREQ=SECONDLY") || strstr(rrule, "FREQ=MINUTELY") ||
			strstr(rrule, "FREQ=HOURLY")) {
			finer++;
			if (!str_starts_with(got, STR("unsupported: RRULE: FREQ=")))
				fail_msg("%s is not refused", rrule);
			continue;
		}
		for (size_t i = 0; i < sizeof(differences) / sizeof(differences[0]); i++)
			if (strcmp(rrule, differences[i].rrule) == 0) {
				different++;
				wanted = differences[i].ours;
			}
		if (!str_equal_z(got, wanted))
			fail_msg("%s from %s\n got    %.*s\n wanted %s", rrule, dtstart,
				STR_ARG(got), wanted);
	}
	fclose(file);
	assert_int_equal(rules, 146);
	assert_int_equal(finer, 23);
	assert_int_equal(different, sizeof(differences) / sizeof(differences[0]));
}

static void refuses_by_name(void **state)
{
	(void)state;
	static const struct {
		const char *rrule;
		enum error_code code;
		const char *says;
	} rows[] = {
		{"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", ERROR_UNSUPPORTED, "FREQ=SECONDLY"},
		{"FREQ=MINUTELY", ERROR_UNSUPPORTED, "FREQ=MINUTELY"},
		{"freq=hourly", ERROR_UNSUPPORTED, "FREQ=HOURLY"},
		{"FREQ=YEARLY;RSCALE=CHINESE", ERROR_UNSUPPORTED, "RSCALE"},
		{"FREQ=YEARLY;SKIP=FORWARD", ERROR_UNSUPPORTED, "SKIP"},
		{"FREQ=WEEKLY;X-OFTEN=1", ERROR_UNSUPPORTED, "X-OFTEN"},
		{"", ERROR_PARSE, "FREQ is missing"},
		{"FREQ=WEEKLY;;COUNT=2", ERROR_UNSUPPORTED, "part"},
		{"RRULE:FREQ=WEEKLY", ERROR_UNSUPPORTED, "RRULE:FREQ"},
		{"BYDAY=MO", ERROR_PARSE, "FREQ is missing"},
		{"FREQ=FORTNIGHTLY", ERROR_PARSE, "FREQ=FORTNIGHTLY"},
		{"FREQ=WEEKLY;FREQ=DAILY", ERROR_PARSE, "FREQ stands twice"},
		{"FREQ=WEEKLY;COUNT=3;UNTIL=20270101", ERROR_PARSE, "COUNT and UNTIL"},
		{"FREQ=WEEKLY;COUNT=0", ERROR_PARSE, "COUNT"},
		{"FREQ=WEEKLY;COUNT=-1", ERROR_PARSE, "COUNT"},
		{"FREQ=WEEKLY;COUNT=99999999999999999999", ERROR_PARSE, "COUNT"},
		{"FREQ=WEEKLY;INTERVAL=0", ERROR_PARSE, "INTERVAL"},
		{"FREQ=WEEKLY;UNTIL=20270230", ERROR_PARSE, "UNTIL"},
		{"FREQ=WEEKLY;UNTIL=2027", ERROR_PARSE, "UNTIL"},
		{"FREQ=WEEKLY;UNTIL=", ERROR_PARSE, "UNTIL"},
		{"FREQ=WEEKLY;UNTIL=Z", ERROR_PARSE, "UNTIL"},
		{"FREQ=WEEKLY;UNTIL=20270101X000000", ERROR_PARSE, "UNTIL"},
		{"FREQ=WEEKLY;BYDAY=XX", ERROR_PARSE, "BYDAY"},
		{"FREQ=WEEKLY;BYDAY=MO,", ERROR_PARSE, "BYDAY"},
		{"FREQ=WEEKLY;BYDAY=1MO", ERROR_PARSE, "BYDAY"},
		{"FREQ=MONTHLY;BYDAY=54MO", ERROR_PARSE, "BYDAY"},
		{"FREQ=MONTHLY;BYDAY=0MO", ERROR_PARSE, "BYDAY"},
		{"FREQ=MONTHLY;BYDAY=--1MO", ERROR_PARSE, "BYDAY"},
		{"FREQ=MONTHLY;BYMONTHDAY=32", ERROR_PARSE, "BYMONTHDAY"},
		{"FREQ=MONTHLY;BYMONTHDAY=0", ERROR_PARSE, "BYMONTHDAY"},
		{"FREQ=WEEKLY;BYMONTHDAY=1", ERROR_PARSE, "BYMONTHDAY"},
		{"FREQ=YEARLY;BYMONTH=-1", ERROR_PARSE, "BYMONTH"},
		{"FREQ=YEARLY;BYMONTH=13", ERROR_PARSE, "BYMONTH"},
		{"FREQ=MONTHLY;BYWEEKNO=1", ERROR_PARSE, "BYWEEKNO"},
		{"FREQ=DAILY;BYYEARDAY=1", ERROR_PARSE, "BYYEARDAY"},
		{"FREQ=DAILY;BYHOUR=24", ERROR_PARSE, "BYHOUR"},
		{"FREQ=WEEKLY;WKST=1", ERROR_PARSE, "WKST"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct error err;
		if (recurrence_check(str_from(rows[i].rrule), &err))
			fail_msg("accepted '%s'", rows[i].rrule);
		if (err.code != rows[i].code || !strstr(err.message, rows[i].says))
			fail_msg("'%s': %s", rows[i].rrule, err.message);
	}
	char *long_rule = arena_alloc(&arena, 100001);
	memset(long_rule, 'A', 100000);
	struct error err;
	assert_false(recurrence_check(str_from(long_rule), &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_true(recurrence_check(STR("freq=monthly;byday=+1we,-1sa;wkst=su"), &err));
}

/* That these end at all is the test: without bounds each would run for minutes or for ever. */
static void ends_hostile_rules(void **state)
{
	(void)state;
	static const struct {
		const char *rrule, *dtstart, *gives; /* at most three instances */
	} rows[] = {
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "20260101T090000", ""},
		{"FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "20260101T090000", ""},
		{"FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4", "20260101T090000", ""},
		{"FREQ=YEARLY;INTERVAL=999999", "20260101T090000", "20260101T090000"},
		{"FREQ=YEARLY;INTERVAL=2147483647", "20260101T090000", "20260101T090000"},
		{"FREQ=MONTHLY;INTERVAL=2147483647", "20260101T090000", "20260101T090000"},
		{"FREQ=WEEKLY;INTERVAL=2147483647", "20260101T090000", "20260101T090000"},
		{"FREQ=DAILY;INTERVAL=2147483647", "20260101T090000", "20260101T090000"},
		{"FREQ=DAILY;COUNT=2147483647", "00010101T090000",
			"00010101T090000,00010102T090000,00010103T090000"},
		{"FREQ=YEARLY;BYDAY=53MO;BYSETPOS=366", "20260101T090000", ""},
		{"FREQ=DAILY", "99991231T090000", ""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct str got = expand(rows[i].rrule, rows[i].dtstart, 3);
		if (!str_equal_z(got, rows[i].gives))
			fail_msg("%s: got %.*s", rows[i].rrule, STR_ARG(got));
	}
	struct local_time *times;
	size_t count;
	struct error err;
	assert_false(recurrence_expand(&arena, STR("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
		at("0001-01-01T00:00:00"), at("9999-12-31T00:00:00"), 3, &times, &count, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_int_equal(count, 0);
}

static struct initiative group = {.name = {"Groep", 5}, .status = STATUS_ACTIVE};

static struct schedule weekly(const char *dtstart, const char *rrule)
{
	return (struct schedule){.initiative = &group,
		.timezone = STR("Europe/Amsterdam"),
		.dtstart = at(dtstart),
		.duration_minutes = 120,
		.rrule = str_from(rrule)};
}

/* "2026-12-01T09:30 +1" for each: start and offset in hours; - cancelled, > moved. */
static struct str told(const struct schedule *schedule, const char *from, const char *to)
{
	struct occurrence_list list;
	struct error err;
	if (!schedule_occurrences(&arena, schedule, day(from), day(to), &list, &err)) {
		assert_int_equal(list.count, 0);
		return str_format(&arena, "%s: %s", error_code_name(err.code), err.message);
	}
	struct str *texts = arena_new_array(&arena, struct str, list.count);
	for (size_t i = 0; i < list.count; i++) {
		const struct occurrence *o = &list.items[i];
		assert_int_equal(o->start_utc_s, local_time_to_seconds(o->start) - o->offset_s);
		texts[i] = str_format(&arena, "%02d-%02dT%02d:%02d+%d%s%s", o->start.date.month,
			o->start.date.day, o->start.hour, o->start.minute, o->offset_s / 3600,
			o->cancelled ? "-" : "", o->moved ? ">" : "");
	}
	return str_join(&arena, texts, list.count, STR(" "));
}

static void expect(struct str got, const char *wanted)
{
	if (!str_equal_z(got, wanted))
		fail_msg("got '%.*s', wanted '%s'", STR_ARG(got), wanted);
}

static void keeps_wall_time_over_summer_time(void **state)
{
	(void)state;
	struct schedule s = weekly("2026-10-20T09:30:00", "FREQ=WEEKLY;BYDAY=TU");
	expect(told(&s, "2026-10-20", "2026-11-03"), "10-20T09:30+2 10-27T09:30+1 11-03T09:30+1");
	expect(told(&s, "2027-03-23", "2027-03-30"), "03-23T09:30+1 03-30T09:30+2");
	/* A skipped hour is kept as the hour after; a doubled one is the first. */
	struct schedule night = weekly("2027-03-21T02:30:00", "FREQ=WEEKLY");
	expect(told(&night, "2027-03-21", "2027-04-04"),
		"03-21T02:30+1 03-28T03:30+2 04-04T02:30+2");
	expect(told(&night, "2027-10-31", "2027-10-31"), "10-31T02:30+2");
}

static void compares_until_as_local_time(void **state)
{
	(void)state;
	/* 22:00Z on 9 July is midnight of the 10th: a Saturday meeting at 00:00 still counts, one
	 * at 00:30 does not. */
	struct schedule s = weekly("2027-07-03T00:00:00", "FREQ=WEEKLY;UNTIL=20270709T220000Z");
	expect(told(&s, "2027-07-01", "2027-08-01"), "07-03T00:00+2 07-10T00:00+2");
	s.dtstart = at("2027-07-03T00:30:00");
	expect(told(&s, "2027-07-01", "2027-08-01"), "07-03T00:30+2");
	s = weekly("2027-07-03T23:30:00", "FREQ=WEEKLY;UNTIL=20270710");
	expect(told(&s, "2027-07-01", "2027-08-01"), "07-03T23:30+2 07-10T23:30+2");
	s = weekly("2027-07-03T23:30:00", "FREQ=WEEKLY;UNTIL=20270710T232959");
	expect(told(&s, "2027-07-01", "2027-08-01"), "07-03T23:30+2");
}

static void counts_from_the_start(void **state)
{
	(void)state;
	struct schedule s = weekly("2026-09-01T09:30:00", "FREQ=WEEKLY;COUNT=5");
	expect(told(&s, "2026-09-20", "2027-12-31"), "09-22T09:30+2 09-29T09:30+2");
	/* EXDATE takes out of the five, it does not add a sixth. */
	struct local_time exdate[] = {at("2026-09-29T09:30:00"), at("2026-09-22T09:00:00")};
	s.exdate = exdate;
	s.exdate_count = 2;
	expect(told(&s, "2026-09-20", "2027-12-31"), "09-22T09:30+2");
}

static void adds_rdates(void **state)
{
	(void)state;
	struct local_time rdate[] = {
		at("2026-09-05T14:00:00"), at("2026-09-08T09:30:00"), at("2030-01-01T10:00:00")};
	struct local_time exdate[] = {at("2026-09-15T09:30:00")};
	struct schedule s = weekly("2026-09-01T09:30:00", "FREQ=WEEKLY;COUNT=3");
	s.rdate = rdate;
	s.rdate_count = 3;
	s.exdate = exdate;
	s.exdate_count = 1;
	expect(told(&s, "2026-09-01", "2026-12-31"), "09-01T09:30+2 09-05T14:00+2 09-08T09:30+2");
	s.rrule = STR("");
	expect(told(&s, "2026-09-01", "2026-12-31"), "09-01T09:30+2 09-05T14:00+2 09-08T09:30+2");
}

static void follows_exceptions(void **state)
{
	(void)state;
	struct exception exceptions[] = {
		{.date = at("2026-12-01T09:30:00"),
			.moved = true,
			.moved_to = at("2026-12-03T14:00:00"),
			.reason = STR("feest"),
			.room = STR("Zaal 2")},
		{.date = at("2026-12-08T09:30:00"), .cancelled = true, .reason = STR("vakantie")},
		{.date = at("2026-12-15T09:30:00"), .room = STR("Keuken")},
		/* After the end of the rule; and one that the rule never gave. */
		{.date = at("2026-12-22T09:30:00"),
			.moved = true,
			.moved_to = at("2027-02-02T09:30:00")},
		{.date = at("2026-12-23T09:30:00"),
			.moved = true,
			.moved_to = at("2027-02-03T09:30:00")},
		/* Said before it was said to be off. */
		{.date = at("2026-12-29T09:30:00"),
			.moved = true,
			.moved_to = at("2027-02-04T09:30:00")},
		{.date = at("2026-12-29T09:30:00"), .cancelled = true},
	};
	struct schedule s =
		weekly("2026-11-24T09:30:00", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T220000Z");
	s.exceptions = exceptions;
	s.exception_count = 7;
	expect(told(&s, "2026-11-24", "2026-12-31"),
		"11-24T09:30+1 12-03T14:00+1> 12-08T09:30+1- 12-15T09:30+1 12-29T09:30+1-");
	expect(told(&s, "2026-12-01", "2026-12-02"), "");
	expect(told(&s, "2026-12-03", "2026-12-03"), "12-03T14:00+1>");
	expect(told(&s, "2027-01-01", "2027-12-31"), "02-02T09:30+1>");

	struct occurrence_list list;
	assert_true(schedule_occurrences(
		&arena, &s, day("2026-12-03"), day("2026-12-15"), &list, NULL));
	assert_int_equal(list.count, 3);
	assert_int_equal(
		local_time_compare(list.items[0].rule_start, at("2026-12-01T09:30:00")), 0);
	assert_true(str_equal_z(list.items[0].room, "Zaal 2"));
	assert_true(str_equal_z(list.items[0].reason, "feest"));
	assert_true(str_equal_z(list.items[1].reason, "vakantie"));
	assert_true(str_equal_z(list.items[2].room, "Keuken"));
}

static void refuses_whole_schedules(void **state)
{
	(void)state;
	struct schedule s = weekly("2026-09-01T09:30:00", "FREQ=HOURLY");
	assert_true(str_starts_with(told(&s, "2026-09-01", "2026-09-02"), STR("unsupported: ")));
	s = weekly("2026-09-01T09:30:00", "FREQ=WEEKLY");
	s.timezone = STR("Europe/Buurtbord");
	expect(told(&s, "2026-09-01", "2026-09-02"),
		"unsupported: timezone 'Europe/Buurtbord' is not known");
	s = weekly("2026-09-01T09:30:00", "FREQ=WEEKLY");
	s.dtstart = (struct local_time){0};
	expect(told(&s, "2026-09-01", "2026-09-02"), "parse: dtstart is missing");
	s = weekly("0001-01-01T09:30:00", "FREQ=DAILY;COUNT=2147483647");
	expect(told(&s, "9998-01-01", "9999-12-31"), "limit: RRULE: takes more than 1000000 steps");
	s = weekly("2026-09-01T00:00:00", "FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8,9,10;"
					  "BYMINUTE=1,2,3,4,5,6,7,8,9,10,11,12;"
					  "BYSECOND=1,2,3,4,5,6,7,8,9,10,11,12");
	expect(told(&s, "2026-09-01", "2026-12-31"), "limit: RRULE: more than 20000 occurrences");
	/* An old rule without COUNT costs nothing. */
	s = weekly("0001-01-01T09:30:00", "FREQ=DAILY");
	expect(told(&s, "9999-12-31", "9999-12-31"), "12-31T09:30+1");
}

static void finds_the_next(void **state)
{
	(void)state;
	struct exception off = {.date = at("2026-12-08T09:30:00"), .cancelled = true};
	struct schedule schedules[] = {
		weekly("2026-12-01T09:30:00", "FREQ=WEEKLY"),
		weekly("2026-12-02T23:00:00", ""), /* until one at night */
		weekly("2026-12-01T09:30:00", "FREQ=HOURLY"),
	};
	schedules[0].exceptions = &off;
	schedules[0].exception_count = 1;
	struct initiative initiative = {
		.name = STR("Groep"), .schedules = schedules, .schedule_count = 3};
	static const struct {
		const char *now;
		int days;
		const char *next;
	} rows[] = {
		{"2026-12-01T09:00:00", 14, "2026-12-01T09:30:00"},
		{"2026-12-01T11:29:59", 14, "2026-12-01T09:30:00"}, /* still going on */
		{"2026-12-01T11:30:00", 14, "2026-12-02T23:00:00"},
		{"2026-12-03T00:59:00", 14, "2026-12-02T23:00:00"}, /* since yesterday */
		{"2026-12-03T01:00:00", 14, "2026-12-15T09:30:00"}, /* the 8th is off */
		{"2026-12-03T01:00:00", 5, NULL},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct occurrence next;
		bool found =
			initiative_next(&arena, &initiative, at(rows[i].now), rows[i].days, &next);
		if (found != (rows[i].next != NULL) ||
			(found && local_time_compare(next.start, at(rows[i].next)) != 0))
			fail_msg("at %s", rows[i].now);
	}
}

static void count_complaint(void *context, const char *message)
{
	assert_non_null(strstr(message, "initiative 'Groep', schedule 2"));
	(*(int *)context)++;
}

/* The eleven series of the sample catalogue. */
static void expands_the_sample(void **state)
{
	(void)state;
	static const struct {
		const char *dtstart, *rrule, *exdate[4];
		size_t count;
	} rows[] = {
		{"2026-09-04T10:00:00", "FREQ=WEEKLY;BYDAY=FR;UNTIL=20270709T220000Z",
			{"2026-12-25T10:00:00", "2027-01-01T10:00:00"}, 43},
		{"2026-09-02T19:30:00", "FREQ=MONTHLY;BYDAY=1WE;UNTIL=20270630T220000Z", {0}, 10},
		{"2026-09-01T09:30:00", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270706T220000Z",
			{"2026-12-22T09:30:00", "2026-12-29T09:30:00", "2027-04-27T09:30:00"}, 42},
		{"2026-09-09T19:30:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;UNTIL=20270630T220000Z",
			{"2026-12-30T19:30:00", "2027-05-05T19:30:00"}, 20},
		{"2026-09-07T13:30:00", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270705T220000Z",
			{"2026-12-21T13:30:00", "2026-12-28T13:30:00", "2027-03-29T13:30:00",
				"2027-05-17T13:30:00"},
			40},
		{"2026-09-03T16:00:00", "FREQ=WEEKLY;BYDAY=TH;UNTIL=20270708T220000Z",
			{"2026-12-24T16:00:00", "2026-12-31T16:00:00", "2027-05-06T16:00:00"}, 42},
		{"2026-09-02T10:00:00", "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270707T220000Z",
			{"2026-12-23T10:00:00", "2026-12-30T10:00:00", "2027-05-05T10:00:00"}, 42},
		{"2026-09-03T10:30:00", "FREQ=WEEKLY;BYDAY=TH;UNTIL=20270826T220000Z",
			{"2026-12-24T10:30:00", "2026-12-31T10:30:00", "2027-05-06T10:30:00"}, 49},
		{"2027-03-06T10:00:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA;UNTIL=20271030T220000Z",
			{0}, 18},
		{"2027-04-24T12:30:00", "FREQ=MONTHLY;BYDAY=-1SA;UNTIL=20270930T220000Z", {0}, 6},
		{"2027-01-16T14:00:00", "", {0}, 1},
	};
	enum { SERIES = sizeof(rows) / sizeof(rows[0]) };
	struct schedule schedules[SERIES];
	struct local_time exdates[SERIES][4];
	for (size_t i = 0; i < SERIES; i++) {
		schedules[i] = weekly(rows[i].dtstart, rows[i].rrule);
		schedules[i].exdate = exdates[i];
		while (schedules[i].exdate_count < 4 && rows[i].exdate[schedules[i].exdate_count]) {
			size_t j = schedules[i].exdate_count++;
			exdates[i][j] = at(rows[i].exdate[j]);
		}
		struct occurrence_list list;
		assert_true(schedule_occurrences(
			&arena, &schedules[i], day("2026-09-01"), day("2027-12-31"), &list, NULL));
		if (list.count != rows[i].count)
			fail_msg("series %zu has %zu", i, list.count);
	}
	struct initiative initiatives[] = {
		{.name = STR("Groep"),
			.status = STATUS_ACTIVE,
			.schedules = schedules,
			.schedule_count = SERIES},
		{.name = STR("Rust"),
			.status = STATUS_PAUSED,
			.schedules = schedules,
			.schedule_count = SERIES},
	};
	struct catalogue c = {.initiatives = initiatives, .initiative_count = 2};
	struct occurrence_list all =
		catalogue_occurrences(&arena, &c, day("2026-09-01"), day("2027-12-31"), NULL, NULL);
	assert_int_equal(all.count, 313);
	for (size_t i = 1; i < all.count; i++)
		assert_true(local_time_compare(all.items[i - 1].start, all.items[i].start) <= 0);

	int complaints = 0;
	schedules[1].rrule = STR("FREQ=HOURLY");
	all = catalogue_occurrences(
		&arena, &c, day("2026-09-01"), day("2027-12-31"), count_complaint, &complaints);
	assert_int_equal(all.count, 303);
	assert_int_equal(complaints, 1);
}

static void hears_the_rhythm(void **state)
{
	(void)state;
	static const struct {
		const char *rrule;
		struct rhythm rhythm; /* from Tuesday 2026-12-01 */
	} rows[] = {
		{"", {RHYTHM_ONCE, 1, 0, 0, 0}},
		{"FREQ=WEEKLY", {RHYTHM_WEEKLY, 1, 1 << TUESDAY, 0, 0}},
		{"FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270709T220000Z",
			{RHYTHM_WEEKLY, 1, 1 << TUESDAY | 1 << THURSDAY, 0, 0}},
		{"FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", {RHYTHM_WEEKLY, 2, 1 << WEDNESDAY, 0, 0}},
		{"FREQ=DAILY", {RHYTHM_DAILY, 1, 0, 0, 0}},
		{"FREQ=DAILY;INTERVAL=3", {RHYTHM_DAILY, 3, 0, 0, 0}},
		{"FREQ=DAILY;BYDAY=SA,SU", {RHYTHM_WEEKLY, 1, 1 << SATURDAY | 1 << SUNDAY, 0, 0}},
		{"FREQ=MONTHLY;BYDAY=1WE", {RHYTHM_MONTHLY_WEEKDAY, 1, 1 << WEDNESDAY, 1, 0}},
		{"FREQ=MONTHLY;BYDAY=-1SA", {RHYTHM_MONTHLY_WEEKDAY, 1, 1 << SATURDAY, -1, 0}},
		{"FREQ=MONTHLY;BYDAY=SA;BYSETPOS=-1",
			{RHYTHM_MONTHLY_WEEKDAY, 1, 1 << SATURDAY, -1, 0}},
		{"FREQ=MONTHLY;BYMONTHDAY=15", {RHYTHM_MONTHLY_DAY, 1, 0, 0, 15}},
		{"FREQ=MONTHLY;INTERVAL=2", {RHYTHM_MONTHLY_DAY, 2, 0, 0, 1}},
		{"FREQ=YEARLY", {RHYTHM_YEARLY, 1, 0, 0, 0}},
		{"FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1", {RHYTHM_YEARLY, 1, 0, 0, 0}},
		/* Shown by their dates. */
		{"FREQ=MONTHLY;BYDAY=1WE,3WE", {RHYTHM_OTHER, 1, 0, 0, 0}},
		{"FREQ=MONTHLY;BYDAY=1WE,1TH", {RHYTHM_OTHER, 1, 0, 0, 0}},
		{"FREQ=MONTHLY;BYDAY=-2WE", {RHYTHM_OTHER, 1, 0, 0, 0}},
		{"FREQ=MONTHLY;BYMONTHDAY=-1", {RHYTHM_OTHER, 1, 0, 0, 0}},
		{"FREQ=MONTHLY;BYMONTHDAY=1,15", {RHYTHM_OTHER, 1, 0, 0, 0}},
		{"FREQ=WEEKLY;BYMONTH=6", {RHYTHM_OTHER, 1, 0, 0, 0}},
		{"FREQ=DAILY;BYHOUR=9,14", {RHYTHM_OTHER, 1, 0, 0, 0}},
		{"FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1", {RHYTHM_OTHER, 1, 0, 0, 0}},
		{"FREQ=HOURLY", {RHYTHM_OTHER, 1, 0, 0, 0}},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct schedule s = weekly("2026-12-01T09:30:00", rows[i].rrule);
		struct rhythm r = schedule_rhythm(&s);
		if (r.kind != rows[i].rhythm.kind || r.interval != rows[i].rhythm.interval ||
			r.weekdays != rows[i].rhythm.weekdays || r.nth != rows[i].rhythm.nth ||
			r.month_day != rows[i].rhythm.month_day)
			fail_msg("%s", rows[i].rrule);
	}
	struct local_time rdate = at("2026-12-05T09:30:00");
	struct schedule s = weekly("2026-12-01T09:30:00", "FREQ=WEEKLY");
	s.rdate = &rdate;
	s.rdate_count = 1;
	assert_int_equal(schedule_rhythm(&s).kind, RHYTHM_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_oracles_instances),
		cmocka_unit_test(refuses_by_name),
		cmocka_unit_test(ends_hostile_rules),
		cmocka_unit_test(keeps_wall_time_over_summer_time),
		cmocka_unit_test(compares_until_as_local_time),
		cmocka_unit_test(counts_from_the_start),
		cmocka_unit_test(adds_rdates),
		cmocka_unit_test(follows_exceptions),
		cmocka_unit_test(refuses_whole_schedules),
		cmocka_unit_test(finds_the_next),
		cmocka_unit_test(expands_the_sample),
		cmocka_unit_test(hears_the_rhythm),
	};
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
