/* "Met hoeveel kom je?": the visitor and others, as figures. Never more than there are places, or a
 * party would be split. */
#include "screens/frames.h"
#include "screens/question.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "ui/widgets.h"

#define MOST_PARTY 12

/* How many may come together on that day. */
static int largest_party(const struct model *model, bool *limited)
{
	const struct initiative *initiative = visit_initiative(model);
	const struct occurrence *o = visit_occurrence(model);
	int most = initiative ? initiative->registration.max_party : 1;
	int left = o ? occurrence_seats(model, o)->left : -1;
	*limited = left > 0 && left < most && !model->visit->accepts_waiting;
	if (*limited)
		most = left;
	return most < 1 ? 1 : most > MOST_PARTY ? MOST_PARTY : most;
}

struct str say_party(const struct model *model, struct arena *arena, int party)
{
	if (party <= 1)
		return TR(model->i18n, arena, "party-alone");
	if (party == 2)
		return TR(model->i18n, arena, "party-one-other");
	return TR_COUNT(model->i18n, arena, "party-others", "count", party - 1);
}

struct party_grid {
	int count, columns, cell_px, gap_px, icons_px;
	struct str labels[MOST_PARTY];
	struct str note;
	int note_px;
};

static int cell_padding(const struct ui *ui)
{
	return ui_mm(ui, ui_theme(ui)->panel.class == PANEL_COMPACT ? 1.2 : 2);
}

static int cell_words(struct ui *ui, const struct party_grid *grid, int width_px)
{
	int cell = (width_px - (grid->columns - 1) * grid->gap_px) / grid->columns;
	return cell - 2 * cell_padding(ui);
}

static struct ui_text label_text(struct str label)
{
	return (struct ui_text){.text = label, .style = TEXT_BODY, .align = ALIGN_CENTER};
}

/* As many columns as the words allow, at most three. */
static void choose_columns(struct ui *ui, struct party_grid *grid, int width_px)
{
	for (grid->columns = grid->count < 3 ? grid->count : 3; grid->columns > 1;
		grid->columns--) {
		bool fits = true;
		for (int i = 0; fits && i < grid->count; i++)
			fits = words_fit(
				ui, grid->labels[i], cell_words(ui, grid, width_px), TEXT_BODY);
		if (fits)
			return;
	}
}

static struct party_grid party_grid(const struct model *model, struct ui *ui, int width_px)
{
	struct arena *arena = ui_arena(ui);
	static const double icons_mm[PANEL_CLASS_COUNT] = {12, 19, 30, 30};
	enum panel_class class = ui_theme(ui)->panel.class;
	bool compact = class == PANEL_COMPACT, limited = false;
	struct party_grid grid = {.count = largest_party(model, &limited), .gap_px = acts_gap(ui)};
	for (int i = 0; i < grid.count; i++)
		grid.labels[i] = say_party(model, arena, i + 1);
	const struct initiative *initiative = visit_initiative(model);
	if (limited)
		grid.note = TR_COUNT(model->i18n, arena, "places-left", "count", grid.count);
	else if (initiative && initiative->with_children)
		grid.note = TR(model->i18n, arena, "detail-children");
	choose_columns(ui, &grid, width_px);
	int words = 0;
	for (int i = 0; i < grid.count; i++) {
		struct ui_text label = label_text(grid.labels[i]);
		int height = ui_text_height(ui, cell_words(ui, &grid, width_px), &label);
		words = height > words ? height : words;
	}
	int number = ui_line_height(ui, TEXT_DATE_NUMBER);
	bool one_row = grid.count <= grid.columns;
	if (grid.columns > 1) {
		grid.icons_px = one_row ? ui_mm(ui, icons_mm[class]) : 0;
		grid.cell_px = grid.icons_px + number + words + 2 * ui_mm(ui, compact ? 1.6 : 3);
	} else { /* one below the other: the number stands before the words */
		grid.cell_px = (number > words ? number : words) + 2 * ui_mm(ui, 1);
	}
	if (grid.cell_px < ui_theme(ui)->m.target)
		grid.cell_px = ui_theme(ui)->m.target;
	struct ui_text note = {.text = grid.note, .style = TEXT_BODY};
	if (grid.note.len)
		grid.note_px = ui_mm(ui, compact ? 2 : 4) + ui_text_height(ui, width_px, &note);
	/* Where there is little room, the number and the words say enough. */
	int room = question_body_room(ui, TR(model->i18n, arena, "party-title"));
	if (grid.icons_px && grid.cell_px + grid.note_px > room) {
		grid.cell_px -= grid.icons_px;
		grid.icons_px = 0;
	}
	return grid;
}

