/* Reading a buurtlijst: the tree of the file is taken apart into records, leaf by leaf. A leaf that
 * the field table knows becomes a field, any other goes into `extra` under its path. While walking
 * we watch whether the keys come in the table's order with the unknown ones last, because that is
 * how buurtlijst_write.c puts them together again; only where they do not is the order kept. */
#include "formats/buurtlijst.h"

#include "formats/buurtlijst_paths.h"
#include "model/fields.h"

#include <stdio.h>
#include <stdlib.h>

struct reader {
	struct arena *arena; /* of the records */
	struct arena *scratch; /* of one entity: reset when the next begins */
	struct record *records;
	size_t count, capacity;
	struct error *err;
};

/* One entity on its way to a record. */
struct split {
	struct reader *reader;
	struct str place; /* "initiatives[2]" */
	struct field_rows rows;
	size_t hint; /* the row after the last one found */
	bool in_order;
	bool has_id;
	unsigned lists_seen;
	struct uuid id;
	struct field_value *fields;
	size_t field_count;
	struct str_builder extra, key_order;
};

static void add_field(struct split *split, uint16_t number, struct str json)
{
	struct str copy = str_copy(split->reader->arena, json);
	split->fields[split->field_count++] = (struct field_value){number, copy};
}

static void add_value(struct split *split, uint16_t number, const struct json *value)
{
	struct str_builder text = {.arena = split->reader->scratch};
	json_write(&text, value, false);
	add_field(split, number, str_builder_text(&text));
}

static void add_integer(struct split *split, uint16_t number, size_t integer)
{
	struct json value = json_from_integer((int64_t)integer);
	add_value(split, number, &value);
}

static void note_order(struct split *split, struct str path)
{
	if (split->key_order.len > 0)
		str_builder_add_char(&split->key_order, ',');
	json_write_string(&split->key_order, path);
}

static void add_extra(struct split *split, struct str path, const struct json *value)
{
	str_builder_add_char(&split->extra, split->extra.len > 0 ? ',' : '{');
	json_write_string(&split->extra, path);
	str_builder_add_char(&split->extra, ':');
	json_write(&split->extra, value, false);
}

static bool take_id(struct split *split, const struct field_info *row, const struct json *value)
{
	struct reader *reader = split->reader;
	struct str text = json_string(value);
	if (!uuid_parse(text, &split->id))
		return error_set(reader->err, ERROR_PARSE, "%.*s.%s: not a UUID",
			STR_ARG(split->place), row->path);
	split->has_id = true;
	if (!str_equal(text, uuid_format(reader->scratch, split->id)))
		add_value(split, row->number, value);
	return true;
}

/* Where a key of an object stands among its siblings when we write it. */
struct rank {
	bool known; /* false: after the known ones */
	size_t order;
};

enum { RANKS_PER_ROW = 8 }; /* room for the entity lists that follow a row */

static struct rank row_rank(size_t row)
{
	return (struct rank){true, row * RANKS_PER_ROW};
}

static struct rank list_rank(const struct split *split, const struct entity_list *list)
{
	size_t count, row = 0;
	const struct entity_list *lists = buurtlijst_lists(&count);
	while (split->rows.items[row].number != list->after)
		row++;
	return (struct rank){true, row * RANKS_PER_ROW + 1 + (size_t)(list - lists)};
}

static bool split_object(
	struct split *split, const struct json *object, struct str prefix, struct rank *first);

