/* What SDL reports, as struct input: one pointer (the mouse's first button or the first finger),
 * text, a few keys. Only platform/sdl includes this header. */
#pragma once
#include "platform/platform.h"

#include <SDL.h>
#include <stdbool.h>

struct event_reader {
	enum { HELD_BY_NONE, HELD_BY_MOUSE, HELD_BY_FINGER } held;
	SDL_TouchID touch;
	SDL_FingerID finger;
	char text[SDL_TEXTINPUTEVENT_TEXT_SIZE]; /* what input->text points to */
};

/* False when the event means nothing to us. A movement takes the newer movements behind it in
 * SDL's queue along and gives the last place. */
bool events_translate(struct event_reader *reader, const SDL_Event *event, int width_px,
	int height_px, struct input *input);

/* Lets go of pointer and text, drops what waits in SDL's queue (except a wish to quit) and
 * overwrites the entries that it reuses. */
void events_wipe(struct event_reader *reader);
/* Lets go of pointer and text, and drops the touches and keys that wait, in SDL's queue and before
 * it. */
void events_drop(struct event_reader *reader);
