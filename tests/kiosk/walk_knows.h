/* What somebody who walks through a kiosk may know: the PIN of the door, codes that were shown, a
 * stick that comes and goes with and without its key file, and its passphrase. Who only presses
 * everything never finds these out. And what a disk can do in the middle of it. */
#pragma once
#include "bench.h"
#include "walk_steps.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/wish.h"
#include "ui/ui_internal.h"

#define CODES_KNOWN 16
#define HOLD_CORNER_MS 3200
#define KNOWN_PASSPHRASE "zjqxkv wpqzjx kvwqzx" /* six of it in a row stand in no sentence */
#define FULL_DAYS 3
#define MOST_SEATS 60
#define QUESTIONS_ASKED 3

struct knows {
	struct bench *bench;
	char pin[9], pin_chosen[9]; /* chosen: typed once, to be repeated */
	bool repeating;
	char codes[CODES_KNOWN][9];
	size_t code_count; /* ever known; the last CODES_KNOWN of them are kept */
	char stick[4096];
	struct arena arena;
	struct str key_file;
};

/* --- codes ------------------------------------------------------------------------------------ */

static inline void know_code(struct knows *k, const char *code)
{
	char *at = k->codes[k->code_count++ % CODES_KNOWN];
	memcpy(at, code, sizeof(k->codes[0]));
}

static inline struct registration_result sign_up_for(
	struct bench *b, const struct initiative *initiative, const struct occurrence *o)
{
	struct registration_request request = {.initiative = initiative->id, .party_size = 1};
	struct registration_result result;
	struct error err = {0};
	if (o) {
		request.schedule = o->schedule->id;
		request.rule_start = o->rule_start;
		request.ends_utc_s = o->start_utc_s + 3600;
		request.first_name = STR("Xqjzwvk");
		request.phone = STR("0612340987");
	}
	bench_check(store_register(b->store, &request, &result, &err), &err);
	return result;
}

/* Some days are full, with people waiting. */
static inline void fill_days(struct knows *k)
{
	const struct model *model = &k->bench->kiosk.model;
	int full = 0;
	for (size_t i = 0; i < model->upcoming.count && full < FULL_DAYS; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		const struct initiative *initiative = o->schedule->initiative;
		const struct registration_rules *rules = &initiative->registration;
		if (date_compare(o->start.date, model->now.date) <= 0 || o->cancelled)
			continue;
		if (rules->mode != REGISTRATION_SIGN_UP || initiative->sensitive ||
			rules->capacity == 0 || rules->capacity > MOST_SEATS ||
			!rules->waiting_list)
			continue;
		for (int seat = 0; seat <= rules->capacity; seat++)
			know_code(k, sign_up_for(k->bench, initiative, o).code);
		full++;
	}
	assert(full > 0);
}

static inline void ask_questions(struct knows *k)
{
	const struct catalogue *c = k->bench->kiosk.model.catalogue;
	int asked = 0;
	for (size_t i = 0; i < c->initiative_count && asked < QUESTIONS_ASKED; i++)
		if (c->initiatives[i].registration.mode == REGISTRATION_INTRODUCTION) {
			know_code(k, sign_up_for(k->bench, &c->initiatives[i], NULL).code);
			asked++;
		}
	assert(asked > 0);
}

/* --- the stick -------------------------------------------------------------------------------- */

static inline void pull_stick(const struct knows *k)
{
	DIR *directory = opendir(k->stick);
	struct dirent *entry;
	while (directory && (entry = readdir(directory)))
		if (entry->d_type == DT_REG)
			unlinkat(dirfd(directory), entry->d_name, 0);
	if (directory)
		closedir(directory);
	rmdir(k->stick);
}

/* Another one: without a key file, with it, with one that is damaged, or none at all. */
static inline void change_stick(struct knows *k)
{
	char path[sizeof(k->stick) + sizeof(KEY_SECRET_FILE) + 1];
	int kind = below(5);
	pull_stick(k);
	if (kind == 0)
		return;
	if (mkdir(k->stick, 0700) != 0)
		abort();
	snprintf(path, sizeof(path), "%s/%s", k->stick, KEY_SECRET_FILE);
	struct error err = {0};
	struct str bytes = kind == 2 ? str_slice(k->key_file, 0, k->key_file.len / 2) : k->key_file;
	if (kind != 1)
		bench_check(env_write_file(env_os(), path, bytes, &err), &err);
}

static inline void make_keys(struct knows *k)
{
	struct key_set keys;
	struct secret_key_set secret;
	struct error err = {0};
	key_set_create(key_month(2026, 12), &keys, &secret);
	bench_check(key_set_lock(&k->arena, &secret, STR(KNOWN_PASSPHRASE), &k->key_file, &err) &&
			    store_open_registrations(k->bench->store, &keys, &err),
		&err);
	key_set_wipe(&secret);
}

