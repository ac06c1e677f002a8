/* Searching while typing: the field and how many were found at the start, the results at the end,
 * the keys below. One button walks through the results when they do not fit beside each other; the
 * last thing it comes to is somebody to ask and another way to look, which come first where nothing
 * was found. Upright the results stand above the field, and several at once. */
#include "screens/frames.h"

#include <assert.h>

#include "i18n/say.h"
#include "model/fold_text.h"
#include "screens/choices.h"
#include "screens/question.h"
#include "screens/typing.h"
#include "ui/keyboard.h"
#include "ui/widgets.h"

struct search_state {
	struct keyboard_state keyboard;
	size_t page;
};
static_assert(sizeof(struct search_state) <= KEYBOARD_STATE_BYTES, "the state fits");

struct results {
	const struct model *model;
	struct ui *ui;
	struct str query;
	size_t asked_for; /* of the results, those that are what was asked */
	struct action action;
};

static size_t asked_for(const struct visit *visit)
{
	size_t count = 0;
	for (size_t i = 0; i < visit->found_count; i++)
		count += !visit->found[i].near;
	return count;
}

/* --- one result ------------------------------------------------------------------------------- */

static struct str when(const struct results *r, const struct initiative *initiative)
{
	const struct model *model = r->model;
	struct arena *arena = ui_arena(r->ui);
	const struct occurrence *o = model->clock_sure ? next_occurrence(model, initiative) : NULL;
	if (o)
		return say_moment_short(model->i18n, arena, o->start);
	if (initiative->schedule_count == 0)
		return STR("");
	const struct schedule *schedule = &initiative->schedules[0];
	struct rhythm rhythm = schedule_rhythm(schedule);
	if (rhythm.kind == RHYTHM_ONCE || rhythm.kind == RHYTHM_OTHER)
		return say_moment_short(model->i18n, arena, schedule->dtstart);
	return say_rhythm_time(
		model->i18n, arena, rhythm, schedule->dtstart.hour, schedule->dtstart.minute);
}

/* A stroke below what matches, where the name stands on one line and does not turn around in it. */
static void underline(const struct results *r, struct rect line, const struct ui_text *name)
{
	struct ui *ui = r->ui;
	size_t from, to;
	if (ui_text_width(ui, name) > line.w || !fold_find(name->text, r->query, &from, &to))
		return;
	bool to_left = ui_runs_to_left(ui, name->text);
	if (ui_runs_to_left(ui, str_slice(name->text, from, to)) != to_left)
		return;
	struct ui_text until = *name, match = *name;
	until.text = str_slice(name->text, 0, to); /* a blank at its end would not count */
	match.text = str_slice(name->text, from, to);
	int width = ui_text_width(ui, &match), stroke = ui_mm(ui, 0.9);
	int start = ui_text_width(ui, &until) - width; /* from where the name begins */
	if (to_left != ui_rtl(ui))
		start = ui_text_width(ui, name) - start - width;
	ui_box(ui, (struct rect){line.x + start, line.y + line.h - stroke, width, stroke},
		&(struct ui_box){.fill = COLOR_BANNER_EDGE});
}

static void put_words(
	const struct results *r, struct rect words, const struct initiative *initiative)
{
	struct ui *ui = r->ui;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct ui_text time = {.text = when(r, initiative), .style = TEXT_BODY, .max_lines = 1};
	if (ui_text_width(ui, &time) > words.w)
		time.style = TEXT_BAR; /* large letters do not enlarge it */
	struct ui_text name = {.text = initiative->name,
		.style = compact ? TEXT_STRONG : name_style(ui, initiative->name, words.w),
		.lang = catalogue_language(r->model),
		.max_lines = 2,
		.may_be_cut = true};
	int line = ui_line_height(ui, name.style), time_high = ui_line_height(ui, time.style);
	int high = ui_text_height(ui, words.w, &name);
	if (compact && high > words.h && ui_text_width(ui, &name) > words.w) {
		name.style = TEXT_BAR; /* large letters do not enlarge it */
		line = ui_line_height(ui, name.style);
		high = ui_text_height(ui, words.w, &name);
	}
	if (high > words.h) {
		name.max_lines = 1;
		high = line;
	}
	bool with_time =
		time.text.len && high + time_high <= words.h && ui_text_width(ui, &time) <= words.w;
	int all = high + (with_time ? time_high : 0);
	rect_take_top(&words, (words.h - all) / 2);
	if (with_time)
		ui_text(ui, rect_take_top(&words, time_high), &time);
	ui_text(ui, words, &name);
	if (high <= line + 1)
		underline(r, (struct rect){words.x, words.y, words.w, line}, &name);
}

