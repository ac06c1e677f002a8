/* Following a question. Its steps are ops, so that they reach whoever asked at another board one
 * day; its text never is: nobody typed any. */
#include "store/follow.h"

#include "store/inside.h"
#include "store/payload.h"
#include "store/seats.h"

#include <string.h>

struct question {
	unsigned mode, outcome, followed;
	struct str by;
};

static bool find_question(struct sql *db, struct arena *arena, struct uuid id,
	struct question *question, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		db, "SELECT mode, outcome, followed, followed_by FROM registration WHERE id = :id");
	sql_bind_blob(q, ":id", id.bytes, sizeof(id.bytes));
	if (!sql_next(q, err))
		return !sql_failed(q) && error_set(err, ERROR_NOT_FOUND, "no such registration");
	*question = (struct question){(unsigned)sql_int(q, 0), (unsigned)sql_int(q, 1),
		(unsigned)sql_int(q, 2), sql_text(q, arena, 3)};
	return true;
}

static bool check_name(struct str by, struct error *err)
{
	if (by.len > FOLLOW_BY_MAX_BYTES)
		return error_set(err, ERROR_LIMIT, "a name of %zu bytes, at most %d", by.len,
			FOLLOW_BY_MAX_BYTES);
	return str_is_utf8(by) || error_set(err, ERROR_PARSE, "the name is not UTF-8");
}

bool store_follow(struct store *store, struct uuid id, enum follow_status status, struct str by,
	struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct question now = {0};
	struct follow_payload follow = {.status = (uint8_t)status};
	if (!check_name(by, err) || !store_begin(&tx, store, err) ||
		!find_question(store->db, &arena, id, &now, err))
		return false;
	if (now.mode != REGISTRATION_INTRODUCTION || now.outcome == OUTCOME_CANCELLED)
		return error_set(err, ERROR_REFUSED, "that is no question to follow");
	bool same = now.followed == (unsigned)status &&
		    (status != FOLLOW_TAKEN_UP || str_equal(now.by, by));
	if (now.followed > (unsigned)status || same)
		return true;
	if (status == FOLLOW_TAKEN_UP && by.len) {
		memcpy(follow.by, by.ptr, by.len);
		follow.by_bytes = (uint8_t)by.len;
	}
	return op_append_about(&tx, OP_FOLLOW, ENTITY_REGISTRATION, id,
		       payload_write_follow(&arena, &follow), err) &&
	       store_commit(&tx, err);
}

bool store_questions(struct store *store, struct arena *arena, struct open_question **list,
	size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT r.id, r.initiative, r.followed, r.followed_by, op.wall_ms"
		" FROM registration AS r JOIN op ON op.hub_seq = r.hub_seq"
		" WHERE r.mode = :introduction AND r.outcome IN (0, 1) AND r.followed < 2"
		" AND (r.expires_ms = 0 OR r.expires_ms > :now) ORDER BY r.hub_seq");
	sql_bind_int(q, ":introduction", REGISTRATION_INTRODUCTION);
	sql_bind_int(q, ":now", env_wall_ms(store->env));
	size_t room = 0;
	*list = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (*count == room) {
			room = room ? room * 2 : 32;
			struct open_question *more =
				arena_new_array(arena, struct open_question, room);
			if (*count)
				memcpy(more, *list, *count * sizeof(*more));
			*list = more;
		}
		struct open_question *one = &(*list)[(*count)++];
		sql_blob(q, 0, one->id.bytes, sizeof(one->id.bytes));
		sql_blob(q, 1, one->initiative.bytes, sizeof(one->initiative.bytes));
		one->status = (enum follow_status)sql_int(q, 2);
		one->by = sql_text(q, arena, 3);
		one->saved_ms = sql_int(q, 4);
	}
	return !sql_failed(q);
}
