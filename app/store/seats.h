/* Who has a seat and who waits, inside the transaction that decides. */
#pragma once
#include "model/catalogue.h"
#include "store/inside.h"
#include "store/payload.h"
#include "store/registration.h"

bool seats_count(struct sql *db, struct uuid schedule, int64_t occurrence,
	struct seats_taken *seats, struct error *err);

/* Confirms who waits for an occurrence, in the order of the list, until somebody does not fit:
 * nobody overtakes. Does nothing when the initiative is gone or takes no sign-ups any more. */
bool seats_move_up(struct store_tx *tx, struct uuid initiative, struct uuid schedule,
	int64_t occurrence, struct error *err);
/* The same for every occurrence that is not over: seats may have been added. */
bool seats_move_up_all(struct store_tx *tx, struct error *err);

/* Whether this store gives out the seats of that meeting: the device that the list of devices names
 * for its place does, else whoever numbers the ops. */
bool seats_are_ours(struct store *store, struct uuid initiative, struct uuid schedule, bool *ours,
	struct error *err);
/* What becomes of a request, as things stand: a seat, or the next place on the waiting list. Of the
 * request only schedule, occurrence and party size count. */
bool seats_decision(struct sql *db, const struct request_payload *request,
	const struct initiative *initiative, struct decide_payload *decision, struct error *err);
/* Moves up who waits, and decides about every sign-up that nobody has decided about, where the
 * seats are ours. */
bool seats_decide(struct store_tx *tx, struct error *err);
