/* What people do, and what becomes of their machines. A deed that is cut off in the middle may
 * count or not; then nothing is expected of it. */
#include "sim/inside.h"

#include "fake/disk.h"
#include "fake/fake.h"
#include "fake/fake_env.h"
#include "model/fields.h"
#include "store/hub.h"
#include "store/inside.h"
#include "store/past.h"
#include "store/sequencer.h"

#include <stdio.h>
#include <string.h>

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
	w->armed = false;
}

/* Something may go wrong with this machine's disk within the next few changes. */
static void threaten(struct world *w, struct machine *m)
{
	bool power = strikes(w, FAULT_POWER, 6), disk = !power && strikes(w, FAULT_DISK, 10);
	int64_t after = (int64_t)below(w, 60);
	w->armed = power || disk;
	if (power)
		fake_power_off_after(m->env, after);
	else if (disk)
		fake_fail_once(m->env, after, one_in(w, 2) ? ERROR_DISK : ERROR_DISK_FULL);
}

bool disk_threat(struct world *w, struct machine *m)
{
	threaten(w, m);
	return w->armed;
}

void disk_threat_over(struct world *w, struct machine *m)
{
	power_back(w, m);
}

/* --- sign-ups --------------------------------------------------------------------------------- */

/* After a card was copied: does the original go on from where the copy went on, unaware of it? */
static void note_answer(struct world *w, int k)
{
	struct machine *m = &w->kiosk[k];
	struct fork *fork = &w->forks[k];
	int64_t known;
	if (!fork->copied || fork->answered)
		return;
	fork->answered = true;
	fork->both = op_find_writer(m->store->db, m->store->device, fork->epoch, &known, NULL) &&
		     known == 0;
}

void deed_sign_up(struct world *w, int k)
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
		note_answer(w, k);
		tell(w, "kiosk %d: sign-up %zu, outcome %d", k, w->promise_count - 1,
			result.outcome);
	} else {
		tell(w, "kiosk %d: no sign-up: %s", k, err.message);
	}
	power_back(w, m);
}

/* Part of the box that is about to be erased. */
static void remember_box(struct world *w, const struct machine *m, struct uuid id)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str box;
	memset(w->erased, 0, sizeof(w->erased));
	if (store_sealed(m->store, &arena, id, &box, NULL) && box.len > 2 * WORLD_KEPT_BYTES)
		memcpy(w->erased, box.ptr + WORLD_KEPT_BYTES, WORLD_KEPT_BYTES);
}

static void look_for_erased(struct world *w, struct machine *m)
{
	static const char none[WORLD_KEPT_BYTES];
	struct disk *disk = fake_disk(m->env);
	if (memcmp(w->erased, none, sizeof(none)) == 0)
		return;
	for (struct disk_name *n = disk->names; n; n = n->next)
		if (n->cached && n->cached->cached.size &&
			memmem(n->cached->cached.ptr, n->cached->cached.size, w->erased,
				sizeof(w->erased)))
			broken(w, "P2 what was erased is in no byte", n->path);
}

void deed_cancel(struct world *w)
{
	struct error err = {0};
	if (w->promise_count == 0)
		return;
	size_t which = below(w, w->promise_count);
	struct promise *p = &w->promises[which];
	struct machine *m = &w->kiosk[p->kiosk];
	if (p->cancelled || p->void_ || !switch_on(w, m))
		return;
	remember_box(w, m, p->id);
	struct forgotten *f = forget_note(w, m, p->id);
	threaten(w, m);
	bool sure = !w->armed;
	p->cancelled = store_cancel(m->store, p->id, &err);
	/* Cut off in the middle, it may have become durable or not. */
	p->void_ = !p->cancelled;
	if (f)
		f->void_ = !p->cancelled;
	tell(w, "kiosk %d: sign-up %zu cancelled %d", p->kiosk, which, p->cancelled);
	if (sure && p->cancelled)
		look_for_erased(w, m);
	power_back(w, m);
}

void deed_night(struct world *w, struct machine *m)
{
	size_t erased;
	struct error err = {0};
	if (!switch_on(w, m))
		return;
	bool unsure = ((struct fake *)m->env)->quality == CLOCK_UNSURE;
	int64_t before = count_of(m, "SELECT count(*) FROM sealed");
	bool ok = store_expire(m->store, &erased, &err);
	tell(w, "%s: night, %zu erased", machine_name(w, m), erased);
	if (!ok)
		broken(w, "R4 nights pass", err.message);
	if (unsure && count_of(m, "SELECT count(*) FROM sealed") != before)
		broken(w, "P3 nothing expires by a clock that is not sure", machine_name(w, m));
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		m->store->db, "SELECT count(*) FROM sealed WHERE expires_ms BETWEEN 1 AND :now");
	sql_bind_int(q, ":now", env_wall_ms(m->env));
	if (!unsure && store_clock(m->store) != CLOCK_UNSURE && sql_next(q, NULL) && sql_int(q, 0))
		broken(w, "P2 what is over is erased", machine_name(w, m));
}

