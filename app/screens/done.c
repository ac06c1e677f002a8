/* "Gelukt.": what you take home. The same page serves a sign-up, a place on the waiting list, an
 * introduction and a walk-in; they differ in what is said, not in where it stands. */
#include "screens/frames.h"
#include "screens/question.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "screens/done_parts.h"
#include "screens/vcard.h"
#include "ui/widgets.h"

struct done {
	struct str title;
	struct str words, words_lang; /* what happens next */
	const struct contact *person; /* who is there; NULL: the desk */
	const struct contact *reachable; /* whose number can be kept; NULL: nobody's */
	struct str code; /* empty: none */
	struct slip slip;
	bool slip_is_card; /* the slip holds the number already */
};

static bool is_introduction(const struct initiative *initiative)
{
	return initiative->registration.mode == REGISTRATION_INTRODUCTION;
}

/* --- what is said ----------------------------------------------------------------------------- */

/* "dinsdag" says enough for the coming week only, and only when the clock is sure. */
static bool weekday_is_enough(const struct model *model, const struct occurrence *o)
{
	int days = date_days_between(model->now.date, o->start.date);
	return model->clock_sure && days >= 0 && days <= 7;
}

static struct str say_title(const struct model *model, struct ui *ui,
	const struct initiative *initiative, const struct occurrence *o)
{
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	const struct visit *visit = model->visit;
	if (model->practice && visit->saved)
		return TR(
			i18n, arena, "done-title-short"); /* saved, but nobody waits for anybody */
	if (!visit->saved)
		return TR(i18n, arena, "done-walk-in");
	if (visit->waiting)
		return TR(i18n, arena, "done-waiting",
			{"place", say_number(i18n, arena, visit->waiting_place)});
	if (is_introduction(initiative)) {
		const struct contact *reader = signup_reader(initiative);
		if (visit->wants_call)
			return say_with_name(model, ui, reader, MESSAGE("introduction-done"),
				MESSAGE("introduction-done-desk"));
		return say_with_name(model, ui, reader, MESSAGE("introduction-done-come"),
			MESSAGE("introduction-done-come-desk"));
	}
	if (!o)
		return TR(i18n, arena, "done-title-short");
	if (occurrence_is_today(model, o))
		return TR(i18n, arena, "done-title-today");
	bool short_day = weekday_is_enough(model, o);
	return TR(i18n, arena, "done-title",
		{"weekday", short_day ? say_weekday(i18n, arena, date_weekday(o->start.date))
				      : say_day(i18n, arena, o->start.date)});
}

/* When the greeter is at the door: a little before the start, when the catalogue says so. */
static struct local_time door_time(const struct contact *person, const struct occurrence *o)
{
	enum { AT_MOST_BEFORE = 30 };
	int start = o->start.hour * 60 + o->start.minute;
	for (size_t i = 0; person && i < person->present_count; i++) {
		const struct present_time *time = &person->present[i];
		int before = start - time->from_minute;
		if (time->weekday == date_weekday(o->start.date) && before > 0 &&
			before <= AT_MOST_BEFORE)
			return local_time_add_minutes(o->start, -before);
	}
	return o->start;
}

static struct str say_welcome(const struct model *model, struct ui *ui,
	const struct contact *person, const struct occurrence *o)
{
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	if (!o)
		return person ? TR(i18n, arena, "detail-greets", {"name", person->name})
			      : TR(i18n, arena, "done-no-host");
	struct local_time at = door_time(person, o);
	struct str time = say_time(i18n, arena, at.hour, at.minute);
	if (!person)
		return TR(i18n, arena, "done-what-no-host", {"time", time});
	/* On 10.1" the title is short, and the day is said here. */
	bool small = ui_theme(ui)->panel.class == PANEL_SMALL && model->visit->saved &&
		     !occurrence_is_today(model, o);
	if (!small)
		return TR(i18n, arena, "done-what", {"name", person->name}, {"time", time});
	struct str day = weekday_is_enough(model, o)
				 ? say_weekday_start(i18n, arena, date_weekday(o->start.date))
				 : say_day_start(i18n, arena, o->start.date);
	return TR(i18n, arena, "done-what-short", {"weekday", day}, {"name", person->name});
}

