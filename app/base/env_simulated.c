/* A machine whose files are real and whose time and luck are not: --clock and --seed. A script
 * then gives the same bytes of picture twice, because nothing else differs between two runs.
 * Randomness is SplitMix64: even, tiny, and plainly not for secrets, which is why a simulated
 * kiosk says on every screen that it practises. */
#include "base/env.h"

#include <stdlib.h>
#include <string.h>

struct simulated {
	struct env env;
	struct env *machine;
	struct env_methods methods;
	int64_t start_wall_ms;
	int64_t started_ms; /* on the machine's monotonic clock */
	int64_t slept_ms;
	bool running;
	uint64_t random_state;
};

static int64_t elapsed_ms(struct simulated *s)
{
	return s->running ? env_monotonic_ms(s->machine) - s->started_ms : s->slept_ms;
}

static int64_t simulated_wall_ms(struct env *env)
{
	struct simulated *s = (struct simulated *)env;
	return s->start_wall_ms + elapsed_ms(s);
}

static int64_t simulated_monotonic_ms(struct env *env)
{
	return elapsed_ms((struct simulated *)env);
}

static enum clock_quality simulated_quality(struct env *env)
{
	/* A script that starts in 1970 means to see what an unsure clock does. */
	return simulated_wall_ms(env) < CLOCK_EARLIEST_MS ? CLOCK_UNSURE : CLOCK_SIMULATED;
}

static bool simulated_set_wall_ms(struct env *env, int64_t ms, struct error *err)
{
	(void)err;
	((struct simulated *)env)->start_wall_ms += ms - simulated_wall_ms(env);
	return true;
}

static void simulated_sleep_ms(struct env *env, int64_t ms)
{
	struct simulated *s = (struct simulated *)env;
	if (s->running)
		env_sleep_ms(s->machine, ms);
	else
		s->slept_ms += ms;
}

static uint64_t next_random(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static void simulated_random_bytes(struct env *env, void *bytes, size_t count)
{
	struct simulated *s = (struct simulated *)env;
	for (size_t done = 0; done < count; done += 8) {
		uint64_t number = next_random(&s->random_state);
		memcpy((char *)bytes + done, &number, count - done < 8 ? count - done : 8);
	}
}

struct env *env_simulated_create(
	struct env *machine, int64_t start_wall_ms, bool running, uint64_t seed)
{
	struct simulated *s = calloc(1, sizeof(*s));
	if (!s)
		abort();
	s->methods = *machine->methods; /* files stay the machine's, which ignore their env */
	s->methods.wall_ms = simulated_wall_ms;
	s->methods.monotonic_ms = simulated_monotonic_ms;
	s->methods.clock_quality = simulated_quality;
	s->methods.set_wall_ms = simulated_set_wall_ms;
	s->methods.sleep_ms = simulated_sleep_ms;
	s->methods.random_bytes = simulated_random_bytes;
	s->env.methods = &s->methods;
	s->env.seeded = true;
	s->machine = machine;
	s->start_wall_ms = start_wall_ms;
	s->started_ms = env_monotonic_ms(machine);
	s->running = running;
	s->random_state = seed;
	return &s->env;
}

void env_simulated_destroy(struct env *env)
{
	free(env);
}
