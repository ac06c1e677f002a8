/* sample: a made-up catalogue of any size. */
#include "tools/command.h"

#include <stdio.h>

#include "formats/sample.h"

#define MOST_INITIATIVES 1000000
#define DEFAULT_SEED 1

static bool write_piece(void *context, struct str piece)
{
	return fwrite(piece.ptr, 1, piece.len, context) == piece.len;
}

/* A file of many megabytes is written piece by piece, past env.h, which knows whole files. */
static bool write_sample(struct command_context *context, const char *path, size_t initiatives,
	struct date from, struct error *err)
{
	FILE *file = fopen(path, "wx");
	if (!file)
		return error_set(err, ERROR_REFUSED,
			"cannot make %s: it exists already, or the folder does not", path);
	uint64_t seed = context->seeded ? context->seed : DEFAULT_SEED;
	struct env *luck = env_simulated_create(context->env, 0, false, seed);
	bool ok = sample_write(luck, from, initiatives, write_piece, file);
	env_simulated_destroy(luck);
	if (fclose(file) != 0 || !ok)
		return error_set(err, ERROR_DISK, "cannot write all of %s", path);
	return true;
}

int command_sample(struct command_context *context)
{
	const char *text = command_option(context, "--initiatives");
	int64_t initiatives;
	if (!text || !str_to_int(str_from(text), &initiatives) || initiatives < 1 ||
		initiatives > MOST_INITIATIVES)
		return command_misused("sample", "give --initiatives N, from 1 to 1000000");
	if (context->argument_count != 1)
		return command_misused("sample", "give one file to write");
	/* The same seed gives the same bytes on any day, so the day is fixed unless --clock says.
	 */
	struct date from = {2026, 9, 1};
	if (context->env->seeded && context->clock_given)
		from = local_time_from_seconds(env_wall_ms(context->env) / 1000).date;
	struct error err;
	if (!write_sample(context, context->arguments[0], (size_t)initiatives, from, &err))
		return command_refused("sample", &err);
	return COMMAND_DONE;
}
