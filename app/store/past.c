/* Notes about epochs that are over. A kiosk and a hub have the same list of them; what a kiosk
 * keeps besides are frames as they came, for only the hub's signature makes them worth anything to
 * a hub that has forgotten them. */
#include "store/past.h"

#include "base/bug.h"
#include "store/device.h"
#include "store/hub.h"
#include "store/inside.h"
#include "store/seats.h"
#include "store/sequencer.h"

#include <string.h>

#define HEAD STR("hub_head")
#define HEAD_OWED STR("hub_head_owed")
#define WAITS STR("hub_waits")
#define YES STR("1")

bool store_past_epochs(struct store *store, struct arena *arena, struct past_epoch **list,
	size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT epoch, left_seq FROM past_epoch ORDER BY place DESC LIMIT :most");
	sql_bind_int(q, ":most", PAST_EPOCHS_MOST);
	*list = arena_new_array(arena, struct past_epoch, PAST_EPOCHS_MOST);
	*count = 0;
	while (*count < PAST_EPOCHS_MOST && sql_next(q, err)) {
		struct past_epoch *past = &(*list)[(*count)++];
		sql_blob(q, 0, past->epoch, sizeof(past->epoch));
		past->left_seq = sql_int(q, 1);
	}
	return !sql_failed(q);
}

bool store_find_past(struct store *store, const uint8_t epoch[WRITER_PART_BYTES], int64_t *left_seq,
	struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT left_seq FROM past_epoch WHERE epoch = :epoch");
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	*left_seq = sql_next(q, err) ? sql_int(q, 0) : -1;
	return !sql_failed(q);
}

static bool add(struct sql *db, const struct past_epoch *past, bool newest, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"INSERT INTO past_epoch (epoch, left_seq, place) VALUES (:epoch, :left_seq,"
		" (SELECT iif(:newest, coalesce(max(place), 0) + 1, coalesce(min(place), 0) - 1)"
		" FROM past_epoch)) ON CONFLICT (epoch)"
		" DO UPDATE SET left_seq = min(left_seq, excluded.left_seq)");
	sql_bind_int(q, ":newest", newest);
	sql_bind_blob(q, ":epoch", past->epoch, sizeof(past->epoch));
	sql_bind_int(q, ":left_seq", past->left_seq);
	return sql_run(q, err);
}

bool store_add_past(struct store *store, const struct past_epoch *past, struct error *err)
{
	return add(store->db, past, false, err);
}

/* --- notes of one value ----------------------------------------------------------------------- */

static bool has_note(struct store *store, struct str name, bool *there, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT length(value) FROM local WHERE name = :name");
	sql_bind_text(q, ":name", name);
	*there = sql_next(q, err) && sql_int(q, 0) > 0;
	return !sql_failed(q);
}

static bool set_note(struct store *store, struct str name, bool there, struct error *err)
{
	bool before;
	if (!has_note(store, name, &before, err))
		return false;
	return before == there || local_set(store->db, name, there ? YES : STR(""), err);
}

bool store_keep_head(struct store *store, struct str frame, struct error *err)
{
	return local_set(store->db, HEAD, frame, err);
}

bool store_kept_head(struct store *store, struct arena *arena, struct str *frame, struct error *err)
{
	struct error why = {0};
	*frame = (struct str){0};
	return local_get(store->db, arena, HEAD, frame, &why) || why.code == ERROR_NONE ||
	       error_set(err, why.code, "%s", why.message);
}

bool store_set_head_owed(struct store *store, bool owed, struct error *err)
{
	return set_note(store, HEAD_OWED, owed, err);
}

bool store_head_owed(struct store *store, bool *owed, struct error *err)
{
	return has_note(store, HEAD_OWED, owed, err);
}

/* --- deltas ----------------------------------------------------------------------------------- */

bool store_keep_delta(struct store *store, const uint8_t epoch[WRITER_PART_BYTES], int64_t first,
	int64_t last, struct str frame, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"INSERT OR REPLACE INTO kept_delta (epoch, first, last, wall_ms, bytes)"
		" VALUES (:epoch, :first, :last, :wall_ms, :bytes)");
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	sql_bind_int(q, ":first", first);
	sql_bind_int(q, ":last", last);
	sql_bind_int(q, ":wall_ms", env_wall_ms(store->env));
	sql_bind_blob(q, ":bytes", frame.ptr, frame.len);
	return sql_run(q, err);
}

