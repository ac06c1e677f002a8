/* A platform without a display: touches come from a script (play.h), time is the env's, and the
 * pictures stay in memory until somebody saves them. */
#pragma once
#include "base/env.h"
#include "base/error.h"
#include "platform/platform.h"

struct script_options {
	int width_px, height_px;
	double px_per_mm;
	const char *assets; /* the folder with fonts, icons, illustrations */
	struct str script; /* copied */
};

/* NULL with err set when the script does not parse or a font is missing. `env` outlives the
 * platform. Waiting is env_sleep_ms(), so on a simulated clock that stands still in between a
 * script takes no time. After the last event every call gives INPUT_QUIT. */
struct platform *script_platform_create(
	const struct script_options *options, struct env *env, struct error *err);
