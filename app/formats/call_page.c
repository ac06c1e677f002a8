/* Fills the template in. What comes from strangers (the names of initiatives and of the venue) goes
 * in as JSON only, in which every "<" is written as an escape: inside a script element HTML then
 * sees nothing but characters. */
#include "formats/call_page.h"

#include <string.h>

#include "base/json.h"

static struct str to_base64(struct arena *arena, struct str bytes)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct str_builder text = {.arena = arena};
	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t count = bytes.len - i < 3 ? bytes.len - i : 3;
		unsigned char three[3] = {0};
		memcpy(three, bytes.ptr + i, count);
		unsigned long bits =
			(unsigned long)three[0] << 16 | (unsigned long)three[1] << 8 | three[2];
		for (size_t k = 0; k < 4; k++)
			str_builder_add_char(
				&text, k <= count ? digits[bits >> (18 - 6 * k) & 63] : '=');
	}
	return str_builder_text(&text);
}

static struct str day_text(struct arena *arena, struct date day)
{
	return str_format(arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static struct json entry_json(struct arena *arena, const struct call_page_entry *entry)
{
	struct json object = {.type = JSON_IS_OBJECT};
	struct str at = STR("");
	if (!entry->introduction && !entry->is_wish)
		at = str_format(arena, "%.*sT%02d:%02d",
			STR_ARG(day_text(arena, entry->start.date)), entry->start.hour,
			entry->start.minute);
	json_add(arena, &object, STR("id"), json_from_string(uuid_format(arena, entry->id)));
	json_add(arena, &object, STR("initiative"), json_from_string(entry->initiative));
	json_add(arena, &object, STR("at"), json_from_string(at));
	json_add(arena, &object, STR("party"), json_from_integer(entry->party));
	json_add(arena, &object, STR("companion"), json_from_bool(entry->companion));
	json_add(arena, &object, STR("place"), json_from_integer(entry->place));
	if (entry->is_wish) {
		json_add(arena, &object, STR("wish"), json_from_bool(true));
		json_add(arena, &object, STR("asked"),
			json_from_string(date_is_none(entry->asked)
						 ? STR("")
						 : day_text(arena, entry->asked)));
	}
	json_add(arena, &object, STR("box"), json_from_string(to_base64(arena, entry->box)));
	return object;
}

static struct str escape_markup(struct arena *arena, struct str json)
{
	struct str_builder text = {.arena = arena};
	for (struct str_pair cut; json.len; json = cut.tail) {
		cut = str_cut(json, '<');
		str_builder_add(&text, cut.head);
		if (cut.found)
			str_builder_add(&text, STR("\\u003c"));
	}
	return str_builder_text(&text);
}

static struct str data_text(struct arena *arena, const struct call_page *page)
{
	struct json data = {.type = JSON_IS_OBJECT}, sign_ups = {.type = JSON_IS_ARRAY};
	for (size_t i = 0; i < page->count; i++)
		json_append(arena, &sign_ups, entry_json(arena, &page->entries[i]));
	json_add(arena, &data, STR("venue"), json_from_string(page->venue));
	json_add(arena, &data, STR("made"),
		json_from_string(date_is_none(page->made) ? STR("") : day_text(arena, page->made)));
	json_add(arena, &data, STR("sign_ups"), sign_ups);
	struct str_builder text = {.arena = arena};
	json_write(&text, &data, false);
	return escape_markup(arena, str_builder_text(&text));
}

struct part {
	struct str name, text;
};

static const struct part *find_part(const struct part *parts, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(parts[i].name, name))
			return &parts[i];
	return NULL;
}

/* A part stands as @NAME@, in capitals; any other @ (the stylesheet has some) is not the
 * template's, for parts are put in and never looked into. */
static bool fill_in(struct str_builder *out, struct str template, const struct part *parts,
	size_t count, struct error *err)
{
	while (template.len) {
		struct str_pair before = str_cut(template, '@');
		str_builder_add(out, before.head);
		if (!before.found)
			return true;
		struct str_pair name = str_cut(before.tail, '@');
		const struct part *part = find_part(parts, count, name.head);
		if (!name.found || !part)
			return error_set(err, ERROR_DAMAGED, "the call list has no part \"%.*s\"",
				(int)(name.head.len < 20 ? name.head.len : 20), name.head.ptr);
		str_builder_add(out, part->text);
		template = name.tail;
	}
	return true;
}

bool call_page_write(struct arena *arena, const struct call_page_parts *parts,
	const struct call_page *page, const unsigned char nonce[CALL_PAGE_NONCE_BYTES],
	struct str *html, struct error *err)
{
	struct str once =
		to_base64(arena, (struct str){(const char *)nonce, CALL_PAGE_NONCE_BYTES});
	const struct part all[] = {
		{STR("NONCE"), once},
		{STR("STYLE"), parts->style},
		{STR("DATA"), data_text(arena, page)},
		{STR("SODIUM"), parts->sodium},
		{STR("WRAPPERS"), parts->wrappers},
		{STR("SCRIPT"), parts->script},
	};
	struct str_builder out = {.arena = arena};
	if (!fill_in(&out, parts->template, all, sizeof(all) / sizeof(all[0]), err))
		return false;
	*html = str_builder_text(&out);
	return true;
}
