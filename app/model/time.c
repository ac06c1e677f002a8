/* The calendar is plain arithmetic: a date is a number of days, a wall time a number of seconds,
 * and everything else is adding to that number. The day count uses years that begin in March, so
 * that the leap day is the last day of a year and months follow one formula.
 *
 * A zone answers one question, its offset at a UTC moment (zone_file.c); wall times are found by
 * trying offsets, so that skipped and doubled hours are decided here. Zones that were read are
 * kept, for ever: there are only so many names. */
#include "model/time.h"

#include "base/env.h"
#include "model/zone_file.h"

#include <pthread.h>
#include <string.h>

#define ZONE_FOLDER "/usr/share/zoneinfo"

enum {
	SECONDS_PER_DAY = 86400,
	MARCH_YEAR_DAYS = 365,
	DAYS_PER_ERA = 146097, /* 400 years */
	DAYS_BEFORE_1970 = 719468, /* from 0000-03-01 */
	LONGEST_ZONE_NAME = 63,
	LARGEST_ZONE_BYTES = 64 * 1024,
};

static int days_in_month(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return days[month - 1] + (month == 2 && leap);
}

/* A run of exactly `count` digits at *at, which moves past it. */
static bool read_digits(struct str text, size_t *at, size_t count, int *value)
{
	if (text.len - *at < count)
		return false;
	int sum = 0;
	for (size_t i = 0; i < count; i++) {
		char c = text.ptr[*at + i];
		if (c < '0' || c > '9')
			return false;
		sum = sum * 10 + (c - '0');
	}
	*at += count;
	*value = sum;
	return true;
}

static bool read_char(struct str text, size_t *at, char c)
{
	if (*at >= text.len || text.ptr[*at] != c)
		return false;
	(*at)++;
	return true;
}

static bool read_date(struct str text, size_t *at, struct date *date)
{
	struct date d = {0};
	if (!read_digits(text, at, 4, &d.year) || !read_char(text, at, '-') ||
		!read_digits(text, at, 2, &d.month) || !read_char(text, at, '-') ||
		!read_digits(text, at, 2, &d.day))
		return false;
	if (d.year < 1 || d.month < 1 || d.month > 12 || d.day < 1 ||
		d.day > days_in_month(d.year, d.month))
		return false;
	*date = d;
	return true;
}

bool date_parse(struct str text, struct date *date)
{
	size_t at = 0;
	struct date d;
	if (!read_date(text, &at, &d) || at != text.len)
		return false;
	*date = d;
	return true;
}

bool local_time_parse(struct str text, struct local_time *at)
{
	size_t i = 0;
	struct local_time t = {0};
	if (!read_date(text, &i, &t.date) || !read_char(text, &i, 'T') ||
		!read_digits(text, &i, 2, &t.hour) || !read_char(text, &i, ':') ||
		!read_digits(text, &i, 2, &t.minute) || !read_char(text, &i, ':') ||
		!read_digits(text, &i, 2, &t.second) || i != text.len)
		return false;
	if (t.hour > 23 || t.minute > 59 || t.second > 59)
		return false;
	*at = t;
	return true;
}

bool date_is_none(struct date date)
{
	return date.year == 0 && date.month == 0 && date.day == 0;
}

static int compare_ints(int a, int b)
{
	return a < b ? -1 : a > b;
}

int date_compare(struct date a, struct date b)
{
	if (a.year != b.year)
		return compare_ints(a.year, b.year);
	if (a.month != b.month)
		return compare_ints(a.month, b.month);
	return compare_ints(a.day, b.day);
}

int local_time_compare(struct local_time a, struct local_time b)
{
	int order = date_compare(a.date, b.date);
	if (order != 0)
		return order;
	return compare_ints(
		a.hour * 3600 + a.minute * 60 + a.second, b.hour * 3600 + b.minute * 60 + b.second);
}

static int64_t floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t date_to_days(struct date date)
{
	int64_t year = (int64_t)date.year - (date.month <= 2);
	int64_t era = floor_divide(year, 400);
	int64_t year_of_era = year - era * 400;
	int64_t day_of_year = (153 * (int64_t)((date.month + 9) % 12) + 2) / 5 + date.day - 1;
	int64_t day_of_era =
		year_of_era * MARCH_YEAR_DAYS + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return era * DAYS_PER_ERA + day_of_era - DAYS_BEFORE_1970;
}

struct date date_from_days(int64_t days)
{
	int64_t shifted = days + DAYS_BEFORE_1970;
	int64_t era = floor_divide(shifted, DAYS_PER_ERA);
	int64_t day_of_era = shifted - era * DAYS_PER_ERA;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) /
		MARCH_YEAR_DAYS;
	int64_t day_of_year =
		day_of_era - (year_of_era * MARCH_YEAR_DAYS + year_of_era / 4 - year_of_era / 100);
	int64_t march_month = (5 * day_of_year + 2) / 153;
	int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
	return (struct date){
		.year = (int)(year_of_era + era * 400 + (month <= 2)),
		.month = (int)month,
		.day = (int)(day_of_year - (153 * march_month + 2) / 5 + 1),
	};
}

