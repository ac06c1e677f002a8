/* A cache with a limit in bytes: values by key, the one not used for longest goes first. */
#pragma once
#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct cache;

/* `bytes_held` is a counter that several caches may share: each adds what it takes and subtracts
 * what it drops. `typical_bytes` is the size of an ordinary value; it only sizes the table. */
struct cache *cache_create(size_t limit_bytes, size_t typical_bytes, int64_t *bytes_held);
void cache_destroy(struct cache *cache);

/* The value under a key, or NULL. Valid until the next cache_add() or cache_clear(). */
void *cache_find(struct cache *cache, struct str key);

/* Makes room and returns uninitialised memory (aligned for any type) for the value of a new key.
 * NULL when the value alone is larger than the limit. */
void *cache_add(struct cache *cache, struct str key, size_t value_bytes);

/* Drops everything. */
void cache_clear(struct cache *cache);
