/* Opening the database, bringing its schema up to date, the identity of this kiosk, and the
 * transaction that every change of shared data goes through. A transaction begins by reading where
 * the log stands and which keys are in force, because another program (buurtctl) may have written
 * since; so nothing that is kept in memory is ever trusted for a change. */
#include "store/store.h"

#include "base/bug.h"
#include "base/log.h"
#include "crypto/secret.h"
#include "model/time.h"
#include "store/backup.h"
#include "store/erasure_file.h"
#include "store/fold.h"
#include "store/inside.h"
#include "store/member.h"
#include "store/repair.h"
#include "store/schema.h"
#include "store/search_index.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool local_get(
	struct sql *db, struct arena *arena, struct str name, struct str *value, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT value FROM local WHERE name = :name");
	sql_bind_text(q, ":name", name);
	*value = (struct str){0};
	if (!sql_next(q, err))
		return false;
	*value = sql_text(q, arena, 0);
	return true;
}

bool local_set(struct sql *db, struct str name, struct str value, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "INSERT OR REPLACE INTO local (name, value) VALUES (:name, :value)");
	sql_bind_text(q, ":name", name);
	sql_bind_blob(q, ":value", value.ptr, value.len);
	return sql_run(q, err);
}

static bool schema_version(struct sql *db, int64_t *version, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = sql_query(db, "PRAGMA user_version");
	if (!sql_next(q, err))
		return false;
	*version = sql_int(q, 0);
	return true;
}

/* What makes this kiosk itself, drawn once. The secret of the practice key is thrown away here. */
static bool create_identity(struct store *store, struct error *err)
{
	uint8_t device[WRITER_PART_BYTES], hub_epoch[WRITER_PART_BYTES];
	struct hash code_key, no_rows = {{0}};
	env_random_bytes(store->env, device, sizeof(device));
	env_random_bytes(store->env, hub_epoch, sizeof(hub_epoch));
	env_random_bytes(store->env, code_key.bytes, sizeof(code_key.bytes));
	struct key_pair practice = key_pair_create();
	secret_wipe(&practice.secret, sizeof(practice.secret));

	struct sql *db = store->db;
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "INSERT INTO fold_state (id, hub_seq, hash) VALUES (1, 0, :hash)");
	sql_bind_blob(q, ":hash", no_rows.bytes, HASH_BYTES);
	return sql_run(q, err) &&
	       local_set(db, STR("device"), (struct str){(char *)device, sizeof(device)}, err) &&
	       local_set(db, STR("hub_epoch"), (struct str){(char *)hub_epoch, sizeof(hub_epoch)},
		       err) &&
	       local_set(db, STR("code_key"), (struct str){(char *)code_key.bytes, HASH_BYTES},
		       err) &&
	       local_set(
		       db, STR("practice_key"), (struct str){(char *)practice.open.bytes, 32}, err);
}

/* Runs the scripts that this database has not had yet, all in one transaction. */
static bool migrate(struct store *store, struct error *err)
{
	CLEANUP(sql_rollback) struct sql_tx tx = {0};
	int64_t version, newest = 0;
	while (store_schema[newest])
		newest++;
	if (!schema_version(store->db, &version, err))
		return false;
	if (version == newest)
		return true;
	if (!sql_begin(&tx, store->db, err) || !schema_version(store->db, &version, err))
		return false;
	if (version > newest)
		return error_set(err, ERROR_UNSUPPORTED,
			"the database is of a newer program (schema %lld, this one knows %lld)",
			(long long)version, (long long)newest);
	for (int64_t i = version; i < newest; i++)
		if (!sql_script(store->db, store_schema[i], err))
			return false;
	char pragma[64];
	snprintf(pragma, sizeof(pragma), "PRAGMA user_version = %lld", (long long)newest);
	return sql_script(store->db, pragma, err) && (version > 0 || create_identity(store, err)) &&
	       sql_commit(&tx, err);
}

