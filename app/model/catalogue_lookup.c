/* Questions to a catalogue that is built: by id, by code, and who is in the house. */
#include "model/catalogue.h"

const struct initiative *catalogue_initiative(const struct catalogue *c, struct uuid id)
{
	for (size_t i = 0; i < c->initiative_count; i++)
		if (uuid_equal(c->initiatives[i].id, id))
			return &c->initiatives[i];
	return NULL;
}

const struct contact *catalogue_contact(const struct catalogue *c, struct uuid id)
{
	for (size_t i = 0; i < c->contact_count; i++)
		if (uuid_equal(c->contacts[i].id, id))
			return &c->contacts[i];
	return NULL;
}

const struct taxonomy *catalogue_taxonomy(const struct catalogue *c, struct str name)
{
	for (size_t i = 0; i < c->taxonomy_count; i++)
		if (str_equal(c->taxonomies[i].name, name))
			return &c->taxonomies[i];
	return NULL;
}

struct str catalogue_label(const struct catalogue *c, struct str taxonomy, struct str code)
{
	const struct taxonomy *found = catalogue_taxonomy(c, taxonomy);
	for (size_t i = 0; found && i < found->term_count; i++)
		if (str_equal(found->terms[i].code, code) && found->terms[i].label.len > 0)
			return found->terms[i].label;
	return code;
}

bool str_list_contains(const struct str_list *list, struct str item)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_equal(list->items[i], item))
			return true;
	return false;
}

bool contact_present(const struct contact *contact, struct local_time now, int *until_minute)
{
	enum weekday today = date_weekday(now.date);
	int minute = now.hour * 60 + now.minute, until = -1;
	for (size_t i = 0; i < contact->present_count; i++) {
		const struct present_time *time = &contact->present[i];
		if (time->weekday == today && time->from_minute <= minute &&
			minute < time->until_minute && time->until_minute > until)
			until = time->until_minute;
	}
	if (until < 0)
		return false;
	*until_minute = until;
	return true;
}

bool contact_next_present(
	const struct contact *contact, struct local_time now, struct local_time *next)
{
	enum { DAYS_AHEAD = 14 };
	bool found = false;
	for (int day = 0; day <= DAYS_AHEAD && !found; day++) {
		struct local_time midnight = {.date = date_add_days(now.date, day)};
		enum weekday weekday = date_weekday(midnight.date);
		for (size_t i = 0; i < contact->present_count; i++) {
			const struct present_time *time = &contact->present[i];
			struct local_time start =
				local_time_add_minutes(midnight, time->from_minute);
			if (time->weekday != weekday || local_time_compare(start, now) <= 0)
				continue;
			if (!found || local_time_compare(start, *next) < 0)
				*next = start;
			found = true;
		}
	}
	return found;
}
