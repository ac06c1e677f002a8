/* A head is one row of fields. What it claims about its own numbers is checked here; whether it
 * goes back or forks is for who knows the head before it. */
#include "sync/frame_head.h"

#include "sync/bytes.h"

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
	return bytes_reader_done(&r, "head", err);
}
