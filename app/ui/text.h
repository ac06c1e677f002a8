/* Text from bytes to placed glyph runs: FriBidi orders it, utf8proc finds the characters that
 * people see, libunibreak the places where a line may end, and the run splitter picks a direction,
 * a script and a font that has the glyphs for every stretch. Pure: nothing is drawn here. */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include "platform/platform.h"

#include <stdbool.h>
#include <stddef.h>

struct text_request {
	struct str text; /* "\n" ends a line */
	int em_px;
	bool bold;
	bool rtl; /* direction of a text that has no strong letters of its own */
	int width_px; /* wrap to this; 0: one line, never wrapped */
	int max_lines; /* 0: as many as it takes; beyond that the last line ends in "…" */
	bool personal; /* typed by a visitor: never enters a cache */
};

struct placed_run {
	struct glyph_run run;
	int x; /* from the left end of the line */
	int width_px;
};

struct text_line {
	struct placed_run *runs; /* in visual order, left to right */
	size_t run_count;
	int width_px;
	bool rtl; /* paragraph direction */
};

struct text_block {
	struct text_line *lines;
	size_t line_count;
	int width_px; /* of the widest line */
	bool cut; /* some of the text is not shown */
};

struct text_block text_layout(
	struct arena *arena, struct platform *platform, const struct text_request *request);

/* Without bidi controls, C0 and C1 controls (but "\n"), and with at most 4 combining marks in a
 * row: what may be shown of a text from outside. In NFC. */
struct str text_clean(struct arena *arena, struct str text);

/* Bytes of the last character that a person sees (an extended grapheme cluster), 0 for none: what
 * the delete key takes away. */
size_t text_last_character(struct str text);
/* How many of them there are. */
size_t text_character_count(struct str text);
