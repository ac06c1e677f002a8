/* The key that every device of the tests signs with: its seed is its name. */
#pragma once
#include "sync/frame.h"

#include <string.h>

static inline struct sign_pair key_of(const uint8_t device[FRAME_DEVICE_BYTES])
{
	uint8_t seed[SIGN_SEED_BYTES] = "buurtbord tests";
	memcpy(seed + SIGN_SEED_BYTES - FRAME_DEVICE_BYTES, device, FRAME_DEVICE_BYTES);
	return sign_pair_from_seed(seed);
}
