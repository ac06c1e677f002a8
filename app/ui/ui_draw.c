/* What a frame draws: boxes, pictures, icons, text and the QR code, each as draw commands, and as a
 * node where it means something to somebody who cannot see it. */
#include "ui/ui_internal.h"

#include <assert.h>
#include <math.h>
#include <qrencode.h>
#include <string.h>

#include "ui/text.h"

#define QUIET_MODULES 4

static bool in_contrast(const struct ui *ui)
{
	return ui->theme.name == THEME_CONTRAST;
}

/* Left and right change places with the reading direction. */
static unsigned corners_of(const struct ui *ui, unsigned corners)
{
	if (corners == 0)
		return CORNERS_ALL;
	if (!ui->rtl || ui->keeping_order)
		return corners;
	unsigned mirrored = 0;
	mirrored |= corners & CORNER_TOP_LEFT ? CORNER_TOP_RIGHT : 0U;
	mirrored |= corners & CORNER_TOP_RIGHT ? CORNER_TOP_LEFT : 0U;
	mirrored |= corners & CORNER_BOTTOM_LEFT ? CORNER_BOTTOM_RIGHT : 0U;
	mirrored |= corners & CORNER_BOTTOM_RIGHT ? CORNER_BOTTOM_LEFT : 0U;
	return mirrored;
}

void ui_box(struct ui *ui, struct rect rect, const struct ui_box *box)
{
	struct rect at = to_panel(ui, rect);
	const struct measures *m = &ui->theme.m;
	if (box->shadow && !in_contrast(ui)) {
		struct draw_command *shadow = add_command(ui, DRAW_SHADOW, at);
		shadow->radius_px = box->radius_px;
	}
	struct draw_command *command = add_command(ui, DRAW_BOX, at);
	if (!box->no_fill) {
		command->color = color_of(ui, box->fill);
		if (box->fill_alpha)
			command->color.a = box->fill_alpha;
	}
	command->radius_px = box->radius_px;
	command->corners = corners_of(ui, box->corners);
	if (box->edged) {
		command->edge = color_of(ui, box->edge);
		command->edge_px = box->edge_px ? box->edge_px : m->edge;
		command->dashed = box->dashed;
	} else if (box->shadow && in_contrast(ui)) {
		command->edge = color_of(ui, COLOR_LINE);
		command->edge_px = m->edge;
	}
}

static struct str asset(struct ui *ui, const char *folder, struct str name, const char *ending)
{
	return str_format(frame_arena(ui), "%s/%.*s%s", folder, STR_ARG(name), ending);
}

static void add_picture(struct ui *ui, struct rect at, const struct ui_picture *picture,
	struct str name, int focus_y_percent)
{
	struct draw_command *command = add_command(ui, DRAW_PICTURE, at);
	command->name = name;
	command->radius_px = picture->radius_px;
	command->corners = corners_of(ui, picture->corners);
	command->focus_y_percent = focus_y_percent;
}

void ui_picture(struct ui *ui, struct rect rect, const struct ui_picture *picture)
{
	struct rect at = to_panel(ui, rect);
	if (rect_is_empty(at))
		return;
	struct str name =
		picture->name.len ? asset(ui, "illustrations", picture->name, "") : STR("");
	if (name.len && !ui->plain && platform_has_picture(ui->platform, name)) {
		int focus = picture->focus_y_percent ? picture->focus_y_percent : 50;
		add_picture(ui, at, picture, name, focus);
		if (picture->alt.len && lies_inside_clip(ui, at)) {
			struct ui_node *node = add_node(ui, ROLE_IMG,
				str_format(frame_arena(ui), "%.*s/picture/%zu", STR_ARG(ui->screen),
					ui->node_count),
				at);
			node->label = node->speech = picture->alt;
		}
		return;
	}
	add_picture(ui, at, picture, STR("illustrations/patroon.svg"), 50);
	if (!picture->fallback_icon.len)
		return;
	int disc = theme_px(&ui->theme, 22), icon = theme_px(&ui->theme, 10);
	if (disc > rect.h * 7 / 10)
		disc = rect.h * 7 / 10;
	if (icon > disc / 2)
		icon = disc / 2;
	ui_box(ui, rect_center(rect, disc, disc),
		&(struct ui_box){.fill = COLOR_WHITE, .radius_px = disc / 2});
	ui_icon(ui, rect_center(rect, icon, icon), str_z(frame_arena(ui), picture->fallback_icon),
		COLOR_GO);
}

static void add_icon(
	struct ui *ui, struct rect rect, const char *icon, enum color_token color, bool mirrored)
{
	struct draw_command *command = add_command(ui, DRAW_ICON, to_panel(ui, rect));
	command->name = asset(ui, "icons", str_from(icon), ".svg");
	command->color = color_of(ui, color);
	command->mirrored = mirrored;
}

void ui_icon(struct ui *ui, struct rect rect, const char *icon, enum color_token color)
{
	bool walks = strcmp(icon, "directions_walk") == 0;
	add_icon(ui, rect, icon, color, walks && ui->rtl && !ui->keeping_order);
}

