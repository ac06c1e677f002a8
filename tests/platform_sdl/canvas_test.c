/* What the canvas promises, looked up pixel by pixel. No picture is compared with a stored one, so
 * another version of FreeType does not break a test. */
#include "platform/sdl/canvas.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WIDTH 320
#define HEIGHT 200
#define PX_PER_MM 5.9

static const struct rect PANEL = {0, 0, WIDTH, HEIGHT};
static const struct color PAPER = {0xfb, 0xf4, 0xe6, 255}, INK = {0x2a, 0x21, 0x1c, 255},
			  GO = {0x1f, 0x4a, 0x31, 255}, NOTHING = {0};

static const char *assets(void)
{
	static char path[1024];
	const char *build = getenv("BUILD");
	snprintf(path, sizeof(path), "%s/assets", build ? build : "build");
	return path;
}

static struct canvas_platform *open_canvas(void)
{
	struct canvas_platform *p = calloc(1, sizeof(*p));
	assert_non_null(p);
	p->platform = (struct platform){.env = env_os(), .width_px = WIDTH, .height_px = HEIGHT};
	struct error err = {0};
	p->canvas = canvas_create(&p->platform, PX_PER_MM, assets(), &err);
	if (!p->canvas)
		fail_msg("%s", err.message);
	return p;
}

static void close_canvas(struct canvas_platform *p)
{
	canvas_destroy(p->canvas);
	free(p);
}

static uint32_t pixel_at(struct canvas_platform *p, int x, int y)
{
	int pitch;
	const uint32_t *pixels = canvas_pixels(p->canvas, &pitch);
	return pixels[y * pitch + x];
}

