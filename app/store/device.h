/* The list of devices: entities of the log like all others, so that whoever believes the hub's log
 * believes the list, and every kiosk knows who gives out which seats. A device's entity begins with
 * its eight bytes and ends in zeroes. */
#pragma once
#include "store/op.h"

enum device_field { /* numbers of OP_SET on ENTITY_DEVICE, for ever */
	DEVICE_NAME = 1, /* string: what staff call it */
	DEVICE_PLACE = 2, /* string, UUID: where it stands */
	DEVICE_SEATS = 3, /* string, UUID: the place whose seats it gives out */
	DEVICE_KEY = 4, /* string, 64 hexadecimal digits: Ed25519, its signature */
	DEVICE_REVOKED =
		5, /* array of [epoch in hex, last seq]: what still counts; absent: trusted */
};

struct uuid device_entity(const uint8_t device[WRITER_PART_BYTES]);
struct sql;
/* A field as JSON, in the arena; empty when it is not set. */
bool device_field(struct sql *db, struct arena *arena, struct uuid entity, enum device_field field,
	struct str *json, struct error *err);
/* Sets a field, or unsets it by an empty text. */
bool device_set(struct store_tx *tx, struct uuid entity, enum device_field field, struct str json,
	struct error *err);

/* The device that gives out the seats of a place; false in *found when the list names none. When it
 * names more than one, the one whose field was set last. */
bool device_of_seats(struct sql *db, struct uuid place, uint8_t device[WRITER_PART_BYTES],
	bool *found, struct error *err);
