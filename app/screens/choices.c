/* Cells stand in rows as high as the most words in them need. How many fit beside each other
 * follows from the longest word: three words under each other in a narrow cell are worse than one
 * column. Here too is how words avoid being broken: by a smaller style, or without their icon. */
#include "screens/choices.h"

#include "ui/widgets.h"

int word_width(struct ui *ui, struct str text, enum text_style style)
{
	int longest = 0;
	for (struct str rest = text; rest.len > 0;) {
		struct str_pair cut = str_cut(rest, ' ');
		int width = ui_text_width(ui, &(struct ui_text){.text = cut.head, .style = style});
		longest = width > longest ? width : longest;
		rest = cut.tail;
	}
	return longest;
}

bool words_fit(struct ui *ui, struct str text, int width_px, enum text_style style)
{
	return word_width(ui, text, style) <= width_px;
}

/* The first of the styles, from large to small, that breaks no word. A word that is broken in the
 * smallest too is a monster, and the others need not be small for it. */
static enum text_style first_fitting(
	struct ui *ui, struct str text, int width_px, const enum text_style *styles, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (words_fit(ui, text, width_px, styles[i]))
			return styles[i];
	return styles[1];
}

static const enum text_style sizes[] = {
	TEXT_DISPLAY, TEXT_HEADING_1, TEXT_HEADING_2, TEXT_CARD_NAME, TEXT_TILE, TEXT_DATE_STRONG};
enum { FROM_DISPLAY, FROM_HEADING, FROM_NAME = 3, SIZES = sizeof(sizes) / sizeof(sizes[0]) };

enum text_style title_style(struct ui *ui, struct str title, int width_px)
{
	return first_fitting(ui, title, width_px, sizes + FROM_HEADING, SIZES - FROM_HEADING);
}

enum text_style title_style_in(struct ui *ui, struct str title, int width_px, int height_px)
{
	enum text_style style = title_style(ui, title, width_px);
	for (size_t i = FROM_HEADING; i < SIZES; i++) {
		struct ui_text text = {.text = title, .style = sizes[i]};
		if (!words_fit(ui, title, width_px, sizes[i]))
			continue;
		style = sizes[i];
		if (ui_text_height(ui, width_px, &text) <= height_px)
			break;
	}
	return style;
}

enum text_style name_style(struct ui *ui, struct str name, int width_px)
{
	return first_fitting(ui, name, width_px, sizes + FROM_NAME, SIZES - FROM_NAME);
}

enum text_style display_style(struct ui *ui, struct str name, int width_px)
{
	return first_fitting(ui, name, width_px, sizes + FROM_DISPLAY, SIZES - FROM_DISPLAY);
}

bool icon_costs_a_line(struct ui *ui, const struct ui_button *button, int width_px)
{
	struct ui_button bare = *button;
	bare.icon = NULL;
	bool scarce = ui_theme(ui)->step > TEXT_100 || ui_theme(ui)->panel.class == PANEL_COMPACT;
	return scarce && ui_theme(ui)->panel.class != PANEL_PORTRAIT &&
	       ui_button_height(ui, width_px, &bare) < ui_button_height(ui, width_px, button);
}

struct ui_button without_broken_words(struct ui *ui, struct ui_button button, int width_px)
{
	const struct measures *m = &ui_theme(ui)->m;
	int room = width_px - 2 * m->padding - m->icon - ui_mm(ui, 2.6);
	if (!button.icon || button.icon_only)
		return button;
	if (!words_fit(ui, button.label, room, TEXT_BUTTON) ||
		icon_costs_a_line(ui, &button, width_px))
		button.icon = NULL;
	return button;
}

static bool is_compact(const struct ui *ui)
{
	return ui_theme(ui)->panel.class == PANEL_COMPACT;
}

static int grid_gap(const struct ui *ui)
{
	int least = ui_theme(ui)->m.target_gap;
	int wanted = ui_mm(ui, is_compact(ui) ? 2.4 : 3.6);
	return wanted > least ? wanted : least;
}

