/* What the catalogue says about registering for one initiative, read from the folds inside the
 * transaction that decides: the screen's copy may be older. */
#pragma once
#include "model/catalogue.h"
#include "sql/sql.h"

#include <stdbool.h>

struct rules {
	bool found, active, sensitive, waiting_list;
	enum registration_mode mode;
	int capacity; /* 0: no limit */
	int max_party; /* at least 1 */
	int retention_days; /* 30 where the catalogue does not say */
};

bool rules_read(struct sql *db, struct uuid initiative, struct rules *rules, struct error *err);
/* Whether that schedule is one of that initiative's and not deleted. */
bool rules_has_schedule(
	struct sql *db, struct uuid initiative, struct uuid schedule, bool *has, struct error *err);
