/* Finding initiatives by what somebody types. The index is this kiosk's own, follows every change
 * of the catalogue in the transaction of that change, and holds active initiatives only. */
#pragma once
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/uuid.h"
#include "store/store.h"

#include <stdbool.h>
#include <stddef.h>

#define SEARCH_HITS 24 /* at most so many are told */
#define SEARCH_WORDS 6 /* further words of a query do not count */
#define SEARCH_NEAREST 3 /* near ones fill up to so many */

struct search_hit {
	struct uuid initiative;
	bool near; /* not what was asked, but the nearest to it */
};

/* The initiatives that have all words of the query, as they are, begun, or a little misspelt; best
 * first: name, tagline, what it is about, the rest. Where these are fewer than SEARCH_NEAREST, near
 * ones follow. Any text may be asked; what is no UTF-8 and what has no letter finds nothing. The
 * work of one query is bounded by the numbers above, whatever the size of the catalogue; a hit
 * beyond them is not seen. *more: there are more than SEARCH_HITS. Hits are in the arena. */
bool store_search(struct store *store, struct arena *arena, struct str query,
	struct search_hit **hits, size_t *count, bool *more, struct error *err);
