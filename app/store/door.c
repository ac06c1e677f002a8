/* PIN and count stand in `local`. The count in memory only tells whether the waiting that belongs
 * to it has begun. */
#include "store/door.h"

#include "crypto/pin.h"
#include "crypto/secret.h"
#include "store/inside.h"

#define NAME_PIN STR("door_pin")
#define NAME_WRONG STR("door_wrong")
#define NAME_BRIGHTNESS STR("brightness")

static int64_t wait_after(int64_t wrong)
{
	if (wrong == 0)
		return 0;
	if (wrong % DOOR_TRIES == 0)
		return DOOR_LOCK_MS;
	return wrong < 1 || wrong > 9 ? DOOR_LONGEST_WAIT_MS : (int64_t)1000 << (wrong - 1);
}

static bool read_value(struct store *store, struct arena *arena, struct str name, struct str *value,
	struct error *err)
{
	struct error why = {0};
	if (local_get(store->db, arena, name, value, &why) || why.code == ERROR_NONE)
		return true;
	return error_set(err, why.code, "%s", why.message);
}

/* A count that cannot be read is not forgiven: it counts as a lock. */
static bool read_wrong(struct store *store, int64_t *wrong, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 512};
	struct str text;
	*wrong = 0;
	if (!read_value(store, &arena, NAME_WRONG, &text, err))
		return false;
	if (text.len && (!str_to_int(text, wrong) || *wrong < 0))
		*wrong = DOOR_TRIES;
	return true;
}

static bool write_wrong(struct store *store, int64_t wrong, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 512};
	return local_set(store->db, NAME_WRONG, str_format(&arena, "%lld", (long long)wrong), err);
}

/* What another program counted, and what an earlier run left, is waited for from now on. */
static int64_t wait_left(struct store *store, int64_t wrong)
{
	int64_t now_ms = env_monotonic_ms(store->env);
	if (wrong != store->door_wrong) {
		store->door_wrong = wrong;
		store->door_until_ms = now_ms + wait_after(wrong);
	}
	return store->door_until_ms > now_ms ? store->door_until_ms - now_ms : 0;
}

bool store_door_has_pin(struct store *store, bool *has, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 512};
	struct str hash;
	*has = false;
	if (!read_value(store, &arena, NAME_PIN, &hash, err))
		return false;
	*has = hash.len > 0;
	return true;
}

static bool keep(struct store *store, struct str hash, struct error *err)
{
	CLEANUP(sql_rollback) struct sql_tx tx = {0};
	return sql_begin(&tx, store->db, err) && local_set(store->db, NAME_PIN, hash, err) &&
	       write_wrong(store, 0, err) && sql_commit(&tx, err);
}

bool store_door_set_pin(struct store *store, struct str pin, struct error *err)
{
	if (pin_judge(pin) != PIN_FINE)
		return error_set(err, ERROR_REFUSED, "this PIN is too easy to guess");
	struct pin_cost cost = pin_calibrate(store->env);
	char hash[PIN_HASH_BYTES];
	bool ok = pin_hash(pin, &cost, hash, err) && keep(store, str_from(hash), err);
	secret_wipe(hash, sizeof(hash));
	return ok;
}

bool store_door_reset(struct store *store, struct error *err)
{
	return keep(store, STR(""), err);
}

bool store_door_wait(struct store *store, int64_t *wait_ms, struct error *err)
{
	int64_t wrong;
	*wait_ms = 0;
	if (!read_wrong(store, &wrong, err))
		return false;
	*wait_ms = wait_left(store, wrong);
	return true;
}

/* Counts a try. False in *counted while the door is shut. */
static bool count_try(struct store *store, int64_t *wrong, bool *counted, struct error *err)
{
	CLEANUP(sql_rollback) struct sql_tx tx = {0};
	*counted = false;
	if (!sql_begin(&tx, store->db, err) || !read_wrong(store, wrong, err))
		return false;
	if (wait_left(store, *wrong) > 0)
		return true;
	++*wrong;
	*counted = true;
	return write_wrong(store, *wrong, err) && sql_commit(&tx, err);
}

bool store_door_try(
	struct store *store, struct str pin, enum door_answer *answer, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 512};
	struct str hash;
	int64_t wrong;
	bool counted;
	*answer = DOOR_NO_PIN;
	if (!read_value(store, &arena, NAME_PIN, &hash, err))
		return false;
	if (hash.len == 0)
		return true;
	*answer = DOOR_WAIT;
	if (!count_try(store, &wrong, &counted, err))
		return false;
	if (!counted)
		return true;
	if (!pin_verify(pin, hash)) {
		*answer = DOOR_WRONG;
		wait_left(store, wrong); /* begins now */
		return true;
	}
	if (!write_wrong(store, 0, err))
		return false;
	store->door_wrong = 0;
	store->door_until_ms = 0;
	*answer = DOOR_OPENED;
	return true;
}

bool store_brightness(struct store *store, int *step, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 512};
	struct str text;
	int64_t number;
	if (!read_value(store, &arena, NAME_BRIGHTNESS, &text, err))
		return false;
	if (str_to_int(text, &number) && number >= 0 && number < 100)
		*step = (int)number;
	return true;
}

bool store_set_brightness(struct store *store, int step, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 512};
	return local_set(store->db, NAME_BRIGHTNESS, str_format(&arena, "%d", step), err);
}
