/* "Ik zoek" without a finger: a wish is kept once a visit and at a pace, nothing is said to be kept
 * that is not, a number goes along sealed, a code takes both back, the host sets the step, and the
 * next visitor finds nothing of it. */
#include "bench.h"

#include "store/call_list.h"
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
	env_sleep_ms(b->env, SAVE_PAUSE_MS);
	bench_kind(b, ACTION_KEEP_WISH);
	assert_int_equal(cluster(b, "praten").count, 1);

	bench_kind(b, ACTION_FINISH);
	assert_false(bench_holds(b->kiosk.visit, sizeof(*b->kiosk.visit), "praten"));
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

static void keep(struct bench *b, const char *card)
{
	bench_do(b, (struct action){.kind = ACTION_PICK_WISH, .text = str_from(card)});
	bench_kind(b, ACTION_KEEP_WISH);
}

/* As with sign-ups: one in twenty seconds, three a visit. A number that goes along is no wish. */
static void wishes_have_a_pace(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	pick(b, "wandelen");
	bench_kind(b, ACTION_KEEP_WISH);
	bench_go(b, SCREEN_WISH_PHONE);
	bench_type(b, ACTION_TYPE_PHONE, "0612345678");
	bench_kind(b, ACTION_WISH_CALL);
	assert_true(b->kiosk.visit->wish_has_phone);
	keep(b, "praten");
	assert_int_equal(bench_top(b), SCREEN_WAIT);
	assert_int_equal(cluster(b, "praten").count, 0);
	env_sleep_ms(b->env, SAVE_PAUSE_MS);
	keep(b, "praten");
	assert_int_equal(bench_top(b), SCREEN_WISH_SAVED);
	env_sleep_ms(b->env, SAVE_PAUSE_MS);
	keep(b, "bewegen");
	assert_int_equal(bench_top(b), SCREEN_WISH_SAVED);
	env_sleep_ms(b->env, SAVE_PAUSE_MS);
	keep(b, "papieren"); /* enough for this visit, however long it lasts */
	assert_int_equal(bench_top(b), SCREEN_WAIT);
	assert_int_equal(b->kiosk.visit->wait_until_ms, 0);
	assert_int_equal(cluster(b, "papieren").count, 0);
	bench_kind(b, ACTION_FINISH);
	pick(b, "papieren"); /* the next visitor */
	env_sleep_ms(b->env, SAVE_PAUSE_MS);
	bench_kind(b, ACTION_KEEP_WISH);
	assert_int_equal(cluster(b, "papieren").count, 1);
	bench_stop(b);
}

static void try_code(struct bench *b, const char *code)
{
	bench_go(b, SCREEN_CODE);
	while (b->kiosk.visit->typed_code_bytes > 0)
		bench_do(b, (struct action){.kind = ACTION_TYPE_CODE, .typing = TYPE_DELETE_LAST});
	bench_type(b, ACTION_TYPE_CODE, code);
	bench_kind(b, ACTION_OPEN_CODE);
}

/* Keeps a wish with a number in one visit, and comes back in another. */
static void come_back(struct bench *b, char code[WISH_CODE_CHARS + 1])
{
	pick(b, "papieren");
	bench_kind(b, ACTION_KEEP_WISH);
	memcpy(code, b->kiosk.visit->wish_code, WISH_CODE_CHARS + 1);
	assert_int_equal(strlen(code), WISH_CODE_CHARS);
	bench_go(b, SCREEN_WISH_PHONE);
	bench_type(b, ACTION_TYPE_PHONE, "0612345678");
	bench_kind(b, ACTION_WISH_CALL);
	bench_kind(b, ACTION_FINISH);
	assert_false(bench_holds(b->kiosk.visit, sizeof(*b->kiosk.visit), code));
	bench_kind(b, ACTION_WAKE);
}

static void a_code_shows_and_withdraws_the_wish(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	struct my_wish *mine = &b->kiosk.visit->my_wish;
	char code[WISH_CODE_CHARS + 1];
	come_back(b, code);
	bench_kind(b, ACTION_WITHDRAW_WISH); /* of no code */
	try_code(b, code);
	assert_int_equal(bench_top(b), SCREEN_MY_WISH);
	assert_int_equal(b->kiosk.visit->code_tries, 0);
	assert_int_equal(b->kiosk.visit->typed_code_bytes, 0);
	assert_int_equal(mine->card, kiosk_wish_index(STR("papieren")));
	assert_int_equal(mine->state, MY_WISH_STANDS);
	assert_true(mine->had_phone);
	assert_int_equal(cluster(b, "papieren").with_contact, 1);

	bench_kind(b, ACTION_WITHDRAW_WISH);
	assert_int_equal(mine->state, MY_WISH_WITHDRAWN);
	assert_int_equal(cluster(b, "papieren").count, 0);
	assert_int_equal(b->kiosk.model.wishes[mine->card].count, 0);
	CLEANUP(arena_finish) struct arena arena = {0};
	struct call_entry *calls;
	struct error err = {0};
	size_t count;
	bench_check(store_call_list(b->store, &arena, &calls, &count, &err), &err);
	assert_int_equal(count, 0);
	bench_kind(b, ACTION_RESTART);
	try_code(b, code);
	assert_int_equal(mine->state, MY_WISH_WITHDRAWN);
	assert_false(mine->had_phone);
	bench_stop(b);
}