void ui_icon_directed(struct ui *ui, struct rect rect, const char *icon, enum color_token color)
{
	add_icon(ui, rect, icon, color, ui->rtl && !ui->keeping_order);
}

bool lies_inside_clip(const struct ui *ui, struct rect at)
{
	struct rect clip = touch_clip(ui);
	return at.x >= clip.x && at.y >= clip.y && at.x + at.w <= clip.x + clip.w &&
	       at.y + at.h <= clip.y + clip.h;
}

/* --- text ------------------------------------------------------------------------------------- */

struct set_text {
	struct text_block block;
	int em_px, line_px;
	bool bold;
};

static bool needs_tall_lines(const struct ui *ui, const struct text_block *block)
{
	if (ui->rtl)
		return true;
	for (size_t i = 0; i < block->line_count; i++)
		for (size_t r = 0; r < block->lines[i].run_count; r++) {
			enum font font = block->lines[i].runs[r].run.font;
			if (font != FONT_ANDIKA && font != FONT_ANDIKA_BOLD)
				return true;
		}
	return false;
}

static struct set_text set_at(
	struct ui *ui, int width_px, const struct ui_text *text, int percent, int max_lines)
{
	const struct text_metrics *style = &ui->theme.text[text->style];
	struct set_text set = {.em_px = style->em_px * percent / 100, .bold = style->bold};
	struct text_request request = {
		.text = text->text,
		.em_px = set.em_px,
		.bold = style->bold,
		.rtl = ui->rtl,
		.width_px = width_px,
		.max_lines = max_lines,
		.personal = text->personal,
	};
	set.block = text_layout(frame_arena(ui), ui->platform, &request);
	double factor =
		needs_tall_lines(ui, &set.block) ? style->line_factor_tall : style->line_factor;
	set.line_px = (int)lround(set.em_px * factor);
	return set;
}

static struct set_text set_text(struct ui *ui, int width_px, const struct ui_text *text)
{
	struct set_text set = set_at(ui, width_px, text, 100, text->max_lines);
	if (set.block.cut && text->shrink_percent)
		set = set_at(ui, width_px, text, text->shrink_percent, text->max_lines);
	return set;
}

bool runs_to_left(struct ui *ui, struct str text)
{
	struct ui_text words = {.text = text, .style = TEXT_FIELD, .personal = true};
	struct set_text set = set_at(ui, 0, &words, 100, 1);
	return set.block.line_count > 0 ? set.block.lines[0].rtl : ui->rtl;
}

bool ui_runs_to_left(struct ui *ui, struct str text)
{
	return runs_to_left(ui, text);
}

int ui_text_height(struct ui *ui, int width_px, const struct ui_text *text)
{
	if (text->text.len == 0)
		return 0;
	struct set_text set = set_text(ui, width_px, text);
	return (int)set.block.line_count * set.line_px;
}

int ui_text_width(struct ui *ui, const struct ui_text *text)
{
	return set_at(ui, 0, text, 100, 0).block.width_px;
}

int ui_line_height(const struct ui *ui, enum text_style style)
{
	const struct text_metrics *t = &ui->theme.text[style];
	return (int)lround(t->em_px * (ui->rtl ? t->line_factor_tall : t->line_factor));
}

static void draw_line(struct ui *ui, struct rect box, const struct text_line *line,
	const struct set_text *set, const struct ui_text *text, struct color color)
{
	enum ui_align align = text->align;
	bool to_right = ui->rtl && !ui->keeping_order ? align == ALIGN_START : align == ALIGN_END;
	int x = align == ALIGN_CENTER ? box.x + (box.w - line->width_px) / 2
		: to_right            ? box.x + box.w - line->width_px
				      : box.x;
	struct font_metrics text_face = platform_font_metrics(
		ui->platform, set->bold ? FONT_ANDIKA_BOLD : FONT_ANDIKA, set->em_px);
	int content = text_face.ascent_px + text_face.descent_px;
	int baseline = box.y + (box.h - content) / 2 + text_face.ascent_px;
	for (size_t i = 0; i < line->run_count; i++) {
		const struct placed_run *placed = &line->runs[i];
		int lean = set->em_px / 8; /* ink may lean past the pen: the foot of a j */
		struct draw_command *command = add_command(ui, DRAW_GLYPHS,
			(struct rect){x + placed->x - lean, box.y - set->em_px / 4,
				placed->width_px + 2 * lean, box.h + set->em_px / 2});
		command->run = placed->run;
		command->x = x + placed->x;
		command->baseline_y = baseline;
		command->color = color;
		command->struck = text->struck;
	}
}

