/* import, export and check: the catalogue as a file. */
#include "tools/command.h"

#include <stdio.h>

#include "formats/format.h"
#include "store/store.h"

static const struct format *chosen_format(struct command_context *context)
{
	const char *name = command_option(context, "--format");
	return format_by_name(name ? str_from(name) : STR("buurtlijst"));
}

static bool read_file(struct command_context *context, struct str *bytes, struct error *err)
{
	return env_read_file(context->env, context->arena, context->arguments[0],
		COMMAND_FILE_LIMIT_BYTES, bytes, err);
}

static void close_store(struct store **store)
{
	store_close(*store);
}

int command_import(struct command_context *context)
{
	const struct format *format = chosen_format(context);
	if (!format)
		return command_misused("import", "there is no such format");
	if (context->argument_count != 1)
		return command_misused("import", "give one file");
	const char *path = context->arguments[0];
	struct error err;
	struct str bytes;
	struct record_list records;
	struct store_changes changes;
	if (!read_file(context, &bytes, &err) ||
		!format->read(context->arena, bytes, &records, &err))
		return command_refused(path, &err);
	CLEANUP(close_store)
	struct store *store = store_open(context->env, context->data_dir, &err);
	if (!store)
		return command_refused(context->data_dir, &err);
	if (!store_apply(store, records.items, records.count, 0, &changes, &err))
		return command_refused("importing", &err);
	printf("new %zu\nchanged %zu\nops %zu\n", changes.added, changes.changed, changes.ops);
	return COMMAND_DONE;
}

int command_export(struct command_context *context)
{
	const struct format *format = chosen_format(context);
	if (!format)
		return command_misused("export", "there is no such format");
	if (context->argument_count != 1)
		return command_misused("export", "give one file");
	struct error err;
	struct str bytes;
	struct record_list records;
	CLEANUP(close_store)
	struct store *store = store_open(context->env, context->data_dir, &err);
	if (!store)
		return command_refused(context->data_dir, &err);
	if (!store_records(store, context->arena, &records.items, &records.count, &err))
		return command_refused("reading the catalogue", &err);
	if (records.count == 0) {
		error_set(&err, ERROR_NOT_FOUND, "there is no catalogue yet: import one first");
		return command_refused("exporting", &err);
	}
	if (!format->write(context->arena, &records, &bytes, &err) ||
		!env_write_file(context->env, context->arguments[0], bytes, &err))
		return command_refused(context->arguments[0], &err);
	return COMMAND_DONE;
}

static void print_complaint(void *context, const struct complaint *complaint)
{
	(void)context;
	printf("%s: %.*s%s%.*s\n", complaint_level_name(complaint->level),
		STR_ARG(complaint->place), complaint->place.len ? ": " : "",
		STR_ARG(complaint->message));
}

int command_check(struct command_context *context)
{
	const struct format *format = chosen_format(context);
	if (!format)
		return command_misused("check", "there is no such format");
	if (context->argument_count != 1)
		return command_misused("check", "give one file");
	struct error err;
	struct str bytes;
	if (!read_file(context, &bytes, &err))
		return command_refused(context->arguments[0], &err);
	size_t errors = format->check(bytes, print_complaint, NULL);
	return errors > 0 ? COMMAND_REFUSED : COMMAND_DONE;
}
