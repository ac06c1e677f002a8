/* Two numbers as two lines in the local value "board". */
#include "store/board.h"

#include "store/identity.h"
#include "store/inside.h"

#include <string.h>

#define SERIAL "/proc/device-tree/serial-number"
#define CARD "/sys/block/mmcblk0/device/cid"
#define FILE_LIMIT_BYTES 256
#define BOARD STR("board")
#define CHANGE STR("board_change")

static void read_number(struct env *env, const char *root, const char *file,
	char number[BOARD_NUMBER_MOST_BYTES + 1])
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	const char *path = str_format(&arena, "%s%s", root, file).ptr;
	struct str text = {0};
	size_t len = 0;
	number[0] = '\0';
	if (!env_exists(env, path) ||
		!env_read_file(env, &arena, path, FILE_LIMIT_BYTES, &text, NULL))
		return;
	for (size_t i = 0; i < text.len && len < BOARD_NUMBER_MOST_BYTES; i++)
		if (text.ptr[i] > ' ' && text.ptr[i] <= '~')
			number[len++] = text.ptr[i];
	number[len] = '\0';
}

void board_read(struct env *env, const char *root, struct board *board)
{
	read_number(env, root, SERIAL, board->serial);
	read_number(env, root, CARD, board->card);
}

const char *board_change_text(enum board_change change)
{
	switch (change) {
	case BOARD_SAME:
		return "this is the same board and card as before";
	case BOARD_OTHER_BOARD:
		return "the card is in another board than before; nothing needs to be done";
	case BOARD_OTHER_CARD:
		return "the board has another card than before; nothing needs to be done";
	case BOARD_OTHER_BOTH:
		return "board and card are both others than before: enrol this kiosk again; what "
		       "waits is kept until then";
	case BOARD_PUT_BACK:
		return "this kiosk was put back to an earlier day, or its card was copied; what it "
		       "had said since came back from the hub";
	}
	return "?";
}

/* --- what it was ------------------------------------------------------------------------------ */

static void keep_text(char number[BOARD_NUMBER_MOST_BYTES + 1], struct str text)
{
	size_t len = text.len <= BOARD_NUMBER_MOST_BYTES ? text.len : 0;
	if (len)
		memcpy(number, text.ptr, len);
	number[len] = '\0';
}

static bool get(
	struct sql *db, struct arena *arena, struct str name, struct str *value, struct error *err)
{
	struct error why = {0};
	return local_get(db, arena, name, value, &why) || why.code == ERROR_NONE ||
	       error_set(err, why.code, "%s", why.message);
}

static bool read_known(struct store *store, struct board *known, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct str text;
	if (!get(store->db, &arena, BOARD, &text, err))
		return false;
	struct str_pair lines = str_cut(text, '\n');
	keep_text(known->serial, lines.head);
	keep_text(known->card, lines.tail);
	return true;
}

static bool differs(const char *was, const char *is)
{
	return *was && *is && strcmp(was, is) != 0;
}

static bool write_known(
	struct store *store, const struct board *known, const struct board *now, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	return local_set(store->db, BOARD,
		str_format(&arena, "%s\n%s", *now->serial ? now->serial : known->serial,
			*now->card ? now->card : known->card),
		err);
}

static bool note(struct store *store, const struct board *known, const struct board *now,
	enum board_change change, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 256};
	return store_begin(&tx, store, err) && write_known(store, known, now, err) &&
	       (change == BOARD_SAME ||
		       local_set(store->db, CHANGE, str_format(&arena, "%d", change), err)) &&
	       (change != BOARD_OTHER_BOTH || identity_put_aside(store, err)) &&
	       store_commit(&tx, err);
}

bool store_meet_board(struct store *store, const struct board *board, enum board_change *change,
	struct error *err)
{
	struct board known;
	if (!read_known(store, &known, err))
		return false;
	int serial = differs(known.serial, board->serial) ? BOARD_OTHER_BOARD : 0;
	int card = differs(known.card, board->card) ? BOARD_OTHER_CARD : 0;
	bool more = (!*known.serial && *board->serial) || (!*known.card && *board->card);
	*change = (enum board_change)(serial | card);
	return (*change == BOARD_SAME && !more) || note(store, &known, board, *change, err);
}

bool store_board_change(struct store *store, enum board_change *change, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 256};
	struct str text;
	int64_t number = 0;
	*change = BOARD_SAME;
	if (!get(store->db, &arena, CHANGE, &text, err))
		return false;
	if (str_to_int(text, &number) && number > 0 && number <= BOARD_PUT_BACK)
		*change = (enum board_change)number;
	return true;
}

bool store_note_put_back(struct store *store, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 256};
	enum board_change told;
	if (!store_board_change(store, &told, err))
		return false;
	return told != BOARD_SAME ||
	       local_set(store->db, CHANGE, str_format(&arena, "%d", BOARD_PUT_BACK), err);
}

bool store_board_change_was_read(struct store *store, struct error *err)
{
	return local_set(store->db, CHANGE, STR(""), err);
}
