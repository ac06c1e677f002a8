/* buurtctl: finds the command, and the options that all three programs share. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/clock.h"
#include "settings/settings.h"
#include "tools/command.h"

struct options {
	const char *data_dir, *clock, *seed;
	bool help, version;
};

static void print_help(void)
{
	printf("Usage: buurtctl [options] COMMAND\n"
	       "The catalogue, the keys and the state of a Buurtbord, on the command line.\n\n");
	for (int i = 0; i < command_count; i++)
		printf("  %s\n      %s\n", commands[i].usage, commands[i].does);
	printf("\n"
	       "  --data DIR    where everything is kept (default: ~/.local/share/buurtbord)\n"
	       "  --clock TIME  a simulated clock, 2026-12-01T09:10:00+01:00\n"
	       "  --seed N      simulated randomness\n"
	       "  --help, --version\n");
}

/* Takes the shared options out of the line, wherever they stand. */
static bool take_options(struct command_context *context, struct options *options)
{
	static const struct {
		const char *name;
		size_t offset;
	} valued[] = {
		{"--data", offsetof(struct options, data_dir)},
		{"--clock", offsetof(struct options, clock)},
		{"--seed", offsetof(struct options, seed)},
	};
	for (size_t i = 0; i < sizeof(valued) / sizeof(valued[0]); i++) {
		const char *value = command_option(context, valued[i].name);
		if (value && !*value) {
			fprintf(stderr, "buurtctl: %s lacks its value (see --help)\n",
				valued[i].name);
			return false;
		}
		memcpy((char *)options + valued[i].offset, &value, sizeof(value));
	}
	for (int i = 0; i < context->argument_count; i++) {
		options->help |= strcmp(context->arguments[i], "--help") == 0;
		options->version |= strcmp(context->arguments[i], "--version") == 0;
	}
	return true;
}

static bool choose_env(struct command_context *context, const struct options *options)
{
	int64_t start_ms = env_wall_ms(context->env);
	if (options->seed) {
		int64_t seed;
		if (!str_to_int(str_from(options->seed), &seed) || seed < 0) {
			fprintf(stderr, "buurtctl: --seed %s: give a whole number\n",
				options->seed);
			return false;
		}
		context->seed = (uint64_t)seed;
		context->seeded = true;
	}
	if (options->clock && !clock_parse(str_from(options->clock), &start_ms)) {
		fprintf(stderr,
			"buurtctl: --clock %s: give a time like 2026-12-01T09:10:00+01:00\n",
			options->clock);
		return false;
	}
	context->clock_given = options->clock != NULL;
	if (options->clock || options->seed)
		context->env = env_simulated_create(
			context->env, start_ms, options->clock == NULL, context->seed);
	return true;
}

static int run_command(struct command_context *context)
{
	if (context->argument_count == 0) {
		fprintf(stderr, "buurtctl: say which command (see --help)\n");
		return COMMAND_USAGE;
	}
	const char *name = context->arguments[0];
	context->arguments++;
	context->argument_count--;
	for (int i = 0; i < command_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].run(context);
	fprintf(stderr, "buurtctl: there is no command %s (see --help)\n", name);
	return COMMAND_USAGE;
}

int main(int argc, char **argv)
{
	struct arena arena = {0};
	struct options options = {0};
	struct command_context context = {
		.env = env_os(),
		.arena = &arena,
		.arguments = argv + 1,
		.argument_count = argc > 0 ? argc - 1 : 0,
	};
	struct env *machine = context.env;
	int status = COMMAND_USAGE;
	if (take_options(&context, &options)) {
		if (options.help || options.version) {
			if (options.help)
				print_help();
			else
				printf("buurtctl " BUURTBORD_VERSION "\n");
			status = COMMAND_DONE;
		} else if (choose_env(&context, &options)) {
			context.data_dir = options.data_dir ? options.data_dir
							    : settings_usual_directory(&arena).ptr;
			env_os_keep_clock(
				str_format(&arena, "%s/" ENV_CLOCK_FILE, context.data_dir).ptr);
			status = run_command(&context);
		}
	}
	if (context.env != machine)
		env_simulated_destroy(context.env);
	arena_finish(&arena);
	return status;
}
