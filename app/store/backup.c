/* Back-ups. A file on a stick is never opened where it is: it is made in the data directory and
 * copied out, or copied in and judged there. What comes in is a stranger's database until its
 * schema is, letter for letter, the one that our own scripts make; only then is anything in it
 * read. */
#include "store/backup.h"

#include <string.h>

#include "crypto/secret.h"
#include "store/erasure_file.h"
#include "store/fold.h"
#include "store/inside.h"
#include "store/schema.h"

#define CHUNK_BYTES 65536
#define COPY_FILE STORE_FILE ".copy"
#define INCOMING_FILE STORE_FILE ".incoming"

/* --- files ------------------------------------------------------------------------------------ */

static const char *path_of(struct arena *arena, const char *directory, const char *name)
{
	return str_format(arena, "%s/%s", directory, name).ptr;
}

static const char *with(struct arena *arena, const char *path, const char *ending)
{
	return str_format(arena, "%s%s", path, ending).ptr;
}

static const char *const companions[] = {"", "-wal", "-shm", "-journal"};

/* A database and what SQLite keeps beside it. */
static bool remove_database(struct env *env, const char *path, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	for (size_t i = 0; i < sizeof(companions) / sizeof(companions[0]); i++) {
		const char *file = with(&arena, path, companions[i]);
		if (env_exists(env, file) && !env_remove(env, file, err))
			return false;
	}
	return true;
}

static bool pump(struct env *env, struct env_file *from, struct env_file *to, struct error *err)
{
	char chunk[CHUNK_BYTES];
	for (;;) {
		ptrdiff_t count = env->methods->read(from, chunk, sizeof(chunk), err);
		if (count < 0)
			return false;
		if (count == 0)
			return env->methods->sync(to, err);
		if (!env->methods->write(to, chunk, (size_t)count, err))
			return false;
	}
}

static bool copy_file(struct env *env, const char *from, const char *to, struct error *err)
{
	if (env_exists(env, to) && !env_remove(env, to, err))
		return false;
	struct env_file *in = env->methods->open(env, from, ENV_READ, err);
	struct env_file *out = in ? env->methods->open(env, to, ENV_CREATE, err) : NULL;
	bool ok = out && pump(env, in, out, err);
	if (in)
		env->methods->close(in);
	if (out)
		env->methods->close(out);
	return ok;
}

/* Reads until the chunk is full or the file ends. */
static ptrdiff_t read_chunk(
	struct env *env, struct env_file *file, char chunk[CHUNK_BYTES], struct error *err)
{
	size_t have = 0;
	while (have < CHUNK_BYTES) {
		ptrdiff_t count = env->methods->read(file, chunk + have, CHUNK_BYTES - have, err);
		if (count < 0)
			return -1;
		if (count == 0)
			break;
		have += (size_t)count;
	}
	return (ptrdiff_t)have;
}

static bool same_content(struct env *env, struct env_file *a, struct env_file *b, struct error *err)
{
	char one[CHUNK_BYTES], other[CHUNK_BYTES];
	for (;;) {
		ptrdiff_t count = read_chunk(env, a, one, err);
		ptrdiff_t again = count < 0 ? -1 : read_chunk(env, b, other, err);
		if (count < 0 || again < 0)
			return false;
		if (count != again || memcmp(one, other, (size_t)count) != 0)
			return error_set(err, ERROR_DISK, "the copy is not what was written to it");
		if (count == 0)
			return true;
	}
}

static bool compare_files(struct env *env, const char *a, const char *b, struct error *err)
{
	struct env_file *one = env->methods->open(env, a, ENV_READ, err);
	struct env_file *other = one ? env->methods->open(env, b, ENV_READ, err) : NULL;
	bool ok = other && same_content(env, one, other, err);
	if (one)
		env->methods->close(one);
	if (other)
		env->methods->close(other);
	return ok;
}

static bool sync_directory_of(struct env *env, const char *path, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	const char *slash = strrchr(path, '/');
	struct str directory = slash == path ? STR("/")
			       : slash       ? (struct str){path, (size_t)(slash - path)}
					     : STR(".");
	return env_sync_directory(env, str_z(&arena, directory), err);
}

