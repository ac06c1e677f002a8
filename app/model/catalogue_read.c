/* Most fields are short texts, numbers and null, and a catalogue has hundreds of thousands of them:
 * those are read in place. Only what has escapes or is nested goes through the JSON parser. */
#include "model/catalogue_read.h"

#include <stdio.h>
#include <string.h>

void field_complain(const struct field_reader *reader, uint16_t number, const char *why)
{
	if (!reader->complain)
		return;
	CLEANUP(arena_finish) struct arena words = {.block_bytes = 1024};
	const struct field_info *info = record_field(reader->record->type, number);
	reader->complain(reader->context,
		str_format(&words, "%s %.*s %s: %s", entity_type_name(reader->record->type),
			STR_ARG(uuid_format(&words, reader->record->id)), info ? info->path : "?",
			why)
			.ptr);
}

/* The text of a field, or false when it is absent. */
static bool present(const struct field_reader *reader, uint16_t number, struct str *json)
{
	*json = record_get(reader->record, number);
	return json->len > 0 && !str_equal_z(*json, "null");
}

static bool parse(const struct field_reader *reader, uint16_t number, struct json *value)
{
	struct str json;
	struct error err;
	*value = (struct json){0};
	if (!present(reader, number, &json))
		return false;
	if (json_parse(reader->arena, json, value, &err))
		return true;
	field_complain(reader, number, err.message);
	return false;
}

struct str field_text(const struct field_reader *reader, uint16_t number)
{
	struct str json;
	struct json value;
	if (!present(reader, number, &json))
		return (struct str){0};
	bool quoted = json.len >= 2 && json.ptr[0] == '"' && json.ptr[json.len - 1] == '"';
	if (quoted && !memchr(json.ptr, '\\', json.len))
		return str_slice(json, 1, json.len - 1);
	if (parse(reader, number, &value) && value.type != JSON_IS_STRING)
		field_complain(reader, number, "not a text");
	return json_string(&value);
}

bool field_bool(const struct field_reader *reader, uint16_t number)
{
	struct str json;
	if (!present(reader, number, &json))
		return false;
	if (!str_equal_z(json, "true") && !str_equal_z(json, "false"))
		field_complain(reader, number, "neither true nor false");
	return str_equal_z(json, "true");
}

int field_int(const struct field_reader *reader, uint16_t number, int low, int high, int absent)
{
	struct str json;
	int64_t value;
	if (!present(reader, number, &json))
		return absent;
	if (str_to_int(json, &value) && value >= low && value <= high)
		return (int)value;
	field_complain(reader, number, "not a whole number that makes sense here");
	return absent;
}

double field_number(const struct field_reader *reader, uint16_t number, double absent)
{
	struct json value;
	if (!parse(reader, number, &value))
		return absent;
	if (value.type == JSON_IS_INTEGER)
		return (double)value.integer;
	if (value.type == JSON_IS_REAL)
		return value.real;
	field_complain(reader, number, "not a number");
	return absent;
}

const struct json *field_array(const struct field_reader *reader, uint16_t number)
{
	struct json value;
	if (!parse(reader, number, &value))
		return NULL;
	if (value.type != JSON_IS_ARRAY) {
		field_complain(reader, number, "not an array");
		return NULL;
	}
	struct json *kept = arena_new(reader->arena, struct json);
	*kept = value;
	return kept;
}

const struct json *field_object(const struct field_reader *reader, uint16_t number)
{
	struct json value;
	if (!parse(reader, number, &value))
		return NULL;
	if (value.type != JSON_IS_OBJECT) {
		field_complain(reader, number, "not an object");
		return NULL;
	}
	struct json *kept = arena_new(reader->arena, struct json);
	*kept = value;
	return kept;
}

struct str_list field_text_list(const struct field_reader *reader, uint16_t number)
{
	struct str_list list = {0};
	if (str_equal_z(record_get(reader->record, number), "[]"))
		return list;
	const struct json *array = field_array(reader, number);
	if (!array)
		return list;
	list.items = arena_new_array(reader->arena, struct str, array->count);
	for (size_t i = 0; i < array->count; i++) {
		if (array->items[i].type == JSON_IS_STRING)
			list.items[list.count++] = array->items[i].string;
		else
			field_complain(reader, number, "holds something that is not a text");
	}
	return list;
}

struct date field_date(const struct field_reader *reader, uint16_t number)
{
	struct date date = {0};
	struct str text = field_text(reader, number);
	if (text.len > 0 && !date_parse(text, &date)) {
		field_complain(reader, number, "not a date");
		date = (struct date){0};
	}
	return date;
}

struct uuid field_uuid(const struct field_reader *reader, uint16_t number)
{
	struct uuid id = {{0}};
	struct str text = field_text(reader, number);
	if (text.len > 0 && !uuid_parse(text, &id))
		field_complain(reader, number, "not a UUID");
	return id;
}

int word_index(struct str text, const char *const *words, int absent)
{
	for (int i = 0; words[i]; i++)
		if (str_equal_z(text, words[i]))
			return i;
	return absent;
}

int field_word(
	const struct field_reader *reader, uint16_t number, const char *const *words, int absent)
{
	struct str text = field_text(reader, number);
	int index = word_index(text, words, -1);
	if (index >= 0)
		return index;
	if (text.len > 0)
		field_complain(reader, number, "a word that is not known");
	return absent;
}

struct local_time *field_local_times(
	const struct field_reader *reader, uint16_t number, size_t *count)
{
	struct str_list texts = field_text_list(reader, number);
	struct local_time *times = arena_new_array(reader->arena, struct local_time, texts.count);
	*count = 0;
	for (size_t i = 0; i < texts.count; i++) {
		if (local_time_parse(texts.items[i], &times[*count]))
			(*count)++;
		else
			field_complain(reader, number, "holds something that is not a local time");
	}
	return times;
}

bool json_is_true(const struct json *value)
{
	return value && value->type == JSON_IS_TRUE;
}
