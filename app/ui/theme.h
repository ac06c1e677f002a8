/* The look: colours, type and measures of visual/tokens.json, resolved for one panel, one text step
 * and one theme into pixels. Everything a screen needs to know about size comes from here. */
#pragma once
#include "platform/draw.h"

#include <stdbool.h>

/* Which of the four layouts a panel gets. */
enum panel_class {
	PANEL_COMPACT, /* 7": below the accessible size */
	PANEL_SMALL, /* 10.1" */
	PANEL_WIDE, /* 15.6" */
	PANEL_PORTRAIT, /* 21.5" upright */
	PANEL_CLASS_COUNT
};

struct panel {
	int width_px, height_px;
	double width_mm, height_mm;
	double px_per_mm; /* by width; pixels are taken as square */
	enum panel_class class;
};

/* Size in pixels and millimetres; 0 mm means: take the panel that design.md names for that size, or
 * 5.5 pixels a millimetre. */
struct panel panel_for(int width_px, int height_px, double width_mm, double height_mm);

enum theme_name { THEME_NORMAL, THEME_CONTRAST };

enum color_token {
	COLOR_PAPER,
	COLOR_WHITE,
	COLOR_SAND,
	COLOR_HONEY,
	COLOR_SAGE,
	COLOR_ROSE,
	COLOR_SKY,
	COLOR_PLUM,
	COLOR_INK,
	COLOR_SOFT,
	COLOR_LINE,
	COLOR_DISABLED,
	COLOR_GO,
	COLOR_GO_PRESSED,
	COLOR_ON_GO,
	COLOR_BRICK,
	COLOR_KEY,
	COLOR_KEY_FUNCTION,
	COLOR_KEY_ACCENT,
	COLOR_SELECTED,
	COLOR_FOCUS,
	COLOR_FOCUS_INNER,
	COLOR_BANNER_EDGE,
	COLOR_QR_DARK,
	COLOR_QR_LIGHT,
	COLOR_COUNT
};

enum text_style {
	TEXT_BODY,
	TEXT_STRONG,
	TEXT_BUTTON, /* strong, set tighter */
	TEXT_CARD_NAME,
	TEXT_HEADING_2,
	TEXT_HEADING_1,
	TEXT_DISPLAY, /* the one name on a card that is read from afar */
	TEXT_TILE, /* the name on a sill */
	TEXT_TILE_LARGE,
	TEXT_BAR, /* never grows */
	TEXT_DATE, /* weekday and month on the calendar leaf; never grows */
	TEXT_DATE_STRONG,
	TEXT_DATE_NUMBER, /* never grows */
	TEXT_KEY, /* never grows */
	TEXT_KEY_WORD, /* never grows */
	TEXT_FIELD, /* never grows */
	TEXT_CODE, /* never grows */
	TEXT_STYLE_COUNT
};

struct text_metrics {
	int em_px;
	bool bold;
	double line_factor; /* line height as a part of em, Latin */
	double line_factor_tall; /* the same for scripts that need more room: Arabic */
	bool heading;
};

enum text_step { TEXT_100, TEXT_135, TEXT_170, TEXT_STEP_COUNT };

/* Measures in pixels. */
struct measures {
	int bar, bar_top; /* the sill and its upper edge */
	int left, detail_left; /* width of the left panel; 0 when upright */
	int gap, margin;
	int target, target_gap; /* the least target and the least distance */
	int button; /* least height of a button */
	int key_width, key_height, key_gap;
	int radius_small, radius_button, radius_card, radius_dialog;
	int edge, edge_field, edge_selected, focus_ring, focus_inner;
	int icon, icon_bar;
	int padding; /* inside buttons */
	int calendar_width;
	int card, card_picture; /* least height of a card, width of its picture */
};

struct theme {
	struct panel panel;
	enum theme_name name;
	enum text_step step;
	struct color colors[COLOR_COUNT];
	struct text_metrics text[TEXT_STYLE_COUNT];
	struct measures m;
};

void theme_init(
	struct theme *theme, const struct panel *panel, enum theme_name name, enum text_step step);

/* Millimetres to whole pixels, at least 1 for anything above 0. */
int theme_px(const struct theme *theme, double mm);

/* WCAG 2.2 contrast ratio of two opaque colours, 1..21. */
double color_contrast(struct color a, struct color b);
bool color_equal(struct color a, struct color b);
