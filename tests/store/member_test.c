/* A hub and its kiosks, without a road between them: ops handed over by hand. What one shows must
 * be what the others show, whatever was pending where when it came. */
#include "store/member.h"

#include "base/json.h"
#include "fake/fake.h"
#include "model/fields.h"
#include "store/device.h"
#include "store/inside.h"
#include "store/sample.h"
#include "store/sequencer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define KIOSKS 2
#define CHUNK 7 /* ops a time: small, so that stretches end anywhere */

struct machine {
	struct env *env;
	struct store *store;
};

struct bench {
	struct machine hub, kiosk[KIOSKS];
	struct sample sample;
	struct arena arena;
	uint64_t luck;
};

static struct error err;

static void open_store(struct machine *m)
{
	fake_sqlite_install(m->env);
	m->store = store_open(m->env, "data", &err);
	if (!m->store)
		fail_msg("%s", err.message);
}

static struct machine machine_of(uint64_t seed)
{
	struct machine m = {.env = fake_create(seed)};
	open_store(&m);
	return m;
}

static void restart(struct machine *m)
{
	store_close(m->store);
	open_store(m);
}

static void start(struct bench *b, int capacity)
{
	*b = (struct bench){.luck = 88172645463325252u};
	b->sample = sample_of(2, (struct sample_rules){"sign_up", capacity, 30, true, false});
	b->hub = machine_of(1);
	assert_true(store_apply(b->hub.store, b->sample.records, b->sample.count, 0, NULL, &err));
	uint8_t epoch[WRITER_PART_BYTES];
	assert_true(store_log_epoch(b->hub.store, epoch, &err));
	for (int i = 0; i < KIOSKS; i++) {
		b->kiosk[i] = machine_of(2 + (uint64_t)i);
		assert_true(store_join(b->kiosk[i].store, epoch, &err));
	}
}

static void check(struct machine *m)
{
	struct hash kept, counted, rebuilt;
	assert_true(store_state_hash(m->store, &kept, &err));
	assert_true(store_count_hash(m->store, &counted, &err));
	assert_memory_equal(kept.bytes, counted.bytes, HASH_BYTES);
	assert_true(store_rebuild(m->store, &rebuilt, &err));
	assert_memory_equal(kept.bytes, rebuilt.bytes, HASH_BYTES);
}

static void stop_machine(struct machine *m)
{
	check(m);
	store_close(m->store);
	fake_destroy(m->env);
}

static void stop(struct bench *b)
{
	stop_machine(&b->hub);
	for (int i = 0; i < KIOSKS; i++)
		stop_machine(&b->kiosk[i]);
	fake_sqlite_remove();
	arena_finish(&b->arena);
	arena_finish(&b->sample.arena);
}

static uint64_t luck(struct bench *b, uint64_t below)
{
	b->luck ^= b->luck << 13, b->luck ^= b->luck >> 7, b->luck ^= b->luck << 17;
	return b->luck % below;
}

/* Everything that the kiosk wrote and the hub does not have. */
static void carry_up(struct bench *b, struct machine *m)
{
	struct hub_position position;
	uint8_t(*epochs)[WRITER_PART_BYTES];
	size_t epoch_count;
	arena_reset(&b->arena);
	assert_true(store_position(m->store, &position, &err));
	struct known_log known = {.hub_seq = position.hub_seq};
	memcpy(known.epoch, position.epoch, sizeof(known.epoch));
	assert_true(
		store_epochs(m->store, &b->arena, m->store->device, &epochs, &epoch_count, &err));
	for (size_t i = 0; i < epoch_count; i++) {
		int64_t seq;
		struct op *ops;
		size_t count, fresh;
		assert_true(store_last_seq(b->hub.store, m->store->device, epochs[i], &seq, &err));
		assert_true(store_writer_ops(m->store, &b->arena, m->store->device, epochs[i],
			seq + 1, 1000, &ops, &count, &err));
		if (!store_accept(b->hub.store, ops, count, &known, &fresh, &err))
			fail_msg("%s", err.message);
		assert_int_equal(fresh, count);
	}
}

