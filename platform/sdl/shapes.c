/* A rounded box is two rounded rectangles, one inside the other: between them lies the edge, in the
 * inner one the fill. Only the rows that meet a corner are looked at pixel by pixel; all others are
 * spans. A dashed edge is the solid one seen through a row of clips.
 *
 * The shadow is the blurred picture of one small box, taken apart in nine: corners are copied, what
 * lies between is stretched. Under the box itself nothing is drawn, for nobody sees it. */
#include "platform/sdl/shapes.h"

#include "platform/sdl/cache.h"
#include "platform/sdl/memory.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CACHE_LIMIT_BYTES ((size_t)1024 * 1024)
#define RADIUS_MAX_PX 256

/* visual-design.md 2.3: 0.5 mm down, 1.6 mm soft (a Gaussian of half that), #4A3018 at 16 %. */
#define SHADOW_DOWN_MM 0.5
#define SHADOW_BLUR_MM 1.6
static const struct color SHADOW = {0x4a, 0x30, 0x18, 41};
static const struct color QR_DARK = {0, 0, 0, 255}, QR_LIGHT = {255, 255, 255, 255};

struct shapes {
	struct cache *cache;
	int shadow_down_px, shadow_reach_px;
	double shadow_sigma_px;
};

struct shapes *shapes_create(double px_per_mm, struct platform_counters *counters)
{
	struct shapes *shapes = memory_alloc(sizeof(*shapes));
	*shapes = (struct shapes){
		.cache = cache_create(CACHE_LIMIT_BYTES, 4096, &counters->cache_bytes),
		.shadow_down_px = (int)lround(SHADOW_DOWN_MM * px_per_mm),
		.shadow_reach_px = (int)ceil(SHADOW_BLUR_MM * px_per_mm),
		.shadow_sigma_px = SHADOW_BLUR_MM * px_per_mm / 2,
	};
	counters->cache_bytes_limit += (int64_t)CACHE_LIMIT_BYTES;
	return shapes;
}

void shapes_destroy(struct shapes *shapes)
{
	if (!shapes)
		return;
	cache_destroy(shapes->cache);
	free(shapes);
}

/* The distance of the pixel's middle from the arc, as if the arc were straight within a pixel. */
static uint8_t corner_coverage(int radius, int x, int y)
{
	double dx = radius - x - 0.5, dy = radius - y - 0.5;
	double outside = sqrt(dx * dx + dy * dy) - radius;
	double covered = 0.5 - outside;
	return (uint8_t)lround(255 * (covered < 0 ? 0 : covered > 1 ? 1 : covered));
}

static const uint8_t *corner_mask(struct shapes *shapes, int radius)
{
	char text[32];
	int len = snprintf(text, sizeof(text), "corner %d", radius);
	struct str key = {text, (size_t)len};
	uint8_t *mask = cache_find(shapes->cache, key);
	if (mask)
		return mask;
	mask = cache_add(shapes->cache, key, (size_t)radius * (size_t)radius);
	assert(mask);
	for (int y = 0; y < radius; y++)
		for (int x = 0; x < radius; x++)
			mask[y * radius + x] = corner_coverage(radius, x, y);
	return mask;
}

struct rounded shapes_rounded(struct shapes *shapes, struct rect rect, int radius, unsigned corners)
{
	int shorter = rect.w < rect.h ? rect.w : rect.h;
	radius = radius > shorter / 2 ? shorter / 2 : radius;
	radius = radius < 0 ? 0 : radius > RADIUS_MAX_PX ? RADIUS_MAX_PX : radius;
	return (struct rounded){
		.rect = rect,
		.radius = radius,
		.corners = corners ? corners : CORNERS_ALL,
		.mask = radius ? corner_mask(shapes, radius) : NULL,
	};
}

