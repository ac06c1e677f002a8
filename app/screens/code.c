/* "Wat is je code?": eight boxes and the keys that a code can have. A code that nobody has stays
 * where it is, to be looked at again; who has none any more, or tried often enough, is shown the
 * way to a person. */
#include "screens/frames.h"
#include "screens/question.h"

#include <assert.h>

#include "screens/choices.h"
#include "screens/typing.h"
#include "ui/keyboard.h"
#include "ui/widgets.h"

struct code_state {
	bool lost; /* "Ik heb geen code meer" */
};
static_assert(sizeof(struct code_state) <= MINE_STATE_BYTES, "the state fits");

static bool is_spent(const struct model *model)
{
	return model->visit->code_tries >= CODE_TRIES;
}

/* --- somebody helps --------------------------------------------------------------------------- */

static struct action frame_help(const struct model *model, struct ui *ui, struct code_state *state)
{
	struct arena *arena = ui_arena(ui);
	struct action action = {.kind = ACTION_NONE};
	bool spent = is_spent(model);
	struct screen_head head = {.section = COLOR_PLUM,
		.title = spent ? TR(model->i18n, arena, "code-unknown-last")
			       : TR(model->i18n, arena, "code-lost"),
		.picture = STR("tegel-code.svg")};
	struct frame_boxes boxes = screen_frame(ui, &head, 0);
	struct rect right = boxes.right;
	const struct measures *m = &ui_theme(ui)->m;
	struct ui_text words = {
		.text = TR(model->i18n, arena, "code-lost-body"), .style = TEXT_BODY};
	int room = right.h - m->target_gap;
	struct ui_button talk = without_broken_words(ui,
		(struct ui_button){.label = TR(model->i18n, arena, "start-talk"),
			.icon = "waving_hand",
			.go = true},
		right.w);
	struct ui_button again = without_broken_words(ui,
		(struct ui_button){.label = TR(model->i18n, arena, "code-again"), .icon = "edit"},
		right.w);
	int buttons = ui_button_height(ui, right.w, &talk);
	if (!spent)
		buttons += acts_gap(ui) + ui_button_height(ui, right.w, &again);
	if (ui_text_height(ui, right.w, &words) + m->gap + buttons > room)
		words.style = TEXT_BAR; /* large letters do not enlarge it */
	bool whole = ui_text_height(ui, right.w, &words) + m->gap + buttons <= room;
	if (boxes.upright) { /* where hands reach */
		int height = ui_text_height(ui, right.w, &words) + m->gap + buttons + m->margin;
		struct rect above = right;
		right = rect_take_bottom(&above, height);
		rect_take_bottom(&above, m->gap);
		upright_picture_frame(ui, above, head.picture);
	}
	rect_take_top(&right, ui_text(ui, right, &words) + m->gap);
	struct rect row = rect_take_top(&right, ui_button_height(ui, right.w, &talk));
	if (ui_button(ui, STR("code/talk"), row, &talk))
		action = (struct action){.kind = ACTION_GO, .screen = SCREEN_PEOPLE};
	if (spent || !whole) /* "Terug" leads there too */
		return action;
	rect_take_top(&right, acts_gap(ui));
	row = rect_take_top(&right, ui_button_height(ui, right.w, &again));
	if (ui_button(ui, STR("code/again"), row, &again))
		state->lost = false;
	return action;
}

/* --- the question ----------------------------------------------------------------------------- */

struct code_touch {
	struct key_press press;
	bool open, lost;
};

/* Three rows of keys, and a row with the two words. */
static struct code_touch draw_keys(
	const struct model *model, struct ui *ui, struct rect zone, int side_px, int edge_px)
{
	struct arena *arena = ui_arena(ui);
	struct code_touch touch = {.open = false};
	bool whole = model->visit->typed_code_bytes == CODE_CHARACTERS;
	struct keyboard_words words = typing_words(model, ui);
	ui_box(ui, zone, &(struct ui_box){.fill = COLOR_SAND});
	struct rect inside = rect_inset(zone, side_px, edge_px);
	struct rect row = rect_take_bottom(&inside, ui_theme(ui)->m.key_height);
	rect_take_bottom(&inside, ui_theme(ui)->m.key_gap);
	touch.press = ui_code_keys(ui, inside, &words);
	struct word_key lost = {.label = TR(model->i18n, arena, "code-lost")};
	struct word_key open = {
		.label = TR(model->i18n, arena, "code-open"), .go = true, .disabled = !whole};
	int gap = ui_theme(ui)->m.key_gap, open_px = (row.w - gap) / 2;
	if (ui_theme(ui)->panel.class == PANEL_COMPACT) /* there the longer word needs more */
		open_px = row.w * 36 / 100;
	touch.open = ui_word_key(ui, STR("code/open"), rect_take_end(&row, open_px), &open);
	rect_take_end(&row, gap);
	touch.lost = ui_word_key(ui, STR("code/lost"), row, &lost);
	return touch;
}

static struct code_touch frame_question(const struct model *model, struct ui *ui)
{
	const struct visit *visit = model->visit;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	int side, edge;
	ui_keyboard_margins(ui, &side, &edge);
	struct rect rest = screen_rect(ui);
	struct rect keys = rect_take_bottom(&rest, ui_keyboard_height(ui));
	struct code_touch touch = draw_keys(model, ui, keys, side, edge);

	ui_box(ui, rest, &(struct ui_box){.fill = COLOR_PLUM});
	int pad = ui_mm(ui, compact ? 1.4 : 2.4);
	struct rect above = rect_inset(rest, side, pad);
	struct str title = visit->code_unknown ? TR(model->i18n, ui_arena(ui), "code-unknown")
					       : TR(model->i18n, ui_arena(ui), "code-title");
	static const double field_mm[PANEL_CLASS_COUNT] = {14, 20, 30, 34};
	int field = ui_mm(ui, field_mm[ui_theme(ui)->panel.class]), most = above.h * 55 / 100;
	field = field < most ? field : most;
	struct rect boxes = rect_take_bottom(&above, field);
	rect_take_bottom(&above, pad);
	struct ui_text words = fitting_title(ui, title, above.w, above.h);
	words.middle = true;
	words.shrink_percent = 80;
	if (ui_theme(ui)->panel.class == PANEL_PORTRAIT) {
		struct rect picture = above;
		above = rect_take_bottom(&picture, ui_text_height(ui, above.w, &words));
		rect_take_top(&picture, ui_theme(ui)->m.margin - pad);
		rect_take_bottom(&picture, ui_theme(ui)->m.gap);
		upright_picture_frame(ui, picture, STR("tegel-code.svg"));
	}
	ui_text(ui, above, &words);
	ui_code_field(ui, STR("code/field"), boxes, title,
		(struct str){visit->typed_code, visit->typed_code_bytes}, CODE_CHARACTERS);
	return touch;
}

struct action ask_code_frame(void *state, const struct model *model, struct ui *ui)
{
	struct code_state *code = state;
	if (code->lost || is_spent(model))
		return frame_help(model, ui, code);
	struct code_touch touch = frame_question(model, ui);
	if (touch.lost)
		code->lost = true;
	if (touch.open || touch.press.action == KEY_DONE)
		return (struct action){.kind = ACTION_OPEN_CODE};
	return typing_action(ACTION_TYPE_CODE, &touch.press);
}
