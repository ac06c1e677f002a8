/* The organisation's keys: one pair for each of 24 months, so that destroying an old month's secret
 * erases what was sealed then on every forgotten stick and card. The public part goes onto the
 * kiosk as a text file; the secret part is a text file too, locked with a passphrase (Argon2id, 32
 * MiB, 3 passes, then XSalsa20-Poly1305), and stays on the organisation's stick.
 *
 * A month is counted from year 0: year * 12 + month - 1. */
#pragma once
#include "crypto/seal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEY_MONTHS 24
#define KEY_SET_ID_BYTES 8
#define KEY_FILE_LIMIT_BYTES 8192 /* larger files are not read at all */
#define KEY_PASSPHRASE_MIN_BYTES 8
#define KEY_SECRET_FILE "buurtbord-keys.secret" /* its name on the organisation's stick */

struct key_set {
	uint8_t id[KEY_SET_ID_BYTES]; /* the same on the public and the secret part */
	int first_month;
	struct public_key months[KEY_MONTHS];
};

struct secret_key_set {
	uint8_t id[KEY_SET_ID_BYTES];
	int first_month;
	struct secret_key months[KEY_MONTHS];
};

int key_month(int year, int month);
bool key_month_parse(struct str text, int *month); /* "2026-11" */

/* Fresh keys from the kernel's randomness. Wipe the secret part with key_set_wipe(). */
void key_set_create(int first_month, struct key_set *set, struct secret_key_set *secret);
void key_set_wipe(struct secret_key_set *secret);

/* The key to seal with in that month: before the first month the first, after the last the last,
 * which then also sets *used_up. */
const struct public_key *key_set_pick(const struct key_set *set, int month, bool *used_up);

/* The public part as the text of org-keys.pub, and back: ERROR_PARSE with the line. */
struct str key_set_format(struct arena *arena, const struct key_set *set);
bool key_set_parse(struct str text, struct key_set *set, struct error *err);

/* The secret part, locked with a passphrase, as the text of a key file. The arena gets only the
 * locked form. ERROR_REFUSED when the passphrase is shorter than KEY_PASSPHRASE_MIN_BYTES. */
bool key_set_lock(struct arena *arena, const struct secret_key_set *secret, struct str passphrase,
	struct str *text, struct error *err);
/* Destroys the secret of one month: what was sealed to it opens nowhere any more, on whatever stick
 * or card it was left. False when the set has no such month. */
bool key_set_destroy(struct secret_key_set *secret, int month);
/* ERROR_KEY on a wrong passphrase, ERROR_PARSE on another kind of file. */
bool key_set_unlock(
	struct str text, struct str passphrase, struct secret_key_set *secret, struct error *err);
