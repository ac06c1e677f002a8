/* Somebody who does not know what a kiosk is: touches, drags, holds, keys, words and long silences
 * in any order, drawn from a seed, over the real loop; and now and then somebody who does, with a
 * PIN, a code or a stick (walk_knows.h). After each of them: nothing has failed, the screen has a
 * way back that a finger can reach, and pressing it again and again leads home. When a visit ends,
 * by a button or by silence, its memory is zero (locked page, screen state, both frames) and the
 * first frame after it knows nothing of what was typed, nor of the call list.
 *
 * SEED=n walks the way of that seed once more, STEPS=n goes so far, LONG=1 goes 100,000 events and
 * must come to every screen, TRACE=1 tells each one. */
#include "walk_knows.h"

#include <fcntl.h>
#include <malloc.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>

#include <cmocka.h>

#define EVENTS 3000
#define EVENTS_LONG 100000
#define MOVE_MS 16
#define BETWEEN_PRESSES_MS 600
#define DAY_MS ((int64_t)86400000)
#define FOUND_BY 6 /* characters in a row that count as remembered */
#define BACKS_MAX (2 * STACK_DEPTH)

/* What must be forgotten. */
enum typed { NAME, PHONE, PIN, QUERY, PASSPHRASE, CALLED_NAME, CALLED_PHONE, TYPED_COUNT };
struct memory {
	char texts[TYPED_COUNT][PASSPHRASE_BYTES];
};

static struct walk {
	struct bench *bench;
	struct platform_methods methods;
	const struct platform_methods *usual;
	struct knows knows;
	uint64_t seed;
	int64_t event, event_count, draws;
	int64_t start_ms, due_ms;
	int backs; /* presses of the way home so far; -1: not going home */
	bool ended; /* a visit, and no frame was looked at since */
	struct memory before, now; /* of the visit that ended last, and of this one */
	enum screen_name last;
	int64_t seen[SCREEN_COUNT], visits, typed_visits, restarts, texts_cut;
	bool trace;
} walk;

/* --- what must hold --------------------------------------------------------------------------- */

static void tell_where(void)
{
	char line[128];
	int length = snprintf(line, sizeof(line), "walk: SEED=%llu, event %lld, screen %s\n",
		(unsigned long long)walk.seed, (long long)walk.event,
		screens[bench_top(walk.bench)].id);
	if (write(STDERR_FILENO, line, (size_t)length) < 0)
		_exit(1);
}

static void on_abort(int number)
{
	(void)number;
	tell_where();
	signal(SIGABRT, SIG_DFL);
	abort();
}

static _Noreturn void walk_fails(const char *why, const char *what)
{
	fprintf(stderr, "walk: %s: %s\n", why, what);
	abort();
}

static bool ends_with(struct str text, const char *end)
{
	size_t len = strlen(end);
	return text.len >= len && !memcmp(text.ptr + text.len - len, end, len);
}

/* Buttons by which a screen, or what lies over it, is left. */
static bool leads_away(struct str id)
{
	static const char *const ends[] = {"/back", "/restart", "/finish", "/wipe", "/stay",
		"/close", "/cancel", "/done", "/leave"};
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (ends_with(id, ends[i]))
			return true;
	return false;
}

static bool in_reach(const struct ui_node *node)
{
	const struct rect r = node->rect;
	return !node->disabled && r.w > 0 && r.h > 0 &&
	       ui_hit(walk.bench->kiosk.ui, r.x + r.w / 2, r.y + r.h / 2) == node;
}

static const struct ui_node *way_out(void)
{
	size_t count;
	const struct ui_node *nodes = ui_nodes(walk.bench->kiosk.ui, &count), *found = NULL;
	for (size_t i = 0; i < count; i++) {
		if (!leads_away(nodes[i].id) || !in_reach(&nodes[i]))
			continue;
		if (!found || ends_with(nodes[i].id, "/back") || ends_with(nodes[i].id, "/stay"))
			found = &nodes[i];
	}
	return found;
}

static bool at_home(void)
{
	enum screen_name top = bench_top(walk.bench);
	return top == SCREEN_ATTRACT || (top == SCREEN_START && !walk.bench->kiosk.warning);
}

