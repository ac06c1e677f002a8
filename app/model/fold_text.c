/* Folding by ranges of code points: the first range that holds a letter says what becomes of it.
 * The sound is a list of spellings, the longest that fits first, after which doubled letters become
 * one. Neither asks the locale, so an index made on one machine serves another. */
#include "model/fold_text.h"

#include "model/fold_words.h"

#include <stdint.h>
#include <string.h>

enum fold_kind {
	FOLD_DROP, /* a mark on another letter */
	FOLD_BREAK, /* between words */
	FOLD_ADD, /* moved by a number */
	FOLD_LETTERS, /* each to its own letter */
	FOLD_TO, /* all to one text */
};

struct fold_range {
	uint32_t first, last;
	enum fold_kind kind;
	int32_t add;
	const char *to;
};

static const struct fold_range ranges[] = {
	{'0', '9', FOLD_ADD, 0, NULL},
	{'a', 'z', FOLD_ADD, 0, NULL},
	{'A', 'Z', FOLD_ADD, 'a' - 'A', NULL},
	{'\'', '\'', FOLD_DROP, 0, NULL},
	{0x00, 0xa9, FOLD_BREAK, 0, NULL},
	{0xaa, 0xaa, FOLD_TO, 0, "a"},
	{0xad, 0xad, FOLD_DROP, 0, NULL}, /* soft hyphen */
	{0xba, 0xba, FOLD_TO, 0, "o"},
	{0xab, 0xbf, FOLD_BREAK, 0, NULL},
	{0xc6, 0xc6, FOLD_TO, 0, "ae"},
	{0xe6, 0xe6, FOLD_TO, 0, "ae"},
	{0xd7, 0xd7, FOLD_BREAK, 0, NULL},
	{0xf7, 0xf7, FOLD_BREAK, 0, NULL},
	{0xdf, 0xdf, FOLD_TO, 0, "ss"},
	{0xc0, 0xff, FOLD_LETTERS, 0,
		"aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty"},
	{0x132, 0x133, FOLD_TO, 0, "ij"},
	{0x152, 0x153, FOLD_TO, 0, "oe"},
	{0x100, 0x17f, FOLD_LETTERS, 0,
		"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln"
		"nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"},
	{0x218, 0x21b, FOLD_LETTERS, 0, "sstt"},
	{0x300, 0x36f, FOLD_DROP, 0, NULL},
	/* Greek: without accents, final sigma as sigma */
	{0x386, 0x386, FOLD_TO, 0, "\u03b1"},
	{0x388, 0x388, FOLD_TO, 0, "\u03b5"},
	{0x389, 0x389, FOLD_TO, 0, "\u03b7"},
	{0x38a, 0x38a, FOLD_TO, 0, "\u03b9"},
	{0x38c, 0x38c, FOLD_TO, 0, "\u03bf"},
	{0x38e, 0x38e, FOLD_TO, 0, "\u03c5"},
	{0x38f, 0x38f, FOLD_TO, 0, "\u03c9"},
	{0x391, 0x3a9, FOLD_ADD, 0x20, NULL},
	{0x3ac, 0x3ac, FOLD_TO, 0, "\u03b1"},
	{0x3ad, 0x3ad, FOLD_TO, 0, "\u03b5"},
	{0x3ae, 0x3ae, FOLD_TO, 0, "\u03b7"},
	{0x3af, 0x3af, FOLD_TO, 0, "\u03b9"},
	{0x3c2, 0x3c2, FOLD_TO, 0, "\u03c3"},
	{0x3cc, 0x3cc, FOLD_TO, 0, "\u03bf"},
	{0x3cd, 0x3cd, FOLD_TO, 0, "\u03c5"},
	{0x3ce, 0x3ce, FOLD_TO, 0, "\u03c9"},
	/* Cyrillic: small letters; io as ie, yi as i, short i as i, ghe with upturn as ghe */
	{0x401, 0x401, FOLD_TO, 0, "\u0435"},
	{0x407, 0x407, FOLD_TO, 0, "\u0456"},
	{0x419, 0x419, FOLD_TO, 0, "\u0438"},
	{0x400, 0x40f, FOLD_ADD, 0x50, NULL},
	{0x410, 0x42f, FOLD_ADD, 0x20, NULL},
	{0x439, 0x439, FOLD_TO, 0, "\u0438"},
	{0x451, 0x451, FOLD_TO, 0, "\u0435"},
	{0x457, 0x457, FOLD_TO, 0, "\u0456"},
	{0x490, 0x491, FOLD_TO, 0, "\u0433"},
	/* Arabic: one alif, one ya, one kaf; ta marbuta as ha; no vowel signs, no tatweel */
	{0x60c, 0x60d, FOLD_BREAK, 0, NULL},
	{0x61b, 0x61f, FOLD_BREAK, 0, NULL},
	{0x622, 0x623, FOLD_TO, 0, "\u0627"},
	{0x624, 0x624, FOLD_TO, 0, "\u0648"},
	{0x625, 0x625, FOLD_TO, 0, "\u0627"},
	{0x626, 0x626, FOLD_TO, 0, "\u064a"},
	{0x629, 0x629, FOLD_TO, 0, "\u0647"},
	{0x640, 0x640, FOLD_DROP, 0, NULL},
	{0x649, 0x649, FOLD_TO, 0, "\u064a"},
	{0x64b, 0x65f, FOLD_DROP, 0, NULL},
	{0x660, 0x669, FOLD_ADD, '0' - 0x660, NULL},
	{0x66a, 0x66d, FOLD_BREAK, 0, NULL},
	{0x670, 0x670, FOLD_DROP, 0, NULL},
	{0x671, 0x671, FOLD_TO, 0, "\u0627"},
	{0x6a9, 0x6a9, FOLD_TO, 0, "\u0643"},
	{0x6cc, 0x6cc, FOLD_TO, 0, "\u064a"},
	{0x6d4, 0x6d4, FOLD_BREAK, 0, NULL},
	{0x6f0, 0x6f9, FOLD_ADD, '0' - 0x6f0, NULL},
	/* Vietnamese and other letters with two marks */
	{0x1e9e, 0x1e9e, FOLD_TO, 0, "ss"},
	{0x1ea0, 0x1eb7, FOLD_TO, 0, "a"},
	{0x1eb8, 0x1ec7, FOLD_TO, 0, "e"},
	{0x1ec8, 0x1ecb, FOLD_TO, 0, "i"},
	{0x1ecc, 0x1ee3, FOLD_TO, 0, "o"},
	{0x1ee4, 0x1ef1, FOLD_TO, 0, "u"},
	{0x1ef2, 0x1ef9, FOLD_TO, 0, "y"},
	/* punctuation, signs, pictures */
	{0x200b, 0x200f, FOLD_DROP, 0, NULL},
	{0x2018, 0x2019, FOLD_DROP, 0, NULL},
	{0x2000, 0x2bff, FOLD_BREAK, 0, NULL},
	{0x3000, 0x303f, FOLD_BREAK, 0, NULL},
	{0xe000, 0xf8ff, FOLD_BREAK, 0, NULL},
	{0xfe00, 0xfe0f, FOLD_DROP, 0, NULL},
	{0xfeff, 0xfeff, FOLD_DROP, 0, NULL},
	{0xff00, 0xffff, FOLD_BREAK, 0, NULL},
	{0x1f000, 0x1ffff, FOLD_BREAK, 0, NULL},
	{0xe0000, 0x10ffff, FOLD_DROP, 0, NULL},
};

