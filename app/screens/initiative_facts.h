/* What is known of an initiative, in words: pure sentences, no drawing. Empty where nothing is
 * known. `shown` is the occurrence that the page is about, or NULL. */
#pragma once
#include "screens/screen.h"

/* "Vandaag om 9.30 uur", with an unsure clock "Elke dinsdag, 9.30", else whom to ask. */
struct str say_page_when(const struct model *model, struct arena *arena,
	const struct initiative *initiative, const struct occurrence *shown, bool compact);
/* "Elke dinsdag, twee uur" */
struct str say_page_rhythm(
	const struct model *model, struct arena *arena, const struct occurrence *shown);
/* "Nu niet: feest. 5 januari weer wel." `next` may be NULL. */
struct str say_cancellation(const struct model *model, struct arena *arena,
	const struct occurrence *cancelled, const struct occurrence *next);
/* "Was dinsdag 9 februari" or "Was 9.30 uur": what is new stands beside it. */
struct str say_move(const struct model *model, struct arena *arena, const struct occurrence *moved);

struct own_words { /* a strong line and a body */
	struct str title, body;
	bool title_is_own, body_is_own; /* in the catalogue's language */
};
const struct place *place_of(const struct initiative *initiative, const struct occurrence *shown);
struct own_words say_where(const struct model *model, struct arena *arena,
	const struct initiative *initiative, const struct occurrence *shown, bool compact);
struct own_words say_cost(
	const struct model *model, struct arena *arena, const struct initiative *initiative);
struct own_words say_audience(
	const struct model *model, struct arena *arena, const struct initiative *initiative);
/* The place's own text where it is in the visitor's language, else a line for everything that is
 * known, "\n" between them. */
struct str say_access(const struct model *model, struct arena *arena, const struct place *place);
/* "Turks"; the code itself where there is no word for it. */
struct str language_name(const struct model *model, struct arena *arena, struct str code);
/* "We spreken Nederlands en Turks." */
struct str say_languages(
	const struct model *model, struct arena *arena, const struct initiative *initiative);
/* The note without a sentence that is said already. */
struct str without_sentence(struct str note, struct str sentence);
/* All items, a line each. */
struct str say_lines(struct arena *arena, const struct str_list *list);
