/* The sill that never moves: back, begin again, language, larger; and what every screen must say.
 * The dialog of the idle timer stands over it. */
#include "screens/exchange.h"
#include "screens/screen.h"
#include "ui/widgets.h"

static bool is_compact(const struct ui *ui)
{
	return ui_theme(ui)->panel.class == PANEL_COMPACT;
}

struct bar_item {
	struct str id, label, spoken;
	struct str elsewhere; /* the word in this place on other screens */
	const char *icon; /* NULL: "Aa" */
	bool directed, disabled, no_word;
};

static int word_width(struct ui *ui, const struct bar_item *item)
{
	struct ui_text word = {.text = item->label, .style = TEXT_BAR};
	return item->no_word ? 0 : ui_text_width(ui, &word);
}

static int item_width(struct ui *ui, const struct bar_item *item)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct bar_item elsewhere = *item;
	elsewhere.label = item->elsewhere;
	int word = word_width(ui, item), other = word_width(ui, &elsewhere);
	int width = (word > other ? word : other) + 2 * ui_mm(ui, is_compact(ui) ? 1.5 : 3);
	if (is_compact(ui))
		width += m->icon_bar + (item->no_word ? 0 : ui_mm(ui, 1.5));
	return width > m->target ? width : m->target;
}

static void draw_mark(
	struct ui *ui, struct rect rect, const struct bar_item *item, enum color_token ink)
{
	if (!item->icon)
		ui_text(ui, rect,
			&(struct ui_text){.text = STR("Aa"),
				.style = TEXT_DATE_STRONG,
				.color = ink,
				.align = ALIGN_CENTER,
				.middle = true,
				.max_lines = 1,
				.silent = true});
	else if (item->directed)
		ui_icon_directed(ui, rect, item->icon, ink);
	else
		ui_icon(ui, rect, item->icon, ink);
}

static bool draw_item(struct ui *ui, struct rect rect, const struct bar_item *item)
{
	const struct measures *m = &ui_theme(ui)->m;
	enum color_token ink = item->disabled ? COLOR_DISABLED : COLOR_INK;
	if (ui_is_pressed(ui, item->id))
		ui_box(ui, rect,
			&(struct ui_box){.fill = COLOR_SAND, .radius_px = m->radius_button});
	struct ui_text word = {.text = item->label,
		.style = TEXT_BAR,
		.color = ink,
		.align = is_compact(ui) ? ALIGN_START : ALIGN_CENTER,
		.max_lines = 1};
	int icon = m->icon_bar, line = ui_line_height(ui, TEXT_BAR);
	if (is_compact(ui)) {
		struct rect inside = rect_inset(rect, ui_mm(ui, 1.5), 0);
		struct rect mark = item->no_word ? inside : rect_take_start(&inside, icon);
		draw_mark(ui, rect_center(mark, item->icon ? icon : mark.w, icon), item, ink);
		rect_take_start(&inside, ui_mm(ui, 1.5));
		word.middle = true;
		if (!item->no_word)
			ui_text(ui, inside, &word);
	} else {
		int gap = ui_mm(ui, 0.6);
		struct rect inside = rect_center(rect, rect.w, icon + gap + line);
		struct rect mark = rect_take_top(&inside, icon);
		draw_mark(ui, rect_center(mark, icon + icon / 2, icon), item, ink);
		rect_take_top(&inside, gap);
		ui_text(ui, inside, &word);
	}
	if (item->disabled) {
		ui_target_disabled(ui, item->id, ROLE_BUTTON, rect, item->label);
		return false;
	}
	return ui_target_spoken(ui, item->id, ROLE_BUTTON, rect, item->label,
		item->spoken.len ? item->spoken : item->label);
}

struct notices model_notices(const struct model *model, struct ui *ui)
{
	struct notices notices = {0};
	struct arena *arena = ui_arena(ui);
	if (model->practice)
		notices.lines[notices.count++] = TR(model->i18n, arena, "practice-mode");
	if (!model->clock_sure)
		notices.lines[notices.count++] = TR(model->i18n, arena, "clock-unsure-tag");
	else if (model->sample_clock)
		notices.lines[notices.count++] = TR(model->i18n, arena, "sample-clock-tag");
	else if (model->catalogue && model->catalogue->sample)
		notices.lines[notices.count++] = TR(model->i18n, arena, "list-sample");
	return notices;
}

