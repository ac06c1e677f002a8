/* Tokens in, pixels out. The tables hold millimetres as visual/tokens.json has them, one column per
 * panel class; a panel of another size gets the column of its class and its own pixels per
 * millimetre. */
#include "ui/theme.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

static const struct {
	int width_px, height_px;
	double width_mm, height_mm;
} known_panels[] = {
	{800, 480, 154, 92},
	{1280, 800, 217, 136},
	{1920, 1080, 344, 194},
	{1080, 1920, 268, 476},
};

struct panel panel_for(int width_px, int height_px, double width_mm, double height_mm)
{
	struct panel p = {width_px, height_px, width_mm, height_mm, 0, PANEL_SMALL};
	for (size_t i = 0; i < sizeof(known_panels) / sizeof(known_panels[0]); i++) {
		if (p.width_mm > 0 && p.height_mm > 0)
			break;
		if (known_panels[i].width_px == width_px &&
			known_panels[i].height_px == height_px) {
			p.width_mm = known_panels[i].width_mm;
			p.height_mm = known_panels[i].height_mm;
		}
	}
	if (p.width_mm <= 0 || p.height_mm <= 0) {
		p.width_mm = width_px / 5.5;
		p.height_mm = height_px / 5.5;
	}
	p.px_per_mm = width_px / p.width_mm;
	p.class = height_px > width_px ? PANEL_PORTRAIT
		  : p.width_mm < 190   ? PANEL_COMPACT
		  : p.width_mm < 280   ? PANEL_SMALL
				       : PANEL_WIDE;
	return p;
}

#define HEX(rgb)                                                                                   \
	{                                                                                          \
		(uint8_t)((rgb) >> 16), (uint8_t)((rgb) >> 8 & 0xFF), (uint8_t)((rgb)&0xFF), 255   \
	}

static const struct color palette[][COLOR_COUNT] =
	{
		[THEME_NORMAL] =
			{
				[COLOR_PAPER] = HEX(0xFBF4E6),
				[COLOR_WHITE] = HEX(0xFFFDF7),
				[COLOR_SAND] = HEX(0xF0E2C6),
				[COLOR_HONEY] = HEX(0xF6D488),
				[COLOR_SAGE] = HEX(0xCFDFB9),
				[COLOR_ROSE] = HEX(0xF5CDB5),
				[COLOR_SKY] = HEX(0xCBE3E8),
				[COLOR_PLUM] = HEX(0xE6D3DF),
				[COLOR_INK] = HEX(0x2A211C),
				[COLOR_SOFT] = HEX(0x54463B),
				[COLOR_LINE] = HEX(0x8C7861),
				[COLOR_DISABLED] = HEX(0x766656),
				[COLOR_GO] = HEX(0x1F4A31),
				[COLOR_GO_PRESSED] = HEX(0x16372A),
				[COLOR_ON_GO] = HEX(0xFFFFFF),
				[COLOR_BRICK] = HEX(0x8C311D),
				[COLOR_KEY] = HEX(0xFFFDF7),
				[COLOR_KEY_FUNCTION] = HEX(0xE3CFA8),
				[COLOR_KEY_ACCENT] = HEX(0xCFDFB9),
				[COLOR_SELECTED] = HEX(0xEEF4E4),
				[COLOR_FOCUS] = HEX(0x123F9B),
				[COLOR_FOCUS_INNER] = HEX(0xFFFFFF),
				[COLOR_BANNER_EDGE] = HEX(0x7A5A10),
				[COLOR_QR_DARK] = HEX(0x000000),
				[COLOR_QR_LIGHT] = HEX(0xFFFFFF),
			},
		[THEME_CONTRAST] =
			{
				[COLOR_PAPER] = HEX(0x000000),
				[COLOR_WHITE] = HEX(0x000000),
				[COLOR_SAND] = HEX(0x000000),
				[COLOR_HONEY] = HEX(0x000000),
				[COLOR_SAGE] = HEX(0x000000),
				[COLOR_ROSE] = HEX(0x000000),
				[COLOR_SKY] = HEX(0x000000),
				[COLOR_PLUM] = HEX(0x000000),
				[COLOR_INK] = HEX(0xFFFFFF),
				[COLOR_SOFT] = HEX(0xFFFFFF),
				[COLOR_LINE] = HEX(0xFFFFFF),
				[COLOR_DISABLED] = HEX(0xB8B8B8),
				[COLOR_GO] = HEX(0xFFE14A),
				[COLOR_GO_PRESSED] = HEX(0xFFC400),
				[COLOR_ON_GO] = HEX(0x000000),
				[COLOR_BRICK] = HEX(0xFFE14A),
				[COLOR_KEY] = HEX(0x000000),
				[COLOR_KEY_FUNCTION] = HEX(0x000000),
				[COLOR_KEY_ACCENT] = HEX(0x000000),
				[COLOR_SELECTED] = HEX(0x000000),
				[COLOR_FOCUS] = HEX(0xFFE14A),
				[COLOR_FOCUS_INNER] = HEX(0x000000),
				[COLOR_BANNER_EDGE] = HEX(0xFFFFFF),
				[COLOR_QR_DARK] = HEX(0x000000),
				[COLOR_QR_LIGHT] = HEX(0xFFFFFF),
			},
};

