/* All but the value has a fixed size and the value comes last, so no two ops hash the same bytes.
 */
#include "sync/chain.h"

#include "store/hub.h"
#include "store/sequencer.h"

#define STEP_OPS 256

struct hash chain_next(const struct hash *before, const struct op *op)
{
	struct hasher h;
	hash_start(&h, STR("buurtbord chain 1"));
	hash_add(&h, before->bytes, HASH_BYTES);
	hash_add(&h, op->device, sizeof(op->device));
	hash_add(&h, op->epoch, sizeof(op->epoch));
	hash_add_u64(&h, (uint64_t)op->seq);
	hash_add_u64(&h, (uint64_t)op->wall_ms);
	hash_add_u64(&h, op->clock);
	hash_add_u64(&h, op->kind);
	hash_add_u64(&h, op->entity_type);
	hash_add_u64(&h, op->field);
	hash_add_u64(&h, (uint64_t)op->base);
	hash_add(&h, op->entity.bytes, sizeof(op->entity.bytes));
	uint8_t has_value = op->has_value;
	hash_add(&h, &has_value, 1);
	if (op->has_value)
		hash_add(&h, op->value.ptr, op->value.len);
	return hash_finish(&h);
}

struct hash chain_over(const struct hash *before, const struct op *ops, size_t count)
{
	struct hash chain = *before;
	for (size_t i = 0; i < count; i++)
		chain = chain_next(&chain, &ops[i]);
	return chain;
}

bool chain_at(struct store *store, int64_t hub_seq, struct hash *chain, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	int64_t at;
	if (!store_chain(store, hub_seq, &at, chain, err))
		return false;
	while (at < hub_seq) {
		struct op *ops;
		int64_t left = hub_seq - at;
		size_t count, limit = left < STEP_OPS ? (size_t)left : STEP_OPS;
		arena_reset(&arena);
		if (!store_log_ops(store, &arena, at, limit, &ops, &count, err))
			return false;
		if (count == 0)
			return error_set(err, ERROR_DAMAGED, "the log ends at op %lld of %lld",
				(long long)at, (long long)hub_seq);
		*chain = chain_over(chain, ops, count);
		at += (int64_t)count;
	}
	return true;
}
