/* The log and its folds: what goes in comes out, only differences become ops, and folding the log
 * again gives the state that lives. */
#include "store/store.h"

#include "fake/fake.h"
#include "sql/sql.h"
#include "store/registration.h"
#include "store/sample.h"
#include "store/sequencer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct sample_rules sign_up = {"sign_up", 18, 30, true, false};

struct bench {
	struct env *env;
	struct store *store;
};

static void open_store(struct bench *b)
{
	struct error err = {0};
	b->store = store_open(b->env, "var/data", &err);
	if (!b->store)
		fail_msg("%s", err.message);
}

static struct bench start(void)
{
	struct bench b = {.env = fake_create(3)};
	fake_sqlite_install(b.env);
	open_store(&b);
	return b;
}

static void stop(struct bench *b)
{
	store_close(b->store);
	fake_sqlite_remove();
	fake_destroy(b->env);
}

static size_t apply(struct store *store, const struct sample *s, unsigned flags)
{
	struct store_changes changes = {0};
	struct error err = {0};
	if (!store_apply(store, s->records, s->count, flags, &changes, &err))
		fail_msg("%s", err.message);
	return changes.ops;
}

static void assert_hashes_agree(struct store *store)
{
	struct hash kept, counted, rebuilt;
	struct error err = {0};
	assert_true(store_state_hash(store, &kept, &err));
	assert_true(store_count_hash(store, &counted, &err));
	assert_memory_equal(kept.bytes, counted.bytes, HASH_BYTES);
	assert_true(store_rebuild(store, &rebuilt, &err));
	assert_memory_equal(kept.bytes, rebuilt.bytes, HASH_BYTES);
	assert_true(store_count_hash(store, &counted, &err));
	assert_memory_equal(kept.bytes, counted.bytes, HASH_BYTES);
}

static void assert_records_equal(
	const struct record *a, size_t a_count, const struct record *b, size_t b_count)
{
	assert_int_equal(a_count, b_count);
	for (size_t i = 0; i < a_count; i++) {
		const struct record *other = NULL;
		for (size_t k = 0; k < b_count && !other; k++)
			if (b[k].type == a[i].type && uuid_equal(b[k].id, a[i].id))
				other = &b[k];
		assert_non_null(other);
		assert_int_equal(a[i].field_count, other->field_count);
		for (size_t f = 0; f < a[i].field_count; f++) {
			assert_int_equal(a[i].fields[f].number, other->fields[f].number);
			assert_true(str_equal(a[i].fields[f].json, other->fields[f].json));
		}
	}
}

static void records_come_back(void **state)
{
	(void)state;
	struct bench b = start();
	struct sample s = sample_of(20, sign_up);
	struct arena arena = {0};
	struct record *out;
	size_t count;
	struct error err = {0};
	assert_true(store_records(b.store, &arena, &out, &count, &err));
	assert_int_equal(count, 0);
	apply(b.store, &s, 0);
	store_close(b.store);
	open_store(&b);
	assert_true(store_records(b.store, &arena, &out, &count, &err));
	assert_records_equal(s.records, s.count, out, count);
	arena_finish(&arena);
	arena_finish(&s.arena);
	stop(&b);
}

static void only_differences_become_ops(void **state)
{
	(void)state;
	struct bench b = start();
	struct sample s = sample_of(20, sign_up);
	assert_int_equal(apply(b.store, &s, 0), 20 * (10 + 7));
	int64_t revision = store_revision(b.store);
	assert_int_equal(revision, 20 * (10 + 7));
	assert_int_equal(apply(b.store, &s, APPLY_DELETE_ABSENT), 0);
	assert_int_equal(store_revision(b.store), revision);
	s.records[0].fields[4].json = STR("\"Anders\"");
	assert_int_equal(apply(b.store, &s, 0), 1);

	/* A field less is unset, unless only the named ones are meant; unsetting happens once. */
	s.records[0].field_count--;
	assert_int_equal(apply(b.store, &s, APPLY_NAMED_FIELDS), 0);
	assert_int_equal(apply(b.store, &s, 0), 1);
	assert_int_equal(apply(b.store, &s, 0), 0);
	assert_hashes_agree(b.store);
	arena_finish(&s.arena);
	stop(&b);
}

