/* The values of ops about registrations and wishes: fixed fields, least significant byte first. A
 * longer value than known is from a newer version, whose additions are skipped; one that ends
 * before an addition, from an older version, reads it as zero; one that is shorter still has no
 * effect. */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include "base/uuid.h"
#include "crypto/hash.h"
#include "model/wish.h"

#include <stdbool.h>
#include <stdint.h>

struct request_payload {
	struct uuid initiative, schedule;
	int64_t occurrence; /* seconds on the wall since 1970 */
	uint8_t party_size, mode, companion;
	int64_t expires_ms; /* 0: not dated */
	struct hash code_hash, token_hash, commitment;
	uint8_t marked; /* addition: 1 when it came in a flood */
};

struct decide_payload {
	uint8_t outcome;
	uint32_t place;
};

struct follow_payload {
	uint8_t status, by_bytes;
	char by[80]; /* UTF-8, `by_bytes` of it in the value */
};

struct str payload_write_request(struct arena *arena, const struct request_payload *request);
bool payload_read_request(struct str value, struct request_payload *request);
struct str payload_write_decide(struct arena *arena, const struct decide_payload *decide);
bool payload_read_decide(struct str value, struct decide_payload *decide);
struct str payload_write_follow(struct arena *arena, const struct follow_payload *follow);
/* False as well for a name that is too long or not UTF-8. */
bool payload_read_follow(struct str value, struct follow_payload *follow);

struct wish_payload {
	char card[WISH_CARD_BYTES]; /* filled up with NULs */
	struct hash code_hash, commitment;
	int64_t expires_ms; /* 0: not dated */
	uint8_t marked; /* addition: 1 when it came in a flood */
};

struct route_payload {
	char card[WISH_CARD_BYTES];
	uint8_t step;
};

struct str payload_write_wish(struct arena *arena, const struct wish_payload *wish);
/* Also false when the card is no code. */
bool payload_read_wish(struct str value, struct wish_payload *wish);
struct str payload_write_route(struct arena *arena, const struct route_payload *route);
bool payload_read_route(struct str value, struct route_payload *route);
