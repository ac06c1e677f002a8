/* What changed between two frames. The panel is a grid of cells; each frame, every draw command is
 * hashed into the cells that it touches, and cells whose hash differs from the last frame's are
 * damage, joined into rectangles. (The idea is rxi/lite's rencache.) */
#pragma once
#include "base/arena.h"
#include "platform/draw.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DAMAGE_CELL_PX 64

struct damage {
	int width_px, height_px, columns, rows;
	uint64_t *cells, *last; /* columns * rows each */
};

void damage_init(struct damage *damage, struct arena *forever, int width_px, int height_px);
/* Everything is damage in the next frame. */
void damage_everything(struct damage *damage);
/* The rectangles that differ from the list of the call before, in the arena. */
struct rect *damage_find(
	struct damage *damage, struct arena *arena, const struct draw_list *list, size_t *count);