static void say_next(const struct model *model, struct ui *ui, struct done *done,
	const struct initiative *initiative, const struct occurrence *o)
{
	struct arena *arena = ui_arena(ui);
	const struct visit *visit = model->visit;
	if (visit->saved && model->practice) {
		done->person = is_introduction(initiative) ? signup_reader(initiative)
							   : initiative_greeter(initiative);
		done->words = TR(model->i18n, arena, "practice-done");
		return;
	}
	if (visit->saved && is_introduction(initiative)) {
		done->person = signup_reader(initiative);
		if (visit->wants_call && done->person && done->person->promise.len) {
			done->words = done->person->promise;
			done->words_lang = catalogue_language(model);
		} else if (!visit->wants_call) {
			done->words = say_with_name(model, ui, done->person,
				MESSAGE("introduction-no-phone"),
				MESSAGE("introduction-no-phone-desk"));
		}
		return;
	}
	done->person = initiative_greeter(initiative);
	done->words = visit->waiting ? TR(model->i18n, arena, "done-waiting-next")
				     : say_welcome(model, ui, done->person, o);
}

const struct contact *done_reachable(
	const struct initiative *initiative, const struct contact *person)
{
	if (person && person->phone.len)
		return person;
	return initiative->host && initiative->host->phone.len ? initiative->host : NULL;
}

struct slip done_card_slip(const struct model *model, struct ui *ui, const struct contact *who)
{
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	return (struct slip){.id = STR("done/card"),
		.payload = vcard_text(ui_arena(ui), who->name, who->phone),
		.level = compact ? 'M' : 'Q', /* M where Q does not fit either */
		.caption = TR(model->i18n, ui_arena(ui), "done-number", {"name", who->name}),
		.icon = "contact_phone"};
}

static struct done done_of(
	const struct model *model, struct ui *ui, const struct initiative *initiative)
{
	const struct visit *visit = model->visit;
	const struct occurrence *o = visit_occurrence(model);
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct done done = {.title = say_title(model, ui, initiative, o)};
	say_next(model, ui, &done, initiative, o);
	done.reachable = done_reachable(initiative, done.person);
	if (visit->saved && visit->code[0])
		done.code = say_code(model->i18n, ui_arena(ui), str_from(visit->code));
	if (visit->link[0]) {
		done.slip = (struct slip){.id = STR("done/link"),
			.payload = str_from(visit->link),
			.level = compact ? 'M' : 'Q',
			.caption = TR(model->i18n, ui_arena(ui), "done-scan"),
			.icon = "photo_camera"};
	} else if (done.reachable) {
		done.slip = done_card_slip(model, ui, done.reachable);
		done.slip_is_card = done.slip.payload.len > 0;
		if (compact) /* there the sheet has no room to say what it is */
			done.words = done.slip.caption;
	}
	return done;
}

/* --- the column of parts, from rich to bare --------------------------------------------------- */

/* What gives way, in this order: the face, the words above the code, what happens next, the size of
 * the title, and the words on the buttons. */
enum richness {
	WITH_ALL,
	WITHOUT_FACE,
	WITHOUT_CAPTION,
	WITHOUT_WORDS,
	SMALL_TITLE,
	BARE,
	ICONS_ONLY,
	RICHNESS_COUNT
};

struct column {
	struct ui_text title;
	bool title_icon;
	struct str caption; /* above the code */
	struct person_card card;
	bool has_card;
	struct ui_button keep, finish;
	bool has_keep; /* the number as a button of its own */
	int title_px, code_px, card_px, keep_px, finish_px;
	int total_px, parts;
};

static struct ui_text column_title(
	const struct model *model, struct ui *ui, const struct done *done, int width_px, bool *icon)
{
	bool small = ui_theme(ui)->panel.class == PANEL_SMALL;
	const struct visit *visit = model->visit;
	const struct initiative *initiative = visit_initiative(model);
	bool plain = visit->saved && initiative &&
		     (model->practice || (!visit->waiting && !is_introduction(initiative)));
	*icon = small && plain;
	if (*icon)
		return (struct ui_text){.text = TR(model->i18n, ui_arena(ui), "done-title-short"),
			.style = TEXT_HEADING_1,
			.middle = true};
	/* A title of more than two lines is set smaller. */
	struct ui_text two = {.text = STR("x\nx"), .style = TEXT_HEADING_1};
	return fitting_title(ui, done->title, width_px, ui_text_height(ui, width_px, &two));
}

static int title_icon_size(const struct ui *ui)
{
	return ui_mm(ui, 13);
}

static void add_part(struct column *column, int px)
{
	if (px <= 0)
		return;
	column->total_px += px;
	column->parts++;
}

