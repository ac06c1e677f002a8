/* The way down: the hub's log from some number on, as a bundle, and a kiosk taking it in. Frames
 * begin at the same numbers every time they are cut (the number before is a multiple of
 * FRAME_OPS_MOST), so one that is full never changes again. */
#pragma once
#include "sync/author.h"

/* The list of erasures, deltas from the frame that holds `after` + 1 on, then the head.
 * ERROR_REFUSED for no hub. */
bool down_write(struct store *store, const struct sync_sink *sink, int64_t after, size_t *ops,
	struct error *err);

/* The head alone: how far the log is and what it must look like there. */
bool down_write_head(struct store *store, const struct sync_sink *sink, struct error *err);

struct down_taken {
	size_t ops; /* that were new here */
	size_t erasures; /* that were new here */
	size_t foreign, refused; /* frames left alone, and such that do not count */
	bool torn; /* the end of the bundle was missing */
	bool gap; /* it begins behind what is here: an earlier bundle is missing */
	bool followed; /* the hub was put back to an earlier day, and its new epoch is followed now
			*/
	bool forked; /* the log under this epoch is another one than it was: no more was taken in */
	int64_t hub_seq; /* the log is whole up to here now */
	int64_t head; /* what the newest head says there is; 0: there was no head */
	struct error why; /* of the first refusal */
};
/* Takes in what follows on what is here, in one transaction. ERROR_DAMAGED: what came out is not
 * what the hub says; nothing has changed then. ERROR_REFUSED for a store that is no member. */
bool down_read(struct store *store, struct frame_reader *reader, struct down_taken *taken,
	struct error *err);
