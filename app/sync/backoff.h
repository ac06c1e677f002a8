/* How long to wait before trying again, so that a hub that comes back after a storm is not met by
 * all its kiosks at once. */
#pragma once
#include <stdint.h>

#define BACKOFF_FIRST_MS ((int64_t)15000) /* after the first failure */
#define BACKOFF_MOST_MS ((int64_t)3600000)
#define BACKOFF_IDLE_MS ((int64_t)60000) /* while all is well */

/* failures: in a row, 0 after a success. draw: any number, as random as the kiosk has it. The wait
 * doubles with each failure up to the most, and lies between half of that and all of it. */
int64_t backoff_ms(unsigned failures, uint32_t draw);