uint32_t shapes_coverage(const struct rounded *shape, int x, int y)
{
	if (!rect_contains(shape->rect, x, y))
		return 0;
	int left = x - shape->rect.x, right = shape->rect.x + shape->rect.w - 1 - x;
	int top = y - shape->rect.y, bottom = shape->rect.y + shape->rect.h - 1 - y;
	int across = left < right ? left : right, down = top < bottom ? top : bottom;
	if (!shape->mask || across >= shape->radius || down >= shape->radius)
		return 255;
	unsigned corner = top <= bottom
				  ? (left <= right ? CORNER_TOP_LEFT : CORNER_TOP_RIGHT)
				  : (left <= right ? CORNER_BOTTOM_LEFT : CORNER_BOTTOM_RIGHT);
	return shape->corners & corner ? shape->mask[down * shape->radius + across] : 255;
}

struct box {
	struct rounded outer, inner;
	struct color fill, edge;
};

static void box_pixel(const struct box *box, const struct pixels *pixels, int x, int y)
{
	uint32_t outer = shapes_coverage(&box->outer, x, y);
	uint32_t inner = shapes_coverage(&box->inner, x, y);
	uint32_t *at = pixels_row(pixels, x, y);
	/* Under an opaque fill the edge may go on, which leaves no seam between the two. */
	uint32_t ring = box->fill.a == 255 ? outer : outer - inner;
	*at = pixel_mix(*at, pixel_of(box->edge), alpha_times(ring, box->edge.a));
	*at = pixel_mix(*at, pixel_of(box->fill), alpha_times(inner, box->fill.a));
}

static void box_rows(const struct box *box, const struct pixels *pixels, struct rect rows)
{
	for (int y = rows.y; y < rows.y + rows.h; y++)
		for (int x = rows.x; x < rows.x + rows.w; x++)
			box_pixel(box, pixels, x, y);
}

static void fill_inside(
	const struct pixels *pixels, struct rect rect, struct rect clip, struct color color)
{
	rect = rect_intersect(rect, clip);
	if (!rect_is_empty(rect) && color.a)
		pixels_fill(pixels, rect, color);
}

/* Fill and a solid edge. Corner squares go pixel by pixel, the rest as five rectangles. */
static void draw_solid(struct shapes *shapes, const struct pixels *pixels, struct rect r,
	int radius, unsigned corners, int edge_px, struct color fill, struct color edge,
	struct rect clip)
{
	int e = edge.a ? edge_px : 0;
	struct rect in = {r.x + e, r.y + e, r.w - 2 * e, r.h - 2 * e};
	if (in.w < 0 || in.h < 0)
		in = (struct rect){r.x + r.w / 2, r.y + r.h / 2, 0, 0};
	struct box box = {
		.outer = shapes_rounded(shapes, r, radius, corners), .fill = fill, .edge = edge};
	int inner_radius = box.outer.radius > e ? box.outer.radius - e : 0;
	box.inner = shapes_rounded(shapes, in, inner_radius, corners);

	int m = box.outer.radius;
	struct rect squares[] = {
		{r.x, r.y, m, m},
		{r.x + r.w - m, r.y, m, m},
		{r.x, r.y + r.h - m, m, m},
		{r.x + r.w - m, r.y + r.h - m, m, m},
	};
	for (size_t i = 0; i < sizeof(squares) / sizeof(*squares); i++)
		box_rows(&box, pixels, rect_intersect(squares[i], clip));
	/* Three columns between the corners: left, middle, right. */
	struct rect between[] = {
		{r.x, r.y + m, m, r.h - 2 * m},
		{r.x + m, r.y, r.w - 2 * m, r.h},
		{r.x + r.w - m, r.y + m, m, r.h - 2 * m},
	};
	struct rect ring[] = {
		{r.x, r.y, r.w, in.y - r.y},
		{r.x, in.y + in.h, r.w, r.y + r.h - in.y - in.h},
		{r.x, in.y, in.x - r.x, in.h},
		{in.x + in.w, in.y, r.x + r.w - in.x - in.w, in.h},
	};
	for (size_t i = 0; i < sizeof(between) / sizeof(*between); i++) {
		struct rect column = rect_intersect(between[i], clip);
		fill_inside(pixels, in, column, fill);
		for (size_t k = 0; e && k < sizeof(ring) / sizeof(*ring); k++)
			fill_inside(pixels, ring[k], column, edge);
	}
}

