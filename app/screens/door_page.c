/* A page of the host: the head in sand, at most one act, and rows below each other. */
#include "screens/door.h"

#include "screens/choices.h"
#include "screens/question.h"

static int row_padding(const struct ui *ui)
{
	return ui_mm(ui, ui_theme(ui)->panel.class == PANEL_COMPACT ? 2 : 3.4);
}

static struct ui_button entry_button(const struct host_row *row)
{
	return (struct ui_button){.label = row->title, .icon = row->icon, .second_line = row->body};
}

static struct ui_text title_text(struct ui *ui, const struct host_row *row, int width_px)
{
	bool number = row->kind == ROW_NUMBER;
	struct ui_text text = {.text = row->title, .style = TEXT_STRONG};
	if (number)
		text.style = title_style(ui, row->title, width_px);
	if (row->kind == ROW_TEXT)
		text.style = TEXT_BODY;
	return text;
}

/* Of the icon beside the words. */
static int mark_room(const struct ui *ui, const struct host_row *row)
{
	return row->icon ? ui_theme(ui)->m.icon + ui_mm(ui, 2.6) : 0;
}

static int words_height(struct ui *ui, const struct host_row *row, int width_px)
{
	struct ui_text title = title_text(ui, row, width_px);
	struct ui_text body = {.text = row->body, .style = TEXT_BODY};
	return ui_text_height(ui, width_px, &title) + ui_text_height(ui, width_px, &body);
}

static int step_room(const struct ui *ui, int width_px)
{
	const struct measures *m = &ui_theme(ui)->m;
	return width_px - 2 * (m->target + m->gap);
}

/* --- a sentence with answers ------------------------------------------------------------------ */

static size_t answer_count(const struct host_row *row)
{
	size_t count = 0;
	while (count < HOST_ANSWERS && row->answers[count].len)
		count++;
	return count;
}

static struct ui_button answer_button(const struct host_row *row, size_t index)
{
	return (struct ui_button){.label = row->answers[index], .centered = true};
}

/* Beside each other where no word has to be broken for it. */
static bool answers_fit_beside(struct ui *ui, const struct host_row *row, int width_px)
{
	int room = (width_px - acts_gap(ui)) / 2 - 2 * ui_theme(ui)->m.padding;
	for (size_t i = 0; i < answer_count(row); i++)
		if (!words_fit(ui, row->answers[i], room, TEXT_BUTTON))
			return false;
	return true;
}

static int answers_height(struct ui *ui, const struct host_row *row, int width_px)
{
	int height = 0;
	bool beside = answers_fit_beside(ui, row, width_px);
	int width = beside ? (width_px - acts_gap(ui)) / 2 : width_px;
	for (size_t i = 0; i < answer_count(row); i++) {
		struct ui_button button = answer_button(row, i);
		int one = ui_button_height(ui, width, &button);
		if (!beside)
			height += one + (i > 0 ? acts_gap(ui) : 0);
		else if (one > height)
			height = one;
	}
	return height;
}

static int notice_height(struct ui *ui, const struct host_row *row, int width_px)
{
	int width = width_px - 2 * row_padding(ui);
	struct ui_text text = {.text = row->title, .style = TEXT_BODY};
	int words = ui_text_height(ui, width - mark_room(ui, row), &text);
	int answers = answers_height(ui, row, width);
	words = row->icon && words < ui_theme(ui)->m.icon ? ui_theme(ui)->m.icon : words;
	return words + (answers ? acts_gap(ui) + answers : 0) + 2 * row_padding(ui);
}

/* The index of the answer that was touched, or -1. */
static int draw_answers(struct ui *ui, struct rect rect, const struct host_row *row)
{
	int touched = -1;
	bool beside = answers_fit_beside(ui, row, rect.w);
	struct rect left = rect;
	for (size_t i = 0; i < answer_count(row); i++) {
		struct ui_button button = answer_button(row, i);
		struct rect at = rect_column(rect, (int)i, HOST_ANSWERS, acts_gap(ui));
		if (!beside) {
			at = rect_take_top(&left, ui_button_height(ui, rect.w, &button));
			rect_take_top(&left, acts_gap(ui));
		}
		if (ui_button(ui, row->answer_ids[i], at, &button))
			touched = (int)i;
	}
	return touched;
}

