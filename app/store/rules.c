/* A catalogue of one initiative: its fields go through the same reader as the whole catalogue does,
 * so that the store and the screens cannot disagree about what a missing or odd value means. */
#include "store/rules.h"

#define MOST_FIELDS 1024

static bool read_record(struct sql *db, struct arena *arena, enum entity_type type, struct uuid id,
	struct record *record, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT number, value FROM field WHERE entity_type = :entity_type"
			      " AND entity = :entity AND value IS NOT NULL ORDER BY number");
	sql_bind_int(q, ":entity_type", type);
	sql_bind_blob(q, ":entity", id.bytes, sizeof(id.bytes));
	*record = (struct record){.type = type, .id = id};
	record->fields = arena_new_array(arena, struct field_value, MOST_FIELDS);
	while (record->field_count < MOST_FIELDS && sql_next(q, err))
		record->fields[record->field_count++] = (struct field_value){
			.number = (uint16_t)sql_int(q, 0), .json = sql_text(q, arena, 1)};
	return !sql_failed(q);
}

const struct initiative *rules_of(struct sql *db, struct arena *arena, struct uuid initiative,
	struct uuid schedule, struct error *err)
{
	struct record *records = arena_new_array(arena, struct record, 2);
	if (!read_record(db, arena, ENTITY_INITIATIVE, initiative, &records[0], err) ||
		!read_record(db, arena, ENTITY_SCHEDULE, schedule, &records[1], err))
		return NULL;
	size_t count = records[1].field_count ? 2 : 1;
	const struct catalogue *c = catalogue_build(arena, records, count, NULL, NULL);
	const struct initiative *found =
		records[0].field_count ? catalogue_initiative(c, initiative) : NULL;
	if (!found)
		error_set(err, ERROR_NOT_FOUND, "no such initiative");
	return found;
}
