/* The way in: how long a finger must stay, choosing and trying a PIN, and that the door shuts. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "store/door.h"

#define PIN STR("485719")

static void hold(struct bench *b, int x, int y, int64_t ms)
{
	door_tend(&b->kiosk, &(struct input){.kind = INPUT_TOUCH_DOWN, .x = x, .y = y});
	env_sleep_ms(b->env, ms);
	door_tend(&b->kiosk, &(struct input){.kind = INPUT_TOUCH_UP, .x = x, .y = y});
}

static void enter(struct bench *b, const char *digits)
{
	bench_type(b, ACTION_TYPE_PIN, digits);
	bench_kind(b, ACTION_ENTER_PIN);
	door_check_pin(&b->kiosk);
}

static void enter_the_door(struct bench *b)
{
	hold(b, 5, 5, 3000);
	enter(b, "485719");
	assert_int_equal(bench_top(b), SCREEN_DOOR);
}

static bool shows(struct bench *b, const char *id)
{
	size_t count;
	kiosk_show(&b->kiosk);
	const struct ui_node *nodes = ui_nodes(b->kiosk.ui, &count);
	for (size_t i = 0; i < count; i++)
		if (str_equal_z(nodes[i].id, id))
			return true;
	return false;
}

static void keep_pin(struct bench *b)
{
	struct error err = {0};
	bench_check(store_door_set_pin(b->store, PIN, &err), &err);
}

static void three_seconds_in_the_corner_ask_for_the_pin(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	hold(b, 5, 5, 2900);
	assert_int_equal(bench_top(b), SCREEN_ATTRACT);
	hold(b, 400, 400, 5000);
	assert_int_equal(bench_top(b), SCREEN_ATTRACT);
	hold(b, 5, 5, 3000);
	assert_int_equal(bench_top(b), SCREEN_PIN);
	bench_kind(b, ACTION_RESTART);
	hold(b, 5, 5, 3000);
	assert_int_equal(bench_top(b), SCREEN_PIN); /* from start too */
	bench_stop(b);
}

static void the_first_pin_is_typed_twice(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	hold(b, 5, 5, 3000);
	enter(b, "123456");
	assert_int_equal(b->kiosk.model.pin.trouble, PIN_TROUBLE_EASY);
	enter(b, "485719");
	assert_int_equal(b->kiosk.model.pin.step, PIN_STEP_REPEAT);
	enter(b, "485710");
	assert_int_equal(b->kiosk.model.pin.trouble, PIN_TROUBLE_DIFFERENT);
	enter(b, "485719");
	enter(b, "485719");
	assert_int_equal(bench_top(b), SCREEN_DOOR);
	assert_non_null(b->kiosk.model.door);
	assert_int_equal(b->kiosk.visit->pin_bytes, 0);
	bench_kind(b, ACTION_FINISH);
	assert_int_equal(bench_top(b), SCREEN_ATTRACT);
	assert_null(b->kiosk.model.door);
	bench_stop(b);
}

static void a_wrong_pin_waits(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	keep_pin(b);
	hold(b, 5, 5, 3000);
	enter(b, "485710");
	assert_int_equal(bench_top(b), SCREEN_PIN);
	assert_int_equal(b->kiosk.model.pin.until_ms, env_monotonic_ms(b->env) + 1000);
	enter(b, "485719");
	assert_int_equal(bench_top(b), SCREEN_PIN);
	env_sleep_ms(b->env, 1000);
	enter(b, "485719");
	assert_int_equal(bench_top(b), SCREEN_DOOR);
	bench_kind(b, ACTION_BACK);
	assert_int_equal(bench_top(b), SCREEN_START);
	assert_null(b->kiosk.model.door);
	bench_stop(b);
}

static void nothing_of_the_host_opens_without_a_pin(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	keep_pin(b);
	bench_kind(b, ACTION_WAKE);
	bench_go(b, SCREEN_DOOR);
	bench_go(b, SCREEN_SET_CLOCK);
	bench_kind(b, ACTION_CHANGE_PIN);
	bench_kind(b, ACTION_RESTART_PROGRAM);
	assert_int_equal(bench_top(b), SCREEN_START);
	assert_false(b->kiosk.quit);
	bench_stop(b);
}

