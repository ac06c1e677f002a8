/* SDL2_ttf tells the size of a text's picture, which is neither its advance nor its ink: a letter
 * that leans out to the left moves everything to the right by an amount that cannot be asked for.
 * So a run is always shaped between two spaces. Nothing leans out further than a space, hence the
 * pen starts exactly one space from the left, and the advance is the width minus two spaces.
 *
 * A picture of a run is cropped to its ink and kept as coverage, so one entry serves all colours.
 * A personal run enters no cache: it is drawn from SDL2_ttf's own picture, which is then
 * overwritten, and a neutral run of the same length is shaped after it, because SDL2_ttf and
 * HarfBuzz keep the last glyph numbers in buffers that they reuse. */
#include "platform/sdl/glyphs.h"

#include "base/log.h"
#include "platform/sdl/cache.h"
#include "platform/sdl/memory.h"

#include <SDL.h>
#include <SDL_ttf.h>
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RUN_CACHE_BYTES ((size_t)6 * 1024 * 1024)
#define WIDTH_CACHE_BYTES ((size_t)512 * 1024)
#define FONT_FILE_LIMIT_BYTES ((size_t)8 * 1024 * 1024)
#define OPEN_FONTS 12 /* sizes times faces; a screen needs about eight */
#define TEXT_LIMIT_BYTES 2048 /* of one run: more than any line holds */
#define SIZE_MIN_PX 4
#define SIZE_MAX_PX 400

static const char *const FONT_FILES[FONT_COUNT] = {
	[FONT_ANDIKA] = "fonts/Andika-Regular.ttf",
	[FONT_ANDIKA_BOLD] = "fonts/Andika-Bold.ttf",
	[FONT_SANS] = "fonts/NotoSans-Regular.ttf",
	[FONT_SANS_BOLD] = "fonts/NotoSans-Bold.ttf",
	[FONT_ARABIC] = "fonts/NotoSansArabic-Regular.ttf",
	[FONT_ARABIC_BOLD] = "fonts/NotoSansArabic-Bold.ttf",
	[FONT_ETHIOPIC] = "fonts/NotoSansEthiopic-Regular.ttf",
	[FONT_ETHIOPIC_BOLD] = "fonts/NotoSansEthiopic-Bold.ttf",
};

/* A face at one size. */
struct open_font {
	TTF_Font *ttf; /* NULL: the place is free */
	enum font font;
	int size_px;
	uint64_t last_use;
	int space_px, two_spaces_px;
	struct font_metrics metrics;
};

struct glyphs {
	struct env *env;
	const char *assets;
	struct platform_counters *counters;
	struct arena arena;
	struct str content[FONT_COUNT]; /* read when first needed, owned */
	bool unreadable[FONT_COUNT];
	struct open_font open[OPEN_FONTS];
	uint64_t uses;
	struct cache *runs, *widths;
};

/* What the run cache holds: the ink, relative to the pen's start on the baseline. */
struct ink {
	int x, y, width, height;
	uint8_t coverage[];
};

static const char *font_path(struct glyphs *glyphs, struct arena *arena, enum font font)
{
	return str_format(arena, "%s/%s", glyphs->assets, FONT_FILES[font]).ptr;
}

struct glyphs *glyphs_create(
	const char *assets, struct env *env, struct platform_counters *counters, struct error *err)
{
	struct glyphs *glyphs = memory_alloc(sizeof(*glyphs));
	*glyphs = (struct glyphs){.env = env, .counters = counters, .arena.block_bytes = 4096};
	glyphs->assets = str_z(&glyphs->arena, str_from(assets));
	glyphs->runs = cache_create(RUN_CACHE_BYTES, 4096, &counters->cache_bytes);
	glyphs->widths = cache_create(WIDTH_CACHE_BYTES, 128, &counters->cache_bytes);
	counters->cache_bytes_limit += (int64_t)(RUN_CACHE_BYTES + WIDTH_CACHE_BYTES);
	bool complete = TTF_Init() == 0 ||
			error_set(err, ERROR_UNSUPPORTED, "starting SDL_ttf: %s", TTF_GetError());
	for (int font = 0; complete && font < FONT_COUNT; font++) {
		const char *path = font_path(glyphs, &glyphs->arena, (enum font)font);
		if (!env_exists(env, path))
			complete = error_set(err, ERROR_NOT_FOUND, "%s: no such font", path);
	}
	if (complete)
		return glyphs;
	glyphs_destroy(glyphs);
	return NULL;
}

