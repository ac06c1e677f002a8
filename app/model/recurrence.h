/* When things happen: iCalendar recurrence (RFC 5545 3.3.10, 3.8.5) on wall times, in rrule.c.
 * Rules finer than DAILY, RSCALE and everything that the whitelist does not hold are refused by
 * name, and every expansion is bounded in steps. A rule that is not understood refuses the
 * schedule; it never guesses. */
#pragma once
#include "base/error.h"
#include "model/catalogue.h"

#include <stdbool.h>
#include <stddef.h>

struct occurrence {
	const struct schedule *schedule; /* ->initiative is the initiative */
	struct local_time rule_start; /* as the rule gives it: the identity of the occurrence */
	struct local_time start; /* where it really is, after a move */
	int duration_minutes;
	int offset_s; /* of the zone at start */
	int64_t start_utc_s;
	bool cancelled, moved;
	struct str reason; /* of a cancellation or move */
	struct str room; /* another room that day, or empty */
};

struct occurrence_list {
	struct occurrence *items; /* by start, then by initiative name */
	size_t count;
};

/* Refuses what the whitelist does not hold: ERROR_UNSUPPORTED naming the part, or ERROR_PARSE. */
bool recurrence_check(struct str rrule, struct error *err);

/* The instances of a rule as wall times, from dtstart on, at most limit of them and none after
 * `until`: the oracle's question. */
bool recurrence_expand(struct arena *arena, struct str rrule, struct local_time dtstart,
	struct local_time until, size_t limit, struct local_time **times, size_t *count,
	struct error *err);

/* The occurrences of one schedule that start on the days from..to, both included, cancelled ones
 * too. On false the list is empty and the schedule must be shown as "ask at the desk". */
bool schedule_occurrences(struct arena *arena, const struct schedule *schedule, struct date from,
	struct date to, struct occurrence_list *list, struct error *err);

/* The same over all active initiatives; schedules that refuse are skipped and reported. */
struct occurrence_list catalogue_occurrences(struct arena *arena, const struct catalogue *c,
	struct date from, struct date to, void (*complain)(void *context, const char *message),
	void *context);

/* The next occurrence of an initiative that has not ended at `now` and is not cancelled, within
 * `days`. */
bool initiative_next(struct arena *arena, const struct initiative *initiative,
	struct local_time now, int days, struct occurrence *next);

/* How a rule reads to a person, for the sentence "Elke dinsdag". Anything that does not fit is
 * RHYTHM_OTHER and is shown by its dates. */
enum rhythm_kind {
	RHYTHM_ONCE,
	RHYTHM_DAILY,
	RHYTHM_WEEKLY, /* interval weeks, on weekdays */
	RHYTHM_MONTHLY_WEEKDAY, /* the nth weekday, -1: the last */
	RHYTHM_MONTHLY_DAY, /* day of the month */
	RHYTHM_YEARLY,
	RHYTHM_OTHER
};

struct rhythm {
	enum rhythm_kind kind;
	int interval;
	unsigned weekdays; /* bit 1 << enum weekday */
	int nth; /* 1..5 or -1 */
	int month_day;
};

struct rhythm schedule_rhythm(const struct schedule *schedule);
