/* What the files of app/store know of each other: the open store and the transaction in which ops
 * are appended and folded. */
#pragma once
#include "model/time.h"
#include "sql/recorder.h"
#include "sql/sql.h"
#include "store/op.h"
#include "store/store.h"

struct store {
	struct env *env;
	struct sql *db;
	char *path; /* of the database file */
	char *directory; /* of the data; NULL: it is not the database in use */
	uint8_t device[WRITER_PART_BYTES]; /* this kiosk, for ever */
	uint8_t epoch[WRITER_PART_BYTES]; /* this start of the program */
	struct hash code_key; /* of the hashes of codes; never leaves the kiosk */
	int64_t revision; /* last hub_seq that was seen committed */
	int64_t data_version; /* SQLite's, of other connections' commits */
	bool member; /* of a hub, which numbers the ops: see member.h */
	bool member_has_log; /* and something of the hub's log is here */
	bool aside; /* its identity was put aside: it gives out no seats (board.h) */
	bool unswept; /* something that was erased may stand in the WAL still */
	enum store_mode mode;
	struct key_set keys; /* of STORE_OPEN */
	struct public_key practice_key; /* of STORE_PRACTICE */
	bool met_damage; /* that SQLite does not know of: a row that is not ours */
	/* door.c: how many wrong PINs the waiting belongs to, and until when, monotonic. */
	int64_t door_wrong, door_until_ms;
	/* The last time that was trusted, of a real clock and of a simulated one; 0: never. */
	int64_t trusted_ms, trusted_simulated_ms;
};

/* Opens a database file whose directory is there, without the search for damage. */
struct store *store_open_file(struct env *env, const char *path, struct error *err);

/* A transaction on the log. hub_seq and sum are those of fold_state, as they grow. */
struct store_tx {
	struct sql_tx sql;
	struct store *store;
	int64_t hub_seq;
	struct hash sum;
	int64_t writer, seq; /* this program's, 0 before its first op */
	struct sql_recorder *recorder; /* of a member: what its own ops do to the folds */
	struct search_stale *stale; /* of search_index.c; NULL: nothing was marked */
};

/* Declared with CLEANUP(store_rollback). Reads what other programs did meanwhile. */
bool store_begin(struct store_tx *tx, struct store *store, struct error *err);
bool store_commit(struct store_tx *tx, struct error *err);
void store_rollback(struct store_tx *tx);

/* After a commit that erased something: writes the list of erasures on, and takes what was erased
 * out of the WAL too. What was committed stays so
 * when that fails, so this is always true; the next store_expire() tries again. */
bool store_sweep(struct store *store);

/* Local values: "device", "hub_epoch", "code_key", "practice_key", "keys" (the text of
 * org-keys.pub) once registrations are open, "keys_lost" instead of them after some repairs,
 * "collected_ms" (8 bytes) once staff took sign-ups along, "trusted_clock" once the clock was sure,
 * and "repair" (see repair.h) after one. False without err->code when there is none. */
bool local_get(
	struct sql *db, struct arena *arena, struct str name, struct str *value, struct error *err);
bool local_set(struct sql *db, struct str name, struct str value, struct error *err);

/* clock.c: the last time that was trusted. clock_note() writes it down inside a transaction, when
 * the clock is sure and it is an hour later than what stands there. */
bool clock_read(struct store *store, struct arena *arena, struct error *err);
bool clock_note(struct store *store, struct error *err);
/* The day that matters for keys: today, or while the clock is unsure the last day that was sure. */
struct date clock_date(const struct store *store);
