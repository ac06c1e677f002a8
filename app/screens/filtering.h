/* What the list shows and why: which initiatives and days pass a filter, which one choice stands
 * in the way when nothing does, and what lies outside it. Pure: no drawing. */
#pragma once
#include "screens/screen.h"

/* One card. Without an occurrence it is shown by its rhythm, or as "ask at the desk". */
struct list_entry {
	const struct initiative *initiative;
	const struct occurrence *occurrence; /* into model->upcoming, or NULL */
	const struct schedule *schedule; /* whose rhythm is said; NULL: there is none */
};
struct list_entries {
	struct list_entry *items;
	size_t count;
};

/* Days from today that SCOPE_WEEK shows. */
#define WEEK_DAYS 7
/* So few seats are worth saying. */
#define FEW_SEATS 5

enum part_of_day part_of_day(int hour);
/* Whether this initiative suits, whenever it is. Drafts, paused and ended ones never do. */
bool filter_suits(const struct list_filter *filter, const struct model *model,
	const struct initiative *initiative);
/* Whether it is about one thing: a theme, layer, environment or factor. */
bool filter_has_topic(const struct list_filter *filter);
/* Whether anything but the scope is chosen. */
bool filter_chooses(const struct list_filter *filter);

/* The cards, in order. With a sure clock SCOPE_TODAY and SCOPE_WEEK list every occurrence that has
 * not ended, cancelled ones included; SCOPE_ALL lists every initiative once, by its first one that
 * suits, and then those without a date in sight. With an unsure clock every initiative stands once
 * per schedule, in the order of the week, whatever the scope. The memory is the arena's. */
struct list_entries filter_entries(
	struct arena *arena, const struct model *model, const struct list_filter *filter);

/* The choices of a filter that can be dropped on their own. */
enum filter_part {
	FILTER_NOTHING,
	FILTER_TIME,
	FILTER_STEP_FREE,
	FILTER_LANGUAGE,
	FILTER_CHILDREN,
	FILTER_FREE,
	FILTER_TOPIC, /* theme, layer, environment or factor */
	FILTER_TODAY, /* look at the whole week instead */
	FILTER_WEEK, /* look at everything instead */
};
struct filter_drop {
	enum filter_part part; /* FILTER_NOTHING: no single one helps */
	struct list_filter filter; /* without it */
	size_t count; /* what it then shows */
};
/* The one choice to drop that shows most; for equals the first in the order above. */
struct filter_drop filter_best_drop(
	struct arena *arena, const struct model *model, const struct list_filter *filter);

/* "Something quite different too": an active initiative that is not among the entries, another one
 * every day. NULL when there is none. */
const struct initiative *filter_elsewhere(
	struct arena *arena, const struct model *model, const struct list_entries *entries);
