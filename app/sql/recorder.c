/* A thin coat over sqlite3session. A changeset is undone by inverting it and applying that; any row
 * that is not as it should be aborts the whole. */
#include "sql/recorder.h"

#include "sql/inside.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct sql_recorder {
	struct sql *db;
	sqlite3_session *session;
};

/* What cannot fail but for memory. */
static void must(int result)
{
	if (result != SQLITE_OK)
		abort();
}

struct sql_recorder *sql_recorder_start(struct sql *db, const char *const *tables, size_t count)
{
	struct sql_recorder *recorder = calloc(1, sizeof(*recorder));
	if (!recorder)
		abort();
	recorder->db = db;
	must(sqlite3session_create(db->handle, "main", &recorder->session));
	for (size_t i = 0; i < count; i++)
		must(sqlite3session_attach(recorder->session, tables[i]));
	return recorder;
}

void sql_recorder_stop(struct sql_recorder **recorder)
{
	if (!*recorder)
		return;
	sqlite3session_delete((*recorder)->session);
	free(*recorder);
	*recorder = NULL;
}

bool sql_recorder_changes(
	struct sql_recorder *recorder, struct arena *arena, struct str *changes, struct error *err)
{
	int count = 0;
	void *bytes = NULL;
	*changes = (struct str){0};
	int result = sqlite3session_changeset(recorder->session, &count, &bytes);
	if (result != SQLITE_OK)
		return sql_refused(recorder->db, result, "recording", err);
	if (count > 0)
		*changes = str_copy(arena, (struct str){bytes, (size_t)count});
	sqlite3_free(bytes);
	return true;
}

static int abort_on_surprise(void *context, int conflict, sqlite3_changeset_iter *row)
{
	(void)context;
	(void)conflict;
	(void)row;
	return SQLITE_CHANGESET_ABORT;
}

static bool undone(struct sql *db, int result, struct error *err)
{
	int primary = result & 0xff;
	if (primary == SQLITE_ABORT || primary == SQLITE_CORRUPT || primary == SQLITE_SCHEMA)
		return error_set(err, ERROR_DAMAGED,
			"the folds are not as they were left: what was recorded does not fit");
	return result == SQLITE_OK || sql_refused(db, result, "undoing", err);
}

bool sql_undo(struct sql *db, struct str changes, struct error *err)
{
	int count = 0;
	void *inverse = NULL;
	if (changes.len > INT_MAX)
		return error_set(err, ERROR_DAMAGED, "more changes than can be undone");
	int result = sqlite3changeset_invert((int)changes.len, changes.ptr, &count, &inverse);
	if (result == SQLITE_OK)
		result = sqlite3changeset_apply(
			db->handle, count, inverse, NULL, abort_on_surprise, NULL);
	sqlite3_free(inverse);
	return undone(db, result, err);
}
