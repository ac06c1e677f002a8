/* Kind 9: a hub invites kiosks into its organisation (format.md, "Invitation"). */
#pragma once
#include "sync/frame.h"

#define FRAME_INVITATION_SECRET_BYTES 32
#define FRAME_ORGANISATION_NAME_LIMIT_BYTES 80
#define FRAME_ADDRESS_LIMIT_BYTES 200

struct frame_invitation {
	struct sign_key hub_key;
	uint8_t hub_device[FRAME_DEVICE_BYTES];
	uint8_t hub_epoch[FRAME_EPOCH_BYTES]; /* whose log the kiosk will follow */
	struct str organisation_name; /* at most FRAME_ORGANISATION_NAME_LIMIT_BYTES */
	struct str address; /* of the hub, at most FRAME_ADDRESS_LIMIT_BYTES, may be empty */
	uint8_t secret[FRAME_INVITATION_SECRET_BYTES];
	int64_t until_ms; /* since 1970: the hub takes it until then */
};

/* The body, in the arena. ERROR_LIMIT for a text that is too long or not UTF-8. */
bool frame_invitation_write(struct arena *arena, const struct frame_invitation *invitation,
	struct str *body, struct error *err);
/* The texts point into the body. ERROR_PARSE with the byte of the body. */
bool frame_invitation_read(struct str body, struct frame_invitation *invitation, struct error *err);
/* In the place of frame_open(), for a hub that nobody knows yet: reads the frame and checks that
 * the hub in it signed, with the key in it. Who it is, staff must know. Also ERROR_KEY. */
bool frame_invitation_open(
	const struct frame *frame, struct frame_invitation *invitation, struct error *err);
