/* "Mijn code", of a wish: what it is, how many neighbours want it, what happens next; and the way
 * to take it back, which is asked once more. No name is shown, for none is known here. */
#include "screens/frames.h"
#include "screens/wish_page.h"
#include "screens/wish_words.h"

#include <assert.h>

struct my_wish_state_of_view {
	bool sure; /* "Mag je wens weg?" */
};
static_assert(sizeof(struct my_wish_state_of_view) <= MINE_STATE_BYTES, "the state fits");

static struct str say_title(
	const struct model *model, struct arena *arena, const struct my_wish_state_of_view *view)
{
	switch (model->visit->my_wish.state) {
	case MY_WISH_WITHDRAWN:
		return TR(model->i18n, arena, "my-wish-gone");
	case MY_WISH_OVER:
		return TR(model->i18n, arena, "my-wish-over");
	case MY_WISH_STANDS:
		break;
	}
	return view->sure ? TR(model->i18n, arena, "my-wish-take-back-sure")
			  : TR(model->i18n, arena, "my-wish-title");
}

static void put_facts(const struct model *model, struct ui *ui, struct wish_page *page)
{
	struct arena *arena = ui_arena(ui);
	const struct my_wish *wish = &model->visit->my_wish;
	switch (wish->state) {
	case MY_WISH_WITHDRAWN:
		if (wish->had_phone)
			wish_page_fact(page, "lock", TR(model->i18n, arena, "my-wish-number-gone"),
				STR(""));
		break;
	case MY_WISH_OVER:
		wish_page_fact(page, "hourglass_top", TR(model->i18n, arena, "my-wish-old"),
			TR(model->i18n, arena, "my-wish-old-2"));
		break;
	case MY_WISH_STANDS:
		wish_page_neighbours(model, ui, page, wish->card,
			wish->card < WISH_CARD_COUNT ? model->wishes[wish->card].count : 0);
		wish_page_privacy(model, ui, page, wish->had_phone);
		break;
	}
}

static struct action ask_once_more(const struct model *model, struct ui *ui, struct wish_page *page,
	struct my_wish_state_of_view *view)
{
	struct arena *arena = ui_arena(ui);
	page->asks = true;
	wish_page_button(page, STR("my-wish/stay"),
		(struct ui_button){.label = TR(model->i18n, arena, "question-take-back-no"),
			.icon = "check",
			.go = true});
	wish_page_button(page, STR("my-wish/leave"),
		(struct ui_button){.label = TR(model->i18n, arena, "question-take-back-yes"),
			.icon = "event_busy"});
	struct wish_touch touch = wish_page_frame(model, ui, page);
	if (touch.finish)
		return (struct action){.kind = ACTION_FINISH};
	if (touch.button < page->button_count)
		view->sure = false;
	return (struct action){.kind = touch.button == 1 ? ACTION_WITHDRAW_WISH : ACTION_NONE};
}

struct action my_wish_frame(void *state, const struct model *model, struct ui *ui)
{
	struct my_wish_state_of_view *view = state;
	struct arena *arena = ui_arena(ui);
	const struct my_wish *wish = &model->visit->my_wish;
	bool stands = wish->state == MY_WISH_STANDS;
	struct wish_page page = {.scroll_id = STR("my-wish/list"),
		.finish_id = STR("my-wish/finish"),
		.section = COLOR_PLUM,
		.title = say_title(model, arena, view),
		.subtitle = wish->card < WISH_CARD_COUNT ? wish_name(model, arena, wish->card)
							 : STR("")};
	if (stands && view->sure)
		return ask_once_more(model, ui, &page, view);
	put_facts(model, ui, &page);
	if (stands)
		wish_page_button(&page, STR("my-wish/take-back"),
			(struct ui_button){.label = TR(model->i18n, arena, "my-wish-take-back"),
				.icon = "event_busy"});
	struct wish_touch touch = wish_page_frame(model, ui, &page);
	view->sure = touch.button < page.button_count;
	return (struct action){.kind = touch.finish ? ACTION_FINISH : ACTION_NONE};
}
