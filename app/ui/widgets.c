/* Parts drawn from boxes, pictures, icons and text. Sizes are millimetres of the visual design. */
#include "ui/widgets.h"

#include <assert.h>
#include <math.h>

#include "ui/ui_internal.h"

static int body_icon(const struct ui *ui)
{
	return ui->theme.m.icon;
}

/* --- button ----------------------------------------------------------------------------------- */

static bool has_mark(const struct ui_button *b)
{
	return b->icon || b->portrait.len || b->portrait_initial.len;
}

static int mark_size(const struct ui *ui, const struct ui_button *b)
{
	bool face = b->portrait.len || b->portrait_initial.len;
	return face ? ui_mm(ui, ui->theme.panel.class == PANEL_COMPACT ? 10 : 12) : body_icon(ui);
}

static int mark_gap(const struct ui *ui)
{
	return ui_mm(ui, ui->theme.panel.class == PANEL_COMPACT ? 1.6 : 2.6);
}

static struct ui_text button_text(const struct ui_button *b, enum color_token ink)
{
	return (struct ui_text){.text = b->label, .style = TEXT_BUTTON, .color = ink};
}

static int button_words_height(struct ui *ui, int width_px, const struct ui_button *b)
{
	struct ui_text label = button_text(b, COLOR_INK);
	struct ui_text second = {.text = b->second_line, .style = TEXT_BODY};
	return ui_text_height(ui, width_px, &label) + ui_text_height(ui, width_px, &second);
}

int ui_button_height(struct ui *ui, int width_px, const struct ui_button *b)
{
	const struct measures *m = &ui->theme.m;
	if (b->icon_only)
		return m->button;
	int room = width_px - 2 * m->padding;
	if (has_mark(b))
		room -= mark_size(ui, b) + mark_gap(ui);
	int needed = button_words_height(ui, room, b) + 2 * ui_mm(ui, 1.6);
	return needed > m->button ? needed : m->button;
}

static void draw_mark(
	struct ui *ui, struct rect rect, const struct ui_button *b, enum color_token ink)
{
	if (!b->icon)
		ui_portrait(ui, rect, b->portrait, b->portrait_initial, b->portrait_fill);
	else if (b->icon_directed)
		ui_icon_directed(ui, rect, b->icon, ink);
	else
		ui_icon(ui, rect, b->icon, ink);
}

static void draw_button_content(
	struct ui *ui, struct rect rect, const struct ui_button *b, enum color_token ink)
{
	int mark = has_mark(b) ? mark_size(ui, b) : 0;
	if (b->icon_only || b->round) {
		draw_mark(ui, rect_center(rect, mark, mark), b, ink);
		return;
	}
	struct rect inside = rect_inset(rect, ui->theme.m.padding, 0);
	int gap = mark ? mark_gap(ui) : 0;
	struct ui_text label = button_text(b, ink);
	if (b->centered) {
		int words = ui_text_width(ui, &label);
		int room = inside.w - mark - gap;
		int used = (words < room ? words : room) + mark + gap;
		inside = rect_center(inside, used, inside.h);
	}
	struct rect at = rect_take_start(&inside, mark);
	if (mark)
		draw_mark(ui, rect_center(at, mark, mark), b, ink);
	rect_take_start(&inside, gap);
	if (b->centered && !mark)
		label.align = ALIGN_CENTER;
	int height = button_words_height(ui, inside.w, b);
	if (height > inside.h &&
		!b->second_line.len) { /* a row that large letters cannot heighten */
		label.style = TEXT_BAR;
		height = ui_text_height(ui, inside.w, &label);
	}
	inside.y += (inside.h - height) / 2;
	inside.h = height;
	rect_take_top(&inside, ui_text(ui, inside, &label));
	ui_text(ui, inside,
		&(struct ui_text){.text = b->second_line, .style = TEXT_BODY, .color = ink});
}