/* The hub's log, in stretches, and its state at the end of them. */
static void carry_down(struct bench *b, struct machine *m)
{
	struct hash state, chain = {{0}};
	size_t count;
	arena_reset(&b->arena);
	assert_true(store_state_hash(b->hub.store, &state, &err));
	CLEANUP(store_import_cancel)
	struct store_import *import = store_import_begin(m->store, &err);
	if (!import)
		fail_msg("%s", err.message);
	do {
		struct op *ops;
		assert_true(store_log_ops(b->hub.store, &b->arena,
			store_import_position(import)->hub_seq, CHUNK, &ops, &count, &err));
		if (!store_import_ops(import, ops, count, &chain, &err))
			fail_msg("%s", err.message);
	} while (count == CHUNK);
	if (!store_import_finish(&import, &state, &err))
		fail_msg("%s", err.message);
}

static struct registration_result sign_up(struct machine *m, int party)
{
	struct registration_request request = sample_request(0);
	struct registration_result result;
	request.party_size = party;
	if (!store_register(m->store, &request, &result, &err))
		fail_msg("%s", err.message);
	return result;
}

static void rename_initiative(struct machine *m, size_t number, const char *json)
{
	struct field_value field = {INITIATIVE_NAME, str_from(json)};
	struct record record = {.type = ENTITY_INITIATIVE,
		.id = sample_id(ENTITY_INITIATIVE, number),
		.fields = &field,
		.field_count = 1};
	assert_true(store_apply(m->store, &record, 1, APPLY_NAMED_FIELDS, NULL, &err));
}

static struct str name_of(struct bench *b, struct machine *m, size_t number)
{
	struct record *records;
	size_t count;
	assert_true(store_records(m->store, &b->arena, &records, &count, &err));
	for (size_t i = 0; i < count; i++)
		if (uuid_equal(records[i].id, sample_id(ENTITY_INITIATIVE, number)))
			return record_get(&records[i], INITIATIVE_NAME);
	return STR("");
}

static void what_is_pending_stands_on_top(void **state)
{
	(void)state;
	struct bench b;
	start(&b, 0);
	struct machine *a = &b.kiosk[0], *other = &b.kiosk[1];
	carry_down(&b, a);
	carry_down(&b, other);
	rename_initiative(a, 0, "\"Van hier\"");
	rename_initiative(a, 0, "\"Van hier, beter\"");
	rename_initiative(&b.hub, 1, "\"Van ver\"");
	assert_int_equal(store_pending_count(a->store, &err), 2);
	carry_down(&b, a);
	assert_int_equal(store_pending_count(a->store, &err), 2);
	assert_true(str_equal(name_of(&b, a, 0), STR("\"Van hier, beter\"")));
	assert_true(str_equal(name_of(&b, a, 1), STR("\"Van ver\"")));
	check(a);
	carry_up(&b, a);
	carry_down(&b, a);
	carry_down(&b, other);
	assert_int_equal(store_pending_count(a->store, &err), 0);
	assert_true(str_equal(name_of(&b, other, 0), STR("\"Van hier, beter\"")));
	stop(&b);
}

static void set_capacity(struct machine *m, const char *json)
{
	struct field_value field = {INITIATIVE_CAPACITY, str_from(json)};
	struct record record = {.type = ENTITY_INITIATIVE,
		.id = sample_id(ENTITY_INITIATIVE, 0),
		.fields = &field,
		.field_count = 1};
	assert_true(store_apply(m->store, &record, 1, APPLY_NAMED_FIELDS, NULL, &err));
}

static void expect_capacity(struct bench *b, struct machine *m, const char *json)
{
	struct record *records;
	size_t count;
	arena_reset(&b->arena);
	assert_true(store_records(m->store, &b->arena, &records, &count, &err));
	for (size_t i = 0; i < count; i++)
		if (records[i].type == ENTITY_INITIATIVE &&
			uuid_equal(records[i].id, sample_id(ENTITY_INITIATIVE, 0)))
			assert_true(
				str_equal_z(record_get(&records[i], INITIATIVE_CAPACITY), json));
}

/* Each edit saw the one before, which had no number of the hub's yet: one writer's thread, never a
 * conflict with itself. */