static struct column column_of(const struct model *model, struct ui *ui, const struct done *done,
	int width_px, enum richness richness)
{
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct column column = {
		.title = column_title(model, ui, done, width_px, &column.title_icon)};
	if (richness >= SMALL_TITLE)
		column.title.style = TEXT_KEY_WORD;
	column.title_px = ui_text_height(ui, width_px, &column.title);
	if (column.title_icon && column.title_px < title_icon_size(ui))
		column.title_px = title_icon_size(ui);
	bool keeps = done->reachable && !done->slip_is_card;
	bool roomy = !compact || done->slip_is_card || !done->slip.payload.len || model->practice;
	bool words = done->words.len && richness < WITHOUT_WORDS && roomy;
	if (done->code.len) {
		if (richness < WITHOUT_CAPTION)
			column.caption = compact ? TR(i18n, arena, "done-code")
					 : done->slip.payload.len
						 ? TR(i18n, arena, "done-or-write")
						 : TR(i18n, arena, "done-code-only");
		column.code_px = code_height(ui, width_px, column.caption);
	}
	column.has_card = words;
	if (words) {
		column.card = (struct person_card){.contact = done->person,
			.words = done->words,
			.lang = done->words_lang,
			.act = keeps ? TR(i18n, arena, "done-number-short") : STR(""),
			.without_face = richness >= WITHOUT_FACE || (compact && model->practice)};
		column.card_px = person_card_height(ui, width_px, &column.card);
	}
	column.has_keep = keeps && !words;
	if (column.has_keep) {
		column.keep = fit_button(ui, width_px,
			(struct ui_button){.label = TR(i18n, arena, "done-number-short"),
				.icon = "contact_phone"});
		column.keep.icon_only |= richness >= BARE;
		column.keep.icon = "contact_phone";
		column.keep_px = ui_button_height(ui, width_px, &column.keep);
	}
	column.finish = (struct ui_button){.label = TR(i18n, arena, "done-wipe"),
		.icon = richness == BARE ? NULL : "delete_sweep",
		.icon_only = richness >= ICONS_ONLY,
		.go = true};
	column.finish_px = ui_button_height(ui, width_px, &column.finish);
	add_part(&column, column.title_px);
	add_part(&column, column.code_px);
	add_part(&column, column.card_px);
	add_part(&column, column.keep_px);
	add_part(&column, column.finish_px);
	return column;
}

static struct column fitting_column(
	const struct model *model, struct ui *ui, const struct done *done, struct rect rect)
{
	struct column column = {.parts = 0};
	int gap = ui_mm(ui, ui_theme(ui)->panel.class == PANEL_COMPACT ? 1 : 2);
	for (enum richness r = WITH_ALL; r < RICHNESS_COUNT; r++) {
		column = column_of(model, ui, done, rect.w, r);
		if (column.total_px + (column.parts - 2) * gap + acts_gap(ui) <= rect.h)
			break;
	}
	return column;
}

static void draw_title(struct ui *ui, struct rect row, const struct column *column)
{
	if (column->title_icon) {
		int size = title_icon_size(ui);
		struct rect mark = rect_take_start(&row, size);
		ui_icon(ui, rect_center(mark, size, size), "check_circle", COLOR_GO);
		rect_take_start(&row, ui_mm(ui, 2.4));
	}
	ui_text(ui, row, &column->title);
}

static struct action keep_number(void)
{
	return (struct action){.kind = ACTION_GO, .screen = SCREEN_DONE_CONTACT};
}

/* Title on top, "Klaar" at the foot, the rest evenly between them. */
static struct action draw_column(
	struct ui *ui, struct rect rect, const struct column *column, struct str code)
{
	struct action action = {.kind = ACTION_NONE};
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	int spare = rect.h - column->total_px;
	int gap = column->parts > 1 ? spare / (column->parts - 1) : 0;
	if (gap < acts_gap(ui) && column->parts > 2) /* above "Klaar" it is never less */
		gap = (spare - acts_gap(ui)) / (column->parts - 2);
	int most = ui_mm(ui, compact ? 2.4 : 14);
	draw_title(ui, rect_take_top(&rect, column->title_px), column);
	struct rect foot = rect_take_bottom(&rect, column->finish_px);
	if (ui_button(ui, STR("done/finish"), foot, &column->finish))
		action.kind = ACTION_FINISH;
	rect_take_bottom(&rect, gap < acts_gap(ui) || compact ? acts_gap(ui) : gap);
	if (column->has_keep) {
		struct rect at = rect_take_bottom(&rect, column->keep_px);
		if (ui_button(ui, STR("done/keep-number"), at, &column->keep))
			action = keep_number();
	}
	if (gap > most)
		gap = most;
	rect_take_top(&rect, gap);
	/* The code comes before the person on a small slip of glass, after them on a larger one. */
	for (int turn = 0; turn < 2; turn++) {
		bool code_turn = (turn == 0) == compact;
		if (code_turn && column->code_px) {
			code_frame(
				ui, rect_take_top(&rect, column->code_px), column->caption, code);
			rect_take_top(&rect, gap);
		} else if (!code_turn && column->has_card) {
			struct rect at = rect_take_top(&rect, column->card_px);
			if (person_card_frame(ui, STR("done/keep-number"), at, &column->card))
				action = keep_number();
			rect_take_top(&rect, gap);
		}
	}
	return action;
}

