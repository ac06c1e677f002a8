/* libFuzzer over bundles: memory and a stream give the same frames, each frame is a stretch of the
 * bundle, and what is opened is as long as it says. Nothing gets past a hash by chance, so most
 * inputs are made whole again after they were changed. Built by hand:
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -D_GNU_SOURCE -Iapp
 *     tests/fuzz/frame_fuzz.c app/base/[a-z]*.c app/crypto/[a-z]*.c app/sync/[a-z]*.c
 *     -ljansson -lsodium -lzstd
 * Inputs to start with: tests/data/sync. */
#include "../sync/dump.h"
#include "../sync/keys.h"

#include <assert.h>

#define AROUND_BYTES (FRAME_HEADER_BYTES + FRAME_TRAILER_BYTES)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned seed);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t room);

struct pieces {
	struct str bytes;
	size_t at;
};

static ptrdiff_t read_piece(void *context, void *bytes, size_t count, struct error *err)
{
	struct pieces *p = context;
	size_t left = p->bytes.len - p->at, piece = 1 + p->at % 37;
	(void)err;
	piece = piece < left ? piece : left;
	piece = piece < count ? piece : count;
	if (piece)
		memcpy(bytes, p->bytes.ptr + p->at, piece);
	p->at += piece;
	return (ptrdiff_t)piece;
}

static void open_frame(struct arena *arena, const struct frame *frame)
{
	struct sign_pair pair = key_of(frame->signer);
	struct str bytes;
	struct body body;
	if (!frame_open(frame, &pair.open, arena, &bytes, NULL))
		return;
	assert(bytes.len == frame->unpacked_bytes);
	read_body(arena, frame->kind, frame->signer, bytes, &body, NULL);
	if (frame->kind == FRAME_ENROLMENT)
		frame_enrolment_open(frame, &body.enrolment, NULL);
	if (frame->kind == FRAME_INVITATION)
		frame_invitation_open(frame, &body.invitation, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str bundle = {(const char *)data, size};
	struct pieces pieces = {.bytes = bundle};
	struct frame_reader memory = frame_reader_of(bundle);
	struct frame_reader stream = frame_reader_of_stream(read_piece, &pieces);
	for (size_t at = 0;;) {
		struct frame frame = {0}, same = {0};
		struct error err = {0}, other = {0};
		enum frame_result result = frame_next(&memory, &arena, &frame, &err);
		assert(frame_next(&stream, &arena, &same, &other) == result);
		assert(err.code == other.code && strcmp(err.message, other.message) == 0);
		if (result == FRAME_TORN || result == FRAME_END)
			return 0;
		assert(str_equal(frame.bytes, str_slice(bundle, at, at + frame.bytes.len)));
		assert(str_equal(frame.bytes, same.bytes));
		assert((int64_t)at == frame.offset && (int64_t)at == same.offset);
		at += frame.bytes.len;
		if (result == FRAME_WHOLE)
			open_frame(&arena, &frame);
	}
}

static size_t number_at(const uint8_t *bytes)
{
	return bytes[0] | (size_t)bytes[1] << 8 | (size_t)bytes[2] << 16 | (size_t)bytes[3] << 24;
}

/* Gives the frame that begins here a length that is there, its hash and its signature; returns how
 * long it is. */
static size_t mend(uint8_t *data, size_t size)
{
	size_t body = number_at(data + 8), most = size - AROUND_BYTES;
	if (body > most || body > FRAME_BODY_LIMIT_BYTES) {
		body = most < FRAME_BODY_LIMIT_BYTES ? most : FRAME_BODY_LIMIT_BYTES;
		for (int i = 0; i < 4; i++)
			data[8 + i] = (uint8_t)(body >> (8 * i));
	}
	memcpy(data, "BBF1", 4);
	if (!(data[5] & 1))
		memcpy(data + 12, data + 8, 4);
	struct sign_pair pair = key_of(data + 24);
	struct hash hash = hash_of(STR("buurtbord frame 1"), data, FRAME_HEADER_BYTES + body);
	struct signature signature = sign_bytes(&pair.secret, &hash, sizeof(hash));
	memcpy(data + FRAME_HEADER_BYTES + body, &hash, sizeof(hash));
	memcpy(data + FRAME_HEADER_BYTES + body + sizeof(hash), &signature, sizeof(signature));
	return body + AROUND_BYTES;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t room, unsigned seed)
{
	size = LLVMFuzzerMutate(data, size, room);
	if (seed % 8 == 0)
		return size;
	for (size_t at = 0; size - at >= AROUND_BYTES;)
		at += mend(data + at, size - at);
	return size;
}