static bool split_member(struct split *split, struct str prefix, struct str key,
	const struct json *value, struct rank *rank)
{
	struct str path = path_join(split->reader->scratch, prefix, key);
	size_t row = field_rows_find(&split->rows, path, split->hint);
	if (row < split->rows.count) {
		const struct field_info *info = &split->rows.items[row];
		split->hint = row + 1;
		*rank = row_rank(row);
		note_order(split, path);
		if (info->number == split->rows.id_number)
			return take_id(split, info, value);
		add_value(split, info->number, value);
		return true;
	}
	if (value->type == JSON_IS_OBJECT && value->count > 0 &&
		field_rows_have_group(&split->rows, path))
		return split_object(split, value, path, rank);
	const struct entity_list *list =
		prefix.len == 0 ? entity_list_of(split->rows.type, path) : NULL;
	note_order(split, path);
	if (list && value->type == JSON_IS_ARRAY) {
		split->lists_seen++;
		*rank = list_rank(split, list);
		return true;
	}
	if (list && value->type != JSON_IS_NULL)
		return error_set(split->reader->err, ERROR_PARSE, "%.*s%s%s: not an array",
			STR_ARG(split->place), split->place.len ? "." : "", list->key);
	*rank = (struct rank){0};
	add_extra(split, path, value);
	return true;
}

/* `first` becomes the rank of the object itself: that of its first known member. */
static bool split_object(
	struct split *split, const struct json *object, struct str prefix, struct rank *first)
{
	struct rank last = {true, 0};
	*first = (struct rank){0};
	for (size_t i = 0; i < object->count; i++) {
		struct rank rank = {0};
		if (!split_member(split, prefix, object->keys[i], &object->items[i], &rank))
			return false;
		if (rank.known && (!last.known || rank.order < last.order))
			split->in_order = false;
		if (rank.known && !first->known)
			*first = rank;
		last = rank;
	}
	return true;
}

static int compare_fields(const void *a, const void *b)
{
	const struct field_value *left = a, *right = b;
	return (int)left->number - (int)right->number;
}

static struct record *new_record(struct reader *reader)
{
	if (reader->count == reader->capacity) {
		size_t capacity = reader->capacity ? reader->capacity * 2 : 64;
		struct record *more = arena_new_array(reader->arena, struct record, capacity);
		for (size_t i = 0; i < reader->count; i++)
			more[i] = reader->records[i];
		reader->records = more;
		reader->capacity = capacity;
	}
	return &reader->records[reader->count++];
}

static size_t list_count(enum entity_type parent)
{
	size_t count, found = 0;
	const struct entity_list *lists = buurtlijst_lists(&count);
	for (size_t i = 0; i < count; i++)
		found += lists[i].parent == parent;
	return found;
}

/* Where an entity hangs in the file. */
struct spot {
	enum entity_type type;
	struct str place;
	size_t position;
	struct uuid parent;
};

static bool read_children(
	struct reader *reader, const struct json *object, struct spot spot, struct uuid id);

static bool read_entity(struct reader *reader, const struct json *object, struct spot spot)
{
	struct split split = {
		.reader = reader,
		.place = spot.place,
		.rows = field_rows_of(spot.type),
		.in_order = true,
		.extra = {.arena = reader->scratch},
		.key_order = {.arena = reader->scratch},
	};
	arena_reset(reader->scratch);
	if (object->type != JSON_IS_OBJECT)
		return error_set(
			reader->err, ERROR_PARSE, "%.*s: not an object", STR_ARG(spot.place));
	if (reader->count == BUURTLIJST_LIMIT_ENTITIES)
		return error_set(reader->err, ERROR_LIMIT, "%.*s: more than %d entities",
			STR_ARG(spot.place), BUURTLIJST_LIMIT_ENTITIES);
	split.fields = arena_new_array(
		reader->arena, struct field_value, split.rows.count + FIELD_INITIATIVE_ID);
	struct rank first = {0};
	if (!split_object(&split, object, (struct str){0}, &first))
		return false;
	if (!split.has_id)
		return error_set(reader->err, ERROR_PARSE, "%.*s%sid: missing", STR_ARG(spot.place),
			spot.type == ENTITY_CATALOGUE ? "venue." : ".");
	if (split.extra.len > 0) {
		str_builder_add_char(&split.extra, '}');
		add_field(&split, FIELD_EXTRA, str_builder_text(&split.extra));
	}
	if (!split.in_order || split.lists_seen < list_count(spot.type))
		add_field(&split, FIELD_KEY_ORDER,
			str_format(reader->scratch, "[%.*s]",
				STR_ARG(str_builder_text(&split.key_order))));
	if (spot.type != ENTITY_CATALOGUE)
		add_integer(&split, FIELD_POSITION, spot.position);
	if (spot.type == ENTITY_SCHEDULE) {
		struct json parent = json_from_string(uuid_format(reader->scratch, spot.parent));
		add_value(&split, FIELD_INITIATIVE_ID, &parent);
	}
	qsort(split.fields, split.field_count, sizeof(*split.fields), compare_fields);
	*new_record(reader) = (struct record){spot.type, split.id, split.fields, split.field_count};
	return read_children(reader, object, spot, split.id);
}

