/* The language of --play: one event a line, blank lines and lines that begin with # are skipped.
 *
 *	wait MS                  lets time pass
 *	tap ID                   touches the node with that id
 *	find ID                  turns the pages of a list until that node can be touched
 *	touch X Y                touches a place, in pixels
 *	drag X Y X Y MS          from, to, and how long it takes
 *	key NAME                 Tab, Enter, Escape, Up, ...
 *	text STR                 types the rest of the line
 *	expect ID                the node has to be on the screen
 *	shot NAME, dump NAME     saves the picture, the draw list
 */
#pragma once
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum play_kind {
	PLAY_WAIT,
	PLAY_TAP,
	PLAY_FIND,
	PLAY_TOUCH,
	PLAY_DRAG,
	PLAY_KEY,
	PLAY_TEXT,
	PLAY_EXPECT,
	PLAY_SHOT,
	PLAY_DUMP,
	PLAY_KIND_COUNT
};

struct play_event {
	enum play_kind kind;
	int line; /* from 1 */
	int x, y, to_x, to_y; /* pixels; a touch ends where it began */
	int64_t ms; /* of a wait or a drag */
	struct str text; /* id, name or typed text */
};

/* Reads a whole script. Events and their texts live in the arena. ERROR_PARSE and ERROR_LIMIT name
 * the line. */
bool play_parse(struct arena *arena, struct str script, struct play_event **events, size_t *count,
	struct error *err);