static void a_pending_base_is_found_again(void **state)
{
	(void)state;
	struct bench b;
	start(&b, 18);
	struct machine *a = &b.kiosk[0];
	carry_down(&b, a);
	set_capacity(a, "10");
	restart(a); /* another epoch */
	set_capacity(a, "12");
	set_capacity(a, "14");
	carry_up(&b, a);
	expect_capacity(&b, &b.hub, "14");
	set_capacity(a, "16"); /* saw 14, before the hub's number for it came */
	carry_down(&b, a);
	carry_up(&b, a);
	expect_capacity(&b, &b.hub, "16");
	carry_down(&b, a);
	stop(&b);
}

/* Two that did not see each other: the first one stands, the other waits for staff. */
static void a_real_crossing_is_kept(void **state)
{
	(void)state;
	struct bench b;
	start(&b, 18);
	carry_down(&b, &b.kiosk[0]);
	carry_down(&b, &b.kiosk[1]);
	set_capacity(&b.kiosk[0], "10");
	set_capacity(&b.kiosk[1], "12");
	carry_up(&b, &b.kiosk[0]);
	carry_up(&b, &b.kiosk[1]);
	carry_down(&b, &b.kiosk[1]);
	expect_capacity(&b, &b.hub, "10");
	expect_capacity(&b, &b.kiosk[1], "10");
	stop(&b);
}

static void own_seats(struct bench *b, struct machine *m)
{
	struct uuid place = sample_id(ENTITY_PLACE, 0);
	struct str json = str_format(&b->arena, "\"%.*s\"", STR_ARG(uuid_format(&b->arena, place)));
	struct field_value at = {INITIATIVE_PLACE_ID, json}, seats = {DEVICE_SEATS, json};
	struct record records[] = {
		{.type = ENTITY_INITIATIVE,
			.id = sample_id(ENTITY_INITIATIVE, 0),
			.fields = &at,
			.field_count = 1},
		{.type = (enum entity_type)ENTITY_DEVICE,
			.id = device_entity(m->store->device),
			.fields = &seats,
			.field_count = 1},
	};
	assert_true(store_apply(b->hub.store, records, 2, APPLY_NAMED_FIELDS, NULL, &err));
}

static int confirmed(struct machine *m)
{
	struct registration_request request = sample_request(0);
	struct seats_taken seats;
	assert_true(store_seats(m->store, request.schedule, request.rule_start, &seats, &err));
	return seats.taken;
}

static void the_kiosk_in_the_building_gives_the_seats(void **state)
{
	(void)state;
	struct bench b;
	start(&b, 4);
	struct machine *owner = &b.kiosk[0], *other = &b.kiosk[1];
	own_seats(&b, owner);
	carry_down(&b, owner);
	carry_down(&b, other);
	/* Offline, both at once. */
	assert_int_equal(sign_up(other, 2).outcome, OUTCOME_ASKED);
	assert_int_equal(sign_up(owner, 3).outcome, OUTCOME_CONFIRMED);
	carry_up(&b, other);
	carry_up(&b, owner);
	assert_int_equal(confirmed(&b.hub), 3);
	/* The owner hears of it, and puts it on the waiting list. */
	carry_down(&b, owner);
	carry_up(&b, owner);
	carry_down(&b, other);
	carry_down(&b, owner);
	struct hash x, y;
	assert_true(store_state_hash(owner->store, &x, &err));
	assert_true(store_state_hash(other->store, &y, &err));
	assert_memory_equal(x.bytes, y.bytes, HASH_BYTES);
	assert_int_equal(confirmed(other), 3);
	stop(&b);
}

