/* Luck, machines, and the order of things: setting up, a step, healing. Machines are switched on
 * when something happens on them and stay on until their power is cut. Time is the least of it: a
 * step is minutes. */
#include "sim/inside.h"

#include "crypto/keys.h"
#include "crypto/secret.h"
#include "crypto/sign.h"
#include "fake/disk.h"
#include "fake/fake.h"
#include "fake/fake_env.h"
#include "model/fields.h"
#include "store/device.h"
#include "sync/hub_create.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- luck ------------------------------------------------------------------------------------- */

static uint64_t sodium_luck;

static const char *luck_name(void)
{
	return "of the seed";
}

static uint32_t luck_word(void)
{
	sodium_luck = sodium_luck * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(sodium_luck >> 32);
}

static void luck_bytes(void *const bytes, const size_t count)
{
	for (size_t i = 0; i < count; i++)
		((unsigned char *)bytes)[i] = (unsigned char)luck_word();
}

void world_ready(void)
{
	static struct randombytes_implementation luck = {
		.implementation_name = luck_name, .random = luck_word, .buf = luck_bytes};
	randombytes_set_implementation(&luck);
	secret_ready();
}

uint64_t draw(struct world *w)
{
	w->luck ^= w->luck << 13;
	w->luck ^= w->luck >> 7;
	w->luck ^= w->luck << 17;
	return w->luck;
}

/* A step draws from luck of its own, so that the others stay as they are when it is left out. */
static void luck_of_step(struct world *w)
{
	w->luck = (w->seed * 1000003 + (uint64_t)w->step + 1) * 0x9e3779b97f4a7c15u | 1;
	for (int i = 0; i < 8; i++)
		draw(w);
	sodium_luck = draw(w);
}

uint64_t below(struct world *w, uint64_t limit)
{
	return (draw(w) >> 16) % limit;
}

bool one_in(struct world *w, uint64_t n)
{
	return below(w, n) == 0;
}

bool strikes(struct world *w, enum fault fault, uint64_t one_in_n)
{
	bool now = one_in(w, one_in_n) && w->faulty[fault];
	w->faults += now;
	return now;
}

void tell(struct world *w, const char *format, ...)
{
	char line[512];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	hash_add_u64(&w->told, (uint64_t)w->step);
	hash_add(&w->told, line, strlen(line));
	if (w->tells)
		fprintf(stderr, "%4d %s\n", w->step, line);
}

void broken(struct world *w, const char *invariant, const char *what)
{
	if (w->broken)
		return;
	w->broken = invariant;
	snprintf(w->what, sizeof(w->what), "%s", what);
	tell(w, "BROKEN %s: %s", invariant, what);
}

/* --- machines --------------------------------------------------------------------------------- */

bool switch_on(struct world *w, struct machine *m)
{
	struct error err = {0};
	if (m->store)
		return true;
	fake_sqlite_install(m->env);
	m->store = store_open(m->env, "data", &err);
	if (!m->store)
		broken(w, "R4 it starts after any crash", err.message);
	return m->store != NULL;
}

void switch_off(struct machine *m)
{
	store_close(m->store);
	m->store = NULL;
}

struct machine machine_of(struct world *w)
{
	struct machine m = {.env = fake_create(draw(w))};
	switch_on(w, &m);
	return m;
}

void machine_end(struct machine *m)
{
	switch_off(m);
	if (m->old)
		fake_destroy(m->old);
	if (m->env)
		fake_destroy(m->env);
	*m = (struct machine){.env = NULL};
}

const char *machine_name(const struct world *w, const struct machine *m)
{
	static const char *const kiosks[WORLD_KIOSKS] = {
		"kiosk 0", "kiosk 1", "kiosk 2", "kiosk 3"};
	if (m == &w->hub)
		return "hub";
	return m >= w->kiosk && m < w->kiosk + WORLD_KIOSKS ? kiosks[m - w->kiosk] : "a copy";
}

/* --- setting up ------------------------------------------------------------------------------- */

