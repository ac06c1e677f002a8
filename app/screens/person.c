/* One person: the face, what they promise, when they are here, how to call them, and where you meet
 * them. What is not known is left out. */
#include "screens/frames.h"
#include "screens/presence.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "screens/initiative_facts.h"
#include "ui/widgets.h"

static struct str say_spoken(
	const struct model *model, struct arena *arena, const struct contact *person)
{
	size_t count = person->languages.count;
	struct str *names = arena_new_array(arena, struct str, count);
	for (size_t i = 0; i < count; i++)
		names[i] = language_name(model, arena, person->languages.items[i]);
	if (count == 0)
		return STR("");
	return TR(model->i18n, arena, "people-languages",
		{"languages", say_list(model->i18n, arena, names, count)});
}

#define LONG_NAME_BYTES 60

/* --- what stands on the right, from top to bottom --------------------------------------------- */

/* Where the next part starts; everything is drawn into one scrolling list. */
struct flow {
	struct ui *ui;
	struct rect at;
	int gap_px;
};

static void flow_fact(struct flow *flow, const struct ui_fact *fact)
{
	if (fact->title.len == 0 && fact->body.len == 0)
		return;
	ui_scroll_item(flow->ui, flow->at.y);
	flow->at.y += ui_fact(flow->ui, flow->at, fact) + flow->gap_px;
}

static void flow_phone(struct flow *flow, const struct model *model, const struct contact *person)
{
	struct ui *ui = flow->ui;
	if (person->phone.len == 0)
		return;
	ui_scroll_item(ui, flow->at.y);
	struct rect row = flow->at;
	struct ui_text phone = {.text = say_phone(model->i18n, ui_arena(ui), person->phone),
		.style = TEXT_HEADING_1};
	int icon = ui_theme(ui)->m.icon;
	/* in line with the facts, whose words start 15 mm (7": 12.4 mm) from the edge */
	int column = ui_mm(ui, ui_theme(ui)->panel.class == PANEL_COMPACT ? 12.4 : 15);
	phone.style = title_style(ui, phone.text, row.w - column);
	int height = ui_text_height(ui, row.w - column, &phone);
	row.h = height > icon ? height : icon;
	struct rect mark = rect_take_start(&row, column);
	ui_icon(ui, (struct rect){mark.x, mark.y + (row.h - icon) / 2, icon, icon}, "call",
		COLOR_GO);
	phone.middle = true;
	ui_text(ui, row, &phone);
	flow->at.y += row.h + flow->gap_px;
}

static bool meets(const struct initiative *initiative, const struct contact *person)
{
	return initiative->status == STATUS_ACTIVE &&
	       (initiative->host == person || initiative->greeted_by == person ||
		       initiative->warm_contact == person);
}

static struct action open_initiative(const struct model *model, const struct initiative *initiative)
{
	const struct occurrence *o = next_occurrence(model, initiative);
	struct action action = {.kind = ACTION_OPEN_INITIATIVE, .id = initiative->id};
	if (o) {
		action.has_occurrence = true;
		action.schedule = o->schedule->id;
		action.rule_start = o->rule_start;
	}
	return action;
}

static struct action flow_initiatives(
	struct flow *flow, const struct model *model, const struct contact *person)
{
	struct ui *ui = flow->ui;
	struct action action = {.kind = ACTION_NONE};
	size_t shown = 0;
	for (size_t i = 0; i < model->catalogue->initiative_count; i++) {
		const struct initiative *initiative = &model->catalogue->initiatives[i];
		if (!meets(initiative, person))
			continue;
		ui_scroll_item(ui, flow->at.y);
		if (shown == 0) {
			struct ui_text title = {.text = TR(model->i18n, ui_arena(ui),
							"people-groups", {"name", person->name}),
				.style = TEXT_STRONG};
			flow->at.y += ui_text(ui, flow->at, &title) + ui_mm(ui, 2);
		}
		struct ui_button button = {
			.label = initiative->name, .icon = "arrow_forward", .icon_directed = true};
		struct rect row = flow->at;
		row.h = ui_button_height(ui, row.w, &button);
		if (ui_button(ui, ui_id(ui, "person/initiative", shown++), row, &button))
			action = open_initiative(model, initiative);
		flow->at.y += row.h + acts_gap(ui);
	}
	return action;
}

