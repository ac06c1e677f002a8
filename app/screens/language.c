/* The languages by their own names, large enough to find without reading anything else. */
#include "screens/screen.h"
#include "ui/widgets.h"

#include "screens/frames.h"

static int option_height(struct ui *ui, int width_px, const struct language *language)
{
	struct ui_button measure = {.label = str_from(language->name), .icon = "language"};
	int height = ui_button_height(ui, width_px, &measure), least = ui_mm(ui, 26);
	return ui_theme(ui)->panel.class != PANEL_COMPACT && height < least ? least : height;
}

struct action language_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	const struct measures *m = &ui_theme(ui)->m;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_SKY,
			.title = TR(model->i18n, ui_arena(ui), "language-title")},
		0);
	struct action action = {.kind = ACTION_NONE};
	struct rect rest = boxes.right;
	size_t count;
	const struct language *languages = i18n_languages(&count);
	if (boxes.upright) { /* where hands reach */
		int needed = m->margin;
		for (size_t i = 0; i < count; i++)
			if (languages[i].offered)
				needed += option_height(ui, rest.w, &languages[i]) + acts_gap(ui);
		rest = rect_take_bottom(&rest, needed);
	}
	for (size_t i = 0; i < count; i++) {
		const struct language *language = &languages[i];
		if (!language->offered)
			continue;
		struct str name = str_from(language->name);
		bool chosen = language == model->i18n->language;
		struct rect at = rect_take_top(&rest, option_height(ui, rest.w, language));
		rect_take_top(&rest, acts_gap(ui));
		struct str id = str_format(ui_arena(ui), "language/%s", language->code);
		if (ui_option(ui, id, at, name, chosen))
			action = (struct action){
				.kind = ACTION_SET_LANGUAGE, .text = str_from(language->code)};
		struct rect inside = rect_inset(at, m->padding, 0);
		struct rect mark = rect_take_start(&inside, m->icon);
		ui_icon(ui, rect_center(mark, m->icon, m->icon), chosen ? "check" : "language",
			COLOR_GO);
		rect_take_start(&inside, m->padding);
		ui_text(ui, inside,
			&(struct ui_text){.text = name,
				.style = TEXT_HEADING_2,
				.lang = str_from(language->code),
				.middle = true});
	}
	return action;
}
