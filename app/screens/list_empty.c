/* Nothing found is no dead end: it says why, offers the one choice to drop with what that gives,
 * and somebody to ask. */
#include "screens/list_empty.h"

#include "screens/filter_words.h"
#include "screens/filtering.h"
#include "ui/widgets.h"

static struct str why_empty(const struct model *model, struct arena *arena)
{
	const struct list_filter *filter = &model->visit->filter;
	struct i18n *i18n = model->i18n;
	if (!model->catalogue || model->catalogue->initiative_count == 0)
		return TR(i18n, arena, "empty-catalogue-body");
	if (filter->parts_of_day == EVENING && filter->step_free && !filter->free_of_charge &&
		!filter->with_children && !filter->other_language)
		return TR(i18n, arena, "empty-body-evening-step-free");
	if (!filter_chooses(filter))
		return filter->scope == SCOPE_TODAY ? TR(i18n, arena, "empty-today")
						    : TR(i18n, arena, "empty-this-week");
	return TR(i18n, arena, "empty-body");
}

static struct str drop_words(const struct model *model, struct arena *arena,
	const struct list_filter *filter, const struct filter_drop *drop)
{
	struct i18n *i18n = model->i18n;
	struct i18n_arg count = {"count", str_format(arena, "%zu", drop->count)};
	const char *id = NULL;
	switch (drop->part) {
	case FILTER_TIME:
		id = filter->parts_of_day == MORNING     ? MESSAGE("empty-drop-morning")
		     : filter->parts_of_day == AFTERNOON ? MESSAGE("empty-drop-afternoon")
		     : filter->parts_of_day == EVENING   ? MESSAGE("empty-drop-evening")
							 : MESSAGE("empty-drop-time");
		break;
	case FILTER_STEP_FREE:
		id = MESSAGE("empty-drop-step-free");
		break;
	case FILTER_LANGUAGE:
		id = MESSAGE("empty-drop-language");
		break;
	case FILTER_CHILDREN:
		id = MESSAGE("empty-drop-children");
		break;
	case FILTER_FREE:
		id = MESSAGE("empty-drop-free");
		break;
	case FILTER_TOPIC:
		id = MESSAGE("empty-drop-theme");
		break;
	case FILTER_TODAY:
		return TR(i18n, arena, "empty-look-this-week");
	case FILTER_WEEK:
		return TR(i18n, arena, "empty-look-later");
	case FILTER_NOTHING:
		break;
	}
	return id ? tr(i18n, arena, id, &count, 1) : STR("");
}

/* Somebody who can be asked: in the house now if the clock is sure, else just the first one. */
static const struct contact *somebody(const struct model *model)
{
	const struct catalogue *c = model->catalogue;
	if (!c || c->contact_count == 0)
		return NULL;
	int until;
	for (size_t i = 0; model->clock_sure && i < c->contact_count; i++)
		if (contact_present(&c->contacts[i], model->now, &until))
			return &c->contacts[i];
	return &c->contacts[0];
}

static void put_band(struct ui *ui, struct rect *rest, int below_px)
{
	const struct measures *m = &ui_theme(ui)->m;
	int height = ui_mm(ui, 44);
	if (height > rest->h - below_px)
		height = rest->h - below_px;
	if (height < ui_mm(ui, 10))
		return; /* large letters: the words go first */
	ui_picture(ui, rect_take_top(rest, height),
		&(struct ui_picture){.name = STR("patroon.svg"), .radius_px = m->radius_card});
	rect_take_top(rest, m->gap);
}

struct action list_empty_frame(const struct model *model, struct ui *ui)
{
	struct arena *arena = ui_arena(ui);
	const struct measures *m = &ui_theme(ui)->m;
	const struct list_filter *filter = &model->visit->filter;
	bool no_board = !model->catalogue || model->catalogue->initiative_count == 0;
	struct action action = {.kind = ACTION_NONE};
	struct frame_boxes boxes;
	struct ui_button clear = {.label = TR(model->i18n, arena, "filter-clear"),
		.icon = "close",
		.icon_only = ui_theme(ui)->panel.class == PANEL_COMPACT};
	struct screen_head head = {.section = COLOR_HONEY,
		.title = no_board ? TR(model->i18n, arena, "empty-catalogue")
				  : TR(model->i18n, arena, "empty-title")};
	bool can_clear = filter_chooses(filter);
	int clear_height =
		ui_button_height(ui, m->left ? m->left - 2 * m->margin : ui_mm(ui, 80), &clear);
	boxes = screen_frame(ui, &head, can_clear ? clear_height : 0);
	if (can_clear && ui_button(ui, STR("list/clear"), boxes.acts, &clear))
		action = (struct action){
			.kind = ACTION_SET_FILTER, .filter = {.scope = filter->scope}};

	struct filter_drop drop = filter_best_drop(arena, model, filter);
	const struct contact *person = somebody(model);
	struct ui_button dropped = {
		.label = drop_words(model, arena, filter, &drop), .icon = "event", .go = true};
	struct ui_button ask = {0};
	if (person)
		ask = (struct ui_button){
			.label = TR(model->i18n, arena, "empty-ask", {"name", person->name}),
			.portrait = person->picture.file,
			.portrait_initial = person->name,
			.portrait_fill = contact_color(person)};
	struct ui_text why = {.text = why_empty(model, arena), .style = TEXT_BODY};
	struct rect rest = boxes.right;
	int gap = acts_gap(ui);
	int why_height = ui_text_height(ui, rest.w, &why);
	int drop_height = dropped.label.len ? ui_button_height(ui, rest.w, &dropped) + gap : 0;
	int ask_height = person ? ui_button_height(ui, rest.w, &ask) + gap : 0;
	put_band(ui, &rest, why_height + drop_height + ask_height + m->gap + m->margin);
	rect_take_top(&rest, ui_text(ui, rest, &why));
	rect_take_top(&rest, gap);
	if (drop_height &&
		ui_button(ui, STR("list/drop"), rect_take_top(&rest, drop_height - gap), &dropped))
		action = (struct action){.kind = ACTION_SET_FILTER, .filter = drop.filter};
	rect_take_top(&rest, drop_height ? gap : 0);
	if (person && ask_height - gap <= rest.h &&
		ui_button(ui, STR("list/ask"), rect_take_top(&rest, ask_height - gap), &ask))
		action = (struct action){.kind = ACTION_OPEN_PERSON, .id = person->id};
	return action;
}