static void set_up(struct world *w, bool ok, const struct error *err)
{
	if (!ok)
		broken(w, "setting up", err->message);
}

static void open_registrations(struct world *w, struct machine *m)
{
	struct error err = {0};
	struct key_set keys;
	struct secret_key_set secret;
	key_set_create(key_month(2026, 12), &keys, &secret);
	key_set_wipe(&secret);
	set_up(w, store_open_registrations(m->store, &keys, &err), &err);
}

static bool set_field(struct machine *m, unsigned type, struct uuid id, unsigned number,
	struct str json, struct error *err)
{
	struct field_value field = {(uint16_t)number, json};
	struct record record = {
		.type = (enum entity_type)type, .id = id, .fields = &field, .field_count = 1};
	return store_apply(m->store, &record, 1, APPLY_NAMED_FIELDS, NULL, err);
}

/* Somebody stole a kiosk, and the hub struck it off its list. */
static void let_thief_go(struct world *w)
{
	struct error err = {0};
	env_random_bytes(w->hub.env, w->thief, sizeof(w->thief));
	env_random_bytes(w->hub.env, w->thief_seed, sizeof(w->thief_seed));
	struct sign_pair pair = sign_pair_from_seed(w->thief_seed);
	bool ok = store_admit(w->hub.store, w->thief, pair.open.bytes, STR("Dief"),
			  (struct uuid){{0}}, &err) &&
		  set_field(&w->hub, ENTITY_DEVICE, device_entity(w->thief), DEVICE_REVOKED,
			  STR("[]"), &err);
	set_up(w, ok, &err);
}

/* The first initiative is where the first kiosk stands: it gives the seats. Of a place without one
 * the hub does. */
static void begin_hub(struct world *w)
{
	struct error err = {0};
	struct arena arena = {0};
	w->hub = machine_of(w);
	open_registrations(w, &w->hub);
	bool ok = hub_create(w->hub.store, STR("Buurtteam"), STR(""), &err) &&
		  store_apply(w->hub.store, w->sample.records, w->sample.count, 0, NULL, &err);
	for (size_t i = 0; ok && i < WORLD_INITIATIVES; i++) {
		struct uuid place = sample_id(ENTITY_PLACE, i == 0 ? 0 : WORLD_KIOSKS);
		struct str json =
			str_format(&arena, "\"%.*s\"", STR_ARG(uuid_format(&arena, place)));
		ok = set_field(&w->hub, ENTITY_INITIATIVE, sample_id(ENTITY_INITIATIVE, i),
			INITIATIVE_PLACE_ID, json, &err);
	}
	set_up(w, ok, &err);
	arena_finish(&arena);
	let_thief_go(w);
	w->other = machine_of(w);
	set_up(w, hub_create(w->other.store, STR("Een ander"), STR(""), &err), &err);
}

static void let_in(struct world *w, int k)
{
	struct error err = {0};
	struct carrier_report report;
	char name[IDENTITY_NAME_MOST_BYTES + 1];
	struct machine *m = &w->kiosk[k];
	struct uuid place = sample_id(ENTITY_PLACE, (size_t)k);
	*m = machine_of(w);
	open_registrations(w, m);
	fake_plug(w->hub.env, STICK, w->stick[0].env);
	fake_plug(m->env, STICK, w->stick[0].env);
	bool ok = carrier_invite(w->hub.store, STICK, STR("Kiosk"), place, 30, &err) &&
		  carrier_accept(m->store, STICK, name, &err) &&
		  carrier_exchange(m->store, STICK, &report, &err) &&
		  carrier_exchange(w->hub.store, STICK, &report, &err) &&
		  carrier_exchange(m->store, STICK, &report, &err);
	set_up(w, ok, &err);
	fake_unplug(w->hub.env);
	fake_unplug(m->env);
}

