/* A query is answered in three rounds, each of which runs only where the one before found too
 * little. First every word as it was typed, as the beginning of a word. Then every word or what
 * looks or sounds like it: the vocabulary gives those, so that the price depends on the number of
 * different words and not of initiatives. Then any of the words, or what people also call it.
 *
 * Within a round the columns widen from the name to everything, each time one statement with a
 * limit, so what is found first ranks first and nothing is sorted that is not shown. */
#include "store/search.h"

#include "model/fold_text.h"
#include "store/inside.h"
#include "store/search_index.h"

#include <string.h>

#define QUERY_BYTES 1024 /* what is longer is cut */
#define ALIKE_MOST 24 /* candidates of a word */
#define ALIKE_ROWS 16 /* of one way to find them */
#define BEGINNING_ROWS 64
#define BEGINNING_LETTERS 3
#define LONG_WORD 6 /* letters; longer words may have two errors */

struct sought {
	struct str word, sound;
	struct str alike[ALIKE_MOST]; /* words of the index */
	size_t alike_count;
};

struct found {
	struct uuid initiative;
	int score;
};

struct searching {
	struct sql *db;
	struct arena *arena;
	struct sought words[SEARCH_WORDS];
	size_t word_count;
	struct search_hit hits[SEARCH_HITS + 1]; /* one more, to know that there are more */
	size_t hit_count;
	bool near; /* what is found now is not quite what was asked */
	struct found scores[SEARCH_WORDS * 8 * SEARCH_HITS];
	size_t score_count;
};

static const char *const widening[] = {
	"{name} : ", "{name tagline} : ", "{name tagline about} : ", ""};
enum { WIDTHS = sizeof(widening) / sizeof(widening[0]) };

/* --- the words -------------------------------------------------------------------------------- */

/* Small words stay only where there is nothing else. */
static void take_words(struct searching *s, struct str query)
{
	struct str words[4 * SEARCH_WORDS];
	size_t count = fold_words(s->arena, query, words, sizeof(words) / sizeof(words[0]));
	for (int small = 0; small < 2 && s->word_count == 0; small++)
		for (size_t i = 0; i < count && s->word_count < SEARCH_WORDS; i++)
			if (small || !fold_is_small_word(words[i]))
				s->words[s->word_count++] = (struct sought){
					.word = words[i], .sound = fold_sound(s->arena, words[i])};
}

static size_t letters_of(struct str word)
{
	size_t count = 0;
	for (size_t at = 0; at < word.len; count++)
		str_next_code_point(word, &at);
	return count;
}

/* The first letters of a word. */
static struct str beginning_of(struct str word, size_t letters)
{
	size_t at = 0;
	for (size_t i = 0; i < letters && at < word.len; i++)
		str_next_code_point(word, &at);
	return str_slice(word, 0, at);
}

static size_t errors_allowed(struct str word)
{
	size_t letters = letters_of(word);
	return letters > LONG_WORD ? 2 : letters >= 4 ? 1 : 0;
}

static void add_alike(struct searching *s, struct sought *w, struct str word)
{
	for (size_t i = 0; i < w->alike_count; i++)
		if (str_equal(w->alike[i], word))
			return;
	if (w->alike_count < ALIKE_MOST)
		w->alike[w->alike_count++] = str_copy(s->arena, word);
}

/* Words that have it inside. */
static bool find_parts(struct searching *s, struct sought *w, struct error *err)
{
	if (letters_of(w->word) < 3)
		return true;
	struct str match = str_format(s->arena, "\"%.*s\"", STR_ARG(w->word));
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(s->db,
		"SELECT w.word FROM search_part AS p CROSS JOIN search_word AS w ON w.id = p.rowid"
		" WHERE p.word MATCH :match LIMIT :limit");
	sql_bind_text(q, ":match", match);
	sql_bind_int(q, ":limit", ALIKE_ROWS);
	while (sql_next(q, err))
		add_alike(s, w, sql_peek(q, 0));
	return !sql_failed(q);
}

/* The first text in byte order after all that begin so. */
static struct str after(struct arena *arena, struct str beginning)
{
	struct str parts[] = {beginning, STR("\xf4\x8f\xbf\xbf")};
	return str_join(arena, parts, 2, STR(""));
}

/* Words that sound so, or whose beginning does. */
static bool find_sounds(struct searching *s, struct sought *w, struct error *err)
{
	if (letters_of(w->sound) < 3)
		return true;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(s->db,
		"SELECT word FROM search_word WHERE sound >= :sound AND sound < :after"
		" LIMIT :limit");
	sql_bind_text(q, ":sound", w->sound);
	sql_bind_text(q, ":after", after(s->arena, w->sound));
	sql_bind_int(q, ":limit", ALIKE_ROWS);
	while (sql_next(q, err))
		add_alike(s, w, sql_peek(q, 0));
	return !sql_failed(q);
}

