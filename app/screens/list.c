/* What is on: cards under the calendar leaf of their day. A leaf stays at the top while its cards
 * pass. The left panel says what is shown and holds the choices; when nothing passes them the list
 * says which one choice to drop. */
#include "screens/screen.h"
#include "ui/widgets.h"

#include "screens/card.h"
#include "screens/choices.h"
#include "screens/filter_words.h"
#include "screens/filtering.h"
#include "screens/list_empty.h"

/* More cards than this all get one height, so that those out of sight need not be measured. */
#define MEASURED_CARDS 120

struct list {
	const struct model *model;
	struct ui *ui;
	struct list_entries entries;
	const struct initiative *elsewhere;
	struct str scroll_id;
	struct rect viewport;
	struct card_look look;
	int uniform_height; /* 0: every card is measured */
	struct action action;
};

/* Each scope is a list of its own, which begins at its top. */
static struct str scroll_id_of(const struct model *model)
{
	static const char *const ids[] = {"list/week", "list/today", "list/all"};
	return model->clock_sure ? str_from(ids[model->visit->filter.scope]) : STR("list/rhythm");
}

static struct action open_entry(const struct list_entry *entry)
{
	struct action action = {.kind = ACTION_OPEN_INITIATIVE, .id = entry->initiative->id};
	if (entry->occurrence) {
		action.has_occurrence = true;
		action.schedule = entry->occurrence->schedule->id;
		action.rule_start = entry->occurrence->rule_start;
	}
	return action;
}

/* --- the cards -------------------------------------------------------------------------------- */

static int leaf_gap(const struct ui *ui)
{
	return ui_theme(ui)->panel.class == PANEL_SMALL ? ui_mm(ui, 3.4) : ui_theme(ui)->m.gap;
}

/* Draws a card if any of it is in sight; returns its height. */
static int put_card(struct list *list, struct str id, struct rect at,
	const struct list_entry *entry, const struct card_look *look)
{
	at.h = list->uniform_height ? list->uniform_height
				    : card_height(list->ui, at.w, list->model, entry, look);
	int from = list->viewport.y - list->viewport.h,
	    until = list->viewport.y + 2 * list->viewport.h;
	if (at.y + at.h >= from && at.y <= until)
		ui_scroll_item(list->ui, at.y);
	bool visible = at.y + at.h > list->viewport.y && at.y < list->viewport.y + list->viewport.h;
	if (visible && card_frame(list->ui, id, at, list->model, entry, look))
		list->action = open_entry(entry);
	return at.h;
}

static struct rect card_column(const struct list *list, struct rect content, bool calendar)
{
	if (calendar)
		rect_take_start(
			&content, ui_theme(list->ui)->m.calendar_width + leaf_gap(list->ui));
	return content;
}

/* The leaf stands beside its cards, but never above the top of the list. */
static void put_leaf(struct list *list, struct rect content, int top, int bottom, struct date day)
{
	int height = ui_calendar_height(list->ui);
	int y = top > list->viewport.y ? top : list->viewport.y;
	if (y > bottom - height)
		y = bottom - height;
	if (y + height > list->viewport.y && y < list->viewport.y + list->viewport.h)
		calendar_frame(list->model, list->ui,
			(struct rect){content.x, y, content.w, height}, day, false);
}

static int put_day(struct list *list, struct rect content, size_t *index)
{
	const struct list_entry *items = list->entries.items;
	struct date day = items[*index].occurrence->start.date;
	int y = content.y, gap = ui_theme(list->ui)->m.gap, least = ui_calendar_height(list->ui);
	size_t i = *index;
	for (; i < list->entries.count && items[i].occurrence &&
		date_compare(items[i].occurrence->start.date, day) == 0;
		i++) {
		struct rect at = card_column(list, content, true);
		at.y = y;
		y += put_card(list, ui_id(list->ui, "list/card", i), at, &items[i], &list->look) +
		     gap;
	}
	int bottom = y - gap;
	if (bottom < content.y + least)
		bottom = content.y + least; /* a card lower than the leaf */
	put_leaf(list, content, content.y, bottom, day);
	*index = i;
	return bottom + gap;
}

static int put_elsewhere(struct list *list, struct rect content, bool calendar)
{
	struct rect at = card_column(list, content, calendar);
	struct ui_text heading = {.text = TR(list->model->i18n, ui_arena(list->ui), "list-else"),
		.style = TEXT_HEADING_2,
		.id = STR("list/else-title")};
	at.y += ui_mm(list->ui, 2);
	at.y += ui_text(list->ui, at, &heading) + ui_mm(list->ui, 2);
	const struct initiative *initiative = list->elsewhere;
	struct list_entry entry = {
		initiative, NULL, initiative->schedule_count ? &initiative->schedules[0] : NULL};
	if (list->model->clock_sure)
		entry.occurrence = next_occurrence(list->model, initiative);
	struct card_look look = {.tight = list->look.tight};
	return at.y + put_card(list, STR("list/else"), at, &entry, &look);
}

