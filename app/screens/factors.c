/* The lens: the ten protective factors in ordinary words. What strengthens one of them is listed
 * with its own reason. */
#include "screens/screen.h"
#include "ui/widgets.h"

#include "screens/choices.h"
#include "screens/factors.h"
#include "screens/filter_words.h"
#include "screens/frames.h"
#include "screens/topics.h"

#define SCROLL STR("factors/choices")

const char *factor_icon(int number)
{
	static const char *const icons[] = {NULL, "diversity_3", "emoji_people", "handshake",
		"volunteer_activism", "escalator_warning", "sports_soccer", "group", "fact_check",
		"menu_book", "waving_hand"};
	return number >= 1 && number <= 10 ? icons[number] : "diversity_3";
}

struct action factors_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	static const enum color_token discs[] = {
		COLOR_ROSE, COLOR_HONEY, COLOR_SKY, COLOR_PLUM, COLOR_SAGE};
	struct choice choices[10];
	int numbers[10];
	size_t count = 0;
	for (int factor = 1; factor <= 10; factor++) {
		if (!factor_leads_somewhere(model, factor))
			continue;
		numbers[count] = factor;
		choices[count++] = (struct choice){.id = ui_id(ui, "factors", (size_t)factor),
			.label = factor_label(model, ui_arena(ui), factor),
			.icon = factor_icon(factor),
			.disc = discs[(factor - 1) % 5]};
	}
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_SAGE,
			.title = ui_theme(ui)->panel.class == PANEL_COMPACT
					 ? TR(model->i18n, ui_arena(ui), "factor-title-short")
					 : TR(model->i18n, ui_arena(ui), "factor-title"),
			.picture = STR("tegel-zoek.svg")},
		ui_theme(ui)->m.button);
	struct rect content = ui_scroll_begin(ui, SCROLL, boxes.right);
	size_t chosen = count;
	content.y += choice_grid_frame(ui, content, choices, count, &chosen, true);
	ui_scroll_end(ui, content.y + ui_theme(ui)->m.gap);
	page_pair_frame(model, ui, SCROLL, boxes.acts);
	if (chosen == count)
		return (struct action){.kind = ACTION_NONE};
	return (struct action){.kind = ACTION_SHOW_LIST,
		.filter = {.scope = SCOPE_ALL, .factor = numbers[chosen]}};
}
