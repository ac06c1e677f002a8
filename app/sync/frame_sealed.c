/* Boxes of any size up to their limit: what a frame holds is counted in bytes. */
#include "sync/frame_sealed.h"

#include "sync/bytes.h"

#include <assert.h>

#define ROW_BYTES_MOST 72 /* beside the box */
#define RETENTION_DAYS_MOST INT32_MAX

size_t frame_sealed_fit(const struct sealed_box *boxes, size_t count)
{
	size_t used = 2, fit = 0;
	while (fit < count && fit < FRAME_SEALED_MOST) {
		used += ROW_BYTES_MOST + boxes[fit].box.len;
		if (used > FRAME_BODY_LIMIT_BYTES)
			break;
		fit++;
	}
	return fit ? fit : 1;
}

bool frame_sealed_write(
	struct arena *arena, const struct frame_sealed *sealed, struct str *body, struct error *err)
{
	assert(sealed->count >= 1 && sealed->count <= FRAME_SEALED_MOST);
	struct str_builder b = {.arena = arena};
	bytes_put_number(&b, (int64_t)sealed->count);
	for (size_t i = 0; i < sealed->count; i++) {
		const struct sealed_box *box = &sealed->boxes[i];
		if (box->box.len > FRAME_BOX_LIMIT_BYTES)
			return error_set(err, ERROR_LIMIT, "sealed details %zu: a box of %zu bytes",
				i, box->box.len);
		assert(box->retention_days <= RETENTION_DAYS_MOST);
		bytes_put_number(&b, box->entity_type);
		bytes_put(&b, box->entity.bytes, sizeof(box->entity.bytes));
		bytes_put(&b, box->salt, sizeof(box->salt));
		bytes_put_time(&b, box->saved_ms);
		bytes_put_time(&b, box->expires_ms);
		bytes_put_number(&b, box->retention_days);
		bytes_put_sized(&b, box->box);
	}
	*body = str_builder_text(&b);
	return true;
}

bool frame_sealed_read(
	struct arena *arena, struct str body, struct frame_sealed *sealed, struct error *err)
{
	struct bytes_reader r = bytes_reader_of(body);
	*sealed = (struct frame_sealed){.count = bytes_get_count(&r, 1, FRAME_SEALED_MOST)};
	if (bytes_ok(&r))
		sealed->boxes = arena_new_array(arena, struct sealed_box, sealed->count);
	for (size_t i = 0; i < sealed->count && bytes_ok(&r); i++) {
		struct sealed_box *box = &sealed->boxes[i];
		box->entity_type = (unsigned)bytes_get_number(&r, 0, UINT16_MAX);
		bytes_get(&r, box->entity.bytes, sizeof(box->entity.bytes));
		bytes_get(&r, box->salt, sizeof(box->salt));
		box->saved_ms = bytes_get_number(&r, 0, BYTES_NUMBER_LIMIT - 1);
		box->expires_ms = bytes_get_number(&r, 0, BYTES_NUMBER_LIMIT - 1);
		box->retention_days = bytes_get_number(&r, 0, RETENTION_DAYS_MOST);
		box->box = bytes_get_sized(&r, FRAME_BOX_LIMIT_BYTES);
	}
	return bytes_reader_done(&r, "sealed details", err);
}
