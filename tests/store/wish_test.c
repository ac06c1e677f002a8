/* Wishes: kept without a name, counted by card, dated and dropped by the clock, withdrawn by code;
 * the number to call is sealed, and nothing of it stands in the log. */
#include "store/wish.h"

#include "bench.h"
#include "crypto/secret.h"
#include "fake/fake.h"
#include "store/call_list.h"
#include "store/overview.h"
#include "store/registration.h"
#include "store/sequencer.h"

#define PHONE "0687654321"

static struct wish_result wish(struct bench *b, const char *card, const char *phone)
{
	struct wish_request request = {str_from(card), str_from(phone)};
	struct wish_result result;
	struct error err = {0};
	if (!store_wish(b->store, &request, &result, &err))
		fail_msg("%s", err.message);
	return result;
}

static struct wish_cluster cluster(struct bench *b, const char *card)
{
	struct wish_cluster *all;
	size_t count;
	struct error err = {0};
	assert_true(store_wish_clusters(b->store, &b->arena, &all, &count, &err));
	for (size_t i = 0; i < count; i++)
		if (strcmp(all[i].card, card) == 0)
			return all[i];
	return (struct wish_cluster){.count = -1};
}

static void wishes_of_a_card_are_a_cluster(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	struct wish_cluster *all;
	size_t count;
	struct error err = {0};
	assert_int_equal(wish(&b, "wandelen", "").count, 1);
	assert_int_equal(wish(&b, "samen-eten", "").count, 1);
	fake_set_clock(b.env, NOW_MS + DAY_MS, CLOCK_SURE);
	assert_int_equal(wish(&b, "wandelen", PHONE).count, 2);
	assert_true(store_wish_clusters(b.store, &b.arena, &all, &count, &err));
	assert_int_equal(count, 2);
	assert_string_equal(all[0].card, "wandelen"); /* the largest first */
	assert_int_equal(all[0].count, 2);
	assert_int_equal(all[0].with_contact, 1);
	assert_int_equal(all[0].step, ROUTE_NONE);
	assert_int_equal(all[0].last_ms, NOW_MS + DAY_MS);
	assert_string_equal(all[1].card, "samen-eten");
	assert_int_equal(all[1].with_contact, 0);
	assert_int_equal(store_registration_count(b.store, &err), 0);
	bench_stop(&b);
}

static enum error_code refusal(struct bench *b, struct str card, struct str phone)
{
	struct wish_request request = {card, phone};
	struct wish_result result;
	struct error err = {0};
	assert_false(store_wish(b->store, &request, &result, &err));
	assert_int_equal(result.code[0], 0);
	return err.code;
}

static void what_cannot_be_kept_is_refused(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	char long_phone[WISH_PHONE_MAX_BYTES + 2] = "";
	memset(long_phone, '1', WISH_PHONE_MAX_BYTES + 1);
	assert_int_equal(refusal(&b, STR("vliegen"), STR("")), ERROR_NOT_FOUND);
	assert_int_equal(refusal(&b, STR(""), STR("")), ERROR_NOT_FOUND);
	assert_int_equal(refusal(&b, STR("wandelen"), str_from(long_phone)), ERROR_LIMIT);
	assert_int_equal(refusal(&b, STR("wandelen"), STR("06\xff")), ERROR_PARSE);
	fake_fail_after(b.env, 0, ERROR_DISK);
	assert_int_equal(refusal(&b, STR("wandelen"), STR("")), ERROR_DISK);
	fake_fail_after(b.env, 0, ERROR_NONE);
	assert_int_equal(cluster(&b, "wandelen").count, -1);
	bench_stop(&b);
}

