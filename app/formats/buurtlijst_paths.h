/* Paths of the buurtlijst file and the field table: what reading and writing share. */
#pragma once
#include "formats/buurtlijst.h"

/* The rows of one entity type, which stand together in the table. */
struct field_rows {
	enum entity_type type;
	const struct field_info *items;
	size_t count;
	uint16_t id_number; /* the row that is the entity's id */
};

struct field_rows field_rows_of(enum entity_type type);
/* The row of a path, or count. Starts to look at `hint`, where a file in order has it. */
size_t field_rows_find(const struct field_rows *rows, struct str path, size_t hint);
/* Whether some row stands below this path: "cost" for "cost.amount". */
bool field_rows_have_group(const struct field_rows *rows, struct str path);
/* The entity list of that key, or NULL. */
const struct entity_list *entity_list_of(enum entity_type parent, struct str key);

/* prefix.key, the key escaped; and back: the unescaped last key, and what is before it. */
struct str path_join(struct arena *arena, struct str prefix, struct str key);
struct str path_last(struct arena *arena, struct str path, struct str *prefix);
