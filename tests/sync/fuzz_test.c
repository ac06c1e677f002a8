/* What the fuzzers found worth keeping, run again: a line of hexadecimal for each input. After a
 * longer run, `-merge=1` gives the smallest set, and `xxd -p -c 0` a line of each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define LLVMFuzzerTestOneInput fuzz_body
#include "../fuzz/body_fuzz.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_frame
#include "../fuzz/frame_fuzz.c"

#define FILE_LIMIT_BYTES (4 << 20)

/* Only libFuzzer itself changes inputs. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t room)
{
	(void)data;
	(void)room;
	return size;
}

static void run_lines(const char *path, int (*fuzz)(const uint8_t *data, size_t size), size_t least)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str text;
	struct error err = {0};
	size_t count = 0;
	if (!env_read_file(env_os(), &arena, path, FILE_LIMIT_BYTES, &text, &err))
		fail_msg("%s", err.message);
	for (; text.len; count++) {
		struct str_pair line = str_cut(text, '\n');
		size_t size = line.head.len / 2;
		uint8_t *bytes = arena_alloc(&arena, size);
		if (!secret_from_hex(line.head, bytes, size))
			fail_msg("%s, line %zu: not hexadecimal", path, count + 1);
		fuzz(bytes, size);
		text = line.tail;
	}
	assert_in_range(count, least, 1000000);
}

static void bodies(void **state)
{
	(void)state;
	run_lines("tests/data/sync/fuzz-body.hex", fuzz_body, 50);
}

static void frames(void **state)
{
	(void)state;
	run_lines("tests/data/sync/fuzz-frame.hex", fuzz_frame, 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bodies),
		cmocka_unit_test(frames),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
