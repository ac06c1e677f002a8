/* "Mag Fatma je bellen?": a number pad, and the freedom to say no. A number that cannot be right is
 * said in words instead of being sent on; one from another country is only asked about, once. */
#include "screens/frames.h"
#include "screens/question.h"

#include <assert.h>

#include "i18n/say.h"
#include "screens/choices.h"
#include "screens/phone.h"
#include "screens/typing.h"
#include "ui/widgets.h"

struct phone_state {
	bool complained; /* the last "Verder" found something wrong; typing forgives it */
};
static_assert(sizeof(struct phone_state) <= KEYBOARD_STATE_BYTES, "the state fits");

static struct str typed_phone(const struct model *model)
{
	return (struct str){model->visit->phone, model->visit->phone_bytes};
}

static struct str say_complaint(const struct model *model, struct arena *arena)
{
	int digits = 0;
	switch (phone_judge(typed_phone(model), &digits)) {
	case PHONE_TOO_SHORT:
		return TR_COUNT(model->i18n, arena, "phone-too-short", "count", digits);
	case PHONE_TOO_LONG:
		return TR(model->i18n, arena, "phone-too-long");
	case PHONE_WRONG_START:
		return TR(model->i18n, arena, "phone-wrong-start");
	case PHONE_FOREIGN:
		return TR(model->i18n, arena, "phone-foreign");
	case PHONE_FINE:
	case PHONE_EMPTY:
		break;
	}
	return STR("");
}

/* The words of the question, and what stands below the field. */
struct phone_words {
	struct str title, help;
	bool error;
	bool wish; /* it goes with a wish: no question of a sign-up */
};

static struct phone_words phone_words(
	const struct model *model, struct ui *ui, const struct phone_state *state, bool wish)
{
	struct arena *arena = ui_arena(ui);
	const struct initiative *initiative = visit_initiative(model);
	const struct contact *reader = initiative ? signup_reader(initiative) : NULL;
	bool introduction =
		initiative && initiative->registration.mode == REGISTRATION_INTRODUCTION;
	struct phone_words words = {.wish = wish};
	if (wish) {
		words.title = TR(model->i18n, arena, "wish-phone-title");
		words.help = TR(model->i18n, arena, "wish-phone-help");
	} else if (introduction) {
		words.title = say_with_name(model, ui, reader, MESSAGE("introduction-phone-title"),
			MESSAGE("introduction-phone-title-desk"));
		words.help = say_with_name(model, ui, reader, MESSAGE("introduction-no-phone"),
			MESSAGE("introduction-no-phone-desk"));
	} else {
		words.title = say_with_name(
			model, ui, reader, MESSAGE("phone-title"), MESSAGE("phone-title-desk"));
		words.help = TR(model->i18n, arena, "phone-help");
	}
	struct str complaint = state->complained ? say_complaint(model, arena) : STR("");
	if (complaint.len) {
		words.help = complaint;
		words.error = true;
	}
	return words;
}

static struct question_place place_of(const struct model *model, const struct phone_words *words)
{
	return words->wish ? (struct question_place){0, 0}
			   : question_place(model, SCREEN_SIGNUP_PHONE);
}

/* --- the two buttons -------------------------------------------------------------------------- */

struct phone_acts {
	struct ui_button skip, next;
	int skip_px, next_px, height_px;
	bool stacked, only_next;
};

static int button_width(struct ui *ui, const struct ui_button *b)
{
	const struct measures *m = &ui_theme(ui)->m;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct ui_text label = {.text = b->label, .style = TEXT_BUTTON};
	int mark = b->icon ? m->icon + ui_mm(ui, compact ? 1.6 : 2.6) : 0;
	return 2 * m->padding + mark + ui_text_width(ui, &label) + ui_mm(ui, 1);
}

/* Beside each other where the words fit on one line, else one above the other. */
static struct phone_acts phone_acts(const struct model *model, struct ui *ui, int width_px)
{
	struct arena *arena = ui_arena(ui);
	bool empty = model->visit->phone_bytes == 0;
	struct phone_acts acts = {
		.skip = {.label = TR(model->i18n, arena, "phone-skip"), .centered = true},
		.next = {.label = TR(model->i18n, arena, "form-next"),
			.icon = "arrow_forward",
			.icon_directed = true,
			.centered = true,
			.go = !empty,
			.disabled = empty},
	};
	int gap = acts_gap(ui), half = (width_px - gap) / 2;
	acts.skip_px = button_width(ui, &acts.skip);
	acts.next_px = button_width(ui, &acts.next);
	if (acts.skip_px + acts.next_px + gap > width_px) {
		acts.next.icon = NULL;
		acts.next_px = button_width(ui, &acts.next);
	}
	acts.stacked = acts.skip_px + acts.next_px + gap > width_px;
	if (acts.stacked) {
		acts.skip_px = acts.next_px = width_px;
	} else if (acts.skip_px <= half && acts.next_px <= half) {
		acts.skip_px = acts.next_px = half;
	} else {
		acts.next_px = width_px - gap - acts.skip_px;
	}
	int one = ui_button_height(ui, acts.skip_px, &acts.skip);
	int other = ui_button_height(ui, acts.next_px, &acts.next);
	one = other > one ? other : one;
	acts.height_px = acts.stacked ? 2 * one + gap : one;
	return acts;
}