void glyphs_destroy(struct glyphs *glyphs)
{
	if (!glyphs)
		return;
	for (size_t i = 0; i < OPEN_FONTS; i++) {
		if (glyphs->open[i].ttf)
			TTF_CloseFont(glyphs->open[i].ttf);
	}
	for (int font = 0; font < FONT_COUNT; font++)
		free((char *)glyphs->content[font].ptr);
	if (TTF_WasInit())
		TTF_Quit();
	cache_destroy(glyphs->runs);
	cache_destroy(glyphs->widths);
	arena_finish(&glyphs->arena);
	free(glyphs);
}

static bool read_font(struct glyphs *glyphs, enum font font)
{
	if (glyphs->content[font].ptr || glyphs->unreadable[font])
		return glyphs->content[font].ptr;
	/* Reading leaves pieces behind in its arena, so only the whole is kept. */
	CLEANUP(arena_finish) struct arena scratch = {0};
	struct error err = {0};
	struct str content;
	if (!env_read_file(glyphs->env, &scratch, font_path(glyphs, &scratch, font),
		    FONT_FILE_LIMIT_BYTES, &content, &err)) {
		log_error("reading a font", &err);
		glyphs->unreadable[font] = true;
		return false;
	}
	char *kept = memory_alloc(content.len);
	memcpy(kept, content.ptr, content.len);
	glyphs->content[font] = (struct str){kept, content.len};
	return true;
}

/* The free place, or the one not used for longest, emptied. */
static struct open_font *take_place(struct glyphs *glyphs)
{
	struct open_font *oldest = &glyphs->open[0];
	for (size_t i = 0; i < OPEN_FONTS && oldest->ttf; i++) {
		struct open_font *place = &glyphs->open[i];
		if (!place->ttf || place->last_use < oldest->last_use)
			oldest = place;
	}
	if (oldest->ttf)
		TTF_CloseFont(oldest->ttf);
	*oldest = (struct open_font){0};
	return oldest;
}

static int text_width(TTF_Font *ttf, const char *z)
{
	int width = 0;
	TTF_SizeUTF8(ttf, z, &width, NULL);
	return width;
}

/* Sets what the metrics need; the pen units of one and two spaces are rounded as in a run. */
static void measure_font(struct open_font *place)
{
	TTF_Font *ttf = place->ttf;
	int left, right, bottom, top, advance;
	bool has_h = TTF_GlyphIsProvided32(ttf, 'H') &&
		     TTF_GlyphMetrics32(ttf, 'H', &left, &right, &bottom, &top, &advance) == 0;
	place->metrics = (struct font_metrics){
		.ascent_px = TTF_FontAscent(ttf),
		.descent_px = -TTF_FontDescent(ttf),
		.cap_height_px = has_h ? top : place->size_px * 714 / 1000,
	};
	place->space_px = text_width(ttf, " ");
	place->two_spaces_px = text_width(ttf, "  ");
}

/* NULL when the file is unreadable or no font; logged once. */
static struct open_font *open_font(struct glyphs *glyphs, enum font font, int size_px)
{
	assert(font < FONT_COUNT);
	size_px = size_px < SIZE_MIN_PX ? SIZE_MIN_PX : size_px;
	size_px = size_px > SIZE_MAX_PX ? SIZE_MAX_PX : size_px;
	for (size_t i = 0; i < OPEN_FONTS; i++) {
		struct open_font *place = &glyphs->open[i];
		if (place->ttf && place->font == font && place->size_px == size_px) {
			place->last_use = ++glyphs->uses;
			return place;
		}
	}
	if (!read_font(glyphs, font))
		return NULL;
	struct str content = glyphs->content[font];
	/* SDL2_ttf takes points at 72 to the inch, so a point is a pixel. */
	TTF_Font *ttf =
		TTF_OpenFontRW(SDL_RWFromConstMem(content.ptr, (int)content.len), 1, size_px);
	if (!ttf) {
		log_warning("%s: %s", FONT_FILES[font], TTF_GetError());
		free((char *)content.ptr);
		glyphs->content[font] = (struct str){0};
		glyphs->unreadable[font] = true;
		return NULL;
	}
	TTF_SetFontHinting(ttf, TTF_HINTING_NONE);
	TTF_SetFontKerning(ttf, 1);
	struct open_font *place = take_place(glyphs);
	*place = (struct open_font){
		.ttf = ttf, .font = font, .size_px = size_px, .last_use = ++glyphs->uses};
	measure_font(place);
	return place;
}