/* Bytes of an arena, also those that AddressSanitizer guards: the kernel may read them. */
static bool each_block(const struct arena *arena, bool (*check)(const char *bytes, size_t count))
{
	struct chain {
		struct chain *next;
	}; /* how every block begins */
	int memory = open("/proc/self/mem", O_RDONLY);
	bool fine = memory >= 0;
	for (struct chain *block = (struct chain *)arena->first; fine && block;
		block = block->next) {
		const size_t head = 32, size = malloc_usable_size(block); /* links and counts */
		char *copy = malloc(size);
		fine = copy && pread(memory, copy, size, (off_t)(uintptr_t)block) == (ssize_t)size;
		fine = fine && check(copy + head, size - head);
		free(copy);
	}
	close(memory);
	return fine;
}

static bool is_zero(const char *bytes, size_t count)
{
	return count == 0 || (bytes[0] == 0 && !memcmp(bytes, bytes + 1, count - 1));
}

static bool holds_run(const char *bytes, size_t count, const char *typed)
{
	size_t len = strlen(typed);
	for (size_t i = 0; i + FOUND_BY <= len; i++)
		if (memmem(bytes, count, typed + i, FOUND_BY))
			return true;
	return false;
}

static bool knows_nothing(const char *bytes, size_t count)
{
	for (int i = 0; i < TYPED_COUNT; i++)
		if (holds_run(bytes, count, walk.before.texts[i])) {
			if (walk.trace)
				fprintf(stderr, "known: %s\n", walk.before.texts[i]);
			return false;
		}
	return true;
}

static void check_frames(bool (*check)(const char *bytes, size_t count), const char *why)
{
	const struct ui *ui = walk.bench->kiosk.ui;
	if (!check((const char *)ui->typed, sizeof(ui->typed)) ||
		!check((const char *)ui->key, sizeof(ui->key)))
		walk_fails(why, "the keyboard");
	for (int i = 0; i < 2; i++)
		if (!each_block(&ui->arenas[i], check))
			walk_fails(why, i == ui->current ? "this frame" : "the frame before");
}

static void check_memory(bool (*check)(const char *bytes, size_t count), const char *why)
{
	const struct kiosk *kiosk = &walk.bench->kiosk;
	if (!check((const char *)kiosk->visit, sizeof(*kiosk->visit)))
		walk_fails(why, "the visit");
	if (!check(kiosk->state, SCREEN_STATE_BYTES))
		walk_fails(why, "the state of the screen");
	check_frames(check, why);
}

static bool typed_enough(const struct memory *memory)
{
	for (int i = 0; i < TYPED_COUNT; i++)
		if (strlen(memory->texts[i]) >= FOUND_BY)
			return true;
	return false;
}

/* The kiosk wipes the platform last when a visit ends, and when the call list closes while the
 * host stays. */
static void wipe(struct platform *platform)
{
	walk.usual->wipe(platform);
	if (walk.bench->kiosk.model.door)
		check_frames(is_zero, "not zero when the call list closed");
	else
		check_memory(is_zero, "not zero at the end of a visit");
	walk.visits++;
	walk.typed_visits += typed_enough(&walk.now);
	if (!walk.ended)
		walk.before = walk.now;
	explicit_bzero(&walk.now, sizeof(walk.now));
	walk.ended = true;
	walk.backs = -1;
}

/* Keeps the longest: what was deleted again was typed as well. */
static void note(enum typed which, struct str text)
{
	char *kept = walk.now.texts[which];
	if (text.len < strlen(kept) || text.len >= sizeof(walk.now.texts[which]))
		return;
	memcpy(kept, text.ptr, text.len);
	kept[text.len] = '\0';
}

static void note_typed(void)
{
	const struct kiosk *kiosk = &walk.bench->kiosk;
	const struct visit *visit = kiosk->visit;
	note(NAME, str_from(visit->name));
	note(PHONE, str_from(visit->phone));
	note(PIN, str_from(visit->pin));
	note(QUERY, str_from(visit->query));
	if (kiosk->calls)
		note(PASSPHRASE, str_from(kiosk->calls->passphrase));
	if (kiosk->model.stick.calls && kiosk->model.stick.call_count > 0) {
		note(CALLED_NAME, kiosk->model.stick.calls[0].name);
		note(CALLED_PHONE, kiosk->model.stick.calls[0].phone);
	}
}

