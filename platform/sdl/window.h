/* The panel as a window of a display server, or as the bare console (SDL's KMSDRM). */
#pragma once
#include "base/env.h"
#include "base/error.h"
#include "platform/platform.h"

#include <stdbool.h>

struct sdl_options {
	int width_px, height_px; /* 0: the whole screen, or 1280x800 in a window */
	bool full_screen; /* the screen's size wins; no mouse pointer */
	double px_per_mm; /* 0: work it out from panel_width_mm, once the size is known */
	double panel_width_mm;
	const char *assets; /* the folder with fonts, icons, illustrations */
	const char *title;
	bool by_texture; /* show through a texture even where there is a window surface */
};

/* NULL with err set: ERROR_NOT_FOUND "no display" where there is none (unless the environment's
 * SDL_VIDEODRIVER asks for a driver without one), or a missing font. `env` outlives the platform.
 * One at a time in a process. After platform_wipe() the next draw has to be of everything. */
struct platform *sdl_platform_create(
	const struct sdl_options *options, struct env *env, struct error *err);
