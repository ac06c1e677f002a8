/* The stick in a whole kiosk: it comes and goes, forty sign-ups leave on it sealed, and what goes
 * wrong is said. What is written stays in CALL_LIST_DIR (a folder of the build) for the test that
 * opens it in a browser. */
#include "bench.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "crypto/secret.h"
#include "store/call_list.h"
#include "store/overview.h"
#include "store/wish.h"

#define PEOPLE 40
#define NEIGHBOURS 2 /* who wished something and left a number */
#define PAGE_LIMIT_BYTES ((size_t)16 << 20)
#define PASSPHRASE "nieuwe maan boven de linde"

static char folder[3072], stick_dir[4096];

static void make_folders(void)
{
	const char *given = getenv("CALL_LIST_DIR"), *build = getenv("BUILD");
	if (given)
		snprintf(folder, sizeof(folder), "%s", given);
	else
		snprintf(folder, sizeof(folder), "%s/call-list", build ? build : "build");
	snprintf(stick_dir, sizeof(stick_dir), "%s/stick", folder);
	assert_true(env_make_directory(env_os(), folder, NULL));
}

static const char *path_in(struct arena *arena, const char *name)
{
	return str_format(arena, "%s/%s", folder, name).ptr;
}

/* A real set of keys, of the month in which the bench lives, or of another organisation. */
static void make_keys(struct arena *arena, const char *file, struct key_set *keys)
{
	struct secret_key_set secret;
	struct error err = {0};
	struct str text;
	key_set_create(key_month(2026, 12), keys, &secret);
	bench_check(key_set_lock(arena, &secret, STR(PASSPHRASE), &text, &err) &&
			    env_write_file(env_os(), path_in(arena, file), text, &err),
		&err);
	key_set_wipe(&secret);
}

static struct registration_request request_of(
	struct arena *arena, const struct occurrence *o, int number)
{
	/* "Sara" and "Abd ar-Rahman" in Arabic letters, and the longest name that a kiosk takes. */
	static const char *const names[] = {"Samira", "Joop", "Zoë", "Mohammed",
		"\xd8\xb3\xd8\xa7\xd8\xb1\xd8\xa9", "<b>Henk</b>", "Ünal", "Anne-Marie",
		"\xd8\xb9\xd8\xa8\xd8\xaf \xd8\xa7\xd9\x84\xd8\xb1\xd8\xad\xd9\x85\xd9\x86",
		"Wilhelmina-Maximiliana Adriana Petronella van Oosterhout-Schimmelpenninck"};
	struct registration_request r = {
		.party_size = 1 + number % 3,
		.wants_companion = number % 7 == 0,
		.first_name = str_format(arena, "%s %d", names[number % 10], number),
		.best_time = number % 5 == 0 ? STR("ochtend") : STR(""),
	};
	if (number % 9 != 8)
		r.phone = str_format(arena, "06123456%02d", number);
	r.initiative = o->schedule->initiative->id;
	r.schedule = o->schedule->id;
	r.rule_start = o->rule_start;
	r.ends_utc_s = o->start_utc_s + 3600;
	return r;
}

/* Signs up for what is to come until there are forty sealed boxes. */
static int sign_up_forty(struct bench *b)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	const struct model *model = &b->kiosk.model;
	int saved = 0;
	for (size_t i = 0; i < model->upcoming.count && saved < PEOPLE; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		const struct initiative *initiative = o->schedule->initiative;
		if (initiative->registration.mode != REGISTRATION_SIGN_UP || initiative->sensitive)
			continue;
		for (int k = 0; k < 7 && saved < PEOPLE; k++) {
			struct registration_request r = request_of(&arena, o, saved);
			struct registration_result result;
			struct error err = {0};
			if (r.party_size > initiative->registration.max_party)
				r.party_size = initiative->registration.max_party;
			saved += store_register(b->store, &r, &result, &err);
		}
	}
	return saved;
}

