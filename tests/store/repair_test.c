/* A database that is ill in every page and in its length: it opens, says what it lost, keeps what
 * could be read, and the ill file stays. */
#include "store/repair.h"

#include "fake/disk.h"
#include "fake/fake.h"
#include "fake/fake_env.h"
#include "store/inside.h"
#include "store/registration.h"
#include "store/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FILE_PATH "data/" STORE_FILE
#define PAGE_BYTES 4096
#define SIGN_UPS 60

struct bench {
	struct env *env;
	struct registration_result told[SIGN_UPS];
};

/* A store that was closed, its WAL moved into the file. */
static struct bench start(void)
{
	struct bench b = {.env = fake_create(21)};
	struct sample s = sample_of(30, (struct sample_rules){"sign_up", 0, 30, true, false});
	struct error err = {0};
	fake_sqlite_install(b.env);
	struct store *store = store_open(b.env, "data", &err);
	assert_non_null(store);
	assert_true(store_apply(store, s.records, s.count, 0, NULL, &err));
	for (int i = 0; i < SIGN_UPS; i++) {
		struct registration_request request = sample_request((size_t)i % 30);
		assert_true(store_register(store, &request, &b.told[i], &err));
	}
	assert_true(sql_checkpoint(store->db, &err));
	store_close(store);
	arena_finish(&s.arena);
	return b;
}

static void stop(struct bench *b)
{
	fake_sqlite_remove();
	fake_destroy(b->env);
}

static struct disk_bytes *file(struct bench *b, const char *path)
{
	struct disk_file *f = disk_find(fake_disk(b->env), path);
	assert_non_null(f);
	return &f->cached;
}

static void overwrite(struct bench *b, const char *path, size_t at, size_t count)
{
	struct disk_bytes *bytes = file(b, path);
	assert_true(at + count <= bytes->size);
	env_random_bytes(b->env, bytes->ptr + at, count);
}

static struct store *open_ill(struct bench *b)
{
	struct error err = {0};
	struct store *store = store_open(b->env, "data", &err);
	if (!store)
		fail_msg("%s", err.message);
	return store;
}

static void assert_sound(struct store *store)
{
	struct hash kept, counted;
	struct error err = {0};
	CLEANUP(sql_done) struct sql_query *q = sql_query(store->db, "PRAGMA integrity_check");
	assert_true(sql_next(q, &err));
	assert_true(str_equal_z(sql_peek(q, 0), "ok"));
	assert_true(store_state_hash(store, &kept, &err));
	assert_true(store_count_hash(store, &counted, &err));
	assert_memory_equal(kept.bytes, counted.bytes, HASH_BYTES);
}

struct left {
	size_t by_code, boxes;
	bool noted;
};

static struct left look(struct bench *b, struct store *store)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct left left = {0};
	struct store_repair repair;
	struct error err = {0};
	assert_true(store_last_repair(store, &repair, &left.noted, &err));
	for (int i = 0; i < SIGN_UPS; i++) {
		struct registration found;
		struct str box;
		left.by_code += store_find_code(store, str_from(b->told[i].code), &found, &err);
		assert_true(store_sealed(store, &arena, b->told[i].id, &box, &err));
		left.boxes += box.len > 0;
	}
	return left;
}

static struct left open_and_look(struct bench *b)
{
	struct store *store = open_ill(b);
	assert_sound(store);
	struct left left = look(b, store);
	store_close(store);
	return left;
}

static void a_whole_one_is_left_alone(void **state)
{
	(void)state;
	struct bench b = start();
	struct left left = open_and_look(&b);
	assert_false(left.noted);
	assert_int_equal(left.by_code, SIGN_UPS);
	assert_int_equal(left.boxes, SIGN_UPS);
	assert_false(env_exists(b.env, FILE_PATH ".damaged-1"));
	stop(&b);
}

