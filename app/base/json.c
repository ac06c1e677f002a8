/* The only door to jansson. A text passes three gates: a scan that counts depth and values, so that
 * nothing is allocated for a bomb; jansson, which knows RFC 8259; and a copy of its tree into the
 * arena. jansson names line and column; the scan runs again up to there to name the path, which is
 * what a person who keeps a catalogue can find.
 *
 * Arrays and objects always have room for the next power of two of their count, so that appending
 * is cheap without a capacity in the struct. Two copies of one array share that room: append to
 * one of them only. */
#include <assert.h>
/* Two names of jansson are ours as well (see JSON_OURS); here jansson's go under another. */
#define json_string jansson_string
#define json_equal jansson_equal
#include <jansson.h>
#undef json_string
#undef json_equal
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"

/* Where we are in a text. */

struct level {
	bool is_object;
	bool wants_key;
	struct str key; /* raw, as escaped in the text */
	size_t index;
};

struct scan {
	struct level levels[JSON_LIMIT_DEPTH];
	size_t depth;
	size_t values; /* an upper bound */
	bool too_deep;
};

/* The end of the string that opens at `at`: past its closing quote, or `end`. */
static size_t skip_string(struct str text, size_t at, size_t end)
{
	for (at++; at < end; at++) {
		if (text.ptr[at] == '\\')
			at++;
		else if (text.ptr[at] == '"')
			return at + 1;
	}
	return end;
}

/* Follows the brackets of text up to `end`. What is no JSON is left to jansson; here it only must
 * not lead us out of bounds. */
static void scan_text(struct scan *scan, struct str text, size_t end)
{
	*scan = (struct scan){.values = 1};
	for (size_t at = 0; at < end;) {
		struct level *level = scan->depth ? &scan->levels[scan->depth - 1] : NULL;
		size_t from = at++;
		switch (text.ptr[from]) {
		case '"':
			at = skip_string(text, from, end);
			if (level && level->wants_key && at - from >= 2)
				level->key = str_slice(text, from + 1, at - 1);
			break;
		case '{':
		case '[':
			scan->values++;
			if (scan->depth == JSON_LIMIT_DEPTH) {
				scan->too_deep = true;
				return;
			}
			bool is_object = text.ptr[from] == '{';
			scan->levels[scan->depth++] =
				(struct level){.is_object = is_object, .wants_key = is_object};
			break;
		case '}':
		case ']':
			if (scan->depth > 0)
				scan->depth--;
			break;
		case ':':
			if (level)
				level->wants_key = false;
			break;
		case ',':
			scan->values++;
			if (level) {
				level->index++;
				level->wants_key = level->is_object;
			}
			break;
		default:
			break;
		}
	}
}

/* "initiatives[2].cost.amount", long keys shortened; "the top" outside everything. */
static const char *scan_path(const struct scan *scan, char *path, size_t size)
{
	size_t len = 0;
	path[0] = '\0';
	for (size_t i = 0; i < scan->depth && len + 1 < size; i++) {
		const struct level *level = &scan->levels[i];
		struct str key = level->key;
		while (key.len > 40 || (key.len > 0 && key.len < level->key.len &&
					       (key.ptr[key.len] & 0xc0) == 0x80))
			key.len--;
		int added = level->is_object
				    ? snprintf(path + len, size - len, "%s%.*s", len > 0 ? "." : "",
					      STR_ARG(key))
				    : snprintf(path + len, size - len, "[%zu]", level->index);
		len += added > 0 ? (size_t)added : 0;
	}
	return path[0] ? path : "the top";
}

static bool refuse_at(struct str text, size_t position, const char *why, struct error *err)
{
	struct scan scan;
	char path[160];
	scan_text(&scan, text, position < text.len ? position : text.len);
	return error_set(err, ERROR_PARSE, "%s: %s", scan_path(&scan, path, sizeof(path)), why);
}

static bool refuse_as_jansson_does(struct str text, const json_error_t *cause, struct error *err)
{
	size_t position = cause->position > 0 ? (size_t)cause->position : 0;
	if (json_error_code(cause) == json_error_numeric_overflow)
		return refuse_at(text, position, "the number is too large", err);
	if (json_error_code(cause) == json_error_duplicate_key)
		return refuse_at(text, position, "this key stands here twice", err);
	return error_set(err, ERROR_PARSE, "line %d, column %d: %s", cause->line, cause->column,
		cause->text);
}

/* jansson's tree into ours. */

static size_t room_for(size_t count)
{
	size_t room = 1;
	while (room < count)
		room *= 2;
	return room;
}

static void convert(struct arena *arena, const json_t *from, struct json *to);

static void convert_array(struct arena *arena, const json_t *from, struct json *to)
{
	to->type = JSON_IS_ARRAY;
	to->count = json_array_size(from);
	to->items = arena_new_array(arena, struct json, room_for(to->count));
	for (size_t i = 0; i < to->count; i++)
		convert(arena, json_array_get(from, i), &to->items[i]);
}

