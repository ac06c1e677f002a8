/* Watching the stick, and doing what the host asks of it. What is asked is done between two frames:
 * first the screen says that the stick must stay in, then the work is done, then the screen says
 * how it went. Every piece of work ends on the disk, synced, before anybody may pull the stick; a
 * stick that is pulled all the same costs nothing but the work. */
#include "kiosk/stick.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "crypto/keys.h"
#include "kiosk/kiosk.h"
#include "platform/linux/sticks.h"
#include "store/backup.h"
#include "store/call_list.h"
#include "sync/carrier_dir.h"

#define STICK_FILE_BYTES (STICK_PATH_BYTES + 64)

static bool is_calling(enum screen_name name)
{
	return name == SCREEN_CALL_KEY || name == SCREEN_CALL_LIST;
}

static bool is_watched(const struct kiosk *kiosk)
{
	enum screen_name top = kiosk->stack[kiosk->depth].name;
	return top == SCREEN_STICK || is_calling(top);
}

/* What a process of its own does (round.c). */
static bool is_news(enum stick_wish wish)
{
	return wish == STICK_EXCHANGE || wish == STICK_JOIN;
}

/* Something is to be done here. */
static bool has_work(const struct kiosk *kiosk)
{
	const struct stick_view *view = &kiosk->model.stick;
	return view->outcome == STICK_BUSY && !is_news(view->wish);
}

static bool is_due(const struct kiosk *kiosk)
{
	return has_work(kiosk) && kiosk->stick.shown;
}

int64_t stick_next_ms(const struct kiosk *kiosk)
{
	if (!is_watched(kiosk))
		return kiosk->stick.watched ? 0 : INT64_MAX;
	if (!kiosk->stick.watched || has_work(kiosk))
		return 0;
	return kiosk->stick.looked_ms + STICK_LOOK_MS;
}

/* --- looking ---------------------------------------------------------------------------------- */

bool stick_look_for(struct kiosk *kiosk, char dir[STICK_PATH_BYTES])
{
	const char *played = kiosk->options.stick_dir;
	if (!played)
		return stick_find(dir, STICK_PATH_BYTES);
	size_t length = strlen(played);
	if (length >= STICK_PATH_BYTES || !env_exists(kiosk->env, played))
		return false;
	memcpy(dir, played, length + 1);
	return true;
}

static const char *path_on_it(
	const struct kiosk *kiosk, char path[STICK_FILE_BYTES], const char *name)
{
	snprintf(path, STICK_FILE_BYTES, "%s/%s", kiosk->stick.dir, name);
	return path;
}

static bool lies_on_it(const struct kiosk *kiosk, const char *name)
{
	char path[STICK_FILE_BYTES];
	return env_exists(kiosk->env, path_on_it(kiosk, path, name));
}

static int count_sign_ups(struct kiosk *kiosk)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err;
	struct call_entry *entries;
	size_t count;
	if (!store_call_list(kiosk->store, &arena, &entries, &count, &err)) {
		log_error("counting who can be called", &err);
		return -1;
	}
	return (int)count;
}

static void look(struct kiosk *kiosk)
{
	struct stick_view *view = &kiosk->model.stick;
	struct stick_view before = *view;
	kiosk->stick.looked_ms = env_monotonic_ms(kiosk->env);
	view->in = stick_look_for(kiosk, kiosk->stick.dir);
	if (!view->in)
		kiosk->stick.dir[0] = '\0';
	view->has_keys = view->in && lies_on_it(kiosk, KEY_SECRET_FILE);
	view->has_back_up = view->in && lies_on_it(kiosk, STICK_BACK_UP_FILE);
	view->belongs = kiosk->round.belongs;
	view->has_invitation =
		view->in && !view->belongs && carrier_has_invitation(kiosk->env, kiosk->stick.dir);
	if (view->in && !before.in && view->outcome != STICK_BUSY)
		view->outcome = STICK_QUIET; /* another stick: what became of the last is over */
	if (view->in != before.in || view->has_keys != before.has_keys ||
		view->has_back_up != before.has_back_up ||
		view->has_invitation != before.has_invitation)
		kiosk->dirty = true;
}

static void begin_watching(struct kiosk *kiosk)
{
	kiosk->stick.watched = true;
	kiosk->model.stick = (struct stick_view){.sign_ups = count_sign_ups(kiosk)};
	look(kiosk);
	if (kiosk->round.process) { /* it came in before the host came here */
		kiosk->model.stick.wish = kiosk->round.wish;
		kiosk->model.stick.outcome = STICK_BUSY;
	}
	kiosk->dirty = true;
}

static void stop_watching(struct kiosk *kiosk)
{
	calls_forget(kiosk);
	memset(&kiosk->stick, 0, sizeof(kiosk->stick));
	kiosk->model.stick = (struct stick_view){.sign_ups = -1};
	kiosk->quit = kiosk->quit || kiosk->restart; /* nobody is left to say it to */
}

