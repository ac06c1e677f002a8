/* Sealed boxes (libsodium crypto_box_seal: X25519, XSalsa20-Poly1305 with an ephemeral key): who
 * holds the public key can close one and cannot open it again. */
#pragma once
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "crypto/hash.h"

#include <stdbool.h>
#include <stdint.h>

#define SEAL_OVERHEAD_BYTES 48
#define SEAL_SALT_BYTES 16

struct public_key {
	uint8_t bytes[32];
};
struct secret_key {
	uint8_t bytes[32];
};
struct key_pair {
	struct public_key open;
	struct secret_key secret;
};

/* A fresh pair from the kernel's randomness. Wipe .secret when done. */
struct key_pair key_pair_create(void);
struct public_key key_pair_public(const struct secret_key *secret);

/* plain.len + SEAL_OVERHEAD_BYTES bytes in the arena. */
struct str seal_close(struct arena *arena, const struct public_key *key, struct str plain);
/* ERROR_KEY when the box is of another key or not whole. */
bool seal_open(struct arena *arena, const struct secret_key *key, struct str box, struct str *plain,
	struct error *err);

/* The same into memory of the caller's, who wipes it: for what must lie in locked pages. False also
 * when it has no room. */
bool seal_open_into(const struct secret_key *key, struct str box, char *plain, size_t room_bytes,
	size_t *plain_bytes);

/* What a public log may hold of a box: BLAKE2b(salt || box). Erasing salt and box leaves a number
 * that says nothing. The salt is drawn here. */
struct hash seal_commit(uint8_t salt[SEAL_SALT_BYTES], struct str box);
/* Whether box and salt are the ones committed to. */
bool seal_matches(
	const struct hash *commitment, const uint8_t salt[SEAL_SALT_BYTES], struct str box);
