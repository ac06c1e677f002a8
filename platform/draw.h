/* The draw list: what one frame shows, as values. app/ui writes it, platform/ turns it into pixels,
 * and damage, tests and the JSON dump read the same list. Everything is in pixels from the top left
 * corner of the panel. Texts and arrays live in the frame arena of whoever wrote the list. */
#pragma once
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rect {
	int x, y, w, h;
};

struct color {
	uint8_t r, g, b, a;
};

/* The faces that are shipped. The run splitter of app/ui picks one per glyph run. */
enum font {
	FONT_ANDIKA,
	FONT_ANDIKA_BOLD,
	FONT_SANS, /* Noto Sans: whatever Andika does not have */
	FONT_SANS_BOLD,
	FONT_ARABIC,
	FONT_ARABIC_BOLD,
	FONT_ETHIOPIC,
	FONT_ETHIOPIC_BOLD,
	FONT_COUNT
};

/* Text of one direction, one script and one font: what HarfBuzz shapes in one go. */
struct glyph_run {
	enum font font;
	int size_px; /* em */
	struct str text; /* in logical order */
	bool rtl;
	char script[5]; /* ISO 15924: "Latn", "Arab" */
	bool personal; /* a visitor typed it: it must never enter a cache */
};

enum draw_kind {
	DRAW_BOX, /* filled and edged, corners rounded by radius_px */
	DRAW_SHADOW, /* the one soft shadow, under a box of that rect and radius */
	DRAW_PICTURE, /* covers the rect, cropped; corners rounded by radius_px where asked */
	DRAW_ICON, /* fits the rect, tinted with color */
	DRAW_GLYPHS,
	DRAW_QR, /* dark modules on light, integer pixels per module */
};

enum corners { /* bits: which corners of a picture or box are round; 0 means all */
	CORNER_TOP_LEFT = 1,
	CORNER_TOP_RIGHT = 2,
	CORNER_BOTTOM_RIGHT = 4,
	CORNER_BOTTOM_LEFT = 8,
	CORNERS_ALL = 15,
};

struct draw_command {
	enum draw_kind kind;
	struct rect rect; /* where it is; for glyphs the ink box is inside it */
	struct rect clip; /* nothing is drawn outside */
	struct color color;
	struct color edge; /* a == 0: none */
	int edge_px;
	bool dashed;
	int radius_px;
	unsigned corners;
	/* DRAW_PICTURE, DRAW_ICON: a name below assets ("illustrations/vrouwengroep.svg",
	 * "icons/arrow_back.svg") or an absolute path that a jailed decoder has vetted. */
	struct str name;
	bool mirrored; /* DRAW_ICON: flipped for right-to-left */
	int focus_y_percent; /* DRAW_PICTURE: which part stays when cropped; 50 is the middle */
	/* DRAW_GLYPHS */
	struct glyph_run run;
	int x, baseline_y; /* left end of the run */
	bool struck; /* a line through it */
	/* DRAW_QR: side * side bytes, bit 0 set is dark */
	const uint8_t *modules;
	int side, module_px, quiet_modules;
};

struct draw_list {
	const struct draw_command *commands;
	size_t count;
};

static inline struct rect rect_intersect(struct rect a, struct rect b)
{
	int x0 = a.x > b.x ? a.x : b.x, y0 = a.y > b.y ? a.y : b.y;
	int x1 = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
	int y1 = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
	return (struct rect){x0, y0, x1 > x0 ? x1 - x0 : 0, y1 > y0 ? y1 - y0 : 0};
}

static inline bool rect_is_empty(struct rect r)
{
	return r.w <= 0 || r.h <= 0;
}

static inline bool rect_contains(struct rect r, int x, int y)
{
	return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}
