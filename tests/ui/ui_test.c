/* Touch, focus, mirroring, scrolling and damage, on a panel in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "machine.h"
#include "ui/damage.h"
#include "ui/dump.h"
#include "ui/ui.h"
#include "ui/widgets.h"

static struct platform *platform;
static struct env *env;
static struct ui *ui;
static struct theme theme;
static bool rtl;
static int pressed[2];
static bool with_dialog;

static const struct rect places[2] = {{100, 100, 200, 130}, {400, 100, 200, 130}};

/* Two buttons and, when asked for, a dialog with a third over them. */
static void frame(const struct input *input)
{
	struct ui_frame_options options = {.theme = &theme,
		.screen = STR("test"),
		.language = STR("nl"),
		.rtl = rtl,
		.motion = true};
	ui_begin(ui, &options, input);
	for (size_t i = 0; i < 2; i++)
		if (ui_button(ui, ui_id(ui, "test/button", i), places[i],
			    &(struct ui_button){.label = STR("Ja")}))
			pressed[i]++;
	if (with_dialog) {
		struct rect box = ui_dialog_begin(ui, STR("test/dialog"), 700, 400, STR("Vraag"));
		ui_button(ui, STR("test/close"), rect_center(box, 200, 130),
			&(struct ui_button){.label = STR("Dicht")});
	}
	ui_end(ui);
}

static void touch(enum input_kind kind, int x, int y)
{
	struct input input = {.kind = kind, .x = x, .y = y};
	frame(&input);
	frame(NULL);
}

static void a_touch_acts_when_it_is_lifted_where_it_went_down(void **state)
{
	(void)state;
	frame(NULL);
	touch(INPUT_TOUCH_DOWN, 150, 150);
	assert_int_equal(pressed[0], 0);
	assert_true(ui_is_pressed(ui, STR("test/button/0")));
	touch(INPUT_TOUCH_UP, 160, 160);
	assert_int_equal(pressed[0], 1);
	assert_false(ui_is_pressed(ui, STR("test/button/0")));

	env_sleep_ms(env, 1000);
	touch(INPUT_TOUCH_DOWN, 150, 150);
	touch(INPUT_TOUCH_UP, 350, 150); /* slid off: cancelled */
	assert_int_equal(pressed[0], 1);
	touch(INPUT_TOUCH_DOWN, 150, 150);
	touch(INPUT_TOUCH_UP, 450, 150); /* onto another one: neither */
	assert_int_equal(pressed[0] + pressed[1], 1);

	/* a lift that got lost does not count for the next touch */
	env_sleep_ms(env, 1000);
	touch(INPUT_TOUCH_DOWN, 150, 150);
	touch(INPUT_TOUCH_DOWN, 20, 20);
	touch(INPUT_TOUCH_UP, 150, 150);
	assert_int_equal(pressed[0] + pressed[1], 1);
}

static void a_trembling_hand_presses_once(void **state)
{
	(void)state;
	frame(NULL);
	for (int i = 0; i < 3; i++) {
		touch(INPUT_TOUCH_DOWN, 150, 150);
		touch(INPUT_TOUCH_UP, 150, 150);
		env_sleep_ms(env, 40);
	}
	assert_int_equal(pressed[0], 1);
	env_sleep_ms(env, 200);
	touch(INPUT_TOUCH_DOWN, 150, 150);
	touch(INPUT_TOUCH_UP, 150, 150);
	assert_int_equal(pressed[0], 2);
}

static void a_dialog_covers_what_lies_below(void **state)
{
	(void)state;
	with_dialog = true;
	frame(NULL);
	touch(INPUT_TOUCH_DOWN, 150, 150);
	touch(INPUT_TOUCH_UP, 150, 150);
	assert_int_equal(pressed[0], 0);
	assert_null(ui_find(ui, STR("test/button/0")));
	size_t count;
	const struct ui_node *nodes = ui_nodes(ui, &count);
	assert_int_equal(nodes[0].role, ROLE_DIALOG);
	assert_int_equal(count, 2);
}

static void tab_and_enter_do_what_a_finger_does(void **state)
{
	(void)state;
	frame(NULL);
	struct input tab = {.kind = INPUT_KEY, .text = STR("Tab")};
	struct input enter = {.kind = INPUT_KEY, .text = STR("Enter")};
	frame(&tab);
	frame(NULL);
	assert_true(ui_find(ui, STR("test/button/0"))->focus);
	frame(&tab);
	frame(NULL);
	assert_true(ui_find(ui, STR("test/button/1"))->focus);
	frame(&enter);
	assert_int_equal(pressed[1], 1);
	frame(NULL);
	frame(&tab); /* round and round */
	frame(NULL);
	assert_true(ui_find(ui, STR("test/button/0"))->focus);
}

