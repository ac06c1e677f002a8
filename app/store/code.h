/* The code that a visitor takes home on a card or in the head: of a sign-up or of a wish. No
 * letters that look like another one, and hardly a vowel, so that no word comes out.
 *
 * A code has 36 bits, so its plain hash could be searched. It is hashed with a key that stays in
 * this kiosk's database and never travels with the log: a stick tells nothing. Who steals the card
 * has the key too and can search, and then holds a code that opens a record without a name. */
#pragma once
#include "base/str.h"
#include "crypto/hash.h"
#include "store/inside.h"

#define CODE_CHARS 8

/* A code with its NUL, from the env. */
void code_draw(struct env *env, char code[CODE_CHARS + 1]);
struct hash code_hash(const struct store *store, const char code[CODE_CHARS]);
/* What somebody typed, in the form in which it is hashed: either case, blanks and dashes ignored.
 * False when it cannot be a code. */
bool code_normal(struct str typed, char code[CODE_CHARS]);
/* Whether a sign-up or a wish has it already. */
bool code_is_taken(struct sql *db, const struct hash *hash, bool *taken, struct error *err);
