/* The window on SDL's dummy driver: events go in through SDL's own queue and come out as inputs. */
#include "platform/sdl/window.h"

#include "platform/sdl/canvas.h"

#include <SDL.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WIDTH 200
#define HEIGHT 100

static const char *assets(void)
{
	static char path[1024];
	const char *build = getenv("BUILD");
	snprintf(path, sizeof(path), "%s/assets", build ? build : "build");
	return path;
}

static struct platform *open_window(bool by_texture)
{
	setenv("SDL_VIDEODRIVER", "dummy", 1);
	struct sdl_options options = {.width_px = WIDTH,
		.height_px = HEIGHT,
		.px_per_mm = 5,
		.assets = assets(),
		.title = "test",
		.by_texture = by_texture};
	struct error err = {0};
	struct platform *platform = sdl_platform_create(&options, env_os(), &err);
	if (!platform)
		fail_msg("%s", err.message);
	SDL_PumpEvents();
	SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
	return platform;
}

static struct input next(struct platform *platform)
{
	struct input input;
	platform_next_input(platform, 0, &input);
	return input;
}

static void expect(struct platform *platform, enum input_kind kind, int x, int y)
{
	struct input input = next(platform);
	assert_int_equal(input.kind, kind);
	assert_int_equal(input.x, x);
	assert_int_equal(input.y, y);
}

static void mouse(Uint32 type, Uint8 button, int x, int y, Uint32 which)
{
	SDL_Event event = {.type = type};
	if (type == SDL_MOUSEMOTION) {
		event.motion.x = x;
		event.motion.y = y;
		event.motion.which = which;
	} else {
		event.button.button = button;
		event.button.x = x;
		event.button.y = y;
		event.button.which = which;
	}
	SDL_PushEvent(&event);
}

static void finger(Uint32 type, SDL_FingerID id, float x, float y)
{
	SDL_Event event = {.type = type};
	event.tfinger.touchId = 7;
	event.tfinger.fingerId = id;
	event.tfinger.x = x;
	event.tfinger.y = y;
	SDL_PushEvent(&event);
}

static void press(SDL_Keycode code, Uint16 mod)
{
	SDL_Event event = {.type = SDL_KEYDOWN};
	event.key.keysym.sym = code;
	event.key.keysym.mod = mod;
	SDL_PushEvent(&event);
}

static void type(const char *z)
{
	SDL_Event event = {.type = SDL_TEXTINPUT};
	SDL_strlcpy(event.text.text, z, sizeof(event.text.text));
	SDL_PushEvent(&event);
}

static void test_mouse_is_a_finger(void **state)
{
	(void)state;
	struct platform *p = open_window(false);
	mouse(SDL_MOUSEMOTION, 0, 1, 1, 0);
	mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_RIGHT, 5, 6, 0);
	mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 5, 6, SDL_TOUCH_MOUSEID);
	mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 10, 20, 0);
	mouse(SDL_MOUSEMOTION, 0, 11, 21, 0);
	mouse(SDL_MOUSEMOTION, 0, 12, 22, 0);
	mouse(SDL_MOUSEMOTION, 0, 13, 23, 0);
	mouse(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 14, 24, 0);
	mouse(SDL_MOUSEMOTION, 0, 50, 50, 0);
	expect(p, INPUT_TOUCH_DOWN, 10, 20);
	expect(p, INPUT_TOUCH_MOVE, 13, 23); /* three movements are one */
	expect(p, INPUT_TOUCH_UP, 14, 24);
	expect(p, INPUT_NONE, 0, 0);
	platform_destroy(p);
}

static void test_only_the_first_finger_counts(void **state)
{
	(void)state;
	struct platform *p = open_window(false);
	finger(SDL_FINGERDOWN, 1, 0.5f, 0.25f);
	finger(SDL_FINGERDOWN, 2, 0.1f, 0.1f);
	mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 1, 1, 0);
	finger(SDL_FINGERMOTION, 2, 0.2f, 0.1f);
	finger(SDL_FINGERMOTION, 1, 0.6f, 0.5f);
	finger(SDL_FINGERMOTION, 2, 0.3f, 0.1f);
	finger(SDL_FINGERUP, 2, 0.3f, 0.1f);
	finger(SDL_FINGERUP, 1, 1.0f, 1.0f);
	finger(SDL_FINGERDOWN, 2, 0.0f, 0.0f);
	expect(p, INPUT_TOUCH_DOWN, 100, 25);
	expect(p, INPUT_TOUCH_MOVE, 120, 50);
	expect(p, INPUT_TOUCH_UP, WIDTH - 1, HEIGHT - 1);
	expect(p, INPUT_TOUCH_DOWN, 0, 0);
	expect(p, INPUT_NONE, 0, 0);
	platform_destroy(p);
}

