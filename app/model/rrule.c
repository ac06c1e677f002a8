/* A rule says which days of a period (day, week, month, year) count, and at which times. So we look
 * at each day of the period and ask every BY part; the instances are those days times those times.
 * BYSETPOS picks from them by number, without making the list.
 *
 * libical 3.0.16 was to do this. It gets 30 of the 146 rules of its own later test file silently
 * wrong (BYSETPOS, BYWEEKNO, BYMONTHDAY=-1 with DAILY, doubled BYDAY) and never returns from some.
 * Looking at every day is slower than jumping to the next one and has no special cases to forget;
 * a week of a weekly rule is seven looks. */
#include "model/rrule.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_RULE = 2000 };

struct number_part {
	const char *name;
	enum rrule_part part;
	int min, max;
	bool from_end;
	size_t offset; /* of its set in struct rrule */
};

static const struct number_part number_parts[] = {
	{"BYMONTH", RRULE_BYMONTH, 1, 12, false, offsetof(struct rrule, month)},
	{"BYWEEKNO", RRULE_BYWEEKNO, 1, 53, true, offsetof(struct rrule, week)},
	{"BYYEARDAY", RRULE_BYYEARDAY, 1, 366, true, offsetof(struct rrule, year_day)},
	{"BYMONTHDAY", RRULE_BYMONTHDAY, 1, 31, true, offsetof(struct rrule, month_day)},
	{"BYHOUR", RRULE_BYHOUR, 0, 23, false, offsetof(struct rrule, hour)},
	{"BYMINUTE", RRULE_BYMINUTE, 0, 59, false, offsetof(struct rrule, minute)},
	{"BYSECOND", RRULE_BYSECOND, 0, 59, false, offsetof(struct rrule, second)},
	{"BYSETPOS", RRULE_BYSETPOS, 1, 366, true, offsetof(struct rrule, position)},
};

static bool bad_value(struct error *err, const char *name, struct str value)
{
	return error_set(err, ERROR_PARSE, "RRULE: %s=%.*s is wrong", name,
		(int)(value.len < 40 ? value.len : 40), value.ptr);
}

/* "5", "+5" or "-5"; the sign only where from_end allows it. */
static bool read_number(struct str text, int min, int max, bool from_end, int *value)
{
	bool negative = str_starts_with(text, STR("-"));
	bool is_signed = negative || str_starts_with(text, STR("+"));
	int64_t number;
	struct str digits = str_slice(text, is_signed, text.len);
	if ((is_signed && !from_end) || digits.len == 0 || digits.ptr[0] == '-' ||
		!str_to_int(digits, &number) || number < min || number > max)
		return false;
	*value = (int)(negative ? -number : number);
	return true;
}

static void set_add(struct rrule_set *set, int number)
{
	if (number < 0)
		set->from_end[-number] = true;
	else
		set->has[number] = true;
}

static bool parse_numbers(
	struct str value, const struct number_part *part, struct rrule *rule, struct error *err)
{
	struct rrule_set *set = (struct rrule_set *)((char *)rule + part->offset);
	struct str_pair next = {.tail = value, .found = true};
	while (next.found) {
		next = str_cut(next.tail, ',');
		int number;
		if (!read_number(next.head, part->min, part->max, part->from_end, &number))
			return bad_value(err, part->name, value);
		set_add(set, number);
	}
	rule->parts |= part->part;
	return true;
}

static bool read_weekday(struct str text, enum weekday *weekday)
{
	static const char names[] = "MOTUWETHFRSASU";
	for (int i = 0; i < 7; i++)
		if (str_equal(text, (struct str){names + 2 * i, 2})) {
			*weekday = (enum weekday)(i + 1);
			return true;
		}
	return false;
}

static bool parse_weekdays(struct str value, struct rrule *rule, struct error *err)
{
	struct str_pair next = {.tail = value, .found = true};
	while (next.found) {
		next = str_cut(next.tail, ',');
		struct str item = next.head;
		enum weekday weekday;
		int nth = 0;
		if (item.len < 2 ||
			!read_weekday(str_slice(item, item.len - 2, item.len), &weekday))
			return bad_value(err, "BYDAY", value);
		struct str number = str_slice(item, 0, item.len - 2);
		if (number.len > 0 && !read_number(number, 1, 53, true, &nth))
			return bad_value(err, "BYDAY", value);
		if (nth == 0)
			rule->weekdays |= 1U << weekday;
		else
			set_add(&rule->nth_weekday[weekday], nth);
	}
	rule->parts |= RRULE_BYDAY;
	return true;
}

