/* Signing as the device that a store is. */
#pragma once
#include "store/identity.h"
#include "sync/frame.h"

/* Where a bundle goes: the frames' bytes, in order. */
struct sync_sink {
	bool (*write)(void *context, const void *bytes, size_t count, struct error *err);
	void *context;
};

struct author {
	struct identity identity;
	struct sign_pair pair;
	struct frame_author frames; /* what frame_write() wants: points into `pair` */
};

/* ERROR_REFUSED when the store belongs to no organisation. Declared with CLEANUP(author_wipe). */
bool author_of(struct store *store, struct author *author, struct error *err);
void author_wipe(struct author *author);

/* Signs a body and writes the frame. */
bool author_send(const struct author *author, struct arena *arena, enum frame_kind kind,
	struct str body, const struct sync_sink *sink, struct error *err);
