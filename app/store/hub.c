/* The hub's notes. Each function is one small transaction: none of them belongs to an op. */
#include "store/hub.h"

#include "base/bug.h"
#include "store/device.h"
#include "store/inside.h"

#include <string.h>

bool store_note_seen(struct store *store, const uint8_t device[WRITER_PART_BYTES], int64_t hub_seq,
	struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "INSERT OR REPLACE INTO device_seen (device, hub_seq, wall_ms)"
				     " VALUES (:device, :hub_seq, :wall_ms)");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_int(q, ":hub_seq", hub_seq);
	sql_bind_int(q, ":wall_ms", env_wall_ms(store->env));
	return sql_run(q, err);
}

bool store_least_seen(struct store *store, int64_t *hub_seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT coalesce(min(coalesce(s.hub_seq, 0)), 0),"
		" coalesce(max(coalesce(s.hub_seq, 0)), 0) FROM field AS f"
		" LEFT JOIN device_seen AS s ON s.device = substr(f.entity, 1, 8)"
		" WHERE f.entity_type = :entity_type AND f.number = :number"
		" AND f.value IS NOT NULL AND NOT EXISTS (SELECT 1 FROM field AS r WHERE"
		" r.entity_type = f.entity_type AND r.entity = f.entity AND r.number = :revoked"
		" AND r.value IS NOT NULL)");
	sql_bind_int(q, ":entity_type", ENTITY_DEVICE);
	sql_bind_int(q, ":number", DEVICE_KEY);
	sql_bind_int(q, ":revoked", DEVICE_REVOKED);
	*hub_seq = sql_next(q, err) ? sql_int(q, BUG(MOST_SEEN)) : 0;
	return !sql_failed(q);
}

const char *notice_text(enum notice_kind kind)
{
	switch (kind) {
	case NOTICE_FORK:
		return "its card was copied, and both copies run: enrol one of them anew";
	case NOTICE_RESTORED:
		return "it was put back to an earlier day; what it wrote since then was kept here";
	case NOTICE_CONTENT:
		return "it sent another text for a change that is here already: kept as it was";
	case NOTICE_REVOKED:
		return "it came although it was struck off: what it brought does not count and was "
		       "put aside";
	case NOTICE_HUB_RESTORED:
		return "this hub was put back to an earlier day: until every device was heard, it "
		       "gives no seats";
	}
	return "?";
}

bool store_notice(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	enum notice_kind kind, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "INSERT OR IGNORE INTO notice (device, kind, wall_ms)"
				     " VALUES (:device, :kind, :wall_ms)");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_int(q, ":kind", kind);
	sql_bind_int(q, ":wall_ms", env_wall_ms(store->env));
	return sql_run(q, err);
}

bool store_notices(struct store *store, struct arena *arena, struct notice **list, size_t *count,
	struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT device, kind, wall_ms, count(*) OVER () FROM notice ORDER BY id");
	*list = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (!*list)
			*list = arena_new_array(arena, struct notice, sql_int(q, 3));
		struct notice *one = &(*list)[(*count)++];
		*one = (struct notice){
			.kind = (enum notice_kind)sql_int(q, 1), .wall_ms = sql_int(q, 2)};
		sql_blob(q, 0, one->device, sizeof(one->device));
	}
	return !sql_failed(q);
}

/* Whether another epoch of the device follows the same point. */
static bool find_twin(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], const uint8_t previous[WRITER_PART_BYTES],
	int64_t previous_last, bool *found, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT 1 FROM device_epoch WHERE device = :device AND epoch <> :epoch"
		" AND previous = :previous AND previous_last = :previous_last");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	sql_bind_blob(q, ":previous", previous, WRITER_PART_BYTES);
	sql_bind_int(q, ":previous_last", previous_last);
	*found = sql_next(q, err);
	return !sql_failed(q);
}

static bool last_of(struct sql *db, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT max(seq) FROM writer JOIN op ON op.writer = writer.id"
			      " WHERE device = :device AND epoch = :epoch");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	*seq = sql_next(q, err) ? sql_int(q, 0) : 0;
	return !sql_failed(q);
}

