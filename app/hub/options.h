/* The command line of the hub, as design.md promises it. */
#pragma once
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

#define HUB_LISTEN "127.0.0.1:8480" /* unless told otherwise: a reverse proxy stands before it */
#define HUB_NAME "Buurtbord"

struct hub_options {
	const char *data_dir; /* NULL: the usual place */
	const char *listen;
	const char *name, *address; /* of a new organisation; NULL: not said */
	const char *clock; /* ISO 8601, or NULL */
	bool seeded, help, version;
	int64_t clock_ms;
	uint64_t seed;
};

/* False with err set on wrong usage. */
bool hub_options_parse(int argc, char **argv, struct hub_options *options, struct error *err);
extern const char hub_options_help[];
