/* Text: a view of UTF-8 bytes that owns nothing and is not NUL-terminated. Bytes from outside are
 * checked once, at the border, with str_is_utf8(); from there on every str is valid UTF-8.
 * Functions take and return str by value. What they make lives in the arena they are given. */
#pragma once
#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
	const char *ptr;
	size_t len; /* bytes */
};

/* A literal as str: STR("text"). */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
/* The same where a constant is needed, in the initialiser of a static table. */
#define STR_CONST(literal)                                                                         \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}
/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).len, (s).ptr

struct str_pair {
	struct str head, tail;
	bool found;
};

/* View of a C string; NULL gives the empty str. */
struct str str_from(const char *z);
bool str_equal(struct str a, struct str b);
bool str_equal_z(struct str a, const char *z);
/* Byte order, shorter first; the order of memcmp, independent of locale. */
int str_compare(struct str a, struct str b);
bool str_starts_with(struct str s, struct str prefix);
bool str_ends_with(struct str s, struct str suffix);
/* Position of the first needle in s, or -1. */
ptrdiff_t str_find(struct str s, struct str needle);
/* Without ASCII blanks at both ends. */
struct str str_trim(struct str s);
/* Bytes from..to, clamped to the text. */
struct str str_slice(struct str s, size_t from, size_t to);
/* Splits at the first separator; without one, head is all and found is false. */
struct str_pair str_cut(struct str s, char separator);

struct str str_copy(struct arena *arena, struct str s);
/* NUL-terminated copy, for a library's door. */
const char *str_z(struct arena *arena, struct str s);
struct str str_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct str str_format_args(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
struct str str_join(struct arena *arena, const struct str *parts, size_t count, struct str between);

/* The whole text must be a decimal integer in range; false leaves *value alone. */
bool str_to_int(struct str s, int64_t *value);
/* Strict UTF-8: no overlong forms, surrogates, or values above U+10FFFF; no NUL. */
bool str_is_utf8(struct str s);
/* Decodes the code point at *at and moves past it. Needs valid UTF-8 and *at < s.len. */
uint32_t str_next_code_point(struct str s, size_t *at);
/* FNV-1a, for tables in memory; not for anything that an attacker may steer or a file may hold. */
uint64_t str_hash(struct str s);

/* A text that grows. Lives in its arena; read it as .text at any time. */
struct str_builder {
	struct arena *arena;
	char *ptr;
	size_t len, capacity;
};
void str_builder_add(struct str_builder *b, struct str s);
void str_builder_add_char(struct str_builder *b, char c);
void str_builder_add_format(struct str_builder *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct str str_builder_text(const struct str_builder *b);
