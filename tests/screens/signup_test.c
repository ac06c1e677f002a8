/* The rules of the conversation: what is asked, which days are offered, which numbers are sent on.
 */
#include "screens/phone.h"
#include "screens/question.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define DAYS 6

struct board {
	struct initiative initiative;
	struct schedule schedule;
	struct occurrence occurrences[DAYS];
	struct seats seats[DAYS];
	struct visit visit;
	struct model model;
};

/* Six Tuesdays from 2026-12-01, 9.30 to 11.30, at ten past nine on the first. */
static int set_up(void **state)
{
	struct board *b = calloc(1, sizeof(*b));
	*state = b;
	b->schedule.initiative = &b->initiative;
	b->schedule.id.bytes[0] = 7;
	b->initiative.registration = (struct registration_rules){.mode = REGISTRATION_SIGN_UP,
		.capacity = 9,
		.waiting_list = true,
		.max_party = 3,
		.fields = REGISTRATION_FIRST_NAME | REGISTRATION_CONTACT_CHOICE};
	for (int i = 0; i < DAYS; i++) {
		struct local_time at = {{2026, 12, 1}, 9, 30, 0};
		at.date = date_add_days(at.date, 7 * i);
		b->occurrences[i] = (struct occurrence){.schedule = &b->schedule,
			.rule_start = at,
			.start = at,
			.duration_minutes = 120};
		b->seats[i] = (struct seats){.left = 9};
	}
	b->model = (struct model){.now = {{2026, 12, 1}, 9, 10, 0},
		.clock_sure = true,
		.upcoming = {b->occurrences, DAYS},
		.seats = b->seats,
		.visit = &b->visit};
	return 0;
}

static int tear_down(void **state)
{
	free(*state);
	return 0;
}

