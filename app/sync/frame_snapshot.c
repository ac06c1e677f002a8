/* Which part of which snapshot this is, and rows that somebody else reads. */
#include "sync/frame_snapshot.h"

#include "sync/bytes.h"

#include <assert.h>

struct str frame_snapshot_write(struct arena *arena, const struct frame_snapshot *snapshot)
{
	assert(snapshot->part < snapshot->parts && snapshot->parts <= FRAME_SNAPSHOT_PARTS_MOST);
	struct str_builder b = {.arena = arena};
	bytes_put(&b, snapshot->hub_epoch, sizeof(snapshot->hub_epoch));
	bytes_put_number(&b, snapshot->hub_seq);
	bytes_put_number(&b, snapshot->parts);
	bytes_put_number(&b, snapshot->part);
	bytes_put(&b, snapshot->state.bytes, HASH_BYTES);
	bytes_put_sized(&b, snapshot->rows);
	return str_builder_text(&b);
}

bool frame_snapshot_read(struct str body, struct frame_snapshot *snapshot, struct error *err)
{
	struct bytes_reader r = bytes_reader_of(body);
	bytes_get(&r, snapshot->hub_epoch, sizeof(snapshot->hub_epoch));
	snapshot->hub_seq = bytes_get_number(&r, 0, BYTES_NUMBER_LIMIT - 1);
	snapshot->parts = bytes_get_number(&r, 1, FRAME_SNAPSHOT_PARTS_MOST);
	snapshot->part = bytes_get_number(&r, 0, snapshot->parts - 1);
	bytes_get(&r, snapshot->state.bytes, HASH_BYTES);
	snapshot->rows = bytes_get_sized(&r, FRAME_UNPACKED_LIMIT_BYTES);
	return bytes_reader_done(&r, "snapshot part", err);
}