static int draw_notice(struct ui *ui, struct rect rect, const struct host_row *row)
{
	const struct measures *m = &ui_theme(ui)->m;
	ui_box(ui, rect,
		&(struct ui_box){.fill = COLOR_HONEY,
			.edged = true,
			.edge = COLOR_BANNER_EDGE,
			.radius_px = m->radius_card});
	rect = rect_inset(rect, row_padding(ui), row_padding(ui));
	int answers = answers_height(ui, row, rect.w);
	struct rect below = rect_take_bottom(&rect, answers);
	if (answers)
		rect_take_bottom(&rect, acts_gap(ui));
	if (row->icon) {
		struct rect mark = rect_take_start(&rect, mark_room(ui, row));
		mark.w = m->icon;
		ui_icon(ui, rect_center(mark, m->icon, m->icon), row->icon, COLOR_INK);
	}
	ui_text(ui, rect,
		&(struct ui_text){.text = row->title, .style = TEXT_BODY, .middle = true});
	return draw_answers(ui, below, row);
}

/* --- any row ---------------------------------------------------------------------------------- */

static int row_height(struct ui *ui, const struct host_row *row, int width_px)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct ui_button button = entry_button(row);
	int height;
	switch (row->kind) {
	case ROW_ENTRY:
		button = without_broken_words(ui, button, width_px);
		return ui_button_height(ui, width_px, &button);
	case ROW_STEP:
		height = words_height(ui, row, step_room(ui, width_px));
		return height > m->target ? height : m->target;
	case ROW_NOTICE:
		return notice_height(ui, row, width_px);
	case ROW_NUMBER:
	case ROW_TEXT:
		break;
	}
	int pad = row_padding(ui);
	height = words_height(ui, row, width_px - 2 * pad - mark_room(ui, row));
	return (row->icon && height < m->icon ? m->icon : height) + 2 * pad;
}

static void draw_words(struct ui *ui, struct rect rect, const struct host_row *row, bool centred)
{
	struct ui_text title = title_text(ui, row, rect.w);
	struct ui_text body = {.text = row->body, .style = TEXT_BODY};
	title.align = body.align = centred ? ALIGN_CENTER : ALIGN_START;
	rect = rect_center(rect, rect.w, words_height(ui, row, rect.w));
	rect_take_top(&rect, ui_text(ui, rect, &title));
	if (row->body.len)
		ui_text(ui, rect, &body);
}

static int draw_step(struct ui *ui, struct rect rect, const struct host_row *row)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct ui_button less = {.label = row->less, .icon = "remove", .icon_only = true};
	struct ui_button more = {.label = row->more, .icon = "add", .icon_only = true};
	struct rect at_start = rect_take_start(&rect, m->target);
	struct rect at_end = rect_take_end(&rect, m->target);
	at_start = rect_center(at_start, m->target, m->target);
	at_end = rect_center(at_end, m->target, m->target);
	draw_words(ui, rect_inset(rect, m->gap, 0), row, true);
	int step = 0;
	if (ui_button(ui, str_format(ui_arena(ui), "%.*s-less", STR_ARG(row->id)), at_start, &less))
		step = -1;
	if (ui_button(ui, str_format(ui_arena(ui), "%.*s-more", STR_ARG(row->id)), at_end, &more))
		step = 1;
	return step;
}

/* Whether it was touched, and how. */
static bool draw_row(
	struct ui *ui, struct rect rect, const struct host_row *row, struct host_touch *touch)
{
	if (row->kind == ROW_STEP) {
		touch->step = draw_step(ui, rect, row);
		return touch->step != 0;
	}
	if (row->kind == ROW_NOTICE) {
		int answer = draw_notice(ui, rect, row);
		touch->answer = answer > 0 ? answer : 0;
		return answer >= 0;
	}
	if (row->kind == ROW_ENTRY) {
		struct ui_button button = without_broken_words(ui, entry_button(row), rect.w);
		return ui_button(ui, row->id, rect, &button);
	}
	ui_box(ui, rect,
		&(struct ui_box){.fill = COLOR_WHITE,
			.edged = true,
			.edge = COLOR_LINE,
			.radius_px = ui_theme(ui)->m.radius_card});
	rect = rect_inset(rect, row_padding(ui), row_padding(ui));
	if (row->icon) {
		int icon = ui_theme(ui)->m.icon;
		struct rect mark = rect_take_start(&rect, mark_room(ui, row));
		mark.w = icon;
		ui_icon(ui, rect_center(mark, icon, icon), row->icon, COLOR_INK);
	}
	draw_words(ui, rect, row, false);
	return false;
}

