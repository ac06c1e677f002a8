/* A change is reached when a later sync covers it: of its file for contents, of its directory for
 * names. Replaying walks the events up to the cut in order, does the reached ones, and lets the
 * kind of cut decide about the others. It begins from nothing each time, which is cheap enough and
 * leaves no state behind that a mistake could hide in. */
#include "fake/recording.h"

#include "fake/disk.h"
#include "fake/fake_env.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define SECTOR_BYTES 512
#define MOST_FILES 256
#define NEVER SIZE_MAX

struct recording {
	struct arena arena;
	struct recording_event *events;
	size_t *reached_by; /* of each event: the sync that did, or NEVER */
	size_t count, room;
};

static const char *keep_path(struct arena *arena, const char *path)
{
	return path ? str_z(arena, str_from(path)) : NULL;
}

static void *grow(void *array, size_t size)
{
	void *larger = realloc(array, size);
	if (!larger)
		abort();
	return larger;
}

struct recording *recording_start(struct env *env)
{
	struct recording *recording = calloc(1, sizeof(*recording));
	if (!recording)
		abort();
	fake_disk(env)->recording = recording;
	return recording;
}

void recording_destroy(struct recording *recording)
{
	if (!recording)
		return;
	arena_finish(&recording->arena);
	free(recording->events);
	free(recording->reached_by);
	free(recording);
}

size_t recording_count(const struct recording *recording)
{
	return recording->count;
}

static bool covers(const struct recording_event *sync, const struct recording_event *e)
{
	char parent[512];
	if (e->kind == RECORD_WRITE || e->kind == RECORD_TRUNCATE)
		return sync->kind == RECORD_SYNC && sync->file == e->file;
	if (sync->kind != RECORD_SYNC_DIRECTORY ||
		(e->kind != RECORD_NAME && e->kind != RECORD_RENAME))
		return false;
	disk_parent(e->path, parent);
	return strcmp(parent, sync->path) == 0;
}

/* Notes at every event that the newest one, a sync, is the first to reach. */
static void note_reached(struct recording *r)
{
	size_t newest = r->count - 1;
	for (size_t i = 0; i < newest; i++)
		if (r->reached_by[i] == NEVER && covers(&r->events[newest], &r->events[i]))
			r->reached_by[i] = newest;
}

void recording_add(struct recording *recording, struct recording_event event)
{
	if (!recording)
		return;
	assert(event.file < MOST_FILES);
	if (recording->count == recording->room) {
		recording->room = recording->room ? recording->room * 2 : 1024;
		recording->events =
			grow(recording->events, recording->room * sizeof(struct recording_event));
		recording->reached_by =
			grow(recording->reached_by, recording->room * sizeof(size_t));
	}
	if (event.bytes)
		event.bytes =
			str_copy(&recording->arena, (struct str){event.bytes, event.count}).ptr;
	event.path = keep_path(&recording->arena, event.path);
	event.from = keep_path(&recording->arena, event.from);
	recording->reached_by[recording->count] = NEVER;
	recording->events[recording->count++] = event;
	if (event.kind == RECORD_SYNC || event.kind == RECORD_SYNC_DIRECTORY)
		note_reached(recording);
}

static uint64_t coin(uint64_t seed, size_t event)
{
	uint64_t x = (seed + 1) * 0x9e3779b97f4a7c15u + event * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 31) * 0x94d049bb133111ebu;
	return x ^ x >> 29;
}

struct replay {
	struct disk *disk;
	struct disk_file *files[MOST_FILES];
};

static struct disk_file *file_of(struct replay *replay, const struct recording_event *e)
{
	if (e->file < 0)
		return NULL;
	if (!replay->files[e->file])
		replay->files[e->file] = disk_add_file(replay->disk, e->directory);
	return replay->files[e->file];
}

static void perform(struct replay *replay, const struct recording_event *e)
{
	switch (e->kind) {
	case RECORD_RENAME:
		disk_set_name(replay->disk, e->from, NULL);
		disk_set_name(replay->disk, e->path, file_of(replay, e));
		break;
	case RECORD_NAME:
		disk_set_name(replay->disk, e->path, file_of(replay, e));
		break;
	case RECORD_WRITE:
		disk_write(replay->disk, file_of(replay, e), e->at, e->bytes, e->count, NULL);
		break;
	case RECORD_TRUNCATE:
		disk_truncate(replay->disk, file_of(replay, e), e->at, NULL);
		break;
	case RECORD_SYNC:
	case RECORD_SYNC_DIRECTORY:
		break;
	}
}

/* Writes the sectors of an event that the coin keeps. Sectors lie at multiples of 512 of the file.
 */
static void perform_torn(struct replay *replay, const struct recording_event *e, uint64_t seed)
{
	for (size_t done = 0; done < e->count;) {
		size_t at = e->at + done, end = (at / SECTOR_BYTES + 1) * SECTOR_BYTES;
		size_t step = end - at < e->count - done ? end - at : e->count - done;
		if (coin(seed, at / SECTOR_BYTES) & 1)
			disk_write(replay->disk, file_of(replay, e), at,
				(const char *)e->bytes + done, step, NULL);
		done += step;
	}
}

/* No sync within the first `count` events reached this one. */
static bool is_open(const struct recording *r, size_t event, size_t count)
{
	return r->reached_by[event] >= count;
}

/* The event to tear: one of the writes that no sync reached, else `count`. */
static size_t choose_torn(const struct recording *r, size_t count, uint64_t seed)
{
	size_t candidates = 0;
	for (size_t i = 0; i < count; i++)
		candidates += is_open(r, i, count) && r->events[i].kind == RECORD_WRITE;
	size_t chosen = candidates ? coin(seed, count) % candidates : 0;
	for (size_t i = 0; i < count && candidates; i++)
		if (is_open(r, i, count) && r->events[i].kind == RECORD_WRITE && chosen-- == 0)
			return i;
	return count;
}

void recording_replay(
	const struct recording *r, size_t count, enum power_cut cut, uint64_t seed, struct env *to)
{
	struct replay replay = {.disk = fake_disk(to)};
	size_t torn = cut == CUT_TORN ? choose_torn(r, count, seed) : count;
	for (size_t i = 0; i < count; i++) {
		bool kept = (cut != CUT_LIES && !is_open(r, i, count)) ||
			    (cut == CUT_REORDERED && (coin(seed, i) & 1)) ||
			    (cut == CUT_TORN && i < torn) ||
			    (cut == CUT_LIES && (coin(seed, i) & 7));
		if (kept)
			perform(&replay, &r->events[i]);
		else if (cut == CUT_TORN && i == torn)
			perform_torn(&replay, &r->events[i], seed);
	}
	disk_settle(replay.disk);
}
