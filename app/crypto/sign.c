/* Ed25519 by libsodium. Its secret key is the seed with the public key behind it, which is what
 * struct sign_secret is. */
#include "crypto/sign.h"

#include "crypto/secret.h"

#include <assert.h>
#include <sodium.h>

static_assert(SIGN_KEY_BYTES == crypto_sign_PUBLICKEYBYTES, "size of a public key");
static_assert(SIGN_SEED_BYTES == crypto_sign_SEEDBYTES, "size of a seed");
static_assert(SIGNATURE_BYTES == crypto_sign_BYTES, "size of a signature");
static_assert(sizeof(struct sign_secret) == crypto_sign_SECRETKEYBYTES, "size of a secret key");

struct sign_pair sign_pair_create(void)
{
	uint8_t seed[SIGN_SEED_BYTES];
	secret_random(seed, sizeof(seed));
	struct sign_pair pair = sign_pair_from_seed(seed);
	secret_wipe(seed, sizeof(seed));
	return pair;
}

struct sign_pair sign_pair_from_seed(const uint8_t seed[SIGN_SEED_BYTES])
{
	struct sign_pair pair;
	secret_ready();
	crypto_sign_seed_keypair(pair.open.bytes, (unsigned char *)&pair.secret, seed);
	return pair;
}

void sign_pair_wipe(struct sign_pair *pair)
{
	if (pair)
		secret_wipe(&pair->secret, sizeof(pair->secret));
}

struct signature sign_bytes(const struct sign_secret *secret, const void *bytes, size_t count)
{
	struct signature signature;
	secret_ready();
	crypto_sign_detached(
		signature.bytes, NULL, bytes, count, (const unsigned char *)(const void *)secret);
	return signature;
}

bool sign_verify(const struct sign_key *key, const struct signature *signature, const void *bytes,
	size_t count)
{
	secret_ready();
	return crypto_sign_verify_detached(signature->bytes, bytes, count, key->bytes) == 0;
}
