/* Folding: what an op does to the tables. Deterministic: the same log gives the same rows and the
 * same sum, on any machine, at any time. An op that makes no sense here (an unknown kind, a value
 * that does not decode, a registration nobody asked for) does nothing. */
#pragma once
#include "store/inside.h"

bool fold_op(struct store_tx *tx, const struct op *op, struct error *err);
/* Empties the folds, as before the first op. */
bool fold_clear(struct store_tx *tx, struct error *err);
/* The sum over all rows, counted afresh. */
bool fold_count(struct sql *db, struct hash *sum, struct error *err);