/* 20270709, 20270709T220000 or 20270709T220000Z. */
static bool parse_until(struct str value, struct rrule *rule, struct error *err)
{
	rule->until_is_utc = str_ends_with(value, STR("Z"));
	struct str s = str_slice(value, 0, value.len - rule->until_is_utc);
	rule->until_is_date = s.len == 8 && !rule->until_is_utc;
	char text[] = "0000-00-00T23:59:59";
	bool right = rule->until_is_date || (s.len == 15 && s.ptr[8] == 'T');
	if (right) {
		memcpy(text, s.ptr, 4);
		memcpy(text + 5, s.ptr + 4, 2);
		memcpy(text + 8, s.ptr + 6, 2);
	}
	if (right && !rule->until_is_date) {
		memcpy(text + 11, s.ptr + 9, 2);
		memcpy(text + 14, s.ptr + 11, 2);
		memcpy(text + 17, s.ptr + 13, 2);
	}
	if (!right || !local_time_parse(str_from(text), &rule->until))
		return bad_value(err, "UNTIL", value);
	rule->has_until = true;
	return true;
}

static bool parse_frequency(struct str value, struct rrule *rule, struct error *err)
{
	static const char *const names[] = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
	static const char *const finer[] = {"SECONDLY", "MINUTELY", "HOURLY"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_equal_z(value, names[i])) {
			rule->frequency = (enum rrule_frequency)i;
			return true;
		}
	for (size_t i = 0; i < sizeof(finer) / sizeof(finer[0]); i++)
		if (str_equal_z(value, finer[i]))
			return error_set(err, ERROR_UNSUPPORTED,
				"RRULE: FREQ=%s is not supported: nothing happens more often than "
				"daily",
				finer[i]);
	return bad_value(err, "FREQ", value);
}

static bool parse_positive(struct str value, const char *name, int64_t *number, struct error *err)
{
	if (!str_to_int(value, number) || *number < 1 || *number > INT32_MAX)
		return bad_value(err, name, value);
	return true;
}

static bool parse_part(struct str name, struct str value, struct rrule *rule, struct error *err)
{
	for (size_t i = 0; i < sizeof(number_parts) / sizeof(number_parts[0]); i++)
		if (str_equal_z(name, number_parts[i].name))
			return parse_numbers(value, &number_parts[i], rule, err);
	if (str_equal_z(name, "FREQ"))
		return parse_frequency(value, rule, err);
	if (str_equal_z(name, "BYDAY"))
		return parse_weekdays(value, rule, err);
	if (str_equal_z(name, "UNTIL"))
		return parse_until(value, rule, err);
	if (str_equal_z(name, "INTERVAL"))
		return parse_positive(value, "INTERVAL", &rule->interval, err);
	if (str_equal_z(name, "COUNT"))
		return parse_positive(value, "COUNT", &rule->count, err);
	if (str_equal_z(name, "WKST"))
		return read_weekday(value, &rule->week_start) || bad_value(err, "WKST", value);
	return error_set(err, ERROR_UNSUPPORTED, "RRULE: the part %.*s is not supported",
		(int)(name.len < 40 ? name.len : 40), name.ptr);
}

static bool has_nth_weekday(const struct rrule *rule)
{
	static const struct rrule_set none;
	for (int weekday = MONDAY; weekday <= SUNDAY; weekday++)
		if (memcmp(&rule->nth_weekday[weekday], &none, sizeof(none)) != 0)
			return true;
	return false;
}

/* What RFC 5545 forbids, because it means nothing. */
static bool check_together(const struct rrule *rule, struct error *err)
{
	if (rule->count && rule->has_until)
		return error_set(err, ERROR_PARSE, "RRULE: COUNT and UNTIL do not go together");
	if ((rule->parts & RRULE_BYWEEKNO) && rule->frequency != RRULE_YEARLY)
		return error_set(err, ERROR_PARSE, "RRULE: BYWEEKNO goes with FREQ=YEARLY only");
	if ((rule->parts & RRULE_BYYEARDAY) && rule->frequency != RRULE_YEARLY)
		return error_set(err, ERROR_PARSE, "RRULE: BYYEARDAY goes with FREQ=YEARLY only");
	if ((rule->parts & RRULE_BYMONTHDAY) && rule->frequency == RRULE_WEEKLY)
		return error_set(
			err, ERROR_PARSE, "RRULE: BYMONTHDAY does not go with FREQ=WEEKLY");
	bool months_or_years = rule->frequency == RRULE_MONTHLY ||
			       (rule->frequency == RRULE_YEARLY && !(rule->parts & RRULE_BYWEEKNO));
	if (has_nth_weekday(rule) && !months_or_years)
		return error_set(
			err, ERROR_PARSE, "RRULE: a number in BYDAY needs a month or a year");
	return true;
}

