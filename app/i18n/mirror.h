/* The right-to-left test language: Dutch messages in Arabic letters, one for one, so that they run
 * through Arabic shaping, bidi and a mirrored layout, and can still be traced to their message. */
#pragma once
#include "base/str.h"

/* Letters become Arabic letters; digits, blanks, punctuation and {places} stay. A number that holds
 * a dash or blanks (0800-0113) is kept in order by U+2066..U+2069, which are never drawn. */
struct str mirror_message(struct arena *arena, struct str message);
