/* The frame around a body: whole ones come back from memory and from a stream alike, and nothing
 * that was cut, turned or forged ever passes. */
#include "sync/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <zstd.h>

#include <cmocka.h>

#include "random.h"

#define DEVICE "device 1"
#define ORGANISATION "an organ."

static struct sign_pair pair, stranger;
static struct arena arena;

static int make_keys(void **state)
{
	(void)state;
	static const uint8_t seed[SIGN_SEED_BYTES] = "one", other[SIGN_SEED_BYTES] = "other";
	pair = sign_pair_from_seed(seed);
	stranger = sign_pair_from_seed(other);
	return 0;
}

static int forget(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

static struct frame_author author(void)
{
	struct frame_author made = {.secret = &pair.secret};
	memcpy(made.device, DEVICE, sizeof(made.device));
	memcpy(made.organisation, ORGANISATION, sizeof(made.organisation));
	return made;
}

static struct frame framed(enum frame_kind kind, struct str body)
{
	struct frame_author by = author();
	struct frame frame;
	struct error err = {0};
	if (!frame_write(&arena, &by, kind, body, &frame, &err))
		fail_msg("%s", err.message);
	return frame;
}

static struct str joined(const struct frame *frames, size_t count)
{
	struct str_builder b = {.arena = &arena};
	for (size_t i = 0; i < count; i++)
		str_builder_add(&b, frames[i].bytes);
	return str_builder_text(&b);
}

/* A stream over bytes that gives `piece` at a time, and fails at the byte `fails_at`. */
struct pieces {
	struct str bytes;
	size_t at, piece, fails_at;
};

static ptrdiff_t read_piece(void *context, void *bytes, size_t count, struct error *err)
{
	struct pieces *p = context;
	size_t left = p->bytes.len - p->at;
	if (p->fails_at && p->at >= p->fails_at) {
		error_set(err, ERROR_DISK, "pulled out");
		return -1;
	}
	if (count > p->piece)
		count = p->piece;
	if (count > left)
		count = left;
	if (count)
		memcpy(bytes, p->bytes.ptr + p->at, count);
	p->at += count;
	return (ptrdiff_t)count;
}

static void same_frame(const struct frame *a, const struct frame *b)
{
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->packed, b->packed);
	assert_memory_equal(a->organisation, b->organisation, sizeof(a->organisation));
	assert_memory_equal(a->signer, b->signer, sizeof(a->signer));
	assert_int_equal(a->unpacked_bytes, b->unpacked_bytes);
	assert_memory_equal(&a->hash, &b->hash, sizeof(a->hash));
	assert_memory_equal(&a->signature, &b->signature, sizeof(a->signature));
	assert_true(str_equal(a->body, b->body));
	assert_true(str_equal(a->bytes, b->bytes));
}

/* --- whole ones ------------------------------------------------------------------------------- */

struct sent {
	struct frame frame;
	struct str body;
};

static void check_received(struct frame_reader *reader, const struct sent *sent, size_t count)
{
	CLEANUP(arena_finish) struct arena own = {0};
	int64_t offset = 0;
	for (size_t i = 0; i < count; i++) {
		struct frame frame;
		struct str body;
		struct error err = {0};
		if (frame_next(reader, &own, &frame, &err) != FRAME_WHOLE ||
			!frame_open(&frame, &pair.open, &own, &body, &err))
			fail_msg("%s", err.message);
		assert_int_equal(frame.offset, offset);
		same_frame(&frame, &sent[i].frame);
		assert_true(str_equal(body, sent[i].body));
		assert_false(frame_open(&frame, &stranger.open, &own, &body, &err));
		assert_int_equal(err.code, ERROR_KEY);
		offset += (int64_t)frame.bytes.len;
	}
	struct frame none;
	assert_int_equal(frame_next(reader, &own, &none, NULL), FRAME_END);
	assert_int_equal(frame_next(reader, &own, &none, NULL), FRAME_END);
}

