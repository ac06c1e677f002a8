/* What a hub remembers about the devices that come to it: how far each has come, in which epochs it
 * wrote, frames that came before the ones that they follow, and what staff must be told. None of it
 * is in the log. */
#pragma once
#include "store/op.h"

/* A device had so much of the log when its frames came. */
bool store_note_seen(struct store *store, const uint8_t device[WRITER_PART_BYTES], int64_t hub_seq,
	struct error *err);
/* The least that any device on the list has that was not struck off, 0 when one was never seen. */
bool store_least_seen(struct store *store, int64_t *hub_seq, struct error *err);

enum notice_kind { /* numbers are on disk */
	NOTICE_FORK = 1, /* two starts follow the same one: its card was copied */
	NOTICE_RESTORED = 2, /* it went on from an earlier point than it had reached */
	NOTICE_CONTENT = 3, /* it sent another content for an op that the log has */
	NOTICE_REVOKED = 4, /* it came although it was struck off the list */
	NOTICE_HUB_RESTORED = 8, /* of the hub itself: it was put back to an earlier day */
};
struct notice {
	uint8_t device[WRITER_PART_BYTES];
	enum notice_kind kind;
	int64_t wall_ms;
};
/* What it means, as one English sentence for staff: "its card was copied, ...". */
const char *notice_text(enum notice_kind kind);
/* The first time counts; again changes nothing. */
bool store_notice(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	enum notice_kind kind, struct error *err);
bool store_notices(struct store *store, struct arena *arena, struct notice **list, size_t *count,
	struct error *err);

/* A device wrote in an epoch, and says which one it wrote in before (zeroes: in none) and how far.
 * Notices a fork and a restored copy. */
bool store_note_epoch(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], const uint8_t previous[WRITER_PART_BYTES],
	int64_t previous_last, struct error *err);

/* A frame of a writer whose ops before `first` did not come yet. */
bool store_hold(struct store *store, const uint8_t device[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t first, struct str frame, struct error *err);
/* One that is held and begins at or before `next`, taken out of the table into the arena; empty
 * when there is none. */
bool store_release(struct store *store, struct arena *arena,
	const uint8_t device[WRITER_PART_BYTES], const uint8_t epoch[WRITER_PART_BYTES],
	int64_t next, struct str *frame, struct error *err);
/* -1 with err set on failure. */
int64_t store_held_count(struct store *store, struct error *err);

/* The chain (format.md) at the last mark at or below hub_seq: 0 and zeroes when there is none. */
bool store_chain(
	struct store *store, int64_t hub_seq, int64_t *at, struct hash *chain, struct error *err);
bool store_mark_chain(
	struct store *store, int64_t hub_seq, const struct hash *chain, struct error *err);