static void tell_cut_texts(enum screen_name top)
{
	size_t count;
	const struct ui_node *nodes = ui_nodes(walk.bench->kiosk.ui, &count);
	for (size_t i = 0; i < count; i++)
		if (nodes[i].cut)
			printf("walk: event %lld, screen %s: %.*s is cut: %.*s\n",
				(long long)walk.event, screens[top].id, STR_ARG(nodes[i].id),
				STR_ARG(nodes[i].label));
}

/* Looked at in front of every event, when the frame shows what the last one did. */
static void check_frame(void)
{
	enum screen_name top = bench_top(walk.bench);
	if (walk.ended)
		check_memory(knows_nothing, "typed, and known after the visit");
	walk.ended = false;
	note_typed();
	if (top != walk.last)
		tell_cut_texts(top);
	knows_look(&walk.knows);
	walk.seen[top] += top != walk.last;
	walk.last = top;
	if (!at_home() && !way_out())
		walk_fails("there is no way back", screens[top].id);
	if (at_home())
		walk.backs = -1;
	else if (walk.backs > BACKS_MAX)
		walk_fails("the way back does not lead home", screens[top].id);
}

/* --- events ----------------------------------------------------------------------------------- */

struct spot {
	int x, y;
};

static struct spot middle(const struct ui_node *node)
{
	return (struct spot){node->rect.x + node->rect.w / 2, node->rect.y + node->rect.h / 2};
}

static bool may_act(const struct ui_node *node)
{
	return node->role == ROLE_BUTTON || node->role == ROLE_LINK || node->role == ROLE_KEY ||
	       node->role == ROLE_CHECKBOX || node->role == ROLE_TEXTBOX ||
	       node->role == ROLE_LISTITEM;
}

/* Buttons by which a sign-up, a wish or a code goes on: a monkey seldom presses them in order. */
static bool leads_on(struct str id)
{
	static const char *const ends[] = {"/next", "/yes", "/come", "/walk", "/save", "/ok"};
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (ends_with(id, ends[i]))
			return true;
	return false;
}

/* Mostly something that acts, and more often what the screen offers than what the sill does. */
static struct spot likely_place(void)
{
	const struct platform *platform = walk.bench->platform;
	size_t count;
	const struct ui_node *nodes = ui_nodes(walk.bench->kiosk.ui, &count);
	bool on = once_in(3);
	for (size_t i = 0; on && i < count; i++)
		if (leads_on(nodes[i].id) && in_reach(&nodes[i]))
			return middle(&nodes[i]);
	for (int tries = 0; count > 0 && tries < 24; tries++) {
		const struct ui_node *node = &nodes[below((int)count)];
		bool sill = str_starts_with(node->id, STR("bar/"));
		if ((sill && !once_in(10)) || (!may_act(node) && !once_in(10)))
			continue;
		return middle(node);
	}
	return (struct spot){below(platform->width_px), below(platform->height_px)};
}

static struct spot any_place(void)
{
	const struct platform *platform = walk.bench->platform;
	return (struct spot){below(platform->width_px), below(platform->height_px)};
}

static void plan_drag(void)
{
	struct spot from = likely_place(), to = any_place();
	if (once_in(3))
		to.x = from.x;
	int moves = 1 + below(20);
	touch(INPUT_TOUCH_DOWN, 0, from.x, from.y);
	for (int i = 1; i <= moves; i++)
		touch(INPUT_TOUCH_MOVE, MOVE_MS, from.x + (to.x - from.x) * i / moves,
			from.y + (to.y - from.y) * i / moves);
	touch(INPUT_TOUCH_UP, MOVE_MS, to.x, to.y);
}

/* A finger that stays: on something, or in a corner. */
static void plan_hold(void)
{
	const struct platform *platform = walk.bench->platform;
	struct spot at = likely_place();
	if (once_in(2)) {
		at.x = once_in(2) ? 2 : platform->width_px - 3;
		at.y = once_in(2) ? 2 : platform->height_px - 3;
	}
	tap(at.x, at.y, 500 + below(4500));
}

