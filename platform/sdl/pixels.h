/* The back buffer as memory, and the three ways to put colour into it. One pixel is 0x00RRGGBB
 * (XRGB8888). Every result depends on the pixel's position and the arguments alone, never on the
 * clip, so drawing a part gives the same bytes as drawing the whole. */
#pragma once
#include "platform/draw.h"

#include <stdint.h>

struct pixels {
	uint32_t *at;
	int width, height;
	int pitch; /* pixels from one row to the next */
};

/* How much of each pixel a shape covers: 0 none, 255 all. */
struct coverage {
	const uint8_t *at;
	int width, height;
	int pitch; /* bytes from one row to the next */
};

static inline uint32_t *pixels_row(const struct pixels *pixels, int x, int y)
{
	return pixels->at + (ptrdiff_t)y * pixels->pitch + x;
}

static inline uint32_t pixel_of(struct color color)
{
	return (uint32_t)color.r << 16 | (uint32_t)color.g << 8 | color.b;
}

/* 0..255 times 0..255 as a fraction, rounded. */
static inline uint32_t alpha_times(uint32_t a, uint32_t b)
{
	uint32_t product = a * b + 128;
	return (product + (product >> 8)) >> 8;
}

/* alpha 0..255; 0 leaves `under`, 255 gives `over`. Two channels share one multiplication. */
static inline uint32_t pixel_mix(uint32_t under, uint32_t over, uint32_t alpha)
{
	uint32_t part = alpha + (alpha >> 7), rest = 256 - part;
	uint32_t red_blue = (over & 0xff00ff) * part + (under & 0xff00ff) * rest;
	uint32_t green = (over & 0x00ff00) * part + (under & 0x00ff00) * rest;
	return (red_blue >> 8 & 0xff00ff) | (green >> 8 & 0x00ff00);
}

/* Fills a rectangle that lies inside the buffer; blends where color.a < 255. */
void pixels_fill(const struct pixels *pixels, struct rect rect, struct color color);

/* Blends color through a coverage whose top left corner is at x, y. `clip` lies inside the
 * buffer. */
void pixels_tint(const struct pixels *pixels, struct coverage coverage, int x, int y,
	struct rect clip, struct color color);
