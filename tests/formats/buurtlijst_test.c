#include "base/env.h"
#include "formats/buurtlijst.h"
#include "formats/buurtlijst_paths.h"
#include "model/catalogue.h"
#include "model/fields.h"
#include "model/recurrence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct env *luck;

static int setup(void **state)
{
	(void)state;
	luck = env_simulated_create(env_os(), 0, false, 5);
	return 0;
}

static int clear(void **state)
{
	(void)state;
	env_simulated_destroy(luck);
	arena_finish(&arena);
	return 0;
}

static struct str sample(void)
{
	struct str bytes;
	struct error err;
	if (!env_read_file(
		    env_os(), &arena, "assets/catalogue/buurtlijst.json", 1 << 20, &bytes, &err))
		fail_msg("%s", err.message);
	return bytes;
}

static struct json parsed(struct str bytes)
{
	struct json value = {0};
	struct error err = {0};
	if (!json_parse(&arena, bytes, &value, &err))
		fail_msg("%s", err.message);
	return value;
}

static struct str written(const struct json *value)
{
	struct str_builder out = {.arena = &arena};
	json_write(&out, value, false);
	return str_builder_text(&out);
}

static struct record_list read_all(struct str bytes)
{
	struct record_list records;
	struct error err = {0};
	if (!buurtlijst_read(&arena, bytes, &records, &err))
		fail_msg("%s", err.message);
	return records;
}

static struct str write_all(const struct record_list *records)
{
	struct str bytes = {0};
	struct error err = {0};
	if (!buurtlijst_write(&arena, records, &bytes, &err))
		fail_msg("%s", err.message);
	return bytes;
}

static void assert_round_trip(struct str bytes)
{
	struct record_list records = read_all(bytes);
	for (size_t i = records.count; i > 1; i--) { /* the order of records must not matter */
		size_t other = env_random_below(luck, (uint32_t)i);
		struct record swap = records.items[i - 1];
		records.items[i - 1] = records.items[other];
		records.items[other] = swap;
	}
	struct str again = write_all(&records);
	struct json before = parsed(bytes), after = parsed(again);
	if (!json_equal(&before, &after))
		fail_msg("was  %.*s\nnow  %.*s", STR_ARG(bytes), STR_ARG(written(&after)));
}

/* A file with one of everything, and a hole for more keys in each of its objects. */
static const char small[] =
	"{\"format\":\"buurtlijst\",\"format_version\":\"0.1\",\"venue\":{\"id\":"
	"\"d562f97d-61ca-5df7-a4c9-ad30acecc797\",\"name\":\"x\"},\"contacts\":[{\"id\":"
	"\"31eee4b1-8e07-5f3a-9999-9bf67229ff60\"}],\"organizations\":[],\"places\":[],"
	"\"initiatives\":[{\"id\":\"e3faa7ca-492c-57b3-906a-f70846cb1490\",\"schedules\":[{\"id\":"
	"\"83223cc4-4ed5-538c-bd76-d34f3888f7d6\"}]%s}]%s}";

static struct str small_with(const char *in_initiative, const char *at_top)
{
	struct str before = {0}, rest = str_from(small), out[5];
	size_t count = 0;
	const char *const fills[] = {in_initiative, at_top};
	for (size_t i = 0; i < 2; i++) {
		ptrdiff_t hole = str_find(rest, STR("%s"));
		before = str_slice(rest, 0, (size_t)hole);
		rest = str_slice(rest, (size_t)hole + 2, rest.len);
		out[count++] = before;
		out[count++] = str_from(fills[i]);
	}
	out[count++] = rest;
	return str_join(&arena, out, count, (struct str){0});
}

static void the_sample_comes_out_to_the_byte(void **state)
{
	(void)state;
	struct str bytes = sample();
	struct record_list records = read_all(bytes);
	assert_true(str_equal(write_all(&records), bytes));
	size_t kept_orders = 0;
	for (size_t i = 0; i < records.count; i++)
		kept_orders += record_get(&records.items[i], FIELD_KEY_ORDER).len > 0;
	assert_int_equal(kept_orders, 0);
	assert_int_equal(records.count, 1 + 9 + 5 + 3 + 8 + 11);
	assert_round_trip(bytes);
}

