/* Memory of the drawing code, and how memory goes back: in a program that links this, whatever is
 * freed is zeroed first, by whomever (see memory.c). */
#pragma once
#include <stddef.h>

/* Uninitialised, never NULL; out of memory aborts. Give it back with free(). */
void *memory_alloc(size_t bytes);
