/* Cutting a rectangle into parts. All layout is written as if everybody read from left to right;
 * app/ui mirrors it for languages that do not. So "start" is where reading starts. */
#pragma once
#include "platform/draw.h"

static inline int layout_at_most(int px, int room)
{
	return px < 0 ? 0 : px > room ? (room > 0 ? room : 0) : px;
}

static inline struct rect rect_take_top(struct rect *r, int px)
{
	px = layout_at_most(px, r->h);
	struct rect taken = {r->x, r->y, r->w, px};
	r->y += px;
	r->h -= px;
	return taken;
}

static inline struct rect rect_take_bottom(struct rect *r, int px)
{
	px = layout_at_most(px, r->h);
	r->h -= px;
	return (struct rect){r->x, r->y + r->h, r->w, px};
}

static inline struct rect rect_take_start(struct rect *r, int px)
{
	px = layout_at_most(px, r->w);
	struct rect taken = {r->x, r->y, px, r->h};
	r->x += px;
	r->w -= px;
	return taken;
}

static inline struct rect rect_take_end(struct rect *r, int px)
{
	px = layout_at_most(px, r->w);
	r->w -= px;
	return (struct rect){r->x + r->w, r->y, px, r->h};
}

static inline struct rect rect_inset(struct rect r, int horizontal_px, int vertical_px)
{
	r.x += horizontal_px;
	r.y += vertical_px;
	r.w = r.w > 2 * horizontal_px ? r.w - 2 * horizontal_px : 0;
	r.h = r.h > 2 * vertical_px ? r.h - 2 * vertical_px : 0;
	return r;
}

/* A rectangle of that size in the middle. */
static inline struct rect rect_center(struct rect r, int width_px, int height_px)
{
	return (struct rect){
		r.x + (r.w - width_px) / 2, r.y + (r.h - height_px) / 2, width_px, height_px};
}

/* Cell `index` of `count` equal columns (rows) with a gap between them; no pixel is lost. */
static inline struct rect rect_column(struct rect r, int index, int count, int gap_px)
{
	int room = r.w + gap_px;
	int from = room * index / count, to = room * (index + 1) / count;
	return (struct rect){r.x + from, r.y, to - from - gap_px, r.h};
}

static inline struct rect rect_row(struct rect r, int index, int count, int gap_px)
{
	int room = r.h + gap_px;
	int from = room * index / count, to = room * (index + 1) / count;
	return (struct rect){r.x, r.y + from, r.w, to - from - gap_px};
}
