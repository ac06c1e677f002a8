/* Who we are stands as JSON in the local value "identity", so that a person who repairs a database
 * by hand can read it; the list of devices is in the folds; invitations have a table of the hub's.
 */
#include "store/identity.h"

#include "base/bug.h"
#include "base/json.h"
#include "crypto/secret.h"
#include "store/device.h"
#include "store/inside.h"
#include "store/member.h"

#include <string.h>

#define IDENTITY STR("identity")
#define ASIDE STR("identity_aside")

void identity_wipe(struct identity *identity)
{
	secret_wipe(identity, sizeof(*identity));
}

/* --- as JSON ---------------------------------------------------------------------------------- */

static void put_hex(
	struct arena *arena, struct json *object, const char *name, const void *bytes, size_t count)
{
	json_set(arena, object, str_from(name),
		json_from_string(secret_to_hex(arena, bytes, count)));
}

static struct str write_identity(struct arena *arena, const struct identity *i)
{
	struct json o = {.type = JSON_IS_OBJECT};
	struct str_builder text = {.arena = arena};
	json_set(arena, &o, STR("hub"), json_from_bool(i->is_hub));
	json_set(arena, &o, STR("name"), json_from_string(str_from(i->name)));
	json_set(arena, &o, STR("address"), json_from_string(str_from(i->address)));
	put_hex(arena, &o, "organisation", i->organisation, sizeof(i->organisation));
	put_hex(arena, &o, "hub_device", i->hub_device, sizeof(i->hub_device));
	put_hex(arena, &o, "hub_key", i->hub_key, sizeof(i->hub_key));
	put_hex(arena, &o, "sign_seed", i->sign_seed, sizeof(i->sign_seed));
	put_hex(arena, &o, "invitation", i->invitation, sizeof(i->invitation));
	json_write(&text, &o, false);
	return str_builder_text(&text);
}

static bool get_hex(const struct json *object, const char *name, void *bytes, size_t count)
{
	const struct json *value = json_get(object, str_from(name));
	return value && value->type == JSON_IS_STRING &&
	       secret_from_hex(json_string(value), bytes, count);
}

static bool get_text(const struct json *object, const char *name, char *text, size_t most_bytes)
{
	const struct json *value = json_get(object, str_from(name));
	struct str s =
		value && value->type == JSON_IS_STRING ? json_string(value) : (struct str){0};
	if (!value || s.len > most_bytes)
		return false;
	if (s.len)
		memcpy(text, s.ptr, s.len);
	text[s.len] = '\0';
	return true;
}

static bool read_identity(struct str text, struct identity *i, struct error *err)
{
	struct arena arena = {0};
	struct json o;
	bool ok = json_parse(&arena, text, &o, NULL) && o.type == JSON_IS_OBJECT &&
		  json_get(&o, STR("hub")) &&
		  get_text(&o, "name", i->name, IDENTITY_NAME_MOST_BYTES) &&
		  get_text(&o, "address", i->address, IDENTITY_ADDRESS_MOST_BYTES) &&
		  get_hex(&o, "organisation", i->organisation, sizeof(i->organisation)) &&
		  get_hex(&o, "hub_device", i->hub_device, sizeof(i->hub_device)) &&
		  get_hex(&o, "hub_key", i->hub_key, sizeof(i->hub_key)) &&
		  get_hex(&o, "sign_seed", i->sign_seed, sizeof(i->sign_seed)) &&
		  get_hex(&o, "invitation", i->invitation, sizeof(i->invitation));
	if (ok)
		i->is_hub = json_get(&o, STR("hub"))->type == JSON_IS_TRUE;
	arena_wipe(&arena);
	arena_finish(&arena);
	return ok || error_set(err, ERROR_DAMAGED, "the identity in the database is not whole");
}

bool store_identity(struct store *store, struct identity *identity, struct error *err)
{
	struct arena arena = {0};
	struct error why = {0};
	struct str text;
	*identity = (struct identity){.is_hub = false};
	bool there = local_get(store->db, &arena, IDENTITY, &text, &why);
	bool ok = there ? read_identity(text, identity, err)
			: why.code == ERROR_NONE || error_set(err, why.code, "%s", why.message);
	memcpy(identity->device, store->device, sizeof(identity->device));
	arena_wipe(&arena);
	arena_finish(&arena);
	return ok;
}

static bool keep_identity(struct store *store, const struct identity *identity, struct error *err)
{
	struct arena arena = {0};
	bool ok = local_set(store->db, IDENTITY, write_identity(&arena, identity), err);
	arena_wipe(&arena);
	arena_finish(&arena);
	return ok;
}

