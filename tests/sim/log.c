/* What must be read in the hub's log when all have met: what came in, in which order, and what was
 * made of edits that cross. The world knows what people saw when they did something; the log is
 * judged by that, not by what the program wrote beside it. */
#include "sim/inside.h"

#include "model/fields.h"
#include "store/hub.h"
#include "store/inside.h"
#include "store/payload.h"

#include <stdio.h>
#include <string.h>

#define MOST_WAITING 400

/* --- order ------------------------------------------------------------------------------------ */

static void check_order(struct world *w)
{
	struct machine *m = &w->hub;
	if (count_of(m, "SELECT count(*) - max(hub_seq) FROM op") != 0)
		broken(w, "S6 the log has no gap", "hub");
	if (count_of(m, "SELECT count(*) FROM (SELECT count(*) AS n, max(seq) AS last FROM op"
			" GROUP BY writer) WHERE n <> last") != 0)
		broken(w, "S3 no op of a writer is missing", "hub");
	if (count_of(m, "SELECT count(*) FROM op AS a JOIN op AS b ON a.writer = b.writer"
			" AND b.seq = a.seq + 1 WHERE b.hub_seq < a.hub_seq") != 0)
		broken(w, "S6 a writer's ops keep their order", "hub");
}

/* --- seats ------------------------------------------------------------------------------------ */

struct sign_up {
	struct uuid id, schedule;
	int64_t occurrence, outcome;
};

struct list {
	struct sign_up all[MOST_WAITING];
	size_t count;
};

static struct sign_up *find(struct list *list, struct uuid id)
{
	for (size_t i = 0; i < list->count; i++)
		if (uuid_equal(list->all[i].id, id))
			return &list->all[i];
	return NULL;
}

/* In the order in which they were put on the list: does anybody stand before? */
static bool somebody_before(struct list *list, const struct sign_up *s)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct sign_up *other = &list->all[i];
		if (other == s)
			return false;
		if (other->outcome == OUTCOME_WAITING && uuid_equal(other->schedule, s->schedule) &&
			other->occurrence == s->occurrence)
			return true;
	}
	return false;
}

static void decided(struct world *w, struct list *list, struct sign_up *s, int64_t outcome)
{
	bool waits = s->outcome == OUTCOME_WAITING;
	if (s->outcome == OUTCOME_CANCELLED || s->outcome == OUTCOME_CONFIRMED)
		return;
	if (outcome == OUTCOME_CONFIRMED && somebody_before(list, s))
		broken(w, waits ? "S10 the list keeps its order" : "S10 nobody overtakes", "hub");
	s->outcome = outcome;
}

/* Follows the decisions as they stand in the log. */
static void check_list(struct world *w)
{
	static struct list list;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(w->hub.store->db,
		"SELECT op.kind, op.entity, op.value, r.schedule, r.occurrence FROM op"
		" JOIN registration AS r ON r.id = op.entity WHERE op.kind IN (3, 4)"
		" ORDER BY op.hub_seq");
	list.count = 0;
	while (sql_next(q, NULL) && list.count < MOST_WAITING) {
		struct decide_payload decide = {.outcome = OUTCOME_CANCELLED};
		struct sign_up new = {.occurrence = sql_int(q, 4)};
		sql_blob(q, 1, new.id.bytes, sizeof(new.id.bytes));
		sql_blob(q, 3, new.schedule.bytes, sizeof(new.schedule.bytes));
		bool cancel = sql_int(q, 0) == OP_CANCEL;
		if (!cancel && !payload_read_decide(sql_peek(q, 2), &decide))
			continue;
		struct sign_up *s = find(&list, new.id);
		if (!s) {
			s = &list.all[list.count++];
			*s = new;
		}
		if (cancel)
			s->outcome = OUTCOME_CANCELLED;
		else
			decided(w, &list, s, decide.outcome);
	}
}

/* --- edits ------------------------------------------------------------------------------------ */

static int64_t number_of(struct world *w, const struct edit *e)
{
	int64_t writer, number = 0;
	if (op_find_writer(w->hub.store->db, e->device, e->epoch, &writer, NULL) && writer)
		op_number(w->hub.store->db, writer, e->seq, &number, NULL);
	return number;
}

static bool waits_for_staff(struct world *w, const struct edit *e)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		w->hub.store->db, "SELECT count(*) FROM conflict WHERE hub_seq = :number");
	sql_bind_int(q, ":number", number_of(w, e));
	return sql_next(q, NULL) && sql_int(q, 0) > 0;
}

