/* Writing a buurtlijst: the leaves of a record (its fields, its `extra`, the lists of its children)
 * are put in the order of the file that they came from, or in the order of the table, and then laid
 * one by one into the objects that their paths name. */
#include "formats/buurtlijst.h"

#include "formats/buurtlijst_paths.h"

#include <stdlib.h>

struct writer {
	struct arena *arena;
	struct placed_record *sorted; /* by type, parent, position, id */
	size_t count;
	struct error *err;
};

struct leaf {
	struct str path;
	struct json value;
	size_t order;
};

struct leaf_list {
	struct leaf *items;
	size_t count;
};

static bool parse_field(
	struct writer *writer, const struct record *record, uint16_t number, struct json *value)
{
	struct str json = record_get(record, number);
	if (json.len == 0 || json_parse(writer->arena, json, value, writer->err))
		return true;
	if (writer->err)
		writer->err->code = ERROR_DAMAGED;
	return error_wrap(writer->err, "entity %.*s, field %d",
		STR_ARG(uuid_format(writer->arena, record->id)), number);
}

static void place_records(struct writer *writer, const struct record_list *records)
{
	writer->sorted = arena_new_array(writer->arena, struct placed_record, records->count);
	for (size_t i = 0; i < records->count; i++) {
		const struct record *record = &records->items[i];
		if (str_equal(record_get(record, FIELD_DELETED), STR("true")))
			continue;
		struct placed_record placed = {.record = record};
		str_to_int(record_get(record, FIELD_POSITION), &placed.position);
		struct str parent = record_get(record, FIELD_INITIATIVE_ID);
		if (record->type == ENTITY_SCHEDULE && parent.len > 2)
			uuid_parse(str_slice(parent, 1, parent.len - 1), &placed.parent);
		writer->sorted[writer->count++] = placed;
	}
	if (writer->count > 0)
		qsort(writer->sorted, writer->count, sizeof(*writer->sorted),
			placed_record_compare);
}

