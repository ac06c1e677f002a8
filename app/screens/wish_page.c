/* Facts, a code to write down, and buttons below each other at the right; what it is about and the
 * way out in the head. */
#include "screens/wish_page.h"

#include <assert.h>

#include "i18n/say.h"
#include "screens/choices.h"
#include "screens/done_parts.h"
#include "screens/question.h"
#include "screens/wish_words.h"

/* --- what it says ----------------------------------------------------------------------------- */

void wish_page_fact(struct wish_page *page, const char *icon, struct str title, struct str body)
{
	assert(page->fact_count < WISH_PAGE_FACTS);
	page->facts[page->fact_count++] =
		(struct ui_fact){.icon = icon, .title = title, .body = body};
}

void wish_page_button(struct wish_page *page, struct str id, struct ui_button look)
{
	assert(page->button_count < WISH_PAGE_BUTTONS);
	page->buttons[page->button_count++] = (struct wish_button){id, look};
}

/* Once somebody took it up, how far it is says more than how many there are. */
static struct str say_next(const struct model *model, struct arena *arena, size_t index, int count)
{
	if (index < WISH_CARD_COUNT && model->wishes[index].step > 0)
		return wish_news(model, arena, index);
	return count >= WISH_THRESHOLD ? TR(model->i18n, arena, "wish-next-many")
				       : TR(model->i18n, arena, "wish-next-few");
}

void wish_page_neighbours(
	const struct model *model, struct ui *ui, struct wish_page *page, size_t index, int count)
{
	struct arena *arena = ui_arena(ui);
	wish_page_fact(page, "group",
		count > 1 ? TR_COUNT(model->i18n, arena, "wish-count", "count", count)
			  : TR(model->i18n, arena, "wish-first"),
		say_next(model, arena, index, count));
}

void wish_page_privacy(
	const struct model *model, struct ui *ui, struct wish_page *page, bool has_phone)
{
	struct arena *arena = ui_arena(ui);
	wish_page_fact(page, "lock", TR(model->i18n, arena, "wish-no-name"),
		has_phone ? TR(model->i18n, arena, "wish-phone-kept") : STR(""));
	if (model->practice)
		wish_page_fact(page, "edit", TR(model->i18n, arena, "wish-practice"), STR(""));
}

/* --- how it looks ----------------------------------------------------------------------------- */

static void put_fact(struct ui *ui, struct rect *at, const struct ui_fact *fact)
{
	ui_scroll_item(ui, at->y);
	at->y += ui_fact(ui, *at, fact) + ui_theme(ui)->m.gap;
}

static void put_code(
	const struct model *model, struct ui *ui, struct rect *at, const struct wish_page *page)
{
	struct rect row = {at->x, at->y, at->w, code_height(ui, at->w, page->code_caption)};
	ui_scroll_item(ui, row.y);
	code_frame(ui, row, page->code_caption, say_code(model->i18n, ui_arena(ui), page->code));
	at->y += row.h + ui_theme(ui)->m.gap;
}

static bool put_button(struct ui *ui, struct rect *at, const struct wish_button *button)
{
	struct ui_button look = without_broken_words(ui, button->look, at->w);
	struct rect row = {at->x, at->y, at->w, ui_button_height(ui, at->w, &look)};
	ui_scroll_item(ui, row.y);
	at->y += row.h + acts_gap(ui);
	return ui_button(ui, button->id, row, &look);
}

/* Returns the button that was touched. */
static size_t put_all(
	const struct model *model, struct ui *ui, struct rect *at, const struct wish_page *page)
{
	size_t touched = page->button_count;
	for (size_t i = 0; i < page->fact_count; i++) {
		put_fact(ui, at, &page->facts[i]);
		if (i == 0 && page->leads && put_button(ui, at, &page->buttons[0]))
			touched = 0;
		if (i == 0 && page->code.len)
			put_code(model, ui, at, page);
	}
	for (size_t i = page->leads ? 1 : 0; i < page->button_count; i++)
		if (put_button(ui, at, &page->buttons[i]))
			touched = i;
	return touched;
}

struct wish_touch wish_page_frame(
	const struct model *model, struct ui *ui, const struct wish_page *page)
{
	int pages = ui_theme(ui)->m.button, gap = acts_gap(ui);
	bool row = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	bool scrolls =
		ui_scroll_can(ui, page->scroll_id, -1) || ui_scroll_can(ui, page->scroll_id, 1);
	int width = row && scrolls ? head_width(ui) / 2 : head_width(ui);
	struct ui_button finish = fit_button(ui, width,
		(struct ui_button){.label = TR(model->i18n, ui_arena(ui), "done-wipe"),
			.icon = "delete_sweep",
			.go = !page->asks});
	int height = ui_button_height(ui, width, &finish);
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = page->section,
			.title = page->title,
			.subtitle = page->subtitle,
			.picture = STR("tegel-kan.svg")},
		row || !scrolls ? height : height + gap + pages);
	struct wish_touch touch;
	struct rect at = ui_scroll_begin(ui, page->scroll_id, boxes.right);
	touch.button = put_all(model, ui, &at, page);
	ui_scroll_end(ui, at.y);
	struct rect acts = boxes.acts;
	struct rect last = row ? rect_take_end(&acts, width) : rect_take_bottom(&acts, height);
	touch.finish = ui_button(ui, page->finish_id, last, &finish);
	if (row)
		rect_take_end(&acts, gap);
	else
		rect_take_bottom(&acts, gap);
	if (scrolls)
		page_pair_frame(model, ui, page->scroll_id, acts);
	return touch;
}