static void assert_asks(const struct board *b, const enum screen_name *expected, size_t count)
{
	enum screen_name questions[8];
	assert_int_equal(signup_questions(&b->model, &b->initiative, questions), count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(questions[i], expected[i]);
}
#define ASSERT_ASKS(b, ...)                                                                        \
	assert_asks((b), (const enum screen_name[]){__VA_ARGS__},                                  \
		sizeof((const enum screen_name[]){__VA_ARGS__}) / sizeof(enum screen_name))

static void test_a_sign_up_asks_what_its_rules_say(void **state)
{
	struct board *b = *state;
	ASSERT_ASKS(b, SCREEN_SIGNUP_DATE, SCREEN_SIGNUP_PARTY, SCREEN_SIGNUP_NAME,
		SCREEN_SIGNUP_PHONE);
	b->initiative.registration.max_party = 1;
	b->initiative.companion_available = true;
	ASSERT_ASKS(b, SCREEN_SIGNUP_DATE, SCREEN_SIGNUP_NAME, SCREEN_SIGNUP_PHONE,
		SCREEN_SIGNUP_COMPANION);
	b->visit.wants_companion = b->visit.companion_answered = true;
	ASSERT_ASKS(b, SCREEN_SIGNUP_DATE, SCREEN_SIGNUP_NAME, SCREEN_SIGNUP_PHONE);
	b->initiative.registration.fields = 0;
	ASSERT_ASKS(b, SCREEN_SIGNUP_DATE);
}

static void test_nobody_asks_a_name_where_names_are_not_kept(void **state)
{
	struct board *b = *state;
	b->initiative.sensitive = true;
	ASSERT_ASKS(b, SCREEN_SIGNUP_DATE, SCREEN_SIGNUP_PARTY);
	b->initiative.sensitive = false;
	b->model.no_contact = true;
	ASSERT_ASKS(b, SCREEN_SIGNUP_DATE, SCREEN_SIGNUP_PARTY);
}

static void test_an_introduction_asks_when_to_call_only_who_may_be_called(void **state)
{
	struct board *b = *state;
	b->initiative.registration.mode = REGISTRATION_INTRODUCTION;
	b->initiative.registration.fields |= REGISTRATION_BEST_TIME;
	ASSERT_ASKS(b, SCREEN_SIGNUP_NAME, SCREEN_SIGNUP_PHONE, SCREEN_SIGNUP_TIME);
	b->visit.phone_answered = true;
	ASSERT_ASKS(b, SCREEN_SIGNUP_NAME, SCREEN_SIGNUP_PHONE);
	b->visit.wants_call = true;
	ASSERT_ASKS(b, SCREEN_SIGNUP_NAME, SCREEN_SIGNUP_PHONE, SCREEN_SIGNUP_TIME);
}

static void assert_days(const struct board *b, const int *expected, size_t count)
{
	const struct occurrence *days[MOST_DAYS];
	assert_int_equal(signup_days(&b->model, &b->initiative, days), count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(days[i] - b->occurrences, expected[i]);
}
#define ASSERT_DAYS(b, ...)                                                                        \
	assert_days(                                                                               \
		(b), (const int[]){__VA_ARGS__}, sizeof((const int[]){__VA_ARGS__}) / sizeof(int))

static void choose(struct board *b, int day)
{
	b->visit.has_occurrence = true;
	b->visit.schedule = b->schedule.id;
	b->visit.rule_start = b->occurrences[day].rule_start;
}

static void test_the_next_four_days_are_offered(void **state)
{
	struct board *b = *state;
	ASSERT_DAYS(b, 0, 1, 2, 3);
	b->occurrences[1].cancelled = true;
	ASSERT_DAYS(b, 0, 2, 3, 4);
	b->model.now.hour = 12; /* the first is over */
	ASSERT_DAYS(b, 2, 3, 4, 5);
}

static void test_one_full_day_stays_in_sight_at_the_end(void **state)
{
	struct board *b = *state;
	b->seats[0].left = b->seats[1].left = 0;
	ASSERT_DAYS(b, 2, 3, 4, 0);
	choose(b, 1);
	ASSERT_DAYS(b, 2, 3, 4, 1);
	choose(b, 5);
	ASSERT_DAYS(b, 2, 3, 5, 0);
	b->initiative.registration.waiting_list = false;
	ASSERT_DAYS(b, 2, 3, 4, 5);
}

static void test_full_days_fill_up_what_is_left(void **state)
{
	struct board *b = *state;
	for (int i = 1; i < DAYS; i++)
		b->seats[i].left = 0;
	ASSERT_DAYS(b, 0, 1, 2, 3);
	choose(b, 4);
	ASSERT_DAYS(b, 0, 1, 2, 4);
}

static void test_a_party_larger_than_the_places_will_wait(void **state)
{
	struct board *b = *state;
	assert_false(signup_will_wait(&b->model));
	choose(b, 0);
	b->visit.party = 2;
	assert_false(signup_will_wait(&b->model));
	b->seats[0].left = 1;
	assert_true(signup_will_wait(&b->model));
	b->seats[0].left = -1;
	assert_false(signup_will_wait(&b->model));
	b->visit.accepts_waiting = true;
	assert_true(signup_will_wait(&b->model));
}

static void test_numbers_are_judged(void **state)
{
	(void)state;
	static const struct {
		struct str typed;
		enum phone_verdict verdict;
		int digits;
	} cases[] = {
		{STR_CONST(""), PHONE_EMPTY, 0},
		{STR_CONST("+"), PHONE_EMPTY, 0},
		{STR_CONST("0612345678"), PHONE_FINE, 10},
		{STR_CONST("061234567"), PHONE_TOO_SHORT, 9},
		{STR_CONST("06123456789"), PHONE_TOO_LONG, 11},
		{STR_CONST("1612345678"), PHONE_WRONG_START, 10},
		{STR_CONST("+31612345678"), PHONE_FINE, 11},
		{STR_CONST("0031612345678"), PHONE_FINE, 13},
		{STR_CONST("+3161234567"), PHONE_TOO_SHORT, 10},
		{STR_CONST("+4915112345678"), PHONE_FOREIGN, 13},
		{STR_CONST("004915112345678"), PHONE_FOREIGN, 15},
		{STR_CONST("+4915112345678901"), PHONE_TOO_LONG, 16},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int digits = -1;
		assert_int_equal(phone_judge(cases[i].typed, &digits), cases[i].verdict);
		assert_int_equal(digits, cases[i].digits);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_a_sign_up_asks_what_its_rules_say, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_nobody_asks_a_name_where_names_are_not_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_an_introduction_asks_when_to_call_only_who_may_be_called, set_up,
			tear_down),
		cmocka_unit_test_setup_teardown(
			test_the_next_four_days_are_offered, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_one_full_day_stays_in_sight_at_the_end, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_full_days_fill_up_what_is_left, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			test_a_party_larger_than_the_places_will_wait, set_up, tear_down),
		cmocka_unit_test(test_numbers_are_judged),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
