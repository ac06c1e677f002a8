/* A program of ours that runs beside the kiosk: what may take long, or may fall over, is not done
 * in the process that draws. */
#pragma once
#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

/* Starts the program `name` that lies beside the running one, with these arguments after its name
 * (the last is NULL). What it says on stdout is thrown away; its messages come where ours go. 0
 * with err set: ERROR_NOT_FOUND when there is no such program. */
pid_t process_start(const char *name, const char *const arguments[], struct error *err);
/* Whether it has ended; then *ok says that it did with status 0, and the id is free. Never waits.
 */
bool process_ended(pid_t process, bool *ok);
/* Asks it to end, and waits until it has. */
void process_stop(pid_t process);
