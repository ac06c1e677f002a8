/* The chain of a hub's log (format.md, "The chain"): one hash for all ops up to a hub_seq, so that
 * a signed head vouches for every delta, wherever it was cut. */
#pragma once
#include "crypto/hash.h"
#include "store/op.h"

/* The chain behind an op, of the chain before it. Reads all of the op but hub_seq. */
struct hash chain_next(const struct hash *before, const struct op *op);
/* The same over ops that follow one another. */
struct hash chain_over(const struct hash *before, const struct op *ops, size_t count);

/* The chain behind that number of the store's log. ERROR_DAMAGED when the log is shorter. */
struct store;
bool chain_at(struct store *store, int64_t hub_seq, struct hash *chain, struct error *err);
