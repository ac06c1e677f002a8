/* The status page: what whoever keeps the hub wants to know at a glance. Plain HTML without scripts
 * or pictures; whatever people typed is escaped. */
#pragma once
#include "hub/answer.h"

/* All of it, in the arena. */
bool page_status(struct hub *hub, struct arena *arena, struct str *html, struct error *err);
/* Text as it may stand in an element or a quoted attribute (HTML 13.3). */
void page_add_escaped(struct str_builder *out, struct str text);
