/* "Klopt dit?": every answer with a button to change it, who reads them and when they are gone; and
 * the calm page when saving is not possible. */
#include "screens/frames.h"
#include "screens/question.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "ui/widgets.h"

#define MOST_ROWS 8

struct summary_row {
	const char *icon;
	struct str title, body;
	struct str lang; /* of body, when it comes from the catalogue */
	bool personal, directed;
	bool changes;
	enum screen_name screen;
	const char *id;
	struct str spoken; /* of the button: what it changes */
};

struct summary {
	struct summary_row rows[MOST_ROWS];
	size_t count;
};

static void add_row(struct summary *summary, struct summary_row row)
{
	summary->rows[summary->count++] = row;
}

/* --- the answers ------------------------------------------------------------------------------ */

static struct str room_of(const struct occurrence *o)
{
	return o->room.len ? o->room : o->schedule->initiative->room;
}

static void add_day(const struct model *model, struct ui *ui, struct summary *summary)
{
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	const struct occurrence *o = visit_occurrence(model);
	if (!o)
		return;
	struct str time = say_time_hour(i18n, arena, o->start.hour, o->start.minute);
	struct str room = room_of(o);
	add_row(summary, (struct summary_row){.icon = "event",
				 .title = ui_theme(ui)->panel.class == PANEL_COMPACT
						  ? say_day_short(i18n, arena, o->start.date)
						  : say_day(i18n, arena, o->start.date),
				 .body = room.len ? TR(i18n, arena, "summary-moment-room",
							    {"time", time}, {"room", room})
						  : time,
				 .changes = true,
				 .screen = SCREEN_SIGNUP_DATE,
				 .id = "summary/change-day",
				 .spoken = TR(i18n, arena, "summary-when")});
	if (signup_will_wait(model))
		add_row(summary, (struct summary_row){.icon = "hourglass_top",
					 .body = TR(i18n, arena, "summary-waiting")});
}

static void add_party(const struct model *model, struct ui *ui, struct summary *summary)
{
	const struct initiative *initiative = visit_initiative(model);
	add_row(summary, (struct summary_row){.icon = model->visit->party > 1 ? "group" : "person",
				 .body = say_party(model, ui_arena(ui), model->visit->party),
				 .changes = initiative->registration.max_party > 1,
				 .screen = SCREEN_SIGNUP_PARTY,
				 .id = "summary/change-party",
				 .spoken = TR(model->i18n, ui_arena(ui), "summary-party")});
}

static void add_name(const struct model *model, struct ui *ui, struct summary *summary)
{
	struct arena *arena = ui_arena(ui);
	struct str name = {model->visit->name, model->visit->name_bytes};
	add_row(summary,
		(struct summary_row){.icon = "person",
			.body = name.len ? name : TR(model->i18n, arena, "summary-no-name"),
			.personal = name.len > 0,
			.changes = true,
			.screen = SCREEN_SIGNUP_NAME,
			.id = "summary/change-name",
			.spoken = TR(model->i18n, arena, "summary-name")});
}

static void add_phone(const struct model *model, struct ui *ui, struct summary *summary)
{
	struct arena *arena = ui_arena(ui);
	struct str phone = {model->visit->phone, model->visit->phone_bytes};
	bool known = model->visit->wants_call && phone.len > 0;
	add_row(summary, (struct summary_row){.icon = "call",
				 .body = known ? say_phone_masked(model->i18n, arena, phone)
					       : TR(model->i18n, arena, "summary-no-phone"),
				 .personal = known,
				 .changes = true,
				 .screen = SCREEN_SIGNUP_PHONE,
				 .id = "summary/change-phone",
				 .spoken = TR(model->i18n, arena, "summary-phone")});
}

static struct str say_best_time(const struct model *model, struct ui *ui)
{
	static const struct {
		unsigned bit;
		const char *id;
	} words[] = {
		{MORNING, MESSAGE("best-time-morning")},
		{AFTERNOON, MESSAGE("best-time-afternoon")},
		{EVENING, MESSAGE("best-time-evening")},
	};
	struct arena *arena = ui_arena(ui);
	struct str parts[3];
	size_t count = 0;
	for (size_t i = 0; i < 3; i++)
		if (model->visit->best_time & words[i].bit)
			parts[count++] = tr(model->i18n, arena, words[i].id, NULL, 0);
	if (count == 0 || count == 3)
		return TR(model->i18n, arena, "best-time-any");
	return str_join(arena, parts, count, STR("\n"));
}

static void add_best_time(const struct model *model, struct ui *ui, struct summary *summary)
{
	add_row(summary, (struct summary_row){.icon = "schedule",
				 .body = say_best_time(model, ui),
				 .changes = true,
				 .screen = SCREEN_SIGNUP_TIME,
				 .id = "summary/change-time",
				 .spoken = TR(model->i18n, ui_arena(ui), "summary-when")});
}

