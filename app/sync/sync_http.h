/* What both ends of the line by HTTP must agree on. */
#pragma once
#include "store/member.h"

#define SYNC_HTTP_FRAMES "application/vnd.buurtbord.frames" /* a bundle (format.md) */
#define SYNC_HTTP_JSON "application/json"
#define SYNC_HTTP_UP "/v1/frames"
#define SYNC_HTTP_DOWN "/v1/down"

/* The entity tag of the way down (RFC 9110 8.8.3): where a log stands, what it looks like
 * there, and what was erased. A kiosk that is there too gives the same one, and nothing needs to
 * travel; a hub that was put back, or a kiosk that folds to something else, gives another. Weak,
 * for the head says when it was made. In the arena. */
const char *sync_http_tag(
	struct arena *arena, const struct hub_position *position, const struct hash *erasures);