static void put_result(struct results *r, struct rect rect, size_t i)
{
	struct ui *ui = r->ui;
	const struct measures *m = &ui_theme(ui)->m;
	const struct initiative *initiative =
		catalogue_initiative(r->model->catalogue, r->model->visit->found[i].initiative);
	if (!initiative)
		return;
	struct str id = ui_id(ui, "search/result", i);
	ui_box(ui, rect,
		&(struct ui_box){.fill = ui_is_pressed(ui, id) ? COLOR_SAND : COLOR_WHITE,
			.radius_px = m->radius_card,
			.shadow = true});
	if (ui_target(ui, id, ROLE_BUTTON, rect, initiative->name))
		r->action = (struct action){.kind = ACTION_OPEN_INITIATIVE, .id = initiative->id};
	struct rect words = rect;
	struct str name = initiative->name;
	int word = word_width(ui, name, name_style(ui, name, rect.w - 2 * m->padding));
	struct ui_text time = {.text = when(r, initiative), .style = TEXT_BODY};
	int least = ui_text_width(ui, &time) + ui_mm(ui, 1);
	if (word > least)
		least = word; /* no name is broken for a picture, and no hour cut */
	least += 2 * m->padding;
	int picture = rect.w - least;
	if (picture > m->card_picture)
		picture = m->card_picture;
	if (picture >= ui_mm(ui, 20))
		ui_picture(ui, rect_take_start(&words, picture),
			&(struct ui_picture){.name = initiative->picture.file,
				.fallback_icon = initiative_icon(initiative),
				.radius_px = m->radius_card,
				.corners = CORNER_TOP_LEFT | CORNER_BOTTOM_LEFT});
	put_words(r, rect_inset(words, m->padding, ui_mm(ui, 0.6)), initiative);
}

/* Never a wall: somebody to ask, and everything by theme. */
static void put_ways_on(struct results *r, struct rect rect)
{
	struct ui *ui = r->ui;
	const struct measures *m = &ui_theme(ui)->m;
	int gap = acts_gap(ui);
	if (rect.h > 2 * m->button + gap)
		rect = rect_take_top(&rect, 2 * m->button + gap);
	struct rect first = rect_column(rect, 0, 2, gap), second = rect_column(rect, 1, 2, gap);
	if (rect.h >= 2 * m->button + gap) {
		first = rect_row(rect, 0, 2, gap);
		second = rect_row(rect, 1, 2, gap);
	}
	struct ui_button person = fit_button(ui, first.w,
		(struct ui_button){.label = TR(r->model->i18n, ui_arena(ui), "search-ask"),
			.icon = "waving_hand"});
	struct ui_button wish = fit_button(ui, second.w,
		(struct ui_button){.label = TR(r->model->i18n, ui_arena(ui), "start-wish"),
			.icon = "diversity_3"});
	bool words = !person.icon_only && !wish.icon_only;
	if (words && (!person.icon || !wish.icon)) { /* both with an icon, or neither */
		person.icon = wish.icon = NULL;
		person.centered = wish.centered = true;
	}
	if (ui_button(ui, STR("search/people"), first, &person))
		r->action = (struct action){.kind = ACTION_GO, .screen = SCREEN_PEOPLE};
	if (ui_button(ui, STR("search/wish"), second, &wish))
		r->action = (struct action){.kind = ACTION_GO, .screen = SCREEN_WISH};
}

/* --- all of them ------------------------------------------------------------------------------ */

struct grid {
	int columns, rows;
};

static struct grid grid_of(const struct ui *ui)
{
	static const struct grid grids[PANEL_CLASS_COUNT] = {[PANEL_COMPACT] = {1, 1},
		[PANEL_SMALL] = {1, 1},
		[PANEL_WIDE] = {2, 1},
		[PANEL_PORTRAIT] = {1, 3}};
	return grids[ui_theme(ui)->panel.class];
}

/* The slots are the results and the ways on: these last, or first where nothing was found. */
static void put_slot(struct results *r, struct rect rect, size_t slot)
{
	size_t count = r->model->visit->found_count;
	bool first = r->model->visit->found_alike == 0;
	if (slot == (first ? 0 : count))
		put_ways_on(r, rect);
	else if (slot <= count)
		put_result(r, rect, first ? slot - 1 : slot);
}

static void put_results(struct results *r, struct search_state *state, struct rect rect)
{
	struct ui *ui = r->ui;
	const struct measures *m = &ui_theme(ui)->m;
	struct grid grid = grid_of(ui);
	int gap = acts_gap(ui);
	size_t slots = r->model->visit->found_count + 1,
	       room = (size_t)grid.columns * (size_t)grid.rows;
	size_t pages = (slots + room - 1) / room, page = state->page % pages;
	if (pages > 1) {
		struct rect at = rect_take_end(&rect, m->target);
		struct ui_button next = {.label = TR(r->model->i18n, ui_arena(ui), "search-next"),
			.icon = "arrow_forward",
			.icon_directed = true,
			.icon_only = true};
		rect_take_end(&rect, gap);
		if (at.h > 2 * m->button)
			at = rect_take_bottom(&at, 2 * m->button);
		if (ui_button(ui, STR("search/next"), at, &next))
			state->page = (page + 1) % pages;
	}
	for (size_t i = 0; i < room; i++) {
		struct rect row = rect_row(rect, (int)i / grid.columns, grid.rows, gap);
		put_slot(r, rect_column(row, (int)i % grid.columns, grid.columns, gap),
			page * room + i);
	}
}