static bool move(struct env *env, const char *from, const char *to, struct error *err)
{
	return env->methods->rename(env, from, to, err) && sync_directory_of(env, to, err);
}

/* --- what is whole ---------------------------------------------------------------------------- */

static bool quick_check(struct sql *db, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = sql_query(db, "PRAGMA quick_check(1)");
	if (!sql_next(q, err))
		return sql_failed(q) ? false
				     : error_set(err, ERROR_DAMAGED, "the database says nothing");
	return str_equal(sql_peek(q, 0), STR("ok")) ||
	       error_set(err, ERROR_DAMAGED, "the database is not whole");
}

/* The rows of the folds are those that the kept hash says. */
static bool check_hash(struct store *store, struct error *err)
{
	struct hash kept, counted;
	if (!store_state_hash(store, &kept, err) || !store_count_hash(store, &counted, err))
		return false;
	return secret_equal(&kept, &counted, sizeof(kept)) ||
	       error_set(err, ERROR_DAMAGED, "the tables are not those of the state hash");
}

/* --- making one ------------------------------------------------------------------------------- */

static bool vacuum_into(struct sql *db, const char *path, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = sql_query(db, "VACUUM INTO :path");
	sql_bind_text(q, ":path", str_from(path));
	return sql_run(q, err);
}

static bool forget_pin(struct sql *db, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "DELETE FROM local WHERE name GLOB 'door_*'");
	return sql_run(q, err);
}

/* Opens the fresh copy, takes out what is no business of a stick, and counts. */
static bool finish_copy(struct env *env, const char *path, struct error *err)
{
	struct store *copy = store_open_file(env, path, err);
	bool ok = copy && forget_pin(copy->db, err) && sql_checkpoint(copy->db, err) &&
		  quick_check(copy->db, err) && check_hash(copy, err);
	store_close(copy);
	return ok;
}

static bool put_on_stick(struct env *env, const char *from, const char *to, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	const char *fresh = with(&arena, to, ".new");
	bool ok = copy_file(env, from, fresh, err) && compare_files(env, from, fresh, err) &&
		  move(env, fresh, to, err);
	if (!ok && env_exists(env, fresh))
		env_remove(env, fresh, NULL);
	return ok;
}

bool store_back_up(struct store *store, const char *directory, const char *path, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	const char *copy = path_of(&arena, directory, COPY_FILE);
	bool ok = remove_database(store->env, copy, err) && vacuum_into(store->db, copy, err) &&
		  finish_copy(store->env, copy, err) && put_on_stick(store->env, copy, path, err);
	remove_database(store->env, copy, NULL);
	return ok;
}

/* --- taking one over -------------------------------------------------------------------------- */

static bool read_version(struct sql *db, int64_t *version, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = sql_query(db, "PRAGMA user_version");
	if (!sql_next(q, err))
		return false;
	*version = sql_int(q, 0);
	return true;
}

/* Everything that the schema holds, as one text. */
static bool read_schema(struct sql *db, struct arena *arena, struct str *schema, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT type || ' ' || name || ' ' || tbl_name || ' ' ||"
			      " coalesce(sql, '') FROM sqlite_schema ORDER BY type, name");
	struct str_builder text = {.arena = arena};
	while (sql_next(q, err)) {
		str_builder_add(&text, sql_peek(q, 0));
		str_builder_add_char(&text, '\n');
	}
	*schema = str_builder_text(&text);
	return !sql_failed(q);
}

/* The schema that our scripts up to that version make. */
static bool make_schema(int64_t version, struct arena *arena, struct str *schema, struct error *err)
{
	struct sql *db = sql_open_foreign(":memory:", err);
	bool ok = db;
	for (int64_t i = 0; ok && i < version; i++)
		ok = sql_script(db, store_schema[i], err);
	ok = ok && read_schema(db, arena, schema, err);
	sql_close(db);
	return ok;
}

static bool check_version(int64_t version, struct error *err)
{
	int64_t newest = 0;
	while (store_schema[newest])
		newest++;
	if (version < 1)
		return error_set(err, ERROR_DAMAGED, "the file is no back-up of a kiosk");
	return version <= newest ||
	       error_set(err, ERROR_UNSUPPORTED, "the back-up is of a newer program");
}

