/* A device is on the list when it has a key there; its other fields may be missing. */
#include "store/device_list.h"

#include "base/json.h"
#include "store/device.h"
#include "store/inside.h"

static struct str name_of(struct arena *arena, struct str json)
{
	struct json name;
	if (json.len == 0 || !json_parse(arena, json, &name, NULL) || name.type != JSON_IS_STRING)
		return (struct str){0};
	return json_string(&name);
}

static struct listed_device read_device(struct sql_query *q, struct arena *arena)
{
	struct listed_device one = {
		.name = name_of(arena, sql_peek(q, 1)),
		.revoked = sql_int(q, 2) != 0,
		.seen = !sql_is_null(q, 4),
		.hub_seq = sql_int(q, 3),
		.seen_ms = sql_int(q, 4),
	};
	sql_blob(q, 0, one.id, sizeof(one.id));
	return one;
}

bool store_device_list(struct store *store, struct arena *arena, struct listed_device **list,
	size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT substr(k.entity, 1, 8), n.value, r.value IS NOT NULL, s.hub_seq, s.wall_ms,"
		" count(*) OVER () FROM field AS k"
		" LEFT JOIN field AS n ON n.entity_type = k.entity_type AND n.entity = k.entity"
		" AND n.number = :name"
		" LEFT JOIN field AS r ON r.entity_type = k.entity_type AND r.entity = k.entity"
		" AND r.number = :revoked"
		" LEFT JOIN device_seen AS s ON s.device = substr(k.entity, 1, 8)"
		" WHERE k.entity_type = :entity_type AND k.number = :key AND k.value IS NOT NULL"
		" ORDER BY k.entity");
	sql_bind_int(q, ":entity_type", ENTITY_DEVICE);
	sql_bind_int(q, ":key", DEVICE_KEY);
	sql_bind_int(q, ":name", DEVICE_NAME);
	sql_bind_int(q, ":revoked", DEVICE_REVOKED);
	*list = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (!*list)
			*list = arena_new_array(arena, struct listed_device, sql_int(q, 5));
		(*list)[(*count)++] = read_device(q, arena);
	}
	return !sql_failed(q);
}
