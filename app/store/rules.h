/* What the catalogue says about registering for one initiative, read from the folds inside the
 * transaction that decides: the screen's copy may be older. */
#pragma once
#include "model/catalogue.h"
#include "sql/sql.h"

/* The initiative, and of its schedules only that one; both as the screens would read them. NULL
 * with err set: ERROR_NOT_FOUND when there is no such initiative or it was deleted. Everything is
 * in the arena. */
const struct initiative *rules_of(struct sql *db, struct arena *arena, struct uuid initiative,
	struct uuid schedule, struct error *err);
