/* Erasures on the road: the list of store/erasure.h as frames of kind 6, and back. Both ways the
 * list is whole, but for what a kiosk knows its hub to have. */
#pragma once
#include "store/erasure.h"
#include "sync/author.h"
#include "sync/frame.h"

/* A kiosk: what the hub of this epoch is not known to have. */
bool erasing_send(struct store *store, const struct author *author, const struct sync_sink *sink,
	const uint8_t hub_epoch[WRITER_PART_BYTES], size_t *count, struct error *err);
/* A hub: all of it. */
bool erasing_give(struct store *store, const struct author *author, const struct sync_sink *sink,
	struct error *err);

/* What a kiosk reads while it cannot write yet: frames of a bundle, put together. Zero it; its
 * memory is the arena's. */
struct erasing {
	struct arena arena;
	struct erasing_frame *frames;
};
bool erasing_read(struct erasing *erasing, struct str body, struct error *err);
/* Takes in what was read; the hub of this epoch said so (NULL: nobody knows which). */
bool erasing_take(struct erasing *erasing, struct store *store,
	const uint8_t hub_epoch[WRITER_PART_BYTES], size_t *fresh, struct error *err);
void erasing_finish(struct erasing *erasing);

/* Whether a bundle, whoever signed it, holds the box of what was erased or is over. */
bool erasing_is_due(struct store *store, struct frame_reader *bundle, bool *due, struct error *err);