static void draw_notices(const struct model *model, struct ui *ui, struct rect rect)
{
	struct notices notices = model_notices(model, ui);
	if (is_compact(ui) && notices.count > 1)
		notices.count = 1;
	if (notices.count == 0)
		return;
	int line = ui_line_height(ui, TEXT_BAR), widest = 0;
	for (size_t i = 0; i < notices.count; i++) {
		int width = ui_text_width(
			ui, &(struct ui_text){.text = notices.lines[i], .style = TEXT_BAR});
		widest = width > widest ? width : widest;
	}
	int pad = ui_mm(ui, is_compact(ui) ? 1.5 : 2.4);
	struct rect box =
		rect_center(rect, widest + 2 * pad, (int)notices.count * line + ui_mm(ui, 1.6));
	if (box.w > rect.w)
		return; /* no room on this panel in this language: attract and start say it too */
	ui_box(ui, box,
		&(struct ui_box){.fill = COLOR_HONEY,
			.radius_px = ui_theme(ui)->m.radius_small,
			.edged = true,
			.edge = COLOR_BANNER_EDGE});
	struct rect inside = rect_inset(box, pad, ui_mm(ui, 0.8));
	for (size_t i = 0; i < notices.count; i++)
		rect_take_top(&inside, ui_text(ui, inside,
					       &(struct ui_text){.text = notices.lines[i],
						       .style = TEXT_BAR,
						       .align = ALIGN_CENTER,
						       .max_lines = 1}));
}

struct action bar_frame(const struct model *model, struct ui *ui, bool can_go_back)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	bool compact = is_compact(ui);
	struct bar_item back = {.id = STR("bar/back"),
		.label = TR(i18n, arena, "bar-back"),
		.icon = "arrow_back",
		.directed = true,
		.disabled = !can_go_back};
	struct bar_item restart = {.id = STR("bar/restart"),
		.label = compact ? TR(i18n, arena, "bar-restart-short")
				 : TR(i18n, arena, "bar-restart"),
		.elsewhere = TR(i18n, arena, "bar-lock"), /* the sill never moves */
		.icon = "home",
		.disabled = !can_go_back};
	if (model->door) {
		struct str word = restart.label;
		restart.label = restart.elsewhere;
		restart.elsewhere = word;
		restart.icon = "lock";
		restart.disabled = false;
	}
	struct bar_item language = {.id = STR("bar/language"),
		.label = str_from(compact ? i18n->language->short_name : i18n->language->name),
		.spoken = str_from(i18n->language->name),
		.icon = "language"};
	struct bar_item larger = {.id = STR("bar/larger"),
		.label = TR(i18n, arena, "bar-larger"),
		.no_word = compact};

	struct rect panel = ui_panel_rect(ui);
	struct rect sill = rect_take_bottom(&panel, m->bar);
	ui_box(ui, sill, &(struct ui_box){.fill = COLOR_WHITE});
	struct rect edge = rect_take_top(&sill, m->bar_top);
	ui_box(ui, edge,
		&(struct ui_box){
			.fill = ui_theme(ui)->name == THEME_CONTRAST ? COLOR_LINE : COLOR_SAND});
	int side = m->margin - ui_mm(ui, 3);
	struct rect inside =
		rect_inset(sill, compact ? ui_mm(ui, 1) : side, compact ? 0 : ui_mm(ui, 0.5));

	struct action action = {.kind = ACTION_NONE};
	if (draw_item(ui, rect_take_start(&inside, item_width(ui, &back)), &back))
		action.kind = ACTION_BACK;
	rect_take_start(&inside, m->target_gap);
	if (draw_item(ui, rect_take_start(&inside, item_width(ui, &restart)), &restart))
		action.kind = model->door ? ACTION_FINISH : ACTION_RESTART;
	struct rect at_end = rect_take_end(&inside, item_width(ui, &larger));
	rect_take_end(&inside, m->target_gap);
	struct rect before = rect_take_end(&inside, item_width(ui, &language));
	draw_notices(model, ui, exchange_mark_frame(model, ui, inside));
	if (draw_item(ui, before, &language))
		action = (struct action){.kind = ACTION_GO, .screen = SCREEN_LANGUAGE};
	if (draw_item(ui, at_end, &larger))
		action.kind = ACTION_LARGER;
	return action;
}

