/* The cutoff is a field of the device's entity, [["<epoch>", <seq>], ...]: an epoch that it does
 * not name counts for nothing. */
#include "store/revoke.h"

#include "base/bug.h"
#include "base/json.h"
#include "crypto/secret.h"
#include "store/device.h"
#include "store/hub.h"
#include "store/identity.h"
#include "store/inside.h"
#include "store/seats.h"
#include "store/sequencer.h"

#include <string.h>

/* --- reading ---------------------------------------------------------------------------------- */

static bool is_pair(const struct json *pair, struct cutoff *cutoff)
{
	if (pair->type != JSON_IS_ARRAY || pair->count != 2 ||
		pair->items[0].type != JSON_IS_STRING || pair->items[1].type != JSON_IS_INTEGER)
		return false;
	cutoff->last = pair->items[1].integer;
	return secret_from_hex(json_string(&pair->items[0]), cutoff->epoch, sizeof(cutoff->epoch));
}

/* The cutoffs of a device, in the arena. What cannot be read lets nothing through. */
static bool read_cutoffs(struct store *store, struct arena *arena,
	const uint8_t device[WRITER_PART_BYTES], bool *revoked, struct cutoff **list, size_t *count,
	struct error *err)
{
	struct str text;
	struct json json;
	*list = NULL;
	*count = 0;
	if (!device_field(store->db, arena, device_entity(device), DEVICE_REVOKED, &text, err))
		return false;
	*revoked = text.len > 0 && !BUG(REVOKED_ACCEPTED);
	if (!*revoked || !json_parse(arena, text, &json, NULL) || json.type != JSON_IS_ARRAY)
		return true;
	*list = arena_new_array(arena, struct cutoff, json.count + 1);
	for (size_t i = 0; i < json.count; i++)
		*count += is_pair(&json.items[i], &(*list)[*count]);
	return true;
}

bool store_cutoff(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *last, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct cutoff *list;
	size_t count;
	bool revoked;
	if (!read_cutoffs(store, &arena, device, &revoked, &list, &count, err))
		return false;
	*last = revoked && !BUG(CUTOFF_IGNORED) ? 0 : INT64_MAX;
	for (size_t i = 0; revoked && i < count; i++)
		if (memcmp(list[i].epoch, epoch, WRITER_PART_BYTES) == 0)
			*last = list[i].last;
	return true;
}

bool store_cutoff_is_open(
	struct store *store, const uint8_t device[WRITER_PART_BYTES], bool *open, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct cutoff *list;
	size_t count;
	bool revoked;
	if (!read_cutoffs(store, &arena, device, &revoked, &list, &count, err))
		return false;
	*open = !revoked;
	for (size_t i = 0; i < count; i++) {
		int64_t here;
		if (!store_last_seq(store, device, list[i].epoch, &here, err))
			return false;
		*open = *open || list[i].last > here;
	}
	return true;
}

/* --- striking off ----------------------------------------------------------------------------- */

