/* JSON (RFC 8259) as a tree in an arena. The only door to jansson: input is bounded in size and
 * depth, must be UTF-8 without duplicate keys, and a number that a double or int64_t cannot hold
 * is refused by its path. Object members keep their order. */
#pragma once
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
	struct str *keys;   /* of an object, in the order of the file */
	struct json *items; /* of an array, or the values that belong to keys */
	size_t count;
};

/* Parses one value and nothing after it. ERROR_PARSE with line and column, or with the path of a
 * refused number ("initiatives[2].cost.amount"). depth at most 32. */
bool json_parse(struct arena *arena, struct str text, struct json *value, struct error *err);

/* The member of an object, or NULL (also when object is NULL or no object). */
const struct json *json_get(const struct json *object, struct str key);
/* The string of a value; empty when it is NULL or no string. */
struct str json_string(const struct json *value);

/* Makes values, all in the arena. json_set appends, or replaces the member of that key. */
struct json json_from_string(struct str string);
struct json json_from_integer(int64_t integer);
struct json json_from_bool(bool yes);
void json_set(struct arena *arena, struct json *object, struct str key, struct json value);
void json_append(struct arena *arena, struct json *array, struct json value);

/* Equal as JSON values including key order; 1 and 1.0 differ. */
bool json_equal(const struct json *a, const struct json *b);

/* Writes a value: compact on one line, or indented by two spaces. Reals are written with 15
 * digits, 17 only where 15 do not give the same double back, and always so that they stay reals. */
void json_write(struct str_builder *out, const struct json *value, bool indented);
