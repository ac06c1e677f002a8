/* The list when no card passes the filter, or there is no catalogue at all. */
#pragma once
#include "screens/screen.h"

struct action list_empty_frame(const struct model *model, struct ui *ui);