bool rrule_parse(struct str text, struct rrule *rule, struct error *err)
{
	*rule = (struct rrule){.interval = 1, .week_start = MONDAY};
	if (text.len > LONGEST_RULE)
		return error_set(err, ERROR_LIMIT, "RRULE: longer than %d bytes", LONGEST_RULE);
	/* Names and values are case-insensitive (RFC 5545 2). */
	char upper[LONGEST_RULE];
	for (size_t i = 0; i < text.len; i++)
		upper[i] = (char)(text.ptr[i] >= 'a' && text.ptr[i] <= 'z' ? text.ptr[i] - 32
									   : text.ptr[i]);
	struct str seen[16];
	size_t seen_count = 0;
	bool has_frequency = false;
	struct str_pair next = {.tail = {upper, text.len}, .found = true};
	while (next.found) {
		next = str_cut(next.tail, ';');
		if (next.head.len == 0 && !next.found)
			break; /* some writers end with a semicolon */
		struct str_pair part = str_cut(next.head, '=');
		for (size_t i = 0; i < seen_count; i++)
			if (str_equal(seen[i], part.head))
				return error_set(err, ERROR_PARSE, "RRULE: %.*s stands twice",
					STR_ARG(part.head));
		if (!parse_part(part.head, part.tail, rule, err))
			return false;
		assert(seen_count < sizeof(seen) / sizeof(seen[0]));
		seen[seen_count++] = part.head;
		has_frequency = has_frequency || str_equal_z(part.head, "FREQ");
	}
	if (!has_frequency)
		return error_set(err, ERROR_PARSE, "RRULE: FREQ is missing");
	return check_together(rule, err);
}

/* The first day of the year's week 1: the first that has four days in the year. */
static int64_t week_year_start(int year, enum weekday week_start)
{
	struct date fourth = {year, 1, 4};
	return date_to_days(fourth) - (date_weekday(fourth) - week_start + 7) % 7;
}

static int week_year(struct date date, enum weekday week_start)
{
	int64_t days = date_to_days(date);
	if (days < week_year_start(date.year, week_start))
		return date.year - 1;
	return days < week_year_start(date.year + 1, week_start) ? date.year : date.year + 1;
}

/* Parts that the rule leaves to DTSTART (RFC 5545: "information ... extracted from DTSTART"). */
static void imply_parts(struct rrule *rule, struct local_time dtstart)
{
	const unsigned day_parts = RRULE_BYYEARDAY | RRULE_BYMONTHDAY | RRULE_BYDAY;
	const unsigned larger_parts =
		RRULE_BYMONTH | RRULE_BYWEEKNO | RRULE_BYYEARDAY | RRULE_BYDAY;
	bool by_week = rule->frequency == RRULE_WEEKLY || (rule->parts & RRULE_BYWEEKNO);
	if (rule->frequency != RRULE_DAILY && !(rule->parts & day_parts)) {
		if (by_week)
			rule->weekdays = 1U << date_weekday(dtstart.date);
		else
			set_add(&rule->month_day, dtstart.date.day);
		rule->parts |= by_week ? RRULE_BYDAY : RRULE_BYMONTHDAY;
	}
	/* The 29th of a year is of DTSTART's month, not of each. */
	if (rule->frequency == RRULE_YEARLY && !(rule->parts & larger_parts)) {
		set_add(&rule->month, dtstart.date.month);
		rule->parts |= RRULE_BYMONTH;
	}
	if (!(rule->parts & RRULE_BYHOUR))
		set_add(&rule->hour, dtstart.hour);
	if (!(rule->parts & RRULE_BYMINUTE))
		set_add(&rule->minute, dtstart.minute);
	if (!(rule->parts & RRULE_BYSECOND))
		set_add(&rule->second, dtstart.second);
}

static int set_list(const struct rrule_set *set, int limit, int *numbers)
{
	int count = 0;
	for (int i = 0; i < limit; i++)
		if (set->has[i])
			numbers[count++] = i;
	return count;
}

