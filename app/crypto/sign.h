/* Signatures (Ed25519, RFC 8032) through libsodium, which refuses what more than one signature
 * could stand for: keys of low order and numbers that are not reduced. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SIGN_KEY_BYTES 32
#define SIGN_SEED_BYTES 32
#define SIGNATURE_BYTES 64

struct sign_key { /* public: who has it can check */
	uint8_t bytes[SIGN_KEY_BYTES];
};
struct sign_secret {
	uint8_t seed[SIGN_SEED_BYTES]; /* all that has to be kept: sign_pair_from_seed() */
	uint8_t open[SIGN_KEY_BYTES]; /* the public key, which every signature needs too */
};
struct sign_pair {
	struct sign_key open;
	struct sign_secret secret;
};
struct signature {
	uint8_t bytes[SIGNATURE_BYTES];
};

/* A fresh pair from the kernel's randomness. Wipe it with sign_pair_wipe() when done. */
struct sign_pair sign_pair_create(void);
/* The pair of a seed, always the same one: of a kept secret, in tests and in a simulation. */
struct sign_pair sign_pair_from_seed(const uint8_t seed[SIGN_SEED_BYTES]);
/* Forgets the secret part. NULL is fine, so CLEANUP(sign_pair_wipe) fits. */
void sign_pair_wipe(struct sign_pair *pair);

/* The same bytes under the same secret give the same signature. */
struct signature sign_bytes(const struct sign_secret *secret, const void *bytes, size_t count);
bool sign_verify(const struct sign_key *key, const struct signature *signature, const void *bytes,
	size_t count);
