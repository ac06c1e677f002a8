/* What actions do, without a finger: the whole sign-up, its limits, its detours, and what is left
 * of a visitor afterwards, which is nothing. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char ACCENT[] = "\xcc\x81"; /* U+0301, joins the letter before it */
static const char FAMILY[] = "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"; /* one character */

static struct str name_of(const struct bench *b)
{
	return (struct str){b->kiosk.visit->name, b->kiosk.visit->name_bytes};
}

static struct str phone_of(const struct bench *b)
{
	return (struct str){b->kiosk.visit->phone, b->kiosk.visit->phone_bytes};
}

static void assert_text(struct str text, const char *expected)
{
	if (!str_equal_z(text, expected))
		fail_msg("\"%.*s\" is not \"%s\"", STR_ARG(text), expected);
}

static void answer(struct bench *b, enum screen_name question)
{
	switch (question) {
	case SCREEN_SIGNUP_DATE:
		bench_choose(b, bench_date(b, 0));
		break;
	case SCREEN_SIGNUP_PARTY:
		bench_do(b, (struct action){.kind = ACTION_SET_PARTY, .number = 2});
		break;
	case SCREEN_SIGNUP_NAME:
		bench_type(b, ACTION_TYPE_NAME, "Samira");
		break;
	case SCREEN_SIGNUP_PHONE:
		bench_type(b, ACTION_TYPE_PHONE, "0612345678");
		bench_do(b, (struct action){.kind = ACTION_SET_CALL, .number = 1});
		return; /* goes on by itself */
	case SCREEN_SIGNUP_COMPANION:
		bench_do(b, (struct action){.kind = ACTION_SET_COMPANION, .number = 0});
		break;
	default:
		fail_msg("a question that nobody expected: %s", screens[question].id);
	}
	bench_kind(b, ACTION_NEXT_QUESTION);
}

/* From the page of the Vrouwengroep to its summary, every question answered. */
static void walk_to_summary(struct bench *b)
{
	bench_kind(b, ACTION_WAKE);
	bench_open(b, "Vrouwengroep");
	bench_choose(b, bench_date(b, 0));
	bench_do(b, (struct action){.kind = ACTION_START_SIGN_UP});
	for (int i = 0; i < 9 && bench_top(b) != SCREEN_SIGNUP_SUMMARY; i++)
		answer(b, bench_top(b));
	assert_int_equal(bench_top(b), SCREEN_SIGNUP_SUMMARY);
}

static int64_t registrations(struct bench *b)
{
	struct error err = {0};
	return store_registration_count(b->store, &err);
}

/* Takes every seat of that date, three at a time. */
static void fill(struct bench *b, const struct occurrence *o)
{
	struct registration_request request = {
		.initiative = o->schedule->initiative->id,
		.schedule = o->schedule->id,
		.rule_start = o->rule_start,
		.ends_utc_s = o->start_utc_s + 3600,
		.party_size = 3,
	};
	for (int left = o->schedule->initiative->registration.capacity; left > 0; left -= 3) {
		struct registration_result result;
		struct error err = {0};
		bench_check(store_register(b->store, &request, &result, &err), &err);
		assert_int_equal(result.outcome, OUTCOME_CONFIRMED);
	}
	kiosk_load_days(&b->kiosk);
}

static void a_sign_up_ends_with_code_and_link(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	walk_to_summary(b);
	bench_kind(b, ACTION_SAVE);
	const struct visit *visit = b->kiosk.visit;
	assert_int_equal(bench_top(b), SCREEN_DONE);
	assert_true(visit->saved);
	assert_false(visit->waiting);
	assert_int_equal(strlen(visit->code), REGISTRATION_CODE_CHARS);
	assert_true(bench_holds(visit->link, strlen(visit->link), "#"));
	assert_int_equal(registrations(b), 1);

	struct error err = {0};
	struct registration found;
	bench_check(store_find_code(b->store, str_from(visit->code), &found, &err), &err);
	assert_true(uuid_equal(found.initiative, visit->initiative));

	/* what is saved cannot be saved again by going back */
	bench_kind(b, ACTION_BACK);
	assert_int_equal(bench_top(b), SCREEN_START);
	assert_false(visit->saved);
	bench_stop(b);
}