enum touched { TOUCHED_NOTHING, TOUCHED_SKIP, TOUCHED_NEXT };

static enum touched draw_acts(struct ui *ui, struct rect rect, const struct phone_acts *acts)
{
	int gap = acts_gap(ui);
	struct rect skip = {0}, next;
	if (acts->only_next) {
		next = rect;
	} else if (acts->stacked) {
		skip = rect_row(rect, 0, 2, gap);
		next = rect_row(rect, 1, 2, gap);
	} else {
		skip = rect_take_start(&rect, acts->skip_px);
		next = rect_take_end(&rect, acts->next_px);
	}
	enum touched touched = TOUCHED_NOTHING;
	if (!acts->only_next && ui_button(ui, STR("signup-phone/rather-not"), skip, &acts->skip))
		touched = TOUCHED_SKIP;
	if (ui_button(ui, STR("signup/next"), next, &acts->next))
		touched = TOUCHED_NEXT;
	return touched;
}

/* --- the screen ------------------------------------------------------------------------------- */

static void draw_phone_field(
	const struct model *model, struct ui *ui, struct rect rect, const struct phone_words *words)
{
	struct str shown = say_phone(model->i18n, ui_arena(ui), typed_phone(model));
	ui_keep_order_begin(ui, rect);
	ui_field(ui, STR("signup-phone/field"), rect, words->title, shown, NULL, words->error);
	ui_keep_order_end(ui);
}

static void draw_help(struct ui *ui, struct rect rect, const struct phone_words *words)
{
	struct ui_text help = {.text = words->help, .style = TEXT_BODY};
	int icon = words->error ? ui_theme(ui)->m.icon : 0, gap = icon ? ui_mm(ui, 2) : 0;
	if (words->error && !words_fit(ui, words->help, rect.w - icon - gap, help.style))
		icon = gap = 0;
	int height = ui_text_height(ui, rect.w - icon - gap, &help);
	if (height > rect.h && words->error) { /* what is wrong must be said, if smaller */
		help.style = TEXT_BAR;
		height = ui_text_height(ui, rect.w - icon - gap, &help);
	}
	if (height > rect.h && !words->error)
		return;
	struct rect mark = rect_take_start(&rect, icon);
	if (icon)
		ui_icon(ui, (struct rect){mark.x, mark.y, icon, icon}, "error", COLOR_BRICK);
	rect_take_start(&rect, gap);
	ui_text(ui, rect, &help);
}

static struct key_press draw_pad(
	const struct model *model, struct ui *ui, struct rect zone, int pad_x, int pad_y)
{
	struct keyboard_words words = typing_words(model, ui);
	words.remove = TR(model->i18n, ui_arena(ui), "phone-delete");
	ui_box(ui, zone, &(struct ui_box){.fill = COLOR_SAND});
	return ui_number_pad(ui, rect_inset(zone, pad_x, pad_y), &words);
}

struct phone_touch {
	enum touched touched;
	struct key_press press;
};

/* Question, field and buttons at the left, the pad at the right. */
static struct phone_touch frame_lying(
	const struct model *model, struct ui *ui, const struct phone_words *words)
{
	const struct measures *m = &ui_theme(ui)->m;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	static const double pad_mm[PANEL_CLASS_COUNT] = {59, 96, 144, 0};
	struct rect rest = screen_rect(ui);
	struct rect pad = rect_take_end(&rest, ui_mm(ui, pad_mm[ui_theme(ui)->panel.class]));
	struct phone_touch touch;
	touch.press = draw_pad(model, ui, pad, ui_mm(ui, compact ? 3 : 6),
		ui_mm(ui, compact                                   ? 3
			  : ui_theme(ui)->panel.class == PANEL_WIDE ? 22
								    : 12));

	rest = rect_inset(rest, m->margin, m->margin);
	struct phone_acts acts = phone_acts(model, ui, rest.w);
	if (compact && acts.stacked) /* the question and the field come first */
		acts.height_px = 2 * m->button + acts_gap(ui);
	struct ui_text least = {.text = words->help, .style = TEXT_BAR};
	int least_px = ui_text_height(ui, rest.w - m->icon - ui_mm(ui, 2), &least) + ui_mm(ui, 2.4);
	if (words->error && acts.stacked &&
		m->button + least_px + ui_mm(ui, 2) + acts.height_px > rest.h) {
		acts.only_next = true; /* until the number is touched again */
		acts.height_px = (acts.height_px - acts_gap(ui)) / 2;
	}
	touch.touched = draw_acts(ui, rect_take_bottom(&rest, acts.height_px), &acts);
	rect_take_bottom(&rest, ui_mm(ui, 2));
	struct question_place place = place_of(model, words);
	int field = m->button, bars = question_steps_height(ui);
	struct ui_text help = {.text = words->help, .style = TEXT_BODY};
	int below = words->error ? ui_text_height(ui, rest.w - m->icon, &help) + ui_mm(ui, 2) : 0;
	int gap = ui_mm(ui, compact ? 2 : 3.4);
	struct ui_text title =
		fitting_title(ui, words->title, rest.w, rest.h - field - gap - below);
	struct ui_text smaller = {.text = words->title, .style = TEXT_HEADING_2};
	if (title.style == TEXT_HEADING_1 && ui_text_width(ui, &title) > rest.w &&
		ui_text_width(ui, &smaller) <= rest.w)
		title = smaller; /* one line rather than a word on a line of its own */
	/* Where there is no room for both, what is wrong is said instead of the question. */
	if (words->error && ui_text_height(ui, rest.w, &title) + gap + field + least_px > rest.h)
		title.text = STR("");
	int needed = ui_text_height(ui, rest.w, &title) + gap + field + below;
	if (!compact && place.number && needed + bars + gap <= rest.h) {
		question_steps(model, ui, rect_take_top(&rest, bars), place);
		rect_take_top(&rest, gap);
	}
	rect_take_top(&rest, ui_text(ui, rest, &title));
	rect_take_top(&rest, title.text.len ? gap : 0);
	draw_phone_field(model, ui, rect_take_top(&rest, field), words);
	rect_take_top(&rest, ui_mm(ui, compact ? 1.4 : 2.4));
	draw_help(ui, rest, words);
	return touch;
}

