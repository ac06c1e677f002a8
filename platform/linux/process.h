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
/* The lines that such a program writes to its stdout, at most that long; what is longer is cut. */
#define PROCESS_LINE_BYTES 256
struct process_lines {
	int descriptor; /* -1: nothing more comes */
	size_t filled, given; /* bytes of the buffer that are read, and that were given out */
	bool ended; /* the other end was closed */
	char buffer[PROCESS_LINE_BYTES];
};
/* The same as process_start(), with its stdout read through *lines. process_hear_no_more() gives
 * the descriptor back. */
pid_t process_start_and_hear(const char *name, const char *const arguments[],
	struct process_lines *lines, struct error *err);
enum process_heard { PROCESS_LINE, PROCESS_NOTHING_YET, PROCESS_SAID_ALL };
/* The next line, without its end, NUL-terminated; waits for it at most wait_ms. */
enum process_heard process_next_line(
	struct process_lines *lines, int wait_ms, char line[PROCESS_LINE_BYTES + 1]);
void process_hear_no_more(struct process_lines *lines);
/* Asks it to end, and does not wait. */
void process_interrupt(pid_t process);
/* Whether it has ended; then *ok says that it did with status 0, and the id is free. Never waits.
 */
bool process_ended(pid_t process, bool *ok);
/* Waits until it has ended; whether that was with status 0. */
bool process_wait(pid_t process);
/* Asks it to end, and waits until it has. */
void process_stop(pid_t process);