static void absent_is_deleted_only_when_told(void **state)
{
	(void)state;
	struct bench b = start();
	struct sample s = sample_of(3, sign_up);
	struct error err = {0};
	struct store_changes changes;
	apply(b.store, &s, 0);
	assert_true(store_apply(b.store, s.records, 4, 0, &changes, &err));
	assert_int_equal(changes.ops, 0);
	assert_true(store_apply(b.store, s.records, 4, APPLY_DELETE_ABSENT, &changes, &err));
	assert_int_equal(changes.deleted, 2);
	assert_int_equal(changes.ops, 2);
	assert_true(store_apply(b.store, s.records, 4, APPLY_DELETE_ABSENT, &changes, &err));
	assert_int_equal(changes.ops, 0);

	struct arena arena = {0};
	struct record *out;
	size_t count, deleted = 0;
	assert_true(store_records(b.store, &arena, &out, &count, &err));
	assert_int_equal(count, 6);
	for (size_t i = 0; i < count; i++)
		deleted += str_equal(record_get(&out[i], FIELD_DELETED), STR("true"));
	assert_int_equal(deleted, 2);

	/* Named again, they are back. */
	assert_true(store_apply(b.store, s.records, 6, 0, &changes, &err));
	assert_int_equal(changes.changed, 2);
	assert_true(store_records(b.store, &arena, &out, &count, &err));
	assert_records_equal(s.records, s.count, out, count);
	assert_hashes_agree(b.store);
	arena_finish(&arena);
	arena_finish(&s.arena);
	stop(&b);
}

static struct op foreign(int64_t seq, uint16_t field, struct str value)
{
	return (struct op){.device = "AAAAAA",
		.epoch = "BBBBBB",
		.seq = seq,
		.wall_ms = 1796119200000,
		.clock = CLOCK_SURE,
		.kind = OP_SET,
		.entity_type = ENTITY_INITIATIVE,
		.entity = sample_id(ENTITY_INITIATIVE, 0),
		.field = field,
		.has_value = true,
		.value = value};
}

static void ops_count_once_and_unknown_ones_stay(void **state)
{
	(void)state;
	struct bench b = start();
	struct error err = {0};
	struct hash before, after;
	size_t fresh;
	struct op ops[4] = {foreign(1, INITIATIVE_NAME, STR("\"Een\"")),
		foreign(2, 60000, STR("\"nieuw veld\"")), foreign(3, 0, STR("?")),
		foreign(4, 0, STR("?"))};
	ops[2].kind = 999;
	ops[3].kind = OP_REQUEST; /* whose value does not decode */
	ops[3].entity_type = ENTITY_REGISTRATION;
	assert_true(store_accept(b.store, ops, 4, NULL, &fresh, &err));
	assert_int_equal(fresh, 4);
	assert_true(store_state_hash(b.store, &before, &err));
	assert_true(store_accept(b.store, ops, 4, NULL, &fresh, &err));
	assert_int_equal(fresh, 0);
	assert_int_equal(store_revision(b.store), 4);
	assert_true(store_state_hash(b.store, &after, &err));
	assert_memory_equal(before.bytes, after.bytes, HASH_BYTES);
	assert_hashes_agree(b.store);

	struct arena arena = {0};
	struct record *out;
	size_t count;
	assert_true(store_records(b.store, &arena, &out, &count, &err));
	assert_int_equal(count, 1);
	assert_true(str_equal(record_get(&out[0], 60000), STR("\"nieuw veld\"")));
	ops[0] = foreign(-1, INITIATIVE_NAME, STR("1"));
	assert_false(store_accept(b.store, ops, 1, NULL, &fresh, &err));
	assert_int_equal(err.code, ERROR_PARSE);
	arena_finish(&arena);
	stop(&b);
}

static struct str value_of(struct store *store, struct arena *arena, uint16_t field)
{
	struct record *out;
	size_t count;
	struct error err = {0};
	assert_true(store_records(store, arena, &out, &count, &err));
	return record_get(&out[0], field);
}

