/* Shrinking: as a step draws from luck of its own, leaving steps out changes the others only by
 * what these had done. First halves, then quarters, at last single steps, until no step can go. */
#include "sim/shrink.h"

#include "sim/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct story story_live(uint64_t seed, int steps, const bool *skipped, bool tell)
{
	struct world *w = malloc(sizeof(*w));
	if (!w)
		abort();
	world_begin(w, seed, tell);
	w->skipped = skipped;
	for (int i = 0; i < steps && !w->broken; i++)
		world_step(w);
	if (!w->broken)
		world_heal(w, 4);
	struct story s = {.seed = seed,
		.steps = w->step,
		.exchanges = w->exchanges,
		.faults = w->faults,
		.sign_ups = w->sign_ups,
		.ops = w->ops,
		.broken = w->broken};
	memcpy(s.what, w->what, sizeof(s.what));
	s.told = hash_finish(&w->told);
	world_end(w);
	free(w);
	return s;
}

struct told {
	int steps;
	char broken[128];
};

static void tell_parent(int end, uint64_t seed, int steps)
{
	struct story s = story_live(seed, steps, NULL, false);
	struct told told = {.steps = s.steps};
	if (s.broken)
		snprintf(told.broken, sizeof(told.broken), "%s", s.broken);
	_exit(write(end, &told, sizeof(told)) != (ssize_t)sizeof(told));
}

struct story story_apart(uint64_t seed, int steps)
{
	static struct told told;
	int ends[2], status = 0;
	if (pipe(ends) != 0)
		abort();
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		tell_parent(ends[1], seed, steps);
	}
	close(ends[1]);
	bool whole = read(ends[0], &told, sizeof(told)) == (ssize_t)sizeof(told);
	close(ends[0]);
	waitpid(child, &status, 0);
	struct story s = {.seed = seed, .steps = told.steps};
	if (!whole)
		s.broken = "an assertion of the program";
	else if (told.broken[0])
		s.broken = told.broken;
	return s;
}

static int left_of(const bool *skipped, int steps)
{
	int left = 0;
	for (int i = 0; i < steps; i++)
		left += !skipped[i];
	return left;
}

/* Leaves out `count` steps from `from` on, when that breaks the same. */
static bool leave_out(const struct story *whole, bool *skipped, int from, int count, int steps)
{
	bool tried[STORY_STEPS];
	memcpy(tried, skipped, (size_t)steps);
	for (int i = from; i < from + count && i < steps; i++)
		tried[i] = true;
	if (left_of(tried, steps) == left_of(skipped, steps))
		return false;
	struct story s = story_live(whole->seed, steps, tried, false);
	if (!s.broken || strcmp(s.broken, whole->broken) != 0)
		return false;
	memcpy(skipped, tried, (size_t)steps);
	return true;
}

bool story_shrink(uint64_t seed, int steps)
{
	static bool skipped[STORY_STEPS];
	struct story whole = story_live(seed, steps, NULL, false);
	if (!whole.broken)
		return false;
	if (whole.steps < steps)
		steps = whole.steps;
	for (int size = steps / 2; size > 0; size /= 2)
		for (int from = 0; from < steps; from += size)
			leave_out(&whole, skipped, from, size, steps);
	for (bool shorter = true; shorter;) {
		shorter = false;
		for (int i = steps - 1; i >= 0; i--)
			shorter |= leave_out(&whole, skipped, i, 1, steps);
	}
	fprintf(stderr, "seed %llu: %s, in %d of %d steps:\n", (unsigned long long)seed,
		whole.broken, left_of(skipped, steps), steps);
	story_live(seed, steps, skipped, true);
	return true;
}
