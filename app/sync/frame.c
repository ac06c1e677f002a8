/* What a frame claims is believed in the order in which it can be: the magic, then the two lengths
 * against their limits, then whether so many bytes are there, then the hash over them. Only then
 * does anything else in the header count, because only then is it what somebody wrote. Whatever is
 * wrong before that point leaves no way to tell where the next frame begins, and ends the bundle;
 * whatever is wrong behind it costs that frame alone. */
#include "sync/frame.h"

#include "base/bug.h"
#include "sync/bytes.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <zstd.h>

#define PACK_LEVEL 3
#define FLAG_PACKED 1u
#define MAGIC_BYTES 4
#define VERSION_AT 3 /* of the magic: '1' */

static const char magic[MAGIC_BYTES] = {'B', 'B', 'F', '0' + FRAME_FORMAT_VERSION};

static const char zeroes[2]; /* behind the flags */

static const struct {
	const char *name;
	bool packs; /* what its signer's key is found in, and what is sealed, is never packed */
} kinds[FRAME_KIND_END] = {
	[FRAME_OPS] = {"ops", true},
	[FRAME_DELTA] = {"delta", true},
	[FRAME_HEAD] = {"head", true},
	[FRAME_ACKS] = {"acknowledgements", true},
	[FRAME_SEALED] = {"sealed details", false},
	[FRAME_ERASURES] = {"erasures", true},
	[FRAME_ENROLMENT] = {"enrolment", false},
	[FRAME_SNAPSHOT] = {"snapshot part", true},
	[FRAME_INVITATION] = {"invitation", false},
};

static bool is_known(unsigned kind)
{
	return kind < FRAME_KIND_END && kinds[kind].name;
}

const char *frame_kind_name(unsigned kind)
{
	return is_known(kind) ? kinds[kind].name : "unknown";
}

void frame_organisation(const struct sign_key *hub, uint8_t organisation[FRAME_ORGANISATION_BYTES])
{
	struct hash hash = hash_of(STR(""), hub->bytes, sizeof(hub->bytes));
	memcpy(organisation, hash.bytes, FRAME_ORGANISATION_BYTES);
}

static struct hash hash_frame(const char *bytes, size_t count)
{
	return hash_of(STR("buurtbord frame 1"), bytes, count);
}

/* --- writing ---------------------------------------------------------------------------------- */

/* The body as it will stand in the frame: packed if that is smaller. */
static struct str pack(struct arena *arena, struct str body)
{
	size_t room = ZSTD_compressBound(body.len);
	char *packed = arena_alloc(arena, room);
	size_t size = ZSTD_compress(packed, room, body.ptr, body.len, PACK_LEVEL);
	return ZSTD_isError(size) || size >= body.len ? body : (struct str){packed, size};
}

static void put_header(
	struct str_builder *b, const struct frame_author *author, const struct frame *frame)
{
	bytes_put(b, magic, sizeof(magic));
	bytes_put_u8(b, (uint8_t)frame->kind);
	bytes_put_u8(b, frame->packed ? FLAG_PACKED : 0);
	bytes_put(b, zeroes, sizeof(zeroes));
	bytes_put_u32(b, (uint32_t)frame->body.len);
	bytes_put_u32(b, (uint32_t)frame->unpacked_bytes);
	bytes_put(b, author->organisation, sizeof(author->organisation));
	bytes_put(b, author->device, sizeof(author->device));
	assert(b->len == FRAME_HEADER_BYTES);
}

