/* A device that was struck off: what it said up to the cutoff counts, whenever it comes; what it
 * says behind it is put aside; and a stranger who writes its name on a frame is nobody. */
#include "store/revoke.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fake/fake.h"
#include "model/fields.h"
#include "store/device.h"
#include "store/device_list.h"
#include "store/hub.h"
#include "store/inside.h"
#include "store/sample.h"
#include "store/sequencer.h"
#include "sync/erasing.h"
#include "sync/frame_ops.h"
#include "sync/hub_create.h"
#include "sync/keys.h"
#include "sync/up.h"

static const uint8_t board[WRITER_PART_BYTES] = {9, 9}, stranger[WRITER_PART_BYTES] = {8};
static const uint8_t first_epoch[WRITER_PART_BYTES] = {1}, later_epoch[WRITER_PART_BYTES] = {2};

struct bench {
	struct env *env;
	struct store *hub;
	struct arena arena;
	struct author author;
	struct uuid place;
};

/* A hub with one board on its list, which gives out the seats of its place. */
static struct bench begin(void)
{
	struct bench b = {.env = fake_create(5), .place = {{4}}};
	struct error err = {0};
	fake_sqlite_install(b.env);
	b.hub = store_open(b.env, "hub", &err);
	assert_non_null(b.hub);
	assert_true(hub_create(b.hub, STR("Buurtteam"), STR(""), &err));
	struct sign_pair pair = key_of(board);
	assert_true(store_admit(b.hub, board, pair.open.bytes, STR("Bord"), b.place, &err));
	assert_true(author_of(b.hub, &b.author, &err));
	memcpy(b.author.frames.device, board, sizeof(board));
	b.author.pair = pair;
	return b;
}

static void end(struct bench *b)
{
	store_close(b->hub);
	author_wipe(&b->author);
	arena_finish(&b->arena);
	fake_sqlite_remove();
	fake_destroy(b->env);
}

static bool collect(void *context, const void *bytes, size_t count, struct error *err)
{
	(void)err;
	str_builder_add(context, (struct str){bytes, count});
	return true;
}

/* The ops first to last of an epoch, each naming an initiative, signed by `key`'s. */
static struct up_taken bring(struct bench *b, const uint8_t key[WRITER_PART_BYTES],
	const uint8_t epoch[WRITER_PART_BYTES], int64_t first, int64_t last, unsigned entity_type)
{
	struct op ops[16] = {{.seq = 0}};
	struct frame_ops frame = {
		.first_seq = first, .ops = ops, .count = (size_t)(last - first + 1)};
	struct str_builder bytes = {.arena = &b->arena};
	struct sync_sink sink = {collect, &bytes};
	struct up_taken taken;
	struct str body;
	struct error err = {0};
	memcpy(frame.epoch, epoch, sizeof(frame.epoch));
	for (size_t i = 0; i < frame.count; i++) {
		ops[i] = (struct op){.kind = OP_SET,
			.entity_type = entity_type,
			.entity = {{3}},
			.field = INITIATIVE_NAME,
			.seq = first + (int64_t)i,
			.wall_ms = 1796119200000 + first + (int64_t)i,
			.has_value = true,
			.value = str_format(
				&b->arena, "\"Naam %lld\"", (long long)first + (long long)i)};
		memcpy(ops[i].device, board, sizeof(board));
		memcpy(ops[i].epoch, epoch, WRITER_PART_BYTES);
	}
	b->author.pair = key_of(key);
	b->author.frames.secret = &b->author.pair.secret;
	assert_true(frame_ops_write(&b->arena, &frame, &body, &err));
	assert_true(author_send(&b->author, &b->arena, FRAME_OPS, body, &sink, &err));
	struct frame_reader reader = frame_reader_of(str_builder_text(&bytes));
	assert_true(up_read(b->hub, &reader, &taken, &err));
	return taken;
}

static int64_t last_of(struct bench *b, const uint8_t epoch[WRITER_PART_BYTES])
{
	int64_t last;
	assert_true(store_last_seq(b->hub, board, epoch, &last, NULL));
	return last;
}

