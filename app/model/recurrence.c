/* From schedules to occurrences. The rule gives wall times (rrule.c); RDATE adds to them, EXDATE
 * takes away, and exceptions say what happened to one: off, moved, or in another room. Last comes
 * the zone, which turns a wall time into a moment.
 *
 * A moved occurrence belongs to the day it moved to. So besides the days asked for we look at each
 * exception that moved into them, and see whether the rule still gives what was moved. */
#include "model/recurrence.h"
#include "model/rrule.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* Days looked at plus instances passed: a weekly series of a thousand years, or a
	 * thousandth of a second of somebody's joke. One schedule may use them once per question.
	 */
	MOST_STEPS = 1000000,
	MOST_OCCURRENCES = 20000, /* of one schedule in one question */
	LONGEST_LOOKBACK_DAYS = 31,
	MINUTES_PER_DAY = 24 * 60,
};

bool recurrence_check(struct str rrule, struct error *err)
{
	struct rrule rule;
	return rrule_parse(rrule, &rule, err);
}

struct times {
	struct arena *arena;
	struct local_time *items;
	size_t count, capacity;
};

static void times_add(struct times *times, struct local_time t)
{
	if (times->count == times->capacity) {
		size_t capacity = times->capacity ? times->capacity * 2 : 16;
		struct local_time *items =
			arena_new_array(times->arena, struct local_time, capacity);
		if (times->count)
			memcpy(items, times->items, times->count * sizeof(items[0]));
		times->items = items;
		times->capacity = capacity;
	}
	times->items[times->count++] = t;
}

/* Instances of a rule in from..until. More than `limit` of them, or too many steps, is refused. */
static bool collect(const struct rrule *rule, struct local_time dtstart, struct local_time from,
	struct local_time until, int64_t *steps, size_t limit, struct times *times,
	struct error *err)
{
	struct rrule_walk walk;
	struct local_time t;
	rrule_walk_start(&walk, rule, dtstart, from, until, *steps);
	while (rrule_walk_next(&walk, &t)) {
		if (times->count == limit)
			return error_set(
				err, ERROR_LIMIT, "RRULE: more than %zu occurrences", limit);
		times_add(times, t);
	}
	if (walk.out_of_steps)
		return error_set(err, ERROR_LIMIT, "RRULE: takes more than %d steps", MOST_STEPS);
	*steps = walk.steps_left;
	return true;
}

bool recurrence_expand(struct arena *arena, struct str rrule, struct local_time dtstart,
	struct local_time until, size_t limit, struct local_time **times, size_t *count,
	struct error *err)
{
	*times = NULL;
	*count = 0;
	struct rrule rule;
	if (!rrule_parse(rrule, &rule, err))
		return false;
	struct times found = {.arena = arena};
	struct rrule_walk walk;
	struct local_time t;
	rrule_walk_start(&walk, &rule, dtstart, dtstart, until, MOST_STEPS);
	while (found.count < limit && rrule_walk_next(&walk, &t))
		times_add(&found, t);
	if (walk.out_of_steps)
		return error_set(err, ERROR_LIMIT, "RRULE: takes more than %d steps", MOST_STEPS);
	*times = found.items;
	*count = found.count;
	return true;
}

/* A schedule made ready to be asked. */
struct series {
	const struct schedule *schedule;
	struct rrule rule; /* until as wall time */
	bool repeats;
	int64_t steps;
};

static bool series_open(struct series *series, const struct schedule *schedule, struct error *err)
{
	*series = (struct series){.schedule = schedule, .steps = MOST_STEPS};
	if (date_is_none(schedule->dtstart.date))
		return error_set(err, ERROR_PARSE, "dtstart is missing");
	int64_t utc_s;
	if (!zone_to_utc(schedule->timezone, schedule->dtstart, &utc_s))
		return error_set(err, ERROR_UNSUPPORTED, "timezone '%.*s' is not known",
			(int)(schedule->timezone.len < 64 ? schedule->timezone.len : 64),
			schedule->timezone.ptr);
	series->repeats = schedule->rrule.len > 0;
	if (!series->repeats)
		return true;
	struct rrule *rule = &series->rule;
	if (!rrule_parse(schedule->rrule, rule, err))
		return false;
	if (rule->has_until && rule->until_is_utc) {
		/* UNTIL stands in UTC whenever DTSTART has a zone (RFC 5545 3.3.10). */
		zone_from_utc(
			schedule->timezone, local_time_to_seconds(rule->until), &rule->until, NULL);
		rule->until_is_utc = false;
	}
	return true;
}