static void odd_files_come_out_as_they_went_in(void **state)
{
	(void)state;
	char name[301] = "";
	memset(name, 'n', 300);
	static const char *const tails[] = {"", ",\"x\":1", ",\"cost\":null", ",\"cost\":{}",
		",\"cost\":7", ",\"cost\":{\"x\":{\"y\":[1,{\"z\":null}]}}",
		",\"cost\":{\"amount\":1.0}", ",\"cost\":{\"x\":1,\"amount\":0.1},\"y\":2",
		",\"cost.amount\":3",
		",\"cost\":{\"amount\":1},\"cost.amount\":2,\"cost\\\\.amount\":3",
		",\"cost\":{\"a.b\":1,\"\":2}", ",\"\":{\"\":{}}",
		",\"first_visit\":{\"companion\":{}}",
		",\"first_visit\":{\"companion\":{\"text\":null},\"steps\":[]}",
		",\"first_visit\":{\"companion\":{\"text\":\"a\"},\"x\":1,\"stay\":\"b\"}",
		",\"slug\":\"after\",\"name\":\"اسم 😀\"", ",\"deleted\":true,\"position\":9",
		",\"n\":[0.1,1e300,1.0,-0.0,5e-324,9223372036854775807]",
		",\"collectivising\":{\"x\":1}", ",\"picture\":{\"alt\":\"a\",\"file\":\"b\"}"};
	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		assert_round_trip(small_with(tails[i], ""));
		assert_round_trip(small_with("", tails[i]));
	}
	assert_round_trip(small_with(str_format(&arena, ",\"name\":\"%s\"", name).ptr, ""));
	assert_round_trip(small_with("", ",\"taxonomies\":{\"z\":[],\"a\":[{\"code\":1.50}]}"));
}

static void missing_and_null_lists_stay_so(void **state)
{
	(void)state;
	static const char head[] = "{\"format\":\"buurtlijst\",\"format_version\":\"0.2\","
				   "\"venue\":{\"id\":\"D562F97D-61ca-5df7-a4c9-ad30acecc797\"}";
	static const char *const tails[] = {"}", ",\"contacts\":null}", ",\"places\":[]}",
		",\"initiatives\":[],\"places\":[],\"organizations\":[],\"contacts\":[]}",
		",\"initiatives\":[{\"id\":\"e3faa7ca-492c-57b3-906a-f70846cb1490\"},{"
		"\"schedules\":null,\"id\":\"e3faa7ca-492c-57b3-906a-f70846cb1491\"}]}"};
	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++)
		assert_round_trip(str_format(&arena, "%s%s", head, tails[i]));
	assert_round_trip(STR("{\"venue\":{\"id\":\"d562f97d-61ca-5df7-a4c9-ad30acecc797\"},"
			      "\"format_version\":\"0.2\",\"format\":\"buurtlijst\"}"));
}

static struct json random_value(void)
{
	static const char *const values[] = {"null", "true", "1", "-7", "0.1", "1e300", "1.0",
		"-0.0", "\"\"", "\"نص\"", "[]", "{}", "[{\"a\":[null,1.5]}]", "{\"amount\":{}}"};
	uint32_t pick = env_random_below(luck, sizeof(values) / sizeof(values[0]));
	return parsed(str_from(values[pick]));
}

/* Shuffles keys, drops some, spoils some and adds strange ones, at every depth. Ids stay, and so
 * do the arrays of entities. */
