/* What a stick brings and takes, as three lines of what was done and is being done, with numbers
 * and a bar (visual/visual-design.md, "progress"). Small panels and large letters keep the line
 * that is going on; the bar and the numbers stay. */
#include "screens/exchange.h"

#include "screens/frames.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "ui/widgets.h"

#define PICTURE STR("tegel-stick.svg")
#define STEPS 3
#define NOTICE_LEAST_MM 24 /* what else the sill may have to tell */

struct step {
	struct str words, value;
	bool done, now;
	int height_px;
};

static bool is_compact(const struct ui *ui)
{
	return ui_theme(ui)->panel.class == PANEL_COMPACT;
}

struct str say_stick_failure(const struct model *model, struct ui *ui, enum stick_outcome outcome)
{
	static const char *const ids[STICK_OUTCOME_COUNT] = {
		[STICK_PULLED] = MESSAGE("stick-too-early"),
		[STICK_FULL] = MESSAGE("stick-full"),
		[STICK_READ_ONLY] = MESSAGE("stick-read-only"),
		[STICK_UNFIT] = MESSAGE("stick-unfit"),
		[STICK_FAILED] = MESSAGE("stick-failed-2"),
	};
	return ids[outcome] ? tr(model->i18n, ui_arena(ui), ids[outcome], NULL, 0) : STR("");
}

static bool failed(const struct model *model)
{
	return model->exchange.stage == EXCHANGE_OVER && model->exchange.outcome != STICK_DONE;
}

/* --- how far it is ---------------------------------------------------------------------------- */

/* "7 / 12" */
static struct str say_given(const struct model *model, struct ui *ui)
{
	const struct exchange_view *view = &model->exchange;
	struct str given = say_number(model->i18n, ui_arena(ui), view->given);
	if (view->stage < EXCHANGE_GIVE)
		return STR("");
	if (view->stage == EXCHANGE_OVER || view->to_give == 0)
		return given;
	return TR(model->i18n, ui_arena(ui), "stick-given-of", {"count", given},
		{"total", say_number(model->i18n, ui_arena(ui), view->to_give)});
}

static void fill_steps(const struct model *model, struct ui *ui, struct step steps[STEPS])
{
	const struct exchange_view *view = &model->exchange;
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	steps[0] = (struct step){.words = TR(i18n, arena, "stick-step-1"),
		.value = view->stage > EXCHANGE_CHECK ? TR(i18n, arena, "stick-ok") : STR("")};
	steps[1] = (struct step){.words = TR(i18n, arena, "stick-step-2"),
		.value = view->stage >= EXCHANGE_TAKE ? say_number(i18n, arena, view->taken)
						      : STR("")};
	steps[2] = (struct step){
		.words = TR(i18n, arena, "stick-step-3"), .value = say_given(model, ui)};
	for (int i = 0; i < STEPS; i++) {
		steps[i].done = (int)view->stage > EXCHANGE_CHECK + i;
		steps[i].now = (int)view->stage == EXCHANGE_CHECK + i;
	}
}

/* Of the whole way: looking takes a little of it, each direction about half. */
static double share_done(const struct exchange_view *view)
{
	switch (view->stage) {
	case EXCHANGE_CHECK:
		return 0.05;
	case EXCHANGE_TAKE:
		return 0.25;
	case EXCHANGE_GIVE:
		return view->to_give > view->given
			       ? 0.5 + 0.4 * (double)view->given / (double)view->to_give
			       : 0.9;
	default:
		return 1;
	}
}

static void bar(const struct model *model, struct ui *ui, struct rect rect, struct str spoken)
{
	int radius = rect.h / 2, width = (int)(rect.w * share_done(&model->exchange));
	ui_box(ui, rect,
		&(struct ui_box){.fill = COLOR_SAND,
			.edged = true,
			.edge = COLOR_LINE,
			.radius_px = radius});
	struct rect part = rect;
	ui_box(ui, rect_take_start(&part, width > rect.h ? width : rect.h),
		&(struct ui_box){.fill = COLOR_GO, .radius_px = radius});
	ui_region(ui, STR("exchange/bar"), ROLE_PROGRESSBAR, rect, spoken);
}

/* --- the picture ------------------------------------------------------------------------------ */

