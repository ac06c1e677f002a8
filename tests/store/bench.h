/* A store on a disk in memory, for a test. */
#pragma once
#include "fake/fake.h"
#include "store/sample.h"
#include "store/store.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define DAY_MS ((int64_t)86400000)
#define NOW_MS ((int64_t)1796119200000) /* 2026-12-01T10:00:00Z, when a bench begins */

struct bench {
	struct env *env;
	struct store *store;
	struct arena arena;
	struct sample sample; /* what the catalogue holds; empty: nothing */
};

static inline void bench_open(struct bench *b)
{
	struct error err = {0};
	b->store = store_open(b->env, "data", &err);
	if (!b->store)
		fail_msg("%s", err.message);
}

static inline struct bench bench_start(uint64_t seed)
{
	struct bench b = {.env = fake_create(seed)};
	fake_sqlite_install(b.env);
	bench_open(&b);
	return b;
}

/* With so many initiatives in its catalogue. */
static inline struct bench bench_start_with(
	uint64_t seed, size_t initiatives, struct sample_rules rules)
{
	struct error err = {0};
	struct bench b = bench_start(seed);
	b.sample = sample_of(initiatives, rules);
	if (!store_apply(b.store, b.sample.records, b.sample.count, 0, NULL, &err))
		fail_msg("%s", err.message);
	return b;
}

/* The folds are what the kept hash says, and what the log gives again. */
static inline void bench_check_folds(struct bench *b)
{
	struct hash kept, counted, rebuilt;
	struct error err = {0};
	assert_true(store_state_hash(b->store, &kept, &err));
	assert_true(store_count_hash(b->store, &counted, &err));
	assert_true(store_rebuild(b->store, &rebuilt, &err));
	assert_memory_equal(kept.bytes, counted.bytes, HASH_BYTES);
	assert_memory_equal(kept.bytes, rebuilt.bytes, HASH_BYTES);
}

static inline void bench_stop(struct bench *b)
{
	bench_check_folds(b);
	store_close(b->store);
	fake_sqlite_remove();
	fake_destroy(b->env);
	arena_finish(&b->arena);
	arena_finish(&b->sample.arena);
}
