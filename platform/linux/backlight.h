/* The light behind the glass, as Linux shows it: a directory under /sys/class/backlight with the
 * files brightness, max_brightness and, on most, bl_power
 * (Documentation/ABI/stable/sysfs-class-backlight). A panel on HDMI has none. */
#pragma once
#include "base/error.h"

#include <stdbool.h>

#define BACKLIGHT_DIRECTORY "/sys/class/backlight"
#define BACKLIGHT_STEPS 5
#define BACKLIGHT_PATH_BYTES 512

struct backlight {
	char path[BACKLIGHT_PATH_BYTES]; /* of the light; empty: there is none */
	int most; /* its max_brightness */
};

/* The first light in the directory, by name, that says how bright it can be. False when none does.
 */
bool backlight_find(const char *directory, struct backlight *light);
/* On, with a brightness from 1 to BACKLIGHT_STEPS, even to the eye. ERROR_NOT_FOUND without a
 * light, ERROR_READ_ONLY where the system does not let us. */
bool backlight_set(const struct backlight *light, int step, struct error *err);
bool backlight_off(const struct backlight *light, struct error *err);
