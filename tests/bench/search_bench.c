/* search_bench [COUNT...]: what one key of a search costs over so many made-up initiatives, 10,000
 * and 100,000 when nothing is said: statements, rows and pages as counters, which have a bound in
 * tests/store/search_test.c, and the time beside them, which has none here. A catalogue is imported
 * in parts, for a file of more than 64 MiB is refused. */
#include "formats/format.h"
#include "formats/sample.h"
#include "sql/sql.h"
#include "store/inside.h"
#include "store/search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PART 25000
#define MOST_KEYS 512

struct bench {
	struct env *luck;
	struct store *store;
	const char *directory;
	double import_s;
};

struct key {
	uint64_t statements, rows, pages;
	double ms;
};

static void check(bool ok, const struct error *err)
{
	if (ok)
		return;
	fprintf(stderr, "search_bench: %s\n", err->message);
	exit(1);
}

static double now_s(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void import(struct bench *b, size_t initiatives)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct record_list records;
	struct str file = sample_text(&arena, b->luck, (struct date){2026, 12, 1}, initiatives);
	check(format_by_name(STR("buurtlijst"))->read(&arena, file, &records, &err), &err);
	double begun_s = now_s();
	check(store_apply(b->store, records.items, records.count, 0, NULL, &err), &err);
	b->import_s += now_s() - begun_s;
}

static struct key press(struct bench *b, struct str query)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 16384};
	struct error err = {0};
	struct search_hit *hits;
	size_t count;
	bool more;
	uint64_t statements = sql_statements_run(), rows = sql_rows_read(),
		 pages = sql_pages_read(b->store->db);
	double begun_s = now_s();
	check(store_search(b->store, &arena, query, &hits, &count, &more, &err), &err);
	return (struct key){sql_statements_run() - statements, sql_rows_read() - rows,
		sql_pages_read(b->store->db) - pages, (now_s() - begun_s) * 1000};
}

static int by_time(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	return (x->ms > y->ms) - (x->ms < y->ms);
}

/* Every query letter by letter, as it is typed. */
static size_t type_all(struct bench *b, struct key keys[MOST_KEYS])
{
	static const char *const queries[] = {"bloei", "vrouwen groep", "jogga", "taal oefnen",
		"hulp met formulieren", "samen met de buurt koffie drinken in de ochtend",
		"wandlen kofie moeder kindren fietsn taalls", "s", "xqzvw"};
	size_t count = 0;
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
		for (size_t typed = 1; typed <= strlen(queries[i]) && count < MOST_KEYS; typed++)
			keys[count++] = press(b, (struct str){queries[i], typed});
	return count;
}

static double file_mb(const struct bench *b)
{
	char path[4096];
	struct stat about;
	snprintf(path, sizeof(path), "%s/" STORE_FILE, b->directory);
	return stat(path, &about) == 0 ? (double)about.st_size / 1e6 : 0;
}

static double peak_mb(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (double)usage.ru_maxrss / 1e3;
}

static void tell(const struct bench *b, size_t initiatives, struct key *keys, size_t count)
{
	struct key most = {0};
	for (size_t i = 0; i < count; i++) {
		most.statements =
			keys[i].statements > most.statements ? keys[i].statements : most.statements;
		most.rows = keys[i].rows > most.rows ? keys[i].rows : most.rows;
		most.pages = keys[i].pages > most.pages ? keys[i].pages : most.pages;
	}
	qsort(keys, count, sizeof(*keys), by_time);
	printf("%11zu %10llu %6llu %7llu %9.2f %9.2f %9.2f %9.1f %8.1f %8.1f\n", initiatives,
		(unsigned long long)most.statements, (unsigned long long)most.rows,
		(unsigned long long)most.pages, keys[count / 2].ms, keys[count * 95 / 100].ms,
		keys[count - 1].ms, b->import_s, file_mb(b), peak_mb());
	fflush(stdout);
}

static void measure(size_t initiatives)
{
	static struct key keys[MOST_KEYS];
	char directory[] = "/tmp/search-bench-XXXXXX", command[64];
	struct error err = {0};
	if (!mkdtemp(directory))
		exit(1);
	struct bench b = {.luck = env_simulated_create(env_os(), 1796119200000, false, 3),
		.directory = directory};
	b.store = store_open(env_os(), directory, &err);
	check(b.store, &err);
	for (size_t left = initiatives; left > 0; left -= left < PART ? left : PART)
		import(&b, left < PART ? left : PART);
	check(sql_checkpoint(b.store->db, &err), &err);
	tell(&b, initiatives, keys, type_all(&b, keys));
	store_close(b.store);
	snprintf(command, sizeof(command), "rm -r %s", directory);
	if (system(command) != 0)
		exit(1);
}

int main(int argc, char **argv)
{
	printf("%11s %10s %6s %7s %9s %9s %9s %9s %8s %8s\n", "initiatives", "statements", "rows",
		"pages", "median ms", "95 % ms", "most ms", "import s", "file MB", "peak MB");
	for (int i = 1; i < argc; i++)
		measure((size_t)strtoull(argv[i], NULL, 10));
	if (argc == 1) {
		measure(10000);
		measure(100000);
	}
	return 0;
}
