/* "Mijn aanmelding": what a code stands for. A seat, a place on the waiting list, or a question and
 * how far it has come; and the way off the list, which is asked once more. No name is shown, for
 * none is known here. */
#include "screens/frames.h"
#include "screens/question.h"

#include <assert.h>

#include "i18n/say.h"
#include "screens/card.h"
#include "screens/choices.h"
#include "screens/done_parts.h"
#include "ui/widgets.h"

struct mine_state_of_view {
	bool sure; /* "Kom je echt niet?" */
	bool link; /* the link is shown */
};
static_assert(sizeof(struct mine_state_of_view) <= MINE_STATE_BYTES, "the state fits");

/* What the page is about. */
struct page {
	const struct model *model;
	struct ui *ui;
	const struct mine *mine;
	struct mine_state_of_view *view;
	const struct initiative *initiative; /* NULL: gone from the list */
	const struct occurrence *occurrence; /* NULL: over, or gone */
	bool over;
	bool bare; /* only what must be there: the rest has no room */
	struct action action;
};

static const struct occurrence *find_occurrence(const struct model *model, const struct mine *mine)
{
	for (size_t i = 0; !mine->is_question && i < model->upcoming.count; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		if (uuid_equal(o->schedule->id, mine->schedule) &&
			local_time_compare(o->rule_start, mine->rule_start) == 0)
			return o;
	}
	return NULL;
}

static bool is_over(const struct model *model, const struct mine *mine, const struct occurrence *o)
{
	if (mine->is_question || !model->clock_sure)
		return false;
	if (o)
		return local_time_compare(local_time_add_minutes(o->start, o->duration_minutes),
			       model->now) <= 0;
	return date_compare(mine->rule_start.date, model->now.date) < 0;
}

static bool can_leave(const struct page *p)
{
	return !p->over && p->mine->state != MINE_CANCELLED;
}

/* --- what is said ----------------------------------------------------------------------------- */

static struct str say_title(const struct page *p)
{
	struct arena *arena = ui_arena(p->ui);
	struct i18n *i18n = p->model->i18n;
	const struct mine *mine = p->mine;
	if (mine->state == MINE_CANCELLED)
		return mine->is_question ? TR(i18n, arena, "question-taken-back")
					 : TR(i18n, arena, "mine-cancelled");
	if (p->view->sure)
		return mine->is_question ? TR(i18n, arena, "question-take-back-sure")
					 : TR(i18n, arena, "mine-cancel-sure");
	if (mine->is_question)
		return TR(i18n, arena, "question-where");
	if (p->over)
		return TR(i18n, arena, "mine-over");
	if (mine->state == MINE_WAITING)
		return TR(i18n, arena, "mine-waiting",
			{"place", say_number(i18n, arena, mine->place)});
	return TR(i18n, arena, "mine-title");
}

static struct str say_step(const struct page *p, enum mine_step step)
{
	struct arena *arena = ui_arena(p->ui);
	struct i18n *i18n = p->model->i18n;
	bool reached = p->mine->step >= step;
	switch (step) {
	case STEP_RECEIVED:
		break;
	case STEP_TAKEN_ALONG:
		return reached ? TR(i18n, arena, "question-along")
			       : TR(i18n, arena, "question-along-soon");
	case STEP_TAKEN_UP:
		if (!reached)
			return TR(i18n, arena, "question-up-soon");
		return p->mine->by[0]
			       ? TR(i18n, arena, "question-up", {"name", str_from(p->mine->by)})
			       : TR(i18n, arena, "question-up-somebody");
	}
	return TR(i18n, arena, "question-received");
}

/* --- the parts, from top to bottom ------------------------------------------------------------ */

/* A part is measured with draw false, and drawn into the same width with draw true. */

static int put_card(struct page *p, struct rect at, bool draw)
{
	struct ui *ui = p->ui;
	const struct measures *m = &ui_theme(ui)->m;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct list_entry entry = {p->initiative, p->occurrence, p->occurrence->schedule};
	struct card_look look = {.calendar = !compact};
	struct rect leaf = {0};
	if (!compact) {
		leaf = rect_take_start(&at, m->calendar_width);
		rect_take_start(&at, m->gap);
	}
	int height = card_height(ui, at.w, p->model, &entry, &look);
	int leaf_height = compact ? 0 : ui_calendar_height(ui);
	if (draw) {
		at.h = height;
		if (!compact)
			calendar_frame(p->model, ui, leaf, p->occurrence->start.date, false);
		if (card_frame(ui, STR("mine/card"), at, p->model, &entry, &look))
			p->action = (struct action){.kind = ACTION_OPEN_INITIATIVE,
				.id = p->initiative->id,
				.has_occurrence = true,
				.schedule = p->occurrence->schedule->id,
				.rule_start = p->occurrence->rule_start};
	}
	return height > leaf_height ? height : leaf_height;
}

