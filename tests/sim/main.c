/* sim: lives through seeds. "sim" does a short form; "sim --seeds N --from S --steps K --jobs" a
 * long one. A seed that breaks something is printed, and the exit status is 1; "--tell" tells its
 * story.
 */
#include "sim/world.h"

#include "crypto/secret.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* libsodium's luck comes from the seed too: a story is the same to the byte. */
static uint64_t sodium_luck;

static const char *luck_name(void)
{
	return "of the seed";
}

static uint32_t luck_word(void)
{
	sodium_luck = sodium_luck * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(sodium_luck >> 32);
}

static void luck_bytes(void *const bytes, const size_t count)
{
	for (size_t i = 0; i < count; i++)
		((unsigned char *)bytes)[i] = (unsigned char)luck_word();
}

static struct randombytes_implementation luck = {
	.implementation_name = luck_name, .random = luck_word, .buf = luck_bytes};

struct totals {
	size_t seeds, steps, exchanges, faults, sign_ups, ops, broken;
};

/* Says whether the seed held. */
static bool live(uint64_t seed, int steps, bool tell, struct totals *t)
{
	struct world *w = malloc(sizeof(*w));
	if (!w)
		abort();
	sodium_luck = seed;
	world_begin(w, seed, tell);
	for (int i = 0; i < steps && !w->broken; i++)
		world_step(w);
	if (!w->broken)
		world_heal(w, 4);
	bool held = w->broken == NULL;
	if (!held)
		printf("seed %llu, step %d: %s: %s\n", (unsigned long long)seed, w->step, w->broken,
			w->what);
	t->seeds++;
	t->steps += (size_t)w->step;
	t->exchanges += w->exchanges;
	t->faults += w->faults;
	t->sign_ups += w->sign_ups;
	t->ops += w->ops;
	t->broken += !held;
	world_end(w);
	free(w);
	return held;
}

static bool number_of(int argc, char **argv, const char *name, uint64_t *number)
{
	for (int i = 1; i + 1 < argc; i++)
		if (strcmp(argv[i], name) == 0)
			*number = strtoull(argv[i + 1], NULL, 10);
	return true;
}

int main(int argc, char **argv)
{
	uint64_t seeds = 40, from = 1, steps = 120;
	bool tell = argc > 1 && strcmp(argv[argc - 1], "--tell") == 0;
	number_of(argc, argv, "--seeds", &seeds);
	number_of(argc, argv, "--from", &from);
	number_of(argc, argv, "--steps", &steps);
	randombytes_set_implementation(&luck);
	secret_ready();
	struct totals t = {0};
	struct timespec start, end;
	clock_gettime(CLOCK_MONOTONIC, &start);
	for (uint64_t i = 0; i < seeds; i++)
		live(from + i, (int)steps, tell, &t);
	clock_gettime(CLOCK_MONOTONIC, &end);
	double seconds =
		(double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
	printf("%zu seeds, %zu steps, %zu exchanges, %zu faults, %zu sign-ups, %zu ops carried, "
	       "%zu broken; %.1f s, %.0f seeds a minute\n",
		t.seeds, t.steps, t.exchanges, t.faults, t.sign_ups, t.ops, t.broken, seconds,
		(double)t.seeds * 60 / seconds);
	return t.broken > 0;
}
