/* A list of rows. The count is checked before memory is taken for it. */
#include "sync/frame_acks.h"

#include "sync/bytes.h"

#include <assert.h>

struct str frame_acks_write(struct arena *arena, const struct frame_acks *acks)
{
	assert(acks->count >= 1 && acks->count <= FRAME_ACKS_MOST);
	struct str_builder b = {.arena = arena};
	bytes_put_number(&b, (int64_t)acks->count);
	for (size_t i = 0; i < acks->count; i++) {
		const struct frame_ack *ack = &acks->acks[i];
		assert(ack->backed_up_seq <= ack->seq);
		bytes_put(&b, ack->device, sizeof(ack->device));
		bytes_put(&b, ack->epoch, sizeof(ack->epoch));
		bytes_put_number(&b, ack->seq);
		bytes_put_number(&b, ack->backed_up_seq);
		bytes_put(&b, ack->frame, sizeof(ack->frame));
	}
	return str_builder_text(&b);
}

bool frame_acks_read(
	struct arena *arena, struct str body, struct frame_acks *acks, struct error *err)
{
	struct bytes_reader r = bytes_reader_of(body);
	*acks = (struct frame_acks){.count = bytes_get_count(&r, 1, FRAME_ACKS_MOST)};
	if (bytes_ok(&r))
		acks->acks = arena_new_array(arena, struct frame_ack, acks->count);
	for (size_t i = 0; i < acks->count && bytes_ok(&r); i++) {
		struct frame_ack *ack = &acks->acks[i];
		bytes_get(&r, ack->device, sizeof(ack->device));
		bytes_get(&r, ack->epoch, sizeof(ack->epoch));
		ack->seq = bytes_get_number(&r, 0, BYTES_NUMBER_LIMIT - 1);
		ack->backed_up_seq = bytes_get_number(&r, 0, ack->seq);
		bytes_get(&r, ack->frame, sizeof(ack->frame));
	}
	return bytes_reader_done(&r, "acknowledgements", err);
}