static const struct fold_range *range_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return &ranges[i];
	return NULL;
}

/* The fold of one letter: FOLD_DROP, FOLD_BREAK, or FOLD_TO with the text. `as_it_is` is the letter
 * in the text; `room` holds a letter that is made. */
static enum fold_kind fold_letter(
	uint32_t code, struct str as_it_is, char room[2], struct str *folded)
{
	const struct fold_range *range = range_of(code);
	*folded = as_it_is;
	if (!range)
		return FOLD_TO;
	if (range->kind == FOLD_TO) {
		*folded = str_from(range->to);
	} else if (range->kind == FOLD_LETTERS) {
		*folded = (struct str){range->to + (code - range->first), 1};
	} else if (range->kind == FOLD_ADD) {
		uint32_t to = (uint32_t)((int32_t)code + range->add);
		bool one = to < 0x80;
		room[0] = (char)(one ? to : 0xc0 | to >> 6);
		room[1] = (char)(0x80 | (to & 0x3f));
		*folded = (struct str){room, one ? 1 : 2};
	}
	return range->kind == FOLD_DROP || range->kind == FOLD_BREAK ? range->kind : FOLD_TO;
}

/* Walks over the words of a text. */
struct fold_walk {
	struct str text;
	size_t at; /* in text */
	size_t from, to; /* where the word stands in the text */
	char word[FOLD_WORD_BYTES]; /* its fold */
	size_t bytes;
};

