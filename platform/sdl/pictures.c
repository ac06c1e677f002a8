/* A picture is kept as the pixels of its rectangle, already cropped, so drawing it is copying rows;
 * an icon is kept as coverage, so one entry serves all colours. What cannot be drawn is remembered
 * as well, in an entry without pixels. */
#include "platform/sdl/pictures.h"

#include "base/log.h"
#include "platform/sdl/cache.h"
#include "platform/sdl/memory.h"

#include <SDL.h>
#include <SDL_image.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ICON_CACHE_BYTES ((size_t)1024 * 1024)
#define FILE_LIMIT_BYTES ((size_t)1024 * 1024)
#define NAME_LIMIT_BYTES 120
#define SIDE_LIMIT_PX 8192

struct pictures {
	struct env *env;
	const char *assets;
	struct arena forever, scratch;
	struct cache *pictures, *icons;
};

/* Values of the two caches. width == 0: this one cannot be drawn. */
struct picture {
	int width, height;
	bool opaque;
	uint32_t pixels[]; /* 0xAARRGGBB, colours not multiplied by alpha; opaque: 0x00RRGGBB */
};

struct icon {
	int width, height;
	uint8_t coverage[];
};

struct pictures *pictures_create(
	const char *assets, struct env *env, struct platform_counters *counters, size_t limit_bytes)
{
	struct pictures *pictures = memory_alloc(sizeof(*pictures));
	*pictures = (struct pictures){.env = env};
	pictures->assets = str_z(&pictures->forever, str_from(assets));
	pictures->pictures = cache_create(limit_bytes, 65536, &counters->cache_bytes);
	pictures->icons = cache_create(ICON_CACHE_BYTES, 4096, &counters->cache_bytes);
	counters->cache_bytes_limit += (int64_t)(limit_bytes + ICON_CACHE_BYTES);
	return pictures;
}

void pictures_destroy(struct pictures *pictures)
{
	if (!pictures)
		return;
	cache_destroy(pictures->pictures);
	cache_destroy(pictures->icons);
	arena_finish(&pictures->forever);
	arena_finish(&pictures->scratch);
	free(pictures);
}

/* Stays below assets and is an SVG by its name. */
static bool name_is_ours(struct str name)
{
	if (name.len == 0 || name.len > NAME_LIMIT_BYTES || name.ptr[0] == '/' ||
		str_find(name, STR("..")) >= 0 || !str_ends_with(name, STR(".svg")))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			     (c >= '0' && c <= '9') || strchr("_-./", c);
		if (!plain)
			return false;
	}
	return true;
}

/* The drawing at a width, or at a height where width is 0; NULL when it cannot be drawn. */
static SDL_Surface *rasterise(struct str svg, int width, int height)
{
	if (width > SIDE_LIMIT_PX || height > SIDE_LIMIT_PX)
		return NULL;
	SDL_RWops *bytes = SDL_RWFromConstMem(svg.ptr, (int)svg.len);
	SDL_Surface *loaded = IMG_LoadSizedSVG_RW(bytes, width, height);
	SDL_RWclose(bytes);
	if (!loaded)
		return NULL;
	SDL_Surface *surface = SDL_ConvertSurfaceFormat(loaded, SDL_PIXELFORMAT_ARGB8888, 0);
	SDL_FreeSurface(loaded);
	return surface;
}

/* Just large enough to cover width x height. Sizes are cut to whole pixels by SDL2_image, so the
 * other side may need a second try. */
static SDL_Surface *rasterise_cover(struct str svg, int width, int height)
{
	SDL_Surface *surface = rasterise(svg, width, 0);
	for (int more = 0; more < 2 && surface && (surface->w < width || surface->h < height);
		more++) {
		bool low = surface->h < height;
		SDL_FreeSurface(surface);
		surface = low ? rasterise(svg, 0, height + more) : rasterise(svg, width + 1, 0);
	}
	if (surface && (surface->w < width || surface->h < height)) {
		SDL_FreeSurface(surface);
		return NULL;
	}
	return surface;
}

static bool read_svg(struct pictures *pictures, struct str name, struct str *svg)
{
	struct error err = {0};
	if (!name_is_ours(name))
		error_set(&err, ERROR_REFUSED, "a picture that is not one of ours");
	else if (env_read_file(pictures->env, &pictures->scratch,
			 str_format(&pictures->scratch, "%s/%.*s", pictures->assets, STR_ARG(name))
				 .ptr,
			 FILE_LIMIT_BYTES, svg, &err))
		return true;
	log_error("reading a picture", &err);
	return false;
}

static void crop(struct picture *picture, const SDL_Surface *surface, int focus_y_percent)
{
	int focus = focus_y_percent < 0 ? 0 : focus_y_percent > 100 ? 100 : focus_y_percent;
	int left = (surface->w - picture->width) / 2;
	int top = (surface->h - picture->height) * focus / 100;
	picture->opaque = true;
	for (int y = 0; y < picture->height; y++) {
		const char *row = (const char *)surface->pixels +
				  (ptrdiff_t)(top + y) * surface->pitch + (ptrdiff_t)left * 4;
		uint32_t *out = picture->pixels + (ptrdiff_t)y * picture->width;
		memcpy(out, row, (size_t)picture->width * 4);
		for (int x = 0; x < picture->width; x++)
			picture->opaque = picture->opaque && out[x] >> 24 == 255;
	}
	size_t area = (size_t)picture->width * (size_t)picture->height;
	for (size_t i = 0; picture->opaque && i < area; i++)
		picture->pixels[i] &= 0xffffff; /* so that it can be copied as it is */
}

