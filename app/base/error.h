/* What the world did to us: disk, network, stick, file, touch. (Our own bugs are asserts, and out
 * of memory aborts in base/arena.c; neither ever becomes a struct error.)
 *
 * The code picks the translated sentence that a person sees; the message is English, for the log,
 * and names the file, row or field. Whoever handles an error logs it; whoever passes it on does
 * not. */
#pragma once
#include <stdbool.h>

/* Each code is a different thing for a person to do. */
enum error_code {
	ERROR_NONE,
	ERROR_NOT_FOUND, /* look for another name */
	ERROR_DISK, /* the storage is ill: call whoever keeps the machine */
	ERROR_DISK_FULL, /* make room */
	ERROR_READ_ONLY, /* the storage cannot be written */
	ERROR_DAMAGED, /* what is stored is not whole */
	ERROR_PARSE, /* mend the file at the place that the message names */
	ERROR_LIMIT, /* too large, too many, too often */
	ERROR_UNSUPPORTED, /* we do not do this */
	ERROR_REFUSED, /* a rule of ours says no */
	ERROR_CONFLICT, /* somebody else changed it meanwhile */
	ERROR_KEY, /* a key is missing, wrong or used up */
	ERROR_CODE_COUNT
};

struct error {
	enum error_code code;
	char message[256];
};

/* Both return false, so that a failing function ends with `return error_set(err, ...)`. A NULL
 * err is allowed. error_wrap puts its text in front: "opening the catalogue: <cause>". */
bool error_set(struct error *err, enum error_code code, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
bool error_wrap(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A short English name for a code, for logs and tests. */
const char *error_code_name(enum error_code code);
