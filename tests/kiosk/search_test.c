/* Searching in a whole kiosk: each letter is answered at once, nothing found still leads on, and
 * nothing of the query outlives the visit. */
#include <setjmp.h>
#include <stdarg.h>

#include "kiosk/bench.h"

#include <cmocka.h>

static void type_query(struct bench *b, const char *text)
{
	struct action action = {
		.kind = ACTION_TYPE_SEARCH, .typing = TYPE_INSERT, .text = str_from(text)};
	kiosk_apply(&b->kiosk, &action);
}

static struct bench *start_searching(void)
{
	struct bench *b = bench_start();
	kiosk_apply(&b->kiosk, &(struct action){.kind = ACTION_WAKE});
	kiosk_apply(&b->kiosk, &(struct action){.kind = ACTION_GO, .screen = SCREEN_SEARCH});
	return b;
}

static const char *first_name(struct bench *b, struct arena *arena)
{
	const struct visit *visit = b->kiosk.visit;
	const struct initiative *first =
		catalogue_initiative(b->kiosk.model.catalogue, visit->found[0].initiative);
	return first ? str_z(arena, first->name) : "";
}

static void what_people_type_finds_three(void **state)
{
	(void)state;
	static const struct {
		const char *query, *first;
	} queries[] = {
		{"bloei", "Buurt in Bloei"},
		{"vrouwen groep", "Vrouwengroep"},
		{"jogga", "Even op adem"},
		{"taal oefnen", "Vrouwengroep"},
		{"hulp met formulieren", "Wmo en welzijn aan \u00e9\u00e9n tafel"},
	};
	struct arena arena = {0};
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		struct bench *b = start_searching();
		type_query(b, queries[i].query);
		assert_string_equal(first_name(b, &arena), queries[i].first);
		assert_true(b->kiosk.visit->found_count >= 3);
		bench_stop(b);
	}
	arena_finish(&arena);
}

static void nothing_found_leads_on(void **state)
{
	(void)state;
	struct bench *b = start_searching();
	const struct visit *visit = b->kiosk.visit;
	assert_int_equal(visit->found_count, 0);
	type_query(b, "xqzvw");
	assert_int_equal(visit->found_count, 3);
	assert_int_equal(visit->found_alike, 0);
	for (size_t i = 0; i < visit->found_count; i++)
		assert_true(visit->found[i].near);
	for (int i = 0; i < 5; i++)
		kiosk_apply(&b->kiosk,
			&(struct action){.kind = ACTION_TYPE_SEARCH, .typing = TYPE_DELETE_LAST});
	assert_int_equal(visit->query_bytes, 0);
	assert_int_equal(visit->found_count, 0);
	bench_stop(b);
}

static void a_query_ends_with_the_visit(void **state)
{
	(void)state;
	static const struct visit nothing;
	struct bench *b = start_searching();
	type_query(b, "canariefatma");
	assert_true(b->kiosk.visit->query_bytes > 0);
	for (int i = 0; i < 100; i++)
		type_query(b, "\u00e9");
	assert_true(b->kiosk.visit->query_bytes < QUERY_BYTES);
	kiosk_apply(&b->kiosk, &(struct action){.kind = ACTION_RESTART});
	assert_memory_equal(b->kiosk.visit, &nothing, sizeof(nothing));
	bench_stop(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_people_type_finds_three),
		cmocka_unit_test(nothing_found_leads_on),
		cmocka_unit_test(a_query_ends_with_the_visit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
