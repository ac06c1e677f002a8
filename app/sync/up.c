/* The way up. */
#include "sync/up.h"

#include "base/bug.h"
#include "crypto/secret.h"
#include "store/boxes.h"
#include "store/hub.h"
#include "store/member.h"
#include "store/past.h"
#include "store/revoke.h"
#include "store/sequencer.h"
#include "sync/back.h"
#include "sync/erasing.h"
#include "sync/frame_enrolment.h"
#include "sync/frame_erasures.h"
#include "sync/frame_ops.h"
#include "sync/frame_sealed.h"

#include <string.h>

#define NAMELESS STR("kiosk")

/* --- the kiosk's side ------------------------------------------------------------------------- */

struct sending {
	struct store *store;
	struct arena arena; /* of one frame */
	struct author author;
	struct hub_position position;
	const struct sync_sink *sink;
	struct up_sent *sent;
};

static void finish_sending(struct sending *s)
{
	author_wipe(&s->author);
	arena_finish(&s->arena);
}

static bool send_enrolment(struct sending *s, struct error *err)
{
	static const uint8_t none[IDENTITY_KEY_BYTES];
	const struct identity *i = &s->author.identity;
	struct frame_enrolment asks = {.name = NAMELESS, .key = s->author.pair.open};
	struct str body;
	if (memcmp(i->invitation, none, sizeof(none)) == 0)
		return true;
	memcpy(asks.device, i->device, sizeof(asks.device));
	frame_enrolment_prove(i->invitation, &asks.key, asks.proof);
	s->sent->asks = true;
	return frame_enrolment_write(&s->arena, &asks, &body, err) &&
	       author_send(&s->author, &s->arena, FRAME_ENROLMENT, body, s->sink, err);
}

static bool send_boxes(struct sending *s, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct sealed_box *boxes;
	size_t count;
	if (!store_pending_boxes(s->store, &arena, &boxes, &count, err))
		return false;
	for (size_t at = 0; at < count;) {
		size_t fit = frame_sealed_fit(boxes + at, count - at);
		struct str body;
		arena_reset(&s->arena);
		if (!frame_sealed_write(
			    &s->arena, &(struct frame_sealed){boxes + at, fit}, &body, err) ||
			!author_send(&s->author, &s->arena, FRAME_SEALED, body, s->sink, err))
			return false;
		at += fit;
	}
	s->sent->boxes = count;
	return true;
}

/* One frame of ops from `ops->first_seq` on; *next is where the one after it begins, 0: no more. */
static bool send_frame(struct sending *s, struct frame_ops *ops, int64_t *next, struct error *err)
{
	const struct identity *i = &s->author.identity;
	struct str body;
	arena_reset(&s->arena);
	if (!store_writer_ops(s->store, &s->arena, i->device, ops->epoch, ops->first_seq,
		    FRAME_OPS_MOST, &ops->ops, &ops->count, err))
		return false;
	*next = 0;
	if (ops->count == 0)
		return true;
	ops->count = frame_ops_fit(ops->ops, ops->count);
	*next = ops->first_seq + (int64_t)ops->count;
	s->sent->ops += ops->count;
	return frame_ops_write(&s->arena, ops, &body, err) &&
	       author_send(&s->author, &s->arena, FRAME_OPS, body, s->sink, err);
}

static bool send_epoch(struct sending *s, struct frame_ops *ops, struct error *err)
{
	int64_t next = ops->first_seq;
	while (next > 0) {
		ops->first_seq = next;
		if (!send_frame(s, ops, &next, err))
			return false;
	}
	return true;
}

