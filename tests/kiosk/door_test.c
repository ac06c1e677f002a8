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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_seconds_in_the_corner_ask_for_the_pin),
		cmocka_unit_test(the_first_pin_is_typed_twice),
		cmocka_unit_test(a_wrong_pin_waits),
		cmocka_unit_test(a_question_is_followed),
		cmocka_unit_test(nothing_of_the_host_opens_without_a_pin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
