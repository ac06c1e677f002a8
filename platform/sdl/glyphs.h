/* Text runs: shaped and drawn by SDL2_ttf (HarfBuzz and FreeType inside), kept as coverage in a
 * bounded cache. */
#pragma once
#include "platform/platform.h"
#include "platform/sdl/pixels.h"

#include <stdbool.h>

struct glyphs;

/* NULL with err set when a font file is missing below `assets`. `counters` outlives the glyphs. */
struct glyphs *glyphs_create(
	const char *assets, struct env *env, struct platform_counters *counters, struct error *err);
void glyphs_destroy(struct glyphs *glyphs);

/* See platform_run_width(), platform_font_metrics(), platform_font_has(). */
int glyphs_width(struct glyphs *glyphs, const struct glyph_run *run);
struct font_metrics glyphs_metrics(struct glyphs *glyphs, enum font font, int size_px);
bool glyphs_has(struct glyphs *glyphs, enum font font, uint32_t code_point);

/* `clip` lies inside the buffer and inside command->clip. */
void glyphs_draw(struct glyphs *glyphs, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip);
