/* The line to the hub. A kiosk that was given an address speaks to its hub now and then, in a
 * process of its own (buurtctl bundle sync): no frame waits for a network, and what falls over
 * there leaves the screen standing. It begins while nobody uses the kiosk; what it brought is on
 * the screen with the next rest. */
#include "base/log.h"
#include "kiosk/kiosk.h"
#include "platform/linux/process.h"
#include "sync/backoff.h"

#define LOOK_MS 1000 /* whether it has ended */
#define FIRST_MS 5000 /* after the start: others go first */
#define USUAL_MS ((int64_t)900000)
#define SPREAD 4 /* a quarter of it more or less, so that kiosks do not come all at once */

void line_begin(struct kiosk *kiosk, const struct identity *who)
{
	struct line *line = &kiosk->line;
	line->wanted = who->address[0] != '\0' && !who->is_hub && !kiosk->env->seeded &&
		       kiosk->options.data_dir;
	line->next_ms = env_monotonic_ms(kiosk->env) + FIRST_MS;
}

static bool rests(const struct kiosk *kiosk)
{
	return kiosk->stack[kiosk->depth].name == SCREEN_ATTRACT;
}

int64_t line_next_ms(const struct kiosk *kiosk)
{
	const struct line *line = &kiosk->line;
	return line->process || (line->wanted && rests(kiosk)) ? line->next_ms : INT64_MAX;
}

static int64_t pause_ms(struct kiosk *kiosk)
{
	uint32_t spread = (uint32_t)(USUAL_MS / SPREAD);
	if (kiosk->line.failures > 0)
		return backoff_ms(kiosk->line.failures, env_random_below(kiosk->env, UINT32_MAX));
	return USUAL_MS - spread + (int64_t)env_random_below(kiosk->env, 2 * spread);
}

static void start(struct kiosk *kiosk)
{
	struct line *line = &kiosk->line;
	struct error err = {0};
	const char *const arguments[] = {"--data", kiosk->options.data_dir, "bundle", "sync", NULL};
	line->process = process_start("buurtctl", arguments, &err);
	line->next_ms = env_monotonic_ms(kiosk->env) + LOOK_MS;
	if (line->process)
		return;
	log_error("speaking to the hub", &err);
	line->wanted = false; /* it is not installed: asking again helps nobody */
}

static void look(struct kiosk *kiosk)
{
	struct line *line = &kiosk->line;
	bool ok;
	int64_t now_ms = env_monotonic_ms(kiosk->env);
	line->next_ms = now_ms + LOOK_MS;
	if (!process_ended(line->process, &ok))
		return;
	line->process = 0;
	line->failures = ok ? 0 : line->failures + 1;
	line->next_ms = now_ms + pause_ms(kiosk);
	line->news = ok;
}

void line_tend(struct kiosk *kiosk)
{
	struct line *line = &kiosk->line;
	if (env_monotonic_ms(kiosk->env) >= line_next_ms(kiosk)) {
		if (line->process)
			look(kiosk);
		else
			start(kiosk);
	}
	if (line->news && rests(kiosk)) {
		line->news = false;
		kiosk_keep_house(kiosk); /* reads what another process wrote */
	}
}

void line_end(struct kiosk *kiosk)
{
	if (kiosk->line.process)
		process_stop(kiosk->line.process);
	kiosk->line.process = 0;
}