static void put_cards(struct list *list)
{
	struct ui *ui = list->ui;
	struct rect content = ui_scroll_begin(ui, list->scroll_id, list->viewport);
	int gap = ui_theme(ui)->m.gap;
	bool calendar = false;
	if (!list->model->clock_sure) {
		struct str say = TR(list->model->i18n, ui_arena(ui), "clock-title");
		struct str ask = TR(list->model->i18n, ui_arena(ui), "clock-body");
		content.y += ui_banner(ui, content, "schedule", say, ask) + gap;
	}
	for (size_t i = 0; i < list->entries.count;) {
		const struct list_entry *entry = &list->entries.items[i];
		if (entry->occurrence) {
			calendar = true;
			content.y = put_day(list, content, &i);
			continue;
		}
		struct card_look look = list->look;
		look.calendar = false;
		content.y += put_card(list, ui_id(ui, "list/card", i), content, entry, &look) + gap;
		i++;
	}
	if (list->elsewhere)
		content.y = put_elsewhere(list, content, calendar) + gap;
	ui_scroll_end(ui, content.y);
}

/* --- the panel with the choices --------------------------------------------------------------- */

struct acts {
	struct ui_button scope, choose, search;
	enum list_scope other_scope;
	bool has_scope; /* today and this week can change places */
	int search_height, scope_height, choose_height, pages_height, height;
};

/* Beside each other where there is room for that, else below each other. */
static bool acts_in_row(const struct ui *ui)
{
	enum panel_class class = ui_theme(ui)->panel.class;
	return class == PANEL_PORTRAIT;
}

static struct acts acts_of(const struct model *model, struct ui *ui, int width_px)
{
	struct arena *arena = ui_arena(ui);
	const struct list_filter *filter = &model->visit->filter;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct acts acts = {.has_scope = model->clock_sure};
	acts.other_scope = filter->scope == SCOPE_WEEK ? SCOPE_TODAY : SCOPE_WEEK;
	acts.scope = (struct ui_button){.label = acts.other_scope == SCOPE_TODAY
							 ? TR(model->i18n, arena, "list-today")
							 : TR(model->i18n, arena, "list-this-week"),
		.icon = acts.other_scope == SCOPE_TODAY ? "today" : "event",
		.icon_only = compact};
	acts.choose = (struct ui_button){.label = TR(model->i18n, arena, "list-filter"),
		.icon = "tune",
		.icon_only = compact,
		.chosen = filter_chooses(filter)};
	acts.search = (struct ui_button){.label = TR(model->i18n, arena, "list-search"),
		.icon = "search",
		.icon_only = compact};
	acts.search = without_broken_words(ui, acts.search, width_px);
	acts.scope = without_broken_words(ui, acts.scope, width_px);
	acts.choose = without_broken_words(ui, acts.choose, width_px);
	acts.pages_height = ui_theme(ui)->m.button;
	acts.search_height = ui_button_height(ui, width_px, &acts.search);
	acts.scope_height = ui_button_height(ui, width_px, &acts.scope);
	acts.choose_height = ui_button_height(ui, width_px, &acts.choose);
	return acts;
}

static void measure_acts(struct ui *ui, struct acts *acts, int title_height)
{
	int gap = acts_gap(ui);
	enum panel_class class = ui_theme(ui)->panel.class;
	if (class == PANEL_PORTRAIT) {
		acts->height = acts->scope_height > acts->choose_height ? acts->scope_height
									: acts->choose_height;
		if (acts->search_height > acts->height)
			acts->height = acts->search_height;
		return;
	}
	if (class == PANEL_COMPACT) {
		acts->has_scope = false; /* two beside each other, no more */
		acts->height = 2 * acts->pages_height + gap;
		return;
	}
	acts->height = acts->search_height + acts->choose_height + 2 * gap + acts->pages_height;
	int with_scope = acts->height + gap + acts->scope_height;
	int room = screen_rect(ui).h - 2 * ui_theme(ui)->m.margin - ui_theme(ui)->m.gap;
	/* without room the scope is chosen on the screen behind "Kies" */
	if (acts->has_scope && with_scope + title_height <= room)
		acts->height = with_scope;
	else
		acts->has_scope = false;
}

