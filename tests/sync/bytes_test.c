/* The primitives: what is written comes back, and nothing else is read. */
#include "sync/bytes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct arena arena;

static int forget(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static const int64_t numbers[] = {0, 1, 2, 127, 128, 255, 256, 16383, 16384, 65535, 65536,
	INT32_MAX, (int64_t)1 << 35, ((int64_t)1 << 56) - 1, (int64_t)1 << 56,
	BYTES_NUMBER_LIMIT - 1};
#define NUMBER_COUNT (sizeof(numbers) / sizeof(numbers[0]))

/* The bytes in a block of exactly their size, so that AddressSanitizer sees one too many. */
static struct str boxed(struct str bytes)
{
	char *box = malloc(bytes.len ? bytes.len : 1);
	for (size_t i = 0; i < bytes.len; i++)
		box[i] = bytes.ptr[i];
	return (struct str){box, bytes.len};
}

static void unbox(struct str *box)
{
	free((char *)(uintptr_t)box->ptr);
}

static void numbers_come_back(void **state)
{
	(void)state;
	struct str_builder b = {.arena = &arena};
	for (size_t i = 0; i < NUMBER_COUNT; i++)
		bytes_put_number(&b, numbers[i]);
	for (size_t i = 0; i < NUMBER_COUNT; i++)
		for (size_t j = 0; j < NUMBER_COUNT; j++) {
			bytes_put_step(&b, numbers[i], -numbers[j]);
			bytes_put_step(&b, -numbers[i], numbers[j]);
		}
	bytes_put_u32(&b, 0x89abcdef);
	CLEANUP(unbox) struct str box = boxed(str_builder_text(&b));
	struct bytes_reader r = bytes_reader_of(box);
	for (size_t i = 0; i < NUMBER_COUNT; i++)
		assert_int_equal(bytes_get_number(&r, 0, BYTES_NUMBER_LIMIT - 1), numbers[i]);
	for (size_t i = 0; i < NUMBER_COUNT; i++)
		for (size_t j = 0; j < NUMBER_COUNT; j++) {
			assert_int_equal(bytes_get_step(&r, numbers[i]), -numbers[j]);
			assert_int_equal(bytes_get_step(&r, -numbers[i]), numbers[j]);
		}
	assert_int_equal(bytes_get_u32(&r), 0x89abcdef);
	assert_true(bytes_reader_done(&r, "numbers", NULL));
	assert_int_equal(bytes_left(&r), 0);
}

/* What LEB128 must look like, by hand. */
static void numbers_have_their_known_bytes(void **state)
{
	(void)state;
	struct str_builder b = {.arena = &arena};
	bytes_put_number(&b, 624485);
	bytes_put_step(&b, 0, -1);
	bytes_put_step(&b, 0, 1);
	bytes_put_step(&b, 10, -55);
	bytes_put_u32(&b, 1);
	assert_true(str_equal(str_builder_text(&b), STR("\xe5\x8e\x26\x01\x02\x81\x01\x01\0\0\0")));
}

struct refused {
	struct str bytes;
	const char *why;
};

static void check_refused(const struct refused *row, int64_t least, int64_t most)
{
	struct error err = {0};
	CLEANUP(unbox) struct str box = boxed(row->bytes);
	struct bytes_reader r = bytes_reader_of(box);
	assert_int_equal(bytes_get_number(&r, least, most), least);
	assert_false(bytes_reader_done(&r, "it", &err));
	assert_int_equal(err.code, ERROR_PARSE);
	assert_string_equal(err.message, row->why);
	size_t at = r.at;
	assert_int_equal(bytes_get_u8(&r), 0); /* nothing is read after an error */
	assert_int_equal(r.at, at);
}

static void other_spellings_are_refused(void **state)
{
	(void)state;
	static const struct refused rows[] = {
		{STR_CONST(""), "it, byte 0: ends too early"},
		{STR_CONST("\x80"), "it, byte 1: ends too early"},
		{STR_CONST("\x80\x00"), "it, byte 0: a number in a longer form than it needs"},
		{STR_CONST("\xff\x80\x00"), "it, byte 0: a number in a longer form than it needs"},
		{STR_CONST("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"),
			"it, byte 0: a number of more than nine bytes"},
		{STR_CONST("\xff\xff\xff\xff\xff\xff\xff\xff\x7f"),
			"it, byte 0: a number is too high"},
		{STR_CONST("\x65"), "it, byte 0: a number is too high"},
		{STR_CONST("\x06"), "it, byte 0: a number is too low"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check_refused(&rows[i], 7, 100);
}

static void steps_stay_in_range(void **state)
{
	(void)state;
	struct str_builder b = {.arena = &arena};
	bytes_put_step(&b, 0, 1);
	bytes_put_step(&b, 0, -1);
	struct bytes_reader r = bytes_reader_of(str_builder_text(&b));
	assert_int_equal(bytes_get_step(&r, BYTES_NUMBER_LIMIT - 1), BYTES_NUMBER_LIMIT - 1);
	assert_false(bytes_ok(&r));
	r = bytes_reader_of(str_slice(str_builder_text(&b), 1, 2));
	bytes_get_step(&r, -BYTES_NUMBER_LIMIT + 1);
	assert_false(bytes_ok(&r));
	/* The longest step there is, from either end. */
	struct str longest = STR("\xff\xff\xff\xff\xff\xff\xff\xff\x7f");
	r = bytes_reader_of(longest);
	bytes_get_step(&r, -BYTES_NUMBER_LIMIT + 1);
	assert_false(bytes_ok(&r));
	r = bytes_reader_of(STR("\xfe\xff\xff\xff\xff\xff\xff\xff\x7f"));
	bytes_get_step(&r, BYTES_NUMBER_LIMIT - 1);
	assert_false(bytes_ok(&r));
}

static void texts_are_utf8_and_bounded(void **state)
{
	(void)state;
	struct str_builder b = {.arena = &arena};
	bytes_put_sized(&b, STR("café"));
	CLEANUP(unbox) struct str box = boxed(str_builder_text(&b));
	struct bytes_reader r = bytes_reader_of(box);
	assert_true(str_equal(bytes_get_text(&r, 5), STR("café")));
	assert_true(bytes_ok(&r));
	r = bytes_reader_of(box);
	assert_int_equal(bytes_get_text(&r, 4).len, 0);
	assert_false(bytes_ok(&r));
	r = bytes_reader_of(str_slice(box, 0, 5));
	assert_int_equal(bytes_get_text(&r, 5).len, 0);
	assert_false(bytes_ok(&r));
	r = bytes_reader_of(STR("\x02\xc3\x28"));
	assert_int_equal(bytes_get_text(&r, 80).len, 0);
	assert_false(bytes_ok(&r));
	r = bytes_reader_of(STR("\x02\xc3\x28"));
	assert_int_equal(bytes_get_sized(&r, 80).len, 2);
	assert_true(bytes_ok(&r));
}

static void an_early_end_gives_zeroes(void **state)
{
	(void)state;
	uint8_t out[4] = {1, 2, 3, 4};
	struct bytes_reader r = bytes_reader_of(STR("abc"));
	bytes_get(&r, out, sizeof(out));
	static const uint8_t zeroes[4];
	assert_memory_equal(out, zeroes, sizeof(out));
	assert_false(bytes_ok(&r));
	bytes_wrong(&r, 77, "later"); /* the first one counts */
	assert_int_equal(r.wrong_at, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_come_back),
		cmocka_unit_test(numbers_have_their_known_bytes),
		cmocka_unit_test(other_spellings_are_refused),
		cmocka_unit_test(steps_stay_in_range),
		cmocka_unit_test(texts_are_utf8_and_bounded),
		cmocka_unit_test(an_early_end_gives_zeroes),
	};
	return cmocka_run_group_tests(tests, NULL, forget);
}
