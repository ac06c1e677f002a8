/* Signing up: seats and the waiting list, what is sealed and what is erased, practice and keys, and
 * that nothing typed stands anywhere on the disk. */
#include "store/registration.h"

#include "base/json.h"
#include "bench.h"
#include "crypto/secret.h"

static struct bench start(struct sample_rules rules)
{
	return bench_start_with(11, 2, rules);
}

static struct registration_result sign_up(struct bench *b, int party)
{
	struct registration_request request = sample_request(0);
	struct registration_result result;
	struct error err = {0};
	request.party_size = party;
	if (!store_register(b->store, &request, &result, &err))
		fail_msg("%s", err.message);
	return result;
}

static enum error_code refusal(struct bench *b, const struct registration_request *request)
{
	struct registration_result result;
	struct error err = {0};
	assert_false(store_register(b->store, request, &result, &err));
	assert_int_equal(result.code[0], 0);
	return err.code;
}

static struct seats_taken seats_of(struct bench *b)
{
	struct registration_request request = sample_request(0);
	struct seats_taken seats;
	struct error err = {0};
	assert_true(store_seats(b->store, request.schedule, request.rule_start, &seats, &err));
	return seats;
}

static struct registration find(struct bench *b, const char *code)
{
	struct registration found;
	struct error err = {0};
	assert_true(store_find_code(b->store, str_from(code), &found, &err));
	return found;
}

static void seats_then_places(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"sign_up", 18, 30, true, false});
	for (int i = 0; i < 8; i++)
		assert_int_equal(sign_up(&b, 2).outcome, OUTCOME_CONFIRMED);
	assert_int_equal(seats_of(&b).taken, 16);
	struct registration_result three = sign_up(&b, 3);
	assert_int_equal(three.outcome, OUTCOME_WAITING);
	assert_int_equal(three.place, 1);
	/* Two seats are free, but nobody overtakes. */
	struct registration_result one = sign_up(&b, 1);
	assert_int_equal(one.outcome, OUTCOME_WAITING);
	assert_int_equal(one.place, 2);
	assert_int_equal(seats_of(&b).taken, 16);
	assert_int_equal(seats_of(&b).waiting, 2);
	/* Another day has its own seats. */
	struct registration_request request = sample_request(0);
	struct registration_result other;
	struct error err = {0};
	request.rule_start.date.day = 11;
	assert_true(store_register(b.store, &request, &other, &err));
	assert_int_equal(other.outcome, OUTCOME_CONFIRMED);

	struct occurrence_seats *all;
	size_t count;
	assert_true(
		store_all_seats(b.store, &b.arena, (struct date){2026, 12, 4}, &all, &count, &err));
	assert_int_equal(count, 2);
	assert_int_equal(all[0].rule_start.date.day, 4);
	assert_int_equal(all[0].seats.taken, 16);
	assert_int_equal(all[0].seats.waiting, 2);
	assert_int_equal(all[1].seats.taken, 1);
	assert_true(
		store_all_seats(b.store, &b.arena, (struct date){2026, 12, 5}, &all, &count, &err));
	assert_int_equal(count, 1);
	bench_stop(&b);
}

static void full_without_a_list_refuses(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"sign_up", 3, 30, false, false});
	sign_up(&b, 3);
	struct registration_request request = sample_request(0);
	assert_int_equal(refusal(&b, &request), ERROR_LIMIT);
	struct error err = {0};
	assert_int_equal(store_registration_count(b.store, &err), 1);
	bench_stop(&b);
}

static void cancelling_moves_up_in_order(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"sign_up", 4, 30, true, false});
	struct error err = {0};
	struct registration_result first = sign_up(&b, 1), second = sign_up(&b, 3),
				   waits_two = sign_up(&b, 2), waits_one = sign_up(&b, 1);
	assert_int_equal(find(&b, waits_one.code).place, 2);
	assert_true(store_cancel(b.store, first.id, &err));
	assert_int_equal(find(&b, waits_two.code).outcome, OUTCOME_WAITING);
	assert_int_equal(find(&b, waits_one.code).outcome, OUTCOME_WAITING);
	assert_true(store_cancel(b.store, second.id, &err));
	assert_int_equal(find(&b, waits_two.code).outcome, OUTCOME_CONFIRMED);
	assert_int_equal(find(&b, waits_one.code).outcome, OUTCOME_CONFIRMED);
	assert_int_equal(seats_of(&b).taken, 3);
	int64_t revision = store_revision(b.store);
	assert_true(store_cancel(b.store, second.id, &err));
	assert_int_equal(store_revision(b.store), revision);
	struct str box;
	assert_true(store_sealed(b.store, &b.arena, second.id, &box, &err));
	assert_int_equal(box.len, 0);
	assert_false(store_cancel(b.store, sample_id(9, 9), &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	bench_stop(&b);
}

static void cancelling_outlives_the_initiative(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"sign_up", 1, 30, true, false});
	struct error err = {0};
	struct registration_result first = sign_up(&b, 1), second = sign_up(&b, 1);
	assert_true(store_apply(b.store, NULL, 0, APPLY_DELETE_ABSENT, NULL, &err));
	struct registration_request request = sample_request(0);
	assert_int_equal(refusal(&b, &request), ERROR_NOT_FOUND);
	assert_true(store_cancel(b.store, first.id, &err));
	assert_int_equal(find(&b, first.code).outcome, OUTCOME_CANCELLED);
	assert_int_equal(find(&b, second.code).outcome, OUTCOME_WAITING);
	bench_stop(&b);
}

