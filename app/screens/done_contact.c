/* The number of the person you will meet, as a card that the telephone keeps: one code a page. */
#include "screens/frames.h"
#include "screens/question.h"

#include "i18n/say.h"
#include "screens/done_parts.h"
#include "ui/widgets.h"

static const struct contact *person_of(const struct model *model)
{
	const struct initiative *initiative = visit_initiative(model);
	if (!initiative)
		return NULL;
	bool introduction =
		model->visit->saved && initiative->registration.mode == REGISTRATION_INTRODUCTION;
	return done_reachable(initiative,
		introduction ? signup_reader(initiative) : initiative_greeter(initiative));
}

struct contact_page {
	struct ui_text title, help, phone;
	struct ui_button link, finish;
	int link_px, finish_px;
};

static struct contact_page page_of(const struct model *model, struct ui *ui,
	const struct contact *person, int width_px, int button_px, int height_px)
{
	struct arena *arena = ui_arena(ui);
	bool upright = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	struct contact_page page = {
		.help = {.text = TR(
				 model->i18n, arena, "done-contact-scan", {"name", person->name}),
			.style = TEXT_BODY},
		.phone = {.text = say_phone(model->i18n, arena, person->phone),
			.style = TEXT_HEADING_2},
		.link = fit_button(ui, button_px,
			(struct ui_button){.label = TR(model->i18n, arena, "bar-back"),
				.icon = "arrow_back",
				.icon_directed = true,
				.centered = upright}),
		.finish = {.label = TR(model->i18n, arena, "done-wipe"),
			.icon = "delete_sweep",
			.go = true,
			.centered = upright},
	};
	page.link_px = ui_button_height(ui, button_px, &page.link);
	page.finish_px = ui_button_height(ui, button_px, &page.finish);
	if (!upright && page.finish_px > height_px / 2) {
		page.finish.icon_only = true;
		page.finish_px = ui_button_height(ui, button_px, &page.finish);
	}
	int acts = upright ? 0 : page.link_px + page.finish_px + 2 * acts_gap(ui);
	struct ui_text two = {.text = STR("x\nx"), .style = TEXT_HEADING_1};
	int most = ui_text_height(ui, width_px, &two), room = height_px - acts;
	page.title =
		fitting_title(ui, TR(model->i18n, arena, "done-number", {"name", person->name}),
			width_px, most < room ? most : room);
	return page;
}

static struct action draw_acts(
	struct ui *ui, struct rect link, struct rect finish, const struct contact_page *page)
{
	struct action action = {.kind = ACTION_NONE};
	if (ui_button(ui, STR("done-contact/back"), link, &page->link))
		action.kind = ACTION_BACK;
	if (ui_button(ui, STR("done-contact/finish"), finish, &page->finish))
		action.kind = ACTION_FINISH;
	return action;
}

static void draw_words(struct ui *ui, struct rect rect, const struct contact_page *page)
{
	int gap = ui_mm(ui, ui_theme(ui)->panel.class == PANEL_COMPACT ? 1.6 : 4);
	rect_take_top(&rect, ui_text(ui, rect, &page->title));
	rect_take_top(&rect, gap);
	int phone = ui_text_height(ui, rect.w, &page->phone);
	if (phone > rect.h)
		return;
	rect_take_top(&rect, ui_text(ui, rect, &page->phone));
	rect_take_top(&rect, gap);
	if (ui_text_height(ui, rect.w, &page->help) <= rect.h)
		ui_text(ui, rect, &page->help);
}

static struct action frame_lying(const struct model *model, struct ui *ui,
	const struct contact *person, const struct slip *slip)
{
	static const double pad_mm[PANEL_CLASS_COUNT] = {3, 5, 9, 0};
	enum panel_class class = ui_theme(ui)->panel.class;
	bool compact = class == PANEL_COMPACT;
	struct rect room = screen_rect(ui);
	int pad = ui_mm(ui, pad_mm[class]);
	if (!compact)
		room = rect_inset(room, pad, pad);
	slip_frame(ui, rect_take_start(&room, slip_width(ui, slip, room.h)), slip, !compact);
	if (compact)
		room = rect_inset(room, pad, ui_mm(ui, 2.5));
	else
		rect_take_start(&room, pad);
	struct contact_page page = page_of(model, ui, person, room.w, room.w, room.h);
	struct rect finish = rect_take_bottom(&room, page.finish_px);
	rect_take_bottom(&room, acts_gap(ui));
	struct rect link = rect_take_bottom(&room, page.link_px);
	rect_take_bottom(&room, acts_gap(ui));
	draw_words(ui, room, &page);
	return draw_acts(ui, link, finish, &page);
}

static struct action frame_upright(const struct model *model, struct ui *ui,
	const struct contact *person, const struct slip *slip)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct rect room = rect_inset(screen_rect(ui), m->margin, m->margin);
	int half = (room.w - acts_gap(ui)) / 2;
	struct contact_page page = page_of(model, ui, person, room.w, half, room.h);
	int height = page.finish_px > page.link_px ? page.finish_px : page.link_px;
	struct rect acts = rect_take_bottom(&room, height);
	struct rect link = rect_take_start(&acts, half), finish = rect_take_end(&acts, half);
	rect_take_bottom(&room, m->gap);
	struct rect sheet = rect_take_bottom(&room, ui_mm(ui, 190));
	slip_frame(ui, sheet, slip, true);
	rect_take_bottom(&room, m->gap);
	int face = ui_mm(ui, 90);
	if (room.h > face + ui_mm(ui, 60)) {
		struct rect at = rect_take_top(&room, face);
		at.w = face;
		ui_portrait(ui, at, person->picture.file, person->name, contact_color(person));
		rect_take_top(&room, m->gap);
	}
	draw_words(ui, room, &page);
	return draw_acts(ui, link, finish, &page);
}

struct action done_contact_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	ui_box(ui, screen_rect(ui), &(struct ui_box){.fill = COLOR_SAGE});
	const struct contact *person = person_of(model);
	if (!person)
		return (struct action){.kind = ACTION_NONE};
	struct slip slip = done_card_slip(model, ui, person);
	slip.id = STR("done-contact/card");
	slip.caption = TR(model->i18n, ui_arena(ui), "done-scan");
	slip.icon = "photo_camera";
	return ui_theme(ui)->panel.class == PANEL_PORTRAIT ? frame_upright(model, ui, person, &slip)
							   : frame_lying(model, ui, person, &slip);
}
