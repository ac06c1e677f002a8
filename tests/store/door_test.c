/* The lock on the door: how long it stays shut, and that neither pulling the plug nor starting
 * again helps. */
#include "store/door.h"

#include "bench.h"
#define PIN STR("485719")
#define WRONG STR("485710")

static struct bench start(void)
{
	struct error err = {0};
	struct bench b = bench_start(5);
	assert_true(store_door_set_pin(b.store, PIN, &err));
	return b;
}

static enum door_answer try(struct bench *b, struct str pin)
{
	enum door_answer answer;
	struct error err = {0};
	if (!store_door_try(b->store, pin, &answer, &err))
		fail_msg("%s", err.message);
	return answer;
}

static int64_t wait_of(struct bench *b)
{
	int64_t wait_ms;
	struct error err = {0};
	assert_true(store_door_wait(b->store, &wait_ms, &err));
	return wait_ms;
}

static void the_first_pin_is_chosen(void **state)
{
	(void)state;
	struct error err = {0};
	struct bench b = bench_start(5);
	bool has;
	assert_true(store_door_has_pin(b.store, &has, &err));
	assert_false(has);
	assert_int_equal(try(&b, PIN), DOOR_NO_PIN);
	assert_false(store_door_set_pin(b.store, STR("123456"), &err));
	assert_int_equal(err.code, ERROR_REFUSED);
	assert_true(store_door_set_pin(b.store, PIN, &err));
	assert_true(store_door_has_pin(b.store, &has, &err));
	assert_true(has);
	assert_int_equal(try(&b, PIN), DOOR_OPENED);
	bench_stop(&b);
}

static void it_stays_shut_twice_as_long_each_time(void **state)
{
	(void)state;
	static const int64_t seconds[] = {1, 2, 4, 8, 16, 32, 64, 128, 256, 1800, 300, 300};
	struct bench b = start();
	for (size_t i = 0; i < sizeof(seconds) / sizeof(seconds[0]); i++) {
		assert_int_equal(try(&b, WRONG), DOOR_WRONG);
		assert_int_equal(wait_of(&b), seconds[i] * 1000);
		assert_int_equal(try(&b, PIN), DOOR_WAIT); /* the right one waits too */
		env_sleep_ms(b.env, seconds[i] * 1000 - 1);
		assert_int_equal(try(&b, WRONG), DOOR_WAIT);
		env_sleep_ms(b.env, 1);
		assert_int_equal(wait_of(&b), 0);
	}
	assert_int_equal(try(&b, PIN), DOOR_OPENED);
	assert_int_equal(wait_of(&b), 0);
	assert_int_equal(try(&b, WRONG), DOOR_WRONG);
	assert_int_equal(wait_of(&b), 1000); /* the right one has made good */
	bench_stop(&b);
}

static void starting_again_begins_the_wait_anew(void **state)
{
	(void)state;
	struct bench b = start();
	for (int i = 0; i < 3; i++) {
		assert_int_equal(try(&b, WRONG), DOOR_WRONG);
		env_sleep_ms(b.env, 4000);
	}
	assert_int_equal(wait_of(&b), 0);
	store_close(b.store);
	fake_set_clock(b.env, 0, CLOCK_UNSURE);
	bench_open(&b);
	assert_int_equal(wait_of(&b), 4000);
	assert_int_equal(try(&b, PIN), DOOR_WAIT);
	env_sleep_ms(b.env, 4000);
	assert_int_equal(try(&b, PIN), DOOR_OPENED);
	bench_stop(&b);
}

static void pulling_the_plug_spares_no_count(void **state)
{
	(void)state;
	struct bench b = start();
	assert_int_equal(try(&b, WRONG), DOOR_WRONG);
	fake_power_off(b.env);
	store_close(b.store);
	fake_power_on(b.env);
	bench_open(&b);
	assert_int_equal(wait_of(&b), 1000);
	bench_stop(&b);
}

/* What cannot be counted is not looked at. */
static void a_full_disk_opens_nothing(void **state)
{
	(void)state;
	struct bench b = start();
	struct error err = {0};
	enum door_answer answer;
	fake_fail_after(b.env, 0, ERROR_DISK_FULL);
	assert_false(store_door_try(b.store, PIN, &answer, &err));
	assert_int_equal(err.code, ERROR_DISK_FULL);
	assert_int_not_equal(answer, DOOR_OPENED);
	fake_fail_after(b.env, 0, ERROR_NONE);
	assert_int_equal(try(&b, PIN), DOOR_OPENED);
	bench_stop(&b);
}

static void a_reset_forgets_pin_and_count(void **state)
{
	(void)state;
	struct bench b = start();
	struct error err = {0};
	assert_int_equal(try(&b, WRONG), DOOR_WRONG);
	assert_true(store_door_reset(b.store, &err));
	assert_int_equal(try(&b, PIN), DOOR_NO_PIN);
	assert_int_equal(wait_of(&b), 0);
	bench_stop(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_pin_is_chosen),
		cmocka_unit_test(it_stays_shut_twice_as_long_each_time),
		cmocka_unit_test(starting_again_begins_the_wait_anew),
		cmocka_unit_test(pulling_the_plug_spares_no_count),
		cmocka_unit_test(a_full_disk_opens_nothing),
		cmocka_unit_test(a_reset_forgets_pin_and_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
