/* JSON (RFC 8259) as a tree in an arena. The only door to jansson: input is bounded in size and
 * depth, must be UTF-8 without duplicate keys, and a number that a double or int64_t cannot hold
 * is refused by its path. Object members keep their order. */
#pragma once
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Limits of one text. A value of the text costs about 200 bytes while it is read. */
enum {
	JSON_LIMIT_BYTES = 64 << 20,
	JSON_LIMIT_VALUES = 4000000,
	JSON_LIMIT_DEPTH = 32,
};

/* jansson has functions of these names too: hidden, ours can never be taken for them. */
#define JSON_OURS __attribute__((visibility("hidden")))

enum json_type {
	JSON_IS_NULL,
	JSON_IS_FALSE,
	JSON_IS_TRUE,
	JSON_IS_INTEGER,
	JSON_IS_REAL,
	JSON_IS_STRING,
	JSON_IS_ARRAY,
	JSON_IS_OBJECT
};

struct json {
	enum json_type type;
	int64_t integer;
	double real;
	struct str string;
	struct str *keys; /* of an object, in the order of the file */
	struct json *items; /* of an array, or the values that belong to keys */
	size_t count;
};

/* Parses one value and nothing after it. ERROR_PARSE with line and column, or with the path of a
 * refused number ("initiatives[2].cost.amount"), ERROR_LIMIT above JSON_LIMIT_BYTES or _VALUES. */
bool json_parse(struct arena *arena, struct str text, struct json *value, struct error *err);

/* The member of an object, or NULL (also when object is NULL or no object). */
const struct json *json_get(const struct json *object, struct str key);
/* The string of a value; empty when it is NULL or no string. */
struct str json_string(const struct json *value) JSON_OURS;

/* Makes values, all in the arena. json_set appends, or replaces the member of that key; json_add
 * appends without looking, for keys that are known to be new. A null becomes the array or object
 * that it must be. */
struct json json_from_string(struct str string);
struct json json_from_integer(int64_t integer);
struct json json_from_bool(bool yes);
void json_set(struct arena *arena, struct json *object, struct str key, struct json value);
void json_add(struct arena *arena, struct json *object, struct str key, struct json value);
void json_append(struct arena *arena, struct json *array, struct json value);

/* Equal as JSON values including key order; 1 and 1.0 differ. */
bool json_equal(const struct json *a, const struct json *b) JSON_OURS;

/* Writes a value: compact on one line, or indented by two spaces. Reals are written with 15
 * digits, 17 only where 15 do not give the same double back, and always so that they stay reals. */
void json_write(struct str_builder *out, const struct json *value, bool indented);
/* One string with its quotes and escapes. */
void json_write_string(struct str_builder *out, struct str string);
