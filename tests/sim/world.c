/* What happens, and what must hold. Machines are switched on when something happens on them and
 * stay on until their power is cut. Time is the least of it: a step is minutes. */
#include "sim/world.h"

#include <stdarg.h>

#include "crypto/keys.h"
#include "fake/disk.h"
#include "fake/fake.h"
#include "fake/fake_env.h"
#include "model/fields.h"
#include "store/inside.h"
#include "store/member.h"
#include "store/sequencer.h"
#include "sync/carrier_dir.h"
#include "sync/hub_create.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STICK "stick"
#define MINUTE_MS ((int64_t)60000)

/* --- luck ------------------------------------------------------------------------------------- */

static uint64_t draw(struct world *w)
{
	w->luck ^= w->luck << 13;
	w->luck ^= w->luck >> 7;
	w->luck ^= w->luck << 17;
	return w->luck;
}

static uint64_t below(struct world *w, uint64_t limit)
{
	return (draw(w) >> 16) % limit;
}

static bool one_in(struct world *w, uint64_t n)
{
	return below(w, n) == 0;
}

static bool strikes(struct world *w, enum fault fault, uint64_t one_in_n)
{
	bool yes = w->faulty[fault] && one_in(w, one_in_n);
	w->faults += yes;
	return yes;
}

__attribute__((format(printf, 2, 3))) static void tell(struct world *w, const char *format, ...)
{
	va_list arguments;
	if (!w->tell)
		return;
	fprintf(stderr, "%4d ", w->step);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
}

static void broken(struct world *w, const char *invariant, const char *what)
{
	if (w->broken)
		return;
	w->broken = invariant;
	snprintf(w->what, sizeof(w->what), "%s", what);
	tell(w, "BROKEN %s: %s", invariant, what);
}

/* --- machines --------------------------------------------------------------------------------- */

static bool switch_on(struct world *w, struct machine *m)
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

static void switch_off(struct machine *m)
{
	store_close(m->store);
	m->store = NULL;
}

/* Ends what was struck: whatever a machine did not finish, it begins anew. */
static void power_back(struct world *w, struct machine *m)
{
	struct disk *disk = fake_disk(m->env);
	bool was_cut = disk->off;
	if (was_cut || disk->fail_at >= 0) {
		switch_off(m);
		fake_fail_after(m->env, 0, ERROR_NONE);
		disk->off_at = -1;
		if (was_cut)
			fake_power_on(m->env);
		tell(w, "power back");
	}
	disk->off_at = -1;
}

/* Something may go wrong with this machine's disk within the next few changes. */
static void threaten(struct world *w, struct machine *m)
{
	if (strikes(w, FAULT_POWER, 6))
		fake_power_off_after(m->env, (int64_t)below(w, 60));
	else if (strikes(w, FAULT_DISK, 10))
		fake_fail_once(
			m->env, (int64_t)below(w, 60), one_in(w, 2) ? ERROR_DISK : ERROR_DISK_FULL);
}

static void open_registrations(struct world *w, struct machine *m)
{
	struct error err = {0};
	struct key_set keys;
	struct secret_key_set secret;
	key_set_create(key_month(2026, 12), &keys, &secret);
	key_set_wipe(&secret);
	if (!store_open_registrations(m->store, &keys, &err))
		broken(w, "setting up", err.message);
}

static struct machine machine_of(struct world *w)
{
	struct machine m = {.env = fake_create(draw(w))};
	switch_on(w, &m);
	return m;
}

static void begin_hub(struct world *w)
{
	struct error err = {0};
	w->hub = machine_of(w);
	open_registrations(w, &w->hub);
	if (!hub_create(w->hub.store, STR("Buurtteam"), STR(""), &err) ||
		!store_apply(w->hub.store, w->sample.records, w->sample.count, 0, NULL, &err))
		broken(w, "setting up", err.message);
}

