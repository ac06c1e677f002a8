/* One zone of the tz database, read from its TZif file (RFC 8536). */
#pragma once
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A yearly change of the POSIX TZ string that ends the file: "M3.5.0/2". */
struct zone_rule {
	enum { ZONE_RULE_WEEKDAY, ZONE_RULE_JULIAN, ZONE_RULE_DAY } kind;
	int month, week, weekday; /* ZONE_RULE_WEEKDAY: week 5 is the last, weekday 0 Sunday */
	int day; /* ZONE_RULE_JULIAN: 1..365, never 29 February; _DAY: 0..365 */
	int time_s; /* on the wall before the change; may lie on another day */
};

struct zone_file {
	int64_t *changes_s; /* UTC, rising */
	int32_t *offsets_s; /* east of Greenwich, from that change on */
	size_t change_count;
	int32_t first_offset_s; /* before the first change */
	bool has_footer; /* what holds after the last change */
	int32_t standard_s, daylight_s;
	bool has_daylight;
	struct zone_rule starts, ends; /* of daylight time */
};

/* All memory is the arena's. Versions 2 and up; ERROR_UNSUPPORTED for version 1, ERROR_PARSE with
 * the place for a file that is not whole. */
bool zone_file_parse(
	struct arena *arena, struct str bytes, struct zone_file *zone, struct error *err);
/* Seconds east of Greenwich at that moment. */
int32_t zone_file_offset(const struct zone_file *zone, int64_t utc_s);
