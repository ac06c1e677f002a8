/* Kind 8: a part of the hub's state, for who is too far behind (format.md, "Snapshot part"). */
#pragma once
#include "sync/frame.h"

#define FRAME_SNAPSHOT_PARTS_MOST 65536
/* So many bytes of rows fit in a frame whatever they hold. */
#define FRAME_SNAPSHOT_ROWS_BYTES 65536

struct frame_snapshot {
	uint8_t hub_epoch[FRAME_EPOCH_BYTES];
	int64_t hub_seq;
	int64_t parts; /* 1 to FRAME_SNAPSHOT_PARTS_MOST */
	int64_t part; /* this one, from 0 */
	struct hash state; /* of the whole: store_state_hash() behind hub_seq */
	struct str rows;
};

/* The body, in the arena. */
struct str frame_snapshot_write(struct arena *arena, const struct frame_snapshot *snapshot);
/* Reads what frame_open() gave; the rows point into the body. ERROR_PARSE with the byte of it. */
bool frame_snapshot_read(struct str body, struct frame_snapshot *snapshot, struct error *err);