static bool send_ops(struct sending *s, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	const uint8_t *device = s->author.identity.device;
	uint8_t(*epochs)[WRITER_PART_BYTES];
	size_t count;
	struct frame_ops ops = {
		.hub_seq = s->position.hub_seq,
		.monotonic_ms = env_monotonic_ms(store_env(s->store)),
	};
	memcpy(ops.hub_epoch, s->position.epoch, sizeof(ops.hub_epoch));
	if (!store_epochs(s->store, &arena, device, &epochs, &count, err))
		return false;
	for (size_t i = BUG(LAST_START_ONLY) && count ? count - 1 : 0; i < count; i++) {
		memcpy(ops.epoch, epochs[i], sizeof(ops.epoch));
		if (!store_pending_from(s->store, device, epochs[i], &ops.first_seq, err) ||
			(ops.first_seq > 0 && !send_epoch(s, &ops, err)) ||
			!store_last_seq(s->store, device, epochs[i], &ops.previous_last, err))
			return false;
		memcpy(ops.previous_epoch, epochs[i], sizeof(ops.previous_epoch));
	}
	return true;
}

static bool pass_on(struct sending *s, struct str frame, struct error *err)
{
	return frame.len == 0 || s->sink->write(s->sink->context, frame.ptr, frame.len, err);
}

/* The hub's own word on how far its log was: once when something goes up anyway, for a hub that was
 * put back must not number that under an epoch that is over. */
static bool send_head(struct sending *s, struct error *err)
{
	struct str frame;
	bool owed;
	int64_t pending = store_pending_count(s->store, err);
	arena_reset(&s->arena);
	return pending >= 0 && store_head_owed(s->store, &owed, err) &&
	       ((pending == 0 && !owed) || (store_kept_head(s->store, &s->arena, &frame, err) &&
						   pass_on(s, frame, err)));
}

/* What the hub's log has lost, as the hub signed it. */
static bool send_lost(struct sending *s, struct error *err)
{
	int64_t id = 0, lost = store_lost_count(s->store, err);
	bool more = lost > 0 && !BUG(LOST_NOT_SENT);
	while (more) {
		struct str frame;
		arena_reset(&s->arena);
		if (!store_next_kept(s->store, &s->arena, &id, &frame, err) ||
			!pass_on(s, frame, err))
			return false;
		more = frame.len > 0;
	}
	return lost >= 0;
}

bool up_write(
	struct store *store, const struct sync_sink *sink, struct up_sent *sent, struct error *err)
{
	CLEANUP(finish_sending) struct sending s = {.store = store, .sink = sink, .sent = sent};
	*sent = (struct up_sent){.ops = 0};
	return author_of(store, &s.author, err) && store_position(store, &s.position, err) &&
	       send_head(&s, err) && send_lost(&s, err) && send_enrolment(&s, err) &&
	       erasing_send(store, &s.author, sink, s.position.epoch, &sent->erasures, err) &&
	       (BUG(BOXES_NOT_SENT) || send_boxes(&s, err)) && send_ops(&s, err);
}

/* --- the hub's side --------------------------------------------------------------------------- */

struct taking {
	struct store *store;
	struct arena arena; /* of one frame */
	struct identity identity;
	uint8_t log_epoch[WRITER_PART_BYTES];
	bool box_missing; /* a frame of boxes was refused */
	struct up_taken *taken;
};

static void finish_taking(struct taking *t)
{
	identity_wipe(&t->identity);
	arena_finish(&t->arena);
}

/* The frame does not count, and the first reason is kept. */
static bool refuse(struct taking *t, const struct error *why)
{
	if (t->taken->refused++ == 0)
		t->taken->why = *why;
	return true;
}

/* What the store itself could not do ends the reading; the rest costs one frame. */
static bool refuse_or_fail(struct taking *t, const struct error *why, struct error *err)
{
	switch (why->code) {
	case ERROR_DISK:
	case ERROR_DISK_FULL:
	case ERROR_READ_ONLY:
	case ERROR_DAMAGED:
		return error_set(err, why->code, "%s", why->message);
	default:
		return refuse(t, why);
	}
}

