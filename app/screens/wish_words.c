/* The words of a card, of its cluster, and of who can be asked. */
#include "screens/wish_words.h"

#include "ui/widgets.h"

struct str wish_name(const struct model *model, struct arena *arena, size_t index)
{
	static const char *const names[WISH_CARD_COUNT] = {
		MESSAGE("wish-eat"),
		MESSAGE("wish-walk"),
		MESSAGE("wish-language"),
		MESSAGE("wish-talk"),
		MESSAGE("wish-papers"),
		MESSAGE("wish-make"),
		MESSAGE("wish-move"),
		MESSAGE("wish-garden"),
		MESSAGE("wish-family"),
	};
	return tr(model->i18n, arena, names[index], NULL, 0);
}

struct str wish_call_title(struct i18n *i18n, struct arena *arena, size_t index)
{
	static const char *const titles[WISH_CARD_COUNT] = {
		MESSAGE("call-wish-eat"),
		MESSAGE("call-wish-walk"),
		MESSAGE("call-wish-language"),
		MESSAGE("call-wish-talk"),
		MESSAGE("call-wish-papers"),
		MESSAGE("call-wish-make"),
		MESSAGE("call-wish-move"),
		MESSAGE("call-wish-garden"),
		MESSAGE("call-wish-family"),
	};
	return index < WISH_CARD_COUNT ? tr(i18n, arena, titles[index], NULL, 0)
				       : TR(i18n, arena, "call-wish-other");
}

struct str wish_news(const struct model *model, struct arena *arena, size_t index)
{
	const struct wish_state *wish = &model->wishes[index];
	switch (wish->step) {
	case 1:
		return TR(model->i18n, arena, "wish-step-explore");
	case 2:
		return TR(model->i18n, arena, "wish-step-plan");
	case 3:
		return TR(model->i18n, arena, "wish-step-do");
	case 4:
		return TR(model->i18n, arena, "wish-step-learn");
	default:
		break;
	}
	if (wish->count < WISH_THRESHOLD)
		return STR("");
	return TR_COUNT(model->i18n, arena, "wish-shared", "count", wish->count);
}

size_t wish_of_visit(const struct model *model)
{
	struct str code = str_from(model->visit->wish);
	for (size_t i = 0; i < WISH_CARD_COUNT; i++)
		if (str_equal(wish_cards[i].code, code))
			return i;
	return WISH_CARD_COUNT;
}

const struct contact *wish_person(const struct model *model)
{
	const struct catalogue *c = model->catalogue;
	if (!c || c->contact_count == 0)
		return NULL;
	int until;
	for (size_t i = 0; model->clock_sure && i < c->contact_count; i++)
		if (contact_present(&c->contacts[i], model->now, &until))
			return &c->contacts[i];
	return &c->contacts[0];
}

struct ui_button wish_ask_button(
	const struct model *model, struct arena *arena, const struct contact *person)
{
	return (struct ui_button){
		.label = TR(model->i18n, arena, "empty-ask", {"name", person->name}),
		.portrait = person->picture.file,
		.portrait_initial = person->name,
		.portrait_fill = contact_color(person)};
}
