/* The cards, and which of what there is already comes nearest to one. A card names themes and the
 * beginnings of words. What a group offers in those words weighs most, then its name and tagline,
 * then its theme, then its summary; protective factors only decide between equals, because nearly
 * everything strengthens nearly everything. */
#include "model/wish.h"

#include <assert.h>
#include <string.h>

static_assert(sizeof("kinderen-en-ouders") <= WISH_CARD_BYTES, "a code and its NUL");

enum weight { WEIGH_OFFER = 6, WEIGH_TITLE = 5, WEIGH_THEME = 4, WEIGH_TEXT = 3, WEIGH_FACTOR = 1 };

#define LIST(...)                                                                                  \
	(const struct str[])                                                                       \
	{                                                                                          \
		__VA_ARGS__, STR_CONST("")                                                         \
	}
#define WORD(literal) STR_CONST(literal)
#define FACTORS(...)                                                                               \
	(const int[])                                                                              \
	{                                                                                          \
		__VA_ARGS__, 0                                                                     \
	}

const struct wish_card wish_cards[WISH_CARD_COUNT] = {
	{STR_CONST("samen-eten"), STR_CONST("restaurant"), STR_CONST("wish-eat"),
		LIST(WORD("ontmoeten")),
		LIST(WORD("eten"), WORD("eet"), WORD("kook"), WORD("koken"), WORD("maaltijd"),
			WORD("recept"), WORD("koffie"), WORD("soep"), WORD("lunch")),
		FACTORS(1)},
	{STR_CONST("wandelen"), STR_CONST("directions_walk"), STR_CONST("wish-walk"),
		LIST(WORD("bewegen")),
		LIST(WORD("wandel"), WORD("loop"), WORD("lopen"), WORD("buiten"), WORD("route")),
		FACTORS(6)},
	{STR_CONST("taal-oefenen"), STR_CONST("translate"), STR_CONST("wish-language"),
		LIST(WORD("taal")),
		LIST(WORD("taal"), WORD("nederlands"), WORD("lezen"), WORD("praatje")), FACTORS(7)},
	{STR_CONST("praten"), STR_CONST("forum"), STR_CONST("wish-talk"),
		LIST(WORD("steun_thuis"), WORD("ontmoeten"), WORD("rust")),
		LIST(WORD("luister"), WORD("praat"), WORD("praten")), FACTORS(5)},
	{STR_CONST("papieren"), STR_CONST("description"), STR_CONST("wish-papers"),
		LIST(WORD("hulp")),
		LIST(WORD("brief"), WORD("brieven"), WORD("formulier"), WORD("papier"),
			WORD("aanvra"), WORD("geld"), WORD("administratie")),
		FACTORS(5)},
	{STR_CONST("iets-maken"), STR_CONST("palette"), STR_CONST("wish-make"),
		LIST(WORD("talent")),
		LIST(WORD("maken"), WORD("timmer"), WORD("gereedschap"), WORD("boormachine"),
			WORD("teken"), WORD("naai"), WORD("schilder"), WORD("muziek"),
			WORD("talent"), WORD("klus")),
		FACTORS(4, 10)},
	{STR_CONST("bewegen"), STR_CONST("sports_soccer"), STR_CONST("wish-move"),
		LIST(WORD("bewegen"), WORD("groen")),
		LIST(WORD("bewe"), WORD("sport"), WORD("gym"), WORD("dans"), WORD("fiets"),
			WORD("yoga"), WORD("wandel"), WORD("loop"), WORD("buiten")),
		FACTORS(6)},
	{STR_CONST("tuin-en-groen"), STR_CONST("potted_plant"), STR_CONST("wish-garden"),
		LIST(WORD("groen")),
		LIST(WORD("tuin"), WORD("groen"), WORD("plant"), WORD("bloem"), WORD("groente"),
			WORD("stek"), WORD("buurttuin")),
		FACTORS(6)},
	{STR_CONST("kinderen-en-ouders"), STR_CONST("escalator_warning"), STR_CONST("wish-family"),
		LIST(WORD("opvoeden")),
		LIST(WORD("kind"), WORD("ouders"), WORD("moeder"), WORD("vader"), WORD("opvoed"),
			WORD("gezin"), WORD("oppas"), WORD("speel")),
		FACTORS(5, 3)},
};

