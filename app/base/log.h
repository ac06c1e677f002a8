/* The log: one English line on stderr per event, for whoever keeps the machine. Nothing that a
 * visitor typed, no contact details and no codes ever go in here. */
#pragma once
#include "base/error.h"

void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "what: message (code)". */
void log_error(const char *what, const struct error *err);
