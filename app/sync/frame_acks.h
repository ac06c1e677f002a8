/* Kind 4: what the hub has of each writer (format.md, "Acknowledgements"). */
#pragma once
#include "sync/frame.h"

#define FRAME_ACKS_MOST 1024
#define FRAME_ACK_HASH_BYTES 16

struct frame_ack {
	uint8_t device[FRAME_DEVICE_BYTES], epoch[FRAME_EPOCH_BYTES];
	int64_t seq; /* level 1: the hub has everything up to here, 0: nothing */
	int64_t backed_up_seq; /* level 2: so has a proven backup; not above seq */
	uint8_t frame[FRAME_ACK_HASH_BYTES]; /* first bytes of the hash of the frame with seq */
};

struct frame_acks {
	struct frame_ack *acks;
	size_t count; /* 1 to FRAME_ACKS_MOST */
};

/* The body, in the arena. So many always fit in a frame. */
struct str frame_acks_write(struct arena *arena, const struct frame_acks *acks);
/* Reads what frame_open() gave, into the arena. ERROR_PARSE with the byte of the body. */
bool frame_acks_read(
	struct arena *arena, struct str body, struct frame_acks *acks, struct error *err);
