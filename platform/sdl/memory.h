/* Memory of the drawing code, and how it is given back: SDL keeps typed text and shaped glyphs in
 * blocks that it frees whenever it likes, so whatever SDL frees is overwritten first. */
#pragma once
#include <stddef.h>

/* Uninitialised, never NULL; out of memory aborts. Give it back with free(). */
void *memory_alloc(size_t bytes);

/* From now on SDL allocates through functions that overwrite a block before they free it. Has to
 * come before any other call to SDL; a second call does nothing. */
void memory_make_sdl_wipe(void);
