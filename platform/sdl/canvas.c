/* For each damaged rectangle the list is walked from the last command that covers all of it without
 * a gap: what lies below that one cannot be seen. Every command is a function of pixel positions,
 * clipped to the damage, so parts drawn apart join without a seam. */
#include "platform/sdl/canvas.h"

#include "platform/sdl/glyphs.h"
#include "platform/sdl/memory.h"
#include "platform/sdl/pictures.h"
#include "platform/sdl/pixels.h"
#include "platform/sdl/shapes.h"

#include <SDL.h>
#include <SDL_image.h>
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Pictures of three panels: this screen, the one before, the one after. */
#define PANELS_OF_PICTURES 3
#define PICTURES_MIN_BYTES ((size_t)4 * 1024 * 1024)
#define PICTURES_MAX_BYTES ((size_t)48 * 1024 * 1024)

struct canvas {
	struct platform *platform;
	uint32_t *own; /* NULL while drawing into somebody else's memory */
	struct pixels pixels;
	struct shapes *shapes;
	struct glyphs *glyphs;
	struct pictures *pictures;
};

static size_t picture_limit(size_t panel_bytes)
{
	size_t limit = PANELS_OF_PICTURES * panel_bytes;
	limit = limit < PICTURES_MIN_BYTES ? PICTURES_MIN_BYTES : limit;
	return limit > PICTURES_MAX_BYTES ? PICTURES_MAX_BYTES : limit;
}

struct canvas *canvas_create(
	struct platform *platform, double px_per_mm, const char *assets, struct error *err)
{
	assert(platform->width_px > 0 && platform->height_px > 0 && px_per_mm > 0);
	struct canvas *canvas = memory_alloc(sizeof(*canvas));
	*canvas = (struct canvas){.platform = platform};
	canvas_draw_into(canvas, NULL, 0);
	struct platform_counters *counters = &platform->counters;
	canvas->glyphs = glyphs_create(assets, platform->env, counters, err);
	if (!canvas->glyphs) {
		canvas_destroy(canvas);
		return NULL;
	}
	size_t panel_bytes = (size_t)platform->width_px * (size_t)platform->height_px * 4;
	canvas->shapes = shapes_create(px_per_mm, counters);
	canvas->pictures =
		pictures_create(assets, platform->env, counters, picture_limit(panel_bytes));
	return canvas;
}

void canvas_destroy(struct canvas *canvas)
{
	if (!canvas)
		return;
	canvas_wipe(canvas);
	shapes_destroy(canvas->shapes);
	glyphs_destroy(canvas->glyphs);
	pictures_destroy(canvas->pictures);
	free(canvas->own);
	free(canvas);
}

void canvas_draw_into(struct canvas *canvas, uint32_t *pixels, int pitch)
{
	int width = canvas->platform->width_px, height = canvas->platform->height_px;
	if (pixels && canvas->own) {
		explicit_bzero(canvas->own, (size_t)width * (size_t)height * 4);
		free(canvas->own);
		canvas->own = NULL;
	} else if (!pixels && !canvas->own) {
		size_t bytes = (size_t)width * (size_t)height * 4;
		canvas->own = memory_alloc(bytes);
		memset(canvas->own, 0, bytes);
	}
	canvas->pixels = (struct pixels){.at = pixels ? pixels : canvas->own,
		.width = width,
		.height = height,
		.pitch = pixels ? pitch : width};
}

static bool rect_covers(struct rect outer, struct rect inner)
{
	struct rect both = rect_intersect(outer, inner);
	return both.w == inner.w && both.h == inner.h;
}

/* Whether nothing below the command shows in `part`. */
static bool hides(const struct draw_command *c, struct rect part)
{
	if (c->kind != DRAW_BOX || c->color.a < 255 || !rect_covers(c->clip, part))
		return false;
	bool edged = c->edge.a && c->edge_px > 0;
	int inset = c->radius_px > 0 ? c->radius_px : 0;
	inset = edged && c->edge.a < 255 && c->edge_px > inset ? c->edge_px : inset;
	struct rect r = c->rect;
	struct rect across = {r.x, r.y + inset, r.w, r.h - 2 * inset};
	struct rect down = {r.x + inset, r.y, r.w - 2 * inset, r.h};
	if (edged && c->edge.a < 255)
		across.x = down.x, across.w = down.w, down.y = across.y, down.h = across.h;
	return rect_covers(across, part) || rect_covers(down, part);
}

