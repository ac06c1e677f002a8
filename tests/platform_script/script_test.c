/* A script on a clock that only moves when somebody sleeps: what comes when, to the millisecond. */
#include "platform/script/script.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FAR INT64_MAX

struct stage {
	struct env *env;
	struct platform *platform;
	int64_t start_ms;
};

static struct platform *open_script(struct env *env, const char *text, struct error *err)
{
	static char assets[1024];
	const char *build = getenv("BUILD");
	snprintf(assets, sizeof(assets), "%s/assets", build ? build : "build");
	struct script_options options = {.width_px = 64,
		.height_px = 48,
		.px_per_mm = 5,
		.assets = assets,
		.script = str_from(text)};
	return script_platform_create(&options, env, err);
}

static struct stage open_stage(const char *text)
{
	struct stage stage = {.env = env_simulated_create(env_os(), 0, false, 1)};
	struct error err = {0};
	stage.start_ms = env_monotonic_ms(stage.env);
	stage.platform = open_script(stage.env, text, &err);
	if (!stage.platform)
		fail_msg("%s", err.message);
	return stage;
}

static void close_stage(struct stage *stage)
{
	platform_destroy(stage->platform);
	env_simulated_destroy(stage->env);
}

/* The next input, with the clock as it stands after it. */
static struct input next(struct stage *stage, int64_t deadline_ms, int64_t *at_ms)
{
	struct input input;
	if (deadline_ms != FAR)
		deadline_ms += stage->start_ms;
	platform_next_input(stage->platform, deadline_ms, &input);
	*at_ms = env_monotonic_ms(stage->env) - stage->start_ms;
	return input;
}

static void expect(struct stage *stage, enum input_kind kind, int64_t ms, int x, int y)
{
	int64_t at_ms;
	struct input input = next(stage, FAR, &at_ms);
	assert_int_equal(input.kind, kind);
	assert_int_equal(at_ms, ms);
	assert_int_equal(input.x, x);
	assert_int_equal(input.y, y);
}

static void test_touch_and_drag_take_their_time(void **state)
{
	(void)state;
	struct stage stage =
		open_stage("touch 5 6\nwait 100\ndrag 10 0 50 40 40\ndrag 1 1 2 2 0\n");
	expect(&stage, INPUT_TOUCH_DOWN, 0, 5, 6);
	expect(&stage, INPUT_TOUCH_UP, 50, 5, 6);
	expect(&stage, INPUT_TOUCH_DOWN, 150, 10, 0);
	expect(&stage, INPUT_TOUCH_MOVE, 166, 23, 13);
	expect(&stage, INPUT_TOUCH_MOVE, 182, 36, 26);
	expect(&stage, INPUT_TOUCH_MOVE, 190, 50, 40);
	expect(&stage, INPUT_TOUCH_UP, 190, 50, 40);
	expect(&stage, INPUT_TOUCH_DOWN, 190, 1, 1);
	expect(&stage, INPUT_TOUCH_MOVE, 190, 2, 2);
	expect(&stage, INPUT_TOUCH_UP, 190, 2, 2);
	expect(&stage, INPUT_QUIT, 190, 0, 0);
	expect(&stage, INPUT_QUIT, 190, 0, 0);
	close_stage(&stage);
}

static void test_questions_come_in_order_with_their_text(void **state)
{
	(void)state;
	static const struct {
		enum input_kind kind;
		const char *text;
	} wanted[] = {
		{INPUT_TAP_ID, "start.doen"},
		{INPUT_KEY, "Tab"},
		{INPUT_TEXT, "Zoë"},
		{INPUT_EXPECT_ID, "list"},
		{INPUT_SHOT, "01"},
		{INPUT_DUMP, "02"},
	};
	struct stage stage =
		open_stage("tap start.doen\nkey Tab\ntext Zoë\nexpect list\nshot 01\ndump 02\n");
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		int64_t at_ms;
		struct input input = next(&stage, FAR, &at_ms);
		assert_int_equal(input.kind, wanted[i].kind);
		assert_true(str_equal_z(input.text, wanted[i].text));
		assert_int_equal(input.line, i + 1);
		assert_int_equal(at_ms, 0);
	}
	expect(&stage, INPUT_QUIT, 0, 0, 0);
	close_stage(&stage);
}

static void test_deadlines_come_first_during_a_wait(void **state)
{
	(void)state;
	struct stage stage = open_stage("wait 100\nshot a\n");
	int64_t at_ms;
	assert_int_equal(next(&stage, 30, &at_ms).kind, INPUT_NONE);
	assert_int_equal(at_ms, 30);
	assert_int_equal(next(&stage, 90, &at_ms).kind, INPUT_NONE);
	assert_int_equal(at_ms, 90);
	/* A caller who is late does not stop the clock. */
	assert_int_equal(next(&stage, 20, &at_ms).kind, INPUT_NONE);
	assert_int_equal(at_ms, 91);
	assert_int_equal(next(&stage, 100, &at_ms).kind, INPUT_SHOT);
	assert_int_equal(at_ms, 100);
	close_stage(&stage);
}

static void test_bad_scripts_are_refused(void **state)
{
	(void)state;
	struct error err = {0};
	assert_null(open_script(env_os(), "wait 1\njump\n", &err));
	assert_int_equal(err.code, ERROR_PARSE);
	assert_non_null(strstr(err.message, "line 2"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_touch_and_drag_take_their_time),
		cmocka_unit_test(test_questions_come_in_order_with_their_text),
		cmocka_unit_test(test_deadlines_come_first_during_a_wait),
		cmocka_unit_test(test_bad_scripts_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