static void whole_frames_come_back(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 60; seed++) {
		CLEANUP(luck_finish) struct luck luck = luck_of(seed);
		struct sent sent[FRAME_KIND_END];
		struct frame frames[FRAME_KIND_END];
		size_t count = 0;
		for (unsigned kind = 1; kind < FRAME_KIND_END; kind++, count++) {
			struct str body = random_bytes(&luck,
				(size_t)random_number(&luck, 0,
					random_below(&luck, 3) ? 300 : FRAME_BODY_LIMIT_BYTES));
			sent[count] = (struct sent){framed((enum frame_kind)kind, body), body};
			frames[count] = sent[count].frame;
		}
		struct str bundle = joined(frames, count);
		struct frame_reader reader = frame_reader_of(bundle);
		check_received(&reader, sent, count);
		struct pieces pieces = {.bytes = bundle, .piece = 1 + random_below(&luck, 5000)};
		reader = frame_reader_of_stream(read_piece, &pieces);
		check_received(&reader, sent, count);
		arena_reset(&arena);
	}
}

static void only_some_kinds_are_packed(void **state)
{
	(void)state;
	CLEANUP(luck_finish) struct luck luck = luck_of(2);
	char *same = arena_alloc(&arena, 1000);
	for (unsigned kind = 1; kind < FRAME_KIND_END; kind++) {
		struct frame frame = framed((enum frame_kind)kind, (struct str){same, 1000});
		bool never =
			kind == FRAME_SEALED || kind == FRAME_ENROLMENT || kind == FRAME_INVITATION;
		assert_int_equal(frame.packed, !never);
		assert_string_not_equal(frame_kind_name(kind), "unknown");
	}
	random_fill(&luck, same, 1000);
	assert_false(framed(FRAME_OPS, (struct str){same, 1000}).packed);
	assert_string_equal(frame_kind_name(0), "unknown");
	assert_string_equal(frame_kind_name(FRAME_KIND_END), "unknown");
}

