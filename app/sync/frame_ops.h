/* Kind 1: ops of one writer, a stretch of its log without a gap (format.md, "Ops"). */
#pragma once
#include "store/op.h"
#include "sync/frame.h"

#define FRAME_OPS_MOST 256

struct frame_ops {
	uint8_t epoch[FRAME_EPOCH_BYTES];
	uint8_t previous_epoch[FRAME_EPOCH_BYTES]; /* zeroes: none */
	int64_t previous_last; /* last seq of that one, 0: none */
	struct hash previous_frame; /* of this device, zeroes: none */
	uint8_t hub_epoch[FRAME_EPOCH_BYTES]; /* whose log the device knew, zeroes: none */
	int64_t hub_seq; /* how much of it */
	int64_t monotonic_ms; /* since the machine started, when the frame was cut */
	int64_t first_seq;
	struct op *ops; /* seq first_seq, first_seq + 1, ...; base by any of enum op_base */
	size_t count; /* 1 to FRAME_OPS_MOST */
};

/* How many of `count` ops, from the first, go in one frame whatever their values hold: at least 1.
 */
size_t frame_ops_fit(const struct op *ops, size_t count);

/* The body, in the arena. Of an op it takes neither device, epoch nor seq: those are the frame's.
 * ERROR_LIMIT for a value that is too large, ERROR_REFUSED for a number that is out of range. */
bool frame_ops_write(
	struct arena *arena, const struct frame_ops *ops, struct str *body, struct error *err);

/* Reads what frame_open() gave of a frame signed by `device`. The ops are in the arena and their
 * values point into the body. ERROR_PARSE with the byte of the body. */
bool frame_ops_read(struct arena *arena, const uint8_t device[FRAME_DEVICE_BYTES], struct str body,
	struct frame_ops *ops, struct error *err);
