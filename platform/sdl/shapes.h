/* Boxes with round corners, their shadow, and QR codes. Corners and shadows are worked out once
 * per radius and kept. */
#pragma once
#include "platform/platform.h"
#include "platform/sdl/pixels.h"

#include <stdint.h>

struct shapes;

/* `counters` outlives the shapes. */
struct shapes *shapes_create(double px_per_mm, struct platform_counters *counters);
void shapes_destroy(struct shapes *shapes);

/* A rectangle whose corners are cut along a circle. The mask is valid until a hundred other radii
 * have been asked for, which is longer than one draw call. */
struct rounded {
	struct rect rect;
	int radius;
	unsigned corners; /* enum corners */
	const uint8_t *mask; /* radius * radius, for the top left corner */
};

/* The radius shrinks to half the shorter side. corners == 0 means all. */
struct rounded shapes_rounded(
	struct shapes *shapes, struct rect rect, int radius, unsigned corners);
/* How much of pixel x, y the rounded rectangle covers, 0..255. */
uint32_t shapes_coverage(const struct rounded *shape, int x, int y);

/* `clip` lies inside the buffer and inside command->clip. */
void shapes_draw_box(struct shapes *shapes, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip);
void shapes_draw_shadow(struct shapes *shapes, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip);
void shapes_draw_qr(
	const struct pixels *pixels, const struct draw_command *command, struct rect clip);

/* What a shadow under a box of that rect may touch, the box included. */
struct rect shapes_shadow_reach(const struct shapes *shapes, struct rect box);
