/* What must hold at every step, and when all have met. */
#include "sim/inside.h"

#include "crypto/seal.h"
#include "fake/disk.h"
#include "fake/fake_env.h"
#include "store/board.h"
#include "store/inside.h"
#include "store/member.h"
#include "store/past.h"
#include "store/sequencer.h"

#include <string.h>

int64_t count_of(struct machine *m, const char *select)
{
	CLEANUP(sql_done) struct sql_query *q = sql_query(m->store->db, select);
	return sql_next(q, NULL) ? sql_int(q, 0) : -1;
}

static void none(struct world *w, struct machine *m, const char *select, const char *invariant)
{
	if (count_of(m, select) != 0)
		broken(w, invariant, machine_name(w, m));
}

static void check_hash(struct world *w, struct machine *m)
{
	struct hash kept, counted;
	struct error err = {0};
	if (!store_state_hash(m->store, &kept, &err) || !store_count_hash(m->store, &counted, &err))
		broken(w, "the store can be read", err.message);
	else if (memcmp(kept.bytes, counted.bytes, HASH_BYTES) != 0)
		broken(w, "S2 the hash is that of the rows", machine_name(w, m));
}

/* --- seats ------------------------------------------------------------------------------------ */

static bool seats_at(struct machine *m, size_t initiative, int day, struct seats_taken *seats)
{
	struct registration_request request = sample_request(initiative);
	request.rule_start.date.day = day;
	return store_seats(m->store, request.schedule, request.rule_start, seats, NULL);
}

static void check_seats(struct world *w, struct machine *m)
{
	struct seats_taken seats;
	if (w->owner_forked)
		return;
	for (size_t i = 0; i < WORLD_INITIATIVES - (w->hub_unsaid ? 1 : 0); i++)
		for (int day = 4; day <= 11; day += 7)
			if (seats_at(m, i, day, &seats) && seats.taken > w->most_seats[i])
				broken(w, "S8 no seat is given twice", machine_name(w, m));
}

/* Who gives the seats leaves nobody waiting for one that is there. */
static void check_waiting(struct world *w, struct machine *m, size_t initiative)
{
	struct uuid id = sample_id(ENTITY_INITIATIVE, initiative);
	bool waits;
	if (!m->store || !store_waits(m->store, &waits, NULL) || waits)
		return;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(m->store->db,
		"SELECT sum(iif(outcome = 1, party_size, 0)) AS taken,"
		" max(iif(outcome = 2, party_size, 0)) AS most FROM registration"
		" WHERE initiative = :id GROUP BY occurrence"
		" HAVING most > 0 AND taken + most <= :seats");
	sql_bind_blob(q, ":id", id.bytes, sizeof(id.bytes));
	sql_bind_int(q, ":seats", WORLD_CAPACITY);
	if (sql_next(q, NULL))
		broken(w, "S10 nobody waits for a seat that is there", machine_name(w, m));
}

/* --- what was promised ------------------------------------------------------------------------ */

/* What the kiosk said must be found there, whatever happened to its power. */
void check_promise(struct world *w, struct promise *p)
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
	else if (found.outcome == OUTCOME_CONFIRMED)
		p->confirmed = true; /* as whoever has the code may have seen */
}

static bool has_box(struct machine *m, struct uuid id)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str box;
	return store_sealed(m->store, &arena, id, &box, NULL) && box.len > 0;
}

static void check_box(struct world *w, const struct promise *p)
{
	struct machine *m = &w->kiosk[p->kiosk];
	if (p->void_ || p->cancelled || p->erased || !has_box(m, p->id) || has_box(&w->hub, p->id))
		return;
	tell(w, "the box of sign-up %d stayed behind", (int)(p - w->promises));
	broken(w, "L2 who signed up can be called", machine_name(w, m));
}

/* Each box is what its sign-up committed to, and of one that stands. */
static void check_boxes(struct world *w, struct machine *m)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(m->store->db,
		"SELECT s.salt, s.box, r.commitment, r.outcome FROM sealed AS s"
		" JOIN registration AS r ON r.id = s.registration");
	while (sql_next(q, NULL)) {
		uint8_t salt[SEAL_SALT_BYTES];
		struct hash commitment;
		sql_blob(q, 0, salt, sizeof(salt));
		sql_blob(q, 2, commitment.bytes, HASH_BYTES);
		if (sql_int(q, 3) == OUTCOME_CANCELLED)
			broken(w, "S11 the box of what was cancelled is gone", machine_name(w, m));
		else if (!seal_matches(&commitment, salt, sql_peek(q, 1)))
			broken(w, "S5 a box is the one committed to", machine_name(w, m));
	}
}

/* --- bytes ------------------------------------------------------------------------------------ */

