/* Recording what a transaction changes, so that it can be taken back later: SQLite's own changesets
 * (sqlite.org/sessionintro.html), applied upside down. Tables need a declared primary key. */
#pragma once
#include "sql/sql.h"

struct sql_recorder;

/* Records every change of these tables through this connection until it is stopped. Out of memory
 * aborts. Stopped with sql_recorder_stop(), which sets the pointer to NULL and accepts NULL in it,
 * before the connection is closed. */
struct sql_recorder *sql_recorder_start(struct sql *db, const char *const *tables, size_t count);
void sql_recorder_stop(struct sql_recorder **recorder);
/* What was recorded, in the arena: only the difference between then and now. Empty: nothing. */
bool sql_recorder_changes(
	struct sql_recorder *recorder, struct arena *arena, struct str *changes, struct error *err);

/* Makes the rows what they were before those changes, inside a transaction. ERROR_DAMAGED when they
 * are not what the changes had made of them, or the bytes are no changes: nothing is undone then.
 */
bool sql_undo(struct sql *db, struct str changes, struct error *err);
