/* Wishes: picking a card, keeping it once a visit, the number that may go with it, taking it back
 * by its code, and the step that the host sets. What a screen says was kept is what the store said.
 */
#include "kiosk/kiosk.h"

#include <assert.h>
#include <string.h>

#include "base/log.h"
#include "store/wish.h"

static_assert(WISH_CODE_CHARS == CODE_CHARACTERS, "a whole code can be typed");

size_t kiosk_wish_index(struct str code)
{
	const struct wish_card *card = wish_card(code);
	return card ? (size_t)(card - wish_cards) : WISH_CARD_COUNT;
}

void kiosk_load_wishes(struct kiosk *kiosk)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct wish_cluster *clusters = NULL;
	struct error err;
	size_t count = 0;
	memset(kiosk->model.wishes, 0, sizeof(kiosk->model.wishes));
	if (!store_wish_clusters(kiosk->store, &arena, &clusters, &count, &err))
		log_error("counting wishes", &err);
	for (size_t i = 0; i < count; i++) {
		size_t index = kiosk_wish_index(str_from(clusters[i].card));
		if (index < WISH_CARD_COUNT) /* a newer program knows more cards */
			kiosk->model.wishes[index] = (struct wish_state){.count = clusters[i].count,
				.step = clusters[i].step,
				.with_contact = clusters[i].with_contact,
				.marked = clusters[i].marked};
	}
	kiosk->model.revision++;
}

void kiosk_pick_wish(struct kiosk *kiosk, struct str card)
{
	struct visit *visit = kiosk->visit;
	if (kiosk_wish_index(card) == WISH_CARD_COUNT)
		return;
	memset(visit->wish, 0, sizeof(visit->wish));
	memcpy(visit->wish, card.ptr, card.len);
	kiosk_open(kiosk, SCREEN_WISH_NEAR);
}

static void cannot_save(struct kiosk *kiosk, const char *what, const struct error *err)
{
	log_error(what, err);
	bool disk = err->code == ERROR_DISK || err->code == ERROR_DISK_FULL ||
		    err->code == ERROR_READ_ONLY || err->code == ERROR_DAMAGED;
	kiosk->model.can_save = !disk;
	kiosk_open(kiosk, SCREEN_SAVE_FAILED);
}

void kiosk_keep_wish(struct kiosk *kiosk)
{
	struct error err;
	struct wish_result result;
	struct visit *visit = kiosk->visit;
	size_t index = kiosk_wish_index(str_from(visit->wish));
	if (index == WISH_CARD_COUNT || visit->wished >> index & 1)
		return;
	if (!kiosk->model.can_save) {
		kiosk_open(kiosk, SCREEN_SAVE_FAILED);
		return;
	}
	if (!kiosk_may_save(kiosk))
		return;
	struct wish_request request = {.card = str_from(visit->wish)};
	if (!store_wish(kiosk->store, &request, &result, &err)) {
		cannot_save(kiosk, "keeping a wish", &err);
		return;
	}
	kiosk_note_save(kiosk);
	visit->wished |= 1U << index;
	visit->wish_id = result.id;
	visit->wish_count = result.count;
	visit->wish_has_phone = false;
	memcpy(visit->wish_code, result.code, sizeof(visit->wish_code));
	explicit_bzero(&result, sizeof(result));
	kiosk_load_wishes(kiosk);
	kiosk->depth--; /* back leads to the cards: what was kept is not kept again */
	kiosk_open(kiosk, SCREEN_WISH_SAVED);
}

void kiosk_wish_call(struct kiosk *kiosk)
{
	struct error err;
	struct visit *visit = kiosk->visit;
	struct str phone = {visit->phone, visit->phone_bytes};
	if (phone.len == 0 || visit->wish_has_phone || kiosk->model.no_contact)
		return;
	if (!store_wish_contact(kiosk->store, visit->wish_id, phone, &err)) {
		cannot_save(kiosk, "keeping the number of a wish", &err);
		return;
	}
	visit->wish_has_phone = true;
	explicit_bzero(visit->phone, sizeof(visit->phone)); /* a sign-up asks for itself */
	visit->phone_bytes = 0;
	kiosk_apply(kiosk, &(struct action){.kind = ACTION_BACK});
}

/* --- by its code ------------------------------------------------------------------------------ */

bool kiosk_show_wish(struct kiosk *kiosk, struct str code, struct error *err)
{
	struct wish found;
	if (!store_find_wish(kiosk->store, code, &found, err))
		return false;
	kiosk->visit->my_wish = (struct my_wish){
		.found = true,
		.id = found.id,
		.card = kiosk_wish_index(str_from(found.card)),
		.state = found.withdrawn ? MY_WISH_WITHDRAWN
			 : found.stands  ? MY_WISH_STANDS
					 : MY_WISH_OVER,
		.had_phone = found.has_contact && found.stands,
	};
	kiosk_open(kiosk, SCREEN_MY_WISH);
	return true;
}

void kiosk_withdraw_wish(struct kiosk *kiosk)
{
	struct error err;
	struct visit *visit = kiosk->visit;
	struct my_wish *wish = &visit->my_wish;
	if (!wish->found || wish->state != MY_WISH_STANDS)
		return;
	if (!store_withdraw_wish(kiosk->store, wish->id, &err)) {
		cannot_save(kiosk, "withdrawing a wish", &err);
		return;
	}
	wish->state = MY_WISH_WITHDRAWN;
	if (wish->card < WISH_CARD_COUNT && uuid_equal(wish->id, visit->wish_id))
		visit->wished &= ~(1U << wish->card); /* who changes his mind may wish again */
	kiosk_load_wishes(kiosk);
}

/* --- of the host ------------------------------------------------------------------------------ */

void kiosk_open_cluster(struct kiosk *kiosk, int64_t index)
{
	if (index < 0 || index >= WISH_CARD_COUNT)
		return;
	kiosk->visit->cluster = (size_t)index;
	kiosk_open(kiosk, SCREEN_CLUSTER);
}

void kiosk_set_route(struct kiosk *kiosk, int64_t step)
{
	struct error err;
	struct str card = wish_cards[kiosk->visit->cluster].code;
	if (step < ROUTE_NONE || step >= ROUTE_STEP_COUNT)
		return;
	if (store_route(kiosk->store, card, (enum route_step)step, &err)) {
		kiosk_load_wishes(kiosk);
		return;
	}
	cannot_save(kiosk, "setting the step of a cluster", &err);
}
