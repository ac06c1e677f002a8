/* rebuild and state: whether the tables say what the log says. */
#include "tools/command.h"

#include <stdio.h>

#include "crypto/secret.h"
#include "store/store.h"

static int print_state(struct command_context *context,
	bool (*hash_of_store)(struct store *store, struct hash *hash, struct error *err))
{
	struct error err;
	struct hash hash;
	struct store *store = store_open(context->env, context->data_dir, &err);
	if (!store)
		return command_refused(context->data_dir, &err);
	bool ok = hash_of_store(store, &hash, &err);
	store_close(store);
	if (!ok)
		return command_refused("reading the state", &err);
	struct str hex = secret_to_hex(context->arena, hash.bytes, sizeof(hash.bytes));
	printf("state %.*s\n", STR_ARG(hex));
	return COMMAND_DONE;
}

int command_rebuild(struct command_context *context)
{
	if (context->argument_count != 0)
		return command_misused("rebuild", "takes no arguments");
	return print_state(context, store_rebuild);
}

int command_state(struct command_context *context)
{
	if (context->argument_count != 0)
		return command_misused("state", "takes no arguments");
	return print_state(context, store_count_hash);
}
