/* Keys are data: rows of letters in two orders, QWERTY and alphabet, and a row of accents that
 * follows the last letter instead of a hidden long press (WCAG 2.5.1). A 7" panel has no room for
 * 18 mm keys: there the alphabet stands in 7 columns without the accent row. */
#include "ui/keyboard.h"

#include <assert.h>
#include <string.h>

#include "ui/text.h"
#include "ui/ui_internal.h"
#include "ui/widgets.h"

enum special {
	SPECIAL_NONE,
	SPECIAL_DELETE,
	SPECIAL_SHIFT,
	SPECIAL_ORDER,
	SPECIAL_SPACE,
	SPECIAL_SIGNS, /* to digits and signs, and back */
};

struct key {
	const char *lower, *upper; /* NULL for a special key */
	enum special special;
	double width; /* in keys */
};

#define LETTER(lower, upper)                                                                       \
	{                                                                                          \
		lower, upper, SPECIAL_NONE, 1                                                      \
	}
#define MAX_ROW 12
#define COMPACT_ROWS 4

static const struct key qwerty[3][MAX_ROW] = {
	{LETTER("q", "Q"), LETTER("w", "W"), LETTER("e", "E"), LETTER("r", "R"), LETTER("t", "T"),
		LETTER("y", "Y"), LETTER("u", "U"), LETTER("i", "I"), LETTER("o", "O"),
		LETTER("p", "P"), {NULL, NULL, SPECIAL_DELETE, 1}},
	{LETTER("a", "A"), LETTER("s", "S"), LETTER("d", "D"), LETTER("f", "F"), LETTER("g", "G"),
		LETTER("h", "H"), LETTER("j", "J"), LETTER("k", "K"), LETTER("l", "L"),
		LETTER("'", "'"), LETTER("-", "-")},
	{{NULL, NULL, SPECIAL_SHIFT, 1.64}, LETTER("z", "Z"), LETTER("x", "X"), LETTER("c", "C"),
		LETTER("v", "V"), LETTER("b", "B"), LETTER("n", "N"), LETTER("m", "M"),
		{NULL, NULL, SPECIAL_ORDER, 2.62}},
};

static const struct key alphabet[3][MAX_ROW] = {
	{LETTER("a", "A"), LETTER("b", "B"), LETTER("c", "C"), LETTER("d", "D"), LETTER("e", "E"),
		LETTER("f", "F"), LETTER("g", "G"), LETTER("h", "H"), LETTER("i", "I"),
		LETTER("j", "J"), {NULL, NULL, SPECIAL_DELETE, 1}},
	{LETTER("k", "K"), LETTER("l", "L"), LETTER("m", "M"), LETTER("n", "N"), LETTER("o", "O"),
		LETTER("p", "P"), LETTER("q", "Q"), LETTER("r", "R"), LETTER("s", "S"),
		LETTER("'", "'"), LETTER("-", "-")},
	{{NULL, NULL, SPECIAL_SHIFT, 1.64}, LETTER("t", "T"), LETTER("u", "U"), LETTER("v", "V"),
		LETTER("w", "W"), LETTER("x", "X"), LETTER("y", "Y"), LETTER("z", "Z"),
		{NULL, NULL, SPECIAL_ORDER, 2.62}},
};

static const struct key compact[COMPACT_ROWS][MAX_ROW] = {
	{LETTER("a", "A"), LETTER("b", "B"), LETTER("c", "C"), LETTER("d", "D"), LETTER("e", "E"),
		LETTER("f", "F"), LETTER("g", "G"), {NULL, NULL, SPECIAL_DELETE, 1}},
	{LETTER("h", "H"), LETTER("i", "I"), LETTER("j", "J"), LETTER("k", "K"), LETTER("l", "L"),
		LETTER("m", "M"), LETTER("n", "N"), LETTER("'", "'")},
	{LETTER("o", "O"), LETTER("p", "P"), LETTER("q", "Q"), LETTER("r", "R"), LETTER("s", "S"),
		LETTER("t", "T"), LETTER("u", "U"), LETTER("-", "-")},
	{{NULL, NULL, SPECIAL_SHIFT, 1}, LETTER("v", "V"), LETTER("w", "W"), LETTER("x", "X"),
		LETTER("y", "Y"), LETTER("z", "Z"), {NULL, NULL, SPECIAL_SPACE, 2}},
};

#define SIGN(sign) LETTER(sign, sign)

