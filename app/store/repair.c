/* Salvage. Nothing is trusted of a damaged file but what SQLite still gives, row by row: each op is
 * asked for by its number, each sealed box from both ends of its table and by the sign-up or
 * wish it belongs to, so that one bad page costs only its own rows. When the first page (the
 * schema) is gone, a copy of the file gets the first page of a new database of the same program,
 * whose tables start at the same pages.
 *
 * A log with a hole is kept on both sides of it, and the numbers stay as they were: versions of
 * fields point at them. An op that builds on a lost one (a decision about a sign-up nobody asked
 * for) folds to nothing, as folding always did. Numbers at the end of the log may have been lost
 * and given again, so a repaired log is a new hub epoch. The folds are never salvaged, but folded
 * again.
 *
 * A file of no bytes holds nothing to save and is what a power cut leaves of a first start: SQLite
 * takes it for a new database, and so do we. Frames that are damaged in the WAL end it: SQLite
 * drops them and what follows, and the database is as it was before.
 *
 * Steps, so that a power cut between any two loses nothing: PATH.repairing is filled and synced;
 * it becomes PATH.repaired, and from then on it is the truth; the old WAL and the old file go
 * aside; PATH.repaired becomes PATH. */
#include "store/repair.h"

#include "store/fold.h"
#include "store/inside.h"

#include <stdio.h>
#include <string.h>

#define COPY_LIMIT_BYTES ((size_t)1 << 30)
#define PAGE_BYTES 4096
#define HEADER_VALID_FOR 92 /* in the first page, sqlite.org/fileformat2.html 1.3.9 */
#define NOTE STR("repair")

struct salvage {
	struct sql *old;
	struct store_tx *tx;
	struct store_repair *repair;
};

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

static bool sync_parent(struct env *env, const char *path, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	const char *slash = strrchr(path, '/');
	struct str parent = slash ? (struct str){path, (size_t)(slash - path)} : STR(".");
	return env_sync_directory(env, str_z(&arena, parent), err);
}

static bool move(struct env *env, const char *from, const char *to, struct error *err)
{
	return !env_exists(env, from) || env->methods->rename(env, from, to, err);
}

static bool has_writer(struct sql *db, int64_t id, bool *there, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT 1 FROM writer WHERE id = :id");
	sql_bind_int(q, ":id", id);
	*there = sql_next(q, err);
	return !sql_failed(q);
}

static bool insert_writer(struct sql *db, int64_t id, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"INSERT OR IGNORE INTO writer (id, device, epoch) VALUES (:id, :device, :epoch)");
	sql_bind_int(q, ":id", id);
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	return sql_run(q, err);
}

static bool read_writer(struct sql *old, int64_t id, uint8_t device[WRITER_PART_BYTES],
	uint8_t epoch[WRITER_PART_BYTES])
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(old, "SELECT device, epoch FROM writer WHERE id = :id");
	sql_bind_int(q, ":id", id);
	return sql_next(q, NULL) && sql_blob(q, 0, device, WRITER_PART_BYTES) &&
	       sql_blob(q, 1, epoch, WRITER_PART_BYTES);
}

/* An op whose writer cannot be read was most likely ours, of some start of the program. */
static bool keep_writer(struct salvage *s, int64_t id, struct error *err)
{
	struct store *store = s->tx->store;
	uint8_t device[WRITER_PART_BYTES], epoch[WRITER_PART_BYTES];
	bool there;
	if (!has_writer(store->db, id, &there, err) || there)
		return there;
	if (read_writer(s->old, id, device, epoch) &&
		!insert_writer(store->db, id, device, epoch, err))
		return false;
	if (!has_writer(store->db, id, &there, err) || there)
		return there;
	env_random_bytes(store->env, epoch, sizeof(epoch));
	return insert_writer(store->db, id, store->device, epoch, err);
}

static bool insert_op(struct sql *db, struct sql_query *from, struct error *err)
{
	static const char *const names[] = {":hub_seq", ":writer", ":seq", ":wall_ms", ":clock",
		":kind", ":entity_type", ":field", ":base"};
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"INSERT OR IGNORE INTO op (hub_seq, writer, seq, wall_ms, clock, kind, entity_type,"
		" field, base, entity, value) VALUES (:hub_seq, :writer, :seq, :wall_ms, :clock,"
		" :kind, :entity_type, :field, :base, :entity, :value)");
	for (int i = 0; i < (int)(sizeof(names) / sizeof(names[0])); i++)
		sql_bind_int(q, names[i], sql_int(from, i));
	struct str entity = sql_peek(from, 9), value = sql_peek(from, 10);
	sql_bind_blob(q, ":entity", entity.ptr, entity.len);
	if (!sql_is_null(from, 10))
		sql_bind_blob(q, ":value", value.ptr, value.len);
	return sql_run(q, err);
}

