/* A head is one row of fields. What it claims about its own numbers is checked here; whether it
 * goes back or forks is for who knows the head before it. */
#include "sync/frame_head.h"

#include "sync/bytes.h"

#include <assert.h>

static void put_past(struct str_builder *b, const struct frame_head *head)
{
	assert(head->past_count <= FRAME_PAST_MOST);
	bytes_put_number(b, (int64_t)head->past_count);
	for (size_t i = 0; i < head->past_count; i++) {
		bytes_put(b, head->past[i].epoch, FRAME_EPOCH_BYTES);
		bytes_put_number(b, head->past[i].left_seq);
	}
}

static void get_past(struct bytes_reader *r, struct frame_head *head)
{
	head->past_count = bytes_get_count(r, 0, FRAME_PAST_MOST);
	for (size_t i = 0; i < head->past_count && bytes_ok(r); i++) {
		bytes_get(r, head->past[i].epoch, FRAME_EPOCH_BYTES);
		head->past[i].left_seq = bytes_get_number(r, 0, head->hub_seq);
	}
}

struct str frame_head_write(struct arena *arena, const struct frame_head *head)
{
	struct str_builder b = {.arena = arena};
	bytes_put(&b, head->hub_epoch, sizeof(head->hub_epoch));
	bytes_put_number(&b, head->hub_seq);
	bytes_put(&b, head->chain.bytes, HASH_BYTES);
	bytes_put(&b, head->state.bytes, HASH_BYTES);
	bytes_put_time(&b, head->issued_ms);
	bytes_put(&b, head->parent, sizeof(head->parent));
	bytes_put_number(&b, head->parent_seq);
	bytes_put_number(&b, head->oldest_seq);
	bytes_put_number(&b, head->snapshot_seq);
	bytes_put_number(&b, head->format_least);
	if (head->past_count > 0)
		put_past(&b, head);
	return str_builder_text(&b);
}

bool frame_head_read(struct str body, struct frame_head *head, struct error *err)
{
	struct bytes_reader r = bytes_reader_of(body);
	bytes_get(&r, head->hub_epoch, sizeof(head->hub_epoch));
	head->hub_seq = bytes_get_number(&r, 0, BYTES_NUMBER_LIMIT - 1);
	bytes_get(&r, head->chain.bytes, HASH_BYTES);
	bytes_get(&r, head->state.bytes, HASH_BYTES);
	head->issued_ms = bytes_get_number(&r, 0, BYTES_NUMBER_LIMIT - 1);
	bytes_get(&r, head->parent, sizeof(head->parent));
	head->parent_seq = bytes_get_number(&r, 0, head->hub_seq);
	head->oldest_seq = bytes_get_number(&r, 0, BYTES_NUMBER_LIMIT - 1);
	head->snapshot_seq = bytes_get_number(&r, 0, head->hub_seq);
	head->format_least = bytes_get_number(&r, 1, BYTES_NUMBER_LIMIT - 1);
	head->past_count = 0;
	if (bytes_left(&r) > 0)
		get_past(&r, head);
	return bytes_reader_done(&r, "head", err);
}
