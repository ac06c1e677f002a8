/* The page that says what became of a wish: when it was kept, and later by its code. */
#pragma once
#include "screens/screen.h"
#include "ui/widgets.h"

#define WISH_PAGE_FACTS 4
#define WISH_PAGE_BUTTONS 3

struct wish_button {
	struct str id;
	struct ui_button look;
};

struct wish_page {
	struct str scroll_id, finish_id;
	enum color_token section;
	struct str title, subtitle;
	bool asks; /* one of the buttons is the answer: finishing is not what is offered */
	struct str code, code_caption; /* to write down, above the other facts; empty: none */
	struct ui_fact facts[WISH_PAGE_FACTS];
	size_t fact_count;
	struct wish_button buttons[WISH_PAGE_BUTTONS]; /* below the facts */
	size_t button_count;
	bool leads; /* the first button stands directly below the first fact */
};

struct wish_touch {
	bool finish; /* "Klaar, wis alles" */
	size_t button; /* button_count of the page: none */
};

void wish_page_fact(struct wish_page *page, const char *icon, struct str title, struct str body);
void wish_page_button(struct wish_page *page, struct str id, struct ui_button look);
/* What does not fit scrolls, with page buttons. */
struct wish_touch wish_page_frame(
	const struct model *model, struct ui *ui, const struct wish_page *page);

/* How many neighbours want it, and what happens next. index: into wish_cards. */
void wish_page_neighbours(
	const struct model *model, struct ui *ui, struct wish_page *page, size_t index, int count);
/* That no name stands with it, and where the number is. */
void wish_page_privacy(
	const struct model *model, struct ui *ui, struct wish_page *page, bool has_phone);
