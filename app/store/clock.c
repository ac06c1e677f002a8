/* The clock as this kiosk believes it: what the machine says, held against the last time at which
 * the kiosk was sure. That time stands in the database as two numbers of 8 bytes, the first of real
 * clocks and the second of simulated ones, and is written at most once an hour, with something that
 * is written anyway or with the housekeeping. */
#include "store/inside.h"

#include "model/clock.h"

#include <string.h>

#define NOTE_MS ((int64_t)3600000)
#define DAY_MS ((int64_t)86400000)
#define TRUSTED_BYTES 16

static int64_t read_number(const char *bytes)
{
	uint64_t number = 0;
	for (int i = 0; i < 8; i++)
		number = number << 8 | (uint8_t)bytes[i];
	return (int64_t)number;
}

static void write_number(char *bytes, int64_t number)
{
	for (int i = 0; i < 8; i++)
		bytes[i] = (char)((uint64_t)number >> (56 - 8 * i));
}

bool clock_read(struct store *store, struct arena *arena, struct error *err)
{
	struct error why = {0};
	struct str value;
	bool found = local_get(store->db, arena, STR("trusted_clock"), &value, &why);
	if (why.code != ERROR_NONE)
		return error_set(err, why.code, "%s", why.message);
	bool whole = found && value.len == TRUSTED_BYTES;
	store->trusted_ms = whole ? read_number(value.ptr) : 0;
	store->trusted_simulated_ms = whole ? read_number(value.ptr + 8) : 0;
	return true;
}

static bool is_simulated(const struct store *store)
{
	return store->env->seeded || env_clock_quality(store->env) == CLOCK_SIMULATED;
}

static bool write_trusted(struct store *store, int64_t now_ms, struct error *err)
{
	char bytes[TRUSTED_BYTES];
	*(is_simulated(store) ? &store->trusted_simulated_ms : &store->trusted_ms) = now_ms;
	write_number(bytes, store->trusted_ms);
	write_number(bytes + 8, store->trusted_simulated_ms);
	return local_set(store->db, STR("trusted_clock"), (struct str){bytes, sizeof(bytes)}, err);
}

bool clock_note(struct store *store, struct error *err)
{
	int64_t now_ms = env_wall_ms(store->env);
	bool simulated = is_simulated(store);
	int64_t last_ms = simulated ? store->trusted_simulated_ms : store->trusted_ms;
	bool due = last_ms == 0 || now_ms - last_ms >= NOTE_MS || (simulated && now_ms < last_ms);
	return store_clock(store) < CLOCK_SURE || !due || write_trusted(store, now_ms, err);
}

enum clock_quality store_clock(const struct store *store)
{
	struct clock_facts facts = {
		.wall_ms = env_wall_ms(store->env),
		.quality = env_clock_quality(store->env),
		.trusted_ms = store->trusted_ms,
	};
	if (is_simulated(store) && store->trusted_simulated_ms > facts.trusted_ms)
		facts.trusted_ms = store->trusted_simulated_ms;
	return clock_judge(&facts);
}

bool store_trust_clock(struct store *store, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	int64_t now_ms = env_wall_ms(store->env);
	if (now_ms < CLOCK_EARLIEST_MS)
		return error_set(err, ERROR_REFUSED, "the clock cannot be before 2024");
	return store_begin(&tx, store, err) && write_trusted(store, now_ms, err) &&
	       store_commit(&tx, err);
}

struct date clock_date(const struct store *store)
{
	int64_t now_ms = env_wall_ms(store->env);
	if (store_clock(store) == CLOCK_UNSURE && store->trusted_ms)
		now_ms = store->trusted_ms;
	return date_from_days(now_ms / DAY_MS);
}
