/* An invitation vouches for itself only: that it is whole, and made by whoever holds the hub's key.
 * That this is the right hub is said by the person who brings it. */
#include "sync/frame_invitation.h"

#include "sync/bytes.h"

#include <assert.h>
#include <string.h>

static bool check(struct str text, size_t most, const char *what, struct error *err)
{
	if (text.len <= most && str_is_utf8(text))
		return true;
	return error_set(
		err, ERROR_LIMIT, "invitation: %s of %zu bytes, or not UTF-8", what, text.len);
}

bool frame_invitation_write(struct arena *arena, const struct frame_invitation *invitation,
	struct str *body, struct error *err)
{
	if (!check(invitation->organisation_name, FRAME_ORGANISATION_NAME_LIMIT_BYTES, "a name",
		    err) ||
		!check(invitation->address, FRAME_ADDRESS_LIMIT_BYTES, "an address", err))
		return false;
	struct str_builder b = {.arena = arena};
	bytes_put(&b, invitation->hub_key.bytes, sizeof(invitation->hub_key.bytes));
	bytes_put(&b, invitation->hub_device, sizeof(invitation->hub_device));
	bytes_put(&b, invitation->hub_epoch, sizeof(invitation->hub_epoch));
	bytes_put_sized(&b, invitation->organisation_name);
	bytes_put_sized(&b, invitation->address);
	bytes_put(&b, invitation->secret, sizeof(invitation->secret));
	bytes_put_time(&b, invitation->until_ms);
	*body = str_builder_text(&b);
	return true;
}

bool frame_invitation_read(struct str body, struct frame_invitation *invitation, struct error *err)
{
	struct bytes_reader r = bytes_reader_of(body);
	bytes_get(&r, invitation->hub_key.bytes, sizeof(invitation->hub_key.bytes));
	bytes_get(&r, invitation->hub_device, sizeof(invitation->hub_device));
	bytes_get(&r, invitation->hub_epoch, sizeof(invitation->hub_epoch));
	invitation->organisation_name = bytes_get_text(&r, FRAME_ORGANISATION_NAME_LIMIT_BYTES);
	invitation->address = bytes_get_text(&r, FRAME_ADDRESS_LIMIT_BYTES);
	bytes_get(&r, invitation->secret, sizeof(invitation->secret));
	invitation->until_ms = bytes_get_number(&r, 0, BYTES_NUMBER_LIMIT - 1);
	return bytes_reader_done(&r, "invitation", err);
}

bool frame_invitation_open(
	const struct frame *frame, struct frame_invitation *invitation, struct error *err)
{
	assert(frame->kind == FRAME_INVITATION && !frame->packed);
	if (!frame_invitation_read(frame->body, invitation, err))
		return false;
	if (memcmp(invitation->hub_device, frame->signer, sizeof(frame->signer)) != 0)
		return error_set(
			err, ERROR_PARSE, "invitation, byte 32: not the device that signed");
	return frame_verify(frame, &invitation->hub_key, err);
}