/* --- lying ------------------------------------------------------------------------------------ */

static struct action frame_lying(const struct model *model, struct ui *ui, const struct done *done,
	const struct initiative *initiative)
{
	static const double pad_mm[PANEL_CLASS_COUNT] = {3, 5, 9, 0};
	static const double between_mm[PANEL_CLASS_COUNT] = {3, 5, 10, 0};
	enum panel_class class = ui_theme(ui)->panel.class;
	bool compact = class == PANEL_COMPACT;
	struct rect room = screen_rect(ui);
	ui_box(ui, room, &(struct ui_box){.fill = COLOR_SAGE});
	int pad = ui_mm(ui, pad_mm[class]);
	if (!compact)
		room = rect_inset(room, pad, pad);
	struct rect start = {0};
	if (done->slip.payload.len)
		start = rect_take_start(&room, slip_width(ui, &done->slip, room.h));
	else if (!compact)
		start = rect_take_start(&room, room.w * 2 / 5);
	if (done->slip.payload.len)
		slip_frame(ui, start, &done->slip, !compact);
	else if (!compact)
		ui_picture(ui, start,
			&(struct ui_picture){.name = initiative->picture.file,
				.fallback_icon = initiative_icon(initiative),
				.radius_px = ui_theme(ui)->m.radius_card});
	if (compact)
		room = rect_inset(room, pad, ui_mm(ui, 2.5));
	else
		rect_take_start(&room, ui_mm(ui, between_mm[class]));
	struct column column = fitting_column(model, ui, done, room);
	return draw_column(ui, room, &column, done->code);
}

/* --- upright ---------------------------------------------------------------------------------- */

static void draw_dots(struct ui *ui, struct rect row)
{
	int dot = ui_mm(ui, 1), step = ui_mm(ui, 2);
	for (int x = row.x; x + dot <= row.x + row.w; x += step)
		ui_box(ui, (struct rect){x, row.y, dot, dot},
			&(struct ui_box){.fill = COLOR_LINE, .radius_px = dot / 2});
}

/* Picture, leaf and what happens next, beside each other. */
static void draw_reminder(const struct model *model, struct ui *ui, struct rect row,
	const struct done *done, const struct initiative *initiative)
{
	const struct occurrence *o = visit_occurrence(model);
	struct rect picture = rect_take_start(&row, row.w * 45 / 100);
	ui_picture(ui, picture,
		&(struct ui_picture){.name = initiative->picture.file,
			.fallback_icon = initiative_icon(initiative),
			.radius_px = ui_theme(ui)->m.radius_card,
			.focus_y_percent = 36});
	rect_take_start(&row, ui_theme(ui)->m.gap);
	if (o && !is_introduction(initiative)) {
		int taken = calendar_frame(model, ui, row, o->start.date, false);
		rect_take_top(&row, taken + ui_mm(ui, 5));
	} else if (done->person) {
		int face = ui_mm(ui, 32);
		struct rect at = rect_take_top(&row, face);
		at.w = face;
		ui_portrait(ui, at, done->person->picture.file, done->person->name,
			contact_color(done->person));
		rect_take_top(&row, ui_mm(ui, 5));
	}
	struct ui_text words = {.text = done->words, .style = TEXT_BODY, .lang = done->words_lang};
	if (ui_text_height(ui, row.w, &words) > row.h)
		words.style = TEXT_BAR;
	ui_text(ui, row, &words);
}