static bool read_exact(struct store *store, struct arena *arena, struct str name, void *bytes,
	size_t count, struct error *err)
{
	struct str value;
	if (!local_get(store->db, arena, name, &value, err))
		return err && err->code ? false
					: error_set(err, ERROR_DAMAGED, "the database has no %.*s",
						  STR_ARG(name));
	if (value.len != count)
		return error_set(
			err, ERROR_DAMAGED, "the %.*s in the database is not whole", STR_ARG(name));
	memcpy(bytes, value.ptr, count);
	return true;
}

static bool read_mode(struct store *store, struct arena *arena, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db, "SELECT name, value FROM local"
						   " WHERE name IN ('keys', 'keys_lost')"
						   " ORDER BY name");
	store->mode = STORE_PRACTICE;
	if (!sql_next(q, err))
		return !sql_failed(q);
	store->mode = STORE_KEYS_LOST;
	if (str_equal_z(sql_peek(q, 0), "keys_lost"))
		return true;
	store->mode = STORE_OPEN;
	return key_set_parse(sql_text(q, arena, 1), &store->keys, err) ||
	       error_wrap(err, "the keys in the database");
}

static bool read_state(struct store *store, int64_t *hub_seq, struct hash *sum, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT fold_state.hub_seq, fold_state.hash, hub.hub_seq"
				     " FROM fold_state LEFT JOIN hub ON hub.id = fold_state.id");
	if (!sql_next(q, err)) {
		if (sql_failed(q))
			return false;
		store->met_damage = true;
		return error_set(err, ERROR_DAMAGED, "the state of the folds is gone");
	}
	*hub_seq = sql_int(q, 0);
	store->member = !sql_is_null(q, 2);
	store->member_has_log = sql_int(q, 2) > 0;
	if (sql_blob(q, 1, sum->bytes, HASH_BYTES))
		return true;
	store->met_damage = true;
	return error_set(err, ERROR_DAMAGED, "the state hash is not whole");
}

static bool read_aside(struct store *store, struct arena *arena, struct error *err)
{
	struct error why = {0};
	struct str text;
	store->aside = local_get(store->db, arena, STR("identity_aside"), &text, &why);
	return why.code == ERROR_NONE || error_set(err, why.code, "%s", why.message);
}

static bool load(struct store *store, struct error *err)
{
	struct arena arena = {0};
	struct hash sum;
	struct error why = {0};
	bool ok =
		migrate(store, &why) &&
		read_exact(store, &arena, STR("device"), store->device, WRITER_PART_BYTES, &why) &&
		read_exact(
			store, &arena, STR("code_key"), store->code_key.bytes, HASH_BYTES, &why) &&
		read_exact(store, &arena, STR("practice_key"), store->practice_key.bytes,
			sizeof(store->practice_key.bytes), &why) &&
		read_mode(store, &arena, &why) && clock_read(store, &arena, &why) &&
		read_aside(store, &arena, &why) && read_state(store, &store->revision, &sum, &why);
	if (ok)
		store->data_version = sql_data_version(store->db, &why);
	ok = ok && store->data_version >= 0 && search_ensure(store, &why);
	arena_finish(&arena);
	return ok || error_set(err, why.code, "%s", why.message);
}

/* Makes the directory, and syncs each name on the way to it: a directory whose own name is lost in
 * a power cut takes the database with it. */
static bool make_durable_directory(struct env *env, const char *directory, struct error *err)
{
	struct arena arena = {.block_bytes = 4096};
	struct str path = str_from(directory);
	bool existed = env_exists(env, directory), ok = env_make_directory(env, directory, err);
	for (size_t at = path.len; ok && !existed && at > 0; at--) {
		if (path.ptr[at - 1] != '/')
			continue;
		struct str parent = at == 1 ? STR("/") : str_slice(path, 0, at - 1);
		ok = env_sync_directory(env, str_z(&arena, parent), err);
	}
	if (ok && !existed && path.len && path.ptr[0] != '/')
		ok = env_sync_directory(env, ".", err);
	arena_finish(&arena);
	return ok;
}

