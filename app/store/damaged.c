/* The rows are read as a repair reads them (leaves.h); a box is then looked for as the bytes that
 * it is, for a damaged file may have it more than once. One that runs over into another page is
 * found as far as its first page goes. */
#include "store/damaged.h"

#include "store/erasure.h"
#include "store/inside.h"
#include "store/leaves.h"

#include <string.h>

#define FILE_LIMIT_BYTES ((size_t)1 << 30)
#define LEAST_BYTES 64 /* of a box: fewer could be anything */
#define FIRST_PAGE_BYTES 400 /* of a box: so much never runs over */

struct scrub {
	struct store *store;
	bool sure; /* of the time */
	struct str file, wal; /* ours to write in */
	bool changed, wal_changed;
};

static bool overwrite(struct str bytes, struct str box)
{
	bool found = false;
	char *at = (char *)(uintptr_t)bytes.ptr, *end = at + bytes.len;
	size_t known = box.len < FIRST_PAGE_BYTES ? box.len : FIRST_PAGE_BYTES;
	while (at < end && (at = memmem(at, (size_t)(end - at), box.ptr, known))) {
		size_t same = known;
		while (same < box.len && at + same < end && at[same] == box.ptr[same])
			same++;
		memset(at, 0, same);
		at += same;
		found = true;
	}
	return found;
}

static bool scrub_row(void *context, struct sql_query *row, struct error *err)
{
	struct scrub *s = context;
	struct uuid id = {{0}};
	bool due;
	sql_blob(row, 0, id.bytes, sizeof(id.bytes));
	struct str box = sql_peek(row, 1);
	int64_t expires_ms = sql_int(row, 2);
	if (!store_is_erased(s->store, id, &due, err))
		return false;
	due = due || (s->sure && expires_ms > 0 && expires_ms <= env_wall_ms(s->store->env));
	if (!due || box.len < LEAST_BYTES)
		return true;
	s->changed |= overwrite(s->file, box);
	s->wal_changed |= s->wal.len > 0 && overwrite(s->wal, box);
	return true;
}

static bool read_own(struct env *env, struct arena *arena, const char *path, struct str *bytes,
	struct error *err)
{
	*bytes = (struct str){0};
	return !env_exists(env, path) ||
	       env_read_file(env, arena, path, FILE_LIMIT_BYTES, bytes, err);
}

static bool scrub_file(struct store *store, const char *path, struct error *err)
{
	static const struct leaf_table table = {
		.create = "CREATE TABLE sealed (registration, salt, box, saved_ms, expires_ms,"
			  " retention_days, collected DEFAULT 0, PRIMARY KEY (registration))"
			  " WITHOUT ROWID",
		.select = "SELECT registration, box, expires_ms FROM sealed"
			  " WHERE typeof(registration) = 'blob' AND length(registration) = 16"
			  " AND typeof(box) = 'blob' AND typeof(expires_ms) = 'integer'",
		.without_rowid = true,
		.mark = STR_CONST("\x2c\x2c"),
	};
	CLEANUP(arena_finish) struct arena arena = {0};
	struct scrub s = {.store = store, .sure = store_clock(store) != CLOCK_UNSURE};
	const char *wal = str_format(&arena, "%s-wal", path).ptr;
	if (!read_own(store->env, &arena, path, &s.file, err) ||
		!read_own(store->env, &arena, wal, &s.wal, err) ||
		!leaves_read(str_copy(&arena, s.file), &table, scrub_row, &s, err))
		return false;
	return (!s.changed || env_write_file(store->env, path, s.file, err)) &&
	       (!s.wal_changed || env_write_file(store->env, wal, s.wal, err));
}

bool store_expire_damaged(struct store *store, const char *directory, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct str *names;
	size_t count;
	if (!env_list(store->env, &arena, directory, &names, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (str_starts_with(names[i], STR(STORE_FILE ".damaged-")) &&
			!str_ends_with(names[i], STR("-wal")) &&
			!scrub_file(store,
				str_format(&arena, "%s/%.*s", directory, STR_ARG(names[i])).ptr,
				err))
			return false;
	return true;
}
