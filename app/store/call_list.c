/* Who has details, for when or for what. One statement reads the sign-ups, with the place of who
 * waits as it is now; another one reads the wishes. */
#include "store/call_list.h"

#include <string.h>

#include "store/inside.h"

/* Of the table sealed AS s. What waits to be erased is not shown any more. */
#define NOT_EXPIRED "(NOT :sure OR s.expires_ms = 0 OR s.expires_ms > :now)"

struct call_entries {
	struct arena *arena;
	struct call_entry *items;
	size_t count, room;
};

static void bind_now(struct sql_query *q, const struct store *store)
{
	sql_bind_int(q, ":sure", store_clock(store) != CLOCK_UNSURE);
	sql_bind_int(q, ":now", env_wall_ms(store->env));
}

static struct call_entry *add(struct call_entries *list, enum call_kind kind)
{
	if (list->count == list->room) {
		list->room = list->room ? list->room * 2 : 64;
		struct call_entry *more =
			arena_new_array(list->arena, struct call_entry, list->room);
		if (list->count)
			memcpy(more, list->items, list->count * sizeof(*more));
		list->items = more;
	}
	list->items[list->count] = (struct call_entry){.kind = kind};
	return &list->items[list->count++];
}

static void read_registration(struct sql_query *q, struct arena *arena, struct call_entry *entry)
{
	struct registration *r = &entry->registration;
	sql_blob(q, 0, r->id.bytes, sizeof(r->id.bytes));
	sql_blob(q, 1, r->initiative.bytes, sizeof(r->initiative.bytes));
	sql_blob(q, 2, r->schedule.bytes, sizeof(r->schedule.bytes));
	r->rule_start = local_time_from_seconds(sql_int(q, 3));
	r->party_size = (int)sql_int(q, 4);
	r->mode = (enum registration_mode)sql_int(q, 5);
	r->wants_companion = sql_int(q, 6) != 0;
	r->outcome = (enum registration_outcome)sql_int(q, 7);
	r->place = (int)sql_int(q, 8);
	entry->box = sql_text(q, arena, 9);
}

static bool list_registrations(
	const struct store *store, struct call_entries *list, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT r.id, r.initiative, r.schedule, r.occurrence, r.party_size, r.mode,"
		" r.companion, r.outcome, iif(r.outcome = 2, 1 + (SELECT count(*)"
		"  FROM registration w WHERE w.schedule = r.schedule AND"
		"  w.occurrence = r.occurrence AND w.outcome = 2 AND w.decided_seq < "
		"r.decided_seq), 0),"
		" s.box FROM sealed s JOIN registration r ON r.id = s.registration"
		" WHERE r.outcome IN (1, 2) AND " NOT_EXPIRED " ORDER BY r.occurrence, r.hub_seq");
	bind_now(q, store);
	while (sql_next(q, err))
		read_registration(q, list->arena, add(list, CALL_REGISTRATION));
	return !sql_failed(q);
}

/* A day that no clock was sure of is none. */
static bool list_wishes(const struct store *store, struct call_entries *list, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT w.card, iif(w.expires_ms = 0, 0, w.saved_ms), s.box"
		" FROM sealed s JOIN wish w ON w.id = s.registration"
		" WHERE w.withdrawn_seq = 0 AND " NOT_EXPIRED " ORDER BY w.card, w.hub_seq");
	bind_now(q, store);
	while (sql_next(q, err)) {
		struct call_entry *entry = add(list, CALL_WISH);
		struct str card = sql_peek(q, 0);
		memcpy(entry->card, card.ptr,
			card.len < WISH_CARD_BYTES ? card.len : WISH_CARD_BYTES - 1);
		entry->asked_ms = sql_int(q, 1);
		entry->box = sql_text(q, list->arena, 2);
	}
	return !sql_failed(q);
}

bool store_call_list(struct store *store, struct arena *arena, struct call_entry **entries,
	size_t *count, struct error *err)
{
	CLEANUP(sql_rollback) struct sql_tx tx = {0};
	struct call_entries list = {.arena = arena};
	*entries = NULL;
	*count = 0;
	if (!sql_begin_read(&tx, store->db, err) || !list_registrations(store, &list, err) ||
		!list_wishes(store, &list, err))
		return false;
	*entries = list.items;
	*count = list.count;
	return true;
}
