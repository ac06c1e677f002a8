/* The check walks the tree of the file beside the table of its shape, so that a fault in one place
 * never hides one in another. A first walk gathers the ids of all entities, because references
 * may point forward; the second looks at every value; and a few rules look at several keys of one
 * object at once. Places are written out only where there is something to complain about. */
#include "formats/buurtlijst_check.h"

#include "formats/buurtlijst.h"
#include "formats/buurtlijst_rules.h"
#include "formats/words.h"
#include "model/recurrence.h"
#include "model/time.h"

#include <stdio.h>
#include <stdlib.h>

static void write_spot(struct str_builder *out, const struct spot *spot)
{
	if (!spot || !spot->up)
		return;
	write_spot(out, spot->up);
	if (spot->key.len == 0) {
		str_builder_add_format(out, "[%zu]", spot->index);
		return;
	}
	if (out->len > 0)
		str_builder_add_char(out, '.');
	str_builder_add(out, spot->key);
}

struct spot spot_key(const struct spot *up, const char *key)
{
	return (struct spot){up, str_from(key), 0};
}

void check_complain(struct checker *checker, enum complaint_level level, const struct spot *spot,
	const char *format, ...)
{
	checker->errors += level == COMPLAINT_ERROR;
	if (!checker->complain)
		return;
	arena_reset(checker->words);
	struct str_builder place = {.arena = checker->words};
	write_spot(&place, spot);
	va_list args;
	va_start(args, format);
	struct str message = str_format_args(checker->words, format, args);
	va_end(args);
	struct complaint complaint = {level, str_builder_text(&place), message};
	checker->complain(checker->context, &complaint);
}

/* A piece of the file for a message: short, and cut between characters. */
static struct str quoted(struct str text)
{
	size_t at = 0;
	while (at < text.len && at < 40)
		str_next_code_point(text, &at);
	return str_slice(text, 0, at);
}

bool check_is_absent(const struct json *value)
{
	return !value || value->type == JSON_IS_NULL;
}

static bool is_zone(struct checker *checker, struct str zone)
{
	int64_t utc_s;
	if (checker->good_zone.len > 0 && str_equal(zone, checker->good_zone))
		return true;
	if (!zone_to_utc(zone, (struct local_time){{2026, 1, 1}, 12, 0, 0}, &utc_s))
		return false;
	checker->good_zone = zone;
	return true;
}

static const struct json *find_taxonomy(const struct checker *checker, const char *name)
{
	const struct json *terms = json_get(checker->taxonomies, str_from(name));
	return terms && terms->type == JSON_IS_ARRAY ? terms : NULL;
}

