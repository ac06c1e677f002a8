/* What a visitor tells of himself: sealed to the key of the month and kept in the table `sealed`,
 * beside the log and never in it. The log holds a commitment; erasing the row leaves a number that
 * says nothing. Used by sign-ups and by wishes. */
#pragma once
#include "crypto/seal.h"
#include "store/inside.h"

struct contact_details {
	struct str first_name, phone, best_time; /* each may be empty */
};

struct sealed_contact {
	struct str box; /* empty: nothing was told */
	uint8_t salt[SEAL_SALT_BYTES];
	struct hash commitment; /* zeroes: nothing was told */
};

bool contact_is_empty(const struct contact_details *details);
/* ERROR_LIMIT for a text that is too long, ERROR_PARSE for one that is not UTF-8, ERROR_KEY for any
 * text while the keys are lost. */
bool contact_check(
	const struct store *store, const struct contact_details *details, struct error *err);
/* The arena sees what the visitor typed: whoever owns it wipes it. *used_up: sealed to the last key
 * there is, whose month is over. */
struct sealed_contact contact_seal(const struct store *store, struct arena *arena,
	const struct contact_details *details, bool *used_up);
/* Keeps the box under the id of its sign-up or wish; an empty one is no row. expires_ms 0: nobody
 * knew the time, and retention_days count from when somebody does. */
bool contact_insert(struct store *store, struct uuid id, const struct sealed_contact *contact,
	int64_t expires_ms, int retention_days, struct error *err);
bool contact_erase(struct sql *db, struct uuid id, struct error *err);
