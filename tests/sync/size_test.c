/* What an op costs on the way, with the Dutch of the sample catalogue: imported into a kiosk, its
 * log taken in frames of 256 ops, up as ops and down as deltas. design.md sets the bar. */
#include "fake/fake.h"
#include "formats/buurtlijst.h"
#include "store/sequencer.h"
#include "store/store.h"
#include "sync/frame_delta.h"
#include "sync/frame_ops.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "keys.h"

#define CATALOGUE "assets/catalogue/buurtlijst.json"
#define BYTES_PER_OP_BAR 45

static struct arena arena;
static struct op *ops;
static size_t count;

static void import(struct store *store, struct error *err)
{
	struct str bytes;
	struct record_list records;
	if (!env_read_file(env_os(), &arena, CATALOGUE, 1 << 20, &bytes, err) ||
		!buurtlijst_read(&arena, bytes, &records, err) ||
		!store_apply(store, records.items, records.count, 0, NULL, err) ||
		!store_log_ops(store, &arena, 0, 100000, &ops, &count, err))
		fail_msg("%s", err->message);
}

static int take_log(void **state)
{
	(void)state;
	struct error err = {0};
	struct env *env = fake_create(3);
	fake_sqlite_install(env);
	struct store *store = store_open(env, "var/data", &err);
	if (!store)
		fail_msg("%s", err.message);
	import(store, &err);
	store_close(store);
	fake_sqlite_remove();
	fake_destroy(env);
	return 0;
}

static int forget(void **state)
{
	(void)state;
	arena_finish(&arena);
	return 0;
}

struct sizes {
	size_t frames, ops, values, raw, packed, framed;
};

static void add_frame(struct sizes *sizes, enum frame_kind kind, const struct op *first,
	size_t many, struct str body)
{
	struct sign_pair pair = key_of(first->device);
	struct frame_author author = {.secret = &pair.secret};
	struct frame frame;
	assert_true(frame_write(&arena, &author, kind, body, &frame, NULL));
	for (size_t i = 0; i < many; i++)
		sizes->values += first[i].value.len;
	sizes->frames++;
	sizes->ops += many;
	sizes->raw += body.len;
	sizes->packed += frame.body.len;
	sizes->framed += frame.bytes.len;
}

static void report(const char *what, const struct sizes *s)
{
	double n = (double)s->ops;
	printf("%s: %zu ops in %zu frames; bytes an op: values %.1f, raw %.1f, packed %.1f, "
	       "framed %.1f\n",
		what, s->ops, s->frames, (double)s->values / n, (double)s->raw / n,
		(double)s->packed / n, (double)s->framed / n);
	assert_true(s->ops == count);
	assert_true(s->framed <= s->ops * BYTES_PER_OP_BAR);
}

static void ops_are_small(void **state)
{
	(void)state;
	struct sizes sizes = {0};
	for (size_t at = 0; at < count;) {
		struct frame_ops frame = {.first_seq = ops[at].seq, .ops = ops + at};
		struct str body;
		frame.count = frame_ops_fit(ops + at, count - at);
		memcpy(frame.epoch, ops[at].epoch, sizeof(frame.epoch));
		memset(&frame.previous_frame, 0xa5, sizeof(frame.previous_frame));
		assert_true(frame_ops_write(&arena, &frame, &body, NULL));
		add_frame(&sizes, FRAME_OPS, ops + at, frame.count, body);
		at += frame.count;
	}
	report("ops", &sizes);
}

static void deltas_are_small(void **state)
{
	(void)state;
	struct sizes sizes = {0};
	for (size_t at = 0; at < count;) {
		struct frame_delta frame = {.first = ops[at].hub_seq, .ops = ops + at};
		struct str body;
		frame.count = frame_delta_fit(ops + at, count - at);
		memset(&frame.chain_before, 0xa5, sizeof(frame.chain_before));
		assert_true(frame_delta_write(&arena, &frame, &body, NULL));
		add_frame(&sizes, FRAME_DELTA, ops + at, frame.count, body);
		at += frame.count;
	}
	report("deltas", &sizes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ops_are_small),
		cmocka_unit_test(deltas_are_small),
	};
	return cmocka_run_group_tests(tests, take_log, forget);
}
