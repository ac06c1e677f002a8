/* The list, cut into frames. */
#include "sync/erasing.h"

#include "base/bug.h"
#include "store/boxes.h"
#include "sync/frame_erasures.h"
#include "sync/frame_sealed.h"

static bool send_list(const struct author *author, const struct sync_sink *sink,
	struct erasure *list, size_t count, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	for (size_t at = 0; at < count; at += FRAME_ERASURES_MOST) {
		size_t rest = count - at;
		struct frame_erasures frame = {
			list + at, rest < FRAME_ERASURES_MOST ? rest : FRAME_ERASURES_MOST};
		arena_reset(&arena);
		if (!author_send(author, &arena, FRAME_ERASURES,
			    frame_erasures_write(&arena, &frame), sink, err))
			return false;
	}
	return true;
}

bool erasing_send(struct store *store, const struct author *author, const struct sync_sink *sink,
	const uint8_t hub_epoch[WRITER_PART_BYTES], size_t *count, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct erasure *list;
	return store_erasures(store, &arena, hub_epoch, &list, count, err) &&
	       (BUG(ERASURES_NOT_SENT) || send_list(author, sink, list, *count, err));
}

bool erasing_give(struct store *store, const struct author *author, const struct sync_sink *sink,
	struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct erasure *list;
	size_t count;
	return store_erasures(store, &arena, NULL, &list, &count, err) &&
	       (BUG(ERASURES_NOT_GIVEN) || send_list(author, sink, list, count, err));
}

/* --- taking in -------------------------------------------------------------------------------- */

struct erasing_frame {
	struct frame_erasures erasures;
	struct erasing_frame *before;
};

bool erasing_read(struct erasing *erasing, struct str body, struct error *err)
{
	struct erasing_frame *frame = arena_new_array(&erasing->arena, struct erasing_frame, 1);
	if (!frame_erasures_read(&erasing->arena, body, &frame->erasures, err))
		return false;
	frame->before = erasing->frames;
	erasing->frames = frame;
	return true;
}

bool erasing_take(struct erasing *erasing, struct store *store,
	const uint8_t hub_epoch[WRITER_PART_BYTES], size_t *fresh, struct error *err)
{
	*fresh = 0;
	for (struct erasing_frame *f = erasing->frames; f; f = f->before) {
		size_t new_here;
		if (!store_take_erasures(store, f->erasures.erasures, f->erasures.count, hub_epoch,
			    &new_here, err))
			return false;
		*fresh += new_here;
	}
	return true;
}

void erasing_finish(struct erasing *erasing)
{
	arena_finish(&erasing->arena);
}

/* --- what a bundle carries -------------------------------------------------------------------- */

static bool is_due(struct store *store, struct arena *arena, const struct frame *frame, bool *due,
	struct error *err)
{
	struct str body;
	struct frame_sealed sealed;
	if (frame->kind != FRAME_SEALED || !frame_unpack(frame, arena, &body, NULL) ||
		!frame_sealed_read(arena, body, &sealed, NULL))
		return true;
	for (size_t i = 0; i < sealed.count && !*due; i++)
		if (!store_box_is_over(store, &sealed.boxes[i], due, err))
			return false;
	return true;
}

bool erasing_is_due(struct store *store, struct frame_reader *bundle, bool *due, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	*due = false;
	while (!*due) {
		struct frame frame;
		arena_reset(&arena);
		switch (frame_next(bundle, &arena, &frame, NULL)) {
		case FRAME_WHOLE:
			if (!is_due(store, &arena, &frame, due, err))
				return false;
			break;
		case FRAME_UNKNOWN:
		case FRAME_MALFORMED:
			break;
		case FRAME_TORN:
		case FRAME_END:
		case FRAME_FAILED:
			return true;
		}
	}
	return true;
}
