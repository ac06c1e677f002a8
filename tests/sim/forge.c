/* Frames that the program would not send: of who has no right, of another content, in another
 * order. Each carries a value that must then be found nowhere, or ops that must all be found. */
#include "sim/inside.h"

#include "crypto/seal.h"
#include "fake/disk.h"
#include "fake/fake.h"
#include "fake/fake_env.h"
#include "model/fields.h"
#include "store/member.h"
#include "store/sequencer.h"
#include "sync/frame_delta.h"
#include "sync/frame_head.h"
#include "sync/frame_ops.h"
#include "sync/frame_sealed.h"

#include <stdio.h>
#include <string.h>

/* --- a bundle in memory ----------------------------------------------------------------------- */

static bool add(void *context, const void *bytes, size_t count, struct error *err)
{
	(void)err;
	str_builder_add(context, (struct str){bytes, count});
	return true;
}

struct bundle {
	struct arena arena;
	struct str_builder bytes;
	struct sync_sink sink;
	struct author author;
};

static void bundle_begin(struct bundle *b)
{
	*b = (struct bundle){.bytes = {.arena = &b->arena}};
	b->sink = (struct sync_sink){add, &b->bytes};
}

static void bundle_end(struct bundle *b)
{
	author_wipe(&b->author);
	arena_finish(&b->arena);
}

/* As another device, by a key of its own. */
static void sign_as(struct bundle *b, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t seed[IDENTITY_KEY_BYTES])
{
	b->author.pair = sign_pair_from_seed(seed);
	b->author.frames.secret = &b->author.pair.secret;
	memcpy(b->author.frames.device, device, WRITER_PART_BYTES);
}

static struct op forged_op(struct world *w)
{
	struct op op = {.kind = OP_SET,
		.entity_type = ENTITY_INITIATIVE,
		.entity = sample_id(ENTITY_INITIATIVE, below(w, WORLD_INITIATIVES)),
		.field = INITIATIVE_NAME,
		.seq = 1,
		.wall_ms = WORLD_STARTS_MS * 2,
		.has_value = true,
		.value = STR("\"Vals\"")};
	memset(op.device, 7, sizeof(op.device));
	memset(op.epoch, 7, sizeof(op.epoch));
	return op;
}

static void add_ops(struct world *w, struct bundle *b)
{
	struct op op = forged_op(w);
	struct frame_ops frame = {.first_seq = 1, .ops = &op, .count = 1};
	struct str body;
	memset(frame.epoch, (int)below(w, 200) + 1, sizeof(frame.epoch));
	if (frame_ops_write(&b->arena, &frame, &body, NULL))
		author_send(&b->author, &b->arena, FRAME_OPS, body, &b->sink, NULL);
}

static struct hash add_delta(struct world *w, struct bundle *b, const struct hub_position *here)
{
	struct op op = forged_op(w);
	op.hub_seq = here->hub_seq + 1;
	struct frame_delta frame = {
		.first = op.hub_seq, .chain_before = here->chain, .ops = &op, .count = 1};
	struct str body;
	memcpy(frame.hub_epoch, here->epoch, sizeof(frame.hub_epoch));
	if (frame_delta_write(&b->arena, &frame, &body, NULL))
		author_send(&b->author, &b->arena, FRAME_DELTA, body, &b->sink, NULL);
	return here->chain;
}

/* --- on a stick ------------------------------------------------------------------------------- */

static void leave(struct machine *stick, const char *folder, const char *name, struct str bytes)
{
	struct disk *disk = fake_disk(stick->env);
	char path[512];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	struct disk_file *file = disk_find(disk, path);
	if (!file)
		file = disk_create(disk, path, false, NULL);
	if (file && bytes.len)
		disk_write(disk, file, 0, bytes.ptr, bytes.len, NULL);
	disk_settle(disk);
}

static void hex_of(const uint8_t bytes[WRITER_PART_BYTES], char hex[2 * WRITER_PART_BYTES + 1])
{
	for (size_t i = 0; i < WRITER_PART_BYTES; i++)
		snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
}

