/* Back-ups: there and back gives the same state, what is no back-up changes nothing, and a power
 * cut at any moment leaves the old state or the new one. */
#include "store/backup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake.h"
#include "sql/sql.h"
#include "store/call_list.h"
#include "store/sample.h"

#define BACK_UP "stick/kopie.db"
#define AFTER_EXPIRY_MS ((int64_t)1798761600000) /* 2027-01-01 */
#define LIMIT_BYTES ((size_t)16 << 20)

static const struct sample_rules rules = {"sign_up", 3, 14, true, false};

static struct store *open_store(struct env *env, const char *directory)
{
	struct error err = {0};
	struct store *store = store_open(env, directory, &err);
	if (!store)
		fail_msg("%s", err.message);
	return store;
}

static struct hash hash_of_store(struct store *store)
{
	struct hash kept, counted;
	struct error err = {0};
	assert_true(store_state_hash(store, &kept, &err));
	assert_true(store_count_hash(store, &counted, &err));
	assert_memory_equal(kept.bytes, counted.bytes, HASH_BYTES);
	return kept;
}

static void run_sql(struct env *env, const char *path, const char *script)
{
	struct error err = {0};
	struct sql *db = sql_open(env, path, &err);
	assert_non_null(db);
	if (!sql_script(db, script, &err))
		fail_msg("%s", err.message);
	assert_true(sql_checkpoint(db, &err));
	sql_close(db);
}

/* A kiosk with three sign-ups, one of them waiting, and a PIN. */
static struct store *busy_kiosk(struct env *env, const char *directory)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct sample s = sample_of(2, rules);
	struct store *store = open_store(env, directory);
	assert_true(store_apply(store, s.records, s.count, 0, NULL, &err));
	for (int i = 0; i < 3; i++) {
		struct registration_request r = sample_request(0);
		struct registration_result result;
		r.party_size = 1 + i % 2;
		assert_true(store_register(store, &r, &result, &err));
	}
	arena_finish(&s.arena);
	store_close(store); /* the fake lets one connection at a time use a WAL */
	const char *path = str_format(&arena, "%s/" STORE_FILE, directory).ptr;
	run_sql(env, path,
		"INSERT INTO local (name, value) VALUES ('door_pin', x'c0ffee00c0ffee')");
	return open_store(env, directory);
}

static void back_up(struct store *store, const char *directory)
{
	struct error err = {0};
	if (!store_back_up(store, directory, BACK_UP, &err))
		fail_msg("%s", err.message);
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

static bool holds(struct env *env, const char *path, const char *bytes, size_t count)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str content;
	struct error err = {0};
	assert_true(env_read_file(env, &arena, path, LIMIT_BYTES, &content, &err));
	return str_find(content, (struct str){bytes, count}) >= 0;
}

static void an_empty_kiosk_becomes_the_old_one(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct call_entry *before, *after;
	size_t count, again;
	struct env *env = start();
	struct store *old = busy_kiosk(env, "old");
	struct hash hash = hash_of_store(old);
	assert_true(store_call_list(old, &arena, &before, &count, &err));
	assert_int_equal(count, 3);
	assert_int_equal(before[2].registration.place, 1);
	assert_int_equal(before[1].registration.outcome, OUTCOME_CONFIRMED);
	back_up(old, "old");
	assert_false(env_exists(env, "old/" STORE_FILE ".copy"));
	store_close(old);
	assert_false(holds(env, BACK_UP, "Canariefatma", 12));
	assert_false(holds(env, BACK_UP, "\xc0\xff\xee\x00\xc0\xff\xee", 7));
	assert_true(holds(env, "old/" STORE_FILE, "\xc0\xff\xee\x00\xc0\xff\xee", 7));

	struct store *fresh = open_store(env, "new");
	assert_true(store_restore(fresh, "new", BACK_UP, &err));
	assert_int_equal(store_registration_count(fresh, &err), 0); /* not before it is opened */
	store_close(fresh);
	fresh = open_store(env, "new");
	assert_memory_equal(hash_of_store(fresh).bytes, hash.bytes, HASH_BYTES);
	assert_true(store_call_list(fresh, &arena, &after, &again, &err));
	assert_int_equal(again, count);
	for (size_t i = 0; i < count; i++)
		assert_true(str_equal(after[i].box, before[i].box));
	assert_true(env_exists(env, "new/" STORE_BEFORE_FILE));
	assert_false(env_exists(env, "new/" STORE_RESTORE_FILE));
	store_close(fresh);
	stop(env);
}