/* False only when the new database refuses. */
static bool keep_op(struct salvage *s, int64_t hub_seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(s->old,
		"SELECT hub_seq, writer, seq, wall_ms, clock, kind, entity_type, field, base,"
		" entity, value FROM op WHERE hub_seq = :hub_seq");
	sql_bind_int(q, ":hub_seq", hub_seq);
	if (!sql_next(q, NULL) || sql_peek(q, 9).len != sizeof(struct uuid) ||
		sql_peek(q, 10).len > OP_VALUE_LIMIT_BYTES)
		return true;
	if (!keep_writer(s, sql_int(q, 1), err) || !insert_op(s->tx->store->db, q, err))
		return false;
	s->repair->ops_kept += (size_t)sql_changes(s->tx->store->db);
	return true;
}

static int64_t number_of(struct sql_query *query)
{
	CLEANUP(sql_done) struct sql_query *q = query;
	return sql_next(q, NULL) ? sql_int(q, 0) : 0;
}

static bool keep_log(struct salvage *s, struct error *err)
{
	int64_t last = number_of(sql_query(s->old, "SELECT hub_seq FROM fold_state"));
	int64_t seen = number_of(
		sql_query(s->old, "SELECT hub_seq FROM op ORDER BY hub_seq DESC LIMIT 1"));
	bool known = last > 0;
	if (seen > last)
		last = seen;
	for (int64_t n = 1; n <= last; n++)
		if (!keep_op(s, n, err))
			return false;
	s->repair->ops_lost = known ? last - (int64_t)s->repair->ops_kept : -1;
	return true;
}

static bool insert_sealed(struct salvage *s, struct sql_query *from, struct error *err)
{
	if (sql_peek(from, 0).len != sizeof(struct uuid))
		return true;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(s->tx->store->db,
		"INSERT OR IGNORE INTO sealed (registration, salt, box, saved_ms, expires_ms,"
		" retention_days, collected) VALUES (:registration, :salt, :box, :saved_ms,"
		" :expires_ms, :retention_days, :collected)");
	static const char *const blobs[] = {":registration", ":salt", ":box"};
	for (int i = 0; i < 3; i++) {
		struct str bytes = sql_peek(from, i);
		sql_bind_blob(q, blobs[i], bytes.ptr, bytes.len);
	}
	sql_bind_int(q, ":saved_ms", sql_int(from, 3));
	sql_bind_int(q, ":expires_ms", sql_int(from, 4));
	sql_bind_int(q, ":retention_days", sql_int(from, 5));
	sql_bind_int(q, ":collected", sql_int(from, 6));
	if (!sql_run(q, err))
		return false;
	s->repair->sealed_kept += (size_t)sql_changes(s->tx->store->db);
	return true;
}

#define SEALED_COLUMNS "registration, salt, box, saved_ms, expires_ms, retention_days, collected"
#define SEALED_COLUMNS_FIRST "registration, salt, box, saved_ms, expires_ms, retention_days, 0"

/* As far as the rows can be read. */
static bool keep_sealed_of(struct salvage *s, struct sql_query *rows, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = rows;
	while (sql_next(q, NULL))
		if (!insert_sealed(s, q, err))
			return false;
	return true;
}

/* From both ends; a database of the first schema has no `collected`. */
static bool keep_sealed(struct salvage *s, struct error *err)
{
	struct sql *old = s->old;
	const char *const orders[] = {"SELECT " SEALED_COLUMNS " FROM sealed ORDER BY registration",
		"SELECT " SEALED_COLUMNS " FROM sealed ORDER BY registration DESC",
		"SELECT " SEALED_COLUMNS_FIRST " FROM sealed ORDER BY registration",
		"SELECT " SEALED_COLUMNS_FIRST " FROM sealed ORDER BY registration DESC"};
	for (int i = 0; i < 4; i++)
		if (!keep_sealed_of(s, sql_query(old, orders[i]), err))
			return false;
	CLEANUP(sql_done)
	struct sql_query *asked = sql_query(
		s->tx->store->db, "SELECT entity FROM op WHERE kind IN (2, 7) ORDER BY hub_seq");
	while (sql_next(asked, err)) {
		struct str id = sql_peek(asked, 0);
		struct sql_query *one = sql_query(old,
			"SELECT " SEALED_COLUMNS " FROM sealed WHERE registration = :registration");
		sql_bind_blob(one, ":registration", id.ptr, id.len);
		if (!keep_sealed_of(s, one, err))
			return false;
	}
	return !sql_failed(asked);
}