static void right_to_left_mirrors_places_and_touches(void **state)
{
	(void)state;
	rtl = true;
	frame(NULL);
	const struct ui_node *node = ui_find(ui, STR("test/button/0"));
	assert_int_equal(node->rect.x, 1280 - 100 - 200);
	touch(INPUT_TOUCH_DOWN, 1280 - 150, 150);
	touch(INPUT_TOUCH_UP, 1280 - 150, 150);
	assert_int_equal(pressed[0], 1);
}

static void words_melt_into_the_target_that_holds_them(void **state)
{
	(void)state;
	frame(NULL);
	size_t count;
	const struct ui_node *nodes = ui_nodes(ui, &count);
	assert_int_equal(count, 2);
	assert_true(nodes[0].cap_height_px > 0);
	assert_true(color_contrast(nodes[0].foreground, nodes[0].background) >= 7);
	assert_true(color_equal(nodes[0].background, theme.colors[COLOR_WHITE]));
}

/* --- scrolling -------------------------------------------------------------------------------- */

#define ITEM_PX 150
static int items, chosen;

static void list_frame(const struct input *input)
{
	struct ui_frame_options options = {
		.theme = &theme, .screen = STR("test"), .language = STR("nl"), .motion = true};
	ui_begin(ui, &options, input);
	struct rect viewport = {300, 0, 900, 400};
	struct rect at = ui_scroll_begin(ui, STR("test/list"), viewport);
	for (int i = 0; i < items; i++) {
		ui_scroll_item(ui, at.y);
		struct rect item = rect_take_top(&at, ITEM_PX);
		if (ui_option(ui, ui_id(ui, "test/item", (size_t)i), item, STR("keuze"), false))
			chosen = i;
	}
	ui_scroll_end(ui, at.y);
	ui_page_buttons(ui, STR("test/list"), (struct rect){0, 0, 130, 130},
		(struct rect){0, 200, 130, 130}, STR("omhoog"), STR("omlaag"), true);
	if (with_dialog)
		ui_dialog_begin(ui, STR("test/dialog"), 700, 400, STR("Vraag"));
	ui_end(ui);
}

static void list_touch(enum input_kind kind, int x, int y)
{
	struct input input = {.kind = kind, .x = x, .y = y};
	list_frame(&input);
	list_frame(NULL);
}

static void let_it_rest(void)
{
	for (int i = 0; i < 200 && ui_next_frame_ms(ui) < INT64_MAX; i++) {
		env_sleep_ms(env, 16);
		list_frame(NULL);
	}
	assert_true(ui_next_frame_ms(ui) == INT64_MAX);
}

static void page_buttons_move_by_whole_items(void **state)
{
	(void)state;
	items = 10;
	list_frame(NULL);
	list_frame(NULL);
	assert_false(ui_scroll_can(ui, STR("test/list"), -1));
	list_touch(INPUT_TOUCH_DOWN, 50, 250);
	list_touch(INPUT_TOUCH_UP, 50, 250);
	let_it_rest();
	/* 400 px show two whole items and a part of the third, which comes on top */
	assert_int_equal(ui_scroll_offset(ui, STR("test/list")), 2 * ITEM_PX);
	env_sleep_ms(env, 500);
	list_touch(INPUT_TOUCH_DOWN, 50, 50);
	list_touch(INPUT_TOUCH_UP, 50, 50);
	let_it_rest();
	assert_int_equal(ui_scroll_offset(ui, STR("test/list")), 0);
}

static void a_finger_moves_the_list_and_chooses_nothing(void **state)
{
	(void)state;
	items = 10;
	chosen = -1;
	list_frame(NULL);
	list_frame(NULL);
	list_touch(INPUT_TOUCH_DOWN, 600, 300);
	for (int y = 290; y >= 100; y -= 10) {
		env_sleep_ms(env, 16);
		list_touch(INPUT_TOUCH_MOVE, 600, y);
	}
	int under_finger = ui_scroll_offset(ui, STR("test/list"));
	assert_true(under_finger >= 150);
	list_touch(INPUT_TOUCH_UP, 600, 100);
	assert_int_equal(chosen, -1);
	let_it_rest(); /* it glides on, and comes to rest by itself */
	assert_true(ui_scroll_offset(ui, STR("test/list")) > under_finger);
	assert_true(ui_scroll_offset(ui, STR("test/list")) <= 10 * ITEM_PX - 400);
}

