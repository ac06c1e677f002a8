/* A device that is not to be believed any more: stolen, lost, broken open. The list of devices
 * names a cutoff in each of its epochs, and it travels as every change does: signed by the hub.
 * What the device said up to there counts, also when it comes later; what it says behind it waits
 * here for staff to look at, and changes nothing. */
#pragma once
#include "store/op.h"

struct cutoff {
	uint8_t epoch[WRITER_PART_BYTES];
	int64_t last; /* seq that still counts */
};

/* Strikes a device off; the seats that it gave out are the hub's to give from now on, and who
 * waited for its decision gets one. after NULL: what is here counts. Else what the log has of its
 * epochs before that one counts, of that one what `after` says, and of later ones nothing. What was
 * numbered already stays; *beyond counts how many of those came behind the cutoff. ERROR_NOT_FOUND
 * for a device that is not on the list, ERROR_REFUSED for the hub itself or at no hub. */
bool store_revoke(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const struct cutoff *after, size_t *beyond, struct error *err);
/* Believes it again, and forgets what was put aside: it brings that itself. */
bool store_trust(struct store *store, const uint8_t device[WRITER_PART_BYTES], struct error *err);

/* Of which the card was copied (NOTICE_FORK): both copies would give out the same seats, so the hub
 * does, until staff let one of them in again. */
bool store_take_seats_of_copies(struct store *store, struct error *err);

/* The last seq of an epoch that counts: INT64_MAX of a device that was not struck off. */
bool store_cutoff(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t *last, struct error *err);
/* Whether something that counts of a device that was struck off has not come yet. */
bool store_cutoff_is_open(struct store *store, const uint8_t device[WRITER_PART_BYTES], bool *open,
	struct error *err);

#define QUARANTINE_MOST 1000 /* frames of one device; what comes then is left alone */

/* Puts a frame aside: `count` ops behind the cutoff. */
bool store_put_aside(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t first, size_t count, struct str frame,
	struct error *err);

struct put_aside {
	uint8_t device[WRITER_PART_BYTES];
	int64_t ops, since_ms; /* when the first of them came */
};
struct arena;
/* By device; in the arena. */
bool store_list_aside(struct store *store, struct arena *arena, struct put_aside **list,
	size_t *count, struct error *err);
