/* A paragraph is taken apart once: code points with their byte offsets, bidi levels, fonts, and the
 * places where a line may end. Lines are then filled greedily by measured width, and each line is
 * put in visual order by rule L2 of the bidirectional algorithm (UAX 9), run by run.
 *
 * Why a splitter of our own: SDL2_ttf shapes one direction, script and font at a time, turns 10:30
 * into 03:01 inside Arabic, and shows boxes where a font lacks a letter. */
#include "ui/text.h"

#include <assert.h>
#include <fribidi.h>
#include <linebreak.h>
#include <string.h>
#include <utf8proc.h>

enum script {
	SCRIPT_COMMON,
	SCRIPT_LATIN,
	SCRIPT_ARABIC,
	SCRIPT_ETHIOPIC,
	SCRIPT_CYRILLIC,
	SCRIPT_GREEK
};

static const char script_tags[][5] = {"Latn", "Latn", "Arab", "Ethi", "Cyrl", "Grek"};

/* One code point of a paragraph. */
struct unit {
	FriBidiChar code_point;
	size_t byte_at, byte_end; /* in the paragraph */
	FriBidiLevel level;
	enum font font;
	enum script script;
	bool may_end_line; /* after this code point */
	bool character_ends; /* a grapheme cluster ends after this code point */
	bool blank;
};

struct paragraph {
	const struct text_request *request;
	struct str text;
	struct unit *units;
	size_t count;
	bool rtl;
};

static enum script script_of(uint32_t c)
{
	static const struct {
		uint32_t from, to;
		enum script script;
	} ranges[] = {
		{0x0370, 0x03FF, SCRIPT_GREEK},
		{0x0400, 0x052F, SCRIPT_CYRILLIC},
		{0x0600, 0x06FF, SCRIPT_ARABIC},
		{0x0750, 0x077F, SCRIPT_ARABIC},
		{0x08A0, 0x08FF, SCRIPT_ARABIC},
		{0x1200, 0x139F, SCRIPT_ETHIOPIC},
		{0x2D80, 0x2DDF, SCRIPT_ETHIOPIC},
		{0xAB00, 0xAB2F, SCRIPT_ETHIOPIC},
		{0xFB50, 0xFDFF, SCRIPT_ARABIC},
		{0xFE70, 0xFEFF, SCRIPT_ARABIC},
	};
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return ranges[i].script;
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
	bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
	return letter ? SCRIPT_LATIN : SCRIPT_COMMON;
}

static bool is_mark(uint32_t c)
{
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
	return (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME) ||
	       c == 0x200C || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F);
}

/* The first face of the script's list that has the glyph; the text face when none has it. */
static enum font font_for(
	struct platform *platform, uint32_t c, enum script script, bool bold, enum font before)
{
	static const enum font order[][4] = {
		[SCRIPT_COMMON] = {FONT_ANDIKA, FONT_SANS, FONT_ARABIC, FONT_ETHIOPIC},
		[SCRIPT_LATIN] = {FONT_ANDIKA, FONT_SANS, FONT_ARABIC, FONT_ETHIOPIC},
		[SCRIPT_ARABIC] = {FONT_ARABIC, FONT_SANS, FONT_ANDIKA, FONT_ETHIOPIC},
		[SCRIPT_ETHIOPIC] = {FONT_ETHIOPIC, FONT_SANS, FONT_ANDIKA, FONT_ARABIC},
		[SCRIPT_CYRILLIC] = {FONT_ANDIKA, FONT_SANS, FONT_ARABIC, FONT_ETHIOPIC},
		[SCRIPT_GREEK] = {FONT_ANDIKA, FONT_SANS, FONT_ARABIC, FONT_ETHIOPIC},
	};
	/* Blanks and signs stay with the word before them, so that it remains one run. */
	if (script == SCRIPT_COMMON && before != FONT_COUNT &&
		platform_font_has(platform, before, c))
		return before;
	for (size_t i = 0; i < 4; i++) {
		enum font font = order[script][i] + (bold ? 1u : 0u);
		if (platform_font_has(platform, font, c))
			return font;
	}
	return before != FONT_COUNT ? before : bold ? FONT_ANDIKA_BOLD : FONT_ANDIKA;
}

