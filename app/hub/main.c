/* buurthub: one command starts it, also on an empty folder. */
#include "base/log.h"
#include "hub/options.h"
#include "hub/server.h"
#include "settings/settings.h"
#include "store/identity.h"
#include "sync/hub_create.h"

#include <stdio.h>
#include <string.h>

#define EXIT_REFUSED 1
#define EXIT_USAGE 2

static volatile sig_atomic_t stop;

static void on_signal(int number)
{
	(void)number;
	stop = 1;
}

static void catch_signals(void)
{
	struct sigaction end = {.sa_handler = on_signal}, ignore = {.sa_handler = SIG_IGN};
	sigaction(SIGTERM, &end, NULL);
	sigaction(SIGINT, &end, NULL);
	sigaction(SIGPIPE, &ignore, NULL); /* a peer that went away is no reason to end */
}

static bool make_organisation(struct hub *hub, const struct hub_options *o,
	const struct server *server, struct error *err)
{
	const char *name = o->name ? o->name : HUB_NAME;
	const char *address = o->address ? o->address : server_url(server);
	if (!o->address && server_is_everywhere(server))
		return error_set(err, ERROR_REFUSED,
			"say where kiosks will find the hub: --address http://...");
	if (hub->env->seeded)
		return error_set(err, ERROR_REFUSED, "keys are never made from --seed or --clock");
	if (!hub_create(hub->store, str_from(name), str_from(address), err))
		return false;
	log_info("made the organisation %s, at %s", name, address);
	return true;
}

/* The store becomes a hub when it is nobody yet. */
static bool be_a_hub(struct hub *hub, const struct hub_options *o, const struct server *server,
	struct error *err)
{
	static const uint8_t none[WRITER_PART_BYTES];
	CLEANUP(identity_wipe) struct identity who;
	if (!store_identity(hub->store, &who, err))
		return false;
	if (memcmp(who.organisation, none, sizeof(none)) == 0)
		return make_organisation(hub, o, server, err);
	if (!who.is_hub)
		return error_set(err, ERROR_REFUSED, "this is a kiosk of %s, and no hub", who.name);
	if (o->name && strcmp(o->name, who.name) != 0)
		log_warning("the organisation is called %s already: --name does nothing", who.name);
	if (o->address && strcmp(o->address, who.address) != 0)
		log_warning("invitations say %s: --address does nothing",
			*who.address ? who.address : "no address");
	return true;
}

static bool serve(struct hub *hub, const struct hub_options *o, struct error *err)
{
	struct server *server = server_create(hub, str_from(o->listen), err);
	bool ok = server && be_a_hub(hub, o, server, err);
	if (ok) {
		printf("listening %s\n", server_url(server));
		fflush(stdout);
		ok = server_run(server, &stop, err);
	}
	server_destroy(server);
	return ok;
}

static struct env *choose_env(const struct hub_options *o)
{
	if (!o->clock && !o->seeded)
		return env_os();
	int64_t start_ms = o->clock ? o->clock_ms : env_wall_ms(env_os());
	return env_simulated_create(env_os(), start_ms, true, o->seed);
}

static int run(const struct hub_options *o, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str usual = settings_usual_directory(&arena);
	const char *data_dir = o->data_dir ? o->data_dir : usual.ptr;
	struct hub hub = {.env = choose_env(o)};
	env_os_keep_clock(str_format(&arena, "%s/" ENV_CLOCK_FILE, data_dir).ptr);
	hub.directory = data_dir;
	hub.store = store_open(hub.env, data_dir, err);
	bool ok = hub.store ? serve(&hub, o, err) : error_wrap(err, "opening %s", data_dir);
	store_close(hub.store);
	if (hub.env != env_os())
		env_simulated_destroy(hub.env);
	return ok ? 0 : err->code == ERROR_PARSE ? EXIT_USAGE : EXIT_REFUSED;
}

int main(int argc, char **argv)
{
	struct hub_options options;
	struct error err = {0};
	int status = EXIT_USAGE;
	if (hub_options_parse(argc, argv, &options, &err)) {
		if (options.help || options.version) {
			fputs(options.help ? hub_options_help : "buurthub " BUURTBORD_VERSION "\n",
				stdout);
			return 0;
		}
		catch_signals();
		status = run(&options, &err);
	}
	if (status != 0)
		fprintf(stderr, "buurthub: %s%s\n", err.message,
			status == EXIT_USAGE ? " (see --help)" : "");
	return status;
}
