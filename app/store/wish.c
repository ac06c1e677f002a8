/* Keeping, withdrawing and counting wishes. The log knows a card, a day and hashes; who wished is
 * known to nobody but the sealed box, if there is one. */
#include "store/wish.h"

#include "crypto/secret.h"
#include "store/code.h"
#include "store/contact.h"
#include "store/erasure.h"
#include "store/inside.h"
#include "store/payload.h"

#include <assert.h>
#include <string.h>

#define HOUR_MS ((int64_t)3600000)
#define DAY_MS ((int64_t)86400000)
#define KEPT_MS (WISH_KEPT_DAYS * DAY_MS)
#define MOST_DRAWS 1000 /* of an unused identity; more than one is needed only under a seed */

static_assert(WISH_CODE_CHARS == CODE_CHARS, "one form of code");

/* A wish that stands at :now; :sure 0: nothing is too old. What was kept while the clock was unsure
 * is dated by the first op after it whose clock knew the time: it is older than that. */
#define STANDS                                                                                     \
	"withdrawn_seq = 0 AND (NOT :sure OR :now < iif(expires_ms > 0, expires_ms,"               \
	" coalesce((SELECT op.wall_ms FROM op WHERE op.hub_seq > wish.hub_seq AND op.clock <> 0"   \
	" ORDER BY op.hub_seq LIMIT 1) + :kept, :now + 1)))"

static void bind_now(struct sql_query *q, const struct store *store)
{
	sql_bind_int(q, ":sure", store_clock(store) != CLOCK_UNSURE);
	sql_bind_int(q, ":now", env_wall_ms(store->env));
	sql_bind_int(q, ":kept", KEPT_MS);
}

static bool count_card(struct store *store, struct str card, int *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT count(*) FROM wish WHERE card = :card AND " STANDS);
	sql_bind_text(q, ":card", card);
	bind_now(q, store);
	if (!sql_next(q, err))
		return false;
	*count = (int)sql_int(q, 0);
	return true;
}

static bool id_is_taken(struct sql *db, struct uuid id, bool *taken, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT 1 FROM wish WHERE id = :id"
					    " UNION ALL SELECT 1 FROM registration WHERE id = :id");
	sql_bind_blob(q, ":id", id.bytes, sizeof(id.bytes));
	*taken = sql_next(q, err);
	return !sql_failed(q);
}

static bool draw_identity(
	struct store *store, struct wish_result *result, struct hash *hash, struct error *err)
{
	bool taken = true;
	for (int i = 0; taken && i < MOST_DRAWS; i++) {
		result->id = uuid_random(store->env);
		code_draw(store->env, result->code);
		*hash = code_hash(store, result->code);
		if (!id_is_taken(store->db, result->id, &taken, err) ||
			(!taken && !code_is_taken(store->db, hash, &taken, err)))
			return false;
	}
	return !taken || error_set(err, ERROR_LIMIT, "no unused code was found");
}

/* More than WISH_FLOOD_PER_HOUR within an hour: kept all the same, for it may be a class at school.
 * A clock that was set meanwhile can count an hour too long or too short. */
static bool is_flood(struct store *store, uint8_t *marked, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(store->db, "SELECT saved_ms FROM wish WHERE device = :device"
				     " ORDER BY hub_seq DESC LIMIT 1 OFFSET :before");
	sql_bind_blob(q, ":device", store->device, WRITER_PART_BYTES);
	sql_bind_int(q, ":before", WISH_FLOOD_PER_HOUR - 1);
	int64_t age_ms = sql_next(q, err) ? env_wall_ms(store->env) - sql_int(q, 0) : HOUR_MS;
	*marked = age_ms > -HOUR_MS && age_ms < HOUR_MS;
	return !sql_failed(q);
}