struct store *store_open_file(struct env *env, const char *path, struct error *err)
{
	struct store *store = calloc(1, sizeof(*store));
	if (!store)
		abort();
	store->env = env;
	store->path = strdup(path);
	if (!store->path)
		abort();
	store->unswept = true; /* nobody knows what the last start left */
	store->db = sql_open(env, path, err);
	if (!BUG(EPOCH_REUSED))
		env_random_bytes(env, store->epoch, sizeof(store->epoch));
	if (store->db && (load(store, err) || error_wrap(err, "%s", path)))
		return store;
	store_close(store);
	return NULL;
}

static bool quick_check(struct store *store, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = sql_query(store->db, "PRAGMA quick_check(1)");
	if (!sql_next(q, err))
		return false;
	struct str found = sql_peek(q, 0);
	return str_equal_z(found, "ok") ||
	       error_set(err, ERROR_DAMAGED, "the database is damaged: %.*s", STR_ARG(found));
}

static struct store *open_whole(struct env *env, const char *path, struct error *err)
{
	struct store *store = store_open_file(env, path, err);
	if (!store || quick_check(store, err))
		return store;
	store_close(store);
	return NULL;
}

static bool repair(struct env *env, const char *path, struct error *err)
{
	struct store_repair made;
	return store_repair(env, path, &made, err);
}

/* What was doubted and opens all the same is used as it is when it cannot be repaired. */
static struct store *repair_doubted(struct env *env, const char *path, struct error *err)
{
	struct error why = {0};
	if (!repair(env, path, &why))
		log_error("repairing what was doubted", &why);
	return open_whole(env, path, err);
}

static struct store *open_or_repair(struct env *env, const char *path, struct error *err)
{
	struct error why = {0};
	if (!store_repair_resume(env, path, err))
		return NULL;
	if (store_repair_lost_all(env, path))
		return repair(env, path, err) ? open_whole(env, path, err) : NULL;
	struct store *store = open_whole(env, path, &why);
	if (store && store_repair_is_doubted(env, path)) {
		store_close(store);
		return repair_doubted(env, path, err);
	}
	if (store)
		return store;
	if (why.code != ERROR_DAMAGED) {
		error_set(err, why.code, "%s", why.message);
		return NULL;
	}
	return repair(env, path, err) ? open_whole(env, path, err) : NULL;
}

struct store *store_open(struct env *env, const char *directory, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	if (!make_durable_directory(env, directory, err) ||
		!restore_take_effect(env, directory, err))
		return NULL;
	struct str path = str_format(&arena, "%s/%s", directory, STORE_FILE);
	struct store *store = open_or_repair(env, str_z(&arena, path), err);
	if (!store || erasure_file_replay(store, directory, err))
		return store;
	store_close(store);
	return NULL;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	sql_close(store->db);
	free(store->path);
	free(store->directory);
	secret_wipe(store, sizeof(*store));
	free(store);
}

bool store_met_damage(const struct store *store)
{
	return store->met_damage || sql_met_damage(store->db);
}

struct env *store_env(const struct store *store)
{
	return store->env;
}

int64_t store_revision(const struct store *store)
{
	return store->revision;
}

bool store_refresh(struct store *store, bool *changed, struct error *err)
{
	struct arena arena = {0};
	struct hash sum;
	int64_t before = store->revision, version = sql_data_version(store->db, err);
	bool ok = version >= 0;
	if (ok && version != store->data_version) {
		ok = read_state(store, &store->revision, &sum, err) &&
		     read_mode(store, &arena, err) && clock_read(store, &arena, err);
		if (ok)
			store->data_version = version;
	}
	arena_finish(&arena);
	*changed = ok && store->revision != before;
	return ok;
}

enum store_mode store_mode(const struct store *store)
{
	return store->mode;
}

