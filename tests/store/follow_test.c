/* What came after the first sign-ups: more seats move up who waits, a question goes forwards to
 * somebody with a name, the host's numbers, and the mark of a flood. */
#include "store/follow.h"

#include "bench.h"
#include "store/overview.h"
#include "store/payload.h"

#define HOUR_MS ((int64_t)3600000)

static void bring(struct bench *b, struct sample_rules rules)
{
	struct error err = {0};
	struct sample s = sample_of(1, rules);
	if (!store_apply(b->store, s.records, s.count, 0, NULL, &err))
		fail_msg("%s", err.message);
	arena_finish(&s.arena);
}

static struct bench start(struct sample_rules rules)
{
	return bench_start_with(11, 1, rules);
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

static struct registration find(struct bench *b, const struct registration_result *result)
{
	struct registration found;
	struct error err = {0};
	assert_true(store_find_code(b->store, str_from(result->code), &found, &err));
	return found;
}

static struct store_overview overview(struct bench *b, struct date date)
{
	int64_t from_ms = date_to_days(date) * DAY_MS - HOUR_MS; /* winter in Amsterdam */
	struct store_day day = {date, from_ms, from_ms + DAY_MS};
	struct store_overview o;
	struct error err = {0};
	assert_true(store_overview(b->store, &day, &o, &err));
	return o;
}

static const struct date today = {2026, 12, 1}, friday = {2026, 12, 4};

static struct sample_rules seats(int capacity)
{
	return (struct sample_rules){"sign_up", capacity, 30, true, false};
}

static const struct sample_rules question_rules = {"introduction", 0, 30, false, false};

static void more_seats_move_up_in_order(void **state)
{
	(void)state;
	struct bench b = start(seats(2));
	struct registration_result first = sign_up(&b, 2), large = sign_up(&b, 2),
				   small = sign_up(&b, 1);
	bring(&b, seats(3));
	/* One seat more: the party of two that stands first does not fit, and is not overtaken. */
	assert_int_equal(find(&b, &large).place, 1);
	assert_int_equal(find(&b, &small).place, 2);
	bring(&b, seats(4));
	assert_int_equal(find(&b, &large).outcome, OUTCOME_CONFIRMED);
	assert_int_equal(find(&b, &large).place, 0);
	assert_int_equal(find(&b, &small).place, 1);
	/* Fewer seats take none away, and no limit lets everybody in. */
	bring(&b, seats(1));
	assert_int_equal(find(&b, &first).outcome, OUTCOME_CONFIRMED);
	assert_int_equal(find(&b, &large).outcome, OUTCOME_CONFIRMED);
	bring(&b, seats(0));
	assert_int_equal(find(&b, &small).outcome, OUTCOME_CONFIRMED);
	bench_stop(&b);
}

static void nobody_moves_up_where_it_is_over(void **state)
{
	(void)state;
	struct bench b = start(seats(1));
	sign_up(&b, 1);
	struct registration_result waits = sign_up(&b, 1);
	bring(&b, (struct sample_rules){"walk_in", 2, 30, true, false});
	assert_int_equal(find(&b, &waits).outcome, OUTCOME_WAITING);
	fake_set_clock(b.env, NOW_MS + 6 * DAY_MS, CLOCK_SURE);
	bring(&b, seats(3));
	assert_int_equal(find(&b, &waits).outcome, OUTCOME_WAITING);
	/* A clock that is not sure takes no seat from anybody. */
	fake_set_clock(b.env, NOW_MS + 6 * DAY_MS, CLOCK_UNSURE);
	bring(&b, seats(4));
	assert_int_equal(find(&b, &waits).outcome, OUTCOME_CONFIRMED);
	bench_stop(&b);
}

static enum error_code refused(
	struct bench *b, struct uuid id, enum follow_status status, const char *by)
{
	struct error err = {0};
	assert_false(store_follow(b->store, id, status, str_from(by), &err));
	return err.code;
}

static void follow(struct bench *b, struct uuid id, enum follow_status status, const char *by)
{
	struct error err = {0};
	if (!store_follow(b->store, id, status, str_from(by), &err))
		fail_msg("%s", err.message);
}

static void a_question_goes_forwards(void **state)
{
	(void)state;
	struct bench b = start(question_rules);
	struct registration_result r = sign_up(&b, 1);
	assert_int_equal(find(&b, &r).followed, FOLLOW_RECEIVED);
	follow(&b, r.id, FOLLOW_TAKEN_ALONG, "");
	assert_int_equal(find(&b, &r).followed, FOLLOW_TAKEN_ALONG);
	int64_t revision = store_revision(b.store);
	follow(&b, r.id, FOLLOW_TAKEN_ALONG, "");
	assert_int_equal(store_revision(b.store), revision);
	follow(&b, r.id, FOLLOW_TAKEN_UP, "Samira");
	follow(&b, r.id, FOLLOW_TAKEN_ALONG, "");
	assert_int_equal(find(&b, &r).followed, FOLLOW_TAKEN_UP);
	assert_string_equal(find(&b, &r).followed_by, "Samira");
	follow(&b, r.id, FOLLOW_TAKEN_UP, "Yassin");
	assert_string_equal(find(&b, &r).followed_by, "Yassin");
	bench_stop(&b);
}

static void what_is_no_question_is_not_followed(void **state)
{
	(void)state;
	struct error err = {0};
	char name[FOLLOW_BY_MAX_BYTES + 2];
	struct bench b = start(question_rules);
	struct registration_result r = sign_up(&b, 1);
	memset(name, 'x', sizeof(name));
	name[FOLLOW_BY_MAX_BYTES + 1] = '\0';
	assert_int_equal(refused(&b, r.id, FOLLOW_TAKEN_UP, name), ERROR_LIMIT);
	assert_int_equal(refused(&b, r.id, FOLLOW_TAKEN_UP, "\xff"), ERROR_PARSE);
	name[FOLLOW_BY_MAX_BYTES] = '\0';
	follow(&b, r.id, FOLLOW_TAKEN_UP, name);
	assert_string_equal(find(&b, &r).followed_by, name);
	assert_int_equal(refused(&b, sample_id(9, 9), FOLLOW_TAKEN_UP, ""), ERROR_NOT_FOUND);
	assert_true(store_cancel(b.store, r.id, &err));
	assert_int_equal(refused(&b, r.id, FOLLOW_TAKEN_UP, "Samira"), ERROR_REFUSED);
	bring(&b, seats(4));
	r = sign_up(&b, 1);
	assert_int_equal(refused(&b, r.id, FOLLOW_TAKEN_ALONG, ""), ERROR_REFUSED);
	bench_stop(&b);
}

static size_t open_questions(struct bench *b, struct open_question **list)
{
	size_t count;
	struct error err = {0};
	assert_true(store_questions(b->store, &b->arena, list, &count, &err));
	assert_int_equal(overview(b, today).open_questions, count);
	return count;
}

static void open_questions_are_listed(void **state)
{
	(void)state;
	struct error err = {0};
	struct open_question *list;
	struct bench b = start(question_rules);
	assert_int_equal(open_questions(&b, &list), 0);
	struct registration_result one = sign_up(&b, 1), two = sign_up(&b, 1),
				   three = sign_up(&b, 1);
	follow(&b, two.id, FOLLOW_TAKEN_ALONG, "");
	assert_int_equal(open_questions(&b, &list), 3);
	assert_true(uuid_equal(list[0].id, one.id));
	assert_true(uuid_equal(list[0].initiative, sample_id(ENTITY_INITIATIVE, 0)));
	assert_int_equal(list[0].saved_ms, NOW_MS);
	assert_int_equal(list[1].status, FOLLOW_TAKEN_ALONG);
	follow(&b, one.id, FOLLOW_TAKEN_UP, "Samira");
	assert_true(store_cancel(b.store, three.id, &err));
	assert_int_equal(open_questions(&b, &list), 1);
	assert_true(uuid_equal(list[0].id, two.id));
	/* Nobody can answer when the number is gone. */
	fake_set_clock(b.env, NOW_MS + 31 * DAY_MS, CLOCK_SURE);
	assert_int_equal(open_questions(&b, &list), 0);
	bench_stop(&b);
}

static void the_day_in_numbers(void **state)
{
	(void)state;
	struct error err = {0};
	struct bench b = start(seats(4));
	struct registration_result first = sign_up(&b, 3);
	sign_up(&b, 2);
	sign_up(&b, 1);
	struct store_overview o = overview(&b, today);
	assert_int_equal(o.new_today, 3);
	assert_int_equal(o.waiting, 2);
	assert_int_equal(o.coming_today, 0);
	assert_int_equal(o.uncollected, 3);
	assert_int_equal(o.oldest_uncollected_ms, NOW_MS);
	assert_int_equal(o.last_collected_ms, 0);
	assert_int_equal(overview(&b, friday).coming_today, 3);
	assert_int_equal(overview(&b, friday).new_today, 0);
	assert_int_equal(overview(&b, date_add_days(friday, 1)).waiting, 0);

	assert_true(store_mark_collected(b.store, &err));
	fake_set_clock(b.env, NOW_MS + HOUR_MS, CLOCK_SURE);
	assert_true(store_cancel(b.store, first.id, &err));
	sign_up(&b, 1);
	o = overview(&b, today);
	assert_int_equal(o.new_today, 3); /* one of four left */
	assert_int_equal(o.waiting, 0);
	assert_int_equal(o.uncollected, 1);
	assert_int_equal(o.oldest_uncollected_ms, NOW_MS + HOUR_MS);
	assert_int_equal(o.last_collected_ms, NOW_MS);
	assert_int_equal(overview(&b, friday).coming_today, 4);
	bench_stop(&b);
}

/* What is saved in 1970 is not 56 years old. */
static void no_age_without_a_clock(void **state)
{
	(void)state;
	struct bench b = start(seats(0));
	fake_set_clock(b.env, 5000, CLOCK_UNSURE);
	sign_up(&b, 1);
	struct store_overview o = overview(&b, today);
	assert_int_equal(o.uncollected, 1);
	assert_int_equal(o.oldest_uncollected_ms, 0);
	bench_stop(&b);
}

static void a_flood_is_saved_and_marked(void **state)
{
	(void)state;
	struct bench b = start(seats(0));
	for (int i = 0; i < REGISTRATION_FLOOD_PER_HOUR; i++)
		sign_up(&b, 1);
	assert_int_equal(overview(&b, today).marked, 0);
	assert_int_equal(sign_up(&b, 1).outcome, OUTCOME_CONFIRMED);
	assert_int_equal(overview(&b, today).marked, 1);
	fake_set_clock(b.env, NOW_MS + HOUR_MS, CLOCK_SURE);
	sign_up(&b, 1);
	assert_int_equal(overview(&b, today).marked, 1);
	assert_int_equal(overview(&b, today).new_today, REGISTRATION_FLOOD_PER_HOUR + 2);
	bench_stop(&b);
}

static void values_of_older_versions_are_read(void **state)
{
	(void)state;
	struct arena arena = {0};
	struct request_payload out = {.party_size = 3, .expires_ms = 77, .marked = 1}, in;
	out.commitment.bytes[HASH_BYTES - 1] = 9;
	struct str value = payload_write_request(&arena, &out);
	assert_true(payload_read_request(value, &in));
	assert_memory_equal(&in, &out, sizeof(in));
	value.len--;
	assert_true(payload_read_request(value, &in));
	assert_int_equal(in.marked, 0);
	assert_int_equal(in.commitment.bytes[HASH_BYTES - 1], 9);
	value.len--;
	assert_false(payload_read_request(value, &in));

	struct follow_payload follow_in;
	assert_true(payload_read_follow(STR("\2\2ab"), &follow_in));
	assert_false(payload_read_follow(STR("\2\3ab"), &follow_in));
	assert_false(payload_read_follow(STR("\2\2a\xff"), &follow_in));
	assert_false(payload_read_follow(STR("\2"), &follow_in));
	char longest[2 + 81] = {2, 81};
	memset(longest + 2, 'x', 81);
	assert_false(payload_read_follow((struct str){longest, sizeof(longest)}, &follow_in));
	arena_finish(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(more_seats_move_up_in_order),
		cmocka_unit_test(nobody_moves_up_where_it_is_over),
		cmocka_unit_test(a_question_goes_forwards),
		cmocka_unit_test(what_is_no_question_is_not_followed),
		cmocka_unit_test(open_questions_are_listed),
		cmocka_unit_test(the_day_in_numbers),
		cmocka_unit_test(no_age_without_a_clock),
		cmocka_unit_test(a_flood_is_saved_and_marked),
		cmocka_unit_test(values_of_older_versions_are_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