static uint32_t value(struct color c)
{
	return (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b;
}

static struct draw_command box(struct rect rect, struct color color)
{
	return (struct draw_command){.kind = DRAW_BOX, .rect = rect, .clip = PANEL, .color = color};
}

static struct draw_command picture(struct rect rect, const char *name, int radius_px)
{
	return (struct draw_command){.kind = DRAW_PICTURE,
		.rect = rect,
		.clip = PANEL,
		.name = str_from(name),
		.radius_px = radius_px,
		.focus_y_percent = 50};
}

static struct draw_command icon(struct rect rect, bool mirrored)
{
	return (struct draw_command){.kind = DRAW_ICON,
		.rect = rect,
		.clip = PANEL,
		.color = INK,
		.name = STR("icons/arrow_back.svg"),
		.mirrored = mirrored};
}

static struct draw_command text(int x, int baseline_y, enum font font, int size_px, const char *z)
{
	bool arabic = font == FONT_ARABIC;
	struct draw_command c = {.kind = DRAW_GLYPHS,
		.rect = PANEL,
		.clip = PANEL,
		.color = INK,
		.x = x,
		.baseline_y = baseline_y,
		.run = {.font = font, .size_px = size_px, .text = str_from(z), .rtl = arabic}};
	memcpy(c.run.script, arabic ? "Arab" : "Latn", 5);
	return c;
}

static void draw_in(struct canvas_platform *p, const struct draw_command *commands, size_t count,
	struct rect damage)
{
	struct draw_list list = {commands, count};
	canvas_draw(p->canvas, &list, &damage, 1);
}

/* One of everything. */
static size_t sample(struct draw_command *commands)
{
	static uint8_t modules[21 * 21];
	for (int i = 0; i < 21 * 21; i++)
		modules[i] = (uint8_t)(i * i % 7 < 3);
	size_t n = 0;
	commands[n++] = box(PANEL, PAPER);
	commands[n] = box((struct rect){20, 20, 120, 90}, NOTHING);
	commands[n].radius_px = 14;
	commands[n++].kind = DRAW_SHADOW;
	commands[n] = box((struct rect){20, 20, 120, 90}, GO);
	commands[n].edge = INK;
	commands[n].edge_px = 3;
	commands[n++].radius_px = 14;
	commands[n] = box((struct rect){150, 20, 80, 60}, PAPER);
	commands[n].edge = INK;
	commands[n].edge_px = 3;
	commands[n].dashed = true;
	commands[n++].radius_px = 9;
	commands[n++] =
		picture((struct rect){26, 26, 108, 50}, "illustrations/vrouwengroep.svg", 8);
	commands[n++] =
		picture((struct rect){240, 20, 60, 60}, "illustrations/portret-joop.svg", 30);
	commands[n++] = icon((struct rect){150, 90, 40, 40}, false);
	commands[n++] = text(24, 105, FONT_ANDIKA_BOLD, 24, "Kom erbij, jij");
	commands[n++] = text(200, 120, FONT_ARABIC, 26, "العربية");
	commands[n] = text(20, 160, FONT_ANDIKA, 30, "19:30");
	commands[n++].struck = true;
	commands[n++] = (struct draw_command){.kind = DRAW_QR,
		.rect = {230, 120, 58, 58},
		.clip = PANEL,
		.modules = modules,
		.side = 21,
		.module_px = 2,
		.quiet_modules = 4};
	commands[n++] =
		box((struct rect){100, 130, 150, 60}, (struct color){0x2a, 0x21, 0x1c, 158});
	return n;
}

static void test_box_has_fill_and_edge_in_place(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	struct draw_command commands[] = {
		box(PANEL, PAPER), box((struct rect){10, 20, 60, 40}, GO)};
	commands[1].edge = INK;
	commands[1].edge_px = 3;
	commands[1].radius_px = 8;
	draw_in(p, commands, 2, PANEL);
	assert_int_equal(pixel_at(p, 40, 19), value(PAPER));
	assert_int_equal(pixel_at(p, 40, 20), value(INK));
	assert_int_equal(pixel_at(p, 40, 22), value(INK));
	assert_int_equal(pixel_at(p, 40, 23), value(GO));
	assert_int_equal(pixel_at(p, 40, 59), value(INK));
	assert_int_equal(pixel_at(p, 40, 60), value(PAPER));
	assert_int_equal(pixel_at(p, 10, 40), value(INK));
	assert_int_equal(pixel_at(p, 13, 40), value(GO));
	assert_int_equal(pixel_at(p, 10, 20), value(PAPER));
	close_canvas(p);
}

static void test_corners_are_smooth_and_alike(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	struct draw_command commands[] = {
		box(PANEL, PAPER), box((struct rect){10, 20, 61, 45}, GO)};
	commands[1].edge = INK;
	commands[1].edge_px = 2;
	commands[1].radius_px = 17;
	draw_in(p, commands, 2, PANEL);
	int between = 0;
	for (int y = 0; y < 45; y++) {
		for (int x = 0; x < 61; x++) {
			uint32_t here = pixel_at(p, 10 + x, 20 + y);
			assert_int_equal(here, pixel_at(p, 10 + 60 - x, 20 + y));
			assert_int_equal(here, pixel_at(p, 10 + x, 20 + 44 - y));
			between += here != value(PAPER) && here != value(INK) && here != value(GO);
		}
	}
	assert_true(between > 40);
	for (int y = 0; y < 17; y++) /* a circle, not an ellipse */
		for (int x = 0; x < 17; x++)
			assert_int_equal(pixel_at(p, 10 + x, 20 + y), pixel_at(p, 10 + y, 20 + x));

	commands[1].corners = CORNER_TOP_LEFT;
	draw_in(p, commands, 2, PANEL);
	assert_int_equal(pixel_at(p, 10, 20), value(PAPER));
	assert_int_equal(pixel_at(p, 70, 20), value(INK));
	assert_int_equal(pixel_at(p, 70, 64), value(INK));
	close_canvas(p);
}

static void test_dashes_leave_the_fill_between_them(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	struct draw_command commands[] = {
		box(PANEL, PAPER), box((struct rect){10, 20, 200, 100}, GO)};
	commands[1].edge = INK;
	commands[1].edge_px = 2;
	commands[1].dashed = true;
	commands[1].radius_px = 10;
	draw_in(p, commands, 2, PANEL);
	int edge = 0, fill = 0;
	for (int x = 20; x < 200; x++) {
		edge += pixel_at(p, x, 20) == value(INK);
		fill += pixel_at(p, x, 20) == value(GO);
		assert_int_equal(pixel_at(p, x, 20), pixel_at(p, 219 - x, 20));
	}
	assert_int_equal(edge + fill, 180);
	assert_in_range(edge, 90, 130);
	close_canvas(p);
}

static void test_see_through_fill_mixes(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	struct color black_half = {0, 0, 0, 128};
	struct draw_command commands[] = {
		box(PANEL, (struct color){200, 100, 50, 255}), box(PANEL, black_half)};
	draw_in(p, commands, 2, PANEL);
	uint32_t mixed = pixel_at(p, 5, 5);
	assert_in_range(mixed >> 16, 98, 101);
	assert_in_range(mixed >> 8 & 255, 48, 51);
	assert_in_range(mixed & 255, 23, 26);
	close_canvas(p);
}

static void test_nothing_outside_clip_or_damage(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	struct draw_command paper = box(PANEL, PAPER), commands[32];
	draw_in(p, &paper, 1, PANEL);
	size_t count = sample(commands);
	struct rect clip = {60, 50, 170, 90}, damage = {40, 70, 200, 60};
	struct rect allowed = rect_intersect(clip, damage);
	for (size_t i = 1; i < count; i++)
		commands[i].clip = clip;
	draw_in(p, commands, count, damage);
	int changed = 0;
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH; x++) {
			bool differs = pixel_at(p, x, y) != value(PAPER);
			changed += differs;
			assert_true(!differs || rect_contains(allowed, x, y));
		}
	}
	assert_true(changed > 1000);
	close_canvas(p);
}