struct date date_add_days(struct date date, int days)
{
	return date_from_days(date_to_days(date) + days);
}

int date_days_between(struct date from, struct date to)
{
	return (int)(date_to_days(to) - date_to_days(from));
}

enum weekday date_weekday(struct date date)
{
	int64_t since_monday = date_to_days(date) + 3; /* 1970-01-01 was a Thursday */
	return (enum weekday)(since_monday - floor_divide(since_monday, 7) * 7 + 1);
}

int64_t local_time_to_seconds(struct local_time at)
{
	return date_to_days(at.date) * SECONDS_PER_DAY + at.hour * 3600 + at.minute * 60 +
	       at.second;
}

struct local_time local_time_from_seconds(int64_t seconds)
{
	int64_t days = floor_divide(seconds, SECONDS_PER_DAY);
	int rest = (int)(seconds - days * SECONDS_PER_DAY);
	return (struct local_time){
		.date = date_from_days(days),
		.hour = rest / 3600,
		.minute = rest / 60 % 60,
		.second = rest % 60,
	};
}

struct local_time local_time_add_minutes(struct local_time at, int minutes)
{
	return local_time_from_seconds(local_time_to_seconds(at) + (int64_t)minutes * 60);
}

/* A zone name becomes part of a file name. Without dots there is no way out of the folder. */
static bool zone_name_is_safe(struct str zone)
{
	if (zone.len == 0 || zone.len > LONGEST_ZONE_NAME || zone.ptr[0] == '/' ||
		zone.ptr[zone.len - 1] == '/' || str_find(zone, STR("//")) >= 0)
		return false;
	for (size_t i = 0; i < zone.len; i++) {
		char c = zone.ptr[i];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		if (!letter && !(c >= '0' && c <= '9') && !strchr("/_-+", c))
			return false;
	}
	return true;
}

struct known_zone {
	char name[LONGEST_ZONE_NAME + 1];
	struct zone_file file;
	struct arena arena; /* that holds all of it */
	struct known_zone *next;
};

/* Each zone lives in an arena of its own, so that a file that turns out wrong leaves nothing. */
static struct known_zone *load_zone(struct str zone)
{
	struct arena scratch = {0}, own = {.block_bytes = 4096};
	struct str bytes = {0};
	struct known_zone *known = arena_new(&own, struct known_zone);
	memcpy(known->name, zone.ptr, zone.len);
	const char *path =
		str_z(&scratch, str_format(&scratch, ZONE_FOLDER "/%.*s", STR_ARG(zone)));
	bool found = env_read_file(env_os(), &scratch, path, LARGEST_ZONE_BYTES, &bytes, NULL) &&
		     zone_file_parse(&own, bytes, &known->file, NULL);
	arena_finish(&scratch);
	if (!found) {
		arena_finish(&own);
		return NULL;
	}
	known->arena = own;
	return known;
}

/* Threads share what was read; it does not change afterwards. The tz database is part of the
 * machine and the same for all envs, so it is read past them. */
static const struct zone_file *zone_find(struct str zone)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static struct known_zone *first;
	if (!zone_name_is_safe(zone))
		return NULL;
	pthread_mutex_lock(&lock);
	struct known_zone *known = first;
	while (known && !str_equal_z(zone, known->name))
		known = known->next;
	if (!known) {
		known = load_zone(zone);
		if (known) {
			known->next = first;
			first = known;
		}
	}
	pthread_mutex_unlock(&lock);
	return known ? &known->file : NULL;
}

bool zone_to_utc(struct str zone, struct local_time local, int64_t *utc_s)
{
	const struct zone_file *z = zone_find(zone);
	if (!z)
		return false;
	/* No zone jumps twice within two days, so the offsets a day before and a day after are
	 * all that can be in force. The earlier of two fits is the first of a doubled hour; when
	 * none fits the hour was skipped, and counts as it would have before the jump. */
	int64_t wall_s = local_time_to_seconds(local);
	int before = zone_file_offset(z, wall_s - SECONDS_PER_DAY);
	int after = zone_file_offset(z, wall_s + SECONDS_PER_DAY);
	bool only_after_fits = zone_file_offset(z, wall_s - before) != before &&
			       zone_file_offset(z, wall_s - after) == after;
	*utc_s = wall_s - (only_after_fits ? after : before);
	return true;
}

bool zone_from_utc(struct str zone, int64_t utc_s, struct local_time *local, int *offset_s)
{
	const struct zone_file *z = zone_find(zone);
	if (!z)
		return false;
	int offset = zone_file_offset(z, utc_s);
	*local = local_time_from_seconds(utc_s + offset);
	if (offset_s)
		*offset_s = offset;
	return true;
}
