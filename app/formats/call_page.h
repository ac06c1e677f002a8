/* The call list that is taken along: one HTML page that needs nothing but a browser. It holds the
 * sign-ups and wishes as they are stored, sealed, and the program that opens them with the
 * organisation's key file and passphrase. Without those two it tells how many sign-ups there are
 * for which meeting, and of whom nothing. */
#pragma once
#include "base/error.h"
#include "base/str.h"
#include "base/uuid.h"
#include "model/time.h"

#include <stdbool.h>
#include <stddef.h>

#define CALL_PAGE_NONCE_BYTES 16

struct call_page_entry {
	bool is_wish; /* then there is no meeting: introduction to place say nothing */
	struct uuid id; /* nil for a wish */
	struct str initiative; /* its name; of a wish, what it is called on the page */
	struct date asked; /* of a wish; none: nobody knew the day */
	bool introduction; /* without a day */
	struct local_time start; /* of the meeting, as it is now; unused for an introduction */
	int party; /* people */
	bool companion; /* wants somebody to walk along */
	int place; /* on the waiting list, from 1; else 0 */
	struct str box; /* sealed bytes */
};

struct call_page {
	struct str venue;
	struct date made; /* none: the clock is unsure */
	struct call_page_entry *entries;
	size_t count;
};

/* The files of assets/web that the page is made of. */
struct call_page_parts {
	struct str template, style, script, sodium, wrappers;
};

/* Writes the page into the arena. The nonce is what its content policy lets run, and must be fresh
 * randomness for every page. ERROR_DAMAGED when the template names a part that nobody knows. */
bool call_page_write(struct arena *arena, const struct call_page_parts *parts,
	const struct call_page *page, const unsigned char nonce[CALL_PAGE_NONCE_BYTES],
	struct str *html, struct error *err);
