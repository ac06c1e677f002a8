/* The script is a list of events, and an event is one or more steps that fall due at a moment: a
 * touch is down and, 50 ms later, up; a drag moves every 16 ms; a wait is a step that gives
 * nothing. next_input() sleeps to the next step, or to the caller's deadline where that is earlier,
 * so timers and animations run during a wait as they would in front of a person. Events that take
 * no time follow each other without any. */
#include "platform/script/script.h"

#include "base/arena.h"
#include "platform/script/play.h"
#include "platform/sdl/canvas.h"
#include "platform/sdl/memory.h"

#include <stdlib.h>

#define TOUCH_MS 50
#define MOVE_EVERY_MS 16

struct script_platform {
	struct canvas_platform base; /* first, see canvas.h */
	struct arena arena;
	struct play_event *events;
	size_t count, next;
	int step; /* of event `next` */
	int64_t started_ms; /* when the first step of that event could have come */
};

static int moves_of(const struct play_event *event)
{
	return event->ms > MOVE_EVERY_MS ? (int)((event->ms + MOVE_EVERY_MS - 1) / MOVE_EVERY_MS)
					 : 1;
}

static int steps_of(const struct play_event *event)
{
	switch (event->kind) {
	case PLAY_TOUCH:
		return 2;
	case PLAY_DRAG:
		return 1 + moves_of(event) + 1;
	default:
		return 1;
	}
}

/* From the start of the event. */
static int64_t step_ms(const struct play_event *event, int step)
{
	int64_t moved_ms = (int64_t)step * MOVE_EVERY_MS;
	switch (event->kind) {
	case PLAY_WAIT:
		return event->ms;
	case PLAY_TOUCH:
		return step * TOUCH_MS;
	case PLAY_DRAG:
		return moved_ms < event->ms ? moved_ms : event->ms;
	default:
		return 0;
	}
}

/* What the step gives; INPUT_NONE for one that is only time. */
static struct input step_input(const struct play_event *event, int step)
{
	static const enum input_kind kinds[PLAY_KIND_COUNT] = {
		[PLAY_WAIT] = INPUT_NONE,
		[PLAY_TAP] = INPUT_TAP_ID,
		[PLAY_FIND] = INPUT_FIND_ID,
		[PLAY_KEY] = INPUT_KEY,
		[PLAY_TEXT] = INPUT_TEXT,
		[PLAY_EXPECT] = INPUT_EXPECT_ID,
		[PLAY_SHOT] = INPUT_SHOT,
		[PLAY_DUMP] = INPUT_DUMP,
	};
	struct input input = {.kind = kinds[event->kind],
		.x = event->x,
		.y = event->y,
		.text = event->text,
		.line = event->line};
	if (event->kind != PLAY_TOUCH && event->kind != PLAY_DRAG)
		return input;
	int last = steps_of(event) - 1, moves = last - 1;
	input.kind = step == 0 ? INPUT_TOUCH_DOWN : step < last ? INPUT_TOUCH_MOVE : INPUT_TOUCH_UP;
	if (moves > 0) {
		int at = step < moves ? step : moves;
		input.x += (event->to_x - event->x) * at / moves;
		input.y += (event->to_y - event->y) * at / moves;
	}
	return input;
}

/* False when the caller's deadline came first. A deadline that has passed already still moves the
 * clock a little, so a caller who is always late cannot stop time. */
static bool sleep_until(struct env *env, int64_t due_ms, int64_t deadline_ms)
{
	int64_t now_ms = env_monotonic_ms(env);
	if (now_ms >= due_ms)
		return true;
	bool due_first = due_ms <= deadline_ms;
	int64_t ms = (due_first ? due_ms : deadline_ms) - now_ms;
	env_sleep_ms(env, ms > 0 ? ms : 1);
	return due_first;
}

static void next_input(struct platform *platform, int64_t deadline_ms, struct input *input)
{
	struct script_platform *script = (struct script_platform *)platform;
	platform->counters.wake_ups++;
	while (script->next < script->count) {
		const struct play_event *event = &script->events[script->next];
		int64_t due_ms = script->started_ms + step_ms(event, script->step);
		if (!sleep_until(platform->env, due_ms, deadline_ms)) {
			*input = (struct input){.kind = INPUT_NONE};
			return;
		}
		*input = step_input(event, script->step++);
		if (script->step == steps_of(event)) {
			script->next++;
			script->step = 0;
			script->started_ms = env_monotonic_ms(platform->env);
		}
		if (input->kind != INPUT_NONE)
			return;
	}
	*input = (struct input){.kind = INPUT_QUIT};
}

static void draw(struct platform *platform, const struct draw_list *list, const struct rect *damage,
	size_t damage_count)
{
	canvas_draw(((struct canvas_platform *)platform)->canvas, list, damage, damage_count);
}

static bool save_picture(struct platform *platform, const char *path, struct error *err)
{
	return canvas_save(((struct canvas_platform *)platform)->canvas, path, err);
}

static void wipe(struct platform *platform)
{
	canvas_wipe(((struct canvas_platform *)platform)->canvas);
}

static void destroy(struct platform *platform)
{
	struct script_platform *script = (struct script_platform *)platform;
	canvas_destroy(script->base.canvas);
	arena_wipe(&script->arena);
	arena_finish(&script->arena);
	free(script);
}

struct platform *script_platform_create(
	const struct script_options *options, struct env *env, struct error *err)
{
	static const struct platform_methods methods = {
		.next_input = next_input,
		.draw = draw,
		.save_picture = save_picture,
		.wipe = wipe,
		.destroy = destroy,
	};
	struct script_platform *script = memory_alloc(sizeof(*script));
	*script = (struct script_platform){.started_ms = env_monotonic_ms(env)};
	struct platform *platform = &script->base.platform;
	*platform = (struct platform){.methods = &methods,
		.env = env,
		.width_px = options->width_px,
		.height_px = options->height_px};
	if (play_parse(&script->arena, options->script, &script->events, &script->count, err)) {
		script->base.canvas =
			canvas_create(platform, options->px_per_mm, options->assets, err);
		if (script->base.canvas)
			return platform;
	}
	destroy(platform);
	return NULL;
}
