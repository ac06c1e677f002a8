/* Wishes: what neighbours would like to do together, kept without a name. A wish is a card, a day,
 * and at most a sealed number to call; wishes of one card belong together and are a cluster, whose
 * step on the routekaart staff sets. A wish counts for half a year, and its owner can withdraw it
 * by the code that was shown.
 *
 * Practice wishes are forgotten when registrations are opened, as practice sign-ups are. */
#pragma once
#include "model/wish.h"
#include "store/store.h"

#define WISH_KEPT_DAYS 180
#define WISH_CODE_CHARS 8
#define WISH_PHONE_MAX_BYTES 40
#define WISH_FLOOD_PER_HOUR 20 /* beyond it, wishes are marked for staff */

struct wish_request {
	struct str card; /* code of a card of model/wish.h */
	struct str phone; /* may be empty; sealed */
};

struct wish_result {
	struct uuid id;
	char code[WISH_CODE_CHARS + 1];
	int count; /* wishes of this card now, this one included */
	bool keys_used_up; /* sealed to the last key, whose month is over */
};

/* Keeps a wish: when this says true, a power cut takes nothing back. ERROR_NOT_FOUND: no such card.
 * ERROR_LIMIT, ERROR_PARSE: the number is too long or no UTF-8. ERROR_REFUSED: the env's randomness
 * comes from a seed while registrations are real. Wipe the result when it has been shown. */
bool store_wish(struct store *store, const struct wish_request *request, struct wish_result *result,
	struct error *err);
/* Adds a sealed number to a wish of this kiosk that has none yet. ERROR_NOT_FOUND: no such wish, or
 * withdrawn. ERROR_REFUSED: it has one already. */
bool store_wish_contact(struct store *store, struct uuid id, struct str phone, struct error *err);

struct wish {
	struct uuid id;
	char card[WISH_CARD_BYTES];
	bool has_contact, withdrawn;
	bool stands; /* neither withdrawn nor older than WISH_KEPT_DAYS */
	int64_t saved_ms;
};
/* The wish of a code as somebody types it: either case, blanks and dashes ignored. ERROR_NOT_FOUND
 * when there is none. Whoever calls counts the tries. */
bool store_find_wish(struct store *store, struct str code, struct wish *found, struct error *err);
/* Withdraws a wish and erases its number. Withdrawing again changes nothing. */
bool store_withdraw_wish(struct store *store, struct uuid id, struct error *err);

enum route_step { /* of the routekaart; numbers are in the log */
	ROUTE_NONE = 0, /* nobody took it up yet */
	ROUTE_EXPLORE = 1, /* we find out */
	ROUTE_PLAN = 2, /* we make a plan */
	ROUTE_DO = 3, /* we do it */
	ROUTE_LEARN = 4, /* we learn from it */
	ROUTE_STEP_COUNT
};

struct wish_cluster {
	char card[WISH_CARD_BYTES];
	int count; /* wishes that stand */
	int with_contact; /* of these, with a sealed number */
	int marked; /* of these, kept in a flood */
	int step; /* enum route_step */
	int64_t last_ms; /* when the newest of them was kept, ms since 1970 UTC; 0: there is none */
};
/* Clusters with a wish that stands or a step, the largest first, then by card. Wishes older than
 * WISH_KEPT_DAYS drop out while the clock is sure; while it is not, nothing does. */
bool store_wish_clusters(struct store *store, struct arena *arena, struct wish_cluster **clusters,
	size_t *count, struct error *err);
/* Sets the step of a card's cluster. The step it has already is no op. ERROR_NOT_FOUND: no such
 * card. */
bool store_route(struct store *store, struct str card, enum route_step step, struct error *err);
