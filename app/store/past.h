/* Hub epochs that are over, and what is kept because one may end. A hub that is put back to an
 * earlier day goes on under a new epoch: up to where it left the old one, both logs are the same.
 * What stood behind that comes back from kiosks, which keep the hub's own deltas for this.
 * See app/sync/format.md, "A hub that was put back". */
#pragma once
#include "store/op.h"

#define PAST_EPOCHS_MOST 64 /* that a head names */

struct past_epoch {
	uint8_t epoch[WRITER_PART_BYTES];
	int64_t left_seq;
};

/* The newest ones, at most PAST_EPOCHS_MOST, the newest first; in the arena. */
bool store_past_epochs(struct store *store, struct arena *arena, struct past_epoch **list,
	size_t *count, struct error *err);
/* left_seq -1: it is not known to be over. */
bool store_find_past(struct store *store, const uint8_t epoch[WRITER_PART_BYTES], int64_t *left_seq,
	struct error *err);
/* One that is known already keeps the smaller left_seq. */
bool store_add_past(struct store *store, const struct past_epoch *past, struct error *err);

/* --- a kiosk's -------------------------------------------------------------------------------- */

/* A delta of the hub, whole, in place of one that began at the same number. */
bool store_keep_delta(struct store *store, const uint8_t epoch[WRITER_PART_BYTES], int64_t first,
	int64_t last, struct str frame, struct error *err);
/* The next one behind *id (0: the first) that goes beyond where its epoch was left, into the arena;
 * empty: there are no more. */
bool store_next_kept(struct store *store, struct arena *arena, int64_t *id, struct str *frame,
	struct error *err);
/* Ops here that others wrote and the hub's log has lost. -1 with err set on failure. */
int64_t store_lost_count(struct store *store, struct error *err);

/* The newest head of the log that is followed, as the hub signed it; empty: none came yet. */
bool store_keep_head(struct store *store, struct str frame, struct error *err);
bool store_kept_head(
	struct store *store, struct arena *arena, struct str *frame, struct error *err);
/* Whether the hub must see that head, for it showed one that does not fit. */
bool store_set_head_owed(struct store *store, bool owed, struct error *err);
bool store_head_owed(struct store *store, bool *owed, struct error *err);

/* --- a hub's ---------------------------------------------------------------------------------- */

/* Begins a new epoch: the one that was ends at left_seq, which may be lower than the log's end when
 * some kiosk knows it with another tail. From here on the hub gives no seats until every device on
 * its list has said that it follows (OP_FOLLOWED). */
bool store_leave_epoch(struct store *store, int64_t left_seq, struct error *err);
/* An epoch of this hub that it has forgotten; it waits again. */
bool store_remember_epoch(struct store *store, const struct past_epoch *past, struct error *err);
/* Whether the hub waits; false for who is no hub. */
bool store_waits(struct store *store, bool *waits, struct error *err);
/* Those it waits for; -1 with err set on failure. */
int64_t store_unheard_count(struct store *store, struct error *err);
/* Ends the waiting when nobody is left to wait for, or staff say so. True also when it goes on. */
bool store_end_waiting(struct store *store, bool whatever, struct error *err);

/* The last number of a past epoch up to which everything came back, at least where it was left. */
bool store_given_back(
	struct store *store, const struct past_epoch *past, int64_t *past_seq, struct error *err);