static void test_keys_text_and_the_rest(void **state)
{
	(void)state;
	struct platform *p = open_window(false);
	static const struct {
		SDL_Keycode code;
		Uint16 mod;
		const char *name;
	} keys[] = {{SDLK_TAB, 0, "Tab"}, {SDLK_TAB, KMOD_LSHIFT, "Shift+Tab"},
		{SDLK_KP_ENTER, 0, "Enter"}, {SDLK_ESCAPE, 0, "Escape"}, {SDLK_UP, 0, "Up"}};
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		press(keys[i].code, keys[i].mod);
		struct input input = next(p);
		assert_int_equal(input.kind, INPUT_KEY);
		assert_true(str_equal_z(input.text, keys[i].name));
	}
	press(SDLK_a, 0);
	type("");
	type("\xff");
	type("é");
	struct input input = next(p);
	assert_int_equal(input.kind, INPUT_TEXT);
	assert_true(str_equal_z(input.text, "é"));
	SDL_PushEvent(&(SDL_Event){
		.window = {.type = SDL_WINDOWEVENT, .event = SDL_WINDOWEVENT_EXPOSED}});
	expect(p, INPUT_EXPOSED, 0, 0);
	SDL_PushEvent(&(SDL_Event){.type = SDL_QUIT});
	expect(p, INPUT_QUIT, 0, 0);
	platform_destroy(p);
}

static void test_wipe_drops_events_but_not_quit(void **state)
{
	(void)state;
	struct platform *p = open_window(false);
	finger(SDL_FINGERDOWN, 1, 0.5f, 0.5f);
	expect(p, INPUT_TOUCH_DOWN, 100, 50);
	type("geheim");
	struct input input = next(p);
	type("nog iets");
	SDL_PushEvent(&(SDL_Event){.type = SDL_QUIT});
	platform_wipe(p);
	assert_memory_equal(input.text.ptr, "\0\0\0\0\0\0", 6);
	expect(p, INPUT_QUIT, 0, 0);
	expect(p, INPUT_NONE, 0, 0);
	mouse(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 3, 4, 0); /* nothing is held any more */
	expect(p, INPUT_TOUCH_DOWN, 3, 4);
	platform_destroy(p);
}

static void test_deadline_passes(void **state)
{
	(void)state;
	struct platform *p = open_window(false);
	int64_t start_ms = env_monotonic_ms(env_os());
	struct input input;
	platform_next_input(p, start_ms + 120, &input);
	assert_int_equal(input.kind, INPUT_NONE);
	assert_true(env_monotonic_ms(env_os()) >= start_ms + 120);
	assert_true(p->counters.wake_ups <= 3);
	platform_destroy(p);
}

static void check_frames(bool by_texture)
{
	struct platform *p = open_window(by_texture);
	struct rect panel = {0, 0, WIDTH, HEIGHT}, damage = {10, 10, 20, 5};
	struct draw_command paper = {
		.kind = DRAW_BOX, .rect = panel, .clip = panel, .color = {1, 2, 3, 255}};
	struct draw_list list = {&paper, 1};
	platform_draw(p, &list, &panel, 1);
	assert_int_equal(p->counters.bytes_copied, WIDTH * HEIGHT * 4);
	paper.color.r = 9;
	platform_draw(p, &list, &damage, 1);
	assert_int_equal(p->counters.bytes_copied, WIDTH * HEIGHT * 4 + 20 * 5 * 4);
	assert_int_equal(p->counters.frames, 2);
	int pitch;
	const uint32_t *pixels = canvas_pixels(((struct canvas_platform *)p)->canvas, &pitch);
	assert_int_equal(pixels[12 * pitch + 12], 0x090203);
	assert_int_equal(pixels[9 * pitch + 9], 0x010203);
	struct rect many[200];
	for (int i = 0; i < 200; i++)
		many[i] = (struct rect){i, 0, 1, HEIGHT};
	platform_draw(p, &list, many, 200);
	assert_int_equal(pixels[99 * pitch + 199], 0x090203);
	platform_destroy(p);
}

static void test_frames_by_surface(void **state)
{
	(void)state;
	check_frames(false);
}

static void test_frames_by_texture(void **state)
{
	(void)state;
	check_frames(true);
}

static void test_no_display_is_said(void **state)
{
	(void)state;
	unsetenv("SDL_VIDEODRIVER");
	unsetenv("DISPLAY");
	unsetenv("WAYLAND_DISPLAY");
	struct sdl_options options = {.px_per_mm = 5, .assets = assets(), .title = "test"};
	struct error err = {0};
	struct platform *p = sdl_platform_create(&options, env_os(), &err);
	if (p) { /* a machine whose console SDL can take */
		assert_string_equal(SDL_GetCurrentVideoDriver(), "KMSDRM");
		platform_destroy(p);
		skip();
	}
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	assert_non_null(strstr(err.message, "no display"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mouse_is_a_finger),
		cmocka_unit_test(test_only_the_first_finger_counts),
		cmocka_unit_test(test_keys_text_and_the_rest),
		cmocka_unit_test(test_wipe_drops_events_but_not_quit),
		cmocka_unit_test(test_deadline_passes),
		cmocka_unit_test(test_frames_by_surface),
		cmocka_unit_test(test_frames_by_texture),
		cmocka_unit_test(test_no_display_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
