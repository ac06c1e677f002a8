/* The command line of the kiosk, as design.md promises it. */
#pragma once
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

struct command_line {
	const char *data_dir; /* NULL: the usual place */
	const char *clock; /* ISO 8601, or NULL */
	bool seeded;
	uint64_t seed;
	int width_px, height_px; /* 0: the screen's own */
	double width_mm, height_mm;
	const char *language, *tour_dir, *play_file, *out_dir;
	const char *stick_dir; /* stands for a stick while it exists; NULL: real sticks */
	int text_percent;
	bool contrast, window, stats, help, version;
};

/* False with err set on wrong usage. */
bool command_line_parse(int argc, char **argv, struct command_line *line, struct error *err);
extern const char command_line_help[];