/* In words, where there is no card: the meeting is over or gone, or it is a question. */
static int put_fact(struct page *p, struct rect at, bool draw)
{
	struct arena *arena = ui_arena(p->ui);
	struct ui_fact fact = {.icon = p->mine->is_question ? "waving_hand" : "event",
		.title = p->initiative ? p->initiative->name
				       : TR(p->model->i18n, arena, "mine-gone"),
		.lang = p->initiative ? catalogue_language(p->model) : STR("")};
	if (!p->mine->is_question) {
		fact.body = say_moment(p->model->i18n, arena, p->mine->rule_start);
		fact.body_lang = str_from(p->model->i18n->language->code);
	}
	return draw ? ui_fact(p->ui, at, &fact) : ui_fact_height(p->ui, at.w, &fact);
}

static int put_card_or_fact(struct page *p, struct rect at, bool draw)
{
	return p->occurrence && p->initiative ? put_card(p, at, draw) : put_fact(p, at, draw);
}

static int put_steps(struct page *p, struct rect at, bool draw)
{
	int top = at.y, gap = ui_mm(p->ui, 2);
	for (enum mine_step step = STEP_RECEIVED; step <= STEP_TAKEN_UP; step++) {
		struct ui_fact fact = {
			.icon = p->mine->step >= step ? "check_circle" : "hourglass_top",
			.title = p->mine->step >= step ? say_step(p, step) : STR(""),
			.body = p->mine->step >= step ? STR("") : say_step(p, step)};
		at.y += draw ? ui_fact(p->ui, at, &fact) : ui_fact_height(p->ui, at.w, &fact);
		at.y += gap;
	}
	return at.y - gap - top;
}

static int put_words(struct page *p, struct rect at, struct str words, bool draw)
{
	struct ui_text text = {.text = words, .style = TEXT_BODY};
	int height = ui_text_height(p->ui, at.w, &text);
	if (draw)
		ui_text(p->ui, (struct rect){at.x, at.y, at.w, height}, &text);
	return height;
}

/* *touched is set when it was. */
static int put_button(struct page *p, struct rect at, struct str id, struct ui_button button,
	bool draw, bool *touched)
{
	button = without_broken_words(p->ui, button, at.w);
	at.h = ui_button_height(p->ui, at.w, &button);
	if (draw && ui_button(p->ui, id, at, &button))
		*touched = true;
	return at.h;
}

static int put_sure(struct page *p, struct rect at, bool draw)
{
	struct arena *arena = ui_arena(p->ui);
	struct i18n *i18n = p->model->i18n;
	bool question = p->mine->is_question, yes = false, no = false;
	int top = at.y;
	at.y += put_button(p, at, STR("mine/stay"),
		(struct ui_button){.label = question ? TR(i18n, arena, "question-take-back-no")
						     : TR(i18n, arena, "mine-cancel-no"),
			.icon = "check",
			.go = true},
		draw, &no);
	at.y += acts_gap(p->ui);
	at.y += put_button(p, at, STR("mine/leave"),
		(struct ui_button){.label = question ? TR(i18n, arena, "question-take-back-yes")
						     : TR(i18n, arena, "mine-cancel-yes"),
			.icon = "event_busy"},
		draw, &yes);
	if (yes)
		p->action.kind = ACTION_CANCEL_MINE;
	if (yes || no)
		p->view->sure = false;
	return at.y - top;
}

static int put_acts(struct page *p, struct rect at, bool draw)
{
	struct arena *arena = ui_arena(p->ui);
	struct i18n *i18n = p->model->i18n;
	bool question = p->mine->is_question, link = false, leave = false;
	int top = at.y, gap = acts_gap(p->ui);
	if (p->mine->link[0] && !question && p->mine->state != MINE_CANCELLED) {
		at.y += put_button(p, at, STR("mine/link"),
			(struct ui_button){
				.label = TR(i18n, arena, "mine-qr"), .icon = "qr_code_2"},
			draw, &link);
		at.y += gap;
	}
	if (can_leave(p)) {
		at.y += put_button(p, at, STR("mine/cancel"),
			(struct ui_button){.label = question ? TR(i18n, arena, "question-take-back")
							     : TR(i18n, arena, "mine-cancel"),
				.icon = "event_busy"},
			draw, &leave);
		at.y += gap;
		if (!question && !p->bare)
			at.y += put_words(p, at, TR(i18n, arena, "mine-cancel-help"), draw) + gap;
	}
	p->view->link = p->view->link || link;
	p->view->sure = p->view->sure || leave;
	return at.y > top ? at.y - gap - top : 0;
}