static void add_companion(const struct model *model, struct ui *ui, struct summary *summary)
{
	struct arena *arena = ui_arena(ui);
	add_row(summary, (struct summary_row){.icon = "directions_walk",
				 .directed = true,
				 .body = model->visit->wants_companion
						 ? TR(model->i18n, arena, "companion-short")
						 : TR(model->i18n, arena, "companion-no"),
				 .changes = true,
				 .screen = SCREEN_SIGNUP_COMPANION,
				 .id = "summary/change-companion",
				 .spoken = TR(model->i18n, arena, "companion-title")});
}

/* Who reads it and when it is gone; or that nothing is asked, or that all this is an exercise. */
static struct str say_private(const struct model *model, struct ui *ui)
{
	struct arena *arena = ui_arena(ui);
	const struct initiative *initiative = visit_initiative(model);
	if (model->practice)
		return TR(model->i18n, arena, "practice-body");
	if (initiative->sensitive)
		return TR(model->i18n, arena, "name-sensitive");
	if (model->no_contact)
		return TR(model->i18n, arena, "contact-not-collected");
	const struct contact *reader = signup_reader(initiative);
	int days = initiative->registration.retention_days;
	bool introduction = initiative->registration.mode == REGISTRATION_INTRODUCTION;
	if (!introduction && reader)
		return TR_COUNT(model->i18n, arena, "summary-private", "days", days,
			{"name", reader->name});
	if (reader)
		return TR_COUNT(model->i18n, arena, "summary-private-introduction", "days", days,
			{"name", reader->name});
	return TR_COUNT(model->i18n, arena, "summary-private-desk", "days", days);
}

static struct summary summary_of(const struct model *model, struct ui *ui)
{
	struct summary summary = {.count = 0};
	const struct initiative *initiative = visit_initiative(model);
	enum screen_name questions[8];
	size_t count = signup_questions(model, initiative, questions);
	bool introduction = initiative->registration.mode == REGISTRATION_INTRODUCTION;
	if (!introduction) {
		add_day(model, ui, &summary);
		add_party(model, ui, &summary);
	}
	for (size_t i = 0; i < count; i++) {
		if (questions[i] == SCREEN_SIGNUP_NAME)
			add_name(model, ui, &summary);
		else if (questions[i] == SCREEN_SIGNUP_PHONE)
			add_phone(model, ui, &summary);
		else if (questions[i] == SCREEN_SIGNUP_TIME)
			add_best_time(model, ui, &summary);
	}
	if (initiative->companion_available)
		add_companion(model, ui, &summary);
	return summary;
}

/* --- rows ------------------------------------------------------------------------------------- */

struct row_look {
	int pad_x, pad_y, icon_px, gap_px, change_px;
	bool change_icon, change_word;
};

static struct ui_text row_title(const struct summary_row *row)
{
	return (struct ui_text){.text = row->title, .style = TEXT_STRONG};
}

static struct ui_text row_body(const struct summary_row *row)
{
	return (struct ui_text){.text = row->body,
		.style = TEXT_BODY,
		.personal = row->personal,
		.max_lines = row->personal ? 2 : 0,
		.may_be_cut = row->personal, /* 80 letters of a name: the visitor knows it */
		.lang = row->lang};
}

static int row_words(const struct row_look *look, const struct summary_row *row, int width_px)
{
	int change = row->changes ? look->change_px + look->gap_px : 0;
	return width_px - 2 * look->pad_x - look->icon_px - look->gap_px - change;
}

static int change_width(struct ui *ui, struct str word, const struct row_look *look)
{
	const struct measures *m = &ui_theme(ui)->m;
	if (!look->change_word)
		return m->button;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct ui_text label = {.text = word, .style = TEXT_BUTTON};
	int mark = look->change_icon ? m->icon + ui_mm(ui, compact ? 1.6 : 2.6) : 0;
	return 2 * m->padding + mark + ui_text_width(ui, &label) + ui_mm(ui, 1);
}

static int body_lines(struct ui *ui, const struct summary_row *row, int room_px)
{
	struct ui_text body = row_body(row);
	return ui_text_height(ui, room_px, &body) / ui_line_height(ui, TEXT_BODY);
}

/* The button gives up its icon, and then its word, before words in the rows break inside or make a
 * column of single words. */