static void wrong_codes_of_wishes_are_counted_too(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	char code[WISH_CODE_CHARS + 1];
	come_back(b, code);
	for (int i = 0; i < CODE_TRIES; i++)
		try_code(b, "22222222");
	assert_int_equal(b->kiosk.visit->code_tries, CODE_TRIES);
	try_code(b, code);
	assert_int_equal(bench_top(b), SCREEN_CODE);
	assert_false(b->kiosk.visit->my_wish.found);
	bench_stop(b);
}

static void what_cannot_be_withdrawn_stands(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	char code[WISH_CODE_CHARS + 1];
	come_back(b, code);
	try_code(b, code);
	fake_fail_after(b->env, 0, ERROR_DISK);
	bench_kind(b, ACTION_WITHDRAW_WISH);
	assert_int_equal(bench_top(b), SCREEN_SAVE_FAILED);
	assert_int_equal(b->kiosk.visit->my_wish.state, MY_WISH_STANDS);
	fake_fail_after(b->env, 0, ERROR_NONE);
	assert_int_equal(cluster(b, "papieren").count, 1);
	bench_stop(b);
}

static void an_old_wish_is_said_to_be_over(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	char code[WISH_CODE_CHARS + 1];
	come_back(b, code);
	fake_set_clock(
		b->env, env_wall_ms(b->env) + WISH_KEPT_DAYS * (int64_t)86400000, CLOCK_SURE);
	try_code(b, code);
	assert_int_equal(b->kiosk.visit->my_wish.state, MY_WISH_OVER);
	assert_false(b->kiosk.visit->my_wish.had_phone);
	bench_kind(b, ACTION_WITHDRAW_WISH);
	assert_int_equal(b->kiosk.visit->my_wish.state, MY_WISH_OVER);
	bench_stop(b);
}

static void only_the_host_sets_a_step(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	struct action plan = {.kind = ACTION_ROUTE, .number = ROUTE_PLAN};
	pick(b, "samen-eten");
	bench_kind(b, ACTION_KEEP_WISH);
	bench_go(b, SCREEN_CLUSTERS);
	assert_int_equal(bench_top(b), SCREEN_WISH_SAVED); /* the door is shut */
	bench_do(b, (struct action){.kind = ACTION_OPEN_CLUSTER});
	bench_do(b, plan);
	assert_int_equal(bench_top(b), SCREEN_WISH_SAVED);
	assert_int_equal(cluster(b, "samen-eten").step, ROUTE_NONE);

	b->kiosk.model.door = &b->kiosk.door.model; /* the host is in */
	bench_go(b, SCREEN_CLUSTERS);
	bench_do(b, (struct action){.kind = ACTION_OPEN_CLUSTER, .number = WISH_CARD_COUNT});
	assert_int_equal(bench_top(b), SCREEN_CLUSTERS);
	bench_do(b, (struct action){.kind = ACTION_OPEN_CLUSTER, .number = 0});
	assert_int_equal(bench_top(b), SCREEN_CLUSTER);
	bench_do(b, plan);
	assert_int_equal(cluster(b, "samen-eten").step, ROUTE_PLAN);
	assert_int_equal(b->kiosk.model.wishes[0].step, ROUTE_PLAN);
	bench_do(b, (struct action){.kind = ACTION_ROUTE, .number = ROUTE_STEP_COUNT});
	bench_do(b, (struct action){.kind = ACTION_ROUTE, .number = -1});
	assert_int_equal(cluster(b, "samen-eten").step, ROUTE_PLAN);
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
		cmocka_unit_test(wishes_have_a_pace),
		cmocka_unit_test(a_code_shows_and_withdraws_the_wish),
		cmocka_unit_test(wrong_codes_of_wishes_are_counted_too),
		cmocka_unit_test(what_cannot_be_withdrawn_stands),
		cmocka_unit_test(an_old_wish_is_said_to_be_over),
		cmocka_unit_test(only_the_host_sets_a_step),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
