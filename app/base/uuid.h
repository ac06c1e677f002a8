/* UUIDs (RFC 9562): the identity of every entity. Ids are never used again. */
#pragma once
#include "base/env.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct uuid {
	uint8_t bytes[16];
};

/* A random UUID, version 4. */
struct uuid uuid_random(struct env *env);
/* Reads the 36-character form, either case. */
bool uuid_parse(struct str text, struct uuid *uuid);
struct str uuid_format(struct arena *arena, struct uuid uuid);
bool uuid_equal(struct uuid a, struct uuid b);
bool uuid_is_nil(struct uuid uuid);
int uuid_compare(struct uuid a, struct uuid b);
