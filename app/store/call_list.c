/* One statement: who has details, for when, and the place of who waits as it is now. */
#include "store/call_list.h"

#include <string.h>

#include "store/inside.h"

static void read_entry(struct sql_query *q, struct arena *arena, struct call_entry *entry)
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

bool store_call_list(struct store *store, struct arena *arena, struct call_entry **entries,
	size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT r.id, r.initiative, r.schedule, r.occurrence, r.party_size, r.mode,"
		" r.companion, r.outcome, iif(r.outcome = 2, 1 + (SELECT count(*)"
		"  FROM registration w WHERE w.schedule = r.schedule AND"
		"  w.occurrence = r.occurrence AND w.outcome = 2 AND w.hub_seq < r.hub_seq), 0),"
		" s.box FROM sealed s JOIN registration r ON r.id = s.registration"
		" WHERE r.outcome IN (1, 2) ORDER BY r.occurrence, r.hub_seq");
	size_t room = 0;
	*entries = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (*count == room) {
			room = room ? room * 2 : 64;
			struct call_entry *more = arena_new_array(arena, struct call_entry, room);
			if (*count)
				memcpy(more, *entries, *count * sizeof(*more));
			*entries = more;
		}
		read_entry(q, arena, &(*entries)[(*count)++]);
	}
	return !sql_failed(q);
}
