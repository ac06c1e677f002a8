/* "Welke dag kom je?": at most four days as leaves of the calendar, with what is left on each. Full
 * days with a waiting list come last; cancelled ones are not offered. */
#include <assert.h>

#include "screens/frames.h"
#include "screens/question.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "ui/widgets.h"

struct day_words {
	struct str when, places, time;
};

static struct str say_day_when(
	const struct model *model, struct arena *arena, const struct occurrence *o, bool full)
{
	if (!model->clock_sure)
		return say_day_start(model->i18n, arena, o->start.date);
	if (full && occurrence_is_today(model, o))
		return TR(model->i18n, arena, "date-today-full");
	return say_when(model->i18n, arena, o->start.date, model->now.date);
}

static struct day_words words_of(
	const struct model *model, struct arena *arena, const struct occurrence *o, bool with_time)
{
	int left = occurrence_seats(model, o)->left;
	struct day_words words = {.when = say_day_when(model, arena, o, left == 0)};
	if (left == 0)
		words.places = TR(model->i18n, arena, "date-waiting");
	else if (left > 0)
		words.places = TR_COUNT(model->i18n, arena, "places-left", "count", left);
	if (with_time)
		words.time = say_time_hour(model->i18n, arena, o->start.hour, o->start.minute);
	return words;
}

static struct ui_text when_text(struct str text)
{
	return (struct ui_text){.text = text, .style = TEXT_STRONG};
}

static struct ui_text body_text(struct str text)
{
	return (struct ui_text){.text = text, .style = TEXT_BODY};
}

struct day_grid {
	int columns, cell_px, gap_px, pad_px, between_px;
	size_t count;
	const struct occurrence *days[MOST_DAYS];
	struct day_words words[MOST_DAYS];
};

static int words_room(struct ui *ui, const struct day_grid *grid, int width_px)
{
	int cell = (width_px - (grid->columns - 1) * grid->gap_px) / grid->columns;
	return cell - 2 * grid->pad_px - ui_theme(ui)->m.calendar_width - grid->between_px;
}

static bool all_words_fit(struct ui *ui, const struct day_grid *grid, int room_px)
{
	for (size_t i = 0; i < grid->count; i++) {
		const struct day_words *words = &grid->words[i];
		if (!words_fit(ui, words->when, room_px, TEXT_STRONG) ||
			!words_fit(ui, words->places, room_px, TEXT_BODY))
			return false;
	}
	return true;
}

static int words_height(struct ui *ui, const struct day_words *words, int room_px)
{
	struct ui_text when = when_text(words->when), time = body_text(words->time),
		       places = body_text(words->places);
	return ui_text_height(ui, room_px, &when) + ui_text_height(ui, room_px, &time) +
	       ui_text_height(ui, room_px, &places);
}

static struct day_grid day_grid(const struct model *model, struct ui *ui, int width_px)
{
	const struct initiative *initiative = visit_initiative(model);
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct day_grid grid = {.columns = 2,
		.gap_px = acts_gap(ui),
		.pad_px = ui_mm(ui, compact ? 2 : 4),
		.between_px = ui_mm(ui, compact ? 2.4 : 4)};
	grid.count = initiative ? signup_days(model, initiative, grid.days) : 0;
	bool times_differ = false;
	for (size_t i = 1; i < grid.count; i++)
		times_differ |= grid.days[i]->start.hour != grid.days[0]->start.hour ||
				grid.days[i]->start.minute != grid.days[0]->start.minute;
	for (size_t i = 0; i < grid.count; i++)
		grid.words[i] = words_of(model, ui_arena(ui), grid.days[i], times_differ);
	if (grid.count < 2 || !all_words_fit(ui, &grid, words_room(ui, &grid, width_px)))
		grid.columns = 1;
	int room = words_room(ui, &grid, width_px);
	grid.cell_px = ui_calendar_height(ui);
	for (size_t i = 0; i < grid.count; i++) {
		int height = words_height(ui, &grid.words[i], room);
		grid.cell_px = height > grid.cell_px ? height : grid.cell_px;
	}
	grid.cell_px += 2 * ui_mm(ui, compact ? 1.6 : 2.6);
	return grid;
}

static int grid_height(const struct day_grid *grid)
{
	int rows = ((int)grid->count + grid->columns - 1) / grid->columns;
	return rows ? rows * (grid->cell_px + grid->gap_px) - grid->gap_px : 0;
}