static void a_list_under_a_dialog_stays_where_it_is(void **state)
{
	(void)state;
	items = 10;
	list_frame(NULL);
	with_dialog = true;
	list_frame(NULL);
	list_touch(INPUT_TOUCH_DOWN, 600, 300);
	for (int y = 290; y >= 100; y -= 10) {
		env_sleep_ms(env, 16);
		list_touch(INPUT_TOUCH_MOVE, 600, y);
	}
	assert_int_equal(ui_scroll_offset(ui, STR("test/list")), 0);
}

static void what_slides_leaves_its_ground(void **state)
{
	(void)state;
	struct ui_frame_options options = {
		.theme = &theme, .screen = STR("test"), .language = STR("nl"), .motion = true};
	ui_begin(ui, &options, NULL);
	ui_box(ui, ui_panel_rect(ui), &(struct ui_box){.fill = COLOR_PAPER});
	ui_box(ui, (struct rect){10, 10, 50, 50}, &(struct ui_box){.fill = COLOR_SAND});
	ui_slide(ui, 30, 0);
	struct draw_list list = ui_draw_list(ui);
	assert_int_equal(list.commands[0].rect.x, 0);
	assert_int_equal(list.commands[1].rect.x, 40);
	ui_end(ui);
}

static void what_is_scrolled_away_is_no_target(void **state)
{
	(void)state;
	items = 10;
	list_frame(NULL);
	list_frame(NULL);
	assert_non_null(ui_find(ui, STR("test/item/1")));
	assert_null(ui_find(ui, STR("test/item/2"))); /* 100 of its 150 px: less than 20 mm show */
	assert_null(ui_find(ui, STR("test/item/5")));
}

/* --- damage ----------------------------------------------------------------------------------- */

static void damage_covers_what_changed_and_nothing_without_change(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct damage damage;
	damage_init(&damage, &arena, 640, 480);
	struct draw_command commands[2] = {
		{.kind = DRAW_BOX,
			.rect = {0, 0, 640, 480},
			.clip = {0, 0, 640, 480},
			.color = {1, 2, 3, 255}},
		{.kind = DRAW_BOX,
			.rect = {70, 70, 20, 20},
			.clip = {0, 0, 640, 480},
			.color = {9, 9, 9, 255}},
	};
	struct draw_list list = {commands, 2};
	size_t count;
	damage_find(&damage, &arena, &list, &count);
	assert_int_equal(count, 1); /* at first everything */
	damage_find(&damage, &arena, &list, &count);
	assert_int_equal(count, 0);
	commands[1].color.r = 200;
	struct rect *rects = damage_find(&damage, &arena, &list, &count);
	assert_int_equal(count, 1);
	assert_true(rects[0].x <= 70 && rects[0].x + rects[0].w >= 90 && rects[0].w <= 128);
	commands[1].rect.x = 300; /* where it was and where it is */
	rects = damage_find(&damage, &arena, &list, &count);
	assert_int_equal(count, 2);
	damage_everything(&damage);
	rects = damage_find(&damage, &arena, &list, &count);
	assert_int_equal(rects[0].w, 640);
	arena_finish(&arena);
}

static int set_up(void **state)
{
	(void)state;
	platform = test_machine(1280, 800, &env);
	struct panel panel = panel_for(1280, 800, 0, 0);
	theme_init(&theme, &panel, THEME_NORMAL, TEXT_100);
	ui = ui_create(platform);
	pressed[0] = pressed[1] = 0;
	rtl = with_dialog = false;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	ui_destroy(ui);
	platform_destroy(platform);
	env_simulated_destroy(env);
	return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_touch_acts_when_it_is_lifted_where_it_went_down),
		TEST(a_trembling_hand_presses_once),
		TEST(a_dialog_covers_what_lies_below),
		TEST(tab_and_enter_do_what_a_finger_does),
		TEST(right_to_left_mirrors_places_and_touches),
		TEST(words_melt_into_the_target_that_holds_them),
		TEST(page_buttons_move_by_whole_items),
		TEST(a_finger_moves_the_list_and_chooses_nothing),
		TEST(a_list_under_a_dialog_stays_where_it_is),
		TEST(what_slides_leaves_its_ground),
		TEST(what_is_scrolled_away_is_no_target),
		TEST(damage_covers_what_changed_and_nothing_without_change),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