static void disturb(struct json *value)
{
	static const char *const strange[] = {
		"x", "a.b", "cost.amount", "\\", "مفتاح", "", "id2", "cost", "schedules2"};
	if (value->type == JSON_IS_ARRAY)
		for (size_t i = 0; i < value->count; i++)
			disturb(&value->items[i]);
	if (value->type != JSON_IS_OBJECT)
		return;
	struct json out = {.type = JSON_IS_OBJECT};
	for (size_t i = value->count; i > 1; i--) {
		size_t j = env_random_below(luck, 3) ? i - 1 : env_random_below(luck, (uint32_t)i);
		struct str key = value->keys[i - 1];
		struct json item = value->items[i - 1];
		value->keys[i - 1] = value->keys[j];
		value->items[i - 1] = value->items[j];
		value->keys[j] = key;
		value->items[j] = item;
	}
	for (size_t i = 0; i < value->count; i++) {
		struct str key = value->keys[i];
		bool needed = str_equal_z(key, "id") || str_starts_with(key, STR("format")) ||
			      str_equal_z(key, "venue");
		size_t count;
		const struct entity_list *lists = buurtlijst_lists(&count);
		for (size_t k = 0; k < count; k++)
			needed |= str_equal_z(key, lists[k].key);
		disturb(&value->items[i]);
		uint32_t fate = needed ? 9 : env_random_below(luck, 20);
		if (fate == 1)
			value->items[i] = random_value();
		if (fate != 0)
			json_set(&arena, &out, key, value->items[i]);
		if (env_random_below(luck, 8) == 0) {
			uint32_t pick = env_random_below(luck, 9);
			if (!json_get(&out, str_from(strange[pick])) &&
				!json_get(value, str_from(strange[pick])))
				json_set(&arena, &out, str_from(strange[pick]), random_value());
		}
	}
	*value = out;
}

static void disturbed_samples_come_out_as_they_went_in(void **state)
{
	(void)state;
	for (int round = 0; round < 30; round++) {
		struct json root = parsed(sample());
		disturb(&root);
		assert_round_trip(written(&root));
		arena_reset(&arena);
	}
}

static struct record *find(struct record_list *records, enum entity_type type)
{
	for (size_t i = 0; i < records->count; i++)
		if (records->items[i].type == type)
			return &records->items[i];
	fail();
	return NULL;
}

static void set(struct record *record, uint16_t number, const char *json)
{
	struct field_value *fields =
		arena_new_array(&arena, struct field_value, record->field_count + 1);
	size_t count = 0;
	while (count < record->field_count && record->fields[count].number < number) {
		fields[count] = record->fields[count];
		count++;
	}
	size_t rest = count;
	fields[count++] = (struct field_value){number, str_from(json)};
	if (rest < record->field_count && record->fields[rest].number == number)
		rest++;
	while (rest < record->field_count)
		fields[count++] = record->fields[rest++];
	record->fields = fields;
	record->field_count = count;
}

static void a_change_wins_over_what_the_file_had(void **state)
{
	(void)state;
	struct record_list records = read_all(small_with(",\"cost\":null,\"icon\":\"a\"", ""));
	set(find(&records, ENTITY_INITIATIVE), INITIATIVE_COST_AMOUNT, "2.5");
	set(find(&records, ENTITY_INITIATIVE), INITIATIVE_ICON, "\"b\"");
	struct json root = parsed(write_all(&records));
	const struct json *initiative = &json_get(&root, STR("initiatives"))->items[0];
	const struct json *cost = json_get(initiative, STR("cost"));
	assert_true(json_get(cost, STR("amount"))->real == 2.5);
	assert_true(str_equal(json_string(json_get(initiative, STR("icon"))), STR("b")));
}

static void deleted_ones_are_not_written(void **state)
{
	(void)state;
	struct record_list records = read_all(small_with("", ""));
	set(find(&records, ENTITY_SCHEDULE), FIELD_DELETED, "true");
	set(find(&records, ENTITY_CONTACT), FIELD_DELETED, "true");
	struct json root = parsed(write_all(&records));
	assert_int_equal(json_get(&root, STR("contacts"))->count, 0);
	const struct json *initiative = &json_get(&root, STR("initiatives"))->items[0];
	assert_int_equal(json_get(initiative, STR("schedules"))->count, 0);
}