static bool read_children(
	struct reader *reader, const struct json *object, struct spot spot, struct uuid id)
{
	size_t count;
	const struct entity_list *lists = buurtlijst_lists(&count);
	for (size_t i = 0; i < count; i++) {
		const struct json *array = lists[i].parent == spot.type
						   ? json_get(object, str_from(lists[i].key))
						   : NULL;
		for (size_t at = 0; array && at < array->count; at++) {
			char place[96];
			snprintf(place, sizeof(place), "%.*s%s%s[%zu]", STR_ARG(spot.place),
				spot.place.len ? "." : "", lists[i].key, at);
			struct spot child = {lists[i].child, str_from(place), at, id};
			if (!read_entity(reader, &array->items[at], child))
				return false;
		}
	}
	return true;
}

static int compare_ids(const void *a, const void *b)
{
	const struct record *const *left = a, *const *right = b;
	return uuid_compare((*left)->id, (*right)->id);
}

static bool ids_are_unique(struct reader *reader)
{
	arena_reset(reader->scratch);
	const struct record **sorted =
		arena_new_array(reader->scratch, const struct record *, reader->count);
	for (size_t i = 0; i < reader->count; i++)
		sorted[i] = &reader->records[i];
	qsort(sorted, reader->count, sizeof(const struct record *), compare_ids);
	for (size_t i = 1; i < reader->count; i++)
		if (uuid_equal(sorted[i - 1]->id, sorted[i]->id))
			return error_set(reader->err, ERROR_PARSE, "two entities have the id %.*s",
				STR_ARG(uuid_format(reader->scratch, sorted[i]->id)));
	return true;
}

bool buurtlijst_parse(struct arena *arena, struct str bytes, struct json *root, struct error *err)
{
	if (bytes.len > BUURTLIJST_LIMIT_BYTES)
		return error_set(err, ERROR_LIMIT, "the file is larger than %d MiB",
			BUURTLIJST_LIMIT_BYTES >> 20);
	if (str_starts_with(bytes, STR("\xef\xbb\xbf")))
		bytes = str_slice(bytes, 3, bytes.len);
	if (!json_parse(arena, bytes, root, err))
		return false;
	if (!str_equal(json_string(json_get(root, STR("format"))), STR("buurtlijst")))
		return error_set(err, ERROR_PARSE, "format: this is no buurtlijst");
	struct str version = json_string(json_get(root, STR("format_version")));
	if (!str_starts_with(version, STR("0.")))
		return error_set(err, ERROR_UNSUPPORTED,
			"format_version: \"%.*s\" is not one that this program reads (0.x)",
			(int)(version.len < 20 ? version.len : 20), version.ptr ? version.ptr : "");
	return true;
}

bool buurtlijst_read(
	struct arena *arena, struct str bytes, struct record_list *records, struct error *err)
{
	CLEANUP(arena_finish) struct arena tree = {.block_bytes = 1 << 20};
	CLEANUP(arena_finish) struct arena scratch = {0};
	struct json root = {0};
	struct reader reader = {.arena = arena, .scratch = &scratch, .err = err};
	*records = (struct record_list){0};
	if (!buurtlijst_parse(&tree, bytes, &root, err))
		return false;
	if (!read_entity(&reader, &root, (struct spot){.type = ENTITY_CATALOGUE}))
		return false;
	if (!ids_are_unique(&reader))
		return false;
	*records = (struct record_list){reader.records, reader.count};
	return true;
}
