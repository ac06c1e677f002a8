/* The stick, for the host: what can be done with the one that is in, that it must stay in while it
 * is being done, and how it went. One page with a sentence and buttons; the kiosk tells in
 * model->stick which of them apply. */
#include "screens/frames.h"

#include <assert.h>

#include "i18n/say.h"
#include "screens/choices.h"
#include "screens/exchange.h"
#include "ui/widgets.h"

#define PICTURE STR("tegel-stick.svg")
#define MOST_BUTTONS 5 /* news or joining, to call here, to take along, back-up, restore */

struct stick_state {
	bool asking; /* whether to restore */
};
static_assert(sizeof(struct stick_state) <= STICK_STATE_BYTES, "the state fits");

enum answer { ANSWER_NONE, ANSWER_ASK, ANSWER_NO };

struct option {
	struct str id;
	struct ui_button button;
	struct action action;
	enum answer answer;
};

struct page {
	struct str title, words, more;
	struct option options[MOST_BUTTONS];
	size_t count;
};

static void add_answer(
	struct page *page, struct str id, const char *icon, struct str label, enum answer answer)
{
	assert(page->count < MOST_BUTTONS);
	page->options[page->count++] = (struct option){
		.id = id, .button = {.label = label, .icon = icon}, .answer = answer};
}

static void add_option(
	struct page *page, struct str id, const char *icon, struct str label, enum stick_wish wish)
{
	assert(page->count < MOST_BUTTONS);
	page->options[page->count++] = (struct option){.id = id,
		.button = {.label = label, .icon = icon},
		.action = {.kind = ACTION_USE_STICK, .number = wish}};
}

/* --- what is said ----------------------------------------------------------------------------- */

static struct page page_without(const struct model *model, struct ui *ui)
{
	struct arena *arena = ui_arena(ui);
	return (struct page){.title = TR(model->i18n, arena, "team-stick"),
		.words = TR(model->i18n, arena, "stick-none"),
		.more = TR(model->i18n, arena, "stick-none-2")};
}

static struct page page_choices(const struct model *model, struct ui *ui)
{
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	const struct stick_view *stick = &model->stick;
	struct page page = {.title = TR(i18n, arena, "stick-what")};
	if (stick->belongs)
		add_option(&page, STR("stick/exchange"), "sync", TR(i18n, arena, "stick-exchange"),
			STICK_EXCHANGE);
	else if (stick->has_invitation)
		add_option(&page, STR("stick/join"), "diversity_3", TR(i18n, arena, "stick-join"),
			STICK_JOIN);
	if (stick->sign_ups > 0) {
		page.words = TR_COUNT(i18n, arena, "stick-to-call", "count", stick->sign_ups);
		page.more = TR(i18n, arena, "stick-sealed");
		add_option(&page, STR("stick/take-along"), "call",
			TR(i18n, arena, "stick-take-along"), STICK_TAKE_ALONG);
		page.options[page.count - 1].button.go = true;
	} else {
		page.words = TR(i18n, arena, "stick-nobody-to-call");
	}
	if (stick->has_keys && stick->sign_ups > 0) {
		add_option(&page, STR("stick/read"), "lock", TR(i18n, arena, "stick-read-calls"),
			STICK_NOTHING);
		page.options[page.count - 1].action =
			(struct action){.kind = ACTION_GO, .screen = SCREEN_CALL_KEY};
	}
	add_option(&page, STR("stick/back-up"), "usb", TR(i18n, arena, "stick-back-up"),
		STICK_BACK_UP);
	if (stick->has_back_up)
		add_answer(&page, STR("stick/restore"), "sync", TR(i18n, arena, "stick-restore"),
			ANSWER_ASK);
	return page;
}

static struct page page_asking(const struct model *model, struct ui *ui)
{
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	struct page page = {.title = TR(i18n, arena, "stick-restore-title"),
		.words = TR(i18n, arena, "stick-restore-sure"),
		.more = TR(i18n, arena, "stick-restore-sure-2")};
	add_answer(&page, STR("stick/no"), "close", TR(i18n, arena, "stick-restore-no"), ANSWER_NO);
	add_option(&page, STR("stick/yes"), "sync", TR(i18n, arena, "stick-restore-yes"),
		STICK_RESTORE);
	return page;
}

static struct page page_busy(const struct model *model, struct ui *ui)
{
	struct arena *arena = ui_arena(ui);
	return (struct page){.title = TR(model->i18n, arena, "stick-title"),
		.words = TR(model->i18n, arena, "stick-wait")};
}

static struct str say_done(const struct model *model, struct ui *ui)
{
	struct arena *arena = ui_arena(ui);
	switch (model->stick.wish) {
	case STICK_TAKE_ALONG:
		return TR(model->i18n, arena, "stick-took-along");
	case STICK_BACK_UP:
		return TR(model->i18n, arena, "stick-backed-up");
	case STICK_RESTORE:
		return TR(model->i18n, arena, "stick-restored");
	case STICK_EXCHANGE:
		return model->stick.news == 0 ? TR(model->i18n, arena, "stick-no-news")
					      : TR_COUNT(model->i18n, arena, "stick-news", "count",
							(int64_t)model->stick.news);
	case STICK_JOIN:
		return tr(model->i18n, arena, MESSAGE("stick-joined"),
			&(struct i18n_arg){"name", model->stick.organisation}, 1);
	case STICK_NOTHING:
		break;
	}
	return STR("");
}