/* --- edits ------------------------------------------------------------------------------------ */

static void shown(struct machine *m, const struct edit *e, char json[40])
{
	struct uuid id = sample_id(e->type, e->initiative);
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(m->store->db,
		"SELECT value FROM field WHERE entity_type = :type AND entity = :id"
		" AND number = :number AND value IS NOT NULL");
	sql_bind_int(q, ":type", e->type);
	sql_bind_blob(q, ":id", id.bytes, sizeof(id.bytes));
	sql_bind_int(q, ":number", e->field);
	json[0] = '\0';
	if (sql_next(q, NULL))
		snprintf(json, 40, "%.*s", STR_ARG(sql_peek(q, 0)));
}

/* The edits of the same field whose ops are not here. */
static uint64_t crossed(struct world *w, struct machine *m, const struct edit *mine)
{
	uint64_t crosses = 0;
	for (size_t i = 0; i < w->edit_count; i++) {
		const struct edit *e = &w->edits[i];
		int64_t writer, number = 0;
		if (e->type != mine->type || e->field != mine->field ||
			e->initiative != mine->initiative)
			continue;
		if (!op_find_writer(m->store->db, e->device, e->epoch, &writer, NULL) ||
			(writer && !op_number(m->store->db, writer, e->seq, &number, NULL)))
			w->unsure_edits = true;
		if (number == 0)
			crosses |= (uint64_t)1 << i;
	}
	return crosses;
}

/* By which name the op went that was just made. */
static void name_of_op(struct machine *m, struct edit *e)
{
	int64_t writer;
	memcpy(e->device, m->store->device, sizeof(e->device));
	memcpy(e->epoch, m->store->epoch, sizeof(e->epoch));
	op_find_writer(m->store->db, e->device, e->epoch, &writer, NULL);
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		m->store->db, "SELECT max(seq) FROM op WHERE writer = :writer AND kind = 1");
	sql_bind_int(q, ":writer", writer);
	if (sql_next(q, NULL))
		e->seq = sql_int(q, 0);
}

static bool set(struct machine *m, const struct edit *e, struct error *err)
{
	struct field_value field = {(uint16_t)e->field, str_from(e->value)};
	struct record record = {.type = (enum entity_type)e->type,
		.id = sample_id(e->type, e->initiative),
		.fields = &field,
		.field_count = 1};
	return store_apply(m->store, &record, 1, APPLY_NAMED_FIELDS, NULL, err);
}

/* More seats than there were, never fewer: nobody loses one. */
static void add_seats(struct world *w, struct machine *m)
{
	struct error err = {0};
	struct edit e = {.type = ENTITY_INITIATIVE,
		.field = INITIATIVE_CAPACITY,
		.initiative = below(w, WORLD_INITIATIVES)};
	int seats = WORLD_CAPACITY + (int)below(w, 3);
	snprintf(e.value, sizeof(e.value), "%d", seats);
	if (w->most_seats[e.initiative] < seats)
		w->most_seats[e.initiative] = seats;
	threaten(w, m);
	bool ok = set(m, &e, &err);
	tell(w, "%s: %d seats %s", machine_name(w, m), seats, ok ? "" : err.message);
	power_back(w, m);
}

/* Staff come back to what they changed. */
static struct edit choose_edit(struct world *w, int number)
{
	bool time = one_in(w, 2), again = one_in(w, 2);
	struct edit e = {.machine = number,
		.type = time ? ENTITY_SCHEDULE : ENTITY_INITIATIVE,
		.field = time ? SCHEDULE_DTSTART : INITIATIVE_NAME,
		.initiative = below(w, WORLD_INITIATIVES)};
	for (size_t i = w->edit_count; again && i > 0; i--) {
		const struct edit *last = &w->edits[i - 1];
		if (last->machine != number)
			continue;
		e.type = last->type;
		e.field = last->field;
		e.initiative = last->initiative;
		again = false;
	}
	int unique = w->step * 8 + (int)(w->edit_count % 8); /* within the 1440 of a day */
	snprintf(e.value, sizeof(e.value),
		e.type == ENTITY_SCHEDULE ? "\"2026-09-04T%02d:%02d:00\"" : "\"Naam %02d%02d\"",
		unique / 60 % 24, unique % 60);
	return e;
}