static void schedules_are_entities(void **state)
{
	(void)state;
	struct record_list records = read_all(sample());
	size_t schedules = 0;
	for (size_t i = 0; i < records.count; i++) {
		if (records.items[i].type != ENTITY_SCHEDULE)
			continue;
		schedules++;
		assert_int_equal(record_get(&records.items[i], FIELD_INITIATIVE_ID).len, 38);
		assert_int_equal(record_get(&records.items[i], FIELD_POSITION).len, 1);
	}
	assert_int_equal(schedules, 11);
	struct record *first = find(&records, ENTITY_INITIATIVE);
	assert_true(str_equal(record_get(first, INITIATIVE_MAX_PARTY), STR("6")));
	assert_true(str_equal(record_get(first, INITIATIVE_CAPACITY), STR("null")));
}

static void note(void *context, const char *message)
{
	(void)context;
	fail_msg("%s", message);
}

static void the_sample_builds_without_complaint(void **state)
{
	(void)state;
	struct record_list records = read_all(sample());
	struct catalogue *c = catalogue_build(&arena, records.items, records.count, note, NULL);
	assert_int_equal(c->initiative_count, 8);
	assert_int_equal(c->help_number_count, 2);
	for (size_t i = 0; i < c->initiative_count; i++) {
		const struct initiative *initiative = &c->initiatives[i];
		bool walk_in = initiative->registration.mode == REGISTRATION_WALK_IN;
		assert_non_null(initiative->host);
		assert_non_null(initiative->greeted_by);
		assert_non_null(initiative->organization);
		assert_non_null(initiative->place);
		assert_true(initiative->host->present_count > 0);
		assert_true(initiative->picture.alt.len > 0);
		assert_int_equal(walk_in, initiative->registration.fields == 0);
	}
	assert_true(c->initiatives[6].sensitive);
	struct occurrence_list all = catalogue_occurrences(
		&arena, c, (struct date){2026, 1, 1}, (struct date){2027, 12, 31}, note, NULL);
	size_t cancelled = 0, moved = 0;
	for (size_t i = 0; i < all.count; i++) {
		cancelled += all.items[i].cancelled;
		moved += all.items[i].moved;
	}
	assert_int_equal(all.count, 313);
	assert_int_equal(cancelled, 1);
	assert_int_equal(moved, 1);
}

static void assert_refused(struct str bytes, enum error_code code, const char *part)
{
	struct record_list records;
	struct error err = {0};
	assert_false(buurtlijst_read(&arena, bytes, &records, &err));
	assert_int_equal(err.code, code);
	if (!strstr(err.message, part))
		fail_msg("\"%s\" does not say \"%s\"", err.message, part);
	assert_int_equal(records.count, 0);
}

static void refuses_with_the_place(void **state)
{
	(void)state;
	assert_refused(STR("[]"), ERROR_PARSE, "format");
	assert_refused(STR("{\"format\":\"buurtlijst\",\"format_version\":\"1.0\"}"),
		ERROR_UNSUPPORTED, "1.0");
	assert_refused(STR("{\"format\":\"buurtlijst\",\"format_version\":\"0.2\"}"), ERROR_PARSE,
		"venue.id: missing");
	assert_refused(small_with("", ",\"x\":[1e999]"), ERROR_PARSE, "x[0]");
	assert_refused(small_with(",\"id2\":1},{\"id\":\"e3faa7ca\"", ""), ERROR_PARSE,
		"initiatives[1].id: not a UUID");
	assert_refused(small_with("},{\"x\":1", ""), ERROR_PARSE, "initiatives[1].id: missing");
	assert_refused(small_with("},7,{", ""), ERROR_PARSE, "initiatives[1]: not an object");
	assert_refused(small_with("},{\"id\":\"31EEE4B1-8e07-5f3a-9999-9bf67229ff60\"", ""),
		ERROR_PARSE, "31eee4b1-8e07-5f3a-9999-9bf67229ff60");
	assert_refused(STR("{\"format\":\"buurtlijst\",\"format_version\":\"0.2\",\"places\":{}}"),
		ERROR_PARSE, "places: not an array");
}