static void ask_for_a_conversation(struct bench *b)
{
	const struct catalogue *c = b->kiosk.model.catalogue;
	struct registration_request request = {.party_size = 1};
	struct registration_result result;
	struct error err = {0};
	for (size_t i = 0; i < c->initiative_count; i++)
		if (c->initiatives[i].registration.mode == REGISTRATION_INTRODUCTION)
			request.initiative = c->initiatives[i].id;
	bench_check(store_register(b->store, &request, &result, &err), &err);
}

static void a_question_is_followed(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	keep_pin(b);
	ask_for_a_conversation(b);
	hold(b, 5, 5, 3000);
	enter(b, "485719");
	const struct door_model *door = b->kiosk.model.door;
	assert_int_equal(door->new_today, 1);
	assert_int_equal(door->question_count, 1);
	assert_false(door->questions[0].taken_along);
	struct action action = {.kind = ACTION_OPEN_QUESTION, .id = door->questions[0].id};
	bench_go(b, SCREEN_QUESTIONS);
	bench_do(b, action);
	action.kind = ACTION_FOLLOW;
	bench_do(b, action);
	assert_int_equal(bench_top(b), SCREEN_QUESTIONS);
	assert_true(door->questions[0].taken_along);
	action.number = 1;
	action.text = STR("Samira");
	bench_do(b, action);
	assert_int_equal(door->question_count, 0);
	bench_kind(b, ACTION_FINISH);
	bench_do(b, action); /* the door is shut: nothing happens */
	assert_int_equal(bench_top(b), SCREEN_ATTRACT);
	bench_stop(b);
}

static int drops;

static void count_drop(struct platform *platform)
{
	(void)platform;
	drops++;
}

static void the_screen_says_that_it_is_looking(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	struct platform_methods methods = *b->platform->methods;
	methods.drop_input = count_drop;
	b->platform->methods = &methods;
	drops = 0;
	keep_pin(b);
	hold(b, 5, 5, 3000);
	assert_false(door_check_pin(&b->kiosk));
	bench_type(b, ACTION_TYPE_PIN, "485719");
	bench_kind(b, ACTION_ENTER_PIN);
	assert_true(b->kiosk.model.pin.checking);
	assert_int_equal(bench_top(b), SCREEN_PIN);
	kiosk_show(&b->kiosk);
	bench_type(b, ACTION_TYPE_PIN, "1"); /* changes nothing any more */
	assert_int_equal(b->kiosk.visit->pin_bytes, 6);
	assert_int_equal(drops, 0);
	assert_true(door_check_pin(&b->kiosk));
	assert_int_equal(drops, 1);
	assert_false(b->kiosk.model.pin.checking);
	assert_int_equal(bench_top(b), SCREEN_DOOR);
	bench_stop(b);
}

static void open_for_real(struct bench *b, int year, int month)
{
	struct error err = {0};
	struct key_set keys;
	struct secret_key_set secret;
	key_set_create(key_month(year, month), &keys, &secret);
	bench_check(store_open_registrations(b->store, &keys, &err), &err);
}

static enum door_keys keys_at_the_door(struct bench *b)
{
	enter_the_door(b);
	kiosk_show(&b->kiosk);
	enum door_keys keys = b->kiosk.model.door->keys;
	bench_kind(b, ACTION_FINISH);
	return keys;
}

/* It is December 2026. */
static void the_host_is_told_when_keys_run_out(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	keep_pin(b);
	assert_int_equal(keys_at_the_door(b), DOOR_KEYS_FINE); /* practice has none */
	open_for_real(b, 2025, 4); /* to March 2027 */
	assert_int_equal(keys_at_the_door(b), DOOR_KEYS_FINE);
	open_for_real(b, 2025, 3);
	assert_int_equal(keys_at_the_door(b), DOOR_KEYS_SOON);
	open_for_real(b, 2024, 12);
	assert_int_equal(keys_at_the_door(b), DOOR_KEYS_USED_UP);
	bench_stop(b);
}

static void the_host_says_that_the_clock_is_right(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	keep_pin(b);
	enter_the_door(b);
	assert_false(shows(b, "door/clock-yes"));
	bench_kind(b, ACTION_FINISH);
	fake_set_clock(b->env, env_wall_ms(b->env), CLOCK_UNSURE);
	enter_the_door(b);
	assert_true(shows(b, "door/clock-yes"));
	assert_true(shows(b, "door/clock-set"));
	bench_kind(b, ACTION_TRUST_CLOCK);
	assert_true(b->kiosk.model.clock_sure || env_clock_quality(b->env) == CLOCK_UNSURE);
	bench_kind(b, ACTION_FINISH);
	fake_set_clock(b->env, 1000, CLOCK_UNSURE);
	enter_the_door(b);
	assert_false(shows(b, "door/clock-yes")); /* nobody can say so of 1970 */
	assert_true(shows(b, "door/clock-set"));
	bench_stop(b);
}

