/* getopt_long does the splitting; values are checked before anything happens. */
#include "hub/options.h"

#include "base/str.h"
#include "model/clock.h"

#include <getopt.h>
#include <stddef.h>

const char hub_options_help[] =
	"Usage: buurthub [options]\n"
	"The hub of an organisation: kiosks bring their changes here and take along those of\n"
	"others. In an empty folder it makes the organisation first.\n"
	"\n"
	"  --data DIR          where everything is kept (default: ~/.local/share/buurtbord)\n"
	"  --listen ADDR:PORT  default " HUB_LISTEN "; port 0: the machine chooses\n"
	"  --name NAME         what a new organisation is called (default: " HUB_NAME ")\n"
	"  --address URL       where its kiosks find the hub (default: where it listens)\n"
	"  --clock TIME        start of a simulated clock, 2026-12-01T09:10:00+01:00\n"
	"  --seed N            simulated randomness\n"
	"  --help, --version\n"
	"\n"
	"It speaks HTTP: what travels is signed, and personal data is sealed. For HTTPS, let a\n"
	"reverse proxy stand before it.\n";

enum option_id {
	OPTION_DATA = 256,
	OPTION_LISTEN,
	OPTION_NAME,
	OPTION_ADDRESS,
	OPTION_CLOCK,
	OPTION_SEED,
	OPTION_HELP,
	OPTION_VERSION,
};

static const struct option long_options[] = {
	{"data", required_argument, NULL, OPTION_DATA},
	{"listen", required_argument, NULL, OPTION_LISTEN},
	{"name", required_argument, NULL, OPTION_NAME},
	{"address", required_argument, NULL, OPTION_ADDRESS},
	{"clock", required_argument, NULL, OPTION_CLOCK},
	{"seed", required_argument, NULL, OPTION_SEED},
	{"help", no_argument, NULL, OPTION_HELP},
	{"version", no_argument, NULL, OPTION_VERSION},
	{0},
};

static bool take_option(int id, struct hub_options *o, struct error *err)
{
	int64_t number;
	switch (id) {
	case OPTION_DATA:
		o->data_dir = optarg;
		return true;
	case OPTION_LISTEN:
		o->listen = optarg;
		return true;
	case OPTION_NAME:
		o->name = optarg;
		return true;
	case OPTION_ADDRESS:
		o->address = optarg;
		return true;
	case OPTION_CLOCK:
		o->clock = optarg;
		return clock_parse(str_from(optarg), &o->clock_ms) ||
		       error_set(err, ERROR_PARSE,
			       "--clock %s: give a time like 2026-12-01T09:10:00+01:00", optarg);
	case OPTION_SEED:
		if (!str_to_int(str_from(optarg), &number) || number < 0)
			return error_set(
				err, ERROR_PARSE, "--seed %s: give a whole number", optarg);
		o->seed = (uint64_t)number;
		return o->seeded = true;
	case OPTION_HELP:
		return o->help = true;
	case OPTION_VERSION:
		return o->version = true;
	default:
		return error_set(err, ERROR_PARSE, "an option is wrong or lacks its value");
	}
}

bool hub_options_parse(int argc, char **argv, struct hub_options *options, struct error *err)
{
	*options = (struct hub_options){.listen = HUB_LISTEN};
	opterr = 0;
	for (int id; (id = getopt_long(argc, argv, "", long_options, NULL)) != -1;) {
		if (id == '?')
			return error_set(err, ERROR_PARSE,
				"%s: no such option, or it lacks its value", argv[optind - 1]);
		if (!take_option(id, options, err))
			return false;
	}
	return optind >= argc || error_set(err, ERROR_PARSE, "%s: not understood", argv[optind]);
}
