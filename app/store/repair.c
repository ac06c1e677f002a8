/* A damaged database gives what is left of it (salvage.h) to a new one. When its first page (the
 * schema) is gone, a copy of the file gets the first page of a new database of the same program,
 * whose tables start at the same pages. When that does not help, there are still its pages.
 *
 * A log with a hole is kept on both sides of it, and the numbers stay as they were: versions of
 * fields point at them. An op that builds on a lost one (a decision about a sign-up nobody asked
 * for) folds to nothing, as folding always did. Numbers at the end of the log may have been lost
 * and given again, so a repaired log is a new hub epoch. The folds are never salvaged, but folded
 * again.
 *
 * A file of no bytes is what a power cut leaves of a first start: SQLite takes it for a new
 * database, and so do we, unless something beside it tells of data that was there. Frames that are
 * damaged in the WAL end it: SQLite drops them and what follows, and the database is as it was
 * before.
 *
 * Steps, so that a power cut between any two loses nothing: PATH.repairing is filled and synced;
 * it becomes PATH.repaired, and from then on it is the truth; the old WAL and the old file go
 * aside; PATH.repaired becomes PATH. */
#include "store/repair.h"

#include "base/log.h"
#include "store/salvage.h"

#include <stdio.h>
#include <string.h>

#define COPY_LIMIT_BYTES ((size_t)1 << 30)
#define PAGE_BYTES 4096
#define HEADER_VALID_FOR 92 /* in the first page, sqlite.org/fileformat2.html 1.3.9 */
#define NOTE STR("repair")
#define DOUBTED ".doubted"

static char *path_with(struct arena *arena, const char *path, const char *suffix)
{
	struct str joined = str_format(arena, "%s%s", path, suffix);
	return (char *)str_z(arena, joined);
}

static bool remove_if_there(struct env *env, const char *path, struct error *err)
{
	return !env_exists(env, path) || env_remove(env, path, err);
}

/* A database, its WAL and its index. */
static bool remove_database(struct env *env, const char *path, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	return remove_if_there(env, path_with(&arena, path, "-wal"), err) &&
	       remove_if_there(env, path_with(&arena, path, "-shm"), err) &&
	       remove_if_there(env, path, err);
}

static struct str parent_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? (struct str){path, (size_t)(slash - path)} : STR(".");
}

static bool sync_parent(struct env *env, const char *path, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	return env_sync_directory(env, str_z(&arena, parent_of(path)), err);
}

static bool move(struct env *env, const char *from, const char *to, struct error *err)
{
	return !env_exists(env, from) || env->methods->rename(env, from, to, err);
}

/* --- the note --------------------------------------------------------------------------------- */

/* Three numbers and the path. */
static struct str note_format(struct arena *arena, const struct store_repair *r)
{
	return str_format(arena, "%zu %zu %lld %s", r->ops_kept, r->sealed_kept,
		(long long)r->ops_lost, r->aside);
}

static bool note_parse(struct str text, struct store_repair *r)
{
	int64_t ops_kept, sealed_kept;
	struct str_pair ops = str_cut(text, ' '), sealed = str_cut(ops.tail, ' '),
			lost = str_cut(sealed.tail, ' ');
	*r = (struct store_repair){.ops_lost = -1};
	if (!str_to_int(ops.head, &ops_kept) || !str_to_int(sealed.head, &sealed_kept) ||
		!str_to_int(lost.head, &r->ops_lost) || ops_kept < 0 || sealed_kept < 0 ||
		lost.tail.len >= sizeof(r->aside))
		return false;
	r->ops_kept = (size_t)ops_kept;
	r->sealed_kept = (size_t)sealed_kept;
	memcpy(r->aside, lost.tail.ptr, lost.tail.len);
	return true;
}

bool store_last_repair(
	struct store *store, struct store_repair *repair, bool *unread, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct error why = {0};
	struct str note = {0};
	bool there = local_get(store->db, &arena, NOTE, &note, &why);
	*repair = (struct store_repair){.ops_lost = -1};
	*unread = there && note.len > 0;
	if (why.code != ERROR_NONE)
		return error_set(err, why.code, "%s", why.message);
	if (*unread)
		note_parse(note, repair);
	return true;
}

