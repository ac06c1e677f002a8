/* A neighbourhood in one process: a hub, its kiosks and the sticks that go between them, each the
 * program's own store and sync on a machine of tests/fake. One seed decides everything that
 * happens, so a seed is a story that can be told again. */
#pragma once
#include "base/env.h"
#include "store/registration.h"
#include "store/sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORLD_KIOSKS 4
#define WORLD_STICKS 2
#define WORLD_CAPACITY 6
#define WORLD_INITIATIVES 3
#define WORLD_PROMISES 400

struct machine {
	struct env *env;
	struct store *store; /* NULL: it is off */
	struct env *old; /* a copy of its disk from an earlier day, NULL: nobody made one */
};

/* What somebody was told by a screen that said "Gelukt". */
struct promise {
	int kiosk;
	char code[REGISTRATION_CODE_CHARS + 1];
	struct uuid id;
	bool cancelled;
	bool void_; /* the kiosk was put back to a day before it, so it may be gone */
	bool confirmed; /* it was told "you have a seat" */
};

enum fault { /* each seed has its own mix of them */
	FAULT_POWER, /* at any change of a disk */
	FAULT_STICK_PULLED, /* at any change of the stick */
	FAULT_STICK_TORN, /* a file cut short, or to nothing */
	FAULT_STICK_OLD, /* an old copy of it reappears */
	FAULT_RESTORED, /* a kiosk is put back to an earlier day */
	FAULT_CLONED, /* a kiosk goes on twice for a while: the copy writes too */
	FAULT_CLOCK, /* 1970, or ten years ahead */
	FAULT_DISK, /* one change fails */
	FAULT_HOSTILE, /* a file of noise on the stick */
	FAULT_COUNT
};

struct world {
	uint64_t seed, luck;
	struct machine hub, kiosk[WORLD_KIOSKS], stick[WORLD_STICKS];
	bool faulty[FAULT_COUNT];
	struct sample sample;
	struct promise promises[WORLD_PROMISES];
	size_t promise_count;
	bool owner_forked; /* the kiosk that gives the seats was put back or copied */
	int step;
	size_t exchanges, faults, sign_ups, ops;
	bool tell; /* every step on stderr */
	const char *broken; /* the invariant that does not hold, NULL: all do */
	char what[256]; /* and where */
};

void world_begin(struct world *world, uint64_t seed, bool tell);
void world_end(struct world *world);
/* One thing happens. */
void world_step(struct world *world);
/* No more faults; everybody who carries sticks comes round, `rounds` times. Then what must hold at
 * last, does. */
void world_heal(struct world *world, int rounds);
