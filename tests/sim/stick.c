/* A stick between two visits, and after one. An exchange that says it is done has left a whole file
 * there that a pulled stick does not lose. */
#include "sim/inside.h"

#include "fake/disk.h"
#include "fake/fake.h"
#include "fake/fake_env.h"
#include "store/member.h"
#include "store/sequencer.h"
#include "sync/frame_head.h"
#include "sync/frame_ops.h"

#include <stdio.h>
#include <string.h>

static bool is_file(const struct disk_name *n)
{
	return n->cached && !n->cached->is_directory;
}

static bool ends_in(const char *path, const char *ending)
{
	size_t length = strlen(path), end = strlen(ending);
	return length >= end && strcmp(path + length - end, ending) == 0;
}

/* --- trouble ---------------------------------------------------------------------------------- */

static void tear_a_file(struct world *w, struct disk *disk)
{
	size_t count = 0;
	for (struct disk_name *n = disk->names; n; n = n->next)
		count += is_file(n);
	if (count == 0)
		return;
	size_t chosen = below(w, count);
	for (struct disk_name *n = disk->names; n; n = n->next) {
		if (!is_file(n) || chosen-- > 0)
			continue;
		size_t size = n->cached->cached.size;
		disk_truncate(disk, n->cached, one_in(w, 3) ? 0 : below(w, size + 1), NULL);
		tell(w, "torn: %s", n->path);
		break;
	}
	disk_settle(disk);
}

static void leave_noise(struct world *w, struct disk *disk)
{
	for (struct disk_name *n = disk->names; n; n = n->next) {
		if (!is_file(n) || !one_in(w, 3))
			continue;
		char byte = (char)draw(w);
		if (n->cached->cached.size)
			disk_write(
				disk, n->cached, below(w, n->cached->cached.size), &byte, 1, NULL);
		tell(w, "noise in %s", n->path);
	}
	disk_settle(disk);
}

static void turn_back(struct world *w, struct machine *stick)
{
	if (!stick->old) {
		stick->old = fake_copy(stick->env, draw(w));
		return;
	}
	fake_destroy(stick->env);
	stick->env = stick->old;
	stick->old = NULL;
	tell(w, "an old stick reappears");
}

static void visit_others(struct world *w, struct machine *stick)
{
	struct carrier_report report;
	struct error err = {0};
	fake_plug(w->other.env, STICK, stick->env);
	if (!carrier_exchange(w->other.store, STICK, &report, &err))
		broken(w, "L5 nothing on a stick stops an exchange", err.message);
	fake_unplug(w->other.env);
	tell(w, "the stick was at another organisation's");
	if (report.up.ops || report.up.devices || report.up.boxes)
		broken(w, "S14 no right, no change", "another organisation took something in");
}

void stick_trouble(struct world *w, struct machine *stick)
{
	if (strikes(w, FAULT_STICK_TORN, 8))
		tear_a_file(w, fake_disk(stick->env));
	if (strikes(w, FAULT_NOISE, 8))
		leave_noise(w, fake_disk(stick->env));
	if (strikes(w, FAULT_STICK_OLD, 12))
		turn_back(w, stick);
	if (strikes(w, FAULT_FOREIGN, 10))
		visit_others(w, stick);
	if (strikes(w, FAULT_FORGED, 5))
		forge_on_stick(w, stick);
}

/* --- what an exchange left -------------------------------------------------------------------- */

/* The file that was written now, and the folders on the way to it. What others left in the middle
 * is none of its business. */
static void check_durable(struct world *w, const struct disk *disk, const struct disk_name *file)
{
	for (const struct disk_name *n = disk->names; n; n = n->next) {
		const struct disk_file *f = n->cached;
		bool on_the_way =
			n == file || (f && f->is_directory && strchr(n->path, '/') &&
					     strncmp(n->path, file->path, strlen(n->path)) == 0);
		if (!f || !on_the_way)
			continue;
		if (n->durable != f)
			broken(w, "L1 what an exchange left outlives the stick's power", n->path);
		else if (!f->is_directory &&
			 (f->cached.size != f->durable.size ||
				 (f->cached.size && memcmp(f->cached.ptr, f->durable.ptr,
							    f->cached.size) != 0)))
			broken(w, "L1 what an exchange left is synced to the byte", n->path);
	}
}

/* The newest file that begins so; NULL: there is none. */
static const struct disk_name *newest(const struct disk *disk, const char *prefix)
{
	const struct disk_name *found = NULL;
	for (const struct disk_name *n = disk->names; n; n = n->next)
		if (is_file(n) && strstr(n->path, prefix) && ends_in(n->path, ".bbf") &&
			(!found || strcmp(n->path, found->path) > 0))
			found = n;
	return found;
}

struct contents {
	size_t ops;
	int64_t head;
	bool whole;
};

static struct contents read_contents(const struct disk_name *n)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct contents c = {.whole = false};
	struct frame frame;
	struct str body;
	enum frame_result result;
	struct frame_reader reader = frame_reader_of(
		(struct str){(char *)n->cached->cached.ptr, n->cached->cached.size});
	while ((result = frame_next(&reader, &arena, &frame, NULL)) == FRAME_WHOLE) {
		struct frame_ops ops;
		struct frame_head head;
		if (!frame_unpack(&frame, &arena, &body, NULL))
			return c;
		if (frame.kind == FRAME_OPS &&
			frame_ops_read(&arena, frame.signer, body, &ops, NULL))
			c.ops += ops.count;
		if (frame.kind == FRAME_HEAD && frame_head_read(body, &head, NULL))
			c.head = head.hub_seq;
	}
	c.whole = result == FRAME_END;
	return c;
}

static void hex_of(const uint8_t bytes[WRITER_PART_BYTES], char hex[2 * WRITER_PART_BYTES + 1])
{
	for (size_t i = 0; i < WRITER_PART_BYTES; i++)
		snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
}

void stick_check(struct world *w, struct machine *m, struct machine *stick,
	const struct carrier_report *report)
{
	struct disk *disk = fake_disk(stick->env);
	struct identity who;
	uint8_t epoch[WRITER_PART_BYTES];
	char hex[2 * WRITER_PART_BYTES + 1], prefix[64];
	if (disk->off || !store_identity(m->store, &who, NULL))
		return;
	if (who.is_hub && !w->lied && report->up.refused == 0 && report->damaged == 0)
		check_forgotten_stick(w, m, stick);
	if (!who.is_hub && report->sent.ops == 0)
		return;
	if (who.is_hub && !store_log_epoch(m->store, epoch, NULL))
		return;
	hex_of(who.is_hub ? epoch : who.device, hex);
	snprintf(prefix, sizeof(prefix), "/%s-%s-", who.is_hub ? "down" : "up", hex);
	identity_wipe(&who);
	const struct disk_name *n = newest(disk, prefix);
	struct contents found = n ? read_contents(n) : (struct contents){.whole = false};
	bool fits = *prefix && strncmp(prefix, "/down", 5) == 0
			    ? found.head == store_revision(m->store)
			    : found.ops == report->sent.ops;
	if (n)
		check_durable(w, disk, n);
	if (!found.whole || !fits)
		broken(w, "L1 what an exchange says it left stands on the stick",
			n ? n->path : prefix);
}
