/* The bodies of ops and deltas: what is written comes back, whatever is in it; what is cut off,
 * turned or forged is refused or is another body, and never read beyond its end. */
#include "sync/chain.h"
#include "sync/frame_delta.h"
#include "sync/frame_ops.h"

#include "crypto/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "random.h"

#define SEEDS 300

static const uint8_t device[8] = "a device";

static size_t random_count(struct luck *luck)
{
	static const size_t counts[] = {1, 2, 17, 255, FRAME_OPS_MOST};
	return counts[random_below(luck, 5)];
}

static void ops_come_back(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < SEEDS; seed++) {
		CLEANUP(luck_finish) struct luck luck = luck_of(seed);
		struct frame_ops ops = random_ops(&luck, device, random_count(&luck), 200), again;
		struct str body;
		struct error err = {0};
		if (!frame_ops_write(&luck.arena, &ops, &body, &err) ||
			!frame_ops_read(&luck.arena, device, body, &again, &err))
			fail_msg("seed %llu: %s", (unsigned long long)seed, err.message);
		same_ops(&ops, &again);
	}
}

static void deltas_come_back(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < SEEDS; seed++) {
		CLEANUP(luck_finish) struct luck luck = luck_of(seed);
		struct frame_delta delta = random_delta(&luck, random_count(&luck), 200), again;
		struct str body;
		struct error err = {0};
		if (!frame_delta_write(&luck.arena, &delta, &body, &err) ||
			!frame_delta_read(&luck.arena, body, &again, &err))
			fail_msg("seed %llu: %s", (unsigned long long)seed, err.message);
		same_delta(&delta, &again);
	}
}

/* However large the values, what fits by count fits by bytes. */
static void what_fits_fits_unpacked(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 40; seed++) {
		CLEANUP(luck_finish) struct luck luck = luck_of(seed);
		size_t value_most = seed % 2 ? OP_VALUE_LIMIT_BYTES : 1000;
		struct frame_ops ops = random_ops(&luck, device, FRAME_OPS_MOST, value_most);
		struct frame_delta delta = random_delta(&luck, FRAME_OPS_MOST, value_most);
		struct str body;
		ops.count = frame_ops_fit(ops.ops, ops.count);
		assert_true(frame_ops_write(&luck.arena, &ops, &body, NULL));
		assert_in_range(body.len, 1, FRAME_BODY_LIMIT_BYTES);
		delta.count = frame_delta_fit(delta.ops, delta.count);
		assert_true(frame_delta_write(&luck.arena, &delta, &body, NULL));
		assert_in_range(body.len, 1, FRAME_BODY_LIMIT_BYTES);
	}
}

static void the_largest_op_fits(void **state)
{
	(void)state;
	CLEANUP(luck_finish) struct luck luck = luck_of(1);
	struct frame_ops ops = random_ops(&luck, device, 1, 0), again;
	ops.ops[0].has_value = true;
	char *value = arena_alloc(&luck.arena, OP_VALUE_LIMIT_BYTES + 1);
	random_fill(&luck, value, OP_VALUE_LIMIT_BYTES + 1);
	ops.ops[0].value = (struct str){value, OP_VALUE_LIMIT_BYTES};
	struct frame_delta delta = {.first = 1, .ops = &ops.ops[0], .count = 1};
	struct str body;
	struct error err = {0};
	assert_int_equal(frame_ops_fit(ops.ops, 1), 1);
	assert_true(frame_ops_write(&luck.arena, &ops, &body, &err));
	assert_in_range(body.len, OP_VALUE_LIMIT_BYTES, FRAME_BODY_LIMIT_BYTES);
	assert_true(frame_ops_read(&luck.arena, device, body, &again, &err));
	same_ops(&ops, &again);
	ops.ops[0].hub_seq = 1;
	ops.ops[0].base_by = BASE_NUMBER;
	assert_true(frame_delta_write(&luck.arena, &delta, &body, &err));
	assert_in_range(body.len, OP_VALUE_LIMIT_BYTES, FRAME_BODY_LIMIT_BYTES);

	ops.ops[0].value.len++;
	assert_false(frame_ops_write(&luck.arena, &ops, &body, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
	assert_false(frame_delta_write(&luck.arena, &delta, &body, &err));
	assert_int_equal(err.code, ERROR_LIMIT);
}

static bool read_either(struct arena *arena, struct str body, bool is_delta, struct error *err)
{
	struct frame_ops ops;
	struct frame_delta delta;
	return is_delta ? frame_delta_read(arena, body, &delta, err)
			: frame_ops_read(arena, device, body, &ops, err);
}

static struct str write_either(struct luck *luck, bool is_delta)
{
	struct str body;
	struct frame_ops ops = random_ops(luck, device, 5, 20);
	struct frame_delta delta = random_delta(luck, 5, 20);
	bool written = is_delta ? frame_delta_write(&luck->arena, &delta, &body, NULL)
				: frame_ops_write(&luck->arena, &ops, &body, NULL);
	assert_true(written);
	return body;
}

/* In blocks of exactly their size, so that AddressSanitizer sees one byte too many. */
static void cut_off_anywhere_is_refused(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 40; seed++) {
		CLEANUP(luck_finish) struct luck luck = luck_of(seed);
		struct str body = write_either(&luck, seed % 2);
		for (size_t len = 0; len < body.len; len++) {
			struct error err = {0};
			char *box = malloc(len ? len : 1);
			memcpy(box, body.ptr, len);
			assert_false(
				read_either(&luck.arena, (struct str){box, len}, seed % 2, &err));
			assert_int_equal(err.code, ERROR_PARSE);
			free(box);
		}
	}
}

static void turned_bytes_are_read_within_bounds(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 20; seed++) {
		CLEANUP(luck_finish) struct luck luck = luck_of(seed);
		struct str body = write_either(&luck, seed % 2);
		char *box = malloc(body.len);
		memcpy(box, body.ptr, body.len);
		for (size_t i = 0; i < body.len; i++) {
			box[i] ^= (char)(1 << random_below(&luck, 8));
			read_either(&luck.arena, (struct str){box, body.len}, seed % 2, NULL);
			box[i] = body.ptr[i];
		}
		free(box);
	}
}