static struct row_look row_look(
	struct ui *ui, const struct summary *summary, struct str word, int width_px)
{
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct row_look look = {.pad_x = ui_mm(ui, compact ? 2 : 5),
		.pad_y = ui_mm(ui, compact ? 0.8 : 1),
		.icon_px = ui_theme(ui)->m.icon,
		.gap_px = ui_mm(ui, compact ? 2 : 4)};
	for (int step = compact ? 1 : 0; step < 3; step++) {
		look.change_icon = step != 1;
		look.change_word = step < 2;
		look.change_px = change_width(ui, word, &look);
		bool fits = true;
		for (size_t i = 0; fits && i < summary->count; i++) {
			const struct summary_row *row = &summary->rows[i];
			int room = row_words(&look, row, width_px);
			fits = words_fit(ui, row->title, room, TEXT_STRONG) &&
			       (row->personal || words_fit(ui, row->body, room, TEXT_BODY)) &&
			       body_lines(ui, row, room) <= 2;
		}
		if (fits)
			break;
	}
	return look;
}

static int row_height(
	struct ui *ui, const struct row_look *look, const struct summary_row *row, int width_px)
{
	struct ui_text title = row_title(row), body = row_body(row);
	int room = row_words(look, row, width_px);
	int height = ui_text_height(ui, room, &title) + ui_text_height(ui, room, &body);
	int least = row->changes ? ui_theme(ui)->m.button : look->icon_px;
	int apart = row->changes ? acts_gap(ui) : 2 * look->pad_y;
	return (height > least ? height : least) + apart;
}

static bool draw_row(struct ui *ui, struct rect line, const struct row_look *look,
	const struct summary_row *row, struct str word)
{
	struct rect inside = rect_inset(line, look->pad_x, 0);
	struct rect mark = rect_take_start(&inside, look->icon_px);
	mark = rect_center(mark, look->icon_px, look->icon_px);
	if (row->directed)
		ui_icon_directed(ui, mark, row->icon, COLOR_GO);
	else
		ui_icon(ui, mark, row->icon, COLOR_GO);
	rect_take_start(&inside, look->gap_px);
	bool touched = false;
	if (row->changes) {
		struct rect at = rect_take_end(&inside, look->change_px);
		at = rect_center(at, at.w, ui_theme(ui)->m.button);
		struct ui_button change = {.label = word,
			.spoken = str_format(
				ui_arena(ui), "%.*s. %.*s", STR_ARG(word), STR_ARG(row->spoken)),
			.icon = look->change_icon ? "edit" : NULL,
			.centered = true,
			.icon_only = !look->change_word};
		touched = ui_button(ui, str_from(row->id), at, &change);
		rect_take_end(&inside, look->gap_px);
	}
	struct ui_text title = row_title(row), body = row_body(row);
	int height = ui_text_height(ui, inside.w, &title) + ui_text_height(ui, inside.w, &body);
	inside = rect_center(inside, inside.w, height);
	rect_take_top(&inside, ui_text(ui, inside, &title));
	ui_text(ui, inside, &body);
	return touched;
}

static int rows_height(
	struct ui *ui, const struct summary *summary, const struct row_look *look, int width_px)
{
	int height = 0;
	for (size_t i = 0; i < summary->count; i++)
		height += row_height(ui, look, &summary->rows[i], width_px);
	return height + 2 * ui_mm(ui, 1);
}

/* The sheet of paper with the rows, from the top of rect. */
static struct action draw_sheet(struct ui *ui, struct rect rect, const struct summary *summary,
	const struct row_look *look, struct str word, bool in_list)
{
	struct action action = {.kind = ACTION_NONE};
	rect.h = rows_height(ui, summary, look, rect.w);
	ui_box(ui, rect,
		&(struct ui_box){.fill = COLOR_WHITE,
			.radius_px = ui_theme(ui)->m.radius_card,
			.shadow = true});
	rect_take_top(&rect, ui_mm(ui, 1));
	for (size_t i = 0; i < summary->count; i++) {
		const struct summary_row *row = &summary->rows[i];
		struct rect line = rect_take_top(&rect, row_height(ui, look, row, rect.w));
		if (in_list)
			ui_scroll_item(ui, line.y);
		if (i > 0) {
			struct rect rule = rect_inset(line, look->pad_x, 0);
			rule.h = ui_mm(ui, 0.4);
			ui_box(ui, rule, &(struct ui_box){.fill = COLOR_SAND});
		}
		if (draw_row(ui, line, look, row, word))
			action = (struct action){
				.kind = ACTION_CHANGE_ANSWER, .screen = row->screen};
	}
	return action;
}

/* --- the screen ------------------------------------------------------------------------------- */

/* Whether the notes fit below the title in the head; otherwise they become rows. */
static bool notes_fit(struct ui *ui, struct str title, struct str notes, int acts_px)
{
	const struct measures *m = &ui_theme(ui)->m;
	if (ui_theme(ui)->panel.class == PANEL_PORTRAIT)
		return true;
	int side = ui_theme(ui)->panel.class == PANEL_SMALL ? ui_mm(ui, 5) : m->margin;
	int width = m->left - 2 * side;
	int room = screen_rect(ui).h - 2 * m->margin - acts_px - m->gap;
	struct ui_text heading = {.text = title, .style = TEXT_HEADING_1};
	struct ui_text body = {.text = notes, .style = TEXT_BODY};
	return words_fit(ui, notes, width, TEXT_BODY) &&
	       ui_text_height(ui, width, &heading) + ui_mm(ui, 2) +
			       ui_text_height(ui, width, &body) <=
		       room;
}

