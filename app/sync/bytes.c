/* Every read goes through bytes_get_view(), the one place that compares with the end. Varints are
 * LEB128 as in DWARF, with two things that DWARF allows refused: a longer form than needed, because
 * two spellings of one frame would have two hashes, and numbers that no sum can hold. */
#include "sync/bytes.h"

#include <assert.h>
#include <string.h>

#define VARINT_BYTES_MOST 9 /* 63 bits */

struct bytes_reader bytes_reader_of(struct str bytes)
{
	return (struct bytes_reader){.bytes = bytes};
}

bool bytes_ok(const struct bytes_reader *r)
{
	return r->wrong == NULL;
}

size_t bytes_left(const struct bytes_reader *r)
{
	return r->bytes.len - r->at;
}

void bytes_wrong(struct bytes_reader *r, size_t at, const char *why)
{
	if (r->wrong)
		return;
	r->wrong = why;
	r->wrong_at = at;
}

bool bytes_reader_done(const struct bytes_reader *r, const char *what, struct error *err)
{
	if (bytes_ok(r))
		return true;
	return error_set(err, ERROR_PARSE, "%s, byte %zu: %s", what, r->wrong_at, r->wrong);
}

struct str bytes_get_view(struct bytes_reader *r, size_t count)
{
	if (bytes_ok(r) && count > bytes_left(r))
		bytes_wrong(r, r->at, "ends too early");
	if (!bytes_ok(r))
		return (struct str){"", 0};
	struct str view = {r->bytes.ptr + r->at, count};
	r->at += count;
	return view;
}

void bytes_get(struct bytes_reader *r, void *out, size_t count)
{
	struct str view = bytes_get_view(r, count);
	memset(out, 0, count - view.len);
	if (view.len)
		memcpy(out, view.ptr, view.len);
}

uint8_t bytes_get_u8(struct bytes_reader *r)
{
	uint8_t byte;
	bytes_get(r, &byte, 1);
	return byte;
}

uint32_t bytes_get_u32(struct bytes_reader *r)
{
	uint8_t bytes[4];
	bytes_get(r, bytes, sizeof(bytes));
	return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
	       (uint32_t)bytes[3] << 24;
}

static uint64_t get_varint(struct bytes_reader *r)
{
	size_t start = r->at;
	uint64_t number = 0;
	for (int i = 0; i < VARINT_BYTES_MOST; i++) {
		uint8_t byte = bytes_get_u8(r);
		number |= (uint64_t)(byte & 0x7f) << (7 * i);
		if (byte & 0x80)
			continue;
		if (byte == 0 && i > 0)
			bytes_wrong(r, start, "a number in a longer form than it needs");
		return number;
	}
	bytes_wrong(r, start, "a number of more than nine bytes");
	return 0;
}

int64_t bytes_get_number(struct bytes_reader *r, int64_t least, int64_t most)
{
	assert(most < BYTES_NUMBER_LIMIT);
	size_t start = r->at;
	int64_t number = (int64_t)get_varint(r);
	if (number < least)
		bytes_wrong(r, start, "a number is too low");
	if (number > most)
		bytes_wrong(r, start, "a number is too high");
	return bytes_ok(r) ? number : least;
}

size_t bytes_get_count(struct bytes_reader *r, size_t least, size_t most)
{
	return (size_t)bytes_get_number(r, (int64_t)least, (int64_t)most);
}

int64_t bytes_get_step(struct bytes_reader *r, int64_t before)
{
	size_t start = r->at;
	uint64_t folded = get_varint(r);
	int64_t step = folded & 1 ? -(int64_t)(folded >> 1) - 1 : (int64_t)(folded >> 1);
	/* Below 2^62 either way, and so is `before`: the sum is an int64_t. */
	int64_t number = before + step;
	if (number <= -BYTES_NUMBER_LIMIT || number >= BYTES_NUMBER_LIMIT)
		bytes_wrong(r, start, "a step leads too far");
	return bytes_ok(r) ? number : before;
}

struct str bytes_get_sized(struct bytes_reader *r, size_t most)
{
	return bytes_get_view(r, bytes_get_count(r, 0, most));
}

struct str bytes_get_text(struct bytes_reader *r, size_t most)
{
	size_t start = r->at;
	struct str text = bytes_get_sized(r, most);
	if (!str_is_utf8(text))
		bytes_wrong(r, start, "a text that is not UTF-8");
	return bytes_ok(r) ? text : (struct str){"", 0};
}

void bytes_put(struct str_builder *b, const void *bytes, size_t count)
{
	str_builder_add(b, (struct str){bytes, count});
}

void bytes_put_u8(struct str_builder *b, uint8_t number)
{
	bytes_put(b, &number, 1);
}

void bytes_put_u32(struct str_builder *b, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		bytes_put_u8(b, (uint8_t)(number >> (8 * i)));
}

static void put_varint(struct str_builder *b, uint64_t number)
{
	for (; number >= 0x80; number >>= 7)
		bytes_put_u8(b, (uint8_t)(number | 0x80));
	bytes_put_u8(b, (uint8_t)number);
}

void bytes_put_number(struct str_builder *b, int64_t number)
{
	assert(number >= 0 && number < BYTES_NUMBER_LIMIT);
	put_varint(b, (uint64_t)number);
}

void bytes_put_time(struct str_builder *b, int64_t ms)
{
	int64_t most = BYTES_NUMBER_LIMIT - 1;
	bytes_put_number(b, ms < 0 ? 0 : ms > most ? most : ms);
}

void bytes_put_step(struct str_builder *b, int64_t before, int64_t number)
{
	assert(before > -BYTES_NUMBER_LIMIT && before < BYTES_NUMBER_LIMIT);
	assert(number > -BYTES_NUMBER_LIMIT && number < BYTES_NUMBER_LIMIT);
	int64_t step = number - before;
	put_varint(b, step < 0 ? (uint64_t)(-(step + 1)) * 2 + 1 : (uint64_t)step * 2);
}

void bytes_put_sized(struct str_builder *b, struct str bytes)
{
	bytes_put_number(b, (int64_t)bytes.len);
	str_builder_add(b, bytes);
}
