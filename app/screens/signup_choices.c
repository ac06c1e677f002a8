/* Two questions with a few answers below each other: when may we call, and does somebody walk
 * along. */
#include "screens/frames.h"
#include "screens/question.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "ui/widgets.h"

struct answer {
	struct str id, label;
	const char *icon;
	bool directed, chosen;
};

static struct ui_text answer_text(struct str label)
{
	return (struct ui_text){.text = label, .style = TEXT_STRONG, .middle = true};
}

static int answer_words(struct ui *ui, int width_px)
{
	const struct measures *m = &ui_theme(ui)->m;
	return width_px - 2 * m->padding - m->icon - ui_mm(ui, 3);
}

static int answer_height(struct ui *ui, int width_px, const struct answer *answer)
{
	struct ui_text text = answer_text(answer->label);
	int needed = ui_text_height(ui, answer_words(ui, width_px), &text) + 2 * ui_mm(ui, 2);
	int least = ui_theme(ui)->m.button;
	return needed > least ? needed : least;
}

/* Below each other; four where that is too high stand two by two, if they fit so. */
struct answer_grid {
	size_t columns;
	int height_px;
};

static int cell_width(const struct ui *ui, int width_px, size_t columns)
{
	return (width_px - ((int)columns - 1) * acts_gap(ui)) / (int)columns;
}

/* Of the row that starts with that answer. */
static int row_height(struct ui *ui, int width_px, const struct answer *answers, size_t count,
	size_t first, size_t columns)
{
	int height = 0;
	for (size_t i = first; i < count && i < first + columns; i++) {
		int needed = answer_height(ui, cell_width(ui, width_px, columns), &answers[i]);
		height = needed > height ? needed : height;
	}
	return height;
}

static int answers_height(
	struct ui *ui, int width_px, const struct answer *answers, size_t count, size_t columns)
{
	int height = 0;
	for (size_t i = 0; i < count; i += columns)
		height += row_height(ui, width_px, answers, count, i, columns) + acts_gap(ui);
	return height - acts_gap(ui);
}

static struct answer_grid answer_grid(
	struct ui *ui, int width_px, const struct answer *answers, size_t count, int room_px)
{
	struct answer_grid grid = {1, answers_height(ui, width_px, answers, count, 1)};
	bool fits = count == 4;
	for (size_t i = 0; fits && i < count; i++)
		fits = words_fit(ui, answers[i].label,
			answer_words(ui, cell_width(ui, width_px, 2)), TEXT_STRONG);
	int beside = answers_height(ui, width_px, answers, count, 2);
	if (fits && grid.height_px > room_px && beside <= room_px)
		grid = (struct answer_grid){2, beside};
	return grid;
}

static bool draw_answer(struct ui *ui, struct rect rect, const struct answer *answer)
{
	const struct measures *m = &ui_theme(ui)->m;
	bool touched = ui_option(ui, answer->id, rect, answer->label, answer->chosen);
	struct rect inside = rect_inset(rect, m->padding, 0);
	struct rect mark = rect_take_start(&inside, m->icon);
	mark = rect_center(mark, m->icon, m->icon);
	if (answer->chosen)
		ui_icon(ui, mark, "check_circle", COLOR_GO);
	else if (answer->directed)
		ui_icon_directed(ui, mark, answer->icon, COLOR_INK);
	else
		ui_icon(ui, mark, answer->icon, COLOR_INK);
	rect_take_start(&inside, ui_mm(ui, 3));
	struct ui_text text = answer_text(answer->label);
	ui_text(ui, inside, &text);
	return touched;
}

/* Index of the answer that was touched, or count. */
static size_t draw_answers(struct ui *ui, struct rect body, struct str scroll_id, bool scrolls,
	const struct answer *answers, size_t count, size_t columns)
{
	size_t touched = count;
	struct rect at = scrolls ? ui_scroll_begin(ui, scroll_id, body) : body;
	for (size_t i = 0; i < count; i++) {
		int height = row_height(ui, at.w, answers, count, i - i % columns, columns);
		struct rect row = {at.x, at.y, at.w, height};
		if (scrolls && i % columns == 0)
			ui_scroll_item(ui, row.y);
		if (draw_answer(ui,
			    rect_column(row, (int)(i % columns), (int)columns, acts_gap(ui)),
			    &answers[i]))
			touched = i;
		if (i % columns == columns - 1)
			at.y += row.h + acts_gap(ui);
	}
	if (scrolls)
		ui_scroll_end(ui, at.y - acts_gap(ui) + ui_theme(ui)->m.margin);
	return touched;
}

