/* The frame of a question: which initiative this is about, how far we are, the question, and one
 * green button. Lying panels have it in the left column; upright it stands above the answers, which
 * end directly above the button, where hands reach. */
#include "screens/question.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "ui/widgets.h"

static bool is_compact(const struct ui *ui)
{
	return ui_theme(ui)->panel.class == PANEL_COMPACT;
}

struct str say_with_name(const struct model *model, struct ui *ui, const struct contact *who,
	const char *id, const char *id_without)
{
	if (!who)
		return tr(model->i18n, ui_arena(ui), id_without, NULL, 0);
	const struct i18n_arg name = {"name", who->name};
	return tr(model->i18n, ui_arena(ui), id, &name, 1);
}

enum text_style fitting_style(struct ui *ui, struct str text, int width_px,
	enum text_style preferred, enum text_style smaller)
{
	return words_fit(ui, text, width_px, preferred) ? preferred : smaller;
}

struct ui_text fitting_title(struct ui *ui, struct str title, int width_px, int height_px)
{
	static const enum text_style styles[] = {
		TEXT_HEADING_1, TEXT_HEADING_2, TEXT_CARD_NAME, TEXT_BUTTON, TEXT_KEY_WORD};
	struct ui_text text = {.text = title, .style = TEXT_KEY_WORD, .heading = true};
	for (size_t i = 0; i < sizeof(styles) / sizeof(styles[0]); i++) {
		text.style = styles[i];
		if (words_fit(ui, title, width_px, text.style) &&
			ui_text_height(ui, width_px, &text) <= height_px)
			break;
	}
	return text;
}

/* --- progress --------------------------------------------------------------------------------- */

struct question_place question_place(const struct model *model, enum screen_name screen)
{
	const struct initiative *initiative = visit_initiative(model);
	struct question_place place = {0, 0};
	if (!initiative || model->visit->changing)
		return place;
	enum screen_name questions[8];
	size_t count = signup_questions(model, initiative, questions);
	for (size_t i = 0; i < count; i++)
		if (questions[i] == screen)
			place = (struct question_place){(int)i + 1, (int)count};
	/* A yes to a companion takes the question off the list while it is still being asked. */
	if (place.number == 0 && screen == SCREEN_SIGNUP_COMPANION)
		place = (struct question_place){(int)count + 1, (int)count + 1};
	return place;
}

struct str question_place_words(
	const struct model *model, struct ui *ui, struct question_place place)
{
	struct arena *arena = ui_arena(ui);
	struct str number = say_number(model->i18n, arena, place.number);
	struct str total = say_number(model->i18n, arena, place.total);
	if (is_compact(ui))
		return TR(model->i18n, arena, "form-question-of-short", {"number", number},
			{"total", total});
	return TR(model->i18n, arena, "form-question-of", {"number", number}, {"total", total});
}

int question_steps_height(const struct ui *ui)
{
	return ui_mm(ui, is_compact(ui) ? 1.6 : 3);
}

void question_steps(
	const struct model *model, struct ui *ui, struct rect rect, struct question_place place)
{
	struct str spoken = TR(model->i18n, ui_arena(ui), "form-question-of",
		{"number", say_number(model->i18n, ui_arena(ui), place.number)},
		{"total", say_number(model->i18n, ui_arena(ui), place.total)});
	ui_steps(ui, rect, place.number, place.total, spoken);
}

/* Words and bars, from the top of rect; the words drop first. */
static void progress_frame(
	const struct model *model, struct ui *ui, struct rect rect, struct question_place place)
{
	if (place.number == 0)
		return;
	struct ui_text words = {
		.text = question_place_words(model, ui, place), .style = TEXT_BODY, .max_lines = 1};
	int bars = question_steps_height(ui), gap = ui_mm(ui, 1.6);
	int line = ui_text_height(ui, rect.w, &words);
	if (line + gap + bars <= rect.h && ui_text_width(ui, &words) <= rect.w) {
		rect_take_top(&rect, ui_text(ui, rect, &words));
		rect_take_top(&rect, gap);
	}
	if (bars <= rect.h)
		question_steps(model, ui, rect_take_top(&rect, bars), place);
}

