/* One recurrence rule: reading it and walking its instances (RFC 5545 3.3.10), DAILY to YEARLY.
 * Works on wall times; zones, RDATE, EXDATE and exceptions are recurrence.c's. */
#pragma once
#include "base/error.h"
#include "model/time.h"

#include <stdbool.h>
#include <stdint.h>

enum rrule_frequency { RRULE_DAILY, RRULE_WEEKLY, RRULE_MONTHLY, RRULE_YEARLY };

enum rrule_part { /* bits: which BY parts the rule has */
	RRULE_BYMONTH = 1 << 0,
	RRULE_BYWEEKNO = 1 << 1,
	RRULE_BYYEARDAY = 1 << 2,
	RRULE_BYMONTHDAY = 1 << 3,
	RRULE_BYDAY = 1 << 4,
	RRULE_BYHOUR = 1 << 5,
	RRULE_BYMINUTE = 1 << 6,
	RRULE_BYSECOND = 1 << 7,
	RRULE_BYSETPOS = 1 << 8,
};

enum { RRULE_LARGEST_NUMBER = 366 };

/* A list of numbers as a set: doubles vanish and order does not matter. [n] from the start (0 is a
 * number for hours, minutes and seconds), from_end[n] for -n. */
struct rrule_set {
	bool has[RRULE_LARGEST_NUMBER + 1], from_end[RRULE_LARGEST_NUMBER + 1];
};

struct rrule {
	enum rrule_frequency frequency;
	int64_t interval, count; /* count 0: no limit */
	bool has_until, until_is_utc, until_is_date;
	struct local_time until; /* of a date: its last second */
	enum weekday week_start;
	unsigned parts;
	struct rrule_set month, week, year_day, month_day, hour, minute, second, position;
	unsigned weekdays; /* bits 1 << enum weekday: BYDAY without a number */
	struct rrule_set nth_weekday[SUNDAY + 1]; /* BYDAY with one: 2TU, -1SA */
};

/* ERROR_UNSUPPORTED for what the whitelist does not hold, ERROR_PARSE for what is wrong; the
 * message names the part. */
bool rrule_parse(struct str text, struct rrule *rule, struct error *err);

/* Walks the instances in order, from the first that is not before `from`. Every day looked at and
 * every instance passed costs a step; when they are used up the walk ends with out_of_steps. */
struct rrule_walk {
	struct rrule rule; /* with the parts that DTSTART implies */
	struct local_time dtstart, from, until;
	int64_t period, last_day, steps_left, seen;
	bool out_of_steps;
	int64_t days[RRULE_LARGEST_NUMBER + 7];
	size_t day_count;
	int hours[24], minutes[60], seconds[60];
	int hour_count, minute_count, second_count;
	int64_t picks[2 * RRULE_LARGEST_NUMBER]; /* of BYSETPOS */
	int64_t at, total;
};

/* until and rule->until are both kept, as wall times. */
void rrule_walk_start(struct rrule_walk *walk, const struct rrule *rule, struct local_time dtstart,
	struct local_time from, struct local_time until, int64_t steps);
bool rrule_walk_next(struct rrule_walk *walk, struct local_time *instance);
