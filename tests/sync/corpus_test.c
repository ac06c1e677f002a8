/* Bundles of every version of the format, kept for ever: each must read as it did when it was
 * written, which the text beside it says. A file here is never changed; a new version adds its own.
 * Those of version 1 were made by
 *   sync_corpus_test bundles tests/data/sync
 * and the bodies that a fuzzer starts with are made by
 *   sync_corpus_test bodies DIR */
#include "sync/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "keys.h"
#include "random.h"

#define FOLDER "tests/data/sync"
#define FILE_LIMIT_BYTES (1 << 20)

static const uint8_t device[8] = "a device";

/* --- as text ---------------------------------------------------------------------------------- */

static const char *const result_names[] = {
	[FRAME_WHOLE] = "whole",
	[FRAME_UNKNOWN] = "unknown",
	[FRAME_MALFORMED] = "malformed",
	[FRAME_TORN] = "torn",
	[FRAME_END] = "end",
	[FRAME_FAILED] = "failed",
};

static void dump_opened(struct str_builder *b, const struct frame *frame)
{
	struct sign_pair pair = key_of(frame->signer);
	struct str bytes;
	struct body body;
	struct error err = {0};
	if (!frame_open(frame, &pair.open, b->arena, &bytes, &err) ||
		!read_body(b->arena, frame->kind, frame->signer, bytes, &body, &err))
		str_builder_add_format(b, "refused: %s\n", err.message);
	else
		str_builder_add(b, dump_body(b->arena, &body));
}

static struct str dump_bundle(struct arena *arena, struct str bundle)
{
	struct str_builder b = {.arena = arena};
	struct frame_reader reader = frame_reader_of(bundle);
	for (;;) {
		struct frame frame;
		struct error err = {0};
		enum frame_result result = frame_next(&reader, arena, &frame, &err);
		str_builder_add(&b, str_from(result_names[result]));
		if (result == FRAME_END || result == FRAME_TORN) {
			str_builder_add_format(&b, " %s\n", err.message);
			return str_builder_text(&b);
		}
		dump_number(&b, "at", frame.offset);
		dump_number(&b, "kind", frame.kind);
		dump_number(&b, "packed", frame.packed);
		dump_number(&b, "bytes", (int64_t)frame.body.len);
		dump_number(&b, "unpacked", (int64_t)frame.unpacked_bytes);
		dump_hex(&b, "organisation", frame.organisation, 8);
		dump_hex(&b, "signer", frame.signer, 8);
		dump_hex(&b, "hash", &frame.hash, HASH_BYTES);
		str_builder_add_format(&b, " %s\n", err.message);
		if (result == FRAME_WHOLE)
			dump_opened(&b, &frame);
	}
}

/* --- making it -------------------------------------------------------------------------------- */

static struct str body_of(struct luck *luck, unsigned kind, size_t count, size_t value_most)
{
	struct body body = random_body(luck, kind, device, count, value_most);
	struct str bytes;
	struct sign_pair pair = key_of(device);
	if (kind == FRAME_ENROLMENT)
		body.enrolment.key = pair.open;
	if (kind == FRAME_INVITATION)
		body.invitation.hub_key = pair.open;
	assert_true(write_body(&luck->arena, &body, &bytes, NULL));
	return bytes;
}

static struct str framed(struct luck *luck, unsigned kind, struct str body)
{
	struct sign_pair pair = key_of(device);
	struct frame_author author = {.secret = &pair.secret};
	struct frame frame;
	memcpy(author.device, device, sizeof(author.device));
	memcpy(author.organisation, "an organ", sizeof(author.organisation));
	assert_true(frame_write(&luck->arena, &author, (enum frame_kind)kind, body, &frame, NULL));
	return frame.bytes;
}

/* With a byte of the header changed, and hashed and signed again. */
static struct str changed(struct luck *luck, struct str frame, size_t at, char byte)
{
	struct sign_pair pair = key_of(device);
	struct str copy = str_copy(&luck->arena, frame);
	char *bytes = (char *)(uintptr_t)copy.ptr;
	bytes[at] = byte;
	size_t hashed = copy.len - FRAME_TRAILER_BYTES;
	struct hash hash = hash_of(STR("buurtbord frame 1"), bytes, hashed);
	struct signature signature = sign_bytes(&pair.secret, &hash, sizeof(hash));
	memcpy(bytes + hashed, &hash, sizeof(hash));
	memcpy(bytes + hashed + sizeof(hash), &signature, sizeof(signature));
	return copy;
}

