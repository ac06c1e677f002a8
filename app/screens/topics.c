/* A topic without an initiative is a door to an empty room, so each is tried with the filter that
 * choosing it would make. */
#include "screens/topics.h"

#include <assert.h>
#include <string.h>

#include "screens/filter_words.h"
#include "screens/filtering.h"

static char *code_of(struct list_filter *filter, enum topic_kind kind)
{
	return kind == TOPIC_THEME   ? filter->theme
	       : kind == TOPIC_LAYER ? filter->layer
				     : filter->environment;
}

void topic_choose(struct list_filter *filter, const struct topic *topic)
{
	char *code = code_of(filter, topic->kind);
	assert(topic->code.len < sizeof(filter->theme));
	memset(code, 0, sizeof(filter->theme));
	memcpy(code, topic->code.ptr, topic->code.len);
}

static bool leads_somewhere(const struct model *model, const struct list_filter *filter)
{
	for (size_t i = 0; i < model->catalogue->initiative_count; i++)
		if (filter_suits(filter, model, &model->catalogue->initiatives[i]))
			return true;
	return false;
}

bool factor_leads_somewhere(const struct model *model, int factor)
{
	struct list_filter filter = {.factor = factor};
	return model->catalogue && leads_somewhere(model, &filter);
}

struct topics catalogue_topics(struct arena *arena, const struct model *model, enum topic_kind kind)
{
	static const char *const taxonomies[] = {"theme", "layer", "environment"};
	struct topics topics = {0};
	const struct taxonomy *taxonomy =
		model->catalogue ? catalogue_taxonomy(model->catalogue, str_from(taxonomies[kind]))
				 : NULL;
	if (!taxonomy)
		return topics;
	topics.items = arena_new_array(arena, struct topic, taxonomy->term_count);
	for (size_t i = 0; i < taxonomy->term_count; i++) {
		struct list_filter filter = {.scope = SCOPE_ALL};
		struct topic topic = {.kind = kind, .code = taxonomy->terms[i].code};
		if (topic.code.len == 0 || topic.code.len >= sizeof(filter.theme))
			continue;
		topic_choose(&filter, &topic);
		if (!leads_somewhere(model, &filter))
			continue;
		topic.label = filter_title(model, arena, &filter);
		if (kind == TOPIC_THEME)
			topic.lang = catalogue_language(model);
		topics.items[topics.count++] = topic;
	}
	return topics;
}
