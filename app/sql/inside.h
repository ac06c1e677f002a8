/* What the files of app/sql know of each other. */
#pragma once
/* Debian builds its SQLite with both; the header shows the session interface only to who asks. */
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include "sql/sql.h"

#include <sqlite3.h>

struct sql {
	sqlite3 *handle;
	struct sql_query **table; /* open addressing, size a power of two */
	size_t table_size, count;
	bool in_transaction;
	bool foreign; /* what is in it proves nothing about us */
	bool met_damage;
};

/* False with err set for what the world did; our bugs and out of memory do not come back. */
bool sql_refused(struct sql *db, int result, const char *what, struct error *err);
