/* A host's number as a card that a telephone can keep. */
#pragma once
#include "base/str.h"

#define VCARD_MOST_BYTES 80

/* vCard 3.0 (RFC 2426) with N and TEL, at most VCARD_MOST_BYTES long, so that the QR code stays
 * readable: FN is left out, which readers make from N. The name is cut at the end of a character;
 * what would end a field (";", ",", "\", a line break) becomes a blank. The phone keeps its digits
 * and a leading plus. Empty when there is no digit. */
struct str vcard_text(struct arena *arena, struct str name, struct str phone);