static void test_damage_gives_the_same_as_everything(void **state)
{
	(void)state;
	struct canvas_platform *whole = open_canvas(), *parts = open_canvas();
	struct draw_command commands[32];
	size_t count = sample(commands);
	draw_in(whole, commands, count, PANEL);

	struct draw_command other = box(PANEL, GO);
	draw_in(parts, &other, 1, PANEL);
	struct rect damage[] = {{-10, -10, 83, 300}, {73, 0, 200, 77}, {60, 77, 150, 61},
		{73, 100, 300, 300}, {210, 70, 110, 31}, {250, 0, 70, 80}};
	struct draw_list list = {commands, count};
	canvas_draw(parts->canvas, &list, damage, sizeof(damage) / sizeof(*damage));
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH; x++) {
			if (pixel_at(whole, x, y) != pixel_at(parts, x, y))
				fail_msg("pixel %d,%d is %06x, not %06x", x, y,
					(unsigned)pixel_at(parts, x, y),
					(unsigned)pixel_at(whole, x, y));
		}
	}
	close_canvas(whole);
	close_canvas(parts);
}

static struct str saved(struct canvas_platform *p, struct arena *arena, const char *path)
{
	struct error err = {0};
	struct str content = {0};
	assert_true(canvas_save(p->canvas, path, &err));
	assert_true(env_read_file(env_os(), arena, path, 1 << 20, &content, &err));
	assert_true(env_remove(env_os(), path, &err));
	return content;
}

