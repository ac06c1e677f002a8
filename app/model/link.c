/* Base 32 is RFC 4648's alphabet, which is all capitals and digits. */
#include "model/link.h"

#include <ctype.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

static struct str base32(struct arena *arena, uint64_t value, size_t length)
{
	char *text = arena_alloc(arena, length + 1);
	for (size_t i = length; i > 0; i--) {
		text[i - 1] = alphabet[value & 31];
		value >>= 5;
	}
	return (struct str){text, length};
}

struct str link_initiative(struct arena *arena, struct uuid initiative)
{
	const uint8_t *b = initiative.bytes;
	return base32(arena, (uint64_t)b[13] << 16 | (uint64_t)b[14] << 8 | b[15], 4);
}

/* Capitals up to the end of the host; a path may mind them. */
static struct str with_capitals(struct arena *arena, struct str base)
{
	struct str copy = str_copy(arena, base);
	char *text = (char *)copy.ptr;
	ptrdiff_t scheme_end = str_find(copy, STR("://"));
	size_t at = 0, slashes = scheme_end < 0 ? 2 : 0;
	for (; at < copy.len && !(slashes == 2 && text[at] == '/'); at++) {
		slashes += text[at] == '/';
		text[at] = (char)toupper((unsigned char)text[at]);
	}
	return copy;
}

struct str link_make(struct arena *arena, struct str link_base, struct uuid initiative,
	struct date day, struct str token)
{
	struct str base = with_capitals(arena, link_base);
	struct str which = link_initiative(arena, initiative);
	struct str when = STR("");
	if (!date_is_none(day)) {
		int days = date_days_between((struct date){2020, 1, 1}, day);
		when = base32(arena, days > 0 ? (uint64_t)days : 0, 3);
	}
	return str_format(arena, "%.*s/%.*s%.*s%s%.*s", STR_ARG(base), STR_ARG(which),
		STR_ARG(when), token.len ? "#" : "", STR_ARG(token));
}
