/* Sealed details on the road: they travel beside the log, never in it, and count for nothing
 * without the op whose commitment they fit. */
#pragma once
#include "crypto/seal.h"
#include "store/op.h"

struct sealed_box {
	unsigned entity_type; /* ENTITY_REGISTRATION or ENTITY_WISH */
	struct uuid entity;
	uint8_t salt[SEAL_SALT_BYTES];
	int64_t saved_ms, expires_ms; /* ms since 1970 UTC; expires_ms 0: not dated */
	int64_t retention_days; /* to date it by */
	struct str box;
};

/* Those of sign-ups and wishes that the hub has not numbered yet, in the arena; none in practice
 * mode, for nobody could open them. */
bool store_pending_boxes(struct store *store, struct arena *arena, struct sealed_box **boxes,
	size_t *count, struct error *err);
/* Keeps those whose op is not here yet, or is and fits; *kept may be NULL. What was erased,
 * cancelled, withdrawn or is of another content is dropped without an error. */
bool store_take_boxes(struct store *store, const struct sealed_box *boxes, size_t count,
	size_t *kept, struct error *err);
/* Erases the boxes of what was cancelled or withdrawn meanwhile, and those that do not fit. */
bool store_check_boxes(struct store *store, struct error *err);
/* Whether a box on the road is of what was erased, cancelled, withdrawn, or has had its day. */
bool store_box_is_over(
	struct store *store, const struct sealed_box *box, bool *over, struct error *err);
