/* The lock on the host's door: the PIN, and how often it was wrong. Local to this kiosk, never on a
 * stick.
 *
 * A try is counted, durably, before it is looked at, and taken back when the PIN was right: pulling
 * the plug spares nobody a count. After each wrong PIN the door stays shut for a while, twice as
 * long every time (1, 2, 4 ... 300 seconds), and for half an hour after every tenth. The wall clock
 * can be turned back and is not asked; the waiting is measured on the monotonic one, and begins
 * anew when the program is started again. */
#pragma once
#include "store/store.h"

#define DOOR_LONGEST_WAIT_MS 300000
#define DOOR_LOCK_MS 1800000
#define DOOR_TRIES 10 /* until it locks */

enum door_answer {
	DOOR_OPENED,
	DOOR_WRONG,
	DOOR_WAIT, /* it is shut for a while: the PIN was not looked at, nor counted */
	DOOR_NO_PIN, /* none is chosen yet */
};

bool store_door_has_pin(struct store *store, bool *has, struct error *err);
/* Keeps the PIN and forgets the wrong ones. ERROR_REFUSED for one that pin_judge() does not find
 * fine. */
bool store_door_set_pin(struct store *store, struct str pin, struct error *err);
/* As if none had been chosen: for who forgot it, at the machine itself. */
bool store_door_reset(struct store *store, struct error *err);
/* How long the door still stays shut, in ms; 0: it can be tried. */
bool store_door_wait(struct store *store, int64_t *wait_ms, struct error *err);
/* How bright the panel is, as the host chose it: a step. *step is left alone when nobody chose. */
bool store_brightness(struct store *store, int *step, struct error *err);
bool store_set_brightness(struct store *store, int step, struct error *err);
bool store_door_try(
	struct store *store, struct str pin, enum door_answer *answer, struct error *err);
