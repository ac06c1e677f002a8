/* What secrets need anywhere: bytes that nobody can guess, comparing without leaking how far two
 * values agree, and forgetting. */
#pragma once
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Starts libsodium; every function of app/crypto calls it first. Cheap after the first time. */
void secret_ready(void);

/* From the kernel's generator, never from a seed. */
void secret_random(void *bytes, size_t count);
bool secret_equal(const void *a, const void *b, size_t count);
void secret_wipe(void *bytes, size_t count);

/* Lower-case hexadecimal, and back: exactly `count` bytes or false. */
struct str secret_to_hex(struct arena *arena, const void *bytes, size_t count);
bool secret_from_hex(struct str text, void *bytes, size_t count);
