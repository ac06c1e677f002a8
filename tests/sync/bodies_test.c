/* Every kind of body alike: what is written comes back, what is cut off is refused, and what is
 * forged is named. What only ops and deltas have is in ops_test.c. */
#include "sync/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "random.h"

static const uint8_t device[8] = "a device";

static void every_kind_comes_back(void **state)
{
	(void)state;
	static const size_t counts[] = {1, 2, 30, 128};
	for (uint64_t seed = 0; seed < 900; seed++) {
		CLEANUP(luck_finish) struct luck luck = luck_of(seed);
		unsigned kind = 1 + (unsigned)(seed % (FRAME_KIND_END - 1));
		struct body body =
			random_body(&luck, kind, device, counts[random_below(&luck, 4)], 300);
		struct body again;
		struct str bytes;
		struct error err = {0};
		if (!write_body(&luck.arena, &body, &bytes, &err) ||
			!read_body(&luck.arena, kind, device, bytes, &again, &err))
			fail_msg("seed %llu: %s", (unsigned long long)seed, err.message);
		if (!str_equal(dump_body(&luck.arena, &body), dump_body(&luck.arena, &again)))
			fail_msg("seed %llu: it is another body", (unsigned long long)seed);
	}
}

/* In blocks of exactly their size, so that AddressSanitizer sees one byte too many. */
static void cut_off_anywhere_is_refused(void **state)
{
	(void)state;
	for (unsigned kind = 1; kind < FRAME_KIND_END; kind++) {
		CLEANUP(luck_finish) struct luck luck = luck_of(kind);
		struct body body = random_body(&luck, kind, device, 3, 40), again;
		struct str bytes;
		assert_true(write_body(&luck.arena, &body, &bytes, NULL));
		for (size_t len = 0; len < bytes.len; len++) {
			struct error err = {0};
			char *box = malloc(len ? len : 1);
			memcpy(box, bytes.ptr, len);
			assert_false(read_body(
				&luck.arena, kind, device, (struct str){box, len}, &again, &err));
			assert_int_equal(err.code, ERROR_PARSE);
			free(box);
		}
		/* A head of before there were epochs that are over ends before their list. */
		struct str news = kind == FRAME_HEAD ? STR("\0\xff news") : STR("\xff news");
		struct str longer = str_join(&luck.arena, (struct str[]){bytes, news}, 2, STR(""));
		assert_true(read_body(&luck.arena, kind, device, longer, &again, NULL));
		assert_true(
			str_equal(dump_body(&luck.arena, &body), dump_body(&luck.arena, &again)));
	}
}

static void a_head_names_the_epochs_that_are_over(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct frame_head head = {.hub_seq = 9, .format_least = 1, .past_count = FRAME_PAST_MOST};
	struct frame_head again;
	for (size_t i = 0; i < FRAME_PAST_MOST; i++) {
		memset(head.past[i].epoch, (int)i, sizeof(head.past[i].epoch));
		head.past[i].left_seq = (int64_t)i % 10;
	}
	struct str body = frame_head_write(&arena, &head);
	assert_true(frame_head_read(body, &again, NULL));
	assert_memory_equal(&head, &again, sizeof(head));
	body.len--;
	assert_false(frame_head_read(body, &again, NULL));
	head.past[3].left_seq = 10; /* beyond the head */
	assert_false(frame_head_read(frame_head_write(&arena, &head), &again, NULL));
}

/* The largest of each kind that a writer may make goes into one frame. */
static void the_largest_fit(void **state)
{
	(void)state;
	CLEANUP(luck_finish) struct luck luck = luck_of(4);
	struct frame_acks acks = random_acks(&luck, FRAME_ACKS_MOST);
	assert_in_range(frame_acks_write(&luck.arena, &acks).len, 1, FRAME_BODY_LIMIT_BYTES);
	struct frame_erasures erasures = random_erasures(&luck, FRAME_ERASURES_MOST);
	assert_in_range(
		frame_erasures_write(&luck.arena, &erasures).len, 1, FRAME_BODY_LIMIT_BYTES);
	struct frame_snapshot snapshot = random_snapshot(&luck, 0);
	snapshot.rows = random_bytes(&luck, FRAME_SNAPSHOT_ROWS_BYTES);
	assert_in_range(
		frame_snapshot_write(&luck.arena, &snapshot).len, 1, FRAME_BODY_LIMIT_BYTES);
	for (int i = 0; i < 30; i++) {
		size_t most = i % 2 ? FRAME_BOX_LIMIT_BYTES : 400;
		struct frame_sealed sealed = random_sealed(&luck, FRAME_SEALED_MOST, most);
		struct str body;
		sealed.count = frame_sealed_fit(sealed.boxes, sealed.count);
		assert_true(frame_sealed_write(&luck.arena, &sealed, &body, NULL));
		assert_in_range(body.len, 1, FRAME_BODY_LIMIT_BYTES);
	}
}

