/* The formats a catalogue travels in, behind one table: bytes to records and back, and a check that
 * finds every fault. No format sees a database, and none keeps anything between two calls. */
#pragma once
#include "base/error.h"
#include "base/str.h"
#include "model/record.h"

#include <stdbool.h>
#include <stddef.h>

enum complaint_level {
	COMPLAINT_INFO, /* nothing wrong, but said so that nobody is surprised */
	COMPLAINT_WARNING, /* will show, but not well */
	COMPLAINT_ERROR, /* will not work until it is mended */
};

/* One fault of a file. The texts live as long as the call that hands the complaint out. */
struct complaint {
	enum complaint_level level;
	struct str place; /* "initiatives[2].schedules[0].rrule"; empty: the file as a whole */
	struct str message; /* English, one line */
};

typedef void complain_function(void *context, const struct complaint *complaint);

struct record_list {
	struct record *items;
	size_t count;
};

struct format {
	const char *name;
	/* What a person reads in a list of formats. */
	const char *title;
	/* Reads a file into records, all memory the arena's. The first fault ends it: ERROR_PARSE
	 * with its place, ERROR_LIMIT, or ERROR_UNSUPPORTED for a version of tomorrow. */
	bool (*read)(struct arena *arena, struct str bytes, struct record_list *records,
		struct error *err);
	/* Writes the records that are not deleted, in any order given. ERROR_DAMAGED when a record
	 * is none of ours. */
	bool (*write)(struct arena *arena, const struct record_list *records, struct str *bytes,
		struct error *err);
	/* Tells every fault to complain (may be NULL); returns how many of them are errors. */
	size_t (*check)(struct str bytes, complain_function *complain, void *context);
};

/* The whole table, and one format by its name or NULL. */
const struct format *formats(size_t *count);
const struct format *format_by_name(struct str name);

/* "info", "warning" or "error". */
const char *complaint_level_name(enum complaint_level level);
