#include "model/fields.h"
#include "model/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void numbers_and_paths_are_unique(void **state)
{
	(void)state;
	size_t count;
	const struct field_info *table = record_fields(&count);
	assert_true(count > 100);
	for (size_t i = 0; i < count; i++) {
		assert_true(table[i].number >= 16);
		assert_ptr_equal(record_field(table[i].type, table[i].number), &table[i]);
		assert_ptr_equal(
			record_field_by_path(table[i].type, str_from(table[i].path)), &table[i]);
	}
	assert_null(record_field(ENTITY_INITIATIVE, FIELD_EXTRA));
	assert_null(record_field_by_path(ENTITY_INITIATIVE, STR("schedules")));
	assert_null(record_field_by_path(ENTITY_PLACE, STR("slug")));
}

/* A path is either a field or a folder of fields, never both; rows of a type stand together. */
static void paths_form_a_tree(void **state)
{
	(void)state;
	size_t count;
	const struct field_info *table = record_fields(&count);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			size_t len = strlen(table[i].path);
			if (table[i].type == table[j].type)
				assert_false(strncmp(table[i].path, table[j].path, len) == 0 &&
					     table[j].path[len] == '.');
		}
		for (size_t j = i + 2; j < count; j++)
			if (table[j].type == table[i].type)
				assert_int_equal(table[j - 1].type, table[i].type);
	}
}

/* Some numbers by hand: ops on disk depend on them. */
static void numbers_stay(void **state)
{
	(void)state;
	assert_string_equal(record_field(ENTITY_CATALOGUE, 29)->path, "taxonomies");
	assert_string_equal(record_field(ENTITY_CONTACT, 24)->path, "present_times");
	assert_string_equal(record_field(ENTITY_PLACE, 27)->path, "walk_minutes");
	assert_string_equal(record_field(ENTITY_INITIATIVE, 57)->path, "registration.capacity");
	assert_string_equal(record_field(ENTITY_INITIATIVE, 77)->path, "assured.by");
	assert_string_equal(record_field(ENTITY_SCHEDULE, 24)->path, "exceptions");
	assert_int_equal(INITIATIVE_STATUS, 20);
}

static void what_never_merges(void **state)
{
	(void)state;
	static const uint16_t never[] = {
		INITIATIVE_STATUS, INITIATIVE_PLACE_ID, INITIATIVE_ROOM, INITIATIVE_CAPACITY};
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		assert_true(record_field(ENTITY_INITIATIVE, never[i])->conflict);
	for (uint16_t number = SCHEDULE_DTSTART; number <= SCHEDULE_PLACE_ID; number++)
		assert_true(record_field(ENTITY_SCHEDULE, number)->conflict);
	assert_false(record_field(ENTITY_INITIATIVE, INITIATIVE_SUMMARY)->conflict);
}

static void gets_by_number(void **state)
{
	(void)state;
	struct field_value fields[] = {{1, STR("{}")}, {16, STR("1")}, {40, STR("\"x\"")}};
	struct record record = {.type = ENTITY_PLACE, .fields = fields, .field_count = 3};
	assert_true(str_equal(record_get(&record, 1), STR("{}")));
	assert_true(str_equal(record_get(&record, 40), STR("\"x\"")));
	assert_int_equal(record_get(&record, 17).len, 0);
	assert_int_equal(record_get(&record, 41).len, 0);
	record.field_count = 0;
	assert_int_equal(record_get(&record, 1).len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_and_paths_are_unique),
		cmocka_unit_test(paths_form_a_tree),
		cmocka_unit_test(numbers_stay),
		cmocka_unit_test(what_never_merges),
		cmocka_unit_test(gets_by_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
