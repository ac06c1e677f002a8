/* What was erased does not come back: not with an old box, not with a back-up, and not with a
 * database of another day in the place of this one. */
#include "store/erasure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/disk.h"
#include "fake/fake.h"
#include "fake/fake_env.h"
#include "sql/sql.h"
#include "store/backup.h"
#include "store/boxes.h"
#include "store/damaged.h"
#include "store/erasure_file.h"
#include "store/repair.h"
#include "store/sample.h"
#include "store/wish.h"

#define BACK_UP "stick/kopie.db"
#define LIMIT_BYTES ((size_t)16 << 20)
#define PART_BYTES 40
#define AFTER_EXPIRY_MS ((int64_t)1798761600000) /* 2027-01-01 */

static const struct sample_rules rules = {"sign_up", 3, 14, true, false};

static struct store *open_store(struct env *env, const char *directory)
{
	struct error err = {0};
	struct store *store = store_open(env, directory, &err);
	if (!store)
		fail_msg("%s", err.message);
	return store;
}

static struct env *start(void)
{
	struct env *env = fake_create(5);
	fake_sqlite_install(env);
	assert_true(env_make_directory(env, "stick", NULL));
	assert_true(env_sync_directory(env, ".", NULL));
	return env;
}

static void stop(struct env *env)
{
	fake_sqlite_remove();
	fake_destroy(env);
}

static struct registration_result sign_up(struct store *store)
{
	struct registration_request request = sample_request(0);
	struct registration_result result;
	request.party_size = 1;
	assert_true(store_register(store, &request, &result, NULL));
	return result;
}

static struct store *kiosk(struct env *env)
{
	struct sample s = sample_of(1, rules);
	struct store *store = open_store(env, "data");
	assert_true(store_apply(store, s.records, s.count, 0, NULL, NULL));
	arena_finish(&s.arena);
	return store;
}

static struct str box_of(struct store *store, struct arena *arena, struct uuid id)
{
	struct str box;
	assert_true(store_sealed(store, arena, id, &box, NULL));
	return box;
}

/* In a file that has a name, as the next program would read it. */
static const char *found_in(struct env *env, struct str box)
{
	for (struct disk_name *n = fake_disk(env)->names; n; n = n->next)
		if (n->cached && n->cached->cached.size >= PART_BYTES &&
			memmem(n->cached->cached.ptr, n->cached->cached.size, box.ptr + PART_BYTES,
				PART_BYTES))
			return n->path;
	return "nowhere";
}

static bool erased(struct store *store, struct uuid id)
{
	bool yes;
	assert_true(store_is_erased(store, id, &yes, NULL));
	return yes;
}

