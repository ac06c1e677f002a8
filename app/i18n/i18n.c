/* gettext finds the sentence, this file fills its places.
 *
 * libc keeps the language per process and caches what it found. To switch at run time the locale
 * must be a real one (C.UTF-8; in "C" gettext never translates), LANGUAGE names the catalogue, and
 * _nl_msg_cat_cntr tells libc that its cache is stale. A catalogue that was opened once stays
 * mapped, so a text without places is handed out without a copy. */
#include "i18n/i18n.h"
#include "i18n/mirror.h"

#include <libintl.h>

#include <assert.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define DOMAIN "buurtbord"
/* Long enough for any id; a longer one is our bug. */
enum { LONGEST_ID = 63 };

static const struct language languages[] = {
	{.code = "nl",
		.name = "Nederlands",
		.short_name = "NL",
		.catalogue = "nl",
		.offered = true},
	{.code = "en", .name = "English", .short_name = "EN", .catalogue = "en", .offered = true},
	{.code = "xr",
		.name = "\u0646\u064A\u062F\u0631\u0644\u0627\u0646\u062F\u0633",
		.short_name = "\u0646\u0644",
		.catalogue = "nl",
		.right_to_left = true},
};
enum { LANGUAGE_COUNT = sizeof(languages) / sizeof(languages[0]) };

extern int _nl_msg_cat_cntr; /* libc's; gettext's manual tells to count it up */

const struct language *i18n_languages(size_t *count)
{
	*count = LANGUAGE_COUNT;
	return languages;
}

const struct language *i18n_language(struct str code)
{
	for (size_t i = 0; i < LANGUAGE_COUNT; i++)
		if (str_equal_z(code, languages[i].code))
			return &languages[i];
	return NULL;
}

const struct language *i18n_next_language(const struct language *language)
{
	size_t at = (size_t)(language - languages);
	assert(at < LANGUAGE_COUNT);
	do
		at = (at + 1) % LANGUAGE_COUNT;
	while (!languages[at].offered);
	return &languages[at];
}

/* Makes libc speak the catalogue, unless it does already. */
static void use_catalogue(const char *catalogue)
{
	const char *now = getenv("LANGUAGE");
	if (now && strcmp(now, catalogue) == 0)
		return;
	setenv("LANGUAGE", catalogue, 1);
	_nl_msg_cat_cntr++;
}

void i18n_set_language(struct i18n *i18n, const struct language *language)
{
	i18n->language = language;
	use_catalogue(language->catalogue);
}

/* The message, or NULL. gettext hands back the id itself where it finds nothing. */
static const char *find(const struct i18n *i18n, const char *id)
{
	use_catalogue(i18n->language->catalogue);
	const char *text = dgettext(DOMAIN, id);
	return text == id ? NULL : text;
}

bool i18n_init(struct i18n *i18n, const char *directory, struct error *err)
{
	if (!setlocale(LC_ALL, "C.UTF-8"))
		return error_set(err, ERROR_NOT_FOUND, "the system has no locale C.UTF-8");
	bindtextdomain(DOMAIN, directory);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	/* What libc found, or missed, in another directory is stale too. */
	_nl_msg_cat_cntr++;
	for (size_t i = 0; i < LANGUAGE_COUNT; i++) {
		i18n->language = &languages[i];
		if (!find(i18n, "bar-back"))
			return error_set(err, ERROR_NOT_FOUND,
				"no messages in %s/%s/LC_MESSAGES/" DOMAIN ".mo", directory,
				languages[i].catalogue);
	}
	i18n_set_language(i18n, &languages[0]);
	return true;
}

static const struct str *find_arg(const struct i18n_arg *args, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal_z(name, args[i].name))
			return &args[i].value;
	return NULL;
}

/* Bare digits must not be isolated: bidi keeps "9.30" in order only as one number. */
static bool only_digits(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return true;
}

static void add_value(struct str_builder *b, const struct i18n *i18n, struct str value)
{
	bool isolate = i18n->language->right_to_left && !only_digits(value);
	if (isolate)
		str_builder_add(b, STR("\u2068"));
	str_builder_add(b, value);
	if (isolate)
		str_builder_add(b, STR("\u2069"));
}

/* Values are put in as they are: a brace that somebody typed fills nothing. */
static struct str fill(const struct i18n *i18n, struct arena *arena, const char *message,
	const struct i18n_arg *args, size_t arg_count)
{
	struct str text = str_from(message);
	if (i18n->language->right_to_left)
		text = mirror_message(arena, text);
	if (str_find(text, STR("{")) < 0)
		return text;
	struct str_builder b = {.arena = arena};
	while (text.len > 0) {
		ptrdiff_t open = str_find(text, STR("{"));
		ptrdiff_t close = str_find(text, STR("}"));
		if (open < 0 || close < open)
			break;
		struct str name = str_slice(text, (size_t)open + 1, (size_t)close);
		const struct str *value = find_arg(args, arg_count, name);
		str_builder_add(&b, str_slice(text, 0, (size_t)open));
		if (value)
			add_value(&b, i18n, *value);
		else
			str_builder_add(&b, str_slice(text, (size_t)open, (size_t)close + 1));
		text = str_slice(text, (size_t)close + 1, text.len);
	}
	str_builder_add(&b, text);
	return str_builder_text(&b);
}

struct str tr(struct i18n *i18n, struct arena *arena, const char *id, const struct i18n_arg *args,
	size_t arg_count)
{
	const char *message = find(i18n, id);
	return message ? fill(i18n, arena, message, args, arg_count) : str_from(id);
}

struct str tr_count(struct i18n *i18n, struct arena *arena, const char *id, const char *name,
	int64_t count, const struct i18n_arg *args, size_t arg_count)
{
	assert(count >= 0 && strlen(id) <= LONGEST_ID);
	const char *message = NULL;
	if (count == 0) {
		char none[LONGEST_ID + sizeof("-none")] = {0};
		memcpy(none, id, strlen(id));
		memcpy(none + strlen(id), "-none", sizeof("-none"));
		message = find(i18n, none);
	}
	if (!message) {
		if (!find(i18n, id))
			return str_from(id);
		message = dngettext(DOMAIN, id, id, (unsigned long)count);
	}
	struct i18n_arg *all = arena_new_array(arena, struct i18n_arg, arg_count + 1);
	all[0] = (struct i18n_arg){name, str_format(arena, "%lld", (long long)count)};
	if (arg_count > 0)
		memcpy(all + 1, args, arg_count * sizeof(args[0]));
	return fill(i18n, arena, message, all, arg_count + 1);
}