static bool find_slip(struct searching *s, struct sought *w, struct str slip, struct error *err)
{
	size_t allowed = errors_allowed(w->word);
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(s->db,
		"SELECT w.word, w.sound FROM search_slip AS s"
		" CROSS JOIN search_word AS w ON w.id = s.word WHERE s.slip = :slip LIMIT :limit");
	sql_bind_text(q, ":slip", slip);
	sql_bind_int(q, ":limit", ALIKE_ROWS);
	while (sql_next(q, err))
		if (fold_distance(w->word, sql_peek(q, 0), allowed) <= allowed ||
			fold_distance(w->sound, sql_peek(q, 1), allowed) <= allowed)
			add_alike(s, w, sql_peek(q, 0));
	return !sql_failed(q);
}

/* Words that are one error away, or two where the word is long. */
static bool find_slips(struct searching *s, struct sought *w, struct error *err)
{
	struct str forms[] = {w->word, w->sound};
	size_t different = str_equal(w->word, w->sound) ? 1 : 2;
	for (size_t form = 0; form < different; form++) {
		struct str slips[SEARCH_SLIPS];
		size_t count = search_slips(s->arena, forms[form], slips);
		for (size_t i = 0; i < count; i++)
			if (!find_slip(s, w, slips[i], err))
				return false;
	}
	return true;
}

/* Words of which this is a misspelt beginning, as long as the first letters are right. */
static bool find_beginnings(struct searching *s, struct sought *w, struct error *err)
{
	size_t letters = letters_of(w->word), allowed = errors_allowed(w->word);
	struct str first = beginning_of(w->word, BEGINNING_LETTERS);
	if (allowed == 0)
		return true;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(s->db,
		"SELECT word FROM search_word WHERE word >= :first AND word < :after LIMIT :limit");
	sql_bind_text(q, ":first", first);
	sql_bind_text(q, ":after", after(s->arena, first));
	sql_bind_int(q, ":limit", BEGINNING_ROWS);
	while (sql_next(q, err)) {
		struct str word = sql_peek(q, 0);
		for (size_t n = letters - 1; n <= letters + 1; n++)
			if (fold_distance(w->word, beginning_of(word, n), 1) <= 1)
				add_alike(s, w, word);
	}
	return !sql_failed(q);
}

static bool find_alike(struct searching *s, struct error *err)
{
	for (size_t i = 0; i < s->word_count; i++) {
		struct sought *w = &s->words[i];
		if (!find_sounds(s, w, err) || !find_slips(s, w, err) || !find_parts(s, w, err) ||
			!find_beginnings(s, w, err))
			return false;
	}
	return true;
}

/* --- expressions of FTS5 ---------------------------------------------------------------------- */

/* A folded word has neither quotes nor blanks, and is one token whatever its script. */
static void add_word(struct str_builder *out, struct str word, bool begins)
{
	str_builder_add_format(out, "\"%.*s\"%s", STR_ARG(word), begins ? "*" : "");
}

static void add_alternatives(struct str_builder *out, const struct sought *w)
{
	str_builder_add_char(out, '(');
	add_word(out, w->word, true);
	for (size_t i = 0; i < w->alike_count; i++) {
		str_builder_add(out, STR(" OR "));
		add_word(out, w->alike[i], false);
	}
	str_builder_add_char(out, ')');
}

/* What any of these words, the beginning of the word, or what it is also called, is in. */
static void add_relatives(struct searching *s, struct str_builder *out, const struct sought *w)
{
	struct str related[SEARCH_WORDS];
	size_t letters = letters_of(w->word), stem = letters * 2 / 3;
	size_t count = fold_words(s->arena, fold_related(s->arena, w->word), related, SEARCH_WORDS);
	add_alternatives(out, w);
	if (stem >= 4) {
		str_builder_add(out, STR(" OR "));
		add_word(out, beginning_of(w->word, stem), true);
	}
	for (size_t i = 0; i < count; i++) {
		str_builder_add(out, STR(" OR "));
		add_word(out, related[i], false);
	}
}

/* --- the rounds ------------------------------------------------------------------------------- */

static void add_hit(struct searching *s, struct uuid initiative)
{
	for (size_t i = 0; i < s->hit_count; i++)
		if (uuid_equal(s->hits[i].initiative, initiative))
			return;
	if (s->hit_count <= SEARCH_HITS)
		s->hits[s->hit_count++] = (struct search_hit){initiative, s->near};
}

