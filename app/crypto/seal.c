/* Closing and opening sealed boxes, and the commitment that stands for one in the log. */
#include "crypto/seal.h"

#include "crypto/secret.h"

#include <assert.h>
#include <sodium.h>

static_assert(sizeof(struct public_key) == crypto_box_PUBLICKEYBYTES, "size of a public key");
static_assert(sizeof(struct secret_key) == crypto_box_SECRETKEYBYTES, "size of a secret key");
static_assert(SEAL_OVERHEAD_BYTES == crypto_box_SEALBYTES, "size of a seal");

struct key_pair key_pair_create(void)
{
	struct key_pair pair;
	secret_ready();
	crypto_box_keypair(pair.open.bytes, pair.secret.bytes);
	return pair;
}

struct public_key key_pair_public(const struct secret_key *secret)
{
	struct public_key key;
	secret_ready();
	crypto_scalarmult_base(key.bytes, secret->bytes);
	return key;
}

struct str seal_close(struct arena *arena, const struct public_key *key, struct str plain)
{
	size_t size = plain.len + SEAL_OVERHEAD_BYTES;
	unsigned char *box = arena_alloc(arena, size);
	secret_ready();
	/* It fails only on a public key of low order, which key_set_parse() lets nobody bring in.
	 */
	int failed = crypto_box_seal(box, (const unsigned char *)plain.ptr, plain.len, key->bytes);
	assert(!failed);
	return (struct str){(char *)box, size};
}

bool seal_open(struct arena *arena, const struct secret_key *key, struct str box, struct str *plain,
	struct error *err)
{
	if (box.len < SEAL_OVERHEAD_BYTES)
		return error_set(err, ERROR_KEY, "a sealed box of %zu bytes is not whole", box.len);
	size_t size = box.len - SEAL_OVERHEAD_BYTES;
	unsigned char *out = arena_alloc(arena, size);
	struct public_key open = key_pair_public(key);
	if (crypto_box_seal_open(
		    out, (const unsigned char *)box.ptr, box.len, open.bytes, key->bytes) != 0)
		return error_set(err, ERROR_KEY, "this key does not open the sealed box");
	*plain = (struct str){(char *)out, size};
	return true;
}

bool seal_open_into(const struct secret_key *key, struct str box, char *plain, size_t room_bytes,
	size_t *plain_bytes)
{
	if (box.len < SEAL_OVERHEAD_BYTES || box.len - SEAL_OVERHEAD_BYTES > room_bytes)
		return false;
	struct public_key open = key_pair_public(key);
	*plain_bytes = box.len - SEAL_OVERHEAD_BYTES;
	return crypto_box_seal_open((unsigned char *)plain, (const unsigned char *)box.ptr, box.len,
		       open.bytes, key->bytes) == 0;
}

static struct hash commitment_of(const uint8_t salt[SEAL_SALT_BYTES], struct str box)
{
	struct hasher hasher;
	hash_start(&hasher, STR(""));
	hash_add(&hasher, salt, SEAL_SALT_BYTES);
	hash_add(&hasher, box.ptr, box.len);
	return hash_finish(&hasher);
}

struct hash seal_commit(uint8_t salt[SEAL_SALT_BYTES], struct str box)
{
	secret_random(salt, SEAL_SALT_BYTES);
	return commitment_of(salt, box);
}

bool seal_matches(
	const struct hash *commitment, const uint8_t salt[SEAL_SALT_BYTES], struct str box)
{
	struct hash found = commitment_of(salt, box);
	return secret_equal(&found, commitment, sizeof(found));
}
