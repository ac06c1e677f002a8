/* A table from Latin to Arabic letters. Both cases give one letter, accents fall away, and letters
 * that Arabic lacks borrow from Persian and Urdu, because they shape like the rest. */
#include "i18n/mirror.h"

#include <string.h>

static const char *const arabic[26] = {
	"\u0627", /* a alef */
	"\u0628", /* b beh */
	"\u0686", /* c tcheh */
	"\u062F", /* d dal */
	"\u0647", /* e heh */
	"\u0641", /* f feh */
	"\u063A", /* g ghain */
	"\u062D", /* h hah */
	"\u064A", /* i yeh */
	"\u062C", /* j jeem */
	"\u0643", /* k kaf */
	"\u0644", /* l lam */
	"\u0645", /* m meem */
	"\u0646", /* n noon */
	"\u0648", /* o waw */
	"\u067E", /* p peh */
	"\u0642", /* q qaf */
	"\u0631", /* r reh */
	"\u0633", /* s seen */
	"\u062A", /* t teh */
	"\u0639", /* u ain */
	"\u06A4", /* v veh */
	"\u0634", /* w sheen */
	"\u062E", /* x khah */
	"\u0649", /* y alef maksura */
	"\u0632", /* z zain */
};

/* The plain letter under an accent of Dutch, or 0. */
static char plain_letter(uint32_t code_point)
{
	static const struct {
		uint32_t first, last;
		char letter;
	} rows[] = {
		{0xC0, 0xC5, 'a'},
		{0xC7, 0xC7, 'c'},
		{0xC8, 0xCB, 'e'},
		{0xCC, 0xCF, 'i'},
		{0xD1, 0xD1, 'n'},
		{0xD2, 0xD6, 'o'},
		{0xD9, 0xDC, 'u'},
		{0xE0, 0xE5, 'a'},
		{0xE7, 0xE7, 'c'},
		{0xE8, 0xEB, 'e'},
		{0xEC, 0xEF, 'i'},
		{0xF1, 0xF1, 'n'},
		{0xF2, 0xF6, 'o'},
		{0xF9, 0xFC, 'u'},
	};
	if (code_point >= 'A' && code_point <= 'Z')
		return (char)(code_point - 'A' + 'a');
	if (code_point >= 'a' && code_point <= 'z')
		return (char)code_point;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (code_point >= rows[i].first && code_point <= rows[i].last)
			return rows[i].letter;
	return 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* How many bytes at the start of s are digits with single dashes or blanks between them. Bidi
 * would turn the groups of such a number around; digits alone stay as they are. */
static size_t grouped_number(struct str s)
{
	size_t length = 0;
	bool grouped = false;
	while (length < s.len && is_digit(s.ptr[length])) {
		length++;
		if (length + 1 < s.len && strchr("- ", s.ptr[length]) &&
			is_digit(s.ptr[length + 1])) {
			grouped = true;
			length++;
		}
	}
	return grouped ? length : 0;
}

struct str mirror_message(struct arena *arena, struct str message)
{
	struct str_builder b = {.arena = arena};
	for (size_t at = 0; at < message.len;) {
		struct str rest = str_slice(message, at, message.len);
		ptrdiff_t close = rest.ptr[0] == '{' ? str_find(rest, STR("}")) : -1;
		size_t digits = grouped_number(rest);
		if (close > 0) {
			str_builder_add(&b, str_slice(rest, 0, (size_t)close + 1));
			at += (size_t)close + 1;
		} else if (digits > 0) {
			str_builder_add(&b, STR("\u2066"));
			str_builder_add(&b, str_slice(rest, 0, digits));
			str_builder_add(&b, STR("\u2069"));
			at += digits;
		} else {
			size_t next = at;
			char letter = plain_letter(str_next_code_point(message, &next));
			str_builder_add(&b, letter ? str_from(arabic[letter - 'a'])
						   : str_slice(message, at, next));
			at = next;
		}
	}
	return str_builder_text(&b);
}