static struct page page_after(const struct model *model, struct ui *ui)
{
	struct arena *arena = ui_arena(ui);
	bool done = model->stick.outcome == STICK_DONE;
	struct page page = {.title = done ? TR(model->i18n, arena, "stick-done")
					  : TR(model->i18n, arena, "stick-failed"),
		.words = done ? say_done(model, ui)
			      : say_stick_failure(model, ui, model->stick.outcome)};
	if (done && model->stick.wish == STICK_TAKE_ALONG)
		page.more = TR(model->i18n, arena, "stick-took-along-2");
	if (done && model->stick.wish == STICK_BACK_UP)
		page.more = TR(model->i18n, arena, "stick-backed-up-2");
	if (done && model->stick.wish == STICK_RESTORE)
		page.more = TR(model->i18n, arena, "stick-restored-2");
	add_option(
		&page, STR("stick/ok"), "check", TR(model->i18n, arena, "stick-ok"), STICK_NOTHING);
	page.options[0].button.go = true;
	return page;
}

static struct page page_of(
	const struct model *model, struct ui *ui, const struct stick_state *state)
{
	if (state->asking)
		return page_asking(model, ui);
	switch (model->stick.outcome) {
	case STICK_QUIET:
		return model->stick.in ? page_choices(model, ui) : page_without(model, ui);
	case STICK_BUSY:
		return page_busy(model, ui);
	default:
		return page_after(model, ui);
	}
}

/* --- where it stands -------------------------------------------------------------------------- */

static struct ui_text words_text(const struct page *page)
{
	return (struct ui_text){.text = page->words, .style = TEXT_STRONG};
}

static struct ui_text more_text(const struct page *page)
{
	return (struct ui_text){.text = page->more, .style = TEXT_BODY};
}

static int words_height(struct ui *ui, const struct page *page, int width_px)
{
	struct ui_text words = words_text(page), more = more_text(page);
	return ui_text_height(ui, width_px, &words) + ui_text_height(ui, width_px, &more) +
	       ui_theme(ui)->m.gap;
}

static int page_height(struct ui *ui, const struct page *page, int width_px)
{
	int height = words_height(ui, page, width_px);
	for (size_t i = 0; i < page->count; i++)
		height += ui_button_height(ui, width_px, &page->options[i].button) + acts_gap(ui);
	return height;
}

static struct action draw_options(struct ui *ui, struct rect at, const struct page *page,
	int words_px, bool scrolls, struct stick_state *state)
{
	struct action action = {.kind = ACTION_NONE};
	for (size_t i = 0; i < page->count; i++) {
		const struct option *option = &page->options[i];
		struct rect row = {at.x, at.y, at.w, ui_button_height(ui, at.w, &option->button)};
		if (scrolls)
			ui_scroll_item(ui, i == 0 ? row.y - words_px : row.y);
		if (ui_button(ui, option->id, row, &option->button)) {
			action = option->action;
			state->asking = option->answer == ANSWER_ASK;
		}
		at.y += row.h + acts_gap(ui);
	}
	if (scrolls)
		ui_scroll_end(ui, at.y - acts_gap(ui) + ui_theme(ui)->m.margin);
	return action;
}

static struct action show(struct stick_state *own, const struct model *model, struct ui *ui)
{
	own->asking = own->asking && model->stick.in && model->stick.outcome == STICK_QUIET;
	const struct measures *m = &ui_theme(ui)->m;
	struct str list = STR("stick/list");
	struct page page = page_of(model, ui, own);
	bool upright = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	int width = ui_panel_rect(ui).w - 2 * m->margin - (upright ? 0 : m->left);
	int room = screen_rect(ui).h - 2 * m->margin - (upright ? ui_mm(ui, 60) : 0);
	int height = page_height(ui, &page, width);
	bool scrolls = height > room;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){
			.section = COLOR_SAND, .title = page.title, .picture = PICTURE},
		scrolls ? m->button : 0);
	struct rect body = boxes.right;
	if (upright && !scrolls) { /* where hands reach */
		struct rect above = body;
		body = rect_take_bottom(&above, height + m->margin);
		rect_take_bottom(&above, m->gap);
		upright_picture_frame(ui, above, PICTURE);
	}
	struct rect at = scrolls ? ui_scroll_begin_pages(ui, list, body) : body;
	struct ui_text words = words_text(&page), more = more_text(&page);
	int words_px = words_height(ui, &page, at.w), top = at.y;
	at.y += ui_text(ui, at, &words);
	ui_text(ui, (struct rect){at.x, at.y, at.w, words_px}, &more);
	at.y = top + words_px;
	at.h -= words_px;
	struct action action = draw_options(ui, at, &page, words_px, scrolls, own);
	if (scrolls) /* after the list, which knows by now where it ends */
		page_pair_frame(model, ui, list, boxes.acts);
	return action;
}

static bool carries_news(const struct stick_view *stick)
{
	bool asked = stick->wish == STICK_EXCHANGE || stick->wish == STICK_JOIN;
	return stick->outcome == STICK_BUSY && asked;
}

struct action stick_frame(void *state, const struct model *model, struct ui *ui)
{
	if (carries_news(&model->stick))
		return exchange_picture_frame(model, ui, false);
	return show(state, model, ui);
}