bool ui_button(struct ui *ui, struct str id, struct rect rect, const struct ui_button *b)
{
	const struct measures *m = &ui->theme.m;
	bool pressed = ui_is_pressed(ui, id);
	enum color_token fill = b->go       ? (pressed ? COLOR_GO_PRESSED : COLOR_GO)
				: pressed   ? COLOR_SAND
				: b->chosen ? COLOR_SELECTED
				: b->fill   ? b->fill
					    : COLOR_WHITE;
	enum color_token ink = b->disabled ? COLOR_DISABLED : b->go ? COLOR_ON_GO : COLOR_INK;
	if (b->disabled)
		fill = COLOR_WHITE;
	ui_box(ui, rect,
		&(struct ui_box){
			.fill = fill,
			.edged = !b->go || b->disabled,
			.edge = b->disabled && !b->resting ? COLOR_DISABLED
				: b->chosen                ? COLOR_GO
							   : COLOR_LINE,
			.edge_px = b->chosen ? m->edge_selected : 0,
			.dashed = b->disabled && !b->resting,
			.radius_px = b->round ? rect.h / 2 : m->radius_button,
		});
	struct str spoken = b->spoken.len ? b->spoken : b->label;
	bool touched = false;
	if (b->disabled)
		ui_target_disabled(ui, id, ROLE_BUTTON, rect, b->label);
	else
		touched = ui_target_spoken(ui, id, ROLE_BUTTON, rect, b->label, spoken);
	draw_button_content(ui, rect, b, ink);
	return touched;
}

/* --- tile ------------------------------------------------------------------------------------- */

/* The name of a window is never cut: it takes the lines that it needs as long as the picture above
 * it keeps a third of the window, and is then set smaller. */
static struct ui_text tile_label(
	struct ui *ui, const struct ui_tile *tile, int width_px, int room_px)
{
	static const enum text_style styles[] = {
		TEXT_TILE_LARGE, TEXT_TILE, TEXT_DATE_STRONG, TEXT_STYLE_COUNT};
	struct ui_text label = {.text = tile->label};
	for (int i = tile->large ? 0 : 1; styles[i] != TEXT_STYLE_COUNT; i++) {
		label.style = styles[i];
		if (ui_text_height(ui, width_px, &label) <= room_px)
			break;
	}
	return label;
}

bool ui_tile(struct ui *ui, struct str id, struct rect rect, const struct ui_tile *tile)
{
	const struct measures *m = &ui->theme.m;
	bool compact = ui->theme.panel.class == PANEL_COMPACT;
	int side = ui_mm(ui, tile->large ? (compact ? 2.4 : 4) : (compact ? 2.2 : 3));
	int above = ui_mm(ui, compact ? 1.2 : 2.2), sash = ui_mm(ui, compact ? 0.6 : 1);
	struct ui_text detail = {
		.text = tile->detail, .style = TEXT_BODY, .max_lines = 1, .may_be_cut = true};
	int width = rect.w - 2 * side;
	struct ui_text label = tile_label(ui, tile, width, rect.h * 2 / 3 - 2 * above);
	if (ui_text_width(ui, &detail) > width)
		detail.text = STR(""); /* it drops before it is cut */
	int words = ui_text_height(ui, width, &label) + ui_text_height(ui, width, &detail);
	int sill = words + 2 * above + ui_mm(ui, 0.6);
	if (sill < tile->sill_min_px)
		sill = tile->sill_min_px;

	ui_box(ui, rect,
		&(struct ui_box){.fill = COLOR_WHITE, .radius_px = m->radius_card, .shadow = true});
	bool touched = ui_target(ui, id, ROLE_BUTTON, rect,
		tile->detail.len ? str_format(frame_arena(ui), "%.*s %.*s", STR_ARG(tile->label),
					   STR_ARG(tile->detail))
				 : tile->label);
	struct rect window = rect;
	struct rect ledge = rect_take_bottom(&window, sill);
	rect_take_bottom(&window, sash);
	ui_picture(ui, window,
		&(struct ui_picture){.name = tile->picture,
			.radius_px = m->radius_card,
			.corners = CORNER_TOP_LEFT | CORNER_TOP_RIGHT});
	ui_box(ui, ledge,
		&(struct ui_box){.fill = ui_is_pressed(ui, id) ? COLOR_SAND : tile->sill,
			.radius_px = m->radius_card,
			.corners = CORNER_BOTTOM_LEFT | CORNER_BOTTOM_RIGHT});
	if (ui->theme.name == THEME_CONTRAST)
		ui_box(ui, rect,
			&(struct ui_box){.no_fill = true,
				.edged = true,
				.edge = COLOR_LINE,
				.radius_px = m->radius_card});
	struct rect inside = rect_inset(ledge, side, 0);
	inside.y += (inside.h - words) / 2;
	inside.h = words;
	rect_take_top(&inside, ui_text(ui, inside, &label));
	ui_text(ui, inside, &detail);
	return touched;
}

