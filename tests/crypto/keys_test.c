/* Keys and boxes: what is closed opens with the right key only, and files survive the round trip.
 */
#include "crypto/keys.h"
#include "crypto/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct key_set set;
static struct secret_key_set secret;
static struct arena arena;

static int make_keys(void **state)
{
	(void)state;
	key_set_create(key_month(2026, 11), &set, &secret);
	return 0;
}

static int forget(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static void box_opens_with_its_key_only(void **state)
{
	(void)state;
	struct error err = {0};
	struct str plain, box = seal_close(&arena, &set.months[3], STR("Fatma, 06 12345678"));
	assert_int_equal(box.len, 18 + SEAL_OVERHEAD_BYTES);
	assert_int_equal(str_find(box, STR("Fatma")), -1);
	assert_true(seal_open(&arena, &secret.months[3], box, &plain, &err));
	assert_true(str_equal(plain, STR("Fatma, 06 12345678")));
	assert_false(seal_open(&arena, &secret.months[4], box, &plain, &err));
	assert_int_equal(err.code, ERROR_KEY);
	((char *)(uintptr_t)box.ptr)[box.len - 1] ^= 1;
	assert_false(seal_open(&arena, &secret.months[3], box, &plain, &err));
	assert_false(seal_open(&arena, &secret.months[3], STR("short"), &plain, &err));
}

static void commitment_hides_and_binds(void **state)
{
	(void)state;
	uint8_t salt[SEAL_SALT_BYTES], other[SEAL_SALT_BYTES];
	struct hash a = seal_commit(salt, STR("box")), b = seal_commit(other, STR("box"));
	assert_memory_not_equal(a.bytes, b.bytes, HASH_BYTES);
	assert_true(seal_matches(&a, salt, STR("box")));
	assert_false(seal_matches(&a, other, STR("box")));
	assert_false(seal_matches(&a, salt, STR("bow")));
}

static void hash_is_blake2b(void **state)
{
	(void)state;
	/* BLAKE2b-256 of "abc", from the reference implementation. */
	struct hash hash = hash_of(STR(""), "abc", 3);
	assert_true(str_equal(secret_to_hex(&arena, hash.bytes, HASH_BYTES),
		STR("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")));
	struct hasher pieces;
	hash_start(&pieces, STR(""));
	hash_add(&pieces, "a", 1);
	hash_add(&pieces, "bc", 2);
	struct hash same = hash_finish(&pieces);
	assert_memory_equal(hash.bytes, same.bytes, HASH_BYTES);
	struct hash keyed = hash_of(STR("key"), "abc", 3);
	assert_memory_not_equal(hash.bytes, keyed.bytes, HASH_BYTES);
}

static void month_picks_the_key(void **state)
{
	(void)state;
	bool used_up;
	assert_ptr_equal(key_set_pick(&set, key_month(1970, 1), &used_up), &set.months[0]);
	assert_false(used_up);
	assert_ptr_equal(key_set_pick(&set, key_month(2027, 1), &used_up), &set.months[2]);
	assert_ptr_equal(key_set_pick(&set, key_month(2028, 10), &used_up), &set.months[23]);
	assert_false(used_up);
	assert_ptr_equal(key_set_pick(&set, key_month(2028, 11), &used_up), &set.months[23]);
	assert_true(used_up);
}

static void public_file_round_trip(void **state)
{
	(void)state;
	struct key_set read;
	struct error err = {0};
	struct str text = key_set_format(&arena, &set);
	assert_true(key_set_parse(text, &read, &err));
	assert_memory_equal(&read, &set, sizeof(set));
	for (size_t cut = 0; cut + 1 < text.len; cut++)
		assert_false(key_set_parse(str_slice(text, 0, cut), &read, &err));
	assert_false(key_set_parse(str_format(&arena, "%.*sx", STR_ARG(text)), &read, &err));
	assert_non_null(strstr(err.message, "line 27"));
}

static void public_file_refuses_useless_keys(void **state)
{
	(void)state;
	struct key_set bad = set, read;
	struct error err = {0};
	memset(&bad.months[1], 0, sizeof(bad.months[1])); /* a point of low order */
	assert_false(key_set_parse(key_set_format(&arena, &bad), &read, &err));
	assert_int_equal(err.code, ERROR_PARSE);
	assert_non_null(strstr(err.message, "line 4"));
	assert_false(key_set_parse(STR("buurtbord-public-keys 2\n"), &read, &err));
	assert_int_equal(err.code, ERROR_UNSUPPORTED);
}

static void locked_file_needs_the_passphrase(void **state)
{
	(void)state;
	struct secret_key_set read;
	struct error err = {0};
	struct str text;
	assert_false(key_set_lock(&arena, &secret, STR("short"), &text, &err));
	assert_int_equal(err.code, ERROR_REFUSED);
	assert_true(key_set_lock(&arena, &secret, STR("vier groene stoelen"), &text, &err));
	assert_true(text.len < KEY_FILE_LIMIT_BYTES);
	struct str key_hex = secret_to_hex(&arena, secret.months[0].bytes, 32);
	assert_int_equal(str_find(text, key_hex), -1);
	assert_true(key_set_unlock(text, STR("vier groene stoelen"), &read, &err));
	assert_memory_equal(&read, &secret, sizeof(read));
	struct public_key public = key_pair_public(&read.months[7]);
	assert_memory_equal(public.bytes, set.months[7].bytes, 32);

	assert_false(key_set_unlock(text, STR("vijf groene stoelen"), &read, &err));
	assert_int_equal(err.code, ERROR_KEY);
	/* Another first month in the clear part does not open. */
	ptrdiff_t at = str_find(text, STR("2026-11"));
	char *changed = (char *)(uintptr_t)str_z(&arena, text);
	changed[at + 6] = '2';
	assert_false(key_set_unlock(str_from(changed), STR("vier groene stoelen"), &read, &err));
	assert_int_equal(err.code, ERROR_KEY);
}

static void a_destroyed_month_opens_nothing(void **state)
{
	(void)state;
	struct error err = {0};
	struct secret_key_set left = secret;
	struct str plain, box = seal_close(&arena, &set.months[3], STR("Fatma, 06 12345678"));
	struct str other = seal_close(&arena, &set.months[4], STR("Fatma"));
	assert_true(key_set_destroy(&left, set.first_month + 3));
	assert_false(seal_open(&arena, &left.months[3], box, &plain, &err));
	assert_true(seal_open(&arena, &left.months[4], other, &plain, &err));
	assert_false(key_set_destroy(&left, set.first_month - 1));
	assert_false(key_set_destroy(&left, set.first_month + KEY_MONTHS));
}

static void greedy_file_is_refused(void **state)
{
	(void)state;
	struct secret_key_set read;
	struct error err = {0};
	assert_false(key_set_unlock(
		STR("buurtbord-secret-keys 1\nset 0011223344556677\nfirst 2026-11\n"
		    "argon2id 3 99999999 00112233445566778899aabbccddeeff\nlocked 00\n"),
		STR("vier groene stoelen"), &read, &err));
	assert_int_equal(err.code, ERROR_PARSE);
	assert_non_null(strstr(err.message, "line 4"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(box_opens_with_its_key_only),
		cmocka_unit_test(commitment_hides_and_binds),
		cmocka_unit_test(hash_is_blake2b),
		cmocka_unit_test(month_picks_the_key),
		cmocka_unit_test(public_file_round_trip),
		cmocka_unit_test(public_file_refuses_useless_keys),
		cmocka_unit_test(locked_file_needs_the_passphrase),
		cmocka_unit_test(a_destroyed_month_opens_nothing),
		cmocka_unit_test(greedy_file_is_refused),
	};
	return cmocka_run_group_tests(tests, make_keys, forget);
}
