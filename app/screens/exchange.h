/* News that a stick carries, in two sizes: the picture of a whole screen, and the mark on the sill
 * while somebody does something else. */
#pragma once
#include "screens/screen.h"

/* can_leave: with a button that puts it away. */
struct action exchange_picture_frame(const struct model *model, struct ui *ui, bool can_leave);
/* Draws the mark into rect, as wide as it needs, and returns what is left of rect; all of it when
 * nothing is to be told. Nothing there can be touched. */
struct rect exchange_mark_frame(const struct model *model, struct ui *ui, struct rect rect);
/* Why it did not work, in a sentence or two; empty when it did. */
struct str say_stick_failure(const struct model *model, struct ui *ui, enum stick_outcome outcome);
