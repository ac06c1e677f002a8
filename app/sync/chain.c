/* All but the value has a fixed size and the value comes last, so no two ops hash the same bytes.
 */
#include "sync/chain.h"

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