static void test_same_list_gives_same_file(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas(), *fresh = open_canvas();
	struct draw_command commands[32];
	size_t count = sample(commands);
	char path[] = "/tmp/buurtbord-canvas-XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	struct arena arena = {0};
	draw_in(p, commands, count, PANEL);
	struct str cold = saved(p, &arena, path);
	draw_in(p, commands, count, PANEL);
	struct str warm = saved(p, &arena, path);
	draw_in(fresh, commands, count, PANEL);
	struct str again = saved(fresh, &arena, path);
	assert_true(cold.len > 1000 && !memcmp(cold.ptr, "\x89PNG", 4));
	assert_true(str_equal(cold, warm));
	assert_true(str_equal(cold, again));
	struct error err = {0};
	assert_false(canvas_save(p->canvas, "/nowhere/at/all.png", &err));
	assert_true(err.code != ERROR_NONE);
	arena_finish(&arena);
	close_canvas(p);
	close_canvas(fresh);
}

/* The columns and rows that differ from the paper. */
static struct rect ink_of(struct canvas_platform *p)
{
	int x0 = WIDTH, y0 = HEIGHT, x1 = 0, y1 = 0;
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH; x++) {
			if (pixel_at(p, x, y) == value(PAPER))
				continue;
			x0 = x < x0 ? x : x0;
			y0 = y < y0 ? y : y0;
			x1 = x >= x1 ? x + 1 : x1;
			y1 = y >= y1 ? y + 1 : y1;
		}
	}
	return (struct rect){x0, y0, x1 - x0, y1 - y0};
}

static struct rect ink_of_text(struct canvas_platform *p, struct draw_command c)
{
	struct draw_command commands[] = {box(PANEL, PAPER), c};
	draw_in(p, commands, 2, PANEL);
	return ink_of(p);
}

static void test_text_stands_on_its_baseline(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	for (int size = 20; size <= 90; size += 7) {
		struct font_metrics metrics =
			platform_font_metrics(&p->platform, FONT_ANDIKA, size);
		assert_in_range(metrics.cap_height_px, size * 70 / 100, size * 76 / 100 + 1);
		struct rect ink = ink_of_text(p, text(50, 150, FONT_ANDIKA, size, "H"));
		assert_int_equal(ink.y + ink.h, 150);
		assert_int_equal(ink.h, metrics.cap_height_px);
	}
	/* Marks above the ascent, or below the descent, leave the baseline alone. */
	struct rect plain = ink_of_text(p, text(50, 120, FONT_ANDIKA, 40, "H"));
	struct rect tall =
		ink_of_text(p, text(50, 120, FONT_ANDIKA, 40, "H\u030a\u030a\u030a\u030a"));
	assert_true(tall.y < plain.y - 20);
	assert_int_equal(tall.y + tall.h, 120);
	struct rect deep =
		ink_of_text(p, text(50, 120, FONT_ANDIKA, 40, "H\u0323\u0323\u0323\u0323"));
	assert_int_equal(deep.y, plain.y);
	assert_true(deep.y + deep.h > 130);
	close_canvas(p);
}

static void test_width_agrees_with_what_is_drawn(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	static const char *const words[] = {"n", "mmm", "Kom erbij", "0123456789", "WAVE To"};
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct draw_command c = text(40, 100, FONT_ANDIKA, 31, words[i]);
		int width = platform_run_width(&p->platform, &c.run);
		struct rect ink = ink_of_text(p, c);
		assert_true(ink.x >= 40 && ink.x <= 44);
		assert_true(ink.x + ink.w <= 40 + width && ink.x + ink.w >= 40 + width - 5);
		c.run.personal = true;
		assert_int_equal(platform_run_width(&p->platform, &c.run), width);
		struct rect personal = ink_of_text(p, c);
		assert_memory_equal(&personal, &ink, sizeof(ink));
	}
	/* A letter that leans out to the left does so: nothing is pushed to the right. */
	struct rect leaning = ink_of_text(p, text(40, 100, FONT_ANDIKA, 60, "j"));
	assert_true(leaning.x < 40);
	struct glyph_run empty = {.font = FONT_ANDIKA, .size_px = 30};
	assert_int_equal(platform_run_width(&p->platform, &empty), 0);
	struct glyph_run spaces = {.font = FONT_ANDIKA, .size_px = 30, .text = STR("   ")};
	assert_true(platform_run_width(&p->platform, &spaces) > 15);
	close_canvas(p);
}

