/* Three things may come: a stretch of an epoch that is over, which is taken in; a head or stretch
 * of the epoch that is now, which proves that there was more of it, or another one, than here; and
 * a word of an epoch that this hub has forgotten altogether. The latter two end the epoch that is
 * now, so that no number ever names two ops. */
#include "sync/back.h"

#include "base/bug.h"
#include "store/past.h"
#include "store/sequencer.h"
#include "sync/chain.h"
#include "sync/frame_delta.h"
#include "sync/frame_head.h"

#include <string.h>

struct back {
	struct store *store;
	struct arena *arena;
	uint8_t *epoch; /* of the log */
	struct back_taken *taken;
};

static bool leave(struct back *b, int64_t left_seq, struct error *err)
{
	return store_leave_epoch(b->store, left_seq, err) &&
	       store_log_epoch(b->store, b->epoch, err);
}

/* Where that epoch left this log, as far as can be known from what it says of its own past. */
static bool meet(
	struct back *b, const struct frame_head *head, int64_t *left_seq, struct error *err)
{
	int64_t most = 0, reached = store_revision(b->store);
	*left_seq = 0;
	for (size_t i = 0; i < head->past_count; i++) {
		const struct frame_past *past = &head->past[i];
		int64_t ours;
		bool is_now = memcmp(past->epoch, b->epoch, WRITER_PART_BYTES) == 0;
		if (!store_find_past(b->store, past->epoch, &ours, err))
			return false;
		if (is_now)
			ours = reached;
		most = ours < past->left_seq ? ours : past->left_seq;
		if (most > *left_seq)
			*left_seq = most;
		/* What is now is over for who knows that head: it must not go on. */
		if (is_now && !leave(b, most, err))
			return false;
	}
	return true;
}

static bool hear_of(struct back *b, const struct frame_head *head, struct error *err)
{
	struct past_epoch past;
	memcpy(past.epoch, head->hub_epoch, sizeof(past.epoch));
	if (!store_find_past(b->store, past.epoch, &past.left_seq, err))
		return false;
	if (past.left_seq >= 0)
		return true;
	return meet(b, head, &past.left_seq, err) && store_remember_epoch(b->store, &past, err);
}

static bool take_head(struct back *b, struct str body, struct error *err)
{
	struct frame_head head;
	struct hash chain;
	int64_t reached = store_revision(b->store);
	if (!frame_head_read(body, &head, err))
		return false;
	if (memcmp(head.hub_epoch, b->epoch, WRITER_PART_BYTES) != 0)
		return hear_of(b, &head, err);
	if (head.hub_seq > reached)
		return leave(b, reached, err);
	if (!chain_at(b->store, head.hub_seq, &chain, err))
		return false;
	return memcmp(chain.bytes, head.chain.bytes, HASH_BYTES) == 0 || leave(b, reached, err);
}

/* A stretch of the epoch that is now: nothing new, unless it goes on where the log ends. */
static bool prove(struct back *b, const struct frame_delta *delta, bool *proves, struct error *err)
{
	int64_t last = delta->first + (int64_t)delta->count - 1;
	int64_t reached = store_revision(b->store);
	*proves = last > reached;
	return !*proves || leave(b, reached, err);
}

static bool is_same(const struct op *a, const struct op *b)
{
	return memcmp(a->device, b->device, sizeof(a->device)) == 0 &&
	       memcmp(a->epoch, b->epoch, sizeof(a->epoch)) == 0 && a->seq == b->seq;
}

/* Where that epoch left this log was a guess when nobody said that this hub was put back: what
 * stands in the stretch up to there must stand here too. */
static bool look_again(
	struct back *b, const struct frame_delta *delta, struct past_epoch *past, struct error *err)
{
	struct op *ours;
	size_t count, same = 0;
	if (!store_log_ops(b->store, b->arena, delta->first - 1, delta->count, &ours, &count, err))
		return false;
	while (same < count && is_same(&ours[same], &delta->ops[same]))
		same++;
	int64_t parting = delta->first + (int64_t)same;
	if (same == count || parting > past->left_seq)
		return true;
	past->left_seq = parting - 1;
	return store_add_past(b->store, past, err);
}

static bool take_past(struct back *b, const struct frame_delta *delta, struct error *err)
{
	struct past_epoch past;
	int64_t known;
	memcpy(past.epoch, delta->hub_epoch, sizeof(past.epoch));
	if (!store_find_past(b->store, past.epoch, &past.left_seq, err))
		return false;
	if (past.left_seq < 0) {
		past.left_seq = 0;
		if (!store_remember_epoch(b->store, &past, err))
			return false;
	}
	int64_t left = past.left_seq;
	if (!look_again(b, delta, &past, err) || !store_given_back(b->store, &past, &known, err))
		return false;
	if (past.left_seq < left)
		known = past.left_seq;
	size_t skip = known >= delta->first ? (size_t)(known - delta->first + 1) : 0;
	/* What stands before it must come first, for bases are named by number. */
	if (delta->first > known + 1 || skip >= delta->count || BUG(GIVEN_BACK_IGNORED))
		return true;
	return store_accept_given(
		b->store, &past, delta->ops + skip, delta->count - skip, &b->taken->fresh, err);
}

static bool take_delta(struct back *b, struct str body, struct error *err)
{
	struct frame_delta delta;
	bool proves = true, now;
	if (!frame_delta_read(b->arena, body, &delta, err))
		return false;
	now = memcmp(delta.hub_epoch, b->epoch, WRITER_PART_BYTES) == 0;
	if (now && !prove(b, &delta, &proves, err))
		return false;
	b->taken->ops += delta.count;
	return !proves || take_past(b, &delta, err);
}

bool back_take(struct store *store, enum frame_kind kind, struct arena *arena, struct str body,
	uint8_t epoch[WRITER_PART_BYTES], struct back_taken *taken, struct error *err)
{
	struct back b = {store, arena, epoch, taken};
	*taken = (struct back_taken){.ops = 0};
	return kind == FRAME_HEAD ? take_head(&b, body, err) : take_delta(&b, body, err);
}
