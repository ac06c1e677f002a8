/* What the app may ask of the machine around it: a panel to draw on, fonts to measure, touches.
 * sdl/ is a window or the bare console, script/ plays a file of touches and draws into memory. */
#pragma once
#include "base/env.h"
#include "platform/draw.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum input_kind {
	INPUT_NONE, /* the deadline passed */
	INPUT_TOUCH_DOWN,
	INPUT_TOUCH_MOVE,
	INPUT_TOUCH_UP,
	INPUT_KEY, /* name: "Tab", "Enter", "Escape", "Up", ... */
	INPUT_TEXT, /* text: from a USB keyboard, or a script */
	INPUT_EXPOSED, /* the window system lost our pixels: draw everything */
	INPUT_QUIT,
	/* Only a script asks these; the kiosk answers them from its draw list. */
	INPUT_TAP_ID, /* text: the id of a node */
	INPUT_FIND_ID, /* text */
	INPUT_EXPECT_ID, /* text */
	INPUT_SHOT, /* text: the name of the picture */
	INPUT_DUMP, /* text: the name of the draw list */
};

struct input {
	enum input_kind kind;
	int x, y; /* pixels */
	struct str text; /* valid until the next call */
	int line; /* of the script, for its messages */
};

struct font_metrics {
	int ascent_px, descent_px; /* both positive, from the font, for that size */
	int cap_height_px;
};

/* Counted for --stats and for tests that hold us to them. */
struct platform_counters {
	int64_t frames, pixels_drawn, bytes_copied, runs_shaped, wake_ups;
	int64_t cache_bytes, cache_bytes_limit;
};

struct platform;

struct platform_methods {
	/* Waits for the next input, at most until deadline_ms on the env's monotonic clock. */
	void (*next_input)(struct platform *platform, int64_t deadline_ms, struct input *input);
	/* Draws the parts of the list inside the damage rectangles and shows them. */
	void (*draw)(struct platform *platform, const struct draw_list *list,
		const struct rect *damage, size_t damage_count);
	/* The panel as it stands, as a PNG file. */
	bool (*save_picture)(struct platform *platform, const char *path, struct error *err);
	/* Forgets whatever the last frames left behind: back buffer, glyph buffers, event queue. */
	void (*wipe)(struct platform *platform);
	/* Forgets the touches and keys that came and were not asked for yet. NULL: none come by
	 * themselves. */
	void (*drop_input)(struct platform *platform);
	void (*destroy)(struct platform *platform);
};

struct platform {
	const struct platform_methods *methods;
	struct env *env;
	int width_px, height_px;
	struct platform_counters counters;
};

/* Text and pictures are measured by the canvas that every platform draws on (platform/sdl). */
int platform_run_width(struct platform *platform, const struct glyph_run *run);
struct font_metrics platform_font_metrics(struct platform *platform, enum font font, int size_px);
bool platform_font_has(struct platform *platform, enum font font, uint32_t code_point);
/* Whether the picture can be drawn; false for one that is missing or broken. */
bool platform_has_picture(struct platform *platform, struct str name);

void platform_next_input(struct platform *platform, int64_t deadline_ms, struct input *input);
void platform_draw(struct platform *platform, const struct draw_list *list,
	const struct rect *damage, size_t damage_count);
bool platform_save_picture(struct platform *platform, const char *path, struct error *err);
void platform_wipe(struct platform *platform);
void platform_drop_input(struct platform *platform);
void platform_destroy(struct platform *platform);
