/* Folding: what an op does to the tables. Deterministic: the same log gives the same rows and the
 * same sum, on any machine, at any time. An op that makes no sense here (an unknown kind, a value
 * that does not decode, a registration nobody asked for) does nothing. */
#pragma once
#include "store/inside.h"

bool fold_op(struct store_tx *tx, const struct op *op, struct error *err);
/* Empties the folds, as before the first op. */
bool fold_clear(struct store_tx *tx, struct error *err);
/* Records from now on what folding does; see sql/recorder.h. */
struct sql_recorder *fold_record(struct sql *db);
/* The sum over all rows, counted afresh. */
bool fold_count(struct sql *db, struct hash *sum, struct error *err);

/* --- for the files that fold ------------------------------------------------------------------ */

#define FOLD_ROW_KEY STR("buurtbord state 1")
/* Takes the hash of a row into the sum, or out of it. */
void fold_sum(struct hash *sum, const struct hash *row, bool add);

/* fold_wish.c: wishes, their clusters, and the practice ones of a device that opens. */
bool fold_wish(struct store_tx *tx, const struct op *op, struct error *err);
bool fold_route(struct store_tx *tx, const struct op *op, struct error *err);
bool fold_withdraw_wish(struct store_tx *tx, const struct op *op, struct error *err);
bool fold_open_wishes(struct store_tx *tx, const struct op *op, struct error *err);
bool fold_count_wishes(struct sql *db, struct hash *sum, struct error *err);