static void convert_object(struct arena *arena, const json_t *from, struct json *to)
{
	json_t *object = (json_t *)from; /* its iterator is not const, but changes nothing */
	to->type = JSON_IS_OBJECT;
	to->count = json_object_size(from);
	to->keys = arena_new_array(arena, struct str, room_for(to->count));
	to->items = arena_new_array(arena, struct json, room_for(to->count));
	size_t i = 0;
	for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at)) {
		to->keys[i] = str_copy(arena, str_from(json_object_iter_key(at)));
		convert(arena, json_object_iter_value(at), &to->items[i++]);
	}
}

static void convert(struct arena *arena, const json_t *from, struct json *to)
{
	*to = (struct json){0};
	switch (json_typeof(from)) {
	case JSON_NULL:
		break;
	case JSON_TRUE:
		to->type = JSON_IS_TRUE;
		break;
	case JSON_FALSE:
		to->type = JSON_IS_FALSE;
		break;
	case JSON_INTEGER:
		to->type = JSON_IS_INTEGER;
		to->integer = json_integer_value(from);
		break;
	case JSON_REAL:
		to->type = JSON_IS_REAL;
		to->real = json_real_value(from);
		break;
	case JSON_STRING:
		to->type = JSON_IS_STRING;
		to->string = str_copy(
			arena, (struct str){json_string_value(from), json_string_length(from)});
		break;
	case JSON_ARRAY:
		convert_array(arena, from, to);
		break;
	case JSON_OBJECT:
		convert_object(arena, from, to);
		break;
	}
}

static bool is_plain_string(struct str text)
{
	if (text.len < 2 || text.ptr[0] != '"' || text.ptr[text.len - 1] != '"')
		return false;
	for (size_t i = 1; i < text.len - 1; i++)
		if ((unsigned char)text.ptr[i] < 0x20 || text.ptr[i] == '"' || text.ptr[i] == '\\')
			return false;
	return str_is_utf8(str_slice(text, 1, text.len - 1));
}

static bool is_plain_integer(struct str text)
{
	size_t sign = text.len > 0 && text.ptr[0] == '-', digits = text.len - sign;
	if (digits < 1 || digits > 18 || (digits > 1 && text.ptr[sign] == '0'))
		return false;
	for (size_t i = sign; i < text.len; i++)
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	return true;
}

/* Most fields of a catalogue are one short scalar: those need no parser. */
static bool parse_plain(struct arena *arena, struct str text, struct json *value)
{
	int64_t integer;
	if (is_plain_string(text))
		*value = json_from_string(str_copy(arena, str_slice(text, 1, text.len - 1)));
	else if (str_equal(text, STR("null")))
		*value = (struct json){.type = JSON_IS_NULL};
	else if (str_equal(text, STR("true")) || str_equal(text, STR("false")))
		*value = json_from_bool(text.len == 4);
	else if (is_plain_integer(text) && str_to_int(text, &integer))
		*value = json_from_integer(integer);
	else
		return false;
	return true;
}

bool json_parse(struct arena *arena, struct str text, struct json *value, struct error *err)
{
	struct scan scan;
	if (text.len <= 4096 && parse_plain(arena, text, value))
		return true;
	if (text.len > JSON_LIMIT_BYTES)
		return error_set(err, ERROR_LIMIT, "more than %d MiB of JSON",
			(int)(JSON_LIMIT_BYTES >> 20));
	scan_text(&scan, text, text.len);
	if (scan.too_deep) {
		char path[160];
		return error_set(err, ERROR_PARSE, "%s: nested more than %d deep",
			scan_path(&scan, path, sizeof(path)), (int)JSON_LIMIT_DEPTH);
	}
	if (scan.values > JSON_LIMIT_VALUES)
		return error_set(err, ERROR_LIMIT, "more than %d values", (int)JSON_LIMIT_VALUES);

	json_error_t cause;
	json_t *root = json_loadb(text.ptr ? text.ptr : "", text.len,
		JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &cause);
	if (!root)
		return refuse_as_jansson_does(text, &cause, err);
	convert(arena, root, value);
	json_decref(root);
	return true;
}

/* Reading and making values. */

const struct json *json_get(const struct json *object, struct str key)
{
	if (!object || object->type != JSON_IS_OBJECT)
		return NULL;
	for (size_t i = 0; i < object->count; i++)
		if (str_equal(object->keys[i], key))
			return &object->items[i];
	return NULL;
}

struct str json_string(const struct json *value)
{
	return value && value->type == JSON_IS_STRING ? value->string : (struct str){0};
}

struct json json_from_string(struct str string)
{
	return (struct json){.type = JSON_IS_STRING, .string = string};
}

struct json json_from_integer(int64_t integer)
{
	return (struct json){.type = JSON_IS_INTEGER, .integer = integer};
}

struct json json_from_bool(bool yes)
{
	return (struct json){.type = yes ? JSON_IS_TRUE : JSON_IS_FALSE};
}

static void *grown(struct arena *arena, void *items, size_t count, size_t item_bytes)
{
	if (items && count > 0 && count < room_for(count))
		return items;
	void *more = arena_alloc_array(arena, room_for(count + 1), item_bytes);
	if (items)
		memcpy(more, items, count * item_bytes);
	return more;
}

