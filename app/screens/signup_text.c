/* The name: the one question with a keyboard. The field stands directly above the keys, so that the
 * eye does not travel; what stands above the field gives way first where there is little room. */
#include "screens/frames.h"
#include "screens/question.h"

#include <assert.h>

#include "i18n/say.h"
#include "screens/choices.h"
#include "screens/typing.h"
#include "ui/keyboard.h"
#include "ui/widgets.h"

struct name_state {
	struct keyboard_state keyboard;
	bool opened;
};
static_assert(sizeof(struct name_state) <= KEYBOARD_STATE_BYTES, "the state fits");

struct keyboard_words typing_words(const struct model *model, struct ui *ui)
{
	struct arena *arena = ui_arena(ui);
	return (struct keyboard_words){.space = TR(model->i18n, arena, "key-space"),
		.shift = TR(model->i18n, arena, "key-shift"),
		.remove = TR(model->i18n, arena, "key-delete"),
		.abc = TR(model->i18n, arena, "key-abc")};
}

struct action typing_action(enum action_kind kind, const struct key_press *press)
{
	struct action action = {.kind = ACTION_NONE, .text = press->text};
	switch (press->action) {
	case KEY_INSERT:
		action.kind = kind;
		action.typing = TYPE_INSERT;
		break;
	case KEY_REPLACE:
		action.kind = kind;
		action.typing = TYPE_REPLACE_LAST;
		break;
	case KEY_DELETE:
		action.kind = kind;
		action.typing = TYPE_DELETE_LAST;
		break;
	case KEY_NOTHING:
	case KEY_DONE:
		break;
	}
	return action;
}

/* --- the name --------------------------------------------------------------------------------- */

static int next_width(struct ui *ui, const struct ui_button *next)
{
	const struct measures *m = &ui_theme(ui)->m;
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct ui_text label = {.text = next->label, .style = TEXT_BUTTON};
	int mark = next->icon ? m->icon + ui_mm(ui, compact ? 1.6 : 2.6) : 0;
	return 2 * m->padding + mark + ui_text_width(ui, &label) + ui_mm(ui, 1);
}

/* The field with "Verder" beside it. True when the visitor goes on. */
static bool draw_field(const struct model *model, struct ui *ui, struct rect row, struct str label)
{
	struct str typed = {model->visit->name, model->visit->name_bytes};
	bool typed_any = typed.len > 0;
	struct ui_button next = {.label = TR(model->i18n, ui_arena(ui), "form-next"),
		.icon = "arrow_forward",
		.icon_directed = true,
		.centered = true,
		.go = typed_any,
		.disabled = !typed_any};
	if (next_width(ui, &next) > row.w * 2 / 5)
		next.icon = NULL;
	struct rect button = rect_take_end(&row, next_width(ui, &next));
	rect_take_end(&row, acts_gap(ui));
	ui_field(ui, STR("signup-name/field"), row, label, typed, NULL, false);
	return ui_button(ui, STR("signup/next"), button, &next);
}

static void draw_reader(struct ui *ui, struct rect row, struct str words, enum ui_align align)
{
	struct ui_text text = {.text = words, .style = TEXT_BODY, .max_lines = 1, .middle = true};
	int icon = ui_theme(ui)->m.icon, gap = ui_mm(ui, 2);
	int width = ui_text_width(ui, &text) + ui_mm(ui, 1);
	if (icon + gap + width > row.w)
		return; /* the summary says it again */
	if (align == ALIGN_END)
		rect_take_start(&row, row.w - icon - gap - width);
	ui_icon(ui, rect_center(rect_take_start(&row, icon), icon, icon), "lock", COLOR_INK);
	rect_take_start(&row, gap);
	ui_text(ui, row, &text);
}

/* The question, and who reads the answer beside it or below it. */
static void draw_question(const struct model *model, struct ui *ui, struct rect head,
	struct str title, struct str reader, struct question_place place)
{
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	if (compact && place.number) {
		struct ui_text words = {.text = question_place_words(model, ui, place),
			.style = TEXT_BAR,
			.align = ALIGN_END,
			.middle = true,
			.max_lines = 1};
		int width = ui_text_width(ui, &words);
		if (width < head.w / 3 && ui_line_height(ui, TEXT_BAR) <= head.h) {
			ui_text(ui, rect_take_end(&head, width), &words);
			rect_take_end(&head, ui_mm(ui, 2));
		}
	}
	struct ui_text question = fitting_title(ui, title, head.w, head.h);
	int height = ui_text_height(ui, head.w, &question), line = ui_line_height(ui, TEXT_BODY);
	if (!compact && height + line + ui_mm(ui, 2) <= head.h) {
		struct rect both = head;
		rect_take_top(&both, head.h - height - line - ui_mm(ui, 2));
		rect_take_top(&both, ui_text(ui, both, &question));
		rect_take_top(&both, ui_mm(ui, 2));
		draw_reader(ui, both, reader, ALIGN_START);
		return;
	}
	rect_take_top(&head, head.h - height);
	int width = ui_text_width(ui, &question);
	ui_text(ui, head, &question);
	rect_take_start(&head, width + ui_mm(ui, 4));
	if (!compact)
		draw_reader(ui, head, reader, ALIGN_END);
}

