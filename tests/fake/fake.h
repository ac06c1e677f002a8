/* A machine for tests: a clock that moves when told, randomness from a seed, and a disk in memory
 * that loses what was not synced when its power is cut (contents of files, and the names in
 * directories, each by itself) and fails on purpose. SQLite can run on the same disk. */
#pragma once
#include "base/env.h"

#include <stdint.h>

/* The clock starts at 2026-12-01T10:00:00Z, sure. It plays a real machine: env.seeded is false
 * although there is a seed, until a test sets it. Freed with fake_destroy(). */
struct env *fake_create(uint64_t seed);
void fake_destroy(struct env *env);

/* Starts the stream of randomness again. */
void fake_set_seed(struct env *env, uint64_t seed);
void fake_set_clock(struct env *env, int64_t wall_ms, enum clock_quality quality);

/* Plugs a stick in: what is under that path, a literal, is on the disk of that other env, which
 * must have its power on. Files that are open stay where they are. A stick that is pulled in the
 * middle is one whose own power is cut (fake_power_off_after() of the stick). */
void fake_plug(struct env *env, const char *path, struct env *stick);
void fake_unplug(struct env *env);

/* A machine with its own luck and clock, and a copy of what is durable on the disk of another: a
 * card that was copied, or an old copy put back. */
struct env *fake_copy(struct env *from, uint64_t seed);

/* From here on every operation on the disk fails, until the power is back; then files and names
 * are what had been synced. Files that were open may only be closed. */
void fake_power_off(struct env *env);
void fake_power_on(struct env *env);

/* Lets `operations` more changes (create, write, sync, rename, remove, truncate) pass and then
 * fails every one with that code: ERROR_DISK, ERROR_DISK_FULL or ERROR_READ_ONLY. ERROR_NONE heals.
 */
void fake_fail_after(struct env *env, int64_t operations, enum error_code code);
/* The same, but fails that one only: a bad moment. */
void fake_fail_once(struct env *env, int64_t operations, enum error_code code);
/* Turns the power off by itself after that many more changes; the last one is not done. */
void fake_power_off_after(struct env *env, int64_t operations);
/* Changes asked for so far. */
int64_t fake_operations(struct env *env);

/* Lets SQLite of this process keep the files of databases that are opened from now on on this disk.
 * A test with several machines installs each before it opens something there; what is open stays
 * where it was opened. fake_sqlite_remove() ends it for all of them, when everything is closed. */
void fake_sqlite_install(struct env *env);
void fake_sqlite_remove(void);