void json_append(struct arena *arena, struct json *array, struct json value)
{
	if (array->type == JSON_IS_NULL)
		*array = (struct json){.type = JSON_IS_ARRAY};
	array->items = grown(arena, array->items, array->count, sizeof(*array->items));
	array->items[array->count++] = value;
}

void json_add(struct arena *arena, struct json *object, struct str key, struct json value)
{
	if (object->type == JSON_IS_NULL)
		*object = (struct json){.type = JSON_IS_OBJECT};
	object->keys = grown(arena, object->keys, object->count, sizeof(*object->keys));
	object->items = grown(arena, object->items, object->count, sizeof(*object->items));
	object->keys[object->count] = key;
	object->items[object->count++] = value;
}

void json_set(struct arena *arena, struct json *object, struct str key, struct json value)
{
	for (size_t i = 0; object->type == JSON_IS_OBJECT && i < object->count; i++) {
		if (str_equal(object->keys[i], key)) {
			object->items[i] = value;
			return;
		}
	}
	json_add(arena, object, key, value);
}

static bool same_bits(double a, double b)
{
	uint64_t left, right;
	memcpy(&left, &a, sizeof(left));
	memcpy(&right, &b, sizeof(right));
	return left == right;
}

bool json_equal(const struct json *a, const struct json *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case JSON_IS_NULL:
	case JSON_IS_FALSE:
	case JSON_IS_TRUE:
		return true;
	case JSON_IS_INTEGER:
		return a->integer == b->integer;
	case JSON_IS_REAL:
		return same_bits(a->real, b->real);
	case JSON_IS_STRING:
		return str_equal(a->string, b->string);
	case JSON_IS_ARRAY:
	case JSON_IS_OBJECT:
		break;
	}
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++) {
		if (a->type == JSON_IS_OBJECT && !str_equal(a->keys[i], b->keys[i]))
			return false;
		if (!json_equal(&a->items[i], &b->items[i]))
			return false;
	}
	return true;
}

/* Writing. */

void json_write_string(struct str_builder *out, struct str string)
{
	size_t plain = 0;
	str_builder_add_char(out, '"');
	for (size_t i = 0; i < string.len; i++) {
		unsigned char c = (unsigned char)string.ptr[i];
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		str_builder_add(out, str_slice(string, plain, i));
		plain = i + 1;
		static const char named[] = "\b\f\n\r\t\"\\", letters[] = "bfnrt\"\\";
		const char *name = strchr(named, c);
		if (c != '\0' && name)
			str_builder_add_format(out, "\\%c", letters[name - named]);
		else
			str_builder_add_format(out, "\\u%04x", c);
	}
	str_builder_add(out, str_slice(string, plain, string.len));
	str_builder_add_char(out, '"');
}

static void write_real(struct str_builder *out, double real)
{
	char text[40];
	assert(isfinite(real));
	snprintf(text, sizeof(text), "%.15g", real);
	if (!same_bits(strtod(text, NULL), real))
		snprintf(text, sizeof(text), "%.17g", real);
	str_builder_add(out, str_from(text));
	if (!strpbrk(text, ".e"))
		str_builder_add(out, STR(".0"));
}

static void write_break(struct str_builder *out, bool indented, int depth)
{
	if (!indented)
		return;
	str_builder_add_char(out, '\n');
	for (int i = 0; i < depth; i++)
		str_builder_add(out, STR("  "));
}

static void write_value(struct str_builder *out, const struct json *value, bool indented, int depth)
{
	static const char *const words[] = {
		[JSON_IS_NULL] = "null", [JSON_IS_FALSE] = "false", [JSON_IS_TRUE] = "true"};
	switch (value->type) {
	case JSON_IS_NULL:
	case JSON_IS_FALSE:
	case JSON_IS_TRUE:
		str_builder_add(out, str_from(words[value->type]));
		return;
	case JSON_IS_INTEGER:
		str_builder_add_format(out, "%lld", (long long)value->integer);
		return;
	case JSON_IS_REAL:
		write_real(out, value->real);
		return;
	case JSON_IS_STRING:
		json_write_string(out, value->string);
		return;
	case JSON_IS_ARRAY:
	case JSON_IS_OBJECT:
		break;
	}
	bool is_object = value->type == JSON_IS_OBJECT;
	str_builder_add_char(out, is_object ? '{' : '[');
	for (size_t i = 0; i < value->count; i++) {
		if (i > 0)
			str_builder_add_char(out, ',');
		write_break(out, indented, depth + 1);
		if (is_object) {
			json_write_string(out, value->keys[i]);
			str_builder_add(out, indented ? STR(": ") : STR(":"));
		}
		write_value(out, &value->items[i], indented, depth + 1);
	}
	if (value->count > 0)
		write_break(out, indented, depth);
	str_builder_add_char(out, is_object ? '}' : ']');
}

void json_write(struct str_builder *out, const struct json *value, bool indented)
{
	write_value(out, value, indented, 0);
}