/* Everything below each other; returns the height. */
static int put_all(struct page *p, struct rect at, bool draw)
{
	struct arena *arena = ui_arena(p->ui);
	int top = at.y, gap = ui_theme(p->ui)->m.gap;
	bool sure = p->view->sure && can_leave(p);
	at.y += put_card_or_fact(p, at, draw) + gap;
	if (p->mine->is_question && p->mine->state != MINE_CANCELLED && !sure)
		at.y += put_steps(p, at, draw) + gap;
	if (p->mine->party > 1 && !p->bare && p->mine->state != MINE_CANCELLED && !sure)
		at.y += put_words(p, at,
				TR_COUNT(p->model->i18n, arena, "mine-party", "count",
					p->mine->party),
				draw) +
			gap;
	at.y += sure ? put_sure(p, at, draw) : put_acts(p, at, draw);
	return at.y - top;
}

/* --- the page --------------------------------------------------------------------------------- */

/* The link of the page again: the one with the token was the visitor's alone. */
static void draw_link(struct page *p, struct rect room)
{
	struct arena *arena = ui_arena(p->ui);
	struct slip slip = {.id = STR("mine/qr"),
		.payload = str_from(p->mine->link),
		.level = 'M',
		.caption = TR(p->model->i18n, arena, "done-scan"),
		.icon = "photo_camera"};
	rect_take_bottom(&room, ui_theme(p->ui)->m.margin);
	slip_frame(p->ui, room, &slip, true);
}

/* Where all of it has no room, words give way first; then it scrolls, with page buttons.
 */
static void draw_parts(struct page *p, const struct frame_boxes *boxes)
{
	struct ui *ui = p->ui;
	const struct measures *m = &ui_theme(ui)->m;
	struct str list = STR("mine/list");
	struct rect body = boxes->right;
	int room = body.h - (boxes->upright ? 0 : m->margin);
	p->bare = put_all(p, body, false) > room;
	int needed = put_all(p, body, false);
	if (needed <= room) {
		if (boxes->upright) { /* where hands reach */
			struct rect above = body;
			body = rect_take_bottom(&above, needed);
			rect_take_bottom(&above, m->gap);
			upright_picture_frame(ui, above, STR("tegel-code.svg"));
		}
		put_all(p, body, true);
		return;
	}
	struct rect pages = boxes->head_rest;
	if (pages.h < m->target + m->gap) { /* no room below the title */
		pages = body;
		rect_take_bottom(&pages, boxes->upright ? 0 : m->gap);
		rect_take_bottom(&body, m->target + 2 * m->gap);
	}
	page_pair_frame(p->model, ui, list, rect_take_bottom(&pages, m->target));
	struct rect at = ui_scroll_begin_pages(ui, list, body);
	ui_scroll_item(ui, at.y);
	ui_scroll_item(ui, at.y + put_card_or_fact(p, at, false) + m->gap);
	int taken = put_all(p, at, true);
	ui_scroll_end(ui, at.y + taken + m->margin);
}

static struct action draw_page(struct page *p)
{
	struct ui *ui = p->ui;
	struct arena *arena = ui_arena(ui);
	bool named = p->mine->state != MINE_CANCELLED && !p->view->sure && !p->over;
	struct screen_head head = {.section = COLOR_PLUM,
		.title = say_title(p),
		.subtitle = named ? TR(p->model->i18n, arena, "mine-no-name") : STR("")};
	int width = head_width(ui);
	bool back = p->view->link;
	struct ui_button finish = fit_button(ui, width,
		(struct ui_button){.label = back ? TR(p->model->i18n, arena, "mine-link-close")
						 : TR(p->model->i18n, arena, "done-wipe"),
			.icon = back ? "check" : "delete_sweep",
			.go = !p->view->sure,
			.centered = true});
	struct frame_boxes boxes = screen_frame(ui, &head, ui_button_height(ui, width, &finish));
	if (p->view->link)
		draw_link(p, boxes.right);
	else
		draw_parts(p, &boxes);
	if (ui_button(ui, STR("mine/finish"), boxes.acts, &finish)) {
		if (back)
			p->view->link = false;
		else
			p->action.kind = ACTION_FINISH;
	}
	return p->action;
}

struct action mine_frame(void *state, const struct model *model, struct ui *ui)
{
	const struct mine *mine = &model->visit->mine;
	struct page page = {.model = model,
		.ui = ui,
		.mine = mine,
		.view = state,
		.occurrence = find_occurrence(model, mine),
		.initiative = model->catalogue
				      ? catalogue_initiative(model->catalogue, mine->initiative)
				      : NULL};
	page.over = is_over(model, mine, page.occurrence);
	return draw_page(&page);
}
