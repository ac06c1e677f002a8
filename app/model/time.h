/* Local wall time, which is the truth for meetings. Conversion to UTC goes through a zone. */
#pragma once
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct date {
	int year, month, day; /* month and day from 1; all 0: no date */
};

struct local_time {
	struct date date;
	int hour, minute, second;
};

enum weekday { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

bool date_parse(struct str text, struct date *date); /* 2026-12-01 */
bool local_time_parse(struct str text, struct local_time *at); /* 2026-12-01T09:30:00 */
bool date_is_none(struct date date);
int date_compare(struct date a, struct date b);
int local_time_compare(struct local_time a, struct local_time b);
/* Days since 1970-01-01 in the proleptic Gregorian calendar, and back. */
int64_t date_to_days(struct date date);
struct date date_from_days(int64_t days);
struct date date_add_days(struct date date, int days);
int date_days_between(struct date from, struct date to);
enum weekday date_weekday(struct date date);
/* Seconds since 1970-01-01T00:00:00 on the wall, and back: no zone involved. */
int64_t local_time_to_seconds(struct local_time at);
struct local_time local_time_from_seconds(int64_t seconds);
struct local_time local_time_add_minutes(struct local_time at, int minutes);

/* The zone is an IANA name ("Europe/Amsterdam"), read from the system's tz database. A wall time
 * that a summer-time jump skips means the moment after the jump as counted before it, and one that
 * happens twice means the first (RFC 5545 3.3.5). False when the zone is unknown. */
bool zone_to_utc(struct str zone, struct local_time local, int64_t *utc_s);
bool zone_from_utc(struct str zone, int64_t utc_s, struct local_time *local, int *offset_s);