static int64_t aside_of(struct bench *b)
{
	struct put_aside *list;
	size_t count;
	assert_true(store_list_aside(b->hub, &b->arena, &list, &count, NULL));
	return count ? list[0].ops : 0;
}

static size_t notices_of(struct bench *b)
{
	struct notice *list;
	size_t count;
	assert_true(store_notices(b->hub, &b->arena, &list, &count, NULL));
	return count;
}

static void what_is_here_counts_and_the_rest_is_put_aside(void **state)
{
	(void)state;
	struct bench b = begin();
	struct error err = {0};
	size_t beyond;
	assert_int_equal(bring(&b, board, first_epoch, 1, 3, ENTITY_INITIATIVE).fresh, 3);
	assert_true(store_revoke(b.hub, board, NULL, &beyond, &err));
	assert_int_equal(beyond, 0);
	int64_t log = store_revision(b.hub);
	struct up_taken taken = bring(&b, board, first_epoch, 2, 5, ENTITY_INITIATIVE);
	assert_int_equal(taken.fresh, 0);
	assert_int_equal(taken.aside, 2);
	assert_int_equal(bring(&b, board, later_epoch, 1, 4, ENTITY_INITIATIVE).aside, 4);
	assert_int_equal(last_of(&b, first_epoch), 3);
	assert_int_equal(last_of(&b, later_epoch), 0);
	assert_int_equal(store_revision(b.hub), log);
	assert_int_equal(aside_of(&b), 6);
	bring(&b, board, later_epoch, 1, 4, ENTITY_INITIATIVE); /* again: nothing more */
	assert_int_equal(aside_of(&b), 6);
	assert_int_equal(notices_of(&b), 1);
	assert_true(store_trust(b.hub, board, &err));
	assert_int_equal(bring(&b, board, first_epoch, 4, 5, ENTITY_INITIATIVE).fresh, 2);
	assert_int_equal(aside_of(&b), 0);
	end(&b);
}

static void a_cutoff_may_lie_ahead_or_behind(void **state)
{
	(void)state;
	struct bench b = begin();
	struct error err = {0};
	struct cutoff after = {.last = 5};
	size_t beyond;
	memcpy(after.epoch, first_epoch, sizeof(after.epoch));
	bring(&b, board, first_epoch, 1, 3, ENTITY_INITIATIVE);
	assert_true(store_revoke(b.hub, board, &after, &beyond, &err));
	struct up_taken taken = bring(&b, board, first_epoch, 4, 7, ENTITY_INITIATIVE);
	assert_int_equal(taken.fresh, 2); /* exactly up to it */
	assert_int_equal(taken.aside, 2);
	assert_int_equal(last_of(&b, first_epoch), 5);
	assert_int_equal(bring(&b, board, first_epoch, 6, 6, ENTITY_INITIATIVE).fresh, 0);
	after.last = 2;
	assert_true(store_revoke(b.hub, board, &after, &beyond, &err));
	assert_int_equal(beyond, 3); /* numbered already: they stay, and staff are told */
	end(&b);
}

static void a_frame_that_waited_is_judged_when_its_turn_comes(void **state)
{
	(void)state;
	struct bench b = begin();
	struct error err = {0};
	struct cutoff after = {.last = 3};
	size_t beyond;
	memcpy(after.epoch, first_epoch, sizeof(after.epoch));
	assert_int_equal(bring(&b, board, first_epoch, 3, 6, ENTITY_INITIATIVE).held, 1);
	assert_true(store_revoke(b.hub, board, &after, &beyond, &err));
	bring(&b, board, first_epoch, 1, 2, ENTITY_INITIATIVE);
	assert_int_equal(last_of(&b, first_epoch), 3);
	assert_int_equal(aside_of(&b), 3);
	end(&b);
}

