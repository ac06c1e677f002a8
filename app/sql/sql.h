/* SQLite as the store uses it: a connection, prepared statements cached by the address of their
 * literal, and transactions that roll back unless committed.
 *
 *	CLEANUP(sql_done) struct sql_query *q = sql_query(db,
 *		"SELECT name FROM place WHERE id = :id");
 *	sql_bind_int(q, ":id", id);
 *	while (sql_next(q, err))
 *		...sql_text(q, arena, 0)...
 *	if (sql_failed(q))
 *		return false;
 *
 * A statement that does not prepare, an unknown parameter name and a broken constraint are our
 * bugs and assert. What the disk does becomes a struct error: ERROR_DISK_FULL, ERROR_READ_ONLY,
 * ERROR_DAMAGED, ERROR_CONFLICT (another program holds the database longer than two seconds), and
 * ERROR_DISK for the rest.
 *
 * A connection belongs to one thread. Statements ask neither the time nor for randomness in SQL,
 * so SQLite's own (which name temporary files and salt the WAL) stay SQLite's. */
#pragma once
#include "base/arena.h"
#include "base/env.h"
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sql;
struct sql_query;

/* Opens the database file, made when absent, with WAL, synchronous=FULL, secure_delete and foreign
 * keys, and syncs its directory: the database and its WAL must be found again after a power cut.
 * NULL with err set when the world refuses. Closed with sql_close(), which accepts NULL. */
struct sql *sql_open(struct env *env, const char *path, struct error *err);
/* Opens a stranger's database to look at it: as it is, without WAL and without making it. Whatever
 * its content makes SQLite say is ERROR_DAMAGED, never an assert. ":memory:" is an empty one. */
struct sql *sql_open_foreign(const char *path, struct error *err);
/* Opens a file that is not whole, to read what is left of it: nothing is configured or written, the
 * WAL stays where it is, and a table that is gone is ERROR_DAMAGED instead of our bug. */
struct sql *sql_open_damaged(const char *path, struct error *err);
/* Opens a database that stands in memory, pages of 4096 bytes, in the way of sql_open_damaged().
 * The bytes are not copied nor changed, and must outlive it. */
struct sql *sql_open_image(const void *bytes, size_t count, struct error *err);
void sql_close(struct sql *db);
/* The database as a file without a WAL would hold it, whatever is in its pages, in the arena. Empty
 * when not even their number can be read. */
struct str sql_image(struct sql *db, struct arena *arena);
/* Whether a statement met damage since it was opened. */
bool sql_met_damage(const struct sql *db);

/* Runs a script of statements without parameters: a schema. */
bool sql_script(struct sql *db, const char *script, struct error *err);
/* Moves the WAL into the database and cuts it to nothing, so that what was erased is gone from
 * both files. ERROR_CONFLICT: a reader in another program kept it from doing so; try later. */
bool sql_checkpoint(struct sql *db, struct error *err);
/* Changes whenever another connection committed something. */
int64_t sql_data_version(struct sql *db, struct error *err);

/* The statement of a literal, ready for parameters. Never NULL: when the database cannot be read,
 * the failure comes out of the first sql_next() or sql_run(). A literal can serve one reader at a
 * time. Given back with sql_done(), which also runs by CLEANUP. */
struct sql_query *sql_query(struct sql *db, const char *literal);
void sql_done(struct sql_query **query);

/* Text and blobs are not copied: they must live until sql_done(). */
void sql_bind_int(struct sql_query *query, const char *name, int64_t value);
void sql_bind_text(struct sql_query *query, const char *name, struct str text);
void sql_bind_blob(struct sql_query *query, const char *name, const void *bytes, size_t count);
void sql_bind_null(struct sql_query *query, const char *name);

/* True when there is a row; false at the end and on failure, which sql_failed() tells apart. */
bool sql_next(struct sql_query *query, struct error *err);
bool sql_failed(const struct sql_query *query);
/* Runs a statement that gives no rows, and makes it ready for other parameters. */
bool sql_run(struct sql_query *query, struct error *err);

/* Columns of the current row, from 0. */
int64_t sql_int(struct sql_query *query, int column);
bool sql_is_null(struct sql_query *query, int column);
/* View of the text or blob, valid until the next sql_next(). */
struct str sql_peek(struct sql_query *query, int column);
/* The same, copied into the arena. */
struct str sql_text(struct sql_query *query, struct arena *arena, int column);
/* A blob of exactly `count` bytes; false, with zeroes in its place, when it has another size. */
bool sql_blob(struct sql_query *query, int column, void *bytes, size_t count);
/* Rows changed by the last statement that ran. */
int64_t sql_changes(struct sql *db);

/* BEGIN IMMEDIATE ... COMMIT. Declared with CLEANUP(sql_rollback), so that forgetting to commit
 * takes everything back. After sql_commit() says true, the change is on the disk. */
struct sql_tx {
	struct sql *db;
};
bool sql_begin(struct sql_tx *tx, struct sql *db, struct error *err);
/* The same for reading only: every statement until sql_rollback() sees one moment. */
bool sql_begin_read(struct sql_tx *tx, struct sql *db, struct error *err);
bool sql_commit(struct sql_tx *tx, struct error *err);
void sql_rollback(struct sql_tx *tx);

/* Statements run by this process, for --stats and tests. */
uint64_t sql_statements_run(void);
/* Rows that they gave, and pages of the database that they looked at through this connection. */
uint64_t sql_rows_read(void);
uint64_t sql_pages_read(struct sql *db);
