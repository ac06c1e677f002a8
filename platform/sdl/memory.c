/* A program that links this file frees no byte that it did not zero first: it has a free() and a
 * realloc() of its own, which all libraries of the program use as well, because the dynamic linker
 * asks the program before it asks libc (as it does for any replaced malloc). They know how large a
 * block is (malloc_usable_size), zero it, and hand it to glibc's. HarfBuzz, libqrencode, SDL and
 * X11 keep typed text, glyph numbers and links in blocks that they free without a thought. A block
 * that has to grow is copied, for glibc's realloc() would leave the old bytes behind.
 *
 * AddressSanitizer has an allocator of its own, which must not be replaced; what is shown about
 * memory is shown on a release build. */
#include "platform/sdl/memory.h"

#include <malloc.h>
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

#ifndef __SANITIZE_ADDRESS__

/* glibc's own names for what is replaced here. */
extern void __libc_free(void *block);

void free(void *block)
{
	if (!block)
		return;
	explicit_bzero(block, malloc_usable_size(block));
	__libc_free(block);
}

/* A block stays where it is while at least half of it is used; the rest of it is zeroed. */
void *realloc(void *block, size_t bytes)
{
	if (!block)
		return malloc(bytes);
	if (bytes == 0) {
		free(block);
		return NULL;
	}
	size_t had = malloc_usable_size(block);
	if (bytes <= had && bytes >= had / 2) {
		explicit_bzero((char *)block + bytes, had - bytes);
		return block;
	}
	void *other = malloc(bytes);
	if (!other)
		return NULL;
	memcpy(other, block, had < bytes ? had : bytes);
	free(block);
	return other;
}

#endif
