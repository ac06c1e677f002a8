/* The loop, the frame with its two passes, and the idle timer. */
#include "kiosk/kiosk.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/log.h"

/* A visitor's words live in a page of their own that is never swapped out. */
static struct visit *visit_create(void)
{
	struct visit *visit = mmap(
		NULL, sizeof(*visit), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (visit == MAP_FAILED)
		abort();
	if (mlock(visit, sizeof(*visit)) != 0)
		log_warning("a visitor's words could be swapped to disk: raise RLIMIT_MEMLOCK");
	madvise(visit, sizeof(*visit), MADV_DONTDUMP);
	return visit;
}

bool kiosk_init(struct kiosk *kiosk, struct env *env, struct platform *platform,
	struct store *store, const struct settings *settings, const char *assets_dir,
	const struct kiosk_options *options, struct error *err)
{
	*kiosk = (struct kiosk){
		.env = env,
		.platform = platform,
		.store = store,
		.settings = *settings,
		.options = *options,
	};
	struct str translations = str_format(&kiosk->forever, "%s/translations", assets_dir);
	if (!i18n_init(&kiosk->i18n, translations.ptr, err))
		return error_wrap(err, "reading the translations");
	kiosk->assets = str_copy(&kiosk->forever, str_from(assets_dir));
	kiosk->ui = ui_create(platform);
	damage_init(&kiosk->damage, &kiosk->forever, platform->width_px, platform->height_px);
	kiosk->visit = visit_create();
	kiosk->started_ms = env_monotonic_ms(env);
	kiosk->state = arena_alloc(&kiosk->forever, SCREEN_STATE_BYTES);
	for (int i = 0; i < SCREEN_COUNT; i++)
		assert(screens[i].state_size <= SCREEN_STATE_BYTES);
	kiosk->model.i18n = &kiosk->i18n;
	kiosk->model.visit = kiosk->visit;
	kiosk->model.link_base = settings->link_base;
	light_begin(kiosk);
	kiosk_load_catalogue(kiosk);
	round_begin(kiosk);
	kiosk_end_visit(kiosk, SCREEN_ATTRACT);
	return true;
}

void kiosk_finish(struct kiosk *kiosk)
{
	if (!kiosk->visit)
		return;
	light_end(kiosk);
	line_end(kiosk);
	round_end(kiosk);
	calls_forget(kiosk);
	explicit_bzero(kiosk->visit, sizeof(*kiosk->visit));
	explicit_bzero(kiosk->state, SCREEN_STATE_BYTES);
	platform_wipe(kiosk->platform);
	munmap(kiosk->visit, sizeof(*kiosk->visit));
	kiosk->visit = NULL;
	ui_destroy(kiosk->ui);
	arena_finish(&kiosk->data);
	arena_finish(&kiosk->days);
	arena_finish(&kiosk->door.arena);
	arena_finish(&kiosk->forever);
}

static const struct screen *top(const struct kiosk *kiosk)
{
	return &screens[kiosk->stack[kiosk->depth].name];
}

static int64_t idle_limit_ms(const struct kiosk *kiosk)
{
	if (kiosk->stack[kiosk->depth].name == SCREEN_CALL_LIST)
		return CALLS_MS; /* the list closes by itself */
	if (top(kiosk)->host)
		return IDLE_HOST_MS;
	return top(kiosk)->form ? IDLE_FORM_MS : IDLE_BROWSE_MS;
}

static bool can_idle(const struct kiosk *kiosk)
{
	enum screen_name name = kiosk->stack[kiosk->depth].name;
	return name != SCREEN_ATTRACT && name != SCREEN_OFF && name != SCREEN_ROUND;
}

/* The screen that came last slides 12 mm and out of the paper, and then rests. */
static void slide_in(struct kiosk *kiosk)
{
	if (kiosk->slide_from == 0)
		return;
	int64_t now_ms = env_monotonic_ms(kiosk->env);
	double done = (double)(now_ms - kiosk->slide_start_ms) / kiosk->slide_ms;
	if (done >= 1 || !kiosk->options.motion) {
		kiosk->slide_from = 0;
		return;
	}
	double left = (1 - done) * (1 - done) * (1 - done); /* ease-out, cubic */
	int dx = (int)(theme_px(&kiosk->theme, SLIDE_MM) * left) * kiosk->slide_from;
	ui_slide(kiosk->ui, dx, (uint8_t)(255 * left));
	ui_wake_at(kiosk->ui, now_ms + 16);
}

/* One call of the frame functions. What lies on top is asked last and wins. */
static struct action run_frame(struct kiosk *kiosk, const struct input *input)
{
	const struct language *language = kiosk->i18n.language;
	struct ui_frame_options options = {
		.theme = &kiosk->theme,
		.screen = str_from(top(kiosk)->id),
		.language = str_from(language->code),
		.rtl = language->right_to_left,
		.motion = kiosk->options.motion,
		.plain = kiosk->options.plain,
	};
	enum screen_name name = kiosk->stack[kiosk->depth].name;
	kiosk->model.exchange.in_sill = name != SCREEN_ROUND && name != SCREEN_STICK;
	ui_begin(kiosk->ui, &options, input);
	ui_box(kiosk->ui, ui_panel_rect(kiosk->ui), &(struct ui_box){.fill = COLOR_PAPER});
	struct action action = top(kiosk)->frame(kiosk->state, &kiosk->model, kiosk->ui);
	slide_in(kiosk);
	if (!top(kiosk)->no_bar) {
		struct action bar = bar_frame(&kiosk->model, kiosk->ui, kiosk->depth > 1);
		if (bar.kind != ACTION_NONE)
			action = bar;
	}
	if (kiosk->warning) {
		int64_t over_ms =
			env_monotonic_ms(kiosk->env) - kiosk->last_touch_ms - idle_limit_ms(kiosk);
		if (over_ms < 0)
			over_ms = 0; /* a finger is down, which begins the count anew */
		int left = (int)((IDLE_WARNING_MS - over_ms + 999) / 1000);
		action = idle_frame(&kiosk->model, kiosk->ui, left > 0 ? left : 0);
		ui_wake_at(kiosk->ui, kiosk->last_touch_ms + idle_limit_ms(kiosk) +
					      IDLE_WARNING_MS - (left > 0 ? left - 1 : 0) * 1000);
	}
	ui_end(kiosk->ui);
	return action;
}

static void count_cut_texts(struct kiosk *kiosk)
{
	size_t count;
	const struct ui_node *nodes = ui_nodes(kiosk->ui, &count);
	for (size_t i = 0; i < count; i++)
		kiosk->texts_cut += nodes[i].cut;
}

void kiosk_show(struct kiosk *kiosk)
{
	kiosk_refresh_time(kiosk);
	struct action action = run_frame(kiosk, NULL);
	assert(action.kind == ACTION_NONE);
	kiosk->dirty = false;
	count_cut_texts(kiosk);
	struct draw_list list = ui_draw_list(kiosk->ui);
	size_t count;
	struct rect *rects = damage_find(&kiosk->damage, ui_arena(kiosk->ui), &list, &count);
	if (count > 0)
		platform_draw(kiosk->platform, &list, rects, count);
	light_tend(kiosk);
}

static bool is_human(const struct input *input)
{
	return input->kind >= INPUT_TOUCH_DOWN && input->kind <= INPUT_TEXT;
}

void kiosk_take_input(struct kiosk *kiosk, const struct input *input)
{
	bool was_warning = kiosk->warning;
	struct action action = run_frame(kiosk, input);
	if (is_human(input)) {
		kiosk->last_touch_ms = env_monotonic_ms(kiosk->env);
		/* Any touch says that somebody is there. It goes on with the lift of the finger, so
		 * that the dialog's own buttons are still there to be lifted on. */
		if (was_warning && input->kind != INPUT_TOUCH_DOWN &&
			input->kind != INPUT_TOUCH_MOVE)
			kiosk->warning = false;
	}
	if (action.kind != ACTION_NONE)
		kiosk_apply(kiosk, &action);
	kiosk->dirty = true;
}

/* True when the visit has just ended by itself. */
static bool end_when_idle(struct kiosk *kiosk)
{
	int64_t idle_ms = env_monotonic_ms(kiosk->env) - kiosk->last_touch_ms;
	if (!can_idle(kiosk) || idle_ms < idle_limit_ms(kiosk) + IDLE_WARNING_MS)
		return false;
	kiosk_end_visit(kiosk, SCREEN_ATTRACT);
	return true;
}

static void check_idle(struct kiosk *kiosk)
{
	if (!can_idle(kiosk)) {
		int64_t since_ms = env_monotonic_ms(kiosk->env) - kiosk->last_housekeeping_ms;
		if (since_ms >= HOUSEKEEPING_MS)
			kiosk_keep_house(kiosk);
		return;
	}
	int64_t idle_ms = env_monotonic_ms(kiosk->env) - kiosk->last_touch_ms;
	if (end_when_idle(kiosk))
		return;
	if (idle_ms >= idle_limit_ms(kiosk) && !kiosk->warning) {
		kiosk->warning = true;
		kiosk->dirty = true;
	}
}

/* The next moment at which something happens without anybody touching. */
static int64_t next_deadline_ms(const struct kiosk *kiosk)
{
	int64_t deadline_ms = ui_next_frame_ms(kiosk->ui);
	if (can_idle(kiosk)) {
		int64_t idle_ms = kiosk->last_touch_ms + idle_limit_ms(kiosk) +
				  (kiosk->warning ? IDLE_WARNING_MS : 0);
		if (idle_ms < deadline_ms)
			deadline_ms = idle_ms;
	} else if (kiosk->last_housekeeping_ms + HOUSEKEEPING_MS < deadline_ms) {
		deadline_ms = kiosk->last_housekeeping_ms + HOUSEKEEPING_MS;
	}
	int64_t stick_ms = stick_next_ms(kiosk);
	if (stick_ms < deadline_ms)
		deadline_ms = stick_ms;
	int64_t round_ms = round_next_ms(kiosk);
	if (round_ms < deadline_ms)
		deadline_ms = round_ms;
	int64_t line_ms = line_next_ms(kiosk);
	if (line_ms < deadline_ms)
		deadline_ms = line_ms;
	int64_t door_ms = door_next_ms(kiosk);
	return door_ms < deadline_ms ? door_ms : deadline_ms;
}

bool kiosk_run(struct kiosk *kiosk)
{
	damage_everything(&kiosk->damage);
	kiosk->dirty = true;
	while (!kiosk->quit) {
		bool due = env_monotonic_ms(kiosk->env) >= ui_next_frame_ms(kiosk->ui);
		if (kiosk->dirty || due)
			kiosk_show(kiosk);
		if (door_check_pin(kiosk))
			continue;
		struct input input = {0};
		platform_next_input(kiosk->platform, next_deadline_ms(kiosk), &input);
		/* A touch that comes too late is the next visitor's, who must not find what the
		 * last one typed. Like every first touch it only wakes, so it is dropped. */
		if (end_when_idle(kiosk) && is_human(&input))
			continue;
		door_tend(kiosk, &input);
		switch (input.kind) {
		case INPUT_NONE:
			break;
		case INPUT_QUIT:
			kiosk->quit = true;
			break;
		case INPUT_EXPOSED:
			damage_everything(&kiosk->damage);
			kiosk->dirty = true;
			break;
		case INPUT_TAP_ID:
		case INPUT_FIND_ID:
		case INPUT_EXPECT_ID:
		case INPUT_SHOT:
		case INPUT_DUMP:
			kiosk_answer_script(kiosk, &input);
			break;
		default:
			kiosk_take_input(kiosk, &input);
			break;
		}
		check_idle(kiosk);
		line_tend(kiosk);
		round_tend(kiosk);
		stick_tend(kiosk);
	}
	return kiosk->script_failures == 0;
}