enum growth { STAYS, AS_BODY, AS_HEADING };

static const struct {
	double em_mm[PANEL_CLASS_COUNT];
	bool bold;
	double line, line_tall;
	enum growth growth;
	bool heading;
} styles[TEXT_STYLE_COUNT] = {
	[TEXT_BODY] = {{6.7, 6.7, 7.4, 8.6}, false, 1.26, 1.42, AS_BODY, false},
	[TEXT_STRONG] = {{6.7, 6.7, 7.4, 8.6}, true, 1.26, 1.42, AS_BODY, false},
	[TEXT_BUTTON] = {{6.7, 6.7, 7.4, 8.6}, true, 1.14, 1.35, AS_BODY, false},
	[TEXT_CARD_NAME] = {{6.9, 8.0, 10.0, 10.4}, true, 1.14, 1.35, AS_HEADING, false},
	[TEXT_HEADING_2] = {{7.6, 8.4, 9.8, 11.0}, true, 1.16, 1.35, AS_HEADING, true},
	[TEXT_HEADING_1] = {{8.2, 10.0, 13.0, 16.0}, true, 1.12, 1.35, AS_HEADING, true},
	[TEXT_DISPLAY] = {{9.6, 12.6, 17.0, 21.0}, true, 1.14, 1.35, AS_HEADING, true},
	[TEXT_TILE] = {{6.7, 6.7, 8.4, 9.4}, true, 1.12, 1.35, AS_HEADING, false},
	[TEXT_TILE_LARGE] = {{8.2, 8.8, 13.5, 15.0}, true, 1.12, 1.35, AS_HEADING, false},
	[TEXT_BAR] = {{6.7, 6.7, 7.0, 7.0}, false, 1.1, 1.3, STAYS, false},
	[TEXT_DATE] = {{6.7, 6.7, 7.4, 7.4}, false, 1.12, 1.3, STAYS, false},
	[TEXT_DATE_STRONG] = {{6.7, 6.7, 7.4, 7.4}, true, 1.12, 1.3, STAYS, false},
	[TEXT_DATE_NUMBER] = {{9.6, 13.0, 16.0, 16.0}, true, 1.1, 1.2, STAYS, false},
	[TEXT_KEY] = {{7.4, 9.0, 11.0, 11.0}, false, 1.1, 1.3, STAYS, false},
	[TEXT_KEY_WORD] = {{6.7, 6.7, 8.0, 7.4}, true, 1.1, 1.3, STAYS, false},
	[TEXT_FIELD] = {{7.0, 9.0, 9.0, 9.0}, false, 1.26, 1.42, STAYS, false},
	[TEXT_CODE] = {{10.0, 12.2, 22.0, 22.0}, true, 1.1, 1.1, STAYS, false},
};

static const double steps[TEXT_STEP_COUNT] = {1.0, 1.35, 1.70};