static void draw_command(struct canvas *canvas, const struct draw_command *c, struct rect part)
{
	struct rect reach =
		c->kind == DRAW_SHADOW ? shapes_shadow_reach(canvas->shapes, c->rect) : c->rect;
	struct rect clip = rect_intersect(part, c->clip);
	struct rect visible = rect_intersect(clip, reach);
	if (rect_is_empty(visible))
		return;
	canvas->platform->counters.pixels_drawn += (int64_t)visible.w * visible.h;
	switch (c->kind) {
	case DRAW_BOX:
		shapes_draw_box(canvas->shapes, &canvas->pixels, c, clip);
		break;
	case DRAW_SHADOW:
		shapes_draw_shadow(canvas->shapes, &canvas->pixels, c, clip);
		break;
	case DRAW_PICTURE:
		pictures_draw(canvas->pictures, canvas->shapes, &canvas->pixels, c, clip);
		break;
	case DRAW_ICON:
		pictures_draw_icon(canvas->pictures, &canvas->pixels, c, clip);
		break;
	case DRAW_GLYPHS:
		glyphs_draw(canvas->glyphs, &canvas->pixels, c, clip);
		break;
	case DRAW_QR:
		shapes_draw_qr(&canvas->pixels, c, clip);
		break;
	}
}

static void draw_part(struct canvas *canvas, const struct draw_list *list, struct rect part)
{
	size_t first = list->count;
	while (first > 0 && !hides(&list->commands[first - 1], part))
		first--;
	if (first == 0)
		pixels_fill(&canvas->pixels, part, (struct color){0, 0, 0, 255});
	for (size_t i = first ? first - 1 : 0; i < list->count; i++)
		draw_command(canvas, &list->commands[i], part);
}

void canvas_draw(struct canvas *canvas, const struct draw_list *list, const struct rect *damage,
	size_t damage_count)
{
	struct rect panel = {0, 0, canvas->pixels.width, canvas->pixels.height};
	for (size_t i = 0; i < damage_count; i++) {
		struct rect part = rect_intersect(damage[i], panel);
		if (!rect_is_empty(part))
			draw_part(canvas, list, part);
	}
	canvas->platform->counters.frames++;
}

struct rect canvas_shadow_reach(const struct canvas *canvas, struct rect box)
{
	return shapes_shadow_reach(canvas->shapes, box);
}

const uint32_t *canvas_pixels(const struct canvas *canvas, int *pitch)
{
	*pitch = canvas->pixels.pitch;
	return canvas->pixels.at;
}

bool canvas_save(struct canvas *canvas, const char *path, struct error *err)
{
	const struct pixels *p = &canvas->pixels;
	size_t raw_bytes = (size_t)p->width * (size_t)p->height * 4;
	/* PNG grows what it cannot compress by a few bytes a row and a header. */
	size_t room = raw_bytes + raw_bytes / 64 + 65536;
	void *file = memory_alloc(room);
	SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormatFrom(
		p->at, p->width, p->height, 32, p->pitch * 4, SDL_PIXELFORMAT_XRGB8888);
	SDL_RWops *out = SDL_RWFromMem(file, (int)room);
	bool saved = surface && out && IMG_SavePNG_RW(surface, out, 0) == 0;
	struct str content = {file, out && saved ? (size_t)SDL_RWtell(out) : 0};
	if (out)
		SDL_RWclose(out);
	SDL_FreeSurface(surface);
	bool done = saved ? env_write_file(canvas->platform->env, path, content, err)
			  : error_set(err, ERROR_LIMIT, "%s: %s", path, IMG_GetError());
	explicit_bzero(file, room);
	free(file);
	return done;
}

void canvas_wipe(struct canvas *canvas)
{
	const struct pixels *p = &canvas->pixels;
	for (int y = 0; y < p->height; y++)
		explicit_bzero(pixels_row(p, 0, y), (size_t)p->width * 4);
}

/* Text and pictures are measured by the canvas: the part of platform.h that needs one. */

static struct canvas *canvas_of(struct platform *platform)
{
	return ((struct canvas_platform *)platform)->canvas;
}

int platform_run_width(struct platform *platform, const struct glyph_run *run)
{
	return glyphs_width(canvas_of(platform)->glyphs, run);
}

struct font_metrics platform_font_metrics(struct platform *platform, enum font font, int size_px)
{
	return glyphs_metrics(canvas_of(platform)->glyphs, font, size_px);
}

bool platform_font_has(struct platform *platform, enum font font, uint32_t code_point)
{
	return glyphs_has(canvas_of(platform)->glyphs, font, code_point);
}

bool platform_has_picture(struct platform *platform, struct str name)
{
	return pictures_has(canvas_of(platform)->pictures, name);
}