static void what_is_too_long_is_not_written(void **state)
{
	(void)state;
	CLEANUP(luck_finish) struct luck luck = luck_of(5);
	static const char longest[FRAME_BOX_LIMIT_BYTES + 1] = {'a'};
	char name[FRAME_ADDRESS_LIMIT_BYTES + 1];
	memset(name, 'a', sizeof(name));
	struct str body;
	struct error err = {0};
	struct frame_enrolment enrolment = random_enrolment(&luck);
	enrolment.name = (struct str){name, FRAME_NAME_LIMIT_BYTES};
	assert_true(frame_enrolment_write(&luck.arena, &enrolment, &body, &err));
	enrolment.name.len++;
	assert_false(frame_enrolment_write(&luck.arena, &enrolment, &body, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	enrolment.name = STR("\xff");
	assert_false(frame_enrolment_write(&luck.arena, &enrolment, &body, &err));
	struct frame_invitation invitation = random_invitation(&luck);
	invitation.address = (struct str){name, sizeof(name)};
	assert_false(frame_invitation_write(&luck.arena, &invitation, &body, &err));
	invitation.address.len--;
	assert_true(frame_invitation_write(&luck.arena, &invitation, &body, &err));
	invitation.organisation_name = (struct str){name, FRAME_ORGANISATION_NAME_LIMIT_BYTES + 1};
	assert_false(frame_invitation_write(&luck.arena, &invitation, &body, &err));
	struct frame_sealed sealed = random_sealed(&luck, 1, 0);
	sealed.boxes[0].box = (struct str){longest, sizeof(longest)};
	assert_false(frame_sealed_write(&luck.arena, &sealed, &body, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	sealed.boxes[0].box.len--;
	assert_true(frame_sealed_write(&luck.arena, &sealed, &body, &err));
}

/* A clock before 1970 cannot be written, and is not a reason to write nothing. */
static void times_before_1970_are_0(void **state)
{
	(void)state;
	CLEANUP(luck_finish) struct luck luck = luck_of(6);
	struct frame_head head = random_head(&luck), again;
	head.issued_ms = -5;
	assert_true(frame_head_read(frame_head_write(&luck.arena, &head), &again, NULL));
	assert_int_equal(again.issued_ms, 0);
	head.issued_ms = INT64_MAX;
	assert_true(frame_head_read(frame_head_write(&luck.arena, &head), &again, NULL));
	assert_int_equal(again.issued_ms, BYTES_NUMBER_LIMIT - 1);
}

/* --- by hand ---------------------------------------------------------------------------------- */

static struct str from_hex(struct arena *arena, const char *digits)
{
	struct str_builder b = {.arena = arena};
	for (const char *p = digits; *p; p += *p == ' ' ? 1 : 2) {
		uint8_t byte;
		if (*p == ' ')
			continue;
		assert_true(secret_from_hex((struct str){p, 2}, &byte, 1));
		bytes_put_u8(&b, byte);
	}
	return str_builder_text(&b);
}

#define ID "6161616161616161 "
#define UUID "00112233445566778899aabbccddeeff "
#define HASH UUID UUID
#define HEAD ID "09 " HASH HASH "05 " ID

static const struct forged {
	unsigned kind;
	const char *what, *body, *why;
} forged[] = {
	{FRAME_HEAD, "whole", HEAD "09 01 09 01", NULL},
	{FRAME_HEAD, "left its parent in the future", HEAD "0a 01 09 01",
		"head, byte 82: a number is too high"},
	{FRAME_HEAD, "a snapshot of the future", HEAD "09 01 0a 01",
		"head, byte 84: a number is too high"},
	{FRAME_HEAD, "version 0", HEAD "09 01 09 00", "head, byte 85: a number is too low"},
	{FRAME_ACKS, "whole", "01 " ID ID "09 09 " UUID, NULL},
	{FRAME_ACKS, "none", "00", "acknowledgements, byte 0: a number is too low"},
	{FRAME_ACKS, "too many", "8108", "acknowledgements, byte 0: a number is too high"},
	{FRAME_ACKS, "4 GiB of them", "8080808010",
		"acknowledgements, byte 0: a number is too high"},
	{FRAME_ACKS, "level 2 above level 1", "01 " ID ID "09 0a " UUID,
		"acknowledgements, byte 18: a number is too high"},
	{FRAME_SEALED, "whole", "01 20 " UUID UUID "05 00 1e 02 ffff", NULL},
	{FRAME_SEALED, "none", "00", "sealed details, byte 0: a number is too low"},
	{FRAME_SEALED, "too many", "8101", "sealed details, byte 0: a number is too high"},
	{FRAME_SEALED, "a type", "01 808004", "sealed details, byte 1: a number is too high"},
	{FRAME_SEALED, "days", "01 20 " UUID UUID "05 00 8080808008",
		"sealed details, byte 36: a number is too high"},
	{FRAME_SEALED, "a box too large", "01 20 " UUID UUID "05 00 1e 8110",
		"sealed details, byte 37: a number is too high"},
	{FRAME_ERASURES, "whole", "01 20 " UUID "05", NULL},
	{FRAME_ERASURES, "none", "00", "erasures, byte 0: a number is too low"},
	{FRAME_ERASURES, "too many", "8108", "erasures, byte 0: a number is too high"},
	{FRAME_ENROLMENT, "whole", ID HASH "02 c3a9 " UUID UUID, NULL},
	{FRAME_ENROLMENT, "a name too long", ID HASH "51",
		"enrolment, byte 40: a number is too high"},
	{FRAME_ENROLMENT, "a name not UTF-8", ID HASH "02 c3ff " UUID UUID,
		"enrolment, byte 40: a text that is not UTF-8"},
	{FRAME_SNAPSHOT, "whole", ID "09 02 01 " HASH "02 6869", NULL},
	{FRAME_SNAPSHOT, "part 2 of 2", ID "09 02 02 " HASH "00",
		"snapshot part, byte 10: a number is too high"},
	{FRAME_SNAPSHOT, "no parts", ID "09 00 00 " HASH "00",
		"snapshot part, byte 9: a number is too low"},
	{FRAME_SNAPSHOT, "too many parts", ID "09 818004 00 " HASH "00",
		"snapshot part, byte 9: a number is too high"},
	{FRAME_SNAPSHOT, "rows of 4 GiB", ID "09 02 01 " HASH "8080808010",
		"snapshot part, byte 43: a number is too high"},
	{FRAME_INVITATION, "whole", HASH ID ID "01 61 00 " HASH "05", NULL},
	{FRAME_INVITATION, "a name too long", HASH ID ID "51",
		"invitation, byte 48: a number is too high"},
	{FRAME_INVITATION, "an address too long", HASH ID ID "00 c901",
		"invitation, byte 49: a number is too high"},
	{FRAME_INVITATION, "an address not UTF-8", HASH ID ID "00 01 80 " HASH "05",
		"invitation, byte 49: a text that is not UTF-8"},
};

static void forgeries_are_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++) {
		CLEANUP(arena_finish) struct arena arena = {.block_bytes = 64};
		struct error err = {0};
		struct body body;
		struct str bytes = from_hex(&arena, forged[i].body);
		size_t held = arena_bytes_held(&arena);
		bool read = read_body(&arena, forged[i].kind, device, bytes, &body, &err);
		if (read != !forged[i].why || (!read && strcmp(err.message, forged[i].why) != 0))
			fail_msg("%s, %s: %s", frame_kind_name(forged[i].kind), forged[i].what,
				err.message);
		assert_in_range(arena_bytes_held(&arena), held, held + 4096);
	}
}

/* --- signed by the key inside ----------------------------------------------------------------- */

/* Both kinds, signed by `secret` in the name of `signer`. */
static struct frame framed(struct arena *arena, const struct body *body,
	const struct sign_secret *secret, const uint8_t signer[8])
{
	struct frame_author author = {.secret = secret};
	struct frame frame;
	struct str bytes;
	memcpy(author.device, signer, 8);
	assert_true(write_body(arena, body, &bytes, NULL));
	assert_true(frame_write(arena, &author, (enum frame_kind)body->kind, bytes, &frame, NULL));
	struct frame_reader reader = frame_reader_of(frame.bytes);
	struct error err = {0};
	if (frame_next(&reader, arena, &frame, &err) != FRAME_WHOLE)
		fail_msg("%s", err.message);
	return frame;
}

static enum error_code opened(const struct frame *frame, struct body *body)
{
	struct error err = {0};
	bool ok = frame->kind == FRAME_ENROLMENT
			  ? frame_enrolment_open(frame, &body->enrolment, &err)
			  : frame_invitation_open(frame, &body->invitation, &err);
	assert_int_equal(ok, err.code == ERROR_NONE);
	return err.code;
}

static void who_nobody_knows_signs_with_the_key_inside(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		CLEANUP(luck_finish) struct luck luck = luck_of(7);
		CLEANUP(sign_pair_wipe) struct sign_pair pair = sign_pair_create();
		CLEANUP(sign_pair_wipe) struct sign_pair other = sign_pair_create();
		unsigned kind = i ? FRAME_ENROLMENT : FRAME_INVITATION;
		struct body body = random_body(&luck, kind, device, 1, 0), again = {.kind = kind};
		*(i ? &body.enrolment.key : &body.invitation.hub_key) = pair.open;
		struct frame frame = framed(&luck.arena, &body, &pair.secret, device);
		assert_int_equal(opened(&frame, &again), ERROR_NONE);
		assert_true(
			str_equal(dump_body(&luck.arena, &body), dump_body(&luck.arena, &again)));
		frame = framed(&luck.arena, &body, &other.secret, device);
		assert_int_equal(opened(&frame, &again), ERROR_KEY);
		frame = framed(&luck.arena, &body, &pair.secret, (const uint8_t *)"another.");
		assert_int_equal(opened(&frame, &again), ERROR_PARSE);
	}
}

static void the_proof_is_of_secret_and_key(void **state)
{
	(void)state;
	CLEANUP(luck_finish) struct luck luck = luck_of(8);
	struct frame_enrolment enrolment = random_enrolment(&luck);
	uint8_t secret[FRAME_INVITATION_SECRET_BYTES] = "said to nobody else";
	frame_enrolment_prove(secret, &enrolment.key, enrolment.proof);
	assert_true(frame_enrolment_proves(&enrolment, secret));
	secret[31] ^= 1;
	assert_false(frame_enrolment_proves(&enrolment, secret));
	secret[31] ^= 1;
	enrolment.key.bytes[31] ^= 1;
	assert_false(frame_enrolment_proves(&enrolment, secret));
}

/* From the description, with another implementation of BLAKE2b. */
static void names_have_their_known_values(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena arena = {0};
	struct sign_key key = {"a public key of thirty-two bytes"};
	uint8_t organisation[8], proof[FRAME_PROOF_BYTES];
	frame_organisation(&key, organisation);
	assert_true(str_equal_z(secret_to_hex(&arena, organisation, 8), "190d7bb6ebffd1d9"));
	frame_enrolment_prove((const uint8_t *)"a secret that is thirty-two long", &key, proof);
	assert_true(str_equal_z(
		secret_to_hex(&arena, proof, sizeof(proof)), "12558dbed997cbf9a8ae5d6c26eb0290"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_comes_back),
		cmocka_unit_test(cut_off_anywhere_is_refused),
		cmocka_unit_test(a_head_names_the_epochs_that_are_over),
		cmocka_unit_test(the_largest_fit),
		cmocka_unit_test(what_is_too_long_is_not_written),
		cmocka_unit_test(times_before_1970_are_0),
		cmocka_unit_test(forgeries_are_named),
		cmocka_unit_test(who_nobody_knows_signs_with_the_key_inside),
		cmocka_unit_test(the_proof_is_of_secret_and_key),
		cmocka_unit_test(names_have_their_known_values),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
