/* The cards of "Ik zoek": what neighbours can say they would like, without writing. */
#pragma once
#include "model/catalogue.h"

#define WISH_CARD_BYTES 24 /* a code and its NUL; a to z and dashes */
#define WISH_CARD_COUNT 9
#define WISH_NEAR_MOST 3
#define WISH_THRESHOLD 4 /* neighbours from which a wish is shown to be shared */

struct wish_card {
	struct str code; /* on disk for ever */
	struct str icon; /* of assets/icons */
	struct str message; /* id of its name; MESSAGE-about is a line below it */
	const struct str *themes; /* codes of the taxonomy, nearest first; end with an empty one */
	const struct str *words; /* lower case, as they begin a word; end with an empty one */
	const int *factors; /* protective factors that speak for it; end with 0 */
};

extern const struct wish_card wish_cards[WISH_CARD_COUNT];
/* NULL when there is no such card. */
const struct wish_card *wish_card(struct str code);

enum wish_why {
	WISH_WHY_OFFER, /* an offer of the group says it: text */
	WISH_WHY_FACTOR, /* what it strengthens says it: text */
	WISH_WHY_THEME, /* theme */
	WISH_WHY_TEXT, /* its name, tagline, or a sentence of its summary says it: text */
};

struct wish_near {
	const struct initiative *initiative;
	enum wish_why why;
	struct str text; /* as the catalogue has it; a theme's is its code */
	int score;
};

/* The active initiatives nearest to a card, best first, at most WISH_NEAR_MOST: with the best
 * reason for each. Only those that have to do with it: may be none. The texts point into the
 * catalogue. */
size_t wish_nearest(const struct catalogue *catalogue, const struct wish_card *card,
	struct wish_near near[WISH_NEAR_MOST]);