static int compare_times(const void *a, const void *b)
{
	return local_time_compare(*(const struct local_time *)a, *(const struct local_time *)b);
}

/* What the rule, RDATE and EXDATE give in from..until: sorted, each once. */
static bool series_instances(struct series *series, struct arena *arena, struct local_time from,
	struct local_time until, struct times *times, struct error *err)
{
	const struct schedule *s = series->schedule;
	struct times all = {.arena = arena};
	if (!series->repeats)
		times_add(&all, s->dtstart);
	else if (!collect(&series->rule, s->dtstart, from, until, &series->steps, MOST_OCCURRENCES,
			 &all, err))
		return false;
	for (size_t i = 0; i < s->rdate_count; i++)
		times_add(&all, s->rdate[i]);
	if (all.count > 1)
		qsort(all.items, all.count, sizeof(all.items[0]), compare_times);
	struct local_time *exdate = arena_new_array(arena, struct local_time, s->exdate_count);
	if (s->exdate_count) {
		memcpy(exdate, s->exdate, s->exdate_count * sizeof(exdate[0]));
		qsort(exdate, s->exdate_count, sizeof(exdate[0]), compare_times);
	}
	*times = (struct times){.arena = arena};
	for (size_t i = 0; i < all.count; i++) {
		struct local_time t = all.items[i];
		if (local_time_compare(t, from) < 0 || local_time_compare(t, until) > 0)
			continue;
		if (i > 0 && local_time_compare(all.items[i - 1], t) == 0)
			continue;
		if (!bsearch(&t, exdate, s->exdate_count, sizeof(t), compare_times))
			times_add(times, t);
	}
	return true;
}

/* The last one said about an occurrence stands. */
static const struct exception *find_exception(const struct schedule *s, struct local_time t)
{
	for (size_t i = s->exception_count; i > 0; i--)
		if (local_time_compare(s->exceptions[i - 1].date, t) == 0)
			return &s->exceptions[i - 1];
	return NULL;
}

static struct occurrence make_occurrence(const struct schedule *s, struct local_time rule_start)
{
	struct occurrence o = {.schedule = s,
		.rule_start = rule_start,
		.start = rule_start,
		.duration_minutes = s->duration_minutes > 0 ? s->duration_minutes : 0};
	const struct exception *exception = find_exception(s, rule_start);
	if (exception) {
		o.cancelled = exception->cancelled;
		o.moved = exception->moved && !exception->cancelled;
		o.reason = exception->reason;
		o.room = exception->room;
		if (o.moved)
			o.start = exception->moved_to;
	}
	/* There and back, so that a wall time that summer time skips becomes the one people keep.
	 */
	zone_to_utc(s->timezone, o.start, &o.start_utc_s);
	zone_from_utc(s->timezone, o.start_utc_s, &o.start, &o.offset_s);
	return o;
}

static bool starts_within(const struct occurrence *o, struct date from, struct date to)
{
	return date_compare(o->start.date, from) >= 0 && date_compare(o->start.date, to) <= 0;
}

static struct local_time day_start(struct date date)
{
	return (struct local_time){.date = date};
}

static struct local_time day_end(struct date date)
{
	return (struct local_time){.date = date, .hour = 23, .minute = 59, .second = 59};
}

/* What moved into from..to out of other days. */
static bool add_moved_in(struct series *series, struct arena *arena, struct date from,
	struct date to, struct times *times, struct error *err)
{
	const struct schedule *s = series->schedule;
	for (size_t i = 0; i < s->exception_count; i++) {
		const struct exception *e = &s->exceptions[i];
		struct date day = e->date.date, moved_to = e->moved_to.date;
		bool was_asked = date_compare(day, from) >= 0 && date_compare(day, to) <= 0;
		bool moved_in =
			date_compare(moved_to, from) >= 0 && date_compare(moved_to, to) <= 0;
		if (!e->moved || was_asked || !moved_in || find_exception(s, e->date) != e)
			continue;
		struct times that_day;
		if (!series_instances(series, arena, e->date, e->date, &that_day, err))
			return false;
		if (that_day.count > 0)
			times_add(times, e->date);
	}
	return true;
}

