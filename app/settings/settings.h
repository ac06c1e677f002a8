/* The settings of one kiosk: a small text file in its data directory, "key = value" a line, UTF-8,
 * '#' starts a comment line. Whoever installs the kiosk edits it; a line that is wrong is
 * complained about and its default stays, for a kiosk with a typing error must still start. */
#pragma once
#include "base/arena.h"
#include "base/env.h"
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>

#define SETTINGS_FILE "buurtbord.conf"
#define SETTINGS_LIMIT_BYTES 65536
#define COLLECT_DAYS 21 /* unless the file says otherwise */
#define LINK_BASE_MAX_BYTES 100 /* a longer one makes a QR code that phones cannot read */

struct settings {
	struct str link_base; /* "https://..." without a slash at its end; empty: no QR link */
	int panel_width_mm, panel_height_mm; /* 0: not said, go by the size in pixels */
	struct str language; /* a language that has been translated: "nl" or "en" */
	int collect_days; /* sign-ups that wait longer: no contact details are asked any more */
};

struct settings settings_default(void);

/* Reads a text. Each wrong line goes to complain (may be NULL) as "line 3: ...". Texts in the
 * settings point into `text`. */
struct settings settings_parse(
	struct str text, void (*complain)(void *context, const char *message), void *context);

/* Reads DIR/buurtbord.conf. No file means the defaults. False only when the file cannot be read;
 * the settings are then the defaults. */
bool settings_read(struct env *env, struct arena *arena, const char *directory,
	struct settings *settings, void (*complain)(void *context, const char *message),
	void *context, struct error *err);

/* Replaces DIR/buurtbord.conf so that a power cut leaves the old or the new one. Comments in the
 * old one are lost. */
bool settings_write(
	struct env *env, const char *directory, const struct settings *settings, struct error *err);

/* Where everything is kept when nobody says otherwise: $XDG_DATA_HOME/buurtbord, else
 * ~/.local/share/buurtbord. */
struct str settings_usual_directory(struct arena *arena);
