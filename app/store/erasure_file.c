/* A record is "\n<entity type> <ms> <uuid>". It begins with the line's end and ends in what has a
 * fixed length, so that one that a power cut tore is no record, and spoils none behind it. The
 * database is committed first and the file follows; whichever of them got further brings the other
 * up to it at the next start.
 *
 * How long the file was when both agreed stands in the database: a file of that length needs no
 * reading, and a database of another day says another length. */
#include "store/erasure_file.h"

#include "base/bug.h"
#include "base/log.h"
#include "store/erasure.h"
#include "store/inside.h"

#include <stdlib.h>
#include <string.h>

#define FILE_LIMIT_BYTES ((size_t)64 << 20) /* a million erasures */
#define LENGTH STR("erasure_bytes")

static const char *path_in(struct arena *arena, const char *directory)
{
	return str_format(arena, "%s/" STORE_ERASURES_FILE, directory).ptr;
}

static bool parse(struct str line, struct erasure *e)
{
	struct str_pair type = str_cut(line, ' '), ms = str_cut(type.tail, ' ');
	int64_t number;
	if (!type.found || !ms.found || !str_to_int(type.head, &number) || number < 0 ||
		number > UINT16_MAX || !str_to_int(ms.head, &e->erased_ms) || e->erased_ms < 0)
		return false;
	e->entity_type = (unsigned)number;
	return uuid_parse(ms.tail, &e->entity);
}

/* --- what the database knows of the file ------------------------------------------------------ */

static bool known_length(struct store *store, struct arena *arena, int64_t *length)
{
	struct str text;
	return local_get(store->db, arena, LENGTH, &text, NULL) && str_to_int(text, length);
}

static bool note_length(struct store *store, struct arena *arena, size_t length, struct error *err)
{
	return local_set(store->db, LENGTH, str_format(arena, "%zu", length), err);
}

static bool mark_all(struct sql *db, int filed, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "UPDATE erasure SET filed = :filed");
	sql_bind_int(q, ":filed", filed);
	return sql_run(q, err);
}

static bool put(struct sql *db, const struct erasure *e, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "INSERT INTO erasure (entity, entity_type, erased_ms, filed)"
			      " VALUES (:entity, :entity_type, :erased_ms, 1)"
			      " ON CONFLICT DO UPDATE SET filed = 1");
	sql_bind_blob(q, ":entity", e->entity.bytes, sizeof(e->entity.bytes));
	sql_bind_int(q, ":entity_type", e->entity_type);
	sql_bind_int(q, ":erased_ms", e->erased_ms);
	return sql_run(q, err);
}

static bool read_file(struct env *env, struct arena *arena, const char *directory, struct str *text,
	struct error *err)
{
	const char *path = path_in(arena, directory);
	*text = (struct str){0};
	return !env_exists(env, path) ||
	       env_read_file(env, arena, path, FILE_LIMIT_BYTES, text, err);
}

/* Puts every record of the file on the list; those that stand nowhere else are new. */
static bool merge(struct store *store, struct str text, struct error *err)
{
	if (!mark_all(store->db, 0, err))
		return false;
	for (struct str_pair line = str_cut(text, '\n');; line = str_cut(line.tail, '\n')) {
		struct erasure e;
		if (parse(line.head, &e) && !put(store->db, &e, err))
			return false;
		if (!line.found)
			return true;
	}
}

static bool take_over(struct store *store, struct arena *arena, struct str text, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	size_t erased;
	if (!store_begin(&tx, store, err) || !merge(store, text, err) ||
		!erasure_apply(store->db, &erased, err) ||
		!note_length(store, arena, text.len, err) || !store_commit(&tx, err))
		return false;
	store->unswept = true;
	return true;
}

/* --- adding ----------------------------------------------------------------------------------- */

static bool unfiled(struct store *store, struct str_builder *records, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		store->db, "SELECT entity_type, erased_ms, entity FROM erasure WHERE filed = 0");
	while (sql_next(q, err)) {
		struct uuid entity = {{0}};
		sql_blob(q, 2, entity.bytes, sizeof(entity.bytes));
		str_builder_add_format(records, "\n%lld %lld %.*s", (long long)sql_int(q, 0),
			(long long)sql_int(q, 1), STR_ARG(uuid_format(records->arena, entity)));
	}
	return !sql_failed(q);
}

static bool append(struct env *env, const char *directory, const char *path, struct str text,
	struct error *err)
{
	bool made = !env_exists(env, path);
	struct env_file *file = env->methods->open(env, path, ENV_APPEND, err);
	if (!file)
		return false;
	bool ok =
		env->methods->write(file, text.ptr, text.len, err) && env->methods->sync(file, err);
	env->methods->close(file);
	return ok && (!made || env_sync_directory(env, directory, err));
}

/* Under the lock of a transaction, for another program may be adding too. */
static bool file_rest(struct store *store, struct arena *arena, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	struct str_builder records = {.arena = arena};
	int64_t length = 0;
	if (!store_begin(&tx, store, err) || !unfiled(store, &records, err))
		return false;
	known_length(store, arena, &length);
	return append(store->env, store->directory, path_in(arena, store->directory),
		       str_builder_text(&records), err) &&
	       mark_all(store->db, 1, err) &&
	       note_length(store, arena, (size_t)length + records.len, err) &&
	       store_commit(&tx, err);
}

static bool all_filed(struct sql *db)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT 1 FROM erasure WHERE filed = 0 LIMIT 1");
	return !sql_next(q, NULL);
}

bool erasure_file_keep(struct store *store, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	if (!store->directory || all_filed(store->db) || BUG(ERASURE_NOT_FILED))
		return true;
	return file_rest(store, &arena, err);
}

/* --- reading ---------------------------------------------------------------------------------- */

bool erasure_file_replay(struct store *store, const char *directory, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	int64_t known = 0;
	struct error why = {0};
	struct str text;
	store->directory = strdup(directory);
	if (!store->directory)
		abort();
	known_length(store, &arena, &known);
	/* A kiosk without that file still has its own list, and its hub's. */
	if (!read_file(store->env, &arena, directory, &text, &why)) {
		log_error("reading the list of erasures", &why);
		return true;
	}
	if ((int64_t)text.len != known && !BUG(ERASURE_NOT_REPLAYED) &&
		!take_over(store, &arena, text, err))
		return false;
	store_sweep(store);
	return true;
}

bool erasure_file_apply(struct store *other, const char *directory, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct str text;
	return read_file(other->env, &arena, directory, &text, err) &&
	       (text.len == 0 || take_over(other, &arena, text, err));
}