static void check_plaintext(struct world *w, struct env *env)
{
	static const char *const typed[] = {"Canariefatma", "0612345678"};
	for (struct disk_name *n = fake_disk(env)->names; n; n = n->next)
		for (size_t i = 0; n->cached && n->cached->cached.size && i < 2; i++)
			if (memmem(n->cached->cached.ptr, n->cached->cached.size, typed[i],
				    strlen(typed[i])))
				broken(w, "P1 what was typed is in no byte", n->path);
}

/* --- at every step ---------------------------------------------------------------------------- */

static void check_place(struct world *w, struct machine *m)
{
	struct hub_position position;
	int64_t *reached = &w->reached[m - w->kiosk];
	if (!store_position(m->store, &position, NULL))
		return;
	bool same = memcmp(position.epoch, w->followed[m - w->kiosk], WRITER_PART_BYTES) == 0;
	memcpy(w->followed[m - w->kiosk], position.epoch, WRITER_PART_BYTES);
	if (same && position.hub_seq < *reached)
		broken(w, "S7 the log never goes back", machine_name(w, m));
	*reached = position.hub_seq;
	if (count_of(m, "SELECT count(*) FROM op WHERE hub_seq < 1152921504606846976") !=
		position.hub_seq)
		broken(w, "S6 the log has no gap", machine_name(w, m));
}

void check_step(struct world *w, struct machine *m)
{
	/* A clock that is years ahead thinks that all is over. */
	if (!w->faulty[FAULT_CLOCK] && !w->owner_forked)
		check_waiting(w, &w->kiosk[0], 0);
	check_waiting(w, &w->hub, 1);
	for (int i = 0; i < 3 && w->promise_count; i++)
		check_promise(w, &w->promises[below(w, w->promise_count)]);
	check_plaintext(w, one_in(w, 3) ? w->stick[0].env : m->env);
	if (!m->store)
		return;
	check_seats(w, m);
	check_forgotten_here(w, m);
	if (m != &w->hub)
		check_place(w, m);
	if (one_in(w, 4))
		check_hash(w, m);
	if (one_in(w, 4))
		none(w, m, "SELECT count(*) FROM op WHERE instr(value, X'56616c73') > 0",
			"S14 no right, no change");
}

/* --- at last ---------------------------------------------------------------------------------- */

static void check_machine(struct world *w, struct machine *m)
{
	check_hash(w, m);
	check_seats(w, m);
	check_boxes(w, m);
	check_plaintext(w, m->env);
	none(w, m, "SELECT count(*) FROM op WHERE instr(value, X'56616c73') > 0",
		"S14 no right, no change");
}

/* Nothing of it is dropped, and staff are told. */
static void check_told(struct world *w, struct machine *m)
{
	enum board_change told = BOARD_SAME;
	if (w->behind[m - w->kiosk] &&
		(!store_board_change(m->store, &told, NULL) || told == BOARD_SAME))
		broken(w, "S16 who was put back is told", machine_name(w, m));
}

static void check_kiosk(struct world *w, struct machine *m, const struct hash *hub)
{
	struct hash kiosk;
	struct error err = {0};
	if (!store_state_hash(m->store, &kiosk, &err))
		broken(w, "the store can be read", err.message);
	none(w, m, "SELECT count(*) FROM op WHERE hub_seq >= 1152921504606846976",
		"L1 nothing waits after healing");
	if (memcmp(hub->bytes, kiosk.bytes, HASH_BYTES) != 0)
		broken(w, "S2 one state everywhere", machine_name(w, m));
	check_place(w, m);
	check_machine(w, m);
	check_told(w, m);
}

/* Nobody is left behind in an epoch that is over, and the hub waits for nobody. */
static void check_epochs(struct world *w)
{
	uint8_t epoch[WRITER_PART_BYTES];
	struct hub_position position;
	bool waits;
	if (!store_log_epoch(w->hub.store, epoch, NULL))
		broken(w, "the store can be read", "hub");
	for (int k = 0; k < WORLD_KIOSKS; k++)
		if (!store_position(w->kiosk[k].store, &position, NULL) ||
			memcmp(position.epoch, epoch, sizeof(epoch)) != 0)
			broken(w, "L1 every kiosk follows the hub", machine_name(w, &w->kiosk[k]));
	if (!store_waits(w->hub.store, &waits, NULL) || waits)
		broken(w, "L2 a hub that was put back gives seats again", "hub");
}

void check_last(struct world *w)
{
	struct hash hub;
	struct error err = {0};
	if (!store_state_hash(w->hub.store, &hub, &err))
		broken(w, "the store can be read", err.message);
	for (size_t i = 0; i < w->promise_count; i++) {
		check_promise(w, &w->promises[i]);
		check_box(w, &w->promises[i]);
	}
	for (int k = 0; k < WORLD_KIOSKS && !w->broken; k++)
		check_kiosk(w, &w->kiosk[k], &hub);
	check_machine(w, &w->hub);
	check_epochs(w);
	none(w, &w->hub, "SELECT count(*) FROM registration WHERE outcome = 0",
		"L2 each request is decided");
	if (!w->broken)
		check_forgotten_last(w);
}