static void plan_text(void)
{
	static const char *const texts[] = {"Qxzwkvj Bqxwzk", "0612345678", "+31 6 8765 4321", "a",
		" ", "e\u0301", "\u0301", "Nguy\u1EC5n Th\u1ECB", "\u0641\u0627\u0637\u0645\u0629",
		"\u1208\u121d\u1208\u121d", "\U0001F469\u200D\U0001F467", "\u202E\u2066x", "\n\t",
		"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "';DROP TABLE op;--", "%s%n", "zz",
		"23456789CDFH", "\uFFFD\uFEFF", "jgqypjgqypjgqyp"};
	const char *text = texts[below((int)(sizeof(texts) / sizeof(*texts)))];
	add(below(100), (struct input){.kind = INPUT_TEXT, .text = str_from(text)});
}

static void plan_key(void)
{
	static const char *const keys[] = {"Tab", "Shift+Tab", "Enter", "Escape", "Backspace",
		"Delete", "Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown"};
	const char *key = keys[below((int)(sizeof(keys) / sizeof(*keys)))];
	add(below(100), (struct input){.kind = INPUT_KEY, .text = str_from(key)});
}

static void plan_silence(void)
{
	static const int64_t most_ms[] = {
		3000, 3000, 3000, 3000, 3000, 3000, 45000, 100000, 170000, 700000};
	int64_t most = most_ms[below((int)(sizeof(most_ms) / sizeof(*most_ms)))];
	add(below((int)most), (struct input){.kind = INPUT_NONE});
}

static void plan_way_home(void)
{
	const struct ui_node *node = way_out();
	walk.backs = walk.backs < 0 ? 1 : walk.backs + 1;
	/* Two presses of one button within half a second count as one. */
	add(BETWEEN_PRESSES_MS, (struct input){.kind = INPUT_NONE});
	if (node)
		tap(middle(node).x, middle(node).y, TOUCH_MS);
}

static void plan_event(void)
{
	int luck = below(1000);
	steps.count = steps.next = 0;
	change_world(&walk.knows);
	if (walk.backs > 0 || luck < 6) {
		plan_way_home();
	} else if (plan_knowing(&walk.knows)) {
		return;
	} else if (luck < 700) {
		struct spot at = likely_place();
		tap(at.x, at.y, TOUCH_MS);
	} else if (luck < 740) {
		struct spot at = any_place();
		tap(at.x, at.y, 10 + below(200));
	} else if (luck < 800) {
		plan_drag();
	} else if (luck < 820) {
		plan_hold();
	} else if (luck < 900) {
		plan_text();
	} else if (luck < 960) {
		plan_key();
	} else if (luck < 997) {
		plan_silence();
	} else if (luck < 999) {
		add(0, (struct input){.kind = INPUT_EXPOSED});
	} else { /* a clock that is set, forward or back, in the middle of everything */
		fake_set_clock(walk.bench->env, walk.start_ms + below(40) * DAY_MS, CLOCK_SURE);
	}
}

static void tell(const struct input *input)
{
	static const char *const kinds[] = {[INPUT_NONE] = "nothing",
		[INPUT_TOUCH_DOWN] = "down",
		[INPUT_TOUCH_MOVE] = "move",
		[INPUT_TOUCH_UP] = "up",
		[INPUT_KEY] = "key",
		[INPUT_TEXT] = "text",
		[INPUT_EXPOSED] = "exposed"};
	if (walk.trace)
		fprintf(stderr, "%lld %s: %s %d,%d %.*s\n", (long long)walk.event,
			screens[bench_top(walk.bench)].id, kinds[input->kind], input->x, input->y,
			STR_ARG(input->text));
}

static void next_input(struct platform *platform, int64_t deadline_ms, struct input *input)
{
	int64_t now_ms = env_monotonic_ms(platform->env);
	check_frame();
	if (steps.next == steps.count) {
		if (walk.event == walk.event_count) {
			*input = (struct input){.kind = INPUT_QUIT};
			return;
		}
		walk.event++;
		plan_event();
		walk.due_ms = now_ms + (steps.count ? steps.items[0].after_ms : 0);
	}
	bool due_first = walk.due_ms <= deadline_ms;
	int64_t until_ms = due_first ? walk.due_ms : deadline_ms;
	env_sleep_ms(platform->env, until_ms > now_ms ? until_ms - now_ms : due_first ? 0 : 1);
	*input = (struct input){.kind = INPUT_NONE};
	if (!due_first || steps.next == steps.count)
		return;
	*input = steps.items[steps.next++].input;
	tell(input);
	if (steps.next < steps.count)
		walk.due_ms = env_monotonic_ms(platform->env) + steps.items[steps.next].after_ms;
}