bool store_next_kept(
	struct store *store, struct arena *arena, int64_t *id, struct str *frame, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT id, bytes FROM kept_delta AS k JOIN past_epoch AS p ON p.epoch = k.epoch"
		" WHERE id > :id AND last > left_seq ORDER BY id LIMIT 1");
	sql_bind_int(q, ":id", *id);
	*frame = (struct str){0};
	if (!sql_next(q, err))
		return !sql_failed(q);
	*id = sql_int(q, 0);
	*frame = sql_text(q, arena, 1);
	return true;
}

int64_t store_lost_count(struct store *store, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT count(*) FROM op JOIN writer ON writer.id = op.writer"
				     " WHERE hub_seq >= :from AND device <> :device");
	sql_bind_int(q, ":from", OP_PENDING_FROM);
	sql_bind_blob(q, ":device", store->device, sizeof(store->device));
	return sql_next(q, err) ? sql_int(q, 0) : -1;
}

/* --- a hub's ---------------------------------------------------------------------------------- */

bool store_waits(struct store *store, bool *waits, struct error *err)
{
	*waits = false;
	return store->member || has_note(store, WAITS, waits, err);
}

static bool leave(struct store_tx *tx, int64_t left_seq, struct error *err)
{
	struct past_epoch past = {.left_seq = left_seq};
	uint8_t epoch[WRITER_PART_BYTES];
	if (!store_log_epoch(tx->store, past.epoch, err))
		return false;
	env_random_bytes(tx->store->env, epoch, sizeof(epoch));
	return add(tx->store->db, &past, true, err) &&
	       local_set(tx->store->db, STR("hub_epoch"),
		       (struct str){(const char *)epoch, sizeof(epoch)}, err) &&
	       set_note(tx->store, WAITS, true, err) &&
	       store_notice(tx->store, tx->store->device, NOTICE_HUB_RESTORED, err);
}

bool store_leave_epoch(struct store *store, int64_t left_seq, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	if (!store_begin(&tx, store, err))
		return false;
	if (store->member)
		return error_set(err, ERROR_REFUSED, "a hub numbers the ops of this kiosk");
	return leave(&tx, left_seq < tx.hub_seq ? left_seq : tx.hub_seq, err) &&
	       store_commit(&tx, err);
}

bool store_remember_epoch(struct store *store, const struct past_epoch *past, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	return store_begin(&tx, store, err) && store_add_past(store, past, err) &&
	       set_note(store, WAITS, true, err) && store_commit(&tx, err);
}

int64_t store_unheard_count(struct store *store, struct error *err)
{
	uint8_t epoch[WRITER_PART_BYTES];
	if (!store_log_epoch(store, epoch, err))
		return -1;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT count(*) FROM field AS f WHERE f.entity_type = :entity_type"
		" AND f.number = :number AND f.value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
		" field AS r WHERE r.entity_type = f.entity_type AND r.entity = f.entity"
		" AND r.number = :revoked AND r.value IS NOT NULL) AND substr(f.entity, 1, 8) NOT "
		"IN"
		" (SELECT device FROM op JOIN writer ON writer.id = op.writer WHERE kind = :kind"
		" AND op.value = :epoch)");
	sql_bind_int(q, ":entity_type", ENTITY_DEVICE);
	sql_bind_int(q, ":number", DEVICE_KEY);
	sql_bind_int(q, ":revoked", DEVICE_REVOKED);
	sql_bind_int(q, ":kind", OP_FOLLOWED);
	sql_bind_blob(q, ":epoch", epoch, sizeof(epoch));
	return sql_next(q, err) ? sql_int(q, 0) : -1;
}

bool store_end_waiting(struct store *store, bool whatever, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	bool waits;
	if (!store_waits(store, &waits, err))
		return false;
	int64_t unheard = waits && !whatever ? store_unheard_count(store, err) : 0;
	if (!waits || unheard > 0)
		return true;
	return unheard == 0 && store_begin(&tx, store, err) && set_note(store, WAITS, false, err) &&
	       seats_decide(&tx, err) && store_commit(&tx, err);
}

bool store_given_back(
	struct store *store, const struct past_epoch *past, int64_t *past_seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT max(past_seq) FROM given_back WHERE epoch = :epoch");
	sql_bind_blob(q, ":epoch", past->epoch, sizeof(past->epoch));
	*past_seq = sql_next(q, err) ? sql_int(q, 0) : 0; /* NULL reads as 0 */
	if (*past_seq < past->left_seq)
		*past_seq = past->left_seq;
	return !sql_failed(q);
}
