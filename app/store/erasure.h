/* The list of erasures: whose sealed details were destroyed because a resident or staff asked, and
 * never come in again. It is a log of its own, of ids alone, beside the log of changes: it travels
 * both ways (format.md, "Erasures"), and it outlives a restore of the database.
 *
 * What went because its day had come is not on it: every side erases that by the date that each
 * record carries. */
#pragma once
#include "crypto/hash.h"
#include "store/op.h"

struct erasure {
	unsigned entity_type; /* ENTITY_REGISTRATION or ENTITY_WISH */
	struct uuid entity;
	int64_t erased_ms; /* since 1970, by the clock of who erased */
};

/* Staff ask for it: destroys the details of a sign-up or wish here, and puts it on the list. The
 * sign-up itself stands, and keeps its seat. *held, which may be NULL, says whether there were
 * details here; without any it is on the list all the same. ERROR_NOT_FOUND when neither the log
 * nor a box names it. */
bool store_erase(struct store *store, struct uuid entity, bool *held, struct error *err);

/* Takes in what others erased; hub_epoch names the hub that said so, NULL: it was no hub. *fresh,
 * which may be NULL: how many were not on the list. */
bool store_take_erasures(struct store *store, const struct erasure *list, size_t count,
	const uint8_t hub_epoch[WRITER_PART_BYTES], size_t *fresh, struct error *err);

/* The list, by id, in the arena: all of it, or what the hub of this epoch is not known to have. */
bool store_erasures(struct store *store, struct arena *arena,
	const uint8_t unheard_by[WRITER_PART_BYTES], struct erasure **list, size_t *count,
	struct error *err);
/* The hub of this epoch has the whole list. */
bool store_erasures_heard(
	struct store *store, const uint8_t hub_epoch[WRITER_PART_BYTES], struct error *err);
/* A hash of the ids on the list, whatever their order: zeroes for an empty one. */
bool store_erasure_sum(struct store *store, struct hash *sum, struct error *err);
bool store_is_erased(struct store *store, struct uuid entity, bool *erased, struct error *err);

/* --- for the files of app/store --------------------------------------------------------------- */

/* Inside a transaction: destroys the box and puts its owner on the list. */
bool erasure_note(struct store *store, unsigned entity_type, struct uuid entity, struct error *err);
/* Destroys every box whose owner is on the list; *erased counts. */
bool erasure_apply(struct sql *db, size_t *erased, struct error *err);
