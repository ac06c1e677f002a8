/* Each rule is one field with a small JSON value. A value of another type than expected counts as
 * absent, as everywhere in the catalogue. */
#include "store/rules.h"

#include "base/json.h"
#include "model/fields.h"

#include <string.h>

#define RETENTION_DEFAULT_DAYS 30
#define RETENTION_MOST_DAYS 365
#define MOST_PEOPLE 100000

/* NULL without err->code when the field is absent or is not JSON. */
static bool read_value(struct sql *db, struct arena *arena, enum entity_type type, struct uuid id,
	uint16_t number, struct json *value, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT value FROM field WHERE entity_type = :entity_type AND entity = :entity"
		" AND number = :number AND value IS NOT NULL");
	sql_bind_int(q, ":entity_type", type);
	sql_bind_blob(q, ":entity", id.bytes, sizeof(id.bytes));
	sql_bind_int(q, ":number", number);
	*value = (struct json){.type = JSON_IS_NULL};
	if (!sql_next(q, err))
		return !sql_failed(q);
	if (!json_parse(arena, sql_peek(q, 0), value, NULL))
		*value = (struct json){.type = JSON_IS_NULL};
	return true;
}

static int bounded(const struct json *value, int low, int high, int otherwise)
{
	if (value->type != JSON_IS_INTEGER || value->integer < low)
		return otherwise;
	return value->integer > high ? high : (int)value->integer;
}

static enum registration_mode mode_of(const struct json *value)
{
	struct str text = json_string(value);
	return str_equal(text, STR("sign_up"))        ? REGISTRATION_SIGN_UP
	       : str_equal(text, STR("introduction")) ? REGISTRATION_INTRODUCTION
						      : REGISTRATION_WALK_IN;
}

bool rules_read(struct sql *db, struct uuid initiative, struct rules *rules, struct error *err)
{
	static const uint16_t numbers[] = {INITIATIVE_NAME, INITIATIVE_STATUS, FIELD_DELETED,
		INITIATIVE_SENSITIVE, INITIATIVE_REGISTRATION_MODE, INITIATIVE_CAPACITY,
		INITIATIVE_WAITING_LIST, INITIATIVE_MAX_PARTY, INITIATIVE_RETENTION_DAYS};
	enum { NAME, STATUS, DELETED, SENSITIVE, MODE, CAPACITY, WAITING, PARTY, RETENTION, COUNT };
	_Static_assert(sizeof(numbers) / sizeof(numbers[0]) == COUNT, "a field for every rule");
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct json values[COUNT];
	for (int i = 0; i < COUNT; i++)
		if (!read_value(
			    db, &arena, ENTITY_INITIATIVE, initiative, numbers[i], &values[i], err))
			return false;
	*rules = (struct rules){
		.found = values[NAME].type != JSON_IS_NULL && values[DELETED].type != JSON_IS_TRUE,
		/* Without a word about it an initiative is active, as in the catalogue. */
		.active = values[STATUS].type != JSON_IS_STRING ||
			  str_equal(values[STATUS].string, STR("active")),
		.sensitive = values[SENSITIVE].type == JSON_IS_TRUE,
		.waiting_list = values[WAITING].type == JSON_IS_TRUE,
		.mode = mode_of(&values[MODE]),
		.capacity = bounded(&values[CAPACITY], 0, MOST_PEOPLE, 0),
		.max_party = bounded(&values[PARTY], 1, UINT8_MAX, 1),
		.retention_days =
			bounded(&values[RETENTION], 0, RETENTION_MOST_DAYS, RETENTION_DEFAULT_DAYS),
	};
	return true;
}

bool rules_has_schedule(
	struct sql *db, struct uuid initiative, struct uuid schedule, bool *has, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct json owner, deleted;
	struct uuid id;
	if (!read_value(db, &arena, ENTITY_SCHEDULE, schedule, FIELD_INITIATIVE_ID, &owner, err) ||
		!read_value(db, &arena, ENTITY_SCHEDULE, schedule, FIELD_DELETED, &deleted, err))
		return false;
	*has = uuid_parse(json_string(&owner), &id) && uuid_equal(id, initiative) &&
	       deleted.type != JSON_IS_TRUE;
	return true;
}
