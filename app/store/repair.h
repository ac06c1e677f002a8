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

/* The running program met damage (store_met_damage()): the next store_open() repairs, also when the
 * file then seems whole. Nothing else changes. */
bool store_doubt(struct store *store, struct error *err);

/* For store_open(): whether that was said; and whether the file has no bytes although something
 * beside it tells that it once had. */
bool store_repair_is_doubted(struct env *env, const char *path);
bool store_repair_lost_all(struct env *env, const char *path);

/* The last repair of this database, for who looks after the kiosk, until somebody has read it.
 * *unread false: there is nothing to tell. */
bool store_last_repair(
	struct store *store, struct store_repair *repair, bool *unread, struct error *err);
bool store_repair_was_read(struct store *store, struct error *err);
