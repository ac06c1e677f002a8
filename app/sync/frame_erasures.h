/* Kind 6: whose sealed details are to be destroyed and never taken in again (format.md,
 * "Erasures"). */
#pragma once
#include "store/erasure.h"
#include "sync/frame.h"

#define FRAME_ERASURES_MOST 1024

struct frame_erasures {
	struct erasure *erasures;
	size_t count; /* 1 to FRAME_ERASURES_MOST */
};

/* The body, in the arena. So many always fit in a frame. */
struct str frame_erasures_write(struct arena *arena, const struct frame_erasures *erasures);
/* Reads what frame_open() gave, into the arena. ERROR_PARSE with the byte of the body. */
bool frame_erasures_read(
	struct arena *arena, struct str body, struct frame_erasures *erasures, struct error *err);
