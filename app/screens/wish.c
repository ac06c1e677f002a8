/* "Ik zoek": cards to pick instead of a page to write on. A card that neighbours share says so, and
 * one that was taken up says how far it is. */
#include "screens/wish_words.h"

#include "screens/choices.h"
#include "screens/frames.h"
#include "ui/widgets.h"

#define SCROLL STR("wish/cards")

static const enum color_token discs[] = {
	COLOR_ROSE, COLOR_HONEY, COLOR_SKY, COLOR_PLUM, COLOR_SAGE};

struct action wish_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_PLUM,
			.title = TR(model->i18n, arena, "wish-title"),
			.subtitle = ui_theme(ui)->panel.class == PANEL_COMPACT
					    ? STR("")
					    : TR(model->i18n, arena, "wish-subtitle"),
			.picture = STR("tegel-kan.svg")},
		ui_theme(ui)->m.button);
	struct choice choices[WISH_CARD_COUNT];
	for (size_t i = 0; i < WISH_CARD_COUNT; i++)
		choices[i] = (struct choice){
			.id = str_format(arena, "wish/%.*s", STR_ARG(wish_cards[i].code)),
			.label = wish_name(model, arena, i),
			.note = wish_news(model, arena, i),
			.icon = str_z(arena, wish_cards[i].icon),
			.disc = discs[i % (sizeof(discs) / sizeof(discs[0]))]};
	size_t chosen = WISH_CARD_COUNT;
	struct rect at = ui_scroll_begin(ui, SCROLL, boxes.right);
	at.y += choice_grid_frame(ui, at, choices, WISH_CARD_COUNT, &chosen, true);
	ui_scroll_end(ui, at.y + ui_theme(ui)->m.margin);
	if (ui_scroll_can(ui, SCROLL, -1) || ui_scroll_can(ui, SCROLL, 1))
		page_pair_frame(model, ui, SCROLL, boxes.acts);
	if (chosen == WISH_CARD_COUNT)
		return (struct action){.kind = ACTION_NONE};
	return (struct action){.kind = ACTION_PICK_WISH, .text = wish_cards[chosen].code};
}
