/* The clock: how far to believe it, and the one that a command line asks for. */
#pragma once
#include "base/env.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct clock_facts {
	int64_t wall_ms; /* what the clock says, ms since 1970 UTC */
	enum clock_quality quality; /* what the machine knows of it */
	int64_t trusted_ms; /* when this kiosk was last sure, or a person said so; 0: never */
};

/* How far to believe the clock. CLOCK_UNSURE before 2024, more than a day before the last time that
 * was trusted, and more than 180 days after it: a kiosk that stood in a cupboard for half a year
 * waits for a person rather than erase everything at once. A simulated clock may go back as far as
 * 2024. Otherwise as the machine says. Pure. */
enum clock_quality clock_judge(const struct clock_facts *facts);

/* "2026-12-01T09:10:00+01:00", with Z, or without a zone: then it is Europe/Amsterdam. Seconds and
 * the time of day may be left out. */
bool clock_parse(struct str text, int64_t *wall_ms);
