/* Zone files from a stranger: every cut, every flipped byte, every wrong footer. */
#include "model/time.h"
#include "model/zone_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static void add_32(struct str_builder *b, uint32_t value)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		str_builder_add_char(b, (char)(value >> shift & 0xFF));
}

/* A version 2 file: an empty first block, two changes (1000 s: +1 h, 2000 s: +2 h), a footer. */
static struct str make_file(const char *footer)
{
	struct str_builder b = {.arena = &arena};
	for (int block = 0; block < 2; block++) {
		str_builder_add(&b, STR("TZif2"));
		for (int i = 0; i < 15; i++)
			str_builder_add_char(&b, '\0');
		uint32_t changes = block ? 2 : 0, types = block ? 3 : 1;
		const uint32_t counts[] = {0, 0, 0, changes, types, 4};
		for (int i = 0; i < 6; i++)
			add_32(&b, counts[i]);
		for (uint32_t i = 0; i < changes; i++) {
			add_32(&b, 0);
			add_32(&b, (i + 1) * 1000);
		}
		for (uint32_t i = 0; i < changes; i++)
			str_builder_add_char(&b, (char)(i + 1));
		for (uint32_t i = 0; i < types; i++) {
			add_32(&b, i * 3600);
			str_builder_add_char(&b, '\0');
			str_builder_add_char(&b, '\0');
		}
		str_builder_add_char(&b, 'X');
		str_builder_add_char(&b, 'X');
		str_builder_add_char(&b, 'X');
		str_builder_add_char(&b, '\0');
	}
	str_builder_add_char(&b, '\n');
	str_builder_add(&b, str_from(footer));
	str_builder_add_char(&b, '\n');
	return str_builder_text(&b);
}

static int64_t utc(const char *text)
{
	struct local_time t;
	assert_true(local_time_parse(str_from(text), &t));
	return local_time_to_seconds(t);
}

static void reads_changes_and_footer(void **state)
{
	(void)state;
	struct zone_file zone;
	struct error err;
	if (!zone_file_parse(&arena, make_file("CET-1CEST,M3.5.0,M10.5.0/3"), &zone, &err))
		fail_msg("%s", err.message);
	assert_int_equal(zone_file_offset(&zone, -5), 0);
	assert_int_equal(zone_file_offset(&zone, 999), 0);
	assert_int_equal(zone_file_offset(&zone, 1000), 3600);
	assert_int_equal(zone_file_offset(&zone, 1999), 3600);
	assert_int_equal(zone_file_offset(&zone, utc("2060-03-28T00:59:59")), 3600);
	assert_int_equal(zone_file_offset(&zone, utc("2060-03-28T01:00:00")), 7200);
	assert_int_equal(zone_file_offset(&zone, utc("2060-10-31T00:59:59")), 7200);
	assert_int_equal(zone_file_offset(&zone, utc("2060-10-31T01:00:00")), 3600);

	assert_true(zone_file_parse(&arena, make_file(""), &zone, &err));
	assert_int_equal(zone_file_offset(&zone, utc("2060-03-28T01:00:00")), 7200);
}

static void reads_all_kinds_of_footer(void **state)
{
	(void)state;
	static const struct {
		const char *footer, *at;
		int offset_s;
	} rows[] = {
		{"UTC0", "2030-07-01T00:00:00", 0},
		{"<+0330>-3:30", "2030-07-01T00:00:00", 12600},
		{"EST5EDT,M3.2.0,M11.1.0", "2030-07-01T00:00:00", -14400},
		/* South: summer over New Year, and half an hour of it. */
		{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2030-01-01T00:00:00", 39600},
		{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2030-07-01T00:00:00", 37800},
		/* Ireland's winter is the exception. */
		{"IST-1GMT0,M10.5.0,M3.5.0/1", "2030-01-01T00:00:00", 0},
		{"IST-1GMT0,M10.5.0,M3.5.0/1", "2030-07-01T00:00:00", 3600},
		/* Greenland changes on Saturday for its wall, before midnight. */
		{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2030-03-31T00:59:59", -7200},
		{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2030-03-31T01:00:00", -3600},
		/* J60 is 1 March in every year, 59 is 29 February in a leap year. */
		{"AAA0BBB,J60/0,J300/0", "2028-02-29T23:59:59", 0},
		{"AAA0BBB,J60/0,J300/0", "2028-03-01T00:00:00", 3600},
		{"AAA0BBB,59/0,300/0", "2028-02-29T00:00:00", 3600},
		{"AAA0BBB,59/0,300/0", "2027-03-01T00:00:00", 3600},
		{"AAA0BBB,59/0,300/0", "2027-02-28T23:59:59", 0},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct zone_file zone;
		struct error err;
		if (!zone_file_parse(&arena, make_file(rows[i].footer), &zone, &err))
			fail_msg("%s", err.message);
		int got = zone_file_offset(&zone, utc(rows[i].at));
		if (got != rows[i].offset_s)
			fail_msg("%s at %s: %d", rows[i].footer, rows[i].at, got);
	}
}

static void refuses_wrong_footers(void **state)
{
	(void)state;
	static const char *const wrong[] = {"C", "CET", "CE-1", "CET-1CEST", "CET-1CEST,M3.5.0",
		"CET-1CEST,M3.5.0,", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M0.5.0,M10.5.0",
		"CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
		"CET-1CEST,J0,J5", "CET-1CEST,J366,J5", "CET-1CEST,366,5", "<CET-1", "CET-168",
		"CET-1:60", "CET-99999999999999999999", "CET-1CEST,M3.5.0,M10.5.0,",
		"CET-1CEST,M3.5.0/168,M10.5.0", "CET-150"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct zone_file zone;
		struct error err;
		if (zone_file_parse(&arena, make_file(wrong[i]), &zone, &err))
			fail_msg("accepted %s", wrong[i]);
		assert_int_equal(err.code, ERROR_PARSE);
	}
}

static void survives_damage(void **state)
{
	(void)state;
	struct str whole = make_file("CET-1CEST,M3.5.0,M10.5.0/3");
	struct zone_file zone;
	for (size_t cut = 0; cut < whole.len; cut++) {
		/* An own allocation, so that a read past the end is seen. */
		char *bytes = malloc(cut + 1);
		memcpy(bytes, whole.ptr, cut);
		bytes = realloc(bytes, cut ? cut : 1);
		if (zone_file_parse(&arena, (struct str){bytes, cut}, &zone, NULL))
			fail_msg("accepted the first %zu bytes", cut);
		free(bytes);
	}
	for (size_t at = 0; at < whole.len; at++)
		for (int bit = 0; bit < 8; bit++) {
			char *bytes = malloc(whole.len);
			memcpy(bytes, whole.ptr, whole.len);
			bytes[at] = (char)(bytes[at] ^ 1 << bit);
			if (zone_file_parse(&arena, (struct str){bytes, whole.len}, &zone, NULL)) {
				int offset = zone_file_offset(&zone, utc("2060-07-01T00:00:00"));
				assert_in_range(offset + 27 * 3600, 0, 54 * 3600);
			}
			free(bytes);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_changes_and_footer),
		cmocka_unit_test(reads_all_kinds_of_footer),
		cmocka_unit_test(refuses_wrong_footers),
		cmocka_unit_test(survives_damage),
	};
	return cmocka_run_group_tests(tests, NULL, tear_down);
}