static void a_visit_leaves_nothing_behind(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	walk_to_summary(b);
	bench_type(b, ACTION_TYPE_NAME, "Canariefatma");
	kiosk_show(&b->kiosk);
	bench_kind(b, ACTION_SAVE);
	memset(b->kiosk.state, 'x', SCREEN_STATE_BYTES);
	bench_kind(b, ACTION_FINISH);
	assert_int_equal(bench_top(b), SCREEN_ATTRACT);
	static const struct visit nothing;
	assert_memory_equal(b->kiosk.visit, &nothing, sizeof(nothing));
	for (size_t i = 0; i < SCREEN_STATE_BYTES; i++)
		assert_int_equal(((char *)b->kiosk.state)[i], 0);
	bench_stop(b);
}

static void a_name_has_eighty_characters(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	bench_kind(b, ACTION_WAKE);
	for (int i = 0; i < 100; i++)
		bench_type(b, ACTION_TYPE_NAME, "a");
	assert_int_equal(name_of(b).len, NAME_CHARACTERS);
	bench_do(b,
		(struct action){
			.kind = ACTION_TYPE_NAME, .typing = TYPE_REPLACE_LAST, .text = STR("é")});
	assert_int_equal(name_of(b).len, NAME_CHARACTERS + 1); /* as many characters */
	/* 200 bytes are full before 80 characters of three bytes are */
	bench_kind(b, ACTION_RESTART);
	for (int i = 0; i < 80; i++)
		bench_type(b, ACTION_TYPE_NAME, "\xe1\x88\x80"); /* U+1200 */
	assert_int_equal(name_of(b).len, 198);
	for (int i = 0; i < 2; i++)
		bench_type(b, ACTION_TYPE_NAME, "a");
	assert_int_equal(name_of(b).len, 200);
	/* what does not fit does not cost the letter that it should have replaced */
	bench_do(b,
		(struct action){
			.kind = ACTION_TYPE_NAME, .typing = TYPE_REPLACE_LAST, .text = STR("é")});
	assert_int_equal(name_of(b).len, 200);
	bench_stop(b);
}

static void a_character_is_what_a_person_sees(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	bench_kind(b, ACTION_WAKE);
	bench_type(b, ACTION_TYPE_NAME, "Zoe");
	bench_type(b, ACTION_TYPE_NAME, ACCENT);
	assert_text(name_of(b), "Zoé"); /* composed, as the keyboard gives it */
	bench_type(b, ACTION_TYPE_NAME, FAMILY);
	bench_do(b, (struct action){.kind = ACTION_TYPE_NAME, .typing = TYPE_DELETE_LAST});
	assert_text(name_of(b), "Zoé");
	for (int i = 0; i < 20; i++)
		bench_type(b, ACTION_TYPE_NAME, "\xcc\xa7"); /* U+0327, piled up */
	assert_true(name_of(b).len <= strlen("Zoé") + 4 * 2);
	for (int i = 0; i < 8; i++)
		bench_do(b, (struct action){.kind = ACTION_TYPE_NAME, .typing = TYPE_DELETE_LAST});
	assert_int_equal(name_of(b).len, 0);
	bench_stop(b);
}

static void a_name_is_one_line_of_text(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	bench_kind(b, ACTION_WAKE);
	bench_type(b, ACTION_TYPE_NAME, " ");
	assert_int_equal(name_of(b).len, 0);
	bench_type(b, ACTION_TYPE_NAME,
		"A\n\x1b\x7f\xe2\x80\xae\xe2\x80\xa8"
		"b");
	assert_text(name_of(b), "Ab");
	bench_type(b, ACTION_TYPE_NAME, " ");
	bench_type(b, ACTION_TYPE_NAME, "c");
	assert_text(name_of(b), "Ab c");
	bench_stop(b);
}