/* --- calendar --------------------------------------------------------------------------------- */

static int strip_height(const struct ui *ui)
{
	return ui_line_height(ui, TEXT_DATE_STRONG) + ui_mm(ui, 1.4);
}

int ui_calendar_height(const struct ui *ui)
{
	return strip_height(ui) + ui_line_height(ui, TEXT_DATE_NUMBER) +
	       ui_line_height(ui, TEXT_DATE) + ui_mm(ui, 0.9);
}

int ui_calendar(struct ui *ui, struct rect rect, const struct ui_calendar *c)
{
	const struct measures *m = &ui->theme.m;
	int height = ui_calendar_height(ui);
	struct rect leaf = {rect.x, rect.y, m->calendar_width, height};
	if (c->outlined) {
		int rim = ui_mm(ui, 1);
		struct rect around = {
			leaf.x - rim, leaf.y - rim, leaf.w + 2 * rim, leaf.h + 2 * rim};
		ui_box(ui, around,
			&(struct ui_box){.fill = COLOR_PAPER, .radius_px = m->radius_small + rim});
	}
	ui_box(ui, leaf,
		&(struct ui_box){
			.fill = COLOR_WHITE, .radius_px = m->radius_small, .shadow = true});
	struct rect rest = leaf;
	struct rect strip = rect_take_top(&rest, strip_height(ui));
	ui_box(ui, strip,
		&(struct ui_box){.fill = c->today ? COLOR_GO : COLOR_BRICK,
			.radius_px = m->radius_small,
			.corners = CORNER_TOP_LEFT | CORNER_TOP_RIGHT});
	ui_text(ui, strip,
		&(struct ui_text){.text = c->weekday,
			.style = TEXT_DATE_STRONG,
			.color = COLOR_ON_GO,
			.align = ALIGN_CENTER,
			.middle = true,
			.silent = true});
	struct rect number = rect_take_top(&rest, ui_line_height(ui, TEXT_DATE_NUMBER));
	ui_text(ui, number,
		&(struct ui_text){.text = c->number,
			.style = TEXT_DATE_NUMBER,
			.align = ALIGN_CENTER,
			.silent = true});
	ui_text(ui, rest,
		&(struct ui_text){.text = c->month,
			.style = TEXT_DATE,
			.align = ALIGN_CENTER,
			.silent = true});
	struct rect at = to_panel(ui, leaf);
	if (c->spoken.len && lies_inside_clip(ui, at)) {
		struct ui_node *node = add_node(ui, ROLE_TEXT,
			str_format(frame_arena(ui), "%.*s/calendar/%zu", STR_ARG(ui->screen),
				ui->node_count),
			at);
		node->label = node->speech = c->spoken;
		node->cap_height_px = platform_font_metrics(
			ui->platform, FONT_ANDIKA, ui->theme.text[TEXT_DATE].em_px)
					      .cap_height_px;
	}
	return height;
}

/* --- portrait, tag, chip, option -------------------------------------------------------------- */

void ui_portrait(
	struct ui *ui, struct rect rect, struct str picture, struct str name, enum color_token fill)
{
	struct str file =
		picture.len ? str_format(frame_arena(ui), "illustrations/%.*s", STR_ARG(picture))
			    : STR("");
	if (file.len && !ui->plain && platform_has_picture(ui->platform, file)) {
		ui_picture(
			ui, rect, &(struct ui_picture){.name = picture, .radius_px = rect.h / 2});
		return;
	}
	ui_box(ui, rect,
		&(struct ui_box){.fill = fill ? fill : COLOR_SKY,
			.radius_px = rect.h / 2,
			.edged = ui->theme.name == THEME_CONTRAST,
			.edge = COLOR_LINE});
	if (name.len == 0)
		return;
	size_t first = 0;
	str_next_code_point(name, &first);
	/* the circle does not grow with the letters around it */
	enum text_style style = rect.h > ui_mm(ui, 18) ? TEXT_HEADING_1 : TEXT_DATE_STRONG;
	ui_text(ui, rect,
		&(struct ui_text){.text = str_slice(name, 0, first),
			.style = style,
			.align = ALIGN_CENTER,
			.middle = true,
			.silent = true,
			.may_be_cut = true});
}