static void crossing_edits_are_judged(void **state)
{
	(void)state;
	struct bench b = start();
	struct error err = {0};
	struct arena arena = {0};
	size_t fresh;
	struct op ops[] = {
		foreign(1, INITIATIVE_NAME, STR("\"a\"")),
		foreign(2, INITIATIVE_CAPACITY, STR("10")),
		foreign(3, INITIATIVE_NAME, STR("\"late\"")), /* base 0: saw neither */
		foreign(4, INITIATIVE_CAPACITY, STR("20")), /* never merges */
		foreign(5, INITIATIVE_NAME, STR("\"early\"")), /* older by the clock */
		foreign(6, INITIATIVE_CAPACITY, STR("30")), /* saw number 2 */
	};
	ops[2].wall_ms += 1000;
	ops[4].wall_ms -= 1000;
	ops[5].base = 2;
	assert_true(store_accept(b.store, ops, 5, NULL, &fresh, &err));
	assert_true(str_equal(value_of(b.store, &arena, INITIATIVE_NAME), STR("\"late\"")));
	assert_true(str_equal(value_of(b.store, &arena, INITIATIVE_CAPACITY), STR("10")));
	assert_true(store_accept(b.store, &ops[5], 1, NULL, &fresh, &err));
	assert_true(str_equal(value_of(b.store, &arena, INITIATIVE_CAPACITY), STR("30")));
	assert_hashes_agree(b.store);
	arena_finish(&arena);
	stop(&b);
}

static void rebuild_of_a_large_store(void **state)
{
	(void)state;
	struct bench b = start();
	struct sample s = sample_of(2000, sign_up);
	struct error err = {0};
	apply(b.store, &s, 0);
	for (size_t i = 0; i < 500; i++) {
		struct registration_request request = sample_request(i % 25);
		struct registration_result result;
		request.rule_start.hour = i % 2 ? 10 : 12;
		assert_true(store_register(b.store, &request, &result, &err));
		if (i % 10 == 0)
			assert_true(store_cancel(b.store, result.id, &err));
	}
	assert_int_equal(store_registration_count(b.store, &err), 450);
	assert_hashes_agree(b.store);
	arena_finish(&s.arena);
	stop(&b);
}

static void another_program_is_noticed(void **state)
{
	(void)state;
	char directory[] = "/tmp/buurtbord-store-XXXXXX", command[100];
	struct error err = {0};
	assert_non_null(mkdtemp(directory));
	struct store *kiosk = store_open(env_os(), directory, &err);
	struct store *ctl = store_open(env_os(), directory, &err);
	struct sample s = sample_of(2, sign_up);
	bool changed;
	assert_true(store_refresh(kiosk, &changed, &err));
	assert_false(changed);
	apply(ctl, &s, 0);
	assert_int_equal(store_revision(kiosk), 0);
	assert_true(store_refresh(kiosk, &changed, &err));
	assert_true(changed);
	assert_int_equal(store_revision(kiosk), store_revision(ctl));
	assert_int_equal(apply(kiosk, &s, 0), 0);
	s.records[0].fields[4].json = STR("\"Anders\"");
	assert_int_equal(apply(kiosk, &s, 0), 1);
	assert_int_equal(apply(ctl, &s, 0), 0);
	assert_hashes_agree(ctl);
	store_close(kiosk);
	store_close(ctl);
	arena_finish(&s.arena);
	snprintf(command, sizeof(command), "rm -r %s", directory);
	assert_int_equal(system(command), 0);
}

