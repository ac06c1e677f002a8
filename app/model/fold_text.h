/* Text as search compares it. Folding is letter by letter, so that the beginning of a word stays
 * the beginning of its fold: what is typed so far can be looked up as it is. The sound of a word is
 * coarser, for who writes as they hear; it holds for whole words and for most beginnings.
 *
 * A folded text has small letters, digits and single blanks; of the Latin letters only a to z.
 * Letters of other scripts stay, without accents, vowel signs and variants. All in the arena. */
#pragma once
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

#define FOLD_WORD_BYTES 48 /* what is longer is cut there, in text and query alike */

struct str fold_text(struct arena *arena, struct str text);

/* The words of a text, folded, at most `limit`; returns their number. */
size_t fold_words(struct arena *arena, struct str text, struct str *words, size_t limit);

/* Of one folded word: "jogga" and "yoga" give the same. */
struct str fold_sound(struct arena *arena, struct str word);

/* "met", "de", "ik", "graag": weighs nothing beside other words. Folded. */
bool fold_is_small_word(struct str word);

/* Words that people in the neighbourhood use for much the same, blank between them; empty when the
 * table has none. Found by sound: the word may be misspelt a little. */
struct str fold_related(struct arena *arena, struct str word);

/* Letters to add, drop, change or swap with their neighbour to make one word of the other; at most
 * limit + 1 is told. Both folded and no longer than FOLD_WORD_BYTES. */
size_t fold_distance(struct str a, struct str b, size_t limit);

/* The part of a text as it is shown (bytes) in which one of the words of the query stands, at the
 * beginning of a word if possible; false when there is none. */
bool fold_find(struct str text, struct str query, size_t *from, size_t *to);
