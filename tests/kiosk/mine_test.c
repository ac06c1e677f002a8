/* "Mijn aanmelding": codes are tried and counted, what they open is shown without a name and left
 * again, saving has a pace, and a reset forgets it all. */
#include "kiosk/bench.h"

#include <setjmp.h>
#include <stdarg.h>

#include "store/follow.h"

#include <cmocka.h>

static struct registration_result register_for(struct bench *b, const char *name)
{
	struct error err = {0};
	struct registration_result result;
	const struct initiative *initiative = bench_open(b, name);
	struct registration_request request = {.initiative = initiative->id, .party_size = 2};
	if (initiative->registration.mode == REGISTRATION_SIGN_UP) {
		const struct occurrence *o = bench_date(b, 0);
		request.schedule = o->schedule->id;
		request.rule_start = o->rule_start;
		request.ends_utc_s = o->start_utc_s + (int64_t)o->duration_minutes * 60;
	} else {
		request.party_size = 1;
	}
	bench_check(store_register(b->store, &request, &result, &err), &err);
	return result;
}

static void try_code(struct bench *b, const char *code)
{
	while (b->kiosk.visit->typed_code_bytes > 0)
		bench_do(b, (struct action){.kind = ACTION_TYPE_CODE, .typing = TYPE_DELETE_LAST});
	bench_type(b, ACTION_TYPE_CODE, code);
	bench_kind(b, ACTION_OPEN_CODE);
}

static struct bench *start(void)
{
	struct bench *b = bench_start();
	bench_kind(b, ACTION_WAKE);
	return b;
}

static void only_codes_can_be_typed(void **state)
{
	(void)state;
	struct bench *b = start();
	const struct visit *visit = b->kiosk.visit;
	bench_go(b, SCREEN_CODE);
	bench_type(b, ACTION_TYPE_CODE, "7k mA-01\xc3\xa9");
	assert_string_equal(visit->typed_code, "7KM");
	bench_kind(b, ACTION_OPEN_CODE); /* not whole: no try */
	assert_int_equal(visit->code_tries, 0);
	bench_type(b, ACTION_TYPE_CODE, "PPPPPPPPP");
	assert_string_equal(visit->typed_code, "7KMPPPPP");
	assert_int_equal(visit->typed_code_bytes, CODE_CHARACTERS);
	bench_stop(b);
}

static void five_tries_a_visit(void **state)
{
	(void)state;
	struct bench *b = start();
	const struct visit *visit = b->kiosk.visit;
	struct registration_result r = register_for(b, "Vrouwengroep");
	bench_go(b, SCREEN_CODE);
	for (int i = 0; i < CODE_TRIES; i++) {
		assert_int_equal(visit->code_tries, i);
		try_code(b, "22222222");
		assert_true(visit->code_unknown);
		assert_string_equal(visit->typed_code, "22222222"); /* to look at again */
	}
	try_code(b, r.code);
	assert_int_equal(bench_top(b), SCREEN_CODE);
	assert_false(visit->mine.found);
	bench_kind(b, ACTION_RESTART);
	bench_go(b, SCREEN_CODE);
	try_code(b, r.code);
	assert_int_equal(bench_top(b), SCREEN_MINE);
	bench_stop(b);
}

static void a_code_shows_and_cancels(void **state)
{
	(void)state;
	struct bench *b = start();
	const struct mine *mine = &b->kiosk.visit->mine;
	struct error err = {0};
	struct registration found;
	struct registration_result r = register_for(b, "Vrouwengroep");
	bench_go(b, SCREEN_CODE);
	try_code(b, r.code);
	assert_int_equal(bench_top(b), SCREEN_MINE);
	assert_int_equal(mine->state, MINE_CONFIRMED);
	assert_int_equal(mine->party, 2);
	assert_false(mine->is_question);
	assert_non_null(strstr(mine->link, "BUURT.EXAMPLE"));
	assert_null(strstr(mine->link, r.token));
	bench_kind(b, ACTION_CANCEL_MINE);
	assert_int_equal(mine->state, MINE_CANCELLED);
	assert_true(store_find_code(b->store, str_from(r.code), &found, &err));
	assert_int_equal(found.outcome, OUTCOME_CANCELLED);
	bench_stop(b);
}