static int compare_occurrences(const void *a, const void *b)
{
	const struct occurrence *x = a, *y = b;
	int order = local_time_compare(x->start, y->start);
	if (order == 0 && x->schedule->initiative && y->schedule->initiative)
		order = str_compare(x->schedule->initiative->name, y->schedule->initiative->name);
	return order ? order : local_time_compare(x->rule_start, y->rule_start);
}

static void sort_occurrences(struct occurrence_list *list)
{
	if (list->count > 1)
		qsort(list->items, list->count, sizeof(list->items[0]), compare_occurrences);
}

bool schedule_occurrences(struct arena *arena, const struct schedule *schedule, struct date from,
	struct date to, struct occurrence_list *list, struct error *err)
{
	*list = (struct occurrence_list){0};
	struct series series;
	struct times times;
	if (!series_open(&series, schedule, err) ||
		!series_instances(&series, arena, day_start(from), day_end(to), &times, err) ||
		!add_moved_in(&series, arena, from, to, &times, err))
		return false;
	list->items = arena_new_array(arena, struct occurrence, times.count);
	for (size_t i = 0; i < times.count; i++) {
		struct occurrence o = make_occurrence(schedule, times.items[i]);
		if (starts_within(&o, from, to))
			list->items[list->count++] = o;
	}
	sort_occurrences(list);
	return true;
}

struct occurrence_list catalogue_occurrences(struct arena *arena, const struct catalogue *c,
	struct date from, struct date to, void (*complain)(void *context, const char *message),
	void *context)
{
	struct occurrence_list all = {0};
	size_t capacity = 0;
	for (size_t i = 0; i < c->initiative_count; i++) {
		const struct initiative *initiative = &c->initiatives[i];
		for (size_t j = 0; j < initiative->schedule_count; j++) {
			struct occurrence_list list;
			struct error err;
			if (initiative->status != STATUS_ACTIVE)
				continue;
			if (!schedule_occurrences(
				    arena, &initiative->schedules[j], from, to, &list, &err)) {
				error_wrap(&err, "initiative '%.*s', schedule %zu",
					(int)(initiative->name.len < 80 ? initiative->name.len
									: 80),
					initiative->name.ptr, j + 1);
				if (complain)
					complain(context, err.message);
				continue;
			}
			if (all.count + list.count > capacity) {
				capacity = (all.count + list.count) * 2;
				struct occurrence *items =
					arena_new_array(arena, struct occurrence, capacity);
				if (all.count)
					memcpy(items, all.items, all.count * sizeof(items[0]));
				all.items = items;
			}
			if (list.count)
				memcpy(all.items + all.count, list.items,
					list.count * sizeof(list.items[0]));
			all.count += list.count;
		}
	}
	sort_occurrences(&all);
	return all;
}

static bool has_ended(const struct occurrence *o, struct local_time now)
{
	struct local_time end = local_time_add_minutes(o->start, o->duration_minutes);
	return local_time_compare(end, now) <= 0 && local_time_compare(o->start, now) < 0;
}

bool initiative_next(struct arena *arena, const struct initiative *initiative,
	struct local_time now, int days, struct occurrence *next)
{
	bool found = false;
	for (size_t i = 0; i < initiative->schedule_count; i++) {
		const struct schedule *schedule = &initiative->schedules[i];
		/* What began on an earlier day may still be going on. */
		int back = schedule->duration_minutes / MINUTES_PER_DAY + 1;
		if (back < 1 || back > LONGEST_LOOKBACK_DAYS)
			back = back < 1 ? 1 : LONGEST_LOOKBACK_DAYS;
		struct occurrence_list list;
		if (!schedule_occurrences(arena, schedule, date_add_days(now.date, -back),
			    date_add_days(now.date, days), &list, NULL))
			continue;
		for (size_t j = 0; j < list.count; j++) {
			const struct occurrence *o = &list.items[j];
			if (o->cancelled || has_ended(o, now))
				continue;
			if (!found || compare_occurrences(o, next) < 0)
				*next = *o;
			found = true;
			break;
		}
	}
	return found;
}

