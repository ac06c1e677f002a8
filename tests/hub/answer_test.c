/* Answers without sockets: every address of the table, by every method; what is asked for wrongly;
 * what a bundle does; and that nothing that people typed becomes HTML. */
#include "fake/fake.h"
#include "hub/answer.h"
#include "hub/page.h"
#include "store/identity.h"
#include "sync/hub_create.h"
#include "sync/sync_http.h"
#include "sync/up.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define EVIL "<script>alert(\"Buurt & 'team'\")</script>"

static struct arena arena;
static struct hub hub;

static int begin(void **state)
{
	(void)state;
	struct error err = {0};
	hub.env = fake_create(7);
	fake_sqlite_install(hub.env);
	hub.store = store_open(hub.env, "var/hub", &err);
	if (!hub.store || !hub_create(hub.store, STR(EVIL), STR(""), &err))
		fail_msg("%s", err.message);
	return 0;
}

static int end(void **state)
{
	(void)state;
	store_close(hub.store);
	fake_sqlite_remove();
	fake_destroy(hub.env);
	arena_finish(&arena);
	return 0;
}

static struct answer ask(const char *method, const char *path)
{
	struct request r = {.method = str_from(method), .path = str_from(path)};
	return answer_request(&hub, &arena, &r);
}

static struct answer post(struct str body)
{
	struct request r = {.method = STR("POST"), .path = STR("/v1/frames"), .body = body};
	return answer_request(&hub, &arena, &r);
}

static bool contains(struct str text, const char *piece)
{
	return str_find(text, str_from(piece)) >= 0;
}

static void every_address_answers(void **state)
{
	(void)state;
	static const struct {
		const char *path, *type, *holds;
	} cases[] = {
		{"/", "text/html; charset=utf-8", "<!DOCTYPE html>"},
		{"/v1/down", SYNC_HTTP_FRAMES, "BBF1"},
		{"/v1/head", SYNC_HTTP_FRAMES, "BBF1"},
		{"/v1/health", SYNC_HTTP_JSON, "\"status\":\"ok\""},
		{"/v1/devices", SYNC_HTTP_JSON, "\"devices\":["},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct answer a = ask("GET", cases[i].path);
		assert_int_equal(a.status, 200);
		assert_string_equal(a.content_type, cases[i].type);
		assert_true(contains(a.body, cases[i].holds));
		assert_int_equal(ask("HEAD", cases[i].path).status, 200);
		a = ask("DELETE", cases[i].path);
		assert_int_equal(a.status, 405);
		assert_string_equal(a.allow, "GET, HEAD");
	}
	assert_int_equal(ask("GET", "/v1/frames").status, 405);
	assert_string_equal(ask("GET", "/v1/frames").allow, "POST");
}

static void nothing_stands_elsewhere(void **state)
{
	(void)state;
	static const char *const paths[] = {
		"", "//", "/v1", "/v1/", "/v1/down/", "/v1/downs", "/../v1/down", "/V1/DOWN"};
	size_t limit;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
		assert_int_equal(ask("GET", paths[i]).status, 404);
		assert_int_equal(answer_find(STR("GET"), str_from(paths[i]), &limit), 404);
	}
	assert_int_equal(answer_find(STR("POST"), STR("/v1/frames"), &limit), 0);
	assert_int_equal(limit, ANSWER_BODY_LIMIT_BYTES);
	assert_int_equal(answer_find(STR("GET"), STR("/v1/down"), &limit), 0);
	assert_int_equal(limit, 0);
	assert_int_equal(answer_find(STR("PUT"), STR("/v1/down"), &limit), 405);
}

static void a_place_in_the_log_is_a_number(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"", "-1", "x", "1x", " 1", "1e3", "99999999999999999999", "1152921504606846977"};
	struct request r = {.method = STR("GET"), .path = STR("/v1/down")};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		r.after = wrong[i];
		assert_int_equal(answer_request(&hub, &arena, &r).status, 400);
	}
	r.after = "1000000";
	assert_int_equal(answer_request(&hub, &arena, &r).status, 200);
}

static void what_is_known_does_not_travel(void **state)
{
	(void)state;
	struct request r = {.method = STR("GET"), .path = STR("/v1/down")};
	struct answer a = answer_request(&hub, &arena, &r);
	assert_non_null(a.etag);
	r.if_none_match = a.etag;
	a = answer_request(&hub, &arena, &r);
	assert_int_equal(a.status, 304);
	assert_int_equal(a.body.len, 0);
	r.if_none_match = "W/\"0000000000000000-0-0000000000000000\"";
	assert_int_equal(answer_request(&hub, &arena, &r).status, 200);
}

static void noise_is_refused_by_reason(void **state)
{
	(void)state;
	struct answer a = post(STR("<html>Welkom op onze wifi</html>"));
	assert_int_equal(a.status, 400);
	assert_true(contains(a.body, "\"torn\":true"));
	assert_true(contains(a.body, "\"refused\":1"));
	assert_true(contains(a.body, "\"why\":\"frame at byte 0"));
	a = post(STR(""));
	assert_int_equal(a.status, 200);
	assert_true(contains(a.body, "\"refused\":0"));
}

/* What it said itself is heard, for it may have forgotten it; here it has not. */
static void its_own_word_is_nothing_new(void **state)
{
	(void)state;
	struct answer a = post(ask("GET", "/v1/head").body);
	assert_int_equal(a.status, 200);
	assert_true(contains(a.body, "\"foreign\":0"));
	assert_true(contains(a.body, "\"refused\":0"));
	assert_true(contains(a.body, "\"new\":0"));
}

static void what_people_typed_is_no_html(void **state)
{
	(void)state;
	struct error err = {0};
	const uint8_t device[WRITER_PART_BYTES] = {1}, key[IDENTITY_KEY_BYTES] = {2};
	if (!store_admit(hub.store, device, key, STR(EVIL), (struct uuid){{0}}, &err))
		fail_msg("%s", err.message);
	struct answer a = ask("GET", "/");
	assert_false(contains(a.body, "<script"));
	assert_true(contains(
		a.body, "<td>&lt;script&gt;alert(&quot;Buurt &amp; &#39;team&#39;&quot;)"));
	assert_true(contains(a.body, "<h1>&lt;script&gt;"));
	assert_true(contains(a.body, "0100000000000000"));
	assert_true(contains(ask("GET", "/v1/devices").body,
		"\"name\":\"<script>alert(\\\"Buurt & 'team'\\\")</script>\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_address_answers),
		cmocka_unit_test(nothing_stands_elsewhere),
		cmocka_unit_test(a_place_in_the_log_is_a_number),
		cmocka_unit_test(what_is_known_does_not_travel),
		cmocka_unit_test(noise_is_refused_by_reason),
		cmocka_unit_test(its_own_word_is_nothing_new),
		cmocka_unit_test(what_people_typed_is_no_html),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