bool store_repair_was_read(struct store *store, struct error *err)
{
	return local_set(store->db, NOTE, STR(""), err);
}

/* What nobody has read yet of an earlier repair counts as well. */
static bool write_note(struct store *store, struct store_repair *r, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct store_repair before;
	bool unread;
	if (!store_last_repair(store, &before, &unread, err))
		return false;
	if (unread)
		r->ops_lost =
			r->ops_lost < 0 || before.ops_lost < 0 ? -1 : r->ops_lost + before.ops_lost;
	return local_set(store->db, NOTE, note_format(&arena, r), err);
}

/* --- the new database ------------------------------------------------------------------------- */

static bool fill(struct store *store, const struct salvage_source *source,
	struct store_repair *repair, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	return store_begin(&tx, store, err) && salvage(&tx, source, repair, err) &&
	       write_note(store, repair, err) && store_commit(&tx, err) &&
	       sql_checkpoint(store->db, err);
}

static int64_t number_of(struct sql_query *query)
{
	CLEANUP(sql_done) struct sql_query *q = query;
	return sql_next(q, NULL) ? sql_int(q, 0) : 0;
}

static bool has_schema(struct sql *db)
{
	return number_of(sql_query(db, "SELECT count(*) FROM sqlite_schema WHERE name IN"
				       " ('writer', 'op', 'local', 'sealed')")) == 4;
}

/* Copies the damaged files and gives the copy the first page of the fresh database. */
static bool copy_with_head(
	struct env *env, const char *path, const char *fresh, const char *copy, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	char *wal = path_with(&arena, path, "-wal");
	struct str bytes, head, log;
	if (!env_read_file(env, &arena, path, COPY_LIMIT_BYTES, &bytes, err) ||
		!env_read_file(env, &arena, fresh, COPY_LIMIT_BYTES, &head, err))
		return false;
	if (bytes.len < PAGE_BYTES || head.len < PAGE_BYTES)
		return error_set(err, ERROR_DAMAGED, "%s is no longer than its head", path);
	char *whole = arena_new_array(&arena, char, bytes.len);
	memcpy(whole, bytes.ptr, bytes.len);
	memcpy(whole, head.ptr, PAGE_BYTES);
	whole[HEADER_VALID_FOR] ^=
		1; /* the size in the head is not this file's: look at the file */
	if (env_exists(env, wal) &&
		(!env_read_file(env, &arena, wal, COPY_LIMIT_BYTES, &log, err) ||
			!env_write_file(env, path_with(&arena, copy, "-wal"), log, err)))
		return false;
	return env_write_file(env, copy, (struct str){whole, bytes.len}, err);
}

/* Opens what can be opened of the damaged file; NULL: nothing can. */
static struct sql *open_old(struct env *env, const char *path, struct store *fresh,
	const char *fresh_path, const char *copy)
{
	struct sql *old = sql_open_damaged(path, NULL);
	if (old && has_schema(old))
		return old;
	sql_close(old);
	if (!sql_checkpoint(fresh->db, NULL) || !copy_with_head(env, path, fresh_path, copy, NULL))
		return NULL;
	old = sql_open_damaged(copy, NULL);
	if (old && has_schema(old))
		return old;
	sql_close(old);
	return NULL;
}

/* The first name PATH.damaged-N that is free. */
static void name_aside(struct env *env, const char *path, char aside[STORE_REPAIR_ROOM])
{
	for (int n = 1;; n++) {
		snprintf(aside, STORE_REPAIR_ROOM, "%s.damaged-%d", path, n);
		if (!env_exists(env, aside))
			return;
	}
}

