/* The parts that screens are made of (visual/visual-design.md section 3), without any words of the
 * domain. Each draws itself into a logical rectangle that the screen chose; what can be touched
 * returns whether it was. */
#pragma once
#include "ui/ui.h"

struct ui_button {
	struct str label;
	struct str spoken; /* empty: the label */
	const char *icon; /* NULL: none */
	bool icon_directed; /* the icon turns with the reading direction */
	bool go; /* the one green button */
	bool centered;
	bool disabled;
	bool chosen; /* what it leads to is in force: marked as a chosen option is */
	bool resting; /* disabled, but nothing is wrong: without the dashed edge */
	bool round; /* icon only, in a circle */
	bool icon_only; /* the label is spoken, not shown */
	enum color_token fill; /* COLOR_PAPER (0): white, or go */
	struct str second_line; /* below the label, in body */
	struct str portrait; /* instead of the icon: a picture name */
	struct str portrait_initial;
	enum color_token portrait_fill;
};
bool ui_button(struct ui *ui, struct str id, struct rect rect, const struct ui_button *button);
/* The height that the button's words need at that width, at least the theme's. */
int ui_button_height(struct ui *ui, int width_px, const struct ui_button *button);

/* A window: picture above a sill with the name. large: bigger name, a line of body below it. */
struct ui_tile {
	struct str label, detail, picture;
	enum color_token sill;
	bool large;
	int sill_min_px; /* 0: what the label needs */
};
bool ui_tile(struct ui *ui, struct str id, struct rect rect, const struct ui_tile *tile);

/* A tear-off calendar leaf of the theme's width. Returns its height. Not a target. */
struct ui_calendar {
	struct str weekday, number, month; /* "di", "1", "dec" */
	bool today;
	bool outlined; /* standing on the edge of a picture: a paper-coloured rim */
	struct str spoken; /* "dinsdag 1 december" */
};
int ui_calendar(struct ui *ui, struct rect rect, const struct ui_calendar *calendar);
int ui_calendar_height(const struct ui *ui);

/* A face in a circle, or the first letter on a colour. */
void ui_portrait(struct ui *ui, struct rect rect, struct str picture, struct str name,
	enum color_token fill);

/* A small coloured mark with an icon and two or three words. Returns its width; 10 mm high, or as
 * high as the text step needs. */
struct ui_tag {
	const char *icon;
	struct str label;
	enum color_token fill;
};
int ui_tag(struct ui *ui, struct rect rect, const struct ui_tag *tag);
int ui_tag_height(struct ui *ui, int width_px, const struct ui_tag *tag);

/* A round choice that is on or off. */
bool ui_chip(struct ui *ui, struct str id, struct rect rect, const char *icon, struct str label,
	bool chosen);
/* A large choice with its own content: draws the box and returns whether it was touched. */
bool ui_option(struct ui *ui, struct str id, struct rect rect, struct str label, bool chosen);

/* Full width, honey: two short lines and an icon. Returns its height. */
int ui_banner(struct ui *ui, struct rect rect, const char *icon, struct str title, struct str body);
int ui_banner_height(struct ui *ui, int width_px, struct str title, struct str body);

/* Bars that fill as questions are answered. */
void ui_steps(struct ui *ui, struct rect rect, int done, int total, struct str spoken);

/* The two round (or square) page buttons of a list, in two rectangles. */
void ui_page_buttons(struct ui *ui, struct str scroll_id, struct rect up, struct rect down,
	struct str up_label, struct str down_label, bool round);

/* A dialog over everything: dims the screen, takes all touches, and returns the room inside. */
struct rect ui_dialog_begin(
	struct ui *ui, struct str id, int width_px, int height_px, struct str label);

/* A row that says one thing: icon (or portrait), a strong line, a body line. Returns its height. */
struct ui_fact {
	const char *icon;
	struct str portrait, portrait_name;
	enum color_token portrait_fill;
	struct str title, body;
	struct str lang; /* of both */
	struct str body_lang;
};
int ui_fact(struct ui *ui, struct rect rect, const struct ui_fact *fact);
int ui_fact_height(struct ui *ui, int width_px, const struct ui_fact *fact);

/* A numbered step of a list. Returns its height. */
int ui_step(struct ui *ui, struct rect rect, int number, struct str text, struct str lang);