/* A box of another content for a sign-up of somebody else, by a kiosk that may send boxes. */
static void add_box(struct world *w, struct bundle *b)
{
	char noise[200];
	struct sealed_box box = {.entity_type = ENTITY_REGISTRATION,
		.saved_ms = WORLD_STARTS_MS,
		.expires_ms = WORLD_STARTS_MS * 2,
		.retention_days = 9,
		.box = {noise, sizeof(noise)}};
	struct str body;
	memset(noise, (int)below(w, 256), sizeof(noise));
	box.entity = w->promises[below(w, w->promise_count)].id;
	if (frame_sealed_write(&b->arena, &(struct frame_sealed){&box, 1}, &body, NULL))
		author_send(&b->author, &b->arena, FRAME_SEALED, body, &b->sink, NULL);
}

void forge_on_stick(struct world *w, struct machine *stick)
{
	struct bundle b;
	struct hub_position here;
	char folder[128], hex[2 * WRITER_PART_BYTES + 1], name[64];
	uint8_t seed[IDENTITY_KEY_BYTES] = {(uint8_t)below(w, 256), 1};
	struct machine *k = &w->kiosk[below(w, WORLD_KIOSKS)];
	uint64_t kind = below(w, 4);
	bundle_begin(&b);
	if (!switch_on(w, k) || !author_of(k->store, &b.author, NULL) ||
		!store_position(k->store, &here, NULL)) {
		bundle_end(&b);
		return;
	}
	hex_of(b.author.identity.organisation, hex);
	snprintf(folder, sizeof(folder), STICK "/" CARRIER_FOLDER "/%s", hex);
	hex_of(here.epoch, hex);
	snprintf(name, sizeof(name), "up-%016llx-00000001.bbf", (unsigned long long)draw(w));
	if (kind == 0) {
		sign_as(&b, b.author.identity.device, seed);
		add_ops(w, &b);
	} else if (kind == 1) {
		sign_as(&b, w->thief, w->thief_seed);
		add_ops(w, &b);
	} else if (kind == 2) {
		sign_as(&b, b.author.identity.hub_device, seed);
		add_delta(w, &b, &here);
		snprintf(name, sizeof(name), "down-%s-000000000001.bbf", hex);
	} else if (w->promise_count) {
		add_box(w, &b);
	}
	leave(stick, folder, name, str_builder_text(&b.bytes));
	tell(w, "forged %d: %s", (int)kind, name);
	bundle_end(&b);
}

/* --- in another order ------------------------------------------------------------------------- */

static void give(struct world *w, struct str bytes, struct up_taken *taken)
{
	struct frame_reader reader = frame_reader_of(bytes);
	struct error err = {0};
	if (bytes.len && !up_read(w->hub.store, &reader, taken, &err))
		broken(w, "L5 no frame stops the others", err.message);
}

/* The ops of a frame from `from` on, `count` of them, as a frame of their own. */
static struct str part_of(
	struct bundle *b, const struct frame_ops *whole, size_t from, size_t count)
{
	struct frame_ops part = *whole;
	struct str body;
	part.first_seq += (int64_t)from;
	part.ops += from;
	part.count = count;
	b->bytes = (struct str_builder){.arena = &b->arena};
	if (frame_ops_write(&b->arena, &part, &body, NULL))
		author_send(&b->author, &b->arena, FRAME_OPS, body, &b->sink, NULL);
	return str_builder_text(&b->bytes);
}

/* The last frame of ops arrives in two halves, the second half first. */
static void give_in_halves(struct world *w, struct bundle *b, const struct frame *frame)
{
	struct frame_ops ops;
	struct up_taken taken = {.ops = 0};
	struct str body;
	int64_t last = 0;
	if (!frame_unpack(frame, &b->arena, &body, NULL) ||
		!frame_ops_read(&b->arena, frame->signer, body, &ops, NULL) || ops.count < 2)
		return;
	/* On top of what a hub that was put back has lost: it waits, and comes again. */
	uint8_t epoch[WRITER_PART_BYTES];
	if (!store_log_epoch(w->hub.store, epoch, NULL) ||
		memcmp(ops.hub_epoch, epoch, sizeof(epoch)) != 0)
		return;
	struct str late = part_of(b, &ops, 0, 1), early = part_of(b, &ops, 1, ops.count - 1);
	give(w, early, &taken);
	give(w, late, &taken);
	int64_t expected = ops.first_seq + (int64_t)ops.count - 1;
	store_last_seq(w->hub.store, frame->signer, ops.epoch, &last, NULL);
	tell(w, "hub: %zu ops of a kiosk, the first one last: now at %lld", ops.count,
		(long long)last);
	if (taken.refused == 0 && last < expected)
		broken(w, "S6 a frame that came too early counts in its turn", "hub");
}

