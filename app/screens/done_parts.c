/* A code that a telephone reads needs 2 mm a module and its quiet zone; everything else on the slip
 * gives way to that. */
#include "screens/done_parts.h"

#include "screens/choices.h"
#include "ui/widgets.h"

static bool is_compact(const struct ui *ui)
{
	return ui_theme(ui)->panel.class == PANEL_COMPACT;
}

/* --- the slip --------------------------------------------------------------------------------- */

/* Whole pixels a module, as tokens.json has them. */
static int wanted_module_px(const struct ui *ui)
{
	static const double mm[PANEL_CLASS_COUNT] = {2.118, 2.035, 2.867, 3.722};
	return ui_mm(ui, mm[ui_theme(ui)->panel.class]);
}

static int module_px(struct ui *ui, struct str payload, char level, int room_px, int *modules)
{
	*modules = ui_qr_modules(payload, level);
	if (*modules == 0)
		return 0;
	int px = room_px / *modules, wanted = wanted_module_px(ui);
	return px < wanted ? px : wanted;
}

struct slip_fit slip_fit(struct ui *ui, const struct slip *slip, int room_px)
{
	int modules = 0;
	int px = module_px(ui, slip->payload, slip->level, room_px, &modules);
	if (slip->level == 'M' || px >= ui_mm(ui, 2))
		return (struct slip_fit){slip->level, px * modules};
	px = module_px(ui, slip->payload, 'M', room_px, &modules);
	return (struct slip_fit){'M', px * modules};
}

static int slip_padding(const struct ui *ui)
{
	static const double mm[PANEL_CLASS_COUNT] = {0, 3, 3, 6};
	return ui_mm(ui, mm[ui_theme(ui)->panel.class]);
}

struct caption {
	struct ui_text text;
	int icon_px, gap_px, height_px, width_px;
};

/* Below the code: large where it fits, at the least size where it does not, or not at all. */
static struct caption caption_of(
	struct ui *ui, const struct slip *slip, int width_px, int height_px)
{
	static const enum text_style styles[] = {TEXT_STRONG, TEXT_DATE_STRONG};
	struct caption caption = {
		.icon_px = ui_theme(ui)->m.icon, .gap_px = ui_mm(ui, is_compact(ui) ? 1.6 : 2.6)};
	int room = width_px - caption.icon_px - caption.gap_px;
	for (size_t i = 0; slip->caption.len && i < 2; i++) {
		caption.text =
			(struct ui_text){.text = slip->caption, .style = styles[i], .middle = true};
		int height = ui_text_height(ui, room, &caption.text);
		if (height < caption.icon_px)
			height = caption.icon_px;
		if (height <= height_px && words_fit(ui, slip->caption, room, styles[i])) {
			caption.height_px = height;
			int words = ui_text_width(ui, &caption.text);
			caption.width_px =
				caption.icon_px + caption.gap_px + (words < room ? words : room);
			return caption;
		}
	}
	return (struct caption){.height_px = 0};
}

int slip_width(struct ui *ui, const struct slip *slip, int height_px)
{
	int pad = slip_padding(ui);
	struct ui_text words = {.text = slip->caption, .style = TEXT_STRONG};
	bool captioned = slip->caption.len && !is_compact(ui);
	int line = captioned ? ui_theme(ui)->m.icon + ui_mm(ui, 2) : 0;
	struct slip_fit fit = slip_fit(ui, slip, height_px - 2 * pad - line);
	int width = 0;
	if (captioned) /* on one line, where that does not make the sheet much wider than the code
			*/
		width = ui_theme(ui)->m.icon + ui_mm(ui, 2.6 + 1) + ui_text_width(ui, &words);
	if (width < fit.side_px || width > fit.side_px * 4 / 3)
		width = fit.side_px;
	return width + 2 * pad;
}

void slip_frame(struct ui *ui, struct rect rect, const struct slip *slip, bool rounded)
{
	int pad = rounded ? slip_padding(ui) : 0; /* else it stands on a sheet already */
	ui_box(ui, rect,
		&(struct ui_box){.fill = COLOR_QR_LIGHT,
			.radius_px = rounded ? ui_theme(ui)->m.radius_card : 0,
			.shadow = rounded});
	struct rect inside = rect_inset(rect, pad, pad);
	int room = inside.w < inside.h ? inside.w : inside.h;
	struct slip_fit fit = slip_fit(ui, slip, room);
	int gap = ui_mm(ui, 2);
	struct caption caption = caption_of(ui, slip, inside.w, inside.h - fit.side_px);
	int used = fit.side_px + caption.height_px;
	if (caption.height_px && used + gap <= inside.h)
		used += gap;
	inside = rect_center(inside, inside.w, used);
	struct rect code = rect_take_top(&inside, fit.side_px);
	ui_qr(ui, slip->id, rect_center(code, fit.side_px, fit.side_px), slip->payload, fit.level,
		slip->caption);
	if (!caption.height_px)
		return;
	struct rect row = rect_take_bottom(&inside, caption.height_px);
	row = rect_center(row, caption.width_px, row.h);
	struct rect mark = rect_take_start(&row, caption.icon_px);
	/* The sheet is white in every theme, and what stands on it is dark. */
	ui_icon(ui, rect_center(mark, caption.icon_px, caption.icon_px), slip->icon, COLOR_QR_DARK);
	rect_take_start(&row, caption.gap_px);
	row.w += ui_mm(ui, 1);
	caption.text.color = COLOR_QR_DARK;
	ui_text(ui, row, &caption.text);
}