static bool next_word(struct fold_walk *walk)
{
	walk->bytes = 0;
	while (walk->at < walk->text.len) {
		size_t before = walk->at;
		char room[2];
		struct str folded;
		uint32_t code = str_next_code_point(walk->text, &walk->at);
		struct str as_it_is = str_slice(walk->text, before, walk->at);
		enum fold_kind kind = fold_letter(code, as_it_is, room, &folded);
		if (kind == FOLD_BREAK && walk->bytes > 0)
			return true;
		if (kind == FOLD_BREAK || (kind == FOLD_DROP && walk->bytes == 0))
			continue;
		if (walk->bytes == 0)
			walk->from = before;
		walk->to = walk->at;
		if (kind == FOLD_DROP || walk->bytes + folded.len > sizeof(walk->word))
			continue;
		memcpy(walk->word + walk->bytes, folded.ptr, folded.len);
		walk->bytes += folded.len;
	}
	return walk->bytes > 0;
}

static struct str walked(const struct fold_walk *walk)
{
	return (struct str){walk->word, walk->bytes};
}

struct str fold_text(struct arena *arena, struct str text)
{
	struct str_builder out = {.arena = arena};
	struct fold_walk walk = {.text = text};
	while (next_word(&walk)) {
		if (out.len > 0)
			str_builder_add_char(&out, ' ');
		str_builder_add(&out, walked(&walk));
	}
	return str_builder_text(&out);
}

size_t fold_words(struct arena *arena, struct str text, struct str *words, size_t limit)
{
	size_t count = 0;
	struct fold_walk walk = {.text = text};
	while (count < limit && next_word(&walk))
		words[count++] = str_copy(arena, walked(&walk));
	explicit_bzero(&walk, sizeof(walk));
	return count;
}

/* --- sound ------------------------------------------------------------------------------------ */

struct spelling {
	const char *from, *to;
};

/* The longest first. */
static const struct spelling spellings[] = {
	{"ouw", "au"},
	{"auw", "au"},
	{"sch", "sg"},
	{"eij", "i"},
	{"tie", "si"},
	{"ou", "au"},
	{"ij", "i"},
	{"ei", "i"},
	{"ey", "i"},
	{"ie", "i"},
	{"oe", "u"},
	{"ch", "g"},
	{"ck", "k"},
	{"dt", "t"},
	{"th", "t"},
	{"ph", "f"},
	{"qu", "kw"},
	{"sh", "sj"},
	{"ce", "se"},
	{"ci", "si"},
	{"cy", "si"},
	{"c", "k"},
	{"q", "k"},
	{"x", "ks"},
	{"v", "f"},
	{"z", "s"},
};

static bool is_vowel(struct str word, size_t at)
{
	return at < word.len && memchr("aeiou", word.ptr[at], 5) != NULL;
}

/* What is heard at that place, and how many bytes spell it. */
static size_t sound_at(struct str word, size_t at, struct str *sound)
{
	struct str rest = str_slice(word, at, word.len);
	if (rest.ptr[0] == 'y') {
		*sound = at == 0 && is_vowel(word, 1) ? STR("j") : STR("i");
		return 1;
	}
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++) {
		struct str from = str_from(spellings[i].from);
		if (str_starts_with(rest, from)) {
			*sound = str_from(spellings[i].to);
			return from.len;
		}
	}
	*sound = str_slice(rest, 0, 1);
	return 1;
}