/* The initiatives are at the place where the first kiosk stands: it gives the seats. */
static void place_initiatives(struct world *w)
{
	struct error err = {0};
	struct arena arena = {0};
	struct uuid place = sample_id(ENTITY_PLACE, 0);
	for (size_t i = 0; i < WORLD_INITIATIVES; i++) {
		struct field_value at = {INITIATIVE_PLACE_ID,
			str_format(&arena, "\"%.*s\"", STR_ARG(uuid_format(&arena, place)))};
		struct record record = {.type = ENTITY_INITIATIVE,
			.id = sample_id(ENTITY_INITIATIVE, i),
			.fields = &at,
			.field_count = 1};
		if (!store_apply(w->hub.store, &record, 1, APPLY_NAMED_FIELDS, NULL, &err))
			broken(w, "setting up", err.message);
	}
	arena_finish(&arena);
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
	if (!carrier_invite(w->hub.store, STICK, STR("Kiosk"), place, 30, &err) ||
		!carrier_accept(m->store, STICK, name, &err) ||
		!carrier_exchange(m->store, STICK, &report, &err) ||
		!carrier_exchange(w->hub.store, STICK, &report, &err) ||
		!carrier_exchange(m->store, STICK, &report, &err))
		broken(w, "setting up", err.message);
	fake_unplug(w->hub.env);
	fake_unplug(m->env);
}

void world_begin(struct world *w, uint64_t seed, bool tells)
{
	*w = (struct world){.seed = seed, .luck = seed * 0x9e3779b97f4a7c15u + 1, .tell = tells};
	for (int i = 0; i < 8; i++)
		draw(w);
	for (int i = 0; i < FAULT_COUNT; i++)
		w->faulty[i] = one_in(w, 2);
	w->sample = sample_of(WORLD_INITIATIVES,
		(struct sample_rules){"sign_up", WORLD_CAPACITY, 30, true, false});
	for (int i = 0; i < WORLD_STICKS; i++)
		w->stick[i].env = fake_create(draw(w));
	begin_hub(w);
	place_initiatives(w);
	for (int k = 0; k < WORLD_KIOSKS && !w->broken; k++)
		let_in(w, k);
}

static void end_machine(struct machine *m)
{
	switch_off(m);
	if (m->old)
		fake_destroy(m->old);
	if (m->env)
		fake_destroy(m->env);
}

void world_end(struct world *w)
{
	end_machine(&w->hub);
	for (int k = 0; k < WORLD_KIOSKS; k++)
		end_machine(&w->kiosk[k]);
	for (int i = 0; i < WORLD_STICKS; i++)
		end_machine(&w->stick[i]);
	fake_sqlite_remove();
	arena_finish(&w->sample.arena);
}

/* --- what people do --------------------------------------------------------------------------- */

static void sign_up(struct world *w, int k)
{
	struct machine *m = &w->kiosk[k];
	struct registration_request request = sample_request(below(w, WORLD_INITIATIVES));
	struct registration_result result;
	struct error err = {0};
	request.party_size = 1 + (int)below(w, 2);
	request.rule_start.date.day = 4 + 7 * (int)below(w, 2);
	if (w->promise_count == WORLD_PROMISES || !switch_on(w, m))
		return;
	threaten(w, m);
	if (store_register(m->store, &request, &result, &err)) {
		struct promise *p = &w->promises[w->promise_count++];
		*p = (struct promise){.kiosk = k,
			.id = result.id,
			.confirmed = result.outcome == OUTCOME_CONFIRMED};
		memcpy(p->code, result.code, sizeof(p->code));
		w->sign_ups++;
		tell(w, "kiosk %d: sign-up, outcome %d", k, result.outcome);
	} else {
		tell(w, "kiosk %d: no sign-up: %s", k, err.message);
	}
	power_back(w, m);
}

static void cancel(struct world *w)
{
	struct error err = {0};
	if (w->promise_count == 0)
		return;
	struct promise *p = &w->promises[below(w, w->promise_count)];
	struct machine *m = &w->kiosk[p->kiosk];
	if (p->cancelled || p->void_ || !switch_on(w, m))
		return;
	threaten(w, m);
	p->cancelled = store_cancel(m->store, p->id, &err);
	/* Cut off in the middle, it may have become durable or not. */
	p->void_ = !p->cancelled;
	tell(w, "kiosk %d: cancelled %d", p->kiosk, p->cancelled);
	power_back(w, m);
}

