/* A kiosk whose card was copied into another machine: it belongs to nobody there, is let in again
 * by an invitation on a stick, and what waited on it arrives; the key that was copied is worth
 * nothing from then on. */
#include "store/board.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake.h"
#include "model/fields.h"
#include "store/inside.h"
#include "store/member.h"
#include "store/sample.h"
#include "sync/carrier_dir.h"
#include "sync/hub_create.h"

#define STICK "stick"

struct machine {
	struct env *env;
	struct store *store;
};

static struct machine machine_on(struct env *env)
{
	struct error err = {0};
	struct machine m = {.env = env};
	fake_sqlite_install(env);
	m.store = store_open(env, "data", &err);
	if (!m.store)
		fail_msg("%s", err.message);
	return m;
}

static void machine_off(struct machine *m)
{
	store_close(m->store);
	fake_destroy(m->env);
}

static struct carrier_report meet_stick(struct machine *m, struct env *stick, bool works)
{
	struct carrier_report report;
	struct error err = {0};
	fake_plug(m->env, STICK, stick);
	bool ok = carrier_exchange(m->store, STICK, &report, &err);
	fake_unplug(m->env);
	if (ok != works)
		fail_msg("%s", ok ? "it was let in" : err.message);
	return report;
}

static void let_in(struct machine *hub, struct machine *kiosk, struct env *stick)
{
	char name[IDENTITY_NAME_MOST_BYTES + 1];
	struct error err = {0};
	fake_plug(hub->env, STICK, stick);
	fake_plug(kiosk->env, STICK, stick);
	if (!carrier_invite(hub->store, STICK, STR("Kiosk"), (struct uuid){{4}}, 30, &err) ||
		!carrier_accept(kiosk->store, STICK, name, &err))
		fail_msg("%s", err.message);
	fake_unplug(hub->env);
	fake_unplug(kiosk->env);
	meet_stick(kiosk, stick, true);
	meet_stick(hub, stick, true);
	meet_stick(kiosk, stick, true);
}

static void rename_to(struct machine *m, const char *json)
{
	struct field_value field = {INITIATIVE_NAME, str_from(json)};
	struct record record = {.type = ENTITY_INITIATIVE,
		.id = sample_id(ENTITY_INITIATIVE, 0),
		.fields = &field,
		.field_count = 1};
	assert_true(store_apply(m->store, &record, 1, APPLY_NAMED_FIELDS, NULL, NULL));
}

static bool knows(struct machine *m, const char *json)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct record *records;
	size_t count;
	assert_true(store_records(m->store, &arena, &records, &count, NULL));
	for (size_t i = 0; i < count; i++)
		for (size_t f = 0; f < records[i].field_count; f++)
			if (str_equal_z(records[i].fields[f].json, json))
				return true;
	return false;
}

static void a_copy_is_let_in_again(void **state)
{
	(void)state;
	struct env *stick = fake_create(3);
	struct machine hub = machine_on(fake_create(1));
	struct error err = {0};
	enum board_change change;
	assert_true(hub_create(hub.store, STR("Buurtteam"), STR(""), &err));
	struct machine kiosk = machine_on(fake_create(2));
	let_in(&hub, &kiosk, stick);
	assert_true(store_meet_board(kiosk.store, &(struct board){"A", "1"}, &change, &err));
	rename_to(&kiosk, "\"Wacht\"");
	store_close(kiosk.store);
	struct machine copy = machine_on(fake_copy(kiosk.env, 4));

	assert_true(store_meet_board(copy.store, &(struct board){"B", "2"}, &change, &err));
	assert_int_equal(change, BOARD_OTHER_BOTH);
	meet_stick(&copy, stick, false);
	let_in(&hub, &copy, stick);
	meet_stick(&copy, stick, true);
	meet_stick(&hub, stick, true);
	meet_stick(&copy, stick, true);
	assert_true(knows(&hub, "\"Wacht\""));
	assert_int_equal(store_pending_count(copy.store, &err), 0);

	/* The card that was copied: its key is not the one on the list any more. */
	kiosk.store = machine_on(kiosk.env).store;
	rename_to(&kiosk, "\"Oude kaart\"");
	meet_stick(&kiosk, stick, true);
	assert_int_not_equal(meet_stick(&hub, stick, true).up.refused, 0);
	assert_false(knows(&hub, "\"Oude kaart\""));
	assert_true(store_pending_count(kiosk.store, &err) > 0); /* and loses nothing */
	machine_off(&kiosk);
	machine_off(&copy);
	machine_off(&hub);
	fake_destroy(stick);
	fake_sqlite_remove();
}

static void a_kiosk_of_an_earlier_day_is_told(void **state)
{
	(void)state;
	struct env *stick = fake_create(3);
	struct machine hub = machine_on(fake_create(1));
	struct error err = {0};
	enum board_change change;
	assert_true(hub_create(hub.store, STR("Buurtteam"), STR(""), &err));
	struct machine kiosk = machine_on(fake_create(2));
	let_in(&hub, &kiosk, stick);
	struct machine old = {.env = fake_copy(kiosk.env, 4)};
	rename_to(&kiosk, "\"Gisteren\"");
	meet_stick(&kiosk, stick, true);
	meet_stick(&hub, stick, true);
	meet_stick(&kiosk, stick, true);
	assert_true(store_board_change(kiosk.store, &change, &err));
	assert_int_equal(change, BOARD_SAME); /* its own ops come back to it, and it knows them */
	machine_off(&kiosk);

	old = machine_on(old.env);
	assert_false(knows(&old, "\"Gisteren\""));
	meet_stick(&old, stick, true);
	assert_true(knows(&old, "\"Gisteren\""));
	assert_true(store_board_change(old.store, &change, &err));
	assert_int_equal(change, BOARD_PUT_BACK);
	machine_off(&old);
	machine_off(&hub);
	fake_destroy(stick);
	fake_sqlite_remove();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_copy_is_let_in_again),
		cmocka_unit_test(a_kiosk_of_an_earlier_day_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
