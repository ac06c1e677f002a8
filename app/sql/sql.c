/* The wrapper around SQLite. Statements are looked up by the address of their literal in a small
 * open table that grows: the lookup is one multiplication, so a query can stand in the function
 * that reads its rows and still be prepared only once. */
#include "sql/sql.h"

#include "sql/inside.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUSY_TIMEOUT_MS 2000

struct sql_query {
	struct sql *db;
	const char *literal;
	sqlite3_stmt *statement; /* NULL: preparing failed with `result` */
	int result; /* of the last step */
	bool in_use;
};

static uint64_t statements_run, rows_read;

uint64_t sql_statements_run(void)
{
	return statements_run;
}

uint64_t sql_rows_read(void)
{
	return rows_read;
}

uint64_t sql_pages_read(struct sql *db)
{
	int cached = 0, missed = 0, high;
	sqlite3_db_status(db->handle, SQLITE_DBSTATUS_CACHE_HIT, &cached, &high, 0);
	sqlite3_db_status(db->handle, SQLITE_DBSTATUS_CACHE_MISS, &missed, &high, 0);
	return (uint64_t)cached + (uint64_t)missed;
}

/* What a person can do about a result of SQLite. */
static enum error_code code_of(int result, int system_errno)
{
	switch (result & 0xff) {
	case SQLITE_FULL:
		return ERROR_DISK_FULL;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return ERROR_READ_ONLY;
	case SQLITE_CANTOPEN:
		return system_errno == EACCES || system_errno == EROFS ? ERROR_READ_ONLY
		       : system_errno == ENOSPC                        ? ERROR_DISK_FULL
		       : system_errno == ENOENT                        ? ERROR_NOT_FOUND
								       : ERROR_DISK;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_FORMAT:
		return ERROR_DAMAGED;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return ERROR_CONFLICT;
	case SQLITE_TOOBIG:
		return ERROR_LIMIT;
	default:
		return ERROR_DISK;
	}
}

/* Our bugs and out of memory do not come back from here. */
bool sql_refused(struct sql *db, int result, const char *what, struct error *err)
{
	int primary = result & 0xff;
	if (primary == SQLITE_NOMEM) {
		fprintf(stderr, "out of memory in SQLite\n");
		abort();
	}
	if (db->foreign && (primary == SQLITE_ERROR || primary == SQLITE_CONSTRAINT ||
				   primary == SQLITE_MISMATCH || primary == SQLITE_AUTH))
		return error_set(
			err, ERROR_DAMAGED, "a stranger's database: %s", sqlite3_errstr(result));
	if (primary == SQLITE_ERROR || primary == SQLITE_MISUSE || primary == SQLITE_CONSTRAINT ||
		primary == SQLITE_RANGE || primary == SQLITE_MISMATCH)
		fprintf(stderr, "SQL: %s\nin: %s\n", sqlite3_errmsg(db->handle), what);
	assert(primary != SQLITE_ERROR && primary != SQLITE_MISUSE);
	assert(primary != SQLITE_CONSTRAINT && primary != SQLITE_RANGE);
	assert(primary != SQLITE_MISMATCH);
	enum error_code code = code_of(result, sqlite3_system_errno(db->handle));
	db->met_damage |= code == ERROR_DAMAGED;
	return error_set(err, code, "database: %s", sqlite3_errstr(result));
}

bool sql_script(struct sql *db, const char *script, struct error *err)
{
	statements_run++;
	int result = sqlite3_exec(db->handle, script, NULL, NULL, NULL);
	return result == SQLITE_OK || sql_refused(db, result, script, err);
}

/* The connection's own settings. The WAL file is made by the first read that follows. */
static bool configure(struct sql *db, struct error *err)
{
	return sql_script(db,
		"PRAGMA journal_mode = WAL;"
		"PRAGMA synchronous = FULL;"
		"PRAGMA secure_delete = ON;"
		"PRAGMA foreign_keys = ON;"
		"PRAGMA trusted_schema = OFF;"
		"PRAGMA temp_store = MEMORY;"
		"PRAGMA user_version;"
		"SELECT count(*) FROM sqlite_schema;",
		err);
}

