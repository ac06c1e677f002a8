/* What the two halves of the fake machine know of each other. */
#pragma once
#include "base/env.h"
#include "fake/disk.h"

struct fake {
	struct env env;
	int64_t wall_ms, monotonic_ms;
	enum clock_quality quality;
	uint64_t random_state;
	struct disk disk;
	const char *mount; /* where a stick is plugged in, NULL: none is */
	struct disk *stick;
};

struct disk *fake_disk(struct env *env);
