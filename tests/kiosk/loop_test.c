/* The loop against the clock: when it warns, counts down, gives up, and when it draws. Inputs come
 * from a list of moments instead of a script, so that what stands can be noted at each wake-up. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct moment {
	int64_t ms; /* since the start of the run */
	struct input input;
};

struct note {
	int64_t ms;
	int64_t frames;
	bool warning;
	enum screen_name top;
};

static struct {
	struct bench *bench;
	const struct moment *moments;
	size_t moment_count, next;
	int64_t start_ms;
	struct note notes[4096];
	size_t note_count;
} run;

/* What stands at each wake-up, and then the next moment or the kiosk's own deadline. */
static void next_moment(struct platform *platform, int64_t deadline_ms, struct input *input)
{
	int64_t now_ms = env_monotonic_ms(platform->env);
	assert_true(run.note_count < sizeof(run.notes) / sizeof(run.notes[0]));
	run.notes[run.note_count++] = (struct note){now_ms - run.start_ms,
		platform->counters.frames, run.bench->kiosk.warning, bench_top(run.bench)};
	*input = (struct input){.kind = INPUT_QUIT};
	if (run.next == run.moment_count)
		return;
	int64_t due_ms = run.start_ms + run.moments[run.next].ms;
	int64_t until_ms = due_ms <= deadline_ms ? due_ms : deadline_ms;
	if (until_ms > now_ms)
		env_sleep_ms(platform->env, until_ms - now_ms);
	else if (due_ms > deadline_ms)
		fail_msg("the loop asks for a moment that has passed");
	input->kind = INPUT_NONE;
	if (due_ms <= deadline_ms)
		*input = run.moments[run.next++].input;
}

static void play(struct bench *b, const struct moment *moments, size_t count)
{
	struct platform_methods methods = *b->platform->methods;
	const struct platform_methods *usual = b->platform->methods;
	methods.next_input = next_moment;
	b->platform->methods = &methods;
	run.bench = b;
	run.moments = moments;
	run.moment_count = count;
	run.next = run.note_count = 0;
	run.start_ms = env_monotonic_ms(b->env);
	b->kiosk.last_touch_ms = run.start_ms;
	b->kiosk.quit = false;
	kiosk_run(&b->kiosk);
	b->platform->methods = usual;
}

static const struct note *first_warning(void)
{
	for (size_t i = 0; i < run.note_count; i++)
		if (run.notes[i].warning)
			return &run.notes[i];
	fail_msg("no warning came");
	return NULL;
}

static const struct note *first_at(enum screen_name screen)
{
	for (size_t i = 0; i < run.note_count; i++)
		if (run.notes[i].top == screen)
			return &run.notes[i];
	fail_msg("%s did not come", screens[screen].id);
	return NULL;
}

/* Frames shown after `from` and up to `to`, in ms. */
static int64_t frames_between(int64_t from_ms, int64_t to_ms)
{
	int64_t before = 0, after = 0;
	for (size_t i = 0; i < run.note_count; i++) {
		if (run.notes[i].ms <= from_ms)
			before = run.notes[i].frames;
		if (run.notes[i].ms <= to_ms)
			after = run.notes[i].frames;
	}
	return after - before;
}

#define QUIT_AT(when)                                                                              \
	{                                                                                          \
		(when),                                                                            \
		{                                                                                  \
			.kind = INPUT_QUIT                                                         \
		}                                                                                  \
	}

static void idle_runs_out(struct bench *b, enum screen_name screen, int64_t limit_ms)
{
	bench_kind(b, ACTION_WAKE);
	bench_type(b, ACTION_TYPE_NAME, "Canariefatma");
	bench_type(b, ACTION_TYPE_PHONE, "0612345678");
	bench_go(b, screen);
	const struct moment moments[] = {QUIT_AT(limit_ms + IDLE_WARNING_MS + 500)};
	play(b, moments, 1);

	assert_int_equal(first_warning()->ms, limit_ms);
	assert_int_equal(frames_between(1000, limit_ms - 1), 0);
	/* a frame a second, and none in between */
	for (int64_t ms = limit_ms + 1000; ms < limit_ms + IDLE_WARNING_MS; ms += 1000) {
		assert_int_equal(frames_between(ms - 1, ms), 1);
		assert_int_equal(frames_between(ms, ms + 999), 0);
	}
	assert_int_equal(first_at(SCREEN_ATTRACT)->ms, limit_ms + IDLE_WARNING_MS);
	static const struct visit nothing;
	assert_memory_equal(b->kiosk.visit, &nothing, sizeof(nothing));
	assert_false(b->kiosk.warning);
}

