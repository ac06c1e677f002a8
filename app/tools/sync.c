/* hub, enrol and bundle: several kiosks, one list, carried by stick or by line. */
#include "tools/command.h"

#include <stdio.h>
#include <string.h>

#include "model/time.h"
#include "store/identity.h"
#include "store/past.h"
#include "sync/carrier_dir.h"
#include "sync/carrier_http.h"
#include "sync/hub_create.h"

#define INVITATION_DAYS 30
#define INVITATION_DAYS_MOST 400

/* Secrets are drawn: a seed would let anybody draw them again. */
static bool may_draw(struct command_context *context, struct error *err)
{
	return !context->env->seeded ||
	       error_set(err, ERROR_REFUSED, "keys are never made from --seed or --clock");
}

static struct store *open_store(struct command_context *context, struct error *err)
{
	struct store *store = store_open(context->env, context->data_dir, err);
	if (!store)
		error_wrap(err, "%s", context->data_dir);
	return store;
}

static int create_hub(struct command_context *context, const char *name, const char *address)
{
	struct error err;
	struct store *store = may_draw(context, &err) ? open_store(context, &err) : NULL;
	bool ok =
		store && hub_create(store, str_from(name), str_from(address ? address : ""), &err);
	store_close(store);
	if (!ok)
		return command_refused("making the hub", &err);
	fprintf(stderr, "Next: buurtctl enrol invite STICK --name \"Kiosk ...\"\n");
	return COMMAND_DONE;
}

static bool must_be_hub(struct store *store, struct error *err)
{
	struct identity who;
	bool ok = store_identity(store, &who, err) &&
		  (who.is_hub || error_set(err, ERROR_REFUSED, "this one is no hub"));
	identity_wipe(&who);
	return ok;
}

/* After a backup was put in place of what was lost: the numbers that were given since must not be
 * given again. */
static int hub_restored(struct command_context *context)
{
	struct error err;
	struct store *store = may_draw(context, &err) ? open_store(context, &err) : NULL;
	bool ok = store && must_be_hub(store, &err) &&
		  store_leave_epoch(store, store_revision(store), &err);
	int64_t unheard = ok ? store_unheard_count(store, &err) : -1;
	store_close(store);
	if (unheard < 0)
		return command_refused("going on from a backup", &err);
	printf("waits for %lld\n", (long long)unheard);
	fprintf(stderr,
		"The kiosks bring back what this hub has lost. It gives no seats until it has "
		"heard them all.\nIs one of them gone for ever: buurtctl hub resume\n");
	return COMMAND_DONE;
}

static int hub_resume(struct command_context *context)
{
	struct error err;
	struct store *store = open_store(context, &err);
	bool ok = store && must_be_hub(store, &err) && store_end_waiting(store, true, &err);
	store_close(store);
	return ok ? COMMAND_DONE : command_refused("going on", &err);
}

int command_hub(struct command_context *context)
{
	const char *name = command_option(context, "--name");
	const char *address = command_option(context, "--address");
	const char *verb = context->argument_count == 1 ? context->arguments[0] : "";
	if (strcmp(verb, "create") == 0 && name)
		return create_hub(context, name, address);
	if (strcmp(verb, "restored") == 0 && !name && !address)
		return hub_restored(context);
	if (strcmp(verb, "resume") == 0 && !name && !address)
		return hub_resume(context);
	return command_misused(
		"hub", "say: hub create --name NAME [--address URL], hub restored, or hub resume");
}

/* --- telling another process ------------------------------------------------------------------ */

/* A line each time, at once: whoever reads them shows them. */
static void tell(void *context, const struct progress *progress)
{
	char line[PROGRESS_LINE_BYTES + 1];
	struct progress *last = context;
	*last = *progress;
	progress_write(progress, line);
	puts(line);
	fflush(stdout);
}

static void tell_end(struct progress *last, bool ok, const struct error *err)
{
	struct progress end = *last;
	end.stage = ok ? PROGRESS_DONE : PROGRESS_FAILED;
	end.why = ok ? ERROR_NONE : err->code;
	tell(last, &end);
}

static bool is_there(struct command_context *context, const char *directory, struct error *err)
{
	return env_exists(context->env, directory) ||
	       error_set(err, ERROR_NOT_FOUND, "%s is not there", directory);
}

/* Exchanges, with lines on stdout for the kiosk that started us. */
static int exchange_told(struct command_context *context, const char *directory, bool joins)
{
	char organisation[IDENTITY_NAME_MOST_BYTES + 1];
	struct carrier_report report = {.given = 0};
	struct progress last = {.stage = PROGRESS_CHECK};
	struct carrier_watch watch = {.context = &last, .tell = tell};
	struct error err = {0};
	bool may = is_there(context, directory, &err) && (!joins || may_draw(context, &err));
	struct store *store = may ? open_store(context, &err) : NULL;
	bool ok = store && (!joins || carrier_accept(store, directory, organisation, &err)) &&
		  carrier_exchange_watched(store, directory, &watch, &report, &err) &&
		  is_there(context, directory, &err);
	store_close(store);
	tell_end(&last, ok, &err);
	return ok ? COMMAND_DONE : command_refused("exchanging", &err);
}

/* --- enrol ------------------------------------------------------------------------------------ */