static void add_text_node(struct ui *ui, struct rect at, const struct set_text *set,
	const struct ui_text *text, struct color color, bool overflows)
{
	if (!lies_inside_clip(ui, at))
		return; /* half under the edge of a list: it can be scrolled into view */
	bool heading = text->heading || ui->theme.text[text->style].heading;
	struct str id = text->id.len ? text->id
				     : str_format(frame_arena(ui), "%.*s/text/%lld",
					       STR_ARG(ui->screen), (long long)ui->text_count++);
	struct ui_node *node = add_node(ui, heading ? ROLE_HEADING : ROLE_TEXT, id, at);
	node->label = node->speech = text->text;
	if (text->lang.len)
		node->lang = text->lang;
	node->foreground = color;
	node->cap_height_px = platform_font_metrics(
		ui->platform, set->bold ? FONT_ANDIKA_BOLD : FONT_ANDIKA, set->em_px)
				      .cap_height_px;
	node->cut = overflows || (set->block.cut && !text->may_be_cut);
}

int ui_text(struct ui *ui, struct rect rect, const struct ui_text *text)
{
	if (text->text.len == 0)
		return 0;
	struct set_text set = set_text(ui, rect.w, text);
	int height = (int)set.block.line_count * set.line_px;
	if (text->middle)
		rect.y += (rect.h - height) / 2;
	struct rect at = to_panel(ui, (struct rect){rect.x, rect.y, rect.w, height});
	struct color color = color_of(ui, text->color == COLOR_PAPER ? COLOR_INK : text->color);
	for (size_t i = 0; i < set.block.line_count; i++)
		draw_line(ui, (struct rect){at.x, at.y + (int)i * set.line_px, at.w, set.line_px},
			&set.block.lines[i], &set, text, color);

	bool too_high = height > rect.h + set.line_px / 4;
	bool too_wide = set.block.width_px > rect.w;
	if (!text->silent) {
		/* the node is as wide as the words, so that it says where they are */
		struct rect words = {rect.x, rect.y, rect.w, height};
		if (set.block.width_px < rect.w) {
			words.w = set.block.width_px;
			if (text->align == ALIGN_CENTER)
				words.x += (rect.w - words.w) / 2;
			else if (text->align == ALIGN_END)
				words.x += rect.w - words.w;
		}
		add_text_node(ui, to_panel(ui, words), &set, text, color, too_high || too_wide);
	}
	return height;
}

/* --- QR --------------------------------------------------------------------------------------- */

/* The stretches of the payload in the cheapest mode each: a link is all alphanumeric but for '#',
 * which needs one byte segment, and that is what keeps it at version 4 with level Q. */
static bool is_alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c && strchr(" $%*+-./:", c) != NULL);
}

static QRcode *encode(struct str payload, QRecLevel level)
{
	QRinput *input = QRinput_new2(0, level);
	bool ok = input != NULL;
	for (size_t at = 0; ok && at < payload.len;) {
		bool alphanumeric = is_alphanumeric(payload.ptr[at]);
		size_t end = at;
		while (end < payload.len && is_alphanumeric(payload.ptr[end]) == alphanumeric)
			end++;
		ok = QRinput_append(input, alphanumeric ? QR_MODE_AN : QR_MODE_8, (int)(end - at),
			     (const unsigned char *)payload.ptr + at) == 0;
		at = end;
	}
	QRcode *code = ok ? QRcode_encodeInput(input) : NULL;
	if (!code) /* many short stretches can cost more than plain bytes */
		code = QRcode_encodeData(
			(int)payload.len, (const unsigned char *)payload.ptr, 0, level);
	QRinput_free(input);
	return code;
}

int ui_qr_modules(struct str payload, char level)
{
	QRcode *code = encode(payload, level == 'Q' ? QR_ECLEVEL_Q : QR_ECLEVEL_M);
	if (!code)
		return 0;
	int side = code->width;
	explicit_bzero(code->data, (size_t)side * (size_t)side);
	QRcode_free(code);
	return side + 2 * QUIET_MODULES;
}

int ui_qr(struct ui *ui, struct str id, struct rect rect, struct str payload, char level,
	struct str label)
{
	QRcode *code = encode(payload, level == 'Q' ? QR_ECLEVEL_Q : QR_ECLEVEL_M);
	if (!code)
		return 0;
	int side = code->width, whole = side + 2 * QUIET_MODULES;
	int room = rect.w < rect.h ? rect.w : rect.h;
	int module_px = room / whole;
	if (module_px > 0) {
		uint8_t *modules = arena_alloc(frame_arena(ui), (size_t)side * (size_t)side);
		memcpy(modules, code->data, (size_t)side * (size_t)side);
		struct rect field =
			to_panel(ui, rect_center(rect, whole * module_px, whole * module_px));
		struct draw_command *command = add_command(ui, DRAW_QR, field);
		command->modules = modules;
		command->side = side;
		command->module_px = module_px;
		command->quiet_modules = QUIET_MODULES;
		struct ui_node *node = add_node(ui, ROLE_IMG, id, field);
		node->label = node->speech = label;
		node->foreground = color_of(ui, COLOR_QR_DARK);
	}
	explicit_bzero(code->data, (size_t)side * (size_t)side);
	QRcode_free(code);
	return module_px;
}
