/* The way in for the host: digits that are shown as dots, and calm words when they do not fit. It
 * tells nothing about anybody. */
#include "screens/frames.h"

#include "screens/choices.h"
#include "screens/question.h"
#include "screens/typing.h"
#include "ui/widgets.h"

#define SHOWN_DIGITS 8

static int seconds_left(const struct model *model, struct ui *ui)
{
	int64_t left_ms = model->pin.until_ms - ui_now_ms(ui);
	if (left_ms <= 0)
		return 0;
	int64_t seconds = (left_ms + 999) / 1000;
	ui_wake_at(ui, model->pin.until_ms - (seconds - 1) * 1000);
	return (int)seconds;
}

static struct str title_of(const struct model *model, struct ui *ui, int wait_s)
{
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	if (model->pin.checking)
		return TR(i18n, arena, "pin-checking");
	if (wait_s >= 60)
		return TR_COUNT(i18n, arena, "pin-wait-minutes", "minutes", (wait_s + 59) / 60);
	if (wait_s > 0)
		return TR_COUNT(i18n, arena, "pin-wait", "seconds", wait_s);
	switch (model->pin.trouble) {
	case PIN_TROUBLE_NONE:
		break;
	case PIN_TROUBLE_WRONG:
		return TR(i18n, arena, "pin-wrong");
	case PIN_TROUBLE_EASY:
		return TR(i18n, arena, "pin-easy");
	case PIN_TROUBLE_DIFFERENT:
		return TR(i18n, arena, "pin-different");
	case PIN_TROUBLE_DISK:
		return TR(i18n, arena, "pin-disk");
	}
	if (model->pin.step == PIN_STEP_CHOOSE)
		return TR(i18n, arena, "pin-choose");
	return model->pin.step == PIN_STEP_REPEAT ? TR(i18n, arena, "pin-repeat")
						  : TR(i18n, arena, "pin-title");
}

static struct str dots(struct ui *ui, size_t count)
{
	struct str_builder builder = {.arena = ui_arena(ui)};
	for (size_t i = 0; i < count && i < SHOWN_DIGITS; i++)
		str_builder_add(&builder, STR("•"));
	return str_builder_text(&builder);
}

struct action pin_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	const struct measures *m = &ui_theme(ui)->m;
	struct arena *arena = ui_arena(ui);
	int wait_s = seconds_left(model, ui);
	struct str title = title_of(model, ui, wait_s);
	bool ready = wait_s == 0 && model->visit->pin_bytes >= 6 && !model->pin.checking;
	struct ui_button next = fit_button(ui, head_width(ui),
		(struct ui_button){.label = TR(model->i18n, arena, "form-next"),
			.icon = "arrow_forward",
			.icon_directed = true,
			.centered = true,
			.go = ready,
			.disabled = !ready});
	bool upright = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	int next_px = ui_button_height(ui, head_width(ui), &next);
	struct frame_boxes boxes =
		screen_frame(ui, &(struct screen_head){.section = COLOR_SAND, .title = title},
			upright ? next_px : m->button + acts_gap(ui) + next_px);
	struct rect pad = boxes.right, field;
	if (upright) { /* the field directly above the keys, where hands reach */
		pad = rect_take_bottom(&boxes.right, 4 * m->button + 3 * m->target_gap);
		rect_take_bottom(&boxes.right, m->gap);
		field = rect_take_bottom(&boxes.right, m->button);
		rect_take_bottom(&boxes.right, m->gap);
		upright_picture_frame(ui, boxes.right, STR("tegel-buurt.svg"));
	} else {
		rect_take_bottom(&pad, m->margin);
		field = rect_take_top(&boxes.acts, m->button);
		rect_take_top(&boxes.acts, acts_gap(ui));
	}
	ui_field(ui, STR("pin/field"), field, title, dots(ui, model->visit->pin_bytes), NULL,
		model->pin.trouble != PIN_TROUBLE_NONE);
	bool done = ui_button(ui, STR("pin/next"), boxes.acts, &next);
	struct keyboard_words words = typing_words(model, ui);
	words.remove = TR(model->i18n, arena, "phone-delete");
	words.no_plus = true;
	struct key_press press = ui_number_pad(ui, pad, &words);
	if (model->pin.checking)
		return (struct action){.kind = ACTION_NONE};
	if (ready && (done || press.action == KEY_DONE))
		return (struct action){.kind = ACTION_ENTER_PIN};
	return typing_action(ACTION_TYPE_PIN, &press);
}
