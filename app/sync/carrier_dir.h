/* A stick, which to sync is a directory (format.md, "On a stick"). What is written there counts
 * when it was synced and read back; what stands there is never written over, and the newest two of
 * each kind stay, so a stick that is pulled at any moment still holds what it brought. */
#pragma once
#include "sync/down.h"
#include "sync/progress.h"
#include "sync/up.h"

#define CARRIER_FOLDER "buurtbord"

struct carrier_report {
	struct up_sent sent; /* of a kiosk */
	struct up_taken up; /* of a hub: of all files together */
	struct down_taken down; /* of a kiosk: of the last file that was read */
	size_t given; /* by a hub: ops in the bundle */
	size_t files_read;
	size_t damaged; /* files that could not be read to their end */
};

/* Takes in what the stick brings and leaves what it should carry on, in this order; as hub or as
 * member, by what the store is. False when the store or the stick failed: what was taken in before
 * stays taken in. ERROR_REFUSED for a store that belongs to no organisation. */
bool carrier_exchange(struct store *store, const char *directory, struct carrier_report *report,
	struct error *err);

/* Who watches an exchange. Each member may be NULL. */
struct carrier_watch {
	void *context;
	/* Called whenever something changed; never with PROGRESS_DONE or PROGRESS_FAILED. */
	void (*tell)(void *context, const struct progress *progress);
	/* From here on the stick will be written to. False with err set ends the exchange. */
	bool (*will_write)(void *context, struct error *err);
};
/* The same, watched. */
bool carrier_exchange_watched(struct store *store, const char *directory,
	const struct carrier_watch *watch, struct carrier_report *report, struct error *err);

/* Leaves an invitation for one device, valid for so many days. */
bool carrier_invite(struct store *hub, const char *directory, struct str name, struct uuid place,
	int days, struct error *err);
/* Whether there is something that looks like an invitation. */
bool carrier_has_invitation(struct env *env, const char *directory);
/* Looks for an invitation, the newest first, and joins the organisation that gives it. organisation
 * becomes its name. ERROR_NOT_FOUND when the stick has none that holds. */
bool carrier_accept(struct store *store, const char *directory,
	char organisation[IDENTITY_NAME_MOST_BYTES + 1], struct error *err);
