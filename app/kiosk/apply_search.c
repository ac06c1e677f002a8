/* Answers what was typed into the search field: at once, so that the frame that shows a letter
 * shows what it finds. Where the store finds too little, others that share a theme with the best
 * one follow, or what is on next: nobody stands before an empty screen. */
#include "kiosk/kiosk.h"

#include <assert.h>
#include <string.h>

#include "base/log.h"
#include "store/search.h"

#define LOOKED_AT 400 /* for company; the price of a letter does not grow with the board */

static_assert(FOUND_MOST >= SEARCH_HITS, "all hits have room");

static void add_found(struct kiosk *kiosk, const struct initiative *initiative, bool near)
{
	struct visit *visit = kiosk->visit;
	if (!initiative || initiative->status != STATUS_ACTIVE || visit->found_count == FOUND_MOST)
		return;
	for (size_t i = 0; i < visit->found_count; i++)
		if (uuid_equal(visit->found[i].initiative, initiative->id))
			return;
	visit->found[visit->found_count++] = (struct found){initiative->id, near};
}

static bool share_a_theme(const struct initiative *a, const struct initiative *b)
{
	for (size_t i = 0; i < a->themes.count; i++)
		if (str_list_contains(&b->themes, a->themes.items[i]))
			return true;
	return false;
}

static void add_company(struct kiosk *kiosk)
{
	const struct catalogue *c = kiosk->model.catalogue;
	struct visit *visit = kiosk->visit;
	const struct initiative *best =
		visit->found_count ? catalogue_initiative(c, visit->found[0].initiative) : NULL;
	for (size_t i = 0; best && i < c->initiative_count && i < LOOKED_AT; i++)
		if (visit->found_count < SEARCH_NEAREST && share_a_theme(best, &c->initiatives[i]))
			add_found(kiosk, &c->initiatives[i], true);
	const struct occurrence_list *next = &kiosk->model.upcoming;
	for (size_t i = 0; i < next->count && i < LOOKED_AT; i++)
		if (visit->found_count < SEARCH_NEAREST && !next->items[i].cancelled)
			add_found(kiosk, next->items[i].schedule->initiative, true);
}

void kiosk_search(struct kiosk *kiosk)
{
	CLEANUP(arena_wipe_and_finish) struct arena arena = {.block_bytes = 4096};
	struct visit *visit = kiosk->visit;
	struct search_hit *hits = NULL;
	size_t count = 0;
	struct error err;
	explicit_bzero(visit->found, sizeof(visit->found));
	visit->found_count = visit->found_alike = 0;
	visit->found_more = false;
	struct str query = {visit->query, visit->query_bytes};
	if (query.len == 0 || !kiosk->model.catalogue)
		return;
	if (!store_search(kiosk->store, &arena, query, &hits, &count, &visit->found_more, &err))
		log_error("searching", &err);
	for (size_t i = 0; i < count; i++)
		add_found(kiosk, catalogue_initiative(kiosk->model.catalogue, hits[i].initiative),
			hits[i].near);
	visit->found_alike = visit->found_count;
	add_company(kiosk);
}
