/* A filter in words. */
#pragma once
#include "screens/screen.h"

/* The head of the list: "Taal oefenen", "Erbij horen", "Vandaag", "Deze week", "Alles". */
struct str filter_title(
	const struct model *model, struct arena *arena, const struct list_filter *filter);
/* What else was chosen, "Ochtend en Zonder drempel"; empty when nothing was. */
struct str filter_words(
	const struct model *model, struct arena *arena, const struct list_filter *filter);
/* "Erbij horen". number 1..10. */
struct str factor_label(const struct model *model, struct arena *arena, int number);
/* The icon of a theme of the catalogue. */
const char *theme_icon(struct str code);

/* The needs and parts of the day that can be chosen, with their words. */
struct filter_need {
	const char *id; /* of its chip, "filter/free" */
	const char *message;
	const char *icon;
	size_t flag; /* offset of a bool in struct list_filter */
};
extern const struct filter_need filter_needs[4];
struct filter_time {
	const char *id, *message, *icon;
	enum part_of_day part;
};
extern const struct filter_time filter_times[3];
bool filter_needs_this(const struct list_filter *filter, const struct filter_need *need);
void filter_toggle_need(struct list_filter *filter, const struct filter_need *need);
