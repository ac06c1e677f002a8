/* A back-up is a whole database in one file, without the PIN of the kiosk's door. Sign-ups in it
 * are sealed as they are on the kiosk; the hash of a code can be searched by who holds it, and
 * names nobody. */
#pragma once
#include "store/store.h"

#define STORE_RESTORE_FILE STORE_FILE ".restore" /* takes effect at the next store_open() */
#define STORE_BEFORE_FILE STORE_FILE ".before" /* what was there until then */

/* Writes the back-up to `path`: made in `directory` (the store's), opened again and counted, and
 * only then copied, synced, compared and renamed. An older back-up of that name stays until the new
 * one is whole. */
bool store_back_up(struct store *store, const char *directory, const char *path, struct error *err);

/* Takes the back-up at `path` over: copies it into `directory`, makes sure that it is one of ours
 * and whole, gives it this kiosk's PIN, and leaves it there durably for the next store_open().
 * Nothing else changes. ERROR_DAMAGED or ERROR_PARSE when it is no back-up of ours or not whole,
 * ERROR_UNSUPPORTED when it is of a newer program. */
bool store_restore(struct store *store, const char *directory, const char *path, struct error *err);

/* Erases from the database that was put aside, where there is one, the sealed details whose time
 * has come and those that somebody erased: a restore must not keep a name longer than its sign-up
 * allowed. */
bool store_expire_aside(struct env *env, const char *directory, struct error *err);

/* For store_open(): puts the database aside and a restored one in its place, when there is one. A
 * power cut leaves either, and the next call goes on. */
bool restore_take_effect(struct env *env, const char *directory, struct error *err);
