/* The words of the page about an initiative, from when it is to when it was last checked. */
#pragma once
#include "screens/screen.h"

struct initiative_page {
	const struct initiative *initiative;
	const struct occurrence *shown; /* the day one says yes to, or NULL */
	const struct occurrence *missed; /* the one that was asked for but is cancelled, or NULL */
	/* "Walk with me" found no room beside the picture and stands in the page. */
	bool with_companion_button;
};

/* Lays the page out downwards from the top of content, inside an open list. Returns its bottom.
 * *walk_with_me is set when that button was touched and left alone otherwise. */
int initiative_page_frame(const struct model *model, struct ui *ui, struct rect content,
	const struct initiative_page *page, bool *walk_with_me);
