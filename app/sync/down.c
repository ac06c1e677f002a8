/* The way down. Every frame must be the hub's. A delta is taken when it follows on what is here,
 * and the chain that it names is the one that stands here; the state is compared when the head is
 * reached. */
#include "sync/down.h"

#include "base/bug.h"
#include "store/board.h"
#include "store/boxes.h"
#include "store/hub.h"
#include "store/member.h"
#include "store/past.h"
#include "store/sequencer.h"
#include "sync/chain.h"
#include "sync/erasing.h"
#include "sync/frame_delta.h"
#include "sync/frame_head.h"

#include <string.h>

/* --- the hub's side --------------------------------------------------------------------------- */

struct giving {
	struct store *store;
	struct arena arena; /* of one frame */
	struct author author;
	const struct sync_sink *sink;
	uint8_t epoch[WRITER_PART_BYTES];
	int64_t end; /* of the log, as the head says it */
	int64_t at; /* the next frame follows this number */
	struct hash chain; /* behind it */
	size_t ops;
};

static void finish_giving(struct giving *g)
{
	author_wipe(&g->author);
	arena_finish(&g->arena);
}

/* The ops of the frame that follows `at`; count 0 at the end of the log. */
static bool next_stretch(struct giving *g, struct op **ops, size_t *count, struct error *err)
{
	size_t limit = FRAME_OPS_MOST - (size_t)(g->at % FRAME_OPS_MOST);
	if (g->end && g->end - g->at < (int64_t)limit)
		limit = g->end > g->at ? (size_t)(g->end - g->at) : 0;
	arena_reset(&g->arena);
	*count = 0;
	if (limit == 0)
		return true;
	if (!store_log_ops(g->store, &g->arena, g->at, limit, ops, count, err))
		return false;
	if (*count > 0)
		*count = frame_delta_fit(*ops, *count);
	return true;
}

static bool step_over(struct giving *g, const struct op *ops, size_t count, struct error *err)
{
	g->chain = chain_over(&g->chain, ops, count);
	g->at += (int64_t)count;
	return g->at % FRAME_OPS_MOST != 0 || store_mark_chain(g->store, g->at, &g->chain, err);
}

/* The chain up to the number before the frame that holds `after` + 1. */
static bool go_to(struct giving *g, int64_t after, struct error *err)
{
	int64_t goal = after - after % FRAME_OPS_MOST;
	if (!store_chain(g->store, goal, &g->at, &g->chain, err))
		return false;
	while (g->at < goal) {
		struct op *ops;
		size_t count;
		if (!next_stretch(g, &ops, &count, err))
			return false;
		if (count == 0)
			return true;
		if (!step_over(g, ops, count, err))
			return false;
	}
	return true;
}

static bool give_deltas(struct giving *g, struct error *err)
{
	for (;;) {
		struct frame_delta delta = {.first = g->at + 1, .chain_before = g->chain};
		struct str body;
		memcpy(delta.hub_epoch, g->epoch, sizeof(delta.hub_epoch));
		if (!next_stretch(g, &delta.ops, &delta.count, err))
			return false;
		if (delta.count == 0)
			return true;
		if (!frame_delta_write(&g->arena, &delta, &body, err) ||
			!author_send(&g->author, &g->arena, FRAME_DELTA, body, g->sink, err) ||
			!step_over(g, delta.ops, delta.count, err))
			return false;
		g->ops += delta.count;
	}
}