/* Offsets into struct measures with a millimetre value per panel class. */
static const struct {
	size_t offset;
	double mm[PANEL_CLASS_COUNT];
} measure_table[] = {
#define MEASURE(field, compact, small, wide, portrait)                                             \
	{                                                                                          \
		offsetof(struct measures, field),                                                  \
		{                                                                                  \
			compact, small, wide, portrait                                             \
		}                                                                                  \
	}
	MEASURE(bar, 13, 22, 24, 27),
	MEASURE(bar_top, 0.5, 0.9, 0.9, 0.9),
	MEASURE(left, 42, 64, 104, 0),
	MEASURE(detail_left, 54, 87, 150, 0),
	MEASURE(gap, 2.5, 4, 5, 6),
	MEASURE(margin, 3.5, 6, 9, 11),
	MEASURE(target, 12, 20, 22, 22),
	MEASURE(target_gap, 2, 3, 3, 3),
	MEASURE(button, 13, 20, 22, 22),
	MEASURE(key_width, 12, 16.6, 24, 20),
	MEASURE(key_height, 12, 15.4, 20, 26),
	MEASURE(key_gap, 2, 2, 3, 2.4),
	MEASURE(radius_small, 1.6, 2, 2, 2),
	MEASURE(radius_button, 2.2, 3, 3, 3),
	MEASURE(radius_card, 2.6, 4.5, 4.5, 4.5),
	MEASURE(radius_dialog, 4, 6, 6, 6),
	MEASURE(edge, 0.4, 0.5, 0.5, 0.5),
	MEASURE(edge_field, 0.6, 0.8, 0.8, 0.8),
	MEASURE(edge_selected, 0.9, 1.1, 1.1, 1.1),
	MEASURE(focus_ring, 0.9, 1.1, 1.1, 1.1),
	MEASURE(focus_inner, 0.7, 0.9, 0.9, 0.9),
	MEASURE(icon, 8, 9, 10, 11),
	MEASURE(icon_bar, 8, 8.6, 8.6, 8.6),
	MEASURE(padding, 2.4, 4, 4, 4),
	MEASURE(calendar_width, 16.5, 20, 26, 26),
	MEASURE(card, 27, 36, 50, 62),
	MEASURE(card_picture, 27, 40, 74, 88),
#undef MEASURE
};
static_assert(
	sizeof(measure_table) / sizeof(measure_table[0]) == sizeof(struct measures) / sizeof(int),
	"every measure has its millimetres");

int theme_px(const struct theme *theme, double mm)
{
	if (mm <= 0)
		return 0;
	int px = (int)lround(mm * theme->panel.px_per_mm);
	return px > 0 ? px : 1;
}

/* Like theme_px but never smaller than the millimetres ask: for targets and their distances. */
static int px_at_least(const struct theme *theme, double mm)
{
	return (int)ceil(mm * theme->panel.px_per_mm - 1e-9);
}

void theme_init(
	struct theme *theme, const struct panel *panel, enum theme_name name, enum text_step step)
{
	theme->panel = *panel;
	theme->name = name;
	theme->step = step;
	for (int i = 0; i < COLOR_COUNT; i++)
		theme->colors[i] = palette[name][i];

	for (int i = 0; i < TEXT_STYLE_COUNT; i++) {
		double growth = styles[i].growth == STAYS     ? 1
				: styles[i].growth == AS_BODY ? steps[step]
							      : 1 + (steps[step] - 1) * 0.35;
		double em_mm = styles[i].em_mm[panel->class] * growth;
		theme->text[i] = (struct text_metrics){
			.em_px = (int)ceil(em_mm * panel->px_per_mm - 0.25),
			.bold = styles[i].bold,
			.line_factor = styles[i].line,
			.line_factor_tall = styles[i].line_tall,
			.heading = styles[i].heading,
		};
	}
	for (size_t i = 0; i < sizeof(measure_table) / sizeof(measure_table[0]); i++)
		*(int *)((char *)&theme->m + measure_table[i].offset) =
			px_at_least(theme, measure_table[i].mm[panel->class]);
}

static double linear(uint8_t channel)
{
	double c = channel / 255.0;
	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(struct color c)
{
	return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

double color_contrast(struct color a, struct color b)
{
	double la = luminance(a), lb = luminance(b);
	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

bool color_equal(struct color a, struct color b)
{
	return a.r == b.r && a.g == b.g && a.b == b.b && a.a == b.a;
}
