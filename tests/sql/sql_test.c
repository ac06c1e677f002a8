/* The wrapper over SQLite on a disk that fails: what is committed survives a power cut at any
 * moment, what is not is gone, and every failure has the right name. */
#include "sql/sql.h"

#include "fake/fake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct bench {
	struct env *env;
	struct sql *db;
};

static struct bench start(void)
{
	struct error err = {0};
	struct bench b = {.env = fake_create(7)};
	fake_sqlite_install(b.env);
	assert_true(env_make_directory(b.env, "data", &err));
	assert_true(env_sync_directory(b.env, ".", &err));
	b.db = sql_open(b.env, "data/test.db", &err);
	assert_non_null(b.db);
	assert_true(
		sql_script(b.db, "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)", &err));
	return b;
}

static void stop(struct bench *b)
{
	sql_close(b->db);
	fake_sqlite_remove();
	fake_destroy(b->env);
}

static bool add(struct sql *db, int64_t id, struct str text, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "INSERT INTO note (id, text) VALUES (:id, :text)");
	sql_bind_int(q, ":id", id);
	sql_bind_text(q, ":text", text);
	return sql_run(q, err);
}

static int64_t count(struct sql *db)
{
	struct error err = {0};
	CLEANUP(sql_done) struct sql_query *q = sql_query(db, "SELECT count(*) FROM note");
	assert_true(sql_next(q, &err));
	return sql_int(q, 0);
}

static bool add_in_transaction(struct sql *db, int64_t id, struct error *err)
{
	CLEANUP(sql_rollback) struct sql_tx tx = {0};
	return sql_begin(&tx, db, err) && add(db, id, STR("een"), err) &&
	       add(db, id + 1, STR("twee"), err) && sql_commit(&tx, err);
}

static void rows_come_back(void **state)
{
	(void)state;
	struct bench b = start();
	struct arena arena = {0};
	struct error err = {0};
	assert_true(add(b.db, 1, STR("een"), &err));
	assert_true(add(b.db, 2, STR(""), &err));
	{
		CLEANUP(sql_done)
		struct sql_query *q =
			sql_query(b.db, "SELECT id, text, NULL FROM note ORDER BY id");
		assert_true(sql_next(q, &err));
		assert_int_equal(sql_int(q, 0), 1);
		assert_true(str_equal(sql_text(q, &arena, 1), STR("een")));
		assert_true(sql_is_null(q, 2));
		assert_true(sql_next(q, &err));
		assert_int_equal(sql_peek(q, 1).len, 0);
		assert_false(sql_is_null(q, 1));
		assert_false(sql_next(q, &err));
		assert_false(sql_failed(q));
	}
	arena_finish(&arena);
	stop(&b);
}

static void statements_are_prepared_once_and_counted(void **state)
{
	(void)state;
	struct bench b = start();
	struct error err = {0};
	uint64_t before = sql_statements_run();
	for (int64_t i = 0; i < 100; i++)
		assert_true(add(b.db, i, STR("x"), &err));
	assert_int_equal(sql_statements_run() - before, 100);
	stop(&b);
}

static void forgetting_to_commit_takes_back(void **state)
{
	(void)state;
	struct bench b = start();
	struct error err = {0};
	{
		CLEANUP(sql_rollback) struct sql_tx tx = {0};
		assert_true(sql_begin(&tx, b.db, &err));
		assert_true(add(b.db, 1, STR("weg"), &err));
	}
	assert_int_equal(count(b.db), 0);
	assert_true(add_in_transaction(b.db, 1, &err));
	assert_int_equal(count(b.db), 2);
	stop(&b);
}

/* Cuts the power at every change of a transaction, and looks what is there afterwards. */
static void power_cut_at_every_change(void **state)
{
	(void)state;
	bool saw_done = false, saw_lost = false;
	for (int64_t at = 0; at < 40; at++) {
		struct bench b = start();
		struct error err = {0};
		assert_true(add_in_transaction(b.db, 1, &err));
		fake_power_off_after(b.env, at);
		bool done = add_in_transaction(b.db, 10, &err);
		fake_power_off(b.env);
		sql_close(b.db);
		fake_power_on(b.env);
		b.db = sql_open(b.env, "data/test.db", &err);
		assert_non_null(b.db);
		int64_t found = count(b.db);
		assert_true(found == 2 || found == 4);
		if (done)
			assert_int_equal(found, 4);
		saw_done = saw_done || done;
		saw_lost = saw_lost || found == 2;
		stop(&b);
	}
	assert_true(saw_done && saw_lost);
}

static void failures_have_names(void **state)
{
	(void)state;
	static const enum error_code codes[] = {ERROR_DISK_FULL, ERROR_READ_ONLY, ERROR_DISK};
	for (size_t i = 0; i < 3; i++) {
		struct bench b = start();
		struct error err = {0};
		assert_true(add_in_transaction(b.db, 1, &err));
		for (int64_t at = 0; at < 4; at++) {
			err = (struct error){0};
			fake_fail_after(b.env, at, codes[i]);
			if (!add_in_transaction(b.db, 10 * (at + 1), &err))
				assert_int_equal(err.code, codes[i]);
			else
				assert_true(at > 0);
			fake_fail_after(b.env, 0, ERROR_NONE);
		}
		int64_t before = count(b.db);
		assert_true(add_in_transaction(b.db, 100, &err));
		assert_int_equal(count(b.db), before + 2);
		stop(&b);
	}
}

static void strangers_file_is_damaged(void **state)
{
	(void)state;
	struct env *env = fake_create(7);
	struct error err = {0};
	struct arena arena = {0};
	fake_sqlite_install(env);
	char *noise = arena_alloc(&arena, 8192);
	memset(noise, 'x', 8192);
	assert_true(env_write_file(env, "noise.db", (struct str){noise, 8192}, &err));
	assert_null(sql_open(env, "noise.db", &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	assert_non_null(strstr(err.message, "noise.db"));
	assert_null(sql_open(env, "nowhere/test.db", &err));
	fake_sqlite_remove();
	arena_finish(&arena);
	fake_destroy(env);
}

static void other_connection_is_noticed(void **state)
{
	(void)state;
	char directory[] = "/tmp/buurtbord-sql-XXXXXX";
	assert_non_null(mkdtemp(directory));
	char path[100];
	struct error err = {0};
	snprintf(path, sizeof(path), "%s/test.db", directory);
	struct sql *one = sql_open(env_os(), path, &err), *two = sql_open(env_os(), path, &err);
	assert_non_null(one);
	assert_non_null(two);
	assert_true(sql_script(one, "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT)", &err));
	int64_t before = sql_data_version(two, &err);
	assert_int_equal(sql_data_version(two, &err), before);
	assert_true(add(one, 1, STR("x"), &err));
	assert_int_not_equal(sql_data_version(two, &err), before);
	{
		CLEANUP(sql_rollback) struct sql_tx tx = {0}, other = {0};
		assert_true(sql_begin(&tx, one, &err));
		assert_false(sql_begin(&other, two, &err));
		assert_int_equal(err.code, ERROR_CONFLICT);
	}
	sql_close(one);
	sql_close(two);
	unlink(path);
	assert_int_equal(rmdir(directory), 0); /* no WAL is left behind */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_come_back),
		cmocka_unit_test(statements_are_prepared_once_and_counted),
		cmocka_unit_test(forgetting_to_commit_takes_back),
		cmocka_unit_test(power_cut_at_every_change),
		cmocka_unit_test(failures_have_names),
		cmocka_unit_test(strangers_file_is_damaged),
		cmocka_unit_test(other_connection_is_noticed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