static struct ui_text value_text(const struct step *step)
{
	return (struct ui_text){
		.text = step->value, .style = TEXT_STRONG, .align = ALIGN_END, .middle = true};
}

/* Of the words, beside the icon and the value. */
static int words_width(struct ui *ui, const struct step *step, int width_px)
{
	struct ui_text value = value_text(step);
	int gap = ui_theme(ui)->m.gap;
	return width_px - ui_theme(ui)->m.icon_bar - ui_text_width(ui, &value) - 2 * gap;
}

static int step_height(struct ui *ui, const struct step *step, int width_px)
{
	struct ui_text words = {.text = step->words, .style = TEXT_BODY};
	int height = ui_text_height(ui, words_width(ui, step, width_px), &words);
	int icon = ui_theme(ui)->m.icon_bar;
	return (height > icon ? height : icon) + 2 * ui_mm(ui, is_compact(ui) ? 1 : 2.5);
}

static void draw_step(struct ui *ui, struct rect row, const struct step *step)
{
	int icon = ui_theme(ui)->m.icon_bar, gap = ui_theme(ui)->m.gap;
	int words_px = words_width(ui, step, row.w);
	struct rect mark = rect_take_start(&row, icon);
	if (step->done)
		ui_icon(ui, rect_center(mark, icon, icon), "check_circle", COLOR_GO);
	else if (step->now)
		ui_icon(ui, rect_center(mark, icon, icon), "sync", COLOR_INK);
	rect_take_start(&row, gap);
	ui_text(ui, rect_take_start(&row, words_px),
		&(struct ui_text){.text = step->words,
			.style = TEXT_BODY,
			.color = step->done || step->now ? COLOR_INK : COLOR_SOFT,
			.middle = true});
	struct ui_text value = value_text(step);
	ui_text(ui, row, &value);
}

struct card {
	struct step steps[STEPS];
	struct str failure;
	int pad_px, bar_px, height_px;
	bool only_now; /* there is no room for what is done */
};

static bool is_drawn(const struct card *card, int i)
{
	if (!card->only_now)
		return true;
	return card->steps[i].now || (i == STEPS - 1 && card->steps[i].done);
}

static void measure(struct ui *ui, struct card *card, int width_px)
{
	int room = width_px - 2 * card->pad_px;
	card->height_px = 2 * card->pad_px;
	if (card->failure.len) {
		struct ui_text words = {.text = card->failure, .style = TEXT_STRONG};
		card->height_px += ui_text_height(ui, room, &words);
		return;
	}
	for (int i = 0; i < STEPS; i++) {
		card->steps[i].height_px = step_height(ui, &card->steps[i], room);
		if (is_drawn(card, i))
			card->height_px += card->steps[i].height_px;
	}
	card->height_px += card->pad_px / 2 + card->bar_px;
}

static struct card card_of(const struct model *model, struct ui *ui, int width_px, int most_px)
{
	struct card card = {
		.failure = failed(model) ? say_stick_failure(model, ui, model->exchange.outcome)
					 : STR(""),
		.pad_px = ui_mm(ui, is_compact(ui) ? 2.5 : 6),
		.bar_px = ui_mm(ui, is_compact(ui) ? 3 : 5)};
	fill_steps(model, ui, card.steps);
	measure(ui, &card, width_px);
	if (card.height_px > most_px) {
		card.only_now = true;
		measure(ui, &card, width_px);
	}
	return card;
}

static void draw_steps(
	const struct model *model, struct ui *ui, struct rect inside, const struct card *card)
{
	for (int i = 0; i < STEPS; i++) {
		if (!is_drawn(card, i))
			continue;
		struct rect row = rect_take_top(&inside, card->steps[i].height_px);
		draw_step(ui, row, &card->steps[i]);
		if (card->only_now)
			continue;
		struct rect line = rect_take_bottom(&row, ui_mm(ui, 0.5));
		ui_box(ui, line, &(struct ui_box){.fill = COLOR_SAND});
	}
	rect_take_top(&inside, card->pad_px / 2);
	bar(model, ui, rect_take_top(&inside, card->bar_px), say_given(model, ui));
}