/* Where words->signs says so: digits and signs, and the way there and back. */
static const struct key signs[3][MAX_ROW] = {
	{SIGN("1"), SIGN("2"), SIGN("3"), SIGN("4"), SIGN("5"), SIGN("6"), SIGN("7"), SIGN("8"),
		SIGN("9"), SIGN("0"), {NULL, NULL, SPECIAL_DELETE, 1}},
	{SIGN("@"), SIGN("#"), SIGN("€"), SIGN("%"), SIGN("&"), SIGN("*"), SIGN("("), SIGN(")"),
		SIGN("="), SIGN("'"), SIGN("-")},
	{{NULL, NULL, SPECIAL_SIGNS, 1.64}, SIGN("."), SIGN(","), SIGN("!"), SIGN("?"), SIGN(":"),
		SIGN(";"), SIGN("/"), SIGN("+"), {"_", "_", SPECIAL_NONE, 1.62}},
};
static const struct key compact_signs[COMPACT_ROWS][MAX_ROW] = {
	{SIGN("1"), SIGN("2"), SIGN("3"), SIGN("4"), SIGN("5"), SIGN("6"), SIGN("7"),
		{NULL, NULL, SPECIAL_DELETE, 1}},
	{SIGN("8"), SIGN("9"), SIGN("0"), SIGN("."), SIGN(","), SIGN("!"), SIGN("?"),
		{NULL, NULL, SPECIAL_SIGNS, 1}},
	{SIGN("@"), SIGN("#"), SIGN("€"), SIGN("%"), SIGN("&"), SIGN("*"), SIGN("'"), SIGN("-")},
	{SIGN("("), SIGN(")"), SIGN(":"), SIGN("/"), SIGN("+"), SIGN("_"),
		{NULL, NULL, SPECIAL_SPACE, 2}},
};

static const struct {
	const char *letter, *accents[4];
} accent_table[] = {
	{"a", {"á", "à", "ä", "â"}},
	{"c", {"ç", "ć", "č", ""}},
	{"e", {"é", "è", "ë", "ê"}},
	{"g", {"ğ", "", "", ""}},
	{"i", {"í", "ì", "ï", "î"}},
	{"l", {"ł", "", "", ""}},
	{"n", {"ñ", "ń", "", ""}},
	{"o", {"ó", "ò", "ö", "ô"}},
	{"s", {"ş", "ś", "š", "ß"}},
	{"u", {"ú", "ù", "ü", "û"}},
	{"y", {"ý", "ÿ", "", ""}},
	{"z", {"ż", "ź", "ž", ""}},
	{"A", {"Á", "À", "Ä", "Â"}},
	{"C", {"Ç", "Ć", "Č", ""}},
	{"E", {"É", "È", "Ë", "Ê"}},
	{"I", {"Í", "Ì", "Ï", "Î"}},
	{"O", {"Ó", "Ò", "Ö", "Ô"}},
	{"S", {"Ş", "Ś", "Š", ""}},
	{"U", {"Ú", "Ù", "Ü", "Û"}},
	{"Z", {"Ż", "Ź", "Ž", ""}},
};

/* --- field ------------------------------------------------------------------------------------ */

void ui_field(struct ui *ui, struct str id, struct rect rect, struct str label, struct str text,
	const char *icon, bool error)
{
	const struct measures *m = &ui->theme.m;
	ui_box(ui, rect,
		&(struct ui_box){.fill = COLOR_WHITE,
			.edged = true,
			.edge = error ? COLOR_BRICK : COLOR_GO,
			.edge_px = error ? m->edge_selected : m->edge_field,
			.radius_px = m->radius_button});
	struct ui_node *node = add_node(ui, ROLE_TEXTBOX, id, to_panel(ui, rect));
	node->label = node->speech = label;
	node->cap_height_px =
		platform_font_metrics(ui->platform, FONT_ANDIKA, ui->theme.text[TEXT_FIELD].em_px)
			.cap_height_px;
	struct rect inside = rect_inset(rect, ui_mm(ui, 5), m->edge_field);
	if (icon) {
		struct rect mark = rect_take_start(&inside, m->icon);
		ui_icon(ui, rect_center(mark, m->icon, m->icon), icon, COLOR_INK);
		rect_take_start(&inside, ui_mm(ui, 3));
	}

	/* The end of what was typed stays in sight: text wider than the field starts further on. */
	struct ui_text words = {.text = text,
		.style = TEXT_FIELD,
		.middle = true,
		.personal = true,
		.silent = true,
		.may_be_cut = true};
	int caret = ui_mm(ui, 0.8), room = inside.w - caret - ui_mm(ui, 1);
	int width = text.len ? ui_text_width(ui, &words) : 0;
	struct rect before = ui->clip;
	ui->clip = rect_intersect(ui->clip, to_panel(ui, inside));
	/* A name in Latin letters ends at its right also where the screen runs to the left: there
	 * the caret stands where the line starts. */
	bool against = text.len > 0 && ui->rtl && !ui->keeping_order && !runs_to_left(ui, text);
	int shift = against ? -caret - ui_mm(ui, 1) : width > room ? width - room : 0;
	struct rect line = {inside.x - shift, inside.y, width + ui_mm(ui, 2), inside.h};
	ui_text(ui, line, &words);
	ui->clip = before;
	int high = ui_mm(ui, ui->theme.panel.class == PANEL_COMPACT ? 8 : 11);
	struct rect stroke = {against ? inside.x : line.x + width + ui_mm(ui, 0.6),
		rect.y + (rect.h - high) / 2, caret, high};
	ui_box(ui, stroke, &(struct ui_box){.fill = COLOR_GO});
}

