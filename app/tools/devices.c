/* devices: who belongs to the organisation, what staff must know of them, and striking one off. */
#include "tools/command.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "crypto/secret.h"
#include "store/board.h"
#include "store/device_list.h"
#include "store/hub.h"
#include "store/identity.h"
#include "store/member.h"
#include "store/past.h"
#include "store/revoke.h"
#include "store/sequencer.h"

static struct str hex(struct command_context *context, const uint8_t id[WRITER_PART_BYTES])
{
	return secret_to_hex(context->arena, id, WRITER_PART_BYTES);
}

/* --- looking ---------------------------------------------------------------------------------- */

/* "device <id> <last epoch>:<seq> <name>", or - for one that said nothing yet. */
static bool print_device(struct command_context *context, struct store *store,
	const struct listed_device *one, struct error *err)
{
	uint8_t(*epochs)[WRITER_PART_BYTES];
	size_t count;
	int64_t last = 0;
	if (!store_epochs(store, context->arena, one->id, &epochs, &count, err) ||
		(count > 0 && !store_last_seq(store, one->id, epochs[count - 1], &last, err)))
		return false;
	printf("device %.*s ", STR_ARG(hex(context, one->id)));
	if (last > 0)
		printf("%.*s:%" PRId64, STR_ARG(hex(context, epochs[count - 1])), last);
	else
		printf("-");
	printf(" %.*s%s\n", STR_ARG(one->name), one->revoked ? " (struck off)" : "");
	return true;
}

static bool print_list(struct command_context *context, struct store *store, struct error *err)
{
	struct listed_device *list;
	size_t count;
	if (!store_device_list(store, context->arena, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!print_device(context, store, &list[i], err))
			return false;
	return true;
}

static bool print_notices(struct command_context *context, struct store *store, struct error *err)
{
	struct notice *notices;
	struct put_aside *aside;
	size_t count, aside_count;
	if (!store_notices(store, context->arena, &notices, &count, err) ||
		!store_list_aside(store, context->arena, &aside, &aside_count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		printf("notice %.*s %s\n", STR_ARG(hex(context, notices[i].device)),
			notice_text(notices[i].kind));
	for (size_t i = 0; i < aside_count; i++)
		printf("aside %.*s %" PRId64 " changes that it made after it was struck off\n",
			STR_ARG(hex(context, aside[i].device)), aside[i].ops);
	return true;
}

/* What this machine has to say of itself. */
static bool print_self(struct command_context *context, struct store *store, struct error *err)
{
	CLEANUP(identity_wipe) struct identity who;
	struct device self;
	enum board_change change;
	if (!store_identity(store, &who, err) || !store_board_change(store, &change, err) ||
		!store_device(store, who.device, &self, err))
		return false;
	if (change != BOARD_SAME)
		printf("notice %.*s %s\n", STR_ARG(hex(context, who.device)),
			board_change_text(change));
	if (self.revoked)
		printf("notice %.*s this one was struck off the list: what it says does not "
		       "count\n",
			STR_ARG(hex(context, who.device)));
	return true;
}

/* A hub that was put back, and the devices that it has not heard since. */
static bool print_waiting(struct store *store, struct error *err)
{
	bool waits;
	if (!store_waits(store, &waits, err))
		return false;
	int64_t unheard = waits ? store_unheard_count(store, err) : 0;
	if (waits)
		printf("waits for %" PRId64 "\n", unheard);
	return unheard >= 0;
}

static bool print_all(struct command_context *context, struct store *store, struct error *err)
{
	int64_t held = store_held_count(store, err), pending = store_pending_count(store, err);
	if (held < 0 || pending < 0)
		return false;
	printf("pending %" PRId64 "\nheld %" PRId64 "\n", pending, held);
	if (!print_waiting(store, err))
		return false;
	return print_list(context, store, err) && print_notices(context, store, err) &&
	       print_self(context, store, err);
}

/* --- striking off ----------------------------------------------------------------------------- */

static bool parse_after(const char *text, struct cutoff *after)
{
	struct str_pair parts = str_cut(str_from(text), ':');
	return parts.found && secret_from_hex(parts.head, after->epoch, sizeof(after->epoch)) &&
	       str_to_int(parts.tail, &after->last) && after->last >= 0;
}

static bool revoke(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const struct cutoff *after, struct error *err)
{
	size_t beyond;
	if (!store_revoke(store, device, after, &beyond, err))
		return false;
	printf("struck off; the seats it gave out are the hub's to give now\n");
	if (beyond)
		printf("beyond %zu changes came after that point and are on the list already: look "
		       "at "
		       "them\n",
			beyond);
	return true;
}

static bool trust(struct store *store, const uint8_t device[WRITER_PART_BYTES], struct error *err)
{
	if (!store_trust(store, device, err))
		return false;
	printf("believed again; what it made meanwhile comes with its next exchange\n");
	return true;
}

int command_devices(struct command_context *context)
{
	struct error err = {0};
	struct cutoff after;
	uint8_t device[WRITER_PART_BYTES];
	const char *after_text = command_option(context, "--after");
	int count = context->argument_count;
	const char *verb = count > 0 ? context->arguments[0] : "";
	bool revokes = strcmp(verb, "revoke") == 0 && count == 2;
	bool trusts = strcmp(verb, "trust") == 0 && count == 2 && !after_text;
	if (after_text && !parse_after(after_text, &after))
		return command_misused("devices", "--after is what `devices` shows: EPOCH:SEQ");
	if ((count != 0 && !revokes && !trusts) || (after_text && !revokes))
		return command_misused("devices",
			"say: devices, devices revoke DEVICE [--after EPOCH:SEQ], or devices trust "
			"DEVICE");
	if (count && !secret_from_hex(str_from(context->arguments[1]), device, sizeof(device)))
		return command_misused("devices", "a device is 16 digits, as `devices` shows them");
	struct store *store = store_open(context->env, context->data_dir, &err);
	bool ok = store && (revokes ? revoke(store, device, after_text ? &after : NULL, &err)
				   : trusts ? trust(store, device, &err)
					    : print_all(context, store, &err));
	store_close(store);
	return ok ? COMMAND_DONE : command_refused("devices", &err);
}
