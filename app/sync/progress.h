/* How far an exchange is, told by the process that does it to the one that shows it: a line of
 * ASCII each time something changed, and one at the end. Who reads it believes nothing but what
 * fits the form. */
#pragma once
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

#define PROGRESS_LINE_BYTES 96 /* without its end */

enum progress_stage {
	PROGRESS_CHECK, /* looking at what is on the stick */
	PROGRESS_TAKE, /* reading it */
	PROGRESS_GIVE, /* writing ours */
	PROGRESS_PROVE, /* reading back, and letting go of the stick */
	PROGRESS_DONE, /* over: it may be taken out */
	PROGRESS_FAILED, /* over: see why */
	PROGRESS_STAGE_COUNT
};

struct progress {
	enum progress_stage stage;
	int64_t taken; /* changes that were new here */
	int64_t given, to_give; /* ours; to_give 0: nothing waits */
	enum error_code why; /* of PROGRESS_FAILED */
};

/* "take 48 0 12", without an end of line. PROGRESS_FAILED gives the name of why instead of
 * numbers. Writes at most PROGRESS_LINE_BYTES and a NUL. */
void progress_write(const struct progress *progress, char line[PROGRESS_LINE_BYTES + 1]);
/* False for a line that is none; *progress is left alone then. */
bool progress_read(struct str line, struct progress *progress);
