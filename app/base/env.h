/* The machine as the app may know it: time, randomness and files. Everything above base/ takes a
 * struct env; nothing else opens a file, asks the time or draws a random number. env_os() is the
 * real machine; tests/fake/ holds one whose disk loses power and fails on purpose.
 *
 * (SQLite is the exception that proves the rule: it reaches the disk through its own VFS, which
 * app/sql binds to the env's clock and randomness, and which tests replace as a whole.) */
#pragma once
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 2024-01-01T00:00:00Z: a clock that is earlier was never set. */
#define CLOCK_EARLIEST_MS ((int64_t)1704067200000)

/* How far a clock can be trusted (reference: a Pi has no clock battery). An env tells what its
 * machine knows; model/clock.h holds that against what the kiosk remembers. */
enum clock_quality {
	CLOCK_UNSURE, /* 1970, or it contradicts what is known */
	CLOCK_RESTORED, /* continued from the last time on disk: it may run behind */
	CLOCK_SURE, /* set by a person, an RTC or the network */
	CLOCK_SIMULATED, /* --clock: as sure as the script that says so */
};

struct env;

struct env_file; /* an open file, owned by the env that opened it */

enum env_open {
	ENV_READ,
	ENV_CREATE, /* write; fails when the name exists */
	ENV_APPEND, /* write at the end; made when absent */
};

/* What each kind of machine does. Functions that return bool set err and return false when the
 * world refuses. Paths are UTF-8 and NUL-terminated. */
struct env_methods {
	/* Milliseconds since 1970-01-01T00:00:00Z. */
	int64_t (*wall_ms)(struct env *env);
	/* Milliseconds since some start that never jumps. */
	int64_t (*monotonic_ms)(struct env *env);
	enum clock_quality (*clock_quality)(struct env *env);
	bool (*set_wall_ms)(struct env *env, int64_t ms, struct error *err);
	void (*sleep_ms)(struct env *env, int64_t ms);
	void (*random_bytes)(struct env *env, void *bytes, size_t count);

	struct env_file *(*open)(
		struct env *env, const char *path, enum env_open how, struct error *err);
	/* Bytes read, 0 at the end, -1 with err set. */
	ptrdiff_t (*read)(struct env_file *file, void *bytes, size_t count, struct error *err);
	bool (*write)(struct env_file *file, const void *bytes, size_t count, struct error *err);
	bool (*sync)(struct env_file *file, struct error *err);
	void (*close)(struct env_file *file);
	bool (*rename)(struct env *env, const char *from, const char *to, struct error *err);
	bool (*remove)(struct env *env, const char *path, struct error *err);
	/* Makes the directory and its parents; one that exists is fine. */
	bool (*make_directory)(struct env *env, const char *path, struct error *err);
	bool (*sync_directory)(struct env *env, const char *path, struct error *err);
	bool (*exists)(struct env *env, const char *path);
	/* Names in a directory, sorted bytewise, without "." and "..". */
	bool (*list)(struct env *env, struct arena *arena, const char *path, struct str **names,
		size_t *count, struct error *err);
};

struct env {
	const struct env_methods *methods;
	bool seeded; /* randomness comes from a seed (--seed, --clock): never for real secrets */
};

/* The real machine. One per process, lives forever. */
struct env *env_os(void);
/* Keeps in the file at path what a person says about the time on a machine that does not let us set
 * its clock, and reads what was said before. Call it before the time matters. */
#define ENV_CLOCK_FILE "clock" /* in the data directory */
void env_os_keep_clock(const char *path);

/* The real machine with a clock and randomness of its own, for --clock and --seed: the clock
 * starts at start_wall_ms and runs with real time (running true) or moves only when somebody
 * sleeps on it (running false); randomness is a stream that depends on the seed alone. Owned by
 * the caller, who frees it with env_simulated_destroy(). */
struct env *env_simulated_create(
	struct env *machine, int64_t start_wall_ms, bool running, uint64_t seed);
void env_simulated_destroy(struct env *env);

int64_t env_wall_ms(struct env *env);
int64_t env_monotonic_ms(struct env *env);
enum clock_quality env_clock_quality(struct env *env);
/* A person says what time it is. The clock is sure from then on, until the machine is started
 * again. ERROR_REFUSED before 2024, or where the network keeps the time. */
bool env_set_wall_ms(struct env *env, int64_t ms, struct error *err);
void env_sleep_ms(struct env *env, int64_t ms);
void env_random_bytes(struct env *env, void *bytes, size_t count);
/* Even over 0..limit-1. limit > 0. */
uint32_t env_random_below(struct env *env, uint32_t limit);

/* A whole file, at most limit_bytes (ERROR_LIMIT beyond). */
bool env_read_file(struct env *env, struct arena *arena, const char *path, size_t limit_bytes,
	struct str *content, struct error *err);
/* Replaces a file so that after a power cut it holds the old or the new content, whole: written
 * beside it, synced, renamed, directory synced. */
bool env_write_file(struct env *env, const char *path, struct str content, struct error *err);
bool env_make_directory(struct env *env, const char *path, struct error *err);
bool env_sync_directory(struct env *env, const char *path, struct error *err);
bool env_exists(struct env *env, const char *path);
bool env_remove(struct env *env, const char *path, struct error *err);
bool env_list(struct env *env, struct arena *arena, const char *path, struct str **names,
	size_t *count, struct error *err);
