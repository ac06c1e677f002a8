/* When somebody is in the building, in words. */
#pragma once
#include "screens/screen.h"
#include "ui/widgets.h"

/* In the house at this moment, as far as the clock is sure. */
bool is_here_now(const struct model *model, const struct contact *contact);
/* "Nu in huis, tot 13.00 uur", "Morgen weer in huis", "Vraag aan de balie". */
struct ui_tag presence_tag(
	const struct model *model, struct arena *arena, const struct contact *contact);
/* "maandag tot en met vrijdag, 9.00 – 13.00", one line for each stretch of time; the prose of the
 * catalogue where there are no times; empty when nothing is known. */
struct str presence_times(
	const struct model *model, struct arena *arena, const struct contact *contact);

/* The contacts of the catalogue: who is here now first, then by who comes next, then the others;
 * with an unsure clock in the order of the catalogue. */
const struct contact **contacts_by_presence(
	const struct model *model, struct arena *arena, size_t *count);