/* The only number in the set, negative from the end; 0 when there are none or several. */
static int only_number(const struct rrule_set *set)
{
	int found = 0, count = 0;
	for (int n = 1; n <= RRULE_LARGEST_NUMBER; n++) {
		if (set->has[n] && ++count)
			found = n;
		if (set->from_end[n] && ++count)
			found = -n;
	}
	return count == 1 ? found : 0;
}

static bool one_bit(unsigned bits)
{
	return bits && !(bits & (bits - 1));
}

/* "2TU", or "TU" with BYSETPOS=2. */
static bool monthly_weekday(const struct rrule *rule, struct rhythm *rhythm)
{
	unsigned weekdays = rule->weekdays;
	int nth = 0;
	if (rule->parts & RRULE_BYSETPOS) {
		nth = only_number(&rule->position);
	} else {
		for (int weekday = MONDAY; weekday <= SUNDAY; weekday++) {
			int number = only_number(&rule->nth_weekday[weekday]);
			static const struct rrule_set none;
			if (memcmp(&rule->nth_weekday[weekday], &none, sizeof(none)) == 0)
				continue;
			if (weekdays || number == 0)
				return false;
			weekdays = 1U << weekday;
			nth = number;
		}
	}
	if (!one_bit(weekdays) || !(nth == -1 || (nth >= 1 && nth <= 5)))
		return false;
	rhythm->kind = RHYTHM_MONTHLY_WEEKDAY;
	rhythm->weekdays = weekdays;
	rhythm->nth = nth;
	return true;
}

static void monthly_rhythm(const struct rrule *rule, struct date start, struct rhythm *rhythm)
{
	unsigned parts = rule->parts;
	if (parts == 0 || parts == RRULE_BYMONTHDAY) {
		int day = parts ? only_number(&rule->month_day) : start.day;
		if (day > 0) {
			rhythm->kind = RHYTHM_MONTHLY_DAY;
			rhythm->month_day = day;
		}
	} else if (parts == RRULE_BYDAY || parts == (RRULE_BYDAY | RRULE_BYSETPOS)) {
		monthly_weekday(rule, rhythm);
	}
}

struct rhythm schedule_rhythm(const struct schedule *schedule)
{
	struct rhythm rhythm = {.kind = RHYTHM_OTHER, .interval = 1};
	struct date start = schedule->dtstart.date;
	struct rrule rule;
	if (schedule->rdate_count > 0)
		return rhythm;
	if (schedule->rrule.len == 0) {
		rhythm.kind = RHYTHM_ONCE;
		return rhythm;
	}
	if (!rrule_parse(schedule->rrule, &rule, NULL) || date_is_none(start))
		return rhythm;
	rhythm.interval = (int)rule.interval;
	unsigned parts = rule.parts;
	switch (rule.frequency) {
	case RRULE_DAILY:
		if (parts == 0)
			rhythm.kind = RHYTHM_DAILY;
		if (parts == RRULE_BYDAY && rule.interval == 1) {
			rhythm.kind = RHYTHM_WEEKLY;
			rhythm.weekdays = rule.weekdays;
		}
		break;
	case RRULE_WEEKLY:
		if (parts == 0 || parts == RRULE_BYDAY) {
			rhythm.kind = RHYTHM_WEEKLY;
			rhythm.weekdays = parts ? rule.weekdays : 1U << date_weekday(start);
		}
		break;
	case RRULE_MONTHLY:
		monthly_rhythm(&rule, start, &rhythm);
		break;
	case RRULE_YEARLY:
		if (parts == 0 || (parts == (RRULE_BYMONTH | RRULE_BYMONTHDAY) &&
					  only_number(&rule.month) && only_number(&rule.month_day)))
			rhythm.kind = RHYTHM_YEARLY;
		break;
	}
	return rhythm;
}