static void add_score(struct searching *s, struct uuid initiative)
{
	for (size_t i = 0; i < s->score_count; i++)
		if (uuid_equal(s->scores[i].initiative, initiative)) {
			s->scores[i].score++;
			return;
		}
	if (s->score_count < sizeof(s->scores) / sizeof(s->scores[0]))
		s->scores[s->score_count++] = (struct found){initiative, 1};
}

/* The initiatives where the expression holds, within these columns. */
static bool run(struct searching *s, const char *columns, struct str expression,
	void (*take)(struct searching *, struct uuid), struct error *err)
{
	struct str match = str_format(s->arena, "%s(%.*s)", columns, STR_ARG(expression));
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(s->db, "SELECT d.initiative FROM search_text AS t"
					       " CROSS JOIN search_document AS d ON d.id = t.rowid"
					       " WHERE t.search_text MATCH :match LIMIT :limit");
	sql_bind_text(q, ":match", match);
	sql_bind_int(q, ":limit", SEARCH_HITS + 1);
	while (sql_next(q, err)) {
		struct uuid id;
		if (sql_blob(q, 0, id.bytes, sizeof(id.bytes)))
			take(s, id);
	}
	return !sql_failed(q);
}

static bool run_wider(struct searching *s, struct str expression, struct error *err)
{
	for (size_t i = 0; i < WIDTHS && s->hit_count <= SEARCH_HITS; i++)
		if (!run(s, widening[i], expression, add_hit, err))
			return false;
	return true;
}

enum how { WHOLE_WORDS, BEGINNINGS, ALTERNATIVES };

static struct str all_words(struct searching *s, enum how how)
{
	struct str_builder out = {.arena = s->arena};
	for (size_t i = 0; i < s->word_count; i++) {
		if (i > 0)
			str_builder_add(&out, STR(" AND "));
		if (how == ALTERNATIVES)
			add_alternatives(&out, &s->words[i]);
		else
			add_word(&out, s->words[i].word, how == BEGINNINGS);
	}
	return str_builder_text(&out);
}

static void take_best(struct searching *s)
{
	while (s->hit_count < SEARCH_NEAREST) {
		struct found *best = NULL;
		for (size_t i = 0; i < s->score_count; i++)
			if (s->scores[i].score > 0 && (!best || s->scores[i].score > best->score))
				best = &s->scores[i];
		if (!best)
			return;
		best->score = 0;
		add_hit(s, best->initiative);
	}
}

/* Each word by itself, and a point for every width in which it stands. */
static bool find_any(struct searching *s, struct error *err)
{
	for (size_t i = 0; i < s->word_count; i++) {
		struct str_builder out = {.arena = s->arena};
		add_relatives(s, &out, &s->words[i]);
		for (size_t width = 0; width < WIDTHS; width++)
			if (!run(s, widening[width], str_builder_text(&out), add_score, err))
				return false;
	}
	take_best(s);
	return true;
}

static bool search(struct searching *s, struct error *err)
{
	if (!run(s, widening[0], all_words(s, WHOLE_WORDS), add_hit, err) ||
		!run_wider(s, all_words(s, BEGINNINGS), err))
		return false;
	if (s->hit_count >= SEARCH_NEAREST)
		return true;
	s->near = s->hit_count > 0;
	if (!find_alike(s, err) || !run_wider(s, all_words(s, ALTERNATIVES), err))
		return false;
	s->near = true;
	return s->hit_count >= SEARCH_NEAREST || find_any(s, err);
}

bool store_search(struct store *store, struct arena *arena, struct str query,
	struct search_hit **hits, size_t *count, bool *more, struct error *err)
{
	CLEANUP(arena_wipe_and_finish) struct arena inside = {.block_bytes = 1 << 17};
	CLEANUP(sql_rollback) struct sql_tx tx = {0};
	*hits = NULL;
	*count = 0;
	*more = false;
	if (!str_is_utf8(query))
		return true;
	struct searching *s = arena_new(&inside, struct searching);
	s->db = store->db;
	s->arena = &inside;
	size_t cut = query.len < QUERY_BYTES ? query.len : QUERY_BYTES;
	while (cut < query.len && (query.ptr[cut] & 0xc0) == 0x80)
		cut--; /* a letter is whole or gone */
	take_words(s, str_slice(query, 0, cut));
	if (s->word_count == 0)
		return true;
	if (!sql_begin_read(&tx, store->db, err) || !search(s, err))
		return false;
	*more = s->hit_count > SEARCH_HITS;
	*count = *more ? SEARCH_HITS : s->hit_count;
	*hits = arena_new_array(arena, struct search_hit, *count);
	if (*count)
		memcpy(*hits, s->hits, *count * sizeof(**hits));
	return true;
}
