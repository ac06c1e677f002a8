/* What a visitor typed is gone from memory once it was drawn and the canvas wiped: no six letters
 * in a row, as text or as the glyph numbers of Andika, in any writable mapping. Runs on builds
 * without sanitizers, for those keep freed memory. The same search has to find text that is not
 * personal, or it would prove nothing. */
#include "platform/sdl/canvas.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define LETTERS 8
#define FOUND_BY 6
#define MASK 0x5555

/* Under a mask, so that this table is not what is found. The glyph numbers are those of
 * assets/fonts/Andika-Regular.ttf, version 6.101. */
static const uint16_t WORD[LETTERS] = {'R' ^ MASK, 'q' ^ MASK, 'x' ^ MASK, 'w' ^ MASK, 'z' ^ MASK,
	'k' ^ MASK, 'v' ^ MASK, 'j' ^ MASK};
static const uint16_t GLYPHS[FOUND_BY] = {
	53 ^ MASK, 84 ^ MASK, 91 ^ MASK, 90 ^ MASK, 93 ^ MASK, 78 ^ MASK};

static bool text_at(const unsigned char *at)
{
	for (int i = 0; i < FOUND_BY; i++) {
		if (at[i] != (WORD[i] ^ MASK))
			return false;
	}
	return true;
}

/* 32-bit numbers, one in each struct of `stride` bytes. */
static bool numbers_at(const unsigned char *at, const uint16_t *masked, size_t stride)
{
	for (size_t i = 0; i < FOUND_BY; i++) {
		uint32_t number;
		memcpy(&number, at + i * stride, sizeof(number));
		if (number != (uint32_t)(masked[i] ^ MASK))
			return false;
	}
	return true;
}

static int search_bytes(const unsigned char *bytes, size_t count)
{
	int found = 0;
	for (size_t i = 0; i + FOUND_BY <= count; i++)
		found += bytes[i] == (WORD[0] ^ MASK) && text_at(bytes + i);
	for (size_t i = 0; i + 4 <= count; i += 4) {
		if (bytes[i] != (WORD[0] ^ MASK) && bytes[i] != (GLYPHS[0] ^ MASK))
			continue;
		for (size_t stride = 4; stride <= 64 && i + FOUND_BY * stride <= count; stride += 4)
			found += numbers_at(bytes + i, WORD, stride) ||
				 numbers_at(bytes + i, GLYPHS, stride);
	}
	return found;
}

static int search_memory(void)
{
	int found = 0, memory = open("/proc/self/mem", O_RDONLY);
	FILE *maps = fopen("/proc/self/maps", "r");
	assert_true(memory >= 0 && maps);
	char line[1024];
	while (fgets(line, sizeof(line), maps)) {
		unsigned long from, to;
		char rights[5];
		assert_int_equal(sscanf(line, "%lx-%lx %4s", &from, &to, rights), 3);
		if (rights[1] != 'w')
			continue;
		unsigned char *copy = malloc(to - from);
		assert_non_null(copy);
		ssize_t got = pread(memory, copy, to - from, (off_t)from);
		found += got > 0 ? search_bytes(copy, (size_t)got) : 0;
		explicit_bzero(copy, to - from);
		free(copy);
	}
	fclose(maps);
	close(memory);
	return found;
}

/* Types the word letter by letter, drawing and measuring it each time, then wipes. */
static int left_behind(bool personal)
{
	static char assets[1024];
	const char *build = getenv("BUILD");
	snprintf(assets, sizeof(assets), "%s/assets", build ? build : "build");
	struct canvas_platform p = {
		.platform = {.env = env_os(), .width_px = 640, .height_px = 480}};
	struct error err = {0};
	p.canvas = canvas_create(&p.platform, 5, assets, &err);
	assert_non_null(p.canvas);
	char word[LETTERS];
	for (int i = 0; i < LETTERS; i++)
		word[i] = (char)(WORD[i] ^ MASK);
	struct rect panel = {0, 0, 640, 480};
	struct draw_command typed = {.kind = DRAW_GLYPHS,
		.rect = panel,
		.clip = panel,
		.color = {255, 255, 255, 255},
		.x = 20,
		.baseline_y = 100,
		.run = {.font = FONT_ANDIKA,
			.size_px = 40,
			.script = "Latn",
			.personal = personal}};
	for (size_t len = 1; len <= LETTERS; len++) {
		typed.run.text = (struct str){word, len};
		platform_run_width(&p.platform, &typed.run);
		canvas_draw(p.canvas, &(struct draw_list){&typed, 1}, &panel, 1);
	}
	explicit_bzero(word, sizeof(word));
	canvas_wipe(p.canvas);
	int found = search_memory();
	canvas_destroy(p.canvas);
	return found;
}

static void test_personal_text_is_gone(void **state)
{
	(void)state;
	assert_int_equal(left_behind(true), 0);
	assert_true(left_behind(false) > 2);
}

int main(void)
{
#ifdef __SANITIZE_ADDRESS__
	return 77;
#endif
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_personal_text_is_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
