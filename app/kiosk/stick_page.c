/* Taking the call list along: the sign-ups as they are stored, with the names of their meetings, in
 * a page that opens them elsewhere. What is written is read back and compared, for cheap sticks say
 * yes to everything. */
#include "kiosk/kiosk.h"

#include "crypto/secret.h"
#include "formats/call_page.h"
#include "screens/wish_words.h"
#include "store/call_list.h"
#include "store/follow.h"
#include "store/overview.h"

#define PART_LIMIT_BYTES ((size_t)4 << 20)
#define PAGE_LIMIT_BYTES ((size_t)64 << 20)

/* When the meeting is now: a rule's date may have been moved. */
static struct local_time start_of(const struct model *model, const struct registration *r)
{
	for (size_t i = 0; i < model->upcoming.count; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		if (uuid_equal(o->schedule->id, r->schedule) &&
			local_time_compare(o->rule_start, r->rule_start) == 0)
			return o->start;
	}
	return r->rule_start;
}

/* The page is in the language of the desk, whatever the visitor before chose. */
static struct call_page_entry entry_of_wish(
	const struct kiosk *kiosk, struct arena *arena, const struct call_entry *from)
{
	struct i18n desk = {.language = i18n_language(STR("nl"))};
	return (struct call_page_entry){
		.is_wish = true,
		.initiative = wish_call_title(&desk, arena, kiosk_wish_index(str_from(from->card))),
		.asked = kiosk_day_of(kiosk, from->asked_ms),
		.box = from->box,
	};
}

static struct call_page_entry entry_of(const struct model *model, const struct call_entry *from)
{
	const struct registration *r = &from->registration;
	const struct initiative *initiative =
		model->catalogue ? catalogue_initiative(model->catalogue, r->initiative) : NULL;
	return (struct call_page_entry){
		.id = r->id,
		.initiative = initiative ? initiative->name : STR(""),
		.introduction = r->mode == REGISTRATION_INTRODUCTION,
		.start = start_of(model, r),
		.party = r->party_size,
		.companion = r->wants_companion,
		.place = r->place,
		.box = from->box,
	};
}

static struct call_page page_of(struct arena *arena, const struct kiosk *kiosk,
	const struct call_entry *entries, size_t count)
{
	const struct model *model = &kiosk->model;
	struct call_page page = {
		.venue = model->catalogue ? model->catalogue->venue_name : STR(""),
		.made = model->clock_sure ? model->now.date : (struct date){0},
		.entries = arena_new_array(arena, struct call_page_entry, count),
		.count = count,
	};
	for (size_t i = 0; i < count; i++)
		page.entries[i] = entries[i].kind == CALL_WISH
					  ? entry_of_wish(kiosk, arena, &entries[i])
					  : entry_of(model, &entries[i]);
	return page;
}

static bool read_parts(
	struct kiosk *kiosk, struct arena *arena, struct call_page_parts *parts, struct error *err)
{
	const struct {
		const char *name;
		struct str *text;
	} files[] = {
		{"call-list.html", &parts->template},
		{"call-list.css", &parts->style},
		{"call-list.js", &parts->script},
		{"libsodium-sumo.js", &parts->sodium},
		{"libsodium-wrappers-sumo.js", &parts->wrappers},
	};
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct str path =
			str_format(arena, "%.*s/web/%s", STR_ARG(kiosk->assets), files[i].name);
		if (!env_read_file(
			    kiosk->env, arena, path.ptr, PART_LIMIT_BYTES, files[i].text, err))
			return false;
	}
	return true;
}

/* A name of its own for every day, so that an older list is not overwritten with a shorter one. */
static const char *path_of(const struct kiosk *kiosk, struct arena *arena, const char *dir)
{
	struct date day = kiosk->model.now.date;
	if (!kiosk->model.clock_sure)
		return str_format(arena, "%s/" STICK_PAGE_NAME ".html", dir).ptr;
	return str_format(arena, "%s/" STICK_PAGE_NAME "-%04d-%02d-%02d.html", dir, day.year,
		day.month, day.day)
		.ptr;
}

static bool write_and_compare(struct kiosk *kiosk, struct arena *arena, const char *path,
	struct str html, struct error *err)
{
	struct str back;
	if (!env_write_file(kiosk->env, path, html, err) ||
		!env_read_file(kiosk->env, arena, path, PAGE_LIMIT_BYTES, &back, err))
		return false;
	return str_equal(back, html) ||
	       error_set(err, ERROR_DISK, "the stick gave back something else than was written");
}

/* From here on the visitor's code says that the question was taken along, and the door counts from
 * this day. What was taken up already stays so. */
static bool mark_taken(
	struct store *store, const struct call_entry *entries, size_t count, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		const struct registration *r = &entries[i].registration;
		if (entries[i].kind == CALL_REGISTRATION && r->mode == REGISTRATION_INTRODUCTION &&
			!store_follow(store, r->id, FOLLOW_TAKEN_ALONG, STR(""), err))
			return false;
	}
	return store_mark_collected(store, err);
}

bool stick_take_along(struct kiosk *kiosk, const char *dir, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct call_entry *entries;
	struct call_page_parts parts;
	unsigned char nonce[CALL_PAGE_NONCE_BYTES];
	struct str html;
	size_t count;
	if (!store_call_list(kiosk->store, &arena, &entries, &count, err) ||
		!read_parts(kiosk, &arena, &parts, err))
		return false;
	struct call_page page = page_of(&arena, kiosk, entries, count);
	secret_random(nonce, sizeof(nonce));
	return call_page_write(&arena, &parts, &page, nonce, &html, err) &&
	       write_and_compare(kiosk, &arena, path_of(kiosk, &arena, dir), html, err) &&
	       mark_taken(kiosk->store, entries, count, err);
}
