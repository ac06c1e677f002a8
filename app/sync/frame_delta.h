/* Kind 2: a stretch of the hub's log (format.md, "Delta"). */
#pragma once
#include "store/op.h"
#include "sync/frame.h"
#include "sync/frame_ops.h"

struct frame_delta {
	uint8_t hub_epoch[FRAME_EPOCH_BYTES];
	int64_t first; /* hub_seq of the first op; the next ones follow without a gap */
	struct hash chain_before; /* chain.h: behind the op before the first */
	struct op *ops; /* whole: hub_seq, device, epoch, seq; base is a hub_seq */
	size_t count; /* 1 to FRAME_OPS_MOST */
};

/* How many of `count` ops, from the first, go in one frame whatever their values hold: at least 1.
 */
size_t frame_delta_fit(const struct op *ops, size_t count);

/* The body, in the arena. ERROR_LIMIT for a value that is too large, ERROR_REFUSED for a number
 * that is out of range. */
bool frame_delta_write(
	struct arena *arena, const struct frame_delta *delta, struct str *body, struct error *err);

/* Reads what frame_open() gave. The ops are in the arena and their values point into the body.
 * ERROR_PARSE with the byte of the body. That the ops fit the chain is for who knows the head. */
bool frame_delta_read(
	struct arena *arena, struct str body, struct frame_delta *delta, struct error *err);
