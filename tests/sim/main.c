/* sim: lives through seeds. Without arguments a short form; --seeds N --from S --steps K a longer
 * one. A seed that breaks something is printed, and the exit status is 1.
 *   --tell          the story of every seed on stderr
 *   --bug NAME      with one planted bug (base/bug.h)
 *   --bugs          each planted bug in turn until it is found, or --limit seconds are over;
 *                   --first N --last M: those only
 *   --shrink        of the first seed: the shortest story that breaks the same invariant
 *   --again         each seed twice: both stories must be the same to the byte
 */
#include "sim/planted.h"
#include "sim/shrink.h"
#include "sim/world.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct arguments {
	uint64_t seeds, from, steps, limit, first, last;
	bool tell, bugs, shrink, again;
	enum bug bug;
};

struct totals {
	size_t seeds, steps, exchanges, faults, sign_ups, ops, broken;
};

static double now_s(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void add(struct totals *t, const struct story *s)
{
	t->seeds++;
	t->steps += (size_t)s->steps;
	t->exchanges += s->exchanges;
	t->faults += s->faults;
	t->sign_ups += s->sign_ups;
	t->ops += s->ops;
	t->broken += s->broken != NULL;
}

static int live(const struct arguments *a)
{
	struct totals t = {0};
	double start = now_s();
	for (uint64_t i = 0; i < a->seeds; i++) {
		struct story s = story_live(a->from + i, (int)a->steps, NULL, a->tell);
		add(&t, &s);
		if (s.broken)
			printf("seed %llu, step %d: %s: %s\n", (unsigned long long)s.seed, s.steps,
				s.broken, s.what);
	}
	double seconds = now_s() - start;
	printf("%zu seeds, %zu steps, %zu exchanges, %zu faults, %zu sign-ups, %zu ops carried, "
	       "%zu broken; %.1f s, %.0f seeds a minute\n",
		t.seeds, t.steps, t.exchanges, t.faults, t.sign_ups, t.ops, t.broken, seconds,
		(double)t.seeds * 60 / seconds);
	return t.broken > 0;
}

static int live_again(const struct arguments *a)
{
	int differ = 0;
	for (uint64_t i = 0; i < a->seeds; i++) {
		struct story one = story_live(a->from + i, (int)a->steps, NULL, a->tell);
		struct story two = story_live(a->from + i, (int)a->steps, NULL, a->tell);
		bool same = memcmp(one.told.bytes, two.told.bytes, HASH_BYTES) == 0;
		printf("seed %llu: %s, told %02x%02x%02x%02x\n", (unsigned long long)one.seed,
			same ? "the same twice" : "NOT THE SAME", one.told.bytes[0],
			one.told.bytes[1], one.told.bytes[2], one.told.bytes[3]);
		differ += !same;
	}
	return differ > 0;
}

/* Says whether one seed after the other found it in time. */
static bool hunt(const struct arguments *a, enum bug bug)
{
	double start = now_s();
	struct story s = {.broken = NULL};
	bug_planted = bug;
	for (uint64_t seed = a->from; !s.broken && now_s() - start < (double)a->limit; seed++)
		s = story_apart(seed, (int)a->steps);
	bug_planted = BUG_NONE;
	printf("%2d %-19s %-56s seed %4llu %6.1f s\n", bug, planted_name(bug),
		s.broken ? s.broken : "NOT FOUND", (unsigned long long)s.seed, now_s() - start);
	fflush(stdout);
	return s.broken != NULL;
}

static int hunt_all(const struct arguments *a)
{
	int found = 0;
	int last = a->last < BUG_END ? (int)a->last : BUG_END - 1, first = (int)a->first;
	for (int bug = first; bug <= last; bug++)
		found += hunt(a, (enum bug)bug);
	printf("%d of %d planted bugs found\n", found, last - first + 1);
	return found < last - first + 1;
}

static bool read_arguments(int argc, char **argv, struct arguments *a)
{
	for (int i = 1; i < argc; i++) {
		const char *name = argv[i], *value = i + 1 < argc ? argv[i + 1] : "";
		struct {
			const char *name;
			uint64_t *number;
		} numbers[] = {{"--seeds", &a->seeds}, {"--from", &a->from}, {"--steps", &a->steps},
			{"--limit", &a->limit}, {"--first", &a->first}, {"--last", &a->last}};
		bool known = false;
		for (size_t n = 0; n < sizeof(numbers) / sizeof(numbers[0]); n++) {
			if (strcmp(name, numbers[n].name) != 0)
				continue;
			*numbers[n].number = strtoull(value, NULL, 10);
			known = ++i;
		}
		if (strcmp(name, "--bug") == 0)
			known = ++i && planted_find(value, &a->bug);
		a->tell |= strcmp(name, "--tell") == 0;
		a->bugs |= strcmp(name, "--bugs") == 0;
		a->shrink |= strcmp(name, "--shrink") == 0;
		a->again |= strcmp(name, "--again") == 0;
		known = known || strcmp(name, "--tell") == 0 || strcmp(name, "--bugs") == 0 ||
			strcmp(name, "--shrink") == 0 || strcmp(name, "--again") == 0;
		if (!known) {
			fprintf(stderr, "sim: what is %s? See tests/sim/main.c\n", name);
			return false;
		}
	}
	return a->steps <= STORY_STEPS;
}

int main(int argc, char **argv)
{
	struct arguments a = {
		.seeds = 40, .from = 1, .steps = 120, .limit = 600, .first = 1, .last = BUG_END};
	if (!read_arguments(argc, argv, &a))
		return 2;
	/* Blocks of some hundred kilobytes come and go: keep them. */
	mallopt(M_MMAP_THRESHOLD, 1 << 30);
	mallopt(M_TRIM_THRESHOLD, 1 << 30);
	world_ready();
	bug_planted = a.bug;
	if (a.bugs)
		return hunt_all(&a);
	if (a.shrink)
		return story_shrink(a.from, (int)a.steps) ? 0 : 1;
	return a.again ? live_again(&a) : live(&a);
}
