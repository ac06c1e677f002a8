/* The settings file: defaults, complaints by line, and the old or the new file after a power cut.
 */
#include "settings/settings.h"

#include "fake/fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static char complaints[2000];

static void collect(void *context, const char *message)
{
	(void)context;
	size_t used = strlen(complaints);
	snprintf(complaints + used, sizeof(complaints) - used, "%s\n", message);
}

static struct settings parse(const char *text)
{
	complaints[0] = '\0';
	return settings_parse(str_from(text), collect, NULL);
}

static void reads_every_key(void **state)
{
	(void)state;
	struct settings s =
		parse("# how this kiosk is set\r\n\n link_base = https://buurt.example/x/ \n"
		      "panel_mm=217 x 136\nlanguage = en\ncollect_days = 7");
	assert_string_equal(complaints, "");
	assert_true(str_equal(s.link_base, STR("https://buurt.example/x")));
	assert_int_equal(s.panel_width_mm, 217);
	assert_int_equal(s.panel_height_mm, 136);
	assert_true(str_equal(s.language, STR("en")));
	assert_int_equal(s.collect_days, 7);

	s = parse("");
	assert_int_equal(s.collect_days, COLLECT_DAYS);
	assert_int_equal(s.link_base.len, 0);
	assert_int_equal(s.panel_width_mm, 0);
	assert_true(str_equal(s.language, STR("nl")));
}

static void complains_by_line_and_keeps_the_default(void **state)
{
	(void)state;
	struct settings s = parse("link_base = http://buurt.example\n"
				  "colour = red\n"
				  "panel_mm = 21700x136\n"
				  "language nl\n"
				  "language = en\n"
				  "language = nl\n");
	assert_string_equal(complaints, "line 1: \"link_base\" must be empty or an https:// "
					"address without query or fragment\n"
					"line 2: \"colour\" is not a setting that is known\n"
					"line 3: \"panel_mm\" must be empty or width x height in "
					"millimetres, each 50 to 5000, "
					"such as 217x136\n"
					"line 4: \"language nl\" is not \"key = value\"\n"
					"line 6: \"language\" stands twice\n");
	assert_int_equal(s.link_base.len, 0);
	assert_int_equal(s.panel_width_mm, 0);
	assert_true(str_equal(s.language, STR("en")));
}

static void days_have_a_range(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "0", "366", "-1", "99999999999999999999", "7 days"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		char line[100];
		snprintf(line, sizeof(line), "collect_days = %s", wrong[i]);
		assert_int_equal(parse(line).collect_days, COLLECT_DAYS);
		assert_non_null(strstr(complaints, "1 to 365"));
	}
	assert_int_equal(parse("collect_days = 365").collect_days, 365);
}

static void refuses_hostile_links(void **state)
{
	(void)state;
	static const char *const links[] = {"https://", "https:///x", "https://a b", "https://a#b",
		"https://a?b", "https://a\"b", "javascript:alert(1)", "HTTPS://A"};
	for (size_t i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		char line[100];
		snprintf(line, sizeof(line), "link_base = %s", links[i]);
		assert_int_equal(parse(line).link_base.len, 0);
		assert_non_null(strstr(complaints, "line 1"));
	}
	parse("link_base = \xff");
	assert_non_null(strstr(complaints, "UTF-8"));
}

static void absent_file_is_the_default(void **state)
{
	(void)state;
	struct env *env = fake_create(1);
	struct arena arena = {0};
	struct settings s;
	struct error err = {0};
	assert_true(settings_read(env, &arena, "data", &s, collect, NULL, &err));
	assert_true(str_equal(s.language, STR("nl")));
	fake_power_off(env);
	assert_false(settings_read(env, &arena, "data", &s, collect, NULL, &err));
	assert_int_equal(err.code, ERROR_DISK);
	arena_finish(&arena);
	fake_destroy(env);
}

/* Writes over an old file, with the power failing at every change in turn. */
static void power_cut_leaves_old_or_new(void **state)
{
	(void)state;
	bool saw_old = false, saw_new = false;
	for (int64_t at = 0; at < 20; at++) {
		struct env *env = fake_create(1);
		struct arena arena = {0};
		struct settings s = settings_default();
		struct error err = {0};
		complaints[0] = '\0';
		assert_true(env_make_directory(env, "data", &err));
		assert_true(env_sync_directory(env, ".", &err));
		s.panel_width_mm = s.panel_height_mm = 100;
		assert_true(settings_write(env, "data", &s, &err));

		s.panel_width_mm = s.panel_height_mm = 200;
		fake_power_off_after(env, at);
		bool done = settings_write(env, "data", &s, &err);
		fake_power_off(env);
		fake_power_on(env);
		assert_true(settings_read(env, &arena, "data", &s, collect, NULL, &err));
		assert_string_equal(complaints, "");
		assert_true(s.panel_width_mm == 100 || s.panel_width_mm == 200);
		assert_int_equal(s.panel_width_mm, s.panel_height_mm);
		if (done)
			assert_int_equal(s.panel_width_mm, 200);
		saw_old = saw_old || s.panel_width_mm == 100;
		saw_new = saw_new || s.panel_width_mm == 200;
		arena_finish(&arena);
		fake_destroy(env);
	}
	assert_true(saw_old && saw_new);
}

static void failing_disk_says_why(void **state)
{
	(void)state;
	static const enum error_code codes[] = {ERROR_DISK_FULL, ERROR_READ_ONLY, ERROR_DISK};
	for (size_t i = 0; i < 3; i++) {
		struct env *env = fake_create(1);
		struct settings s = settings_default();
		struct error err = {0};
		fake_fail_after(env, 1, codes[i]);
		assert_false(settings_write(env, ".", &s, &err));
		assert_int_equal(err.code, codes[i]);
		fake_destroy(env);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_every_key),
		cmocka_unit_test(complains_by_line_and_keeps_the_default),
		cmocka_unit_test(days_have_a_range),
		cmocka_unit_test(refuses_hostile_links),
		cmocka_unit_test(absent_file_is_the_default),
		cmocka_unit_test(power_cut_leaves_old_or_new),
		cmocka_unit_test(failing_disk_says_why),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