static void test_arabic_is_shaped(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	assert_true(platform_font_has(&p->platform, FONT_ARABIC, 0x639));
	assert_false(platform_font_has(&p->platform, FONT_ANDIKA, 0x639));
	assert_true(platform_font_has(&p->platform, FONT_ETHIOPIC, 0x1230));
	struct draw_command word = text(40, 100, FONT_ARABIC, 40, "العربية");
	struct draw_command apart = text(40, 100, FONT_ARABIC, 40, "ا ل ع ر ب ي ة");
	struct glyph_run space = {.font = FONT_ARABIC, .size_px = 40, .text = STR(" ")};
	int width = platform_run_width(&p->platform, &word.run);
	assert_true(width > 60);
	/* Joined letters are narrower than lone ones. */
	int lone = platform_run_width(&p->platform, &apart.run) -
		   6 * platform_run_width(&p->platform, &space);
	assert_true(width < lone - 10);
	assert_true(ink_of_text(p, word).w > 60);
	/* The first letter, a tall alef, stands at the right of the low one that follows. */
	struct rect ink = ink_of_text(p, text(40, 100, FONT_ARABIC, 60, "اب"));
	int right = 0, left = 0;
	for (int y = 0; y < HEIGHT; y++) {
		right += pixel_at(p, ink.x + ink.w - 4, y) != value(PAPER);
		left += pixel_at(p, ink.x + 3, y) != value(PAPER);
	}
	assert_true(right > 2 * left);
	close_canvas(p);
}

static void test_personal_text_enters_no_cache(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	struct draw_command commands[] = {
		box(PANEL, PAPER), text(10, 80, FONT_ANDIKA, 30, "Samira")};
	struct rect ink = ink_of_text(p, text(10, 80, FONT_ANDIKA, 30, "anders"));
	assert_false(rect_is_empty(ink));
	int64_t before = p->platform.counters.cache_bytes;
	commands[1].run.personal = true;
	platform_run_width(&p->platform, &commands[1].run);
	draw_in(p, commands, 2, PANEL);
	assert_false(rect_is_empty(ink_of(p)));
	assert_int_equal(p->platform.counters.cache_bytes, before);
	commands[1].run.personal = false;
	draw_in(p, commands, 2, PANEL);
	assert_true(p->platform.counters.cache_bytes > before);
	close_canvas(p);
}

static void test_caches_stay_below_their_limit(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	struct platform_counters *counters = &p->platform.counters;
	int64_t most = 0;
	for (int i = 0; i < 10000; i++) {
		char word[32];
		snprintf(word, sizeof(word), "run %d", i);
		struct draw_command c = text(10, 80, FONT_ANDIKA, 34, word);
		draw_in(p, &c, 1, (struct rect){0, 0, 40, 2});
		platform_run_width(&p->platform, &c.run);
		most = counters->cache_bytes > most ? counters->cache_bytes : most;
		assert_true(counters->cache_bytes <= counters->cache_bytes_limit);
	}
	/* Shaped once each to draw, once to measure; the last one is still there, the first not. */
	assert_int_equal(counters->runs_shaped, 20000);
	struct draw_command last = text(10, 80, FONT_ANDIKA, 34, "run 9999");
	draw_in(p, &last, 1, PANEL);
	assert_int_equal(counters->runs_shaped, 20000);
	struct draw_command first = text(10, 80, FONT_ANDIKA, 34, "run 0");
	draw_in(p, &first, 1, PANEL);
	assert_int_equal(counters->runs_shaped, 20001);
	assert_true(most < 8 * 1024 * 1024);
	for (int i = 0; i < 300; i++) {
		struct rect rect = {0, 0, 300 + i % 100, 190 + i / 100};
		struct draw_command c = picture(rect, "illustrations/portret-joop.svg", 0);
		draw_in(p, &c, 1, (struct rect){0, 0, 4, 4});
		assert_true(counters->cache_bytes <= counters->cache_bytes_limit);
	}
	close_canvas(p);
}