/* Upright: the field directly above the pad, the buttons below it, where they always are. */
static struct phone_touch frame_upright(
	const struct model *model, struct ui *ui, const struct phone_words *words)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct phone_touch touch;
	struct rect rest = screen_rect(ui);
	struct phone_acts acts = phone_acts(model, ui, rest.w - 2 * m->margin);
	struct rect foot = rect_take_bottom(&rest, acts.height_px + m->margin + m->gap);
	rect_take_top(&foot, m->gap);
	foot = rect_inset(foot, m->margin, 0);
	touch.touched = draw_acts(ui, rect_take_top(&foot, acts.height_px), &acts);
	struct rect pad = rect_take_bottom(&rest, 4 * m->target + 3 * ui_mm(ui, 3) + 2 * m->gap);
	touch.press = draw_pad(model, ui, pad, m->margin, m->gap);
	rest = rect_inset(rest, m->margin, 0);
	rect_take_top(&rest, m->margin);
	struct question_place place = place_of(model, words);
	if (place.number) {
		question_steps(model, ui, rect_take_top(&rest, question_steps_height(ui)), place);
		rect_take_top(&rest, m->gap);
	}
	rect_take_bottom(&rest, m->gap);
	struct ui_text help = {.text = words->help, .style = TEXT_BODY};
	draw_phone_field(model, ui, rect_take_bottom(&rest, m->button), words);
	rect_take_bottom(&rest, ui_mm(ui, 3));
	int below = ui_text_height(ui, rest.w - m->icon - ui_mm(ui, 2), &help);
	draw_help(ui, rect_take_bottom(&rest, below), words);
	rect_take_bottom(&rest, ui_mm(ui, 2));
	struct ui_text title = fitting_title(ui, words->title, rest.w, ui_mm(ui, 50));
	ui_text(ui, rect_take_bottom(&rest, ui_text_height(ui, rest.w, &title)), &title);
	rect_take_bottom(&rest, m->gap);
	struct head_card card = {0};
	const struct occurrence *o = visit_occurrence(model);
	if (o)
		card = (struct head_card){"event", say_moment(model->i18n, ui_arena(ui), o->start)};
	if (!words->wish)
		head_card_frame(model, ui, rest, &card);
	return touch;
}

static struct action phone_frame(
	struct phone_state *phone, const struct model *model, struct ui *ui, bool wish)
{
	struct phone_words words = phone_words(model, ui, phone, wish);
	struct phone_touch touch = ui_theme(ui)->panel.class == PANEL_PORTRAIT
					   ? frame_upright(model, ui, &words)
					   : frame_lying(model, ui, &words);
	if (touch.touched == TOUCHED_SKIP)
		return (struct action){.kind = wish ? ACTION_BACK : ACTION_SET_CALL, .number = 0};
	bool done = touch.touched == TOUCHED_NEXT || touch.press.action == KEY_DONE;
	if (!done) {
		if (touch.press.action != KEY_NOTHING)
			phone->complained = false;
		return typing_action(ACTION_TYPE_PHONE, &touch.press);
	}
	int digits = 0;
	enum phone_verdict verdict = phone_judge(typed_phone(model), &digits);
	bool answered_already = verdict == PHONE_FOREIGN && phone->complained;
	if (verdict == PHONE_FINE || answered_already)
		return (struct action){
			.kind = wish ? ACTION_WISH_CALL : ACTION_SET_CALL, .number = 1};
	phone->complained = verdict != PHONE_EMPTY;
	return (struct action){.kind = ACTION_NONE};
}

struct action signup_phone_frame(void *state, const struct model *model, struct ui *ui)
{
	return phone_frame(state, model, ui, false);
}

struct action wish_phone_frame(void *state, const struct model *model, struct ui *ui)
{
	return phone_frame(state, model, ui, true);
}
