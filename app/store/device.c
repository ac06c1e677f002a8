/* Reading the list of devices out of the folds. */
#include "store/device.h"

#include "sql/sql.h"

#include <string.h>

struct uuid device_entity(const uint8_t device[WRITER_PART_BYTES])
{
	struct uuid id = {{0}};
	memcpy(id.bytes, device, WRITER_PART_BYTES);
	return id;
}

bool device_of_seats(struct sql *db, struct uuid place, uint8_t device[WRITER_PART_BYTES],
	bool *found, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 256};
	struct str json = str_format(&arena, "\"%.*s\"", STR_ARG(uuid_format(&arena, place)));
	struct uuid id;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT entity FROM field WHERE entity_type = :entity_type AND number = :number"
		" AND value = :value ORDER BY hub_seq DESC LIMIT 1");
	sql_bind_int(q, ":entity_type", ENTITY_DEVICE);
	sql_bind_int(q, ":number", DEVICE_SEATS);
	sql_bind_blob(q, ":value", json.ptr, json.len);
	*found = sql_next(q, err);
	if (!*found)
		return !sql_failed(q);
	sql_blob(q, 0, id.bytes, sizeof(id.bytes));
	memcpy(device, id.bytes, WRITER_PART_BYTES);
	return true;
}
