/* What a call list is made of: the sign-ups whose sealed details are still here. */
#pragma once
#include "store/registration.h"

struct call_entry {
	struct registration registration;
	struct str box; /* sealed details */
};

/* All of them that are confirmed or waiting, by occurrence and then in the order in which they were
 * asked. Everything is in the arena. */
bool store_call_list(struct store *store, struct arena *arena, struct call_entry **entries,
	size_t *count, struct error *err);