static void the_head_is_gone(void **state)
{
	(void)state;
	struct bench b = start();
	overwrite(&b, FILE_PATH, 0, PAGE_BYTES);
	struct left left = open_and_look(&b);
	assert_true(left.noted);
	assert_int_equal(left.by_code, SIGN_UPS);
	assert_int_equal(left.boxes, SIGN_UPS);
	assert_true(env_exists(b.env, FILE_PATH ".damaged-1"));
	assert_false(env_exists(b.env, FILE_PATH ".repairing"));
	assert_false(env_exists(b.env, FILE_PATH ".repairing-copy"));
	assert_false(env_exists(b.env, FILE_PATH ".repaired"));
	assert_true(open_and_look(&b).noted); /* the note stays, and nothing is ill any more */
	assert_false(env_exists(b.env, FILE_PATH ".damaged-2"));
	stop(&b);
}

/* LONG=1 takes every one of what is taken by steps otherwise. */
static size_t step(size_t of_short_form)
{
	return getenv("LONG") ? 1 : of_short_form;
}

/* Each page in turn: one page costs its own rows at most, and never all of the boxes unless it is
 * the root of theirs. */
static void any_page_is_noise(void **state)
{
	(void)state;
	struct bench whole = start();
	size_t pages = file(&whole, FILE_PATH)->size / PAGE_BYTES;
	size_t tried = 0, all_boxes = 0, all_codes = 0;
	stop(&whole);
	for (size_t page = 1; page < pages; page += step(4)) {
		struct bench b = start();
		overwrite(&b, FILE_PATH, page * PAGE_BYTES, PAGE_BYTES);
		struct left left = open_and_look(&b);
		assert_true(left.noted);
		tried++;
		all_boxes += left.boxes == SIGN_UPS;
		all_codes += left.by_code == SIGN_UPS;
		stop(&b);
	}
	print_message("%zu pages: all boxes kept %zu times, all codes %zu times\n", tried,
		all_boxes, all_codes);
	assert_true(all_boxes * 2 > tried);
	assert_true(all_codes * 2 > tried);
}

static void it_was_cut_short(void **state)
{
	(void)state;
	struct bench b = start();
	file(&b, FILE_PATH)->size -= 3 * PAGE_BYTES + 100;
	assert_true(open_and_look(&b).noted);
	assert_true(env_exists(b.env, FILE_PATH ".damaged-1"));
	file(&b, FILE_PATH)->size = 700;
	assert_true(open_and_look(&b).noted);
	assert_true(env_exists(b.env, FILE_PATH ".damaged-2"));
	stop(&b);
}

static void write_file(struct bench *b, const char *path, struct str text)
{
	struct error err = {0};
	assert_true(env_write_file(b->env, path, text, &err));
}

/* A file of no bytes is a new kiosk, unless something tells that it was none. */
static void it_has_no_bytes(void **state)
{
	(void)state;
	const char *const witnesses[] = {NULL, "data/" STORE_STARTS_FILE, FILE_PATH "-wal"};
	for (size_t i = 0; i < sizeof(witnesses) / sizeof(witnesses[0]); i++) {
		struct bench b = start();
		file(&b, FILE_PATH)->size = 0;
		if (env_exists(b.env, FILE_PATH "-wal"))
			assert_true(env_remove(b.env, FILE_PATH "-wal", NULL));
		if (witnesses[i])
			write_file(&b, witnesses[i], STR("something"));
		struct left left = open_and_look(&b);
		assert_int_equal(left.noted, witnesses[i] != NULL);
		assert_int_equal(left.by_code, 0);
		assert_int_equal(env_exists(b.env, FILE_PATH ".damaged-1"), witnesses[i] != NULL);
		stop(&b);
	}
}

/* --- pages by what they hold ------------------------------------------------------------------ */

/* The page where the b-tree of that table begins. */
static size_t root_of(const char *table)
{
	struct error err = {0};
	struct sql *db = sql_open_damaged(FILE_PATH, &err);
	assert_non_null(db);
	struct sql_query *q =
		sql_query(db, "SELECT rootpage FROM sqlite_schema WHERE name = :name");
	sql_bind_text(q, ":name", str_from(table));
	assert_true(sql_next(q, &err));
	size_t page = (size_t)sql_int(q, 0);
	sql_done(&q);
	sql_close(db);
	return page;
}