static bool add_past(struct giving *g, struct frame_head *head, struct error *err)
{
	struct past_epoch *list;
	size_t count;
	if (!store_past_epochs(g->store, &g->arena, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		struct frame_past *past = &head->past[head->past_count++];
		memcpy(past->epoch, list[i].epoch, sizeof(past->epoch));
		past->left_seq = list[i].left_seq;
	}
	if (count > 0) {
		memcpy(head->parent, list[0].epoch, sizeof(head->parent));
		head->parent_seq = list[0].left_seq;
	}
	return true;
}

/* First in the bundle: whoever knows another epoch must know first how this one follows it. */
static bool give_head(struct giving *g, struct error *err)
{
	struct frame_head head = {
		.hub_seq = g->at,
		.chain = g->chain,
		.issued_ms = env_wall_ms(store_env(g->store)),
		.oldest_seq = g->at > 0,
		.format_least = FRAME_FORMAT_VERSION,
	};
	arena_reset(&g->arena);
	memcpy(head.hub_epoch, g->epoch, sizeof(head.hub_epoch));
	g->end = g->at;
	return add_past(g, &head, err) && store_state_hash(g->store, &head.state, err) &&
	       author_send(&g->author, &g->arena, FRAME_HEAD, frame_head_write(&g->arena, &head),
		       g->sink, err);
}

static bool begin_giving(struct giving *g, struct error *err)
{
	if (!author_of(g->store, &g->author, err))
		return false;
	if (!g->author.identity.is_hub)
		return error_set(err, ERROR_REFUSED, "this one is no hub: it has no log to give");
	return store_log_epoch(g->store, g->epoch, err);
}

bool down_write(struct store *store, const struct sync_sink *sink, int64_t after, size_t *ops,
	struct error *err)
{
	CLEANUP(finish_giving) struct giving g = {.store = store, .sink = sink};
	if (!begin_giving(&g, err) || !erasing_give(store, &g.author, sink, err) ||
		!go_to(&g, INT64_MAX, err) || !give_head(&g, err) || !go_to(&g, after, err) ||
		!give_deltas(&g, err))
		return false;
	*ops = g.ops;
	return true;
}

bool down_write_head(struct store *store, const struct sync_sink *sink, struct error *err)
{
	CLEANUP(finish_giving) struct giving g = {.store = store, .sink = sink};
	return begin_giving(&g, err) && go_to(&g, INT64_MAX, err) && give_head(&g, err);
}

/* --- the kiosk's side ------------------------------------------------------------------------- */

struct taking {
	struct store *store;
	struct arena arena; /* of one frame */
	struct arena kept; /* of the newest head */
	struct identity identity;
	struct store_import *import;
	struct erasing erasing; /* taken in behind the import, whatever becomes of that */
	bool put_back; /* this store, to an earlier day */
	struct frame_head head; /* the newest one, hub_seq 0: none */
	struct str head_frame; /* as it came, in `kept` */
	struct down_taken *taken;
};

static void finish_taking(struct taking *t)
{
	store_import_cancel(&t->import);
	identity_wipe(&t->identity);
	erasing_finish(&t->erasing);
	arena_finish(&t->arena);
	arena_finish(&t->kept);
}

static bool refuse(struct taking *t, const struct error *why)
{
	if (t->taken->refused++ == 0)
		t->taken->why = *why;
	return true;
}

static bool is_this_log(const struct taking *t, const uint8_t epoch[WRITER_PART_BYTES])
{
	return memcmp(store_import_position(t->import)->epoch, epoch, WRITER_PART_BYTES) == 0;
}

/* The log of ours that the head says is over; NULL: it says nothing of it. */
static const struct frame_past *our_end(const struct taking *t, const struct frame_head *head)
{
	for (size_t i = 0; i < head->past_count; i++)
		if (is_this_log(t, head->past[i].epoch))
			return &head->past[i];
	return NULL;
}

static bool remember_past(struct taking *t, const struct frame_head *head, struct error *err)
{
	for (size_t i = 0; i < head->past_count; i++) {
		struct past_epoch past = {.left_seq = head->past[i].left_seq};
		memcpy(past.epoch, head->past[i].epoch, sizeof(past.epoch));
		if (!store_add_past(t->store, &past, err))
			return false;
	}
	return true;
}

/* The hub was put back to an earlier day: from where it left the log that we know, to another one.
 */
static bool go_over(
	struct taking *t, const struct frame_head *head, int64_t left_seq, struct error *err)
{
	struct hash chain;
	int64_t here = store_import_position(t->import)->hub_seq;
	t->head = (struct frame_head){.hub_seq = 0};
	t->taken->followed = true;
	return chain_at(t->store, left_seq < here ? left_seq : here, &chain, err) &&
	       store_import_follow(t->import, head->hub_epoch, left_seq, &chain, err) &&
	       store_set_head_owed(t->store, false, err);
}

/* A head of another epoch: one that follows ours, one that ours follows, or one that knows as
 * little of ours as we do of it. Then the hub must see ours, and tells. */
static bool judge_other(struct taking *t, const struct frame_head *head, struct error *err)
{
	const struct frame_past *end = our_end(t, head);
	int64_t left_seq;
	if (end)
		return go_over(t, head, end->left_seq, err);
	if (!store_find_past(t->store, head->hub_epoch, &left_seq, err))
		return false;
	if (left_seq >= 0 && BUG(PAST_FOLLOWED))
		return go_over(t, head, left_seq, err);
	return left_seq >= 0 || store_set_head_owed(t->store, true, err);
}

static bool take_head(
	struct taking *t, const struct frame *frame, struct str body, struct error *err)
{
	struct frame_head head;
	struct error why = {0};
	if (!frame_head_read(body, &head, &why))
		return refuse(t, &why);
	if (!is_this_log(t, head.hub_epoch) && !judge_other(t, &head, err))
		return false;
	if (!is_this_log(t, head.hub_epoch) || head.hub_seq < t->head.hub_seq)
		return true;
	t->head = head;
	arena_reset(&t->kept);
	t->head_frame = str_copy(&t->kept, frame->bytes);
	return head.past_count == 0 ||
	       (remember_past(t, &head, err) && store_import_say_so(t->import, err));
}

/* One log under one name with two contents: the hub was put back and does not know it. Nothing more
 * is taken in, and the hub is shown what it has said. */
static bool find_fork(struct taking *t, struct error *err)
{
	struct error why = {0};
	t->taken->forked = true;
	error_set(&why, ERROR_CONFLICT, "behind op %lld the hub's log is another one than it was",
		(long long)store_import_position(t->import)->hub_seq);
	return refuse(t, &why) && store_set_head_owed(t->store, true, err);
}

/* How far our log and the one of a delta are the same: 0 when they part before it. */
static bool find_parting(struct taking *t, const struct frame_delta *delta, int64_t *number,
	struct hash *chain, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct op *ours;
	size_t count, same = 0;
	*number = delta->first - 1;
	if (!chain_at(t->store, *number, chain, err) ||
		!store_log_ops(t->store, &arena, *number, delta->count, &ours, &count, err))
		return false;
	if (memcmp(chain->bytes, delta->chain_before.bytes, HASH_BYTES) != 0) {
		*number = 0;
		*chain = (struct hash){{0}};
		return true;
	}
	for (; same < count; same++) {
		struct hash a = chain_next(chain, &ours[same]);
		struct hash b = chain_next(chain, &delta->ops[same]);
		if (memcmp(a.bytes, b.bytes, HASH_BYTES) != 0)
			break;
		*chain = a;
	}
	*number += (int64_t)same;
	return true;
}

/* What this device said, and does not know of. */
static bool look_for_own(struct taking *t, const struct op *ops, size_t count, struct error *err)
{
	for (size_t i = 0; i < count && !t->put_back; i++) {
		int64_t last;
		if (memcmp(ops[i].device, t->identity.device, WRITER_PART_BYTES) != 0)
			continue;
		if (!store_last_seq(t->store, ops[i].device, ops[i].epoch, &last, err))
			return false;
		t->put_back = ops[i].seq > last && !BUG(RESTORE_SILENT);
	}
	return true;
}

/* A hub that found out by itself that it was put back does not know since when. Until its word on
 * the whole log has held here once, what it says of where the logs part is no more than a guess. */
static bool part_earlier(
	struct taking *t, const struct frame_delta *delta, bool *parted, struct error *err)
{
	struct str head;
	struct hash chain;
	int64_t number;
	if (!store_kept_head(t->store, &t->arena, &head, err))
		return false;
	*parted = head.len == 0;
	return !*parted || (find_parting(t, delta, &number, &chain, err) &&
				   store_import_go_back(t->import, number, &chain, err));
}

static bool follow(struct taking *t, const struct frame_delta *delta, size_t known,
	const struct frame *frame, struct error *err)
{
	const struct hub_position *here = store_import_position(t->import);
	struct hash chain = chain_over(&delta->chain_before, delta->ops, known);
	bool parted;
	if (!BUG(CHAIN) && memcmp(chain.bytes, here->chain.bytes, HASH_BYTES) != 0) {
		if (!part_earlier(t, delta, &parted, err))
			return false;
		if (!parted)
			return find_fork(t, err);
		t->taken->gap = delta->first > here->hub_seq + 1;
		if (t->taken->gap)
			return true;
		known = (size_t)(here->hub_seq + 1 - delta->first);
		chain = here->chain;
	}
	if (!look_for_own(t, delta->ops + known, delta->count - known, err))
		return false;
	chain = chain_over(&chain, delta->ops + known, delta->count - known);
	t->taken->ops += delta->count - known;
	return store_import_ops(t->import, delta->ops + known, delta->count - known, &chain, err) &&
	       store_keep_delta(t->store, delta->hub_epoch, delta->first,
		       delta->first + (int64_t)delta->count - 1, frame->bytes, err);
}

static bool take_delta(
	struct taking *t, const struct frame *frame, struct str body, struct error *err)
{
	struct frame_delta delta;
	struct error why = {0};
	if (!frame_delta_read(&t->arena, body, &delta, &why))
		return refuse(t, &why);
	int64_t next = store_import_position(t->import)->hub_seq + 1;
	int64_t end = delta.first + (int64_t)delta.count;
	if (BUG(CURSOR_BEHIND) && is_this_log(t, delta.hub_epoch) && end < next)
		((struct hub_position *)store_import_position(t->import))->hub_seq = end - 1;
	if (!is_this_log(t, delta.hub_epoch) || end <= next || t->taken->forked)
		return true;
	if (delta.first > next && !BUG(DELTA_GAP)) {
		t->taken->gap = true;
		return true;
	}
	if (BUG(DELTA_GAP) && delta.first > next)
		next = delta.first;
	return follow(t, &delta, (size_t)(next - delta.first), frame, err);
}

static bool take_frame(struct taking *t, const struct frame *frame, struct error *err)
{
	const struct identity *i = &t->identity;
	struct error why = {0};
	struct sign_key key;
	struct str body;
	bool ours = memcmp(frame->organisation, i->organisation, sizeof(i->organisation)) == 0 &&
		    memcmp(frame->signer, i->hub_device, sizeof(i->hub_device)) == 0;
	if (!ours || (frame->kind != FRAME_HEAD && frame->kind != FRAME_DELTA &&
			     frame->kind != FRAME_ERASURES)) {
		t->taken->foreign++;
		return true;
	}
	memcpy(key.bytes, i->hub_key, sizeof(key.bytes));
	if (!frame_open(frame, &key, &t->arena, &body, &why))
		return refuse(t, &why);
	switch (frame->kind) {
	case FRAME_HEAD:
		return take_head(t, frame, body, err);
	case FRAME_ERASURES:
		return erasing_read(&t->erasing, body, &why) || refuse(t, &why);
	default:
		return take_delta(t, frame, body, err);
	}
}

static bool take_bundle(struct taking *t, struct frame_reader *reader, struct error *err)
{
	for (;;) {
		struct frame frame;
		struct error why = {0};
		arena_reset(&t->arena);
		switch (frame_next(reader, &t->arena, &frame, &why)) {
		case FRAME_WHOLE:
			if (!take_frame(t, &frame, err))
				return false;
			break;
		case FRAME_UNKNOWN:
			t->taken->foreign++;
			break;
		case FRAME_MALFORMED:
			refuse(t, &why);
			break;
		case FRAME_TORN:
			t->taken->torn = true;
			return refuse(t, &why);
		case FRAME_END:
			return true;
		case FRAME_FAILED:
			return error_set(err, why.code, "%s", why.message);
		}
	}
}

/* The hub whose head came along has them all. */
static bool take_erasures(struct taking *t, struct error *err)
{
	const uint8_t *epoch = t->head.hub_seq > 0 ? t->head.hub_epoch : NULL;
	return erasing_take(&t->erasing, t->store, epoch, &t->taken->erasures, err);
}

/* The hub has us on its list: the invitation has done its work. */
static bool settle_enrolment(struct taking *t, struct error *err)
{
	static const uint8_t none[IDENTITY_KEY_BYTES];
	struct device device;
	if (memcmp(t->identity.invitation, none, sizeof(none)) == 0)
		return true;
	if (!store_device(t->store, t->identity.device, &device, err))
		return false;
	/* One that is let in again is on the list already, with the key that it had. */
	CLEANUP(sign_pair_wipe) struct sign_pair pair = sign_pair_from_seed(t->identity.sign_seed);
	bool in = device.known && memcmp(device.key, pair.open.bytes, sizeof(device.key)) == 0;
	return !in || store_forget_invitation(t->store, err);
}

/* Whether the whole log that the head speaks of is here, so that its word on it counts. */
static bool reach_head(struct taking *t, bool *reached, struct error *err)
{
	const struct hub_position *here = store_import_position(t->import);
	struct down_taken *taken = t->taken;
	taken->hub_seq = here->hub_seq;
	taken->head = t->head.hub_seq;
	*reached = taken->head > 0 && !taken->forked &&
		   (taken->hub_seq == taken->head || BUG(HEAD_ALWAYS));
	if (!*reached)
		return true;
	bool other = memcmp(here->chain.bytes, t->head.chain.bytes, HASH_BYTES) != 0;
	if (other && !BUG(CHAIN)) {
		if (taken->ops > 0)
			return error_set(err, ERROR_DAMAGED,
				"after op %lld the log is not the one of the hub's word",
				(long long)here->hub_seq);
		*reached = false;
		return find_fork(t, err);
	}
	return store_keep_head(t->store, t->head_frame, err);
}

bool down_read(struct store *store, struct frame_reader *reader, struct down_taken *taken,
	struct error *err)
{
	CLEANUP(finish_taking) struct taking t = {.store = store, .taken = taken};
	*taken = (struct down_taken){.ops = 0};
	if (!store_identity(store, &t.identity, err))
		return false;
	t.import = store_import_begin(store, err);
	if (!t.import || !take_bundle(&t, reader, err))
		return false;
	bool reached, ok = reach_head(&t, &reached, err) &&
			   store_import_finish(&t.import, reached ? &t.head.state : NULL, err);
	return take_erasures(&t, ok ? err : NULL) && ok &&
	       (!t.put_back || store_note_put_back(store, err)) && store_check_boxes(store, err) &&
	       settle_enrolment(&t, err);
}