#define IDLE_SECONDS 30

static int row_of_two_height(
	struct ui *ui, int width_px, const struct ui_button *a, const struct ui_button *b)
{
	int one = ui_button_height(ui, width_px, a), other = ui_button_height(ui, width_px, b);
	return one > other ? one : other;
}

struct action idle_frame(const struct model *model, struct ui *ui, int seconds_left)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	bool compact = is_compact(ui);
	struct ui_text title = {.text = TR(i18n, arena, "idle-title"),
		.style = TEXT_HEADING_1,
		.align = ALIGN_CENTER};
	struct ui_text body = {.text = TR_COUNT(i18n, arena, "idle-body", "seconds", seconds_left),
		.style = TEXT_BODY,
		.align = ALIGN_CENTER};
	struct rect panel = ui_panel_rect(ui);
	int width = ui_mm(ui, ui_theme(ui)->panel.class == PANEL_PORTRAIT ? 200 : 156);
	int most = panel.w - 2 * m->margin;
	if (width > most)
		width = most;
	int pad_x = ui_mm(ui, compact ? 4 : 9), pad_y = ui_mm(ui, compact ? 4 : 8);
	int room = width - 2 * pad_x, gap = ui_mm(ui, compact ? 2 : 4);
	int dot = ui_mm(ui, compact ? 4 : 5), dot_gap = (room - 15 * dot) / 14;
	struct ui_button done = {
		.label = TR(i18n, arena, "idle-wipe"), .icon = "delete_sweep", .centered = true};
	struct ui_button stay = {.label = TR(i18n, arena, "idle-stay"),
		.icon = "waving_hand",
		.go = true,
		.centered = true};
	int half = (room - acts_gap(ui)) / 2;
	int buttons = row_of_two_height(ui, half, &done, &stay);
	int rest = 2 * dot + ui_mm(ui, 2) + 3 * gap + 2 * pad_y;
	int height = ui_text_height(ui, room, &title) + ui_text_height(ui, room, &body) + buttons;
	if (height + rest >
		panel.h - 2 * ui_mm(ui, 1)) { /* 7", large letters: words before icons */
		done.icon = stay.icon = NULL;
		body.style = TEXT_BAR;
		buttons = row_of_two_height(ui, half, &done, &stay);
		height = ui_text_height(ui, room, &title) + ui_text_height(ui, room, &body) +
			 buttons;
	}
	height += rest;
	struct rect box = ui_dialog_begin(ui, STR("idle"), width, height, title.text);
	struct rect inside = rect_inset(box, pad_x, pad_y);
	rect_take_top(&inside, ui_text(ui, inside, &title));
	rect_take_top(&inside, gap);
	rect_take_top(&inside, ui_text(ui, inside, &body));
	rect_take_top(&inside, gap);
	for (int i = 0; i < IDLE_SECONDS; i++) {
		struct rect at = {inside.x + i % 15 * (dot + dot_gap),
			inside.y + i / 15 * (dot + ui_mm(ui, 2)), dot, dot};
		bool on = i < seconds_left;
		ui_box(ui, at,
			&(struct ui_box){.fill = on ? COLOR_GO : COLOR_WHITE,
				.edged = true,
				.edge = on ? COLOR_GO : COLOR_LINE,
				.radius_px = dot / 2});
	}
	struct rect row = rect_take_bottom(&inside, buttons);
	bool finished =
		ui_button(ui, STR("idle/wipe"), rect_column(row, 0, 2, acts_gap(ui)), &done);
	ui_button(ui, STR("idle/stay"), rect_column(row, 1, 2, acts_gap(ui)), &stay);
	return (struct action){.kind = finished ? ACTION_FINISH : ACTION_NONE};
}
