/* A TZif file holds its data twice: once in 32 bits for old readers, which we jump over, and once
 * in 64 bits. After that stands a line in the language of POSIX's TZ variable for the time after
 * the last change: "CET-1CEST,M3.5.0,M10.5.0/3".
 *
 * libical reads these files too, but repeats the last changes as rules of its own, and 3.0.16 is
 * wrong after 2037 in a dozen zones and today on Easter Island. */
#include "model/zone_file.h"
#include "model/time.h"

#include <assert.h>
#include <string.h>

enum {
	HEADER_BYTES = 44,
	MOST_CHANGES = 4096, /* the longest zone of 2026 has 236 */
	LONGEST_FOOTER = 128,
	LONGEST_OFFSET_S = 26 * 3600, /* RFC 8536 3.2 */
	SECONDS_PER_DAY = 86400,
};

struct header {
	char version;
	size_t utc_count, standard_count, leap_count, change_count, type_count, name_bytes;
};

static uint32_t read_32(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static int64_t read_64(const char *p)
{
	return (int64_t)((uint64_t)read_32(p) << 32 | read_32(p + 4));
}

static bool read_header(struct str *rest, struct header *h, struct error *err)
{
	if (rest->len < HEADER_BYTES || memcmp(rest->ptr, "TZif", 4) != 0)
		return error_set(err, ERROR_PARSE, "not a TZif header");
	const char *p = rest->ptr;
	*h = (struct header){.version = p[4],
		.utc_count = read_32(p + 20),
		.standard_count = read_32(p + 24),
		.leap_count = read_32(p + 28),
		.change_count = read_32(p + 32),
		.type_count = read_32(p + 36),
		.name_bytes = read_32(p + 40)};
	if (h->change_count > MOST_CHANGES || h->type_count > 256 || h->type_count == 0 ||
		h->name_bytes > 4096 || h->leap_count > 4096 || h->utc_count > 256 ||
		h->standard_count > 256)
		return error_set(err, ERROR_LIMIT, "TZif counts too large");
	*rest = str_slice(*rest, HEADER_BYTES, rest->len);
	return true;
}

/* Bytes of the block behind a header whose times have that many bytes. */
static size_t block_bytes(const struct header *h, size_t time_bytes)
{
	return h->change_count * (time_bytes + 1) + h->type_count * 6 + h->name_bytes +
	       h->leap_count * (time_bytes + 4) + h->standard_count + h->utc_count;
}

static bool read_block(struct arena *arena, struct str block, const struct header *h,
	struct zone_file *zone, struct error *err)
{
	const char *times = block.ptr, *kinds = times + h->change_count * 8;
	const char *types = kinds + h->change_count;
	zone->change_count = h->change_count;
	zone->changes_s = arena_new_array(arena, int64_t, h->change_count);
	zone->offsets_s = arena_new_array(arena, int32_t, h->change_count);
	for (size_t i = 0; i < h->type_count; i++) {
		int32_t offset = (int32_t)read_32(types + i * 6);
		if (offset < -LONGEST_OFFSET_S || offset > LONGEST_OFFSET_S)
			return error_set(err, ERROR_PARSE, "TZif type %zu: offset %d", i, offset);
	}
	for (size_t i = 0; i < h->change_count; i++) {
		size_t kind = (unsigned char)kinds[i];
		if (kind >= h->type_count)
			return error_set(err, ERROR_PARSE, "TZif change %zu: type %zu", i, kind);
		zone->changes_s[i] = read_64(times + i * 8);
		zone->offsets_s[i] = (int32_t)read_32(types + kind * 6);
		if (i > 0 && zone->changes_s[i] <= zone->changes_s[i - 1])
			return error_set(
				err, ERROR_PARSE, "TZif change %zu: not after the last", i);
	}
	zone->first_offset_s = (int32_t)read_32(types);
	return true;
}

static char peek(struct str s)
{
	return s.len ? s.ptr[0] : '\0';
}

static bool take(struct str *s, char c)
{
	if (peek(*s) != c)
		return false;
	*s = str_slice(*s, 1, s->len);
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool take_number(struct str *s, int max, int *number)
{
	if (!is_digit(peek(*s)))
		return false;
	int n = 0;
	while (is_digit(peek(*s)) && n <= max) {
		n = n * 10 + (peek(*s) - '0');
		*s = str_slice(*s, 1, s->len);
	}
	*number = n;
	return n <= max;
}

/* "CET" or "<+0330>": at least three characters, which nobody here reads. */
static bool take_name(struct str *s)
{
	size_t count = 0;
	bool quoted = take(s, '<');
	for (;; count++) {
		char c = peek(*s);
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		if (!letter && !(quoted && (is_digit(c) || c == '+' || c == '-')))
			break;
		take(s, c);
	}
	return count >= 3 && (!quoted || take(s, '>'));
}

/* [+-]hh[:mm[:ss]]; hours to 167 (RFC 8536 3.3.1). */
static bool take_time(struct str *s, int *seconds)
{
	int sign = take(s, '-') ? -1 : 1;
	if (sign > 0)
		take(s, '+');
	int hours = 0, minutes = 0, rest = 0;
	if (!take_number(s, 167, &hours))
		return false;
	if (take(s, ':') && !take_number(s, 59, &minutes))
		return false;
	if (take(s, ':') && !take_number(s, 59, &rest))
		return false;
	*seconds = sign * (hours * 3600 + minutes * 60 + rest);
	return true;
}

/* M3.5.0, J60 or 59, each with /time or at two o'clock. */
static bool take_rule(struct str *s, struct zone_rule *rule)
{
	*rule = (struct zone_rule){.time_s = 2 * 3600};
	if (take(s, 'M')) {
		rule->kind = ZONE_RULE_WEEKDAY;
		if (!take_number(s, 12, &rule->month) || !take(s, '.') ||
			!take_number(s, 5, &rule->week) || !take(s, '.') ||
			!take_number(s, 6, &rule->weekday) || rule->month < 1 || rule->week < 1)
			return false;
	} else if (take(s, 'J')) {
		rule->kind = ZONE_RULE_JULIAN;
		if (!take_number(s, 365, &rule->day) || rule->day < 1)
			return false;
	} else {
		rule->kind = ZONE_RULE_DAY;
		if (!take_number(s, 365, &rule->day))
			return false;
	}
	return !take(s, '/') || take_time(s, &rule->time_s);
}

/* POSIX counts west of Greenwich. */
static bool take_offset(struct str *s, int32_t *offset_s)
{
	int west_s;
	if (!take_time(s, &west_s) || west_s < -LONGEST_OFFSET_S || west_s > LONGEST_OFFSET_S)
		return false;
	*offset_s = -west_s;
	return true;
}

static bool parse_footer(struct str s, struct zone_file *zone)
{
	if (!take_name(&s) || !take_offset(&s, &zone->standard_s))
		return false;
	if (s.len == 0)
		return true;
	zone->has_daylight = true;
	zone->daylight_s = zone->standard_s + 3600;
	if (!take_name(&s) || (peek(s) != ',' && !take_offset(&s, &zone->daylight_s)))
		return false;
	return take(&s, ',') && take_rule(&s, &zone->starts) && take(&s, ',') &&
	       take_rule(&s, &zone->ends) && s.len == 0;
}

bool zone_file_parse(
	struct arena *arena, struct str bytes, struct zone_file *zone, struct error *err)
{
	*zone = (struct zone_file){0};
	struct header h = {0};
	struct str rest = bytes;
	if (!read_header(&rest, &h, err))
		return false;
	if (h.version < '2')
		return error_set(err, ERROR_UNSUPPORTED, "TZif version 1 ends in 2037");
	if (rest.len < block_bytes(&h, 4))
		return error_set(err, ERROR_PARSE, "TZif ends in its first block");
	rest = str_slice(rest, block_bytes(&h, 4), rest.len);
	if (!read_header(&rest, &h, err))
		return false;
	size_t size = block_bytes(&h, 8);
	if (rest.len < size)
		return error_set(err, ERROR_PARSE, "TZif ends in its second block");
	if (h.leap_count > 0)
		return error_set(err, ERROR_UNSUPPORTED, "TZif with leap seconds");
	if (!read_block(arena, str_slice(rest, 0, size), &h, zone, err))
		return false;
	struct str footer = str_slice(rest, size, rest.len);
	if (footer.len < 2 || footer.len > LONGEST_FOOTER || footer.ptr[0] != '\n' ||
		footer.ptr[footer.len - 1] != '\n')
		return error_set(err, ERROR_PARSE, "TZif has no footer");
	footer = str_slice(footer, 1, footer.len - 1);
	zone->has_footer = footer.len > 0; /* empty: nobody knows, so nothing changes */
	if (zone->has_footer && !parse_footer(footer, zone))
		return error_set(err, ERROR_PARSE, "TZif footer '%.*s'", STR_ARG(footer));
	return true;
}

/* The wall second of a year's change, as the clock before the change counts. */
static int64_t rule_wall_s(const struct zone_rule *rule, int year)
{
	int64_t new_year = date_to_days((struct date){year, 1, 1});
	bool leap = date_to_days((struct date){year + 1, 1, 1}) - new_year == 366;
	int64_t day = new_year + rule->day;
	if (rule->kind == ZONE_RULE_JULIAN)
		day = new_year + rule->day - 1 + (leap && rule->day >= 60);
	if (rule->kind == ZONE_RULE_WEEKDAY) {
		struct date first = {year, rule->month, 1};
		struct date next = rule->month == 12 ? (struct date){year + 1, 1, 1}
						     : (struct date){year, rule->month + 1, 1};
		int first_weekday = (int)date_weekday(first) % 7; /* Sunday is 0 */
		day = date_to_days(first) + (rule->weekday - first_weekday + 7) % 7 +
		      (rule->week - 1) * 7;
		if (day >= date_to_days(next))
			day -= 7; /* week 5 is the last, also where there are four */
	}
	return day * SECONDS_PER_DAY + rule->time_s;
}

static int32_t footer_offset(const struct zone_file *zone, int64_t utc_s)
{
	if (!zone->has_daylight)
		return zone->standard_s;
	int year = local_time_from_seconds(utc_s + zone->standard_s).date.year;
	int64_t start = rule_wall_s(&zone->starts, year) - zone->standard_s;
	int64_t end = rule_wall_s(&zone->ends, year) - zone->daylight_s;
	bool daylight = start < end ? utc_s >= start && utc_s < end : utc_s < end || utc_s >= start;
	return daylight ? zone->daylight_s : zone->standard_s;
}

int32_t zone_file_offset(const struct zone_file *zone, int64_t utc_s)
{
	size_t low = 0, high = zone->change_count; /* changes before low are not after utc_s */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (zone->changes_s[middle] <= utc_s)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == zone->change_count && zone->has_footer)
		return footer_offset(zone, utc_s);
	return low == 0 ? zone->first_offset_s : zone->offsets_s[low - 1];
}
