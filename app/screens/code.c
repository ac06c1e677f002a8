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
	struct ui_text words = {
		.text = TR(model->i18n, arena, "code-lost-body"), .style = TEXT_BODY};
	rect_take_top(&right, ui_text(ui, right, &words) + ui_theme(ui)->m.gap);
	struct ui_button talk = without_broken_words(ui,
		(struct ui_button){.label = TR(model->i18n, arena, "start-talk"),
			.icon = "waving_hand",
			.go = true},
		right.w);
	struct rect row = rect_take_top(&right, ui_button_height(ui, right.w, &talk));
	if (ui_button(ui, STR("code/talk"), row, &talk))
		action = (struct action){.kind = ACTION_GO, .screen = SCREEN_PEOPLE};
	if (spent)
		return action;
	rect_take_top(&right, acts_gap(ui));
	struct ui_button again = without_broken_words(ui,
		(struct ui_button){.label = TR(model->i18n, arena, "code-again"), .icon = "edit"},
		right.w);
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

static struct ui_button wide_key(struct ui *ui, int width_px, struct str label)
{
	return fit_button(ui, width_px, (struct ui_button){.label = label, .centered = true});
}

/* Three rows of keys, and a row with the two buttons, which large letters make higher. */
static struct code_touch draw_keys(const struct model *model, struct ui *ui, struct rect zone,
	int side_px, int edge_px, int last)
{
	struct arena *arena = ui_arena(ui);
	struct code_touch touch = {.open = false};
	bool whole = model->visit->typed_code_bytes == CODE_CHARACTERS;
	struct keyboard_words words = typing_words(model, ui);
	ui_box(ui, zone, &(struct ui_box){.fill = COLOR_SAND});
	struct rect inside = rect_inset(zone, side_px, edge_px);
	struct rect row = rect_take_bottom(&inside, last);
	rect_take_bottom(&inside, ui_theme(ui)->m.key_gap);
	touch.press = ui_code_keys(ui, inside, &words);
	int gap = acts_gap(ui);
	struct rect half = rect_column(row, 0, 2, gap);
	struct ui_button lost = wide_key(ui, half.w, TR(model->i18n, arena, "code-lost"));
	struct ui_button open = wide_key(ui, half.w, TR(model->i18n, arena, "code-open"));
	open.go = whole;
	open.disabled = open.resting = !whole;
	touch.lost = ui_button(ui, STR("code/lost"), half, &lost);
	touch.open = ui_button(ui, STR("code/open"), rect_column(row, 1, 2, gap), &open);
	return touch;
}

static int last_row_height(const struct model *model, struct ui *ui, int width_px)
{
	struct arena *arena = ui_arena(ui);
	int half = (width_px - acts_gap(ui)) / 2, key = ui_theme(ui)->m.key_height;
	struct ui_button lost = wide_key(ui, half, TR(model->i18n, arena, "code-lost"));
	int height = ui_button_height(ui, half, &lost);
	return height > key ? height : key;
}

static struct code_touch frame_question(const struct model *model, struct ui *ui)
{
	const struct measures *m = &ui_theme(ui)->m;
	const struct visit *visit = model->visit;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	int side, edge;
	ui_keyboard_margins(ui, &side, &edge);
	struct rect rest = screen_rect(ui);
	int last = last_row_height(model, ui, rest.w - 2 * side);
	struct rect keys = rect_take_bottom(
		&rest, 3 * m->key_height + 3 * m->key_gap + last + 2 * edge + ui_mm(ui, 0.6));
	struct code_touch touch = draw_keys(model, ui, keys, side, edge, last);

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
	if (ui_theme(ui)->panel.class == PANEL_PORTRAIT)
		above = rect_take_bottom(&above, ui_text_height(ui, above.w, &words));
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
