/* The passphrase of the key stick: dots for what was typed, and the keyboard. */
#include "screens/frames.h"

#include <assert.h>

#include "i18n/say.h"
#include "screens/question.h"
#include "screens/typing.h"
#include "ui/keyboard.h"
#include "ui/widgets.h"

#define MOST_DOTS 40

struct key_state {
	struct keyboard_state keyboard;
	bool shows; /* what was typed, instead of dots */
};
static_assert(sizeof(struct key_state) <= KEYBOARD_STATE_BYTES, "the state fits");

static struct str dots(const struct model *model, struct arena *arena)
{
	struct str_builder text = {.arena = arena};
	for (size_t i = 0; i < model->stick.typed && i < MOST_DOTS; i++)
		str_builder_add(&text, STR("•"));
	return str_builder_text(&text);
}

static struct str say_problem(const struct model *model, struct ui *ui)
{
	return model->stick.call_problem == CALL_WRONG_PASSPHRASE
		       ? TR(model->i18n, ui_arena(ui), "call-wrong-passphrase")
		       : TR(model->i18n, ui_arena(ui), "call-wrong-keys");
}

/* Shows or hides what was typed. */
static void draw_show(const struct model *model, struct ui *ui, struct rect rect, bool *shows)
{
	struct ui_button button = {.icon = *shows ? "visibility_off" : "visibility",
		.icon_only = true,
		.label = *shows ? TR(model->i18n, ui_arena(ui), "key-hide")
				: TR(model->i18n, ui_arena(ui), "key-show")};
	if (ui_button(ui, STR("call-key/show"), rect, &button))
		*shows = !*shows;
}

static bool draw_field(
	const struct model *model, struct ui *ui, struct rect row, struct str title, bool *shows)
{
	bool any = model->stick.typed > 0;
	struct ui_button open = {.label = TR(model->i18n, ui_arena(ui), "call-open"),
		.centered = true,
		.go = any,
		.disabled = !any};
	struct ui_text label = {.text = open.label, .style = TEXT_BUTTON};
	int width = ui_text_width(ui, &label) + 2 * ui_theme(ui)->m.padding + ui_mm(ui, 2);
	struct rect button = rect_take_end(&row, width);
	rect_take_end(&row, acts_gap(ui));
	draw_show(model, ui, rect_take_end(&row, row.h), shows);
	rect_take_end(&row, acts_gap(ui));
	ui_field(ui, STR("call-key/field"), row, title,
		*shows ? model->stick.passphrase : dots(model, ui_arena(ui)), NULL,
		model->stick.call_problem != CALL_FINE);
	return ui_button(ui, STR("call-key/open"), button, &open);
}

struct action call_key_frame(void *state, const struct model *model, struct ui *ui)
{
	struct key_state *key = state;
	const struct measures *m = &ui_theme(ui)->m;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct str title = TR(model->i18n, ui_arena(ui), "call-key-title");
	struct rect rest = screen_rect(ui);
	struct rect keys = rect_take_bottom(&rest, ui_keyboard_height(ui));
	rest = rect_inset(rest, m->margin, 0);
	rect_take_bottom(&rest, ui_mm(ui, compact ? 0.8 : 2));
	struct rect field = rect_take_bottom(&rest, compact ? m->target : m->button);
	rect_take_bottom(&rest, ui_mm(ui, compact ? 0.6 : 2));
	struct ui_text help = {
		.text = TR(model->i18n, ui_arena(ui), "call-key-help"), .style = TEXT_BODY};
	struct ui_text least = {.text = title, .style = TEXT_BODY};
	bool wrong = model->stick.call_problem != CALL_FINE;
	int help_px = ui_text_height(ui, rest.w, &help);
	if (!wrong && help_px + ui_text_height(ui, rest.w, &least) <= rest.h)
		ui_text(ui, rect_take_bottom(&rest, help_px), &help);
	/* What is wrong is all that has to be read now. */
	struct ui_text heading =
		fitting_title(ui, wrong ? say_problem(model, ui) : title, rest.w, rest.h);
	heading.color = wrong ? COLOR_BRICK : COLOR_INK;
	if (ui_theme(ui)->panel.class == PANEL_PORTRAIT) { /* eye and finger stay together */
		struct rect words = rect_take_bottom(&rest, ui_text_height(ui, rest.w, &heading));
		rect_take_top(&rest, m->margin);
		rect_take_bottom(&rest, m->gap);
		upright_picture_frame(ui, rest, STR("tegel-stick.svg"));
		rest = words;
	}
	ui_text(ui, rest, &heading);

	bool open = draw_field(model, ui, field, title, &key->shows);
	struct keyboard_words words = typing_words(model, ui);
	words.signs = true;
	struct key_press press = ui_keyboard(ui, keys, &key->keyboard, STR(""), &words);
	if (open || (press.action == KEY_DONE && model->stick.typed > 0))
		return (struct action){.kind = ACTION_OPEN_CALLS};
	return typing_action(ACTION_TYPE_PASSPHRASE, &press);
}
