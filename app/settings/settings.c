/* The settings file. Its keys are a table: name, reader, writer, so that reading, checking and
 * writing cannot drift apart. */
#include "settings/settings.h"

#include <stdio.h>
#include <stdlib.h>

struct key {
	struct str name;
	/* False with *why set when the value is wrong. */
	bool (*read)(struct settings *settings, struct str value, const char **why);
	void (*write)(struct str_builder *out, const struct settings *settings);
};

/* The characters of a host, a port and a path that need no escaping in a QR code or a file. */
static bool is_link_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '.' || c == '-' || c == '_' || c == '~' || c == '/' || c == ':';
}

static bool read_link_base(struct settings *settings, struct str value, const char **why)
{
	if (value.len == 0) {
		settings->link_base = value;
		return true;
	}
	while (str_ends_with(value, STR("/")))
		value.len--;
	struct str host = str_slice(value, 8, value.len);
	bool ok = str_starts_with(value, STR("https://")) && value.len <= LINK_BASE_MAX_BYTES &&
		  host.len > 0 && host.ptr[0] != '/';
	for (size_t i = 0; i < host.len; i++)
		ok = ok && is_link_char(host.ptr[i]);
	*why = "must be empty or an https:// address without query or fragment";
	if (ok)
		settings->link_base = value;
	return ok;
}

static void write_link_base(struct str_builder *out, const struct settings *settings)
{
	str_builder_add(out, settings->link_base);
}

static bool read_panel(struct settings *settings, struct str value, const char **why)
{
	struct str_pair sides = str_cut(value, 'x');
	int64_t width, height;
	*why = "must be empty or width x height in millimetres, each 50 to 5000, such as 217x136";
	if (value.len == 0) {
		settings->panel_width_mm = settings->panel_height_mm = 0;
		return true;
	}
	if (!sides.found || !str_to_int(str_trim(sides.head), &width) ||
		!str_to_int(str_trim(sides.tail), &height) || width < 50 || width > 5000 ||
		height < 50 || height > 5000)
		return false;
	settings->panel_width_mm = (int)width;
	settings->panel_height_mm = (int)height;
	return true;
}

static void write_panel(struct str_builder *out, const struct settings *settings)
{
	if (settings->panel_width_mm)
		str_builder_add_format(
			out, "%dx%d", settings->panel_width_mm, settings->panel_height_mm);
}

static bool read_language(struct settings *settings, struct str value, const char **why)
{
	static const char *const languages[] = {"nl", "en"};
	*why = "must be nl or en";
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		if (str_equal_z(value, languages[i])) {
			settings->language = str_from(languages[i]);
			return true;
		}
	}
	return false;
}

static void write_language(struct str_builder *out, const struct settings *settings)
{
	str_builder_add(out, settings->language);
}

static bool read_collect_days(struct settings *settings, struct str value, const char **why)
{
	int64_t days;
	*why = "must be a number of days, 1 to 365";
	if (!str_to_int(value, &days) || days < 1 || days > 365)
		return false;
	settings->collect_days = (int)days;
	return true;
}

static void write_collect_days(struct str_builder *out, const struct settings *settings)
{
	str_builder_add_format(out, "%d", settings->collect_days);
}

#define LITERAL(text)                                                                              \
	{                                                                                          \
		"" text, sizeof(text) - 1                                                          \
	}

static const struct key keys[] = {
	{LITERAL("link_base"), read_link_base, write_link_base},
	{LITERAL("panel_mm"), read_panel, write_panel},
	{LITERAL("language"), read_language, write_language},
	{LITERAL("collect_days"), read_collect_days, write_collect_days},
};
#define KEY_COUNT (sizeof(keys) / sizeof(keys[0]))

struct settings settings_default(void)
{
	return (struct settings){
		.link_base = STR(""), .language = STR("nl"), .collect_days = COLLECT_DAYS};
}

/* Reads one line into the settings; *why tells what is wrong with it. */
static bool read_line(
	struct settings *settings, struct str line, bool seen[KEY_COUNT], const char **why)
{
	struct str_pair pair = str_cut(line, '=');
	struct str name = str_trim(pair.head);
	*why = "is not \"key = value\"";
	if (!pair.found)
		return false;
	*why = "is not a setting that is known";
	for (size_t i = 0; i < KEY_COUNT; i++) {
		if (!str_equal(name, keys[i].name))
			continue;
		*why = "stands twice";
		if (seen[i])
			return false;
		seen[i] = true;
		return keys[i].read(settings, str_trim(pair.tail), why);
	}
	return false;
}

struct settings settings_parse(
	struct str text, void (*complain)(void *context, const char *message), void *context)
{
	struct settings settings = settings_default();
	bool seen[KEY_COUNT] = {false};
	char message[200];
	if (!str_is_utf8(text)) {
		if (complain)
			complain(context, "the file is not UTF-8 text, so none of it counts");
		return settings;
	}
	int number = 0;
	for (struct str_pair rest = {.tail = text, .found = true}; rest.found;) {
		rest = str_cut(rest.tail, '\n');
		struct str line = str_trim(rest.head);
		const char *why;
		number++;
		if (line.len == 0 || line.ptr[0] == '#' || read_line(&settings, line, seen, &why))
			continue;
		struct str name = str_trim(str_cut(line, '=').head);
		snprintf(message, sizeof(message), "line %d: \"%.*s\" %s", number,
			name.len > 40 ? 40 : (int)name.len, name.ptr, why);
		if (complain)
			complain(context, message);
	}
	return settings;
}

bool settings_read(struct env *env, struct arena *arena, const char *directory,
	struct settings *settings, void (*complain)(void *context, const char *message),
	void *context, struct error *err)
{
	struct str text, path = str_format(arena, "%s/%s", directory, SETTINGS_FILE);
	struct error why = {0};
	*settings = settings_default();
	if (!env_read_file(env, arena, str_z(arena, path), SETTINGS_LIMIT_BYTES, &text, &why)) {
		if (why.code == ERROR_NOT_FOUND)
			return true;
		return error_set(err, why.code, "%s", why.message);
	}
	*settings = settings_parse(text, complain, context);
	return true;
}

bool settings_write(
	struct env *env, const char *directory, const struct settings *settings, struct error *err)
{
	struct arena arena = {0};
	struct str_builder out = {.arena = &arena};
	for (size_t i = 0; i < KEY_COUNT; i++) {
		str_builder_add(&out, keys[i].name);
		str_builder_add(&out, STR(" = "));
		keys[i].write(&out, settings);
		str_builder_add_char(&out, '\n');
	}
	struct str path = str_format(&arena, "%s/%s", directory, SETTINGS_FILE);
	bool ok = env_write_file(env, str_z(&arena, path), str_builder_text(&out), err);
	arena_finish(&arena);
	return ok;
}

struct str settings_usual_directory(struct arena *arena)
{
	const char *shared = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	if (shared && *shared)
		return str_format(arena, "%s/buurtbord", shared);
	return str_format(arena, "%s/.local/share/buurtbord", home && *home ? home : "");
}
