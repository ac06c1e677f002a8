/* Every fault of a buurtlijst, each with its place, for the person who keeps the list. */
#pragma once
#include "formats/format.h"

/* As struct format says. A file that is no JSON, or no buurtlijst, gives one error and no more. */
size_t buurtlijst_check(struct str bytes, complain_function *complain, void *context);
