/* The planted bugs of base/bug.h by name, one switched on at a time. */
#pragma once
#include "base/bug.h"

#include <stdbool.h>

const char *planted_name(enum bug bug); /* "CURSOR_OUTSIDE" */
const char *planted_what(enum bug bug); /* what was done wrong */
/* By its name or its number. */
bool planted_find(const char *name, enum bug *bug);