/* The children of one list, which stand together: from *first, returns how many. */
static size_t find_children(
	const struct writer *writer, enum entity_type type, struct uuid parent, size_t *first)
{
	struct record probe_record = {.type = type};
	struct placed_record probe = {&probe_record, parent, INT64_MIN};
	size_t low = 0, high = writer->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (placed_record_compare(&writer->sorted[middle], &probe) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*first = low;
	while (low < writer->count && writer->sorted[low].record->type == type &&
		uuid_equal(writer->sorted[low].parent, parent))
		low++;
	return low - *first;
}

/* What hangs under `path`: the path itself, or a leaf below it. */
static bool covers(struct str path, struct str leaf)
{
	return str_starts_with(leaf, path) && (leaf.len == path.len || leaf.ptr[path.len] == '.');
}

static void add_leaf(struct leaf_list *leaves, struct str path, struct json value)
{
	leaves->items[leaves->count] = (struct leaf){path, value, leaves->count};
	leaves->count++;
}

static bool write_entity(struct writer *writer, const struct record *record, struct json *entity);

static bool add_list(struct writer *writer, const struct record *record,
	const struct entity_list *list, bool even_if_empty, struct leaf_list *leaves)
{
	struct uuid parent = list->child == ENTITY_SCHEDULE ? record->id : (struct uuid){{0}};
	size_t first, count = find_children(writer, list->child, parent, &first);
	if (count == 0 && !even_if_empty)
		return true;
	struct json array = {.type = JSON_IS_ARRAY};
	for (size_t i = 0; i < count; i++) {
		struct json child = {0};
		if (!write_entity(writer, writer->sorted[first + i].record, &child))
			return false;
		json_append(writer->arena, &array, child);
	}
	add_leaf(leaves, str_from(list->key), array);
	return true;
}

static bool add_id(struct writer *writer, const struct record *record, const struct field_info *row,
	struct leaf_list *leaves)
{
	struct json value = {0};
	struct uuid spelled;
	if (!parse_field(writer, record, row->number, &value))
		return false;
	if (!uuid_parse(json_string(&value), &spelled) || !uuid_equal(spelled, record->id))
		value = json_from_string(uuid_format(writer->arena, record->id));
	add_leaf(leaves, str_from(row->path), value);
	return true;
}

/* The fields and lists of a record in the order of the table. */
static bool add_known(struct writer *writer, const struct record *record, const struct json *extra,
	const struct json *key_order, struct leaf_list *leaves)
{
	size_t list_count;
	const struct entity_list *lists = buurtlijst_lists(&list_count);
	struct field_rows rows = field_rows_of(record->type);
	for (size_t i = 0; i < rows.count; i++) {
		const struct field_info *row = &rows.items[i];
		if (row->number == rows.id_number) {
			if (!add_id(writer, record, row, leaves))
				return false;
		} else if (record_get(record, row->number).len > 0) {
			struct json value = {0};
			if (!parse_field(writer, record, row->number, &value))
				return false;
			add_leaf(leaves, str_from(row->path), value);
		}
		for (size_t at = 0; at < list_count; at++) {
			if (lists[at].parent != record->type || lists[at].after != row->number)
				continue;
			struct str key = str_from(lists[at].key);
			bool listed = key_order->type != JSON_IS_ARRAY;
			for (size_t k = 0; k < key_order->count && !listed; k++)
				listed = str_equal(json_string(&key_order->items[k]), key);
			if (json_get(extra, key))
				listed = false;
			if (!add_list(writer, record, &lists[at], listed, leaves))
				return false;
		}
	}
	return true;
}

/* The unknown leaves, except where a field has come to say the same. */
static void add_extra(const struct json *extra, size_t known_count, struct leaf_list *leaves)
{
	for (size_t i = 0; i < extra->count; i++) {
		bool covered = false;
		for (size_t k = 0; k < known_count && !covered; k++)
			covered = covers(extra->keys[i], leaves->items[k].path);
		if (!covered)
			add_leaf(leaves, extra->keys[i], extra->items[i]);
	}
}

static int compare_leaves(const void *a, const void *b)
{
	const struct leaf *left = a, *right = b;
	return left->order < right->order ? -1 : left->order > right->order;
}

static int compare_paths(const void *a, const void *b)
{
	const struct leaf *left = a, *right = b;
	return str_compare(left->path, right->path);
}

/* Puts the leaves in the order that the file had; those it did not have come after. */
static void restore_order(
	struct writer *writer, const struct json *key_order, struct leaf_list *leaves)
{
	size_t count = key_order->count;
	struct leaf *sorted = arena_new_array(writer->arena, struct leaf, count);
	for (size_t i = 0; i < count; i++)
		sorted[i] = (struct leaf){json_string(&key_order->items[i]), {0}, i};
	if (count > 0)
		qsort(sorted, count, sizeof(*sorted), compare_paths);
	for (size_t i = 0; i < leaves->count; i++) {
		const struct leaf *found = count > 0 ? bsearch(&leaves->items[i], sorted, count,
							       sizeof(*sorted), compare_paths)
						     : NULL;
		leaves->items[i].order = found ? found->order : count + i;
	}
	qsort(leaves->items, leaves->count, sizeof(*leaves->items), compare_leaves);
}

/* The objects inside an entity while it is put together; the first is the entity itself. */
enum { GROUPS_MAX = 32 };

struct group {
	struct str path;
	struct json object;
	size_t parent, slot;
};

struct assembly {
	struct arena *arena;
	struct field_rows rows;
	struct group groups[GROUPS_MAX];
	size_t count;
};

/* The object at a path, made where it is not yet. Only objects that the table knows are made, so
 * their number is bounded; anything else is the entity itself. */
static size_t group_at(struct assembly *assembly, struct str path)
{
	for (size_t i = 0; i < assembly->count; i++)
		if (str_equal(assembly->groups[i].path, path))
			return i;
	if (!field_rows_have_group(&assembly->rows, path) || assembly->count == GROUPS_MAX)
		return 0;
	struct str above;
	struct str key = path_last(assembly->arena, path, &above);
	size_t parent = group_at(assembly, above), made = assembly->count++;
	struct json *holder = &assembly->groups[parent].object;
	assembly->groups[made] =
		(struct group){path, {.type = JSON_IS_OBJECT}, parent, holder->count};
	json_add(assembly->arena, holder, key, (struct json){0});
	return made;
}

static struct json assemble(
	struct arena *arena, enum entity_type type, const struct leaf_list *leaves)
{
	struct assembly assembly = {.arena = arena, .rows = field_rows_of(type), .count = 1};
	assembly.groups[0] = (struct group){.object = {.type = JSON_IS_OBJECT}};
	for (size_t i = 0; i < leaves->count; i++) {
		struct str above;
		struct str key = path_last(arena, leaves->items[i].path, &above);
		size_t group = group_at(&assembly, above);
		json_add(arena, &assembly.groups[group].object, key, leaves->items[i].value);
	}
	for (size_t i = assembly.count - 1; i > 0; i--) {
		const struct group *group = &assembly.groups[i];
		assembly.groups[group->parent].object.items[group->slot] = group->object;
	}
	return assembly.groups[0].object;
}

static bool write_entity(struct writer *writer, const struct record *record, struct json *entity)
{
	struct json extra = {0}, key_order = {0};
	if (!parse_field(writer, record, FIELD_EXTRA, &extra) ||
		!parse_field(writer, record, FIELD_KEY_ORDER, &key_order))
		return false;
	if (extra.type != JSON_IS_OBJECT)
		extra = (struct json){.type = JSON_IS_OBJECT};
	size_t list_count;
	buurtlijst_lists(&list_count);
	size_t room = field_rows_of(record->type).count + list_count + extra.count;
	struct leaf_list leaves = {arena_new_array(writer->arena, struct leaf, room), 0};
	if (!add_known(writer, record, &extra, &key_order, &leaves))
		return false;
	add_extra(&extra, leaves.count, &leaves);
	if (key_order.type == JSON_IS_ARRAY)
		restore_order(writer, &key_order, &leaves);
	*entity = assemble(writer->arena, record->type, &leaves);
	return true;
}

bool buurtlijst_write(struct arena *arena, const struct record_list *records, struct str *bytes,
	struct error *err)
{
	CLEANUP(arena_finish) struct arena tree = {.block_bytes = 1 << 20};
	struct writer writer = {.arena = &tree, .err = err};
	place_records(&writer, records);
	size_t first, count = find_children(&writer, ENTITY_CATALOGUE, (struct uuid){{0}}, &first);
	if (count != 1)
		return error_set(err, ERROR_DAMAGED, "%zu catalogues where one belongs", count);
	struct json root = {0};
	if (!write_entity(&writer, writer.sorted[first].record, &root))
		return false;
	struct str_builder out = {.arena = arena};
	json_write(&out, &root, true);
	str_builder_add_char(&out, '\n');
	*bytes = str_builder_text(&out);
	return true;
}