static void draw_card(
	const struct model *model, struct ui *ui, struct rect rect, const struct card *card)
{
	ui_box(ui, rect,
		&(struct ui_box){.fill = COLOR_WHITE,
			.radius_px = ui_theme(ui)->m.radius_card,
			.shadow = true});
	struct rect inside = rect_inset(rect, card->pad_px, card->pad_px);
	if (card->failure.len)
		ui_text(ui, inside, &(struct ui_text){.text = card->failure, .style = TEXT_STRONG});
	else
		draw_steps(model, ui, inside, card);
}

/* Below the card, where there is room. */
static void draw_promise(const struct model *model, struct ui *ui, struct rect rect)
{
	int icon = ui_theme(ui)->m.icon_bar;
	struct ui_text words = {
		.text = TR(model->i18n, ui_arena(ui), "stick-sealed"), .style = TEXT_BODY};
	rect_take_top(&rect, ui_theme(ui)->m.gap);
	struct rect mark = rect_take_start(&rect, icon);
	rect_take_start(&rect, ui_theme(ui)->m.gap);
	int height = ui_text_height(ui, rect.w, &words);
	if (failed(model) || height > rect.h || icon > rect.h)
		return;
	mark.h = height > icon ? height : icon;
	ui_icon(ui, rect_center(mark, icon, icon), "lock", COLOR_INK);
	ui_text(ui, rect, &words);
}

static struct str say_title(const struct model *model, struct ui *ui)
{
	struct arena *arena = ui_arena(ui);
	if (model->exchange.stage != EXCHANGE_OVER)
		return TR(model->i18n, arena, "stick-title");
	return failed(model) ? TR(model->i18n, arena, "stick-failed")
			     : TR(model->i18n, arena, "stick-done");
}

static void draw_body(const struct model *model, struct ui *ui, const struct frame_boxes *boxes)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct rect body = boxes->right;
	rect_take_bottom(&body, m->margin);
	struct card card = card_of(model, ui, body.w, body.h);
	if (boxes->upright) {
		struct rect above = body;
		body = rect_take_bottom(&above, card.height_px + ui_mm(ui, 60));
		rect_take_bottom(&above, m->gap);
		upright_picture_frame(ui, above, PICTURE);
	}
	draw_card(model, ui, rect_take_top(&body, card.height_px), &card);
	draw_promise(model, ui, body);
}

struct action exchange_picture_frame(const struct model *model, struct ui *ui, bool can_leave)
{
	bool over = model->exchange.stage == EXCHANGE_OVER;
	struct screen_head head = {
		.section = COLOR_SAND, .title = say_title(model, ui), .picture = PICTURE};
	struct ui_button leave = {.label = over ? TR(model->i18n, ui_arena(ui), "stick-ok")
						: TR(model->i18n, ui_arena(ui), "form-next"),
		.icon = over ? "check" : NULL,
		.go = over,
		.centered = !over};
	bool upright = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	int left = ui_theme(ui)->m.left - 2 * ui_theme(ui)->m.margin;
	int height = ui_button_height(
		ui, upright ? ui_panel_rect(ui).w - 2 * ui_theme(ui)->m.margin : left, &leave);
	struct frame_boxes boxes = screen_frame(ui, &head, can_leave ? height : 0);
	draw_body(model, ui, &boxes);
	struct str id = over ? STR("round/ok") : STR("round/on");
	bool left_it = can_leave && ui_button(ui, id, boxes.acts, &leave);
	return (struct action){.kind = left_it ? ACTION_LEAVE_ROUND : ACTION_NONE};
}

struct action round_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	return exchange_picture_frame(model, ui, true);
}

/* --- the mark on the sill --------------------------------------------------------------------- */

static const char *mark_icon(const struct model *model)
{
	if (model->exchange.stage != EXCHANGE_OVER)
		return "usb";
	return failed(model) ? "error" : "check_circle";
}

/* The whole sentence, or few words for where it does not fit. */
static struct str say_mark(const struct model *model, struct ui *ui, bool in_short)
{
	struct arena *arena = ui_arena(ui);
	if (!in_short)
		return failed(model) ? say_stick_failure(model, ui, model->exchange.outcome)
				     : say_title(model, ui);
	if (model->exchange.stage != EXCHANGE_OVER)
		return TR(model->i18n, arena, "stick-busy-short");
	if (model->exchange.outcome == STICK_PULLED)
		return TR(model->i18n, arena, "stick-pulled-short");
	return failed(model) ? TR(model->i18n, arena, "stick-failed-short")
			     : TR(model->i18n, arena, "stick-done-short");
}

