/* A wish was kept: with how many, what happens next, the code that takes it back, and that no name
 * stands with it. Whoever wants to hear of it may leave a number, and there is somebody to talk to.
 */
#include "screens/frames.h"
#include "screens/wish_page.h"
#include "screens/wish_words.h"

struct action wish_saved_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	const struct visit *visit = model->visit;
	size_t index = wish_of_visit(model);
	struct wish_page page = {.scroll_id = STR("wish-saved/list"),
		.finish_id = STR("wish-saved/finish"),
		.section = COLOR_SAGE,
		.title = TR(model->i18n, arena, "wish-saved-title"),
		.subtitle = index < WISH_CARD_COUNT ? wish_name(model, arena, index) : STR(""),
		.code = str_from(visit->wish_code),
		.code_caption = TR(model->i18n, arena, "wish-code")};
	wish_page_neighbours(model, ui, &page, index, visit->wish_count);
	wish_page_privacy(model, ui, &page, visit->wish_has_phone);
	size_t call = WISH_PAGE_BUTTONS, ask = WISH_PAGE_BUTTONS;
	if (!model->no_contact && !visit->wish_has_phone) {
		call = page.button_count;
		page.leads = true;
		wish_page_button(&page, STR("wish-saved/call"),
			(struct ui_button){
				.label = TR(model->i18n, arena, "wish-call-me"), .icon = "call"});
	}
	const struct contact *person = wish_person(model);
	if (person) {
		ask = page.button_count;
		wish_page_button(
			&page, STR("wish-saved/ask"), wish_ask_button(model, arena, person));
	}
	struct wish_touch touch = wish_page_frame(model, ui, &page);
	if (touch.finish)
		return (struct action){.kind = ACTION_FINISH};
	if (touch.button == call && touch.button < page.button_count)
		return (struct action){.kind = ACTION_GO, .screen = SCREEN_WISH_PHONE};
	if (person && touch.button == ask && touch.button < page.button_count)
		return (struct action){.kind = ACTION_OPEN_PERSON, .id = person->id};
	return (struct action){.kind = ACTION_NONE};
}