bool store_repair_resume(struct env *env, const char *path, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	char aside[STORE_REPAIR_ROOM];
	const char *repaired = path_with(&arena, path, ".repaired");
	const char *repairing = path_with(&arena, path, ".repairing");
	name_aside(env, path, aside);
	if (!env_exists(env, repaired))
		return remove_database(env, repairing, err);
	return remove_if_there(env, path_with(&arena, path, DOUBTED), err) &&
	       move(env, path_with(&arena, path, "-wal"), path_with(&arena, aside, "-wal"), err) &&
	       remove_if_there(env, path_with(&arena, path, "-shm"), err) &&
	       move(env, path, aside, err) && sync_parent(env, path, err) &&
	       move(env, repaired, path, err) && sync_parent(env, path, err);
}

/* --- when to repair --------------------------------------------------------------------------- */

bool store_doubt(struct store *store, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	return env_write_file(store->env, path_with(&arena, store->path, DOUBTED), STR(""), err);
}

bool store_repair_is_doubted(struct env *env, const char *path)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	return env_exists(env, path_with(&arena, path, DOUBTED));
}

/* A file that is there and has no bytes; one that cannot be read is somebody else's trouble. */
static bool is_empty(struct env *env, const char *path)
{
	char byte;
	struct env_file *file =
		env_exists(env, path) ? env->methods->open(env, path, ENV_READ, NULL) : NULL;
	if (!file)
		return false;
	bool empty = env->methods->read(file, &byte, 1, NULL) == 0;
	env->methods->close(file);
	return empty;
}

bool store_repair_lost_all(struct env *env, const char *path)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	const char *wal = path_with(&arena, path, "-wal");
	struct str parent = parent_of(path);
	const char *starts = str_format(&arena, "%.*s/" STORE_STARTS_FILE, STR_ARG(parent)).ptr;
	if (!is_empty(env, path))
		return false;
	return env_exists(env, starts) || env_exists(env, path_with(&arena, path, ".damaged-1")) ||
	       (env_exists(env, wal) && !is_empty(env, wal));
}

/* --- repairing -------------------------------------------------------------------------------- */

static void say_repaired(const struct store_repair *r)
{
	if (r->ops_lost < 0)
		log_warning("the database was damaged and was made again: %zu changes and %zu "
			    "sealed sign-ups were kept, what was lost is not known; the damaged "
			    "file is %s",
			r->ops_kept, r->sealed_kept, r->aside);
	else
		log_warning("the database was damaged and was made again: %zu changes and %zu "
			    "sealed sign-ups were kept, %lld changes were lost; the damaged file "
			    "is %s",
			r->ops_kept, r->sealed_kept, (long long)r->ops_lost, r->aside);
}

/* What is left of the file itself, when no table of it can be asked. */
static struct str read_pages(struct env *env, struct arena *arena, const char *path)
{
	struct str bytes;
	return env_read_file(env, arena, path, COPY_LIMIT_BYTES, &bytes, NULL) ? bytes
									       : (struct str){0};
}

bool store_repair(struct env *env, const char *path, struct store_repair *repair, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	const char *repairing = path_with(&arena, path, ".repairing");
	const char *copy = path_with(&arena, path, ".repairing-copy");
	struct str parent = parent_of(path);
	*repair = (struct store_repair){.ops_lost = -1};
	name_aside(env, path, repair->aside);
	if (!remove_database(env, repairing, err) || !remove_database(env, copy, err))
		return false;
	struct store *fresh = store_open_file(env, repairing, err);
	if (!fresh)
		return false;
	struct salvage_source source = {
		.db = open_old(env, path, fresh, repairing, copy),
		.keys_path = str_format(&arena, "%.*s/" STORE_KEYS_FILE, STR_ARG(parent)).ptr,
	};
	if (!source.db)
		source.image = read_pages(env, &arena, path);
	bool ok = fill(fresh, &source, repair, err);
	sql_close(source.db);
	store_close(fresh);
	ok = ok && remove_database(env, copy, err) && sync_parent(env, path, err) &&
	     move(env, repairing, path_with(&arena, path, ".repaired"), err) &&
	     sync_parent(env, path, err) && store_repair_resume(env, path, err);
	if (ok)
		say_repaired(repair);
	return ok;
}