struct action signup_summary_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	const struct initiative *initiative = visit_initiative(model);
	const struct measures *m = &ui_theme(ui)->m;
	struct str title = TR(model->i18n, arena, "summary-title");
	if (!initiative) {
		screen_frame(ui, &(struct screen_head){.section = COLOR_HONEY, .title = title}, 0);
		return (struct action){.kind = ACTION_NONE};
	}
	bool upright = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	bool introduction = initiative->registration.mode == REGISTRATION_INTRODUCTION;
	bool called = introduction && model->visit->wants_call;
	struct ui_button yes = fit_button(ui, head_width(ui),
		(struct ui_button){.label = called ? TR(model->i18n, arena, "introduction-yes")
					    : introduction
						    ? TR(model->i18n, arena, "summary-yes-right")
						    : TR(model->i18n, arena, "summary-yes"),
			.icon = "check",
			.go = true,
			.centered = upright});
	struct str word = TR(model->i18n, arena, "summary-change");
	struct summary summary = summary_of(model, ui);
	int width = question_body_width(ui);
	int yes_px = ui_button_height(ui, head_width(ui), &yes);
	struct str notes = say_private(model, ui);

	/* First without page buttons; then, where the rows do not fit, with them. */
	int room = screen_rect(ui).h - 2 * m->margin;
	struct row_look look = row_look(ui, &summary, word, width);
	bool in_head = notes_fit(ui, title, notes, yes_px);
	bool pages = !upright && (!in_head || rows_height(ui, &summary, &look, width) > room);
	int acts = yes_px + (pages ? m->button + acts_gap(ui) : 0);
	in_head = notes_fit(ui, title, notes, acts);
	if (!in_head) {
		add_row(&summary, (struct summary_row){.icon = "lock", .body = notes});
		look = row_look(ui, &summary, word, width);
	}
	int height = rows_height(ui, &summary, &look, width);
	if (!upright && pages && height <= room) {
		pages = false;
		acts = yes_px;
	}
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_HONEY,
			.title = title,
			.subtitle = in_head ? notes : STR("")},
		acts);
	bool scrolls = height > boxes.right.h - m->margin;
	if (pages) {
		page_pair_frame(
			model, ui, STR("summary/list"), rect_take_top(&boxes.acts, m->button));
		rect_take_top(&boxes.acts, acts_gap(ui));
	} else if (upright && scrolls) {
		page_pair_frame(model, ui, STR("summary/list"),
			rect_take_start(&boxes.acts, boxes.acts.w / 2));
		rect_take_start(&boxes.acts, acts_gap(ui));
	}
	struct rect at = boxes.right;
	if (scrolls)
		at = ui_scroll_begin_pages(ui, STR("summary/list"), boxes.right);
	else if (upright) /* within reach: the answers end above the button */
		rect_take_top(&at, at.h - height);
	struct action action = draw_sheet(ui, at, &summary, &look, word, scrolls);
	if (scrolls)
		ui_scroll_end(ui, at.y + height + m->margin);
	if (ui_button(ui, STR("summary/yes"), boxes.acts, &yes))
		action = (struct action){.kind = ACTION_SAVE};
	return action;
}

/* --- nothing can be saved --------------------------------------------------------------------- */

struct action save_failed_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	const struct measures *m = &ui_theme(ui)->m;
	struct ui_button look = fit_button(ui, head_width(ui),
		(struct ui_button){.label = TR(model->i18n, arena, "error-look-around"),
			.icon = "search",
			.go = true,
			.centered = ui_theme(ui)->panel.class == PANEL_PORTRAIT});
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_HONEY,
			.title = TR(model->i18n, arena, "error-title"),
			.picture = STR("tegel-spreken.svg")},
		ui_button_height(ui, head_width(ui), &look));
	struct ui_fact facts[] = {
		{.icon = "event_busy", .title = TR(model->i18n, arena, "save-not-possible")},
		{.icon = "waving_hand", .body = TR(model->i18n, arena, "save-desk")},
	};
	for (size_t i = 0; i < 2; i++) {
		rect_take_top(&boxes.right, ui_fact(ui, boxes.right, &facts[i]));
		rect_take_top(&boxes.right, 2 * m->gap);
	}
	if (ui_button(ui, STR("save-failed/look"), boxes.acts, &look))
		return (struct action){.kind = ACTION_SHOW_LIST, .filter = model->visit->filter};
	return (struct action){.kind = ACTION_NONE};
}
