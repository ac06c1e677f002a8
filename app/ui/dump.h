/* The nodes of a frame as JSON, in the form that design.md promises to whoever checks us from
 * outside: tests, screen readers to come, accessibility reviews. */
#pragma once
#include "ui/ui.h"

/* {"screen", "size_px", "size_mm", "nodes": [...]}, indented, with a newline at its end. */
struct str ui_dump(struct arena *arena, const struct ui *ui, struct str screen);
/* WAI-ARIA role name. */
const char *ui_role_name(enum ui_role role);
