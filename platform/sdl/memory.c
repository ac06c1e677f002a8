/* SDL takes its allocator as four functions. Ours are malloc's, but they know how large a block is
 * (malloc_usable_size) and zero it before it returns to the heap; a block that has to grow is
 * copied, for realloc would leave the old bytes behind. */
#include "platform/sdl/memory.h"

#include <SDL.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *memory_alloc(size_t bytes)
{
	void *block = malloc(bytes ? bytes : 1);
	if (!block) {
		fprintf(stderr, "out of memory (%zu bytes)\n", bytes);
		abort();
	}
	return block;
}

static void wiping_free(void *block)
{
	if (!block)
		return;
	explicit_bzero(block, malloc_usable_size(block));
	free(block);
}

static void *wiping_realloc(void *block, size_t bytes)
{
	if (!block)
		return malloc(bytes);
	size_t had = malloc_usable_size(block);
	if (had >= bytes)
		return block;
	void *larger = malloc(bytes);
	if (!larger)
		return NULL;
	memcpy(larger, block, had);
	wiping_free(block);
	return larger;
}

void memory_make_sdl_wipe(void)
{
	static bool done;
	if (!done)
		SDL_SetMemoryFunctions(malloc, calloc, wiping_realloc, wiping_free);
	done = true;
}