bool frame_write(struct arena *arena, const struct frame_author *author, enum frame_kind kind,
	struct str body, struct frame *frame, struct error *err)
{
	assert(is_known(kind));
	CLEANUP(arena_finish) struct arena scratch = {0};
	*frame = (struct frame){.kind = kind, .unpacked_bytes = body.len};
	if (body.len > FRAME_UNPACKED_LIMIT_BYTES)
		return error_set(
			err, ERROR_LIMIT, "%s: a body of %zu bytes", kinds[kind].name, body.len);
	frame->body = kinds[kind].packs ? pack(&scratch, body) : body;
	frame->packed = frame->body.ptr != body.ptr;
	if (frame->body.len > FRAME_BODY_LIMIT_BYTES)
		return error_set(err, ERROR_LIMIT, "%s: a body of %zu bytes in the frame",
			kinds[kind].name, frame->body.len);

	struct str_builder b = {.arena = arena,
		.capacity = FRAME_HEADER_BYTES + frame->body.len + FRAME_TRAILER_BYTES};
	b.ptr = arena_alloc(arena, b.capacity);
	put_header(&b, author, frame);
	str_builder_add(&b, frame->body);
	frame->hash = hash_frame(b.ptr, b.len);
	frame->signature = sign_bytes(author->secret, frame->hash.bytes, HASH_BYTES);
	bytes_put(&b, frame->hash.bytes, HASH_BYTES);
	bytes_put(&b, frame->signature.bytes, SIGNATURE_BYTES);
	frame->bytes = str_builder_text(&b);
	frame->body.ptr = frame->bytes.ptr + FRAME_HEADER_BYTES; /* what was packed dies here */
	memcpy(frame->organisation, author->organisation, sizeof(frame->organisation));
	memcpy(frame->signer, author->device, sizeof(frame->signer));
	return true;
}

/* --- reading ---------------------------------------------------------------------------------- */

struct frame_reader frame_reader_of(struct str bundle)
{
	return (struct frame_reader){.bytes = bundle};
}

struct frame_reader frame_reader_of_stream(
	ptrdiff_t (*read)(void *context, void *bytes, size_t count, struct error *err),
	void *context)
{
	return (struct frame_reader){.read = read, .context = context};
}

static enum frame_result ends(struct frame_reader *reader, enum frame_result how)
{
	reader->ended = true;
	return how;
}

/* The reason stands in err. */
static enum frame_result torn(struct frame_reader *reader, struct error *err)
{
	error_wrap(err, "frame at byte %lld", (long long)reader->offset);
	return ends(reader, FRAME_TORN);
}

/* Up to `count` bytes of the stream; fewer at its end, -1 when it fails. */
static ptrdiff_t fill(struct frame_reader *reader, char *bytes, size_t count, struct error *err)
{
	size_t have = 0;
	while (have < count) {
		ptrdiff_t got = reader->read(reader->context, bytes + have, count - have, err);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		assert((size_t)got <= count - have);
		have += (size_t)got;
	}
	return (ptrdiff_t)have;
}

/* What a header says, not believed yet. */
struct header {
	uint8_t kind, flags;
	bool reserved_is_zero;
	uint32_t body_bytes, unpacked_bytes;
};

/* `bytes` holds as much of a header as there is, at least one byte. */
static enum frame_result read_header(
	struct frame_reader *reader, struct str bytes, struct header *header, struct error *err)
{
	size_t letters = bytes.len < VERSION_AT ? bytes.len : VERSION_AT;
	if (memcmp(bytes.ptr, magic, letters) != 0) {
		error_set(err, ERROR_PARSE, "no frame begins here");
		return torn(reader, err);
	}
	if (bytes.len > VERSION_AT && bytes.ptr[VERSION_AT] != magic[VERSION_AT]) {
		error_set(err, ERROR_UNSUPPORTED,
			"version %d of the format, and this program reads %d",
			bytes.ptr[VERSION_AT] - '0', FRAME_FORMAT_VERSION);
		return torn(reader, err);
	}
	struct bytes_reader r = bytes_reader_of(bytes);
	bytes_get_view(&r, MAGIC_BYTES);
	header->kind = bytes_get_u8(&r);
	header->flags = bytes_get_u8(&r);
	struct str reserved = bytes_get_view(&r, sizeof(zeroes));
	header->reserved_is_zero = str_equal(reserved, (struct str){zeroes, sizeof(zeroes)});
	header->body_bytes = bytes_get_u32(&r);
	header->unpacked_bytes = bytes_get_u32(&r);
	bytes_get_view(&r, FRAME_ORGANISATION_BYTES + FRAME_DEVICE_BYTES);
	if (!bytes_ok(&r)) {
		error_set(err, ERROR_DAMAGED, "the bundle ends in its header");
		return torn(reader, err);
	}
	if (header->body_bytes > FRAME_BODY_LIMIT_BYTES) {
		error_set(err, ERROR_LIMIT, "a body of %u bytes", header->body_bytes);
		return torn(reader, err);
	}
	if (header->unpacked_bytes > FRAME_UNPACKED_LIMIT_BYTES) {
		error_set(err, ERROR_LIMIT, "a body that unpacks to %u bytes",
			header->unpacked_bytes);
		return torn(reader, err);
	}
	return FRAME_WHOLE;
}