static void stands(struct world *w, const struct edit *e, char json[40])
{
	struct uuid id = sample_id(e->type, e->initiative);
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(w->hub.store->db,
		"SELECT value FROM field WHERE entity_type = :type AND entity = :id"
		" AND number = :number");
	sql_bind_int(q, ":type", e->type);
	sql_bind_blob(q, ":id", id.bytes, sizeof(id.bytes));
	sql_bind_int(q, ":number", e->field);
	json[0] = '\0';
	if (sql_next(q, NULL))
		snprintf(json, 40, "%.*s", STR_ARG(sql_peek(q, 0)));
}

static void check_edit(struct world *w, size_t number)
{
	struct edit *e = &w->edits[number];
	char now[40];
	if (!e->void_ && number_of(w, e) == 0)
		broken(w, "S3 each change reaches the hub", e->value);
	stands(w, e, now);
	if (!e->void_ && strcmp(now, e->seen) == 0 && !waits_for_staff(w, e))
		broken(w, "S12 who saw a value and changed it does not lose to it", e->value);
	if (e->field != SCHEDULE_DTSTART || e->void_)
		return;
	bool waits = waits_for_staff(w, e), crosses = e->crosses != 0;
	for (size_t i = 0; i < w->edit_count; i++) {
		struct edit *other = &w->edits[i];
		bool pair = e->crosses >> i & 1;
		crosses = crosses || (other->crosses >> number & 1);
		if (pair && !other->void_ && !waits && !waits_for_staff(w, other))
			broken(w, "S13 what crosses waits for staff", e->value);
	}
	if (waits && !crosses && !w->unsure_edits)
		broken(w, "S12 what crosses nothing does not wait", e->value);
}

/* Something that stands although another value was there that its writer did not see leaves one of
 * the two in the list of conflicts, for the fields that never merge silently. */
static void check_conflicts(struct world *w)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(w->hub.store->db,
		"SELECT op.hub_seq, op.base, op.entity, op.value, c.hub_seq IS NOT NULL FROM op"
		" LEFT JOIN conflict AS c ON c.hub_seq = op.hub_seq WHERE op.kind = 1"
		" AND op.entity_type = :type AND op.field = :number ORDER BY op.entity, "
		"op.hub_seq");
	sql_bind_int(q, ":type", ENTITY_INITIATIVE);
	sql_bind_int(q, ":number", INITIATIVE_CAPACITY);
	struct uuid entity = {{0}}, last = {{0}};
	int64_t standing = 0;
	char value[40] = "";
	while (sql_next(q, NULL)) {
		struct str new = sql_peek(q, 3);
		sql_blob(q, 2, entity.bytes, sizeof(entity.bytes));
		bool follows = !uuid_equal(entity, last) || sql_int(q, 1) >= standing;
		if (follows) {
			standing = sql_int(q, 0);
			snprintf(value, sizeof(value), "%.*s", STR_ARG(new));
		} else if (!str_equal(new, str_from(value)) && !sql_int(q, 4)) {
			broken(w, "S13 what crosses waits for staff", "capacity");
		}
		last = entity;
	}
}

/* --- what is carried and told ----------------------------------------------------------------- */

static bool carries(struct machine *m, const struct novelty *n)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(m->store->db,
		"SELECT count(*) FROM op WHERE kind = :kind AND entity = :id AND value = :id");
	sql_bind_int(q, ":kind", NEW_KIND);
	sql_bind_blob(q, ":id", n->id.bytes, sizeof(n->id.bytes));
	return sql_next(q, NULL) && sql_int(q, 0) == 1;
}

static void check_novelty(struct world *w, const struct novelty *n)
{
	if (n->void_)
		return;
	for (int k = 0; k < WORLD_KIOSKS; k++)
		if (!carries(&w->kiosk[k], n))
			broken(w, "S15 what nobody knows yet is carried on", "kiosk");
	if (!carries(&w->hub, n))
		broken(w, "S15 what nobody knows yet is carried on", "hub");
}

static void check_fork(struct world *w, int k)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct notice *list;
	size_t count;
	bool told = false;
	if (!w->forks[k].both || !store_notices(w->hub.store, &arena, &list, &count, NULL))
		return;
	for (size_t i = 0; i < count; i++)
		told = told || (list[i].kind == NOTICE_FORK &&
				       memcmp(list[i].device, w->kiosk[k].store->device,
					       WRITER_PART_BYTES) == 0);
	if (!told)
		broken(w, "S16 a copied card is told of", "hub");
}

void check_logs(struct world *w)
{
	check_order(w);
	if (!w->owner_forked)
		check_list(w);
	for (size_t i = 0; i < w->edit_count; i++)
		check_edit(w, i);
	check_conflicts(w);
	for (size_t i = 0; i < w->novelty_count; i++)
		check_novelty(w, &w->novelties[i]);
	for (int k = 0; k < WORLD_KIOSKS; k++)
		check_fork(w, k);
}
