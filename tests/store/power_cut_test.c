/* A scripted day on a disk that records, and then a power cut after every single change of it, in
 * every way in which a cut can treat what had not been synced. After each cut the store opens, is
 * whole, and knows every sign-up whose visitor had read "Gelukt" and whatever else was said to be
 * done: questions, wishes, the door, what was collected, back-ups. The last mode is a disk that
 * lies about syncing: there the same checks must find losses, or they see nothing.
 *
 * The short form takes every fourth event, each mode other ones; LONG=1 takes every event, and what
 * chance decides four times. */
#include "power_day.h"

#include "store/repair.h"

struct verdict {
	size_t points, lost, corrupt;
};

static bool was_repaired(struct store *store)
{
	struct store_repair repair;
	bool unread;
	return !store_last_repair(store, &repair, &unread, NULL) || unread;
}

static bool is_whole(struct store *store)
{
	struct hash kept, counted;
	if (was_repaired(store)) /* it was damaged when it opened */
		return false;
	if (!sql_script(store->db,
		    "INSERT INTO search_text (search_text) VALUES ('integrity-check');"
		    "INSERT INTO search_part (search_part) VALUES ('integrity-check')",
		    NULL))
		return false;
	CLEANUP(sql_done) struct sql_query *q = sql_query(store->db, "PRAGMA integrity_check");
	return sql_next(q, NULL) && str_equal_z(sql_peek(q, 0), "ok") &&
	       store_state_hash(store, &kept, NULL) && store_count_hash(store, &counted, NULL) &&
	       memcmp(kept.bytes, counted.bytes, HASH_BYTES) == 0;
}

/* Whether the store still does what it said about one sign-up, when `cut` events had happened. */
static bool kept_word(struct store *store, const struct told *told, size_t cut)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	struct registration found = {.outcome = OUTCOME_ASKED};
	struct error err = {0};
	struct str box = {0};
	bool known = store_find_code(store, str_from(told->code), &found, &err);
	if (!known && err.code != ERROR_NOT_FOUND)
		return false;
	if (!store_sealed(store, &arena, told->id, &box, &err))
		return false;
	if (cut >= told->ended)
		return box.len == 0 && known != told->forgotten;
	if (cut >= told->promised && cut <= told->ending)
		return known && box.len > 0 &&
		       (found.outcome == OUTCOME_CONFIRMED || found.outcome == OUTCOME_WAITING);
	return cut >= told->promised || known == (box.len > 0); /* between: all of it or nothing */
}

static bool follows(const struct word *next, const struct word *word)
{
	return next->thing == word->thing && !strcmp(next->name, word->name);
}

/* Whether a thing has the value that was said last of it, or one that was being made. */
static bool stands_by(
	struct store *store, const struct day *day, const struct word *word, size_t cut)
{
	const struct word *end = day->words + day->word_count;
	int64_t value = read_thing(store, word->thing, str_from(word->name));
	bool stands = value == word->value;
	for (const struct word *next = word + 1; next < end; next++) {
		if (!follows(next, word))
			continue;
		if (cut >= next->promised)
			return true; /* that one is looked at by itself */
		if (cut >= next->begun)
			stands = stands || value == next->value || value == next->meanwhile;
	}
	return stands || cut < word->promised;
}

static bool kept_words(struct store *store, const struct day *day, size_t cut)
{
	bool kept = true;
	for (size_t i = 0; i < day->count; i++)
		kept = kept && kept_word(store, &day->told[i], cut);
	for (size_t i = 0; i < day->word_count; i++)
		kept = kept && stands_by(store, day, &day->words[i], cut);
	return kept;
}

/* Between two words of the store the next visitor signs up as ever. */
static bool goes_on(struct store *store)
{
	struct registration_request request = sample_request(0);
	struct registration_result result;
	struct registration found;
	struct error err = {0};
	if (!store_register(store, &request, &result, &err))
		return err.code == ERROR_NOT_FOUND; /* the catalogue had not been imported yet */
	return store_find_code(store, str_from(result.code), &found, &err);
}

static void cut_power(const struct day *day, size_t cut, enum power_cut how, uint64_t seed,
	struct verdict *verdict)
{
	struct env *env = fake_create(seed + 100);
	struct error err = {0};
	recording_replay(day->recording, cut, how, seed, env);
	fake_sqlite_install(env);
	struct store *store = store_open(env, DATA, &err);
	bool whole = store && is_whole(store);
	bool kept = !store || kept_words(store, day, cut);
	verdict->points++;
	verdict->lost += !kept;
	verdict->corrupt += !whole || !goes_on(store);
	if (how != CUT_LIES && (!kept || !whole))
		print_message("cut %zu, mode %d, seed %llu: %s%s %s\n", cut, how,
			(unsigned long long)seed, kept ? "" : "lost ", whole ? "" : "corrupt",
			err.message);
	store_close(store);
	fake_sqlite_remove();
	fake_destroy(env);
}

static const struct {
	const char *name;
	uint64_t seeds, seeds_long; /* 1: nothing is left to chance */
	size_t step; /* of the short form, in events */
} modes[CUT_COUNT] = {
	[CUT_DROPPED] = {"dropped", 1, 1, 4},
	[CUT_REORDERED] = {"reordered", 1, 4, 4},
	[CUT_TORN] = {"torn", 1, 4, 4},
	[CUT_LIES] = {"a disk that lies", 1, 1, 16},
};

static struct verdict cut_everywhere(const struct day *day, enum power_cut how)
{
	struct verdict verdict = {.points = 0};
	bool is_long = getenv("LONG") != NULL;
	uint64_t seeds = is_long ? modes[how].seeds_long : modes[how].seeds;
	size_t step = is_long ? 1 : modes[how].step;
	for (size_t cut = (size_t)how % step; cut <= recording_count(day->recording); cut += step)
		for (uint64_t seed = 0; seed < seeds; seed++)
			cut_power(day, cut, how, seed, &verdict);
	return verdict;
}

static void no_cut_takes_a_promise_back(void **state)
{
	(void)state;
	struct day day = live();
	struct verdict verdicts[CUT_COUNT];
	print_message("%-18s %12s %6s %8s\n", "mode", "crash points", "lost", "corrupt");
	for (int how = 0; how < CUT_COUNT; how++) {
		struct verdict *v = &verdicts[how];
		*v = cut_everywhere(&day, (enum power_cut)how);
		print_message(
			"%-18s %12zu %6zu %8zu\n", modes[how].name, v->points, v->lost, v->corrupt);
	}
	for (int how = 0; how < CUT_LIES; how++) {
		assert_int_equal(verdicts[how].lost, 0);
		assert_int_equal(verdicts[how].corrupt, 0);
	}
	assert_true(verdicts[CUT_LIES].lost > 0);
	assert_true(verdicts[CUT_LIES].corrupt > 0);
	fake_destroy(day.env);
	recording_destroy(day.recording);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_cut_takes_a_promise_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