/* The sheet with the code for the telephone, a dotted line, and the code to write down. */
static void draw_sheet(
	const struct model *model, struct ui *ui, struct rect sheet, const struct done *done)
{
	struct arena *arena = ui_arena(ui);
	int pad = ui_mm(ui, 6);
	ui_box(ui, sheet,
		&(struct ui_box){.fill = COLOR_QR_LIGHT,
			.radius_px = ui_theme(ui)->m.radius_card,
			.shadow = true});
	struct ui_text code = {.text = done->code,
		.style = TEXT_CODE,
		.align = ALIGN_CENTER,
		.color = COLOR_QR_DARK,
		.personal = true};
	struct ui_text caption = {.text = done->slip.payload.len
						  ? TR(model->i18n, arena, "done-or-write")
						  : TR(model->i18n, arena, "done-code-only"),
		.style = TEXT_BODY,
		.align = ALIGN_CENTER,
		.color = COLOR_QR_DARK};
	struct rect inside = rect_inset(sheet, ui_mm(ui, 7), pad);
	if (done->code.len) {
		ui_text(ui, rect_take_bottom(&inside, ui_line_height(ui, TEXT_CODE)), &code);
		int height = ui_text_height(ui, inside.w, &caption);
		ui_text(ui, rect_take_bottom(&inside, height), &caption);
		if (done->slip.payload.len) {
			rect_take_bottom(&inside, ui_mm(ui, 5));
			draw_dots(ui, rect_take_bottom(&inside, ui_mm(ui, 1)));
			rect_take_bottom(&inside, ui_mm(ui, 3));
		}
	}
	if (done->slip.payload.len) {
		struct slip flat = done->slip;
		slip_frame(ui, inside, &flat, false);
	}
}

static struct action frame_upright(const struct model *model, struct ui *ui,
	const struct done *done, const struct initiative *initiative)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct arena *arena = ui_arena(ui);
	struct rect room = screen_rect(ui);
	ui_box(ui, room, &(struct ui_box){.fill = COLOR_SAGE});
	room = rect_inset(room, m->margin, m->margin);
	struct action action = {.kind = ACTION_NONE};
	bool keeps = done->reachable && !done->slip_is_card;
	int width = keeps ? (room.w - acts_gap(ui)) / 2 : room.w;
	struct ui_button finish = fit_button(ui, width,
		(struct ui_button){.label = TR(model->i18n, arena, "done-wipe"),
			.icon = "delete_sweep",
			.go = true,
			.centered = true});
	struct ui_button keep = {.icon = "contact_phone", .centered = true};
	if (keeps) {
		keep.label = TR(model->i18n, arena, "done-number", {"name", done->reachable->name});
		keep = fit_button(ui, width, keep);
	}
	int height = ui_button_height(ui, width, &finish);
	int other = keeps ? ui_button_height(ui, width, &keep) : 0;
	struct rect acts = rect_take_bottom(&room, height > other ? height : other);
	if (keeps && ui_button(ui, STR("done/keep-number"), rect_take_start(&acts, width), &keep))
		action = keep_number();
	if (ui_button(ui, STR("done/finish"), rect_take_end(&acts, width), &finish))
		action.kind = ACTION_FINISH;
	rect_take_bottom(&room, m->gap);
	struct ui_text title = fitting_title(ui, done->title, room.w, ui_mm(ui, 40));
	rect_take_top(&room, ui_text(ui, room, &title));
	rect_take_top(&room, ui_mm(ui, 7));
	draw_reminder(model, ui, rect_take_top(&room, ui_mm(ui, 92)), done, initiative);
	rect_take_top(&room, ui_mm(ui, 7));
	if (!done->slip.payload.len && !done->code.len)
		return action;
	int sheet = done->slip.payload.len ? ui_mm(ui, 226) : ui_mm(ui, 60);
	if (!done->code.len)
		sheet -= ui_mm(ui, 50);
	draw_sheet(model, ui, rect_take_top(&room, sheet), done);
	return action;
}

struct action done_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	const struct initiative *initiative = visit_initiative(model);
	if (!initiative) { /* the catalogue changed under the visitor's hands: back leads on */
		ui_box(ui, screen_rect(ui), &(struct ui_box){.fill = COLOR_SAGE});
		return (struct action){.kind = ACTION_NONE};
	}
	struct done done = done_of(model, ui, initiative);
	return ui_theme(ui)->panel.class == PANEL_PORTRAIT
		       ? frame_upright(model, ui, &done, initiative)
		       : frame_lying(model, ui, &done, initiative);
}
