/* What are you looking for: by a word, by what it is about, by how close it is, and by where it
 * happens. Every choice leads to a list that is not empty. Typing a word and the lens on the
 * protective factors have their own screens. */
#include "screens/screen.h"
#include "ui/widgets.h"

#include "screens/choices.h"
#include "screens/filter_words.h"
#include "screens/topics.h"

#define SCROLL STR("looking/choices")

static const enum color_token discs[] = {
	COLOR_ROSE, COLOR_HONEY, COLOR_SKY, COLOR_PLUM, COLOR_SAGE};

struct looking {
	const struct model *model;
	struct ui *ui;
	struct rect rest;
	struct action action;
};

static const char *topic_icon(const struct topic *topic)
{
	if (topic->kind == TOPIC_THEME)
		return theme_icon(topic->code);
	if (topic->kind == TOPIC_ENVIRONMENT)
		return str_equal_z(topic->code, "online") ? "language" : "location_on";
	return str_equal_z(topic->code, "persoonlijk")         ? "person"
	       : str_equal_z(topic->code, "gemeenschappelijk") ? "diversity_3"
							       : "door_open";
}

static void put_heading(struct looking *looking, struct str text, struct str id)
{
	ui_scroll_item(looking->ui, looking->rest.y);
	looking->rest.y += ui_text(looking->ui, looking->rest,
		&(struct ui_text){.text = text, .style = TEXT_HEADING_2, .id = id});
	looking->rest.y += ui_mm(looking->ui, 2.2);
}

static void put_topics(struct looking *looking, enum topic_kind kind, struct str heading,
	const char *prefix, size_t first_disc)
{
	struct ui *ui = looking->ui;
	struct arena *arena = ui_arena(ui);
	struct topics topics = catalogue_topics(arena, looking->model, kind);
	if (topics.count == 0)
		return;
	struct choice *choices = arena_new_array(arena, struct choice, topics.count);
	for (size_t i = 0; i < topics.count; i++)
		choices[i] = (struct choice){
			.id = str_format(arena, "%s/%.*s", prefix, STR_ARG(topics.items[i].code)),
			.label = topics.items[i].label,
			.lang = topics.items[i].lang,
			.icon = topic_icon(&topics.items[i]),
			.disc = discs[(i + first_disc) % (sizeof(discs) / sizeof(discs[0]))]};
	put_heading(looking, heading, str_format(arena, "%s-title", prefix));
	size_t chosen = topics.count;
	looking->rest.y +=
		choice_grid_frame(ui, looking->rest, choices, topics.count, &chosen, true);
	looking->rest.y += ui_mm(ui, 4.4);
	if (chosen < topics.count) {
		looking->action =
			(struct action){.kind = ACTION_SHOW_LIST, .filter = {.scope = SCOPE_ALL}};
		topic_choose(&looking->action.filter, &topics.items[chosen]);
	}
}

static bool has_lens(const struct model *model)
{
	for (int factor = 1; factor <= 10; factor++)
		if (factor_leads_somewhere(model, factor))
			return true;
	return false;
}

static void put_all(struct looking *looking)
{
	struct choice all = {.id = STR("looking/all"),
		.label = TR(looking->model->i18n, ui_arena(looking->ui), "looking-all"),
		.icon = "event",
		.disc = COLOR_HONEY};
	size_t chosen = 1;
	looking->rest.y += choice_grid_frame(looking->ui, looking->rest, &all, 1, &chosen, true);
	looking->rest.y += ui_mm(looking->ui, 4.4);
	if (chosen == 0)
		looking->action =
			(struct action){.kind = ACTION_SHOW_LIST, .filter = {.scope = SCOPE_ALL}};
}

/* The door to the lens stands beside the choices where there is room for its words, else it is the
 * first of them. */
struct lens {
	struct ui_button button;
	int height;
	bool there, beside, row;
};