static void put_acts(struct list *list, struct rect rect, struct acts *acts)
{
	struct ui *ui = list->ui;
	int gap = acts_gap(ui);
	struct rect scope = {0}, search, choose, pages;
	enum panel_class class = ui_theme(ui)->panel.class;
	if (acts_in_row(ui)) {
		int columns = acts->has_scope ? 4 : 3;
		scope = rect_column(rect, 0, columns, gap);
		search = rect_column(rect, columns - 3, columns, gap);
		choose = rect_column(rect, columns - 2, columns, gap);
		pages = rect_column(rect, columns - 1, columns, gap);
	} else if (class == PANEL_COMPACT) {
		struct rect row = rect_take_top(&rect, acts->pages_height);
		search = rect_column(row, 0, 2, gap);
		choose = rect_column(row, 1, 2, gap);
		rect_take_top(&rect, gap);
		pages = rect;
	} else {
		if (acts->has_scope) {
			scope = rect_take_top(&rect, acts->scope_height);
			rect_take_top(&rect, gap);
		}
		search = rect_take_top(&rect, acts->search_height);
		rect_take_top(&rect, gap);
		choose = rect_take_top(&rect, acts->choose_height);
		rect_take_top(&rect, gap);
		pages = rect;
	}
	if (acts->has_scope && ui_button(ui, STR("list/scope"), scope, &acts->scope)) {
		list->action = (struct action){
			.kind = ACTION_SET_FILTER, .filter = list->model->visit->filter};
		list->action.filter.scope = acts->other_scope;
	}
	if (ui_button(ui, STR("list/search"), search, &acts->search))
		list->action = (struct action){.kind = ACTION_GO, .screen = SCREEN_SEARCH};
	if (ui_button(ui, STR("list/choose"), choose, &acts->choose))
		list->action = (struct action){.kind = ACTION_GO, .screen = SCREEN_FILTER};
	page_pair_frame(list->model, ui, list->scroll_id, pages);
}

/* What was chosen where there is room to say it, else how many cards there are. */
static struct str subtitle_of(const struct list *list, int width_px, int room_px)
{
	struct arena *arena = ui_arena(list->ui);
	struct str chosen = filter_words(list->model, arena, &list->model->visit->filter);
	struct ui_text text = {.text = chosen, .style = TEXT_BODY};
	if (chosen.len && ui_text_height(list->ui, width_px, &text) <= room_px)
		return chosen;
	if (ui_theme(list->ui)->panel.class == PANEL_COMPACT || !list->model->clock_sure ||
		list->model->visit->filter.scope == SCOPE_ALL)
		return STR("");
	return TR_COUNT(
		list->model->i18n, arena, "list-count", "count", (int64_t)list->entries.count);
}

struct action list_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	const struct measures *m = &ui_theme(ui)->m;
	const struct list_filter *filter = &model->visit->filter;
	struct list list = {.model = model, .ui = ui, .scroll_id = scroll_id_of(model)};
	list.entries = filter_entries(ui_arena(ui), model, filter);
	list.look = (struct card_look){.calendar = true, .factor = filter->factor};
	if (list.entries.count == 0)
		return list_empty_frame(model, ui);
	list.elsewhere = filter_elsewhere(ui_arena(ui), model, &list.entries);
	if (list.entries.count > MEASURED_CARDS) {
		list.uniform_height = card_height_tight(ui);
		list.look.tight = true;
	}

	int width = head_width(ui);
	bool topic = filter_has_topic(filter);
	struct screen_head head = {.section = topic ? COLOR_SAGE : COLOR_HONEY,
		.title = filter_title(model, ui_arena(ui), filter),
		.picture = topic ? STR("tegel-zoek.svg") : STR("tegel-doen.svg")};
	struct ui_text title = {.text = head.title, .style = title_style(ui, head.title, width)};
	int title_height = ui_text_height(ui, width, &title);
	struct acts acts =
		acts_of(model, ui, acts_in_row(ui) ? (width - 3 * acts_gap(ui)) / 4 : width);
	measure_acts(ui, &acts, title_height);
	int room = screen_rect(ui).h - 2 * m->margin - m->gap - acts.height - title_height -
		   ui_mm(ui, 2);
	head.subtitle = subtitle_of(&list, width, acts_in_row(ui) ? ui_mm(ui, 60) : room);

	struct frame_boxes boxes = screen_frame(ui, &head, acts.height);
	list.viewport = boxes.right;
	ui_region(ui, list.scroll_id, ROLE_LIST, list.viewport, head.title);
	put_cards(&list);
	put_acts(&list, boxes.acts, &acts);
	return list.action;
}