void deed_edit(struct world *w, struct machine *m, int number)
{
	struct error err = {0};
	if (!switch_on(w, m))
		return;
	if (one_in(w, 6)) {
		add_seats(w, m);
		return;
	}
	struct edit e = choose_edit(w, number);
	if (w->edit_count == WORLD_EDITS)
		return;
	shown(m, &e, e.seen);
	e.crosses = crossed(w, m, &e);
	threaten(w, m);
	bool ok = set(m, &e, &err);
	tell(w, "%s: %s for %s %s", machine_name(w, m), e.value, e.seen, ok ? "" : err.message);
	if (ok) {
		name_of_op(m, &e);
		w->edits[w->edit_count++] = e;
	}
	w->unsure_edits = w->unsure_edits || !ok;
	power_back(w, m);
	if (ok && one_in(w, 3))
		deed_edit(w, m, number);
}

void deed_novelty(struct world *w, struct machine *m, int number)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	struct novelty n = {.machine = number};
	if (w->novelty_count == WORLD_NOVELTIES || !switch_on(w, m))
		return;
	env_random_bytes(m->env, n.id.bytes, sizeof(n.id.bytes));
	struct str value = {(char *)n.id.bytes, sizeof(n.id.bytes)};
	if (!store_begin(&tx, m->store, NULL) ||
		!op_append_about(&tx, NEW_KIND, NEW_KIND, n.id, value, NULL) ||
		!store_commit(&tx, NULL))
		return;
	w->novelties[w->novelty_count++] = n;
	tell(w, "%s: something new", machine_name(w, m));
}

/* --- sticks ----------------------------------------------------------------------------------- */

bool deed_exchange(struct world *w, struct machine *m, struct machine *stick)
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
	tell(w, "%s: exchange: %s, up %zu new of %zu, down %zu to %lld, refused %zu, gap %d %s",
		machine_name(w, m), ok ? "done" : err.message, report.up.fresh, report.up.ops,
		report.down.ops, (long long)report.down.hub_seq,
		report.up.refused + report.down.refused, report.down.gap,
		report.up.refused ? report.up.why.message : report.down.why.message);
	if (!ok && err.code == ERROR_DAMAGED && !fake_disk(stick->env)->off && !w->lied)
		broken(w, "S2 the state is the hub's", err.message);
	if (!ok && !w->armed && !w->lied && !fake_disk(stick->env)->off &&
		fake_disk(stick->env)->fail_at < 0)
		broken(w, "L5 nothing on a stick stops an exchange", err.message);
	if (ok)
		stick_check(w, m, stick, &report);
	return ok;
}

void deed_carry(struct world *w)
{
	struct machine *stick = &w->stick[below(w, WORLD_STICKS)];
	uint64_t who = below(w, WORLD_KIOSKS + 2);
	struct machine *m = who < WORLD_KIOSKS ? &w->kiosk[who] : &w->hub;
	struct disk *disk = fake_disk(stick->env);
	if (!switch_on(w, m))
		return;
	stick_trouble(w, stick);
	disk = fake_disk(stick->env);
	threaten(w, m);
	if (strikes(w, FAULT_STICK_PULLED, 6))
		fake_power_off_after(stick->env, (int64_t)below(w, 30));
	else if (strikes(w, FAULT_STICK_FULL, 8))
		fake_fail_after(stick->env, (int64_t)below(w, 12), ERROR_DISK_FULL);
	else if ((w->lied = strikes(w, FAULT_STICK_LIES, 6)))
		disk->lie_at = disk->operations + (int64_t)below(w, 8);
	deed_exchange(w, m, stick);
	power_back(w, m);
	w->lied = false;
	fake_fail_after(stick->env, 0, ERROR_NONE);
	disk->off_at = disk->lie_at = -1;
	if (disk->off)
		fake_power_on(stick->env);
}

/* --- worse things ----------------------------------------------------------------------------- */

static void forget_erasures(struct world *w, int k)
{
	for (size_t i = 0; i < w->forgotten_count; i++)
		w->forgotten[i].void_ |= w->forgotten[i].machine == k;
}

/* What was promised since is lost with the disk, unless the hub has it. */
static void forget(struct world *w, int k)
{
	for (size_t i = 0; i < w->promise_count; i++)
		w->promises[i].void_ |= w->promises[i].kiosk == k;
	for (size_t i = 0; i < w->edit_count; i++)
		w->edits[i].void_ |= w->edits[i].machine == k;
	for (size_t i = 0; i < w->novelty_count; i++)
		w->novelties[i].void_ |= w->novelties[i].machine == k;
	w->owner_forked = w->owner_forked || k == 0;
	w->unsure_edits = true;
	w->forks[k] = (struct fork){.answered = true};
	w->reached[k] = 0;
}

/* Whether the hub has ops of the kiosk's device that it does not know of. */
static bool is_behind(struct world *w, struct machine *m)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	uint8_t(*epochs)[WRITER_PART_BYTES];
	size_t count;
	if (!switch_on(w, m) || !switch_on(w, &w->hub) ||
		!store_epochs(w->hub.store, &arena, m->store->device, &epochs, &count, NULL))
		return false;
	for (size_t i = 0; i < count; i++) {
		int64_t there = 0, here = 0;
		if (store_last_seq(w->hub.store, m->store->device, epochs[i], &there, NULL) &&
			store_last_seq(m->store, m->store->device, epochs[i], &here, NULL) &&
			there > here)
			return true;
	}
	return false;
}

