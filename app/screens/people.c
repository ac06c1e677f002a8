/* "Wie wil je spreken?": faces, who is in the house now first. */
#include "screens/frames.h"
#include "screens/presence.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "ui/widgets.h"

static bool is_compact(const struct ui *ui)
{
	return ui_theme(ui)->panel.class == PANEL_COMPACT;
}

/* A card is a face and lines beside it; measured and drawn by the same walk. */
struct person_lines {
	struct ui_text name, role, promise;
	struct ui_tag tag;
	int face_px, pad_x, pad_y, gap_px, tag_gap_px;
};

static struct person_lines lines_of(
	const struct model *model, struct ui *ui, const struct contact *contact, int width_px)
{
	static const double face_mm[PANEL_CLASS_COUNT] = {15, 22, 32, 36};
	enum panel_class class = ui_theme(ui)->panel.class;
	bool compact = class == PANEL_COMPACT;
	struct str lang = catalogue_language(model);
	struct person_lines lines = {
		.name = {.text = contact->name, .max_lines = 2, .may_be_cut = true, .lang = lang},
		.role = {.text = contact->role,
			.style = TEXT_BODY,
			.max_lines = 2,
			.may_be_cut = true,
			.lang = lang},
		.tag = presence_tag(model, ui_arena(ui), contact),
		.face_px = ui_mm(ui, face_mm[class]),
		.pad_x = ui_mm(ui, compact ? 2 : 5),
		.pad_y = ui_mm(ui, compact ? 1.6 : 4),
		.gap_px = ui_mm(ui, compact ? 2.4 : 4.4),
		.tag_gap_px = ui_mm(ui, 1.6),
	};
	int room = width_px - 2 * lines.pad_x - lines.face_px - lines.gap_px;
	/* Until when gives way to the fact itself, before the mark needs a second line. */
	struct ui_text words = {.text = lines.tag.label, .style = TEXT_BUTTON};
	if (is_here_now(model, contact) && ui_text_width(ui, &words) > room - ui_mm(ui, 12))
		lines.tag.label = TR(model->i18n, ui_arena(ui), "people-here-now");
	bool narrow = !words_fit(ui, contact->role, room, TEXT_BODY) ||
		      !words_fit(ui, lines.tag.label, room - ui_mm(ui, 12), TEXT_BUTTON);
	if (narrow) /* the face gives way to the words */
		lines.face_px = lines.gap_px = 0;
	lines.name.style = name_style(
		ui, contact->name, width_px - 2 * lines.pad_x - lines.face_px - lines.gap_px);
	if (class == PANEL_WIDE || class == PANEL_PORTRAIT)
		lines.promise = (struct ui_text){.text = contact->promise,
			.style = TEXT_BODY,
			.color = COLOR_SOFT,
			.max_lines = 2,
			.may_be_cut = true, /* in full on the page of the person */
			.lang = lang};
	return lines;
}

static int words_width(const struct person_lines *lines, int width_px)
{
	return width_px - 2 * lines->pad_x - lines->face_px - lines->gap_px;
}

static int words_height(struct ui *ui, const struct person_lines *lines, int room)
{
	int height = ui_text_height(ui, room, &lines->name) +
		     ui_text_height(ui, room, &lines->role) + lines->tag_gap_px +
		     ui_tag_height(ui, room, &lines->tag);
	int promise = ui_text_height(ui, room, &lines->promise);
	return height + (promise ? promise + lines->tag_gap_px : 0);
}

static int card_height(struct ui *ui, const struct person_lines *lines, int width_px)
{
	int words = words_height(ui, lines, words_width(lines, width_px));
	return (words > lines->face_px ? words : lines->face_px) + 2 * lines->pad_y;
}