/* --- the code to write down ------------------------------------------------------------------- */

static struct ui_text code_caption(struct str caption)
{
	return (struct ui_text){.text = caption, .style = TEXT_BODY};
}

static struct rect code_inside(struct ui *ui, struct rect rect)
{
	return is_compact(ui) ? rect : rect_inset(rect, ui_mm(ui, 4), ui_mm(ui, 1.8));
}

int code_height(struct ui *ui, int width_px, struct str caption)
{
	struct rect inside = code_inside(ui, (struct rect){0, 0, width_px, 1000});
	struct ui_text words = code_caption(caption);
	return ui_text_height(ui, inside.w, &words) + ui_line_height(ui, TEXT_CODE) + 1000 -
	       inside.h;
}

void code_frame(struct ui *ui, struct rect rect, struct str caption, struct str code)
{
	if (!is_compact(ui))
		ui_box(ui, rect,
			&(struct ui_box){.fill = COLOR_WHITE,
				.edged = ui_theme(ui)->name == THEME_CONTRAST,
				.edge = COLOR_LINE,
				.radius_px = ui_theme(ui)->m.radius_button});
	struct rect inside = code_inside(ui, rect);
	struct ui_text words = code_caption(caption);
	rect_take_top(&inside, ui_text(ui, inside, &words));
	ui_text(ui, inside,
		&(struct ui_text){.text = code,
			.style = TEXT_CODE,
			.max_lines = 1,
			.shrink_percent = 80,
			.personal = true});
}

/* --- the person ------------------------------------------------------------------------------- */

static int face_size(struct ui *ui, const struct person_card *card)
{
	static const double mm[PANEL_CLASS_COUNT] = {12, 16, 26, 26};
	return card->without_face ? 0 : ui_mm(ui, mm[ui_theme(ui)->panel.class]);
}

static struct ui_text card_words(const struct person_card *card)
{
	return (struct ui_text){.text = card->words, .style = TEXT_BODY, .lang = card->lang};
}

static struct ui_text card_act(const struct person_card *card)
{
	return (struct ui_text){.text = card->act, .style = TEXT_STRONG};
}

static int card_room(struct ui *ui, const struct person_card *card, int width_px)
{
	int face = face_size(ui, card);
	return width_px - 2 * ui_theme(ui)->m.padding - (face ? face + ui_mm(ui, 3.4) : 0);
}

int person_card_height(struct ui *ui, int width_px, const struct person_card *card)
{
	struct ui_text words = card_words(card), act = card_act(card);
	int room = card_room(ui, card, width_px), face = face_size(ui, card);
	int height = ui_text_height(ui, room, &words) + ui_text_height(ui, room, &act);
	if (card->act.len)
		height += ui_mm(ui, 0.8); /* the line below it */
	height = height > face ? height : face;
	height += 2 * ui_mm(ui, 2);
	int least = card->act.len ? ui_theme(ui)->m.button : 0;
	return height > least ? height : least;
}

bool person_card_frame(
	struct ui *ui, struct str id, struct rect rect, const struct person_card *card)
{
	bool touched = false;
	struct str label =
		str_format(ui_arena(ui), "%.*s %.*s", STR_ARG(card->words), STR_ARG(card->act));
	bool pressed = card->act.len && ui_is_pressed(ui, id);
	ui_box(ui, rect,
		&(struct ui_box){.fill = pressed ? COLOR_SAND : COLOR_WHITE,
			.edged = card->act.len > 0 || ui_theme(ui)->name == THEME_CONTRAST,
			.edge = COLOR_LINE,
			.radius_px = ui_theme(ui)->m.radius_card});
	if (card->act.len)
		touched = ui_target(ui, id, ROLE_BUTTON, rect, label);
	struct rect inside = rect_inset(rect, ui_theme(ui)->m.padding, 0);
	int face = face_size(ui, card);
	if (face) {
		struct rect at = rect_take_start(&inside, face);
		at = rect_center(at, face, face);
		if (card->contact)
			ui_portrait(ui, at, card->contact->picture.file, card->contact->name,
				contact_color(card->contact));
		else
			ui_icon(ui, at, "waving_hand", COLOR_GO);
		rect_take_start(&inside, ui_mm(ui, 3.4));
	}
	struct ui_text words = card_words(card), act = card_act(card);
	int height = ui_text_height(ui, inside.w, &words) + ui_text_height(ui, inside.w, &act);
	inside = rect_center(inside, inside.w, height);
	rect_take_top(&inside, ui_text(ui, inside, &words));
	if (!card->act.len)
		return touched;
	struct rect line = inside;
	int taken = ui_text(ui, inside, &act), wide = ui_text_width(ui, &act);
	line.y += taken - ui_mm(ui, 0.6);
	line.w = wide < inside.w ? wide : inside.w;
	line.h = ui_mm(ui, 0.6);
	ui_box(ui, line, &(struct ui_box){.fill = COLOR_INK});
	return touched;
}
