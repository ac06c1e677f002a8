/* erase: somebody asks that nothing be kept of him. Staff may have the code that he was given,
 * which only the board knows that gave it, or the id that the call list shows. */
#include "tools/command.h"

#include <stdio.h>
#include <string.h>

#include "store/backup.h"
#include "store/damaged.h"
#include "store/erasure.h"
#include "store/identity.h"
#include "store/registration.h"
#include "store/wish.h"

static bool find(struct store *store, struct str said, struct uuid *id, struct error *err)
{
	struct registration registration;
	struct wish wish;
	if (uuid_parse(said, id))
		return true;
	if (store_find_code(store, said, &registration, err)) {
		*id = registration.id;
		return true;
	}
	if (err->code == ERROR_NOT_FOUND && store_find_wish(store, said, &wish, err)) {
		*id = wish.id;
		return true;
	}
	return err->code != ERROR_NOT_FOUND
		       ? false
		       : error_set(err, ERROR_NOT_FOUND,
				 "no sign-up or wish has that code here: a code is known to the "
				 "board that gave it, an id to all");
}

static bool erase(struct command_context *context, struct store *store, const char *said,
	bool *held, bool *travels, struct error *err)
{
	static const uint8_t nobody[WRITER_PART_BYTES];
	CLEANUP(identity_wipe) struct identity who;
	struct uuid id;
	if (!store_identity(store, &who, err) || !find(store, str_from(said), &id, err) ||
		!store_erase(store, id, held, err))
		return false;
	*travels = memcmp(who.organisation, nobody, sizeof(nobody)) != 0;
	return store_expire_aside(context->env, context->data_dir, err) &&
	       store_expire_damaged(store, context->data_dir, err);
}

int command_erase(struct command_context *context)
{
	struct error err = {0};
	bool held = false, travels = false;
	if (context->argument_count != 1)
		return command_misused("erase", "say: erase CODE, or erase ID");
	struct store *store = store_open(context->env, context->data_dir, &err);
	bool ok = store && erase(context, store, context->arguments[0], &held, &travels, &err);
	store_close(store);
	if (!ok)
		return command_refused("erasing", &err);
	printf("the name and number %s%s; whoever should not come either must cancel as well\n",
		held ? "are destroyed here" : "were not here (any more), and will not be taken in",
		travels ? ", and at the next exchange everywhere else" : "");
	return COMMAND_DONE;
}
