/* Keeping the search index: the folds say what changed, and the commit brings the index up to date.
 */
#pragma once
#include "store/inside.h"

#define SEARCH_SLIPS 13
/* The slips of a word or sound, itself first; returns their number, 0 for a short one. They are
 * views of it or in the arena. */
size_t search_slips(struct arena *arena, struct str form, struct str slips[SEARCH_SLIPS]);

/* A field of that entity has another value now. */
bool search_mark(struct store_tx *tx, unsigned entity_type, const struct uuid *entity,
	unsigned field, struct error *err);
/* Brings the index up to date with what was marked; before the commit. */
bool search_update(struct store_tx *tx, struct error *err);
/* Forgets the marks. */
void search_forget(struct store_tx *tx);
/* Empties the index, as before the first op. */
bool search_clear(struct store_tx *tx, struct error *err);
/* Makes the whole index when it is absent or another program's. */
bool search_ensure(struct store *store, struct error *err);
