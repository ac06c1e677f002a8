/* The field table, made from the list in fields.h. Rows of one type stand together and in file
 * order; there are few enough of them that looking up means walking. */
#include "model/record.h"

#include "model/fields.h"

#define FIELD_ROW(entity, name, num, text, never_merged)                                           \
	{.type = ENTITY_##entity, .number = (num), .path = (text), .conflict = (never_merged) == 1},
static const struct field_info table[] = {FIELDS(FIELD_ROW)};
#undef FIELD_ROW

enum { TABLE_COUNT = sizeof(table) / sizeof(table[0]) };

const struct field_info *record_fields(size_t *count)
{
	*count = TABLE_COUNT;
	return table;
}

const struct field_info *record_field(enum entity_type type, uint16_t number)
{
	for (size_t i = 0; i < TABLE_COUNT; i++)
		if (table[i].type == type && table[i].number == number)
			return &table[i];
	return NULL;
}

const struct field_info *record_field_by_path(enum entity_type type, struct str path)
{
	for (size_t i = 0; i < TABLE_COUNT; i++)
		if (table[i].type == type && str_equal_z(path, table[i].path))
			return &table[i];
	return NULL;
}

struct str record_get(const struct record *record, uint16_t number)
{
	size_t low = 0, high = record->field_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (record->fields[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < record->field_count && record->fields[low].number == number;
	return found ? record->fields[low].json : (struct str){0};
}

const char *entity_type_name(enum entity_type type)
{
	static const char *const names[] = {
		[ENTITY_CATALOGUE] = "catalogue",
		[ENTITY_ORGANIZATION] = "organization",
		[ENTITY_PLACE] = "place",
		[ENTITY_CONTACT] = "contact",
		[ENTITY_INITIATIVE] = "initiative",
		[ENTITY_SCHEDULE] = "schedule",
	};
	bool known = type < sizeof(names) / sizeof(names[0]) && names[type];
	return known ? names[type] : "entity";
}

int placed_record_compare(const void *a, const void *b)
{
	const struct placed_record *left = a, *right = b;
	if (left->record->type != right->record->type)
		return left->record->type < right->record->type ? -1 : 1;
	int order = uuid_compare(left->parent, right->parent);
	if (order != 0)
		return order;
	if (left->position != right->position)
		return left->position < right->position ? -1 : 1;
	return uuid_compare(left->record->id, right->record->id);
}