static bool draw_card(struct ui *ui, struct str id, struct rect rect, const struct contact *contact,
	const struct person_lines *lines)
{
	struct str label = str_format(ui_arena(ui), "%.*s. %.*s. %.*s", STR_ARG(contact->name),
		STR_ARG(contact->role), STR_ARG(lines->tag.label));
	ui_box(ui, rect,
		&(struct ui_box){.fill = ui_is_pressed(ui, id) ? COLOR_SAND : COLOR_WHITE,
			.radius_px = ui_theme(ui)->m.radius_card,
			.shadow = true});
	bool touched = ui_target(ui, id, ROLE_BUTTON, rect, label);
	struct rect inside = rect_inset(rect, lines->pad_x, lines->pad_y);
	if (lines->face_px) {
		struct rect face = rect_take_start(&inside, lines->face_px);
		ui_portrait(ui, rect_center(face, lines->face_px, lines->face_px),
			contact->picture.file, contact->name, contact_color(contact));
		rect_take_start(&inside, lines->gap_px);
	}
	inside = rect_center(inside, inside.w, words_height(ui, lines, inside.w));
	rect_take_top(&inside, ui_text(ui, inside, &lines->name));
	rect_take_top(&inside, ui_text(ui, inside, &lines->role));
	rect_take_top(&inside, lines->tag_gap_px);
	ui_tag(ui, inside, &lines->tag);
	rect_take_top(&inside, ui_tag_height(ui, inside.w, &lines->tag) + lines->tag_gap_px);
	ui_text(ui, inside, &lines->promise);
	return touched;
}

/* --- the screen ------------------------------------------------------------------------------- */

static bool anybody_here(const struct model *model, const struct contact **people, size_t count)
{
	return count > 0 && (!model->clock_sure || is_here_now(model, people[0]));
}

static struct frame_boxes people_head(const struct model *model, struct ui *ui)
{
	struct str title = TR(model->i18n, ui_arena(ui), "people-title");
	if (is_compact(ui))
		title = TR(model->i18n, ui_arena(ui), "start-talk-short");
	return screen_frame(ui,
		&(struct screen_head){
			.section = COLOR_ROSE, .title = title, .picture = STR("tegel-spreken.svg")},
		ui_theme(ui)->m.button);
}

static void draw_nobody(const struct model *model, struct ui *ui, struct rect rect)
{
	struct arena *arena = ui_arena(ui);
	struct rect band = rect_take_top(&rect, rect.h * 2 / 5);
	ui_picture(ui, band,
		&(struct ui_picture){.fallback_icon = STR("diversity_3"),
			.radius_px = ui_theme(ui)->m.radius_card});
	rect_take_top(&rect, ui_theme(ui)->m.gap);
	ui_fact(ui, rect,
		&(struct ui_fact){.icon = "waving_hand",
			.title = TR(model->i18n, arena, "people-none"),
			.body = TR(model->i18n, arena, "people-none-desk")});
}

/* Nobody is here: said above the list, which begins with who comes first. */
static int nobody_now(const struct model *model, struct ui *ui, struct rect rect, bool draw)
{
	struct arena *arena = ui_arena(ui);
	struct str title = TR(model->i18n, arena, "people-nobody");
	if (draw)
		return ui_banner(ui, rect, "schedule", title, STR(""));
	return ui_banner_height(ui, rect.w, title, STR(""));
}

struct action people_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	const struct measures *m = &ui_theme(ui)->m;
	struct arena *arena = ui_arena(ui);
	struct str list = STR("people/list");
	struct action action = {.kind = ACTION_NONE};
	size_t count = 0;
	const struct contact **people = contacts_by_presence(model, arena, &count);
	struct frame_boxes boxes = people_head(model, ui);
	if (count == 0) {
		draw_nobody(model, ui, boxes.right);
		return action;
	}
	struct rect at = ui_scroll_begin(ui, list, boxes.right);
	if (!anybody_here(model, people, count)) {
		ui_scroll_item(ui, at.y);
		at.y += nobody_now(model, ui, at, true) + m->gap;
	}
	for (size_t i = 0; i < count; i++) {
		struct person_lines lines = lines_of(model, ui, people[i], at.w);
		struct rect card = {at.x, at.y, at.w, card_height(ui, &lines, at.w)};
		ui_scroll_item(ui, card.y);
		if (draw_card(ui, ui_id(ui, "people/person", i), card, people[i], &lines))
			action = (struct action){.kind = ACTION_OPEN_PERSON, .id = people[i]->id};
		at.y += card.h + m->gap;
	}
	ui_scroll_end(ui, at.y);
	if (ui_scroll_can(ui, list, -1) || ui_scroll_can(ui, list, 1))
		page_pair_frame(model, ui, list, boxes.acts);
	return action;
}
