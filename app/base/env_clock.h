/* The wall clock of the real machine and how far to believe it: for env_os.c. */
#pragma once
#include "base/env.h"

int64_t env_clock_wall_ms(void);
enum clock_quality env_clock_os_quality(void);
/* ERROR_REFUSED where the network keeps the time. Where the kernel's clock may not be set, the
 * difference is kept instead. */
bool env_clock_set(struct env *env, int64_t wall_ms, struct error *err);
