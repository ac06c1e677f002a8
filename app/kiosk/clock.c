/* The clock as a host sets it: the machine's, or the difference with it; and the store believes it
 * from then on, even when it says that half a year has gone by. */
#include "kiosk/kiosk.h"

bool kiosk_set_clock(struct kiosk *kiosk, struct local_time now, struct error *err)
{
	int64_t utc_s;
	if (!zone_to_utc(kiosk_zone(kiosk), now, &utc_s))
		return error_set(err, ERROR_REFUSED, "the zone of the catalogue is not known");
	if (!env_set_wall_ms(kiosk->env, utc_s * 1000, err) ||
		!store_trust_clock(kiosk->store, err))
		return false;
	kiosk_refresh_time(kiosk);
	kiosk->model.revision++;
	kiosk->dirty = true;
	return true;
}