static bool sync_directory_of(struct env *env, const char *path, struct error *err)
{
	struct arena arena = {.block_bytes = 1024};
	const char *slash = strrchr(path, '/');
	struct str directory = slash == path ? STR("/")
			       : slash       ? (struct str){path, (size_t)(slash - path)}
					     : STR(".");
	bool ok = env_sync_directory(env, str_z(&arena, directory), err);
	arena_finish(&arena);
	return ok;
}

struct sql *sql_open(struct env *env, const char *path, struct error *err)
{
	struct sql *db = calloc(1, sizeof(*db));
	if (!db)
		abort();
	int result = sqlite3_open_v2(path, &db->handle,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	bool ok = result == SQLITE_OK || sql_refused(db, result, path, err);
	if (ok) {
		sqlite3_extended_result_codes(db->handle, 1);
		sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
		ok = configure(db, err) && sync_directory_of(env, path, err);
	}
	if (!ok) {
		error_wrap(err, "opening %s", path);
		sql_close(db);
		return NULL;
	}
	return db;
}

/* Neither has its settings changed, and what it holds is not trusted. */
static struct sql *open_as_it_is(
	const char *path, bool (*set_up)(struct sql *db, struct error *err), struct error *err)
{
	struct sql *db = calloc(1, sizeof(*db));
	if (!db)
		abort();
	db->foreign = true;
	int result = sqlite3_open_v2(
		path, &db->handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	bool ok = result == SQLITE_OK || sql_refused(db, result, path, err);
	if (ok) {
		sqlite3_extended_result_codes(db->handle, 1);
		sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
		ok = set_up(db, err) && sql_script(db, "PRAGMA cell_size_check = ON", err);
	}
	if (!ok) {
		error_wrap(err, "opening %s", path);
		sql_close(db);
		return NULL;
	}
	return db;
}

static bool set_up_foreign(struct sql *db, struct error *err)
{
	(void)err;
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	return true;
}

struct sql *sql_open_foreign(const char *path, struct error *err)
{
	return open_as_it_is(path, set_up_foreign, err);
}

static bool set_up_damaged(struct sql *db, struct error *err)
{
	sqlite3_busy_timeout(db->handle, BUSY_TIMEOUT_MS);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	/* SQLite reads a file that is shorter than it says only to who may mend it. */
	return sql_script(db, "PRAGMA writable_schema = ON", err);
}

struct sql *sql_open_damaged(const char *path, struct error *err)
{
	return open_as_it_is(path, set_up_damaged, err);
}

struct sql *sql_open_image(const void *bytes, size_t count, struct error *err)
{
	struct sql *db = sql_open_damaged(":memory:", err);
	if (!db)
		return NULL;
	int result = sqlite3_deserialize(db->handle, "main", (unsigned char *)(uintptr_t)bytes,
		(sqlite3_int64)count, (sqlite3_int64)count, SQLITE_DESERIALIZE_READONLY);
	if (result == SQLITE_OK || sql_refused(db, result, "an image", err))
		return db;
	sql_close(db);
	return NULL;
}

struct str sql_image(struct sql *db, struct arena *arena)
{
	sqlite3_int64 size = 0;
	unsigned char *bytes = sqlite3_serialize(db->handle, "main", &size, 0);
	if (!bytes || size <= 0)
		return (struct str){0};
	struct str image = str_copy(arena, (struct str){(const char *)bytes, (size_t)size});
	sqlite3_free(bytes);
	return image;
}

bool sql_met_damage(const struct sql *db)
{
	return db->met_damage;
}

void sql_close(struct sql *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->table_size; i++) {
		if (!db->table[i])
			continue;
		assert(!db->table[i]->in_use);
		sqlite3_finalize(db->table[i]->statement);
		free(db->table[i]);
	}
	free(db->table);
	int result = sqlite3_close(db->handle);
	assert(result == SQLITE_OK);
	free(db);
}

bool sql_checkpoint(struct sql *db, struct error *err)
{
	statements_run++;
	int result =
		sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	return result == SQLITE_OK || sql_refused(db, result, "checkpoint", err);
}

int64_t sql_data_version(struct sql *db, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = sql_query(db, "PRAGMA data_version");
	return sql_next(q, err) ? sql_int(q, 0) : -1;
}

static size_t slot_of(const struct sql *db, const char *literal)
{
	size_t mask = db->table_size - 1;
	size_t slot = (size_t)(((uint64_t)(uintptr_t)literal * 0x9e3779b97f4a7c15) >> 32) & mask;
	while (db->table[slot] && db->table[slot]->literal != literal)
		slot = (slot + 1) & mask;
	return slot;
}

static void grow(struct sql *db)
{
	struct sql_query **old = db->table;
	size_t old_size = db->table_size;
	db->table_size = old_size ? old_size * 2 : 64;
	db->table = calloc(db->table_size, sizeof(struct sql_query *));
	if (!db->table)
		abort();
	for (size_t i = 0; i < old_size; i++)
		if (old[i])
			db->table[slot_of(db, old[i]->literal)] = old[i];
	free(old);
}

static void prepare(struct sql_query *query)
{
	const char *rest = "";
	query->result = sqlite3_prepare_v3(query->db->handle, query->literal, -1,
		SQLITE_PREPARE_PERSISTENT, &query->statement, &rest);
	assert(query->result != SQLITE_OK || *rest == '\0'); /* surplus text follows SQL */
}

struct sql_query *sql_query(struct sql *db, const char *literal)
{
	if (db->count * 2 >= db->table_size)
		grow(db);
	size_t slot = slot_of(db, literal);
	if (!db->table[slot]) {
		struct sql_query *fresh = calloc(1, sizeof(*fresh));
		if (!fresh)
			abort();
		fresh->db = db;
		fresh->literal = literal;
		db->table[slot] = fresh;
		db->count++;
	}
	struct sql_query *query = db->table[slot];
	assert(!query->in_use);
	if (!query->statement)
		prepare(query);
	if (query->statement)
		query->result = SQLITE_OK;
	else if ((query->result & 0xff) == SQLITE_ERROR)
		sql_refused(db, query->result, literal, NULL);
	query->in_use = true;
	return query;
}

void sql_done(struct sql_query **query)
{
	struct sql_query *q = *query;
	if (!q)
		return;
	if (q->statement) {
		sqlite3_reset(q->statement);
		sqlite3_clear_bindings(q->statement);
	}
	q->in_use = false;
	*query = NULL;
}

/* The number of a parameter, or 0 when there is no statement to bind to. */
static int parameter(struct sql_query *query, const char *name)
{
	if (!query->statement)
		return 0;
	int index = sqlite3_bind_parameter_index(query->statement, name);
	if (index == 0)
		fprintf(stderr, "SQL: no parameter %s in: %s\n", name, query->literal);
	assert(index > 0);
	return index;
}

static void bound(struct sql_query *query, int result)
{
	if (result != SQLITE_OK && query->result == SQLITE_OK)
		query->result = result;
}

void sql_bind_int(struct sql_query *query, const char *name, int64_t value)
{
	int index = parameter(query, name);
	if (index)
		bound(query, sqlite3_bind_int64(query->statement, index, value));
}

void sql_bind_text(struct sql_query *query, const char *name, struct str text)
{
	int index = parameter(query, name);
	if (index)
		bound(query, sqlite3_bind_text64(query->statement, index, text.ptr ? text.ptr : "",
				     text.len, SQLITE_STATIC, SQLITE_UTF8));
}

void sql_bind_blob(struct sql_query *query, const char *name, const void *bytes, size_t count)
{
	int index = parameter(query, name);
	if (index)
		bound(query, sqlite3_bind_blob64(query->statement, index, bytes ? bytes : "", count,
				     SQLITE_STATIC));
}

void sql_bind_null(struct sql_query *query, const char *name)
{
	int index = parameter(query, name);
	if (index)
		bound(query, sqlite3_bind_null(query->statement, index));
}

bool sql_next(struct sql_query *query, struct error *err)
{
	assert(query->in_use);
	if (query->result == SQLITE_OK)
		statements_run++;
	if (query->result == SQLITE_OK || query->result == SQLITE_ROW)
		query->result = sqlite3_step(query->statement);
	if (query->result == SQLITE_ROW) {
		rows_read++;
		return true;
	}
	return query->result == SQLITE_DONE
		       ? false
		       : sql_refused(query->db, query->result, query->literal, err);
}

bool sql_failed(const struct sql_query *query)
{
	return query->result != SQLITE_OK && query->result != SQLITE_ROW &&
	       query->result != SQLITE_DONE;
}

bool sql_run(struct sql_query *query, struct error *err)
{
	bool row = sql_next(query, err);
	assert(!row);
	if (sql_failed(query))
		return false;
	sqlite3_reset(query->statement);
	query->result = SQLITE_OK;
	return true;
}

int64_t sql_int(struct sql_query *query, int column)
{
	assert(query->result == SQLITE_ROW);
	return sqlite3_column_int64(query->statement, column);
}

bool sql_is_null(struct sql_query *query, int column)
{
	assert(query->result == SQLITE_ROW);
	return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

struct str sql_peek(struct sql_query *query, int column)
{
	assert(query->result == SQLITE_ROW);
	const void *bytes = sqlite3_column_blob(query->statement, column);
	int count = sqlite3_column_bytes(query->statement, column);
	return bytes ? (struct str){bytes, (size_t)count} : STR("");
}

struct str sql_text(struct sql_query *query, struct arena *arena, int column)
{
	return str_copy(arena, sql_peek(query, column));
}

bool sql_blob(struct sql_query *query, int column, void *bytes, size_t count)
{
	struct str blob = sql_peek(query, column);
	if (blob.len != count) {
		memset(bytes, 0, count);
		return false;
	}
	memcpy(bytes, blob.ptr, count);
	return true;
}

int64_t sql_changes(struct sql *db)
{
	return sqlite3_changes64(db->handle);
}

static bool begin(struct sql_tx *tx, struct sql_query *query, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = query;
	assert(!q->db->in_transaction);
	if (!sql_run(q, err))
		return false;
	tx->db = q->db;
	tx->db->in_transaction = true;
	return true;
}

bool sql_begin(struct sql_tx *tx, struct sql *db, struct error *err)
{
	return begin(tx, sql_query(db, "BEGIN IMMEDIATE"), err);
}

bool sql_begin_read(struct sql_tx *tx, struct sql *db, struct error *err)
{
	return begin(tx, sql_query(db, "BEGIN"), err);
}

bool sql_commit(struct sql_tx *tx, struct error *err)
{
	assert(tx->db && tx->db->in_transaction);
	CLEANUP(sql_done) struct sql_query *q = sql_query(tx->db, "COMMIT");
	if (!sql_run(q, err))
		return false;
	tx->db->in_transaction = false;
	tx->db = NULL;
	return true;
}

void sql_rollback(struct sql_tx *tx)
{
	if (!tx->db)
		return;
	tx->db->in_transaction = false;
	/* Some failures (disk full) have rolled back already; a second ROLLBACK would be an error.
	 */
	if (!sqlite3_get_autocommit(tx->db->handle)) {
		statements_run++;
		sqlite3_exec(tx->db->handle, "ROLLBACK", NULL, NULL, NULL);
	}
	tx->db = NULL;
}
