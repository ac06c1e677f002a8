/* What a disk was asked to do, one event after the other, and what may stand on it when the power
 * is cut after any of them. */
#pragma once
#include "base/env.h"

#include <stddef.h>
#include <stdint.h>

struct recording;
struct disk;

/* Records every change that succeeds on the disk of this env from now on. The recording belongs to
 * the caller, who keeps it at least as long as the env and frees it with recording_destroy(). */
struct recording *recording_start(struct env *env);
void recording_destroy(struct recording *recording);
/* Events so far. */
size_t recording_count(const struct recording *recording);

/* What the cut does to the changes that no sync had reached. */
enum power_cut {
	CUT_DROPPED, /* all are lost */
	CUT_REORDERED, /* each is kept or lost by the seed's coin */
	CUT_TORN, /* kept up to one that is kept in part, by sectors of 512 bytes; lost from there
		   */
	CUT_LIES, /* a disk that says "synced" and is not: nothing was reached, as REORDERED with
		   * seven of eight kept */
	CUT_COUNT
};
/* Puts on the disk of a fresh env what is left after the first `count` events. */
void recording_replay(const struct recording *recording, size_t count, enum power_cut cut,
	uint64_t seed, struct env *to);

/* For disk.c. `bytes` are copied; NULL for events that have none. */
enum recording_kind {
	RECORD_NAME, /* path now means the file; no file: it means none */
	RECORD_RENAME, /* both names at once */
	RECORD_WRITE,
	RECORD_TRUNCATE,
	RECORD_SYNC,
	RECORD_SYNC_DIRECTORY,
};
struct recording_event {
	enum recording_kind kind;
	int file; /* number of the file, -1: none */
	bool directory; /* the file is one */
	size_t at, count; /* of WRITE; `at` is the new size of TRUNCATE */
	const void *bytes;
	const char *path, *from; /* of names */
};
void recording_add(struct recording *recording, struct recording_event event);
