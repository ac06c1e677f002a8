/* The window on a real X server, where one is given (window_under_x_test.sh starts one): OpenGL
 * stays out of the process and nothing wakes up while nothing happens. */
#include "platform/sdl/window.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

static struct platform *open_window(void)
{
	static char assets[1024];
	const char *build = getenv("BUILD");
	snprintf(assets, sizeof(assets), "%s/assets", build ? build : "build");
	struct sdl_options options = {
		.full_screen = true, .px_per_mm = 5.9, .assets = assets, .title = "test"};
	struct error err = {0};
	struct platform *platform = sdl_platform_create(&options, env_os(), &err);
	if (!platform)
		fail_msg("%s", err.message);
	return platform;
}

static void draw_all(struct platform *p)
{
	struct rect panel = {0, 0, p->width_px, p->height_px};
	struct draw_command paper = {
		.kind = DRAW_BOX, .rect = panel, .clip = panel, .color = {0xfb, 0xf4, 0xe6, 255}};
	struct draw_list list = {&paper, 1};
	platform_draw(p, &list, &panel, 1);
}

static void test_no_opengl_and_no_busy_waiting(void **state)
{
	(void)state;
	struct platform *p = open_window();
	assert_true(p->width_px >= 640 && p->height_px >= 400);
	draw_all(p);

	FILE *maps = fopen("/proc/self/maps", "r");
	assert_non_null(maps);
	char line[1024];
	while (fgets(line, sizeof(line), maps)) {
		if (strstr(line, "libGL") || strstr(line, "libEGL") || strstr(line, "LLVM"))
			fail_msg("mapped: %s", line);
	}
	fclose(maps);

	/* What the server says about a new window, before it is quiet. */
	struct input input;
	int64_t settled_ms = env_monotonic_ms(env_os()) + 300;
	do {
		platform_next_input(p, settled_ms, &input);
	} while (input.kind != INPUT_NONE);
	draw_all(p);

	struct rusage before, after;
	int64_t wake_ups = p->counters.wake_ups;
	getrusage(RUSAGE_SELF, &before);
	platform_next_input(p, env_monotonic_ms(env_os()) + 2500, &input);
	getrusage(RUSAGE_SELF, &after);
	assert_int_equal(input.kind, INPUT_NONE);
	assert_in_range(p->counters.wake_ups - wake_ups, 1, 5);
	assert_in_range(after.ru_nvcsw - before.ru_nvcsw, 0, 10);
	platform_destroy(p);
}

int main(void)
{
	if (!getenv("DISPLAY"))
		return 77;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_opengl_and_no_busy_waiting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