static void limits_come_before_memory(void **state)
{
	(void)state;
	struct str huge = {small, BUURTLIJST_LIMIT_BYTES + (size_t)1};
	assert_refused(huge, ERROR_LIMIT, "MiB");
	struct str_builder many = {.arena = &arena};
	str_builder_add(
		&many, STR("{\"format\":\"buurtlijst\",\"format_version\":\"0.2\",\"venue\":"
			   "{\"id\":\"d562f97d-61ca-5df7-a4c9-ad30acecc797\"},"
			   "\"contacts\":["));
	for (int i = 0; i < BUURTLIJST_LIMIT_ENTITIES; i++)
		str_builder_add_format(
			&many, "%s{\"id\":\"00000000-0000-0000-0000-%012d\"}", i ? "," : "", i);
	str_builder_add(&many, STR("]}"));
	assert_refused(str_builder_text(&many), ERROR_LIMIT, "contacts[99999]: more than");
}

static void survives_cuts_and_flips(void **state)
{
	(void)state;
	struct str bytes = small_with(",\"cost\":{\"amount\":1,\"x.y\":[0.5]}", ",\"x\":\"é\"");
	for (size_t len = 0; len < bytes.len; len++) {
		struct record_list records;
		struct str cut = str_copy(&arena, str_slice(bytes, 0, len));
		assert_false(buurtlijst_read(&arena, cut, &records, NULL));
	}
	struct str whole = sample();
	for (int round = 0; round < 300; round++) {
		struct arena own = {0};
		char *copy = arena_alloc(&own, whole.len);
		struct record_list records;
		struct str out;
		memcpy(copy, whole.ptr, whole.len);
		for (int i = 0; i < 3; i++)
			copy[env_random_below(luck, (uint32_t)whole.len)] ^=
				(char)(1 << env_random_below(luck, 8));
		if (buurtlijst_read(&own, (struct str){copy, whole.len}, &records, NULL))
			assert_true(buurtlijst_write(&own, &records, &out, NULL));
		arena_finish(&own);
	}
}

static void damaged_records_are_named(void **state)
{
	(void)state;
	struct record_list records = read_all(small_with("", ""));
	struct error err = {0};
	struct str out;
	set(find(&records, ENTITY_INITIATIVE), INITIATIVE_NAME, "\"half");
	assert_false(buurtlijst_write(&arena, &records, &out, &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	assert_non_null(strstr(err.message, "e3faa7ca"));
	records.count = 0;
	assert_false(buurtlijst_write(&arena, &records, &out, &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
}

static void paths_escape_dots(void **state)
{
	(void)state;
	static const char *const keys[] = {"plain", "a.b", "a\\", "", ".", "\\."};
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct str prefix, key = str_from(keys[i]);
		struct str path = path_join(&arena, STR("cost"), key);
		assert_true(str_equal(path_last(&arena, path, &prefix), key));
		assert_true(str_equal(prefix, STR("cost")));
		path = path_join(&arena, (struct str){0}, key);
		assert_true(str_equal(path_last(&arena, path, &prefix), key));
		assert_int_equal(prefix.len, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_sample_comes_out_to_the_byte, setup, clear),
		cmocka_unit_test_setup_teardown(odd_files_come_out_as_they_went_in, setup, clear),
		cmocka_unit_test_setup_teardown(missing_and_null_lists_stay_so, setup, clear),
		cmocka_unit_test_setup_teardown(
			disturbed_samples_come_out_as_they_went_in, setup, clear),
		cmocka_unit_test_setup_teardown(a_change_wins_over_what_the_file_had, setup, clear),
		cmocka_unit_test_setup_teardown(deleted_ones_are_not_written, setup, clear),
		cmocka_unit_test_setup_teardown(schedules_are_entities, setup, clear),
		cmocka_unit_test_setup_teardown(the_sample_builds_without_complaint, setup, clear),
		cmocka_unit_test_setup_teardown(refuses_with_the_place, setup, clear),
		cmocka_unit_test_setup_teardown(limits_come_before_memory, setup, clear),
		cmocka_unit_test_setup_teardown(survives_cuts_and_flips, setup, clear),
		cmocka_unit_test_setup_teardown(damaged_records_are_named, setup, clear),
		cmocka_unit_test_setup_teardown(paths_escape_dots, setup, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