static void erasing_leaves_no_byte_and_takes_nothing_in_again(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct env *env = start();
	struct store *store = kiosk(env);
	struct registration_result mine = sign_up(store);
	struct sealed_box box = {.entity_type = ENTITY_REGISTRATION,
		.entity = mine.id,
		.box = box_of(store, &arena, mine.id)};
	size_t kept;
	bool held;
	assert_true(box.box.len > 2 * PART_BYTES);
	assert_string_not_equal(found_in(env, box.box), "nowhere");
	assert_true(store_erase(store, mine.id, &held, &err));
	assert_true(held);
	assert_int_equal(box_of(store, &arena, mine.id).len, 0);
	assert_string_equal(found_in(env, box.box), "nowhere");

	struct registration found;
	assert_true(store_find_code(store, str_from(mine.code), &found, &err));
	assert_int_equal(found.outcome, OUTCOME_CONFIRMED); /* the seat stands */
	assert_true(store_take_boxes(store, &box, 1, &kept, &err));
	assert_int_equal(kept, 0);
	assert_true(store_erase(store, mine.id, &held, &err));
	assert_false(held);
	assert_false(store_erase(store, (struct uuid){{1}}, &held, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	store_close(store);
	store = open_store(env, "data");
	assert_true(erased(store, mine.id));
	store_close(store);
	stop(env);
}

static void what_others_erased_goes_here_too(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct env *env = start();
	struct store *store = kiosk(env);
	struct registration_result mine = sign_up(store), other = sign_up(store);
	static const uint8_t hub[WRITER_PART_BYTES] = {7}, restored[WRITER_PART_BYTES] = {8};
	struct erasure *list,
		said[2] = {{ENTITY_REGISTRATION, mine.id, 5}, {ENTITY_WISH, {{9}}, 6}};
	size_t fresh, count;
	assert_true(store_take_erasures(store, said, 2, hub, &fresh, &err));
	assert_int_equal(fresh, 2);
	assert_int_equal(box_of(store, &arena, mine.id).len, 0);
	assert_int_not_equal(box_of(store, &arena, other.id).len, 0);
	assert_true(store_take_erasures(store, said, 2, hub, &fresh, &err));
	assert_int_equal(fresh, 0);
	assert_true(store_erasures(store, &arena, hub, &list, &count, &err));
	assert_int_equal(count, 0);
	/* A hub that was put back is another one: it must hear them all again. */
	assert_true(store_erasures(store, &arena, restored, &list, &count, &err));
	assert_int_equal(count, 2);
	assert_true(store_cancel(store, other.id, &err));
	assert_true(store_erasures(store, &arena, hub, &list, &count, &err));
	assert_int_equal(count, 1);
	assert_memory_equal(list[0].entity.bytes, other.id.bytes, sizeof(other.id.bytes));
	assert_true(store_erasures_heard(store, hub, &err));
	assert_true(store_erasures(store, &arena, hub, &list, &count, &err));
	assert_int_equal(count, 0);
	store_close(store);
	stop(env);
}

static void a_wish_that_is_withdrawn_is_on_the_list(void **state)
{
	(void)state;
	struct error err = {0};
	struct env *env = start();
	struct store *store = kiosk(env);
	struct wish_request request = {.card = STR("wandelen"), .phone = STR("0612345678")};
	struct wish_result result;
	if (!store_wish(store, &request, &result, &err))
		fail_msg("%s", err.message);
	assert_true(store_withdraw_wish(store, result.id, &err));
	assert_true(erased(store, result.id));
	assert_true(store_wish(store, &request, &result, &err));
	store_close(store);
	stop(env);
}

static void the_sum_is_of_the_list_and_not_of_its_order(void **state)
{
	(void)state;
	struct env *env = start();
	struct store *one = open_store(env, "one");
	struct erasure list[2] = {{ENTITY_WISH, {{1}}, 5}, {ENTITY_WISH, {{2}}, 6}};
	struct hash a, b;
	assert_true(store_take_erasures(one, list, 1, NULL, NULL, NULL));
	assert_true(store_erasure_sum(one, &a, NULL));
	assert_true(store_take_erasures(one, list + 1, 1, NULL, NULL, NULL));
	assert_true(store_erasure_sum(one, &b, NULL));
	assert_memory_not_equal(a.bytes, b.bytes, HASH_BYTES);
	store_close(one);
	struct store *two = open_store(env, "two");
	assert_true(store_take_erasures(two, list + 1, 1, NULL, NULL, NULL));
	assert_true(store_take_erasures(two, list, 1, NULL, NULL, NULL));
	assert_true(store_erasure_sum(two, &a, NULL));
	assert_memory_equal(a.bytes, b.bytes, HASH_BYTES);
	store_close(two);
	stop(env);
}

static void a_back_up_brings_nothing_back(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct env *env = start();
	struct store *store = kiosk(env);
	struct registration_result mine = sign_up(store), late = sign_up(store);
	struct str box = box_of(store, &arena, mine.id), other = box_of(store, &arena, late.id);
	assert_true(store_back_up(store, "data", BACK_UP, &err));
	assert_true(store_cancel(store, mine.id, &err));
	assert_true(store_restore(store, "data", BACK_UP, &err));
	/* And one that comes between the restore and its taking effect. */
	assert_true(store_erase(store, late.id, NULL, &err));
	store_close(store);
	store = open_store(env, "data");
	struct registration found;
	assert_true(store_find_code(store, str_from(mine.code), &found, &err));
	assert_int_equal(found.outcome, OUTCOME_CONFIRMED); /* it is the old database */
	assert_int_equal(box_of(store, &arena, mine.id).len, 0);
	assert_int_equal(box_of(store, &arena, late.id).len, 0);
	store_close(store);
	assert_true(env_remove(env, BACK_UP, &err));
	assert_string_equal(found_in(env, box), "nowhere");
	assert_string_equal(found_in(env, other), "nowhere");
	stop(env);
}

/* As somebody does who copies files: `to` has the database that `from` has now. */
static void put_back(struct env *env, const char *from, const char *to)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str content;
	assert_true(env_read_file(env, &arena, from, LIMIT_BYTES, &content, NULL));
	assert_true(env_write_file(env, to, content, NULL));
}

static void a_database_put_back_by_hand_is_told(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct env *env = start();
	struct store *store = kiosk(env);
	struct registration_result mine = sign_up(store), late = sign_up(store);
	struct str box = box_of(store, &arena, mine.id);
	store_close(store);
	put_back(env, "data/" STORE_FILE, BACK_UP);
	store = open_store(env, "data");
	assert_true(store_erase(store, mine.id, NULL, &err));
	store_close(store);

	/* The record behind one that a power cut tore still counts. */
	struct env_file *file =
		env->methods->open(env, "data/" STORE_ERASURES_FILE, ENV_APPEND, &err);
	assert_non_null(file);
	assert_true(env->methods->write(file, "\n32 17961", 9, &err));
	env->methods->close(file);
	store = open_store(env, "data");
	assert_true(store_erase(store, late.id, NULL, &err));
	store_close(store);

	put_back(env, BACK_UP, "data/" STORE_FILE);
	store = open_store(env, "data");
	assert_int_equal(box_of(store, &arena, mine.id).len, 0);
	assert_int_equal(box_of(store, &arena, late.id).len, 0);
	assert_true(erased(store, mine.id) && erased(store, late.id));
	store_close(store);
	assert_true(env_remove(env, BACK_UP, &err));
	assert_string_equal(found_in(env, box), "nowhere");
	/* And a list that is lost is written again. */
	assert_true(env_remove(env, "data/" STORE_ERASURES_FILE, &err));
	store_close(open_store(env, "data"));
	assert_true(env_exists(env, "data/" STORE_ERASURES_FILE));
	stop(env);
}

static void a_repair_forgets_no_erasure(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct env *env = start();
	struct store *store = kiosk(env);
	struct registration_result mine = sign_up(store), other = sign_up(store);
	assert_true(store_erase(store, mine.id, NULL, &err));
	assert_true(store_doubt(store, &err));
	store_close(store);
	store = open_store(env, "data");
	assert_true(erased(store, mine.id));
	assert_int_not_equal(box_of(store, &arena, other.id).len, 0);
	store_close(store);
	stop(env);
}

static void what_a_repair_put_aside_keeps_no_box(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct env *env = start();
	struct store *store = kiosk(env);
	struct registration_result mine = sign_up(store), other = sign_up(store);
	struct str box = box_of(store, &arena, mine.id), kept = box_of(store, &arena, other.id);
	assert_true(store_doubt(store, &err));
	store_close(store);
	store = open_store(env, "data");
	assert_true(store_erase(store, mine.id, NULL, &err));
	assert_string_equal(found_in(env, box), "data/" STORE_FILE ".damaged-1");
	assert_true(store_expire_damaged(store, "data", &err));
	assert_string_equal(found_in(env, box), "nowhere");
	assert_true(env_exists(env, "data/" STORE_FILE ".damaged-1"));
	assert_int_not_equal(box_of(store, &arena, other.id).len, 0);
	fake_set_clock(env, AFTER_EXPIRY_MS, CLOCK_SURE);
	assert_true(store_expire(store, NULL, &err));
	assert_string_equal(found_in(env, kept), "data/" STORE_FILE ".damaged-1");
	assert_true(store_expire_damaged(store, "data", &err));
	assert_string_equal(found_in(env, kept), "nowhere");
	store_close(store);
	stop(env);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(erasing_leaves_no_byte_and_takes_nothing_in_again),
		cmocka_unit_test(what_others_erased_goes_here_too),
		cmocka_unit_test(a_wish_that_is_withdrawn_is_on_the_list),
		cmocka_unit_test(the_sum_is_of_the_list_and_not_of_its_order),
		cmocka_unit_test(a_back_up_brings_nothing_back),
		cmocka_unit_test(a_database_put_back_by_hand_is_told),
		cmocka_unit_test(a_repair_forgets_no_erasure),
		cmocka_unit_test(what_a_repair_put_aside_keeps_no_box),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
