/* The clock that a command line asks for. */
#pragma once
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* "2026-12-01T09:10:00+01:00", with Z, or without a zone: then it is Europe/Amsterdam. Seconds and
 * the time of day may be left out. */
bool clock_parse(struct str text, int64_t *wall_ms);