static void write_pair(struct luck *luck, const char *folder, const char *name, struct str bundle)
{
	struct error err;
	const char *path = str_format(&luck->arena, "%s/v1-%s.bbf", folder, name).ptr;
	const char *text = str_format(&luck->arena, "%s/v1-%s.txt", folder, name).ptr;
	if (!env_write_file(env_os(), path, bundle, &err) ||
		!env_write_file(env_os(), text, dump_bundle(&luck->arena, bundle), &err))
		fprintf(stderr, "%s\n", err.message);
}

static void make_bundles(struct luck *luck, const char *folder)
{
	struct str all[FRAME_KIND_END + 4];
	size_t count = 0;
	for (unsigned kind = 1; kind < FRAME_KIND_END; kind++) {
		struct str frame = framed(luck, kind, body_of(luck, kind, 4, 40));
		all[count++] = frame;
		write_pair(luck, folder, str_format(&luck->arena, "kind-%u", kind).ptr, frame);
	}
	write_pair(
		luck, folder, "packed", framed(luck, FRAME_OPS, body_of(luck, FRAME_OPS, 60, 9)));
	all[count++] = changed(luck, all[0], 4, 77); /* a kind, */
	all[count++] = changed(luck, all[1], 5, 64); /* a flag, */
	all[count++] = changed(luck, all[2], 6, 1); /* what must be 0 */
	all[count++] = framed(luck, FRAME_HEAD, STR("no head"));
	struct str bundle = str_join(&luck->arena, all, count, STR(""));
	write_pair(luck, folder, "all", bundle);
	write_pair(luck, folder, "torn", str_slice(bundle, 0, all[0].len + all[1].len - 1));
	struct str other = changed(luck, all[0], 3, '2');
	write_pair(luck, folder, "next-version",
		str_join(&luck->arena, (struct str[]){all[3], other, all[3]}, 3, STR("")));
}

static void make_bodies(struct luck *luck, const char *folder)
{
	for (unsigned i = 0; i < 90; i++) {
		unsigned kind = 1 + i % (FRAME_KIND_END - 1);
		char first[1] = {(char)(kind - 1)};
		struct str parts[] = {{first, 1}, body_of(luck, kind, 1 + i / 9, 20)};
		struct error err;
		if (!env_write_file(env_os(), str_format(&luck->arena, "%s/body-%u", folder, i).ptr,
			    str_join(&luck->arena, parts, 2, STR("")), &err))
			fprintf(stderr, "%s\n", err.message);
	}
}

/* --- reading it ------------------------------------------------------------------------------- */

static struct str file(struct arena *arena, const char *path)
{
	struct str bytes;
	struct error err = {0};
	if (!env_read_file(env_os(), arena, path, FILE_LIMIT_BYTES, &bytes, &err))
		fail_msg("%s", err.message);
	return bytes;
}

static void what_was_written_once_still_reads(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str *names;
	size_t count, bundles = 0;
	assert_true(env_list(env_os(), &arena, FOLDER, &names, &count, NULL));
	for (size_t i = 0; i < count; i++) {
		if (!str_ends_with(names[i], STR(".bbf")))
			continue;
		struct str stem = str_slice(names[i], 0, names[i].len - 4);
		struct str bundle =
			file(&arena, str_format(&arena, FOLDER "/%.*s.bbf", STR_ARG(stem)).ptr);
		struct str text =
			file(&arena, str_format(&arena, FOLDER "/%.*s.txt", STR_ARG(stem)).ptr);
		if (!str_equal(dump_bundle(&arena, bundle), text))
			fail_msg("%.*s reads as something else", STR_ARG(names[i]));
		bundles++;
	}
	assert_in_range(bundles, FRAME_KIND_END - 1 + 4, 1000);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_written_once_still_reads),
	};
	if (argc != 3)
		return cmocka_run_group_tests(tests, NULL, NULL);
	CLEANUP(luck_finish) struct luck luck = luck_of(2026);
	if (strcmp(argv[1], "bundles") == 0)
		make_bundles(&luck, argv[2]);
	else
		make_bodies(&luck, argv[2]);
	return 0;
}