static int progress_height(const struct model *model, struct ui *ui, struct question_place place)
{
	(void)model;
	if (place.number == 0)
		return 0;
	return ui_line_height(ui, TEXT_BODY) + ui_mm(ui, 1.6) + question_steps_height(ui);
}

/* --- the initiative --------------------------------------------------------------------------- */

struct card_words {
	struct ui_text name, line;
	int name_px, line_px, icon_px;
	int pad_x, pad_top, pad_bottom;
};

static struct card_words card_words(
	const struct model *model, struct ui *ui, int width_px, const struct head_card *card)
{
	const struct initiative *initiative = visit_initiative(model);
	bool compact = is_compact(ui);
	struct card_words words = {
		.name = {.text = initiative->name,
			.max_lines = compact ? 2 : 3,
			.may_be_cut = true, /* in full on its page */
			.lang = catalogue_language(model)},
		.line = {.text = card->line, .max_lines = 2, .middle = true},
		.icon_px = ui_mm(ui, compact ? 7 : 9),
		.pad_x = ui_mm(ui, compact ? 1.6 : 3),
		.pad_top = ui_mm(ui, compact ? 1 : 2.2),
		.pad_bottom = ui_mm(ui, compact ? 1.4 : 3),
	};
	int room = width_px - 2 * words.pad_x;
	words.name.style = fitting_style(ui, words.name.text, room, TEXT_STRONG, TEXT_DATE_STRONG);
	words.name_px = ui_text_height(ui, room, &words.name);
	/* On a narrow slip of glass the picture says it better than a name broken in two. */
	if (compact && !words_fit(ui, words.name.text, room, words.name.style))
		words.name_px = 0;
	words.line.style = fitting_style(ui, card->line, room, TEXT_BODY, TEXT_BAR);
	if (words.icon_px + ui_mm(ui, 2.4) + ui_text_width(ui, &words.line) > room && compact)
		words.icon_px = 0;
	int line_room = room - (words.icon_px ? words.icon_px + ui_mm(ui, 2.4) : 0);
	if (card->line.len) {
		words.line_px = ui_text_height(ui, line_room, &words.line);
		if (words.line_px < words.icon_px)
			words.line_px = words.icon_px;
	}
	return words;
}

int head_card_frame(
	const struct model *model, struct ui *ui, struct rect rect, const struct head_card *card)
{
	const struct initiative *initiative = visit_initiative(model);
	if (!initiative)
		return 0;
	static const double picture_mm[PANEL_CLASS_COUNT] = {18, 26, 44, 150};
	struct card_words words = card_words(model, ui, rect.w, card);
	int between = words.line_px && words.name_px ? ui_mm(ui, 1.4) : 0;
	int needed = words.pad_top + words.name_px + words.pad_bottom;
	if (needed > rect.h)
		return 0;
	if (needed + between + words.line_px > rect.h)
		words.line_px = between = 0;
	needed += between + words.line_px;
	int picture = rect.h - needed;
	int most = ui_mm(ui, picture_mm[ui_theme(ui)->panel.class]);
	if (picture > most)
		picture = most;
	if (picture < ui_mm(ui, 12))
		picture = 0;

	struct rect box = rect_take_top(&rect, picture + needed);
	int radius = ui_theme(ui)->m.radius_card;
	ui_box(ui, box, &(struct ui_box){.fill = COLOR_WHITE, .radius_px = radius, .shadow = true});
	struct rect inside = box;
	if (picture)
		ui_picture(ui, rect_take_top(&inside, picture),
			&(struct ui_picture){.name = initiative->picture.file,
				.fallback_icon = initiative_icon(initiative),
				.alt = words.name_px ? STR("") : initiative->name,
				.radius_px = radius,
				.corners = CORNER_TOP_LEFT | CORNER_TOP_RIGHT,
				.focus_y_percent = 40});
	inside = rect_inset(inside, words.pad_x, 0);
	rect_take_top(&inside, words.pad_top);
	if (words.name_px)
		ui_text(ui, rect_take_top(&inside, words.name_px), &words.name);
	if (words.line_px) {
		rect_take_top(&inside, between);
		struct rect row = rect_take_top(&inside, words.line_px);
		struct rect mark = rect_take_start(&row, words.icon_px);
		if (words.icon_px) {
			ui_icon(ui, rect_center(mark, words.icon_px, words.icon_px), card->icon,
				COLOR_INK);
			rect_take_start(&row, ui_mm(ui, 2.4));
		}
		ui_text(ui, row, &words.line);
	}
	return box.h;
}

