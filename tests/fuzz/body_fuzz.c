/* libFuzzer over the bodies of frames: whatever is read can be written, and reads as the same
 * again. The first byte is the kind, or all of them are of FUZZ_KIND. Built by hand:
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -D_GNU_SOURCE -Iapp
 *     tests/fuzz/body_fuzz.c app/base/[a-z]*.c app/crypto/[a-z]*.c app/sync/[a-z]*.c
 *     -ljansson -lsodium -lzstd
 * Inputs to start with: sync_corpus_test bodies DIR. */
#include "../sync/dump.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
#ifdef FUZZ_KIND
	unsigned kind = FUZZ_KIND;
#else
	unsigned kind = 1 + data[0] % (FRAME_KIND_END - 1);
#endif
	static const uint8_t device[FRAME_DEVICE_BYTES] = "a device";
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str bytes = {(const char *)data + 1, size - 1}, written;
	struct body body, again;
	struct error err = {0};
	if (!read_body(&arena, kind, device, bytes, &body, &err)) {
		assert(err.code == ERROR_PARSE);
		return 0;
	}
	assert(write_body(&arena, &body, &written, &err));
	assert(written.len <= bytes.len);
	assert(read_body(&arena, kind, device, written, &again, &err));
	assert(str_equal(dump_body(&arena, &body), dump_body(&arena, &again)));
	return 0;
}