/* What the visitor signs up for, in the room that is left above the question: upright as a large
 * picture with its name, on wide panels as a picture at the side. */
static void draw_reminder(const struct model *model, struct ui *ui, struct rect *room)
{
	const struct initiative *initiative = visit_initiative(model);
	const struct occurrence *o = visit_occurrence(model);
	enum panel_class class = ui_theme(ui)->panel.class;
	if (!initiative)
		return;
	struct ui_picture picture = {.name = initiative->picture.file,
		.fallback_icon = initiative_icon(initiative),
		.radius_px = ui_theme(ui)->m.radius_card,
		.focus_y_percent = 36};
	if (class == PANEL_WIDE) {
		int width = ui_mm(ui, 67);
		if (room->h >= ui_mm(ui, 20)) {
			ui_picture(ui, rect_take_end(room, width), &picture);
			rect_take_end(room, ui_theme(ui)->m.gap);
		}
		return;
	}
	if (class != PANEL_PORTRAIT)
		return;
	struct rect above = *room;
	rect_take_bottom(&above, ui_mm(ui, 40));
	int words = ui_mm(ui, 34);
	int high = above.h - words < ui_mm(ui, 150) ? above.h - words : ui_mm(ui, 150);
	if (high < ui_mm(ui, 30))
		return;
	ui_picture(ui, rect_take_top(&above, high), &picture);
	rect_take_top(&above, ui_theme(ui)->m.gap);
	struct ui_text name = {.text = initiative->name,
		.style = TEXT_HEADING_2,
		.max_lines = 1,
		.may_be_cut = true,
		.lang = catalogue_language(model)};
	rect_take_top(&above, ui_text(ui, above, &name));
	if (o)
		ui_text(ui, above,
			&(struct ui_text){.text = say_moment(model->i18n, ui_arena(ui), o->start),
				.style = TEXT_BODY,
				.max_lines = 1,
				.shrink_percent = 80});
}

struct action signup_name_frame(void *state, const struct model *model, struct ui *ui)
{
	struct name_state *name = state;
	struct arena *arena = ui_arena(ui);
	const struct measures *m = &ui_theme(ui)->m;
	enum panel_class class = ui_theme(ui)->panel.class;
	bool compact = class == PANEL_COMPACT, roomy = !compact && class != PANEL_SMALL;
	const struct initiative *initiative = visit_initiative(model);
	const struct contact *reader = initiative ? signup_reader(initiative) : NULL;
	struct question_place place = question_place(model, SCREEN_SIGNUP_NAME);
	struct str title = TR(model->i18n, arena, "name-title");

	struct rect rest = screen_rect(ui);
	struct rect keys = rect_take_bottom(&rest, ui_keyboard_height(ui));
	rest = rect_inset(rest, m->margin, 0);
	rect_take_bottom(&rest, ui_mm(ui, roomy ? 2 : 0.8));
	/* On 7" every millimetre is for the question. */
	struct rect field = rect_take_bottom(&rest, compact ? m->target : m->button);
	struct ui_text least = {.text = title, .style = TEXT_DATE_STRONG};
	int air = ui_mm(ui, roomy ? 3 : compact ? 0.6 : 1);
	if (rest.h - air >= ui_text_height(ui, rest.w, &least)) /* not so with tall letters */
		rect_take_bottom(&rest, air);
	int bars = ui_mm(ui, 2.6), above = ui_mm(ui, roomy ? 2.4 : 1.6);
	int after = ui_mm(ui, roomy ? 3 : 0.6);
	struct ui_text heading = {.text = title, .style = TEXT_HEADING_2, .heading = true};
	int needed = ui_text_height(ui, rest.w, &heading) + after;
	if (!compact && place.number && rest.h >= above + bars + needed) {
		rect_take_top(&rest, above);
		question_steps(model, ui, rect_take_top(&rest, bars), place);
		rect_take_top(&rest, after);
	}
	draw_reminder(model, ui, &rest);
	draw_question(model, ui, rest, title,
		say_with_name(model, ui, reader, MESSAGE("name-who-reads"),
			MESSAGE("name-who-reads-desk")),
		place);

	bool go_on = draw_field(model, ui, field, title);
	struct keyboard_words words = typing_words(model, ui);
	struct str typed = {model->visit->name, model->visit->name_bytes};
	if (!name->opened) /* a name begins with a capital; shift takes that back */
		name->keyboard.shift = typed.len == 0;
	name->opened = true;
	struct key_press press = ui_keyboard(ui, keys, &name->keyboard, typed, &words);
	if (go_on || (press.action == KEY_DONE && typed.len > 0))
		return (struct action){.kind = ACTION_NEXT_QUESTION};
	return typing_action(ACTION_TYPE_NAME, &press);
}
