#include "formats/sample.h"

#include "formats/buurtlijst.h"
#include "formats/buurtlijst_check.h"
#include "formats/sample_words.h"
#include "model/fields.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int clear(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static struct str sample(uint64_t seed, size_t initiatives)
{
	struct env *luck = env_simulated_create(env_os(), 0, false, seed);
	struct str text = sample_text(&arena, luck, (struct date){2026, 11, 24}, initiatives);
	env_simulated_destroy(luck);
	return text;
}

static void refuse(void *context, const struct complaint *complaint)
{
	(void)context;
	if (complaint->level != COMPLAINT_INFO)
		fail_msg("%.*s: %.*s", STR_ARG(complaint->place), STR_ARG(complaint->message));
}

static void the_same_seed_gives_the_same_bytes(void **state)
{
	(void)state;
	struct str a = sample(1, 50), b = sample(1, 50), c = sample(2, 50);
	assert_true(str_equal(a, b));
	assert_false(str_equal(a, c));
}

static void checks_clean_at_any_size(void **state)
{
	(void)state;
	static const size_t sizes[] = {0, 1, 2, 17, 1500};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		assert_int_equal(buurtlijst_check(sample(7 + i, sizes[i]), refuse, NULL), 0);
}

static void is_read_in_the_order_of_the_table(void **state)
{
	(void)state;
	struct str text = sample(3, 200);
	struct record_list records;
	struct str again;
	size_t initiatives = 0, active = 0, sensitive = 0;
	assert_true(buurtlijst_read(&arena, text, &records, NULL));
	for (size_t i = 0; i < records.count; i++) {
		const struct record *record = &records.items[i];
		assert_int_equal(record_get(record, FIELD_KEY_ORDER).len, 0);
		assert_int_equal(record_get(record, FIELD_EXTRA).len, 0);
		if (record->type != ENTITY_INITIATIVE)
			continue;
		initiatives++;
		active += str_equal(record_get(record, INITIATIVE_STATUS), STR("\"active\""));
		sensitive += str_equal(record_get(record, INITIATIVE_SENSITIVE), STR("true"));
	}
	assert_int_equal(initiatives, 200);
	assert_in_range(active, 170, 199);
	assert_in_range(sensitive, 1, 40);
	struct json before, after;
	assert_true(buurtlijst_write(&arena, &records, &again, NULL));
	assert_true(json_parse(&arena, text, &before, NULL));
	assert_true(json_parse(&arena, again, &after, NULL));
	assert_true(json_equal(&before, &after));
}

static void names_fit_whatever_the_street(void **state)
{
	(void)state;
	size_t kind = 0, stem = 0, end = 0;
	for (size_t i = 0; sample_kinds[i].name; i++)
		if (strlen(sample_kinds[i].name) > kind)
			kind = strlen(sample_kinds[i].name);
	for (size_t i = 0; sample_street_stems[i]; i++)
		if (strlen(sample_street_stems[i]) > stem)
			stem = strlen(sample_street_stems[i]);
	for (size_t i = 0; sample_street_ends[i]; i++)
		if (strlen(sample_street_ends[i]) > end)
			end = strlen(sample_street_ends[i]);
	assert_in_range(kind + 1 + stem + end, 1, 32);
}

static bool refuse_second(void *context, struct str piece)
{
	(void)piece;
	return (*(int *)context)++ == 0;
}

static void a_full_disk_ends_it(void **state)
{
	(void)state;
	int pieces = 0;
	struct env *luck = env_simulated_create(env_os(), 0, false, 1);
	assert_false(sample_write(luck, (struct date){2026, 11, 24}, 5, refuse_second, &pieces));
	assert_int_equal(pieces, 2);
	env_simulated_destroy(luck);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(the_same_seed_gives_the_same_bytes, clear),
		cmocka_unit_test_teardown(checks_clean_at_any_size, clear),
		cmocka_unit_test_teardown(is_read_in_the_order_of_the_table, clear),
		cmocka_unit_test_teardown(names_fit_whatever_the_street, clear),
		cmocka_unit_test_teardown(a_full_disk_ends_it, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