/* The run between two spaces, NUL-terminated; what does not fit is cut at a character. */
struct padded {
	char z[TEXT_LIMIT_BYTES + 3];
	size_t len;
};

static void pad(struct padded *padded, struct str text)
{
	size_t len = text.len;
	if (len > TEXT_LIMIT_BYTES) {
		len = TEXT_LIMIT_BYTES;
		while (len > 0 && ((unsigned char)text.ptr[len] & 0xc0) == 0x80)
			len--;
	}
	padded->z[0] = ' ';
	memcpy(padded->z + 1, text.ptr, len);
	padded->z[len + 1] = ' ';
	padded->z[len + 2] = '\0';
	padded->len = len + 2;
}

static void set_direction(TTF_Font *ttf, const struct glyph_run *run)
{
	TTF_SetFontDirection(ttf, run->rtl ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
	if (run->script[0])
		TTF_SetFontScriptName(ttf, run->script);
}

/* Shapes as many letters n as the text had bytes: at least as many glyphs, so SDL2_ttf's and
 * HarfBuzz's buffers hold those instead. Overwrites the text. */
static void forget(TTF_Font *ttf, struct padded *padded)
{
	memset(padded->z, 'n', padded->len);
	text_width(ttf, padded->z);
	text_width(ttf, padded->z);
	explicit_bzero(padded, sizeof(*padded));
}

static int measure(struct glyphs *glyphs, struct open_font *place, const struct glyph_run *run)
{
	struct padded padded;
	pad(&padded, run->text);
	set_direction(place->ttf, run);
	int width = text_width(place->ttf, padded.z) - place->two_spaces_px;
	glyphs->counters->runs_shaped++;
	if (run->personal)
		forget(place->ttf, &padded);
	return width > 0 ? width : 0;
}

/* Everything that the picture depends on, and the text. */
struct run_key {
	char bytes[16 + TEXT_LIMIT_BYTES];
	size_t len;
};

static struct str run_key(struct run_key *key, const struct glyph_run *run)
{
	int head = snprintf(key->bytes, 16, "%x.%x.%c%.4s.", (unsigned)run->font & 0xf,
		(unsigned)run->size_px & 0xfff, run->rtl ? 'r' : 'l', run->script);
	size_t len = run->text.len < TEXT_LIMIT_BYTES ? run->text.len : TEXT_LIMIT_BYTES;
	memcpy(key->bytes + head, run->text.ptr, len);
	key->len = (size_t)head + len;
	return (struct str){key->bytes, key->len};
}

int glyphs_width(struct glyphs *glyphs, const struct glyph_run *run)
{
	if (run->text.len == 0)
		return 0;
	struct run_key key;
	int *known = run->personal ? NULL : cache_find(glyphs->widths, run_key(&key, run));
	if (known)
		return *known;
	struct open_font *place = open_font(glyphs, run->font, run->size_px);
	int width = place ? measure(glyphs, place, run) : 0;
	if (!run->personal) {
		known = cache_add(glyphs->widths, (struct str){key.bytes, key.len}, sizeof(int));
		*known = width;
	}
	return width;
}

struct font_metrics glyphs_metrics(struct glyphs *glyphs, enum font font, int size_px)
{
	struct open_font *place = open_font(glyphs, font, size_px);
	return place ? place->metrics
		     : (struct font_metrics){size_px, size_px / 4, size_px * 7 / 10};
}

bool glyphs_has(struct glyphs *glyphs, enum font font, uint32_t code_point)
{
	struct open_font *place = NULL;
	for (size_t i = 0; i < OPEN_FONTS && !place; i++) {
		if (glyphs->open[i].ttf && glyphs->open[i].font == font)
			place = &glyphs->open[i];
	}
	if (!place)
		place = open_font(glyphs, font, 32);
	return place && TTF_GlyphIsProvided32(place->ttf, code_point);
}

/* SDL2_ttf's 8-bit picture: its palette runs from background to foreground, so the index of a
 * pixel is its coverage. NULL when nothing can be drawn. */
static SDL_Surface *render(
	struct glyphs *glyphs, struct open_font *place, const struct glyph_run *run)
{
	static const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
	struct padded padded;
	pad(&padded, run->text);
	set_direction(place->ttf, run);
	SDL_Surface *surface = TTF_RenderUTF8_Shaded(place->ttf, padded.z, white, black);
	glyphs->counters->runs_shaped++;
	if (run->personal)
		forget(place->ttf, &padded);
	return surface;
}

static bool row_has_ink(const SDL_Surface *surface, int y)
{
	const uint8_t *row = (const uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch;
	for (int x = 0; x < surface->w; x++) {
		if (row[x])
			return true;
	}
	return false;
}

static bool column_has_ink(const SDL_Surface *surface, int x)
{
	const uint8_t *at = (const uint8_t *)surface->pixels + x;
	for (int y = 0; y < surface->h; y++) {
		if (at[(ptrdiff_t)y * surface->pitch])
			return true;
	}
	return false;
}

static struct rect ink_rect(const SDL_Surface *surface)
{
	int top = 0, bottom = surface->h, left = 0, right = surface->w;
	while (top < bottom && !row_has_ink(surface, top))
		top++;
	while (bottom > top && !row_has_ink(surface, bottom - 1))
		bottom--;
	while (left < right && !column_has_ink(surface, left))
		left++;
	while (right > left && !column_has_ink(surface, right - 1))
		right--;
	return (struct rect){left, top, right - left, bottom - top};
}

/* The row of the surface that is the baseline. Marks stacked above the font's ascent push it down:
 * then, and only then, the surface is taller than the font and begins with ink (or, where hinting
 * left a blank row on top of a mark, with its second row). */
static int baseline_row(const struct open_font *place, const SDL_Surface *surface, int ink_top)
{
	int extra = surface->h - TTF_FontHeight(place->ttf);
	bool pushed = extra > 0 && ink_top <= 1;
	return place->metrics.ascent_px + (pushed ? extra : 0);
}

static void tint(const struct pixels *pixels, const struct draw_command *command, struct rect clip,
	struct rect ink, const uint8_t *at, int pitch)
{
	struct coverage coverage = {at, ink.w, ink.h, pitch};
	pixels_tint(pixels, coverage, command->x + ink.x, command->baseline_y + ink.y, clip,
		command->color);
}

/* Draws the run and, where `key` is given, keeps it under that key. */
static void draw_fresh(struct glyphs *glyphs, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip, const struct str *key)
{
	struct open_font *place = open_font(glyphs, command->run.font, command->run.size_px);
	SDL_Surface *surface = place ? render(glyphs, place, &command->run) : NULL;
	if (!surface)
		return;
	struct rect crop = ink_rect(surface);
	struct rect ink = {crop.x - place->space_px, crop.y - baseline_row(place, surface, crop.y),
		crop.w, crop.h};
	const uint8_t *first =
		(const uint8_t *)surface->pixels + (ptrdiff_t)crop.y * surface->pitch + crop.x;
	tint(pixels, command, clip, ink, first, surface->pitch);
	struct ink *kept = key ? cache_add(glyphs->runs, *key,
					 sizeof(struct ink) + (size_t)crop.w * (size_t)crop.h)
			       : NULL;
	if (kept) {
		*kept = (struct ink){ink.x, ink.y, ink.w, ink.h};
		for (int y = 0; y < crop.h; y++)
			memcpy(kept->coverage + (ptrdiff_t)y * crop.w,
				first + (ptrdiff_t)y * surface->pitch, (size_t)crop.w);
	}
	if (command->run.personal)
		explicit_bzero(surface->pixels, (size_t)surface->h * (size_t)surface->pitch);
	SDL_FreeSurface(surface);
}

/* A line through the middle of the small letters. */
static void strike(struct glyphs *glyphs, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip)
{
	int size = command->run.size_px, thick = size / 14 > 1 ? size / 14 : 1;
	struct rect line = {command->x, command->baseline_y - size * 27 / 100 - thick / 2,
		glyphs_width(glyphs, &command->run), thick};
	line = rect_intersect(line, clip);
	if (!rect_is_empty(line))
		pixels_fill(pixels, line, command->color);
}

void glyphs_draw(struct glyphs *glyphs, const struct pixels *pixels,
	const struct draw_command *command, struct rect clip)
{
	const struct glyph_run *run = &command->run;
	if (run->text.len == 0)
		return;
	if (run->personal) {
		draw_fresh(glyphs, pixels, command, clip, NULL);
	} else {
		struct run_key bytes;
		struct str key = run_key(&bytes, run);
		const struct ink *ink = cache_find(glyphs->runs, key);
		if (ink)
			tint(pixels, command, clip,
				(struct rect){ink->x, ink->y, ink->width, ink->height},
				ink->coverage, ink->width);
		else
			draw_fresh(glyphs, pixels, command, clip, &key);
	}
	if (command->struck)
		strike(glyphs, pixels, command, clip);
}
