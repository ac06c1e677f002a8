/* Takes over into a new database what can still be read of a damaged one. */
#pragma once
#include "store/inside.h"
#include "store/repair.h"

struct salvage_source {
	struct sql *db; /* opened with sql_open_damaged(); NULL: no table of it can be asked */
	struct str image; /* its pages, where db is NULL */
	const char *keys_path; /* org-keys.pub beside it, which may be absent */
};

/* Into a transaction of a store that is new, folded afterwards. Fills ops_kept, sealed_kept and
 * ops_lost. False only when the new database refuses. */
bool salvage(struct store_tx *tx, const struct salvage_source *source, struct store_repair *repair,
	struct error *err);