static int options_height(const struct party_grid *grid)
{
	int rows = (grid->count + grid->columns - 1) / grid->columns;
	return rows * (grid->cell_px + grid->gap_px) - grid->gap_px;
}

static void draw_people(struct ui *ui, struct rect row, int people)
{
	int size = row.h * 9 / 10;
	if (size * people > row.w)
		size = row.w / people;
	struct rect group = rect_center(row, size * people, size);
	for (int i = 0; i < people; i++)
		ui_icon(ui, rect_take_start(&group, size), "person", COLOR_GO);
}

static bool draw_option(struct ui *ui, struct rect cell, const struct party_grid *grid, int i,
	bool chosen, struct str number)
{
	struct str id = ui_id(ui, "signup-party/people", (size_t)i + 1);
	bool touched = ui_option(ui, id, cell, grid->labels[i], chosen);
	struct ui_text digit = {.text = number,
		.style = TEXT_DATE_NUMBER,
		.align = ALIGN_CENTER,
		.silent = true,
		.middle = true};
	struct ui_text label = label_text(grid->labels[i]);
	struct rect inside = rect_inset(cell, cell_padding(ui), 0);
	if (grid->columns == 1) {
		ui_text(ui, rect_take_start(&inside, ui_mm(ui, 20)), &digit);
		label.align = ALIGN_START;
		label.middle = true;
		ui_text(ui, inside, &label);
		return touched;
	}
	int line = ui_line_height(ui, TEXT_DATE_NUMBER);
	int words = ui_text_height(ui, inside.w, &label);
	inside = rect_center(inside, inside.w, grid->icons_px + line + words);
	if (grid->icons_px)
		draw_people(ui, rect_take_top(&inside, grid->icons_px), i + 1);
	ui_text(ui, rect_take_top(&inside, line), &digit);
	ui_text(ui, inside, &label);
	return touched;
}

struct action signup_party_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	struct party_grid grid = party_grid(model, ui, question_body_width(ui));
	const struct occurrence *o = visit_occurrence(model);
	int party = model->visit->party;
	struct question question = {
		.screen = SCREEN_SIGNUP_PARTY,
		.title = TR(model->i18n, arena, "party-title"),
		.blocked = party < 1 || party > grid.count,
		.body_px = options_height(&grid) + grid.note_px,
		.scroll_id = STR("signup-party/list"),
	};
	if (o)
		question.card = (struct head_card){
			"event", say_day_short(model->i18n, arena, o->start.date)};
	struct question_boxes boxes = question_frame(model, ui, &question);
	if (boxes.go_on)
		return (struct action){.kind = ACTION_NEXT_QUESTION};

	struct action action = {.kind = ACTION_NONE};
	bool scrolls = question.body_px > boxes.body.h;
	struct rect at = scrolls ? ui_scroll_begin(ui, question.scroll_id, boxes.body) : boxes.body;
	for (int i = 0; i < grid.count; i++) {
		int row = i / grid.columns, column = i % grid.columns;
		struct rect line = {
			at.x, at.y + row * (grid.cell_px + grid.gap_px), at.w, grid.cell_px};
		if (scrolls && column == 0)
			ui_scroll_item(ui, line.y);
		struct rect cell = rect_column(line, column, grid.columns, grid.gap_px);
		if (draw_option(ui, cell, &grid, i, party == i + 1,
			    say_number(model->i18n, arena, i + 1)))
			action = (struct action){.kind = ACTION_SET_PARTY, .number = i + 1};
	}
	struct rect below = {at.x, at.y + options_height(&grid), at.w, grid.note_px};
	struct rect note = below;
	if (grid.note.len) {
		struct ui_text text = {.text = grid.note, .style = TEXT_BODY};
		rect_take_top(&note, grid.note_px - ui_text_height(ui, note.w, &text));
		ui_text(ui, note, &text);
	}
	if (scrolls)
		ui_scroll_end(ui, below.y + below.h + ui_theme(ui)->m.margin);
	return action;
}