static enum frame_result gather_from_memory(
	struct frame_reader *reader, struct header *header, struct str *bytes, struct error *err)
{
	struct str rest = str_slice(reader->bytes, (size_t)reader->offset, reader->bytes.len);
	if (rest.len == 0)
		return ends(reader, FRAME_END);
	enum frame_result result =
		read_header(reader, str_slice(rest, 0, FRAME_HEADER_BYTES), header, err);
	if (result != FRAME_WHOLE)
		return result;
	*bytes = str_slice(
		rest, 0, FRAME_HEADER_BYTES + (size_t)header->body_bytes + FRAME_TRAILER_BYTES);
	return FRAME_WHOLE;
}

static enum frame_result gather_from_stream(struct frame_reader *reader, struct arena *arena,
	struct header *header, struct str *bytes, struct error *err)
{
	char start[FRAME_HEADER_BYTES];
	ptrdiff_t got = fill(reader, start, sizeof(start), err);
	if (got <= 0)
		return ends(reader, got < 0 ? FRAME_FAILED : FRAME_END);
	enum frame_result result =
		read_header(reader, (struct str){start, (size_t)got}, header, err);
	if (result != FRAME_WHOLE)
		return result;
	size_t rest = (size_t)header->body_bytes + FRAME_TRAILER_BYTES;
	char *all = arena_alloc(arena, sizeof(start) + rest);
	memcpy(all, start, sizeof(start));
	got = fill(reader, all + sizeof(start), rest, err);
	if (got < 0)
		return ends(reader, FRAME_FAILED);
	*bytes = (struct str){all, sizeof(start) + (size_t)got};
	return FRAME_WHOLE;
}

static void set_frame(const struct header *header, struct str bytes, struct frame *frame)
{
	*frame = (struct frame){.kind = header->kind,
		.packed = header->flags & FLAG_PACKED,
		.unpacked_bytes = header->unpacked_bytes,
		.bytes = bytes};
	struct bytes_reader r = bytes_reader_of(bytes);
	bytes_get_view(&r, FRAME_HEADER_BYTES - FRAME_ORGANISATION_BYTES - FRAME_DEVICE_BYTES);
	bytes_get(&r, frame->organisation, sizeof(frame->organisation));
	bytes_get(&r, frame->signer, sizeof(frame->signer));
	frame->body = bytes_get_view(&r, header->body_bytes);
	bytes_get(&r, frame->hash.bytes, HASH_BYTES);
	bytes_get(&r, frame->signature.bytes, SIGNATURE_BYTES);
	assert(bytes_ok(&r) && bytes_left(&r) == 0);
}

/* Why a frame whose hash fits is refused; NULL: it is not. */
static const char *refusal(const struct header *header)
{
	bool packed = header->flags & FLAG_PACKED;
	if (!header->reserved_is_zero)
		return "bytes 6 and 7 are not 0";
	if (!packed && header->body_bytes != header->unpacked_bytes)
		return "two lengths of a body that is not packed";
	if (packed && is_known(header->kind) && !kinds[header->kind].packs)
		return "this kind is never packed";
	return NULL;
}

