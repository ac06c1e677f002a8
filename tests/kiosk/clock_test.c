/* A clock that starts in 1970, is right, and then jumps to 2036: nothing is erased, nothing is
 * lost, and both residents and host are told. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/log.h"
#include "model/clock.h"

#define DAY_MS ((int64_t)86400000)
#define NOW_MS ((int64_t)1796119200000) /* 2026-12-01T10:00:00Z */
#define FAR_MS ((int64_t)2099297600000) /* 2036-07-10 */

static void set_clock(struct bench *b, int64_t wall_ms)
{
	fake_set_clock(b->env, wall_ms, CLOCK_SURE);
	kiosk_refresh_time(&b->kiosk);
	kiosk_keep_house(&b->kiosk);
}

static const struct initiative *introduction_of(const struct bench *b)
{
	const struct catalogue *c = b->kiosk.model.catalogue;
	for (size_t i = 0; i < c->initiative_count; i++)
		if (c->initiatives[i].registration.mode == REGISTRATION_INTRODUCTION &&
			!c->initiatives[i].sensitive)
			return &c->initiatives[i];
	abort();
}

/* Somebody asks for a conversation and leaves a number. */
static struct uuid ask(struct bench *b)
{
	struct error err = {0};
	struct registration_result result;
	const struct registration_request request = {
		.initiative = introduction_of(b)->id,
		.party_size = 1,
		.first_name = STR("Samira"),
		.phone = STR("0612345678"),
	};
	bench_check(store_register(b->store, &request, &result, &err), &err);
	return result.id;
}

/* Somebody signs up for a meeting three days later than the clock says. */
static struct uuid sign_up(struct bench *b)
{
	struct error err = {0};
	struct registration_result result;
	bench_kind(b, ACTION_WAKE);
	const struct initiative *initiative = bench_open(b, "Vrouwengroep");
	int64_t start_s = env_wall_ms(b->env) / 1000 + 3 * DAY_MS / 1000;
	const struct registration_request request = {
		.initiative = initiative->id,
		.schedule = initiative->schedules[0].id,
		.rule_start = local_time_from_seconds(start_s),
		.ends_utc_s = start_s + 7200,
		.party_size = 1,
		.first_name = STR("Samira"),
	};
	bench_check(store_register(b->store, &request, &result, &err), &err);
	return result.id;
}

static bool is_kept(struct bench *b, struct uuid id)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct str box;
	bench_check(store_sealed(b->store, &arena, id, &box, &err), &err);
	return box.len > 0;
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

/* What the bar of every screen says. */
static bool resident_reads(struct bench *b, const char *words)
{
	bench_kind(b, ACTION_WAKE);
	kiosk_show(&b->kiosk);
	struct notices notices = model_notices(&b->kiosk.model, b->kiosk.ui);
	for (size_t i = 0; i < notices.count; i++)
		if (str_equal_z(notices.lines[i], words))
			return true;
	return false;
}

static void the_clock_jumps_and_nothing_is_lost(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	log_forget();
	struct uuid early = sign_up(b), asked = ask(b);
	assert_true(b->kiosk.model.clock_sure);
	assert_false(resident_reads(b, "Tijd onzeker"));

	set_clock(b, 5000); /* 1970 */
	assert_false(b->kiosk.model.clock_sure);
	assert_true(resident_reads(b, "Tijd onzeker"));
	assert_true(host_reads("the clock cannot be right"));
	struct uuid unsure = ask(b);
	kiosk_keep_house(&b->kiosk);
	assert_true(is_kept(b, early) && is_kept(b, asked) && is_kept(b, unsure));

	set_clock(b, NOW_MS + DAY_MS);
	assert_true(b->kiosk.model.clock_sure);
	assert_false(resident_reads(b, "Tijd onzeker"));
	assert_true(is_kept(b, early) && is_kept(b, asked) && is_kept(b, unsure));

	set_clock(b, FAR_MS);
	assert_false(b->kiosk.model.clock_sure);
	assert_true(resident_reads(b, "Tijd onzeker"));
	struct uuid far = sign_up(b);
	kiosk_keep_house(&b->kiosk);
	assert_true(is_kept(b, early) && is_kept(b, asked) && is_kept(b, unsure));
	assert_true(is_kept(b, far));

	/* Right again: what was saved meanwhile is dated from now, not from 1970 or 2036. */
	int days = introduction_of(b)->registration.retention_days;
	set_clock(b, NOW_MS + 2 * DAY_MS);
	set_clock(b, NOW_MS + days * DAY_MS);
	assert_false(is_kept(b, asked));
	assert_true(is_kept(b, unsure) && is_kept(b, far));
	set_clock(b, NOW_MS + (days + 1) * DAY_MS);
	assert_false(is_kept(b, unsure));
	assert_true(is_kept(b, far) && is_kept(b, early));
	set_clock(b, NOW_MS + 2 * DAY_MS + 30 * DAY_MS); /* 30: what the Vrouwengroep asks for */
	assert_false(is_kept(b, far));
	assert_true(is_kept(b, early));
	set_clock(b, NOW_MS + 3 * DAY_MS + 30 * DAY_MS + 7200000);
	assert_false(is_kept(b, early));
	bench_stop(b);
}

