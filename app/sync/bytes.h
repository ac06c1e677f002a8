/* The primitives of the format (format.md, above "Frame"): reading from a stranger's bytes without
 * ever leaving them, and writing into an arena.
 *
 * A reader has one error, which stays: after it every read gives zeroes and moves nothing, so a
 * parser reads on and asks once, with bytes_reader_done(). What must be true before memory is
 * taken or a loop is entered is asked with bytes_ok(). */
#pragma once
#include "base/error.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* No number of the format is as large as this, either way. So the sum of two cannot overflow. */
#define BYTES_NUMBER_LIMIT ((int64_t)1 << 60)

struct bytes_reader {
	struct str bytes; /* borrowed; what is read points into it */
	size_t at;
	const char *wrong; /* why reading stopped, NULL: it goes on */
	size_t wrong_at; /* byte at which what was wrong begins */
};

struct bytes_reader bytes_reader_of(struct str bytes);
bool bytes_ok(const struct bytes_reader *r);
size_t bytes_left(const struct bytes_reader *r);
/* Notes what a parser found wrong in what begins at that byte; `why` lives for ever. The first one
 * counts. */
void bytes_wrong(struct bytes_reader *r, size_t at, const char *why);
/* True when all went well. Bytes left over are a newer version's. Otherwise ERROR_PARSE with
 * "<what>, byte <n>: <why>". */
bool bytes_reader_done(const struct bytes_reader *r, const char *what, struct error *err);

uint8_t bytes_get_u8(struct bytes_reader *r);
uint32_t bytes_get_u32(struct bytes_reader *r); /* 4 bytes, least significant first */
void bytes_get(struct bytes_reader *r, void *out, size_t count);
/* `count` bytes as they lie there; empty after an error. */
struct str bytes_get_view(struct bytes_reader *r, size_t count);

/* A varint from least to most; least itself after an error. */
int64_t bytes_get_number(struct bytes_reader *r, int64_t least, int64_t most);
/* The same for counts: `most` is the limit of what the caller may allocate. */
size_t bytes_get_count(struct bytes_reader *r, size_t least, size_t most);
/* Zigzag, as a step from `before`: the sum stays within BYTES_NUMBER_LIMIT. */
int64_t bytes_get_step(struct bytes_reader *r, int64_t before);
/* A varint of the length, at most `most`, and so many bytes. */
struct str bytes_get_sized(struct bytes_reader *r, size_t most);
/* The same, and it is UTF-8. */
struct str bytes_get_text(struct bytes_reader *r, size_t most);

void bytes_put_u8(struct str_builder *b, uint8_t number);
void bytes_put_u32(struct str_builder *b, uint32_t number);
void bytes_put(struct str_builder *b, const void *bytes, size_t count);
/* From 0 and below BYTES_NUMBER_LIMIT. */
void bytes_put_number(struct str_builder *b, int64_t number);
/* Milliseconds since 1970, never refused: a clock that is wrong is no reason to write nothing. One
 * before 1970 writes 0. */
void bytes_put_time(struct str_builder *b, int64_t ms);
/* Both within BYTES_NUMBER_LIMIT. */
void bytes_put_step(struct str_builder *b, int64_t before, int64_t number);
void bytes_put_sized(struct str_builder *b, struct str bytes);