/* Whether a local value may replace the one that the new database was born with. */
static bool is_sound(struct str name, struct str value)
{
	struct key_set keys;
	if (str_equal_z(name, "hub_epoch") || str_equal_z(name, "search"))
		return false;
	if (str_equal_z(name, "device"))
		return value.len == WRITER_PART_BYTES;
	if (str_equal_z(name, "code_key") || str_equal_z(name, "practice_key"))
		return value.len == HASH_BYTES;
	return !str_equal_z(name, "keys") || key_set_parse(value, &keys, NULL);
}

static bool keep_local_of(struct salvage *s, struct sql_query *rows, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = rows;
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	while (sql_next(q, NULL)) {
		struct str name = sql_text(q, &arena, 0), value = sql_text(q, &arena, 1);
		if (is_sound(name, value) && !local_set(s->tx->store->db, name, value, err))
			return false;
	}
	return true;
}

static bool keep_local(struct salvage *s, struct error *err)
{
	return keep_local_of(
		       s, sql_query(s->old, "SELECT name, value FROM local ORDER BY name"), err) &&
	       keep_local_of(s,
		       sql_query(s->old, "SELECT name, value FROM local ORDER BY name DESC"), err);
}

static bool write_note(struct store *store, const struct store_repair *r, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct str lost = r->ops_lost < 0 ? STR("an unknown number")
					  : str_format(&arena, "%lld", (long long)r->ops_lost);
	struct str note = str_format(&arena,
		"The database was damaged and was made again: %zu changes and %zu sealed sign-ups "
		"were kept, %.*s of the changes were lost; the damaged file is %s.",
		r->ops_kept, r->sealed_kept, STR_ARG(lost), r->aside);
	return local_set(store->db, NOTE, note, err);
}

struct str store_repair_note(struct store *store, struct arena *arena)
{
	struct str note;
	return local_get(store->db, arena, NOTE, &note, NULL) ? note : (struct str){0};
}

static bool fill(
	struct store *store, struct sql *old, struct store_repair *repair, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	struct salvage s = {.old = old, .tx = &tx, .repair = repair};
	return store_begin(&tx, store, err) && keep_local(&s, err) && keep_log(&s, err) &&
	       keep_sealed(&s, err) && fold_clear(&tx, err) &&
	       op_fold_log(&tx, 1, INT64_MAX, err) && write_note(store, repair, err) &&
	       store_commit(&tx, err) && sql_checkpoint(store->db, err);
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
	return move(env, path_with(&arena, path, "-wal"), path_with(&arena, aside, "-wal"), err) &&
	       remove_if_there(env, path_with(&arena, path, "-shm"), err) &&
	       move(env, path, aside, err) && sync_parent(env, path, err) &&
	       move(env, repaired, path, err) && sync_parent(env, path, err);
}

bool store_repair(struct env *env, const char *path, struct store_repair *repair, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	const char *repairing = path_with(&arena, path, ".repairing");
	const char *copy = path_with(&arena, path, ".repairing-copy");
	*repair = (struct store_repair){.ops_lost = -1};
	name_aside(env, path, repair->aside);
	if (!remove_database(env, repairing, err) || !remove_database(env, copy, err))
		return false;
	struct store *fresh = store_open_file(env, repairing, err);
	if (!fresh)
		return false;
	struct sql *old = open_old(env, path, fresh, repairing, copy);
	bool ok = old ? fill(fresh, old, repair, err)
		      : write_note(fresh, repair, err) && sql_checkpoint(fresh->db, err);
	sql_close(old);
	store_close(fresh);
	return ok && remove_database(env, copy, err) && sync_parent(env, path, err) &&
	       move(env, repairing, path_with(&arena, path, ".repaired"), err) &&
	       sync_parent(env, path, err) && store_repair_resume(env, path, err);
}
