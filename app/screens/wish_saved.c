/* A wish was kept: with how many, what happens next, and that no name stands with it. Whoever wants
 * to hear of it may leave a number, and there is somebody to talk to. */
#include "screens/wish_words.h"

#include "screens/choices.h"
#include "screens/frames.h"
#include "screens/question.h"
#include "ui/widgets.h"

#define SCROLL STR("wish-saved/list")

static struct str say_count(const struct model *model, struct arena *arena)
{
	int count = model->visit->wish_count;
	return count > 1 ? TR_COUNT(model->i18n, arena, "wish-count", "count", count)
			 : TR(model->i18n, arena, "wish-first");
}

static struct str say_next(const struct model *model, struct arena *arena)
{
	return model->visit->wish_count >= WISH_THRESHOLD ? TR(model->i18n, arena, "wish-next-many")
							  : TR(model->i18n, arena, "wish-next-few");
}

static void put_fact(struct ui *ui, struct rect *at, const struct ui_fact *fact)
{
	ui_scroll_item(ui, at->y);
	at->y += ui_fact(ui, *at, fact) + ui_theme(ui)->m.gap;
}

static bool put_button(
	struct ui *ui, struct rect *at, struct str id, const struct ui_button *button)
{
	struct rect row = {at->x, at->y, at->w, ui_button_height(ui, at->w, button)};
	ui_scroll_item(ui, row.y);
	at->y += row.h + acts_gap(ui);
	return ui_button(ui, id, row, button);
}

static void put_facts(const struct model *model, struct ui *ui, struct rect *at)
{
	struct arena *arena = ui_arena(ui);
	put_fact(ui, at,
		&(struct ui_fact){.icon = "group",
			.title = say_count(model, arena),
			.body = say_next(model, arena)});
	put_fact(ui, at,
		&(struct ui_fact){.icon = "lock",
			.title = TR(model->i18n, arena, "wish-no-name"),
			.body = model->visit->wish_has_phone
					? TR(model->i18n, arena, "wish-phone-kept")
					: STR("")});
	if (model->practice)
		put_fact(ui, at,
			&(struct ui_fact){
				.icon = "edit", .title = TR(model->i18n, arena, "wish-practice")});
}

static struct action put_ways_on(const struct model *model, struct ui *ui, struct rect *at)
{
	struct arena *arena = ui_arena(ui);
	struct action action = {.kind = ACTION_NONE};
	/* No number is asked: the call list does not name wishes, and nobody would read it. */
	const struct contact *person = wish_person(model);
	if (!person)
		return action;
	struct ui_button ask = wish_ask_button(model, arena, person);
	if (put_button(ui, at, STR("wish-saved/ask"), &ask))
		action = (struct action){.kind = ACTION_OPEN_PERSON, .id = person->id};
	return action;
}

struct action wish_saved_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	int pages = ui_theme(ui)->m.button, gap = acts_gap(ui);
	bool row = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	bool scrolls = ui_scroll_can(ui, SCROLL, -1) || ui_scroll_can(ui, SCROLL, 1);
	int width = row ? head_width(ui) / 2 : head_width(ui);
	struct ui_button finish = fit_button(ui, width,
		(struct ui_button){.label = TR(model->i18n, arena, "done-wipe"),
			.icon = "delete_sweep",
			.go = true});
	int height = ui_button_height(ui, width, &finish);
	size_t index = wish_of_visit(model);
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_SAGE,
			.title = TR(model->i18n, arena, "wish-saved-title"),
			.subtitle =
				index < WISH_CARD_COUNT ? wish_name(model, arena, index) : STR(""),
			.picture = STR("tegel-kan.svg")},
		row || !scrolls ? height : height + gap + pages);
	struct rect at = ui_scroll_begin(ui, SCROLL, boxes.right);
	put_facts(model, ui, &at);
	struct action action = put_ways_on(model, ui, &at);
	ui_scroll_end(ui, at.y);
	struct rect acts = boxes.acts;
	struct rect last = row ? rect_take_end(&acts, width) : rect_take_bottom(&acts, height);
	if (ui_button(ui, STR("wish-saved/finish"), last, &finish))
		action = (struct action){.kind = ACTION_FINISH};
	if (row)
		rect_take_end(&acts, gap);
	else
		rect_take_bottom(&acts, gap);
	if (scrolls)
		page_pair_frame(model, ui, SCROLL, acts);
	return action;
}
