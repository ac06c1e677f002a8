/* The rules of trust, and the point in time that --clock names, as ISO 8601 writes it. */
#include "model/clock.h"

#include <string.h>

#include "model/time.h"

#define DAY_MS ((int64_t)86400000)
#define LONGEST_ABSENCE_MS (180 * DAY_MS)

enum clock_quality clock_judge(const struct clock_facts *facts)
{
	bool simulated = facts->quality == CLOCK_SIMULATED;
	if (facts->wall_ms < CLOCK_EARLIEST_MS)
		return CLOCK_UNSURE;
	if (facts->trusted_ms == 0)
		return facts->quality;
	if (!simulated && facts->wall_ms < facts->trusted_ms - DAY_MS)
		return CLOCK_UNSURE;
	if (facts->wall_ms > facts->trusted_ms + LONGEST_ABSENCE_MS)
		return CLOCK_UNSURE;
	return facts->quality;
}

/* "+01:00", "-0530" or "Z" in seconds. */
static bool parse_offset(struct str text, int *offset_s)
{
	if (str_equal(text, STR("Z")) || str_equal(text, STR("z"))) {
		*offset_s = 0;
		return true;
	}
	if (text.len < 3 || (text.ptr[0] != '+' && text.ptr[0] != '-'))
		return false;
	struct str hours = str_slice(text, 1, 3);
	struct str minutes = str_slice(text, text.len > 3 && text.ptr[3] == ':' ? 4 : 3, text.len);
	int64_t h, m = 0;
	if (!str_to_int(hours, &h) || (minutes.len && !str_to_int(minutes, &m)) || h > 14 || m > 59)
		return false;
	*offset_s = (int)(h * 3600 + m * 60) * (text.ptr[0] == '-' ? -1 : 1);
	return true;
}

bool clock_parse(struct str text, int64_t *wall_ms)
{
	char padded[] = "0000-00-00T00:00:00";
	if (text.len < 10)
		return false;
	size_t end = 10;
	while (end < text.len && text.ptr[end] != 'Z' && text.ptr[end] != 'z' &&
		text.ptr[end] != '+' && text.ptr[end] != '-' && text.ptr[end] != '.')
		end++;
	if (end != 10 && end != 16 && end != 19)
		return false;
	memcpy(padded, text.ptr, end);
	if (padded[10] == ' ')
		padded[10] = 'T';
	struct local_time at;
	if (!local_time_parse(str_from(padded), &at))
		return false;
	while (end < text.len &&
		(text.ptr[end] == '.' || (text.ptr[end] >= '0' && text.ptr[end] <= '9')))
		end++;
	struct str zone = str_slice(text, end, text.len);
	int64_t utc_s;
	int offset_s;
	if (zone.len == 0) {
		if (!zone_to_utc(STR("Europe/Amsterdam"), at, &utc_s))
			return false;
	} else {
		if (!parse_offset(zone, &offset_s))
			return false;
		utc_s = local_time_to_seconds(at) - offset_s;
	}
	*wall_ms = utc_s * 1000;
	return true;
}