static bool forget(struct sql *db, struct str name, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "DELETE FROM local WHERE name = :name");
	sql_bind_text(q, ":name", name);
	return sql_run(q, err);
}

static bool is_nobody_yet(struct store *store, struct error *err)
{
	struct identity old;
	static const uint8_t none[WRITER_PART_BYTES];
	if (!store_identity(store, &old, err))
		return false;
	bool free = memcmp(old.organisation, none, sizeof(none)) == 0;
	identity_wipe(&old);
	return free ||
	       error_set(err, ERROR_CONFLICT, "this one belongs to an organisation already");
}

bool store_become_hub(struct store *store, const struct identity *hub, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	return store_begin(&tx, store, err) && is_nobody_yet(store, err) &&
	       keep_identity(store, hub, err) && store_commit(&tx, err);
}

bool identity_put_aside(struct store *store, struct error *err)
{
	CLEANUP(identity_wipe) struct identity who;
	static const uint8_t none[WRITER_PART_BYTES];
	if (!store_identity(store, &who, err))
		return false;
	if (who.is_hub || memcmp(who.organisation, none, sizeof(none)) == 0)
		return true;
	struct arena arena = {0};
	bool ok = local_set(store->db, ASIDE, write_identity(&arena, &who), err) &&
		  forget(store->db, IDENTITY, err);
	arena_wipe(&arena);
	arena_finish(&arena);
	store->aside = store->aside || ok;
	return ok;
}

/* Whether it was one of that organisation until its identity was put aside: then its log goes on.
 */
static bool comes_back(
	struct store *store, const struct identity *member, bool *back, struct error *err)
{
	CLEANUP(identity_wipe) struct identity old = {.is_hub = false};
	struct arena arena = {0};
	struct error why = {0};
	struct str text;
	bool there = store->aside && local_get(store->db, &arena, ASIDE, &text, &why);
	bool ok = there ? read_identity(text, &old, err) : why.code == ERROR_NONE;
	*back = there && ok &&
		memcmp(old.organisation, member->organisation, sizeof(old.organisation)) == 0;
	arena_wipe(&arena);
	arena_finish(&arena);
	return ok;
}

bool store_become_member(struct store *store, const struct identity *member,
	const uint8_t hub_epoch[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	bool back;
	bool ok = store_begin(&tx, store, err) && is_nobody_yet(store, err) &&
		  comes_back(store, member, &back, err) && keep_identity(store, member, err) &&
		  forget(store->db, ASIDE, err) && (back || member_begin(&tx, hub_epoch, err)) &&
		  store_commit(&tx, err);
	store->member = store->member || ok;
	store->aside = store->aside && !ok;
	return ok;
}

bool store_forget_invitation(struct store *store, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	CLEANUP(identity_wipe) struct identity i;
	if (!store_begin(&tx, store, err) || !store_identity(store, &i, err))
		return false;
	secret_wipe(i.invitation, sizeof(i.invitation));
	return keep_identity(store, &i, err) && store_commit(&tx, err);
}

/* --- the list of devices ---------------------------------------------------------------------- */

bool device_field(struct sql *db, struct arena *arena, struct uuid entity, enum device_field field,
	struct str *json, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT value FROM field WHERE entity_type = :entity_type"
			      " AND entity = :entity AND number = :number AND value IS NOT NULL");
	sql_bind_int(q, ":entity_type", ENTITY_DEVICE);
	sql_bind_blob(q, ":entity", entity.bytes, sizeof(entity.bytes));
	sql_bind_int(q, ":number", field);
	*json = sql_next(q, err) ? sql_text(q, arena, 0) : (struct str){0};
	return !sql_failed(q);
}

bool store_device(struct store *store, const uint8_t id[WRITER_PART_BYTES], struct device *device,
	struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 512};
	struct str key, revoked;
	*device = (struct device){.known = false};
	if (!device_field(store->db, &arena, device_entity(id), DEVICE_KEY, &key, err) ||
		!device_field(store->db, &arena, device_entity(id), DEVICE_REVOKED, &revoked, err))
		return false;
	device->known =
		key.len == 2 + 2 * IDENTITY_KEY_BYTES &&
		secret_from_hex(str_slice(key, 1, key.len - 1), device->key, IDENTITY_KEY_BYTES);
	device->revoked = revoked.len > 0 && !BUG(REVOKED_ACCEPTED);
	return true;
}