static int64_t floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Days from the start of DTSTART's period on; the periods of months and years count those. */
static int64_t base_of(const struct rrule_walk *walk)
{
	struct date d = walk->dtstart.date;
	switch (walk->rule.frequency) {
	case RRULE_DAILY:
		return date_to_days(d);
	case RRULE_WEEKLY:
		return date_to_days(d) - (date_weekday(d) - walk->rule.week_start + 7) % 7;
	case RRULE_MONTHLY:
		return (int64_t)d.year * 12 + d.month - 1;
	case RRULE_YEARLY:
		break;
	}
	if (!(walk->rule.parts & RRULE_BYWEEKNO))
		return d.year;
	/* The week year of the first day that the rule's weekdays name. */
	while (walk->rule.weekdays && !(walk->rule.weekdays & 1U << date_weekday(d)))
		d = date_add_days(d, 1);
	return week_year(d, walk->rule.week_start);
}

/* The period that `from` falls in, or one before it. With COUNT every instance has to be seen. */
static int64_t first_period(const struct rrule_walk *walk)
{
	if (walk->rule.count)
		return 0;
	struct date from = walk->from.date;
	int64_t ahead = 0;
	switch (walk->rule.frequency) {
	case RRULE_DAILY:
		ahead = date_to_days(from) - base_of(walk);
		break;
	case RRULE_WEEKLY:
		ahead = floor_divide(date_to_days(from) - base_of(walk), 7);
		break;
	case RRULE_MONTHLY:
		ahead = (int64_t)from.year * 12 + from.month - 1 - base_of(walk);
		break;
	case RRULE_YEARLY:
		ahead = from.year - 1 - base_of(walk); /* a week year may begin in December */
		break;
	}
	return ahead > 0 ? ahead / walk->rule.interval : 0;
}

void rrule_walk_start(struct rrule_walk *walk, const struct rrule *rule, struct local_time dtstart,
	struct local_time from, struct local_time until, int64_t steps)
{
	*walk = (struct rrule_walk){.rule = *rule,
		.dtstart = dtstart,
		.from = from,
		.until = until,
		.steps_left = steps};
	if (rule->has_until && local_time_compare(rule->until, until) < 0)
		walk->until = rule->until;
	imply_parts(&walk->rule, dtstart);
	walk->hour_count = set_list(&walk->rule.hour, 24, walk->hours);
	walk->minute_count = set_list(&walk->rule.minute, 60, walk->minutes);
	walk->second_count = set_list(&walk->rule.second, 60, walk->seconds);
	walk->last_day = date_to_days(walk->until.date);
	walk->period = first_period(walk);
}

/* The days of the walk's period; false when it begins after the last day. */
static bool period_days(const struct rrule_walk *walk, int64_t *first, int *count)
{
	const struct rrule *rule = &walk->rule;
	int64_t number = base_of(walk) +
			 walk->period * rule->interval * (rule->frequency == RRULE_WEEKLY ? 7 : 1);
	int last_year = walk->until.date.year;
	switch (rule->frequency) {
	case RRULE_DAILY:
		*first = number;
		*count = 1;
		break;
	case RRULE_WEEKLY:
		*first = number;
		*count = 7;
		break;
	case RRULE_MONTHLY:
		if (number / 12 > last_year)
			return false;
		*first = date_to_days((struct date){(int)(number / 12), (int)(number % 12) + 1, 1});
		number++;
		*count = (int)(date_to_days((struct date){
				       (int)(number / 12), (int)(number % 12) + 1, 1}) -
			       *first);
		break;
	case RRULE_YEARLY:
		if (number > last_year + 1)
			return false;
		if (rule->parts & RRULE_BYWEEKNO) {
			*first = week_year_start((int)number, rule->week_start);
			*count = (int)(week_year_start((int)number + 1, rule->week_start) - *first);
		} else {
			*first = date_to_days((struct date){(int)number, 1, 1});
			*count = (int)(date_to_days((struct date){(int)number + 1, 1, 1}) - *first);
		}
		break;
	}
	return *first <= walk->last_day;
}

/* The nth of count, or the nth from the end. */
static bool set_holds(const struct rrule_set *set, int nth, int count)
{
	return set->has[nth] || set->from_end[count - nth + 1];
}

static int length_of_month(struct date date)
{
	struct date next = date.month == 12 ? (struct date){date.year + 1, 1, 1}
					    : (struct date){date.year, date.month + 1, 1};
	return date_days_between((struct date){date.year, date.month, 1}, next);
}