/* Dash n of a straight piece: half a dash at either end, so that corners look alike. */
static void dash(int length, int count, int n, int *from, int *to)
{
	*from = n ? (int)(((int64_t)n * 10 - 3) * length / (10 * count)) : 0;
	*to = n < count ? (int)(((int64_t)n * 10 + 3) * length / (10 * count)) : length;
}

static void draw_dashed(struct shapes *shapes, const struct pixels *pixels,
	const struct draw_command *c, struct rect clip)
{
	static const struct color none = {0};
	struct rect r = c->rect;
	int e = c->edge_px, corner = shapes_rounded(shapes, r, c->radius_px, c->corners).radius;
	corner = corner > e ? corner : e;
	draw_solid(shapes, pixels, r, c->radius_px, c->corners, 0, c->color, none, clip);

	struct rect ends[] = {
		{r.x, r.y, corner, corner},
		{r.x + r.w - corner, r.y, corner, corner},
		{r.x, r.y + r.h - corner, corner, corner},
		{r.x + r.w - corner, r.y + r.h - corner, corner, corner},
	};
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		draw_solid(shapes, pixels, r, c->radius_px, c->corners, e, none, c->edge,
			rect_intersect(clip, ends[i]));
	for (int vertical = 0; vertical < 2; vertical++) {
		int length = (vertical ? r.h : r.w) - 2 * corner;
		int count = length / (5 * e);
		for (int n = 0; length > 0 && n <= count; n++) {
			int from, to;
			dash(length, count ? count : 1, n, &from, &to);
			struct rect near =
				vertical ? (struct rect){r.x, r.y + corner + from, e, to - from}
					 : (struct rect){r.x + corner + from, r.y, to - from, e};
			struct rect far = near;
			if (vertical)
				far.x = r.x + r.w - e;
			else
				far.y = r.y + r.h - e;
			fill_inside(pixels, near, clip, c->edge);
			fill_inside(pixels, far, clip, c->edge);
		}
	}
}

void shapes_draw_box(struct shapes *shapes, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip)
{
	const struct draw_command *c = command;
	if (rect_is_empty(c->rect))
		return;
	if (c->dashed && c->edge.a && c->edge_px > 0)
		draw_dashed(shapes, pixels, c, clip);
	else
		draw_solid(shapes, pixels, c->rect, c->radius_px, c->corners, c->edge_px, c->color,
			c->edge, clip);
}

/* One pass of a Gaussian along rows or columns; what lies outside counts as nothing. */
static void blur(
	const float *from, float *to, int w, int h, int step, const double *weights, int reach)
{
	for (int y = 0; y < h; y++) {
		for (int x = 0; x < w; x++) {
			int at = step == 1 ? x : y, end = step == 1 ? w : h;
			double sum = 0;
			for (int i = -reach; i <= reach; i++) {
				if (at + i >= 0 && at + i < end)
					sum += weights[abs(i)] * from[y * w + x + i * step];
			}
			to[y * w + x] = (float)sum;
		}
	}
}

/* The soft picture of a box of w x h, with room of `reach` around it. */
static void make_shadow(struct shapes *shapes, int w, int h, int radius, uint8_t *out)
{
	int reach = shapes->shadow_reach_px, full_w = w + 2 * reach, full_h = h + 2 * reach;
	size_t count = (size_t)full_w * (size_t)full_h;
	float *sharp = memory_alloc(count * sizeof(float));
	float *soft = memory_alloc(count * sizeof(float));
	double *weights = memory_alloc((size_t)(reach + 1) * sizeof(double));
	double total = 0, sigma = shapes->shadow_sigma_px > 0.1 ? shapes->shadow_sigma_px : 0.1;
	for (int i = 0; i <= reach; i++) {
		weights[i] = exp(-(i * i) / (2 * sigma * sigma));
		total += i ? 2 * weights[i] : weights[i];
	}
	for (int i = 0; i <= reach; i++)
		weights[i] /= total;

	struct rounded shape =
		shapes_rounded(shapes, (struct rect){reach, reach, w, h}, radius, CORNERS_ALL);
	for (int y = 0; y < full_h; y++)
		for (int x = 0; x < full_w; x++)
			sharp[y * full_w + x] = (float)shapes_coverage(&shape, x, y);
	blur(sharp, soft, full_w, full_h, 1, weights, reach);
	blur(soft, sharp, full_w, full_h, full_w, weights, reach);
	for (size_t i = 0; i < count; i++)
		out[i] = (uint8_t)lroundf(sharp[i]);
	free(sharp);
	free(soft);
	free(weights);
}

