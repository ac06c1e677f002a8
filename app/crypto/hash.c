/* BLAKE2b by libsodium's generic hash, with its state hidden so that sodium.h stays in here. */
#include "crypto/hash.h"

#include "crypto/secret.h"

#include <assert.h>
#include <sodium.h>

static_assert(sizeof(struct hasher) >= sizeof(crypto_generichash_state), "room for the state");
static_assert(alignof(struct hasher) >= alignof(crypto_generichash_state), "aligned for it");

static crypto_generichash_state *state_of(struct hasher *hasher)
{
	return (crypto_generichash_state *)(void *)hasher->state;
}

void hash_start(struct hasher *hasher, struct str key)
{
	secret_ready();
	assert(key.len <= crypto_generichash_KEYBYTES_MAX);
	crypto_generichash_init(
		state_of(hasher), (const unsigned char *)key.ptr, key.len, HASH_BYTES);
}

void hash_add(struct hasher *hasher, const void *bytes, size_t count)
{
	if (count)
		crypto_generichash_update(state_of(hasher), bytes, count);
}

void hash_add_u64(struct hasher *hasher, uint64_t number)
{
	unsigned char bytes[8];
	for (int i = 0; i < 8; i++)
		bytes[i] = (unsigned char)(number >> (8 * i));
	hash_add(hasher, bytes, sizeof(bytes));
}

struct hash hash_finish(struct hasher *hasher)
{
	struct hash hash;
	crypto_generichash_final(state_of(hasher), hash.bytes, HASH_BYTES);
	secret_wipe(hasher, sizeof(*hasher)); /* it holds the last bytes of what was hashed */
	return hash;
}

struct hash hash_of(struct str key, const void *bytes, size_t count)
{
	struct hasher hasher;
	hash_start(&hasher, key);
	hash_add(&hasher, bytes, count);
	return hash_finish(&hasher);
}
