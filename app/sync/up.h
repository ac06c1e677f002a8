/* The way up: what a kiosk has that its hub has not, as a bundle, and the hub taking it in. The
 * kiosk keeps no count of what it sent: whatever is pending goes along, every time, until the hub's
 * log comes back with it. The hub counts each op once. */
#pragma once
#include "sync/author.h"

struct up_sent {
	size_t ops, boxes, erasures;
	bool asks; /* for enrolment */
};
/* Everything pending: enrolment while the hub has not said yes, erasures, sealed details, then ops.
 * ERROR_REFUSED for a store that is no member. */
bool up_write(
	struct store *store, const struct sync_sink *sink, struct up_sent *sent, struct error *err);

struct up_taken {
	size_t ops, fresh; /* ops seen, and those that were new */
	size_t boxes, devices; /* kept, and let in */
	size_t erasures; /* that were new */
	size_t aside; /* ops of devices that were struck off: they wait for staff */
	size_t held; /* frames that wait for the ones before them */
	size_t foreign; /* frames of another organisation, or for somebody else: left alone */
	size_t refused; /* frames that do not count */
	bool torn; /* the end of the bundle was missing */
	struct error why; /* of the first refusal, code ERROR_NONE when there was none */
};
/* Takes in a whole bundle, frame by frame; what is refused costs that frame alone, except that no
 * ops are taken behind boxes that were refused. False only when the store itself fails.
 * ERROR_REFUSED for a store that is no hub. */
bool up_read(struct store *store, struct frame_reader *reader, struct up_taken *taken,
	struct error *err);
