/* A filter has two halves: what an initiative is (theme, cost, threshold, languages) and when it
 * is. The first is asked once per initiative, the second once per occurrence; an initiative that
 * was listed, or does not suit, is remembered by its place in the catalogue, so that the whole is
 * one walk over the coming days. */
#include "screens/filtering.h"

#include <stdlib.h>

enum part_of_day part_of_day(int hour)
{
	return hour < 12 ? MORNING : hour < 18 ? AFTERNOON : EVENING;
}

static bool time_suits(const struct list_filter *filter, int hour)
{
	return filter->parts_of_day == 0 || (filter->parts_of_day & (unsigned)part_of_day(hour));
}

static bool strengthens(const struct initiative *initiative, int factor)
{
	for (size_t i = 0; i < initiative->factor_count; i++)
		if (initiative->factors[i].number == factor)
			return true;
	return false;
}

static bool speaks_other_language(const struct model *model, const struct initiative *initiative)
{
	struct str own = catalogue_language(model);
	for (size_t i = 0; i < initiative->languages.count; i++)
		if (!str_equal(initiative->languages.items[i], own))
			return true;
	return false;
}

static bool is_step_free(const struct initiative *initiative)
{
	return initiative->place && initiative->place->accessibility.step_free == TRI_YES;
}

static bool holds(const struct str_list *list, const char *code)
{
	return code[0] == '\0' || str_list_contains(list, str_from(code));
}

static bool lies_in_layer(const struct initiative *initiative, const char *code)
{
	return code[0] == '\0' || str_equal_z(initiative->layer, code) ||
	       str_list_contains(&initiative->also_layers, str_from(code));
}

bool filter_suits(const struct list_filter *filter, const struct model *model,
	const struct initiative *initiative)
{
	return initiative->status == STATUS_ACTIVE && holds(&initiative->themes, filter->theme) &&
	       lies_in_layer(initiative, filter->layer) &&
	       holds(&initiative->environments, filter->environment) &&
	       (filter->factor == 0 || strengthens(initiative, filter->factor)) &&
	       (!filter->free_of_charge || initiative->cost_amount == 0) &&
	       (!filter->step_free || is_step_free(initiative)) &&
	       (!filter->with_children || initiative->with_children) &&
	       (!filter->other_language || speaks_other_language(model, initiative));
}

bool filter_has_topic(const struct list_filter *filter)
{
	return filter->theme[0] || filter->layer[0] || filter->environment[0] || filter->factor;
}

bool filter_chooses(const struct list_filter *filter)
{
	return filter_has_topic(filter) || filter->parts_of_day || filter->free_of_charge ||
	       filter->step_free || filter->with_children || filter->other_language;
}

/* --- the cards -------------------------------------------------------------------------------- */

enum mark { UNKNOWN, SUITS, SUITS_NOT, LISTED };

struct gathering {
	struct arena *arena;
	const struct model *model;
	const struct list_filter *filter;
	unsigned char *marks; /* enum mark, one per initiative of the catalogue */
	struct list_entries entries;
	size_t room;
};

static unsigned char *mark_of(struct gathering *g, const struct initiative *initiative)
{
	unsigned char *mark = &g->marks[initiative - g->model->catalogue->initiatives];
	if (*mark == UNKNOWN)
		*mark = filter_suits(g->filter, g->model, initiative) ? SUITS : SUITS_NOT;
	return mark;
}

static void add(struct gathering *g, struct list_entry entry)
{
	if (g->entries.count == g->room) {
		g->room = g->room ? g->room * 2 : 32;
		struct list_entry *grown = arena_new_array(g->arena, struct list_entry, g->room);
		for (size_t i = 0; i < g->entries.count; i++)
			grown[i] = g->entries.items[i];
		g->entries.items = grown;
	}
	g->entries.items[g->entries.count++] = entry;
}

static bool has_ended(const struct model *model, const struct occurrence *o)
{
	struct local_time end = local_time_add_minutes(o->start, o->duration_minutes);
	return local_time_compare(end, model->now) <= 0;
}

static void gather_dates(struct gathering *g)
{
	const struct model *model = g->model;
	enum list_scope scope = g->filter->scope;
	int days = scope == SCOPE_TODAY ? 1 : WEEK_DAYS;
	struct date end = date_add_days(model->now.date, days);
	for (size_t i = 0; i < model->upcoming.count; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		if (scope != SCOPE_ALL && date_compare(o->start.date, end) >= 0)
			break;
		unsigned char *mark = mark_of(g, o->schedule->initiative);
		bool once = scope == SCOPE_ALL;
		if (*mark == SUITS_NOT || (once && (*mark == LISTED || o->cancelled)) ||
			has_ended(model, o) || !time_suits(g->filter, o->start.hour))
			continue;
		*mark = LISTED;
		add(g, (struct list_entry){o->schedule->initiative, o, o->schedule});
	}
}

static const struct schedule *schedule_in_time(
	const struct list_filter *filter, const struct initiative *initiative)
{
	for (size_t i = 0; i < initiative->schedule_count; i++)
		if (time_suits(filter, initiative->schedules[i].dtstart.hour))
			return &initiative->schedules[i];
	return NULL;
}

