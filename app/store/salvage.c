/* Nothing is trusted of a damaged file but what SQLite still gives, row by row: each op is asked
 * for by its number, each sealed box from both ends of its table and by the sign-up or wish it
 * belongs to, so that one bad page costs only its own rows. Where that met damage, the leaves of
 * the table are read without the way to them (leaves.h), for a bad inner page would cost all that
 * is under it.
 *
 * Whether registrations were open cannot be read from what is gone. It is believed as soon as
 * anything says so, for the other belief erases sign-ups: the op of opening, or an op that may have
 * been it. Then the keys come from the file beside the database, or are lost until somebody brings
 * them. */
#include "store/salvage.h"

#include "store/fold.h"
#include "store/leaves.h"

#include <string.h>

struct salvage {
	struct sql *old; /* NULL: there are only the leaves */
	struct str image; /* of old; empty while the leaves were not needed */
	struct arena *arena;
	struct store_tx *tx;
	struct store_repair *repair;
	bool local_ill; /* some of `local` may be missing */
};

/* Reads the leaves of a table when the way to them is ill. */
static bool keep_leaves(
	struct salvage *s, const struct leaf_table *table, leaf_keep *keep, struct error *err)
{
	if (s->old && !sql_met_damage(s->old))
		return true;
	if (s->old && s->image.len == 0)
		s->image = sql_image(s->old, s->arena);
	return leaves_read(s->image, table, keep, s, err);
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
	if (s->old && read_writer(s->old, id, device, epoch) &&
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

#define LOG_COLUMNS                                                                                \
	"hub_seq, writer, seq, wall_ms, clock, kind, entity_type, field, base, entity, value"

/* False only when the new database refuses. */
static bool keep_op(void *context, struct sql_query *row, struct error *err)
{
	struct salvage *s = context;
	if (sql_peek(row, 9).len != sizeof(struct uuid) ||
		sql_peek(row, 10).len > OP_VALUE_LIMIT_BYTES)
		return true;
	if (!keep_writer(s, sql_int(row, 1), err) || !insert_op(s->tx->store->db, row, err))
		return false;
	s->repair->ops_kept += (size_t)sql_changes(s->tx->store->db);
	return true;
}

static bool keep_op_of(struct salvage *s, int64_t hub_seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(s->old, "SELECT " LOG_COLUMNS " FROM op WHERE hub_seq = :hub_seq");
	sql_bind_int(q, ":hub_seq", hub_seq);
	return !sql_next(q, NULL) || keep_op(s, q, err);
}

static bool keep_op_leaves(struct salvage *s, struct error *err)
{
	static const struct leaf_table table = {
		.create = "CREATE TABLE op (hub_seq INTEGER PRIMARY KEY, writer, seq, wall_ms,"
			  " clock, kind, entity_type, entity, field, base, value)",
		.select = "SELECT " LOG_COLUMNS " FROM op WHERE hub_seq > 0"
			  " AND typeof(writer) = 'integer' AND typeof(seq) = 'integer'"
			  " AND typeof(wall_ms) = 'integer' AND typeof(clock) = 'integer'"
			  " AND typeof(kind) = 'integer' AND typeof(entity_type) = 'integer'"
			  " AND typeof(field) = 'integer' AND typeof(base) = 'integer'"
			  " AND typeof(entity) = 'blob' AND typeof(value) IN ('blob', 'null')",
	};
	return keep_leaves(s, &table, keep_op, err);
}

static int64_t number_of(struct sql_query *query)
{
	CLEANUP(sql_done) struct sql_query *q = query;
	return sql_next(q, NULL) ? sql_int(q, 0) : 0;
}

/* The last number of the log below `before`: of the hub's numbers, or of all. */
static int64_t last_op(struct sql *db, int64_t before)
{
	struct sql_query *q = sql_query(db, "SELECT hub_seq FROM op WHERE hub_seq < :before"
					    " ORDER BY hub_seq DESC LIMIT 1");
	sql_bind_int(q, ":before", before);
	return number_of(q);
}

static bool keep_ops(struct salvage *s, int64_t from, int64_t last, struct error *err)
{
	for (int64_t n = from; n <= last; n++)
		if (!keep_op_of(s, n, err))
			return false;
	return true;
}

/* How many numbers were given: those of a hub, and those that wait for one. */
static int64_t numbers_given(int64_t last, int64_t last_pending)
{
	return last + (last_pending < OP_PENDING_FROM ? 0 : last_pending - OP_PENDING_FROM + 1);
}

static bool keep_log(struct salvage *s, struct error *err)
{
	int64_t said = 0, seen = 0, seen_pending = 0;
	struct sql *db = s->tx->store->db;
	if (s->old) {
		said = number_of(sql_query(s->old, "SELECT hub_seq FROM fold_state"));
		seen = last_op(s->old, OP_PENDING_FROM);
		seen_pending = last_op(s->old, INT64_MAX);
	}
	seen_pending = said > seen_pending ? said : seen_pending;
	if (said > seen && said < OP_PENDING_FROM)
		seen = said;
	if (!keep_ops(s, 1, seen, err) || !keep_ops(s, OP_PENDING_FROM, seen_pending, err) ||
		!keep_op_leaves(s, err))
		return false;
	int64_t kept = last_op(db, OP_PENDING_FROM), kept_pending = last_op(db, INT64_MAX);
	seen = kept > seen ? kept : seen;
	seen_pending = kept_pending > seen_pending ? kept_pending : seen_pending;
	s->repair->ops_lost =
		said > 0 ? numbers_given(seen, seen_pending) - (int64_t)s->repair->ops_kept : -1;
	return true;
}

static bool insert_sealed(void *context, struct sql_query *from, struct error *err)
{
	struct salvage *s = context;
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
static bool keep_sealed_ends(struct salvage *s, struct error *err)
{
	const char *const orders[] = {"SELECT " SEALED_COLUMNS " FROM sealed ORDER BY registration",
		"SELECT " SEALED_COLUMNS " FROM sealed ORDER BY registration DESC",
		"SELECT " SEALED_COLUMNS_FIRST " FROM sealed ORDER BY registration",
		"SELECT " SEALED_COLUMNS_FIRST " FROM sealed ORDER BY registration DESC"};
	for (int i = 0; i < 4; i++)
		if (!keep_sealed_of(s, sql_query(s->old, orders[i]), err))
			return false;
	return true;
}

static bool keep_sealed_asked(struct salvage *s, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *asked = sql_query(
		s->tx->store->db, "SELECT entity FROM op WHERE kind IN (2, 7) ORDER BY hub_seq");
	while (sql_next(asked, err)) {
		struct str id = sql_peek(asked, 0);
		struct sql_query *one = sql_query(s->old,
			"SELECT " SEALED_COLUMNS " FROM sealed WHERE registration = :registration");
		sql_bind_blob(one, ":registration", id.ptr, id.len);
		if (!keep_sealed_of(s, one, err))
			return false;
	}
	return !sql_failed(asked);
}

/* A row's head says that two blobs of 16 bytes come after each other. */
static bool keep_sealed_leaves(struct salvage *s, struct error *err)
{
	static const struct leaf_table table = {
		.create = "CREATE TABLE sealed (registration, salt, box, saved_ms, expires_ms,"
			  " retention_days, collected DEFAULT 0, PRIMARY KEY (registration))"
			  " WITHOUT ROWID",
		.select = "SELECT " SEALED_COLUMNS " FROM sealed"
			  " WHERE typeof(registration) = 'blob' AND length(registration) = 16"
			  " AND typeof(salt) = 'blob' AND length(salt) = 16"
			  " AND typeof(box) = 'blob' AND typeof(saved_ms) = 'integer'"
			  " AND typeof(expires_ms) = 'integer'"
			  " AND typeof(retention_days) = 'integer'"
			  " AND typeof(collected) = 'integer'",
		.without_rowid = true,
		.mark = STR_CONST("\x2c\x2c"),
	};
	return keep_leaves(s, &table, insert_sealed, err);
}

static bool keep_sealed(struct salvage *s, struct error *err)
{
	return (!s->old || (keep_sealed_ends(s, err) && keep_sealed_asked(s, err))) &&
	       keep_sealed_leaves(s, err);
}

/* Whether a local value may replace the one that the new database was born with. */
static bool is_sound(struct str name, struct str value)
{
	struct key_set keys;
	if (str_equal_z(name, "hub_epoch") || str_equal_z(name, "search") ||
		str_equal_z(name, "erasure_bytes"))
		return false;
	if (str_equal_z(name, "device"))
		return value.len == WRITER_PART_BYTES;
	if (str_equal_z(name, "code_key") || str_equal_z(name, "practice_key"))
		return value.len == HASH_BYTES;
	return !str_equal_z(name, "keys") || key_set_parse(value, &keys, NULL);
}

static bool keep_local_row(void *context, struct sql_query *row, struct error *err)
{
	struct salvage *s = context;
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct str name = sql_text(row, &arena, 0), value = sql_text(row, &arena, 1);
	return !is_sound(name, value) || local_set(s->tx->store->db, name, value, err);
}

static bool keep_local_of(struct salvage *s, struct sql_query *rows, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = rows;
	while (sql_next(q, NULL))
		if (!keep_local_row(s, q, err))
			return false;
	s->local_ill |= sql_failed(q);
	return true;
}

/* Other tables have rows of a text and a number, none of a text and a blob. */
static bool keep_local_leaves(struct salvage *s, struct error *err)
{
	static const struct leaf_table table = {
		.create = "CREATE TABLE local (name PRIMARY KEY, value) WITHOUT ROWID",
		.select = "SELECT name, value FROM local"
			  " WHERE typeof(name) = 'text' AND typeof(value) = 'blob'",
		.without_rowid = true,
	};
	return keep_leaves(s, &table, keep_local_row, err);
}

/* Ops whose writer is gone are this kiosk's, under the name it had. */
static bool take_device(struct salvage *s, struct error *err)
{
	struct str device;
	struct store *store = s->tx->store;
	if (!local_get(store->db, s->arena, STR("device"), &device, err))
		return false;
	memcpy(store->device, device.ptr, WRITER_PART_BYTES);
	return true;
}

static bool keep_local(struct salvage *s, struct error *err)
{
	s->local_ill = !s->old;
	return (!s->old ||
		       (keep_local_of(s,
				sql_query(s->old, "SELECT name, value FROM local ORDER BY name"),
				err) &&
			       keep_local_of(s,
				       sql_query(s->old, "SELECT name, value FROM local"
							 " ORDER BY name DESC"),
				       err))) &&
	       keep_local_leaves(s, err) && take_device(s, err);
}

/* --- the keys --------------------------------------------------------------------------------- */

static bool has_local(struct salvage *s, struct str name, bool *has, struct error *err)
{
	struct error why = {0};
	struct str value;
	*has = local_get(s->tx->store->db, s->arena, name, &value, &why) && value.len > 0;
	return why.code == ERROR_NONE || error_set(err, why.code, "%s", why.message);
}

static bool was_open(struct salvage *s)
{
	const struct store_repair *r = s->repair;
	bool said = number_of(sql_query(
			    s->tx->store->db, "SELECT count(*) FROM op WHERE kind = 5")) > 0;
	return said || (s->local_ill && r->sealed_kept > 0 && r->ops_lost != 0);
}

/* What an administrator was given when registrations were opened, beside the database. */
static bool read_keys_file(struct salvage *s, const char *path, struct str *text)
{
	struct key_set keys;
	return env_read_file(s->tx->store->env, s->arena, path, KEY_FILE_LIMIT_BYTES, text, NULL) &&
	       key_set_parse(*text, &keys, NULL);
}

static bool keep_keys(struct salvage *s, const char *keys_path, struct error *err)
{
	bool has;
	struct str text;
	struct sql *db = s->tx->store->db;
	if (!has_local(s, STR("keys"), &has, err))
		return false;
	if (has || !was_open(s))
		return true;
	if (read_keys_file(s, keys_path, &text))
		return local_set(db, STR("keys"), text, err);
	return local_set(db, STR("keys_lost"), STR("1"), err);
}

bool salvage(struct store_tx *tx, const struct salvage_source *source, struct store_repair *repair,
	struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct salvage s = {.old = source->db,
		.image = source->image,
		.arena = &arena,
		.tx = tx,
		.repair = repair};
	return keep_local(&s, err) && keep_log(&s, err) && keep_sealed(&s, err) &&
	       keep_keys(&s, source->keys_path, err) && fold_clear(tx, err) &&
	       op_fold_log(tx, 1, INT64_MAX, err);
}