static void browsing_ends_after_a_minute_and_a_half(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	idle_runs_out(b, SCREEN_HELP, IDLE_BROWSE_MS);
	bench_stop(b);
}

static void a_form_waits_twice_as_long(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	idle_runs_out(b, SCREEN_SIGNUP_NAME, IDLE_FORM_MS);
	bench_stop(b);
}

static void a_touch_goes_on_with_the_visit(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	bench_kind(b, ACTION_WAKE);
	bench_type(b, ACTION_TYPE_NAME, "Samira");
	bench_go(b, SCREEN_HELP);
	const struct input down = {.kind = INPUT_TOUCH_DOWN, .x = 3, .y = 3};
	const struct input up = {.kind = INPUT_TOUCH_UP, .x = 3, .y = 3};
	const struct moment moments[] = {
		{75000, down}, {75100, up}, QUIT_AT(75100 + IDLE_BROWSE_MS + 500)};
	play(b, moments, 3);
	assert_int_equal(first_warning()->ms, IDLE_BROWSE_MS);
	assert_int_equal(bench_top(b), SCREEN_HELP);
	assert_string_equal(b->kiosk.visit->name, "Samira");
	/* the warning went with the lift of the finger, and came back a minute later */
	for (size_t i = 0; i < run.note_count; i++) {
		int64_t ms = run.notes[i].ms;
		bool expected =
			(ms >= IDLE_BROWSE_MS && ms < 75100) || ms >= 75100 + IDLE_BROWSE_MS;
		assert_int_equal(run.notes[i].warning, expected);
	}
	bench_stop(b);
}

/* Somebody who reaches for the screen in the very moment in which the visit ends must not get the
 * words of who has left. */
static void a_touch_at_the_end_comes_too_late(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	bench_kind(b, ACTION_WAKE);
	bench_type(b, ACTION_TYPE_NAME, "Samira");
	bench_go(b, SCREEN_HELP);
	const struct input down = {.kind = INPUT_TOUCH_DOWN, .x = 3, .y = 3};
	const struct moment moments[] = {{IDLE_BROWSE_MS + IDLE_WARNING_MS, down},
		QUIT_AT(IDLE_BROWSE_MS + IDLE_WARNING_MS + 500)};
	play(b, moments, 2);
	assert_int_equal(bench_top(b), SCREEN_ATTRACT);
	assert_int_equal(b->kiosk.visit->name_bytes, 0);
	bench_stop(b);
}

static void the_kiosk_keeps_house_while_nobody_is_there(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	b->kiosk.model.catalogue = NULL; /* an empty board, on which nothing moves */
	kiosk_load_days(&b->kiosk);
	b->kiosk.model.can_save = false;
	int64_t before_ms = b->kiosk.last_housekeeping_ms;
	const struct moment moments[] = {QUIT_AT(HOUSEKEEPING_MS + 500)};
	play(b, moments, 1);
	assert_true(b->kiosk.model.can_save);
	assert_int_equal(b->kiosk.last_housekeeping_ms - before_ms, HOUSEKEEPING_MS);
	bench_stop(b);
}

/* A card stands for eight seconds without a frame; only the 0.6 s between two cards are drawn. */
static void a_card_stands_still_and_then_fades(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	b->kiosk.options.motion = true;
	const struct moment moments[] = {QUIT_AT(17500)};
	play(b, moments, 1);
	assert_int_equal(frames_between(500, 8000), 0);
	assert_in_range(frames_between(8000, 8700), 10, 25);
	assert_int_equal(frames_between(8700, 16600), 0);
	assert_in_range(frames_between(16600, 17300), 10, 25);
	bench_stop(b);
}

static void without_motion_a_card_makes_way_at_once(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	const struct moment moments[] = {QUIT_AT(17500)};
	play(b, moments, 1);
	assert_int_equal(frames_between(500, 16000), 1);
	bench_stop(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(browsing_ends_after_a_minute_and_a_half),
		cmocka_unit_test(a_form_waits_twice_as_long),
		cmocka_unit_test(a_touch_goes_on_with_the_visit),
		cmocka_unit_test(a_touch_at_the_end_comes_too_late),
		cmocka_unit_test(the_kiosk_keeps_house_while_nobody_is_there),
		cmocka_unit_test(a_card_stands_still_and_then_fades),
		cmocka_unit_test(without_motion_a_card_makes_way_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