static void wish_something(struct bench *b)
{
	static const char *const cards[NEIGHBOURS] = {"samen-eten", "wandelen"};
	static const char *const phones[NEIGHBOURS] = {"0698765400", "0698765401"};
	for (int i = 0; i < NEIGHBOURS; i++) {
		struct error err = {0};
		struct wish_result result;
		struct wish_request request = {str_from(cards[i]), str_from(phones[i])};
		bench_check(store_wish(b->store, &request, &result, &err), &err);
	}
}

static void look_again(struct bench *b)
{
	env_sleep_ms(b->env, STICK_LOOK_MS);
	stick_tend(&b->kiosk);
}

/* As the loop does it: the screen says it first, then it is done. */
static void use(struct bench *b, enum stick_wish wish)
{
	bench_do(b, (struct action){.kind = ACTION_USE_STICK, .number = wish});
	stick_tend(&b->kiosk);
	stick_tend(&b->kiosk);
}

static struct bench *start_with_stick(void)
{
	make_folders();
	struct bench *b = bench_start();
	b->kiosk.options.stick_dir = stick_dir;
	bench_kind(b, ACTION_WAKE);
	b->kiosk.model.door = &b->kiosk.door.model; /* the host is in */
	return b;
}

static void a_stick_comes_and_goes(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct bench *b = start_with_stick();
	const struct stick_view *view = &b->kiosk.model.stick;
	const char *dir = path_in(&arena, "pulled");
	const char *secret = path_in(&arena, "pulled/" KEY_SECRET_FILE);
	remove(secret);
	rmdir(dir);
	b->kiosk.options.stick_dir = dir;
	assert_int_equal(stick_next_ms(&b->kiosk), INT64_MAX);
	bench_go(b, SCREEN_STICK);
	assert_int_equal(stick_next_ms(&b->kiosk), 0);
	stick_tend(&b->kiosk);
	assert_false(view->in);
	assert_int_equal(stick_next_ms(&b->kiosk), env_monotonic_ms(b->env) + STICK_LOOK_MS);

	assert_int_equal(mkdir(dir, 0700), 0);
	assert_true(env_write_file(env_os(), secret, STR("x"), NULL));
	stick_tend(&b->kiosk);
	assert_false(view->in); /* not before half a second has gone by */
	look_again(b);
	assert_true(view->in);
	assert_true(view->has_keys);
	remove(secret);
	rmdir(dir);
	look_again(b);
	assert_false(view->in);
	assert_false(view->has_keys);

	use(b, STICK_TAKE_ALONG); /* pulled at the moment of the touch */
	assert_int_equal(view->outcome, STICK_PULLED);
	bench_kind(b, ACTION_BACK);
	stick_tend(&b->kiosk);
	assert_int_equal(stick_next_ms(&b->kiosk), INT64_MAX);
	assert_int_equal(view->outcome, STICK_QUIET);
	bench_stop(b);
}

static int uncollected(struct bench *b)
{
	struct store_day day = {.date = {2026, 12, 1}, .until_ms = INT64_MAX};
	struct store_overview overview;
	struct error err = {0};
	bench_check(store_overview(b->store, &day, &overview, &err), &err);
	return overview.uncollected;
}