static void gather_dateless(struct gathering *g)
{
	const struct catalogue *c = g->model->catalogue;
	for (size_t i = 0; i < c->initiative_count; i++) {
		const struct initiative *initiative = &c->initiatives[i];
		if (*mark_of(g, initiative) != SUITS)
			continue;
		const struct schedule *schedule = schedule_in_time(g->filter, initiative);
		if (schedule || g->filter->parts_of_day == 0)
			add(g, (struct list_entry){initiative, NULL, schedule});
	}
}

static int by_week(const void *a, const void *b)
{
	const struct list_entry *x = a, *y = b;
	if (!x->schedule || !y->schedule)
		return (y->schedule != NULL) - (x->schedule != NULL);
	struct local_time s = x->schedule->dtstart, t = y->schedule->dtstart;
	int order = (int)date_weekday(s.date) - (int)date_weekday(t.date);
	if (order == 0)
		order = s.hour * 60 + s.minute - t.hour * 60 - t.minute;
	if (order == 0) /* qsort keeps no order of its own */
		order = x->initiative < y->initiative ? -1 : x->initiative > y->initiative;
	return order ? order : x->schedule < y->schedule ? -1 : 1;
}

static void gather_rhythms(struct gathering *g)
{
	const struct catalogue *c = g->model->catalogue;
	for (size_t i = 0; i < c->initiative_count; i++) {
		const struct initiative *initiative = &c->initiatives[i];
		if (*mark_of(g, initiative) != SUITS)
			continue;
		for (size_t s = 0; s < initiative->schedule_count; s++)
			if (time_suits(g->filter, initiative->schedules[s].dtstart.hour))
				add(g, (struct list_entry){
					       initiative, NULL, &initiative->schedules[s]});
		if (initiative->schedule_count == 0 && g->filter->parts_of_day == 0)
			add(g, (struct list_entry){initiative, NULL, NULL});
	}
	if (g->entries.count > 1)
		qsort(g->entries.items, g->entries.count, sizeof(*g->entries.items), by_week);
}

struct list_entries filter_entries(
	struct arena *arena, const struct model *model, const struct list_filter *filter)
{
	if (!model->catalogue || model->catalogue->initiative_count == 0)
		return (struct list_entries){0};
	struct gathering g = {
		.arena = arena,
		.model = model,
		.filter = filter,
		.marks = arena_alloc(arena, model->catalogue->initiative_count),
	};
	if (!model->clock_sure) {
		gather_rhythms(&g);
		return g.entries;
	}
	gather_dates(&g);
	if (filter->scope == SCOPE_ALL)
		gather_dateless(&g);
	return g.entries;
}

/* --- when nothing is left, and what lies beside it -------------------------------------------- */

/* Takes one choice out; false when it was not made. */
static bool drop(struct list_filter *filter, enum filter_part part)
{
	struct list_filter before = *filter;
	switch (part) {
	case FILTER_TIME:
		filter->parts_of_day = 0;
		return before.parts_of_day != 0;
	case FILTER_STEP_FREE:
		filter->step_free = false;
		return before.step_free;
	case FILTER_LANGUAGE:
		filter->other_language = false;
		return before.other_language;
	case FILTER_CHILDREN:
		filter->with_children = false;
		return before.with_children;
	case FILTER_FREE:
		filter->free_of_charge = false;
		return before.free_of_charge;
	case FILTER_TOPIC:
		filter->theme[0] = filter->layer[0] = filter->environment[0] = '\0';
		filter->factor = 0;
		return filter_has_topic(&before);
	case FILTER_TODAY:
		filter->scope = SCOPE_WEEK;
		return before.scope == SCOPE_TODAY;
	case FILTER_WEEK:
		filter->scope = SCOPE_ALL;
		return before.scope != SCOPE_ALL;
	case FILTER_NOTHING:
		break;
	}
	return false;
}

struct filter_drop filter_best_drop(
	struct arena *arena, const struct model *model, const struct list_filter *filter)
{
	struct filter_drop best = {.part = FILTER_NOTHING, .filter = *filter};
	for (enum filter_part part = FILTER_TIME; part <= FILTER_WEEK; part++) {
		/* Other days are offered only when no other choice can be dropped: somebody who
		 * asks for today wants today. */
		if (part >= FILTER_TODAY && best.count > 0)
			break;
		struct list_filter without = *filter;
		if (!drop(&without, part))
			continue;
		size_t count = filter_entries(arena, model, &without).count;
		if (count > best.count)
			best = (struct filter_drop){part, without, count};
	}
	return best;
}

const struct initiative *filter_elsewhere(
	struct arena *arena, const struct model *model, const struct list_entries *entries)
{
	const struct catalogue *c = model->catalogue;
	if (!c || c->initiative_count == 0)
		return NULL;
	bool *shown = arena_alloc(arena, c->initiative_count * sizeof(bool));
	for (size_t i = 0; i < entries->count; i++)
		shown[entries->items[i].initiative - c->initiatives] = true;
	size_t others = 0;
	for (size_t i = 0; i < c->initiative_count; i++)
		others += c->initiatives[i].status == STATUS_ACTIVE && !shown[i];
	if (others == 0)
		return NULL;
	int64_t day = model->clock_sure ? date_to_days(model->now.date) : 0;
	size_t wanted = (size_t)(day > 0 ? day : 0) % others;
	for (size_t i = 0; i < c->initiative_count; i++)
		if (c->initiatives[i].status == STATUS_ACTIVE && !shown[i] && wanted-- == 0)
			return &c->initiatives[i];
	return NULL;
}
