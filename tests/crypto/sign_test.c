/* Signatures: the numbers of RFC 8032, and nothing else passes. */
#include "crypto/secret.h"
#include "crypto/sign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* RFC 8032 7.1, tests 2 and 3. */
static const struct {
	const char *seed, *open, *message, *signature;
} vectors[] = {
	{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
		"3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
		"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
		"085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
	{"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
		"fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
		"6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
		"18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
};

static void signs_as_the_rfc(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		uint8_t seed[SIGN_SEED_BYTES], message[2];
		struct sign_key open;
		struct signature expected;
		size_t count = strlen(vectors[i].message) / 2;
		assert_true(secret_from_hex(str_from(vectors[i].seed), seed, sizeof(seed)));
		assert_true(secret_from_hex(str_from(vectors[i].open), &open, sizeof(open)));
		assert_true(secret_from_hex(str_from(vectors[i].message), message, count));
		assert_true(secret_from_hex(
			str_from(vectors[i].signature), &expected, sizeof(expected)));
		struct sign_pair pair = sign_pair_from_seed(seed);
		assert_memory_equal(&pair.open, &open, sizeof(open));
		struct signature made = sign_bytes(&pair.secret, message, count);
		assert_memory_equal(&made, &expected, sizeof(expected));
		assert_true(sign_verify(&open, &expected, message, count));
	}
}

static void every_changed_bit_is_seen(void **state)
{
	(void)state;
	struct sign_pair pair = sign_pair_create();
	uint8_t message[32] = "thirty-two bytes of a frame";
	struct signature signature = sign_bytes(&pair.secret, message, sizeof(message));
	assert_true(sign_verify(&pair.open, &signature, message, sizeof(message)));
	for (size_t bit = 0; bit < 8 * sizeof(message); bit++) {
		message[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(sign_verify(&pair.open, &signature, message, sizeof(message)));
		message[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < 8 * sizeof(signature); bit++) {
		signature.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
		assert_false(sign_verify(&pair.open, &signature, message, sizeof(message)));
		signature.bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
	}
	assert_false(sign_verify(&pair.open, &signature, message, sizeof(message) - 1));
	struct sign_pair other = sign_pair_create();
	assert_false(sign_verify(&other.open, &signature, message, sizeof(message)));
}

/* A key of low order would fit signatures that nobody made. */
static void a_key_of_low_order_fits_nothing(void **state)
{
	(void)state;
	struct sign_key key = {{1}};
	struct signature signature = {{1}};
	assert_false(sign_verify(&key, &signature, "", 0));
}

static void the_secret_is_wiped(void **state)
{
	(void)state;
	struct sign_pair pair = sign_pair_create();
	static const struct sign_secret nothing;
	assert_memory_not_equal(&pair.secret, &nothing, sizeof(nothing));
	sign_pair_wipe(&pair);
	assert_memory_equal(&pair.secret, &nothing, sizeof(nothing));
	sign_pair_wipe(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_as_the_rfc),
		cmocka_unit_test(every_changed_bit_is_seen),
		cmocka_unit_test(a_key_of_low_order_fits_nothing),
		cmocka_unit_test(the_secret_is_wiped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