static void find_levels(struct arena *arena, struct paragraph *p)
{
	FriBidiStrIndex count = (FriBidiStrIndex)p->count;
	FriBidiChar *chars = arena_new_array(arena, FriBidiChar, p->count);
	FriBidiCharType *types = arena_new_array(arena, FriBidiCharType, p->count);
	FriBidiBracketType *brackets = arena_new_array(arena, FriBidiBracketType, p->count);
	FriBidiLevel *levels = arena_new_array(arena, FriBidiLevel, p->count);
	for (size_t i = 0; i < p->count; i++)
		chars[i] = p->units[i].code_point;
	fribidi_get_bidi_types(chars, count, types);
	fribidi_get_bracket_types(chars, count, types, brackets);
	FriBidiParType direction = p->request->rtl ? FRIBIDI_PAR_WRTL : FRIBIDI_PAR_WLTR;
	FriBidiLevel deepest =
		fribidi_get_par_embedding_levels_ex(types, brackets, count, &direction, levels);
	for (size_t i = 0; i < p->count; i++)
		p->units[i].level = deepest > 0 ? levels[i] : 0;
	p->rtl = FRIBIDI_IS_RTL(direction);
}

static void find_breaks(struct arena *arena, struct paragraph *p)
{
	utf32_t *chars = arena_new_array(arena, utf32_t, p->count);
	char *breaks = arena_alloc(arena, p->count);
	for (size_t i = 0; i < p->count; i++)
		chars[i] = p->units[i].code_point;
	set_linebreaks_utf32(chars, p->count, "nl", breaks);
	utf8proc_int32_t state = 0;
	for (size_t i = 0; i < p->count; i++) {
		bool last = i + 1 == p->count;
		p->units[i].character_ends =
			last || utf8proc_grapheme_break_stateful((utf8proc_int32_t)chars[i],
					(utf8proc_int32_t)chars[i + 1], &state);
		p->units[i].may_end_line =
			p->units[i].character_ends && (last || breaks[i] == LINEBREAK_ALLOWBREAK ||
							      breaks[i] == LINEBREAK_MUSTBREAK);
	}
}

static void find_fonts(struct platform *platform, struct paragraph *p)
{
	enum font before = FONT_COUNT;
	enum script script_before = SCRIPT_COMMON;
	for (size_t i = 0; i < p->count; i++) {
		struct unit *unit = &p->units[i];
		uint32_t c = unit->code_point;
		if (i > 0 && is_mark(c)) {
			unit->font = before;
			unit->script = script_before;
			continue;
		}
		enum script script = script_of(c);
		unit->font = font_for(platform, c, script, p->request->bold, before);
		unit->script = script == SCRIPT_COMMON ? script_before : script;
		before = unit->font;
		script_before = unit->script;
	}
}

/* U+2066..2069 say where a name with its own direction begins and ends. Once the levels are known
 * they have done their work, and no font draws them. */
static void drop_isolates(struct paragraph *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->count; i++) {
		bool isolate = p->units[i].code_point >= 0x2066 && p->units[i].code_point <= 0x2069;
		if (!isolate)
			p->units[kept++] = p->units[i];
		else if (kept > 0)
			p->units[kept - 1].may_end_line |= p->units[i].may_end_line;
	}
	p->count = kept;
}

static struct paragraph analyse(struct arena *arena, struct platform *platform,
	const struct text_request *request, struct str text)
{
	struct paragraph p = {.request = request, .text = text, .rtl = request->rtl};
	p.units = arena_new_array(arena, struct unit, text.len + 1);
	for (size_t at = 0; at < text.len; p.count++) {
		p.units[p.count].byte_at = at;
		p.units[p.count].code_point = str_next_code_point(text, &at);
		p.units[p.count].byte_end = at;
		p.units[p.count].blank = p.units[p.count].code_point == ' ';
	}
	if (p.count == 0)
		return p;
	find_levels(arena, &p);
	find_breaks(arena, &p);
	drop_isolates(&p);
	find_fonts(platform, &p);
	return p;
}

static struct glyph_run run_of(const struct paragraph *p, size_t from, size_t to)
{
	const struct unit *unit = &p->units[from];
	struct glyph_run run = {
		.font = unit->font,
		.size_px = p->request->em_px,
		.text = str_slice(p->text, unit->byte_at, p->units[to - 1].byte_end),
		.rtl = unit->level & 1,
		.personal = p->request->personal,
	};
	memcpy(run.script, script_tags[unit->script], sizeof(run.script));
	return run;
}