/* --- keys ------------------------------------------------------------------------------------- */

struct face {
	struct str id, label, shown;
	const char *icon;
	enum color_token fill;
	enum text_style style;
};

static bool draw_key(struct ui *ui, struct rect rect, const struct face *face)
{
	const struct measures *m = &ui->theme.m;
	bool contrast = ui->theme.name == THEME_CONTRAST;
	if (!contrast) {
		struct rect foot = rect;
		foot.h += ui_mm(ui, 0.6);
		ui_box(ui, foot,
			&(struct ui_box){.fill = COLOR_LINE,
				.fill_alpha = 110,
				.radius_px = m->radius_small});
	}
	ui_box(ui, rect,
		&(struct ui_box){
			.fill = ui_is_pressed(ui, face->id) && !contrast ? COLOR_SAND : face->fill,
			.radius_px = m->radius_small,
			.edged = contrast,
			.edge = ui_is_pressed(ui, face->id) ? COLOR_GO : COLOR_LINE});
	bool touched = ui_target(ui, face->id, ROLE_KEY, rect, face->label);
	int size = m->icon < rect.h * 6 / 10 ? m->icon : rect.h * 6 / 10;
	if (face->icon)
		ui_icon_directed(ui, rect_center(rect, size, size), face->icon, COLOR_INK);
	else
		ui_text(ui, rect,
			&(struct ui_text){.text = face->shown,
				.style = face->style,
				.align = ALIGN_CENTER,
				.max_lines = 1,
				.middle = true});
	return touched;
}

static bool is_compact(const struct ui *ui)
{
	return ui->theme.panel.class == PANEL_COMPACT;
}

static int side_margin(const struct ui *ui)
{
	static const double mm[PANEL_CLASS_COUNT] = {
		[PANEL_COMPACT] = 19, [PANEL_SMALL] = 6, [PANEL_WIDE] = 24, [PANEL_PORTRAIT] = 6};
	return ui_mm(ui, mm[ui->theme.panel.class]);
}

static int edge_margin(const struct ui *ui)
{
	static const double mm[PANEL_CLASS_COUNT] = {
		[PANEL_COMPACT] = 1.4, [PANEL_SMALL] = 3, [PANEL_WIDE] = 5, [PANEL_PORTRAIT] = 6};
	return ui_mm(ui, mm[ui->theme.panel.class]);
}

int ui_keyboard_height(const struct ui *ui)
{
	const struct measures *m = &ui->theme.m;
	return 4 * m->key_height + 3 * m->key_gap + 2 * edge_margin(ui) + ui_mm(ui, 0.6);
}

static struct key_press press_special(
	struct key_press press, enum special special, struct keyboard_state *state)
{
	switch (special) {
	case SPECIAL_DELETE:
		press.action = KEY_DELETE;
		break;
	case SPECIAL_SHIFT:
		state->shift = !state->shift;
		break;
	case SPECIAL_ORDER:
		state->abc = !state->abc;
		break;
	case SPECIAL_SIGNS:
		state->signs = !state->signs;
		break;
	case SPECIAL_SPACE:
		press = (struct key_press){KEY_INSERT, STR(" ")};
		break;
	case SPECIAL_NONE:
		break;
	}
	return press;
}

