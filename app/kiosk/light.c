/* The light of the panel. Where none can be set, off is a black picture and nothing more, and how
 * bright it is cannot be chosen. The step that a host chose is kept in the store. */
#include "kiosk/kiosk.h"

#include "base/log.h"
#include "store/door.h"

static void light_on(struct kiosk *kiosk)
{
	struct error err;
	if (kiosk->light.path[0] && !backlight_set(&kiosk->light, kiosk->light_step, &err))
		log_error("lighting the screen", &err);
}

void light_begin(struct kiosk *kiosk)
{
	struct error err;
	const char *directory = kiosk->options.backlight_dir;
	kiosk->light = (struct backlight){.most = 0};
	kiosk->light_step = BACKLIGHT_STEPS;
	if (!directory || !backlight_find(directory, &kiosk->light))
		return;
	if (!store_brightness(kiosk->store, &kiosk->light_step, &err))
		log_error("reading the brightness", &err);
	if (kiosk->light_step < 1 || kiosk->light_step > BACKLIGHT_STEPS)
		kiosk->light_step = BACKLIGHT_STEPS;
	light_on(kiosk);
}

int light_step(const struct kiosk *kiosk)
{
	return kiosk->light.path[0] ? kiosk->light_step : 0;
}

void light_choose(struct kiosk *kiosk, int step)
{
	struct error err;
	if (!kiosk->light.path[0] || step < 1 || step > BACKLIGHT_STEPS)
		return;
	kiosk->light_step = step;
	kiosk->door.model.brightness = step;
	light_on(kiosk);
	if (!store_set_brightness(kiosk->store, step, &err))
		log_error("keeping the brightness", &err);
}

/* After the frame was shown, so that the black comes first. */
void light_tend(struct kiosk *kiosk)
{
	struct error err;
	bool off = kiosk->stack[kiosk->depth].name == SCREEN_OFF;
	if (off == kiosk->light_is_off)
		return;
	kiosk->light_is_off = off;
	if (!off)
		light_on(kiosk);
	else if (kiosk->light.path[0] && !backlight_off(&kiosk->light, &err))
		log_error("putting the screen off", &err);
}

void light_end(struct kiosk *kiosk)
{
	if (kiosk->light_is_off)
		light_on(kiosk);
	kiosk->light_is_off = false;
}
