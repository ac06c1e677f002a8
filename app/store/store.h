/* The model on disk. Shared data changes only by ops: each is appended to the log and folded into
 * tables in one transaction, and the tables can be made again from the log. This kiosk is its own
 * sequencer: it gives every op the next number of its own hub epoch.
 *
 * Errors are those of sql.h, and the ones named here. After a failure nothing has changed. One
 * store belongs to one thread; other programs may write the same database meanwhile. */
#pragma once
#include "base/arena.h"
#include "base/env.h"
#include "base/error.h"
#include "crypto/keys.h"
#include "model/record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STORE_FILE "buurtbord.db"
#define STORE_KEYS_FILE "org-keys.pub"
/* Of the kiosk that runs, beside the database: where it stands, there was one. */
#define STORE_STARTS_FILE "starts"

struct store;

/* Opens DIR/buurtbord.db, or what was restored in its place (backup.h); directory and database are
 * made when absent and durable when this returns. A damaged one is made again from what is whole
 * (repair.h). NULL with err set: also ERROR_UNSUPPORTED for a database of a newer version. Closed
 * with store_close(), which accepts NULL. The env must outlive the store. */
struct store *store_open(struct env *env, const char *directory, struct error *err);
void store_close(struct store *store);

/* Whether something that was asked of the database met damage. */
bool store_met_damage(const struct store *store);

/* The machine that it was opened on. */
struct env *store_env(const struct store *store);

/* A number that changes with every op. Memory only: ops of another program count after
 * store_refresh(), which asks the database and sets *changed when there are any. */
int64_t store_revision(const struct store *store);
bool store_refresh(struct store *store, bool *changed, struct error *err);

enum store_apply_flags {
	APPLY_DELETE_ABSENT = 1, /* entities that no record names are marked deleted */
	APPLY_NAMED_FIELDS = 2, /* fields that a record does not name stay as they are */
};

struct store_changes {
	size_t added, changed, deleted; /* entities */
	size_t ops;
};

/* Brings the catalogue to these records: appends an op for each field that differs and none for
 * those that do not, all in one transaction. An entity that was marked deleted and is named again
 * comes back. Where seats were added, who waits moves up. changes may be NULL. */
bool store_apply(struct store *store, const struct record *records, size_t count, unsigned flags,
	struct store_changes *changes, struct error *err);

/* All entities of the catalogue, deleted ones too, by type and then by id. Everything is in the
 * arena. */
bool store_records(struct store *store, struct arena *arena, struct record **records, size_t *count,
	struct error *err);

/* The state hash as it is kept: the sum of a hash of every row of the folds, changed in the same
 * transaction as the rows. Two stores that folded the same log have the same one. It finds
 * accidents, not forgeries: its key is no secret. */
bool store_state_hash(struct store *store, struct hash *hash, struct error *err);
/* The same, counted afresh over all rows: differs from store_state_hash() when a table is ill. */
bool store_count_hash(struct store *store, struct hash *hash, struct error *err);
/* Empties the folds, folds the whole log again, and gives the hash of what comes out. */
bool store_rebuild(struct store *store, struct hash *hash, struct error *err);

enum store_mode {
	STORE_PRACTICE, /* seals to a key whose secret was thrown away: every screen says so */
	STORE_OPEN, /* seals to the organisation's keys */
	/* A repair found that registrations were open, and no keys. What was sealed waits for them;
	   nothing new can be sealed (ERROR_KEY), so no names and numbers may be asked. */
	STORE_KEYS_LOST,
};
/* As of the last transaction or store_refresh(). */
enum store_mode store_mode(const struct store *store);
/* The organisation's keys, NULL while there are none. */
const struct key_set *store_keys(const struct store *store);

/* Opens registrations for real: keeps the keys, forgets every practice sign-up (the log keeps their
 * ops, which name nobody, and an op that voids them), and ends practice mode. Where the keys were
 * lost, it forgets nothing. The same set again
 * changes nothing; another set replaces the keys and keeps the real sign-ups. ERROR_REFUSED when
 * the env's randomness comes from a seed. */
bool store_open_registrations(struct store *store, const struct key_set *keys, struct error *err);

/* How far the time can be believed: what the env says of its clock, held against the last time at
 * which this kiosk was sure (model/clock.h). Whoever does something that depends on the date asks
 * here, and nowhere else. */
enum clock_quality store_clock(const struct store *store);
/* A person has looked at the clock, and it is right: it counts from now on. ERROR_REFUSED before
 * 2024. */
bool store_trust_clock(struct store *store, struct error *err);

/* The keys in force, for whoever must make new ones in time. */
struct keys_state {
	bool open; /* false: there are none, and the rest is 0 */
	bool used_up; /* the last month is over: its key stays in use */
	int months_left; /* keys for this month and later ones */
};
struct keys_state store_keys_state(const struct store *store);

/* When the oldest details were saved that nobody has taken along yet, ms since 1970; 0 when there
 * are none. Those saved while the clock was unsure count from when it was sure. */
bool store_oldest_uncollected(struct store *store, int64_t *saved_ms, struct error *err);

/* Erases the sealed details whose time has come, from the database and from its WAL. While the
 * clock is unsure it erases nothing; when it is sure again, what was saved meanwhile is dated from
 * now. *erased may be NULL. */
bool store_expire(struct store *store, size_t *erased, struct error *err);
