/* Kind 3: how far the hub's log is and what it must look like there (format.md, "Head"). */
#pragma once
#include "sync/frame.h"

#define FRAME_PAST_MOST 64

struct frame_head {
	uint8_t hub_epoch[FRAME_EPOCH_BYTES];
	int64_t hub_seq;
	struct hash chain; /* chain.h, behind that op */
	struct hash state; /* store_state_hash() behind that op */
	int64_t issued_ms; /* since 1970, by the hub's clock */
	uint8_t parent[FRAME_EPOCH_BYTES]; /* hub epoch; zeroes: none */
	int64_t parent_seq; /* hub_seq where this epoch left it, 0: none */
	int64_t oldest_seq; /* hub_seq that deltas still reach, 0: there is no op */
	int64_t snapshot_seq; /* hub_seq of the newest snapshot, 0: none */
	int64_t format_least; /* lowest version of the format that may still write */
	struct frame_past {
		uint8_t epoch[FRAME_EPOCH_BYTES]; /* hub epoch that is over */
		int64_t left_seq; /* up to here its log is this one */
	} past[FRAME_PAST_MOST];
	size_t past_count;
};

/* The body, in the arena. */
struct str frame_head_write(struct arena *arena, const struct frame_head *head);
/* Reads what frame_open() gave. ERROR_PARSE with the byte of the body. */
bool frame_head_read(struct str body, struct frame_head *head, struct error *err);
