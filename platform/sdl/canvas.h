/* The canvas draws a list into one opaque back buffer in RAM. It needs no display, so a window, the
 * bare console and a script all draw alike, and measures the text and pictures that it draws.
 *
 * A platform that draws on a canvas begins with a struct canvas_platform; platform_run_width() and
 * its neighbours rely on that. */
#pragma once
#include "base/env.h"
#include "base/error.h"
#include "platform/platform.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct canvas;

struct canvas_platform {
	struct platform platform;
	struct canvas *canvas;
};

/* A canvas of platform->width_px by height_px, that counts in platform->counters; both belong to
 * the caller and outlive it. `assets` is the folder with fonts, icons and illustrations. NULL with
 * err set when a font is missing. */
struct canvas *canvas_create(
	struct platform *platform, double px_per_mm, const char *assets, struct error *err);
void canvas_destroy(struct canvas *canvas);

/* Draws into somebody else's memory from now on: 0x00RRGGBB pixels, `pitch` of them from one row
 * to the next. NULL goes back to memory of its own. The content is whatever stands there. */
void canvas_draw_into(struct canvas *canvas, uint32_t *pixels, int pitch);

/* Draws what lies inside the damage rectangles; nothing outside them changes. Where the list leaves
 * a damaged pixel uncovered it becomes black. */
void canvas_draw(struct canvas *canvas, const struct draw_list *list, const struct rect *damage,
	size_t damage_count);

/* What a shadow under that box may touch, for whoever works out damage. */
struct rect canvas_shadow_reach(const struct canvas *canvas, struct rect box);

/* The back buffer: rows of `*pitch` pixels, 0x00RRGGBB. */
const uint32_t *canvas_pixels(const struct canvas *canvas, int *pitch);

/* Writes the back buffer as PNG. Equal pixels give equal bytes. */
bool canvas_save(struct canvas *canvas, const char *path, struct error *err);

/* Overwrites the back buffer. */
void canvas_wipe(struct canvas *canvas);
