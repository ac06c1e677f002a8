/* The group is full on that day: the true place in the queue, and three ways on. */
#include "screens/frames.h"
#include "screens/question.h"

#include "i18n/say.h"
#include "ui/widgets.h"

struct act {
	struct str id;
	struct ui_button button;
	struct action action;
};

static size_t full_acts(const struct model *model, struct ui *ui, struct act acts[3])
{
	struct arena *arena = ui_arena(ui);
	const struct initiative *initiative = visit_initiative(model);
	const struct contact *host = initiative ? signup_reader(initiative) : NULL;
	size_t count = 0;
	if (initiative && initiative->registration.waiting_list)
		acts[count++] = (struct act){STR("full/join"),
			{.label = TR(model->i18n, arena, "full-join"),
				.icon = "hourglass_top",
				.go = true},
			{.kind = ACTION_JOIN_WAITING}};
	bool can_wait = count > 0;
	acts[count++] = (struct act){STR("full/other-day"),
		{.label = TR(model->i18n, arena, "full-other-day"),
			.icon = "event",
			.go = !can_wait},
		{.kind = ACTION_GO, .screen = SCREEN_SIGNUP_DATE}};
	if (host)
		acts[count++] = (struct act){STR("full/ask"),
			{.label = TR(model->i18n, arena, "full-ask", {"name", host->name}),
				.icon = "waving_hand"},
			{.kind = ACTION_OPEN_PERSON, .id = host->id}};
	return count;
}

/* Everybody who waits is before you: that is what makes your place true. */
static struct str say_full(const struct model *model, struct ui *ui, const struct occurrence *o)
{
	struct arena *arena = ui_arena(ui);
	const struct seats *seats = occurrence_seats(model, o);
	if (seats->left > 0) /* but fewer than are coming */
		return TR_COUNT(model->i18n, arena, "places-left", "count", seats->left);
	if (!o->schedule->initiative->registration.waiting_list)
		return TR(model->i18n, arena, "places-left-none");
	int waiting = seats->waiting;
	return TR_COUNT(model->i18n, arena, "full-place", "count", waiting,
		{"place", say_number(model->i18n, arena, waiting + 1)});
}

static struct str say_full_title(
	const struct model *model, struct ui *ui, const struct occurrence *o)
{
	struct arena *arena = ui_arena(ui);
	if (o && occurrence_seats(model, o)->left > 0)
		return TR(model->i18n, arena, "full-too-few-title");
	return o && occurrence_is_today(model, o) ? TR(model->i18n, arena, "full-title-today")
						  : TR(model->i18n, arena, "full-title");
}

struct action full_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	const struct occurrence *o = visit_occurrence(model);
	int width = question_body_width(ui), gap = acts_gap(ui);
	struct act acts[3];
	size_t count = full_acts(model, ui, acts);
	struct ui_text words = {.text = o ? say_full(model, ui, o) : STR(""), .style = TEXT_BODY};
	int height = ui_text_height(ui, width, &words) + ui_theme(ui)->m.gap;
	for (size_t i = 0; i < count; i++)
		height += ui_button_height(ui, width, &acts[i].button) + gap;
	height -= gap;
	struct question question = {
		.screen = SCREEN_FULL,
		.title = say_full_title(model, ui, o),
		.without_next = true,
		.body_px = height,
		.scroll_id = STR("full/list"),
	};
	if (o)
		question.card = (struct head_card){
			"event", say_day_short(model->i18n, arena, o->start.date)};
	struct question_boxes boxes = question_frame(model, ui, &question);
	struct rect body = boxes.body;
	bool scrolls = height > body.h;
	struct rect at = scrolls ? ui_scroll_begin_pages(ui, question.scroll_id, body) : body;
	int taken = ui_text(ui, at, &words) + ui_theme(ui)->m.gap;
	at.y += taken;
	at.h -= taken;
	struct action action = {.kind = ACTION_NONE};
	for (size_t i = 0; i < count; i++) {
		struct rect row = {at.x, at.y, at.w, ui_button_height(ui, at.w, &acts[i].button)};
		if (scrolls)
			ui_scroll_item(ui, i == 0 ? row.y - taken : row.y);
		if (ui_button(ui, acts[i].id, row, &acts[i].button))
			action = acts[i].action;
		at.y += row.h + gap;
	}
	if (scrolls)
		ui_scroll_end(ui, at.y - gap + ui_theme(ui)->m.margin);
	return action;
}
