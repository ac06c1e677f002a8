/* One frame of user interface, in immediate mode. A screen is a function that is called for every
 * frame; it draws and asks in one go:
 *
 *	if (ui_button(ui, STR("start/help"), rect, &(struct ui_button){.label = ...}))
 *		return (struct action){.kind = ACTION_GO, ...};
 *
 * Everything drawn becomes a draw command and, where it means something, a node with a role and a
 * label. That one list is the truth for pixels, touch, focus, speech and tests. Ids are explicit,
 * stable and never made from labels: "screen/thing" or ui_id(ui, "screen/thing", index).
 *
 * Layout is written left to right in "logical" pixels; for a right-to-left language every rectangle
 * is mirrored on its way into the list, and touches on their way out. Text decides for itself.
 *
 * A frame has at most two passes: one with the input, whose drawing is thrown away, and one
 *without, that is shown. A touch acts when it is lifted on the thing that it went down on. */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include "platform/platform.h"
#include "ui/layout.h"
#include "ui/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ui;

/* WAI-ARIA 1.2 role names, plus `key` for a key of the on-screen keyboard. */
enum ui_role {
	ROLE_TEXT,
	ROLE_HEADING,
	ROLE_IMG,
	ROLE_BUTTON,
	ROLE_LINK,
	ROLE_TEXTBOX,
	ROLE_CHECKBOX,
	ROLE_KEY,
	ROLE_DIALOG,
	ROLE_LIST,
	ROLE_LISTITEM,
	ROLE_STATUS,
	ROLE_PROGRESSBAR,
	ROLE_COUNT
};

struct ui_node {
	struct str id, label, speech, lang;
	enum ui_role role;
	struct rect rect; /* physical pixels, what is visible of it */
	struct color foreground, background;
	int cap_height_px; /* of its smallest text; 0 without text */
	bool focus;
	bool disabled;
	bool cut; /* some of its text is not shown, and nobody said that this is fine */
};

/* --- life, used by app/kiosk ------------------------------------------------------------------ */

struct ui_frame_options {
	const struct theme *theme;
	struct str screen; /* id of the screen, prefix of nodes without an id of their own */
	struct str language; /* BCP 47, of texts that say nothing else */
	bool rtl;
	bool motion; /* false: nothing slides or fades */
	bool plain; /* only the leaf pattern where there would be a picture */
};

struct ui *ui_create(struct platform *platform);
void ui_destroy(struct ui *ui);
/* Starts a pass. input may be NULL. The frame arena is reset: texts of the pass before are gone. */
void ui_begin(struct ui *ui, const struct ui_frame_options *options, const struct input *input);
/* Ends the pass: nodes get their backgrounds, texts inside a target melt into it. */
void ui_end(struct ui *ui);
struct draw_list ui_draw_list(const struct ui *ui);
const struct ui_node *ui_nodes(const struct ui *ui, size_t *count);
/* The node that a touch at that (physical) point would act on, or NULL. */
const struct ui_node *ui_hit(const struct ui *ui, int x, int y);
const struct ui_node *ui_find(const struct ui *ui, struct str id);
/* When the next frame is due without any input, on the monotonic clock; INT64_MAX: never. */
int64_t ui_next_frame_ms(const struct ui *ui);
/* Moves everything drawn so far in this pass by dx pixels in reading direction and lays the colour
 * of paper over it, 255 covering it wholly: one frame of a screen that slides in. Touches and nodes
 * are where they will come to rest. */
void ui_slide(struct ui *ui, int dx_px, uint8_t cover_alpha);
/* Forgets scrolling, focus and presses, when another screen comes or a visit ends. */
void ui_forget(struct ui *ui);
/* Remembers and restores how far lists were scrolled, for the way back. */
struct ui_scroll_memory {
	int offset_px[4];
	uint64_t id_hash[4];
};
struct ui_scroll_memory ui_scroll_memory(const struct ui *ui);
void ui_scroll_restore(struct ui *ui, const struct ui_scroll_memory *memory);

/* --- for screens ------------------------------------------------------------------------------ */

const struct theme *ui_theme(const struct ui *ui);
struct arena *ui_arena(struct ui *ui); /* the frame's */
int64_t ui_now_ms(const struct ui *ui); /* monotonic */
/* Asks for a frame at that time: for a count-down or a card that changes by itself. */
void ui_wake_at(struct ui *ui, int64_t monotonic_ms);
int ui_mm(const struct ui *ui, double mm);
bool ui_rtl(const struct ui *ui);
/* Whether the first line of the text runs from right to left, on whatever screen. */
bool ui_runs_to_left(struct ui *ui, struct str text);
/* False: nothing slides or fades. */
bool ui_motion(const struct ui *ui);
/* "prefix/number", in the frame arena. */
struct str ui_id(struct ui *ui, const char *prefix, size_t number);
/* The whole panel in logical pixels. */
struct rect ui_panel_rect(const struct ui *ui);

/* What is drawn until the matching end keeps its left-to-right order inside `zone` (logical) also
 * in a mirrored screen: number pad, telephone number, code. */
void ui_keep_order_begin(struct ui *ui, struct rect zone);
void ui_keep_order_end(struct ui *ui);

/* Nodes before this are covered: not touched, not focused, not in the dump. */
void ui_modal(struct ui *ui, struct str id, struct rect rect, struct str label);