static bool judge_open(struct sql *db, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	int64_t version;
	struct str theirs, ours;
	if (!read_version(db, &version, err) || !check_version(version, err) ||
		!read_schema(db, &arena, &theirs, err) || !make_schema(version, &arena, &ours, err))
		return false;
	return str_equal(theirs, ours)
		       ? quick_check(db, err)
		       : error_set(err, ERROR_DAMAGED, "the file is no back-up of a kiosk");
}

static bool judge(const char *path, struct error *err)
{
	struct sql *db = sql_open_foreign(path, err);
	bool ok = db && judge_open(db, err);
	sql_close(db);
	return ok;
}

static bool copy_pin(struct sql *from, struct sql *to, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(from, "SELECT name, value FROM local WHERE name GLOB 'door_*'");
	if (!forget_pin(to, err))
		return false;
	while (sql_next(q, err))
		if (!local_set(to, sql_text(q, &arena, 0), sql_text(q, &arena, 1), err))
			return false;
	return !sql_failed(q);
}

/* As a store: brings its schema up to date, and counts. Whoever restores has this kiosk's PIN. */
static bool adopt(struct store *store, const char *path, struct error *err)
{
	struct store *incoming = store_open_file(store->env, path, err);
	bool ok = incoming && check_hash(incoming, err) && copy_pin(store->db, incoming->db, err) &&
		  sql_checkpoint(incoming->db, err);
	store_close(incoming);
	return ok;
}

bool store_restore(struct store *store, const char *directory, const char *path, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct env *env = store->env;
	const char *incoming = path_of(&arena, directory, INCOMING_FILE);
	const char *staged = path_of(&arena, directory, STORE_RESTORE_FILE);
	bool ok = remove_database(env, incoming, err) && copy_file(env, path, incoming, err) &&
		  judge(incoming, err) && adopt(store, incoming, err) &&
		  move(env, incoming, staged, err);
	if (!ok)
		remove_database(env, incoming, NULL);
	return ok;
}

/* --- taking effect ---------------------------------------------------------------------------- */

/* Brings the WAL into the database, where it can be read at all: a damaged one is put aside as it
 * is. */
static void settle(struct env *env, const char *path)
{
	struct sql *db = sql_open(env, path, NULL);
	if (db)
		sql_checkpoint(db, NULL);
	sql_close(db);
}

/* The database that is in use, with its WAL if it still has one: a WAL must never be found beside
 * another database. Whatever was put aside earlier goes, but only while the present one is still
 * in its place: after a power cut the two halves of one find each other. */
static bool put_aside(struct env *env, const char *path, const char *before, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	const char *wal = with(&arena, path, "-wal"), *index = with(&arena, path, "-shm");
	if (env_exists(env, path)) {
		if (env_exists(env, before) && (!remove_database(env, before, err) ||
						       !sync_directory_of(env, before, err)))
			return false;
		settle(env, path);
		if (!env->methods->rename(env, path, before, err))
			return false;
	}
	if (env_exists(env, wal) &&
		!env->methods->rename(env, wal, with(&arena, before, "-wal"), err))
		return false;
	if (env_exists(env, index) && !env_remove(env, index, err))
		return false;
	return sync_directory_of(env, path, err);
}

bool restore_take_effect(struct env *env, const char *directory, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	const char *staged = path_of(&arena, directory, STORE_RESTORE_FILE);
	const char *path = path_of(&arena, directory, STORE_FILE);
	if (!env_exists(env, staged))
		return true;
	return (put_aside(env, path, path_of(&arena, directory, STORE_BEFORE_FILE), err) &&
		       move(env, staged, path, err)) ||
	       error_wrap(err, "restoring a back-up");
}

bool store_expire_aside(struct env *env, const char *directory, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	const char *before = path_of(&arena, directory, STORE_BEFORE_FILE);
	if (!env_exists(env, before))
		return true;
	struct store *store = store_open_file(env, before, err);
	bool ok = store && erasure_file_apply(store, directory, err) &&
		  store_expire(store, NULL, err);
	store_close(store);
	return ok;
}
