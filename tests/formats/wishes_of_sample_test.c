/* "Dit is er al" on the sample catalogue: a sensible answer with its reason for every card. */
#include "formats/buurtlijst.h"
#include "model/catalogue.h"
#include "model/wish.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static const struct catalogue *sample(void)
{
	struct str bytes;
	struct record_list records;
	struct error err = {0};
	if (!env_read_file(
		    env_os(), &arena, "assets/catalogue/buurtlijst.json", 1 << 20, &bytes, &err) ||
		!buurtlijst_read(&arena, bytes, &records, &err))
		fail_msg("%s", err.message);
	return catalogue_build(&arena, records.items, records.count, NULL, NULL);
}

static const char *const whys[] = {[WISH_WHY_OFFER] = "offer",
	[WISH_WHY_FACTOR] = "factor",
	[WISH_WHY_THEME] = "theme",
	[WISH_WHY_TEXT] = "text"};

static const char *const expected[WISH_CARD_COUNT][WISH_NEAR_MOST] = {
	/* as wish_cards stands */
	{"vrouwengroep, text: Samen praten, koken en leren",
		"ggz-welzijn, text: Samen wandelen en koffie",
		"zuid-doet-samen, text: Elke vrijdag is er koffie en een praatje."},
	{"ggz-welzijn, text: Samen wandelen en koffie",
		"buurt-in-bloei, factor: Fijn buiten bezig zijn."},
	{"vrouwengroep, offer: Taal oefenen",
		"zuid-doet-samen, text: Elke vrijdag is er koffie en een praatje."},
	{"zuid-doet-samen, offer: Een luisterend oor",
		"vrouwengroep, text: Samen praten, koken en leren",
		"ggz-welzijn, offer: Iemand die luistert"},
	{"wmo-welzijn, offer: Hulp bij een aanvraag",
		"jongeren-coaching, offer: Hulp met school, werk of geld",
		"zuid-doet-samen, offer: Hulp met een brief"},
	{"buurt-in-bloei, offer: Gereedschap lenen",
		"abcd-methode, factor: Jouw talent wordt gezien.",
		"zuid-doet-samen, offer: Boormachine lenen"},
	{"ggz-welzijn, text: Samen wandelen en koffie",
		"buurt-in-bloei, factor: Fijn buiten bezig zijn."},
	{"buurt-in-bloei, offer: Groente en bloemen"},
	{"vrouwengroep, offer: Oppas tijdens de groep", "home-start, offer: Steun bij opvoeden",
		"buurt-in-bloei, factor: Kinderen en ouderen beslissen mee."},
};

static void every_card_has_sensible_neighbours(void **state)
{
	(void)state;
	const struct catalogue *catalogue = sample();
	for (size_t i = 0; i < WISH_CARD_COUNT; i++) {
		struct wish_near near[WISH_NEAR_MOST];
		size_t count = wish_nearest(catalogue, &wish_cards[i], near);
		for (size_t k = 0; k < WISH_NEAR_MOST; k++) {
			if (!expected[i][k]) {
				assert_true(count <= k);
				continue;
			}
			assert_true(k < count);
			struct str line = str_format(&arena, "%.*s, %s: %.*s",
				STR_ARG(near[k].initiative->slug), whys[near[k].why],
				STR_ARG(near[k].text));
			assert_string_equal(str_z(&arena, line), expected[i][k]);
		}
	}
	arena_finish(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_card_has_sensible_neighbours),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
