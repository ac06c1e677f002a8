/* Entities as numbered fields: the one shape in which the catalogue is imported, kept in the op
 * log, folded and exported. A record is one entity; each of its fields is a number that is never
 * used again and a compact JSON value. The table in record.c says which path of the buurtlijst
 * file a number stands for; what the table does not know travels in the field `extra`, so that a
 * file from a newer version, or with somebody's own keys, comes out as it went in. */
#pragma once
#include "base/error.h"
#include "base/json.h"
#include "base/str.h"
#include "base/uuid.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers are on disk and on sticks for ever. */
enum entity_type {
	ENTITY_CATALOGUE =
		1, /* the file itself: venue, taxonomies, notice; its id is the venue's */
	ENTITY_ORGANIZATION = 2,
	ENTITY_PLACE = 3,
	ENTITY_CONTACT = 4,
	ENTITY_INITIATIVE = 5,
	ENTITY_SCHEDULE = 6, /* belongs to an initiative by its field initiative_id */
};

/* Fields that every entity has. The rest start at 16 in each entity type. */
enum {
	FIELD_EXTRA = 1, /* {"path": value} of unknown keys, at any depth */
	FIELD_KEY_ORDER = 2, /* the paths in file order, only where it is not the table's */
	FIELD_POSITION = 3, /* integer: place among its siblings in the file */
	FIELD_INITIATIVE_ID = 4, /* of a schedule: its initiative */
	FIELD_DELETED = 5, /* true: gone from the list, kept in the log */
};

struct field_value {
	uint16_t number;
	struct str json; /* compact */
};

struct record {
	enum entity_type type;
	struct uuid id;
	struct field_value *fields; /* sorted by number, each number once */
	size_t field_count;
};

struct field_info {
	enum entity_type type;
	uint16_t number;
	const char *path; /* below the entity: "cost.amount" */
	bool conflict; /* time, place, capacity, cancellation: never merged silently */
};

/* NULL when the table does not know the number or the path. */
const struct field_info *record_field(enum entity_type type, uint16_t number);
const struct field_info *record_field_by_path(enum entity_type type, struct str path);
/* The whole table, for tests that walk it. */
const struct field_info *record_fields(size_t *count);

/* The value of a field, or the empty str. */
struct str record_get(const struct record *record, uint16_t number);

/* "initiative", "schedule", ...: for messages. */
const char *entity_type_name(enum entity_type type);

/* A record and where it stands among the others in the file. */
struct placed_record {
	const struct record *record;
	struct uuid parent; /* of a schedule */
	int64_t position;
};
/* The order of the file, for qsort: by type, parent, position, and id where those are equal. */
int placed_record_compare(const void *a, const void *b);