static struct lens lens_of(const struct model *model, struct ui *ui)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct arena *arena = ui_arena(ui);
	struct lens lens = {
		.there = has_lens(model), .row = ui_theme(ui)->panel.class == PANEL_PORTRAIT};
	lens.button = (struct ui_button){.label = TR(model->i18n, arena, "looking-strengthen"),
		.icon = ui_theme(ui)->panel.class == PANEL_WIDE || lens.row ? "volunteer_activism"
									    : NULL};
	int width = lens.row ? head_width(ui) / 2 : head_width(ui);
	struct ui_text title = {.text = TR(model->i18n, arena, "start-looking-for")};
	title.style = title_style(ui, title.text, width);
	int room = screen_rect(ui).h - 2 * m->margin - 2 * m->gap - m->button -
		   ui_text_height(ui, width, &title);
	lens.height = ui_button_height(ui, width, &lens.button);
	int words = width - 2 * m->padding;
	lens.beside = lens.there &&
		      (lens.row || (lens.height <= room &&
					   words_fit(ui, lens.button.label, words, TEXT_BUTTON)));
	return lens;
}

static int acts_height(struct ui *ui, const struct lens *lens)
{
	int pages = ui_theme(ui)->m.button;
	if (!lens->beside)
		return pages;
	if (lens->row)
		return lens->height > pages ? lens->height : pages;
	return lens->height + acts_gap(ui) + pages;
}

static bool put_acts(
	const struct model *model, struct ui *ui, struct rect rect, const struct lens *lens)
{
	bool touched = false;
	if (lens->beside) {
		struct rect at = lens->row ? rect_take_start(&rect, rect.w / 2)
					   : rect_take_top(&rect, lens->height);
		touched = ui_button(ui, STR("looking/factors"), at, &lens->button);
		if (lens->row)
			rect_take_start(&rect, acts_gap(ui));
		else
			rect_take_top(&rect, acts_gap(ui));
	}
	page_pair_frame(model, ui, SCROLL, rect);
	return touched;
}

static bool put_lens(struct looking *looking, const struct lens *lens)
{
	ui_scroll_item(looking->ui, looking->rest.y);
	struct rect at = looking->rest;
	at.h = ui_button_height(looking->ui, at.w, &lens->button);
	looking->rest.y += at.h + ui_mm(looking->ui, 4.4);
	return ui_button(looking->ui, STR("looking/factors"), at, &lens->button);
}

static void put_search(struct looking *looking)
{
	struct ui *ui = looking->ui;
	struct ui_button button = without_broken_words(ui,
		(struct ui_button){.label = TR(looking->model->i18n, ui_arena(ui), "search-hint"),
			.icon = "search"},
		looking->rest.w);
	ui_scroll_item(ui, looking->rest.y);
	struct rect at = looking->rest;
	at.h = ui_button_height(ui, at.w, &button);
	looking->rest.y += at.h + ui_mm(ui, 4.4);
	if (ui_button(ui, STR("looking/search"), at, &button))
		looking->action = (struct action){.kind = ACTION_GO, .screen = SCREEN_SEARCH};
}

struct action looking_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	struct lens lens = lens_of(model, ui);
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_SAGE,
			.title = TR(model->i18n, arena, "start-looking-for"),
			.picture = STR("tegel-zoek.svg")},
		acts_height(ui, &lens));
	struct looking looking = {.model = model, .ui = ui};
	looking.rest = ui_scroll_begin(ui, SCROLL, boxes.right);
	bool any = model->catalogue && model->catalogue->initiative_count > 0;
	if (any)
		put_search(&looking);
	bool through_lens = lens.there && !lens.beside && put_lens(&looking, &lens);
	put_topics(&looking, TOPIC_THEME, TR(model->i18n, arena, "looking-themes"), "looking/theme",
		0);
	put_topics(&looking, TOPIC_LAYER, TR(model->i18n, arena, "looking-layers"), "looking/layer",
		2);
	put_topics(&looking, TOPIC_ENVIRONMENT, TR(model->i18n, arena, "looking-environment"),
		"looking/environment", 4);
	if (any)
		put_all(&looking);
	else
		looking.rest.y += ui_text(ui, looking.rest,
			&(struct ui_text){.text = TR(model->i18n, arena, "empty-catalogue"),
				.style = TEXT_BODY});
	ui_scroll_end(ui, looking.rest.y);
	through_lens |= put_acts(model, ui, boxes.acts, &lens);
	if (through_lens)
		return (struct action){.kind = ACTION_GO, .screen = SCREEN_FACTORS};
	return looking.action;
}