/* --- the frame -------------------------------------------------------------------------------- */

struct ui_button fit_button(struct ui *ui, int width_px, struct ui_button button)
{
	const struct measures *m = &ui_theme(ui)->m;
	int room = width_px - 2 * m->padding;
	int mark = m->icon + ui_mm(ui, is_compact(ui) ? 1.6 : 2.6);
	struct ui_button bare = button;
	bare.icon = NULL;
	bool lower = icon_costs_a_line(ui, &button, width_px);
	if (!button.icon)
		return button;
	bool too_high = is_compact(ui) && ui_button_height(ui, width_px, &bare) > m->button * 3 / 2;
	if (words_fit(ui, button.label, room - mark, TEXT_BUTTON) && !lower && !too_high)
		return button;
	if (words_fit(ui, button.label, room, TEXT_BUTTON) && !too_high) {
		button.icon = NULL;
		button.centered = true;
	} else {
		button.icon_only = true;
	}
	return button;
}

static struct ui_button next_button(
	const struct model *model, struct ui *ui, int width_px, const struct question *question)
{
	return fit_button(ui, width_px,
		(struct ui_button){.label = TR(model->i18n, ui_arena(ui), "form-next"),
			.icon = "arrow_forward",
			.icon_directed = true,
			.go = !question->blocked,
			.centered = ui_theme(ui)->panel.class == PANEL_PORTRAIT,
			.disabled = question->blocked});
}

int question_body_width(const struct ui *ui)
{
	const struct measures *m = &ui_theme(ui)->m;
	return ui_panel_rect(ui).w - m->left - 2 * m->margin;
}

static int title_gap(const struct ui *ui)
{
	return ui_mm(ui, is_compact(ui) ? 2 : 4);
}

static struct ui_text title_text(struct ui *ui, struct str title, int width_px)
{
	return (struct ui_text){.text = title, .style = title_style(ui, title, width_px)};
}

int question_body_room(struct ui *ui, struct str title)
{
	const struct measures *m = &ui_theme(ui)->m;
	int width = question_body_width(ui);
	struct ui_text words = title_text(ui, title, width);
	int room = screen_rect(ui).h - 2 * m->margin - ui_text_height(ui, width, &words) -
		   title_gap(ui);
	if (ui_theme(ui)->panel.class == PANEL_PORTRAIT)
		room -= m->button + m->gap + ui_mm(ui, 40);
	return room;
}

/* "Verder", and above it the page buttons when the answers do not fit. */
static bool draw_acts(const struct model *model, struct ui *ui, struct rect acts,
	const struct question *question, bool pages)
{
	bool upright = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	if (pages && upright) {
		page_pair_frame(model, ui, question->scroll_id,
			question->without_next ? acts : rect_take_start(&acts, acts.w / 2));
		rect_take_start(&acts, acts_gap(ui));
	} else if (pages) {
		page_pair_frame(model, ui, question->scroll_id,
			rect_take_top(&acts, ui_theme(ui)->m.button));
		rect_take_top(&acts, acts_gap(ui));
	}
	if (question->without_next)
		return false;
	struct ui_button next = next_button(model, ui, acts.w, question);
	return ui_button(ui, STR("signup/next"), acts, &next);
}

