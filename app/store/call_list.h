/* What a call list is made of: the sign-ups and the wishes whose sealed details are still here. */
#pragma once
#include "model/wish.h"
#include "store/registration.h"

enum call_kind { CALL_REGISTRATION, CALL_WISH };

struct call_entry {
	enum call_kind kind;
	struct registration registration; /* of CALL_REGISTRATION */
	char card[WISH_CARD_BYTES]; /* of CALL_WISH: code of the card, maybe of a newer program */
	int64_t asked_ms; /* of CALL_WISH, UTC; 0: nobody knew the time yet */
	struct str box; /* sealed details */
};

/* The sign-ups that are confirmed or waiting, by occurrence and then in the order in which they
 * were asked; then the wishes that were not withdrawn, by card and then likewise. What has expired
 * is not among them, unless the clock is unsure. Everything is in the arena. */
bool store_call_list(struct store *store, struct arena *arena, struct call_entry **entries,
	size_t *count, struct error *err);