const struct wish_card *wish_card(struct str code)
{
	for (size_t i = 0; i < WISH_CARD_COUNT; i++)
		if (str_equal(wish_cards[i].code, code))
			return &wish_cards[i];
	return NULL;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Bytes of letters beyond ASCII count as letters. */
static bool is_letter(char c)
{
	return (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

static bool begins_at(struct str text, size_t at, struct str word)
{
	if (word.len > text.len - at)
		return false;
	for (size_t i = 0; i < word.len; i++)
		if (lower(text.ptr[at + i]) != word.ptr[i])
			return false;
	return true;
}

/* Whether a word of the text begins with one of the words. */
static bool says(struct str text, const struct str *words)
{
	for (size_t at = 0; at < text.len; at++) {
		if (!is_letter(text.ptr[at]) || (at > 0 && is_letter(text.ptr[at - 1])))
			continue;
		for (size_t w = 0; words[w].len; w++)
			if (begins_at(text, at, words[w]))
				return true;
	}
	return false;
}

/* The first sentence that says one of the words, or nothing. */
static struct str sentence_saying(struct str text, const struct str *words)
{
	size_t start = 0;
	for (size_t at = 0; at < text.len; at++) {
		bool ends = at + 1 == text.len ||
			    (strchr(".!?", text.ptr[at]) && text.ptr[at + 1] == ' ');
		if (!ends)
			continue;
		struct str sentence = str_trim(str_slice(text, start, at + 1));
		if (says(sentence, words))
			return sentence;
		start = at + 1;
	}
	return (struct str){0};
}

/* Reasons are tried from the best one on; the first that holds is the one that is told. */
static void add(struct wish_near *near, enum weight weight, enum wish_why why, struct str text)
{
	if (near->score == 0) {
		near->why = why;
		near->text = text;
	}
	near->score += (int)weight;
}

static void weigh_offers(struct wish_near *near, const struct wish_card *card)
{
	const struct str_list *offers = &near->initiative->offers;
	for (size_t i = 0; i < offers->count; i++)
		if (says(offers->items[i], card->words)) {
			add(near, WEIGH_OFFER, WISH_WHY_OFFER, offers->items[i]);
			return;
		}
}

static void weigh_factor_words(struct wish_near *near, const struct wish_card *card)
{
	const struct initiative *i = near->initiative;
	for (size_t f = 0; f < i->factor_count; f++)
		if (says(i->factors[f].why, card->words)) {
			add(near, WEIGH_TEXT, WISH_WHY_FACTOR, i->factors[f].why);
			return;
		}
}

static void weigh_theme(struct wish_near *near, const struct wish_card *card)
{
	for (size_t t = 0; card->themes[t].len; t++)
		if (str_list_contains(&near->initiative->themes, card->themes[t])) {
			int weight = WEIGH_THEME - (int)t; /* the first is the nearest */
			add(near, (enum weight)(weight > 1 ? weight : 1), WISH_WHY_THEME,
				card->themes[t]);
			return;
		}
}

/* What it strengthens: only beside another reason, and told instead of a bare theme. */
static void weigh_factors(struct wish_near *near, const struct wish_card *card)
{
	const struct initiative *i = near->initiative;
	if (near->score == 0)
		return;
	for (size_t k = 0; card->factors[k]; k++)
		for (size_t f = 0; f < i->factor_count; f++) {
			if (i->factors[f].number != card->factors[k])
				continue;
			near->score += WEIGH_FACTOR;
			if (near->why == WISH_WHY_THEME && i->factors[f].why.len) {
				near->why = WISH_WHY_FACTOR;
				near->text = i->factors[f].why;
			}
		}
}

static struct wish_near weigh(const struct initiative *initiative, const struct wish_card *card)
{
	struct wish_near near = {.initiative = initiative};
	weigh_offers(&near, card);
	if (says(initiative->tagline, card->words))
		add(&near, WEIGH_TITLE, WISH_WHY_TEXT, initiative->tagline);
	else if (says(initiative->name, card->words))
		add(&near, WEIGH_TITLE, WISH_WHY_TEXT, initiative->name);
	weigh_factor_words(&near, card);
	struct str sentence = sentence_saying(initiative->summary, card->words);
	if (sentence.len)
		add(&near, WEIGH_TEXT, WISH_WHY_TEXT, sentence);
	weigh_theme(&near, card);
	weigh_factors(&near, card);
	return near;
}

size_t wish_nearest(const struct catalogue *catalogue, const struct wish_card *card,
	struct wish_near near[WISH_NEAR_MOST])
{
	size_t count = 0;
	for (size_t i = 0; catalogue && i < catalogue->initiative_count; i++) {
		const struct initiative *initiative = &catalogue->initiatives[i];
		if (initiative->status != STATUS_ACTIVE)
			continue;
		struct wish_near one = weigh(initiative, card);
		size_t at = count;
		while (at > 0 && near[at - 1].score < one.score) /* equals stay in file order */
			at--;
		if (one.score == 0 || at == WISH_NEAR_MOST)
			continue;
		size_t kept = count < WISH_NEAR_MOST ? count : WISH_NEAR_MOST - 1;
		memmove(&near[at + 1], &near[at], (kept - at) * sizeof(near[0]));
		near[at] = one;
		count = kept + 1;
	}
	return count;
}