static bool draw_day(const struct model *model, struct ui *ui, struct rect cell,
	const struct day_grid *grid, size_t i)
{
	const struct occurrence *o = grid->days[i];
	assert(o);
	const struct day_words *words = &grid->words[i];
	struct arena *arena = ui_arena(ui);
	struct str label = str_format(arena, "%.*s. %.*s. %.*s",
		STR_ARG(say_moment(model->i18n, arena, o->start)), STR_ARG(words->when),
		STR_ARG(words->places));
	bool touched = ui_option(
		ui, ui_id(ui, "signup-date/day", i), cell, label, visit_occurrence(model) == o);
	struct rect inside = rect_inset(cell, grid->pad_px, 0);
	struct rect leaf = rect_take_start(&inside, ui_theme(ui)->m.calendar_width);
	leaf = rect_center(leaf, leaf.w, ui_calendar_height(ui));
	calendar_frame(model, ui, leaf, o->start.date, false);
	rect_take_start(&inside, grid->between_px);
	inside = rect_center(inside, inside.w, words_height(ui, words, inside.w));
	struct ui_text when = when_text(words->when), time = body_text(words->time),
		       places = body_text(words->places);
	rect_take_top(&inside, ui_text(ui, inside, &when));
	rect_take_top(&inside, ui_text(ui, inside, &time));
	ui_text(ui, inside, &places);
	return touched;
}

static struct action set_day(const struct occurrence *o)
{
	return (struct action){.kind = ACTION_SET_OCCURRENCE,
		.has_occurrence = true,
		.schedule = o->schedule->id,
		.rule_start = o->rule_start};
}

static struct action draw_days(
	const struct model *model, struct ui *ui, struct rect body, const struct day_grid *grid)
{
	struct action action = {.kind = ACTION_NONE};
	bool scrolls = grid_height(grid) > body.h;
	struct rect at = scrolls ? ui_scroll_begin(ui, STR("signup-date/list"), body) : body;
	for (size_t i = 0; i < grid->count; i++) {
		int row = (int)i / grid->columns, column = (int)i % grid->columns;
		struct rect line = {
			at.x, at.y + row * (grid->cell_px + grid->gap_px), at.w, grid->cell_px};
		if (scrolls && column == 0)
			ui_scroll_item(ui, line.y);
		struct rect cell = rect_column(line, column, grid->columns, grid->gap_px);
		if (draw_day(model, ui, cell, grid, i))
			action = set_day(grid->days[i]);
	}
	if (scrolls)
		ui_scroll_end(ui, at.y + grid_height(grid) + ui_theme(ui)->m.margin);
	return action;
}

/* No day to choose: the group rests, and the desk knows more. */
static int no_days_frame(const struct model *model, struct ui *ui, struct rect rect, bool draw)
{
	struct arena *arena = ui_arena(ui);
	struct ui_fact fact = {.icon = "event_busy",
		.title = TR(model->i18n, arena, "detail-rests"),
		.body = TR(model->i18n, arena, "detail-ask-when")};
	return draw ? ui_fact(ui, rect, &fact) : ui_fact_height(ui, rect.w, &fact);
}

struct action signup_date_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	int width = question_body_width(ui);
	struct day_grid grid = day_grid(model, ui, width);
	const struct occurrence *chosen = visit_occurrence(model);
	struct question question = {
		.screen = SCREEN_SIGNUP_DATE,
		.title = TR(model->i18n, arena, "date-title"),
		.blocked = !chosen,
		.body_px = grid.count
				   ? grid_height(&grid)
				   : no_days_frame(model, ui, (struct rect){0, 0, width, 0}, false),
		.scroll_id = STR("signup-date/list"),
	};
	const struct occurrence *first = chosen ? chosen : grid.count ? grid.days[0] : NULL;
	if (first)
		question.card = (struct head_card){"schedule",
			say_time_hour(model->i18n, arena, first->start.hour, first->start.minute)};
	struct question_boxes boxes = question_frame(model, ui, &question);
	if (boxes.go_on)
		return (struct action){.kind = ACTION_NEXT_QUESTION};
	if (grid.count == 0) {
		no_days_frame(model, ui, boxes.body, true);
		return (struct action){.kind = ACTION_NONE};
	}
	return draw_days(model, ui, boxes.body, &grid);
}
