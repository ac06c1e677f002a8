/* Which machine this is: the number of the board and that of the card in it. A card goes into
 * another board when a board dies, and a board gets another card when a card dies; when both are
 * others than before, this is a copy, and the one that it was copied from may well run still. */
#pragma once
#include "store/store.h"

#define BOARD_NUMBER_MOST_BYTES 64

struct board {
	char serial[BOARD_NUMBER_MOST_BYTES + 1]; /* empty: the machine does not say */
	char card[BOARD_NUMBER_MOST_BYTES + 1];
};

/* From the kernel's files under `root`, "" on a real machine: those of a Raspberry Pi. What is not
 * there stays empty. */
void board_read(struct env *env, const char *root, struct board *board);

enum board_change { /* numbers are on disk */
	BOARD_SAME = 0,
	BOARD_OTHER_BOARD = 1,
	BOARD_OTHER_CARD = 2,
	BOARD_OTHER_BOTH = 3, /* a member's identity was put aside: it must be enrolled again */
	/* The hub has what this one said and does not know of. */
	BOARD_PUT_BACK = 4,
};

/* At the start: compares with the machine of the last time, and remembers this one and what
 * changed. A number that is not known, then or now, did not change. After BOARD_OTHER_BOTH a member
 * belongs to nobody, gives out no seats, and keeps everything that waits; store_become_member()
 * lets it in again under its own name with a new key, and the old one's key is worth nothing then.
 */
bool store_meet_board(struct store *store, const struct board *board, enum board_change *change,
	struct error *err);
/* The last change, until staff have read of it; BOARD_SAME: there is nothing to tell. */
bool store_board_change(struct store *store, enum board_change *change, struct error *err);
bool store_board_change_was_read(struct store *store, struct error *err);
/* The hub's log brings ops of this device that it has not: it was put back to an earlier day, or
 * its card was copied. What stands there already, and nobody has read, stays. */
bool store_note_put_back(struct store *store, struct error *err);
/* As one English sentence for staff. */
const char *board_change_text(enum board_change change);