static struct face face_of(struct ui *ui, const struct key *key, bool upper,
	const struct keyboard_state *state, const struct keyboard_words *words)
{
	struct face face = {.fill = COLOR_KEY, .style = TEXT_KEY};
	switch (key->special) {
	case SPECIAL_DELETE:
		face.id = STR("key/delete");
		face.label = words->remove;
		face.icon = "backspace";
		face.fill = COLOR_KEY_FUNCTION;
		break;
	case SPECIAL_SHIFT:
		face.id = STR("key/shift");
		face.label = words->shift;
		face.icon = "arrow_upward";
		face.fill = state->shift ? COLOR_KEY_ACCENT : COLOR_KEY_FUNCTION;
		break;
	case SPECIAL_ORDER:
		face.id = STR("key/order");
		face.label = face.shown = state->abc ? STR("Q W E") : words->abc;
		face.fill = COLOR_KEY_FUNCTION;
		face.style = TEXT_KEY_WORD;
		break;
	case SPECIAL_SIGNS:
		face.id = STR("key/signs");
		face.label = face.shown = state->signs ? STR("abc") : STR("123");
		face.fill = COLOR_KEY_FUNCTION;
		face.style = TEXT_KEY_WORD;
		break;
	case SPECIAL_SPACE:
		face.id = STR("key/space");
		face.label = face.shown = words->space;
		face.style = TEXT_KEY_WORD;
		break;
	case SPECIAL_NONE:
		face.id = str_format(frame_arena(ui), "key/%s", key->lower);
		face.label = face.shown = str_from(upper ? key->upper : key->lower);
		break;
	}
	return face;
}

static struct key_press draw_row(struct ui *ui, struct rect row, const struct key *keys,
	struct keyboard_state *state, bool upper, const struct keyboard_words *words)
{
	struct key_press press = {KEY_NOTHING, STR("")};
	int gap = ui->theme.m.key_gap, count = 0;
	double whole = 0;
	for (; count < MAX_ROW && (keys[count].lower || keys[count].special); count++)
		whole += keys[count].width;
	double room = row.w - gap * (count - 1), at = 0;
	for (int i = 0; i < count; i++) {
		int from = row.x + (int)(room * at / whole) + gap * i;
		at += keys[i].width;
		int to = row.x + (int)(room * at / whole) + gap * i;
		struct face face = face_of(ui, &keys[i], upper, state, words);
		if (!draw_key(ui, (struct rect){from, row.y, to - from, row.h}, &face))
			continue;
		press = press_special(press, keys[i].special, state);
		if (keys[i].special == SPECIAL_NONE) {
			press = (struct key_press){KEY_INSERT, face.label};
			state->shift = false;
			state->typed_any = true;
		}
	}
	return press;
}

/* The keys of a row. The way to the signs takes the place of the apostrophe on a 7" panel, and half
 * the place of the order of the letters on others. */
static void row_keys(const struct ui *ui, int row, const struct keyboard_state *state,
	const struct keyboard_words *words, struct key keys[MAX_ROW])
{
	bool compact_panel = is_compact(ui), shows_signs = words->signs && state->signs;
	const struct key *from = compact_panel ? compact[row]
				 : state->abc  ? alphabet[row]
					       : qwerty[row];
	if (shows_signs)
		from = compact_panel ? compact_signs[row] : signs[row];
	memcpy(keys, from, MAX_ROW * sizeof(keys[0]));
	if (!words->signs || shows_signs)
		return;
	const struct key way = {NULL, NULL, SPECIAL_SIGNS, 1};
	if (compact_panel && row == 1)
		keys[7] = way;
	if (compact_panel || row != 2)
		return;
	keys[9] = way;
	keys[9].width = keys[8].width = keys[8].width / 2;
}

static const char *const *accents_of(struct str typed)
{
	static const char *const none[4] = {"é", "ë", "ï", "ö"};
	struct str last = str_slice(typed, typed.len - text_last_character(typed), typed.len);
	for (size_t i = 0; i < sizeof(accent_table) / sizeof(accent_table[0]); i++) {
		if (str_equal_z(last, accent_table[i].letter))
			return accent_table[i].accents;
		for (int a = 0; a < 4; a++) /* an accent can be changed for another one */
			if (last.len && str_equal_z(last, accent_table[i].accents[a]))
				return accent_table[i].accents;
	}
	return none;
}

