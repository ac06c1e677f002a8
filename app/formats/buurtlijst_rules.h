/* Inside of the check: where it is, how it complains, and the rules that look at several keys. */
#pragma once
#include "base/json.h"
#include "base/uuid.h"
#include "formats/buurtlijst_shape.h"
#include "formats/format.h"

struct known_id {
	struct uuid id;
	enum entity_type type;
	struct str place;
};

struct checker {
	struct arena *arena; /* of the whole check */
	struct arena *words; /* of one complaint */
	complain_function *complain;
	void *context;
	const struct json *taxonomies;
	struct known_id *ids; /* sorted by id */
	size_t id_count;
	struct str good_zone; /* the last one found in the system's database */
	size_t endless_rules; /* that were given up on */
	size_t errors;
};

/* Where we are: a chain up to the top, written out on demand. */
struct spot {
	const struct spot *up; /* NULL: the file */
	struct str key; /* empty: an item of an array */
	size_t index;
};

struct spot spot_key(const struct spot *up, const char *key);

void check_complain(struct checker *checker, enum complaint_level level, const struct spot *spot,
	const char *format, ...) __attribute__((format(printf, 4, 5)));
#define WRONG(...) check_complain(checker, COMPLAINT_ERROR, __VA_ARGS__)
#define WARN(...) check_complain(checker, COMPLAINT_WARNING, __VA_ARGS__)

/* Not there, or null. */
bool check_is_absent(const struct json *value);

/* Looks at an object as a whole. */
void check_rule(struct checker *checker, const struct spot *spot, enum shape_rule rule,
	const struct json *object);