static int invite(struct command_context *context, const char *directory)
{
	const char *name = command_option(context, "--name");
	const char *place_text = command_option(context, "--place");
	const char *days_text = command_option(context, "--days");
	struct uuid place = {{0}};
	int64_t days = INVITATION_DAYS;
	struct error err;
	if (!name || !*name || strlen(name) > IDENTITY_NAME_MOST_BYTES)
		return command_misused("enrol", "say what the kiosk is called: --name NAME");
	if (place_text && !uuid_parse(str_from(place_text), &place))
		return command_misused("enrol", "--place is the id of a place of the catalogue");
	if (days_text && (!str_to_int(str_from(days_text), &days) || days < 1 ||
				 days > INVITATION_DAYS_MOST))
		return command_misused("enrol", "--days is a number from 1 to 400");
	struct store *store = may_draw(context, &err) ? open_store(context, &err) : NULL;
	bool ok = store && carrier_invite(store, directory, str_from(name), place, (int)days, &err);
	store_close(store);
	if (!ok)
		return command_refused("inviting", &err);
	fprintf(stderr, "Now take the stick to the kiosk, and back here: it lets in one device.\n");
	return COMMAND_DONE;
}

static int accept(struct command_context *context, const char *directory)
{
	char organisation[IDENTITY_NAME_MOST_BYTES + 1];
	struct carrier_report report;
	struct error err;
	struct store *store = may_draw(context, &err) ? open_store(context, &err) : NULL;
	bool ok = store && carrier_accept(store, directory, organisation, &err) &&
		  carrier_exchange(store, directory, &report, &err);
	store_close(store);
	if (!ok)
		return command_refused("joining", &err);
	printf("organisation %s\n", organisation);
	return COMMAND_DONE;
}

int command_enrol(struct command_context *context)
{
	const char *verb = context->argument_count > 0 ? context->arguments[0] : "";
	const char *directory = context->argument_count > 1 ? context->arguments[1] : NULL;
	if (strcmp(verb, "invite") == 0 && directory)
		return invite(context, directory);
	if (strcmp(verb, "accept") == 0 && context->argument_count == 2)
		return accept(context, directory);
	if (strcmp(verb, "accept-told") == 0 && context->argument_count == 2)
		return exchange_told(context, directory, true);
	return command_misused("enrol",
		"say: enrol invite DIR --name NAME [--place ID] [--days N], or enrol accept DIR");
}

/* --- bundle ----------------------------------------------------------------------------------- */

static void print_report(const struct carrier_report *r, bool is_hub)
{
	if (is_hub)
		printf("taken ops %zu new %zu boxes %zu devices %zu held %zu refused %zu\n"
		       "given ops %zu\n",
			r->up.ops, r->up.fresh, r->up.boxes, r->up.devices, r->up.held,
			r->up.refused, r->given);
	else
		printf("taken ops %zu refused %zu\ngiven ops %zu boxes %zu\n", r->down.ops,
			r->down.refused, r->sent.ops, r->sent.boxes);
	if (r->damaged)
		fprintf(stderr, "%zu files on the stick were not whole.\n", r->damaged);
	const struct error *why = is_hub ? &r->up.why : &r->down.why;
	if (why->code != ERROR_NONE)
		fprintf(stderr, "Refused: %s\n", why->message);
}

static int exchange(struct command_context *context, const char *directory)
{
	struct carrier_report report;
	struct identity who;
	struct error err;
	struct store *store = open_store(context, &err);
	bool ok = store && carrier_exchange(store, directory, &report, &err) &&
		  store_identity(store, &who, &err);
	store_close(store);
	if (!ok)
		return command_refused("exchanging", &err);
	print_report(&report, who.is_hub);
	identity_wipe(&who);
	return COMMAND_DONE;
}

static int sync_by_line(struct command_context *context, const char *address)
{
	struct carrier_http_report r;
	struct error err;
	struct store *store = open_store(context, &err);
	carrier_http_begin();
	bool ok = store && carrier_http_exchange(store, address, &r, &err);
	carrier_http_end();
	store_close(store);
	if (!ok)
		return command_refused("syncing", &err);
	printf("taken ops %zu refused %zu\ngiven ops %zu boxes %zu refused %zu\n"
	       "requests %zu bytes_up %zu bytes_down %zu\n",
		r.down.ops, r.down.refused, r.sent.ops, r.sent.boxes, r.up.refused, r.requests,
		r.bytes_up, r.bytes_down);
	if (r.up.why.code != ERROR_NONE)
		fprintf(stderr, "Refused: %s\n", r.up.why.message);
	if (r.down.why.code != ERROR_NONE)
		fprintf(stderr, "Refused: %s\n", r.down.why.message);
	return COMMAND_DONE;
}

int command_bundle(struct command_context *context)
{
	const char *address = command_option(context, "--address");
	const char *verb = context->argument_count > 0 ? context->arguments[0] : "";
	if (strcmp(verb, "exchange") == 0 && context->argument_count == 2 && !address)
		return exchange(context, context->arguments[1]);
	if (strcmp(verb, "exchange-told") == 0 && context->argument_count == 2 && !address)
		return exchange_told(context, context->arguments[1], false);
	if (strcmp(verb, "sync") == 0 && context->argument_count == 1)
		return sync_by_line(context, address);
	return command_misused(
		"bundle", "say: bundle exchange DIR, or bundle sync [--address URL]");
}