static void the_pin_of_this_kiosk_stays(void **state)
{
	(void)state;
	struct error err = {0};
	struct env *env = start();
	struct store *store = busy_kiosk(env, "data");
	back_up(store, "data");
	assert_true(store_restore(store, "data", BACK_UP, &err));
	store_close(store);
	store_close(open_store(env, "data"));
	assert_true(holds(env, "data/" STORE_FILE, "\xc0\xff\xee\x00\xc0\xff\xee", 7));
	stop(env);
}

static void what_was_put_aside_expires_too(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct call_entry *entries;
	size_t count;
	struct env *env = start();
	struct store *store = busy_kiosk(env, "data");
	assert_true(store_call_list(store, &arena, &entries, &count, &err));
	back_up(store, "data");
	assert_true(store_restore(store, "data", BACK_UP, &err));
	store_close(store);
	store_close(open_store(env, "data"));
	const char *before = "data/" STORE_BEFORE_FILE;
	assert_true(store_expire_aside(env, "data", &err));
	assert_true(holds(env, before, entries[0].box.ptr, entries[0].box.len));
	fake_set_clock(env, AFTER_EXPIRY_MS, CLOCK_SURE);
	assert_true(store_expire_aside(env, "data", &err));
	for (size_t i = 0; i < count; i++)
		assert_false(holds(env, before, entries[i].box.ptr, entries[i].box.len));
	stop(env);
}

/* --- what is no back-up ----------------------------------------------------------------------- */

static void assert_refused(struct env *env, struct store *store, const char *what)
{
	struct error err = {0};
	struct hash before = hash_of_store(store);
	if (store_restore(store, "data", BACK_UP, &err))
		fail_msg("taken for a back-up: %s", what);
	if (err.code != ERROR_DAMAGED && err.code != ERROR_UNSUPPORTED && err.code != ERROR_PARSE)
		fail_msg("%s: %s (%s)", what, err.message, error_code_name(err.code));
	assert_memory_equal(hash_of_store(store).bytes, before.bytes, HASH_BYTES);
	assert_false(env_exists(env, "data/" STORE_RESTORE_FILE));
	assert_false(env_exists(env, "data/" STORE_FILE ".incoming"));
}

static void write_back_up(struct env *env, struct str bytes)
{
	struct error err = {0};
	assert_true(env_write_file(env, BACK_UP, bytes, &err));
}