static bool add_epoch(struct sql *db, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], const uint8_t previous[WRITER_PART_BYTES],
	int64_t previous_last, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"INSERT OR IGNORE INTO device_epoch (device, epoch, previous, previous_last)"
		" VALUES (:device, :epoch, :previous, :previous_last)");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	sql_bind_blob(q, ":previous", previous, WRITER_PART_BYTES);
	sql_bind_int(q, ":previous_last", previous_last);
	return sql_run(q, err);
}

bool store_note_epoch(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], const uint8_t previous[WRITER_PART_BYTES],
	int64_t previous_last, struct error *err)
{
	bool twin;
	int64_t reached;
	if (!find_twin(store, device, epoch, previous, previous_last, &twin, err) ||
		!last_of(store->db, device, previous, &reached, err))
		return false;
	if (twin && !BUG(FORK_SILENT) && !store_notice(store, device, NOTICE_FORK, err))
		return false;
	if (!twin && reached > previous_last && !store_notice(store, device, NOTICE_RESTORED, err))
		return false;
	return add_epoch(store->db, device, epoch, previous, previous_last, err);
}

bool store_hold(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t first, struct str frame, struct error *err)
{
	if (BUG(HELD_DROPPED))
		return true;
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "INSERT OR IGNORE INTO held (device, epoch, first, bytes)"
				     " VALUES (:device, :epoch, :first, :bytes)");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	sql_bind_int(q, ":first", first);
	sql_bind_blob(q, ":bytes", frame.ptr, frame.len);
	return sql_run(q, err);
}

static bool find_held(struct store *store, struct arena *arena,
	const uint8_t device[WRITER_PART_BYTES], const uint8_t epoch[WRITER_PART_BYTES],
	int64_t next, struct str *frame, int64_t *first, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT bytes, first FROM held WHERE device = :device AND epoch = :epoch"
		" AND first <= :next ORDER BY first LIMIT 1");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	sql_bind_int(q, ":next", next - BUG(RELEASED_LATE));
	*frame = (struct str){0};
	if (!sql_next(q, err))
		return !sql_failed(q);
	*frame = sql_text(q, arena, 0);
	*first = sql_int(q, 1);
	return true;
}

bool store_release(struct store *store, struct arena *arena,
	const uint8_t device[WRITER_PART_BYTES], const uint8_t epoch[WRITER_PART_BYTES],
	int64_t next, struct str *frame, struct error *err)
{
	int64_t first = 0;
	if (!find_held(store, arena, device, epoch, next, frame, &first, err))
		return false;
	if (frame->len == 0)
		return true;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"DELETE FROM held WHERE device = :device AND epoch = :epoch AND first = :first");
	sql_bind_blob(q, ":device", device, WRITER_PART_BYTES);
	sql_bind_blob(q, ":epoch", epoch, WRITER_PART_BYTES);
	sql_bind_int(q, ":first", first);
	return sql_run(q, err);
}

int64_t store_held_count(struct store *store, struct error *err)
{
	CLEANUP(sql_done) struct sql_query *q = sql_query(store->db, "SELECT count(*) FROM held");
	return sql_next(q, err) ? sql_int(q, 0) : -1;
}

bool store_chain(
	struct store *store, int64_t hub_seq, int64_t *at, struct hash *chain, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT hub_seq, hash FROM chain WHERE hub_seq <= :hub_seq"
				     " ORDER BY hub_seq DESC LIMIT 1");
	sql_bind_int(q, ":hub_seq", hub_seq);
	*at = 0;
	memset(chain, 0, sizeof(*chain));
	if (!sql_next(q, err))
		return !sql_failed(q);
	*at = sql_int(q, 0);
	return sql_blob(q, 1, chain->bytes, HASH_BYTES) ||
	       error_set(err, ERROR_DAMAGED, "the chain in the database is not whole");
}

bool store_mark_chain(
	struct store *store, int64_t hub_seq, const struct hash *chain, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		store->db, "INSERT OR REPLACE INTO chain (hub_seq, hash) VALUES (:hub_seq, :hash)");
	sql_bind_int(q, ":hub_seq", hub_seq);
	sql_bind_blob(q, ":hash", chain->bytes, HASH_BYTES);
	return sql_run(q, err);
}