static void the_host_confirms_a_long_absence(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	struct error err = {0};
	struct uuid early = sign_up(b);
	set_clock(b, NOW_MS);
	set_clock(b, NOW_MS + 200 * DAY_MS);
	struct uuid unsure = ask(b);
	assert_false(b->kiosk.model.clock_sure);
	const struct local_time now = {.date = {2027, 6, 19}, .hour = 14, .minute = 5};
	assert_true(kiosk_set_clock(&b->kiosk, now, &err));
	assert_true(b->kiosk.model.clock_sure);
	assert_int_equal(local_time_compare(b->kiosk.model.now, now), 0);
	kiosk_keep_house(&b->kiosk);
	assert_false(is_kept(b, early));
	assert_true(is_kept(b, unsure));
	assert_false(kiosk_set_clock(&b->kiosk, (struct local_time){.date = {2023, 6, 1}}, &err));
	assert_int_equal(err.code, ERROR_REFUSED);
	/* Somebody set it wrong: the right time is before the trusted one, until it is confirmed.
	 */
	set_clock(b, NOW_MS);
	assert_false(b->kiosk.model.clock_sure);
	assert_true(store_trust_clock(b->store, &err));
	kiosk_refresh_time(&b->kiosk);
	assert_true(b->kiosk.model.clock_sure);
	bench_stop(b);
}

static void keys_that_run_out_stay_in_use(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	struct error err = {0};
	struct key_set keys;
	struct secret_key_set secret;
	assert_false(store_keys_state(b->store).open);
	key_set_create(key_month(2026, 12), &keys, &secret);
	bench_check(store_open_registrations(b->store, &keys, &err), &err);
	assert_int_equal(store_keys_state(b->store).months_left, KEY_MONTHS);
	log_forget();
	/* Half a year at a time is what the clock may go. */
	for (int day = 0; day <= 730; day += 146)
		set_clock(b, NOW_MS + day * DAY_MS);
	assert_int_equal(store_keys_state(b->store).months_left, 1);
	assert_false(store_keys_state(b->store).used_up);
	assert_false(host_reads("months of keys"));
	set_clock(b, NOW_MS + 731 * DAY_MS); /* 2028-12-01 */
	struct keys_state used = store_keys_state(b->store);
	assert_true(used.open && used.used_up);
	assert_int_equal(used.months_left, 0);
	assert_true(host_reads("months of keys"));

	CLEANUP(arena_finish) struct arena arena = {0};
	struct str box, plain;
	bench_check(store_sealed(b->store, &arena, ask(b), &box, &err), &err);
	assert_true(seal_open(&arena, &secret.months[KEY_MONTHS - 1], box, &plain, &err));
	/* A clock that jumps is no reason to make new keys. */
	key_set_create(key_month(2028, 12), &keys, &secret);
	bench_check(store_open_registrations(b->store, &keys, &err), &err);
	set_clock(b, FAR_MS);
	assert_false(store_keys_state(b->store).used_up);
	bench_stop(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_clock_jumps_and_nothing_is_lost),
		cmocka_unit_test(the_host_confirms_a_long_absence),
		cmocka_unit_test(keys_that_run_out_stay_in_use),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
