#include "base/uuid.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void reads_and_writes(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct uuid uuid;
	assert_true(uuid_parse(STR("D562F97D-61ca-5df7-a4c9-ad30acecc797"), &uuid));
	assert_int_equal(uuid.bytes[0], 0xd5);
	assert_int_equal(uuid.bytes[15], 0x97);
	struct str text = uuid_format(&arena, uuid);
	assert_true(str_equal(text, STR("d562f97d-61ca-5df7-a4c9-ad30acecc797")));
	arena_finish(&arena);
}

static void refuses_other_forms(void **state)
{
	(void)state;
	struct uuid uuid = {{7}};
	assert_false(uuid_parse(STR(""), &uuid));
	assert_false(uuid_parse(STR("d562f97d61ca5df7a4c9ad30acecc797"), &uuid));
	assert_false(uuid_parse(STR("d562f97d-61ca-5df7-a4c9-ad30acecc79"), &uuid));
	assert_false(uuid_parse(STR("d562f97d-61ca-5df7-a4c9-ad30acecc79g"), &uuid));
	assert_false(uuid_parse(STR("d562f97d-61ca-5df7-a4c9 ad30acecc797"), &uuid));
	assert_int_equal(uuid.bytes[0], 7);
}

static void random_ones_are_version_4(void **state)
{
	(void)state;
	struct env *env = env_simulated_create(env_os(), 0, false, 3);
	struct uuid a = uuid_random(env), b = uuid_random(env);
	assert_int_equal(a.bytes[6] >> 4, 4);
	assert_int_equal(a.bytes[8] >> 6, 2);
	assert_false(uuid_equal(a, b));
	assert_int_equal(uuid_compare(a, b), -uuid_compare(b, a));
	assert_false(uuid_is_nil(a));
	assert_true(uuid_is_nil((struct uuid){{0}}));
	env_simulated_destroy(env);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_and_writes),
		cmocka_unit_test(refuses_other_forms),
		cmocka_unit_test(random_ones_are_version_4),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
