/* A neighbourhood in one process: a hub, its kiosks and the sticks that go between them, each the
 * program's own store and sync on a machine of tests/fake. One seed decides everything that
 * happens, so a seed is a story that can be told again; each step has luck of its own, so a story
 * can also be told without some of its steps. */
#pragma once
#include "base/env.h"
#include "crypto/hash.h"
#include "store/op.h"
#include "store/registration.h"
#include "store/sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORLD_KIOSKS 4
#define WORLD_STICKS 2
#define WORLD_CAPACITY 6
#define WORLD_INITIATIVES 2
#define WORLD_SAMPLE 10 /* initiatives in all: the log soon has more than a frame of ops */
#define WORLD_PROMISES 400
#define WORLD_EDITS 64
#define WORLD_NOVELTIES 32
#define WORLD_KEPT_BYTES 32
#define WORLD_FORGOTTEN 128

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
	bool erased; /* or it may be: nobody expects to call */
	bool void_; /* the kiosk was put back to a day before it, so it may be gone */
	bool confirmed; /* it was told "you have a seat" */
};

/* What staff changed, each to a value that nobody else gives. */
struct edit {
	int machine; /* WORLD_KIOSKS: the hub */
	unsigned type, field;
	size_t initiative;
	char value[40], seen[40]; /* as JSON; what stood there for who edited */
	uint8_t device[WRITER_PART_BYTES], epoch[WRITER_PART_BYTES];
	int64_t seq;
	uint64_t crosses; /* bit i: edit i is of the same field, and its op was not there */
	bool void_;
};

/* An op of a kind that comes with a later version. */
struct novelty {
	int machine;
	struct uuid id;
	bool void_;
};

/* Somebody whose details were to be destroyed. */
struct forgotten {
	int machine; /* that was told so; WORLD_KIOSKS: the hub */
	struct uuid id;
	char box[WORLD_KEPT_BYTES]; /* part of the box; zeroes: there was none */
	bool void_; /* nobody knows whether it was done, or it was and is gone with a disk */
};

/* A card that was copied, and where the copy and the original went on. */
struct fork {
	bool copied, answered;
	bool both; /* ... from the same point, neither knowing of the other */
	uint8_t epoch[WRITER_PART_BYTES]; /* of the copy */
};

enum fault { /* each seed has its own mix of them */
	FAULT_POWER, /* at any change of a disk */
	FAULT_STICK_PULLED, /* at any change of the stick */
	FAULT_STICK_TORN, /* a file cut short, or to nothing */
	FAULT_STICK_OLD, /* an old copy of it reappears */
	FAULT_STICK_FULL, /* nothing more can be written on it */
	FAULT_STICK_LIES, /* one write becomes zeroes */
	FAULT_RESTORED, /* a kiosk is put back to an earlier day */
	FAULT_CLONED, /* a kiosk goes on twice for a while: the copy writes too */
	FAULT_CLOCK, /* 1970, or ten years ahead */
	FAULT_DISK, /* one change fails */
	FAULT_NOISE, /* files of the stick with bytes of noise */
	FAULT_FORGED, /* frames of who has no right, and boxes of another content */
	FAULT_REORDERED, /* frames that come before the ones that they follow */
	FAULT_HUB_RESTORED, /* the hub is put back to an earlier day, and somebody says so, or not
			     */
	FAULT_FOREIGN, /* the stick was at another organisation's hub */
	FAULT_COUNT
};

struct world {
	uint64_t seed, luck;
	struct machine hub, kiosk[WORLD_KIOSKS], stick[WORLD_STICKS];
	struct machine other; /* the hub of another organisation */
	struct env *invited; /* a stick with an invitation that somebody has used */
	bool faulty[FAULT_COUNT];
	const bool *skipped; /* by step; NULL: nothing is left out */
	struct sample sample;
	struct promise promises[WORLD_PROMISES];
	size_t promise_count;
	struct edit edits[WORLD_EDITS];
	size_t edit_count;
	struct novelty novelties[WORLD_NOVELTIES];
	size_t novelty_count;
	struct forgotten forgotten[WORLD_FORGOTTEN];
	size_t forgotten_count;
	struct fork forks[WORLD_KIOSKS];
	bool behind[WORLD_KIOSKS]; /* it was put back, and the hub has ops of it that it lost */
	bool unsure_edits; /* one of which nobody knows whether it counts */
	int most_seats[WORLD_INITIATIVES]; /* that there ever were */
	int64_t reached[WORLD_KIOSKS]; /* of the hub's log */
	uint8_t followed[WORLD_KIOSKS][WRITER_PART_BYTES]; /* and in which epoch */
	bool hub_unsaid; /* it was put back, and it was not told: it gave seats before it found out
			  */
	uint8_t thief[WRITER_PART_BYTES], thief_seed[32]; /* a device that was struck off */
	char erased[WORLD_KEPT_BYTES]; /* of a box that was just erased */
	bool owner_forked; /* the kiosk that gives the seats was put back or copied */
	bool lied; /* the stick did, in this exchange */
	bool armed; /* something may go wrong in this step */
	int step;
	size_t exchanges, faults, sign_ups, ops;
	bool tells; /* every step on stderr */
	struct hasher told; /* everything that was or would have been told */
	const char *broken; /* the invariant that does not hold, NULL: all do */
	char what[256]; /* and where */
};

/* Before the first world: libsodium's luck comes from the seeds too. */
void world_ready(void);
void world_begin(struct world *world, uint64_t seed, bool tells);
void world_end(struct world *world);
/* One thing happens. */
void world_step(struct world *world);
/* No more faults; everybody who carries sticks comes round, `rounds` times. Then what must hold at
 * last, does. */
void world_heal(struct world *world, int rounds);
