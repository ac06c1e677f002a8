/* A kiosk meets the machine that it runs on: one part may be another one, both are a copy. */
#include "store/board.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake.h"
#include "store/device.h"
#include "store/identity.h"
#include "store/inside.h"
#include "store/member.h"
#include "store/seats.h"

static const uint8_t hub_epoch[WRITER_PART_BYTES] = {5};

static struct identity somebody(void)
{
	return (struct identity){.organisation = {1}, .hub_device = {2}, .sign_seed = {3}};
}

static struct store *start(struct env **env, bool member)
{
	struct error err = {0};
	*env = fake_create(5);
	fake_sqlite_install(*env);
	struct store *store = store_open(*env, "data", &err);
	assert_non_null(store);
	struct identity who = somebody();
	if (member)
		assert_true(store_become_member(store, &who, hub_epoch, &err));
	return store;
}

static void stop(struct env *env, struct store *store)
{
	store_close(store);
	fake_sqlite_remove();
	fake_destroy(env);
}

static enum board_change meet(struct store *store, const char *serial, const char *card)
{
	struct board board = {"", ""};
	enum board_change change;
	strncpy(board.serial, serial, sizeof(board.serial) - 1);
	strncpy(board.card, card, sizeof(board.card) - 1);
	assert_true(store_meet_board(store, &board, &change, NULL));
	return change;
}

static bool belongs(struct store *store)
{
	struct identity who;
	assert_true(store_identity(store, &who, NULL));
	return who.organisation[0] == 1;
}

static void one_part_may_change(void **state)
{
	(void)state;
	struct env *env;
	struct store *store = start(&env, true);
	enum board_change told;
	assert_int_equal(meet(store, "", ""), BOARD_SAME); /* not a Raspberry Pi */
	assert_int_equal(meet(store, "A", "1"), BOARD_SAME); /* and now one */
	assert_int_equal(meet(store, "A", "1"), BOARD_SAME);
	assert_true(store_board_change(store, &told, NULL));
	assert_int_equal(told, BOARD_SAME);
	assert_int_equal(meet(store, "B", "1"), BOARD_OTHER_BOARD);
	assert_int_equal(meet(store, "B", "1"), BOARD_SAME);
	assert_true(store_board_change(store, &told, NULL));
	assert_int_equal(told, BOARD_OTHER_BOARD); /* until somebody has read of it */
	assert_true(store_board_change_was_read(store, NULL));
	assert_true(store_board_change(store, &told, NULL));
	assert_int_equal(told, BOARD_SAME);
	assert_int_equal(meet(store, "B", "2"), BOARD_OTHER_CARD);
	assert_int_equal(meet(store, "", "2"), BOARD_SAME); /* unreadable for once */
	assert_int_equal(meet(store, "B", "2"), BOARD_SAME);
	assert_true(belongs(store));
	stop(env, store);
}

static void a_copy_is_nobody_until_it_is_let_in(void **state)
{
	(void)state;
	struct error err = {0};
	struct env *env;
	struct store *store = start(&env, true);
	struct hub_position before, after;
	struct op op = {.kind = OP_SET,
		.entity_type = 1,
		.entity = {{9}},
		.field = 1,
		.has_value = true,
		.value = STR("\"Naam\"")};
	uint8_t device[WRITER_PART_BYTES];
	struct store_tx tx = {0};
	memcpy(device, store->device, sizeof(device));
	assert_true(store_begin(&tx, store, &err) && op_append(&tx, &op, &err) &&
		    store_commit(&tx, &err));
	store_rollback(&tx);
	assert_true(store_position(store, &before, &err));
	assert_int_equal(meet(store, "A", "1"), BOARD_SAME);
	assert_int_equal(meet(store, "B", "2"), BOARD_OTHER_BOTH);
	assert_false(belongs(store));
	assert_int_equal(store_pending_count(store, &err), 1);
	store_close(store);
	store = store_open(env, "data", &err);
	assert_non_null(store);
	assert_true(store->aside); /* and so gives out no seats */
	assert_false(belongs(store));

	struct identity other = somebody(), who = somebody();
	other.organisation[0] = 7;
	assert_false(store_become_member(store, &other, hub_epoch, &err) && store->aside);
	stop(env, store);

	store = start(&env, true);
	assert_true(store_position(store, &before, &err));
	assert_int_equal(meet(store, "A", "1"), BOARD_SAME);
	assert_int_equal(meet(store, "B", "2"), BOARD_OTHER_BOTH);
	assert_true(store_become_member(store, &who, hub_epoch, &err));
	assert_true(belongs(store));
	assert_false(store->aside);
	assert_true(store_position(store, &after, &err));
	assert_memory_equal(before.epoch, after.epoch, sizeof(before.epoch));
	stop(env, store);
}

static void who_has_no_hub_has_nobody_to_ask(void **state)
{
	(void)state;
	struct env *env;
	struct store *store = start(&env, false);
	assert_int_equal(meet(store, "A", "1"), BOARD_SAME);
	assert_int_equal(meet(store, "B", "2"), BOARD_OTHER_BOTH);
	assert_false(store->aside);
	stop(env, store);
}

static void write_file(struct env *env, const char *directory, const char *path, struct str text)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	for (size_t i = 1; directory[i]; i++)
		if (directory[i] == '/')
			env_make_directory(env, str_z(&arena, (struct str){directory, i}), NULL);
	assert_true(env_make_directory(env, directory, NULL));
	assert_true(env_write_file(env, path, text, NULL));
}

static void numbers_come_from_the_kernel(void **state)
{
	(void)state;
	struct env *env = fake_create(5);
	struct board board;
	board_read(env, "root", &board);
	assert_string_equal(board.serial, "");
	write_file(env, "root/proc/device-tree", "root/proc/device-tree/serial-number",
		(struct str){"10000000abcd\0", 13});
	write_file(env, "root/sys/block/mmcblk0/device", "root/sys/block/mmcblk0/device/cid",
		STR("03534453443332\n"));
	board_read(env, "root", &board);
	assert_string_equal(board.serial, "10000000abcd");
	assert_string_equal(board.card, "03534453443332");
	fake_destroy(env);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_part_may_change),
		cmocka_unit_test(a_copy_is_nobody_until_it_is_let_in),
		cmocka_unit_test(who_has_no_hub_has_nobody_to_ask),
		cmocka_unit_test(numbers_come_from_the_kernel),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