static void test_only_our_own_pictures(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	assert_true(platform_has_picture(&p->platform, STR("illustrations/vrouwengroep.svg")));
	assert_true(platform_has_picture(&p->platform, STR("icons/leaf.svg")));
	static const char *const refused[] = {"", "illustrations/none.svg", "illustrations",
		"/etc/passwd", "/icons/leaf.svg", "../assets/icons/leaf.svg",
		"icons/../icons/leaf.svg", "icons/LICENSE", "fonts/Andika-Regular.ttf",
		"icons/leaf.svg\n", "icons/l%s.svg"};
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		struct draw_command commands[] = {box(PANEL, PAPER), picture(PANEL, refused[i], 0)};
		assert_false(platform_has_picture(&p->platform, commands[1].name));
		draw_in(p, commands, 2, PANEL);
		assert_int_equal(pixel_at(p, 100, 100), value(PAPER));
		commands[1].kind = DRAW_ICON;
		draw_in(p, commands, 2, PANEL);
		assert_int_equal(pixel_at(p, 100, 100), value(PAPER));
	}
	char *endless = malloc(5000);
	memset(endless, 'a', 5000);
	memcpy(endless + 4996, ".svg", 4);
	assert_false(platform_has_picture(&p->platform, (struct str){endless, 5000}));
	free(endless);
	close_canvas(p);
}

static void test_picture_covers_its_rectangle(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	struct rect shapes[] = {
		{10, 10, 300, 40}, {10, 10, 40, 180}, {10, 10, 161, 91}, {10, 10, 1, 1}};
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++) {
		struct rect r = shapes[i];
		struct draw_command commands[] = {
			box(PANEL, GO), picture(r, "illustrations/vrouwengroep.svg", 0)};
		draw_in(p, commands, 2, PANEL);
		assert_int_not_equal(pixel_at(p, r.x, r.y), value(GO));
		assert_int_not_equal(pixel_at(p, r.x + r.w - 1, r.y + r.h - 1), value(GO));
		assert_int_equal(pixel_at(p, r.x - 1, r.y), value(GO));
		assert_int_equal(pixel_at(p, r.x + r.w, r.y + r.h - 1), value(GO));
		commands[1].radius_px = 12;
		draw_in(p, commands, 2, PANEL);
		if (r.w > 24 && r.h > 24)
			assert_int_equal(pixel_at(p, r.x, r.y), value(GO));
	}
	close_canvas(p);
}

static void test_mirrored_icon_is_the_mirror_image(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	struct draw_command commands[] = {box(PANEL, PAPER),
		icon((struct rect){20, 20, 51, 51}, false),
		icon((struct rect){120, 20, 51, 51}, true)};
	draw_in(p, commands, 3, PANEL);
	int ink = 0, lopsided = 0;
	for (int y = 0; y < 51; y++) {
		for (int x = 0; x < 51; x++) {
			uint32_t here = pixel_at(p, 20 + x, 20 + y);
			assert_int_equal(here, pixel_at(p, 120 + 50 - x, 20 + y));
			ink += here != value(PAPER);
			lopsided += here != pixel_at(p, 20 + 50 - x, 20 + y);
		}
	}
	assert_true(ink > 100 && lopsided > 50);
	close_canvas(p);
}