bool device_set(struct store_tx *tx, struct uuid entity, enum device_field field, struct str json,
	struct error *err)
{
	struct op op = {.kind = OP_SET,
		.entity_type = ENTITY_DEVICE,
		.entity = entity,
		.field = field,
		.base = tx->hub_seq,
		.has_value = json.len > 0,
		.value = json};
	return op_append(tx, &op, err);
}

static struct str quoted(struct arena *arena, struct str text)
{
	struct str_builder json = {.arena = arena};
	json_write_string(&json, text);
	return str_builder_text(&json);
}

static bool forget_notices(
	struct sql *db, const uint8_t device[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "DELETE FROM notice WHERE device = :device");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	return sql_run(q, err);
}

static bool admit(struct store_tx *tx, const uint8_t id[WRITER_PART_BYTES],
	const uint8_t key[IDENTITY_KEY_BYTES], struct str name, struct uuid place,
	struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct uuid entity = device_entity(id);
	uint8_t other[WRITER_PART_BYTES];
	bool taken = true;
	struct str at = quoted(&arena, uuid_format(&arena, place));
	struct str hex = quoted(&arena, secret_to_hex(&arena, key, IDENTITY_KEY_BYTES));
	if (!uuid_is_nil(place) && !device_of_seats(tx->store->db, place, other, &taken, err))
		return false;
	/* Whoever was struck off and is invited again is believed again; of a card that was copied,
	 * this one is the real one now. */
	struct str struck;
	return forget_notices(tx->store->db, id, err) &&
	       device_field(tx->store->db, &arena, entity, DEVICE_REVOKED, &struck, err) &&
	       (struck.len == 0 || device_set(tx, entity, DEVICE_REVOKED, (struct str){0}, err)) &&
	       device_set(tx, entity, DEVICE_NAME, quoted(&arena, name), err) &&
	       (uuid_is_nil(place) || device_set(tx, entity, DEVICE_PLACE, at, err)) &&
	       (taken || device_set(tx, entity, DEVICE_SEATS, at, err)) &&
	       device_set(tx, entity, DEVICE_KEY, hex, err);
}

bool store_admit(struct store *store, const uint8_t id[WRITER_PART_BYTES],
	const uint8_t key[IDENTITY_KEY_BYTES], struct str name, struct uuid place,
	struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	return store_begin(&tx, store, err) && admit(&tx, id, key, name, place, err) &&
	       store_commit(&tx, err);
}

/* --- invitations ------------------------------------------------------------------------------ */

bool store_invite(struct store *store, const uint8_t secret[IDENTITY_KEY_BYTES], struct str name,
	struct uuid place, int64_t until_ms, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	if (!store_begin(&tx, store, err))
		return false;
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "INSERT INTO invitation (secret, name, place, until_ms)"
				     " VALUES (:secret, :name, :place, :until_ms)");
	sql_bind_blob(q, ":secret", secret, IDENTITY_KEY_BYTES);
	sql_bind_text(q, ":name", name);
	sql_bind_blob(q, ":place", place.bytes, sizeof(place.bytes));
	sql_bind_int(q, ":until_ms", until_ms);
	return sql_run(q, err) && store_commit(&tx, err);
}

static struct invitation read_invitation(struct sql_query *q, struct arena *arena)
{
	struct invitation one = {
		.name = sql_text(q, arena, 1),
		.until_ms = sql_int(q, 3),
		.used = !sql_is_null(q, 4),
	};
	sql_blob(q, 0, one.secret, sizeof(one.secret));
	sql_blob(q, 2, one.place.bytes, sizeof(one.place.bytes));
	if (one.used)
		sql_blob(q, 4, one.device, sizeof(one.device));
	return one;
}

bool store_invitations(struct store *store, struct arena *arena, struct invitation **list,
	size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT secret, name, place, until_ms, device, count(*) OVER () FROM invitation"
		" ORDER BY until_ms, secret");
	*list = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (!*list)
			*list = arena_new_array(arena, struct invitation, sql_int(q, 5));
		(*list)[(*count)++] = read_invitation(q, arena);
	}
	return !sql_failed(q);
}

bool store_use_invitation(struct store *store, const uint8_t secret[IDENTITY_KEY_BYTES],
	const uint8_t device[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	if (!store_begin(&tx, store, err))
		return false;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		store->db, "UPDATE invitation SET device = :device WHERE secret = :secret");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":secret", secret, IDENTITY_KEY_BYTES);
	return sql_run(q, err) && store_commit(&tx, err);
}