static void a_telephone_number_is_digits(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	bench_kind(b, ACTION_WAKE);
	bench_type(b, ACTION_TYPE_PHONE, "+31 (0)6-12+x");
	assert_text(phone_of(b), "+310612");
	bench_do(b,
		(struct action){
			.kind = ACTION_TYPE_PHONE, .typing = TYPE_REPLACE_LAST, .text = STR("e")});
	assert_text(phone_of(b), "+310612");
	for (int i = 0; i < 20; i++)
		bench_type(b, ACTION_TYPE_PHONE, "9");
	assert_text(phone_of(b), "+310612999999999");
	bench_do(b, (struct action){.kind = ACTION_TYPE_PHONE, .typing = TYPE_DELETE_LAST});
	assert_text(phone_of(b), "+31061299999999");
	/* who would rather not be called has left no number */
	bench_open(b, "Vrouwengroep");
	bench_do(b, (struct action){.kind = ACTION_SET_CALL, .number = 0});
	assert_int_equal(phone_of(b).len, 0);
	assert_int_equal(b->kiosk.visit->phone[0], 0);
	bench_stop(b);
}

static void a_changed_answer_returns_to_the_summary(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	walk_to_summary(b);
	int depth = b->kiosk.depth;
	bench_do(b, (struct action){.kind = ACTION_CHANGE_ANSWER, .screen = SCREEN_SIGNUP_NAME});
	bench_type(b, ACTION_TYPE_NAME, "Fatima");
	bench_kind(b, ACTION_NEXT_QUESTION);
	assert_int_equal(bench_top(b), SCREEN_SIGNUP_SUMMARY);
	assert_int_equal(b->kiosk.depth, depth);
	assert_false(b->kiosk.visit->changing);
	/* back does the same, and the next question is then a question again */
	bench_do(b, (struct action){.kind = ACTION_CHANGE_ANSWER, .screen = SCREEN_SIGNUP_DATE});
	bench_kind(b, ACTION_BACK);
	assert_int_equal(bench_top(b), SCREEN_SIGNUP_SUMMARY);
	assert_false(b->kiosk.visit->changing);
	bench_stop(b);
}

static void a_date_is_needed(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	bench_kind(b, ACTION_WAKE);
	bench_open(b, "Vrouwengroep");
	bench_go(b, SCREEN_SIGNUP_DATE);
	bench_kind(b, ACTION_NEXT_QUESTION);
	assert_int_equal(bench_top(b), SCREEN_SIGNUP_DATE);
	bench_stop(b);
}

static void a_full_date_offers_the_waiting_list(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	walk_to_summary(b);
	fill(b, bench_date(b, 1));
	bench_do(b, (struct action){.kind = ACTION_CHANGE_ANSWER, .screen = SCREEN_SIGNUP_DATE});
	bench_choose(b, bench_date(b, 1));
	bench_kind(b, ACTION_NEXT_QUESTION);
	assert_int_equal(bench_top(b), SCREEN_FULL);
	bench_kind(b, ACTION_JOIN_WAITING);
	assert_int_equal(bench_top(b), SCREEN_SIGNUP_SUMMARY);
	bench_kind(b, ACTION_SAVE);
	assert_int_equal(bench_top(b), SCREEN_DONE);
	assert_true(b->kiosk.visit->waiting);
	assert_int_equal(b->kiosk.visit->waiting_place, 1);
	bench_stop(b);
}

static void nobody_waits_without_having_agreed(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	walk_to_summary(b);
	fill(b, bench_date(b, 0)); /* in front of somebody who is at the summary already */
	int64_t before = registrations(b);
	bench_kind(b, ACTION_SAVE);
	assert_int_equal(bench_top(b), SCREEN_FULL);
	assert_int_equal(registrations(b), before);
	bench_kind(b, ACTION_JOIN_WAITING);
	assert_int_equal(bench_top(b), SCREEN_SIGNUP_SUMMARY);
	bench_kind(b, ACTION_SAVE);
	assert_int_equal(bench_top(b), SCREEN_DONE);
	assert_true(b->kiosk.visit->waiting);
	bench_stop(b);
}

static void a_date_that_has_passed_is_asked_again(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	walk_to_summary(b);
	int64_t after_ms = (bench_date(b, 0)->start_utc_s + 86400) * 1000;
	fake_set_clock(b->env, after_ms, CLOCK_SURE);
	kiosk_refresh_time(&b->kiosk);
	bench_kind(b, ACTION_SAVE);
	assert_int_equal(bench_top(b), SCREEN_SIGNUP_DATE);
	bench_choose(b, bench_date(b, 0));
	bench_kind(b, ACTION_NEXT_QUESTION);
	assert_int_equal(bench_top(b), SCREEN_SIGNUP_SUMMARY);
	bench_kind(b, ACTION_SAVE);
	assert_int_equal(bench_top(b), SCREEN_DONE);
	bench_stop(b);
}