static void its_seats_are_the_hubs(void **state)
{
	(void)state;
	struct bench b = begin();
	uint8_t device[WRITER_PART_BYTES];
	bool named;
	size_t beyond;
	assert_true(device_of_seats(b.hub->db, b.place, device, &named, NULL));
	assert_true(named && memcmp(device, board, sizeof(board)) == 0);
	assert_true(store_revoke(b.hub, board, NULL, &beyond, NULL));
	assert_true(device_of_seats(b.hub->db, b.place, device, &named, NULL));
	assert_false(named);
	/* The next one that is let in there gets them. */
	assert_true(store_admit(
		b.hub, stranger, key_of(stranger).open.bytes, STR("Nieuw"), b.place, NULL));
	assert_true(device_of_seats(b.hub->db, b.place, device, &named, NULL));
	assert_true(named && memcmp(device, stranger, sizeof(stranger)) == 0);
	end(&b);
}

static void a_copied_card_gives_out_no_seats(void **state)
{
	(void)state;
	struct bench b = begin();
	uint8_t device[WRITER_PART_BYTES];
	bool named;
	bring(&b, board, first_epoch, 1, 1, ENTITY_INITIATIVE);
	assert_true(device_of_seats(b.hub->db, b.place, device, &named, NULL) && named);
	bring(&b, board, later_epoch, 1, 1, ENTITY_INITIATIVE); /* follows the same: nothing */
	assert_int_equal(notices_of(&b), 1);
	assert_true(device_of_seats(b.hub->db, b.place, device, &named, NULL));
	assert_false(named);
	assert_int_equal(last_of(&b, first_epoch) + last_of(&b, later_epoch), 2); /* both count */
	assert_true(
		store_admit(b.hub, board, key_of(board).open.bytes, STR("Bord"), b.place, NULL));
	assert_true(device_of_seats(b.hub->db, b.place, device, &named, NULL) && named);
	assert_int_equal(notices_of(&b), 0);
	end(&b);
}

static bool seen(struct bench *b)
{
	struct listed_device *list;
	size_t count;
	assert_true(store_device_list(b->hub, &b->arena, &list, &count, NULL));
	assert_int_equal(count, 1);
	return list[0].seen;
}

static void a_stranger_in_its_name_is_nobody(void **state)
{
	(void)state;
	struct bench b = begin();
	size_t beyond;
	assert_true(store_revoke(b.hub, board, NULL, &beyond, NULL));
	struct up_taken taken = bring(&b, stranger, first_epoch, 1, 3, ENTITY_INITIATIVE);
	assert_int_equal(taken.refused, 1);
	assert_int_equal(taken.fresh + taken.aside, 0);
	assert_int_equal(aside_of(&b), 0);
	assert_int_equal(notices_of(&b), 0); /* nobody is told that the board came */
	assert_false(seen(&b));
	assert_int_equal(bring(&b, board, first_epoch, 1, 3, ENTITY_INITIATIVE).aside, 3);
	assert_int_equal(notices_of(&b), 1);
	end(&b);
}

static void only_a_hub_keeps_the_list(void **state)
{
	(void)state;
	struct bench b = begin();
	struct error err = {0};
	size_t beyond;
	int64_t log = store_revision(b.hub);
	assert_int_equal(bring(&b, board, first_epoch, 1, 1, ENTITY_DEVICE).refused, 1);
	assert_int_equal(store_revision(b.hub), log);
	assert_false(store_revoke(b.hub, b.hub->device, NULL, &beyond, &err));
	assert_int_equal(err.code, ERROR_REFUSED);
	assert_false(store_revoke(b.hub, stranger, NULL, &beyond, &err));
	assert_int_equal(err.code, ERROR_NOT_FOUND);
	end(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_here_counts_and_the_rest_is_put_aside),
		cmocka_unit_test(a_cutoff_may_lie_ahead_or_behind),
		cmocka_unit_test(a_frame_that_waited_is_judged_when_its_turn_comes),
		cmocka_unit_test(its_seats_are_the_hubs),
		cmocka_unit_test(a_copied_card_gives_out_no_seats),
		cmocka_unit_test(a_stranger_in_its_name_is_nobody),
		cmocka_unit_test(only_a_hub_keeps_the_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