static const struct picture *find_picture(
	struct pictures *pictures, struct str name, int width, int height, int focus_y_percent)
{
	char text[NAME_LIMIT_BYTES + 40];
	int len = snprintf(text, sizeof(text), "%d %d %d %.*s", width, height, focus_y_percent,
		(int)(name.len < NAME_LIMIT_BYTES ? name.len : NAME_LIMIT_BYTES), name.ptr);
	struct str key = {text, (size_t)len}, svg = {0};
	struct picture *picture = cache_find(pictures->pictures, key);
	if (picture)
		return picture;
	SDL_Surface *surface = NULL;
	if (read_svg(pictures, name, &svg))
		surface = rasterise_cover(svg, width, height);
	size_t area = surface ? (size_t)width * (size_t)height : 0;
	picture = cache_add(pictures->pictures, key, sizeof(*picture) + area * 4);
	if (picture) {
		*picture = (struct picture){.width = surface ? width : 0, .height = height};
		if (surface)
			crop(picture, surface, focus_y_percent);
	}
	SDL_FreeSurface(surface);
	arena_reset(&pictures->scratch);
	return picture;
}

bool pictures_has(struct pictures *pictures, struct str name)
{
	if (name.len > NAME_LIMIT_BYTES)
		return false;
	/* Small enough to be cheap, and kept, so each name is tried once. */
	const struct picture *picture = find_picture(pictures, name, 8, 8, 50);
	return picture && picture->width;
}

/* Pixels from..to of row y, through their own alpha and the shape's corners. */
static void blend(const struct picture *picture, const struct rounded *shape,
	const struct pixels *pixels, int y, int from, int to)
{
	const uint32_t *row = picture->pixels + (ptrdiff_t)(y - shape->rect.y) * picture->width;
	for (int x = from; x < to; x++) {
		uint32_t *at = pixels_row(pixels, x, y);
		uint32_t over = row[x - shape->rect.x];
		uint32_t alpha = picture->opaque ? 255 : over >> 24;
		*at = pixel_mix(*at, over, alpha_times(shapes_coverage(shape, x, y), alpha));
	}
}

static int clamp(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

void pictures_draw(struct pictures *pictures, struct shapes *shapes, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip)
{
	struct rect r = command->rect;
	if (rect_is_empty(r) || r.w > SIDE_LIMIT_PX || r.h > SIDE_LIMIT_PX ||
		command->name.len > NAME_LIMIT_BYTES)
		return;
	const struct picture *picture =
		find_picture(pictures, command->name, r.w, r.h, command->focus_y_percent);
	if (!picture || !picture->width)
		return;
	struct rounded shape = shapes_rounded(shapes, r, command->radius_px, command->corners);
	struct rect part = rect_intersect(r, clip);
	int right = part.x + part.w;
	for (int y = part.y; y < part.y + part.h; y++) {
		/* Between the corners an opaque picture is copied. */
		bool straight = y >= r.y + shape.radius && y < r.y + r.h - shape.radius;
		int inset = !picture->opaque ? r.w : straight ? 0 : shape.radius;
		int from = clamp(r.x + inset, part.x, right);
		int to = clamp(r.x + r.w - inset, from, right);
		blend(picture, &shape, pixels, y, part.x, from);
		memcpy(pixels_row(pixels, from, y),
			picture->pixels + (ptrdiff_t)(y - r.y) * r.w + (from - r.x),
			(size_t)(to - from) * 4);
		blend(picture, &shape, pixels, y, to, right);
	}
}

/* Black is ink and white a hole, whatever the colour the icon gets. */
static void make_icon(struct icon *icon, const SDL_Surface *surface, bool mirrored)
{
	for (int y = 0; y < icon->height; y++) {
		const uint32_t *row =
			(const uint32_t *)(const void *)((const char *)surface->pixels +
							 (ptrdiff_t)y * surface->pitch);
		uint8_t *out = icon->coverage + (ptrdiff_t)y * icon->width;
		for (int x = 0; x < icon->width; x++) {
			uint32_t pixel = row[mirrored ? icon->width - 1 - x : x];
			out[x] = (uint8_t)alpha_times(pixel >> 24, 255 - (pixel >> 8 & 255));
		}
	}
}

static const struct icon *find_icon(
	struct pictures *pictures, struct str name, int side, bool mirrored)
{
	char text[NAME_LIMIT_BYTES + 40];
	int len = snprintf(text, sizeof(text), "%d %c %.*s", side, mirrored ? 'm' : '-',
		(int)(name.len < NAME_LIMIT_BYTES ? name.len : NAME_LIMIT_BYTES), name.ptr);
	struct str key = {text, (size_t)len}, svg = {0};
	struct icon *icon = cache_find(pictures->icons, key);
	if (icon)
		return icon;
	SDL_Surface *surface = NULL;
	if (read_svg(pictures, name, &svg))
		surface = rasterise(svg, side, side);
	size_t area = surface ? (size_t)surface->w * (size_t)surface->h : 0;
	icon = cache_add(pictures->icons, key, sizeof(*icon) + area);
	if (icon) {
		*icon = (struct icon){surface ? surface->w : 0, surface ? surface->h : 0};
		if (surface)
			make_icon(icon, surface, mirrored);
	}
	SDL_FreeSurface(surface);
	arena_reset(&pictures->scratch);
	return icon;
}

void pictures_draw_icon(struct pictures *pictures, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip)
{
	struct rect r = command->rect;
	int side = r.w < r.h ? r.w : r.h;
	if (side <= 0 || command->name.len > NAME_LIMIT_BYTES)
		return;
	const struct icon *icon = find_icon(pictures, command->name, side, command->mirrored);
	if (!icon || !icon->width)
		return;
	struct coverage coverage = {icon->coverage, icon->width, icon->height, icon->width};
	pixels_tint(pixels, coverage, r.x + (r.w - icon->width) / 2, r.y + (r.h - icon->height) / 2,
		clip, command->color);
}
