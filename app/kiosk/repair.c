/* Damage that is met while the kiosk runs. Visitors keep looking at what is in memory; when nobody
 * is there, the kiosk starts again, and the store repairs itself on the way up. Not in the first
 * minute, so that an ill disk cannot make it start for ever. */
#include "kiosk/kiosk.h"

#include "base/log.h"
#include "store/repair.h"

#define REPAIR_AFTER_MS 60000

void kiosk_repair_when_damaged(struct kiosk *kiosk)
{
	struct error err;
	if (!store_met_damage(kiosk->store) || kiosk->restart ||
		env_monotonic_ms(kiosk->env) - kiosk->started_ms < REPAIR_AFTER_MS)
		return;
	if (!store_doubt(kiosk->store, &err)) {
		log_error("asking for a repair", &err);
		return;
	}
	log_warning("the database is damaged: starting again to repair it");
	kiosk->restart = kiosk->quit = true;
}
