/* The list of devices as staff look at it: who is on it, and when each last brought something. */
#pragma once
#include "store/op.h"

struct listed_device {
	uint8_t id[WRITER_PART_BYTES];
	struct str name; /* what staff call it; empty: nobody named it */
	bool revoked;
	bool seen; /* it brought changes; the rest is 0 when not */
	int64_t seen_ms; /* when it last did, ms since 1970 by the hub's clock */
	int64_t hub_seq; /* how much of the log it had then */
};

/* All of them, by id, the revoked ones too; names are in the arena. Only a hub knows when. */
bool store_device_list(struct store *store, struct arena *arena, struct listed_device **list,
	size_t *count, struct error *err);