static bool weekday_counts(
	const struct rrule *rule, struct date date, int year_day, int year_length)
{
	enum weekday weekday = date_weekday(date);
	if (rule->weekdays & 1U << weekday)
		return true;
	/* 2TU: the second of the month, or of the year where no month is named. */
	bool of_year = rule->frequency == RRULE_YEARLY && !(rule->parts & RRULE_BYMONTH);
	int day = of_year ? year_day : date.day;
	int length = of_year ? year_length : length_of_month(date);
	const struct rrule_set *nth = &rule->nth_weekday[weekday];
	return nth->has[(day - 1) / 7 + 1] || nth->from_end[(length - day) / 7 + 1];
}

/* Whether a day counts; at and length place it in its period. */
static bool day_counts(const struct rrule *rule, int64_t days, int at, int length)
{
	struct date date = date_from_days(days);
	unsigned parts = rule->parts;
	if ((parts & RRULE_BYMONTH) && !rule->month.has[date.month])
		return false;
	if ((parts & RRULE_BYWEEKNO) && !set_holds(&rule->week, at / 7 + 1, length / 7))
		return false;
	if ((parts & RRULE_BYMONTHDAY) &&
		!set_holds(&rule->month_day, date.day, length_of_month(date)))
		return false;
	if (!(parts & (RRULE_BYYEARDAY | RRULE_BYDAY)))
		return true;
	int64_t new_year = date_to_days((struct date){date.year, 1, 1});
	int year_day = (int)(days - new_year) + 1;
	int year_length = (int)(date_to_days((struct date){date.year + 1, 1, 1}) - new_year);
	if ((parts & RRULE_BYYEARDAY) && !set_holds(&rule->year_day, year_day, year_length))
		return false;
	return !(parts & RRULE_BYDAY) || weekday_counts(rule, date, year_day, year_length);
}

static int compare_numbers(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

/* BYSETPOS: numbers of instances within the period, sorted, each once. Returns how many. */
static int64_t pick_positions(struct rrule_walk *walk, int64_t total)
{
	size_t count = 0;
	for (int n = 1; n <= RRULE_LARGEST_NUMBER && n <= total; n++) {
		if (walk->rule.position.has[n])
			walk->picks[count++] = n - 1;
		if (walk->rule.position.from_end[n])
			walk->picks[count++] = total - n;
	}
	qsort(walk->picks, count, sizeof(walk->picks[0]), compare_numbers);
	size_t kept = 0;
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || walk->picks[kept - 1] != walk->picks[i])
			walk->picks[kept++] = walk->picks[i];
	return (int64_t)kept;
}

/* Fills the walk with the next period that has days; false when there is none. */
static bool load_period(struct rrule_walk *walk)
{
	walk->day_count = 0;
	while (walk->day_count == 0) {
		int64_t first = 0;
		int count = 0;
		if (!period_days(walk, &first, &count))
			return false;
		walk->period++;
		walk->steps_left -= count;
		if (walk->steps_left < 0) {
			walk->out_of_steps = true;
			return false;
		}
		for (int i = 0; i < count; i++)
			if (day_counts(&walk->rule, first + i, i, count))
				walk->days[walk->day_count++] = first + i;
	}
	walk->at = 0;
	walk->total = (int64_t)walk->day_count * walk->hour_count * walk->minute_count *
		      walk->second_count;
	if (walk->rule.parts & RRULE_BYSETPOS)
		walk->total = pick_positions(walk, walk->total);
	return true;
}

static struct local_time instance_at(const struct rrule_walk *walk, int64_t at)
{
	int64_t n = walk->rule.parts & RRULE_BYSETPOS ? walk->picks[at] : at;
	struct local_time t = {.second = walk->seconds[n % walk->second_count]};
	n /= walk->second_count;
	t.minute = walk->minutes[n % walk->minute_count];
	n /= walk->minute_count;
	t.hour = walk->hours[n % walk->hour_count];
	t.date = date_from_days(walk->days[n / walk->hour_count]);
	return t;
}

bool rrule_walk_next(struct rrule_walk *walk, struct local_time *instance)
{
	for (;;) {
		if (walk->rule.count && walk->seen >= walk->rule.count)
			return false;
		if (walk->at == walk->total) {
			if (!load_period(walk))
				return false;
			continue;
		}
		struct local_time t = instance_at(walk, walk->at++);
		if (local_time_compare(t, walk->until) > 0)
			return false;
		if (walk->steps_left-- <= 0) {
			walk->out_of_steps = true;
			return false;
		}
		if (local_time_compare(t, walk->dtstart) < 0)
			continue;
		walk->seen++;
		if (local_time_compare(t, walk->from) < 0)
			continue;
		*instance = t;
		return true;
	}
}
