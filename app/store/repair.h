/* A database that is damaged, made again from what of it is whole. store_open() does this by
 * itself; people only read the note. */
#pragma once
#include "store/store.h"

#define STORE_REPAIR_ROOM 512 /* of a path with its suffix */

struct store_repair {
	size_t ops_kept, sealed_kept;
	int64_t ops_lost; /* -1: nobody can know */
	char aside[STORE_REPAIR_ROOM]; /* where the damaged file is now */
};

/* Makes the database at path again: salvages what can be read into a new file, puts the damaged one
 * aside as PATH.damaged-1 (2, 3, ...) with its WAL, and never deletes it. Until the new file is
 * durable the old one stands where it stood. */
bool store_repair(
	struct env *env, const char *path, struct store_repair *repair, struct error *err);
/* Finishes a repair that a power cut interrupted, or clears away one that had not got far. */
bool store_repair_resume(struct env *env, const char *path, struct error *err);

/* What the last repair of this database kept and lost, one English sentence in the arena for who
 * looks after the kiosk; empty when it was never repaired. */
struct str store_repair_note(struct store *store, struct arena *arena);
