/* pin: for a host who forgot the PIN. Whoever can run this has the machine, and with it more than
 * the door keeps. */
#include "tools/command.h"

#include <stdio.h>
#include <string.h>

#include "store/door.h"

int command_pin(struct command_context *context)
{
	struct error err;
	if (context->argument_count != 1 || strcmp(context->arguments[0], "reset") != 0)
		return command_misused("pin", "say: pin reset");
	struct store *store = store_open(context->env, context->data_dir, &err);
	if (!store)
		return command_refused(context->data_dir, &err);
	bool ok = store_door_reset(store, &err);
	store_close(store);
	if (!ok)
		return command_refused("forgetting the PIN", &err);
	printf("the PIN is forgotten: hold the upper left corner to choose one\n");
	return COMMAND_DONE;
}
