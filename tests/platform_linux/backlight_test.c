/* A directory that plays /sys/class/backlight. */
#include "platform/linux/backlight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char root[64];

static void path_of(char path[256], const char *light, const char *name)
{
	snprintf(path, 256, "%s/%s/%s", root, light, name);
}

static void put(const char *light, const char *name, const char *text)
{
	char path[256];
	path_of(path, light, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void assert_holds(const char *light, const char *name, const char *text)
{
	char path[256], found[64] = "";
	path_of(path, light, name);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	size_t length = fread(found, 1, sizeof(found) - 1, file);
	fclose(file);
	assert_true(length > 0);
	assert_string_equal(found, text);
}

static void add_light(const char *light)
{
	char path[256];
	path_of(path, light, "");
	assert_int_equal(mkdir(path, 0700), 0);
}

static int make_root(void **state)
{
	(void)state;
	snprintf(root, sizeof(root), "/tmp/backlight-XXXXXX");
	return mkdtemp(root) ? 0 : -1;
}

static int remove_root(void **state)
{
	(void)state;
	static const char *const lights[] = {"10-0045", "broken", "rpi"};
	static const char *const names[] = {"brightness", "max_brightness", "bl_power", ""};
	for (size_t i = 0; i < sizeof(lights) / sizeof(lights[0]); i++)
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++) {
			char path[256];
			path_of(path, lights[i], names[k]);
			remove(path);
		}
	return rmdir(root);
}

static void without_a_light_nothing_can_be_set(void **state)
{
	(void)state;
	struct backlight light;
	struct error err = {0};
	assert_false(backlight_find("/tmp/there/is/no/such", &light));
	assert_false(backlight_find(root, &light));
	assert_false(backlight_set(&light, 3, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	assert_false(backlight_off(&light, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
}

static void the_first_whole_light_is_taken(void **state)
{
	(void)state;
	struct backlight light;
	struct error err = {0};
	add_light("rpi");
	put("rpi", "max_brightness", "255\n");
	put("rpi", "brightness", "255\n");
	put("rpi", "bl_power", "0\n");
	add_light("broken");
	put("broken", "max_brightness", "much\n");
	assert_true(backlight_find(root, &light));
	assert_int_equal(light.most, 255);
	assert_true(backlight_set(&light, 5, &err));
	assert_holds("rpi", "brightness", "255");
	assert_true(backlight_set(&light, 1, &err));
	assert_holds("rpi", "brightness", "20");
	assert_true(backlight_off(&light, &err));
	assert_holds("rpi", "bl_power", "4");
	assert_holds("rpi", "brightness", "20");
	assert_true(backlight_set(&light, 3, &err));
	assert_holds("rpi", "bl_power", "0");
	assert_holds("rpi", "brightness", "102");
}

static void one_of_few_steps_is_never_dark(void **state)
{
	(void)state;
	struct backlight light;
	struct error err = {0};
	add_light("10-0045");
	put("10-0045", "max_brightness", "7");
	put("10-0045", "brightness", "7");
	assert_true(backlight_find(root, &light));
	assert_true(backlight_set(&light, 1, &err));
	assert_holds("10-0045", "brightness", "1");
	assert_true(backlight_off(&light, &err)); /* it has no bl_power */
	assert_holds("10-0045", "brightness", "0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			without_a_light_nothing_can_be_set, make_root, remove_root),
		cmocka_unit_test_setup_teardown(
			the_first_whole_light_is_taken, make_root, remove_root),
		cmocka_unit_test_setup_teardown(
			one_of_few_steps_is_never_dark, make_root, remove_root),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
