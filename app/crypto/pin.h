/* The PIN of the host: six to eight digits that must stand up to somebody with the disk in hand.
 * Only its Argon2id hash is kept (RFC 9106), as the string that also says how it was made. The
 * floor is 19 MiB and 2 passes (OWASP Password Storage Cheat Sheet); a faster machine is given more
 * to do. */
#pragma once
#include "base/env.h"
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

#define PIN_DIGITS_LEAST 6
#define PIN_DIGITS_MOST 8
#define PIN_HASH_BYTES 128 /* of the string, its NUL included */
#define PIN_MEMORY_LEAST_BYTES ((size_t)19 << 20)
#define PIN_MEMORY_MOST_BYTES ((size_t)64 << 20)
#define PIN_PASSES_LEAST 2
#define PIN_PASSES_MOST 32

enum pin_verdict {
	PIN_FINE,
	PIN_NOT_DIGITS,
	PIN_TOO_SHORT,
	PIN_TOO_LONG,
	PIN_TRIVIAL, /* one or two digits in turn, up or down by one, or a day of the calendar */
};

enum pin_verdict pin_judge(struct str pin);

struct pin_cost {
	size_t memory_bytes;
	unsigned passes;
};
/* The cost for a machine that takes so long for the floor: the floor itself when that is not known
 * (0) or long enough. */
struct pin_cost pin_cost_for(int64_t floor_ms);
/* What takes this machine about three quarters of a second, by one measurement; the floor on a
 * slow machine and where the clock stands still. */
struct pin_cost pin_calibrate(struct env *env);

/* NUL-terminated. ERROR_LIMIT when there is not enough memory. */
bool pin_hash(
	struct str pin, const struct pin_cost *cost, char hash[PIN_HASH_BYTES], struct error *err);
/* Takes as long as the hash was made to take. A hash that is no such string fits no PIN. */
bool pin_verify(struct str pin, struct str hash);