/* Inside the transaction. The arena sees what the visitor typed: the caller wipes it. */
static bool keep(struct store_tx *tx, struct arena *arena, const struct wish_request *request,
	struct wish_result *result, struct error *err)
{
	struct store *store = tx->store;
	const struct wish_card *card = wish_card(request->card);
	struct contact_details details = {.phone = request->phone};
	struct wish_payload wish = {.expires_ms = 0};
	if (!card)
		return error_set(err, ERROR_NOT_FOUND, "no such card");
	if (store->mode != STORE_PRACTICE && store->env->seeded)
		return error_set(err, ERROR_REFUSED,
			"real wishes need real randomness, not a seed or a simulated clock");
	if (!contact_check(store, &details, err) ||
		!draw_identity(store, result, &wish.code_hash, err) ||
		!is_flood(store, &wish.marked, err))
		return false;
	struct sealed_contact contact = contact_seal(store, arena, &details, &result->keys_used_up);
	assert(card->code.len < sizeof(wish.card));
	memcpy(wish.card, card->code.ptr, card->code.len);
	wish.commitment = contact.commitment;
	if (store_clock(store) != CLOCK_UNSURE)
		wish.expires_ms = env_wall_ms(store->env) + KEPT_MS;
	return contact_insert(store, result->id, &contact, wish.expires_ms, WISH_KEPT_DAYS, err) &&
	       op_append_about(tx, OP_WISH, ENTITY_WISH, result->id,
		       payload_write_wish(arena, &wish), err) &&
	       count_card(store, card->code, &result->count, err);
}

bool store_wish(struct store *store, const struct wish_request *request, struct wish_result *result,
	struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	CLEANUP(arena_wipe_and_finish) struct arena arena = {.block_bytes = 4096};
	memset(result, 0, sizeof(*result));
	bool ok = store_begin(&tx, store, err) && keep(&tx, &arena, request, result, err) &&
		  store_commit(&tx, err);
	if (!ok)
		secret_wipe(result, sizeof(*result));
	return ok;
}

struct kept_wish {
	bool stands;
	struct wish_payload wish;
};

static bool find_kept(struct sql *db, struct uuid id, struct kept_wish *kept, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT card, code_hash, commitment, expires_ms FROM wish"
			      " WHERE id = :id AND withdrawn_seq = 0");
	sql_bind_blob(q, ":id", id.bytes, sizeof(id.bytes));
	*kept = (struct kept_wish){.stands = sql_next(q, err)};
	if (!kept->stands)
		return !sql_failed(q);
	struct str card = sql_peek(q, 0);
	memcpy(kept->wish.card, card.ptr,
		card.len < WISH_CARD_BYTES ? card.len : WISH_CARD_BYTES - 1);
	sql_blob(q, 1, kept->wish.code_hash.bytes, HASH_BYTES);
	sql_blob(q, 2, kept->wish.commitment.bytes, HASH_BYTES);
	kept->wish.expires_ms = sql_int(q, 3);
	return true;
}

static bool add_contact(struct store_tx *tx, struct arena *arena, struct uuid id, struct str phone,
	struct error *err)
{
	static const struct hash none = {{0}};
	struct store *store = tx->store;
	struct contact_details details = {.phone = phone};
	struct kept_wish kept;
	bool used_up, erased;
	if (!contact_check(store, &details, err) || !find_kept(store->db, id, &kept, err))
		return false;
	if (!kept.stands)
		return error_set(err, ERROR_NOT_FOUND, "no such wish");
	if (memcmp(kept.wish.commitment.bytes, none.bytes, HASH_BYTES) != 0)
		return error_set(err, ERROR_REFUSED, "the wish has a number already");
	if (!store_is_erased(store, id, &erased, err))
		return false;
	if (erased)
		return error_set(err, ERROR_REFUSED, "the details of this wish were erased");
	struct sealed_contact contact = contact_seal(store, arena, &details, &used_up);
	kept.wish.commitment = contact.commitment;
	return contact_insert(store, id, &contact, kept.wish.expires_ms, WISH_KEPT_DAYS, err) &&
	       op_append_about(
		       tx, OP_WISH, ENTITY_WISH, id, payload_write_wish(arena, &kept.wish), err);
}

bool store_wish_contact(struct store *store, struct uuid id, struct str phone, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	CLEANUP(arena_wipe_and_finish) struct arena arena = {.block_bytes = 4096};
	return store_begin(&tx, store, err) && add_contact(&tx, &arena, id, phone, err) &&
	       store_commit(&tx, err);
}