static void place_moves_as_others_leave(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"sign_up", 1, 30, true, false});
	struct error err = {0};
	sign_up(&b, 1);
	struct registration_result a = sign_up(&b, 1), c = sign_up(&b, 1);
	assert_int_equal(c.place, 2);
	assert_true(store_cancel(b.store, a.id, &err));
	assert_int_equal(find(&b, c.code).place, 1);
	bench_stop(&b);
}

static void rules_refuse(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"sign_up", 18, 30, true, true});
	struct registration_request request = sample_request(0);
	struct error err = {0};
	struct registration_result result;
	assert_int_equal(refusal(&b, &request), ERROR_REFUSED); /* sensitive, with a name */
	request.first_name = (struct str){0};
	assert_int_equal(refusal(&b, &request), ERROR_REFUSED); /* with a number */
	request.phone = (struct str){0};
	assert_true(store_register(b.store, &request, &result, &err));
	request.party_size = 5;
	assert_int_equal(refusal(&b, &request), ERROR_REFUSED);
	request.party_size = 0;
	assert_int_equal(refusal(&b, &request), ERROR_REFUSED);
	request.party_size = 1;
	request.initiative = sample_id(ENTITY_INITIATIVE, 77);
	assert_int_equal(refusal(&b, &request), ERROR_NOT_FOUND);
	request = sample_request(0);
	request.first_name = request.phone = (struct str){0};
	request.schedule = sample_id(ENTITY_SCHEDULE, 1); /* of another initiative */
	assert_int_equal(refusal(&b, &request), ERROR_NOT_FOUND);
	request.schedule = sample_id(ENTITY_SCHEDULE, 0);
	request.ends_utc_s = NOW_MS / 1000;
	assert_int_equal(refusal(&b, &request), ERROR_REFUSED);
	bench_stop(&b);
}

static void walk_ins_and_long_texts_refuse(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"walk_in", 18, 30, true, false});
	struct registration_request request = sample_request(0);
	assert_int_equal(refusal(&b, &request), ERROR_REFUSED);
	bench_stop(&b);
	b = start((struct sample_rules){"sign_up", 18, 30, true, false});
	char *name = arena_alloc(&b.arena, REGISTRATION_NAME_MAX_BYTES + 1);
	memset(name, 'x', REGISTRATION_NAME_MAX_BYTES + 1);
	request.first_name = (struct str){name, REGISTRATION_NAME_MAX_BYTES + 1};
	assert_int_equal(refusal(&b, &request), ERROR_LIMIT);
	request.first_name = STR("\xff");
	assert_int_equal(refusal(&b, &request), ERROR_PARSE);
	bench_stop(&b);
}

static bool all_of(const char *text, size_t length, const char *alphabet)
{
	return strlen(text) == length && strspn(text, alphabet) == length;
}