static void forty_leave_sealed(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct key_set keys, others;
	struct bench *b = start_with_stick();
	make_keys(&arena, "buurtbord-keys.secret", &keys);
	make_keys(&arena, "other.secret", &others);
	bench_check(env_write_file(env_os(), path_in(&arena, "passphrase"), STR(PASSPHRASE), &err),
		&err);
	bench_check(store_open_registrations(b->store, &keys, &err), &err);
	assert_int_equal(sign_up_forty(b), PEOPLE);
	wish_something(b);
	mkdir(stick_dir, 0700);

	bench_go(b, SCREEN_STICK);
	stick_tend(&b->kiosk);
	assert_int_equal(b->kiosk.model.stick.sign_ups, PEOPLE + NEIGHBOURS);
	assert_int_equal(uncollected(b), PEOPLE + NEIGHBOURS);
	use(b, STICK_TAKE_ALONG);
	assert_int_equal(b->kiosk.model.stick.outcome, STICK_DONE);
	assert_int_equal(uncollected(b), 0);

	struct str html;
	const char *page = path_in(&arena, "stick/" STICK_PAGE_NAME "-2026-12-01.html");
	bench_check(env_read_file(env_os(), &arena, page, PAGE_LIMIT_BYTES, &html, &err), &err);
	assert_int_equal(str_find(html, STR("Samira")), -1);
	assert_int_equal(str_find(html, STR("0612345")), -1);
	assert_int_equal(str_find(html, STR("0698765")), -1);
	assert_true(str_find(html, STR("Ik zoek: samen eten")) > 0);
	assert_true(str_find(html, STR("Vrouwengroep")) > 0);
	struct str *names;
	size_t count;
	bench_check(env_list(env_os(), &arena, stick_dir, &names, &count, &err), &err);
	for (size_t i = 0; i < count; i++) /* nothing but lists, and no key */
		assert_true(str_starts_with(names[i], STR(STICK_PAGE_NAME)));
	bench_stop(b);
}

static void a_file_where_the_stick_should_be_is_said(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct bench *b = start_with_stick();
	const char *file = path_in(&arena, "file");
	assert_true(env_write_file(env_os(), file, STR("x"), NULL));
	b->kiosk.options.stick_dir = file;
	bench_go(b, SCREEN_STICK);
	stick_tend(&b->kiosk);
	use(b, STICK_TAKE_ALONG);
	assert_int_equal(b->kiosk.model.stick.outcome, STICK_FAILED);
	use(b, STICK_NOTHING);
	assert_int_equal(b->kiosk.model.stick.outcome, STICK_QUIET);
	bench_stop(b);
}

/* --- the list on the kiosk itself ------------------------------------------------------------- */

static struct bench *start_with_keys(struct arena *arena)
{
	struct error err = {0};
	struct key_set keys;
	struct bench *b = start_with_stick();
	b->kiosk.options.stick_dir = path_in(arena, "key-stick");
	mkdir(b->kiosk.options.stick_dir, 0700);
	make_keys(arena, "key-stick/" KEY_SECRET_FILE, &keys);
	bench_check(store_open_registrations(b->store, &keys, &err), &err);
	assert_int_equal(sign_up_forty(b), PEOPLE);
	wish_something(b);
	bench_go(b, SCREEN_STICK);
	stick_tend(&b->kiosk);
	assert_true(b->kiosk.model.stick.has_keys);
	bench_go(b, SCREEN_CALL_KEY);
	stick_tend(&b->kiosk);
	return b;
}

static void open_calls(struct bench *b, const char *passphrase)
{
	bench_type(b, ACTION_TYPE_PASSPHRASE, passphrase);
	bench_kind(b, ACTION_OPEN_CALLS);
	stick_tend(&b->kiosk);
	if (bench_top(b) == SCREEN_CALL_LIST)
		kiosk_show(&b->kiosk);
}

