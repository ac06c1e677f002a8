/* The cards of "Ik zoek": their codes are on disk for ever, and each leads to sensible neighbours
 * in the sample catalogue. */
#include "model/wish.h"

#include "model/catalogue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define LIST(...)                                                                                  \
	(struct str[])                                                                             \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}

static void a_card_is_found_by_its_code(void **state)
{
	(void)state;
	static const char *const codes[] = {"samen-eten", "wandelen", "taal-oefenen", "praten",
		"papieren", "iets-maken", "bewegen", "tuin-en-groen", "kinderen-en-ouders"};
	assert_int_equal(sizeof(codes) / sizeof(codes[0]), WISH_CARD_COUNT);
	for (size_t i = 0; i < WISH_CARD_COUNT; i++) {
		assert_ptr_equal(wish_card(str_from(codes[i])), &wish_cards[i]);
		assert_true(wish_cards[i].code.len < WISH_CARD_BYTES);
		for (size_t k = 0; k < wish_cards[i].code.len; k++)
			assert_true(
				strchr("abcdefghijklmnopqrstuvwxyz-", wish_cards[i].code.ptr[k]));
	}
	assert_null(wish_card(STR("")));
	assert_null(wish_card(STR("samen")));
	assert_null(wish_card(STR("SAMEN-ETEN")));
}

/* A catalogue of one initiative, to which a test gives what it is about. */
struct one {
	struct initiative initiative;
	struct catalogue catalogue;
};

static const struct catalogue *alone(struct one *one)
{
	one->initiative.status = STATUS_ACTIVE;
	one->catalogue = (struct catalogue){.initiatives = &one->initiative, .initiative_count = 1};
	return &one->catalogue;
}

static void the_best_reason_is_told(void **state)
{
	(void)state;
	struct wish_near near[WISH_NEAR_MOST];
	const struct wish_card *card = wish_card(STR("papieren"));
	struct protective_factor factor = {5, STR("Je staat er niet alleen voor.")};
	struct one one = {.initiative = {.themes = {LIST(STR("hulp")), 1}}};
	assert_int_equal(wish_nearest(alone(&one), card, near), 1);
	assert_int_equal(near[0].why, WISH_WHY_THEME);
	assert_true(str_equal(near[0].text, STR("hulp")));

	one.initiative.factors = &factor;
	one.initiative.factor_count = 1;
	assert_int_equal(wish_nearest(alone(&one), card, near), 1);
	assert_int_equal(near[0].why, WISH_WHY_FACTOR);
	assert_true(str_equal(near[0].text, factor.why));

	one.initiative.tagline = STR("Samen door je Brieven");
	assert_int_equal(wish_nearest(alone(&one), card, near), 1);
	assert_int_equal(near[0].why, WISH_WHY_TEXT);

	one.initiative.offers = (struct str_list){LIST(STR("Thee"), STR("Hulp bij een brief")), 2};
	assert_int_equal(wish_nearest(alone(&one), card, near), 1);
	assert_int_equal(near[0].why, WISH_WHY_OFFER);
	assert_true(str_equal(near[0].text, STR("Hulp bij een brief")));
}

static void only_what_has_to_do_with_it_is_near(void **state)
{
	(void)state;
	struct wish_near near[WISH_NEAR_MOST];
	const struct wish_card *eat = wish_card(STR("samen-eten"));
	struct protective_factor factor = {1, STR("Je hoort erbij.")};
	struct one one = {.initiative = {.factors = &factor, .factor_count = 1}};
	assert_int_equal(wish_nearest(alone(&one), eat, near), 0); /* a factor is no reason alone */
	one.initiative.tagline = STR("We weten het"); /* "eten" begins no word here */
	assert_int_equal(wish_nearest(alone(&one), eat, near), 0);
	one.initiative.tagline = STR("(Eten) met z'n allen");
	assert_int_equal(wish_nearest(alone(&one), eat, near), 1);
	alone(&one);
	static const enum initiative_status gone[] = {STATUS_DRAFT, STATUS_PAUSED, STATUS_ENDED};
	for (size_t i = 0; i < 3; i++) {
		one.initiative.status = gone[i];
		assert_int_equal(wish_nearest(&one.catalogue, eat, near), 0);
	}
	assert_int_equal(wish_nearest(NULL, eat, near), 0);
}

static void the_best_three_of_many_come_first(void **state)
{
	(void)state;
	struct initiative many[40];
	struct wish_near near[WISH_NEAR_MOST];
	struct str theme = STR("ontmoeten"), offer = STR("Soep");
	memset(many, 0, sizeof(many));
	for (size_t i = 0; i < 40; i++) {
		many[i].status = STATUS_ACTIVE;
		many[i].themes = (struct str_list){&theme, 1};
	}
	many[17].offers = many[39].offers = (struct str_list){&offer, 1};
	many[39].tagline = STR("Samen koken");
	struct catalogue catalogue = {.initiatives = many, .initiative_count = 40};
	assert_int_equal(wish_nearest(&catalogue, wish_card(STR("samen-eten")), near), 3);
	assert_ptr_equal(near[0].initiative, &many[39]);
	assert_ptr_equal(near[1].initiative, &many[17]);
	assert_ptr_equal(near[2].initiative, &many[0]); /* equals stay in order */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_card_is_found_by_its_code),
		cmocka_unit_test(the_best_reason_is_told),
		cmocka_unit_test(only_what_has_to_do_with_it_is_near),
		cmocka_unit_test(the_best_three_of_many_come_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