static void spoil(struct bench *b, size_t page)
{
	overwrite(b, FILE_PATH, (page - 1) * PAGE_BYTES, PAGE_BYTES);
}

/* The roots of the log and of the boxes are inner pages by now: nothing leads to a row any more.
 * The root of the boxes holds one between each two leaves, of 17 boxes. */
#define BOXES_IN_ROOT (SIGN_UPS / 17)

static void no_way_leads_to_the_rows(void **state)
{
	(void)state;
	struct bench b = start();
	spoil(&b, root_of("op"));
	struct left left = open_and_look(&b);
	assert_int_equal(left.boxes, SIGN_UPS);
	assert_int_equal(left.by_code, SIGN_UPS);
	spoil(&b, root_of("sealed"));
	left = open_and_look(&b);
	assert_true(left.boxes < SIGN_UPS);
	assert_true(left.boxes + BOXES_IN_ROOT >= SIGN_UPS);
	assert_int_equal(left.by_code, SIGN_UPS);
	stop(&b);
}

static struct key_set open_for_real(struct bench *b)
{
	struct error err = {0};
	struct key_set keys;
	struct secret_key_set secret;
	struct store *store = open_ill(b);
	key_set_create(key_month(2026, 12), &keys, &secret);
	assert_true(store_open_registrations(store, &keys, &err));
	for (int i = 0; i < SIGN_UPS; i++) {
		struct registration_request request = sample_request((size_t)i % 30);
		assert_true(store_register(store, &request, &b->told[i], &err));
	}
	assert_true(sql_checkpoint(store->db, &err));
	store_close(store);
	return keys;
}

/* As a bad page of `local` would: the whole table is noise, and its leaf with it. */
static void lose_local(struct bench *b)
{
	spoil(b, root_of("local"));
}

static void lost_keys_cost_no_box(void **state)
{
	(void)state;
	struct bench b = start();
	struct key_set keys = open_for_real(&b);
	struct error err = {0};
	lose_local(&b);
	struct store *store = open_ill(&b);
	assert_int_equal(store_mode(store), STORE_KEYS_LOST);
	assert_null(store_keys(store));
	assert_int_equal(look(&b, store).boxes, SIGN_UPS);

	/* Nothing can be sealed, and who tells nothing can still come. */
	struct registration_result result;
	struct registration_request request = sample_request(0);
	assert_false(store_register(store, &request, &result, &err));
	assert_int_equal(err.code, ERROR_KEY);
	request.first_name = request.phone = request.best_time = STR("");
	assert_true(store_register(store, &request, &result, &err));

	assert_true(store_open_registrations(store, &keys, &err));
	assert_int_equal(store_mode(store), STORE_OPEN);
	assert_int_equal(look(&b, store).boxes, SIGN_UPS);
	assert_true(store_registration_count(store, &err) > SIGN_UPS);
	store_close(store);
	store = open_ill(&b);
	assert_int_equal(store_mode(store), STORE_OPEN);
	store_close(store);
	stop(&b);
}

static void the_keys_beside_the_database_are_taken(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct bench b = start();
	struct key_set keys = open_for_real(&b);
	write_file(&b, "data/" STORE_KEYS_FILE, key_set_format(&arena, &keys));
	lose_local(&b);
	struct store *store = open_ill(&b);
	assert_int_equal(store_mode(store), STORE_OPEN);
	assert_memory_equal(store_keys(store), &keys, sizeof(keys));
	assert_int_equal(look(&b, store).boxes, SIGN_UPS);
	store_close(store);
	stop(&b);
}

static void practice_stays_practice(void **state)
{
	(void)state;
	struct bench b = start();
	lose_local(&b);
	struct store *store = open_ill(&b);
	assert_int_equal(store_mode(store), STORE_PRACTICE);
	store_close(store);
	stop(&b);
}

/* --- doubt and note --------------------------------------------------------------------------- */

