/* The frame: the unit that is signed, checked and taken whole or not at all (format.md, "Frame").
 * A bundle is frames one after the other; a reader takes them one at a time, from memory or from a
 * file, and holds one frame whatever the size of the bundle.
 *
 * Three steps, because each needs something that the one before it found out: frame_next() finds
 * the next whole frame, frame_open() checks its signature by the key that the caller has of its
 * signer and unpacks the body, and a function of each kind (frame_ops.h, ...) reads the body. */
#pragma once
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "crypto/hash.h"
#include "crypto/sign.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FRAME_DEVICE_BYTES 8
#define FRAME_ORGANISATION_BYTES 8
#define FRAME_EPOCH_BYTES 8
#define FRAME_HEADER_BYTES 32
#define FRAME_TRAILER_BYTES (HASH_BYTES + SIGNATURE_BYTES)
#define FRAME_BODY_LIMIT_BYTES 66560 /* as it stands in the frame: the largest op and 1 KiB */
#define FRAME_UNPACKED_LIMIT_BYTES 262144
#define FRAME_LIMIT_BYTES (FRAME_HEADER_BYTES + FRAME_BODY_LIMIT_BYTES + FRAME_TRAILER_BYTES)
#define FRAME_FORMAT_VERSION 1

enum frame_kind { /* numbers are on sticks for ever */
	FRAME_OPS = 1,
	FRAME_DELTA = 2,
	FRAME_HEAD = 3,
	FRAME_ACKS = 4,
	FRAME_SEALED = 5,
	FRAME_ERASURES = 6,
	FRAME_ENROLMENT = 7,
	FRAME_SNAPSHOT = 8,
	FRAME_INVITATION = 9,
	FRAME_KIND_END
};

/* "ops", "delta", ...; "unknown" for a kind that this version does not know. */
const char *frame_kind_name(unsigned kind);

struct frame {
	int64_t offset; /* of its first byte in the bundle */
	unsigned kind; /* enum frame_kind, or one that nobody knows yet */
	bool packed;
	uint8_t organisation[FRAME_ORGANISATION_BYTES];
	uint8_t signer[FRAME_DEVICE_BYTES];
	struct str body; /* as it stands in the frame */
	size_t unpacked_bytes;
	struct hash hash; /* its name: of everything before the hash */
	struct signature signature;
	struct str bytes; /* all of it, to pass on unchanged */
};

/* The name of the organisation whose hub had this key when it began. */
void frame_organisation(const struct sign_key *hub, uint8_t organisation[FRAME_ORGANISATION_BYTES]);

/* Who signs. */
struct frame_author {
	uint8_t organisation[FRAME_ORGANISATION_BYTES];
	uint8_t device[FRAME_DEVICE_BYTES];
	const struct sign_secret *secret; /* borrowed */
};

/* Makes a frame around the body; its bytes are in the arena. The body is packed where that makes it
 * smaller and its kind allows it. ERROR_LIMIT for a body that is too large: a body of at most
 * FRAME_BODY_LIMIT_BYTES never is. */
bool frame_write(struct arena *arena, const struct frame_author *author, enum frame_kind kind,
	struct str body, struct frame *frame, struct error *err);

/* Where frames come from. */
struct frame_reader {
	struct str bytes; /* of a bundle in memory, else empty */
	/* Of a file: bytes read, 0 at the end, -1 with err set. May give fewer than asked for. */
	ptrdiff_t (*read)(void *context, void *bytes, size_t count, struct error *err);
	void *context;
	int64_t offset; /* of the next frame */
	bool ended;
};

/* The bundle is borrowed, and frames point into it. */
struct frame_reader frame_reader_of(struct str bundle);
struct frame_reader frame_reader_of_stream(
	ptrdiff_t (*read)(void *context, void *bytes, size_t count, struct error *err),
	void *context);

enum frame_result {
	FRAME_WHOLE, /* of a kind that we know; the hash fits, nobody has looked at the signature */
	FRAME_UNKNOWN, /* the same, of a kind or with a flag that we do not know: to pass on */
	FRAME_MALFORMED, /* refused; reading goes on behind it */
	FRAME_TORN, /* from here on nothing can be read, what came before counts: a tail that is too
		       short, a wrong hash (ERROR_DAMAGED), another version (ERROR_UNSUPPORTED), no
		       frame (ERROR_PARSE) or one larger than allowed (ERROR_LIMIT) */
	FRAME_END,
	FRAME_FAILED, /* the stream could not be read, with its own error */
};

/* The next frame. Of a stream, its bytes are in the arena: at most FRAME_LIMIT_BYTES are asked for,
 * after the limits have been checked. With FRAME_MALFORMED and FRAME_TORN err says "frame at byte
 * <n>: <why>"; after FRAME_TORN, FRAME_END and FRAME_FAILED the reader only gives FRAME_END. The
 * frame is set with the first three results. */
enum frame_result frame_next(
	struct frame_reader *reader, struct arena *arena, struct frame *frame, struct error *err);

/* Checks who signed it. ERROR_KEY. */
bool frame_verify(const struct frame *frame, const struct sign_key *key, struct error *err);
/* The body, unpacked: in the arena, at most FRAME_UNPACKED_LIMIT_BYTES, or where it stands.
 * ERROR_PARSE when it is not exactly what the frame declares. */
bool frame_unpack(
	const struct frame *frame, struct arena *arena, struct str *body, struct error *err);
/* First the one, then the other: what a stranger packed is not unpacked. */
bool frame_open(const struct frame *frame, const struct sign_key *key, struct arena *arena,
	struct str *body, struct error *err);
