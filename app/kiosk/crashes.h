/* Whether the program keeps crashing. A small file in the data directory has a line for each start
 * that has not ended well; after three crashes in five minutes the next start is a plain one,
 * without what may be to blame: pictures and motion. It stays so until a plain start has run for
 * ten minutes, or the machine is started anew. Times are those of the monotonic clock and the start
 * of the machine, so what the wall clock says does not matter. */
#pragma once
#include "base/env.h"

#include <stdbool.h>
#include <stdint.h>

#define CRASHES_TOO_MANY 3
#define CRASHES_WITHIN_MS 300000
#define CRASHES_WELL_MS 600000

struct crashes {
	struct env *machine;
	const char *path;
	int64_t started_ms;
	bool plain; /* this start is a plain one */
	bool well; /* it ran long enough to forget what was before */
};

/* Notes a start and decides how. The path must live until crashes_end(). Without a disk to write on
 * the start counts as a good one. */
void crashes_begin(struct crashes *crashes, struct env *machine, const char *path);
/* Once in a while: ten minutes without a crash make up for those before. */
void crashes_look(struct crashes *crashes);
/* The program ends as it should. */
void crashes_end(struct crashes *crashes);