static void what_is_too_large_is_not_written(void **state)
{
	(void)state;
	CLEANUP(luck_finish) struct luck luck = luck_of(2);
	struct frame_author by = author();
	struct frame frame;
	struct error err = {0};
	size_t most = FRAME_UNPACKED_LIMIT_BYTES;
	char *bytes = arena_alloc(&arena, most + 1);
	assert_true(frame_write(&arena, &by, FRAME_OPS, (struct str){bytes, most}, &frame, &err));
	assert_false(
		frame_write(&arena, &by, FRAME_OPS, (struct str){bytes, most + 1}, &frame, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	random_fill(&luck, bytes, most);
	err.code = ERROR_NONE;
	assert_true(frame_write(
		&arena, &by, FRAME_OPS, (struct str){bytes, FRAME_BODY_LIMIT_BYTES}, &frame, &err));
	assert_int_equal(frame.bytes.len, FRAME_LIMIT_BYTES);
	assert_false(frame_write(&arena, &by, FRAME_OPS,
		(struct str){bytes, FRAME_BODY_LIMIT_BYTES + 1}, &frame, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

/* --- cut off and turned ----------------------------------------------------------------------- */

static enum frame_result next_of(struct str bytes, bool streamed, struct frame_reader *reader,
	struct pieces *pieces, struct frame *frame, struct error *err)
{
	*pieces = (struct pieces){.bytes = bytes, .piece = 100};
	*reader = streamed ? frame_reader_of_stream(read_piece, pieces) : frame_reader_of(bytes);
	return frame_next(reader, &arena, frame, err);
}

static void a_tail_cut_off_is_torn(void **state)
{
	(void)state;
	struct frame frames[] = {framed(FRAME_OPS, STR("one")), framed(FRAME_HEAD, STR("two"))};
	struct str bundle = joined(frames, 2);
	size_t first = frames[0].bytes.len;
	for (size_t len = 0; len < bundle.len; len++) {
		for (int streamed = 0; streamed < 2; streamed++) {
			struct frame_reader reader;
			struct pieces pieces;
			struct frame frame;
			struct error err = {0};
			enum frame_result result = next_of(str_slice(bundle, 0, len), streamed,
				&reader, &pieces, &frame, &err);
			if (len >= first) {
				assert_int_equal(result, FRAME_WHOLE);
				result = frame_next(&reader, &arena, &frame, &err);
			}
			bool between = len == 0 || len == first;
			assert_int_equal(result, between ? FRAME_END : FRAME_TORN);
			assert_int_equal(err.code, between ? ERROR_NONE : ERROR_DAMAGED);
			assert_int_equal(frame_next(&reader, &arena, &frame, &err), FRAME_END);
		}
	}
}

/* Whether a frame with one bit turned is refused: by its hash, or by its signature when the bit is
 * of that. */
static bool is_refused(struct str bytes, bool streamed, bool in_signature)
{
	struct frame_reader reader;
	struct pieces pieces;
	struct frame frame;
	struct str body;
	enum frame_result result = next_of(bytes, streamed, &reader, &pieces, &frame, NULL);
	return in_signature ? result == FRAME_WHOLE &&
				      !frame_open(&frame, &pair.open, &arena, &body, NULL)
			    : result == FRAME_TORN;
}

static void a_turned_bit_never_passes(void **state)
{
	(void)state;
	char body[300] = "packs well";
	struct frame whole[] = {framed(FRAME_OPS, (struct str){body, sizeof(body)}),
		framed(FRAME_SEALED, STR("not"))};
	assert_true(whole[0].packed);
	for (size_t k = 0; k < 2; k++) {
		char *bytes = (char *)(uintptr_t)whole[k].bytes.ptr;
		size_t len = whole[k].bytes.len;
		assert_false(is_refused(whole[k].bytes, false, true));
		for (size_t bit = 0; bit < len * 8; bit++) {
			bool in_signature = bit / 8 >= len - SIGNATURE_BYTES;
			bytes[bit / 8] ^= (char)(1 << bit % 8);
			if (!is_refused(whole[k].bytes, false, in_signature) ||
				!is_refused(whole[k].bytes, true, in_signature))
				fail_msg("frame %zu passes with bit %zu turned", k, bit);
			bytes[bit / 8] ^= (char)(1 << bit % 8);
		}
	}
}

static void after_a_wrong_hash_nothing_is_read(void **state)
{
	(void)state;
	struct frame frames[] = {framed(FRAME_OPS, STR("one")), framed(FRAME_OPS, STR("two")),
		framed(FRAME_OPS, STR("three"))};
	struct str bundle = joined(frames, 3);
	((char *)(uintptr_t)bundle.ptr)[frames[0].bytes.len + FRAME_HEADER_BYTES] ^= 1;
	struct frame_reader reader = frame_reader_of(bundle);
	struct frame frame;
	struct error err = {0};
	assert_int_equal(frame_next(&reader, &arena, &frame, &err), FRAME_WHOLE);
	assert_int_equal(frame_next(&reader, &arena, &frame, &err), FRAME_TORN);
	assert_string_equal(err.message, "frame at byte 131: its hash does not fit");
	assert_int_equal(frame_next(&reader, &arena, &frame, &err), FRAME_END);
}

static void a_stream_that_fails_says_so(void **state)
{
	(void)state;
	struct frame frames[] = {framed(FRAME_OPS, STR("one")), framed(FRAME_HEAD, STR("two"))};
	struct str bundle = joined(frames, 2);
	for (size_t at = 1; at < bundle.len; at++) {
		struct pieces pieces = {.bytes = bundle, .piece = 1, .fails_at = at};
		struct frame_reader reader = frame_reader_of_stream(read_piece, &pieces);
		struct frame frame;
		struct error err = {0};
		enum frame_result result = frame_next(&reader, &arena, &frame, &err);
		if (at >= frames[0].bytes.len) {
			assert_int_equal(result, FRAME_WHOLE);
			result = frame_next(&reader, &arena, &frame, &err);
		}
		assert_int_equal(result, FRAME_FAILED);
		assert_int_equal(err.code, ERROR_DISK);
		assert_int_equal(frame_next(&reader, &arena, &frame, &err), FRAME_END);
	}
}

/* --- forged ----------------------------------------------------------------------------------- */

/* A header by hand over any body, hashed and signed as it should be. */
static struct str forge(
	const char header[8], uint32_t body_bytes, uint32_t unpacked_bytes, struct str body)
{
	struct str_builder b = {.arena = &arena};
	bytes_put(&b, header, 8);
	bytes_put_u32(&b, body_bytes);
	bytes_put_u32(&b, unpacked_bytes);
	bytes_put(&b, ORGANISATION, 8);
	bytes_put(&b, DEVICE, 8);
	str_builder_add(&b, body);
	struct hash hash = hash_of(STR("buurtbord frame 1"), b.ptr, b.len);
	struct signature signature = sign_bytes(&pair.secret, &hash, sizeof(hash));
	bytes_put(&b, &hash, sizeof(hash));
	bytes_put(&b, &signature, sizeof(signature));
	return str_builder_text(&b);
}

static const struct {
	const char *what, header[8], *why;
	uint32_t body_bytes, unpacked_bytes;
	enum frame_result result;
	enum error_code code;
} headers[] = {
	{"nothing wrong", "BBF1\1\0\0", NULL, 4, 4, FRAME_WHOLE, 0},
	{"kind 0", "BBF1\0\0\0", NULL, 4, 4, FRAME_UNKNOWN, 0},
	{"kind 10", "BBF1\12\0\0", NULL, 4, 4, FRAME_UNKNOWN, 0},
	{"kind 255", "BBF1\377\0\0", NULL, 4, 4, FRAME_UNKNOWN, 0},
	{"an unknown kind with other lengths", "BBF1\12\0\0", NULL, 4, 5, FRAME_UNKNOWN, 0},
	{"an unknown flag", "BBF1\1\2\0", NULL, 4, 4, FRAME_UNKNOWN, 0},
	{"all flags", "BBF1\1\377\0", NULL, 4, 9, FRAME_UNKNOWN, 0},
	{"byte 6", "BBF1\1\0\1", "bytes 6 and 7", 4, 4, FRAME_MALFORMED, ERROR_PARSE},
	{"byte 7", "BBF1\1\0\0\1", "bytes 6 and 7", 4, 4, FRAME_MALFORMED, ERROR_PARSE},
	{"two lengths", "BBF1\1\0\0", "two lengths", 4, 5, FRAME_MALFORMED, ERROR_PARSE},
	{"packed details", "BBF1\5\1\0", "never packed", 4, 4, FRAME_MALFORMED, ERROR_PARSE},
	{"packed enrolment", "BBF1\7\1\0", "never packed", 4, 4, FRAME_MALFORMED, ERROR_PARSE},
	{"packed invitation", "BBF1\11\1\0", "never packed", 4, 4, FRAME_MALFORMED, ERROR_PARSE},
	{"version 2", "BBF2\1\0\0", "version 2 of the format, and this program reads 1", 4, 4,
		FRAME_TORN, ERROR_UNSUPPORTED},
	{"no frame", "<htm\1\0\0", "no frame", 4, 4, FRAME_TORN, ERROR_PARSE},
	{"zeroes", "\0\0\0\0\0\0\0", "no frame", 4, 4, FRAME_TORN, ERROR_PARSE},
	{"4 GiB", "BBF1\1\0\0", "4294967295 bytes", UINT32_MAX, 4, FRAME_TORN, ERROR_LIMIT},
	{"4 GiB, unknown", "BBF1\77\0\0", "4294967295 bytes", UINT32_MAX, 4, FRAME_TORN,
		ERROR_LIMIT},
	{"4 GiB unpacked", "BBF1\1\1\0", "unpacks to 4294967295", 4, UINT32_MAX, FRAME_TORN,
		ERROR_LIMIT},
	{"one too many", "BBF1\1\0\0", "66561 bytes", FRAME_BODY_LIMIT_BYTES + 1,
		FRAME_BODY_LIMIT_BYTES + 1, FRAME_TORN, ERROR_LIMIT},
	{"one too many unpacked", "BBF1\1\1\0", "262145 bytes", 4, FRAME_UNPACKED_LIMIT_BYTES + 1,
		FRAME_TORN, ERROR_LIMIT},
	{"more than there is", "BBF1\1\0\0", "ends", FRAME_BODY_LIMIT_BYTES, FRAME_BODY_LIMIT_BYTES,
		FRAME_TORN, ERROR_DAMAGED},
};

static void forged_headers_are_named(void **state)
{
	(void)state;
	struct frame good = framed(FRAME_OPS, STR("good"));
	for (size_t i = 0; i < 2 * sizeof(headers) / sizeof(headers[0]); i++) {
		size_t row = i / 2;
		struct str bytes = forge(headers[row].header, headers[row].body_bytes,
			headers[row].unpacked_bytes, STR("four"));
		bytes = str_join(&arena, (struct str[]){bytes, good.bytes}, 2, STR(""));
		struct frame_reader reader;
		struct pieces pieces;
		struct frame frame;
		struct error err = {0};
		enum frame_result result = next_of(bytes, i % 2, &reader, &pieces, &frame, &err);
		if (result != headers[row].result || err.code != headers[row].code)
			fail_msg("%s: %d, %s", headers[row].what, (int)result, err.message);
		if (headers[row].why && (!strstr(err.message, headers[row].why) ||
						!strstr(err.message, "frame at byte 0: ")))
			fail_msg("%s: %s", headers[row].what, err.message);
		/* What is refused or unknown does not stop what follows, and is kept as it was. */
		if (result == FRAME_TORN)
			continue;
		assert_true(str_equal(frame.bytes, str_slice(bytes, 0, frame.bytes.len)));
		assert_int_equal(frame_next(&reader, &arena, &frame, &err), FRAME_WHOLE);
		same_frame(&frame, &good);
	}
}

/* The limits come before memory: a header alone must not make anybody allocate. */
static void a_large_claim_takes_no_memory(void **state)
{
	(void)state;
	CLEANUP(arena_finish) struct arena own = {.block_bytes = 64};
	struct str bytes = forge("BBF1\1\0\0", UINT32_MAX, UINT32_MAX, STR(""));
	struct pieces pieces = {.bytes = bytes, .piece = 7};
	struct frame_reader reader = frame_reader_of_stream(read_piece, &pieces);
	struct frame frame;
	assert_int_equal(frame_next(&reader, &own, &frame, NULL), FRAME_TORN);
	assert_int_equal(arena_bytes_held(&own), 0);
	bytes = forge("BBF1\1\1\0", FRAME_BODY_LIMIT_BYTES, FRAME_UNPACKED_LIMIT_BYTES, STR(""));
	pieces = (struct pieces){.bytes = bytes, .piece = 7};
	reader = frame_reader_of_stream(read_piece, &pieces);
	assert_int_equal(frame_next(&reader, &own, &frame, NULL), FRAME_TORN);
	assert_in_range(arena_bytes_held(&own), 1, FRAME_LIMIT_BYTES + 1024);
}

/* --- packed by a stranger --------------------------------------------------------------------- */

static struct str packed(struct str body, bool says_size)
{
	size_t room = ZSTD_compressBound(body.len);
	char *out = arena_alloc(&arena, room);
	ZSTD_CCtx *context = ZSTD_createCCtx();
	ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, says_size);
	size_t size = ZSTD_compress2(context, out, room, body.ptr, body.len);
	ZSTD_freeCCtx(context);
	assert_false(ZSTD_isError(size));
	return (struct str){out, size};
}

/* Whether a body packed so, declared as so long, unpacks; and how much memory was taken. */
static bool unpacks(struct str body, size_t declared, size_t *taken)
{
	CLEANUP(arena_finish) struct arena own = {.block_bytes = 64};
	struct str bytes = forge("BBF1\1\1\0", (uint32_t)body.len, (uint32_t)declared, body), out;
	struct frame_reader reader = frame_reader_of(bytes);
	struct frame frame;
	struct error err = {0};
	assert_int_equal(frame_next(&reader, &own, &frame, &err), FRAME_WHOLE);
	assert_true(frame_verify(&frame, &pair.open, &err));
	bool ok = frame_unpack(&frame, &own, &out, &err);
	assert_true(ok || err.code == ERROR_PARSE);
	assert_true(!ok || out.len == declared);
	*taken = arena_bytes_held(&own);
	return ok;
}

static void bombs_do_not_go_off(void **state)
{
	(void)state;
	const size_t most = FRAME_UNPACKED_LIMIT_BYTES, huge = (size_t)64 << 20;
	char *zeroes = calloc(1, huge);
	struct str whole = packed((struct str){zeroes, most}, true);
	struct str bomb = packed((struct str){zeroes, huge}, true);
	struct str silent = packed((struct str){zeroes, huge}, false);
	struct str twice = str_join(&arena, (struct str[]){whole, whole}, 2, STR(""));
	struct str behind = str_join(&arena, (struct str[]){whole, STR("x")}, 2, STR(""));
	struct str skipped = STR("\x50\x2a\x4d\x18\x04\0\0\0skip");
	struct str hides = str_join(&arena, (struct str[]){whole, skipped}, 2, STR(""));
	size_t taken;
	assert_true(unpacks(whole, most, &taken));
	assert_in_range(taken, most, most + 1024);
	const struct {
		struct str body;
		size_t declared;
	} refused[] = {
		{whole, most - 1},
		{whole, 1},
		{whole, 0},
		{bomb, most},
		{bomb, 1},
		{silent, most},
		{silent, 0},
		{packed(STR("small"), false), 5},
		{packed(STR("small"), true), 6},
		{twice, most},
		{behind, most},
		{hides, most},
		{str_slice(whole, 0, whole.len - 1), most},
		{STR("no zstd at all"), 14},
		{STR(""), 0},
		{skipped, 4},
	};
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		if (refused[i].body.len > FRAME_BODY_LIMIT_BYTES)
			fail_msg("row %zu does not reach the unpacking", i);
		if (unpacks(refused[i].body, refused[i].declared, &taken))
			fail_msg("row %zu unpacks", i);
		assert_in_range(taken, 0, most + 1024);
	}
	free(zeroes);
}

/* What a stranger packed is not unpacked before its signature. */
static void the_signature_comes_first(void **state)
{
	(void)state;
	struct str bytes = forge("BBF1\1\1\0", 14, 14, STR("no zstd at all")), body;
	struct frame_reader reader = frame_reader_of(bytes);
	struct frame frame;
	struct error err = {0};
	assert_int_equal(frame_next(&reader, &arena, &frame, &err), FRAME_WHOLE);
	assert_false(frame_open(&frame, &stranger.open, &arena, &body, &err));
	assert_int_equal(err.code, ERROR_KEY);
	assert_false(frame_open(&frame, &pair.open, &arena, &body, &err));
	assert_int_equal(err.code, ERROR_PARSE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_frames_come_back),
		cmocka_unit_test(only_some_kinds_are_packed),
		cmocka_unit_test(what_is_too_large_is_not_written),
		cmocka_unit_test(a_tail_cut_off_is_torn),
		cmocka_unit_test(a_turned_bit_never_passes),
		cmocka_unit_test(after_a_wrong_hash_nothing_is_read),
		cmocka_unit_test(a_stream_that_fails_says_so),
		cmocka_unit_test(forged_headers_are_named),
		cmocka_unit_test(a_large_claim_takes_no_memory),
		cmocka_unit_test(bombs_do_not_go_off),
		cmocka_unit_test(the_signature_comes_first),
	};
	return cmocka_run_group_tests(tests, make_keys, forget);
}
