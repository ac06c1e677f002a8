/* Too long without collection: no contact is asked, on any way of signing up, until it is. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/log.h"
#include "store/overview.h"

#define DAY_MS ((int64_t)86400000)
#define NOW_MS ((int64_t)1796119200000) /* 2026-12-01T10:00:00Z */

static void set_clock(struct bench *b, int64_t wall_ms, enum clock_quality quality)
{
	fake_set_clock(b->env, wall_ms, quality);
	kiosk_refresh_time(&b->kiosk);
	kiosk_keep_house(&b->kiosk);
}

static struct bench *start(void)
{
	struct bench *b = bench_start();
	struct error err = {0};
	struct key_set keys;
	struct secret_key_set secret;
	key_set_create(key_month(2026, 12), &keys, &secret);
	bench_check(store_open_registrations(b->store, &keys, &err), &err);
	kiosk_load_catalogue(&b->kiosk);
	log_forget();
	return b;
}

static const struct initiative *open_introduction(struct bench *b)
{
	const struct catalogue *c = b->kiosk.model.catalogue;
	bench_kind(b, ACTION_WAKE);
	for (size_t i = 0; i < c->initiative_count; i++) {
		const struct initiative *initiative = &c->initiatives[i];
		if (initiative->registration.mode != REGISTRATION_INTRODUCTION ||
			initiative->sensitive)
			continue;
		bench_do(b, (struct action){.kind = ACTION_OPEN_INITIATIVE, .id = initiative->id});
		return initiative;
	}
	abort();
}

static void ask(struct bench *b)
{
	struct error err = {0};
	struct registration_result result;
	const struct registration_request request = {
		.initiative = open_introduction(b)->id,
		.party_size = 1,
		.first_name = STR("Samira"),
		.phone = STR("0612345678"),
	};
	bench_check(store_register(b->store, &request, &result, &err), &err);
	bench_kind(b, ACTION_FINISH);
}

static int64_t oldest(struct bench *b)
{
	struct error err = {0};
	int64_t saved_ms;
	bench_check(store_oldest_uncollected(b->store, &saved_ms, &err), &err);
	return saved_ms;
}

/* Goes on to the summary and saves; each screen on the way is drawn whole. */
static void sign_up_without_contact(struct bench *b)
{
	struct kiosk *kiosk = &b->kiosk;
	bench_kind(b, ACTION_START_SIGN_UP);
	for (int i = 0; i < 9 && bench_top(b) != SCREEN_SIGNUP_SUMMARY; i++) {
		enum screen_name top = bench_top(b);
		assert_true(top != SCREEN_SIGNUP_NAME && top != SCREEN_SIGNUP_PHONE &&
			    top != SCREEN_SIGNUP_TIME);
		if (top == SCREEN_SIGNUP_DATE)
			bench_choose(b, bench_date(b, 0));
		kiosk_show(kiosk);
		bench_kind(b, ACTION_NEXT_QUESTION);
	}
	assert_int_equal(bench_top(b), SCREEN_SIGNUP_SUMMARY);
	kiosk_show(kiosk);
	bench_kind(b, ACTION_SAVE);
	assert_int_equal(bench_top(b), SCREEN_DONE);
	assert_true(strlen(kiosk->visit->code) > 0);
	kiosk_show(kiosk);
	assert_int_equal(kiosk->texts_cut, 0);
	bench_kind(b, ACTION_FINISH);
}

static bool host_reads(const char *words)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str *lines;
	size_t count = log_troubles(&arena, &lines);
	for (size_t i = 0; i < count; i++)
		if (str_find(lines[i], str_from(words)) >= 0)
			return true;
	return false;
}

static void after_three_weeks_no_contact_is_asked(void **state)
{
	(void)state;
	struct bench *b = start();
	b->kiosk.settings.collect_days = 10; /* what is kept for 14 days does not get to 21 */
	assert_int_equal(oldest(b), 0);
	ask(b);
	assert_int_equal(oldest(b), NOW_MS);
	set_clock(b, NOW_MS + 10 * DAY_MS, CLOCK_SURE);
	assert_false(b->kiosk.model.no_contact);
	/* nobody knows how long it is */
	set_clock(b, NOW_MS + 11 * DAY_MS, CLOCK_RESTORED);
	assert_false(b->kiosk.model.no_contact);
	set_clock(b, NOW_MS + 10 * DAY_MS + 1, CLOCK_SURE);
	assert_true(b->kiosk.model.no_contact);
	assert_true(host_reads("no contact details are asked"));

	bench_kind(b, ACTION_WAKE);
	bench_open(b, "Vrouwengroep");
	sign_up_without_contact(b);
	open_introduction(b);
	sign_up_without_contact(b);
	assert_true(b->kiosk.model.no_contact);
	assert_int_equal(oldest(b), NOW_MS);

	struct error err = {0};
	bench_check(store_mark_collected(b->store, &err), &err);
	assert_int_equal(oldest(b), 0);
	kiosk_keep_house(&b->kiosk);
	assert_false(b->kiosk.model.no_contact);
	bench_stop(b);
}

static void practice_waits_for_nobody(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	b->kiosk.settings.collect_days = 1;
	ask(b);
	set_clock(b, NOW_MS + 2 * DAY_MS, CLOCK_SURE);
	assert_false(b->kiosk.model.no_contact);
	bench_stop(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(after_three_weeks_no_contact_is_asked),
		cmocka_unit_test(practice_waits_for_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
