/* The log: one English line on stderr per event, for whoever keeps the machine. Nothing that a
 * visitor typed, no contact details and no codes ever go in here.
 *
 * Warnings and errors are troubles. The last LOG_TROUBLES of them are kept for the host, who has no
 * journal to look in: in memory, and once log_keep() was called also in a file. A trouble that
 * comes again is counted, not repeated. One thread. */
#pragma once
#include "base/arena.h"
#include "base/env.h"
#include "base/error.h"
#include "base/str.h"

#include <stddef.h>

#define LOG_TROUBLES 50
#define LOG_FILE_BYTES 32768 /* of each of the two files */

void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* "what: message (code)". */
void log_error(const char *what, const struct error *err);

/* From now on troubles are also added to the file at path, which moves to path.1 when it is full,
 * and those that stand there already count as troubles of before. They are dated by the env's
 * clock. A file that cannot be read or written is done without. The env must live until
 * log_forget(); another call keeps another file. */
void log_keep(struct env *env, const char *path);
/* Lets go of the file and of all that was kept in memory. */
void log_forget(void);

/* The troubles, the newest first, at most LOG_TROUBLES, each "2026-12-01 09:10 what (3 times)"; the
 * time is UTC and of the last of them, and left out where there was no clock. */
size_t log_troubles(struct arena *arena, struct str **lines);
