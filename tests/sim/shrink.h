/* A seed's story from its beginning to its end, and the shortest one that breaks the same. */
#pragma once
#include "crypto/hash.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STORY_STEPS 4096

struct story {
	uint64_t seed;
	int steps;
	size_t exchanges, faults, sign_ups, ops;
	const char *broken; /* the invariant, NULL: all held */
	char what[256];
	struct hash told;
};

/* skipped: by step, which ones to leave out; NULL: none. */
struct story story_live(uint64_t seed, int steps, const bool *skipped, bool tell);
/* In a process of its own: an assertion of the program breaks the story, not the teller. */
struct story story_apart(uint64_t seed, int steps);
/* Leaves out steps while the same invariant breaks, and tells what is left on stderr. False when
 * nothing breaks. */
bool story_shrink(uint64_t seed, int steps);
