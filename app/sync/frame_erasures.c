/* A list of rows. The count is checked before memory is taken for it. */
#include "sync/frame_erasures.h"

#include "sync/bytes.h"

#include <assert.h>

struct str frame_erasures_write(struct arena *arena, const struct frame_erasures *erasures)
{
	assert(erasures->count >= 1 && erasures->count <= FRAME_ERASURES_MOST);
	struct str_builder b = {.arena = arena};
	bytes_put_number(&b, (int64_t)erasures->count);
	for (size_t i = 0; i < erasures->count; i++) {
		const struct erasure *erasure = &erasures->erasures[i];
		bytes_put_number(&b, erasure->entity_type);
		bytes_put(&b, erasure->entity.bytes, sizeof(erasure->entity.bytes));
		bytes_put_time(&b, erasure->erased_ms);
	}
	return str_builder_text(&b);
}

bool frame_erasures_read(
	struct arena *arena, struct str body, struct frame_erasures *erasures, struct error *err)
{
	struct bytes_reader r = bytes_reader_of(body);
	*erasures = (struct frame_erasures){.count = bytes_get_count(&r, 1, FRAME_ERASURES_MOST)};
	if (bytes_ok(&r))
		erasures->erasures = arena_new_array(arena, struct erasure, erasures->count);
	for (size_t i = 0; i < erasures->count && bytes_ok(&r); i++) {
		struct erasure *erasure = &erasures->erasures[i];
		erasure->entity_type = (unsigned)bytes_get_number(&r, 0, UINT16_MAX);
		bytes_get(&r, erasure->entity.bytes, sizeof(erasure->entity.bytes));
		erasure->erased_ms = bytes_get_number(&r, 0, BYTES_NUMBER_LIMIT - 1);
	}
	return bytes_reader_done(&r, "erasures", err);
}