static const struct known_id *find_id(const struct checker *checker, struct uuid id)
{
	size_t low = 0, high = checker->id_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (uuid_compare(checker->ids[middle].id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < checker->id_count && uuid_equal(checker->ids[low].id, id);
	return found ? &checker->ids[low] : NULL;
}

static void check_reference(struct checker *checker, const struct spot *spot,
	const struct shape *shape, struct str text)
{
	struct uuid id;
	if (!uuid_parse(text, &id)) {
		WRONG(spot, "\"%.*s\" is not a UUID", STR_ARG(quoted(text)));
		return;
	}
	const struct known_id *known = find_id(checker, id);
	if (!known)
		WRONG(spot, "no %s has the id %.*s", entity_type_name(shape->type), STR_ARG(text));
	else if (known->type != shape->type)
		WRONG(spot, "should name a %s, but %.*s is a %s", entity_type_name(shape->type),
			STR_ARG(text), entity_type_name(known->type));
}

static void check_term(struct checker *checker, const struct spot *spot, const struct shape *shape,
	struct str code)
{
	const struct json *terms = find_taxonomy(checker, shape->words);
	if (!terms) {
		WARN(spot, "the file has no taxonomy %s to look this code up in", shape->words);
		return;
	}
	for (size_t i = 0; i < terms->count; i++)
		if (str_equal(json_string(json_get(&terms->items[i], STR("code"))), code))
			return;
	WRONG(spot, "\"%.*s\" is not a code of the taxonomy %s", STR_ARG(quoted(code)),
		shape->words);
}

static void check_length(struct checker *checker, const struct spot *spot,
	const struct shape *shape, struct str text)
{
	if (shape->required && str_trim(text).len == 0)
		WRONG(spot, "is empty");
	size_t characters = 0;
	for (size_t at = 0; shape->characters > 0 && at < text.len; characters++)
		str_next_code_point(text, &at);
	if (characters > shape->characters)
		WARN(spot, "%zu characters, and more than %zu do not show whole", characters,
			shape->characters);
}

static void check_text(struct checker *checker, const struct spot *spot, const struct shape *shape,
	struct str text)
{
	struct date date;
	struct local_time at;
	struct error err = {0};
	struct str q = quoted(text);
	switch (shape->kind) {
	case SHAPE_UUID: {
		struct uuid id;
		if (!uuid_parse(text, &id))
			WRONG(spot, "\"%.*s\" is not a UUID", STR_ARG(q));
		break;
	}
	case SHAPE_DATE:
		if (!date_parse(text, &date))
			WRONG(spot, "\"%.*s\" is not a date like 2026-12-01", STR_ARG(q));
		break;
	case SHAPE_LOCAL_TIME:
		if (!local_time_parse(text, &at))
			WRONG(spot, "\"%.*s\" is not a local time like 2026-12-01T09:30:00",
				STR_ARG(q));
		break;
	case SHAPE_CLOCK:
		if (words_clock(text) < 0)
			WRONG(spot, "\"%.*s\" is not a time like 09:30", STR_ARG(q));
		break;
	case SHAPE_ZONE:
		if (!is_zone(checker, text))
			WRONG(spot, "\"%.*s\" is not a time zone that this machine knows",
				STR_ARG(q));
		break;
	case SHAPE_RRULE:
		if (!recurrence_check(text, &err))
			WRONG(spot, "%s", err.message);
		break;
	case SHAPE_LANGUAGE:
		if (!words_is_language(text))
			WRONG(spot, "\"%.*s\" is not a language code", STR_ARG(q));
		break;
	case SHAPE_PHONE:
		if (!words_is_phone(text))
			WRONG(spot, "\"%.*s\" is not a telephone number", STR_ARG(q));
		break;
	case SHAPE_FILE:
		if (!words_is_plain_file(text))
			WRONG(spot, "\"%.*s\" is not a plain file name", STR_ARG(q));
		break;
	case SHAPE_WORD:
		if (!words_one_of(str_from(shape->words), text))
			WRONG(spot, "\"%.*s\" is none of %s", STR_ARG(q), shape->words);
		break;
	case SHAPE_TERM:
		check_term(checker, spot, shape, text);
		break;
	case SHAPE_REFERENCE:
		check_reference(checker, spot, shape, text);
		break;
	default:
		check_length(checker, spot, shape, text);
		break;
	}
}

/* Values, by their shape. */

static void check_number(struct checker *checker, const struct spot *spot,
	const struct shape *shape, const struct json *value)
{
	bool real = value->type == JSON_IS_REAL;
	double number = real ? value->real : (double)value->integer;
	if (real && shape->kind == SHAPE_INTEGER)
		WRONG(spot, "%g is not a whole number", number);
	else if (number < shape->low || number > shape->high)
		WRONG(spot, "%g is outside %g to %g", number, shape->low, shape->high);
}

static void check_object(struct checker *checker, const struct spot *spot,
	const struct shape *shape, const struct json *object);
static void check_taxonomies(
	struct checker *checker, const struct spot *spot, const struct json *value);

static const char *wanted(const struct shape *shape)
{
	switch (shape->kind) {
	case SHAPE_BOOL:
		return "true or false";
	case SHAPE_INTEGER:
	case SHAPE_NUMBER:
		return "a number";
	case SHAPE_OBJECT:
	case SHAPE_TAXONOMIES:
		return "an object";
	default:
		return "a text";
	}
}

/* One value, which is there. */
static void check_value(struct checker *checker, const struct spot *spot, const struct shape *shape,
	const struct json *value)
{
	bool number = value->type == JSON_IS_INTEGER || value->type == JSON_IS_REAL;
	bool text = value->type == JSON_IS_STRING;
	bool object = value->type == JSON_IS_OBJECT;
	switch (shape->kind) {
	case SHAPE_BOOL:
		if (value->type == JSON_IS_TRUE || value->type == JSON_IS_FALSE)
			return;
		break;
	case SHAPE_INTEGER:
	case SHAPE_NUMBER:
		if (number) {
			check_number(checker, spot, shape, value);
			return;
		}
		break;
	case SHAPE_OBJECT:
		if (object) {
			check_object(checker, spot, shape, value);
			return;
		}
		break;
	case SHAPE_TAXONOMIES:
		if (object) {
			check_taxonomies(checker, spot, value);
			return;
		}
		break;
	case SHAPE_TERM:
		if (value->type == JSON_IS_INTEGER) {
			char digits[24];
			snprintf(digits, sizeof(digits), "%lld", (long long)value->integer);
			check_term(checker, spot, shape, str_from(digits));
			return;
		}
		/* fallthrough */
	default:
		if (text) {
			check_text(checker, spot, shape, value->string);
			return;
		}
		break;
	}
	WRONG(spot, "should be %s", wanted(shape));
}

static void check_member(struct checker *checker, const struct spot *spot,
	const struct shape *shape, const struct json *value)
{
	if (check_is_absent(value)) {
		if (shape->required)
			WRONG(spot, "missing");
		return;
	}
	if (!shape->list) {
		check_value(checker, spot, shape, value);
		return;
	}
	if (value->type != JSON_IS_ARRAY) {
		WRONG(spot, "should be an array");
		return;
	}
	for (size_t i = 0; i < value->count; i++) {
		struct spot item = {spot, {0}, i};
		check_value(checker, &item, shape, &value->items[i]);
	}
}

static void check_members(struct checker *checker, const struct spot *spot,
	const struct shape *members, const struct json *object)
{
	for (const struct shape *member = members; member->key; member++) {
		struct spot at = spot_key(spot, member->key);
		check_member(checker, &at, member, json_get(object, at.key));
	}
	for (size_t i = 0; i < object->count; i++) {
		const struct shape *member = members;
		while (member->key && !str_equal_z(object->keys[i], member->key))
			member++;
		struct spot at = {spot, quoted(object->keys[i]), 0};
		if (!member->key)
			check_complain(checker, COMPLAINT_INFO, &at, "unknown key, kept as it is");
	}
}

static void check_object(struct checker *checker, const struct spot *spot,
	const struct shape *shape, const struct json *object)
{
	check_members(checker, spot, shape->members, object);
	check_rule(checker, spot, shape->rule, object);
}

static void check_taxonomies(
	struct checker *checker, const struct spot *spot, const struct json *value)
{
	static const struct shape term[] = {
		{.key = "code", .kind = SHAPE_TEXT, .required = true},
		{.key = "label", .kind = SHAPE_TEXT, .required = true},
		{.key = "help", .kind = SHAPE_TEXT},
		{.key = "plain", .kind = SHAPE_TEXT},
		{.key = "prompt", .kind = SHAPE_TEXT},
		{.key = NULL},
	};
	static const struct shape terms = {.kind = SHAPE_OBJECT, .list = true, .members = term};
	for (size_t i = 0; i < value->count; i++) {
		struct spot at = {spot, quoted(value->keys[i]), 0};
		check_member(checker, &at, &terms, &value->items[i]);
	}
}

/* The ids. */

static size_t count_entities(const struct json *parent, enum entity_type type)
{
	size_t list_count, total = 1;
	const struct entity_list *lists = buurtlijst_lists(&list_count);
	for (size_t i = 0; i < list_count; i++) {
		const struct json *array =
			lists[i].parent == type ? json_get(parent, str_from(lists[i].key)) : NULL;
		if (!array || array->type != JSON_IS_ARRAY)
			continue;
		for (size_t at = 0; at < array->count; at++)
			total += count_entities(&array->items[at], lists[i].child);
	}
	return total;
}

static void gather_id(struct checker *checker, const struct spot *spot, enum entity_type type,
	const struct json *entity)
{
	struct known_id known = {.type = type};
	if (!uuid_parse(json_string(json_get(entity, STR("id"))), &known.id))
		return;
	struct str_builder place = {.arena = checker->arena};
	struct spot at = spot_key(spot, "id");
	write_spot(&place, &at);
	known.place = str_builder_text(&place);
	checker->ids[checker->id_count++] = known;
}

static void gather_ids(struct checker *checker, const struct spot *spot, enum entity_type type,
	const struct json *entity)
{
	size_t list_count;
	const struct entity_list *lists = buurtlijst_lists(&list_count);
	if (type == ENTITY_CATALOGUE) {
		struct spot venue = spot_key(spot, "venue");
		gather_id(checker, &venue, type, json_get(entity, STR("venue")));
	} else {
		gather_id(checker, spot, type, entity);
	}
	for (size_t i = 0; i < list_count; i++) {
		struct spot key = spot_key(spot, lists[i].key);
		const struct json *array =
			lists[i].parent == type ? json_get(entity, key.key) : NULL;
		for (size_t at = 0; array && array->type == JSON_IS_ARRAY && at < array->count;
			at++) {
			struct spot item = {&key, {0}, at};
			gather_ids(checker, &item, lists[i].child, &array->items[at]);
		}
	}
}

static int compare_ids(const void *a, const void *b)
{
	const struct known_id *left = a, *right = b;
	int order = uuid_compare(left->id, right->id);
	return order ? order : str_compare(left->place, right->place);
}

static void check_ids(struct checker *checker, const struct spot *top, const struct json *root)
{
	size_t count = count_entities(root, ENTITY_CATALOGUE);
	if (count > BUURTLIJST_LIMIT_ENTITIES)
		WRONG(top, "%zu entities, and more than %d are not read", count,
			BUURTLIJST_LIMIT_ENTITIES);
	checker->ids = arena_new_array(checker->arena, struct known_id, count);
	gather_ids(checker, top, ENTITY_CATALOGUE, root);
	if (checker->id_count > 0)
		qsort(checker->ids, checker->id_count, sizeof(*checker->ids), compare_ids);
	for (size_t i = 1; i < checker->id_count; i++) {
		struct known_id *first = &checker->ids[i - 1], *again = &checker->ids[i];
		struct spot at = {top, again->place, 0};
		if (uuid_equal(first->id, again->id))
			WRONG(&at, "the id of %.*s too", STR_ARG(first->place));
	}
}

size_t buurtlijst_check(struct str bytes, complain_function *complain_to, void *context)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1 << 20};
	CLEANUP(arena_finish) struct arena words = {0};
	struct checker checker = {
		.arena = &arena, .words = &words, .complain = complain_to, .context = context};
	struct spot top = {0};
	struct json root;
	struct error err = {0};
	if (!buurtlijst_parse(&arena, bytes, &root, &err)) {
		check_complain(&checker, COMPLAINT_ERROR, &top, "%s", err.message);
		return checker.errors;
	}
	checker.taxonomies = json_get(&root, STR("taxonomies"));
	check_ids(&checker, &top, &root);
	check_members(&checker, &top, buurtlijst_shape, &root);
	return checker.errors;
}
