/* The signature shows that the key is the device's own, the proof that staff gave it the
 * invitation. The body is read before the signature is checked, because the key is in it; that is
 * why it is never packed. */
#include "sync/frame_enrolment.h"

#include "crypto/secret.h"
#include "sync/bytes.h"

#include <assert.h>
#include <string.h>

void frame_enrolment_prove(const uint8_t secret[FRAME_INVITATION_SECRET_BYTES],
	const struct sign_key *key, uint8_t proof[FRAME_PROOF_BYTES])
{
	struct str hash_key = {(const char *)secret, FRAME_INVITATION_SECRET_BYTES};
	struct hash hash = hash_of(hash_key, key->bytes, sizeof(key->bytes));
	memcpy(proof, hash.bytes, FRAME_PROOF_BYTES);
}

bool frame_enrolment_proves(const struct frame_enrolment *enrolment,
	const uint8_t secret[FRAME_INVITATION_SECRET_BYTES])
{
	uint8_t proof[FRAME_PROOF_BYTES];
	frame_enrolment_prove(secret, &enrolment->key, proof);
	return secret_equal(proof, enrolment->proof, sizeof(proof));
}

bool frame_enrolment_write(struct arena *arena, const struct frame_enrolment *enrolment,
	struct str *body, struct error *err)
{
	if (enrolment->name.len > FRAME_NAME_LIMIT_BYTES || !str_is_utf8(enrolment->name))
		return error_set(err, ERROR_LIMIT, "enrolment: a name of %zu bytes, or not UTF-8",
			enrolment->name.len);
	struct str_builder b = {.arena = arena};
	bytes_put(&b, enrolment->device, sizeof(enrolment->device));
	bytes_put(&b, enrolment->key.bytes, sizeof(enrolment->key.bytes));
	bytes_put_sized(&b, enrolment->name);
	bytes_put(&b, enrolment->place.bytes, sizeof(enrolment->place.bytes));
	bytes_put(&b, enrolment->proof, sizeof(enrolment->proof));
	*body = str_builder_text(&b);
	return true;
}

bool frame_enrolment_read(struct str body, struct frame_enrolment *enrolment, struct error *err)
{
	struct bytes_reader r = bytes_reader_of(body);
	bytes_get(&r, enrolment->device, sizeof(enrolment->device));
	bytes_get(&r, enrolment->key.bytes, sizeof(enrolment->key.bytes));
	enrolment->name = bytes_get_text(&r, FRAME_NAME_LIMIT_BYTES);
	bytes_get(&r, enrolment->place.bytes, sizeof(enrolment->place.bytes));
	bytes_get(&r, enrolment->proof, sizeof(enrolment->proof));
	return bytes_reader_done(&r, "enrolment", err);
}

bool frame_enrolment_open(
	const struct frame *frame, struct frame_enrolment *enrolment, struct error *err)
{
	assert(frame->kind == FRAME_ENROLMENT && !frame->packed);
	if (!frame_enrolment_read(frame->body, enrolment, err))
		return false;
	if (memcmp(enrolment->device, frame->signer, sizeof(enrolment->device)) != 0)
		return error_set(err, ERROR_PARSE, "enrolment, byte 0: not the device that signed");
	return frame_verify(frame, &enrolment->key, err);
}