static void a_newer_version_may_add_behind(void **state)
{
	(void)state;
	CLEANUP(luck_finish) struct luck luck = luck_of(3);
	struct frame_ops ops = random_ops(&luck, device, 3, 30), again;
	struct str body;
	assert_true(frame_ops_write(&luck.arena, &ops, &body, NULL));
	body = str_join(&luck.arena, (struct str[]){body, STR("\xff news")}, 2, STR(""));
	assert_true(frame_ops_read(&luck.arena, device, body, &again, NULL));
	same_ops(&ops, &again);
}

/* --- by hand ---------------------------------------------------------------------------------- */

static struct str from_hex(struct arena *arena, const char *digits)
{
	struct str_builder b = {.arena = arena};
	for (const char *p = digits; *p; p += *p == ' ' ? 1 : 2) {
		uint8_t byte;
		if (*p == ' ')
			continue;
		assert_true(secret_from_hex((struct str){p, 2}, &byte, 1));
		bytes_put_u8(&b, byte);
	}
	return str_builder_text(&b);
}

#define ID "6161616161616161 "
#define UUID "00112233445566778899aabbccddeeff "
#define HASH UUID UUID
/* Epochs and hash; hub_seq 9, 1 ms, first seq 4; one entity of type 5; one op. */
#define OPS ID ID "03 " HASH ID "09 01 04 01 05 " UUID "01 "
/* First 4; one writer; one entity; one op. */
#define DELTA ID "04 " HASH "01 " ID ID "01 05 " UUID "01 "

static const struct forged {
	const char *what, *body, *why;
	bool is_delta;
} forged[] = {
	{"a whole op", OPS "01 01 00 10 02 09 02 6869", NULL, false},
	{"base of its own", OPS "09 01 00 10 02 03 02 6869", NULL, false},
	{"no entities", ID ID "03 " HASH ID "09 01 04 00", "a number is too low", false},
	{"too many entities", ID ID "03 " HASH ID "09 01 04 8102", "a number is too high", false},
	{"an entity type", ID ID "03 " HASH ID "09 01 04 01 808004 " UUID "01",
		"a number is too high", false},
	{"first seq 0", ID ID "03 " HASH ID "09 01 00 01 05 " UUID "01", "a number is too low",
		false},
	{"no ops", ID ID "03 " HASH ID "09 01 04 01 05 " UUID "00", "a number is too low", false},
	{"257 ops", ID ID "03 " HASH ID "09 01 04 01 05 " UUID "8102", "a number is too high",
		false},
	{"an unknown flag", OPS "21 01 00 10 02 09 02 6869", "a number is too high", false},
	{"base of another", OPS "18 01 00 10 02 " ID ID "09", NULL, false},
	{"base of another, cut", OPS "18 01 00 10 02 " ID "09", "ends too early", false},
	{"base of its own, itself", OPS "08 01 00 10 02 04", "an op names a later one as its base",
		false},
	{"base of its own, 0", OPS "08 01 00 10 02 00", "a number is too low", false},
	{"base of an earlier epoch, 0", OPS "10 01 00 10 02 " ID "00", "a number is too low",
		false},
	{"kind 65536", OPS "00 808004 00 10 02 09", "a number is too high", false},
	{"field 65536", OPS "00 01 00 808004 02 09", "a number is too high", false},
	{"entity 1 of 1", OPS "00 01 01 10 02 09", "a number is too high", false},
	{"an endless value", OPS "01 01 00 10 02 09 818004", "a number is too high", false},
	{"a value of 4 GiB", OPS "01 01 00 10 02 09 8080808010", "a number is too high", false},
	{"a value cut off", OPS "01 01 00 10 02 09 03 6869", "ends too early", false},
	{"a long spelling", OPS "00 8100 00 10 02 09", "a number in a longer form than it needs",
		false},
	{"a far time", OPS "00 01 00 10 ffffffffffffffff7f 09", "a step leads too far", false},

	{"a whole op of the hub", DELTA "01 01 00 02 00 10 02 09 02 6869", NULL, true},
	{"first 0", ID "00", "a number is too low", true},
	{"no writers", ID "04 " HASH "00", "a number is too low", true},
	{"257 writers", ID "04 " HASH "8102", "a number is too high", true},
	{"a base not looked up", DELTA "08 01 00 02 00 10 02 03",
		"a base that the hub has not looked up", true},
	{"writer 1 of 1", DELTA "00 01 01 02 00 10 02 09", "a number is too high", true},
	{"seq 0", DELTA "00 01 00 00 00 10 02 09", "a seq below 1", true},
	{"seq -1", DELTA "00 01 00 01 00 10 02 09", "a seq below 1", true},
};