static bool take_enrolment(struct taking *t, const struct frame *frame, struct error *err)
{
	struct error why = {0};
	struct frame_enrolment asks;
	struct invitation *list;
	size_t count;
	if (!frame_enrolment_open(frame, &asks, &why))
		return refuse(t, &why);
	if (memcmp(asks.device, t->identity.device, sizeof(asks.device)) == 0) {
		error_set(&why, ERROR_REFUSED, "a device asks to be let in under the hub's name");
		return refuse(t, &why);
	}
	if (!store_invitations(t->store, &t->arena, &list, &count, err))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!frame_enrolment_proves(&asks, list[i].secret))
			continue;
		bool again = list[i].used &&
			     memcmp(list[i].device, asks.device, sizeof(asks.device)) == 0;
		if (again)
			return true;
		if ((list[i].used && !BUG(INVITED_TWICE)) ||
			list[i].until_ms < env_wall_ms(store_env(t->store)))
			break;
		t->taken->devices++;
		return store_admit(t->store, asks.device, asks.key.bytes, list[i].name,
			       list[i].place, err) &&
		       store_use_invitation(t->store, list[i].secret, asks.device, err);
	}
	error_set(&why, ERROR_REFUSED,
		"a device asks to be let in by an invitation that was used, "
		"is over, or was never given");
	return refuse(t, &why);
}

static bool accept_ops(struct taking *t, struct frame_ops *ops, struct error *err)
{
	struct error why = {0};
	struct known_log known = {.hub_seq = ops->hub_seq};
	size_t fresh;
	memcpy(known.epoch, ops->hub_epoch, sizeof(known.epoch));
	if (!store_accept(t->store, ops->ops, ops->count, &known, &fresh, &why)) {
		if (why.code == ERROR_CONFLICT &&
			!store_notice(t->store, ops->ops[0].device, NOTICE_CONTENT, err))
			return false;
		return refuse_or_fail(t, &why, err);
	}
	t->taken->ops += ops->count;
	t->taken->fresh += fresh;
	return true;
}

/* Of a device that was struck off, what it had said before counts; the rest waits for staff. */
static bool put_aside(struct taking *t, struct frame_ops *ops, struct str frame, struct error *err)
{
	int64_t last;
	const uint8_t *device = ops->ops[0].device;
	if (!store_cutoff(t->store, device, ops->epoch, &last, err))
		return false;
	int64_t counts = last < ops->first_seq ? 0 : last - ops->first_seq + 1;
	if (counts >= (int64_t)ops->count)
		return true;
	size_t over = ops->count - (size_t)counts;
	ops->count = (size_t)counts;
	t->taken->aside += over;
	return store_put_aside(
		       t->store, device, ops->epoch, ops->first_seq + counts, over, frame, err) &&
	       store_notice(t->store, device, NOTICE_REVOKED, err);
}

/* Frames that were held because this one was missing. */
static bool take_held(struct taking *t, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], struct error *err)
{
	for (;;) {
		int64_t last;
		struct str bytes, body;
		struct frame frame;
		struct frame_ops ops;
		struct error why = {0};
		arena_reset(&t->arena);
		if (!store_last_seq(t->store, device, epoch, &last, err) ||
			!store_release(t->store, &t->arena, device, epoch, last + 1, &bytes, err))
			return false;
		if (bytes.len == 0)
			return true;
		struct frame_reader reader = frame_reader_of(bytes);
		bool whole = frame_next(&reader, &t->arena, &frame, &why) == FRAME_WHOLE &&
			     frame_unpack(&frame, &t->arena, &body, &why) &&
			     frame_ops_read(&t->arena, device, body, &ops, &why);
		if (whole ? !put_aside(t, &ops, frame.bytes, err) ||
					(ops.count > 0 && !accept_ops(t, &ops, err))
			  : !refuse(t, &why))
			return false;
	}
}

static bool changes_list(const struct frame_ops *ops)
{
	for (size_t i = 0; i < ops->count; i++)
		if (ops->ops[i].entity_type == ENTITY_DEVICE && ops->ops[i].kind == OP_SET)
			return true;
	return false;
}

/* Whether the writer had seen more than this hub, which was put back, has now: its ops may be about
 * what is missing, so they wait until that came back. The kiosk brings them again. */