struct str fold_sound(struct arena *arena, struct str word)
{
	struct str_builder out = {.arena = arena};
	for (size_t at = 0; at < word.len;) {
		struct str sound;
		at += sound_at(word, at, &sound);
		for (size_t i = 0; i < sound.len; i++) {
			char c = sound.ptr[i];
			bool doubled = out.len > 0 && out.ptr[out.len - 1] == c && (c & 0x80) == 0;
			if (!doubled)
				str_builder_add_char(&out, c);
		}
	}
	return str_builder_text(&out);
}

/* --- words ------------------------------------------------------------------------------------ */

bool fold_is_small_word(struct str word)
{
	for (size_t i = 0; small_words[i]; i++)
		if (str_equal_z(word, small_words[i]))
			return true;
	return false;
}

struct str fold_related(struct arena *arena, struct str word)
{
	struct str sound = fold_sound(arena, word);
	size_t best = 2;
	struct str related = STR("");
	for (size_t i = 0; related_words[i].word; i++) {
		struct str known = fold_sound(arena, str_from(related_words[i].word));
		size_t allowed = known.len >= 5 ? 1 : 0;
		size_t distance = str_starts_with(known, sound) && sound.len >= 4
					  ? 0
					  : fold_distance(sound, known, allowed);
		if (distance <= allowed && distance < best) {
			best = distance;
			related = str_from(related_words[i].related);
		}
	}
	return related;
}

static size_t code_points(struct str word, uint32_t *points)
{
	size_t count = 0;
	for (size_t at = 0; at < word.len && count < FOLD_WORD_BYTES;)
		points[count++] = str_next_code_point(word, &at);
	return count;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t fold_distance(struct str a, struct str b, size_t limit)
{
	uint32_t x[FOLD_WORD_BYTES], y[FOLD_WORD_BYTES];
	size_t rows[3][FOLD_WORD_BYTES + 1];
	size_t n = code_points(a, x), m = code_points(b, y);
	size_t gap = n > m ? n - m : m - n;
	if (gap > limit)
		return limit + 1;
	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t *now = rows[i % 3];
		const size_t *last = rows[(i - 1) % 3], *before = rows[(i + 1) % 3];
		now[0] = i;
		for (size_t j = 1; j <= m; j++) {
			now[j] = last[j - 1] + (x[i - 1] != y[j - 1]);
			now[j] = least(now[j], least(last[j], now[j - 1]) + 1);
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
				now[j] = least(now[j], before[j - 2] + 1);
		}
	}
	return least(rows[n % 3][m], limit + 1);
}

/* --- where a match stands --------------------------------------------------------------------- */

/* The end, in the text, of the first `bytes` of the fold of its first word. */
static size_t end_of_prefix(struct str text, size_t bytes)
{
	size_t at = 0, done = 0;
	while (at < text.len && done < bytes) {
		char room[2];
		struct str folded;
		size_t before = at;
		uint32_t code = str_next_code_point(text, &at);
		if (fold_letter(code, str_slice(text, before, at), room, &folded) == FOLD_TO)
			done += folded.len;
	}
	return at;
}

/* 2: the word begins so; 1: it is in the word; 0: it is not. */
static int match_word(struct str word, struct str sought, size_t *at)
{
	ptrdiff_t found = str_find(word, sought);
	bool stands = found == 0 || (found > 0 && sought.len >= 3);
	*at = stands ? (size_t)found : 0;
	return found == 0 ? 2 : stands ? 1 : 0;
}

bool fold_find(struct str text, struct str query, size_t *from, size_t *to)
{
	int best = 0;
	struct fold_walk sought = {.text = query};
	while (best < 2 && next_word(&sought)) {
		struct fold_walk walk = {.text = text};
		while (best < 2 && next_word(&walk)) {
			size_t at;
			int match = match_word(walked(&walk), walked(&sought), &at);
			if (match <= best || fold_is_small_word(walked(&sought)))
				continue;
			struct str rest = str_slice(text, walk.from, walk.to);
			best = match;
			*from = walk.from + end_of_prefix(rest, at);
			*to = walk.from + end_of_prefix(rest, at + sought.bytes);
		}
	}
	explicit_bzero(&sought, sizeof(sought));
	return best > 0;
}