/* A disk that fails at the nth change: the right error, and nothing half done. */
static void failing_disk_changes_nothing(void **state)
{
	(void)state;
	static const enum error_code codes[] = {ERROR_DISK_FULL, ERROR_READ_ONLY, ERROR_DISK};
	struct sample s = sample_of(3, sign_up);
	for (size_t i = 0; i < 3; i++) {
		struct bench b = start();
		struct error err = {0};
		struct hash before, after;
		apply(b.store, &s, 0);
		assert_true(store_state_hash(b.store, &before, &err));
		struct registration_request request = sample_request(0);
		struct registration_result result;
		fake_fail_after(b.env, 1, codes[i]);
		assert_false(store_register(b.store, &request, &result, &err));
		assert_int_equal(err.code, codes[i]);
		assert_int_equal(result.code[0], 0);
		fake_fail_after(b.env, 0, ERROR_NONE);
		assert_int_equal(store_registration_count(b.store, &err), 0);
		assert_true(store_state_hash(b.store, &after, &err));
		assert_memory_equal(before.bytes, after.bytes, HASH_BYTES);
		assert_true(store_register(b.store, &request, &result, &err));
		assert_hashes_agree(b.store);
		stop(&b);
	}
	struct env *env = fake_create(3);
	struct error err = {0};
	fake_sqlite_install(env);
	fake_fail_after(env, 0, ERROR_READ_ONLY);
	assert_null(store_open(env, "var/data", &err));
	assert_int_equal(err.code, ERROR_READ_ONLY);
	fake_sqlite_remove();
	fake_destroy(env);
	arena_finish(&s.arena);
}

/* Cuts the power at every change of a first start, an import and a sign-up. What was said to be
 * done must be there. */
static void power_cut_loses_nothing_done(void **state)
{
	(void)state;
	struct sample s = sample_of(1, sign_up);
	bool finished = false;
	for (int64_t at = 0; !finished; at++) {
		struct bench b = {.env = fake_create(3)};
		struct error err = {0};
		struct registration_request request = sample_request(0);
		struct registration_result result;
		fake_sqlite_install(b.env);
		fake_power_off_after(b.env, at);
		b.store = store_open(b.env, "var/data", &err);
		bool opened = b.store != NULL;
		bool applied = opened && store_apply(b.store, s.records, s.count, 0, NULL, &err);
		bool registered = applied && store_register(b.store, &request, &result, &err);
		finished = registered;
		fake_power_off(b.env);
		store_close(b.store);
		fake_power_on(b.env);
		if (opened)
			assert_true(env_exists(b.env, "var/data/" STORE_FILE));
		open_store(&b);
		assert_true(store_revision(b.store) >= (registered ? 19 : applied ? 17 : 0));
		int64_t count = store_registration_count(b.store, &err);
		assert_true(count == 1 || (count == 0 && !registered));
		assert_hashes_agree(b.store);
		stop(&b);
	}
	arena_finish(&s.arena);
}

static void an_idle_store_runs_no_statement(void **state)
{
	(void)state;
	struct bench b = start();
	struct sample s = sample_of(50, sign_up);
	struct error err = {0};
	struct arena arena = {0};
	struct occurrence_seats *all;
	size_t count;
	apply(b.store, &s, 0);
	uint64_t before = sql_statements_run();
	store_revision(b.store);
	store_mode(b.store);
	assert_int_equal(sql_statements_run() - before, 0);
	assert_true(
		store_all_seats(b.store, &arena, (struct date){2026, 12, 1}, &all, &count, &err));
	assert_int_equal(sql_statements_run() - before, 1);
	/* An import that changes nothing asks two questions an entity. */
	before = sql_statements_run();
	assert_int_equal(apply(b.store, &s, 0), 0);
	assert_true(sql_statements_run() - before <= 2 * s.count + 5);
	struct registration_request request = sample_request(0);
	struct registration_result result;
	before = sql_statements_run();
	assert_true(store_register(b.store, &request, &result, &err));
	assert_true(sql_statements_run() - before <= 40);
	arena_finish(&arena);
	arena_finish(&s.arena);
	stop(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_come_back),
		cmocka_unit_test(only_differences_become_ops),
		cmocka_unit_test(absent_is_deleted_only_when_told),
		cmocka_unit_test(ops_count_once_and_unknown_ones_stay),
		cmocka_unit_test(crossing_edits_are_judged),
		cmocka_unit_test(rebuild_of_a_large_store),
		cmocka_unit_test(another_program_is_noticed),
		cmocka_unit_test(failing_disk_changes_nothing),
		cmocka_unit_test(power_cut_loses_nothing_done),
		cmocka_unit_test(an_idle_store_runs_no_statement),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