static void edit(struct world *w, struct machine *m)
{
	struct error err = {0};
	char json[32];
	bool capacity = one_in(w, 4);
	snprintf(json, sizeof(json), capacity ? "%d" : "\"Naam %d\"",
		capacity ? WORLD_CAPACITY : w->step);
	struct field_value field = {
		capacity ? INITIATIVE_CAPACITY : INITIATIVE_NAME, str_from(json)};
	struct record record = {.type = ENTITY_INITIATIVE,
		.id = sample_id(ENTITY_INITIATIVE, below(w, WORLD_INITIATIVES)),
		.fields = &field,
		.field_count = 1};
	if (!switch_on(w, m))
		return;
	threaten(w, m);
	bool ok = store_apply(m->store, &record, 1, APPLY_NAMED_FIELDS, NULL, &err);
	tell(w, "%s: edit %s %s", m == &w->hub ? "hub" : "kiosk", json, ok ? "" : err.message);
	power_back(w, m);
}

/* --- sticks ----------------------------------------------------------------------------------- */

static bool exchange(struct world *w, struct machine *m, struct machine *stick)
{
	struct carrier_report report;
	struct error err = {0};
	if (!switch_on(w, m))
		return false;
	fake_plug(m->env, STICK, stick->env);
	bool ok = carrier_exchange(m->store, STICK, &report, &err);
	fake_unplug(m->env);
	w->exchanges++;
	w->ops += ok ? report.up.fresh + report.down.ops : 0;
	tell(w, "%s: exchange: %s, up %zu new of %zu, down %zu to %lld, refused %zu",
		m == &w->hub ? "hub" : "kiosk", ok ? "done" : err.message, report.up.fresh,
		report.up.ops, report.down.ops, (long long)report.down.hub_seq,
		report.up.refused + report.down.refused);
	if (!ok && err.code == ERROR_DAMAGED && !fake_disk(stick->env)->off)
		broken(w, "S2 the state is the hub's", err.message);
	return ok;
}

static void tear_a_file(struct world *w, struct machine *stick)
{
	struct disk *disk = fake_disk(stick->env);
	size_t count = 0;
	for (struct disk_name *n = disk->names; n; n = n->next)
		count += n->cached && !n->cached->is_directory;
	if (count == 0)
		return;
	size_t chosen = below(w, count);
	for (struct disk_name *n = disk->names; n; n = n->next) {
		if (!n->cached || n->cached->is_directory || chosen-- > 0)
			continue;
		size_t size = n->cached->cached.size;
		disk_truncate(disk, n->cached, one_in(w, 3) ? 0 : below(w, size + 1), NULL);
		tell(w, "torn: %s", n->path);
		break;
	}
	disk_settle(disk);
}

static void leave_noise(struct world *w, struct machine *stick)
{
	struct disk *disk = fake_disk(stick->env);
	for (struct disk_name *n = disk->names; n; n = n->next) {
		if (!n->cached || n->cached->is_directory || !one_in(w, 3))
			continue;
		char byte = (char)draw(w);
		if (n->cached->cached.size)
			disk_write(
				disk, n->cached, below(w, n->cached->cached.size), &byte, 1, NULL);
		tell(w, "noise in %s", n->path);
	}
	disk_settle(disk);
}

static void trouble_on_stick(struct world *w, struct machine *stick)
{
	if (strikes(w, FAULT_STICK_TORN, 8))
		tear_a_file(w, stick);
	if (strikes(w, FAULT_HOSTILE, 8))
		leave_noise(w, stick);
	if (strikes(w, FAULT_STICK_OLD, 12)) {
		if (stick->old) {
			fake_destroy(stick->env);
			stick->env = stick->old;
			stick->old = NULL;
			tell(w, "an old stick reappears");
		} else {
			stick->old = fake_copy(stick->env, draw(w));
		}
	}
}

