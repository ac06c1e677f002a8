/* buurtctl: one command a file, behind one table. A command gets its own arguments, the machine and
 * the data directory, writes results on stdout and messages on stderr, and returns the exit status:
 * 0 done, 1 the world refused, 2 wrong usage. */
#pragma once
#include "base/env.h"
#include "base/error.h"

#define COMMAND_DONE 0
#define COMMAND_REFUSED 1
#define COMMAND_USAGE 2
#define COMMAND_FILE_LIMIT_BYTES ((size_t)64 << 20)

struct command_context {
	struct env *env;
	struct arena *arena;
	const char *data_dir;
	uint64_t seed;
	bool seeded, clock_given;
	/* What is left of the command line after the command's name. */
	char **arguments;
	int argument_count;
};

struct command {
	const char *name, *usage, *does;
	int (*run)(struct command_context *context);
};

extern const struct command commands[];
extern const int command_count;

/* commands that have a file of their own */
int command_import(struct command_context *context);
int command_export(struct command_context *context);
int command_check(struct command_context *context);
int command_rebuild(struct command_context *context);
int command_state(struct command_context *context);
int command_sample(struct command_context *context);
int command_occurrences(struct command_context *context);
int command_keys(struct command_context *context);
int command_registrations(struct command_context *context);
int command_pin(struct command_context *context);
int command_hub(struct command_context *context);
int command_enrol(struct command_context *context);
int command_bundle(struct command_context *context);
int command_devices(struct command_context *context);
int command_erase(struct command_context *context);

/* "buurtctl: what: message", and COMMAND_REFUSED. */
int command_refused(const char *what, const struct error *err);
/* "buurtctl COMMAND: message (see --help)", and COMMAND_USAGE. */
int command_misused(const char *command, const char *message);
/* Takes "--name VALUE" out of the arguments; NULL when it is not there. A value that is missing
 * gives "". */
const char *command_option(struct command_context *context, const char *name);
