/* Once something is held down, by the mouse or by a finger, only that one counts until it is up:
 * a resting palm or a second hand does not tear a touch away. */
#include "platform/sdl/events.h"

#include <string.h>

/* Entries of SDL's queue that are overwritten; far more than ever wait at once. */
#define QUEUE_ENTRIES 256

static const struct {
	SDL_Keycode code;
	const char *name;
} KEYS[] = {
	{SDLK_TAB, "Tab"},
	{SDLK_RETURN, "Enter"},
	{SDLK_KP_ENTER, "Enter"},
	{SDLK_ESCAPE, "Escape"},
	{SDLK_BACKSPACE, "Backspace"},
	{SDLK_DELETE, "Delete"},
	{SDLK_UP, "Up"},
	{SDLK_DOWN, "Down"},
	{SDLK_LEFT, "Left"},
	{SDLK_RIGHT, "Right"},
	{SDLK_HOME, "Home"},
	{SDLK_END, "End"},
	{SDLK_PAGEUP, "PageUp"},
	{SDLK_PAGEDOWN, "PageDown"},
};

static bool key(const SDL_KeyboardEvent *event, struct input *input)
{
	if (event->keysym.sym == SDLK_TAB && event->keysym.mod & KMOD_SHIFT) {
		*input = (struct input){.kind = INPUT_KEY, .text = STR("Shift+Tab")};
		return true;
	}
	for (size_t i = 0; i < sizeof(KEYS) / sizeof(*KEYS); i++) {
		if (KEYS[i].code == event->keysym.sym) {
			*input = (struct input){.kind = INPUT_KEY, .text = str_from(KEYS[i].name)};
			return true;
		}
	}
	return false;
}

static bool text(struct event_reader *reader, const char *typed, struct input *input)
{
	size_t len = strnlen(typed, sizeof(reader->text));
	memcpy(reader->text, typed, len);
	*input = (struct input){.kind = INPUT_TEXT, .text = {reader->text, len}};
	return len > 0 && str_is_utf8(input->text);
}

static bool is_ours(const struct event_reader *reader, const SDL_Event *event)
{
	switch (event->type) {
	case SDL_MOUSEMOTION:
		return reader->held == HELD_BY_MOUSE && event->motion.which != SDL_TOUCH_MOUSEID;
	case SDL_MOUSEBUTTONUP:
		return reader->held == HELD_BY_MOUSE && event->button.which != SDL_TOUCH_MOUSEID &&
		       event->button.button == SDL_BUTTON_LEFT;
	case SDL_MOUSEBUTTONDOWN:
		return reader->held == HELD_BY_NONE && event->button.which != SDL_TOUCH_MOUSEID &&
		       event->button.button == SDL_BUTTON_LEFT;
	case SDL_FINGERMOTION:
	case SDL_FINGERUP:
		return reader->held == HELD_BY_FINGER && event->tfinger.touchId == reader->touch &&
		       event->tfinger.fingerId == reader->finger;
	case SDL_FINGERDOWN:
		return reader->held == HELD_BY_NONE && event->tfinger.touchId != SDL_MOUSE_TOUCHID;
	default:
		return false;
	}
}

/* A digitizer reports ten places between two frames; the last one is where the finger is. */
static SDL_Event newest_motion(const struct event_reader *reader, const SDL_Event *event)
{
	SDL_Event newest = *event, following;
	while (SDL_PeepEvents(&following, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1) {
		bool motion =
			following.type == SDL_MOUSEMOTION || following.type == SDL_FINGERMOTION;
		if (!motion)
			break;
		SDL_PeepEvents(&following, 1, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT);
		if (is_ours(reader, &following))
			newest = following;
	}
	return newest;
}

static int place(float fraction, int length_px)
{
	int at = (int)(fraction * (float)length_px);
	return at < 0 ? 0 : at >= length_px ? length_px - 1 : at;
}

static bool pointer(struct event_reader *reader, const SDL_Event *event, int width_px,
	int height_px, struct input *input)
{
	static const struct input nothing = {0};
	*input = nothing;
	if (!is_ours(reader, event))
		return false;
	SDL_Event last = *event;
	switch (event->type) {
	case SDL_MOUSEBUTTONDOWN:
		reader->held = HELD_BY_MOUSE;
		input->kind = INPUT_TOUCH_DOWN;
		break;
	case SDL_FINGERDOWN:
		reader->held = HELD_BY_FINGER;
		reader->touch = event->tfinger.touchId;
		reader->finger = event->tfinger.fingerId;
		input->kind = INPUT_TOUCH_DOWN;
		break;
	case SDL_MOUSEMOTION:
	case SDL_FINGERMOTION:
		last = newest_motion(reader, event);
		input->kind = INPUT_TOUCH_MOVE;
		break;
	default:
		reader->held = HELD_BY_NONE;
		input->kind = INPUT_TOUCH_UP;
		break;
	}
	if (last.type == SDL_MOUSEMOTION) {
		input->x = last.motion.x;
		input->y = last.motion.y;
	} else if (last.type == SDL_MOUSEBUTTONDOWN || last.type == SDL_MOUSEBUTTONUP) {
		input->x = last.button.x;
		input->y = last.button.y;
	} else {
		input->x = place(last.tfinger.x, width_px);
		input->y = place(last.tfinger.y, height_px);
	}
	return true;
}

bool events_translate(struct event_reader *reader, const SDL_Event *event, int width_px,
	int height_px, struct input *input)
{
	switch (event->type) {
	case SDL_QUIT:
		*input = (struct input){.kind = INPUT_QUIT};
		return true;
	case SDL_WINDOWEVENT:
		*input = (struct input){.kind = INPUT_EXPOSED};
		return event->window.event == SDL_WINDOWEVENT_EXPOSED ||
		       event->window.event == SDL_WINDOWEVENT_SIZE_CHANGED;
	case SDL_KEYDOWN:
		return key(&event->key, input);
	case SDL_TEXTINPUT:
		return text(reader, event->text.text, input);
	default:
		return pointer(reader, event, width_px, height_px, input);
	}
}

void events_wipe(struct event_reader *reader)
{
	bool quit = SDL_HasEvent(SDL_QUIT);
	SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
	SDL_Event blank = {.user = {.type = SDL_USEREVENT}};
	for (int i = 0; i < QUEUE_ENTRIES; i++)
		SDL_PeepEvents(&blank, 1, SDL_ADDEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT);
	SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
	if (quit)
		SDL_PushEvent(&(SDL_Event){.type = SDL_QUIT});
	explicit_bzero(reader, sizeof(*reader));
}

void events_drop(struct event_reader *reader)
{
	SDL_PumpEvents();
	SDL_FlushEvents(SDL_KEYDOWN, SDL_MULTIGESTURE);
	explicit_bzero(reader, sizeof(*reader));
}
