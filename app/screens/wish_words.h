/* What the screens of "Ik zoek" say of a card. index: into wish_cards. */
#pragma once
#include "screens/screen.h"

/* "Samen eten". */
struct str wish_name(const struct model *model, struct arena *arena, size_t index);
/* "Ik zoek: samen eten", for whoever calls. */
struct str wish_call_title(struct i18n *i18n, struct arena *arena, size_t index);
/* "Al 4 buren willen dit", or how far it is once it was taken up; empty: nothing to say yet. */
struct str wish_news(const struct model *model, struct arena *arena, size_t index);
/* The card of the visit; WISH_CARD_COUNT: none was picked. */
size_t wish_of_visit(const struct model *model);
/* Somebody to ask: in the house now if the clock is sure, else the first one; NULL: nobody. */
const struct contact *wish_person(const struct model *model);
/* "Vraag het aan Joop", with his face. */
struct ui_button;
struct ui_button wish_ask_button(
	const struct model *model, struct arena *arena, const struct contact *person);
