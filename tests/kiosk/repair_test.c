/* Damage that comes while the kiosk runs: nobody is disturbed, and when nobody is there it starts
 * again to be repaired; then the host reads a sentence, once. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/log.h"
#include "fake/disk.h"
#include "fake/fake_env.h"
#include "store/door.h"
#include "store/inside.h"
#include "store/repair.h"

#define FILE_PATH "data/" STORE_FILE
#define PAGE_BYTES 4096
#define PIN STR("485719")

static size_t root_of_sealed(void)
{
	struct error err = {0};
	struct sql *db = sql_open_damaged(FILE_PATH, &err);
	bench_check(db, &err);
	struct sql_query *q =
		sql_query(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'sealed'");
	bench_check(sql_next(q, &err), &err);
	size_t page = (size_t)sql_int(q, 0);
	sql_done(&q);
	sql_close(db);
	return page;
}

/* The table of the boxes becomes noise under a store that was opened without looking. */
static void spoil(struct bench *b)
{
	struct error err = {0};
	bench_check(sql_checkpoint(b->store->db, &err), &err);
	store_close(b->store);
	struct disk_file *file = disk_find(fake_disk(b->env), FILE_PATH);
	memset(file->cached.ptr + (root_of_sealed() - 1) * PAGE_BYTES, 0x5a, PAGE_BYTES);
	b->store = store_open_file(b->env, FILE_PATH, &err);
	bench_check(b->store, &err);
	b->kiosk.store = b->store;
}

/* From here on the kiosk's own files are on the fake disk, too. */
static struct env *use_fake_files(struct bench *b)
{
	struct env *other = fake_create(1);
	b->env->methods = other->methods;
	return other;
}

static void it_starts_again_when_nobody_is_there(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	struct error err = {0};
	bench_check(store_door_set_pin(b->store, PIN, &err), &err);
	struct env *other = use_fake_files(b);
	spoil(b);
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str box;
	bench_kind(b, ACTION_WAKE);
	assert_false(store_sealed(b->store, &arena, (struct uuid){{1}}, &box, &err));
	bench_kind(b, ACTION_FINISH);
	assert_true(store_met_damage(b->store));
	assert_false(b->kiosk.restart); /* not in the first minute */
	bench_kind(b, ACTION_WAKE);
	env_sleep_ms(b->env, 60000);
	assert_false(b->kiosk.restart); /* somebody is there */
	assert_false(store_repair_is_doubted(b->env, FILE_PATH));
	bench_kind(b, ACTION_FINISH);
	assert_true(b->kiosk.restart);
	assert_true(b->kiosk.quit);
	assert_true(store_repair_is_doubted(b->env, FILE_PATH));

	/* As main() does then. */
	store_close(b->store);
	b->store = store_open(b->env, "data", &err);
	bench_check(b->store, &err);
	b->kiosk.store = b->store;
	assert_false(store_repair_is_doubted(b->env, FILE_PATH));
	door_read_notes(&b->kiosk);
	assert_true(b->kiosk.door.model.repaired);
	assert_false(b->kiosk.door.model.repair_empty);
	assert_int_equal(b->kiosk.door.model.repair_lost, 0);
	door_repair_was_read(&b->kiosk);
	assert_false(b->kiosk.door.model.repaired);
	door_read_notes(&b->kiosk);
	assert_false(b->kiosk.door.model.repaired);
	bench_read_real_files(b);
	bench_stop(b);
	fake_destroy(other);
}

static void troubles_are_told_in_local_time(void **state)
{
	(void)state;
	struct bench *b = bench_start();
	log_keep(b->env, "/tmp/there/is/no/such/file");
	log_warning("the program crashed, and started again");
	log_warning("the program crashed, and started again");
	log_warning("something (odd)");
	door_read_troubles(&b->kiosk);
	const struct door_model *door = &b->kiosk.door.model;
	assert_int_equal(door->trouble_count, 2);
	assert_true(str_equal_z(door->troubles[0].text, "something (odd)"));
	assert_int_equal(door->troubles[0].count, 1);
	assert_true(str_equal_z(door->troubles[1].text, "the program crashed, and started again"));
	assert_int_equal(door->troubles[1].count, 2);
	assert_true(door->troubles[1].dated);
	assert_int_equal(door->troubles[1].when.hour, 11); /* ten in UTC */
	log_forget();
	bench_stop(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_starts_again_when_nobody_is_there),
		cmocka_unit_test(troubles_are_told_in_local_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