static struct str status_words(const struct results *r)
{
	struct arena *arena = ui_arena(r->ui);
	struct i18n *i18n = r->model->i18n;
	const struct visit *visit = r->model->visit;
	if (r->query.len == 0)
		return TR(i18n, arena, "search-hint");
	if (visit->found_alike == 0)
		return TR(i18n, arena, "search-found-none");
	if (r->asked_for == 0)
		return TR(i18n, arena, "search-alike");
	return visit->found_more
		       ? TR_COUNT(i18n, arena, "search-found-more", "count", (int64_t)r->asked_for)
		       : TR_COUNT(i18n, arena, "search-found", "count", (int64_t)r->asked_for);
}

static void put_status(const struct results *r, struct rect rect)
{
	struct ui_text status = {.text = status_words(r),
		.style = TEXT_BODY,
		.heading = true,
		.id = STR("search/status")};
	if (ui_text_height(r->ui, rect.w, &status) <= rect.h)
		ui_text(r->ui, rect, &status);
	else
		ui_region(r->ui, status.id, ROLE_HEADING, rect, status.text);
}

/* Words to begin with, where they have room. */
static void put_examples(const struct results *r, struct rect rect)
{
	struct ui_text examples = {
		.text = TR(r->model->i18n, ui_arena(r->ui), "search-examples"), .style = TEXT_BODY};
	if (ui_text_height(r->ui, rect.w, &examples) <= rect.h)
		ui_text(r->ui, rect, &examples);
}

static void put_field(const struct results *r, struct rect rect)
{
	ui_field(r->ui, STR("search/field"), rect,
		TR(r->model->i18n, ui_arena(r->ui), "search-title"), r->query, "search", false);
}

/* The field with its status below, and the results beside it or above it. */
static void put_answer(struct results *r, struct search_state *state, struct rect rest)
{
	struct ui *ui = r->ui;
	const struct measures *m = &ui_theme(ui)->m;
	enum panel_class class = ui_theme(ui)->panel.class;
	if (class == PANEL_PORTRAIT) {
		put_field(r, rect_take_bottom(&rest, m->button));
		rect_take_bottom(&rest, m->gap);
		struct rect status = rect_take_bottom(&rest, 2 * ui_line_height(ui, TEXT_BODY));
		rect_take_bottom(&rest, m->gap);
		if (r->query.len == 0)
			put_examples(r, rect_take_bottom(&status, status.h / 2));
		put_status(r, status);
		int high = 3 * m->card + 2 * acts_gap(ui);
		if (r->query.len)
			put_results(r, state, rest.h > high ? rect_take_bottom(&rest, high) : rest);
		else
			upright_picture_frame(ui, rest, STR("tegel-zoek.svg"));
		return;
	}
	struct rect left = rect_take_start(&rest, rest.w * (class == PANEL_WIDE ? 36 : 45) / 100);
	rect_take_start(&rest, m->gap);
	put_field(r, rect_take_top(&left, class == PANEL_COMPACT ? m->target : m->button));
	rect_take_top(&left, ui_mm(ui, class == PANEL_COMPACT ? 0.4 : 2));
	put_status(r, left);
	if (r->query.len)
		put_results(r, state, rest);
	else
		put_examples(r, rest);
}

struct action search_frame(void *state, const struct model *model, struct ui *ui)
{
	struct search_state *search = state;
	const struct measures *m = &ui_theme(ui)->m;
	const struct visit *visit = model->visit;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct results results = {.model = model,
		.ui = ui,
		.query = {visit->query, visit->query_bytes},
		.asked_for = asked_for(visit)};
	struct rect rest = screen_rect(ui);
	struct rect keys = rect_take_bottom(&rest, ui_keyboard_height(ui));
	rest = rect_inset(rest, m->margin, ui_mm(ui, compact ? 1 : 3));
	put_answer(&results, search, rest);

	struct keyboard_words words = typing_words(model, ui);
	struct key_press press = ui_keyboard(ui, keys, &search->keyboard, results.query, &words);
	if (results.action.kind != ACTION_NONE)
		return results.action;
	struct action typed = typing_action(ACTION_TYPE_SEARCH, &press);
	if (typed.kind != ACTION_NONE)
		search->page = 0;
	return typed;
}
