/* libFuzzer over the catalogue file: whatever is read must be written, and read again to the same
 * JSON. Built by hand:
 *   clang -g -fsanitize=fuzzer,address,undefined -D_GNU_SOURCE -Iapp tests/fuzz/buurtlijst_fuzz.c
 *     app/base/[a-z]*.c app/model/[a-z]*.c app/formats/[a-z]*.c -ljansson -lical */
#include "base/json.h"
#include "formats/buurtlijst.h"
#include "formats/buurtlijst_check.h"
#include "model/catalogue.h"

#include <assert.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str bytes = {(const char *)data, size}, again;
	struct record_list records;
	struct json before, after;
	buurtlijst_check(bytes, NULL, NULL);
	if (!buurtlijst_read(&arena, bytes, &records, NULL))
		return 0;
	catalogue_build(&arena, records.items, records.count, NULL, NULL);
	assert(buurtlijst_write(&arena, &records, &again, NULL));
	assert(buurtlijst_parse(&arena, bytes, &before, NULL));
	assert(buurtlijst_parse(&arena, again, &after, NULL));
	assert(json_equal(&before, &after));
	return 0;
}