static void a_walk_in_takes_the_link_and_leaves_nothing(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	bench_kind(b, ACTION_WAKE);
	const struct catalogue *c = b->kiosk.model.catalogue;
	size_t i = 0;
	while (c->initiatives[i].registration.mode != REGISTRATION_WALK_IN)
		i++;
	bench_do(b, (struct action){.kind = ACTION_OPEN_INITIATIVE, .id = c->initiatives[i].id});
	const struct occurrence *o = bench_date(b, 0);
	bench_do(b, (struct action){.kind = ACTION_TAKE_LINK,
			    .has_occurrence = true,
			    .schedule = o->schedule->id,
			    .rule_start = o->rule_start});
	assert_int_equal(bench_top(b), SCREEN_DONE);
	assert_true(strlen(b->kiosk.visit->link) > 0);
	assert_false(bench_holds(b->kiosk.visit->link, strlen(b->kiosk.visit->link), "#"));
	assert_int_equal(b->kiosk.visit->code[0], 0);
	assert_int_equal(registrations(b), 0);
	bench_kind(b, ACTION_BACK);
	assert_int_equal(bench_top(b), SCREEN_INITIATIVE);
	bench_stop(b);
}

static void a_disk_that_fails_is_not_done(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	walk_to_summary(b);
	fake_fail_after(b->env, 0, ERROR_DISK_FULL);
	bench_kind(b, ACTION_SAVE);
	fake_fail_after(b->env, 0, ERROR_NONE);
	assert_int_equal(bench_top(b), SCREEN_SAVE_FAILED);
	assert_false(b->kiosk.visit->saved);
	assert_false(b->kiosk.model.can_save);
	assert_int_equal(b->kiosk.visit->code[0], 0);
	assert_int_equal(b->kiosk.visit->link[0], 0);
	assert_int_equal(registrations(b), 0);
	for (int i = 0; i <= b->kiosk.depth; i++)
		assert_int_not_equal(b->kiosk.stack[i].name, SCREEN_DONE);
	/* the next visitor gets another try */
	bench_kind(b, ACTION_FINISH);
	assert_true(b->kiosk.model.can_save);
	walk_to_summary(b);
	bench_kind(b, ACTION_SAVE);
	assert_int_equal(bench_top(b), SCREEN_DONE);
	bench_stop(b);
}

static void walking_in_circles_ends_somewhere(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	bench_kind(b, ACTION_WAKE);
	for (int i = 0; i < STACK_DEPTH; i++)
		bench_go(b, SCREEN_PEOPLE);
	bench_go(b, SCREEN_HELP);
	bench_go(b, SCREEN_LOOKING);
	bench_kind(b, ACTION_BACK);
	assert_int_equal(bench_top(b), SCREEN_HELP);
	for (int i = 0; i < STACK_DEPTH; i++)
		bench_kind(b, ACTION_BACK);
	assert_int_equal(bench_top(b), SCREEN_START);
	bench_stop(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sign_up_ends_with_code_and_link),
		cmocka_unit_test(a_visit_leaves_nothing_behind),
		cmocka_unit_test(a_name_has_eighty_characters),
		cmocka_unit_test(a_character_is_what_a_person_sees),
		cmocka_unit_test(a_name_is_one_line_of_text),
		cmocka_unit_test(a_telephone_number_is_digits),
		cmocka_unit_test(a_changed_answer_returns_to_the_summary),
		cmocka_unit_test(a_date_is_needed),
		cmocka_unit_test(a_full_date_offers_the_waiting_list),
		cmocka_unit_test(nobody_waits_without_having_agreed),
		cmocka_unit_test(a_date_that_has_passed_is_asked_again),
		cmocka_unit_test(a_walk_in_takes_the_link_and_leaves_nothing),
		cmocka_unit_test(a_disk_that_fails_is_not_done),
		cmocka_unit_test(walking_in_circles_ends_somewhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
