/* What only a script asks: touching a node by its id, looking for one, and keeping the picture or
 * the nodes of the moment. The answers come from the same draw list that a visitor sees: an id that
 * is covered or scrolled away cannot be tapped. */
#include "kiosk/kiosk.h"

#include <inttypes.h>

#include "base/log.h"
#include "ui/dump.h"

#define SETTLE_LIMIT_MS 3000
#define ANIMATION_MS 50 /* a frame due this soon is movement; later ones are clocks and cards */
#define PRESS_MS 60
#define PAGE_LIMIT 200

/* Lets movement come to its end. */
static void settle(struct kiosk *kiosk)
{
	int64_t start_ms = env_monotonic_ms(kiosk->env);
	for (;;) {
		int64_t now_ms = env_monotonic_ms(kiosk->env);
		int64_t due_ms = ui_next_frame_ms(kiosk->ui);
		bool moving = due_ms <= now_ms + ANIMATION_MS;
		if (!kiosk->dirty && (!moving || now_ms - start_ms > SETTLE_LIMIT_MS))
			return;
		if (!kiosk->dirty && due_ms > now_ms)
			env_sleep_ms(kiosk->env, due_ms - now_ms);
		else if (!kiosk->dirty)
			env_sleep_ms(kiosk->env, 1);
		kiosk_show(kiosk);
	}
}

static void fail(struct kiosk *kiosk, const struct input *input, const char *why)
{
	log_warning("script line %d: %s '%.*s' on the screen '%s'", input->line, why,
		STR_ARG(input->text), screens[kiosk->stack[kiosk->depth].name].id);
	kiosk->script_failures++;
	kiosk->quit = true;
}

/* Whether a finger on the middle of the node would act on it. */
static bool can_reach(const struct kiosk *kiosk, const struct ui_node *node)
{
	int x = node->rect.x + node->rect.w / 2, y = node->rect.y + node->rect.h / 2;
	const struct ui_node *hit = ui_hit(kiosk->ui, x, y);
	return hit && str_equal(hit->id, node->id);
}

static void press(struct kiosk *kiosk, const struct ui_node *node)
{
	int x = node->rect.x + node->rect.w / 2, y = node->rect.y + node->rect.h / 2;
	kiosk_take_input(kiosk, &(struct input){.kind = INPUT_TOUCH_DOWN, .x = x, .y = y});
	kiosk_show(kiosk);
	env_sleep_ms(kiosk->env, PRESS_MS);
	kiosk_take_input(kiosk, &(struct input){.kind = INPUT_TOUCH_UP, .x = x, .y = y});
}

static void tap(struct kiosk *kiosk, const struct input *input)
{
	const struct ui_node *node = ui_find(kiosk->ui, input->text);
	if (!node)
		fail(kiosk, input, "there is no");
	else if (!can_reach(kiosk, node))
		fail(kiosk, input, "a finger cannot reach");
	else
		press(kiosk, node);
}

/* The button that turns a page, when there is one and it leads somewhere. */
static const struct ui_node *page_button(const struct kiosk *kiosk, struct str ending)
{
	size_t count;
	const struct ui_node *nodes = ui_nodes(kiosk->ui, &count);
	for (size_t i = 0; i < count; i++)
		if (str_ends_with(nodes[i].id, ending) && !nodes[i].disabled &&
			can_reach(kiosk, &nodes[i]))
			return &nodes[i];
	return NULL;
}

/* Looks for a node as a visitor would: down to the end of the list, then up to its beginning. What
 * is on one page depends on the panel and the letters, so a script for all of them cannot know. */
static void find(struct kiosk *kiosk, const struct input *input)
{
	static const char *const endings[] = {"/down", "/up"};
	for (size_t i = 0; i < 2; i++) {
		for (int page = 0; page < PAGE_LIMIT; page++) {
			const struct ui_node *node = ui_find(kiosk->ui, input->text);
			if (node && can_reach(kiosk, node))
				return;
			const struct ui_node *button = page_button(kiosk, str_from(endings[i]));
			if (!button)
				break;
			press(kiosk, button);
			settle(kiosk);
		}
	}
	fail(kiosk, input, "looked through the pages and did not find");
}

static struct str out_path(
	struct kiosk *kiosk, struct arena *arena, struct str name, const char *ending)
{
	const char *dir = kiosk->options.out_dir ? kiosk->options.out_dir : ".";
	return str_format(arena, "%s/%.*s%s", dir, STR_ARG(name), ending);
}

static bool keep_picture(struct kiosk *kiosk, struct str name, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	return platform_save_picture(
		kiosk->platform, out_path(kiosk, &arena, name, ".png").ptr, err);
}

static bool keep_nodes(struct kiosk *kiosk, struct str name, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str screen = str_from(screens[kiosk->stack[kiosk->depth].name].id);
	struct str json = ui_dump(&arena, kiosk->ui, screen);
	return env_write_file(kiosk->env, out_path(kiosk, &arena, name, ".json").ptr, json, err);
}

void kiosk_answer_script(struct kiosk *kiosk, const struct input *input)
{
	struct error err;
	settle(kiosk);
	switch (input->kind) {
	case INPUT_TAP_ID:
		tap(kiosk, input);
		break;
	case INPUT_FIND_ID:
		find(kiosk, input);
		break;
	case INPUT_EXPECT_ID:
		if (!ui_find(kiosk->ui, input->text))
			fail(kiosk, input, "expected but did not find");
		break;
	case INPUT_SHOT:
	case INPUT_DUMP: {
		bool ok = input->kind == INPUT_SHOT ? keep_picture(kiosk, input->text, &err)
						    : keep_nodes(kiosk, input->text, &err);
		if (!ok) {
			log_error("keeping what is on the screen", &err);
			fail(kiosk, input, "could not write");
		}
		break;
	}
	default:
		break;
	}
}