static void a_store_of_its_own_joins(void **state)
{
	(void)state;
	struct bench b;
	start(&b, 18);
	struct machine lone = machine_of(9);
	assert_true(store_apply(lone.store, b.sample.records, b.sample.count, 0, NULL, &err));
	rename_initiative(&lone, 0, "\"Eigen naam\"");
	struct registration_result result = sign_up(&lone, 2);
	uint8_t epoch[WRITER_PART_BYTES];
	assert_true(store_log_epoch(b.hub.store, epoch, &err));
	assert_true(store_join(lone.store, epoch, &err));
	assert_false(store_join(lone.store, epoch, &err));
	assert_int_equal(err.code, ERROR_CONFLICT);
	check(&lone);
	carry_up(&b, &lone);
	carry_down(&b, &lone);
	struct registration found;
	assert_true(store_find_code(lone.store, str_from(result.code), &found, &err));
	assert_int_equal(found.outcome, OUTCOME_CONFIRMED);
	assert_int_equal(confirmed(&b.hub), 2);
	stop_machine(&lone);
	stop(&b);
}

static void refusals_change_nothing(void **state)
{
	(void)state;
	struct bench b;
	start(&b, 18);
	struct machine *a = &b.kiosk[0];
	carry_down(&b, a);
	sign_up(a, 1);
	struct hash before, after, wrong = {{1}}, chain = {{0}};
	assert_true(store_state_hash(a->store, &before, &err));
	struct store_import *import = store_import_begin(a->store, &err);
	assert_non_null(import);
	struct op far = {.hub_seq = 4711, .seq = 1};
	assert_false(store_import_ops(import, &far, 1, &chain, &err));
	assert_int_equal(err.code, ERROR_CONFLICT);
	store_import_cancel(&import);
	import = store_import_begin(a->store, &err);
	assert_false(store_import_finish(&import, &wrong, &err));
	assert_int_equal(err.code, ERROR_DAMAGED);
	assert_null(import);
	assert_true(store_state_hash(a->store, &after, &err));
	assert_memory_equal(before.bytes, after.bytes, HASH_BYTES);
	size_t fresh;
	struct op op = {.seq = 1, .kind = OP_CANCEL};
	assert_false(store_accept(a->store, &op, 1, NULL, &fresh, &err));
	assert_int_equal(err.code, ERROR_REFUSED);
	stop(&b);
}

/* Whatever happens in whatever order: at the end one state everywhere. */
static void any_order_ends_in_one_state(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 12; seed++) {
		struct bench b;
		start(&b, 5);
		b.luck += seed * 7919;
		own_seats(&b, &b.kiosk[seed % KIOSKS]);
		for (int step = 0; step < 60; step++) {
			struct machine *m = &b.kiosk[luck(&b, KIOSKS)];
			char json[32];
			snprintf(json, sizeof(json), "\"Naam %d\"", step);
			switch (luck(&b, 7)) {
			case 0:
				carry_up(&b, m);
				break;
			case 1:
				carry_down(&b, m);
				break;
			case 2:
				restart(m);
				break;
			case 3:
				rename_initiative(&b.hub, luck(&b, 2), json);
				break;
			case 4:
				rename_initiative(m, luck(&b, 2), json);
				break;
			default:
				carry_down(&b, m); /* it must know the initiative */
				sign_up(m, 1 + (int)luck(&b, 2));
			}
		}
		for (int round = 0; round < 2; round++)
			for (int i = 0; i < KIOSKS; i++) {
				carry_down(&b, &b.kiosk[i]);
				carry_up(&b, &b.kiosk[i]);
			}
		struct hash hub, kiosk;
		assert_true(store_state_hash(b.hub.store, &hub, &err));
		for (int i = 0; i < KIOSKS; i++) {
			carry_down(&b, &b.kiosk[i]);
			assert_true(store_state_hash(b.kiosk[i].store, &kiosk, &err));
			assert_memory_equal(hub.bytes, kiosk.bytes, HASH_BYTES);
			assert_int_equal(store_pending_count(b.kiosk[i].store, &err), 0);
		}
		assert_true(confirmed(&b.hub) <= 5);
		stop(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_pending_stands_on_top),
		cmocka_unit_test(a_pending_base_is_found_again),
		cmocka_unit_test(a_real_crossing_is_kept),
		cmocka_unit_test(the_kiosk_in_the_building_gives_the_seats),
		cmocka_unit_test(a_store_of_its_own_joins),
		cmocka_unit_test(refusals_change_nothing),
		cmocka_unit_test(any_order_ends_in_one_state),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