static void carry(struct world *w)
{
	struct machine *stick = &w->stick[below(w, WORLD_STICKS)];
	uint64_t who = below(w, WORLD_KIOSKS + 2);
	struct machine *m = who < WORLD_KIOSKS ? &w->kiosk[who] : &w->hub;
	if (!switch_on(w, m))
		return;
	trouble_on_stick(w, stick);
	threaten(w, m);
	if (strikes(w, FAULT_STICK_PULLED, 6))
		fake_power_off_after(stick->env, (int64_t)below(w, 30));
	exchange(w, m, stick);
	power_back(w, m);
	fake_disk(stick->env)->off_at = -1;
	if (fake_disk(stick->env)->off)
		fake_power_on(stick->env);
}

/* --- worse things ----------------------------------------------------------------------------- */

/* What was promised since is lost with the disk, unless the hub has it. */
static void forget_promises(struct world *w, int k)
{
	for (size_t i = 0; i < w->promise_count; i++)
		if (w->promises[i].kiosk == k)
			w->promises[i].void_ = true;
	w->owner_forked = w->owner_forked || k == 0;
}

static void restore(struct world *w, int k)
{
	struct machine *m = &w->kiosk[k];
	if (!m->old) {
		switch_off(m);
		m->old = fake_copy(m->env, draw(w));
		return;
	}
	switch_off(m);
	fake_destroy(m->env);
	m->env = m->old;
	m->old = NULL;
	forget_promises(w, k);
	tell(w, "kiosk %d is put back to an earlier day", k);
}

/* The copy takes a sign-up and meets a stick; then it is thrown away. */
static void clone(struct world *w, int k)
{
	struct machine *m = &w->kiosk[k], copy;
	switch_off(m);
	copy = (struct machine){.env = fake_copy(m->env, draw(w))};
	w->owner_forked = w->owner_forked || k == 0;
	tell(w, "kiosk %d runs twice", k);
	if (switch_on(w, &copy)) {
		struct registration_request request = sample_request(0);
		struct registration_result result;
		struct error err = {0};
		store_register(copy.store, &request, &result, &err);
		exchange(w, &copy, &w->stick[0]);
		exchange(w, &w->hub, &w->stick[0]);
	}
	end_machine(&copy);
}

static void upset_clock(struct world *w, struct machine *m)
{
	switch (below(w, 3)) {
	case 0:
		fake_set_clock(m->env, (int64_t)below(w, 86400000), CLOCK_UNSURE);
		break;
	case 1:
		fake_set_clock(m->env, 1796119200000 + 3650 * (int64_t)86400000, CLOCK_SURE);
		break;
	default:
		fake_set_clock(m->env, 1796119200000 + w->step * MINUTE_MS, CLOCK_SURE);
	}
	tell(w, "a clock is upset");
}

/* --- what must hold at every step ------------------------------------------------------------- */

static void check_hash(struct world *w, struct machine *m)
{
	struct hash kept, counted;
	struct error err = {0};
	if (!m->store)
		return;
	if (!store_state_hash(m->store, &kept, &err) || !store_count_hash(m->store, &counted, &err))
		broken(w, "the store can be read", err.message);
	else if (memcmp(kept.bytes, counted.bytes, HASH_BYTES) != 0)
		broken(w, "the hash is that of the rows", m == &w->hub ? "hub" : "kiosk");
}

static bool taken_at(struct machine *m, size_t initiative, int day, int *taken)
{
	struct registration_request request = sample_request(initiative);
	struct seats_taken seats;
	request.rule_start.date.day = day;
	if (!store_seats(m->store, request.schedule, request.rule_start, &seats, NULL))
		return false;
	*taken = seats.taken;
	return true;
}

static void check_seats(struct world *w, struct machine *m)
{
	int taken;
	if (!m->store || w->owner_forked)
		return;
	for (size_t i = 0; i < WORLD_INITIATIVES; i++)
		for (int day = 4; day <= 11; day += 7)
			if (taken_at(m, i, day, &taken) && taken > WORLD_CAPACITY)
				broken(w, "S8 no seat is given twice", "more taken than there are");
}