static bool stands_on_lost(
	struct taking *t, const struct frame_ops *ops, bool *lost, struct error *err)
{
	struct past_epoch past;
	int64_t known;
	*lost = false;
	if (memcmp(ops->hub_epoch, t->log_epoch, sizeof(ops->hub_epoch)) == 0 ||
		ops->hub_seq == 0 || BUG(LOST_GROUND))
		return true;
	memcpy(past.epoch, ops->hub_epoch, sizeof(past.epoch));
	if (!store_find_past(t->store, past.epoch, &past.left_seq, err) ||
		!store_given_back(t->store, &past, &known, err))
		return false;
	*lost = past.left_seq < 0 || ops->hub_seq > known;
	t->taken->held += *lost;
	return true;
}

static bool take_ops(
	struct taking *t, const struct frame *frame, struct str body, struct error *err)
{
	struct frame_ops ops;
	struct error why = {0};
	int64_t last;
	bool lost;
	/* Were they taken, their boxes would not be sent again. */
	if (t->box_missing) {
		error_set(&why, ERROR_DAMAGED, "frame at byte %lld: a box before it is missing",
			(long long)frame->offset);
		return refuse(t, &why);
	}
	if (!frame_ops_read(&t->arena, frame->signer, body, &ops, &why))
		return refuse(t, &why);
	if (changes_list(&ops)) {
		error_set(&why, ERROR_REFUSED,
			"frame at byte %lld: only the hub changes the list of devices",
			(long long)frame->offset);
		return refuse(t, &why);
	}
	if (!stands_on_lost(t, &ops, &lost, err) || lost)
		return lost;
	if (!put_aside(t, &ops, frame->bytes, err))
		return false;
	if (ops.count == 0)
		return true;
	bool ours = memcmp(ops.hub_epoch, t->log_epoch, sizeof(ops.hub_epoch)) == 0;
	if (!store_note_epoch(t->store, frame->signer, ops.epoch, ops.previous_epoch,
		    ops.previous_last, err) ||
		!store_note_seen(t->store, frame->signer,
			BUG(SEEN_TOO_MUCH) ? store_revision(t->store)
			: ours             ? ops.hub_seq
					   : 0,
			err) ||
		!store_last_seq(t->store, frame->signer, ops.epoch, &last, err))
		return false;
	if (ops.first_seq > last + 1 && !BUG(GAP_IGNORED)) {
		t->taken->held++;
		return store_hold(
			t->store, frame->signer, ops.epoch, ops.first_seq, frame->bytes, err);
	}
	return accept_ops(t, &ops, err) && take_held(t, frame->signer, ops.epoch, err);
}

static bool take_boxes(struct taking *t, struct str body, struct error *err)
{
	struct frame_sealed sealed;
	struct error why = {0};
	size_t kept;
	if (!frame_sealed_read(&t->arena, body, &sealed, &why)) {
		t->box_missing = true;
		return refuse(t, &why);
	}
	if (!store_take_boxes(t->store, sealed.boxes, sealed.count, &kept, err))
		return false;
	t->taken->boxes += kept;
	return true;
}

static bool take_erasures(struct taking *t, struct str body, struct error *err)
{
	struct frame_erasures e;
	struct error why = {0};
	size_t fresh;
	if (!frame_erasures_read(&t->arena, body, &e, &why))
		return refuse(t, &why);
	if (!store_take_erasures(t->store, e.erasures, e.count, NULL, &fresh, err))
		return false;
	t->taken->erasures += fresh;
	return true;
}

/* A frame that this hub signed: what it gave once comes back. */
static bool take_own(struct taking *t, const struct frame *frame, struct error *err)
{
	struct sign_key key;
	struct back_taken taken;
	struct error why = {0};
	struct str body;
	memcpy(key.bytes, t->identity.hub_key, sizeof(key.bytes));
	if (!frame_open(frame, &key, &t->arena, &body, &why))
		return refuse(t, &why);
	if (!back_take(t->store, (enum frame_kind)frame->kind, &t->arena, body, t->log_epoch,
		    &taken, &why))
		return refuse_or_fail(t, &why, err);
	t->taken->ops += taken.ops;
	t->taken->fresh += taken.fresh;
	return true;
}

