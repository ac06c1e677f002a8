/* One walk over the fields serves writing and reading: a cursor that moves bytes in one of two
 * directions, so the two cannot disagree. */
#include "store/payload.h"

#include <string.h>

struct cursor {
	unsigned char *out; /* writing: where to */
	const unsigned char *in; /* reading: where from */
	size_t at, size; /* `at` may pass `size`, which then is too short */
};

static void move_bytes(struct cursor *c, void *bytes, size_t count)
{
	if (c->at + count <= c->size) {
		if (c->out)
			memcpy(c->out + c->at, bytes, count);
		else if (c->in)
			memcpy(bytes, c->in + c->at, count);
	}
	c->at += count;
}

static void move_number(struct cursor *c, uint64_t *number, size_t count)
{
	unsigned char bytes[8] = {0};
	for (size_t i = 0; i < count; i++)
		bytes[i] = (unsigned char)(*number >> (8 * i));
	move_bytes(c, bytes, count);
	*number = 0;
	for (size_t i = 0; i < count; i++)
		*number |= (uint64_t)bytes[i] << (8 * i);
}

static void move_request(struct cursor *c, struct request_payload *r)
{
	uint64_t occurrence = (uint64_t)r->occurrence, expires_ms = (uint64_t)r->expires_ms;
	move_bytes(c, r->initiative.bytes, sizeof(r->initiative.bytes));
	move_bytes(c, r->schedule.bytes, sizeof(r->schedule.bytes));
	move_number(c, &occurrence, 8);
	move_bytes(c, &r->party_size, 1);
	move_bytes(c, &r->mode, 1);
	move_bytes(c, &r->companion, 1);
	move_number(c, &expires_ms, 8);
	move_bytes(c, r->code_hash.bytes, HASH_BYTES);
	move_bytes(c, r->token_hash.bytes, HASH_BYTES);
	move_bytes(c, r->commitment.bytes, HASH_BYTES);
	r->occurrence = (int64_t)occurrence;
	r->expires_ms = (int64_t)expires_ms;
}

static void move_decide(struct cursor *c, struct decide_payload *d)
{
	uint64_t place = d->place;
	move_bytes(c, &d->outcome, 1);
	move_number(c, &place, 4);
	d->place = (uint32_t)place;
}

struct str payload_write_request(struct arena *arena, const struct request_payload *request)
{
	struct request_payload r = *request;
	struct cursor c = {.size = sizeof(r)};
	c.out = arena_alloc(arena, c.size);
	move_request(&c, &r);
	move_bytes(&c, &r.marked, 1);
	return (struct str){(char *)c.out, c.at};
}

bool payload_read_request(struct str value, struct request_payload *request)
{
	struct cursor c = {.in = (const unsigned char *)value.ptr, .size = value.len};
	*request = (struct request_payload){0};
	move_request(&c, request);
	bool whole = c.at <= c.size;
	move_bytes(&c, &request->marked, 1);
	request->marked = request->marked != 0;
	return whole;
}

struct str payload_write_decide(struct arena *arena, const struct decide_payload *decide)
{
	struct decide_payload d = *decide;
	struct cursor c = {.size = sizeof(d)};
	c.out = arena_alloc(arena, c.size);
	move_decide(&c, &d);
	return (struct str){(char *)c.out, c.at};
}

bool payload_read_decide(struct str value, struct decide_payload *decide)
{
	struct cursor c = {.in = (const unsigned char *)value.ptr, .size = value.len};
	*decide = (struct decide_payload){0};
	move_decide(&c, decide);
	return c.at <= c.size;
}

static void move_follow(struct cursor *c, struct follow_payload *f)
{
	move_bytes(c, &f->status, 1);
	move_bytes(c, &f->by_bytes, 1);
	if (f->by_bytes <= sizeof(f->by))
		move_bytes(c, f->by, f->by_bytes);
}

struct str payload_write_follow(struct arena *arena, const struct follow_payload *follow)
{
	struct follow_payload f = *follow;
	struct cursor c = {.size = sizeof(f)};
	c.out = arena_alloc(arena, c.size);
	move_follow(&c, &f);
	return (struct str){(char *)c.out, c.at};
}

bool payload_read_follow(struct str value, struct follow_payload *follow)
{
	struct cursor c = {.in = (const unsigned char *)value.ptr, .size = value.len};
	*follow = (struct follow_payload){0};
	move_follow(&c, follow);
	return c.at <= c.size && follow->by_bytes <= sizeof(follow->by) &&
	       str_is_utf8((struct str){follow->by, follow->by_bytes});
}

static void move_wish(struct cursor *c, struct wish_payload *w)
{
	uint64_t expires_ms = (uint64_t)w->expires_ms;
	move_bytes(c, w->card, sizeof(w->card));
	move_bytes(c, w->code_hash.bytes, HASH_BYTES);
	move_bytes(c, w->commitment.bytes, HASH_BYTES);
	move_number(c, &expires_ms, 8);
	w->expires_ms = (int64_t)expires_ms;
}

static void move_route(struct cursor *c, struct route_payload *r)
{
	move_bytes(c, r->card, sizeof(r->card));
	move_bytes(c, &r->step, 1);
}

/* Letters and dashes, then nothing but NULs, of which there is one. */
static bool is_card(const char card[WISH_CARD_BYTES])
{
	size_t used = 0;
	while (used < WISH_CARD_BYTES &&
		((card[used] >= 'a' && card[used] <= 'z') || card[used] == '-'))
		used++;
	bool ends = used > 0 && used < WISH_CARD_BYTES;
	for (size_t i = used; ends && i < WISH_CARD_BYTES; i++)
		ends = card[i] == '\0';
	return ends;
}

struct str payload_write_wish(struct arena *arena, const struct wish_payload *wish)
{
	struct wish_payload w = *wish;
	struct cursor c = {.size = sizeof(w)};
	c.out = arena_alloc(arena, c.size);
	move_wish(&c, &w);
	move_bytes(&c, &w.marked, 1);
	return (struct str){(char *)c.out, c.at};
}

bool payload_read_wish(struct str value, struct wish_payload *wish)
{
	struct cursor c = {.in = (const unsigned char *)value.ptr, .size = value.len};
	*wish = (struct wish_payload){.expires_ms = 0};
	move_wish(&c, wish);
	bool whole = c.at <= c.size;
	move_bytes(&c, &wish->marked, 1);
	wish->marked = wish->marked != 0;
	return whole && is_card(wish->card);
}

struct str payload_write_route(struct arena *arena, const struct route_payload *route)
{
	struct route_payload r = *route;
	struct cursor c = {.size = sizeof(r)};
	c.out = arena_alloc(arena, c.size);
	move_route(&c, &r);
	return (struct str){(char *)c.out, c.at};
}

bool payload_read_route(struct str value, struct route_payload *route)
{
	struct cursor c = {.in = (const unsigned char *)value.ptr, .size = value.len};
	*route = (struct route_payload){.step = 0};
	move_route(&c, route);
	return c.at <= c.size && is_card(route->card);
}