/* --- when may we call ------------------------------------------------------------------------- */

#define ANY_TIME ((unsigned)MORNING | AFTERNOON | EVENING)

struct action signup_time_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	const struct initiative *initiative = visit_initiative(model);
	unsigned times = model->visit->best_time;
	bool any = times == ANY_TIME;
	const struct answer answers[] = {
		{STR("signup-time/morning"), TR(i18n, arena, "best-time-morning"), "light_mode",
			false, !any && times & MORNING},
		{STR("signup-time/afternoon"), TR(i18n, arena, "best-time-afternoon"),
			"partly_cloudy_day", false, !any && times & AFTERNOON},
		{STR("signup-time/evening"), TR(i18n, arena, "best-time-evening"), "dark_mode",
			false, !any && times & EVENING},
		{STR("signup-time/any"), TR(i18n, arena, "best-time-any"), "schedule", false, any},
	};
	static const unsigned bits[] = {MORNING, AFTERNOON, EVENING};
	size_t count = sizeof(answers) / sizeof(answers[0]);
	struct str title = say_with_name(model, ui, initiative ? signup_reader(initiative) : NULL,
		MESSAGE("introduction-when"), MESSAGE("introduction-when-desk"));
	struct answer_grid grid = answer_grid(
		ui, question_body_width(ui), answers, count, question_body_room(ui, title));
	struct question question = {
		.screen = SCREEN_SIGNUP_TIME,
		.title = title,
		.blocked = times == 0,
		.body_px = grid.height_px,
		.scroll_id = STR("signup-time/list"),
	};
	struct question_boxes boxes = question_frame(model, ui, &question);
	if (boxes.go_on)
		return (struct action){.kind = ACTION_NEXT_QUESTION};
	size_t touched = draw_answers(ui, boxes.body, question.scroll_id,
		question.body_px > boxes.body.h, answers, count, grid.columns);
	if (touched == count)
		return (struct action){.kind = ACTION_NONE};
	unsigned chosen = touched == count - 1 ? ANY_TIME
			  : any                ? bits[touched]
					       : times ^ bits[touched];
	return (struct action){.kind = ACTION_SET_BEST_TIME, .number = chosen};
}

/* --- somebody walks along --------------------------------------------------------------------- */

struct action signup_companion_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	const struct initiative *initiative = visit_initiative(model);
	const struct visit *visit = model->visit;
	const struct occurrence *o = visit_occurrence(model);
	int width = question_body_width(ui);
	const struct answer answers[] = {
		{STR("signup-companion/yes"), TR(model->i18n, arena, "companion-yes"),
			"directions_walk", true,
			visit->companion_answered && visit->wants_companion},
		{STR("signup-companion/no"), TR(model->i18n, arena, "companion-no"), "person",
			false, visit->companion_answered && !visit->wants_companion},
	};
	size_t count = sizeof(answers) / sizeof(answers[0]);
	struct ui_text about = {.text = initiative ? initiative->companion_text : STR(""),
		.style = TEXT_BODY,
		.lang = catalogue_language(model)};
	int words = ui_text_height(ui, width, &about), gap = ui_theme(ui)->m.gap;
	int options = answers_height(ui, width, answers, count, 1);
	struct str title = TR(model->i18n, arena, "companion-title");
	if (words + gap + options > question_body_room(ui, title))
		words = 0; /* the page of the initiative has said it */
	struct question question = {
		.screen = SCREEN_SIGNUP_COMPANION,
		.title = title,
		.blocked = !visit->companion_answered,
		.body_px = options + (words ? words + gap : 0),
		.scroll_id = STR("signup-companion/list"),
	};
	if (o)
		question.card = (struct head_card){
			"event", say_day_short(model->i18n, arena, o->start.date)};
	struct question_boxes boxes = question_frame(model, ui, &question);
	if (boxes.go_on)
		return (struct action){.kind = ACTION_NEXT_QUESTION};
	struct rect body = boxes.body;
	if (words) {
		rect_take_top(&body, ui_text(ui, body, &about));
		rect_take_top(&body, gap);
	}
	size_t touched =
		draw_answers(ui, body, question.scroll_id, options > body.h, answers, count, 1);
	if (touched == count)
		return (struct action){.kind = ACTION_NONE};
	return (struct action){.kind = ACTION_SET_COMPANION, .number = touched == 0};
}
