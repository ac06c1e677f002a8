/* What suits you: chips for when, for what you need and for what it is about. Every touch counts
 * again how many cards are left, so that nobody chooses themselves into an empty list unseen. */
#include "screens/screen.h"
#include "ui/widgets.h"

#include "screens/choices.h"
#include "screens/filter_words.h"
#include "screens/filtering.h"
#include "screens/topics.h"

#define SCROLL STR("filter/choices")

struct form {
	const struct model *model;
	struct ui *ui;
	struct rect rest;
	struct list_filter filter; /* what it becomes */
	bool changed;
};

static void put_heading(struct form *form, struct str text, const char *id)
{
	ui_scroll_item(form->ui, form->rest.y);
	form->rest.y += ui_text(form->ui, form->rest,
		&(struct ui_text){.text = text, .style = TEXT_HEADING_2, .id = str_from(id)});
	form->rest.y += ui_mm(form->ui, 2.2);
}

static bool put_chips(struct form *form, const struct chip *chips, size_t count, size_t *chosen)
{
	*chosen = count;
	form->rest.y += chip_grid_frame(form->ui, form->rest, chips, count, chosen);
	form->rest.y += ui_mm(form->ui, 4.4);
	if (*chosen < count)
		form->changed = true;
	return *chosen < count;
}

static void put_times(struct form *form)
{
	struct chip chips[3];
	size_t chosen;
	for (size_t i = 0; i < 3; i++)
		chips[i] = (struct chip){str_from(filter_times[i].id),
			tr(form->model->i18n, ui_arena(form->ui), filter_times[i].message, NULL, 0),
			filter_times[i].icon,
			(form->filter.parts_of_day & (unsigned)filter_times[i].part) != 0};
	if (put_chips(form, chips, 3, &chosen))
		form->filter.parts_of_day ^= (unsigned)filter_times[chosen].part;
}

static void put_needs(struct form *form)
{
	struct chip chips[4];
	size_t chosen;
	for (size_t i = 0; i < 4; i++)
		chips[i] = (struct chip){str_from(filter_needs[i].id),
			tr(form->model->i18n, ui_arena(form->ui), filter_needs[i].message, NULL, 0),
			filter_needs[i].icon, filter_needs_this(&form->filter, &filter_needs[i])};
	if (put_chips(form, chips, 4, &chosen))
		filter_toggle_need(&form->filter, &filter_needs[chosen]);
}

static void put_themes(struct form *form)
{
	struct topics topics = catalogue_topics(ui_arena(form->ui), form->model, TOPIC_THEME);
	if (topics.count == 0)
		return;
	put_heading(form, TR(form->model->i18n, ui_arena(form->ui), "filter-theme"),
		"filter/theme-title");
	struct chip *chips = arena_new_array(ui_arena(form->ui), struct chip, topics.count);
	size_t chosen;
	for (size_t i = 0; i < topics.count; i++)
		chips[i] = (struct chip){str_format(ui_arena(form->ui), "filter/theme/%.*s",
						 STR_ARG(topics.items[i].code)),
			topics.items[i].label, NULL,
			str_equal_z(topics.items[i].code, form->filter.theme)};
	if (put_chips(form, chips, topics.count, &chosen)) {
		if (chips[chosen].on)
			form->filter.theme[0] = '\0';
		else
			topic_choose(&form->filter, &topics.items[chosen]);
	}
}

static void put_days(struct form *form)
{
	struct arena *arena = ui_arena(form->ui);
	struct i18n *i18n = form->model->i18n;
	static const enum list_scope scopes[] = {SCOPE_TODAY, SCOPE_WEEK, SCOPE_ALL};
	enum list_scope now = form->filter.scope;
	struct chip chips[] = {
		{STR("filter/today"), TR(i18n, arena, "list-today"), NULL, now == SCOPE_TODAY},
		{STR("filter/week"), TR(i18n, arena, "list-this-week"), NULL, now == SCOPE_WEEK},
		{STR("filter/all"), TR(i18n, arena, "list-all"), NULL, now == SCOPE_ALL},
	};
	size_t chosen;
	put_heading(form, TR(i18n, arena, "filter-days"), "filter/days-title");
	if (put_chips(form, chips, 3, &chosen))
		form->filter.scope = scopes[chosen];
}

struct filter_acts {
	struct ui_button show, clear;
	int show_height, clear_height, pages_height, height;
	bool row;
	bool clear_in_page; /* no room for it below the title */
};

