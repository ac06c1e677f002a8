/* The PIN: which are refused, and that a hash fits its own PIN alone. */
#include "crypto/pin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "fake/fake.h"

static void easy_pins_are_refused(void **state)
{
	(void)state;
	static const char *const easy[] = {"111111", "00000000", "121212", "123123", "123456",
		"654321", "890123", "01234567", "010190", "311299", "900101", "24121985",
		"19851224"};
	for (size_t i = 0; i < sizeof(easy) / sizeof(easy[0]); i++)
		if (pin_judge(str_from(easy[i])) != PIN_TRIVIAL)
			fail_msg("%s is taken", easy[i]);
	static const char *const fine[] = {"485719", "7302946", "59037146", "99887766"};
	for (size_t i = 0; i < sizeof(fine) / sizeof(fine[0]); i++)
		if (pin_judge(str_from(fine[i])) != PIN_FINE)
			fail_msg("%s is refused", fine[i]);
	assert_int_equal(pin_judge(STR("")), PIN_TOO_SHORT);
	assert_int_equal(pin_judge(STR("48571")), PIN_TOO_SHORT);
	assert_int_equal(pin_judge(STR("485719733")), PIN_TOO_LONG);
	assert_int_equal(pin_judge(STR("48o719")), PIN_NOT_DIGITS);
}

static void a_hash_fits_its_pin_alone(void **state)
{
	(void)state;
	struct pin_cost cost = {PIN_MEMORY_LEAST_BYTES, PIN_PASSES_LEAST};
	char one[PIN_HASH_BYTES], other[PIN_HASH_BYTES];
	struct error err = {0};
	assert_true(pin_hash(STR("485719"), &cost, one, &err));
	assert_true(pin_hash(STR("485719"), &cost, other, &err));
	assert_string_not_equal(one, other); /* salted */
	assert_true(str_starts_with(str_from(one), STR("$argon2id$v=19$m=19456,t=2,p=1$")));
	assert_true(pin_verify(STR("485719"), str_from(one)));
	assert_true(pin_verify(STR("485719"), str_from(other)));
	assert_false(pin_verify(STR("485710"), str_from(one)));
	assert_false(pin_verify(STR(""), str_from(one)));
	one[40] ^= 1;
	assert_false(pin_verify(STR("485719"), str_from(one)));
	assert_false(pin_verify(STR("485719"), STR("")));
	assert_false(pin_verify(STR("485719"), STR("485719")));
}

/* A clock that stands still says nothing about the machine. */
static void the_cost_stays_within_its_bounds(void **state)
{
	(void)state;
	for (int64_t ms = -1; ms < 2000; ms++) {
		struct pin_cost cost = pin_cost_for(ms);
		assert_in_range(cost.memory_bytes, PIN_MEMORY_LEAST_BYTES, PIN_MEMORY_MOST_BYTES);
		assert_in_range(cost.passes, PIN_PASSES_LEAST, PIN_PASSES_MOST);
	}
	assert_int_equal(pin_cost_for(60).memory_bytes, PIN_MEMORY_MOST_BYTES);
	assert_true(pin_cost_for(60).passes > PIN_PASSES_LEAST);
	struct env *still = fake_create(1);
	struct pin_cost least = pin_calibrate(still);
	assert_int_equal(least.memory_bytes, PIN_MEMORY_LEAST_BYTES);
	assert_int_equal(least.passes, PIN_PASSES_LEAST);
	fake_destroy(still);
	struct pin_cost here = pin_calibrate(env_os());
	assert_true(here.memory_bytes >= PIN_MEMORY_LEAST_BYTES);
	assert_true(here.memory_bytes <= PIN_MEMORY_MOST_BYTES);
	assert_true(here.passes >= PIN_PASSES_LEAST && here.passes <= PIN_PASSES_MOST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(easy_pins_are_refused),
		cmocka_unit_test(a_hash_fits_its_pin_alone),
		cmocka_unit_test(the_cost_stays_within_its_bounds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
