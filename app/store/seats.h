/* Who has a seat and who waits, inside the transaction that decides. */
#pragma once
#include "store/inside.h"
#include "store/registration.h"

bool seats_count(struct sql *db, struct uuid schedule, int64_t occurrence,
	struct seats_taken *seats, struct error *err);

/* Confirms who waits for an occurrence, in the order of the list, until somebody does not fit:
 * nobody overtakes. Does nothing when the initiative is gone or takes no sign-ups any more. */
bool seats_move_up(struct store_tx *tx, struct uuid initiative, struct uuid schedule,
	int64_t occurrence, struct error *err);
/* The same for every occurrence that is not over: seats may have been added. */
bool seats_move_up_all(struct store_tx *tx, struct error *err);