const struct key_set *store_keys(const struct store *store)
{
	return store->mode == STORE_OPEN ? &store->keys : NULL;
}

struct keys_state store_keys_state(const struct store *store)
{
	struct keys_state state = {.open = store->mode == STORE_OPEN};
	struct date day = clock_date(store);
	if (!state.open)
		return state;
	int left = store->keys.first_month + KEY_MONTHS - key_month(day.year, day.month);
	state.used_up = left <= 0;
	state.months_left = left < 0 ? 0 : left > KEY_MONTHS ? KEY_MONTHS : left;
	return state;
}

bool store_begin(struct store_tx *tx, struct store *store, struct error *err)
{
	struct arena arena = {0};
	tx->store = store;
	bool ok = sql_begin(&tx->sql, store->db, err) &&
		  read_state(store, &tx->hub_seq, &tx->sum, err) && read_mode(store, &arena, err) &&
		  clock_read(store, &arena, err);
	arena_finish(&arena);
	if (ok && store->member_has_log)
		tx->recorder = fold_record(store->db);
	return ok;
}

bool store_commit(struct store_tx *tx, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(tx->store->db, "UPDATE fold_state SET hub_seq = :hub_seq, hash = :hash");
	sql_bind_int(q, ":hub_seq", tx->hub_seq);
	sql_bind_blob(q, ":hash", tx->sum.bytes, HASH_BYTES);
	if (!member_keep_undo(tx, err) || !search_update(tx, err) || !sql_run(q, err) ||
		!sql_commit(&tx->sql, err))
		return false;
	tx->store->revision = tx->hub_seq;
	return true;
}

void store_rollback(struct store_tx *tx)
{
	search_forget(tx);
	sql_recorder_stop(&tx->recorder);
	sql_rollback(&tx->sql);
}

bool store_sweep(struct store *store)
{
	if (BUG(NOT_SWEPT))
		return true;
	struct error why = {0};
	bool filed = erasure_file_keep(store, &why);
	if (!filed)
		log_error("the list of erasures", &why);
	store->unswept = !sql_checkpoint(store->db, NULL) || !filed;
	return true;
}

bool store_state_hash(struct store *store, struct hash *hash, struct error *err)
{
	int64_t hub_seq;
	return read_state(store, &hub_seq, hash, err);
}

bool store_count_hash(struct store *store, struct hash *hash, struct error *err)
{
	return fold_count(store->db, hash, err);
}

bool store_rebuild(struct store *store, struct hash *hash, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	if (!store_begin(&tx, store, err) || !member_rebuild(&tx, err))
		return false;
	*hash = tx.sum;
	return store_commit(&tx, err);
}

static bool run(struct sql_query *q, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *own = q;
	return sql_run(own, err);
}

static bool forget_practice(struct store_tx *tx, const struct key_set *keys, struct error *err)
{
	struct op op = {.kind = OP_OPEN,
		.entity_type = ENTITY_REGISTRATION,
		.has_value = true,
		.value = {(const char *)keys->id, sizeof(keys->id)}};
	return op_append(tx, &op, err) && run(sql_query(tx->store->db, "DELETE FROM sealed"), err);
}

bool store_open_registrations(struct store *store, const struct key_set *keys, struct error *err)
{
	if (store->env->seeded)
		return error_set(err, ERROR_REFUSED,
			"real registrations need real randomness, not a seed or a simulated clock");
	CLEANUP(store_rollback) struct store_tx tx = {0};
	struct arena arena = {0};
	bool ok = store_begin(&tx, store, err);
	bool practice = store->mode == STORE_PRACTICE;
	if (ok && practice)
		ok = forget_practice(&tx, keys, err);
	ok = ok && local_set(store->db, STR("keys"), key_set_format(&arena, keys), err) &&
	     store_commit(&tx, err);
	arena_finish(&arena);
	if (!ok)
		return false;
	store->mode = STORE_OPEN;
	store->keys = *keys;
	return !practice || store_sweep(store);
}
