/* One card of a list: a picture, when, what, and who greets you. */
#pragma once
#include "screens/filtering.h"

struct card_look {
	bool calendar; /* a leaf stands beside it, so that the day need not be said */
	bool tight; /* one of very many: two lines of name and one thing more */
	int factor; /* 1..10: say why this strengthens it, instead of who greets you; 0: none */
	struct str why; /* said instead of who greets you; empty: nothing of the kind */
	bool why_is_own; /* in the catalogue's language */
};

/* Height that the card needs at that width. */
int card_height(struct ui *ui, int width_px, const struct model *model,
	const struct list_entry *entry, const struct card_look *look);
/* The height that is enough for any tight card, without measuring one. */
int card_height_tight(struct ui *ui);
bool card_frame(struct ui *ui, struct str id, struct rect rect, const struct model *model,
	const struct list_entry *entry, const struct card_look *look);