bool store_find_wish(struct store *store, struct str code, struct wish *found, struct error *err)
{
	char normal[CODE_CHARS];
	*found = (struct wish){.saved_ms = 0};
	if (!code_normal(code, normal))
		return error_set(err, ERROR_NOT_FOUND, "that is not a code");
	struct hash hash = code_hash(store, normal);
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT id, card, commitment <> zeroblob(32), withdrawn_seq <> 0, " STANDS
		", saved_ms FROM wish WHERE code_hash = :code_hash");
	sql_bind_blob(q, ":code_hash", hash.bytes, HASH_BYTES);
	bind_now(q, store);
	if (!sql_next(q, err))
		return sql_failed(q) ? false
				     : error_set(err, ERROR_NOT_FOUND, "no wish has that code");
	sql_blob(q, 0, found->id.bytes, sizeof(found->id.bytes));
	struct str card = sql_peek(q, 1);
	memcpy(found->card, card.ptr, card.len < WISH_CARD_BYTES ? card.len : WISH_CARD_BYTES - 1);
	found->has_contact = sql_int(q, 2) != 0;
	found->withdrawn = sql_int(q, 3) != 0;
	found->stands = sql_int(q, 4) != 0;
	found->saved_ms = sql_int(q, 5);
	return true;
}

bool store_withdraw_wish(struct store *store, struct uuid id, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	struct kept_wish kept;
	if (!store_begin(&tx, store, err) || !find_kept(store->db, id, &kept, err))
		return false;
	if (!kept.stands) /* withdrawn already, or never there: nothing stands either way */
		return true;
	return op_append_about(&tx, OP_WITHDRAW_WISH, ENTITY_WISH, id, (struct str){0}, err) &&
	       erasure_note(store, ENTITY_WISH, id, err) && store_commit(&tx, err) &&
	       store_sweep(store);
}

bool store_wish_clusters(struct store *store, struct arena *arena, struct wish_cluster **clusters,
	size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"SELECT card, count(saved_ms), coalesce(sum(contact), 0), sum(marked),"
		" coalesce((SELECT step FROM route WHERE route.card = all_wishes.card), 0),"
		" coalesce(max(saved_ms), 0) FROM"
		" (SELECT card, saved_ms, commitment <> zeroblob(32) AS contact, marked FROM wish"
		" WHERE " STANDS
		" UNION ALL SELECT card, NULL, 0, 0 FROM route WHERE step > 0) AS all_wishes"
		" GROUP BY card ORDER BY 2 DESC, card");
	bind_now(q, store);
	size_t room = 0;
	*clusters = NULL;
	*count = 0;
	while (sql_next(q, err)) {
		if (*count == room) {
			room = room ? room * 2 : 16;
			struct wish_cluster *more =
				arena_new_array(arena, struct wish_cluster, room);
			if (*count)
				memcpy(more, *clusters, *count * sizeof(*more));
			*clusters = more;
		}
		struct wish_cluster *one = &(*clusters)[(*count)++];
		struct str card = sql_peek(q, 0);
		*one = (struct wish_cluster){
			.count = (int)sql_int(q, 1),
			.with_contact = (int)sql_int(q, 2),
			.marked = (int)sql_int(q, 3),
			.step = (int)sql_int(q, 4),
			.last_ms = sql_int(q, 5),
		};
		memcpy(one->card, card.ptr,
			card.len < WISH_CARD_BYTES ? card.len : WISH_CARD_BYTES - 1);
	}
	return !sql_failed(q);
}

static bool step_of(struct sql *db, struct str card, int64_t *step, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "SELECT step FROM route WHERE card = :card");
	sql_bind_text(q, ":card", card);
	*step = sql_next(q, err) ? sql_int(q, 0) : ROUTE_NONE;
	return !sql_failed(q);
}

bool store_route(struct store *store, struct str card, enum route_step step, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct route_payload route = {.step = (uint8_t)step};
	int64_t now;
	assert(step < ROUTE_STEP_COUNT);
	if (!wish_card(card))
		return error_set(err, ERROR_NOT_FOUND, "no such card");
	memcpy(route.card, card.ptr, card.len);
	if (!store_begin(&tx, store, err) || !step_of(store->db, card, &now, err))
		return false;
	if (now == (int64_t)step)
		return true;
	struct op op = {.kind = OP_ROUTE, .entity_type = ENTITY_CLUSTER, .has_value = true};
	op.value = payload_write_route(&arena, &route);
	return op_append(&tx, &op, err) && store_commit(&tx, err);
}
