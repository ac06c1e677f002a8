/* What a visitor reads, in their language. Every visible text is a message with an id
 * ("start-what-is-on"); assets/translations/<language>.po says it in Dutch and English as a whole
 * sentence, with places to fill in by name: "Gelukt. Tot {weekday}!". Dates, times, numbers and
 * rhythms are made by i18n/say.h.
 *
 * Usage:  TR(i18n, arena, "bar-back")
 *         TR(i18n, arena, "done-title", {"weekday", say_weekday(i18n, arena, TUESDAY)})
 *         TR_COUNT(i18n, arena, "places-left", "count", 9)
 *         TR_COUNT(i18n, arena, "check-last", "days", 31, {"name", host->name})
 * Write the id as a literal: a test reads the sources and checks every id and its places. Ids that
 * come from a table are found when they stand behind MESSAGE(...).
 *
 * gettext keeps its language per process, so all struct i18n of a process belong to one thread;
 * several may have different languages. */
#pragma once
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct language {
	const char *code; /* "nl"; also what --language and the draw list's lang say */
	const char *name; /* in the language itself: "Nederlands" */
	const char *short_name; /* for small panels: "NL" */
	const char *catalogue; /* the .po its messages come from */
	bool right_to_left;
	bool offered; /* residents may choose it; false: only for tests */
};

/* All languages; the first is the one the programs start in. `xr` is Dutch in Arabic letters, right
 * to left: a test language that nobody is offered. */
const struct language *i18n_languages(size_t *count);
/* NULL when there is no such language. */
const struct language *i18n_language(struct str code);
/* The offered language after this one, round and round. */
const struct language *i18n_next_language(const struct language *language);

struct i18n {
	const struct language *language; /* change it with i18n_set_language */
};

/* `directory` holds <language>/LC_MESSAGES/buurtbord.mo; it is the same for the whole process.
 * ERROR_NOT_FOUND when a language has no messages there. Starts in the first language. */
bool i18n_init(struct i18n *i18n, const char *directory, struct error *err);
void i18n_set_language(struct i18n *i18n, const struct language *language);

struct i18n_arg {
	const char *name; /* of the place, without braces */
	struct str value; /* catalogue text, typed text, or something said by say.h */
};

/* The message with its places filled. An id that does not exist, and a place that nobody filled,
 * come out as they are written, where a tester sees them. In a right-to-left language each value
 * that is more than digits stands between U+2068 and U+2069 (Unicode's isolates), so that a Dutch
 * name keeps its own direction; isolates are never drawn. The text lives in the arena or for ever.
 */
struct str tr(struct i18n *i18n, struct arena *arena, const char *id, const struct i18n_arg *args,
	size_t arg_count);
/* The same for a message with plural forms: `count` chooses the form and fills the place `name`.
 * At 0 the message "<id>-none" is used where there is one. */
struct str tr_count(struct i18n *i18n, struct arena *arena, const char *id, const char *name,
	int64_t count, const struct i18n_arg *args, size_t arg_count);

/* clang-format off */
#define I18N_ARGS(...) \
	(const struct i18n_arg[]){{0}, ##__VA_ARGS__} + 1, \
	sizeof((const struct i18n_arg[]){{0}, ##__VA_ARGS__}) / sizeof(struct i18n_arg) - 1
/* clang-format on */
#define TR(i18n, arena, id, ...) tr((i18n), (arena), (id), I18N_ARGS(__VA_ARGS__))
#define TR_COUNT(i18n, arena, id, name, count, ...)                                                \
	tr_count((i18n), (arena), (id), (name), (count), I18N_ARGS(__VA_ARGS__))
/* An id in a table, for tr() later on. */
#define MESSAGE(id) (id)
