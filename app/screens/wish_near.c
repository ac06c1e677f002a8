/* "Dit is er al": before a wish is kept, the nearest groups that exist, each with why it is near.
 * What fits is opened; what does not is no reason to go home: the wish can be kept. */
#include "screens/wish_words.h"

#include "screens/card.h"
#include "screens/choices.h"
#include "screens/frames.h"
#include "screens/question.h"
#include "ui/widgets.h"

#define SCROLL STR("wish-near/list")

static struct list_entry entry_of(const struct model *model, const struct initiative *initiative)
{
	const struct occurrence *o = model->clock_sure ? next_occurrence(model, initiative) : NULL;
	const struct schedule *schedule =
		initiative->schedule_count > 0 ? &initiative->schedules[0] : NULL;
	return (struct list_entry){initiative, o, o ? o->schedule : schedule};
}

/* What the group itself says is shown as it is; a bare theme is put into words of ours. */
static struct card_look look_of(
	const struct model *model, struct arena *arena, const struct wish_near *near)
{
	struct card_look look = {.why = near->text, .why_is_own = true};
	if (near->why == WISH_WHY_OFFER) {
		look.why = TR(model->i18n, arena, "wish-why-offer", {"what", near->text});
		look.why_is_own = false;
	} else if (near->why == WISH_WHY_THEME) {
		struct str theme = catalogue_label(model->catalogue, STR("theme"), near->text);
		look.why = TR(model->i18n, arena, "wish-why-theme", {"theme", theme});
		look.why_is_own = false;
	}
	return look;
}

static struct action put_near(const struct model *model, struct ui *ui, struct rect *at,
	const struct wish_near *near, size_t count)
{
	struct action action = {.kind = ACTION_NONE};
	for (size_t i = 0; i < count; i++) {
		struct list_entry entry = entry_of(model, near[i].initiative);
		struct card_look look = look_of(model, ui_arena(ui), &near[i]);
		struct rect card = {
			at->x, at->y, at->w, card_height(ui, at->w, model, &entry, &look)};
		ui_scroll_item(ui, card.y);
		if (card_frame(ui, ui_id(ui, "wish-near/card", i), card, model, &entry, &look)) {
			action = (struct action){
				.kind = ACTION_OPEN_INITIATIVE, .id = near[i].initiative->id};
			action.has_occurrence = entry.occurrence != NULL;
			if (entry.occurrence) {
				action.schedule = entry.occurrence->schedule->id;
				action.rule_start = entry.occurrence->rule_start;
			}
		}
		at->y += card.h + ui_theme(ui)->m.gap;
	}
	return action;
}

static void put_words(struct ui *ui, struct rect *at, struct str words, enum text_style style)
{
	if (!words.len)
		return;
	ui_scroll_item(ui, at->y);
	at->y += ui_text(ui, *at, &(struct ui_text){.text = words, .style = style});
	at->y += ui_mm(ui, 2.2);
}

/* The last thing in the list: somebody who can be asked, also when nothing is near. */
static bool put_person(
	const struct model *model, struct ui *ui, struct rect *at, const struct contact *person)
{
	if (!person)
		return false;
	struct ui_button ask = wish_ask_button(model, ui_arena(ui), person);
	struct rect row = {at->x, at->y, at->w, ui_button_height(ui, at->w, &ask)};
	ui_scroll_item(ui, row.y);
	at->y += row.h + ui_theme(ui)->m.gap;
	return ui_button(ui, STR("wish-near/ask"), row, &ask);
}

struct near_acts {
	struct ui_button keep;
	int width_px, keep_px, height_px;
	bool can_keep, pages, row;
};

static struct str say_keep(const struct model *model, struct ui *ui, bool any)
{
	if (ui_theme(ui)->panel.class == PANEL_COMPACT)
		return TR(model->i18n, ui_arena(ui), "wish-keep-short");
	return any ? TR(model->i18n, ui_arena(ui), "wish-none-fits")
		   : TR(model->i18n, ui_arena(ui), "wish-keep");
}

static struct near_acts acts_of(const struct model *model, struct ui *ui, bool kept, bool any)
{
	struct near_acts acts = {.can_keep = !kept,
		.row = ui_theme(ui)->panel.class == PANEL_PORTRAIT,
		.pages = ui_scroll_can(ui, SCROLL, -1) || ui_scroll_can(ui, SCROLL, 1)};
	int pages = ui_theme(ui)->m.button;
	int width = acts.row && acts.pages ? head_width(ui) / 2 : head_width(ui);
	acts.width_px = width;
	acts.keep = fit_button(ui, width,
		(struct ui_button){.label = say_keep(model, ui, any), .icon = "check", .go = true});
	if (ui_button_height(ui, width, &acts.keep) > 2 * pages) { /* the title needs room too */
		acts.keep.label = TR(model->i18n, ui_arena(ui), "wish-keep-short");
		acts.keep = fit_button(ui, width, acts.keep);
	}
	acts.keep_px = acts.can_keep ? ui_button_height(ui, width, &acts.keep) : 0;
	acts.height_px = acts.keep_px > pages ? acts.keep_px : pages;
	if (!acts.row && acts.can_keep)
		acts.height_px = acts.keep_px + acts_gap(ui) + pages;
	return acts;
}

/* The page buttons stand above the green one, which is where a thumb expects it. */
static bool draw_acts(
	const struct model *model, struct ui *ui, struct rect rect, const struct near_acts *acts)
{
	bool keep = false;
	if (acts->can_keep) {
		struct rect at = acts->row ? rect_take_end(&rect, acts->width_px)
					   : rect_take_bottom(&rect, acts->keep_px);
		keep = ui_button(ui, STR("wish-near/keep"), at, &acts->keep);
		if (acts->row)
			rect_take_end(&rect, acts_gap(ui));
		else
			rect_take_bottom(&rect, acts_gap(ui));
	}
	if (acts->pages)
		page_pair_frame(model, ui, SCROLL, rect);
	return keep;
}

struct action wish_near_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	size_t index = wish_of_visit(model);
	if (index == WISH_CARD_COUNT) { /* nothing was picked: back leads on */
		screen_frame(ui, &(struct screen_head){.section = COLOR_PLUM}, 0);
		return (struct action){.kind = ACTION_NONE};
	}
	bool kept = model->visit->wished >> index & 1;
	struct wish_near near[WISH_NEAR_MOST];
	size_t count = wish_nearest(model->catalogue, &wish_cards[index], near);
	struct near_acts acts = acts_of(model, ui, kept, count > 0);
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_PLUM,
			.title = wish_name(model, arena, index),
			.subtitle = wish_news(model, arena, index)},
		acts.height_px);
	const struct contact *person = wish_person(model);
	struct rect at = ui_scroll_begin(ui, SCROLL, boxes.right);
	put_words(ui, &at,
		count ? TR(model->i18n, arena, "wish-near-title")
		      : TR(model->i18n, arena, "wish-near-none"),
		TEXT_HEADING_2);
	if (kept || count == 0)
		put_words(ui, &at,
			kept ? TR(model->i18n, arena, "wish-kept-already")
			     : TR(model->i18n, arena, "wish-near-none-body"),
			TEXT_BODY);
	struct action action = put_near(model, ui, &at, near, count);
	if (put_person(model, ui, &at, person))
		action = (struct action){.kind = ACTION_OPEN_PERSON, .id = person->id};
	ui_scroll_end(ui, at.y);
	if (draw_acts(model, ui, boxes.acts, &acts))
		action = (struct action){.kind = ACTION_KEEP_WISH};
	return action;
}
