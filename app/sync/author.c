/* From a store's identity to signatures. */
#include "sync/author.h"

#include "crypto/secret.h"

#include <string.h>

bool author_of(struct store *store, struct author *author, struct error *err)
{
	static const uint8_t none[WRITER_PART_BYTES];
	struct identity *i = &author->identity;
	if (!store_identity(store, i, err))
		return false;
	if (memcmp(i->organisation, none, sizeof(none)) == 0)
		return error_set(err, ERROR_REFUSED, "this one belongs to no organisation yet");
	author->pair = sign_pair_from_seed(i->sign_seed);
	memcpy(author->frames.organisation, i->organisation, sizeof(i->organisation));
	memcpy(author->frames.device, i->device, sizeof(i->device));
	author->frames.secret = &author->pair.secret;
	return true;
}

void author_wipe(struct author *author)
{
	secret_wipe(author, sizeof(*author));
}

bool author_send(const struct author *author, struct arena *arena, enum frame_kind kind,
	struct str body, const struct sync_sink *sink, struct error *err)
{
	struct frame frame;
	return frame_write(arena, &author->frames, kind, body, &frame, err) &&
	       sink->write(sink->context, frame.bytes.ptr, frame.bytes.len, err);
}