static struct ui_text tag_text(const struct ui_tag *tag)
{
	return (struct ui_text){.text = tag->label, .style = TEXT_BUTTON, .max_lines = 2};
}

static int tag_padding(const struct ui *ui)
{
	return ui_mm(ui, 1.6);
}

static int tag_icon(const struct ui *ui)
{
	return ui_mm(ui, 7.6);
}

int ui_tag_height(struct ui *ui, int width_px, const struct ui_tag *tag)
{
	struct ui_text text = tag_text(tag);
	int room = width_px - 2 * tag_padding(ui) - (tag->icon ? tag_icon(ui) + ui_mm(ui, 1) : 0);
	int needed = ui_text_height(ui, room, &text) + ui_mm(ui, 2);
	int least = ui_mm(ui, 10);
	return needed > least ? needed : least;
}

int ui_tag(struct ui *ui, struct rect rect, const struct ui_tag *tag)
{
	struct ui_text text = tag_text(tag);
	int icon = tag->icon ? tag_icon(ui) : 0, gap = tag->icon ? ui_mm(ui, 1) : 0;
	int height = ui_tag_height(ui, rect.w, tag);
	int room = rect.w - 2 * tag_padding(ui) - icon - gap;
	int words = ui_text_width(ui, &text);
	if (words > room)
		words = room;
	struct rect box = {rect.x, rect.y, words + icon + gap + 2 * tag_padding(ui), height};
	ui_box(ui, box,
		&(struct ui_box){.fill = tag->fill,
			.radius_px = ui->theme.m.radius_small,
			.edged = ui->theme.name == THEME_CONTRAST,
			.edge = COLOR_LINE});
	struct rect inside = rect_inset(box, tag_padding(ui), 0);
	struct rect mark = rect_take_start(&inside, icon);
	if (icon)
		ui_icon(ui, rect_center(mark, icon, icon), tag->icon, COLOR_INK);
	rect_take_start(&inside, gap);
	text.middle = true;
	ui_text(ui, inside, &text);
	return box.w;
}

bool ui_chip(struct ui *ui, struct str id, struct rect rect, const char *icon, struct str label,
	bool chosen)
{
	bool pressed = ui_is_pressed(ui, id);
	enum color_token ink = chosen ? COLOR_ON_GO : COLOR_INK;
	ui_box(ui, rect,
		&(struct ui_box){
			.fill = chosen    ? (pressed ? COLOR_GO_PRESSED : COLOR_GO)
				: pressed ? COLOR_SAND
					  : COLOR_WHITE,
			.edged = !chosen,
			.edge = COLOR_LINE,
			.radius_px = ui->theme.panel.class == PANEL_PORTRAIT
					     ? ui->theme.m.radius_card
					     : rect.h / 2,
		});
	bool touched = ui_target(ui, id, ROLE_CHECKBOX, rect, label);
	struct rect inside = rect_inset(rect, ui_mm(ui, 2.6), 0);
	int size = ui_mm(ui, ui->theme.panel.class == PANEL_COMPACT ? 7 : 8.6);
	struct ui_text text = {.text = label, .style = TEXT_BUTTON, .color = ink, .middle = true};
	const char *mark = chosen ? "check" : icon;
	int gap = mark ? ui_mm(ui, 1.6) : 0;
	if (!mark)
		size = 0;
	int words = ui_text_width(ui, &text);
	int room = inside.w - size - gap;
	int used = size + gap + (words < room ? words : room);
	inside = rect_center(inside, used, inside.h);
	struct rect at = rect_take_start(&inside, size);
	if (mark)
		ui_icon(ui, rect_center(at, size, size), mark, ink);
	rect_take_start(&inside, gap);
	ui_text(ui, inside, &text);
	return touched;
}

bool ui_option(struct ui *ui, struct str id, struct rect rect, struct str label, bool chosen)
{
	const struct measures *m = &ui->theme.m;
	ui_box(ui, rect,
		&(struct ui_box){.fill = ui_is_pressed(ui, id) ? COLOR_SAND
					 : chosen              ? COLOR_SELECTED
							       : COLOR_WHITE,
			.edged = true,
			.edge = chosen ? COLOR_GO : COLOR_LINE,
			.edge_px = chosen ? m->edge_selected : m->edge,
			.radius_px = m->radius_card});
	return ui_target(ui, id, ROLE_BUTTON, rect, label);
}

