/* Presence is said only as far as the clock is sure; else the desk knows. */
#include "screens/presence.h"

#include <stdlib.h>

#include "i18n/say.h"

bool is_here_now(const struct model *model, const struct contact *contact)
{
	int until = 0;
	return model->clock_sure && contact_present(contact, model->now, &until);
}

struct ui_tag presence_tag(
	const struct model *model, struct arena *arena, const struct contact *contact)
{
	struct i18n *i18n = model->i18n;
	struct local_time next;
	int until = 0;
	struct ui_tag ask = {"waving_hand", TR(i18n, arena, "list-ask-desk"), COLOR_SAND};
	if (!model->clock_sure)
		return ask;
	if (contact_present(contact, model->now, &until))
		return (struct ui_tag){"check_circle",
			TR(i18n, arena, "people-now-until",
				{"time", say_time(i18n, arena, until / 60, until % 60)}),
			COLOR_SAGE};
	if (!contact_next_present(contact, model->now, &next))
		return ask;
	struct ui_tag later = {"schedule", STR(""), COLOR_SAND};
	int days = date_days_between(model->now.date, next.date);
	if (days == 0)
		later.label = TR(i18n, arena, "people-back-at",
			{"time", say_time(i18n, arena, next.hour, next.minute)});
	else if (days == 1)
		later.label = TR(i18n, arena, "people-tomorrow");
	else if (days < 7)
		later.label = TR(i18n, arena, "people-back-on",
			{"day", say_weekday(i18n, arena, date_weekday(next.date))});
	else
		later.label =
			TR(i18n, arena, "people-back-on", {"day", say_day(i18n, arena, next.date)});
	return later;
}

/* --- times ------------------------------------------------------------------------------------ */

static bool same_hours(const struct present_time *a, const struct present_time *b)
{
	return a->from_minute == b->from_minute && a->until_minute == b->until_minute;
}

/* A line begins with a capital. */
static struct str say_first(struct i18n *i18n, struct arena *arena, enum weekday day, bool begins)
{
	return begins ? say_weekday_start(i18n, arena, day) : say_weekday(i18n, arena, day);
}

static struct str say_days(const struct model *model, struct arena *arena, unsigned days)
{
	struct i18n *i18n = model->i18n;
	struct str words[SUNDAY];
	size_t count = 0;
	for (int day = MONDAY; day <= SUNDAY;) {
		int end = day;
		while (end <= SUNDAY && days & 1U << end)
			end++;
		struct str first = say_first(i18n, arena, (enum weekday)day, count == 0);
		if (end - day > 2)
			words[count++] = TR(i18n, arena, "people-days-from-to", {"first", first},
				{"last", say_weekday(i18n, arena, (enum weekday)(end - 1))});
		else
			for (int each = day; each < end; each++)
				words[count++] =
					each == day ? first
						    : say_weekday(i18n, arena, (enum weekday)each);
		day = end + 1;
	}
	return say_list(i18n, arena, words, count);
}

static struct str say_minute(const struct model *model, struct arena *arena, int minute_of_day)
{
	return say_time(model->i18n, arena, minute_of_day / 60, minute_of_day % 60);
}

struct str presence_times(
	const struct model *model, struct arena *arena, const struct contact *contact)
{
	struct str_builder lines = {.arena = arena};
	for (size_t i = 0; i < contact->present_count; i++) {
		const struct present_time *time = &contact->present[i];
		unsigned days = 0;
		bool said = false;
		for (size_t other = 0; other < contact->present_count; other++) {
			if (!same_hours(time, &contact->present[other]))
				continue;
			said |= other < i;
			days |= 1U << contact->present[other].weekday;
		}
		if (said)
			continue;
		if (lines.len > 0)
			str_builder_add_char(&lines, '\n');
		str_builder_add(
			&lines, TR(model->i18n, arena, "people-days-hours",
					{"days", say_days(model, arena, days)},
					{"from", say_minute(model, arena, time->from_minute)},
					{"until", say_minute(model, arena, time->until_minute)}));
	}
	return lines.len > 0 ? str_builder_text(&lines) : contact->present_text;
}

/* --- order ------------------------------------------------------------------------------------ */

struct ranked {
	const struct contact *contact;
	int64_t rank; /* seconds until they are here; 0: now */
	size_t index;
};

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *left = a, *right = b;
	if (left->rank != right->rank)
		return left->rank < right->rank ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

static int64_t rank_of(const struct model *model, const struct contact *contact)
{
	struct local_time next;
	int until = 0;
	if (!model->clock_sure || contact_present(contact, model->now, &until))
		return 0;
	if (!contact_next_present(contact, model->now, &next))
		return INT64_MAX;
	return local_time_to_seconds(next) - local_time_to_seconds(model->now);
}

const struct contact **contacts_by_presence(
	const struct model *model, struct arena *arena, size_t *count)
{
	*count = model->catalogue ? model->catalogue->contact_count : 0;
	struct ranked *ranked = arena_new_array(arena, struct ranked, *count);
	const struct contact **contacts = arena_new_array(arena, const struct contact *, *count);
	for (size_t i = 0; i < *count; i++) {
		const struct contact *contact = &model->catalogue->contacts[i];
		ranked[i] = (struct ranked){contact, rank_of(model, contact), i};
	}
	if (*count > 1)
		qsort(ranked, *count, sizeof(*ranked), compare_ranked);
	for (size_t i = 0; i < *count; i++)
		contacts[i] = ranked[i].contact;
	return contacts;
}