static void codes_and_tokens(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"sign_up", 0, 30, false, false});
	struct error err = {0};
	struct registration found;
	struct registration_result r = sign_up(&b, 2), other = sign_up(&b, 1);
	assert_true(all_of(r.code, 8, "23456789CDFHJKMNPRTVWXY"));
	assert_true(all_of(r.token, 26, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"));
	assert_non_null(strchr("AEIMQUY4", r.token[25])); /* 128 bits: two bits of it are zero */
	assert_string_not_equal(r.code, other.code);
	assert_string_not_equal(r.token, other.token);

	struct str typed = str_format(&b.arena, " %.4s-%s ", r.code, r.code + 4);
	for (size_t i = 0; i < typed.len; i++)
		if (typed.ptr[i] >= 'A')
			((char *)(uintptr_t)typed.ptr)[i] |= 0x20;
	assert_true(store_find_code(b.store, typed, &found, &err));
	assert_true(uuid_equal(found.id, r.id));
	assert_int_equal(found.party_size, 2);
	assert_int_equal(found.rule_start.date.day, 4);
	assert_int_equal(found.outcome, OUTCOME_CONFIRMED);
	static const char *const wrong[] = {"", "2345", "AAAAAAAA", "22222222", "222222222"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(store_find_code(b.store, str_from(wrong[i]), &found, &err));
		assert_int_equal(err.code, ERROR_NOT_FOUND);
	}
	bench_stop(&b);
}

/* The same seed draws the same codes again: on a database that has them, others must come. */
static void repeated_randomness_draws_unused_codes(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"sign_up", 0, 30, false, false});
	struct error err = {0};
	struct registration_result one[3], two[3];
	for (int round = 0; round < 2; round++) {
		store_close(b.store);
		fake_set_seed(b.env, 5);
		b.store = store_open(b.env, "data", &err);
		assert_non_null(b.store);
		for (int i = 0; i < 3; i++)
			(round ? two : one)[i] = sign_up(&b, 1);
	}
	assert_int_equal(store_registration_count(b.store, &err), 6);
	assert_string_not_equal(one[0].code, two[0].code);
	for (int i = 0; i < 3; i++)
		assert_true(uuid_equal(find(&b, two[i].code).id, two[i].id));
	bench_stop(&b);
}

static void details_open_with_the_key_of_the_month(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"sign_up", 18, 30, true, false});
	struct error err = {0};
	struct key_set keys;
	struct secret_key_set secret;
	struct str box, plain;
	struct json object;
	key_set_create(key_month(2026, 11), &keys, &secret);
	assert_int_equal(store_mode(b.store), STORE_PRACTICE);
	assert_null(store_keys(b.store));
	struct registration_result practice = sign_up(&b, 1);
	assert_true(store_open_registrations(b.store, &keys, &err));
	assert_int_equal(store_mode(b.store), STORE_OPEN);

	/* Practice is gone: its seat, its code and its box. */
	struct registration found;
	assert_int_equal(store_registration_count(b.store, &err), 0);
	assert_false(store_find_code(b.store, str_from(practice.code), &found, &err));
	assert_true(store_sealed(b.store, &b.arena, practice.id, &box, &err));
	assert_int_equal(box.len, 0);

	struct registration_result real = sign_up(&b, 1);
	assert_false(real.keys_used_up);
	assert_true(store_sealed(b.store, &b.arena, real.id, &box, &err));
	assert_int_equal(box.len, 128 + SEAL_OVERHEAD_BYTES);
	assert_false(seal_open(&b.arena, &secret.months[0], box, &plain, &err));
	assert_true(seal_open(&b.arena, &secret.months[1], box, &plain, &err));
	assert_true(json_parse(&b.arena, plain, &object, &err));
	assert_true(
		str_equal(json_string(json_get(&object, STR("first_name"))), STR("Canariefatma")));
	assert_true(str_equal(json_string(json_get(&object, STR("phone"))), STR("0612345678")));
	assert_null(json_get(&object, STR("best_time")));

	/* The same keys again, and then others, leave real sign-ups alone; a new start remembers.
	 */
	assert_true(store_open_registrations(b.store, &keys, &err));
	key_set_create(key_month(2024, 1), &keys, &secret);
	assert_true(store_open_registrations(b.store, &keys, &err));
	assert_int_equal(store_registration_count(b.store, &err), 1);
	store_close(b.store);
	b.store = store_open(b.env, "data", &err);
	assert_int_equal(store_mode(b.store), STORE_OPEN);
	assert_memory_equal(store_keys(b.store), &keys, sizeof(keys));
	assert_true(sign_up(&b, 1).keys_used_up);
	bench_stop(&b);
}

static void a_seed_never_meets_real_keys(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"sign_up", 18, 30, true, false});
	struct error err = {0};
	struct key_set keys;
	struct secret_key_set secret;
	key_set_create(key_month(2026, 11), &keys, &secret);
	b.env->seeded = true;
	assert_false(store_open_registrations(b.store, &keys, &err));
	assert_int_equal(err.code, ERROR_REFUSED);
	assert_int_equal(store_mode(b.store), STORE_PRACTICE);
	sign_up(&b, 1);
	b.env->seeded = false;
	assert_true(store_open_registrations(b.store, &keys, &err));
	b.env->seeded = true;
	struct registration_request request = sample_request(0);
	assert_int_equal(refusal(&b, &request), ERROR_REFUSED);
	b.env->seeded = false;
	sign_up(&b, 1);

	/* A script that starts in 1970 has an unsure clock, and is a script all the same. */
	struct env *script = env_simulated_create(env_os(), 0, false, 5);
	assert_true(script->seeded);
	assert_int_equal(env_clock_quality(script), CLOCK_UNSURE);
	assert_false(env_os()->seeded);
	env_simulated_destroy(script);
	bench_stop(&b);
}