void forge_reordered(struct world *w, int k)
{
	struct machine *m = &w->kiosk[k];
	struct bundle b;
	struct up_sent sent;
	struct up_taken taken;
	struct frame frame, last = {.kind = 0};
	bundle_begin(&b);
	if (switch_on(w, m) && switch_on(w, &w->hub) && author_of(m->store, &b.author, NULL) &&
		up_write(m->store, &b.sink, &sent, NULL)) {
		struct str all = str_builder_text(&b.bytes);
		struct frame_reader reader = frame_reader_of(all);
		while (frame_next(&reader, &b.arena, &frame, NULL) == FRAME_WHOLE) {
			if (last.kind)
				give(w, last.bytes, &taken);
			last = frame;
		}
		if (last.kind == FRAME_OPS)
			give_in_halves(w, &b, &last);
		else if (last.kind)
			give(w, last.bytes, &taken);
	}
	bundle_end(&b);
}

/* --- on copies -------------------------------------------------------------------------------- */

/* Whether a kiosk takes in what the hub's own key has signed. */
static bool takes(struct world *w, struct bundle *b)
{
	struct machine copy = {.env = fake_copy(w->kiosk[1].env, draw(w))};
	struct frame_reader reader = frame_reader_of(str_builder_text(&b->bytes));
	struct down_taken taken = {.ops = 0};
	bool yes = switch_on(w, &copy) && down_read(copy.store, &reader, &taken, NULL) &&
		   taken.ops > 0;
	machine_end(&copy);
	return yes;
}

static void offer_other_log(struct world *w, struct hub_position here)
{
	struct bundle b;
	bundle_begin(&b);
	here.chain.bytes[5] ^= 1;
	if (author_of(w->hub.store, &b.author, NULL)) {
		add_delta(w, &b, &here);
		if (takes(w, &b))
			broken(w, "S7 a log that is another one is not followed", "a copy");
	}
	bundle_end(&b);
}

static void offer_other_state(struct world *w, const struct hub_position *here)
{
	struct bundle b;
	struct frame_head head = {.hub_seq = here->hub_seq + 1,
		.oldest_seq = 1,
		.format_least = FRAME_FORMAT_VERSION};
	bundle_begin(&b);
	memcpy(head.hub_epoch, here->epoch, sizeof(head.hub_epoch));
	if (author_of(w->hub.store, &b.author, NULL)) {
		add_delta(w, &b, here);
		author_send(&b.author, &b.arena, FRAME_HEAD, frame_head_write(&b.arena, &head),
			&b.sink, NULL);
		if (takes(w, &b))
			broken(w, "S2 a state that is not the hub's is noticed", "a copy");
	}
	bundle_end(&b);
}

/* Somebody else finds the stick on which an invitation stands that was used. */
static void invite_a_second(struct world *w)
{
	struct machine second = machine_of(w);
	struct carrier_report report = {.given = 0};
	char name[IDENTITY_NAME_MOST_BYTES + 1];
	fake_plug(second.env, STICK, w->invited);
	fake_plug(w->hub.env, STICK, w->invited);
	if (second.store && carrier_accept(second.store, STICK, name, NULL) &&
		carrier_exchange(second.store, STICK, &report, NULL) &&
		carrier_exchange(w->hub.store, STICK, &report, NULL) && report.up.devices > 0)
		broken(w, "S14 no right, no change", "an invitation let in two devices");
	fake_unplug(w->hub.env);
	machine_end(&second);
}

void forge_for_copies(struct world *w)
{
	struct hub_position here;
	if (!store_position(w->kiosk[1].store, &here, NULL))
		return;
	offer_other_log(w, here);
	offer_other_state(w, &here);
	invite_a_second(w);
}
