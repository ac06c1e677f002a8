/* Kind 7: a device asks to belong to the organisation (format.md, "Enrolment"). */
#pragma once
#include "base/uuid.h"
#include "sync/frame.h"
#include "sync/frame_invitation.h"

#define FRAME_PROOF_BYTES 16
#define FRAME_NAME_LIMIT_BYTES 80

struct frame_enrolment {
	uint8_t device[FRAME_DEVICE_BYTES];
	struct sign_key key;
	struct str name; /* at most FRAME_NAME_LIMIT_BYTES */
	struct uuid place; /* that it stands in; nil: none */
	uint8_t proof[FRAME_PROOF_BYTES];
};

/* Shows that who holds the key was given the invitation's secret. */
void frame_enrolment_prove(const uint8_t secret[FRAME_INVITATION_SECRET_BYTES],
	const struct sign_key *key, uint8_t proof[FRAME_PROOF_BYTES]);
bool frame_enrolment_proves(const struct frame_enrolment *enrolment,
	const uint8_t secret[FRAME_INVITATION_SECRET_BYTES]);

/* The body, in the arena. ERROR_LIMIT for a name that is too long or not UTF-8. */
bool frame_enrolment_write(struct arena *arena, const struct frame_enrolment *enrolment,
	struct str *body, struct error *err);
/* The name points into the body. ERROR_PARSE with the byte of the body. */
bool frame_enrolment_read(struct str body, struct frame_enrolment *enrolment, struct error *err);
/* In the place of frame_open(), for a signer whom nobody knows yet: reads the frame and checks that
 * the device in it signed, with the key in it. Also ERROR_KEY. */
bool frame_enrolment_open(
	const struct frame *frame, struct frame_enrolment *enrolment, struct error *err);