static void test_shadow_is_soft_and_bounded(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	struct rect card = {60, 50, 180, 100};
	struct draw_command commands[] = {box(PANEL, PAPER), box(card, NOTHING)};
	commands[1].kind = DRAW_SHADOW;
	commands[1].radius_px = 20;
	draw_in(p, commands, 2, PANEL);
	struct rect reach = canvas_shadow_reach(p->canvas, card), ink = ink_of(p);
	struct rect both = rect_intersect(reach, ink);
	assert_memory_equal(&both, &ink, sizeof(ink));
	/* Darker below than above, fading outward, the same at left and right. */
	assert_true(pixel_at(p, 150, 151) < pixel_at(p, 150, 48));
	assert_true(pixel_at(p, 150, 151) < pixel_at(p, 150, 156));
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++)
			assert_int_equal(pixel_at(p, x, y), rect_contains(reach, x, y)
								    ? pixel_at(p, 299 - x, y)
								    : value(PAPER));
	close_canvas(p);
}

static void test_qr_modules_are_whole_pixels(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	static const uint8_t modules[] = {1, 0, 0xfe, 1};
	struct draw_command commands[] = {box(PANEL, PAPER), {.kind = DRAW_QR,
								     .rect = {10, 10, 50, 50},
								     .clip = PANEL,
								     .modules = modules,
								     .side = 2,
								     .module_px = 5,
								     .quiet_modules = 4}};
	draw_in(p, commands, 2, PANEL);
	assert_int_equal(pixel_at(p, 10, 10), 0xffffff);
	assert_int_equal(pixel_at(p, 29, 30), 0xffffff);
	assert_int_equal(pixel_at(p, 30, 30), 0x000000);
	assert_int_equal(pixel_at(p, 34, 34), 0x000000);
	assert_int_equal(pixel_at(p, 35, 30), 0xffffff);
	assert_int_equal(pixel_at(p, 30, 35), 0xffffff);
	assert_int_equal(pixel_at(p, 39, 39), 0x000000);
	assert_int_equal(pixel_at(p, 59, 59), 0xffffff);
	assert_int_equal(pixel_at(p, 60, 60), value(PAPER));
	close_canvas(p);
}

static void test_wiped_canvas_is_black(void **state)
{
	(void)state;
	struct canvas_platform *p = open_canvas();
	struct draw_command paper = box(PANEL, PAPER);
	draw_in(p, &paper, 1, PANEL);
	canvas_wipe(p->canvas);
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++)
			assert_int_equal(pixel_at(p, x, y), 0);
	close_canvas(p);
}

static void test_missing_fonts_are_named(void **state)
{
	(void)state;
	struct platform platform = {.env = env_os(), .width_px = 10, .height_px = 10};
	struct error err = {0};
	assert_null(canvas_create(&platform, PX_PER_MM, "/nowhere", &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	assert_non_null(strstr(err.message, "/nowhere/fonts/Andika-Regular.ttf"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_box_has_fill_and_edge_in_place),
		cmocka_unit_test(test_corners_are_smooth_and_alike),
		cmocka_unit_test(test_dashes_leave_the_fill_between_them),
		cmocka_unit_test(test_see_through_fill_mixes),
		cmocka_unit_test(test_nothing_outside_clip_or_damage),
		cmocka_unit_test(test_damage_gives_the_same_as_everything),
		cmocka_unit_test(test_same_list_gives_same_file),
		cmocka_unit_test(test_text_stands_on_its_baseline),
		cmocka_unit_test(test_width_agrees_with_what_is_drawn),
		cmocka_unit_test(test_arabic_is_shaped),
		cmocka_unit_test(test_personal_text_enters_no_cache),
		cmocka_unit_test(test_caches_stay_below_their_limit),
		cmocka_unit_test(test_only_our_own_pictures),
		cmocka_unit_test(test_picture_covers_its_rectangle),
		cmocka_unit_test(test_mirrored_icon_is_the_mirror_image),
		cmocka_unit_test(test_shadow_is_soft_and_bounded),
		cmocka_unit_test(test_qr_modules_are_whole_pixels),
		cmocka_unit_test(test_wiped_canvas_is_black),
		cmocka_unit_test(test_missing_fonts_are_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
