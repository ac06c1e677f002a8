/* Cells are as high as the one with the most words needs, so that a grid is read as one question.
 * The number of columns follows from the longest word: three words under each other in a narrow
 * cell are worse than one column. */
#include "screens/choices.h"

#include "ui/widgets.h"

/* Width of the longest stretch without a blank. */
static int longest_word(struct ui *ui, struct str text, enum text_style style)
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
	return longest_word(ui, text, style) <= width_px;
}

enum text_style fitting_style(struct ui *ui, struct str text, int width_px,
	enum text_style preferred, enum text_style smaller)
{
	return words_fit(ui, text, width_px, preferred) ? preferred : smaller;
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

struct choice_grid choice_grid(
	struct ui *ui, int width_px, const struct choice *choices, size_t count)
{
	struct choice_grid grid = {.columns = 2, .gap = grid_gap(ui)};
	for (; grid.columns > 1; grid.columns--) {
		int cell = cell_width(width_px, grid.columns, grid.gap);
		bool fits = true;
		for (size_t i = 0; fits && i < count; i++)
			fits = longest_word(ui, choices[i].label, TEXT_BUTTON) <=
			       choice_words_width(ui, &choices[i], cell);
		if (fits)
			break;
	}
	int cell = cell_width(width_px, grid.columns, grid.gap);
	static const double least_mm[PANEL_CLASS_COUNT] = {16, 24, 31, 36};
	grid.cell_height = ui_mm(ui, least_mm[ui_theme(ui)->panel.class]);
	for (size_t i = 0; i < count; i++) {
		struct ui_text text = choice_text(&choices[i]);
		int needed = ui_text_height(ui, choice_words_width(ui, &choices[i], cell), &text) +
			     2 * ui_mm(ui, 2);
		if (needed > grid.cell_height)
			grid.cell_height = needed;
	}
	return grid;
}

static bool draw_choice(struct ui *ui, struct rect rect, const struct choice *choice)
{
	bool touched = ui_option(ui, choice->id, rect, choice->label, false);
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
	struct ui_text text = choice_text(choice);
	ui_text(ui, inside, &text);
	return touched;
}

int choice_grid_frame(struct ui *ui, struct rect rect, const struct choice *choices, size_t count,
	size_t *chosen, bool in_list)
{
	if (count == 0)
		return 0;
	struct choice_grid grid = choice_grid(ui, rect.w, choices, count);
	size_t columns = (size_t)grid.columns, rows = (count + columns - 1) / columns;
	for (size_t i = 0; i < count; i++) {
		struct rect row = {rect.x,
			rect.y + (int)(i / columns) * (grid.cell_height + grid.gap), rect.w,
			grid.cell_height};
		if (in_list && i % columns == 0)
			ui_scroll_item(ui, row.y);
		struct rect cell = rect_column(row, (int)(i % columns), grid.columns, grid.gap);
		if (draw_choice(ui, cell, &choices[i]))
			*chosen = i;
	}
	return (int)rows * (grid.cell_height + grid.gap) - grid.gap;
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

enum text_style title_style(struct ui *ui, struct str title, int width_px)
{
	static const enum text_style styles[] = {TEXT_HEADING_1, TEXT_HEADING_2};
	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++)
		if (words_fit(ui, title, width_px, styles[i]))
			return styles[i];
	return TEXT_STRONG;
}