static const uint8_t *shadow_mask(struct shapes *shapes, int w, int h, int radius)
{
	char text[64];
	int len = snprintf(text, sizeof(text), "shadow %d %d %d", w, h, radius);
	struct str key = {text, (size_t)len};
	uint8_t *mask = cache_find(shapes->cache, key);
	if (mask)
		return mask;
	int reach = shapes->shadow_reach_px;
	mask = cache_add(shapes->cache, key, (size_t)(w + 2 * reach) * (size_t)(h + 2 * reach));
	if (mask)
		make_shadow(shapes, w, h, radius, mask);
	return mask;
}

struct rect shapes_shadow_reach(const struct shapes *shapes, struct rect box)
{
	int reach = shapes->shadow_reach_px, down = shapes->shadow_down_px;
	return (struct rect){
		box.x - reach, box.y - reach, box.w + 2 * reach, box.h + 2 * reach + down};
}

/* Where the nine parts are cut: the small picture is `small` long, the real one `real`. */
static int cut(int at, int small, int real)
{
	if (at < small / 2)
		return at;
	if (at >= real - small / 2)
		return at - real + small;
	return small / 2;
}

void shapes_draw_shadow(struct shapes *shapes, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip)
{
	struct rect box = command->rect;
	int reach = shapes->shadow_reach_px;
	int radius = command->radius_px < RADIUS_MAX_PX ? command->radius_px : RADIUS_MAX_PX;
	int enough = 2 * (radius + reach) + 1;
	int w = box.w < enough ? box.w : enough, h = box.h < enough ? box.h : enough;
	const uint8_t *mask = rect_is_empty(box) ? NULL : shadow_mask(shapes, w, h, radius);
	if (!mask)
		return;
	int full_w = w + 2 * reach, full_h = h + 2 * reach;
	struct rect all = {box.x - reach, box.y - reach + shapes->shadow_down_px, box.w + 2 * reach,
		box.h + 2 * reach};
	struct rect part = rect_intersect(all, clip);
	for (int y = part.y; y < part.y + part.h; y++) {
		uint32_t *row = pixels_row(pixels, 0, y);
		const uint8_t *cover = mask + cut(y - all.y, full_h, all.h) * full_w;
		bool beside_corner = y < box.y + radius || y >= box.y + box.h - radius;
		bool beside_box = y < box.y || y >= box.y + box.h;
		int inset = beside_corner ? radius : 0;
		int hidden_from = beside_box ? part.x + part.w : box.x + inset;
		int hidden_to = beside_box ? part.x + part.w : box.x + box.w - inset;
		for (int x = part.x; x < part.x + part.w; x++) {
			if (x >= hidden_from && x < hidden_to) {
				x = hidden_to - 1;
				continue;
			}
			uint32_t alpha = cover[cut(x - all.x, full_w, all.w)];
			row[x] = pixel_mix(row[x], pixel_of(SHADOW), alpha_times(alpha, SHADOW.a));
		}
	}
}

void shapes_draw_qr(
	const struct pixels *pixels, const struct draw_command *command, struct rect clip)
{
	int module = command->module_px, quiet = command->quiet_modules * module;
	int length = command->side * module + 2 * quiet;
	struct rect at = {command->rect.x, command->rect.y, length, length};
	fill_inside(pixels, at, clip, QR_LIGHT);
	for (int y = 0; y < command->side; y++) {
		const uint8_t *row = command->modules + y * command->side;
		for (int x = 0; x < command->side; x++) {
			if (row[x] & 1)
				fill_inside(pixels,
					(struct rect){at.x + quiet + x * module,
						at.y + quiet + y * module, module, module},
					clip, QR_DARK);
		}
	}
}