/* --- banner, steps, pages, dialog ------------------------------------------------------------- */

static struct ui_text banner_title(struct str title)
{
	return (struct ui_text){.text = title, .style = TEXT_STRONG};
}

static struct ui_text banner_body(struct str body)
{
	return (struct ui_text){.text = body, .style = TEXT_BODY};
}

static int banner_room(const struct ui *ui, int width_px)
{
	return width_px - 2 * ui->theme.m.padding - ui_mm(ui, 10) - ui_mm(ui, 3.6);
}

int ui_banner_height(struct ui *ui, int width_px, struct str title, struct str body)
{
	struct ui_text t = banner_title(title), b = banner_body(body);
	int room = banner_room(ui, width_px);
	return ui_text_height(ui, room, &t) + ui_text_height(ui, room, &b) + 2 * ui_mm(ui, 2.4);
}

int ui_banner(struct ui *ui, struct rect rect, const char *icon, struct str title, struct str body)
{
	int height = ui_banner_height(ui, rect.w, title, body);
	struct rect box = {rect.x, rect.y, rect.w, height};
	ui_box(ui, box,
		&(struct ui_box){.fill = COLOR_HONEY,
			.edged = true,
			.edge = COLOR_BANNER_EDGE,
			.radius_px = ui->theme.m.radius_button});
	struct rect inside = rect_inset(box, ui->theme.m.padding, ui_mm(ui, 2.4));
	int size = ui_mm(ui, 10);
	struct rect mark = rect_take_start(&inside, size);
	ui_icon(ui, rect_center(mark, size, size), icon, COLOR_INK);
	rect_take_start(&inside, ui_mm(ui, 3.6));
	struct ui_text t = banner_title(title), b = banner_body(body);
	rect_take_top(&inside, ui_text(ui, inside, &t));
	ui_text(ui, inside, &b);
	return height;
}

void ui_steps(struct ui *ui, struct rect rect, int done, int total, struct str spoken)
{
	for (int i = 0; i < total; i++)
		ui_box(ui, rect_column(rect, i, total, ui_mm(ui, 2)),
			&(struct ui_box){.fill = i < done ? COLOR_GO : COLOR_WHITE,
				.edged = true,
				.edge = COLOR_GO,
				.radius_px = rect.h / 2});
	ui_region(ui, str_format(frame_arena(ui), "%.*s/steps", STR_ARG(ui->screen)),
		ROLE_PROGRESSBAR, rect, spoken);
}

void ui_page_buttons(struct ui *ui, struct str scroll_id, struct rect up, struct rect down,
	struct str up_label, struct str down_label, bool round)
{
	static const char *const icons[] = {"arrow_upward", "arrow_downward"};
	for (int i = 0; i < 2; i++) {
		int direction = i == 0 ? -1 : 1;
		struct str id = str_format(
			frame_arena(ui), "%.*s/%s", STR_ARG(scroll_id), i == 0 ? "up" : "down");
		struct ui_button button = {
			.label = i == 0 ? up_label : down_label,
			.icon = icons[i],
			.icon_only = true,
			.round = round,
			.disabled = !ui_scroll_can(ui, scroll_id, direction),
			.resting = true,
		};
		if (ui_button(ui, id, i == 0 ? up : down, &button))
			ui_scroll_page(ui, scroll_id, direction);
	}
}

struct rect ui_dialog_begin(
	struct ui *ui, struct str id, int width_px, int height_px, struct str label)
{
	struct rect panel = ui_panel_rect(ui);
	ui->clip = panel;
	ui_box(ui, panel, &(struct ui_box){.fill = COLOR_INK, .fill_alpha = 158});
	if (ui->theme.name == THEME_CONTRAST) {
		/* ink is white there; the room behind goes dark instead */
		ui->commands[ui->command_count - 1].color = (struct color){0, 0, 0, 200};
	}
	struct rect box = rect_center(panel, width_px, height_px);
	if (ui->theme.panel.class == PANEL_PORTRAIT) /* where hands reach */
		box.y = panel.h * 3 / 4 - height_px / 2;
	ui_modal(ui, id, box, label);
	ui_box(ui, box,
		&(struct ui_box){.fill = COLOR_WHITE,
			.radius_px = ui->theme.m.radius_dialog,
			.shadow = true});
	return box;
}

