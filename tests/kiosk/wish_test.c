/* "Ik zoek" without a finger: a wish is kept once a visit, nothing is said to be kept that is not,
 * a number goes along sealed, and the next visitor finds nothing of it. */
#include "bench.h"

#include "store/wish.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void pick(struct bench *b, const char *card)
{
	bench_kind(b, ACTION_WAKE);
	bench_go(b, SCREEN_WISH);
	bench_do(b, (struct action){.kind = ACTION_PICK_WISH, .text = str_from(card)});
}

static struct wish_cluster cluster(struct bench *b, const char *card)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct wish_cluster *all, found = {.count = 0};
	struct error err = {0};
	size_t count;
	bench_check(store_wish_clusters(b->store, &arena, &all, &count, &err), &err);
	for (size_t i = 0; i < count; i++)
		if (strcmp(all[i].card, card) == 0)
			found = all[i];
	return found;
}

static void a_wish_is_kept_once_a_visit(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	pick(b, "wandelen");
	assert_int_equal(bench_top(b), SCREEN_WISH_NEAR);
	bench_kind(b, ACTION_KEEP_WISH);
	assert_int_equal(bench_top(b), SCREEN_WISH_SAVED);
	assert_int_equal(b->kiosk.visit->wish_count, 1);
	assert_int_equal(cluster(b, "wandelen").count, 1);
	assert_int_equal(b->kiosk.model.wishes[1].count, 1);

	bench_kind(b, ACTION_BACK); /* to the cards */
	assert_int_equal(bench_top(b), SCREEN_WISH);
	bench_do(b, (struct action){.kind = ACTION_PICK_WISH, .text = STR("wandelen")});
	bench_kind(b, ACTION_KEEP_WISH);
	assert_int_equal(bench_top(b), SCREEN_WISH_NEAR);
	assert_int_equal(cluster(b, "wandelen").count, 1);
	bench_kind(b, ACTION_BACK);
	bench_do(b, (struct action){.kind = ACTION_PICK_WISH, .text = STR("praten")});
	bench_kind(b, ACTION_KEEP_WISH);
	assert_int_equal(cluster(b, "praten").count, 1);

	bench_kind(b, ACTION_FINISH);
	pick(b, "wandelen"); /* another visitor */
	assert_int_equal(b->kiosk.visit->wished, 0);
	bench_kind(b, ACTION_KEEP_WISH);
	assert_int_equal(b->kiosk.visit->wish_count, 2);
	bench_stop(b);
}

static void what_was_not_kept_is_not_said_to_be(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	pick(b, "samen-eten");
	fake_fail_after(b->env, 0, ERROR_DISK_FULL);
	bench_kind(b, ACTION_KEEP_WISH);
	assert_int_equal(bench_top(b), SCREEN_SAVE_FAILED);
	assert_false(b->kiosk.model.can_save);
	assert_int_equal(b->kiosk.visit->wished, 0);
	fake_fail_after(b->env, 0, ERROR_NONE);
	assert_int_equal(cluster(b, "samen-eten").count, 0);
	bench_kind(b, ACTION_BACK);
	bench_kind(b, ACTION_KEEP_WISH); /* known to be impossible */
	assert_int_equal(bench_top(b), SCREEN_SAVE_FAILED);
	assert_int_equal(cluster(b, "samen-eten").count, 0);
	bench_stop(b);
}

static void a_number_goes_along_sealed(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	pick(b, "papieren");
	bench_kind(b, ACTION_KEEP_WISH);
	bench_go(b, SCREEN_WISH_PHONE);
	bench_kind(b, ACTION_WISH_CALL); /* nothing typed */
	assert_int_equal(cluster(b, "papieren").with_contact, 0);
	bench_type(b, ACTION_TYPE_PHONE, "0612345678");
	bench_kind(b, ACTION_WISH_CALL);
	assert_int_equal(bench_top(b), SCREEN_WISH_SAVED);
	assert_true(b->kiosk.visit->wish_has_phone);
	assert_int_equal(cluster(b, "papieren").count, 1);
	assert_int_equal(cluster(b, "papieren").with_contact, 1);
	assert_false(bench_holds(b->kiosk.visit, sizeof(*b->kiosk.visit), "0612345678"));
	bench_stop(b);
}

static void a_number_that_is_not_kept_is_not_said_to_be(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	pick(b, "papieren");
	bench_kind(b, ACTION_KEEP_WISH);
	bench_go(b, SCREEN_WISH_PHONE);
	bench_type(b, ACTION_TYPE_PHONE, "0612345678");
	fake_fail_after(b->env, 0, ERROR_DISK);
	bench_kind(b, ACTION_WISH_CALL);
	assert_int_equal(bench_top(b), SCREEN_SAVE_FAILED);
	assert_false(b->kiosk.visit->wish_has_phone);
	fake_fail_after(b->env, 0, ERROR_NONE);
	assert_int_equal(cluster(b, "papieren").with_contact, 0);
	bench_stop(b);
}

static void a_card_that_does_not_exist_opens_nothing(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	pick(b, "vliegen");
	assert_int_equal(bench_top(b), SCREEN_WISH);
	bench_kind(b, ACTION_KEEP_WISH);
	assert_int_equal(bench_top(b), SCREEN_WISH);
	bench_stop(b);
}

/* What staff set shows at the next look of the house. */
static void a_step_shows_on_the_card(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	struct error err = {0};
	bench_check(store_route(b->store, STR("wandelen"), ROUTE_PLAN, &err), &err);
	kiosk_load_wishes(&b->kiosk);
	assert_int_equal(b->kiosk.model.wishes[1].step, ROUTE_PLAN);
	assert_int_equal(b->kiosk.model.wishes[1].count, 0);
	assert_int_equal(b->kiosk.model.wishes[0].step, ROUTE_NONE);
	bench_stop(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wish_is_kept_once_a_visit),
		cmocka_unit_test(what_was_not_kept_is_not_said_to_be),
		cmocka_unit_test(a_number_goes_along_sealed),
		cmocka_unit_test(a_number_that_is_not_kept_is_not_said_to_be),
		cmocka_unit_test(a_card_that_does_not_exist_opens_nothing),
		cmocka_unit_test(a_step_shows_on_the_card),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