static struct action flow_all(
	struct flow *flow, const struct model *model, const struct contact *person)
{
	struct ui *ui = flow->ui;
	struct arena *arena = ui_arena(ui);
	const struct measures *m = &ui_theme(ui)->m;
	struct str lang = catalogue_language(model), own = STR("");
	struct ui_tag tag = presence_tag(model, arena, person);
	ui_scroll_item(ui, flow->at.y);
	if (person->name.len > LONG_NAME_BYTES && m->left > 0) { /* the head may have cut it */
		struct ui_text name = {.text = person->name, .style = TEXT_STRONG, .lang = lang};
		flow->at.y += ui_text(ui, flow->at, &name) + flow->gap_px;
	}
	ui_tag(ui, flow->at, &tag);
	flow->at.y += ui_tag_height(ui, flow->at.w, &tag) + flow->gap_px;
	flow_phone(flow, model, person);
	if (person->promise.len)
		flow_fact(flow, &(struct ui_fact){.icon = "volunteer_activism",
					.title = TR(model->i18n, arena, "people-promise",
						{"name", person->name}),
					.body = person->promise,
					.body_lang = lang});
	flow_fact(flow, &(struct ui_fact){
				.icon = "emoji_people", .body = person->about, .body_lang = lang});
	struct str times = presence_times(model, arena, person);
	if (times.len)
		flow_fact(flow, &(struct ui_fact){.icon = "schedule",
					.title = TR(model->i18n, arena, "people-when"),
					.body = times,
					.body_lang = person->present_count ? own : lang});
	flow_fact(flow,
		&(struct ui_fact){.icon = "translate", .body = say_spoken(model, arena, person)});
	return flow_initiatives(flow, model, person);
}

/* --- the screen ------------------------------------------------------------------------------- */

/* The face in the head, as large as the room allows. */
static void draw_face(struct ui *ui, const struct frame_boxes *boxes, const struct contact *person)
{
	struct rect room = boxes->head_rest;
	if (boxes->upright)
		return;
	rect_take_top(&room, ui_mm(ui, 3));
	int size = room.w < room.h ? room.w : room.h;
	if (size < ui_mm(ui, 14))
		return;
	room.h = room.h > size ? size : room.h;
	ui_portrait(ui, rect_center(room, size, size), person->picture.file, person->name,
		contact_color(person));
}

struct action person_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	const struct measures *m = &ui_theme(ui)->m;
	struct str list = STR("person/list");
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	const struct contact *person =
		model->catalogue ? catalogue_contact(model->catalogue, model->visit->person) : NULL;
	if (!person) {
		screen_frame(ui,
			&(struct screen_head){.section = COLOR_ROSE,
				.title = TR(model->i18n, ui_arena(ui), "people-none")},
			0);
		return (struct action){.kind = ACTION_NONE};
	}
	/* A role that would break inside a word stands on the page instead. */
	bool role_fits = words_fit(ui, person->role, head_width(ui), TEXT_BAR);
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_ROSE,
			.title = person->name,
			.subtitle = role_fits ? person->role : STR(""),
			.lang = catalogue_language(model)},
		m->button);
	draw_face(ui, &boxes, person);
	struct flow flow = {.ui = ui, .gap_px = ui_mm(ui, compact ? 2.4 : 5)};
	flow.at = ui_scroll_begin_pages(ui, list, boxes.right);
	if (boxes.upright) {
		int face = ui_mm(ui, 90);
		ui_portrait(ui, (struct rect){flow.at.x, flow.at.y, face, face},
			person->picture.file, person->name, contact_color(person));
		flow.at.y += face + m->gap;
	}
	if (!role_fits) {
		struct ui_text role = {.text = person->role,
			.style = TEXT_STRONG,
			.lang = catalogue_language(model)};
		ui_scroll_item(ui, flow.at.y);
		flow.at.y += ui_text(ui, flow.at, &role) + flow.gap_px;
	}
	struct action action = flow_all(&flow, model, person);
	ui_scroll_end(ui, flow.at.y);
	if (ui_scroll_can(ui, list, -1) || ui_scroll_can(ui, list, 1))
		page_pair_frame(model, ui, list, boxes.acts);
	return action;
}