static int cell_width(int width_px, int columns, int gap_px)
{
	return (width_px - (columns - 1) * gap_px) / columns;
}

/* --- choices with a disc ---------------------------------------------------------------------- */

static int disc_size(const struct ui *ui)
{
	return ui_mm(ui, is_compact(ui) ? 11 : 17);
}

static int choice_padding(const struct ui *ui)
{
	return ui_mm(ui, is_compact(ui) ? 1.6 : 2.6);
}

static int choice_words_width(const struct ui *ui, const struct choice *choice, int cell_px)
{
	int mark = choice->icon ? disc_size(ui) + ui_mm(ui, is_compact(ui) ? 1.8 : 2.8) : 0;
	return cell_px - 2 * choice_padding(ui) - mark;
}

static struct ui_text choice_text(const struct choice *choice)
{
	return (struct ui_text){
		.text = choice->label, .style = TEXT_BUTTON, .lang = choice->lang, .middle = true};
}

static struct ui_text choice_note(const struct choice *choice)
{
	return (struct ui_text){.text = choice->note, .style = TEXT_BODY};
}

static int choice_columns(
	struct ui *ui, int width_px, const struct choice *choices, size_t count, int gap_px)
{
	int cell = cell_width(width_px, 2, gap_px);
	for (size_t i = 0; i < count; i++)
		if (!words_fit(ui, choices[i].label, choice_words_width(ui, &choices[i], cell),
			    TEXT_BUTTON) ||
			!words_fit(ui, choices[i].note, choice_words_width(ui, &choices[i], cell),
				TEXT_BODY))
			return 1;
	return 2;
}

static int choice_height(struct ui *ui, int cell_px, const struct choice *choice)
{
	static const double least_mm[PANEL_CLASS_COUNT] = {16, 24, 31, 36};
	int least = ui_mm(ui, least_mm[ui_theme(ui)->panel.class]);
	struct ui_text text = choice_text(choice);
	struct ui_text note = choice_note(choice);
	int width = choice_words_width(ui, choice, cell_px);
	int needed = ui_text_height(ui, width, &text) + ui_text_height(ui, width, &note) +
		     2 * ui_mm(ui, 2);
	return needed > least ? needed : least;
}

static bool draw_choice(struct ui *ui, struct rect rect, const struct choice *choice)
{
	struct str spoken = choice->note.len
				    ? str_format(ui_arena(ui), "%.*s. %.*s", STR_ARG(choice->label),
					      STR_ARG(choice->note))
				    : choice->label;
	bool touched = ui_option(ui, choice->id, rect, spoken, false);
	struct rect inside = rect_inset(rect, choice_padding(ui), ui_mm(ui, 1));
	if (choice->icon) {
		int disc = disc_size(ui), icon = disc / 2;
		struct rect mark = rect_take_start(&inside, disc);
		struct rect circle = rect_center(mark, disc, disc);
		ui_box(ui, circle,
			&(struct ui_box){.fill = choice->disc,
				.radius_px = disc / 2,
				.edged = ui_theme(ui)->name == THEME_CONTRAST,
				.edge = COLOR_LINE});
		ui_icon(ui, rect_center(circle, icon, icon), choice->icon, COLOR_INK);
		rect_take_start(&inside, ui_mm(ui, is_compact(ui) ? 1.8 : 2.8));
	}
	struct ui_text text = choice_text(choice), note = choice_note(choice);
	if (choice->note.len) {
		int label = ui_text_height(ui, inside.w, &text);
		int words = label + ui_text_height(ui, inside.w, &note);
		inside = rect_center(inside, inside.w, words);
		ui_text(ui, rect_take_top(&inside, label), &text);
		ui_text(ui, inside, &note);
		return touched;
	}
	ui_text(ui, inside, &text);
	return touched;
}