/* What the kiosk said must be found there, whatever happened to its power. */
static void check_promise(struct world *w, const struct promise *p)
{
	struct machine *m = &w->kiosk[p->kiosk];
	struct registration found;
	struct error err = {0};
	if (p->void_ || !m->store)
		return;
	if (!store_find_code(m->store, str_from(p->code), &found, &err))
		broken(w, "S4 what was saved is there", err.message);
	else if (p->cancelled != (found.outcome == OUTCOME_CANCELLED))
		broken(w, "S11 what was cancelled stays so", p->code);
	else if (p->confirmed && !p->cancelled && found.outcome != OUTCOME_CONFIRMED)
		broken(w, "S9 a seat that was given stays given", p->code);
}

static void check(struct world *w)
{
	struct machine *m = one_in(w, 4) ? &w->hub : &w->kiosk[below(w, WORLD_KIOSKS)];
	check_seats(w, m);
	if (one_in(w, 4))
		check_hash(w, m);
	for (int i = 0; i < 3 && w->promise_count; i++)
		check_promise(w, &w->promises[below(w, w->promise_count)]);
}

void world_step(struct world *w)
{
	int k = (int)below(w, WORLD_KIOSKS);
	struct machine *m = &w->kiosk[k];
	w->step++;
	env_sleep_ms(m->env, MINUTE_MS);
	switch (below(w, 16)) {
	case 0 ... 4:
		sign_up(w, k);
		break;
	case 5:
		cancel(w);
		break;
	case 6:
		edit(w, one_in(w, 2) ? &w->hub : m);
		break;
	case 7:
		switch_off(m);
		break;
	case 8:
		if (strikes(w, FAULT_RESTORED, 4))
			restore(w, k);
		break;
	case 9:
		if (strikes(w, FAULT_CLONED, 6))
			clone(w, k);
		break;
	case 10:
		if (strikes(w, FAULT_CLOCK, 2))
			upset_clock(w, m);
		break;
	default:
		carry(w);
	}
	check(w);
}

/* --- at last ---------------------------------------------------------------------------------- */

static void check_everywhere(struct world *w)
{
	struct hash hub, kiosk;
	struct error err = {0};
	if (!store_state_hash(w->hub.store, &hub, &err))
		broken(w, "the store can be read", err.message);
	for (int k = 0; k < WORLD_KIOSKS && !w->broken; k++) {
		struct machine *m = &w->kiosk[k];
		if (!store_state_hash(m->store, &kiosk, &err))
			broken(w, "the store can be read", err.message);
		else if (store_pending_count(m->store, &err) != 0)
			broken(w, "L1 nothing waits after healing", "a kiosk has pending ops");
		else if (memcmp(hub.bytes, kiosk.bytes, HASH_BYTES) != 0)
			broken(w, "S2 one state everywhere", "a kiosk differs from the hub");
		check_hash(w, m);
		check_seats(w, m);
	}
	check_hash(w, &w->hub);
	check_seats(w, &w->hub);
}

static int64_t asked(struct store *store)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT count(*) FROM registration WHERE outcome = 0");
	return sql_next(q, NULL) ? sql_int(q, 0) : -1;
}

void world_heal(struct world *w, int rounds)
{
	memset(w->faulty, 0, sizeof(w->faulty));
	for (int i = 0; i < WORLD_STICKS; i++) {
		end_machine(&w->stick[i]);
		w->stick[i] = (struct machine){.env = fake_create(draw(w))};
	}
	for (int k = 0; k < WORLD_KIOSKS; k++)
		fake_set_clock(w->kiosk[k].env, 1796119200000 + w->step * MINUTE_MS, CLOCK_SURE);
	for (int round = 0; round < rounds && !w->broken; round++) {
		exchange(w, &w->hub, &w->stick[0]);
		for (int k = 0; k < WORLD_KIOSKS; k++)
			exchange(w, &w->kiosk[k], &w->stick[0]);
	}
	for (size_t i = 0; i < w->promise_count && !w->broken; i++)
		check_promise(w, &w->promises[i]);
	if (!w->broken)
		check_everywhere(w);
	if (!w->broken && asked(w->hub.store) != 0)
		broken(w, "L2 each request is decided", "one is not");
}