static bool has_box(struct bench *b, struct uuid id)
{
	struct str box;
	struct error err = {0};
	assert_true(store_sealed(b->store, &b->arena, id, &box, &err));
	return box.len > 0;
}

static size_t expire(struct bench *b)
{
	size_t erased;
	struct error err = {0};
	assert_true(store_expire(b->store, &erased, &err));
	return erased;
}

static void details_go_when_their_time_comes(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"sign_up", 18, 30, true, false});
	struct registration_result r = sign_up(&b, 1);
	int64_t goes_ms = sample_request(0).ends_utc_s * 1000 + 30 * DAY_MS;
	fake_set_clock(b.env, goes_ms - 1, CLOCK_SURE);
	assert_int_equal(expire(&b), 0);
	fake_set_clock(b.env, goes_ms, CLOCK_UNSURE);
	assert_int_equal(expire(&b), 0);
	assert_true(has_box(&b, r.id));
	fake_set_clock(b.env, goes_ms, CLOCK_RESTORED);
	assert_int_equal(expire(&b), 1);
	assert_false(has_box(&b, r.id));
	/* The registration itself stays, nameless. */
	assert_int_equal(find(&b, r.code).outcome, OUTCOME_CONFIRMED);
	bench_stop(&b);
}

static void introductions_go_after_saving(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"introduction", 6, 14, false, false});
	struct error err = {0};
	struct registration_request request = sample_request(0);
	struct registration_result sure, unsure;
	request.schedule = (struct uuid){{0}};
	request.rule_start = (struct local_time){.hour = 0};
	request.ends_utc_s = 0;
	assert_true(store_register(b.store, &request, &sure, &err));
	assert_int_equal(sure.outcome, OUTCOME_CONFIRMED);
	/* Saved in 1970: dated from the moment that the time is known. */
	fake_set_clock(b.env, 5000, CLOCK_UNSURE);
	assert_true(store_register(b.store, &request, &unsure, &err));
	fake_set_clock(b.env, NOW_MS + 10 * DAY_MS, CLOCK_SURE);
	assert_int_equal(expire(&b), 0);
	fake_set_clock(b.env, NOW_MS + 14 * DAY_MS, CLOCK_SURE);
	assert_int_equal(expire(&b), 1);
	assert_false(has_box(&b, sure.id));
	assert_true(has_box(&b, unsure.id));
	fake_set_clock(b.env, NOW_MS + 24 * DAY_MS, CLOCK_SURE);
	assert_int_equal(expire(&b), 1);
	assert_false(has_box(&b, unsure.id));
	bench_stop(&b);
}

static void introductions_are_kept_for_some_days(void **state)
{
	(void)state;
	struct bench b = start((struct sample_rules){"introduction", 0, 0, false, false});
	struct registration_result r = sign_up(&b, 1);
	assert_int_equal(expire(&b), 0);
	assert_true(has_box(&b, r.id));
	bench_stop(&b);
}

/* Whether any file of the directory holds these bytes. */
static bool disk_holds(struct arena *arena, const char *directory, struct str needle)
{
	struct str *names, content;
	size_t count, bytes = 0;
	struct error err = {0};
	bool found = false;
	assert_true(env_list(env_os(), arena, directory, &names, &count, &err));
	for (size_t i = 0; i < count; i++) {
		struct str path = str_format(arena, "%s/%.*s", directory, STR_ARG(names[i]));
		assert_true(env_read_file(
			env_os(), arena, str_z(arena, path), (size_t)1 << 26, &content, &err));
		bytes += content.len;
		found = found || str_find(content, needle) >= 0;
	}
	assert_true(bytes > 0);
	return found;
}

