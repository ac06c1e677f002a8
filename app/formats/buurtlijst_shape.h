/* The shape of a buurtlijst: which keys an object has and what each of them may hold. The words of
 * the specification in buurtlijst.h, as a table that the check walks. */
#pragma once
#include "model/record.h"

#include <stdbool.h>

enum shape_kind {
	SHAPE_TEXT,
	SHAPE_BOOL,
	SHAPE_INTEGER, /* low..high */
	SHAPE_NUMBER, /* low..high, integer or real */
	SHAPE_UUID,
	SHAPE_DATE,
	SHAPE_LOCAL_TIME,
	SHAPE_CLOCK, /* "09:30" */
	SHAPE_ZONE,
	SHAPE_RRULE,
	SHAPE_LANGUAGE,
	SHAPE_PHONE,
	SHAPE_FILE, /* a name, no path */
	SHAPE_WORD, /* one of words */
	SHAPE_TERM, /* a code of the taxonomy that words names; an integer stands for its digits */
	SHAPE_REFERENCE, /* the id of an entity of type */
	SHAPE_OBJECT,
	SHAPE_TAXONOMIES,
};

/* Rules that look at more than one key of an object. */
enum shape_rule { RULE_NONE, RULE_INITIATIVE, RULE_SCHEDULE, RULE_EXCEPTION, RULE_PRESENT_TIME };

struct shape {
	const char *key; /* NULL ends a table */
	enum shape_kind kind;
	bool required; /* must be there and not null; a text must not be empty */
	bool list; /* an array of it */
	const char *words; /* "draft|active", or the name of a taxonomy */
	enum entity_type type;
	double low, high;
	size_t characters; /* longer texts do not show whole */
	const struct shape *members;
	enum shape_rule rule;
};

/* The members of the file's top object. */
extern const struct shape buurtlijst_shape[];