/* Four accents of the last letter, or four more signs, then the space bar. */
static struct key_press draw_accent_row(struct ui *ui, struct rect row, struct str typed,
	bool shows_signs, const struct keyboard_words *words)
{
	static const char *const more_signs[4] = {"$", "~", "[", "]"};
	struct key_press press = {KEY_NOTHING, STR("")};
	const char *const *accents = shows_signs ? more_signs : accents_of(typed);
	bool fits_last = typed.len > 0 && !shows_signs;
	int gap = ui->theme.m.key_gap;
	int wide = (int)((row.w - 10 * gap) / 11.0 * 1.35);
	for (int i = 0; i < 4; i++) {
		struct rect rect = rect_take_start(&row, wide);
		rect_take_start(&row, gap);
		if (!accents[i][0])
			continue;
		struct face face = {
			.id = ui_id(ui, "key/accent", (size_t)i),
			.label = str_from(accents[i]),
			.shown = str_from(accents[i]),
			.fill = COLOR_KEY_ACCENT,
			.style = TEXT_KEY,
		};
		if (draw_key(ui, rect, &face)) {
			bool replaces = fits_last && accents != accents_of(STR(""));
			press = (struct key_press){replaces ? KEY_REPLACE : KEY_INSERT, face.label};
		}
	}
	struct face space = {.id = STR("key/space"),
		.label = words->space,
		.shown = words->space,
		.fill = COLOR_KEY,
		.style = TEXT_KEY_WORD};
	if (draw_key(ui, row, &space))
		press = (struct key_press){KEY_INSERT, STR(" ")};
	return press;
}

static struct key_press real_keyboard(struct ui *ui, struct key_press press)
{
	if (ui_typed(ui).len)
		return (struct key_press){KEY_INSERT, ui_typed(ui)};
	if (str_equal_z(ui_key(ui), "Backspace"))
		return (struct key_press){KEY_DELETE, STR("")};
	if (str_equal_z(ui_key(ui), "Enter"))
		return (struct key_press){KEY_DONE, STR("")};
	return press;
}

struct key_press ui_keyboard(struct ui *ui, struct rect rect, struct keyboard_state *state,
	struct str typed, const struct keyboard_words *words)
{
	const struct measures *m = &ui->theme.m;
	struct key_press press = {KEY_NOTHING, STR("")};
	if (ui_typed(ui).len) /* a letter typed on real keys takes the shift along, too */
		state->shift = false;
	ui_box(ui, rect, &(struct ui_box){.fill = COLOR_SAND});
	ui_keep_order_begin(ui, rect);
	struct rect inside = rect_inset(rect, side_margin(ui), edge_margin(ui));
	bool upper = state->shift && !(words->signs && state->signs);
	int rows = is_compact(ui) ? COMPACT_ROWS : 3;
	for (int row = 0; row < rows; row++) {
		struct key keys[MAX_ROW];
		row_keys(ui, row, state, words, keys);
		struct rect line = rect_take_top(&inside, m->key_height);
		rect_take_top(&inside, m->key_gap);
		struct key_press made = draw_row(ui, line, keys, state, upper, words);
		if (made.action != KEY_NOTHING)
			press = made;
	}
	if (!is_compact(ui)) {
		struct rect line = rect_take_top(&inside, m->key_height);
		struct key_press made =
			draw_accent_row(ui, line, typed, words->signs && state->signs, words);
		if (made.action != KEY_NOTHING)
			press = made;
	}
	ui_keep_order_end(ui);
	return real_keyboard(ui, press);
}

void ui_keyboard_margins(const struct ui *ui, int *side_px, int *edge_px)
{
	*side_px = is_compact(ui) ? ui_mm(ui, 4) : side_margin(ui);
	*edge_px = edge_margin(ui);
}

struct key_press ui_code_keys(struct ui *ui, struct rect rect, const struct keyboard_words *words)
{
	static const char *const rows[] = {"23456789<", "CDFHJKMN", "PRTVWXY"};
	struct key_press press = {KEY_NOTHING, STR("")};
	int gap = ui->theme.m.key_gap;
	ui_keep_order_begin(ui, rect);
	for (int r = 0; r < 3; r++) {
		int count = (int)strlen(rows[r]);
		struct rect row = rect_row(rect, r, 3, gap);
		for (int i = 0; i < count; i++) {
			bool is_delete = rows[r][i] == '<';
			struct str key = {&rows[r][i], 1};
			struct face face = {
				.id = is_delete ? STR("key/delete")
						: str_format(frame_arena(ui), "key/%c", rows[r][i]),
				.label = is_delete ? words->remove : key,
				.shown = key,
				.icon = is_delete ? "backspace" : NULL,
				.fill = is_delete ? COLOR_KEY_FUNCTION : COLOR_KEY,
				.style = TEXT_KEY,
			};
			if (draw_key(ui, rect_column(row, i, count, gap), &face))
				press = is_delete ? (struct key_press){KEY_DELETE, STR("")}
						  : (struct key_press){KEY_INSERT, key};
		}
	}
	ui_keep_order_end(ui);
	return real_keyboard(ui, press);
}

