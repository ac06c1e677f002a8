/* A hash table with chains, whose entries also stand in one ring ordered by last use. Key, value
 * and links are one block of memory, so what an entry costs is known to the byte and adding one can
 * first drop as many from the old end of the ring as it needs. */
#include "platform/sdl/cache.h"

#include "platform/sdl/memory.h"

#include <assert.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

struct entry {
	struct entry *chain; /* next in the same bucket */
	struct entry *newer, *older; /* ring by last use */
	uint64_t hash;
	size_t bytes; /* of the whole block */
	size_t key_offset, key_len;
	alignas(max_align_t) unsigned char value[];
};

struct cache {
	size_t limit, held;
	int64_t *counter;
	size_t bucket_count; /* a power of two */
	struct entry **buckets;
	struct entry ring; /* ring.older is the newest, ring.newer the oldest */
};

struct cache *cache_create(size_t limit_bytes, size_t typical_bytes, int64_t *bytes_held)
{
	struct cache *cache = memory_alloc(sizeof(*cache));
	*cache = (struct cache){.limit = limit_bytes, .counter = bytes_held, .bucket_count = 64};
	while (cache->bucket_count < limit_bytes / typical_bytes)
		cache->bucket_count *= 2;
	cache->buckets = memory_alloc(cache->bucket_count * sizeof(struct entry *));
	memset(cache->buckets, 0, cache->bucket_count * sizeof(struct entry *));
	cache->ring.newer = cache->ring.older = &cache->ring;
	return cache;
}

static struct entry **bucket_of(struct cache *cache, uint64_t hash)
{
	return &cache->buckets[hash & (cache->bucket_count - 1)];
}

static void ring_leave(struct entry *entry)
{
	entry->newer->older = entry->older;
	entry->older->newer = entry->newer;
}

static void ring_enter(struct cache *cache, struct entry *entry)
{
	entry->newer = &cache->ring;
	entry->older = cache->ring.older;
	entry->older->newer = entry;
	cache->ring.older = entry;
}

static void drop(struct cache *cache, struct entry *entry)
{
	struct entry **link = bucket_of(cache, entry->hash);
	while (*link != entry)
		link = &(*link)->chain;
	*link = entry->chain;
	ring_leave(entry);
	assert(cache->ring.newer != entry && cache->ring.older != entry);
	cache->held -= entry->bytes;
	*cache->counter -= (int64_t)entry->bytes;
	free(entry);
}

void cache_clear(struct cache *cache)
{
	while (cache->ring.newer != &cache->ring)
		drop(cache, cache->ring.newer);
}

void cache_destroy(struct cache *cache)
{
	if (!cache)
		return;
	cache_clear(cache);
	free(cache->buckets);
	free(cache);
}

void *cache_find(struct cache *cache, struct str key)
{
	uint64_t hash = str_hash(key);
	for (struct entry *entry = *bucket_of(cache, hash); entry; entry = entry->chain) {
		if (entry->hash != hash || entry->key_len != key.len ||
			memcmp(entry->value + entry->key_offset, key.ptr, key.len) != 0)
			continue;
		ring_leave(entry);
		ring_enter(cache, entry);
		return entry->value;
	}
	return NULL;
}

void *cache_add(struct cache *cache, struct str key, size_t value_bytes)
{
	assert(!cache_find(cache, key));
	assert(value_bytes < SIZE_MAX / 2);
	size_t bytes = sizeof(struct entry) + value_bytes + key.len;
	if (bytes > cache->limit)
		return NULL;
	while (cache->held + bytes > cache->limit)
		drop(cache, cache->ring.newer);
	struct entry *entry = memory_alloc(bytes);
	*entry = (struct entry){.hash = str_hash(key),
		.bytes = bytes,
		.key_offset = value_bytes,
		.key_len = key.len};
	memcpy(entry->value + value_bytes, key.ptr, key.len);
	struct entry **bucket = bucket_of(cache, entry->hash);
	entry->chain = *bucket;
	*bucket = entry;
	ring_enter(cache, entry);
	cache->held += bytes;
	*cache->counter += (int64_t)bytes;
	return entry->value;
}
