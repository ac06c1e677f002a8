/* Plain loops over rows, short enough for the compiler to turn into vector code, which GCC 12 does
 * only when told to at -O2. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("tree-vectorize", "vect-cost-model=dynamic")
#endif
#include "platform/sdl/pixels.h"

void pixels_fill(const struct pixels *pixels, struct rect rect, struct color color)
{
	uint32_t over = pixel_of(color);
	for (int y = rect.y; y < rect.y + rect.h; y++) {
		uint32_t *row = pixels_row(pixels, rect.x, y);
		if (color.a == 255) {
			for (int i = 0; i < rect.w; i++)
				row[i] = over;
		} else {
			for (int i = 0; i < rect.w; i++)
				row[i] = pixel_mix(row[i], over, color.a);
		}
	}
}

void pixels_tint(const struct pixels *pixels, struct coverage coverage, int x, int y,
	struct rect clip, struct color color)
{
	struct rect part =
		rect_intersect(clip, (struct rect){x, y, coverage.width, coverage.height});
	uint32_t over = pixel_of(color);
	for (int row_y = part.y; row_y < part.y + part.h; row_y++) {
		uint32_t *row = pixels_row(pixels, part.x, row_y);
		const uint8_t *cover =
			coverage.at + (ptrdiff_t)(row_y - y) * coverage.pitch + (part.x - x);
		for (int i = 0; i < part.w; i++) {
			if (cover[i])
				row[i] = pixel_mix(row[i], over, alpha_times(cover[i], color.a));
		}
	}
}
