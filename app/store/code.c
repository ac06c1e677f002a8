/* Codes: drawn, hashed, and read back as people type them. */
#include "store/code.h"

#include <string.h>

static const char alphabet[] = "23456789CDFHJKMNPRTVWXY";

void code_draw(struct env *env, char code[CODE_CHARS + 1])
{
	for (int i = 0; i < CODE_CHARS; i++)
		code[i] = alphabet[env_random_below(env, sizeof(alphabet) - 1)];
	code[CODE_CHARS] = '\0';
}

struct hash code_hash(const struct store *store, const char code[CODE_CHARS])
{
	struct str key = {(const char *)store->code_key.bytes, HASH_BYTES};
	return hash_of(key, code, CODE_CHARS);
}

bool code_normal(struct str typed, char code[CODE_CHARS])
{
	size_t used = 0;
	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.ptr[i];
		if (c == ' ' || c == '-')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (used == CODE_CHARS || c == '\0' || !strchr(alphabet, c))
			return false;
		code[used++] = c;
	}
	return used == CODE_CHARS;
}

bool code_is_taken(struct sql *db, const struct hash *hash, bool *taken, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT 1 FROM registration WHERE code_hash = :code_hash"
			      " UNION ALL SELECT 1 FROM wish WHERE code_hash = :code_hash");
	sql_bind_blob(q, ":code_hash", hash->bytes, HASH_BYTES);
	*taken = sql_next(q, err);
	return !sql_failed(q);
}
