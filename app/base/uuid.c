/* A UUID is sixteen bytes; the text form exists at the borders only. Reading takes either case and
 * writing gives lower case, so a file that wrote capitals must keep its own spelling if it cares.
 */
#include "base/uuid.h"

#include <string.h>

enum { UUID_TEXT_BYTES = 36 };

struct uuid uuid_random(struct env *env)
{
	struct uuid uuid;
	env_random_bytes(env, uuid.bytes, sizeof(uuid.bytes));
	uuid.bytes[6] = (uint8_t)((uuid.bytes[6] & 0x0f) | 0x40);
	uuid.bytes[8] = (uint8_t)((uuid.bytes[8] & 0x3f) | 0x80);
	return uuid;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool is_dash_position(size_t at)
{
	return at == 8 || at == 13 || at == 18 || at == 23;
}

bool uuid_parse(struct str text, struct uuid *uuid)
{
	if (text.len != UUID_TEXT_BYTES)
		return false;
	struct uuid read = {0};
	size_t digit = 0;
	for (size_t i = 0; i < UUID_TEXT_BYTES; i++) {
		if (is_dash_position(i)) {
			if (text.ptr[i] != '-')
				return false;
			continue;
		}
		int value = hex_value(text.ptr[i]);
		if (value < 0)
			return false;
		read.bytes[digit / 2] = (uint8_t)(read.bytes[digit / 2] << 4 | value);
		digit++;
	}
	*uuid = read;
	return true;
}

struct str uuid_format(struct arena *arena, struct uuid uuid)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_new_array(arena, char, UUID_TEXT_BYTES);
	size_t digit = 0;
	for (size_t i = 0; i < UUID_TEXT_BYTES; i++) {
		if (is_dash_position(i)) {
			text[i] = '-';
			continue;
		}
		uint8_t byte = uuid.bytes[digit / 2];
		text[i] = digits[digit % 2 == 0 ? byte >> 4 : byte & 15];
		digit++;
	}
	return (struct str){text, UUID_TEXT_BYTES};
}

bool uuid_equal(struct uuid a, struct uuid b)
{
	return uuid_compare(a, b) == 0;
}

bool uuid_is_nil(struct uuid uuid)
{
	return uuid_equal(uuid, (struct uuid){0});
}

int uuid_compare(struct uuid a, struct uuid b)
{
	return memcmp(a.bytes, b.bytes, sizeof(a.bytes));
}
