/* Every byte costs a module of the code, so lines end in a bare line feed, which readers take. */
#include "screens/vcard.h"

#include <assert.h>

#include "ui/text.h"

#define HEAD "BEGIN:VCARD\nVERSION:3.0\nN:"
#define BETWEEN "\nTEL:"
#define TAIL "\nEND:VCARD"
#define MOST_DIGITS 16

static struct str plain_phone(struct arena *arena, struct str phone)
{
	struct str_builder kept = {.arena = arena};
	for (size_t i = 0; i < phone.len && kept.len < MOST_DIGITS; i++) {
		char c = phone.ptr[i];
		if ((c >= '0' && c <= '9') || (c == '+' && kept.len == 0))
			str_builder_add_char(&kept, c);
	}
	struct str plain = str_builder_text(&kept);
	return str_equal_z(plain, "+") ? STR("") : plain;
}

static struct str plain_name(struct arena *arena, struct str name)
{
	struct str_builder kept = {.arena = arena};
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];
		bool ends_field = c < 0x20 || c == 0x7F || c == ';' || c == ',' || c == '\\';
		str_builder_add_char(&kept, ends_field ? ' ' : name.ptr[i]);
	}
	return str_trim(str_builder_text(&kept));
}

struct str vcard_text(struct arena *arena, struct str name, struct str phone)
{
	struct str number = plain_phone(arena, phone);
	if (number.len == 0)
		return STR("");
	size_t fixed = STR(HEAD).len + STR(BETWEEN).len + STR(TAIL).len + number.len;
	struct str kept = plain_name(arena, name);
	while (kept.len > 0 && fixed + kept.len > VCARD_MOST_BYTES)
		kept.len -= text_last_character(kept);
	struct str card = str_format(
		arena, HEAD "%.*s" BETWEEN "%.*s" TAIL, STR_ARG(str_trim(kept)), STR_ARG(number));
	assert(card.len <= VCARD_MOST_BYTES);
	return card;
}
