/* What the files of the immediate mode share: not for anybody outside app/ui. */
#pragma once
#include "ui/ui.h"

#define UI_ID_BYTES 96
#define UI_SCROLL_COUNT 4

struct scroll_state {
	uint64_t id_hash; /* 0: free */
	double offset_px;
	double velocity_px_per_s;
	int viewport_px, content_px;
	int snaps[512]; /* tops of items, from the top of the content */
	int snap_count;
	/* page moves glide from..to */
	bool gliding;
	double glide_from_px, glide_to_px;
	int64_t glide_start_ms;
	int64_t moved_ms; /* when velocity was last applied */
	struct rect viewport; /* physical */
	bool covered; /* by a dialog: it does not follow a finger */
};

struct ui {
	struct platform *platform;
	struct theme theme;
	struct str screen, language;
	bool rtl, motion, plain;
	int64_t now_ms, next_frame_ms;
	int64_t text_count;

	/* Two frames: the one being made, and the one before, on which touches are decided. */
	struct arena arenas[2];
	int current;
	struct draw_command *commands;
	size_t command_count, command_room;
	struct ui_node *nodes;
	size_t node_count, node_room, modal_start;
	struct ui_node *last_nodes;
	size_t last_node_count, last_modal_start;

	struct rect clip; /* physical */
	bool keeping_order;
	struct rect order_zone; /* logical */
	int scroll_open; /* index of the open list, or -1 */
	struct rect scroll_clip_before;
	int scroll_content_top;

	/* Touch. Ids are kept by value, because frames die. */
	char pressed[UI_ID_BYTES];
	bool touching, dragging;
	int down_x, down_y, last_y;
	int64_t last_move_ms;
	int drag_scroll; /* index, or -1 */
	char activated[UI_ID_BYTES];
	char last_activated[UI_ID_BYTES];
	int64_t last_activated_ms;
	char focused[UI_ID_BYTES];
	char key[32];
	char typed[64];

	struct scroll_state scrolls[UI_SCROLL_COUNT];
	struct ui_scroll_memory restore;
};

struct arena *frame_arena(struct ui *ui);
struct draw_command *add_command(struct ui *ui, enum draw_kind kind, struct rect rect);
struct ui_node *add_node(struct ui *ui, enum ui_role role, struct str id, struct rect rect);
/* Logical to physical. */
struct rect to_panel(const struct ui *ui, struct rect rect);
struct color color_of(const struct ui *ui, enum color_token token);
/* Where things can be touched and read: a list ends a little above its lower edge, because what
 * stands below it needs its distance from a card that is half in sight. */
struct rect touch_clip(const struct ui *ui);
bool lies_inside_clip(const struct ui *ui, struct rect at);
/* Whether the first line of the text runs from right to left. */
bool runs_to_left(struct ui *ui, struct str text);

/* Touch as the lists see it; called once per pass with input. */
void scroll_touch_down(struct ui *ui, int x, int y);
void scroll_drag(struct ui *ui, int dy, int64_t elapsed_ms);
void scroll_touch_up(struct ui *ui);
