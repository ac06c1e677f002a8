/* A courier's round. Somebody puts a stick in; a process of its own (buurtctl bundle exchange-told)
 * carries news both ways and tells how far it is, line by line; here the lines become what the
 * screen shows. At rest that is a picture of the whole screen. During a visit it is a mark on the
 * sill: nothing that somebody is doing goes away, and nothing waits.
 *
 * The process works on the store beside us, as the line to the hub does; what it brought is on the
 * screen with the next rest. A stick that is pulled ends it, and costs nothing but the work. */
#include "base/log.h"
#include "kiosk/kiosk.h"
#include "model/time.h"
#include "platform/linux/sticks.h"
#include "sync/progress.h"

#include <stdio.h>
#include <string.h>

#define LOOK_MS 1000
#define HEAR_MS 100 /* while the process works */
#define OVER_MS 60000 /* how long "you may take it" stands when nobody takes it */
#define SCRIPTED_WAIT_MS 60000 /* for a line, where the clock is a script's */

void round_begin(struct kiosk *kiosk)
{
	static const uint8_t none[WRITER_PART_BYTES];
	CLEANUP(identity_wipe) struct identity who;
	struct error err = {0};
	if (!store_identity(kiosk->store, &who, &err))
		log_error("reading who this is", &err);
	kiosk->round.belongs = memcmp(who.organisation, none, sizeof(none)) != 0;
	memcpy(kiosk->round.organisation, who.name, sizeof(kiosk->round.organisation));
	line_begin(kiosk, &who);
}

static enum screen_name top_of(const struct kiosk *kiosk)
{
	return kiosk->stack[kiosk->depth].name;
}

static bool rests(const struct kiosk *kiosk)
{
	return top_of(kiosk) == SCREEN_ATTRACT || top_of(kiosk) == SCREEN_OFF;
}

/* Here the host says what is to be done with a stick. */
static bool is_about_sticks(enum screen_name name)
{
	return name == SCREEN_STICK || name == SCREEN_CALL_KEY || name == SCREEN_CALL_LIST;
}

static bool looks(const struct kiosk *kiosk)
{
	bool shows = kiosk->model.exchange.stage != EXCHANGE_NONE;
	return shows || (kiosk->round.belongs && !is_about_sticks(top_of(kiosk)));
}

int64_t round_next_ms(const struct kiosk *kiosk)
{
	int64_t look_ms = looks(kiosk) ? kiosk->round.looked_ms + LOOK_MS : INT64_MAX;
	int64_t hear_ms = kiosk->round.process ? kiosk->round.heard_ms + HEAR_MS : INT64_MAX;
	return hear_ms < look_ms ? hear_ms : look_ms;
}

/* --- what is shown ---------------------------------------------------------------------------- */

