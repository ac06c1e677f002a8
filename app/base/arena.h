/* Memory that dies together. Ask when a thing dies and take it from that arena: frame, screen,
 * request or forever. Nothing is freed one by one. Out of memory aborts, so callers never check.
 *
 * An arena is a chain of blocks; arena_reset() keeps the blocks for the next round (so a frame
 * arena reaches a steady size and then never calls malloc), arena_finish() gives them back. */
#pragma once
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *first;
	struct arena_block *current;
	size_t block_bytes; /* size of a fresh block; 0 means 64 KiB */
};

/* Zeroed memory, aligned for any type. Never NULL; a request of 0 bytes gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t bytes);
void *arena_alloc_array(struct arena *arena, size_t count, size_t element_bytes);

/* Forgets everything in the arena and keeps its blocks. */
void arena_reset(struct arena *arena);

/* The same, and overwrites what was there first: for memory that held a visitor's words. */
void arena_wipe(struct arena *arena);

/* Gives the memory back. The arena may be used again. NULL and a zeroed arena are fine. */
void arena_finish(struct arena *arena);

/* Both: for an arena on the stack that held a visitor's words. */
void arena_wipe_and_finish(struct arena *arena);

/* Bytes held from the system, for --stats and tests. */
size_t arena_bytes_held(const struct arena *arena);

#define arena_new(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define arena_new_array(arena, type, count)                                                        \
	((type *)arena_alloc_array((arena), (size_t)(count), sizeof(type)))

/* Runs func(&variable) when the variable leaves its scope. */
#define CLEANUP(func) __attribute__((cleanup(func)))
