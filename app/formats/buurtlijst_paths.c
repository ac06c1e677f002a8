/* A path names a place inside an entity: keys joined by dots. Keys of strangers may hold dots of
 * their own, which are escaped, so that no stranger's key can pass for a field of ours. */
#include "formats/buurtlijst_paths.h"

#include "model/fields.h"

#include <string.h>

static const struct entity_list lists[] = {
	{ENTITY_CATALOGUE, ENTITY_CONTACT, "contacts", CATALOGUE_TAXONOMIES},
	{ENTITY_CATALOGUE, ENTITY_ORGANIZATION, "organizations", CATALOGUE_TAXONOMIES},
	{ENTITY_CATALOGUE, ENTITY_PLACE, "places", CATALOGUE_TAXONOMIES},
	{ENTITY_CATALOGUE, ENTITY_INITIATIVE, "initiatives", CATALOGUE_TAXONOMIES},
	{ENTITY_INITIATIVE, ENTITY_SCHEDULE, "schedules", INITIATIVE_ROOM},
};

const struct entity_list *buurtlijst_lists(size_t *count)
{
	*count = sizeof(lists) / sizeof(lists[0]);
	return lists;
}

const struct entity_list *entity_list_of(enum entity_type parent, struct str key)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (lists[i].parent == parent && str_equal_z(key, lists[i].key))
			return &lists[i];
	return NULL;
}

struct field_rows field_rows_of(enum entity_type type)
{
	size_t count, first = 0;
	const struct field_info *table = record_fields(&count);
	while (first < count && table[first].type != type)
		first++;
	size_t end = first;
	while (end < count && table[end].type == type)
		end++;
	uint16_t id_number = type == ENTITY_CATALOGUE ? CATALOGUE_VENUE_ID : INITIATIVE_ID;
	return (struct field_rows){type, table + first, end - first, id_number};
}

size_t field_rows_find(const struct field_rows *rows, struct str path, size_t hint)
{
	for (size_t i = 0; i < rows->count; i++) {
		size_t row = (hint + i) % rows->count;
		if (str_equal_z(path, rows->items[row].path))
			return row;
	}
	return rows->count;
}

bool field_rows_have_group(const struct field_rows *rows, struct str path)
{
	if (path.len == 0)
		return false;
	for (size_t i = 0; i < rows->count; i++)
		if (strncmp(rows->items[i].path, path.ptr, path.len) == 0 &&
			rows->items[i].path[path.len] == '.')
			return true;
	return false;
}

struct str path_join(struct arena *arena, struct str prefix, struct str key)
{
	bool plain = true;
	for (size_t i = 0; i < key.len && plain; i++)
		plain = key.ptr[i] != '.' && key.ptr[i] != '\\';
	if (plain && prefix.len == 0)
		return key;
	struct str_builder path = {.arena = arena};
	if (prefix.len > 0) {
		str_builder_add(&path, prefix);
		str_builder_add_char(&path, '.');
	}
	for (size_t i = 0; i < key.len; i++) {
		if (key.ptr[i] == '.' || key.ptr[i] == '\\')
			str_builder_add_char(&path, '\\');
		str_builder_add_char(&path, key.ptr[i]);
	}
	return str_builder_text(&path);
}

struct str path_last(struct arena *arena, struct str path, struct str *prefix)
{
	size_t start = 0;
	bool found = false, escaped = false;
	for (size_t i = 0; i < path.len; i++) {
		if (path.ptr[i] == '\\') {
			escaped = true;
			i++;
		} else if (path.ptr[i] == '.') {
			start = i + 1;
			found = true;
		}
	}
	*prefix = found ? str_slice(path, 0, start - 1) : (struct str){0};
	struct str key = str_slice(path, start, path.len);
	if (!escaped)
		return key;
	struct str_builder plain = {.arena = arena};
	for (size_t i = 0; i < key.len; i++) {
		if (key.ptr[i] == '\\' && i + 1 < key.len)
			i++;
		str_builder_add_char(&plain, key.ptr[i]);
	}
	return str_builder_text(&plain);
}
