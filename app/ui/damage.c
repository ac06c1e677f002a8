/* Hashes cover all that a command says, the text of its runs and the modules of a QR code included,
 * so equal cells are equal pixels. A cell's hash depends on the order of its commands, because what
 * is drawn later lies on top. */
#include "ui/damage.h"

#include <string.h>

void damage_init(struct damage *damage, struct arena *forever, int width_px, int height_px)
{
	damage->width_px = width_px;
	damage->height_px = height_px;
	damage->columns = (width_px + DAMAGE_CELL_PX - 1) / DAMAGE_CELL_PX;
	damage->rows = (height_px + DAMAGE_CELL_PX - 1) / DAMAGE_CELL_PX;
	size_t count = (size_t)damage->columns * (size_t)damage->rows;
	damage->cells = arena_new_array(forever, uint64_t, count);
	damage->last = arena_new_array(forever, uint64_t, count);
}

void damage_everything(struct damage *damage)
{
	size_t count = (size_t)damage->columns * (size_t)damage->rows;
	memset(damage->last, 0, count * sizeof(*damage->last)); /* no cell of a frame hashes to 0 */
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * 0x9e3779b97f4a7c15;
	return hash ^ (hash >> 29);
}

static uint64_t mix_rect(uint64_t hash, struct rect r)
{
	hash = mix(hash, (uint64_t)(uint32_t)r.x << 32 | (uint32_t)r.y);
	return mix(hash, (uint64_t)(uint32_t)r.w << 32 | (uint32_t)r.h);
}

static uint64_t color_bits(struct color c)
{
	return (uint64_t)c.r << 24 | (uint64_t)c.g << 16 | (uint64_t)c.b << 8 | c.a;
}

static uint64_t hash_command(const struct draw_command *c)
{
	uint64_t hash = mix(0x243f6a8885a308d3, c->kind);
	hash = mix_rect(hash, c->rect);
	hash = mix_rect(hash, c->clip);
	hash = mix(hash, color_bits(c->color) << 32 | color_bits(c->edge));
	hash = mix(hash, (uint64_t)(uint32_t)c->edge_px << 32 | (uint32_t)c->radius_px);
	hash = mix(hash, (uint64_t)c->corners << 8 | (uint64_t)c->dashed << 2 |
				 (uint64_t)c->mirrored << 1 | (uint64_t)c->struck);
	hash = mix(hash, (uint64_t)(uint32_t)c->focus_y_percent);
	if (c->name.len)
		hash = mix(hash, str_hash(c->name));
	if (c->kind == DRAW_GLYPHS) {
		hash = mix(hash, str_hash(c->run.text));
		hash = mix(hash, (uint64_t)c->run.font << 33 |
					 (uint64_t)(uint32_t)c->run.size_px << 1 |
					 (uint64_t)c->run.rtl);
		hash = mix(hash, (uint64_t)(uint32_t)c->x << 32 | (uint32_t)c->baseline_y);
	}
	if (c->kind == DRAW_QR) {
		size_t bytes = (size_t)c->side * (size_t)c->side;
		hash = mix(hash, str_hash((struct str){(const char *)c->modules, bytes}));
		hash = mix(hash, (uint64_t)(uint32_t)c->module_px);
	}
	return hash;
}

/* What a command may colour: a shadow reaches beyond its box. */
static struct rect reach(const struct draw_command *c)
{
	struct rect r = c->rect;
	if (c->kind == DRAW_SHADOW) {
		const int spread_px =
			DAMAGE_CELL_PX / 2; /* 4 mm at 8 px/mm, more than any panel has */
		r = (struct rect){
			r.x - spread_px, r.y - spread_px, r.w + 2 * spread_px, r.h + 2 * spread_px};
	}
	return rect_intersect(r, c->clip);
}

static void hash_into_cells(struct damage *damage, const struct draw_list *list)
{
	size_t count = (size_t)damage->columns * (size_t)damage->rows;
	for (size_t i = 0; i < count; i++)
		damage->cells[i] = 1;
	struct rect panel = {0, 0, damage->width_px, damage->height_px};
	for (size_t i = 0; i < list->count; i++) {
		struct rect r = rect_intersect(reach(&list->commands[i]), panel);
		if (rect_is_empty(r))
			continue;
		uint64_t hash = hash_command(&list->commands[i]);
		for (int row = r.y / DAMAGE_CELL_PX; row <= (r.y + r.h - 1) / DAMAGE_CELL_PX; row++)
			for (int column = r.x / DAMAGE_CELL_PX;
				column <= (r.x + r.w - 1) / DAMAGE_CELL_PX; column++) {
				uint64_t *cell = &damage->cells[row * damage->columns + column];
				*cell = mix(*cell, hash) | 1;
			}
	}
}

/* Changed cells of a row become one rectangle per stretch, and a stretch right under an equal one
 * makes that one taller. */
static size_t join_cells(const struct damage *damage, struct rect *rects)
{
	size_t count = 0;
	for (int row = 0; row < damage->rows; row++) {
		for (int column = 0; column < damage->columns;) {
			int at = row * damage->columns + column;
			if (damage->cells[at] == damage->last[at]) {
				column++;
				continue;
			}
			int end = column;
			while (end < damage->columns &&
				damage->cells[row * damage->columns + end] !=
					damage->last[row * damage->columns + end])
				end++;
			struct rect r = {column * DAMAGE_CELL_PX, row * DAMAGE_CELL_PX,
				(end - column) * DAMAGE_CELL_PX, DAMAGE_CELL_PX};
			struct rect *above = NULL;
			for (size_t i = 0; i < count; i++)
				if (rects[i].x == r.x && rects[i].w == r.w &&
					rects[i].y + rects[i].h == r.y)
					above = &rects[i];
			if (above)
				above->h += r.h;
			else
				rects[count++] = r;
			column = end;
		}
	}
	struct rect panel = {0, 0, damage->width_px, damage->height_px};
	for (size_t i = 0; i < count; i++)
		rects[i] = rect_intersect(rects[i], panel);
	return count;
}

struct rect *damage_find(
	struct damage *damage, struct arena *arena, const struct draw_list *list, size_t *count)
{
	hash_into_cells(damage, list);
	size_t cells = (size_t)damage->columns * (size_t)damage->rows;
	struct rect *rects = arena_new_array(arena, struct rect, cells);
	*count = join_cells(damage, rects);
	uint64_t *swapped = damage->last;
	damage->last = damage->cells;
	damage->cells = swapped;
	return rects;
}