/* A frame that a device on the list must have signed. */
static bool take_signed(struct taking *t, const struct frame *frame, struct error *err)
{
	struct device device;
	struct sign_key key;
	struct error why = {0};
	struct str body;
	if (!store_device(t->store, frame->signer, &device, err))
		return false;
	if (!device.known) {
		error_set(&why, ERROR_KEY, "frame at byte %lld: its device is not on the list",
			(long long)frame->offset);
		return refuse(t, &why);
	}
	memcpy(key.bytes, device.key, sizeof(key.bytes));
	if (!frame_open(frame, &key, &t->arena, &body, &why)) {
		t->box_missing = t->box_missing || frame->kind == FRAME_SEALED;
		return refuse(t, &why);
	}
	/* Only now: a stranger can write anybody's name on a frame. Ops are judged one by one; the
	 * rest of what a device that was struck off says counts while something of it is missing.
	 */
	bool open = true;
	if (device.revoked && frame->kind != FRAME_OPS &&
		!store_cutoff_is_open(t->store, frame->signer, &open, err))
		return false;
	if (!open || (device.revoked && frame->kind == FRAME_ERASURES)) {
		error_set(&why, ERROR_KEY, "frame at byte %lld: its device was struck off the list",
			(long long)frame->offset);
		return store_notice(t->store, frame->signer, NOTICE_REVOKED, err) &&
		       refuse(t, &why);
	}
	switch (frame->kind) {
	case FRAME_OPS:
		return take_ops(t, frame, body, err);
	case FRAME_ERASURES:
		return take_erasures(t, body, err);
	default:
		return take_boxes(t, body, err);
	}
}

static bool take_frame(struct taking *t, const struct frame *frame, struct error *err)
{
	bool ours = memcmp(frame->organisation, t->identity.organisation,
			    sizeof(frame->organisation)) == 0;
	if (ours && frame->kind == FRAME_ENROLMENT)
		return take_enrolment(t, frame, err);
	if (ours && (frame->kind == FRAME_OPS || frame->kind == FRAME_SEALED ||
			    frame->kind == FRAME_ERASURES))
		return take_signed(t, frame, err);
	bool by_us = memcmp(frame->signer, t->identity.device, sizeof(frame->signer)) == 0;
	if (ours && by_us && (frame->kind == FRAME_DELTA || frame->kind == FRAME_HEAD))
		return take_own(t, frame, err);
	t->taken->foreign++;
	return true;
}

static bool take_bundle(struct taking *t, struct frame_reader *reader, struct error *err)
{
	for (;;) {
		struct frame frame;
		struct error why = {0};
		bool ok = true;
		arena_reset(&t->arena);
		switch (frame_next(reader, &t->arena, &frame, &why)) {
		case FRAME_WHOLE:
			ok = take_frame(t, &frame, err);
			break;
		case FRAME_UNKNOWN:
			t->taken->foreign++;
			break;
		case FRAME_MALFORMED:
			ok = refuse(t, &why);
			break;
		case FRAME_TORN:
			t->taken->torn = true;
			return refuse(t, &why);
		case FRAME_END:
			return true;
		case FRAME_FAILED:
			return error_set(err, why.code, "%s", why.message);
		}
		if (!ok)
			return false;
	}
}

bool up_read(
	struct store *store, struct frame_reader *reader, struct up_taken *taken, struct error *err)
{
	CLEANUP(finish_taking) struct taking t = {.store = store, .taken = taken};
	*taken = (struct up_taken){.ops = 0};
	if (!store_identity(store, &t.identity, err))
		return false;
	if (!t.identity.is_hub)
		return error_set(err, ERROR_REFUSED, "this one is no hub: it takes no ops in");
	return store_log_epoch(store, t.log_epoch, err) && take_bundle(&t, reader, err) &&
	       store_take_seats_of_copies(store, err) && store_check_boxes(store, err) &&
	       store_end_waiting(store, false, err);
}