/* Whether a row can stand beside another one: a number whose words fit there, or an entry that
 * does not get higher by it. */
static bool fits_beside(struct ui *ui, const struct host_row *row, int width_px)
{
	int half = (width_px - acts_gap(ui)) / 2;
	if (row->kind == ROW_NUMBER)
		return words_fit(
			ui, row->body, half - 2 * row_padding(ui) - mark_room(ui, row), TEXT_BODY);
	return row->kind == ROW_ENTRY && !row->body.len &&
	       row_height(ui, row, half) <= ui_theme(ui)->m.button &&
	       words_fit(ui, row->title, half - 2 * ui_theme(ui)->m.padding, TEXT_BUTTON);
}

/* How many rows from `first` on stand beside each other: two of a kind. */
static size_t beside(struct ui *ui, const struct host_page *page, size_t first, int width_px)
{
	const struct host_row *row = &page->rows[first];
	bool two = first + 1 < page->count && row[0].kind == row[1].kind &&
		   fits_beside(ui, row, width_px) && fits_beside(ui, row + 1, width_px);
	return two ? 2 : 1;
}

static int line_height(
	struct ui *ui, const struct host_page *page, size_t first, size_t count, int width_px)
{
	int height = 0,
	    width = rect_column((struct rect){.w = width_px}, 0, (int)count, acts_gap(ui)).w;
	for (size_t i = first; i < first + count; i++) {
		int one = row_height(ui, &page->rows[i], width);
		height = one > height ? one : height;
	}
	return height;
}

static int rows_height(struct ui *ui, const struct host_page *page, int width_px)
{
	int height = 0;
	for (size_t i = 0, count; i < page->count; i += count) {
		count = beside(ui, page, i, width_px);
		height += line_height(ui, page, i, count, width_px) + acts_gap(ui);
	}
	return height;
}

static struct frame_boxes draw_frame(const struct model *model, struct ui *ui,
	const struct host_page *page, bool pages, struct host_touch *touch)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct ui_button act = fit_button(ui, head_width(ui),
		(struct ui_button){.label = page->act,
			.icon = "check",
			.go = !page->act_disabled,
			.disabled = page->act_disabled});
	int act_px = page->act.len ? ui_button_height(ui, head_width(ui), &act) : 0;
	int pages_px = pages ? m->button : 0;
	int acts = act_px + pages_px + (act_px && pages_px ? acts_gap(ui) : 0);
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){
			.section = COLOR_SAND, .title = page->title, .subtitle = page->subtitle},
		acts);
	if (pages)
		page_pair_frame(model, ui, page->list_id, rect_take_top(&boxes.acts, pages_px));
	if (pages && act_px)
		rect_take_top(&boxes.acts, acts_gap(ui));
	if (act_px)
		touch->act = ui_button(ui, page->act_id, boxes.acts, &act);
	return boxes;
}

struct host_touch host_page_frame(
	const struct model *model, struct ui *ui, const struct host_page *page)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct host_touch touch = {.row = page->count};
	int width = ui_panel_rect(ui).w - m->left - 2 * m->margin;
	bool upright = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	int room = screen_rect(ui).h - 2 * m->margin - (upright ? ui_mm(ui, 70) : 0);
	bool pages = rows_height(ui, page, width) > room;
	struct frame_boxes boxes = draw_frame(model, ui, page, pages, &touch);
	struct rect at = pages ? ui_scroll_begin(ui, page->list_id, boxes.right) : boxes.right;
	for (size_t i = 0, count; i < page->count; i += count) {
		count = beside(ui, page, i, at.w);
		struct rect line = {at.x, at.y, at.w, line_height(ui, page, i, count, at.w)};
		if (pages)
			ui_scroll_item(ui, line.y);
		for (size_t k = 0; k < count; k++) {
			struct host_touch here = touch;
			struct rect rect = rect_column(line, (int)k, (int)count, acts_gap(ui));
			if (!draw_row(ui, rect, &page->rows[i + k], &here))
				continue;
			touch = here;
			touch.row = i + k;
		}
		at.y += line.h + acts_gap(ui);
	}
	if (pages)
		ui_scroll_end(ui, at.y + m->margin);
	return touch;
}