static void leaving_lets_the_next_one_in(void **state)
{
	(void)state;
	struct bench *b = start();
	const struct mine *mine = &b->kiosk.visit->mine;
	struct registration_result first = register_for(b, "Vrouwengroep"), next = first;
	while (next.outcome == OUTCOME_CONFIRMED)
		next = register_for(b, "Vrouwengroep");
	bench_go(b, SCREEN_CODE);
	try_code(b, next.code);
	assert_int_equal(mine->state, MINE_WAITING);
	assert_int_equal(mine->place, 1);
	bench_kind(b, ACTION_RESTART);
	bench_go(b, SCREEN_CODE);
	try_code(b, first.code);
	bench_kind(b, ACTION_CANCEL_MINE);
	bench_kind(b, ACTION_RESTART);
	bench_go(b, SCREEN_CODE);
	try_code(b, next.code);
	assert_int_equal(mine->state, MINE_CONFIRMED);
	assert_int_equal(mine->place, 0);
	bench_stop(b);
}

/* The first initiative of the sample that asks for a conversation. */
static const char *introduction_of(const struct bench *b)
{
	static char name[200];
	const struct catalogue *c = b->kiosk.model.catalogue;
	for (size_t i = 0; i < c->initiative_count; i++) {
		const struct initiative *one = &c->initiatives[i];
		if (one->registration.mode != REGISTRATION_INTRODUCTION ||
			one->status != STATUS_ACTIVE || one->name.len >= sizeof(name))
			continue;
		memcpy(name, one->name.ptr, one->name.len);
		name[one->name.len] = '\0';
		return name;
	}
	abort();
}

static void a_question_is_followed(void **state)
{
	(void)state;
	struct bench *b = start();
	const struct mine *mine = &b->kiosk.visit->mine;
	struct error err = {0};
	struct registration_result r = register_for(b, introduction_of(b));
	bench_go(b, SCREEN_CODE);
	try_code(b, r.code);
	assert_true(mine->is_question);
	assert_int_equal(mine->step, STEP_RECEIVED);
	assert_true(store_follow(b->store, r.id, FOLLOW_TAKEN_UP, STR("Samira"), &err));
	bench_kind(b, ACTION_BACK);
	try_code(b, r.code);
	assert_int_equal(mine->step, STEP_TAKEN_UP);
	assert_string_equal(mine->by, "Samira");
	bench_kind(b, ACTION_CANCEL_MINE);
	assert_int_equal(mine->state, MINE_CANCELLED);
	bench_stop(b);
}

static void nothing_of_it_is_left(void **state)
{
	(void)state;
	struct bench *b = start();
	const struct visit nothing = {.party = 0};
	struct registration_result r = register_for(b, "Vrouwengroep");
	bench_go(b, SCREEN_CODE);
	bench_type(b, ACTION_TYPE_CODE, r.code);
	assert_true(bench_holds(b->kiosk.visit, sizeof(*b->kiosk.visit), r.code));
	bench_kind(b, ACTION_OPEN_CODE);
	assert_false(bench_holds(b->kiosk.visit, sizeof(*b->kiosk.visit), r.code));
	assert_true(b->kiosk.visit->mine.found);
	bench_kind(b, ACTION_FINISH);
	assert_memory_equal(b->kiosk.visit, &nothing, sizeof(nothing));
	bench_stop(b);
}

static void saving_has_a_pace(void **state)
{
	(void)state;
	struct bench *b = start();
	assert_true(kiosk_may_save(&b->kiosk));
	for (int i = 1; i < SAVES_A_VISIT; i++) {
		kiosk_note_save(&b->kiosk);
		assert_false(kiosk_may_save(&b->kiosk));
		assert_int_equal(bench_top(b), SCREEN_WAIT);
		assert_int_equal(
			b->kiosk.visit->wait_until_ms, env_monotonic_ms(b->env) + SAVE_PAUSE_MS);
		bench_kind(b, ACTION_BACK);
		env_sleep_ms(b->env, SAVE_PAUSE_MS);
		assert_true(kiosk_may_save(&b->kiosk));
	}
	kiosk_note_save(&b->kiosk);
	env_sleep_ms(b->env, SAVE_PAUSE_MS);
	assert_false(kiosk_may_save(&b->kiosk));
	assert_int_equal(b->kiosk.visit->wait_until_ms, 0);
	bench_kind(b, ACTION_RESTART); /* the same visitor, perhaps */
	assert_false(kiosk_may_save(&b->kiosk));
	bench_kind(b, ACTION_FINISH);
	assert_true(kiosk_may_save(&b->kiosk));
	bench_stop(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_codes_can_be_typed),
		cmocka_unit_test(five_tries_a_visit),
		cmocka_unit_test(a_code_shows_and_cancels),
		cmocka_unit_test(leaving_lets_the_next_one_in),
		cmocka_unit_test(a_question_is_followed),
		cmocka_unit_test(nothing_of_it_is_left),
		cmocka_unit_test(saving_has_a_pace),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