/* End of the run that starts at `from`: same level, font and script, and no gap in the text. */
static size_t run_end(const struct paragraph *p, size_t from, size_t to)
{
	size_t end = from + 1;
	while (end < to && p->units[end].level == p->units[from].level &&
		p->units[end].font == p->units[from].font &&
		p->units[end].script == p->units[from].script &&
		p->units[end].byte_at == p->units[end - 1].byte_end)
		end++;
	return end;
}

static int width_of(struct platform *platform, const struct paragraph *p, size_t from, size_t to)
{
	int width = 0;
	while (from < to) {
		size_t end = run_end(p, from, to);
		struct glyph_run run = run_of(p, from, end);
		width += platform_run_width(platform, &run);
		from = end;
	}
	return width;
}

static size_t without_blanks_at_end(const struct paragraph *p, size_t from, size_t to)
{
	while (to > from && p->units[to - 1].blank)
		to--;
	return to;
}

/* The end of the line that starts at `from`: the last break that fits, or, where one word alone is
 * too wide, the last character that fits. */
static size_t fill_line(struct platform *platform, const struct paragraph *p, size_t from)
{
	int room = p->request->width_px;
	if (room <= 0)
		return p->count;
	size_t fits = from;
	for (size_t end = from + 1; end <= p->count; end++) {
		if (!p->units[end - 1].may_end_line)
			continue;
		if (width_of(platform, p, from, without_blanks_at_end(p, from, end)) > room)
			break;
		fits = end;
	}
	if (fits > from)
		return fits;
	for (size_t end = from + 1; end <= p->count; end++) {
		if (!p->units[end - 1].character_ends)
			continue;
		if (fits > from && width_of(platform, p, from, end) > room)
			break;
		fits = end;
	}
	return fits;
}

static void reverse(struct placed_run *runs, size_t from, size_t to)
{
	while (from + 1 < to) {
		struct placed_run swapped = runs[from];
		runs[from++] = runs[--to];
		runs[to] = swapped;
	}
}

/* UAX 9, rule L2: from the highest level down to the lowest odd one, reverse every stretch of that
 * level or higher. */
static void put_in_visual_order(struct placed_run *runs, FriBidiLevel *levels, size_t count)
{
	FriBidiLevel highest = 0;
	for (size_t i = 0; i < count; i++)
		if (levels[i] > highest)
			highest = levels[i];
	for (FriBidiLevel level = highest; level >= 1; level--) {
		for (size_t i = 0; i < count;) {
			size_t end = i;
			while (end < count && levels[end] >= level)
				end++;
			reverse(runs, i, end);
			for (size_t a = i, b = end; a + 1 < b; a++) {
				FriBidiLevel swapped = levels[a];
				levels[a] = levels[--b];
				levels[b] = swapped;
			}
			i = end > i ? end : i + 1;
		}
	}
}

static struct text_line place_line(struct arena *arena, struct platform *platform,
	const struct paragraph *p, size_t from, size_t to, bool with_ellipsis)
{
	struct text_line line = {.rtl = p->rtl};
	to = without_blanks_at_end(p, from, to);
	size_t most = to - from + 1;
	line.runs = arena_new_array(arena, struct placed_run, most);
	FriBidiLevel *levels = arena_new_array(arena, FriBidiLevel, most);
	while (from < to) {
		size_t end = run_end(p, from, to);
		levels[line.run_count] = p->units[from].level;
		line.runs[line.run_count++].run = run_of(p, from, end);
		from = end;
	}
	if (with_ellipsis) {
		struct glyph_run dots = {
			.font = p->request->bold ? FONT_ANDIKA_BOLD : FONT_ANDIKA,
			.size_px = p->request->em_px,
			.text = STR("…"),
			.script = "Latn",
		};
		levels[line.run_count] = p->rtl;
		line.runs[line.run_count++].run = dots;
	}
	put_in_visual_order(line.runs, levels, line.run_count);
	for (size_t i = 0; i < line.run_count; i++) {
		line.runs[i].x = line.width_px;
		line.runs[i].width_px = platform_run_width(platform, &line.runs[i].run);
		line.width_px += line.runs[i].width_px;
	}
	return line;
}

/* As much from `from` on as leaves room for the ellipsis: at least up to where the line would have
 * ended without it, less what the dots need, and on into the word that did not fit. */
