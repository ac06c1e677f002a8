/* The arena hands out memory by moving a mark through a chain of blocks. A request that does not
 * fit the rest of the current block goes to the next kept block that is large enough, or to a
 * fresh one. Blocks are poisoned under AddressSanitizer while nobody owns them, so a use after
 * reset is found at once. */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(ptr, bytes) ((void)(ptr), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(ptr, bytes) ((void)(ptr), (void)(bytes))
#endif

#define DEFAULT_BLOCK_BYTES ((size_t)64 * 1024)

struct arena_block {
	struct arena_block *next;
	size_t used, size; /* bytes of data[] */
	alignas(max_align_t) unsigned char data[];
};

static _Noreturn void out_of_memory(size_t bytes)
{
	fprintf(stderr, "out of memory (%zu bytes)\n", bytes);
	abort();
}

static struct arena_block *block_create(size_t size)
{
	struct arena_block *block = malloc(sizeof(*block) + size);
	if (!block)
		out_of_memory(size);
	block->next = NULL;
	block->used = 0;
	block->size = size;
	ASAN_POISON_MEMORY_REGION(block->data, size);
	return block;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
	const size_t align = alignof(max_align_t);
	if (bytes > SIZE_MAX / 2)
		out_of_memory(bytes);
	size_t need = (bytes + align) / align * align; /* at least one, so pointers differ */

	struct arena_block *block = arena->current;
	while (block && block->size - block->used < need && block->next)
		block = block->next;
	if (!block || block->size - block->used < need) {
		size_t size = arena->block_bytes ? arena->block_bytes : DEFAULT_BLOCK_BYTES;
		struct arena_block *fresh = block_create(need > size ? need : size);
		if (block)
			block->next = fresh;
		else
			arena->first = fresh;
		block = fresh;
	}
	arena->current = block;

	void *ptr = block->data + block->used;
	block->used += need;
	ASAN_UNPOISON_MEMORY_REGION(ptr, bytes);
	memset(ptr, 0, bytes);
	return ptr;
}

void *arena_alloc_array(struct arena *arena, size_t count, size_t element_bytes)
{
	if (element_bytes && count > SIZE_MAX / element_bytes)
		out_of_memory(SIZE_MAX);
	return arena_alloc(arena, count * element_bytes);
}

static void forget(struct arena *arena, bool wipe)
{
	for (struct arena_block *block = arena->first; block; block = block->next) {
		if (wipe) {
			ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
			explicit_bzero(block->data, block->size);
		}
		block->used = 0;
		ASAN_POISON_MEMORY_REGION(block->data, block->size);
	}
	arena->current = arena->first;
}

void arena_reset(struct arena *arena)
{
	forget(arena, false);
}

void arena_wipe(struct arena *arena)
{
	forget(arena, true);
}

void arena_finish(struct arena *arena)
{
	if (!arena)
		return;
	for (struct arena_block *block = arena->first; block;) {
		struct arena_block *next = block->next;
		ASAN_UNPOISON_MEMORY_REGION(block->data, block->size);
		free(block);
		block = next;
	}
	arena->first = arena->current = NULL;
}

void arena_wipe_and_finish(struct arena *arena)
{
	arena_wipe(arena);
	arena_finish(arena);
}

size_t arena_bytes_held(const struct arena *arena)
{
	size_t bytes = 0;
	for (const struct arena_block *block = arena->first; block; block = block->next)
		bytes += sizeof(*block) + block->size;
	return bytes;
}
