/* Help now: numbers in large type. This page needs no data: without a list of the neighbourhood it
 * still has 112 and 113. */
#include "screens/frames.h"
#include "screens/presence.h"
#include "screens/question.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "ui/widgets.h"

#define MOST_NUMBERS 6

struct line {
	struct str number; /* empty: the icon */
	const char *icon;
	struct str title, text, lang;
	bool danger;
};

static size_t lines_of(
	const struct model *model, struct ui *ui, struct line lines[MOST_NUMBERS + 1])
{
	struct arena *arena = ui_arena(ui);
	size_t count = 0;
	const struct catalogue *c = model->catalogue;
	for (size_t i = 0; c && i < c->help_number_count && count < MOST_NUMBERS; i++)
		lines[count++] = (struct line){.number = c->help_numbers[i].number,
			.text = c->help_numbers[i].text,
			.lang = catalogue_language(model),
			.danger = c->help_numbers[i].danger};
	if (count == 0) {
		lines[count++] = (struct line){.number = STR("112"),
			.text = TR(model->i18n, arena, "help-112"),
			.danger = true};
		lines[count++] = (struct line){
			.number = STR("113"), .text = TR(model->i18n, arena, "help-113")};
	}
	lines[count++] = (struct line){.icon = "stethoscope",
		.title = TR(model->i18n, arena, "help-doctor"),
		.text = TR(model->i18n, arena, "help-doctor-2")};
	return count;
}

static const struct contact *somebody_here(const struct model *model)
{
	size_t count = model->catalogue ? model->catalogue->contact_count : 0;
	for (size_t i = 0; i < count; i++)
		if (is_here_now(model, &model->catalogue->contacts[i]))
			return &model->catalogue->contacts[i];
	return NULL;
}

/* --- the numbers ------------------------------------------------------------------------------ */

struct line_look {
	int pad_x, pad_y, mark_px, gap_px;
	bool stacked; /* the words below the number, where beside it they would break inside */
};

static struct ui_text number_text(struct ui *ui, const struct line *line)
{
	/* Short numbers are read across the room; long ones are as large as they can be. */
	bool is_short = line->number.len <= 4;
	struct ui_text text = {.text = line->number,
		.style = is_short && ui_theme(ui)->panel.class != PANEL_COMPACT ? TEXT_CODE
										: TEXT_HEADING_1,
		.color = line->danger ? COLOR_BRICK : COLOR_INK,
		.max_lines = 1,
		.shrink_percent = 80};
	return text;
}

static struct ui_text title_text(const struct line *line)
{
	return (struct ui_text){.text = line->title, .style = TEXT_STRONG, .lang = line->lang};
}

static struct ui_text body_text(const struct line *line)
{
	return (struct ui_text){.text = line->text, .style = TEXT_BODY, .lang = line->lang};
}

static int icon_size(const struct ui *ui)
{
	return ui_mm(ui, ui_theme(ui)->panel.class == PANEL_COMPACT ? 12 : 18);
}

static int words_room(const struct line_look *look, int width_px)
{
	int inside = width_px - 2 * look->pad_x;
	return look->stacked ? inside : inside - look->mark_px - look->gap_px;
}

static struct line_look look_of(struct ui *ui, const struct line *lines, size_t count, int width_px)
{
	static const double pad_mm[PANEL_CLASS_COUNT] = {1.4, 3.2, 6, 9};
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	struct line_look look = {.pad_x = ui_mm(ui, compact ? 3 : 5),
		.pad_y = ui_mm(ui, pad_mm[ui_theme(ui)->panel.class]),
		.gap_px = ui_mm(ui, compact ? 3 : 5)};
	for (size_t i = 0; i < count; i++) {
		struct ui_text number = number_text(ui, &lines[i]);
		int width = lines[i].number.len ? ui_text_width(ui, &number) + ui_mm(ui, 1)
						: icon_size(ui);
		look.mark_px = width > look.mark_px ? width : look.mark_px;
	}
	for (size_t i = 0; i < count; i++)
		if (!words_fit(ui, lines[i].text, words_room(&look, width_px), TEXT_BODY) ||
			!words_fit(ui, lines[i].title, words_room(&look, width_px), TEXT_STRONG))
			look.stacked = true;
	return look;
}

static int mark_height(struct ui *ui, const struct line *line)
{
	struct ui_text number = number_text(ui, line);
	return line->number.len ? ui_line_height(ui, number.style) : icon_size(ui);
}

static int words_height(struct ui *ui, const struct line *line, int room)
{
	struct ui_text title = title_text(line), body = body_text(line);
	return ui_text_height(ui, room, &title) + ui_text_height(ui, room, &body);
}

static int line_height(
	struct ui *ui, const struct line *line, const struct line_look *look, int width_px)
{
	int words = words_height(ui, line, words_room(look, width_px));
	int mark = mark_height(ui, line);
	int inside = look->stacked ? mark + words : words > mark ? words : mark;
	return inside + 2 * look->pad_y;
}

static void draw_line(
	struct ui *ui, struct rect rect, const struct line *line, const struct line_look *look)
{
	ui_box(ui, rect,
		&(struct ui_box){.fill = COLOR_WHITE,
			.radius_px = ui_theme(ui)->m.radius_card,
			.shadow = true});
	struct rect inside = rect_inset(rect, look->pad_x, look->pad_y);
	int high = mark_height(ui, line), icon = icon_size(ui);
	struct rect mark = look->stacked ? rect_take_top(&inside, high)
					 : rect_take_start(&inside, look->mark_px);
	if (!look->stacked)
		rect_take_start(&inside, look->gap_px);
	struct ui_text number = number_text(ui, line);
	number.middle = true;
	if (line->number.len) {
		ui_text(ui, mark, &number);
	} else {
		mark = rect_center(mark, mark.w, icon);
		mark.w = icon;
		ui_icon(ui, mark, line->icon, COLOR_GO);
	}
	struct ui_text title = title_text(line), body = body_text(line);
	inside = rect_center(inside, inside.w, words_height(ui, line, inside.w));
	rect_take_top(&inside, ui_text(ui, inside, &title));
	ui_text(ui, inside, &body);
}