/* --- drawing ---------------------------------------------------------------------------------- */

struct ui_box {
	enum color_token fill;
	bool no_fill;
	uint8_t fill_alpha; /* 0 means opaque */
	bool edged;
	enum color_token edge;
	int edge_px; /* 0: the theme's */
	bool dashed;
	int radius_px;
	unsigned corners; /* 0: all */
	bool shadow; /* a white outline instead in high contrast */
};
void ui_box(struct ui *ui, struct rect rect, const struct ui_box *box);
/* name: below assets, "illustrations/x.svg". Without a picture the leaf pattern with the icon in a
 * white disc; alt empty: decoration, no node. */
struct ui_picture {
	struct str name, alt;
	struct str fallback_icon;
	int radius_px;
	unsigned corners;
	int focus_y_percent; /* 0 means 50 */
};
void ui_picture(struct ui *ui, struct rect rect, const struct ui_picture *picture);
/* icon: a name without folder and ending, "arrow_back". Who walks does so in reading direction. */
void ui_icon(struct ui *ui, struct rect rect, const char *icon, enum color_token color);
/* The same for an icon whose meaning turns with the reading direction. */
void ui_icon_directed(struct ui *ui, struct rect rect, const char *icon, enum color_token color);
/* Draws the QR code of the payload centred in rect on a white field with a quiet zone of 4
 * modules, with the largest whole number of pixels per module that fits; level 'M' or 'Q'.
 * Returns the pixels per module, 0 when it does not fit or cannot be encoded. */
int ui_qr(struct ui *ui, struct str id, struct rect rect, struct str payload, char level,
	struct str label);
/* Modules on a side of that code with its quiet zone; 0 when it cannot be encoded. */
int ui_qr_modules(struct str payload, char level);

enum ui_align { ALIGN_START, ALIGN_CENTER, ALIGN_END };

struct ui_text {
	struct str text;
	enum text_style style;
	enum color_token color; /* COLOR_PAPER (0) means ink */
	enum ui_align align;
	int max_lines; /* 0: as many as it takes */
	bool may_be_cut; /* an ellipsis is fine here, the whole text stands elsewhere */
	int shrink_percent; /* try this size (80) before cutting */
	bool struck;
	bool personal; /* typed by a visitor */
	bool silent; /* not a node: its words are in another label already */
	struct str lang; /* of the text when not the screen's */
	struct str id; /* optional */
	bool middle; /* centred vertically in the rect */
	bool heading; /* also in a style that is none: a title that had to be small */
};
/* Draws text from the top of rect and returns the height it took. Text that does not fit in the
 * rect's height is reported as cut. */
int ui_text(struct ui *ui, struct rect rect, const struct ui_text *text);
int ui_text_height(struct ui *ui, int width_px, const struct ui_text *text);
/* Width of the text on one line. */
int ui_text_width(struct ui *ui, const struct ui_text *text);
int ui_line_height(const struct ui *ui, enum text_style style);

/* --- touch ------------------------------------------------------------------------------------ */

/* Declares that rect can be touched, and draws nothing but the focus ring. True in the pass in
 * which it was. Everything drawn inside rect after or before this in the frame is its content. */
bool ui_target(struct ui *ui, struct str id, enum ui_role role, struct rect rect, struct str label);
/* The same, with words of its own for the ear. */
bool ui_target_spoken(struct ui *ui, struct str id, enum ui_role role, struct rect rect,
	struct str label, struct str speech);
/* Declares a thing that could be touched but not now. */
void ui_target_disabled(
	struct ui *ui, struct str id, enum ui_role role, struct rect rect, struct str label);
/* A finger is on it. Call before ui_target or after. */
bool ui_is_pressed(const struct ui *ui, struct str id);
/* A node that cannot be touched: a list, a status, a dialog. */
void ui_region(struct ui *ui, struct str id, enum ui_role role, struct rect rect, struct str label);
/* The key of a real keyboard in this pass: "Tab" and "Enter" are handled already. Empty: none. */
struct str ui_key(const struct ui *ui);
/* Text from a real keyboard in this pass, empty: none. */
struct str ui_typed(const struct ui *ui);

/* --- scrolling -------------------------------------------------------------------------------- */

/* A vertical list inside `viewport`. Returns where its content starts; lay it out downwards from
 * there, tell the top of every item to ui_scroll_item, and the end to ui_scroll_end. A finger moves
 * it and it glides on; page buttons move it by whole items. */
struct rect ui_scroll_begin(struct ui *ui, struct str id, struct rect viewport);
/* The same for text to read: while it rests where a page button left it, what would be cut in half
 * at the lower edge, or at the upper one of the last page, is not drawn. */
struct rect ui_scroll_begin_pages(struct ui *ui, struct str id, struct rect viewport);
void ui_scroll_item(struct ui *ui, int top_px);
void ui_scroll_end(struct ui *ui, int bottom_px);
/* Whether there is more above (-1) or below (+1), and moving there. Valid before and after the
 * list in the same frame. */
bool ui_scroll_can(const struct ui *ui, struct str id, int direction);
void ui_scroll_page(struct ui *ui, struct str id, int direction);
/* How far the list stands from its top. */
int ui_scroll_offset(const struct ui *ui, struct str id);
