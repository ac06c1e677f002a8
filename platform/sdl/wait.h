/* Sleeping until SDL has something to say, on every video driver. Only platform/sdl includes this
 * header. */
#pragma once
#include <SDL.h>
#include <stdbool.h>

/* Waits at most timeout_ms (0: does not wait) for the next event and takes it. False when none
 * came; it may then have returned a little early. SDL's video has to be up. */
bool wait_for_event(SDL_Event *event, int timeout_ms);
