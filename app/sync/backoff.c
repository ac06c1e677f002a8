/* Exponential, with equal jitter. */
#include "sync/backoff.h"

int64_t backoff_ms(unsigned failures, uint32_t draw)
{
	int64_t whole = failures == 0 ? BACKOFF_IDLE_MS : BACKOFF_FIRST_MS;
	for (unsigned i = 1; i < failures && whole < BACKOFF_MOST_MS; i++)
		whole *= 2;
	if (whole > BACKOFF_MOST_MS)
		whole = BACKOFF_MOST_MS;
	int64_t half = whole / 2;
	return half + (int64_t)(((uint64_t)draw * (uint64_t)(half + 1)) >> 32);
}