/* --- the screen ------------------------------------------------------------------------------- */

/* Height of the whole list with the sentence below it. */
static int list_height(struct ui *ui, const struct line *lines, size_t count,
	const struct line_look *look, int width_px, const struct ui_text *below)
{
	int height = 0, gap = ui_theme(ui)->m.gap;
	for (size_t i = 0; i < count; i++)
		height += line_height(ui, &lines[i], look, width_px) + gap;
	return height + ui_text_height(ui, width_px, below);
}

static void draw_here(
	const struct model *model, struct ui *ui, struct rect room, const struct contact *here)
{
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	int face = ui_mm(ui, compact ? 12 : ui_theme(ui)->panel.class == PANEL_WIDE ? 26 : 20);
	int gap = ui_mm(ui, compact ? 1.6 : 3);
	struct ui_text words = {
		.text = TR(model->i18n, ui_arena(ui), "help-here-now", {"name", here->name}),
		.style = TEXT_STRONG,
		.middle = true};
	if (!words_fit(ui, words.text, room.w - face - gap, words.style))
		face = gap = 0;
	int height = ui_text_height(ui, room.w - face - gap, &words);
	if (height < face)
		height = face;
	if (height > room.h)
		return;
	struct rect row = rect_take_bottom(&room, height);
	if (face)
		ui_portrait(ui, rect_center(rect_take_start(&row, face), face, face),
			here->picture.file, here->name, contact_color(here));
	rect_take_start(&row, gap);
	ui_text(ui, row, &words);
}

/* Walking to the desk is the act; the button shows who sits there, where somebody is known. */
static struct ui_button desk_button(const struct model *model, struct ui *ui, bool upright)
{
	return (struct ui_button){.label = TR(model->i18n, ui_arena(ui), "help-walk-to-desk"),
		.icon = "waving_hand",
		.go = true,
		.centered = upright};
}

struct action help_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	const struct measures *m = &ui_theme(ui)->m;
	bool upright = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	int width = ui_panel_rect(ui).w - m->left - 2 * m->margin;
	struct line lines[MOST_NUMBERS + 1];
	size_t count = lines_of(model, ui, lines);
	struct line_look look = look_of(ui, lines, count, width);
	struct ui_text below = {
		.text = TR(model->i18n, arena, "help-no-phone"), .style = TEXT_BODY};
	int height = list_height(ui, lines, count, &look, width, &below);
	int head = upright ? ui_mm(ui, 30) : 0;
	int room = screen_rect(ui).h - 2 * m->margin - head;

	const struct contact *here = somebody_here(model);
	bool anybody = model->catalogue && model->catalogue->contact_count > 0;
	/* The button says where to go; without one the sentence must stay. */
	if (height > room && anybody) {
		below.text = STR("");
		height = list_height(ui, lines, count, &look, width, &below);
	}
	bool pages = height > room;
	struct ui_button desk = fit_button(ui, head_width(ui), desk_button(model, ui, upright));
	int words = anybody ? ui_button_height(ui, head_width(ui), &desk) : 0;
	int acts = words + (pages && !upright ? m->button + (words ? acts_gap(ui) : 0) : 0);
	if (pages && upright && !anybody)
		acts = m->button;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){
			.section = COLOR_SKY, .title = TR(model->i18n, arena, "help-title")},
		acts);
	struct str list = STR("help/list");
	if (pages && upright && anybody) {
		page_pair_frame(model, ui, list, rect_take_start(&boxes.acts, boxes.acts.w / 2));
		rect_take_start(&boxes.acts, acts_gap(ui));
	} else if (pages) {
		page_pair_frame(model, ui, list, rect_take_top(&boxes.acts, m->button));
		rect_take_top(&boxes.acts, acts_gap(ui));
	}
	struct action action = {.kind = ACTION_NONE};
	if (anybody && ui_button(ui, STR("help/desk"), boxes.acts, &desk))
		action = here ? (struct action){.kind = ACTION_OPEN_PERSON, .id = here->id}
			      : (struct action){.kind = ACTION_GO, .screen = SCREEN_PEOPLE};
	struct rect beside = boxes.head_rest;
	if (upright && !pages) { /* below the numbers, above the button */
		beside = boxes.right;
		rect_take_top(&beside, height + m->gap);
	}
	if (here)
		draw_here(model, ui, beside, here);

	struct rect at = pages ? ui_scroll_begin_pages(ui, list, boxes.right) : boxes.right;
	for (size_t i = 0; i < count; i++) {
		struct rect row = {at.x, at.y, at.w, line_height(ui, &lines[i], &look, at.w)};
		if (pages)
			ui_scroll_item(ui, row.y);
		draw_line(ui, row, &lines[i], &look);
		at.y += row.h + m->gap;
	}
	if (pages)
		ui_scroll_item(ui, at.y);
	at.h = ui_text_height(ui, at.w, &below);
	at.y += ui_text(ui, at, &below);
	if (pages)
		ui_scroll_end(ui, at.y + m->margin);
	return action;
}
