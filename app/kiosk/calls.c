/* Opens sealed details without leaving a copy outside the locked mapping: they are opened into it,
 * and read by a reader of their own, because a JSON library leaves the names in freed memory. */
#include "kiosk/calls.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/log.h"
#include "crypto/secret.h"
#include "kiosk/kiosk.h"
#include "store/call_list.h"

static struct calls *map_pages(void)
{
	struct calls *calls = mmap(
		NULL, sizeof(*calls), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (calls == MAP_FAILED)
		abort();
	if (mlock(calls, sizeof(*calls)) != 0)
		log_warning("a call list could be swapped to disk: raise RLIMIT_MEMLOCK");
	madvise(calls, sizeof(*calls), MADV_DONTDUMP);
	return calls;
}

static void forget_passphrase(struct kiosk *kiosk)
{
	explicit_bzero(kiosk->calls->passphrase, sizeof(kiosk->calls->passphrase));
	kiosk->calls->passphrase_bytes = 0;
	kiosk->model.stick.typed = 0;
	kiosk->model.stick.passphrase = (struct str){0};
}

void calls_forget(struct kiosk *kiosk)
{
	struct stick_view *view = &kiosk->model.stick;
	view->calls = NULL;
	view->call_count = view->typed = 0;
	view->passphrase = (struct str){0};
	view->calls_close_ms = 0;
	view->call_problem = CALL_FINE;
	if (!kiosk->calls)
		return;
	explicit_bzero(kiosk->calls, sizeof(*kiosk->calls));
	munmap(kiosk->calls, sizeof(*kiosk->calls));
	kiosk->calls = NULL;
	ui_forget(kiosk->ui);
	platform_wipe(kiosk->platform);
	damage_everything(&kiosk->damage);
	kiosk->dirty = true;
}

void calls_type(struct kiosk *kiosk, const struct action *action)
{
	if (!kiosk->calls)
		kiosk->calls = map_pages();
	struct calls *calls = kiosk->calls;
	kiosk_type(calls->passphrase, &calls->passphrase_bytes, PASSPHRASE_BYTES, PASSPHRASE_BYTES,
		action);
	kiosk->model.stick.passphrase = (struct str){calls->passphrase, calls->passphrase_bytes};
	kiosk->model.stick.typed = 0;
	for (size_t i = 0; i < calls->passphrase_bytes; i++)
		kiosk->model.stick.typed += (calls->passphrase[i] & 0xc0) != 0x80;
	kiosk->model.stick.call_problem = CALL_FINE;
}

/* --- reading details -------------------------------------------------------------------------- */

/* The four digits of \uXXXX as UTF-8; the writer escapes control characters only. */
static size_t unescape_number(struct str text, char *out, size_t room)
{
	unsigned code = 0;
	for (size_t i = 0; i < 4 && i < text.len; i++) {
		char c = text.ptr[i];
		code = code * 16 + (unsigned)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
	}
	if (room == 0 || code == 0 || code >= 0x80)
		return 0;
	out[0] = (char)code;
	return 1;
}

/* From after the opening quote. *at ends after the closing one; without one there is no string. */
static size_t read_string(struct str text, size_t *at, char *out, size_t room)
{
	size_t length = 0;
	while (*at < text.len && text.ptr[*at] != '"') {
		char c = text.ptr[(*at)++];
		if (c == '\\' && *at < text.len) {
			c = text.ptr[(*at)++];
			if (c == 'u') {
				length += unescape_number(
					str_slice(text, *at, *at + 4), out + length, room - length);
				*at += 4;
				continue;
			}
			c = c == 'n' || c == 't' || c == 'r' || c == 'b' || c == 'f' ? ' ' : c;
		}
		if (length < room)
			out[length++] = c;
	}
	bool ended = *at < text.len;
	(*at)++;
	return ended ? length : 0;
}

size_t calls_read_member(struct str details, struct str name, char *out, size_t room)
{
	char key[32];
	size_t at = 0;
	while (at < details.len) {
		if (details.ptr[at++] != '"')
			continue;
		size_t length = read_string(details, &at, key, sizeof(key));
		while (at < details.len && details.ptr[at] != '"')
			at++;
		at++;
		bool wanted = str_equal((struct str){key, length}, name);
		size_t count = read_string(details, &at, out, room);
		if (wanted && count <= room)
			return str_is_utf8((struct str){out, count}) ? count : 0;
	}
	return 0;
}

/* --- opening ---------------------------------------------------------------------------------- */

static struct str keep_member(struct calls *calls, struct str details, struct str name)
{
	char *at = calls->text + calls->text_bytes;
	size_t count =
		calls_read_member(details, name, at, sizeof(calls->text) - calls->text_bytes);
	calls->text_bytes += count;
	return (struct str){at, count};
}

static bool open_box(struct calls *calls, struct str box, struct str *details)
{
	for (int i = 0; i < KEY_MONTHS; i++)
		if (seal_open_into(&calls->keys.months[i], box, calls->plain, sizeof(calls->plain),
			    &details->len)) {
			details->ptr = calls->plain;
			return true;
		}
	return false;
}

static struct call_line line_of_sign_up(const struct kiosk *kiosk, const struct registration *r)
{
	const struct catalogue *c = kiosk->model.catalogue;
	const struct initiative *initiative = c ? catalogue_initiative(c, r->initiative) : NULL;
	return (struct call_line){
		.initiative = initiative ? initiative->name : STR(""),
		.introduction = r->mode == REGISTRATION_INTRODUCTION,
		.start = r->rule_start,
		.party = r->party_size,
		.companion = r->wants_companion,
		.place = r->place,
	};
}

static struct call_line line_of_wish(const struct kiosk *kiosk, const struct call_entry *entry)
{
	return (struct call_line){.is_wish = true,
		.card = kiosk_wish_index(str_from(entry->card)),
		.asked = kiosk_day_of(kiosk, entry->asked_ms)};
}

static void keep_line(struct kiosk *kiosk, const struct call_entry *entry)
{
	struct calls *calls = kiosk->calls;
	struct stick_view *view = &kiosk->model.stick;
	struct str details;
	if (view->call_count == CALLS_MOST || !open_box(calls, entry->box, &details))
		return;
	struct call_line *line = &calls->lines[view->call_count++];
	*line = entry->kind == CALL_WISH ? line_of_wish(kiosk, entry)
					 : line_of_sign_up(kiosk, &entry->registration);
	line->name = keep_member(calls, details, STR("first_name"));
	line->phone = keep_member(calls, details, STR("phone"));
	line->best_time = keep_member(calls, details, STR("best_time"));
}

static bool open_keys(struct kiosk *kiosk, struct arena *arena, struct error *err)
{
	struct calls *calls = kiosk->calls;
	struct str path = str_format(arena, "%s/" KEY_SECRET_FILE, kiosk->stick.dir), text;
	struct str passphrase = {calls->passphrase, calls->passphrase_bytes};
	return env_read_file(kiosk->env, arena, path.ptr, KEY_FILE_LIMIT_BYTES, &text, err) &&
	       key_set_unlock(text, passphrase, &calls->keys, err);
}

static bool open_lines(struct kiosk *kiosk, struct arena *arena, struct error *err)
{
	struct call_entry *entries;
	size_t count;
	if (!store_call_list(kiosk->store, arena, &entries, &count, err))
		return false;
	kiosk->model.stick.call_count = 0;
	for (size_t i = 0; i < count; i++)
		keep_line(kiosk, &entries[i]);
	return kiosk->model.stick.call_count > 0 || count == 0 ||
	       error_set(err, ERROR_PARSE, "none of the sign-ups is of these keys");
}

void calls_open(struct kiosk *kiosk)
{
	CLEANUP(arena_finish) struct arena arena = {0}; /* what lies in here is locked or sealed */
	struct stick_view *view = &kiosk->model.stick;
	struct error err = {0};
	if (!kiosk->calls || !view->in)
		return;
	bool ok = open_keys(kiosk, &arena, &err) && open_lines(kiosk, &arena, &err);
	key_set_wipe(&kiosk->calls->keys);
	explicit_bzero(kiosk->calls->plain, sizeof(kiosk->calls->plain));
	forget_passphrase(kiosk);
	kiosk->last_touch_ms = env_monotonic_ms(kiosk->env); /* the host waited for us */
	if (!ok) {
		log_error("opening the call list", &err);
		view->call_problem =
			err.code == ERROR_KEY ? CALL_WRONG_PASSPHRASE : CALL_WRONG_KEYS;
		return;
	}
	view->calls = kiosk->calls->lines;
	view->calls_close_ms = env_monotonic_ms(kiosk->env) + CALLS_MS;
	kiosk_open(kiosk, SCREEN_CALL_LIST);
}