static void nothing_typed_is_on_the_disk(void **state)
{
	(void)state;
	char directory[] = "/tmp/buurtbord-canary-XXXXXX", command[100];
	struct error err = {0};
	struct arena arena = {0};
	struct sample s = sample_of(2, (struct sample_rules){"sign_up", 1, 30, true, false});
	struct key_set keys;
	struct secret_key_set secret;
	size_t erased;
	key_set_create(key_month(2026, 1), &keys, &secret);
	assert_non_null(mkdtemp(directory));
	struct env *env = env_os();
	struct store *store = store_open(env, directory, &err);
	assert_true(store_apply(store, s.records, s.count, 0, NULL, &err));
	assert_true(store_open_registrations(store, &keys, &err));
	struct registration_request request = sample_request(0);
	request.ends_utc_s = env_wall_ms(env) / 1000 + 3600;
	request.best_time = STR("kanariewoensdag");
	struct registration_result first, result;
	assert_true(store_register(store, &request, &first, &err));
	assert_true(store_register(store, &request, &result, &err));
	assert_true(
		disk_holds(&arena, directory, STR("Initiatief 1"))); /* the search finds things */
	assert_false(disk_holds(&arena, directory, request.first_name));
	assert_false(disk_holds(&arena, directory, request.phone));
	assert_false(disk_holds(&arena, directory, request.best_time));
	assert_false(disk_holds(&arena, directory, str_from(result.code)));
	assert_false(disk_holds(&arena, directory, str_from(result.token)));

	/* An erased box is gone from the database and from the WAL. */
	struct str box;
	assert_true(store_sealed(store, &arena, first.id, &box, &err));
	struct str middle = str_slice(box, 40, 72);
	assert_true(disk_holds(&arena, directory, middle));
	assert_true(store_cancel(store, first.id, &err));
	assert_true(store_expire(store, &erased, &err));
	assert_false(disk_holds(&arena, directory, middle));
	store_close(store);
	arena_finish(&arena);
	arena_finish(&s.arena);
	snprintf(command, sizeof(command), "rm -r %s", directory);
	assert_int_equal(system(command), 0);
}

/* What goes by its own date goes from the files too, and takes nothing else along. */
static void expired_boxes_leave_the_disk(void **state)
{
	(void)state;
	char directory[] = "/tmp/buurtbord-expiry-XXXXXX", command[100];
	struct error err = {0};
	struct arena arena = {0};
	struct sample s = sample_of(2, (struct sample_rules){"sign_up", 6, 30, true, false});
	struct registration_result early, late;
	struct str box;
	size_t erased;
	assert_non_null(mkdtemp(directory));
	struct env *env = env_simulated_create(env_os(), NOW_MS, false, 1);
	struct store *store = store_open(env, directory, &err);
	assert_non_null(store);
	assert_true(store_apply(store, s.records, s.count, 0, NULL, &err));
	struct registration_request request = sample_request(0);
	assert_true(store_register(store, &request, &early, &err));
	request.ends_utc_s += 7 * 86400;
	request.rule_start.date = date_add_days(request.rule_start.date, 7);
	assert_true(store_register(store, &request, &late, &err));
	assert_true(store_sealed(store, &arena, early.id, &box, &err));
	struct str goes = str_slice(box, 40, 72);
	assert_true(store_sealed(store, &arena, late.id, &box, &err));
	struct str stays = str_slice(box, 40, 72);
	assert_true(disk_holds(&arena, directory, goes));

	env_sleep_ms(env, (request.ends_utc_s - 7 * 86400) * 1000 + 30 * DAY_MS - NOW_MS);
	assert_true(store_expire(store, &erased, &err));
	assert_int_equal(erased, 1);
	assert_false(disk_holds(&arena, directory, goes));
	assert_true(disk_holds(&arena, directory, stays));
	env_sleep_ms(env, 7 * DAY_MS);
	assert_true(store_expire(store, &erased, &err));
	assert_int_equal(erased, 1);
	assert_false(disk_holds(&arena, directory, stays));
	store_close(store);
	env_simulated_destroy(env);
	arena_finish(&arena);
	arena_finish(&s.arena);
	snprintf(command, sizeof(command), "rm -r %s", directory);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(seats_then_places),
		cmocka_unit_test(full_without_a_list_refuses),
		cmocka_unit_test(cancelling_moves_up_in_order),
		cmocka_unit_test(cancelling_outlives_the_initiative),
		cmocka_unit_test(place_moves_as_others_leave),
		cmocka_unit_test(rules_refuse),
		cmocka_unit_test(walk_ins_and_long_texts_refuse),
		cmocka_unit_test(codes_and_tokens),
		cmocka_unit_test(repeated_randomness_draws_unused_codes),
		cmocka_unit_test(details_open_with_the_key_of_the_month),
		cmocka_unit_test(a_seed_never_meets_real_keys),
		cmocka_unit_test(details_go_when_their_time_comes),
		cmocka_unit_test(introductions_go_after_saving),
		cmocka_unit_test(introductions_are_kept_for_some_days),
		cmocka_unit_test(nothing_typed_is_on_the_disk),
		cmocka_unit_test(expired_boxes_leave_the_disk),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