/* --- facts and steps -------------------------------------------------------------------------- */

static int fact_mark(const struct ui *ui, const struct ui_fact *fact)
{
	bool face = fact->portrait.len || fact->portrait_name.len;
	bool compact = ui->theme.panel.class == PANEL_COMPACT;
	return ui_mm(ui, face ? (compact ? 10 : 12) : (compact ? 8.4 : 9));
}

static int fact_gap(const struct ui *ui, const struct ui_fact *fact)
{
	/* faces are wider than icons; the words of both start on one line */
	bool compact = ui->theme.panel.class == PANEL_COMPACT;
	int column = ui_mm(ui, compact ? 12.4 : 15);
	int gap = column - fact_mark(ui, fact);
	return gap > ui_mm(ui, 2) ? gap : ui_mm(ui, 2);
}

static struct ui_text fact_title(const struct ui_fact *fact)
{
	return (struct ui_text){.text = fact->title, .style = TEXT_STRONG, .lang = fact->lang};
}

static struct ui_text fact_body(const struct ui_fact *fact)
{
	return (struct ui_text){.text = fact->body,
		.style = TEXT_BODY,
		.lang = fact->body_lang.len ? fact->body_lang : fact->lang};
}

int ui_fact_height(struct ui *ui, int width_px, const struct ui_fact *fact)
{
	struct ui_text t = fact_title(fact), b = fact_body(fact);
	int mark = fact_mark(ui, fact);
	int room = width_px - mark - fact_gap(ui, fact);
	int words = ui_text_height(ui, room, &t) + ui_text_height(ui, room, &b);
	return words > mark ? words : mark;
}

int ui_fact(struct ui *ui, struct rect rect, const struct ui_fact *fact)
{
	int height = ui_fact_height(ui, rect.w, fact);
	rect.h = height;
	int mark = fact_mark(ui, fact);
	int line = ui_line_height(ui, TEXT_STRONG);
	struct rect column = rect_take_start(&rect, mark);
	column.y += (line - mark) / 2; /* the mark stands beside the first line */
	if (column.h > mark)
		column.h = mark;
	if (fact->icon)
		ui_icon(ui, (struct rect){column.x, column.y, mark, mark}, fact->icon, COLOR_GO);
	else
		ui_portrait(ui, (struct rect){column.x, column.y, mark, mark}, fact->portrait,
			fact->portrait_name, fact->portrait_fill);
	rect_take_start(&rect, fact_gap(ui, fact));
	struct ui_text t = fact_title(fact), b = fact_body(fact);
	rect_take_top(&rect, ui_text(ui, rect, &t));
	ui_text(ui, rect, &b);
	return height;
}

int ui_step(struct ui *ui, struct rect rect, int number, struct str text, struct str lang)
{
	bool compact = ui->theme.panel.class == PANEL_COMPACT;
	int disc = ui_mm(ui, compact ? 9 : 11), gap = ui_mm(ui, compact ? 2.4 : 4);
	struct ui_text words = {.text = text, .style = TEXT_BODY, .lang = lang};
	int height = ui_text_height(ui, rect.w - disc - gap, &words);
	int line = ui_line_height(ui, TEXT_BODY);
	struct rect circle = {rect.x, rect.y + (line - disc) / 2, disc, disc};
	ui_box(ui, circle,
		&(struct ui_box){.fill = ui->theme.name == THEME_CONTRAST ? COLOR_GO : COLOR_HONEY,
			.radius_px = disc / 2});
	ui_text(ui, circle,
		&(struct ui_text){.text = str_format(frame_arena(ui), "%d", number),
			.style = TEXT_DATE_STRONG,
			.color = ui->theme.name == THEME_CONTRAST ? COLOR_ON_GO : COLOR_INK,
			.align = ALIGN_CENTER,
			.middle = true,
			.silent = true});
	rect.h = height;
	rect_take_start(&rect, disc + gap);
	ui_text(ui, rect, &words);
	return height;
}