static void forgeries_are_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++) {
		CLEANUP(arena_finish) struct arena arena = {0};
		struct error err = {0};
		struct str body = from_hex(&arena, forged[i].body);
		bool read = read_either(&arena, body, forged[i].is_delta, &err);
		if (read != !forged[i].why || (!read && !strstr(err.message, forged[i].why)))
			fail_msg("%s: %s", forged[i].what, err.message);
	}
}

/* --- the chain -------------------------------------------------------------------------------- */

/* From the description, with another implementation of BLAKE2b. */
static void the_chain_has_its_known_value(void **state)
{
	(void)state;
	struct op op = {.device = "device 1",
		.epoch = "epoch 01",
		.seq = 7,
		.wall_ms = -2,
		.clock = CLOCK_SURE,
		.kind = OP_SET,
		.entity_type = 5,
		.field = 26,
		.base = 3,
		.has_value = true,
		.value = STR("\"naam\"")};

	for (uint8_t i = 0; i < 16; i++)
		op.entity.bytes[i] = i;
	struct hash before = {{0}}, chain = chain_next(&before, &op);
	CLEANUP(arena_finish) struct arena arena = {0};
	assert_true(str_equal_z(secret_to_hex(&arena, chain.bytes, HASH_BYTES),
		"460ace0213bafa7ee2b18f43b892cb61b99fcb30d8d21a645c688c7d8c8af24f"));
}

static void a_chain_may_be_cut_anywhere(void **state)
{
	(void)state;
	CLEANUP(luck_finish) struct luck luck = luck_of(9);
	struct frame_delta delta = random_delta(&luck, 20, 50);
	struct hash whole = chain_over(&delta.chain_before, delta.ops, 20);
	for (size_t cut = 0; cut <= 20; cut++) {
		struct hash part = chain_over(&delta.chain_before, delta.ops, cut);
		part = chain_over(&part, delta.ops + cut, 20 - cut);
		assert_memory_equal(&part, &whole, sizeof(whole));
	}
}

/* Each field of an op counts; hub_seq does not. */
static void the_chain_vouches_for_all_of_an_op(void **state)
{
	(void)state;
	struct hash before = {{1}}, plain, other;
	const struct op op = {.seq = 1, .has_value = true, .value = STR("a")};
	plain = chain_next(&before, &op);
	struct op changed[12];
	for (size_t i = 0; i < 12; i++)
		changed[i] = op;
	changed[0].device[7] = 1;
	changed[1].epoch[7] = 1;
	changed[2].seq = 2;
	changed[3].wall_ms = 1;
	changed[4].clock = CLOCK_SURE;
	changed[5].kind = 1;
	changed[6].entity_type = 1;
	changed[7].field = 1;
	changed[8].base = 1;
	changed[9].entity.bytes[15] = 1;
	changed[10].value = STR("b");
	changed[11].value = STR("");
	for (size_t i = 0; i < 12; i++) {
		other = chain_next(&before, &changed[i]);
		assert_memory_not_equal(&other, &plain, sizeof(plain));
	}
	struct op empty = changed[11], none = {.seq = 1};
	plain = chain_next(&before, &empty);
	other = chain_next(&before, &none);
	assert_memory_not_equal(&other, &plain, sizeof(plain));
	none.hub_seq = 5;
	plain = chain_next(&before, &none);
	assert_memory_equal(&other, &plain, sizeof(plain));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ops_come_back),
		cmocka_unit_test(deltas_come_back),
		cmocka_unit_test(what_fits_fits_unpacked),
		cmocka_unit_test(the_largest_op_fits),
		cmocka_unit_test(cut_off_anywhere_is_refused),
		cmocka_unit_test(turned_bytes_are_read_within_bounds),
		cmocka_unit_test(a_newer_version_may_add_behind),
		cmocka_unit_test(forgeries_are_named),
		cmocka_unit_test(the_chain_has_its_known_value),
		cmocka_unit_test(a_chain_may_be_cut_anywhere),
		cmocka_unit_test(the_chain_vouches_for_all_of_an_op),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