void world_begin(struct world *w, uint64_t seed, bool tells)
{
	*w = (struct world){.seed = seed, .tells = tells};
	hash_start(&w->told, STR("story"));
	luck_of_step(w);
	sqlite3_randomness(0, NULL); /* it begins anew from the first machine */
	for (int i = 0; i < FAULT_COUNT; i++)
		w->faulty[i] = one_in(w, 2);
	for (int i = 0; i < WORLD_INITIATIVES; i++)
		w->most_seats[i] = WORLD_CAPACITY;
	w->sample = sample_of(
		WORLD_SAMPLE, (struct sample_rules){"sign_up", WORLD_CAPACITY, 30, true, false});
	for (int i = 0; i < WORLD_STICKS; i++)
		w->stick[i].env = fake_create(draw(w));
	begin_hub(w);
	for (int k = 0; k < WORLD_KIOSKS && !w->broken; k++)
		let_in(w, k);
	w->invited = fake_copy(w->stick[0].env, draw(w));
}

void world_end(struct world *w)
{
	machine_end(&w->hub);
	machine_end(&w->other);
	for (int k = 0; k < WORLD_KIOSKS; k++)
		machine_end(&w->kiosk[k]);
	for (int i = 0; i < WORLD_STICKS; i++)
		machine_end(&w->stick[i]);
	fake_destroy(w->invited);
	fake_sqlite_remove();
	arena_finish(&w->sample.arena);
}

/* --- what happens ----------------------------------------------------------------------------- */

static void something(struct world *w, int k)
{
	struct machine *m = &w->kiosk[k];
	struct machine *anyone = one_in(w, 3) ? &w->hub : m;
	int number = anyone == m ? k : WORLD_KIOSKS;
	switch (below(w, 20)) {
	case 0 ... 4:
		deed_sign_up(w, k);
		break;
	case 5 ... 6:
		deed_cancel(w);
		break;
	case 7 ... 8:
		deed_edit(w, anyone, number);
		break;
	case 9:
		if (one_in(w, 2))
			deed_erase(w);
		else
			switch_off(m);
		break;
	case 10:
		if (strikes(w, FAULT_RESTORED, 4))
			deed_restore(w, k);
		else if (strikes(w, FAULT_CLONED, 4))
			deed_clone(w, k);
		else if (strikes(w, FAULT_HUB_RESTORED, 2))
			deed_restore_hub(w);
		break;
	case 11:
		if (strikes(w, FAULT_CLOCK, 2))
			deed_upset_clock(w, m);
		deed_night(w, anyone);
		break;
	case 12:
		if (strikes(w, FAULT_REORDERED, 2))
			forge_reordered(w, k);
		else
			deed_novelty(w, anyone, number);
		break;
	default:
		deed_carry(w);
	}
	check_step(w, one_in(w, 4) ? &w->hub : m);
}

void world_step(struct world *w)
{
	int step = w->step++;
	if (w->skipped && w->skipped[step])
		return;
	luck_of_step(w);
	int k = (int)below(w, WORLD_KIOSKS);
	env_sleep_ms(w->kiosk[k].env, MINUTE_MS);
	something(w, k);
}

void world_heal(struct world *w, int rounds)
{
	memset(w->faulty, 0, sizeof(w->faulty));
	luck_of_step(w);
	for (int i = 0; i < WORLD_STICKS; i++) {
		machine_end(&w->stick[i]);
		w->stick[i] = (struct machine){.env = fake_create(draw(w))};
	}
	for (int k = 0; k < WORLD_KIOSKS; k++)
		fake_set_clock(w->kiosk[k].env, WORLD_STARTS_MS + w->step * MINUTE_MS, CLOCK_SURE);
	/* Who was put back hears everybody first. */
	if (switch_on(w, &w->hub) && count_of(&w->hub, "SELECT count(*) FROM past_epoch") > 0)
		rounds += 4;
	for (int round = 0; round < rounds && !w->broken; round++) {
		deed_exchange(w, &w->hub, &w->stick[0]);
		for (int k = 0; k < WORLD_KIOSKS; k++)
			deed_exchange(w, &w->kiosk[k], &w->stick[0]);
	}
	if (!w->broken)
		check_last(w);
	if (!w->broken)
		check_logs(w);
	if (!w->broken)
		forge_for_copies(w);
}