static struct filter_acts acts_of(const struct model *model, struct ui *ui)
{
	struct arena *arena = ui_arena(ui);
	const struct measures *m = &ui_theme(ui)->m;
	enum panel_class class = ui_theme(ui)->panel.class;
	const struct list_filter *filter = &model->visit->filter;
	size_t count = filter_entries(arena, model, filter).count;
	struct filter_acts acts = {.row = class == PANEL_PORTRAIT, .pages_height = m->button};
	int gap = acts_gap(ui), width = head_width(ui);
	int button = acts.row ? (width - 2 * gap) / 3 : width;
	struct str shown =
		TR(model->i18n, arena, "filter-show", {"count", str_format(arena, "%zu", count)});
	struct str none = TR(model->i18n, arena, "filter-show-none");
	bool says_none = count == 0 && words_fit(ui, none, button - 2 * m->padding, TEXT_BUTTON);
	acts.show = (struct ui_button){.label = says_none ? none : shown,
		.icon = class == PANEL_COMPACT ? NULL : "check",
		.centered = class == PANEL_COMPACT,
		.go = true};
	acts.clear = (struct ui_button){.label = TR(model->i18n, arena, "filter-clear"),
		.icon = "close",
		.disabled = !filter_chooses(filter)};
	acts.show = without_broken_words(ui, acts.show, button);
	acts.clear = without_broken_words(ui, acts.clear, button);
	acts.show_height = ui_button_height(ui, button, &acts.show);
	acts.clear_height = ui_button_height(ui, button, &acts.clear);
	if (acts.row) {
		acts.height =
			acts.show_height > acts.clear_height ? acts.show_height : acts.clear_height;
		return acts;
	}
	struct ui_text title = {.text = TR(model->i18n, arena, "filter-title")};
	title.style = title_style(ui, title.text, width);
	int room = screen_rect(ui).h - 2 * m->margin - m->gap - ui_text_height(ui, width, &title);
	acts.height = acts.show_height + acts.clear_height + acts.pages_height + 2 * gap;
	acts.clear_in_page = acts.height > room;
	if (!acts.clear_in_page)
		return acts;
	acts.height -= acts.clear_height + gap;
	title.style = TEXT_DATE_STRONG; /* as screen_frame sets a title that is too high */
	if (acts.height >
		screen_rect(ui).h - 2 * m->margin - m->gap - ui_text_height(ui, width, &title)) {
		acts.show.icon = "check";
		acts.show.icon_only = true;
		acts.show_height = m->button;
		acts.height = acts.show_height + gap + acts.pages_height;
	}
	return acts;
}

static struct action cleared(const struct model *model)
{
	return (struct action){
		.kind = ACTION_SET_FILTER, .filter = {.scope = model->visit->filter.scope}};
}

static struct action put_acts(
	const struct model *model, struct ui *ui, struct rect rect, const struct filter_acts *acts)
{
	int gap = acts_gap(ui);
	struct action action = {.kind = ACTION_NONE};
	struct rect show, clear, pages;
	if (acts->row) {
		show = rect_column(rect, 0, 3, gap);
		clear = rect_column(rect, 1, 3, gap);
		pages = rect_column(rect, 2, 3, gap);
	} else {
		show = rect_take_top(&rect, acts->show_height);
		rect_take_top(&rect, gap);
		clear = rect_take_top(&rect, acts->clear_in_page ? 0 : acts->clear_height);
		rect_take_top(&rect, acts->clear_in_page ? 0 : gap);
		pages = rect;
	}
	if (ui_button(ui, STR("filter/show"), show, &acts->show))
		action = (struct action){.kind = ACTION_SHOW_LIST, .filter = model->visit->filter};
	if (!acts->clear_in_page && ui_button(ui, STR("filter/clear"), clear, &acts->clear))
		action = cleared(model);
	page_pair_frame(model, ui, SCROLL, pages);
	return action;
}

struct action filter_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	struct filter_acts acts = acts_of(model, ui);
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_HONEY,
			.title = TR(model->i18n, arena, "filter-title"),
			.picture = STR("tegel-kan.svg")},
		acts.height);
	struct form form = {.model = model, .ui = ui, .filter = model->visit->filter};
	form.rest = ui_scroll_begin(ui, SCROLL, boxes.right);
	put_heading(&form, TR(model->i18n, arena, "filter-when"), "filter/when-title");
	put_times(&form);
	put_heading(&form, TR(model->i18n, arena, "filter-need"), "filter/need-title");
	put_needs(&form);
	put_themes(&form);
	if (model->clock_sure)
		put_days(&form);
	bool clears = false;
	if (acts.clear_in_page) {
		ui_scroll_item(ui, form.rest.y);
		struct rect at = form.rest;
		at.h = ui_button_height(ui, at.w, &acts.clear);
		clears = ui_button(ui, STR("filter/clear"), at, &acts.clear);
		form.rest.y += at.h + ui_theme(ui)->m.gap;
	}
	ui_scroll_end(ui, form.rest.y);
	struct action action = put_acts(model, ui, boxes.acts, &acts);
	if (clears)
		action = cleared(model);
	if (form.changed)
		action = (struct action){.kind = ACTION_SET_FILTER, .filter = form.filter};
	return action;
}
