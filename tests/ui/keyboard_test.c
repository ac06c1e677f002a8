/* The way to digits and signs and back, at every size. */
#include "ui/keyboard.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "machine.h"

struct desk {
	struct env *env;
	struct platform *platform;
	struct ui *ui;
	struct theme theme;
	struct keyboard_state state;
	bool signs;
};

static struct key_press frame(struct desk *d, const struct input *input)
{
	struct ui_frame_options options = {
		.theme = &d->theme, .screen = STR("keys"), .language = STR("nl")};
	struct keyboard_words words = {.space = STR("spatie"),
		.shift = STR("hoofdletter"),
		.remove = STR("wis"),
		.abc = STR("ABC"),
		.signs = d->signs};
	ui_begin(d->ui, &options, input);
	struct rect rect = ui_panel_rect(d->ui);
	rect = rect_take_bottom(&rect, ui_keyboard_height(d->ui));
	struct key_press press = ui_keyboard(d->ui, rect, &d->state, STR(""), &words);
	ui_end(d->ui);
	return press;
}

static const struct ui_node *find(struct desk *d, const char *id)
{
	size_t count;
	frame(d, NULL);
	const struct ui_node *nodes = ui_nodes(d->ui, &count);
	for (size_t i = 0; i < count; i++)
		if (str_equal_z(nodes[i].id, id))
			return &nodes[i];
	return NULL;
}

static struct key_press tap(struct desk *d, const char *id)
{
	const struct ui_node *node = find(d, id);
	assert_non_null(node);
	struct input input = {.kind = INPUT_TOUCH_DOWN,
		.x = node->rect.x + node->rect.w / 2,
		.y = node->rect.y + node->rect.h / 2};
	frame(d, &input);
	input.kind = INPUT_TOUCH_UP;
	return frame(d, &input);
}

static struct desk sit_down(int width_px, int height_px)
{
	struct desk d = {.signs = true};
	struct panel panel = panel_for(width_px, height_px, 0, 0);
	d.platform = test_machine(width_px, height_px, &d.env);
	d.ui = ui_create(d.platform);
	theme_init(&d.theme, &panel, THEME_NORMAL, TEXT_100);
	return d;
}

static void leave(struct desk *d)
{
	ui_destroy(d->ui);
	platform_destroy(d->platform);
	env_simulated_destroy(d->env);
}

static void digits_are_behind_a_key(void **state)
{
	(void)state;
	static const int sizes[][2] = {{800, 480}, {1280, 800}, {1920, 1080}, {1080, 1920}};
	for (size_t i = 0; i < 4; i++) {
		struct desk d = sit_down(sizes[i][0], sizes[i][1]);
		assert_null(find(&d, "key/7"));
		tap(&d, "key/signs");
		for (char digit = '0'; digit <= '9'; digit++) {
			char id[] = {'k', 'e', 'y', '/', digit, 0};
			struct key_press press = tap(&d, id);
			assert_int_equal(press.action, KEY_INSERT);
			assert_int_equal(press.text.ptr[0], digit);
		}
		assert_null(find(&d, "key/q"));
		assert_non_null(find(&d, "key/@"));
		assert_non_null(find(&d, "key/delete"));
		assert_non_null(find(&d, "key/space"));
		tap(&d, "key/signs");
		assert_non_null(find(&d, "key/q"));
		leave(&d);
	}
}

static void a_name_has_no_signs(void **state)
{
	(void)state;
	struct desk d = sit_down(1280, 800);
	d.signs = false;
	assert_null(find(&d, "key/signs"));
	d.state.signs = true;
	assert_null(find(&d, "key/7"));
	leave(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digits_are_behind_a_key),
		cmocka_unit_test(a_name_has_no_signs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
