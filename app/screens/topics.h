/* What one can look for: the themes, layers and environments of the catalogue that lead somewhere.
 */
#pragma once
#include "screens/screen.h"

enum topic_kind { TOPIC_THEME, TOPIC_LAYER, TOPIC_ENVIRONMENT };

struct topic {
	enum topic_kind kind;
	struct str code, label, lang; /* lang: empty when the label is a message of ours */
};
struct topics {
	struct topic *items;
	size_t count;
};

/* In the catalogue's order; only those with an active initiative, and whose code fits a filter. */
struct topics catalogue_topics(
	struct arena *arena, const struct model *model, enum topic_kind kind);
/* Puts the topic into the filter in place of another one of its kind. */
void topic_choose(struct list_filter *filter, const struct topic *topic);
/* Whether an active initiative strengthens that factor, 1..10. */
bool factor_leads_somewhere(const struct model *model, int factor);
