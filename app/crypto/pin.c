/* Argon2id by libsodium, and which PINs are too easy: those that people try first. */
#include "crypto/pin.h"

#include "crypto/secret.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define TARGET_MS 750

static_assert(PIN_HASH_BYTES >= crypto_pwhash_STRBYTES, "room for the string");

/* 111111, 121212, 112211 is not one of these: every digit equals the one `period` before it. */
static bool repeats(struct str pin, size_t period)
{
	for (size_t i = period; i < pin.len; i++)
		if (pin.ptr[i] != pin.ptr[i - period])
			return false;
	return true;
}

/* 123456, 890123, 987654. */
static bool counts(struct str pin, int step)
{
	for (size_t i = 1; i < pin.len; i++)
		if ((pin.ptr[i] - pin.ptr[i - 1] - step) % 10 != 0)
			return false;
	return true;
}

static int two_digits(struct str pin, size_t at)
{
	return (pin.ptr[at] - '0') * 10 + pin.ptr[at + 1] - '0';
}

static bool day_and_month(int day, int month)
{
	return day >= 1 && day <= 31 && month >= 1 && month <= 12;
}

/* A birthday as people write it: ddmmyy, ddmmyyyy, or the year in front. */
static bool is_day(struct str pin)
{
	int first = two_digits(pin, 0), second = two_digits(pin, 2), third = two_digits(pin, 4);
	if (pin.len == 6)
		return day_and_month(first, second) || day_and_month(third, second);
	if (pin.len != 8)
		return false;
	int fourth = two_digits(pin, 6);
	bool year_last = day_and_month(first, second) && (third == 19 || third == 20);
	bool year_first = (first == 19 || first == 20) && day_and_month(fourth, third);
	return year_last || year_first;
}

enum pin_verdict pin_judge(struct str pin)
{
	for (size_t i = 0; i < pin.len; i++)
		if (pin.ptr[i] < '0' || pin.ptr[i] > '9')
			return PIN_NOT_DIGITS;
	if (pin.len < PIN_DIGITS_LEAST)
		return PIN_TOO_SHORT;
	if (pin.len > PIN_DIGITS_MOST)
		return PIN_TOO_LONG;
	bool easy = repeats(pin, 1) || repeats(pin, 2) || repeats(pin, 3) || counts(pin, 1) ||
		    counts(pin, -1) || is_day(pin);
	return easy ? PIN_TRIVIAL : PIN_FINE;
}

struct pin_cost pin_cost_for(int64_t floor_ms)
{
	struct pin_cost cost = {PIN_MEMORY_LEAST_BYTES, PIN_PASSES_LEAST};
	if (floor_ms <= 0 || floor_ms >= TARGET_MS)
		return cost;
	/* The time grows with memory times passes: first memory, then passes. */
	double times = (double)TARGET_MS / (double)floor_ms;
	double most = (double)PIN_MEMORY_MOST_BYTES / (double)PIN_MEMORY_LEAST_BYTES;
	if (times <= most) {
		cost.memory_bytes = (size_t)((double)PIN_MEMORY_LEAST_BYTES * times);
		return cost;
	}
	double passes = PIN_PASSES_LEAST * times / most;
	cost.memory_bytes = PIN_MEMORY_MOST_BYTES;
	cost.passes = passes > PIN_PASSES_MOST ? PIN_PASSES_MOST : (unsigned)passes;
	return cost;
}

struct pin_cost pin_calibrate(struct env *env)
{
	struct pin_cost least = pin_cost_for(0);
	char hash[PIN_HASH_BYTES];
	int64_t before_ms = env_monotonic_ms(env);
	if (!pin_hash(STR("000000"), &least, hash, NULL))
		return least;
	return pin_cost_for(env_monotonic_ms(env) - before_ms);
}

bool pin_hash(
	struct str pin, const struct pin_cost *cost, char hash[PIN_HASH_BYTES], struct error *err)
{
	secret_ready();
	memset(hash, 0, PIN_HASH_BYTES);
	if (crypto_pwhash_str(hash, pin.ptr, pin.len, cost->passes, cost->memory_bytes) != 0)
		return error_set(err, ERROR_LIMIT, "not enough memory to keep a PIN");
	return true;
}

bool pin_verify(struct str pin, struct str hash)
{
	secret_ready();
	char whole[PIN_HASH_BYTES] = {0};
	if (hash.len >= sizeof(whole))
		return false;
	memcpy(whole, hash.ptr, hash.len);
	return crypto_pwhash_str_verify(whole, pin.ptr, pin.len) == 0;
}