void deed_restore(struct world *w, int k)
{
	struct machine *m = &w->kiosk[k];
	if (!m->old) {
		switch_off(m);
		m->old = fake_copy(m->env, draw(w));
		return;
	}
	switch_off(m);
	bool listed = one_in(w, 2);
	if (listed)
		forgotten_outlive(w, m->env, m->old);
	fake_destroy(m->env);
	m->env = m->old;
	m->old = NULL;
	if (!listed)
		forget_erasures(w, k);
	forget(w, k);
	tell(w, "kiosk %d is put back to an earlier day%s", k, listed ? ", but for the list" : "");
	w->behind[k] = is_behind(w, m);
	if (listed && switch_on(w, m))
		check_forgotten_kept(w, m, k);
}

/* What its own staff did since is lost with the disk, unless a kiosk has seen it. What kiosks said
 * to people is not. */
static void forget_hub(struct world *w)
{
	struct sql *db = w->hub.store->db;
	for (size_t i = 0; i < w->edit_count; i++) {
		struct edit *e = &w->edits[i];
		int64_t writer = 0, number = 0;
		if (e->machine != WORLD_KIOSKS || e->void_)
			continue;
		if (op_find_writer(db, e->device, e->epoch, &writer, NULL) && writer)
			op_number(db, writer, e->seq, &number, NULL);
		e->void_ = number == 0;
		w->unsure_edits = w->unsure_edits || e->void_;
	}
	for (size_t i = 0; i < w->novelty_count; i++)
		w->novelties[i].void_ |= w->novelties[i].machine == WORLD_KIOSKS;
	/* And where each device went on from, which no log tells. */
	for (int k = 0; k < WORLD_KIOSKS; k++)
		w->forks[k] = (struct fork){.answered = true};
}

void deed_restore_hub(struct world *w)
{
	struct machine *m = &w->hub;
	struct error err = {0};
	if (!m->old) {
		switch_off(m);
		m->old = fake_copy(m->env, draw(w));
		tell(w, "hub: a copy is made");
		return;
	}
	switch_off(m);
	fake_destroy(m->env);
	m->env = m->old;
	m->old = NULL;
	if (!switch_on(w, m))
		return;
	forget_hub(w);
	bool said = !one_in(w, 3);
	w->hub_unsaid = w->hub_unsaid || !said;
	tell(w, "hub: put back to an earlier day%s", said ? "" : ", and nobody says so");
	if (said && !store_leave_epoch(m->store, store_revision(m->store), &err))
		broken(w, "R4 a hub that was put back goes on", err.message);
}

/* The copy takes a sign-up and meets a stick; then it is thrown away. */
void deed_clone(struct world *w, int k)
{
	struct machine *m = &w->kiosk[k], copy;
	struct fork *fork = &w->forks[k];
	int64_t last;
	if (!switch_on(w, &w->hub))
		return;
	switch_off(m);
	copy = (struct machine){.env = fake_copy(m->env, draw(w))};
	w->owner_forked = w->owner_forked || k == 0;
	tell(w, "kiosk %d runs twice", k);
	if (switch_on(w, &copy)) {
		struct registration_request request = sample_request(0);
		struct registration_result result;
		struct error err = {0};
		store_register(copy.store, &request, &result, &err);
		deed_exchange(w, &copy, &w->stick[0]);
		deed_exchange(w, &w->hub, &w->stick[0]);
		if (!fork->copied && !fork->answered &&
			store_last_seq(
				w->hub.store, copy.store->device, copy.store->epoch, &last, NULL) &&
			last > 0) {
			fork->copied = true;
			memcpy(fork->epoch, copy.store->epoch, sizeof(fork->epoch));
		}
	}
	machine_end(&copy);
}

void deed_upset_clock(struct world *w, struct machine *m)
{
	int64_t years = WORLD_STARTS_MS + 3650 * (int64_t)86400000;
	switch (below(w, 5)) {
	case 0:
		fake_set_clock(m->env, (int64_t)below(w, 86400000), CLOCK_UNSURE);
		break;
	case 1:
		fake_set_clock(m->env, years, CLOCK_UNSURE);
		break;
	case 2 ... 3:
		fake_set_clock(m->env, years, CLOCK_SURE);
		break;
	default:
		fake_set_clock(m->env, WORLD_STARTS_MS + w->step * MINUTE_MS, CLOCK_SURE);
	}
	tell(w, "%s: its clock is upset", machine_name(w, m));
}
