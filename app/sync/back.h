/* What a hub signed itself and has lost, because it was put back to an earlier day: kiosks bring it
 * back (format.md, "A hub that was put back"). Whoever carries it, the hub's own signature says
 * that it stood so in the log. */
#pragma once
#include "store/op.h"
#include "sync/frame.h"

struct back_taken {
	size_t ops, fresh; /* ops seen, and those that the log did not have */
};

/* Takes in a delta or a head of this hub, whose signature was checked. epoch: of the log, which
 * changes when the frame proves that this hub was put back and nobody said so. False when the store
 * fails, or with ERROR_PARSE for a body that is none. */
bool back_take(struct store *store, enum frame_kind kind, struct arena *arena, struct str body,
	uint8_t epoch[WRITER_PART_BYTES], struct back_taken *taken, struct error *err);
