/* The host's door: the finger that is held in the corner, the PIN, and what stands behind it. What
 * screens are told about the day lives only while the door is open. */
#pragma once
#include "screens/screen.h"

#include "base/arena.h"

struct kiosk;
struct input;

#define DOOR_HOLD_MS 3000
#define DOOR_CORNER_MM 20
#define IDLE_HOST_MS 30000 /* and 30 s of warning: after a minute the door is shut */

struct door {
	bool held; /* a finger is down in the corner */
	int64_t held_since_ms;
	struct arena arena; /* of model */
	struct door_model model;
};

/* For every input, also INPUT_NONE, before it is taken. */
void door_tend(struct kiosk *kiosk, const struct input *input);
/* When the finger has been down long enough; INT64_MAX: there is none. */
int64_t door_next_ms(const struct kiosk *kiosk);
/* Looks at the PIN when that was asked for and the screen says so; true when it did. What was
 * touched meanwhile is dropped. */
bool door_check_pin(struct kiosk *kiosk);
/* Shuts it when no screen of the host is open any more. */
void door_settle(struct kiosk *kiosk);
void door_shut(struct kiosk *kiosk);
/* door_notes.c: what the host must know, read when the door opens, and the answers to it. */
void door_read_notes(struct kiosk *kiosk);
void door_read_troubles(struct kiosk *kiosk);
void door_repair_was_read(struct kiosk *kiosk);
void door_trust_clock(struct kiosk *kiosk);
/* The actions of the host; true when it was one. */
bool kiosk_apply_door(struct kiosk *kiosk, const struct action *action);