static enum frame_result judge(const struct header *header, int64_t offset, struct error *err)
{
	if (header->flags & ~FLAG_PACKED || !is_known(header->kind))
		return FRAME_UNKNOWN;
	const char *why = refusal(header);
	if (!why)
		return FRAME_WHOLE;
	error_set(err, ERROR_PARSE, "frame at byte %lld: %s", (long long)offset, why);
	return FRAME_MALFORMED;
}

enum frame_result frame_next(
	struct frame_reader *reader, struct arena *arena, struct frame *frame, struct error *err)
{
	if (reader->ended)
		return FRAME_END;
	struct header header = {0};
	struct str bytes = {0};
	enum frame_result result = reader->read
					   ? gather_from_stream(reader, arena, &header, &bytes, err)
					   : gather_from_memory(reader, &header, &bytes, err);
	if (result != FRAME_WHOLE)
		return result;
	size_t signed_bytes = FRAME_HEADER_BYTES + (size_t)header.body_bytes;
	if (bytes.len < signed_bytes + FRAME_TRAILER_BYTES) {
		error_set(err, ERROR_DAMAGED, "the bundle ends %zu bytes too early",
			signed_bytes + FRAME_TRAILER_BYTES - bytes.len);
		return torn(reader, err);
	}
	struct hash hash = hash_frame(bytes.ptr, signed_bytes);
	if (memcmp(bytes.ptr + signed_bytes, hash.bytes, HASH_BYTES) != 0) {
		error_set(err, ERROR_DAMAGED, "its hash does not fit");
		return torn(reader, err);
	}
	set_frame(&header, bytes, frame);
	frame->offset = reader->offset;
	reader->offset += (int64_t)bytes.len;
	return judge(&header, frame->offset, err);
}

/* --- opening ---------------------------------------------------------------------------------- */

bool frame_verify(const struct frame *frame, const struct sign_key *key, struct error *err)
{
	if (BUG(SIGNATURE) || sign_verify(key, &frame->signature, frame->hash.bytes, HASH_BYTES))
		return true;
	return error_set(err, ERROR_KEY, "frame at byte %lld: its signature does not fit",
		(long long)frame->offset);
}

static bool refuse_packed(const struct frame *frame, struct error *err, const char *why)
{
	return error_set(err, ERROR_PARSE, "frame at byte %lld: body, byte 0: %s",
		(long long)frame->offset, why);
}

bool frame_unpack(
	const struct frame *frame, struct arena *arena, struct str *body, struct error *err)
{
	if (!frame->packed) {
		*body = frame->body;
		return true;
	}
	assert(frame->unpacked_bytes <= FRAME_UNPACKED_LIMIT_BYTES);
	const char *packed = frame->body.ptr;
	size_t size = frame->body.len;
	if (ZSTD_findFrameCompressedSize(packed, size) != size)
		return refuse_packed(frame, err, "not one zstd frame");
	if (ZSTD_getFrameContentSize(packed, size) != frame->unpacked_bytes)
		return refuse_packed(frame, err, "declares another length than the frame");
	char *out = arena_alloc(arena, frame->unpacked_bytes);
	size_t got = ZSTD_decompress(out, frame->unpacked_bytes, packed, size);
	if (ZSTD_isError(got))
		return refuse_packed(frame, err, ZSTD_getErrorName(got));
	if (got != frame->unpacked_bytes)
		return refuse_packed(frame, err, "unpacks to another length than declared");
	*body = (struct str){out, got};
	return true;
}

bool frame_open(const struct frame *frame, const struct sign_key *key, struct arena *arena,
	struct str *body, struct error *err)
{
	return frame_verify(frame, key, err) && frame_unpack(frame, arena, body, err);
}