struct mark {
	struct ui_text words; /* empty: the picture says it, and the ear is told */
	int icon_px, pad_px, words_px, bar_px, width_px, height_px;
};

/* At most two lines, at most as wide as that. */
static bool words_fit_mark(struct ui *ui, struct mark *mark, struct str words, struct rect most)
{
	int beside = mark->icon_px + 3 * mark->pad_px, room = most.w - beside;
	mark->words = (struct ui_text){.text = words, .style = TEXT_BAR};
	int one = ui_text_width(ui, &mark->words);
	mark->words_px = one < room ? one : room;
	if (room < mark->icon_px || !words_fit(ui, words, mark->words_px, TEXT_BAR))
		return false;
	int height = ui_text_height(ui, mark->words_px, &mark->words) + mark->pad_px;
	if (mark->bar_px)
		height += mark->bar_px + mark->pad_px / 2;
	mark->width_px = beside + mark->words_px;
	mark->height_px = height;
	return height <= most.h;
}

static struct mark mark_of(const struct model *model, struct ui *ui, struct rect most)
{
	bool over = model->exchange.stage == EXCHANGE_OVER;
	bool compact = is_compact(ui);
	struct mark mark = {.icon_px = ui_mm(ui, compact ? 5 : 6),
		.pad_px = ui_mm(ui, compact ? 1 : 1.6),
		.bar_px = over || compact ? 0 : ui_mm(ui, 2.4)};
	if (words_fit_mark(ui, &mark, say_mark(model, ui, false), most) ||
		words_fit_mark(ui, &mark, say_mark(model, ui, true), most))
		return mark;
	mark.bar_px = over ? 0 : ui_mm(ui, compact ? 1.4 : 2.4);
	mark.words.text = STR("");
	mark.words_px = 0;
	mark.width_px = mark.icon_px * 2;
	mark.height_px = mark.icon_px + mark.bar_px + 2 * mark.pad_px;
	return mark;
}

static void draw_mark(
	const struct model *model, struct ui *ui, struct rect box, const struct mark *mark)
{
	struct rect inside = rect_inset(box, mark->pad_px, mark->pad_px / 2);
	struct str spoken = say_mark(model, ui, false);
	bool silent = mark->words.text.len == 0;
	struct rect icon = silent ? inside : rect_take_start(&inside, mark->icon_px);
	if (!silent)
		rect_take_start(&inside, mark->pad_px);
	if (mark->bar_px) {
		struct rect *below = silent ? &icon : &inside;
		bar(model, ui, rect_take_bottom(below, mark->bar_px), spoken);
		rect_take_bottom(below, mark->pad_px / 2);
	}
	ui_icon(ui, rect_center(icon, mark->icon_px, mark->icon_px), mark_icon(model), COLOR_INK);
	struct ui_text words = mark->words;
	words.middle = true;
	if (!silent)
		ui_text(ui, inside, &words);
	ui_region(ui, STR("exchange/mark"), ROLE_STATUS, box, spoken);
}

struct rect exchange_mark_frame(const struct model *model, struct ui *ui, struct rect rect)
{
	if (model->exchange.stage == EXCHANGE_NONE || !model->exchange.in_sill)
		return rect;
	int gap = ui_mm(ui, is_compact(ui) ? 0.5 : 1);
	struct rect most = rect_inset(rect, gap, 0);
	struct mark mark = mark_of(model, ui, most);
	struct rect place = rect_take_end(&rect, mark.width_px + 2 * gap);
	if (rect.w < ui_mm(ui, NOTICE_LEAST_MM)) { /* nothing else has room: in the middle */
		place = most;
		rect.w = 0;
	}
	struct rect box = rect_center(place, mark.width_px, mark.height_px);
	ui_box(ui, box,
		&(struct ui_box){.fill = failed(model) ? COLOR_ROSE : COLOR_SAGE,
			.radius_px = ui_theme(ui)->m.radius_small});
	draw_mark(model, ui, box, &mark);
	return rect;
}