/* Painting is not what is looked at here; one frame in sixteen is painted all the same. */
static void paint(struct platform *platform, const struct draw_list *list,
	const struct rect *damage, size_t damage_count)
{
	if (walk.draws++ % 16 == 0)
		walk.usual->draw(platform, list, damage, damage_count);
}

/* --- the walk --------------------------------------------------------------------------------- */

/* How many screens nobody came to. */
static int report(int64_t texts_cut)
{
	int never = 0;
	for (int i = 0; i < SCREEN_COUNT; i++) {
		never += walk.seen[i] == 0;
		printf("walk: %-18s %6lld times\n", screens[i].id, (long long)walk.seen[i]);
	}
	printf("walk: SEED=%llu, %lld events, %d of %d screens, %lld visits ended, %lld of them "
	       "after typing, %lld restarts, %lld texts cut\n",
		(unsigned long long)walk.seed, (long long)walk.event, SCREEN_COUNT - never,
		SCREEN_COUNT, (long long)walk.visits, (long long)walk.typed_visits,
		(long long)walk.restarts, (long long)texts_cut);
	fflush(stdout);
	return never;
}

/* The host asked for it: as another process would begin, on the same store. */
static void start_again(void)
{
	struct kiosk *kiosk = &walk.bench->kiosk;
	struct settings settings = kiosk->settings;
	struct kiosk_options options = kiosk->options;
	struct error err = {0};
	char assets[4096];
	snprintf(assets, sizeof(assets), "%.*s", STR_ARG(kiosk->assets));
	walk.texts_cut += kiosk->texts_cut;
	walk.bench->platform->methods = walk.usual; /* the frames go last then */
	kiosk_finish(kiosk);
	walk.bench->platform->methods = &walk.methods;
	bench_check(kiosk_init(kiosk, walk.bench->env, walk.bench->platform, walk.bench->store,
			    &settings, assets, &options, &err),
		&err);
	explicit_bzero(&walk.now, sizeof(walk.now));
	walk.ended = false;
	walk.backs = -1;
	walk.restarts++;
}

static int walk_from(uint64_t seed, int64_t event_count)
{
	static const struct spot sizes[] = {{1280, 800}, {800, 480}, {1080, 1920}, {1920, 1080}};
	walk = (struct walk){.seed = seed,
		.event_count = event_count,
		.backs = -1,
		.last = SCREEN_COUNT,
		.trace = getenv("TRACE") != NULL};
	steps.luck = seed;
	printf("walk: SEED=%llu\n", (unsigned long long)seed);
	fflush(stdout);
	struct spot size = sizes[seed % 4];
	walk.bench = bench_start_on(size.x, size.y);
	walk.start_ms = env_wall_ms(walk.bench->env);
	knows_start(&walk.knows, walk.bench);
	walk.usual = walk.bench->platform->methods;
	walk.methods = *walk.usual;
	walk.methods.next_input = next_input;
	walk.methods.draw = paint;
	walk.methods.wipe = wipe;
	walk.bench->platform->methods = &walk.methods;
	while (kiosk_run(&walk.bench->kiosk), walk.bench->kiosk.restart)
		start_again();
	walk.bench->platform->methods = walk.usual;
	int never = report(walk.texts_cut + walk.bench->kiosk.texts_cut);
	knows_finish(&walk.knows);
	bench_stop(walk.bench);
	return never;
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text ? strtoull(text, NULL, 10) : otherwise;
}

static void test_nobody_gets_lost(void **state)
{
	(void)state;
	bool all = getenv("LONG") != NULL;
	int64_t events = (int64_t)number_from("STEPS", all ? EVENTS_LONG : EVENTS);
	signal(SIGABRT, on_abort);
	int never = walk_from(number_from("SEED", 20261201), events);
	signal(SIGABRT, SIG_DFL);
	/* A walk that ends no visit after typing has shown nothing about forgetting. */
	assert_true(events < EVENTS || walk.typed_visits > 0);
	if (events >= EVENTS_LONG)
		assert_int_equal(never, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nobody_gets_lost),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