static void the_list_opens_with_its_passphrase_only(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct bench *b = start_with_keys(&arena);
	const struct stick_view *view = &b->kiosk.model.stick;
	open_calls(b, "een andere zin");
	assert_int_equal(bench_top(b), SCREEN_CALL_KEY);
	assert_int_equal(view->call_problem, CALL_WRONG_PASSPHRASE);
	assert_int_equal(view->typed, 0);
	assert_false(bench_holds(b->kiosk.calls, sizeof(*b->kiosk.calls), "andere"));

	open_calls(b, PASSPHRASE);
	assert_int_equal(bench_top(b), SCREEN_CALL_LIST);
	assert_int_equal(view->call_count, PEOPLE + NEIGHBOURS);
	assert_true(str_equal(view->calls[0].name, STR("Samira 0")));
	assert_true(str_equal(view->calls[0].phone, STR("0612345600")));
	assert_true(str_equal(view->calls[0].best_time, STR("ochtend")));
	assert_true(str_equal(view->calls[5].name, STR("<b>Henk</b> 5")));
	const struct call_line *wish = &view->calls[PEOPLE]; /* after everybody who has a day */
	assert_true(wish->is_wish);
	assert_int_equal(wish->card, kiosk_wish_index(STR("samen-eten")));
	assert_true(str_equal(wish->phone, STR("0698765400")));
	assert_int_equal(wish->name.len, 0);
	assert_int_equal(date_compare(wish->asked, (struct date){2026, 12, 1}), 0);
	assert_false(bench_holds(b->kiosk.calls, sizeof(*b->kiosk.calls), "nieuwe maan"));
	for (size_t i = 0; i < KEY_MONTHS * sizeof(struct secret_key); i++)
		assert_int_equal(((const char *)b->kiosk.calls->keys.months)[i], 0);
	bench_stop(b);
}

static void the_list_goes_with_the_stick(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct bench *b = start_with_keys(&arena);
	open_calls(b, PASSPHRASE);
	assert_int_equal(bench_top(b), SCREEN_CALL_LIST);
	b->kiosk.options.stick_dir = path_in(&arena, "nowhere");
	look_again(b); /* half a second later */
	assert_null(b->kiosk.calls);
	assert_null(b->kiosk.model.stick.calls);
	assert_int_equal(bench_top(b), SCREEN_STICK);
	bench_stop(b);
}

static void the_list_goes_after_five_minutes(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct bench *b = start_with_keys(&arena);
	open_calls(b, PASSPHRASE);
	env_sleep_ms(b->env, CALLS_MS - 1);
	stick_tend(&b->kiosk);
	assert_non_null(b->kiosk.model.stick.calls);
	env_sleep_ms(b->env, 1);
	stick_tend(&b->kiosk);
	assert_null(b->kiosk.calls);
	assert_int_equal(bench_top(b), SCREEN_STICK);
	bench_stop(b);
}

static void the_list_goes_when_the_host_does(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	static const enum action_kind ways[] = {ACTION_BACK, ACTION_RESTART, ACTION_FINISH};
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		struct bench *b = start_with_keys(&arena);
		open_calls(b, PASSPHRASE);
		bench_kind(b, ways[i]);
		stick_tend(&b->kiosk);
		assert_null(b->kiosk.calls);
		assert_null(b->kiosk.model.stick.calls);
		bench_stop(b);
	}
}

static void details_are_read_as_they_were_written(void **state)
{
	(void)state;
	char out[16];
	struct str name = STR("first_name");
	struct str text = STR("{\"phone\":\"06\",\"first_name\":\"\\\"A\\\\\\u0001\\n\"}   ");
	assert_int_equal(calls_read_member(text, name, out, sizeof(out)), 5);
	assert_memory_equal(out, "\"A\\\x01 ", 5);
	static const char *const broken[] = {"", "{", "{\"first_name\"", "{\"first_name\":\"",
		"{\"first_name\":\"\\", "{\"first_name\":\"\\u", "\"", "{\"x\":\"first_name\"}"};
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		assert_int_equal(calls_read_member(str_from(broken[i]), name, out, sizeof(out)), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_stick_comes_and_goes),
		cmocka_unit_test(forty_leave_sealed),
		cmocka_unit_test(a_file_where_the_stick_should_be_is_said),
		cmocka_unit_test(the_list_opens_with_its_passphrase_only),
		cmocka_unit_test(the_list_goes_with_the_stick),
		cmocka_unit_test(the_list_goes_after_five_minutes),
		cmocka_unit_test(the_list_goes_when_the_host_does),
		cmocka_unit_test(details_are_read_as_they_were_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