static void a_wish_counts_for_half_a_year(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	wish(&b, "praten", "");
	fake_set_clock(b.env, NOW_MS + WISH_KEPT_DAYS * DAY_MS - 1, CLOCK_SURE);
	assert_int_equal(cluster(&b, "praten").count, 1);
	fake_set_clock(b.env, NOW_MS + WISH_KEPT_DAYS * DAY_MS, CLOCK_UNSURE);
	assert_int_equal(cluster(&b, "praten").count, 1); /* nothing is lost to a wrong clock */
	fake_set_clock(b.env, NOW_MS + WISH_KEPT_DAYS * DAY_MS, CLOCK_SURE);
	assert_int_equal(cluster(&b, "praten").count, -1);
	assert_int_equal(wish(&b, "praten", "").count, 1);
	bench_stop(&b);
}

/* At 1970 nobody knows when a wish is over; the first op by a sure clock says so. */
static void a_wish_of_an_unsure_clock_is_dated_later(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	fake_set_clock(b.env, 1000, CLOCK_UNSURE);
	wish(&b, "praten", "");
	fake_set_clock(b.env, NOW_MS, CLOCK_SURE);
	assert_int_equal(cluster(&b, "praten").count, 1);
	wish(&b, "bewegen", "");
	fake_set_clock(b.env, NOW_MS + WISH_KEPT_DAYS * DAY_MS - 1, CLOCK_SURE);
	assert_int_equal(cluster(&b, "praten").count, 1);
	fake_set_clock(b.env, NOW_MS + WISH_KEPT_DAYS * DAY_MS, CLOCK_SURE);
	assert_int_equal(cluster(&b, "praten").count, -1);
	bench_stop(&b);
}