/* --- working ---------------------------------------------------------------------------------- */

static enum stick_outcome outcome_of(struct kiosk *kiosk, const struct error *err)
{
	look(kiosk);
	if (!kiosk->model.stick.in)
		return STICK_PULLED;
	switch (err->code) {
	case ERROR_DISK_FULL:
		return STICK_FULL;
	case ERROR_READ_ONLY:
		return STICK_READ_ONLY;
	case ERROR_DAMAGED:
	case ERROR_PARSE:
	case ERROR_LIMIT:
	case ERROR_UNSUPPORTED:
		return STICK_UNFIT;
	default:
		return STICK_FAILED;
	}
}

static bool work(struct kiosk *kiosk, enum stick_wish wish, struct error *err)
{
	char path[STICK_FILE_BYTES];
	bool needs_directory = wish == STICK_BACK_UP || wish == STICK_RESTORE;
	if (!kiosk->options.data_dir && needs_directory)
		return error_set(err, ERROR_REFUSED, "the store has no directory of its own");
	switch (wish) {
	case STICK_TAKE_ALONG:
		return stick_take_along(kiosk, kiosk->stick.dir, err);
	case STICK_BACK_UP:
		return store_back_up(kiosk->store, kiosk->options.data_dir,
			path_on_it(kiosk, path, STICK_BACK_UP_FILE), err);
	case STICK_RESTORE:
		kiosk->restart = store_restore(kiosk->store, kiosk->options.data_dir,
			path_on_it(kiosk, path, STICK_BACK_UP_FILE), err);
		return kiosk->restart;
	case STICK_EXCHANGE:
	case STICK_JOIN:
	case STICK_NOTHING:
		break;
	}
	return true;
}

static void do_it(struct kiosk *kiosk)
{
	struct error err = {0};
	struct stick_view *view = &kiosk->model.stick;
	bool ok = work(kiosk, view->wish, &err);
	if (!ok)
		log_error("the stick", &err);
	view->outcome = ok ? STICK_DONE : outcome_of(kiosk, &err);
	kiosk->stick.shown = false;
	kiosk->last_touch_ms = env_monotonic_ms(kiosk->env); /* the host waited for us */
	kiosk->dirty = true;
}

void stick_use(struct kiosk *kiosk, enum stick_wish wish)
{
	struct stick_view *view = &kiosk->model.stick;
	if (wish == STICK_NOTHING && kiosk->restart)
		kiosk->quit = true;
	view->wish = wish;
	view->outcome = wish == STICK_NOTHING ? STICK_QUIET : view->in ? STICK_BUSY : STICK_PULLED;
	kiosk->stick.shown = false;
	if (view->outcome == STICK_BUSY && is_news(wish))
		round_start(kiosk, kiosk->stick.dir, wish);
}

void stick_exchanged(struct kiosk *kiosk, enum stick_outcome outcome)
{
	struct stick_view *view = &kiosk->model.stick;
	if (!kiosk->stick.watched || view->outcome != STICK_BUSY || !is_news(view->wish))
		return;
	view->outcome = outcome;
	view->news = (size_t)kiosk->model.exchange.taken;
	view->organisation = str_from(kiosk->round.organisation);
	kiosk->last_touch_ms = env_monotonic_ms(kiosk->env); /* the host waited for us */
}

/* The list goes when its time is over, the stick is out, or the host went back. */
static void tend_calls(struct kiosk *kiosk)
{
	enum screen_name top = kiosk->stack[kiosk->depth].name;
	const struct stick_view *view = &kiosk->model.stick;
	bool over = view->calls && env_monotonic_ms(kiosk->env) >= view->calls_close_ms;
	bool left = view->calls && top != SCREEN_CALL_LIST;
	bool closed = top == SCREEN_CALL_LIST && !view->calls;
	if (!over && !left && !closed && (view->in || !is_calling(top)) &&
		(is_calling(top) || !kiosk->calls))
		return;
	calls_forget(kiosk);
	while (is_calling(kiosk->stack[kiosk->depth].name) && kiosk->depth > 1)
		kiosk_apply(kiosk, &(struct action){.kind = ACTION_BACK});
	kiosk->dirty = true;
}

void stick_tend(struct kiosk *kiosk)
{
	if (!is_watched(kiosk)) {
		if (kiosk->stick.watched)
			stop_watching(kiosk);
		return;
	}
	if (!kiosk->stick.watched)
		begin_watching(kiosk);
	if (is_due(kiosk)) {
		do_it(kiosk);
		return;
	}
	/* The next round of the loop shows it first. */
	kiosk->stick.shown = has_work(kiosk);
	if (env_monotonic_ms(kiosk->env) >= kiosk->stick.looked_ms + STICK_LOOK_MS)
		look(kiosk);
	tend_calls(kiosk);
}
