/* Pictures and icons from assets: SVG files, rasterised once per size and kept. Other kinds of file
 * are refused, as is everything outside assets: only our own files are decoded in this process. */
#pragma once
#include "platform/platform.h"
#include "platform/sdl/pixels.h"
#include "platform/sdl/shapes.h"

#include <stdbool.h>

struct pictures;

/* Pictures take at most limit_bytes; `counters` outlives the pictures. */
struct pictures *pictures_create(const char *assets, struct env *env,
	struct platform_counters *counters, size_t limit_bytes);
void pictures_destroy(struct pictures *pictures);

/* Whether the file is there and can be drawn. */
bool pictures_has(struct pictures *pictures, struct str name);

/* `clip` lies inside the buffer and inside command->clip. */
void pictures_draw(struct pictures *pictures, struct shapes *shapes, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip);
void pictures_draw_icon(struct pictures *pictures, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip);
