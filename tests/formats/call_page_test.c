/* What goes into the page, and that no name can break out of where it stands. What the page does is
 * tests/e2e/call_list_test. */
#include "formats/call_page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

static const unsigned char nonce[CALL_PAGE_NONCE_BYTES] = {0xff, 0xff, 0xff};

static struct call_page_parts parts_with(const char *template)
{
	return (struct call_page_parts){
		.template = str_from(template),
		.style = STR("@media{}"),
		.script = STR("script"),
		.sodium = STR("sodium"),
		.wrappers = STR("wrappers"),
	};
}

static void parts_go_in_and_are_not_looked_into(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct call_page_parts parts = parts_with("@STYLE@|@SODIUM@ @WRAPPERS@ @SCRIPT@|@NONCE@");
	struct call_page page = {.venue = STR("")};
	struct error err = {0};
	struct str html;
	assert_true(call_page_write(&arena, &parts, &page, nonce, &html, &err));
	assert_true(
		str_equal(html, STR("@media{}|sodium wrappers script|////AAAAAAAAAAAAAAAAAA==")));
}

static void a_name_stays_a_name(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct call_page_entry entry = {
		.initiative = STR("</script><script>alert(1)</script><!--\"\\@NONCE@"),
		.start = {{2026, 12, 1}, 9, 5, 0},
		.party = 2,
		.companion = true,
		.place = 3,
		.box = STR("\x00\xff\x10"),
	};
	struct call_page page = {
		.venue = STR("De <Linde>"), .made = {2026, 11, 30}, .entries = &entry, .count = 1};
	struct call_page_parts parts = parts_with("@DATA@");
	struct error err = {0};
	struct str html;
	struct json data;
	assert_true(call_page_write(&arena, &parts, &page, nonce, &html, &err));
	assert_int_equal(str_find(html, STR("<")), -1);
	assert_true(json_parse(&arena, html, &data, &err));
	assert_true(str_equal(json_string(json_get(&data, STR("venue"))), page.venue));
	assert_true(str_equal(json_string(json_get(&data, STR("made"))), STR("2026-11-30")));
	const struct json *one = &json_get(&data, STR("sign_ups"))->items[0];
	assert_true(str_equal(json_string(json_get(one, STR("initiative"))), entry.initiative));
	assert_true(str_equal(json_string(json_get(one, STR("at"))), STR("2026-12-01T09:05")));
	assert_true(str_equal(json_string(json_get(one, STR("box"))), STR("AP8Q")));
	assert_int_equal(json_get(one, STR("party"))->integer, 2);
	assert_int_equal(json_get(one, STR("place"))->integer, 3);
}

static void a_wish_has_no_meeting(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct call_page_entry entries[] = {
		{.is_wish = true,
			.initiative = STR("Ik zoek: wandelen"),
			.asked = {2026, 11, 3},
			.box = STR("x")},
		{.is_wish = true, .initiative = STR("Ik zoek: wandelen"), .box = STR("x")},
	};
	struct call_page page = {.venue = STR(""), .entries = entries, .count = 2};
	struct call_page_parts parts = parts_with("@DATA@");
	struct error err = {0};
	struct str html;
	struct json data;
	assert_true(call_page_write(&arena, &parts, &page, nonce, &html, &err));
	assert_true(json_parse(&arena, html, &data, &err));
	const struct json *wishes = json_get(&data, STR("sign_ups"))->items;
	assert_int_equal(json_get(&wishes[0], STR("wish"))->type, JSON_IS_TRUE);
	assert_true(str_equal(json_string(json_get(&wishes[0], STR("at"))), STR("")));
	assert_true(str_equal(json_string(json_get(&wishes[0], STR("asked"))), STR("2026-11-03")));
	assert_true(str_equal(json_string(json_get(&wishes[1], STR("asked"))), STR("")));
}

static void an_unknown_part_is_refused(void **state)
{
	(void)state;
	static const char *const templates[] = {"a @NOSUCH@ b", "half a @NONCE", "@"};
	for (size_t i = 0; i < sizeof(templates) / sizeof(templates[0]); i++) {
		CLEANUP(arena_finish) struct arena arena = {0};
		struct call_page_parts parts = parts_with(templates[i]);
		struct call_page page = {.venue = STR("")};
		struct error err = {0};
		struct str html;
		assert_false(call_page_write(&arena, &parts, &page, nonce, &html, &err));
		assert_int_equal(err.code, ERROR_DAMAGED);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_go_in_and_are_not_looked_into),
		cmocka_unit_test(a_name_stays_a_name),
		cmocka_unit_test(a_wish_has_no_meeting),
		cmocka_unit_test(an_unknown_part_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
