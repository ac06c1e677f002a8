/* The link behind the QR code, as short as it can be:
 *
 *	HTTPS://HOST/IIIIDDD#TTTTTTTTTTTTTTTTTTTTTTTTTT
 *
 * IIII are four base-32 characters of the initiative's id, DDD the day of the occurrence counted
 * from 2020-01-01 (absent without one), and the fragment, which no server ever sees, is the token
 * of a registration (absent for a walk-in). Scheme and host do not mind capitals, and capitals are
 * what a QR code packs tightly: up to a host of 19 characters it stays at version 4, level Q. */
#pragma once
#include "base/str.h"
#include "base/uuid.h"
#include "model/time.h"

/* link_base: "https://host" or "https://host/path", without a slash at its end. day may be none,
 * token may be empty (26 characters otherwise). */
struct str link_make(struct arena *arena, struct str link_base, struct uuid initiative,
	struct date day, struct str token);
/* The four characters of an initiative, for who writes the pages behind the links. */
struct str link_initiative(struct arena *arena, struct uuid initiative);
