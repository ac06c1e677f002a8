/* The tables behind the chips, and the sentences that say which of them are on. */
#include "screens/filter_words.h"

#include <stddef.h>

#include "i18n/say.h"

const struct filter_need filter_needs[4] = {
	{"filter/free", MESSAGE("filter-free"), "euro",
		offsetof(struct list_filter, free_of_charge)},
	{"filter/step-free", MESSAGE("filter-step-free"), "check_circle",
		offsetof(struct list_filter, step_free)},
	{"filter/children", MESSAGE("filter-children"), "child_care",
		offsetof(struct list_filter, with_children)},
	{"filter/language", MESSAGE("filter-language"), "translate",
		offsetof(struct list_filter, other_language)},
};

const struct filter_time filter_times[3] = {
	{"filter/morning", MESSAGE("filter-morning"), "light_mode", MORNING},
	{"filter/afternoon", MESSAGE("filter-afternoon"), "partly_cloudy_day", AFTERNOON},
	{"filter/evening", MESSAGE("filter-evening"), "dark_mode", EVENING},
};

static const char *const factor_ids[] = {NULL, MESSAGE("factor-1"), MESSAGE("factor-2"),
	MESSAGE("factor-3"), MESSAGE("factor-4"), MESSAGE("factor-5"), MESSAGE("factor-6"),
	MESSAGE("factor-7"), MESSAGE("factor-8"), MESSAGE("factor-9"), MESSAGE("factor-10")};

bool filter_needs_this(const struct list_filter *filter, const struct filter_need *need)
{
	return *(const bool *)((const char *)filter + need->flag);
}

void filter_toggle_need(struct list_filter *filter, const struct filter_need *need)
{
	bool *flag = (bool *)((char *)filter + need->flag);
	*flag = !*flag;
}

struct str factor_label(const struct model *model, struct arena *arena, int number)
{
	bool known = number >= 1 && number <= 10;
	return known ? tr(model->i18n, arena, factor_ids[number], NULL, 0) : STR("");
}

const char *theme_icon(struct str code)
{
	static const struct {
		const char *code, *icon;
	} table[] = {
		{"ontmoeten", "diversity_3"},
		{"burenhulp", "handshake"},
		{"taal", "translate"},
		{"opvoeden", "escalator_warning"},
		{"talent", "emoji_people"},
		{"meedoen", "group"},
		{"steun_thuis", "volunteer_activism"},
		{"jong", "sports_soccer"},
		{"hulp", "help"},
		{"wonen", "home"},
		{"bewegen", "directions_walk"},
		{"rust", "partly_cloudy_day"},
		{"groen", "leaf"},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (str_equal_z(code, table[i].code))
			return table[i].icon;
	return "diversity_3";
}

static struct str scope_label(const struct model *model, struct arena *arena, enum list_scope scope)
{
	switch (scope) {
	case SCOPE_TODAY:
		return TR(model->i18n, arena, "list-today");
	case SCOPE_WEEK:
		return TR(model->i18n, arena, "list-this-week");
	case SCOPE_ALL:
		break;
	}
	return TR(model->i18n, arena, "list-all");
}

static struct str layer_label(const struct model *model, struct arena *arena, struct str code)
{
	/* The three layers of the social basis have words of our own in every language. */
	if (str_equal_z(code, "persoonlijk"))
		return TR(model->i18n, arena, "layer-near");
	if (str_equal_z(code, "gemeenschappelijk"))
		return TR(model->i18n, arena, "layer-together");
	if (str_equal_z(code, "institutioneel"))
		return TR(model->i18n, arena, "layer-places");
	return catalogue_label(model->catalogue, STR("layer"), code);
}

static struct str topic_label(
	const struct model *model, struct arena *arena, const struct list_filter *filter)
{
	if (filter->factor)
		return factor_label(model, arena, filter->factor);
	if (filter->theme[0] && model->catalogue)
		return catalogue_label(model->catalogue, STR("theme"), str_from(filter->theme));
	if (filter->layer[0])
		return layer_label(model, arena, str_from(filter->layer));
	if (str_equal_z(str_from(filter->environment), "online"))
		return TR(model->i18n, arena, "environment-online");
	if (filter->environment[0])
		return TR(model->i18n, arena, "environment-physical");
	return STR("");
}

struct str filter_title(
	const struct model *model, struct arena *arena, const struct list_filter *filter)
{
	struct str topic = topic_label(model, arena, filter);
	if (topic.len)
		return topic;
	if (!model->clock_sure)
		return TR(model->i18n, arena, "clock-list-title");
	return scope_label(model, arena, filter->scope);
}

struct str filter_words(
	const struct model *model, struct arena *arena, const struct list_filter *filter)
{
	struct str words[8];
	size_t count = 0;
	for (size_t i = 0; i < 3; i++)
		if (filter->parts_of_day & (unsigned)filter_times[i].part)
			words[count++] = tr(model->i18n, arena, filter_times[i].message, NULL, 0);
	for (size_t i = 0; i < 4; i++)
		if (filter_needs_this(filter, &filter_needs[i]))
			words[count++] = tr(model->i18n, arena, filter_needs[i].message, NULL, 0);
	return say_list(model->i18n, arena, words, count);
}