static bool may_revoke(
	struct store *store, const uint8_t device[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(identity_wipe) struct identity who;
	struct device found;
	if (!store_identity(store, &who, err) || !store_device(store, device, &found, err))
		return false;
	if (!who.is_hub)
		return error_set(err, ERROR_REFUSED, "only the hub keeps the list of devices");
	if (memcmp(who.device, device, WRITER_PART_BYTES) == 0)
		return error_set(err, ERROR_REFUSED, "a hub cannot strike itself off");
	return found.known ||
	       error_set(err, ERROR_NOT_FOUND, "no device of that name is on the list");
}

static void write_cutoff(
	struct str_builder *json, const uint8_t epoch[WRITER_PART_BYTES], int64_t last)
{
	str_builder_add_format(json, "%s[\"%.*s\",%lld]", json->len > 1 ? "," : "",
		STR_ARG(secret_to_hex(json->arena, epoch, WRITER_PART_BYTES)), (long long)last);
}

/* What counts, as the field says it. */
static bool choose_cutoffs(struct store *store, struct arena *arena,
	const uint8_t device[WRITER_PART_BYTES], const struct cutoff *after, struct str *json,
	size_t *beyond, struct error *err)
{
	struct str_builder b = {.arena = arena};
	uint8_t(*epochs)[WRITER_PART_BYTES];
	size_t count;
	bool over = false;
	*beyond = 0;
	if (!store_epochs(store, arena, device, &epochs, &count, err))
		return false;
	str_builder_add_char(&b, '[');
	for (size_t i = 0; i < count; i++) {
		int64_t here;
		bool named = after && memcmp(epochs[i], after->epoch, WRITER_PART_BYTES) == 0;
		if (!store_last_seq(store, device, epochs[i], &here, err))
			return false;
		int64_t last = over ? 0 : named ? after->last : here;
		*beyond += here > last ? (size_t)(here - last) : 0;
		over = over || named;
		if (last > 0)
			write_cutoff(&b, epochs[i], last);
	}
	if (after && !over)
		write_cutoff(&b, after->epoch, after->last);
	str_builder_add_char(&b, ']');
	*json = str_builder_text(&b);
	return true;
}

static bool give_up_seats(
	struct store_tx *tx, const uint8_t device[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct str place;
	struct uuid entity = device_entity(device);
	if (!device_field(tx->store->db, &arena, entity, DEVICE_SEATS, &place, err))
		return false;
	return place.len == 0 || device_set(tx, entity, DEVICE_SEATS, (struct str){0}, err);
}

bool store_revoke(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const struct cutoff *after, size_t *beyond, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	CLEANUP(store_rollback) struct store_tx tx = {0};
	struct str json;
	return store_begin(&tx, store, err) && may_revoke(store, device, err) &&
	       choose_cutoffs(store, &arena, device, after, &json, beyond, err) &&
	       device_set(&tx, device_entity(device), DEVICE_REVOKED, json, err) &&
	       give_up_seats(&tx, device, err) && seats_decide(&tx, err) && store_commit(&tx, err);
}

static bool list_copies(struct sql *db, struct arena *arena, uint8_t (**devices)[WRITER_PART_BYTES],
	size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT substr(entity, 1, 8), count(*) OVER () FROM field"
		" WHERE entity_type = :entity_type AND number = :seats AND value IS NOT NULL"
		" AND substr(entity, 1, 8) IN (SELECT device FROM notice WHERE kind = :fork)");
	sql_bind_int(q, ":entity_type", ENTITY_DEVICE);
	sql_bind_int(q, ":seats", DEVICE_SEATS);
	sql_bind_int(q, ":fork", NOTICE_FORK);
	*devices = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (!*devices)
			*devices =
				arena_alloc(arena, (size_t)sql_int(q, 1) * sizeof((*devices)[0]));
		sql_blob(q, 0, (*devices)[(*count)++], WRITER_PART_BYTES);
	}
	return !sql_failed(q);
}

bool store_take_seats_of_copies(struct store *store, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	CLEANUP(store_rollback) struct store_tx tx = {0};
	uint8_t(*devices)[WRITER_PART_BYTES];
	size_t count;
	if (!list_copies(store->db, &arena, &devices, &count, err))
		return false;
	if (count == 0)
		return true;
	if (!store_begin(&tx, store, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!give_up_seats(&tx, devices[i], err))
			return false;
	return seats_decide(&tx, err) && store_commit(&tx, err);
}

static bool forget_aside(struct sql *db, const uint8_t device[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "DELETE FROM quarantine WHERE device = :device");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	return sql_run(q, err);
}

bool store_trust(struct store *store, const uint8_t device[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	return store_begin(&tx, store, err) && may_revoke(store, device, err) &&
	       device_set(&tx, device_entity(device), DEVICE_REVOKED, (struct str){0}, err) &&
	       forget_aside(store->db, device, err) && store_commit(&tx, err);
}

/* --- what is put aside ------------------------------------------------------------------------ */

bool store_put_aside(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t first, size_t count, struct str frame,
	struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"INSERT OR IGNORE INTO quarantine (device, epoch, first, ops, wall_ms, bytes)"
		" SELECT :device, :epoch, :first, :ops, :wall_ms, :bytes WHERE"
		" (SELECT count(*) FROM quarantine WHERE device = :device) < :most"
		" ON CONFLICT DO UPDATE SET ops = :ops, bytes = :bytes WHERE ops < :ops");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	sql_bind_int(q, ":first", first);
	sql_bind_int(q, ":ops", (int64_t)count);
	sql_bind_int(q, ":wall_ms", env_wall_ms(store->env));
	sql_bind_blob(q, ":bytes", frame.ptr, frame.len);
	sql_bind_int(q, ":most", QUARANTINE_MOST);
	return sql_run(q, err);
}

bool store_list_aside(struct store *store, struct arena *arena, struct put_aside **list,
	size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT device, sum(ops), min(wall_ms), count(*) OVER () FROM quarantine"
		" GROUP BY device ORDER BY device");
	*list = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (!*list)
			*list = arena_new_array(arena, struct put_aside, sql_int(q, 3));
		struct put_aside *one = &(*list)[(*count)++];
		*one = (struct put_aside){.ops = sql_int(q, 1), .since_ms = sql_int(q, 2)};
		sql_blob(q, 0, one->device, sizeof(one->device));
	}
	return !sql_failed(q);
}
