/* A believable catalogue of any size, for benchmarks, demonstrations and tests: names, hosts,
 * places, rhythms and texts of a Dutch neighbourhood, all made up and marked as a sample. */
#pragma once
#include "base/env.h"
#include "model/time.h"

#include <stdbool.h>
#include <stddef.h>

/* Takes the next piece of the file; false stops the writing. */
typedef bool sample_sink(void *context, struct str piece);

/* Writes a buurtlijst of that many initiatives, piece by piece and in constant memory, checking
 * without errors or warnings. Meetings run for about ten months from the day `from` on. The bytes
 * depend on luck's randomness and on the arguments alone: give a simulated env for a given seed.
 * From about 40,000 initiatives on the file is larger than what buurtlijst_read takes. False when
 * the sink refused. */
bool sample_write(
	struct env *luck, struct date from, size_t initiatives, sample_sink *sink, void *context);

/* The same as one text. */
struct str sample_text(struct arena *arena, struct env *luck, struct date from, size_t initiatives);