static void what_is_no_database_is_refused(void **state)
{
	(void)state;
	struct env *env = start();
	struct store *store = busy_kiosk(env, "data");
	struct error err = {0};
	assert_false(store_restore(store, "data", BACK_UP, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	write_back_up(env, STR(""));
	assert_refused(env, store, "nothing");
	write_back_up(
		env, STR("Lieve mensen, dit is een brief en geen reservekopie van een bord."));
	assert_refused(env, store, "a letter");
	store_close(store);
	stop(env);
}

static void another_database_is_refused(void **state)
{
	(void)state;
	static const char *const scripts[] = {
		/* fine SQLite, but not what our scripts make */
		"CREATE TRIGGER t AFTER INSERT ON op BEGIN DELETE FROM op; END",
		"CREATE VIEW v AS SELECT * FROM local",
		"CREATE TABLE extra (x)",
		"DROP INDEX registration_by_code",
		"ALTER TABLE local ADD COLUMN more",
		"CREATE TABLE late (x DEFAULT (nosuch(1)))",
		"PRAGMA user_version = 0",
		"PRAGMA user_version = 4711",
		/* our schema, but rows that the state hash does not say */
		"UPDATE registration SET party_size = 200",
		"DELETE FROM field",
		"DELETE FROM fold_state",
		"DELETE FROM local WHERE name = 'code_key'",
		"UPDATE local SET value = 'buurtbord-public-keys 1' WHERE name = 'device'",
		"INSERT INTO local VALUES ('keys', 'buurtbord-public-keys 1')",
	};
	struct env *env = start();
	struct store *store = busy_kiosk(env, "data");
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
		back_up(store, "data");
		run_sql(env, BACK_UP, scripts[i]);
		assert_refused(env, store, scripts[i]);
	}
	assert_true(env_remove(env, BACK_UP, NULL));
	run_sql(env, BACK_UP, "CREATE TABLE recipe (name); PRAGMA user_version = 1");
	assert_refused(env, store, "recipes");
	store_close(store);
	stop(env);
}

/* Half a file, and pages with other bytes in them. Damage that no check can see (in the free bytes
 * of a page) may pass; then it must be the same state. */
static void a_damaged_one_is_refused(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct str whole;
	struct env *env = start();
	struct store *store = busy_kiosk(env, "data");
	back_up(store, "data");
	assert_true(env_read_file(env, &arena, BACK_UP, LIMIT_BYTES, &whole, &err));
	for (size_t part = 1; part < 8; part++) {
		write_back_up(env, str_slice(whole, 0, whole.len * part / 8));
		assert_refused(env, store, "a part");
	}
	int refused = 0;
	for (size_t at = 0; at < whole.len; at += 1021) {
		char *copy = arena_alloc(&arena, whole.len);
		memcpy(copy, whole.ptr, whole.len);
		for (size_t i = at; i < at + 16 && i < whole.len; i++)
			copy[i] = (char)(copy[i] ^ 0x5a);
		write_back_up(env, (struct str){copy, whole.len});
		if (!store_restore(store, "data", BACK_UP, &err)) {
			refused++;
			continue;
		}
		assert_true(env_remove(env, "data/" STORE_RESTORE_FILE, NULL));
	}
	assert_true(refused > 5);
	store_close(store);
	stop(env);
}

/* --- power ------------------------------------------------------------------------------------ */

static void a_power_cut_leaves_the_old_or_the_new(void **state)
{
	(void)state;
	bool finished = false;
	int old_found = 0, new_found = 0;
	for (int64_t at = 0; !finished; at++) {
		struct error err = {0};
		struct env *env = start();
		struct store *source = busy_kiosk(env, "source");
		back_up(source, "source");
		store_close(source);
		struct store *store = open_store(env, "data");
		fake_power_off_after(env, at);
		bool staged = store_restore(store, "data", BACK_UP, &err);
		store_close(store);
		store = staged ? store_open(env, "data", &err) : NULL;
		finished = store != NULL;
		fake_power_off(env);
		store_close(store);
		fake_power_on(env);

		store = open_store(env, "data");
		hash_of_store(store);
		int64_t count = store_registration_count(store, &err);
		assert_true(count == 3 || (count == 0 && !staged));
		old_found += count == 0;
		new_found += count == 3;
		store_close(store);
		stop(env);
	}
	assert_true(old_found > 5 && new_found > 5);
}

/* A full stick, or one that fails: the back-up of yesterday is still there, whole. */
static void a_stick_that_fails_keeps_the_older_one(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct str yesterday, now;
	struct env *env = start();
	struct store *store = busy_kiosk(env, "data");
	back_up(store, "data");
	assert_true(env_read_file(env, &arena, BACK_UP, LIMIT_BYTES, &yesterday, &err));
	bool ok = false;
	int failures = 0;
	for (int64_t at = 0; !ok; at++) {
		fake_fail_after(env, at, ERROR_DISK_FULL);
		ok = store_back_up(store, "data", BACK_UP, &err);
		fake_fail_after(env, 0, ERROR_NONE);
		if (ok)
			break;
		failures++;
		assert_int_equal(err.code, ERROR_DISK_FULL);
		assert_true(env_read_file(env, &arena, BACK_UP, LIMIT_BYTES, &now, &err));
		assert_int_equal(now.len, yesterday.len);
		struct registration_request r = sample_request(1); /* the kiosk goes on */
		struct registration_result result;
		if (failures == 1)
			assert_true(store_register(store, &r, &result, &err));
	}
	assert_true(failures > 5);
	store_close(store);
	stop(env);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_kiosk_becomes_the_old_one),
		cmocka_unit_test(the_pin_of_this_kiosk_stays),
		cmocka_unit_test(what_was_put_aside_expires_too),
		cmocka_unit_test(what_is_no_database_is_refused),
		cmocka_unit_test(another_database_is_refused),
		cmocka_unit_test(a_damaged_one_is_refused),
		cmocka_unit_test(a_power_cut_leaves_the_old_or_the_new),
		cmocka_unit_test(a_stick_that_fails_keeps_the_older_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