static void a_black_screen_wakes_to_the_attract_screen(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	keep_pin(b);
	bench_kind(b, ACTION_SCREEN_OFF);
	assert_int_equal(bench_top(b), SCREEN_ATTRACT);
	enter_the_door(b);
	bench_kind(b, ACTION_SCREEN_OFF);
	assert_int_equal(bench_top(b), SCREEN_OFF);
	assert_null(b->kiosk.model.door);
	kiosk_show(&b->kiosk);
	assert_true(b->kiosk.light_is_off);
	kiosk_take_input(&b->kiosk, &(struct input){.kind = INPUT_TOUCH_DOWN, .x = 300, .y = 300});
	kiosk_take_input(&b->kiosk, &(struct input){.kind = INPUT_TOUCH_UP, .x = 300, .y = 300});
	assert_int_equal(bench_top(b), SCREEN_ATTRACT);
	kiosk_show(&b->kiosk);
	assert_false(b->kiosk.light_is_off);
	bench_stop(b);
}

static int read_light(const char *directory, const char *name)
{
	char path[256];
	int number = -1;
	snprintf(path, sizeof(path), "%s/%s", directory, name);
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &number), 1);
	fclose(file);
	return number;
}

static void make_light(const char *directory)
{
	static const char *const names[] = {"brightness", "max_brightness", "bl_power"};
	static const char *const values[] = {"100", "100", "0"};
	struct error err = {0};
	char path[256];
	bench_check(env_make_directory(env_os(), directory, &err), &err);
	for (size_t i = 0; i < 3; i++) {
		snprintf(path, sizeof(path), "%s/%s", directory, names[i]);
		bench_check(env_write_file(env_os(), path, str_from(values[i]), &err), &err);
	}
}

static void the_light_is_chosen_kept_and_put_out(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	char root[] = "/tmp/light-XXXXXX", light[64];
	assert_non_null(mkdtemp(root));
	snprintf(light, sizeof(light), "%s/panel", root);
	make_light(light);
	keep_pin(b);
	enter_the_door(b);
	assert_int_equal(b->kiosk.model.door->brightness, 0); /* there was none yet */
	bench_kind(b, ACTION_FINISH);
	b->kiosk.options.backlight_dir = root;
	light_begin(&b->kiosk);
	enter_the_door(b);
	assert_int_equal(b->kiosk.model.door->brightness, BRIGHTNESS_STEPS);
	bench_do(b, (struct action){.kind = ACTION_SET_BRIGHTNESS, .number = 2});
	assert_int_equal(read_light(light, "brightness"), 20);
	bench_do(b, (struct action){.kind = ACTION_SET_BRIGHTNESS, .number = 0});
	assert_int_equal(read_light(light, "brightness"), 20);
	bench_kind(b, ACTION_SCREEN_OFF);
	assert_int_equal(read_light(light, "bl_power"), 0); /* the black comes first */
	kiosk_show(&b->kiosk);
	assert_int_equal(read_light(light, "bl_power"), 4);
	bench_kind(b, ACTION_FINISH);
	kiosk_show(&b->kiosk);
	assert_int_equal(read_light(light, "bl_power"), 0);
	light_begin(&b->kiosk); /* as at another start */
	assert_int_equal(b->kiosk.light_step, 2);
	b->kiosk.light.path[0] = '\0';
	char command[128];
	snprintf(command, sizeof(command), "rm -r %s", root);
	assert_int_equal(system(command), 0);
	bench_stop(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_seconds_in_the_corner_ask_for_the_pin),
		cmocka_unit_test(the_first_pin_is_typed_twice),
		cmocka_unit_test(a_wrong_pin_waits),
		cmocka_unit_test(a_question_is_followed),
		cmocka_unit_test(the_screen_says_that_it_is_looking),
		cmocka_unit_test(the_host_is_told_when_keys_run_out),
		cmocka_unit_test(the_host_says_that_the_clock_is_right),
		cmocka_unit_test(a_black_screen_wakes_to_the_attract_screen),
		cmocka_unit_test(the_light_is_chosen_kept_and_put_out),
		cmocka_unit_test(nothing_of_the_host_opens_without_a_pin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
