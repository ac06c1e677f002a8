/* Kind 5: contact details in their sealed boxes, apart from the log that only has commitments to
 * them, so that they can be destroyed (format.md, "Sealed details"). */
#pragma once
#include "store/boxes.h"
#include "sync/frame.h"

#define FRAME_SEALED_MOST 128
#define FRAME_BOX_LIMIT_BYTES 2048

struct frame_sealed {
	struct sealed_box *boxes;
	size_t count; /* 1 to FRAME_SEALED_MOST */
};

/* How many of `count` boxes, from the first, go in one frame: at least 1. */
size_t frame_sealed_fit(const struct sealed_box *boxes, size_t count);
/* The body, in the arena. ERROR_LIMIT for a box that is too large. */
bool frame_sealed_write(struct arena *arena, const struct frame_sealed *sealed, struct str *body,
	struct error *err);
/* Reads what frame_open() gave, into the arena; the boxes point into the body. ERROR_PARSE with the
 * byte of the body. */
bool frame_sealed_read(
	struct arena *arena, struct str body, struct frame_sealed *sealed, struct error *err);
