/* Small verbs on UTF-8 views. Nothing here depends on the locale. */
#include "base/str.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

struct str str_from(const char *z)
{
	return (struct str){z ? z : "", z ? strlen(z) : 0};
}

bool str_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_equal_z(struct str a, const char *z)
{
	return str_equal(a, str_from(z));
}

int str_compare(struct str a, struct str b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
	if (order != 0)
		return order < 0 ? -1 : 1;
	return a.len < b.len ? -1 : a.len > b.len;
}

bool str_starts_with(struct str s, struct str prefix)
{
	return s.len >= prefix.len && str_equal(str_slice(s, 0, prefix.len), prefix);
}

bool str_ends_with(struct str s, struct str suffix)
{
	return s.len >= suffix.len && str_equal(str_slice(s, s.len - suffix.len, s.len), suffix);
}

ptrdiff_t str_find(struct str s, struct str needle)
{
	if (needle.len == 0)
		return 0;
	const char *hit = s.len ? memmem(s.ptr, s.len, needle.ptr, needle.len) : NULL;
	return hit ? hit - s.ptr : -1;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.len && is_blank(s.ptr[0]))
		s = str_slice(s, 1, s.len);
	while (s.len && is_blank(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

struct str str_slice(struct str s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	return (struct str){s.ptr + from, to - from};
}

struct str_pair str_cut(struct str s, char separator)
{
	const char *hit = s.len ? memchr(s.ptr, separator, s.len) : NULL;
	if (!hit)
		return (struct str_pair){.head = s, .tail = {s.ptr + s.len, 0}, .found = false};
	size_t at = (size_t)(hit - s.ptr);
	return (struct str_pair){str_slice(s, 0, at), str_slice(s, at + 1, s.len), true};
}

struct str str_copy(struct arena *arena, struct str s)
{
	char *ptr = arena_alloc(arena, s.len + 1);
	if (s.len)
		memcpy(ptr, s.ptr, s.len);
	return (struct str){ptr, s.len};
}

const char *str_z(struct arena *arena, struct str s)
{
	return str_copy(arena, s).ptr;
}

struct str str_format_args(struct arena *arena, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	assert(length >= 0);
	char *ptr = arena_alloc(arena, (size_t)length + 1);
	vsnprintf(ptr, (size_t)length + 1, format, args);
	return (struct str){ptr, (size_t)length};
}

struct str str_format(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct str s = str_format_args(arena, format, args);
	va_end(args);
	return s;
}

struct str str_join(struct arena *arena, const struct str *parts, size_t count, struct str between)
{
	struct str_builder b = {.arena = arena};
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			str_builder_add(&b, between);
		str_builder_add(&b, parts[i]);
	}
	return str_builder_text(&b);
}

bool str_to_int(struct str s, int64_t *value)
{
	bool negative = s.len && s.ptr[0] == '-';
	if (negative)
		s = str_slice(s, 1, s.len);
	if (s.len == 0)
		return false;
	int64_t sum = 0; /* kept negative, because -INT64_MIN does not exist */
	for (size_t i = 0; i < s.len; i++) {
		int digit = s.ptr[i] - '0';
		if (digit < 0 || digit > 9 || __builtin_mul_overflow(sum, 10, &sum) ||
			__builtin_sub_overflow(sum, digit, &sum))
			return false;
	}
	if (!negative && sum == INT64_MIN)
		return false;
	*value = negative ? sum : -sum;
	return true;
}

/* Length of the well-formed sequence at p (Unicode 15, table 3-7), or 0. */
static size_t sequence_length(const unsigned char *p, size_t left)
{
	if (p[0] < 0x80)
		return p[0] != 0;
	size_t length = p[0] >= 0xC2 && p[0] <= 0xDF   ? 2
			: (p[0] & 0xF0) == 0xE0        ? 3
			: p[0] >= 0xF0 && p[0] <= 0xF4 ? 4
						       : 0;
	if (length == 0 || left < length)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	bool overlong = (p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xF0 && p[1] < 0x90);
	bool surrogate = p[0] == 0xED && p[1] > 0x9F;
	bool too_large = p[0] == 0xF4 && p[1] > 0x8F;
	return overlong || surrogate || too_large ? 0 : length;
}

bool str_is_utf8(struct str s)
{
	for (size_t at = 0; at < s.len;) {
		size_t length = sequence_length((const unsigned char *)s.ptr + at, s.len - at);
		if (length == 0)
			return false;
		at += length;
	}
	return true;
}

uint32_t str_next_code_point(struct str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.ptr + *at;
	size_t length = sequence_length(p, s.len - *at);
	assert(length > 0);
	*at += length;
	static const unsigned char first_byte_mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	uint32_t code_point = p[0] & first_byte_mask[length];
	for (size_t i = 1; i < length; i++)
		code_point = code_point << 6 | (p[i] & 0x3F);
	return code_point;
}

uint64_t str_hash(struct str s)
{
	uint64_t hash = 0xcbf29ce484222325;
	for (size_t i = 0; i < s.len; i++)
		hash = (hash ^ (unsigned char)s.ptr[i]) * 0x100000001b3;
	return hash;
}

static void reserve(struct str_builder *b, size_t more)
{
	if (b->capacity - b->len >= more)
		return;
	size_t capacity = b->capacity ? b->capacity * 2 : 64;
	while (capacity - b->len < more)
		capacity *= 2;
	char *ptr = arena_alloc(b->arena, capacity);
	if (b->len)
		memcpy(ptr, b->ptr, b->len);
	b->ptr = ptr;
	b->capacity = capacity;
}

void str_builder_add(struct str_builder *b, struct str s)
{
	if (s.len == 0)
		return;
	reserve(b, s.len);
	memcpy(b->ptr + b->len, s.ptr, s.len);
	b->len += s.len;
}

void str_builder_add_char(struct str_builder *b, char c)
{
	str_builder_add(b, (struct str){&c, 1});
}

void str_builder_add_format(struct str_builder *b, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	str_builder_add(b, str_format_args(b->arena, format, args));
	va_end(args);
}

struct str str_builder_text(const struct str_builder *b)
{
	return (struct str){b->ptr ? b->ptr : "", b->len};
}
