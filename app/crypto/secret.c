/* The small doors to libsodium. It starts by itself at first use: a kernel without randomness ends
 * the program there, before anything could be sealed with a guessable key. */
#include "crypto/secret.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

void secret_ready(void)
{
	if (sodium_init() < 0) {
		fprintf(stderr, "libsodium does not start\n");
		abort();
	}
}

void secret_random(void *bytes, size_t count)
{
	secret_ready();
	randombytes_buf(bytes, count);
}

bool secret_equal(const void *a, const void *b, size_t count)
{
	secret_ready();
	return sodium_memcmp(a, b, count) == 0;
}

void secret_wipe(void *bytes, size_t count)
{
	sodium_memzero(bytes, count);
}

struct str secret_to_hex(struct arena *arena, const void *bytes, size_t count)
{
	char *text = arena_alloc(arena, count * 2 + 1);
	sodium_bin2hex(text, count * 2 + 1, bytes, count);
	return (struct str){text, count * 2};
}

bool secret_from_hex(struct str text, void *bytes, size_t count)
{
	size_t got = 0;
	return text.len == count * 2 &&
	       sodium_hex2bin(bytes, count, text.ptr, text.len, NULL, &got, NULL) == 0 &&
	       got == count;
}
