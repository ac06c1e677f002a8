/* A number that nobody ever calls was asked for nothing. When the oldest sealed details wait longer
 * than the settings allow, the form asks for none until somebody has taken along what is here. */
#include "kiosk/kiosk.h"

#include "base/log.h"

#define DAY_MS ((int64_t)86400000)

void kiosk_judge_collection(struct kiosk *kiosk)
{
	struct error err;
	int64_t oldest_ms;
	bool was = kiosk->model.no_contact;
	if (store_mode(kiosk->store) == STORE_KEYS_LOST) {
		kiosk->model.no_contact = true; /* nothing could be sealed */
		return;
	}
	if (store_mode(kiosk->store) == STORE_PRACTICE) {
		kiosk->model.no_contact = false; /* nobody collects an exercise */
		return;
	}
	if (store_clock(kiosk->store) < CLOCK_SURE)
		return; /* as it was */
	if (!store_oldest_uncollected(kiosk->store, &oldest_ms, &err)) {
		log_error("looking for what waits to be collected", &err);
		return;
	}
	int64_t waits_ms = oldest_ms ? env_wall_ms(kiosk->env) - oldest_ms : 0;
	kiosk->model.no_contact = waits_ms > kiosk->settings.collect_days * DAY_MS;
	if (kiosk->model.no_contact && !was)
		log_warning("sign-ups wait for longer than %d days: no contact details are asked "
			    "until they are taken along",
			kiosk->settings.collect_days);
	if (kiosk->model.no_contact != was)
		kiosk->model.revision++;
}
