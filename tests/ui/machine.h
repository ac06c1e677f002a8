/* A panel in memory for tests of app/ui: no display, a clock that stands still. */
#pragma once
#include <stdio.h>
#include <stdlib.h>

#include "base/env.h"
#include "platform/platform.h"
#include "platform/script/script.h"

static inline struct platform *test_machine(int width_px, int height_px, struct env **env)
{
	const char *build = getenv("BUILD");
	char assets[4096];
	snprintf(assets, sizeof(assets), "%s/assets", build ? build : "build");
	*env = env_simulated_create(env_os(), 1764576600000, false, 1);
	struct script_options options = {.width_px = width_px,
		.height_px = height_px,
		.px_per_mm = 5.9,
		.assets = assets,
		.script = STR("")};
	struct error err;
	struct platform *platform = script_platform_create(&options, *env, &err);
	if (!platform) {
		fprintf(stderr, "%s\n", err.message);
		abort();
	}
	return platform;
}
