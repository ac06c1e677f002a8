/* A courier's round. Somebody puts a stick in while the kiosk rests; the screen says that it must
 * stay in, news goes both ways, and the screen says that it may go. Nobody has to touch anything,
 * and nobody's visit is ever interrupted: a stick that comes during one waits until it is over. */
#include "base/log.h"
#include "kiosk/kiosk.h"
#include "sync/carrier_dir.h"

#include <string.h>

#define LOOK_MS 2000
#define DONE_MS 60000 /* how long "you may take it" stands when nobody takes it */

void round_begin(struct kiosk *kiosk)
{
	static const uint8_t none[WRITER_PART_BYTES];
	CLEANUP(identity_wipe) struct identity who;
	struct error err = {0};
	if (!store_identity(kiosk->store, &who, &err))
		log_error("reading who this is", &err);
	kiosk->round.belongs = memcmp(who.organisation, none, sizeof(none)) != 0;
	line_begin(kiosk, &who);
}

static enum screen_name top_of(const struct kiosk *kiosk)
{
	return kiosk->stack[kiosk->depth].name;
}

int64_t round_next_ms(const struct kiosk *kiosk)
{
	bool rests = top_of(kiosk) == SCREEN_ATTRACT && kiosk->round.belongs;
	return rests ? kiosk->round.looked_ms + LOOK_MS : INT64_MAX;
}

static void look(struct kiosk *kiosk)
{
	char dir[STICK_PATH_BYTES];
	kiosk->round.looked_ms = env_monotonic_ms(kiosk->env);
	bool in = stick_look_for(kiosk, dir);
	if (in && !kiosk->round.served) {
		kiosk->round.done_ms = 0;
		kiosk_open(kiosk, SCREEN_ROUND);
		kiosk->dirty = true;
	}
	kiosk->round.served = in;
}

/* The last word has been read, the stick is gone, or nobody is there. */
static void leave_when_over(struct kiosk *kiosk)
{
	const struct stick_view *view = &kiosk->model.stick;
	int64_t now_ms = env_monotonic_ms(kiosk->env);
	if (!kiosk->stick.watched || view->outcome == STICK_BUSY)
		return;
	if (kiosk->round.done_ms == 0)
		kiosk->round.done_ms = now_ms;
	bool told = view->outcome == STICK_DONE && !view->in;
	if (told || view->outcome == STICK_QUIET || now_ms >= kiosk->round.done_ms + DONE_MS)
		kiosk_end_visit(kiosk, SCREEN_ATTRACT);
}

void round_tend(struct kiosk *kiosk)
{
	if (top_of(kiosk) == SCREEN_ROUND)
		leave_when_over(kiosk);
	else if (env_monotonic_ms(kiosk->env) >= round_next_ms(kiosk))
		look(kiosk);
}

bool round_exchange(struct kiosk *kiosk, const char *dir, struct error *err)
{
	struct carrier_report report;
	bool ok = carrier_exchange(kiosk->store, dir, &report, err);
	kiosk->model.stick.news = report.down.ops + report.up.fresh;
	kiosk->round.served = true;
	if (report.down.refused + report.up.refused > 0)
		log_error("on the stick", report.down.refused ? &report.down.why : &report.up.why);
	if (kiosk->model.stick.news > 0)
		kiosk_load_catalogue(kiosk);
	return ok;
}

bool round_join(struct kiosk *kiosk, const char *dir, struct error *err)
{
	if (kiosk->env->seeded)
		return error_set(err, ERROR_REFUSED, "keys are never made from --seed or --clock");
	if (!carrier_accept(kiosk->store, dir, kiosk->round.organisation, err))
		return false;
	round_begin(kiosk);
	kiosk->model.stick.organisation = str_from(kiosk->round.organisation);
	return round_exchange(kiosk, dir, err);
}