static void a_code_finds_and_withdraws(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	struct error err = {0};
	struct wish found;
	struct str box;
	struct wish_result first = wish(&b, "papieren", PHONE);
	wish(&b, "papieren", "");
	assert_int_equal(strlen(first.code), WISH_CODE_CHARS);
	char typed[16] = "";
	snprintf(typed, sizeof(typed), " %.4s-%.4s", first.code, first.code + 4);
	assert_true(store_find_wish(b.store, str_from(typed), &found, &err));
	assert_memory_equal(found.id.bytes, first.id.bytes, sizeof(first.id.bytes));
	assert_string_equal(found.card, "papieren");
	assert_true(found.has_contact);
	assert_false(found.withdrawn);
	assert_true(found.stands);
	assert_int_equal(found.saved_ms, NOW_MS);
	assert_true(store_sealed(b.store, &b.arena, first.id, &box, &err));
	assert_true(box.len > 0);

	assert_true(store_withdraw_wish(b.store, first.id, &err));
	assert_int_equal(cluster(&b, "papieren").count, 1);
	assert_int_equal(cluster(&b, "papieren").with_contact, 0);
	assert_true(store_sealed(b.store, &b.arena, first.id, &box, &err));
	assert_int_equal(box.len, 0);
	assert_true(store_find_wish(b.store, str_from(typed), &found, &err));
	assert_true(found.withdrawn);
	assert_false(found.stands);
	int64_t revision = store_revision(b.store);
	assert_true(store_withdraw_wish(b.store, first.id, &err));
	assert_int_equal(store_revision(b.store), revision);
	assert_false(store_find_wish(b.store, STR("22222222"), &found, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	assert_false(store_find_wish(b.store, STR("2222"), &found, &err));
	bench_stop(&b);
}

static void a_number_may_be_added_once(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	struct error err = {0};
	struct str box;
	struct wish_result kept = wish(&b, "wandelen", "");
	assert_true(store_wish_contact(b.store, kept.id, STR(PHONE), &err));
	assert_int_equal(cluster(&b, "wandelen").count, 1);
	assert_int_equal(cluster(&b, "wandelen").with_contact, 1);
	assert_true(store_sealed(b.store, &b.arena, kept.id, &box, &err));
	assert_true(box.len > 0);
	assert_int_equal(str_find(box, STR(PHONE)), -1);
	assert_false(store_wish_contact(b.store, kept.id, STR(PHONE), &err));
	assert_int_equal(err.code, ERROR_REFUSED);
	struct wish_result other = wish(&b, "wandelen", "");
	assert_true(store_withdraw_wish(b.store, other.id, &err));
	assert_false(store_wish_contact(b.store, other.id, STR(PHONE), &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	bench_stop(&b);
}

static size_t call_list(struct bench *b, struct call_entry **entries)
{
	size_t count;
	struct error err = {0};
	assert_true(store_call_list(b->store, &b->arena, entries, &count, &err));
	return count;
}

static struct store_overview overview(struct bench *b)
{
	struct store_day day = {{2026, 12, 1}, NOW_MS - DAY_MS / 2, NOW_MS + DAY_MS / 2};
	struct store_overview counts;
	struct error err = {0};
	assert_true(store_overview(b->store, &day, &counts, &err));
	return counts;
}

static struct secret_key_set open_real(struct bench *b)
{
	struct key_set keys;
	struct secret_key_set secret;
	struct error err = {0};
	key_set_create(key_month(2026, 11), &keys, &secret);
	assert_true(store_open_registrations(b->store, &keys, &err));
	return secret;
}

static void a_number_is_listed_to_call_until_it_expires(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	struct error err = {0};
	struct call_entry *list;
	struct str box;
	size_t erased;
	struct secret_key_set secret = open_real(&b);
	struct wish_result kept = wish(&b, "samen-eten", PHONE);
	wish(&b, "samen-eten", "");
	assert_int_equal(call_list(&b, &list), 1); /* who left no number is called by nobody */
	assert_int_equal(list[0].kind, CALL_WISH);
	assert_string_equal(list[0].card, "samen-eten");
	assert_int_equal(list[0].asked_ms, NOW_MS);
	char plain[512];
	size_t plain_bytes = 0;
	bool opened = false;
	for (size_t i = 0; i < KEY_MONTHS && !opened; i++)
		opened = seal_open_into(
			&secret.months[i], list[0].box, plain, sizeof(plain), &plain_bytes);
	assert_true(opened);
	assert_int_equal(
		str_find((struct str){plain, plain_bytes}, STR("{\"phone\":\"" PHONE "\"}")), 0);
	secret_wipe(&secret, sizeof(secret));

	int64_t over_ms = NOW_MS + WISH_KEPT_DAYS * DAY_MS;
	fake_set_clock(b.env, over_ms - 1, CLOCK_SURE);
	assert_true(store_expire(b.store, &erased, &err));
	assert_int_equal(erased, 0);
	assert_int_equal(call_list(&b, &list), 1);
	fake_set_clock(b.env, over_ms, CLOCK_UNSURE);
	assert_true(store_expire(b.store, &erased, &err));
	assert_int_equal(call_list(&b, &list), 1); /* nothing is lost to a wrong clock */
	fake_set_clock(b.env, over_ms, CLOCK_SURE);
	assert_int_equal(call_list(&b, &list), 0); /* before it is erased, too */
	assert_true(store_expire(b.store, &erased, &err));
	assert_int_equal(erased, 1);
	assert_true(store_sealed(b.store, &b.arena, kept.id, &box, &err));
	assert_int_equal(box.len, 0);
	bench_stop(&b);
}

static void who_withdraws_is_not_called(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	struct error err = {0};
	struct call_entry *list;
	wish(&b, "wandelen", PHONE);
	struct wish_result gone = wish(&b, "praten", PHONE);
	assert_int_equal(call_list(&b, &list), 2);
	assert_string_equal(list[0].card, "praten"); /* by card */
	assert_true(store_withdraw_wish(b.store, gone.id, &err));
	assert_int_equal(call_list(&b, &list), 1);
	assert_string_equal(list[0].card, "wandelen");
	bench_stop(&b);
}

/* At 1970 a wish has no day; its number is dated when the clock is sure, and goes then. */
static void a_number_of_an_unsure_clock_expires_too(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	struct error err = {0};
	struct call_entry *list;
	size_t erased;
	fake_set_clock(b.env, 1000, CLOCK_UNSURE);
	wish(&b, "wandelen", PHONE);
	fake_set_clock(b.env, NOW_MS, CLOCK_SURE);
	assert_true(store_expire(b.store, &erased, &err));
	assert_int_equal(call_list(&b, &list), 1);
	assert_int_equal(list[0].asked_ms, 0);
	fake_set_clock(b.env, NOW_MS + WISH_KEPT_DAYS * DAY_MS, CLOCK_SURE);
	assert_true(store_expire(b.store, &erased, &err));
	assert_int_equal(erased, 1);
	assert_int_equal(call_list(&b, &list), 0);
	bench_stop(&b);
}

static void the_host_counts_numbers_of_wishes_too(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	struct error err = {0};
	int64_t oldest_ms;
	wish(&b, "wandelen", PHONE);
	wish(&b, "wandelen", "");
	struct wish_result gone = wish(&b, "praten", PHONE);
	assert_int_equal(overview(&b).new_today, 2);
	assert_int_equal(overview(&b).uncollected, 2);
	assert_true(store_withdraw_wish(b.store, gone.id, &err));
	assert_int_equal(overview(&b).new_today, 1);
	assert_int_equal(overview(&b).uncollected, 1);
	assert_int_equal(overview(&b).oldest_uncollected_ms, NOW_MS);
	assert_true(store_mark_collected(b.store, &err));
	assert_int_equal(overview(&b).uncollected, 0);
	assert_int_equal(overview(&b).last_collected_ms, NOW_MS);
	assert_true(store_oldest_uncollected(b.store, &oldest_ms, &err));
	assert_int_equal(oldest_ms, 0);
	bench_stop(&b);
}

static void a_flood_is_kept_and_marked(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	struct error err = {0};
	for (int i = 0; i < WISH_FLOOD_PER_HOUR; i++)
		wish(&b, "bewegen", "");
	assert_int_equal(cluster(&b, "bewegen").marked, 0);
	struct wish_result flood = wish(&b, "bewegen", "");
	assert_int_equal(flood.count, WISH_FLOOD_PER_HOUR + 1);
	assert_int_equal(cluster(&b, "bewegen").marked, 1);
	assert_int_equal(overview(&b).marked, 1);
	bench_check_folds(&b); /* the mark is in the log */
	assert_true(store_withdraw_wish(b.store, flood.id, &err));
	assert_int_equal(cluster(&b, "bewegen").marked, 0);
	assert_int_equal(overview(&b).marked, 0);
	fake_set_clock(b.env, NOW_MS + DAY_MS / 24, CLOCK_SURE);
	wish(&b, "bewegen", ""); /* an hour later */
	assert_int_equal(cluster(&b, "bewegen").marked, 0);
	bench_stop(&b);
}

static void staff_set_the_step(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	struct error err = {0};
	wish(&b, "wandelen", "");
	assert_true(store_route(b.store, STR("wandelen"), ROUTE_EXPLORE, &err));
	assert_true(store_route(b.store, STR("wandelen"), ROUTE_PLAN, &err));
	int64_t revision = store_revision(b.store);
	assert_true(store_route(b.store, STR("wandelen"), ROUTE_PLAN, &err));
	assert_int_equal(store_revision(b.store), revision);
	assert_int_equal(cluster(&b, "wandelen").step, ROUTE_PLAN);
	assert_true(store_route(b.store, STR("bewegen"), ROUTE_DO, &err)); /* nobody wished it */
	assert_int_equal(cluster(&b, "bewegen").count, 0);
	assert_int_equal(cluster(&b, "bewegen").step, ROUTE_DO);
	assert_true(store_route(b.store, STR("bewegen"), ROUTE_NONE, &err));
	assert_int_equal(cluster(&b, "bewegen").count, -1);
	assert_false(store_route(b.store, STR("vliegen"), ROUTE_DO, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	bench_stop(&b);
}

static void practice_wishes_are_forgotten(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	struct error err = {0};
	struct str box;
	struct wish_result practice = wish(&b, "praten", PHONE);
	assert_true(store_route(b.store, STR("praten"), ROUTE_EXPLORE, &err));
	struct key_set keys;
	struct secret_key_set secret;
	key_set_create(key_month(2026, 11), &keys, &secret);
	secret_wipe(&secret, sizeof(secret));
	assert_true(store_open_registrations(b.store, &keys, &err));
	assert_int_equal(cluster(&b, "praten").count, 0);
	assert_int_equal(cluster(&b, "praten").step, ROUTE_EXPLORE);
	assert_true(store_sealed(b.store, &b.arena, practice.id, &box, &err));
	assert_int_equal(box.len, 0);
	assert_int_equal(wish(&b, "praten", "").count, 1);
	b.env->seeded = true;
	assert_int_equal(refusal(&b, STR("praten"), STR("")), ERROR_REFUSED);
	bench_stop(&b);
}

/* An op as another device would send it. */
static void accept(struct bench *b, unsigned kind, struct uuid id, struct str value)
{
	static int64_t seq;
	size_t fresh;
	struct error err = {0};
	struct op op = {.device = {9},
		.epoch = {9},
		.seq = ++seq,
		.wall_ms = NOW_MS,
		.clock = CLOCK_SURE,
		.kind = kind,
		.entity_type = ENTITY_WISH,
		.entity = id,
		.has_value = value.len > 0,
		.value = value};
	assert_true(store_accept(b->store, &op, 1, NULL, &fresh, &err));
	assert_int_equal(fresh, 1);
}

static void an_op_that_makes_no_sense_does_nothing(void **state)
{
	(void)state;
	struct bench b = bench_start(7);
	struct wish_result kept = wish(&b, "praten", "");
	struct uuid other = {{1}};
	char value[256];
	memset(value, 0, sizeof(value));
	accept(&b, OP_WISH, other, (struct str){value, sizeof(value)}); /* no card */
	memset(value, 'a', WISH_CARD_BYTES);
	accept(&b, OP_WISH, other, (struct str){value, sizeof(value)}); /* without an end */
	value[2] = '\0';
	accept(&b, OP_WISH, other, (struct str){value, sizeof(value)}); /* goes on after it */
	accept(&b, OP_WISH, other, (struct str){value, 20}); /* too short */
	accept(&b, OP_ROUTE, other, (struct str){value, 3});
	accept(&b, OP_WITHDRAW_WISH, other, STR(""));
	memset(value, 0, WISH_CARD_BYTES);
	memcpy(value, "praten", 6);
	accept(&b, OP_WISH, kept.id, (struct str){value, sizeof(value)}); /* not its owner */
	assert_int_equal(cluster(&b, "praten").count, 1);
	assert_int_equal(cluster(&b, "praten").with_contact, 0);
	bench_check_folds(&b);
	memcpy(value, "later\0", 6); /* a card of a newer version */
	accept(&b, OP_WISH, other, (struct str){value, sizeof(value)});
	assert_int_equal(cluster(&b, "later").count, 1);
	bench_stop(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(wishes_of_a_card_are_a_cluster),
		cmocka_unit_test(what_cannot_be_kept_is_refused),
		cmocka_unit_test(a_wish_counts_for_half_a_year),
		cmocka_unit_test(a_wish_of_an_unsure_clock_is_dated_later),
		cmocka_unit_test(a_code_finds_and_withdraws),
		cmocka_unit_test(a_number_may_be_added_once),
		cmocka_unit_test(a_number_is_listed_to_call_until_it_expires),
		cmocka_unit_test(who_withdraws_is_not_called),
		cmocka_unit_test(a_number_of_an_unsure_clock_expires_too),
		cmocka_unit_test(the_host_counts_numbers_of_wishes_too),
		cmocka_unit_test(a_flood_is_kept_and_marked),
		cmocka_unit_test(staff_set_the_step),
		cmocka_unit_test(practice_wishes_are_forgotten),
		cmocka_unit_test(an_op_that_makes_no_sense_does_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
