/* The list of erasures beside the database, in `erasures`: lines that a person can read, only ever
 * added to. Whatever database is put in place of this one (a back-up, a repaired one, a copy from
 * last week), store_open() reads the list to it before anybody else sees it. */
#pragma once
#include "store/store.h"

#define STORE_ERASURES_FILE "erasures" /* in the data directory */

/* For store_open(): brings list and file together, both ways, and destroys what came back. */
bool erasure_file_replay(struct store *store, const char *directory, struct error *err);
/* After a commit: adds what does not stand in the file yet. Nothing for a database that is not the
 * one in use. */
bool erasure_file_keep(struct store *store, struct error *err);
/* Destroys in another database (one that was put aside) what the file names. */
bool erasure_file_apply(struct store *other, const char *directory, struct error *err);