static void what_is_doubted_is_made_again(void **state)
{
	(void)state;
	struct bench b = start();
	struct error err = {0};
	struct store *store = open_ill(&b);
	assert_false(store_met_damage(store));
	assert_true(store_doubt(store, &err));
	store_close(store);
	struct left left = open_and_look(&b);
	assert_true(left.noted);
	assert_int_equal(left.by_code, SIGN_UPS);
	assert_int_equal(left.boxes, SIGN_UPS);
	assert_true(env_exists(b.env, FILE_PATH ".damaged-1"));
	open_and_look(&b);
	assert_false(env_exists(b.env, FILE_PATH ".damaged-2")); /* once */
	stop(&b);
}

static void damage_is_met_while_it_runs(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct bench b = start();
	struct error err = {0};
	struct str box;
	spoil(&b, root_of("sealed"));
	/* Opened without looking, as if it became ill only now. */
	struct store *store = store_open_file(b.env, FILE_PATH, &err);
	assert_non_null(store);
	assert_false(store_met_damage(store));
	assert_false(store_sealed(store, &arena, b.told[0].id, &box, &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	assert_true(store_met_damage(store));
	store_close(store);
	stop(&b);
}

static void the_note_is_read_once(void **state)
{
	(void)state;
	struct bench b = start();
	struct error err = {0};
	struct store_repair repair;
	bool unread;
	overwrite(&b, FILE_PATH, 0, PAGE_BYTES);
	struct store *store = open_ill(&b);
	assert_true(store_last_repair(store, &repair, &unread, &err));
	assert_true(unread);
	assert_int_equal(repair.sealed_kept, SIGN_UPS);
	assert_int_equal(repair.ops_lost, 0);
	assert_string_equal(repair.aside, FILE_PATH ".damaged-1");
	assert_true(store_repair_was_read(store, &err));
	store_close(store);
	assert_false(open_and_look(&b).noted);
	stop(&b);
}

/* What was in the file before is whole; frames behind the noise are lost, which SQLite decides. */
static void the_wal_is_noise(void **state)
{
	(void)state;
	struct bench b = start();
	struct store *store = open_ill(&b);
	struct registration_request request = sample_request(0);
	struct registration_result result;
	struct error err = {0};
	assert_true(store_register(store, &request, &result, &err));
	fake_power_off(b.env);
	store_close(store);
	fake_power_on(b.env);
	struct disk_bytes *wal = file(&b, FILE_PATH "-wal");
	assert_true(wal->size > 0);
	overwrite(&b, FILE_PATH "-wal", 0, wal->size);
	struct left left = open_and_look(&b);
	assert_int_equal(left.by_code, SIGN_UPS);
	assert_int_equal(left.boxes, SIGN_UPS);
	stop(&b);
}

/* The power goes at every step of the repair; the next start ends with everything. */
static void a_repair_is_cut(void **state)
{
	(void)state;
	for (int64_t cut = 0;; cut += (int64_t)step(23)) {
		struct bench b = start();
		overwrite(&b, FILE_PATH, 0, PAGE_BYTES);
		disk_settle(fake_disk(b.env));
		fake_power_off_after(b.env, cut);
		struct error err = {0};
		struct store *store = store_open(b.env, "data", &err);
		store_close(store);
		fake_power_on(b.env);
		struct left left = open_and_look(&b);
		assert_int_equal(left.by_code, SIGN_UPS);
		assert_int_equal(left.boxes, SIGN_UPS);
		assert_true(left.noted);
		stop(&b);
		if (store)
			break;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_one_is_left_alone),
		cmocka_unit_test(the_head_is_gone),
		cmocka_unit_test(any_page_is_noise),
		cmocka_unit_test(it_was_cut_short),
		cmocka_unit_test(it_has_no_bytes),
		cmocka_unit_test(no_way_leads_to_the_rows),
		cmocka_unit_test(lost_keys_cost_no_box),
		cmocka_unit_test(the_keys_beside_the_database_are_taken),
		cmocka_unit_test(practice_stays_practice),
		cmocka_unit_test(what_is_doubted_is_made_again),
		cmocka_unit_test(damage_is_met_while_it_runs),
		cmocka_unit_test(the_note_is_read_once),
		cmocka_unit_test(the_wal_is_noise),
		cmocka_unit_test(a_repair_is_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