int choice_grid_frame(struct ui *ui, struct rect rect, const struct choice *choices, size_t count,
	size_t *chosen, bool in_list)
{
	int gap = grid_gap(ui), columns = choice_columns(ui, rect.w, choices, count, gap);
	int cell = cell_width(rect.w, columns, gap);
	struct rect row = {rect.x, rect.y, rect.w, 0};
	for (size_t i = 0; i < count; i += (size_t)columns) {
		size_t end = i + (size_t)columns < count ? i + (size_t)columns : count;
		row.h = 0;
		for (size_t j = i; j < end; j++) {
			int height = choice_height(ui, cell, &choices[j]);
			row.h = height > row.h ? height : row.h;
		}
		if (in_list)
			ui_scroll_item(ui, row.y);
		for (size_t j = i; j < end; j++)
			if (draw_choice(
				    ui, rect_column(row, (int)(j - i), columns, gap), &choices[j]))
				*chosen = j;
		row.y += row.h + gap;
	}
	return count ? row.y - gap - rect.y : 0;
}

/* --- chips ------------------------------------------------------------------------------------ */

/* As ui_chip has it: padding, and room for an icon or the check mark that replaces it. */
static int chip_words(const struct ui *ui, int cell_px)
{
	return cell_px - 2 * ui_mm(ui, 2.6) - ui_mm(ui, is_compact(ui) ? 7 : 8.6) - ui_mm(ui, 1.6);
}

static int chip_columns(
	struct ui *ui, int width_px, const struct chip *chips, size_t count, int gap_px)
{
	int most = count == 3 ? 3 : ui_theme(ui)->panel.class == PANEL_WIDE ? 3 : 2;
	for (int columns = most; columns > 1; columns--) {
		int cell = cell_width(width_px, columns, gap_px);
		bool fits = true;
		for (size_t i = 0; fits && i < count; i++) {
			struct ui_text text = {.text = chips[i].label, .style = TEXT_BUTTON};
			fits = ui_text_width(ui, &text) <= chip_words(ui, cell);
		}
		if (fits)
			return columns;
	}
	return 1;
}

int chip_grid_frame(
	struct ui *ui, struct rect rect, const struct chip *chips, size_t count, size_t *chosen)
{
	int gap = ui_theme(ui)->m.target_gap, height = ui_theme(ui)->m.button;
	int columns = chip_columns(ui, rect.w, chips, count, gap);
	int cell = cell_width(rect.w, columns, gap);
	for (size_t i = 0; i < count; i++) {
		struct ui_text text = {.text = chips[i].label, .style = TEXT_BUTTON};
		int needed = ui_text_height(ui, chip_words(ui, cell), &text) + 2 * ui_mm(ui, 1.6);
		height = needed > height ? needed : height;
	}
	for (size_t i = 0; i < count; i++) {
		struct rect row = {
			rect.x, rect.y + (int)i / columns * (height + gap), rect.w, height};
		struct rect at = rect_column(row, (int)i % columns, columns, gap);
		if (ui_chip(ui, chips[i].id, at, chips[i].icon, chips[i].label, chips[i].on))
			*chosen = i;
	}
	int rows = ((int)count + columns - 1) / columns;
	return rows * (height + gap) - gap;
}

void page_pair_frame(
	const struct model *model, struct ui *ui, struct str scroll_id, struct rect rect)
{
	struct arena *arena = ui_arena(ui);
	ui_page_buttons(ui, scroll_id, rect_column(rect, 0, 2, acts_gap(ui)),
		rect_column(rect, 1, 2, acts_gap(ui)), TR(model->i18n, arena, "list-up"),
		TR(model->i18n, arena, "list-down"), false);
}

int head_width(const struct ui *ui)
{
	const struct measures *m = &ui_theme(ui)->m;
	switch (ui_theme(ui)->panel.class) {
	case PANEL_PORTRAIT:
		return screen_rect(ui).w - 2 * m->margin;
	case PANEL_SMALL:
		return m->left - 2 * ui_mm(ui, 5);
	default:
		return m->left - 2 * m->margin;
	}
}