bool ui_word_key(struct ui *ui, struct str id, struct rect rect, const struct word_key *key)
{
	const struct measures *m = &ui->theme.m;
	bool go = key->go && !key->disabled, contrast = ui->theme.name == THEME_CONTRAST;
	enum color_token fill = go ? COLOR_GO : COLOR_KEY;
	if (go && ui_is_pressed(ui, id))
		fill = COLOR_GO_PRESSED;
	ui_box(ui, rect,
		&(struct ui_box){.fill = fill,
			.radius_px = m->radius_small,
			.edged = contrast || key->disabled || ui_is_pressed(ui, id),
			.dashed = key->disabled,
			.edge = ui_is_pressed(ui, id) ? COLOR_GO : COLOR_LINE});
	bool touched = false;
	if (key->disabled)
		ui_target_disabled(ui, id, ROLE_KEY, rect, key->label);
	else
		touched = ui_target(ui, id, ROLE_KEY, rect, key->label);
	ui_text(ui, rect_inset(rect, ui_mm(ui, 1), 0),
		&(struct ui_text){.text = key->label,
			.style = TEXT_KEY_WORD,
			.color = go              ? COLOR_ON_GO
				 : key->disabled ? COLOR_DISABLED
						 : COLOR_INK,
			.align = ALIGN_CENTER,
			.middle = true,
			.max_lines = 2,
			.shrink_percent = 80});
	return touched;
}

void ui_code_field(struct ui *ui, struct str id, struct rect rect, struct str label,
	struct str text, int count)
{
	const struct measures *m = &ui->theme.m;
	bool large = ui_line_height(ui, TEXT_CODE) <= rect.h;
	ui_region(ui, id, ROLE_TEXTBOX, rect, label);
	ui_keep_order_begin(ui, rect);
	for (int i = 0; i < count; i++) {
		struct rect box = rect_column(rect, i, count, m->key_gap);
		bool reached = (size_t)i <= text.len;
		ui_box(ui, box,
			&(struct ui_box){.fill = COLOR_WHITE,
				.edged = true,
				.edge = reached ? COLOR_GO : COLOR_LINE,
				.edge_px = m->edge_field,
				.radius_px = m->radius_button});
		if ((size_t)i < text.len)
			ui_text(ui, box,
				&(struct ui_text){.text = str_slice(text, (size_t)i, (size_t)i + 1),
					.style = large ? TEXT_CODE : TEXT_KEY_WORD,
					.align = ALIGN_CENTER,
					.middle = true,
					.personal = true,
					.silent = true,
					.max_lines = 1});
		else if ((size_t)i == text.len)
			ui_box(ui, rect_center(box, ui_mm(ui, 0.8), box.h * 55 / 100),
				&(struct ui_box){.fill = COLOR_GO});
	}
	ui_keep_order_end(ui);
}

struct key_press ui_number_pad(struct ui *ui, struct rect rect, const struct keyboard_words *words)
{
	static const char *const digits[] = {
		"1", "2", "3", "4", "5", "6", "7", "8", "9", "+", "0", NULL};
	struct key_press press = {KEY_NOTHING, STR("")};
	int gap = is_compact(ui) ? ui_mm(ui, 2) : ui_mm(ui, 3);
	ui_keep_order_begin(ui, rect);
	for (int i = 0; i < 12; i++) {
		if (i == 9 && words->no_plus)
			continue;
		struct rect key = rect_column(rect_row(rect, i / 3, 4, gap), i % 3, 3, gap);
		struct face face = {
			.id = STR("key/delete"),
			.label = words->remove,
			.icon = "backspace",
			.fill = i == 9 || i == 11 ? COLOR_KEY_FUNCTION : COLOR_KEY,
			.style = TEXT_KEY,
		};
		if (digits[i]) {
			face.id = str_format(frame_arena(ui), "key/%s", digits[i]);
			face.label = face.shown = str_from(digits[i]);
			face.icon = NULL;
		}
		if (draw_key(ui, key, &face))
			press = digits[i] ? (struct key_press){KEY_INSERT, face.label}
					  : (struct key_press){KEY_DELETE, STR("")};
	}
	ui_keep_order_end(ui);
	return real_keyboard(ui, press);
}