static size_t shorten(struct platform *platform, const struct paragraph *p, size_t from, size_t to)
{
	struct glyph_run dots = {
		.font = p->request->bold ? FONT_ANDIKA_BOLD : FONT_ANDIKA,
		.size_px = p->request->em_px,
		.text = STR("…"),
		.script = "Latn",
	};
	int room = p->request->width_px - platform_run_width(platform, &dots);
	while (to < p->count && width_of(platform, p, from, to + 1) <= room)
		to++;
	while (to > from && (!p->units[to - 1].character_ends || p->units[to - 1].blank ||
				    width_of(platform, p, from, to) > room))
		to--;
	return to;
}

struct text_block text_layout(
	struct arena *arena, struct platform *platform, const struct text_request *request)
{
	struct text_block block = {0};
	size_t room = 4;
	block.lines = arena_new_array(arena, struct text_line, room);
	struct str rest = request->text;
	for (bool more = true; more && !block.cut;) {
		struct str_pair cut = str_cut(rest, '\n');
		rest = cut.tail;
		more = cut.found;
		struct paragraph p = analyse(arena, platform, request, cut.head);
		size_t from = 0;
		do {
			size_t to = fill_line(platform, &p, from);
			bool last_allowed = request->max_lines > 0 &&
					    block.line_count + 1 == (size_t)request->max_lines;
			bool dots = last_allowed && (to < p.count || more);
			if (dots)
				to = shorten(platform, &p, from, to);
			if (block.line_count == room) {
				struct text_line *grown =
					arena_new_array(arena, struct text_line, room * 2);
				memcpy(grown, block.lines, room * sizeof(*grown));
				block.lines = grown;
				room *= 2;
			}
			struct text_line line = place_line(arena, platform, &p, from, to, dots);
			if (line.width_px > block.width_px)
				block.width_px = line.width_px;
			block.lines[block.line_count++] = line;
			block.cut = dots;
			from = to;
		} while (from < p.count && !block.cut);
	}
	return block;
}

static bool is_unwanted(uint32_t c)
{
	bool control = (c < 0x20 && c != '\n') || (c >= 0x7F && c <= 0x9F);
	bool bidi_control = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
	bool separator = c == 0x2028 || c == 0x2029; /* of lines and paragraphs */
	return control || bidi_control || separator || c == 0xFEFF;
}

/* NFC. Not by utf8proc_map(), which would leave what a visitor typed on the heap. */
static struct str compose(struct arena *arena, struct str text)
{
	const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text.ptr;
	utf8proc_ssize_t size = (utf8proc_ssize_t)text.len;
	utf8proc_ssize_t room = utf8proc_decompose(bytes, size, NULL, 0, options);
	if (room < 0)
		return text;
	/* one more: reencoding ends with a NUL */
	utf8proc_int32_t *units = arena_new_array(arena, utf8proc_int32_t, (size_t)room + 1);
	utf8proc_ssize_t count = utf8proc_decompose(bytes, size, units, room, options);
	utf8proc_ssize_t length = count < 0 ? count : utf8proc_reencode(units, count, options);
	return length < 0 ? text : (struct str){(const char *)units, (size_t)length};
}

struct str text_clean(struct arena *arena, struct str text)
{
	struct str_builder kept = {.arena = arena};
	int marks = 0;
	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		uint32_t c = str_next_code_point(text, &at);
		marks = is_mark(c) ? marks + 1 : 0;
		if (!is_unwanted(c) && marks <= 4)
			str_builder_add(&kept, str_slice(text, start, at));
	}
	return compose(arena, str_builder_text(&kept));
}

static size_t character_end(struct str text, size_t from)
{
	size_t at = from;
	uint32_t before = str_next_code_point(text, &at);
	utf8proc_int32_t state = 0;
	while (at < text.len) {
		size_t next = at;
		uint32_t c = str_next_code_point(text, &next);
		if (utf8proc_grapheme_break_stateful(
			    (utf8proc_int32_t)before, (utf8proc_int32_t)c, &state))
			break;
		before = c;
		at = next;
	}
	return at;
}

size_t text_last_character(struct str text)
{
	size_t start = 0;
	for (size_t at = 0; at < text.len; at = character_end(text, at))
		start = at;
	return text.len - start;
}

size_t text_character_count(struct str text)
{
	size_t count = 0;
	for (size_t at = 0; at < text.len; at = character_end(text, at))
		count++;
	return count;
}