/* --- from the first to the last event --------------------------------------------------------- */

static inline void knows_start(struct knows *k, struct bench *b)
{
	const char *build = getenv("BUILD");
	*k = (struct knows){.bench = b, .pin = "48571936"};
	snprintf(k->stick, sizeof(k->stick), "%s/walk-%lld", build ? build : "build",
		(long long)getpid());
	b->kiosk.options.stick_dir = k->stick;
	make_keys(k);
	kiosk_load_catalogue(&b->kiosk); /* no longer for practice */
	fill_days(k);
	ask_questions(k);
	kiosk_load_days(&b->kiosk);
}

static inline void knows_finish(struct knows *k)
{
	fake_fail_after(k->bench->env, 0, ERROR_NONE);
	pull_stick(k);
	arena_finish(&k->arena);
}

static inline void note_code(struct knows *k, const char *code)
{
	for (size_t i = 0; i < CODES_KNOWN; i++)
		if (!strcmp(k->codes[i], code)) /* the empty one too, while there is room */
			return;
	if (code[0])
		know_code(k, code);
}

/* Before every event: the codes that are shown, and a PIN that somebody chose by pressing keys. */
static inline void knows_look(struct knows *k)
{
	const struct kiosk *kiosk = &k->bench->kiosk;
	const struct visit *visit = kiosk->visit;
	note_code(k, visit->code);
	note_code(k, visit->wish_code);
	if (k->repeating && bench_top(k->bench) == SCREEN_DOOR)
		memcpy(k->pin, k->pin_chosen, sizeof(k->pin));
	k->repeating =
		bench_top(k->bench) == SCREEN_PIN && kiosk->model.pin.step == PIN_STEP_REPEAT;
	if (k->repeating)
		memcpy(k->pin_chosen, visit->pin_first, sizeof(k->pin_chosen));
}

/* --- events ----------------------------------------------------------------------------------- */

static inline bool plan_typing(const char *text, size_t typed_before)
{
	if (typed_before + 2 > STEPS_MAX)
		return false;
	for (size_t i = 0; i < typed_before; i++)
		press_key("Backspace");
	type_text(text);
	press_key("Enter");
	return true;
}

/* One of the buttons whose id begins so. */
static inline bool plan_press(const struct knows *k, struct str id)
{
	size_t count, fitting = 0;
	const struct ui_node *nodes = ui_nodes(k->bench->kiosk.ui, &count), *chosen = NULL;
	for (size_t i = 0; i < count; i++)
		if (str_starts_with(nodes[i].id, id) && nodes[i].role == ROLE_BUTTON &&
			!nodes[i].disabled && once_in((int)++fitting))
			chosen = &nodes[i];
	if (!chosen)
		return false;
	tap(chosen->rect.x + chosen->rect.w / 2, chosen->rect.y + chosen->rect.h / 2, TOUCH_MS);
	return true;
}

/* Also while nobody looks: the disk fails and heals, the stick is changed. */
static inline void change_world(struct knows *k)
{
	static const enum error_code failures[] = {ERROR_DISK, ERROR_DISK_FULL, ERROR_READ_ONLY};
	if (once_in(400))
		fake_fail_after(k->bench->env, below(12), failures[below(3)]);
	else if (once_in(40))
		fake_fail_after(k->bench->env, 0, ERROR_NONE);
	if (once_in(screens[bench_top(k->bench)].host ? 15 : 200))
		change_stick(k);
}

/* Plans an event out of what is known; false: there is nothing to know here, or no wish to. */
static inline bool plan_knowing(struct knows *k)
{
	const struct kiosk *kiosk = &k->bench->kiosk;
	const struct visit *visit = kiosk->visit;
	size_t codes = k->code_count < CODES_KNOWN ? k->code_count : CODES_KNOWN;
	switch (bench_top(k->bench)) {
	case SCREEN_ATTRACT:
	case SCREEN_START:
		if (!once_in(15))
			return false;
		tap(2, 2, HOLD_CORNER_MS);
		return true;
	case SCREEN_PIN:
		return !once_in(4) && plan_typing(k->pin, visit->pin_bytes);
	case SCREEN_CODE:
		return codes > 0 && !once_in(4) &&
		       plan_typing(k->codes[below((int)codes)], visit->typed_code_bytes);
	case SCREEN_CALL_KEY:
		return once_in(2) && plan_typing(KNOWN_PASSPHRASE, kiosk->model.stick.typed);
	case SCREEN_STICK:
		return once_in(4) && plan_press(k, STR("stick/"));
	case SCREEN_DOOR:
		return once_in(2) && plan_press(k, STR("door/"));
	default:
		return false;
	}
}