static struct question_boxes frame_upright(
	const struct model *model, struct ui *ui, const struct question *question)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct question_boxes boxes = {0};
	struct rect rest = rect_inset(screen_rect(ui), m->margin, 0);
	struct question_place place = question_place(model, question->screen);
	rect_take_top(&rest, m->margin);
	if (place.number) {
		int bars = question_steps_height(ui);
		question_steps(model, ui, rect_take_top(&rest, bars), place);
		rect_take_top(&rest, m->gap);
	}
	rect_take_bottom(&rest, m->margin);
	struct rect acts = {0};
	struct ui_button next = next_button(model, ui, rest.w, question);
	bool pages = false;
	if (!question->without_next)
		acts = rect_take_bottom(&rest, ui_button_height(ui, rest.w, &next));
	struct ui_text title = title_text(ui, question->title, rest.w);
	int height = ui_text_height(ui, rest.w, &title) + title_gap(ui);
	int most = rest.h - height - m->gap - ui_mm(ui, 40); /* the initiative stays in sight */
	int body = question->body_px < most ? question->body_px : most;
	if (question->body_px > most && question->scroll_id.len) {
		pages = true;
		if (question->without_next)
			acts = rect_take_bottom(&rest, m->button);
	}
	if (acts.h > 0)
		rect_take_bottom(&rest, m->gap);
	boxes.body = rect_take_bottom(&rest, body);
	struct rect words = rect_take_bottom(&rest, height);
	ui_text(ui, words, &title);
	rect_take_bottom(&rest, m->gap);
	head_card_frame(model, ui, rest, &question->card);
	if (acts.h > 0)
		boxes.go_on = draw_acts(model, ui, acts, question, pages);
	return boxes;
}

/* The left column: the card, the progress, and the acts at the foot. */
static bool draw_column(const struct model *model, struct ui *ui, struct rect left,
	const struct question *question, bool pages)
{
	const struct measures *m = &ui_theme(ui)->m;
	int side = ui_theme(ui)->panel.class == PANEL_SMALL ? ui_mm(ui, 5) : m->margin;
	struct rect inside = rect_inset(left, side, m->margin);
	struct ui_button next = next_button(model, ui, inside.w, question);
	int acts = question->without_next ? 0 : ui_button_height(ui, inside.w, &next);
	if (pages)
		acts += m->button + (acts ? acts_gap(ui) : 0);
	bool go_on = false;
	if (acts) {
		go_on = draw_acts(model, ui, rect_take_bottom(&inside, acts), question, pages);
		rect_take_bottom(&inside, m->gap);
	}
	struct question_place place = question_place(model, question->screen);
	int gap = ui_mm(ui, is_compact(ui) ? 2 : 4), bars = question_steps_height(ui);
	int progress = progress_height(model, ui, place);
	struct rect top = inside;
	if (progress)
		rect_take_bottom(&top, progress + gap);
	int taken = head_card_frame(model, ui, top, &question->card);
	if (!taken && progress) { /* the words of the progress give way to the name */
		top = inside;
		rect_take_bottom(&top, bars + gap);
		taken = head_card_frame(model, ui, top, &question->card);
	}
	rect_take_top(&inside, taken ? taken + gap : 0);
	progress_frame(model, ui, inside, place);
	return go_on;
}

struct question_boxes question_frame(
	const struct model *model, struct ui *ui, const struct question *question)
{
	const struct measures *m = &ui_theme(ui)->m;
	if (ui_theme(ui)->panel.class == PANEL_PORTRAIT)
		return frame_upright(model, ui, question);
	struct question_boxes boxes = {0};
	struct rect rest = screen_rect(ui);
	struct rect left = rect_take_start(&rest, m->left);
	ui_box(ui, left, &(struct ui_box){.fill = COLOR_HONEY});
	rest = rect_inset(rest, m->margin, m->margin);
	struct ui_text title = title_text(ui, question->title, rest.w);
	rect_take_top(&rest, ui_text(ui, rest, &title));
	rect_take_top(&rest, title_gap(ui));
	bool pages = false;
	if (question->body_px > rest.h) { /* the margin at the foot goes first */
		rest.h += m->margin - m->target_gap;
		pages = question->scroll_id.len && question->body_px > rest.h;
	}
	boxes.body = rest;
	boxes.go_on = draw_column(model, ui, left, question, pages);
	return boxes;
}
