/* getopt_long does the splitting; every value is checked here, so that wrong usage is one sentence
 * and nothing has happened yet. */
#include "kiosk/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/clock.h"

const char command_line_help[] =
	"Usage: buurtbord [options]\n"
	"The kiosk: what is on in the neighbourhood, who greets you, and signing up.\n"
	"\n"
	"  --data DIR         where everything is kept (default: ~/.local/share/buurtbord)\n"
	"  --window           in a window instead of full screen\n"
	"  --size WxH         size in pixels\n"
	"  --panel-mm WxH     size of the glass in millimetres\n"
	"  --language xx      nl, en\n"
	"  --text N           100, 135 or 170 percent\n"
	"  --theme NAME       normal or contrast\n"
	"  --clock TIME       start of a simulated clock, 2026-12-01T09:10:00+01:00\n"
	"  --seed N           simulated randomness\n"
	"  --tour DIR         walk through the main job without a display; pictures go to DIR\n"
	"  --play FILE        play a script of touches without a display\n"
	"  --out DIR          where the script's pictures go\n"
	"  --stick DIR        a directory that plays a stick: it is in while it exists\n"
	"  --stats            print counters at the end\n"
	"  --help, --version\n";

enum option_id {
	OPTION_DATA = 256,
	OPTION_WINDOW,
	OPTION_SIZE,
	OPTION_PANEL,
	OPTION_LANGUAGE,
	OPTION_TEXT,
	OPTION_THEME,
	OPTION_CLOCK,
	OPTION_SEED,
	OPTION_TOUR,
	OPTION_PLAY,
	OPTION_OUT,
	OPTION_STICK,
	OPTION_STATS,
	OPTION_HELP,
	OPTION_VERSION,
};

static const struct option options[] = {
	{"data", required_argument, NULL, OPTION_DATA},
	{"window", no_argument, NULL, OPTION_WINDOW},
	{"size", required_argument, NULL, OPTION_SIZE},
	{"panel-mm", required_argument, NULL, OPTION_PANEL},
	{"language", required_argument, NULL, OPTION_LANGUAGE},
	{"text", required_argument, NULL, OPTION_TEXT},
	{"theme", required_argument, NULL, OPTION_THEME},
	{"clock", required_argument, NULL, OPTION_CLOCK},
	{"seed", required_argument, NULL, OPTION_SEED},
	{"tour", required_argument, NULL, OPTION_TOUR},
	{"play", required_argument, NULL, OPTION_PLAY},
	{"out", required_argument, NULL, OPTION_OUT},
	{"stick", required_argument, NULL, OPTION_STICK},
	{"stats", no_argument, NULL, OPTION_STATS},
	{"help", no_argument, NULL, OPTION_HELP},
	{"version", no_argument, NULL, OPTION_VERSION},
	{0},
};

static bool parse_pair(const char *text, int64_t least, int64_t most, int64_t pair[2])
{
	struct str_pair cut = str_cut(str_from(text), 'x');
	return cut.found && str_to_int(cut.head, &pair[0]) && str_to_int(cut.tail, &pair[1]) &&
	       pair[0] >= least && pair[0] <= most && pair[1] >= least && pair[1] <= most;
}

static bool take_option(int id, struct command_line *line, struct error *err)
{
	int64_t pair[2], number;
	switch (id) {
	case OPTION_DATA:
		line->data_dir = optarg;
		return true;
	case OPTION_WINDOW:
		return line->window = true;
	case OPTION_SIZE:
		if (!parse_pair(optarg, 320, 8192, pair))
			return error_set(err, ERROR_PARSE,
				"--size %s: give width x height in pixels, like 1280x800", optarg);
		line->width_px = (int)pair[0];
		line->height_px = (int)pair[1];
		return true;
	case OPTION_PANEL:
		if (!parse_pair(optarg, 50, 3000, pair))
			return error_set(err, ERROR_PARSE,
				"--panel-mm %s: give width x height in millimetres, like 217x136",
				optarg);
		line->width_mm = (double)pair[0];
		line->height_mm = (double)pair[1];
		return true;
	case OPTION_LANGUAGE:
		line->language = optarg;
		return true;
	case OPTION_TEXT:
		if (!str_to_int(str_from(optarg), &number) ||
			(number != 100 && number != 135 && number != 170))
			return error_set(
				err, ERROR_PARSE, "--text %s: give 100, 135 or 170", optarg);
		line->text_percent = (int)number;
		return true;
	case OPTION_THEME:
		line->contrast = strcmp(optarg, "contrast") == 0;
		if (!line->contrast && strcmp(optarg, "normal") != 0)
			return error_set(
				err, ERROR_PARSE, "--theme %s: give normal or contrast", optarg);
		return true;
	case OPTION_CLOCK:
		line->clock = optarg;
		return clock_parse(str_from(optarg), &number) ||
		       error_set(err, ERROR_PARSE,
			       "--clock %s: give a time like 2026-12-01T09:10:00+01:00", optarg);
	case OPTION_SEED:
		errno = 0;
		char *end;
		line->seed = strtoull(optarg, &end, 10);
		line->seeded = true;
		if (errno || *end || end == optarg || *optarg == '-')
			return error_set(
				err, ERROR_PARSE, "--seed %s: give a whole number", optarg);
		return true;
	case OPTION_TOUR:
		line->tour_dir = optarg;
		return true;
	case OPTION_PLAY:
		line->play_file = optarg;
		return true;
	case OPTION_OUT:
		line->out_dir = optarg;
		return true;
	case OPTION_STICK:
		line->stick_dir = optarg;
		return true;
	case OPTION_STATS:
		return line->stats = true;
	case OPTION_HELP:
		return line->help = true;
	case OPTION_VERSION:
		return line->version = true;
	default:
		return error_set(err, ERROR_PARSE, "an option is wrong or lacks its value");
	}
}

bool command_line_parse(int argc, char **argv, struct command_line *line, struct error *err)
{
	*line = (struct command_line){.text_percent = 100};
	opterr = 0;
	for (int id; (id = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		if (id == '?')
			return error_set(err, ERROR_PARSE,
				"%s: no such option, or it lacks its value", argv[optind - 1]);
		if (!take_option(id, line, err))
			return false;
	}
	if (optind < argc)
		return error_set(err, ERROR_PARSE, "%s: not understood", argv[optind]);
	if (line->tour_dir && line->play_file)
		return error_set(err, ERROR_PARSE, "give --tour or --play, not both");
	return true;
}
