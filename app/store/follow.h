/* A conversation was asked for: how far the question has come, as far as staff tapped it, and what
 * is still open. */
#pragma once
#include "store/registration.h"

/* Brings a question to FOLLOW_TAKEN_ALONG or FOLLOW_TAKEN_UP (`by` tells by whom, and may be
 * empty). A question goes only forwards; taken up again by somebody else, it is that person's.
 * Where it is already, nothing changes. ERROR_NOT_FOUND: no such registration. ERROR_REFUSED: it is
 * no introduction, or was taken back. ERROR_LIMIT, ERROR_PARSE: the name is longer than
 * FOLLOW_BY_MAX_BYTES, or not UTF-8. */
bool store_follow(struct store *store, struct uuid id, enum follow_status status, struct str by,
	struct error *err);

struct open_question {
	struct uuid id, initiative;
	enum follow_status status; /* received or taken along */
	struct str by; /* in the arena */
	int64_t saved_ms; /* by the clock of then */
};
/* Introductions that nobody has taken up, were not taken back and have not expired, oldest first.
 */
bool store_questions(struct store *store, struct arena *arena, struct open_question **list,
	size_t *count, struct error *err);
