/* The names that both ends use. */
#include "sync/sync_http.h"

#include "crypto/secret.h"

#define STATE_BYTES 8 /* of a hash: it finds accidents */

const char *sync_http_tag(
	struct arena *arena, const struct hub_position *position, const struct hash *erasures)
{
	return str_format(arena, "W/\"%.*s-%lld-%.*s-%.*s\"",
		STR_ARG(secret_to_hex(arena, position->epoch, WRITER_PART_BYTES)),
		(long long)position->hub_seq,
		STR_ARG(secret_to_hex(arena, position->state.bytes, STATE_BYTES)),
		STR_ARG(secret_to_hex(arena, erasures->bytes, STATE_BYTES)))
		.ptr;
}