static enum stick_outcome outcome_of(enum error_code code)
{
	switch (code) {
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

static void show(struct kiosk *kiosk, const struct progress *progress)
{
	static const enum exchange_stage stages[PROGRESS_STAGE_COUNT] = {
		[PROGRESS_CHECK] = EXCHANGE_CHECK,
		[PROGRESS_TAKE] = EXCHANGE_TAKE,
		[PROGRESS_GIVE] = EXCHANGE_GIVE,
		[PROGRESS_PROVE] = EXCHANGE_GIVE,
		[PROGRESS_DONE] = EXCHANGE_OVER,
		[PROGRESS_FAILED] = EXCHANGE_OVER,
	};
	struct exchange_view *view = &kiosk->model.exchange;
	enum exchange_stage stage = stages[progress->stage];
	/* The word that it may go comes from the process's end, not from what it says. */
	if (stage == EXCHANGE_OVER) {
		kiosk->round.done = progress->stage == PROGRESS_DONE;
		kiosk->round.why = progress->why;
	} else {
		view->stage = stage;
	}
	if (progress->stage != PROGRESS_FAILED) {
		view->taken = progress->taken;
		view->given = progress->given;
		view->to_give = progress->to_give;
	}
	kiosk->dirty = true;
}

static void end(struct kiosk *kiosk, enum stick_outcome outcome)
{
	struct exchange_view *view = &kiosk->model.exchange;
	view->stage = EXCHANGE_OVER;
	view->outcome = outcome;
	kiosk->round.over_ms = env_monotonic_ms(kiosk->env);
	kiosk->line.news = true; /* also of one that failed: what came before it stays taken in */
	if (kiosk->round.wish == STICK_JOIN && outcome == STICK_DONE)
		round_begin(kiosk);
	stick_exchanged(kiosk, outcome);
	kiosk->dirty = true;
}

static void forget(struct kiosk *kiosk)
{
	kiosk->model.exchange = (struct exchange_view){.stage = EXCHANGE_NONE};
	kiosk->dirty = true;
}

static bool is_busy(const struct kiosk *kiosk)
{
	enum exchange_stage stage = kiosk->model.exchange.stage;
	return stage != EXCHANGE_NONE && stage != EXCHANGE_OVER;
}

/* --- the process ------------------------------------------------------------------------------ */

static bool spawn(struct kiosk *kiosk, struct error *err)
{
	struct round *round = &kiosk->round;
	bool joins = round->wish == STICK_JOIN;
	char clock[32];
	int64_t now_s = env_wall_ms(kiosk->env) / 1000;
	struct local_time now = local_time_from_seconds(now_s);
	snprintf(clock, sizeof(clock), "%04d-%02d-%02dT%02d:%02d:%02dZ", now.date.year,
		now.date.month, now.date.day, now.hour, now.minute, now.second);
	const char *const arguments[] = {"--data", kiosk->options.data_dir,
		joins ? "enrol" : "bundle", joins ? "accept-told" : "exchange-told", round->dir,
		kiosk->env->seeded ? "--clock" : NULL, clock, NULL};
	if (!kiosk->options.data_dir)
		return error_set(err, ERROR_REFUSED, "the store has no directory of its own");
	round->process = process_start_and_hear("buurtctl", arguments, &round->lines, err);
	return round->process != 0;
}

void round_start(struct kiosk *kiosk, const char *dir, enum stick_wish wish)
{
	struct round *round = &kiosk->round;
	struct error err = {0};
	if (round->process)
		return;
	snprintf(round->dir, sizeof(round->dir), "%s", dir);
	round->mark = stick_mark(dir);
	round->wish = wish;
	round->done = false;
	round->why = ERROR_NONE;
	round->in = true;
	round->looked_ms = round->heard_ms = env_monotonic_ms(kiosk->env);
	kiosk->model.exchange = (struct exchange_view){.stage = EXCHANGE_CHECK};
	kiosk->dirty = true;
	if (spawn(kiosk, &err))
		return;
	log_error("the stick", &err);
	end(kiosk, STICK_FAILED);
}

/* A line that is none is left out: the end tells. */
static void hear_line(struct kiosk *kiosk, const char *line)
{
	struct progress progress;
	if (progress_read(str_from(line), &progress))
		show(kiosk, &progress);
}

/* What was written beside a stick that is gone did not go along. */
static bool is_still_in(struct kiosk *kiosk)
{
	char dir[STICK_PATH_BYTES];
	return stick_look_for(kiosk, dir) && stick_mark(dir) == kiosk->round.mark;
}

/* The pipe is closed; the process ends by itself, soon. */
static void take_leave(struct kiosk *kiosk)
{
	struct round *round = &kiosk->round;
	bool ok = false;
	if (kiosk->options.scripted)
		ok = process_wait(round->process);
	else if (!process_ended(round->process, &ok))
		return;
	round->process = 0;
	process_hear_no_more(&round->lines);
	if (!is_busy(kiosk))
		return;
	if (!is_still_in(kiosk))
		end(kiosk, STICK_PULLED);
	else
		end(kiosk, ok && round->done ? STICK_DONE : outcome_of(round->why));
}

/* A script's clock stands still while the process works: each line has its moment there. */
static void hear(struct kiosk *kiosk)
{
	struct round *round = &kiosk->round;
	bool scripted = kiosk->options.scripted;
	char line[PROCESS_LINE_BYTES + 1];
	enum process_heard heard;
	round->heard_ms = env_monotonic_ms(kiosk->env);
	do {
		heard = process_next_line(&round->lines, scripted ? SCRIPTED_WAIT_MS : 0, line);
		if (heard == PROCESS_LINE)
			hear_line(kiosk, line);
	} while (heard == PROCESS_LINE && !scripted);
	if (heard == PROCESS_SAID_ALL)
		take_leave(kiosk);
}

void round_end(struct kiosk *kiosk)
{
	if (!kiosk->round.process)
		return;
	process_stop(kiosk->round.process);
	process_hear_no_more(&kiosk->round.lines);
	kiosk->round.process = 0;
}

/* --- the stick -------------------------------------------------------------------------------- */

static void look(struct kiosk *kiosk)
{
	struct round *round = &kiosk->round;
	char dir[STICK_PATH_BYTES];
	round->looked_ms = env_monotonic_ms(kiosk->env);
	bool in = stick_look_for(kiosk, dir);
	uint64_t mark = in ? stick_mark(dir) : 0;
	bool another = in && (!round->in || mark != round->mark);
	if (is_busy(kiosk) && (!in || another)) {
		if (round->process)
			process_interrupt(round->process);
		end(kiosk, STICK_PULLED);
		another = false; /* the next look finds it, when the process has ended */
	} else if (!in && kiosk->model.exchange.outcome == STICK_DONE) {
		forget(kiosk); /* it was told, and done */
	}
	if (another && (round->process || is_about_sticks(top_of(kiosk)) || !round->belongs))
		return;
	round->in = in;
	round->mark = mark;
	if (another)
		round_start(kiosk, dir, STICK_EXCHANGE);
}

/* At rest a stick has the whole screen. */
static void open_when_at_rest(struct kiosk *kiosk)
{
	if (kiosk->model.exchange.stage == EXCHANGE_NONE || !rests(kiosk))
		return;
	kiosk->round.was_off = top_of(kiosk) == SCREEN_OFF;
	kiosk_open(kiosk, SCREEN_ROUND);
	kiosk->dirty = true;
}

static void close_screen(struct kiosk *kiosk)
{
	kiosk_end_visit(kiosk, SCREEN_ATTRACT);
	if (!kiosk->round.was_off)
		return;
	kiosk_open(kiosk, SCREEN_OFF);
	kiosk->slide_from = 0;
}

void round_leave(struct kiosk *kiosk)
{
	if (top_of(kiosk) != SCREEN_ROUND)
		return;
	if (is_busy(kiosk)) {
		kiosk_end_visit(kiosk, SCREEN_START); /* the sill goes on telling */
		return;
	}
	forget(kiosk);
	kiosk->round.was_off = false;
	close_screen(kiosk);
}

void round_tend(struct kiosk *kiosk)
{
	int64_t now_ms = env_monotonic_ms(kiosk->env);
	const struct exchange_view *view = &kiosk->model.exchange;
	if (kiosk->round.process && now_ms >= kiosk->round.heard_ms + HEAR_MS)
		hear(kiosk);
	if (looks(kiosk) && now_ms >= kiosk->round.looked_ms + LOOK_MS)
		look(kiosk);
	if (view->stage == EXCHANGE_OVER && now_ms >= kiosk->round.over_ms + OVER_MS)
		forget(kiosk);
	if (view->stage == EXCHANGE_NONE && top_of(kiosk) == SCREEN_ROUND)
		close_screen(kiosk);
	open_when_at_rest(kiosk);
}
