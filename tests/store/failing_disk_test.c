/* A disk that fails at every call in turn, for good or once: what the store says true to has
 * happened and stays after a power cut, what it says false to has not, reading goes on meanwhile,
 * and when the disk is well again so is the store. */
#include "fake/fake.h"
#include "store/inside.h"
#include "store/registration.h"
#include "store/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct bench {
	struct env *env;
	struct store *store;
	struct registration_result first;
};

static struct registration_request request_of(void)
{
	struct registration_request request = sample_request(0);
	request.ends_utc_s += 86400;
	return request;
}

static struct bench start(void)
{
	struct bench b = {.env = fake_create(31)};
	struct sample s = sample_of(2, (struct sample_rules){"sign_up", 18, 30, true, false});
	struct registration_request request = request_of();
	struct error err = {0};
	fake_sqlite_install(b.env);
	b.store = store_open(b.env, "data", &err);
	assert_non_null(b.store);
	assert_true(store_apply(b.store, s.records, s.count, 0, NULL, &err));
	assert_true(store_register(b.store, &request, &b.first, &err));
	arena_finish(&s.arena);
	return b;
}

static void cut_and_open(struct bench *b)
{
	struct error err = {0};
	fake_power_off(b->env);
	store_close(b->store);
	fake_power_on(b->env);
	b->store = store_open(b->env, "data", &err);
	if (!b->store)
		fail_msg("%s", err.message);
}

static void stop(struct bench *b)
{
	store_close(b->store);
	fake_sqlite_remove();
	fake_destroy(b->env);
}

static bool is_known(struct store *store, const struct registration_result *told,
	enum registration_outcome *outcome)
{
	struct registration found = {.outcome = OUTCOME_ASKED};
	struct error err = {0};
	bool known = store_find_code(store, str_from(told->code), &found, &err);
	*outcome = found.outcome;
	assert_true(known || err.code == ERROR_NOT_FOUND);
	return known;
}

static void can_read(struct bench *b)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct record *records;
	struct error err = {0};
	enum registration_outcome outcome;
	size_t count;
	assert_true(store_records(b->store, &arena, &records, &count, &err));
	assert_int_equal(count, 4);
	assert_true(is_known(b->store, &b->first, &outcome));
}

static const struct fault {
	enum error_code code;
	bool once;
} faults[] = {{ERROR_DISK, false}, {ERROR_DISK_FULL, false}, {ERROR_READ_ONLY, false},
	{ERROR_DISK, true}};

static void break_disk(struct bench *b, const struct fault *fault, int64_t at)
{
	if (fault->once)
		fake_fail_once(b->env, at, fault->code);
	else
		fake_fail_after(b->env, at, fault->code);
}

/* True when the sign-up got past every call. */
static bool sign_up_on(const struct fault *fault, int64_t at)
{
	struct bench b = start();
	struct registration_request request = request_of();
	struct registration_result result, later;
	struct error err = {0};
	enum registration_outcome outcome;
	break_disk(&b, fault, at);
	bool said = store_register(b.store, &request, &result, &err);
	can_read(&b);
	fake_fail_after(b.env, 0, ERROR_NONE);
	assert_true(store_register(b.store, &request, &later, &err));
	cut_and_open(&b);
	assert_true(is_known(b.store, &later, &outcome));
	if (said)
		assert_true(is_known(b.store, &result, &outcome));
	else
		assert_int_equal(result.code[0], 0);
	assert_int_equal(store_registration_count(b.store, &err), said ? 3 : 2);
	stop(&b);
	return said;
}

static void no_false_yes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		int64_t at = 0;
		while (!sign_up_on(&faults[i], at))
			at++;
		assert_true(at > 3);
	}
}

/* The cancelling counts when its commit did, whatever became of the sweeping. */
static void cancelling_is_one_thing(void **state)
{
	(void)state;
	int64_t swept_late = 0;
	for (int64_t at = 0; at < 40; at++) {
		struct bench b = start();
		struct error err = {0};
		enum registration_outcome outcome;
		break_disk(&b, &faults[0], at);
		bool said = store_cancel(b.store, b.first.id, &err);
		fake_fail_after(b.env, 0, ERROR_NONE);
		assert_true(is_known(b.store, &b.first, &outcome));
		assert_int_equal(outcome, said ? OUTCOME_CANCELLED : OUTCOME_CONFIRMED);
		swept_late += said && b.store->unswept;
		assert_true(store_expire(b.store, NULL, &err));
		assert_false(b.store->unswept);
		stop(&b);
	}
	assert_true(swept_late > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_false_yes),
		cmocka_unit_test(cancelling_is_one_thing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
