/* Searching: what people type finds what they mean, the index follows the catalogue, no text does
 * harm, and the work of a key has a bound. */
#include "store/search.h"

#include "fake/fake.h"
#include "formats/format.h"
#include "formats/sample.h"
#include "model/catalogue.h"
#include "model/fields.h"
#include "store/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Of one key, at any size of the catalogue: see the limits in search.c. */
#define MOST_STATEMENTS 220
#define MOST_ROWS 2400

struct bench {
	struct env *env;
	struct store *store;
	struct arena arena;
	struct record_list records;
};

static void check(bool ok, const struct error *err)
{
	if (!ok)
		fail_msg("%s", err->message);
}

static void open_store(struct bench *b)
{
	struct error err = {0};
	b->store = store_open(b->env, "var/data", &err);
	check(b->store != NULL, &err);
}

static void apply(struct bench *b)
{
	struct error err = {0};
	check(store_apply(b->store, b->records.items, b->records.count, 0, NULL, &err), &err);
}

static void start(struct bench *b, struct str file)
{
	struct error err = {0};
	const struct format *format = format_by_name(STR("buurtlijst"));
	b->env = fake_create(3);
	fake_sqlite_install(b->env);
	open_store(b);
	check(format->read(&b->arena, file, &b->records, &err), &err);
	apply(b);
}

static struct bench start_catalogue(void)
{
	struct bench b = {0};
	struct error err = {0};
	struct str bytes;
	check(env_read_file(env_os(), &b.arena, "assets/catalogue/buurtlijst.json", (size_t)4 << 20,
		      &bytes, &err),
		&err);
	start(&b, bytes);
	return b;
}

static void stop(struct bench *b)
{
	store_close(b->store);
	fake_sqlite_remove();
	fake_destroy(b->env);
	arena_finish(&b->arena);
}

struct found {
	struct str names[SEARCH_HITS];
	bool near[SEARCH_HITS];
	size_t count;
	bool more;
};

static struct str name_of(const struct bench *b, struct uuid id)
{
	for (size_t i = 0; i < b->records.count; i++)
		if (uuid_equal(b->records.items[i].id, id))
			return record_get(&b->records.items[i], INITIATIVE_NAME);
	return STR("");
}

static struct found search(struct bench *b, struct str query)
{
	struct found found = {0};
	struct search_hit *hits;
	struct error err = {0};
	check(store_search(b->store, &b->arena, query, &hits, &found.count, &found.more, &err),
		&err);
	for (size_t i = 0; i < found.count; i++) {
		found.names[i] = name_of(b, hits[i].initiative);
		found.near[i] = hits[i].near;
	}
	return found;
}

static void assert_first(struct bench *b, const char *query, const char *name)
{
	struct found found = search(b, str_from(query));
	struct str quoted = str_format(&b->arena, "\"%s\"", name);
	struct str first = found.count ? found.names[0] : STR("nothing");
	if (!str_equal(first, quoted))
		fail_msg("%s: %.*s", query, STR_ARG(first));
}

static void what_people_type_finds_what_they_mean(void **state)
{
	(void)state;
	struct bench b = start_catalogue();
	static const char *const queries[] = {
		"bloei", "vrouwen groep", "jogga", "taal oefnen", "hulp met formulieren"};
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		struct found found = search(&b, str_from(queries[i]));
		for (size_t k = 0; k < found.count; k++)
			print_message("%s: %.*s%s\n", queries[i], STR_ARG(found.names[k]),
				found.near[k] ? " (near)" : "");
	}
	assert_first(&b, "bloei", "Buurt in Bloei");
	assert_first(&b, "vrouwen groep", "Vrouwengroep");
	assert_first(&b, "jogga", "Even op adem");
	assert_first(&b, "taal oefnen", "Vrouwengroep");
	assert_first(&b, "hulp met formulieren", "Wmo en welzijn aan \u00e9\u00e9n tafel");
	stop(&b);
}

static void assert_finds(struct bench *b, const char *query, bool finds)
{
	struct found found = search(b, str_from(query));
	bool any = found.count > 0 && !found.near[0];
	if (any != finds)
		fail_msg("%s: %zu found", query, found.count);
}

static void accents_errors_and_parts_are_forgiven(void **state)
{
	(void)state;
	struct bench b = start_catalogue();
	assert_first(&b, "\u00c9\u00c9N TAFEL", "Wmo en welzijn aan \u00e9\u00e9n tafel");
	assert_first(&b, "een tafel", "Wmo en welzijn aan \u00e9\u00e9n tafel");
	assert_first(&b, "BLOE\u0130", "Buurt in Bloei");
	assert_first(&b, "bloe\u0131", "Buurt in Bloei");
	assert_finds(&b, "b", true);
	assert_first(&b, "vrowengroep", "Vrouwengroep");
	assert_first(&b, "vrouwengorep", "Vrouwengroep");
	assert_first(&b, "vrauwengroup", "Vrouwengroep");
	assert_first(&b, "groep", "Vrouwengroep");
	assert_first(&b, "bleoi", "Buurt in Bloei");
	assert_first(&b, "blooei", "Buurt in Bloei");
	assert_first(&b, "jongern", "Jongerencoaching");
	assert_first(&b, "yongeren", "Jongerencoaching");
	assert_first(&b, "ik wil graag wandelen", "Even op adem");
	assert_first(&b, "  wandelen!!", "Even op adem");
	assert_first(&b, "groente", "Buurt in Bloei"); /* an offer */
	assert_first(&b, "timmeren", "Buurt in Bloei"); /* asked for */
	assert_first(&b, "iepenlaan", "Buurt in Bloei"); /* the place */
	assert_first(&b, "Fatma", "Vrouwengroep"); /* the host */
	assert_first(&b, "samen", "Zuid-doet Samen");
	assert_finds(&b, "xqzvw", false);
	stop(&b);
}

static void no_text_does_harm(void **state)
{
	(void)state;
	struct bench b = start_catalogue();
	static const char *const queries[] = {"", " ", "'", "\"", "\"\"\"", "*", "a*", "name:bloei",
		"{name} : bloei", "NEAR(a b)", "a AND", "AND OR NOT", "(", ")", "^bloei", "a + b",
		"-- ;", "'; DROP TABLE op; --", "%", "_", "\\", "\u202e", "\u0301", "\U0001f600",
		"\U0001f468\u200d\U0001f469", "\u200b", "\ufeff", "\uffff", "\U0010ffff", "\u05d0",
		"\u4e2d\u6587", "\xff", "\xc3", "\xed\xa0\x80", "bloei\xf0"};
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
		search(&b, str_from(queries[i]));
	search(&b, (struct str){"blo\0ei", 6});
	struct str_builder long_query = {.arena = &b.arena};
	for (int i = 0; i < 10240; i++)
		str_builder_add_char(&long_query, (char)('a' + i % 7));
	search(&b, str_builder_text(&long_query));
	for (int i = 0; i < 3000; i++)
		str_builder_add(&long_query, STR(" \u00e9x"));
	search(&b, str_builder_text(&long_query));
	assert_first(&b, "bloei", "Buurt in Bloei");
	stop(&b);
}

/* --- the index follows the catalogue ---------------------------------------------------------- */

static void set_text(
	struct bench *b, enum entity_type type, struct uuid id, uint16_t number, const char *json)
{
	struct error err = {0};
	struct field_value field = {number, str_from(json)};
	struct record record = {.type = type, .id = id, .fields = &field, .field_count = 1};
	check(store_apply(b->store, &record, 1, APPLY_NAMED_FIELDS, NULL, &err), &err);
}

static struct uuid first_of(struct bench *b, enum entity_type type, uint16_t name, const char *json)
{
	for (size_t i = 0; i < b->records.count; i++)
		if (b->records.items[i].type == type &&
			str_equal_z(record_get(&b->records.items[i], name), json))
			return b->records.items[i].id;
	fail_msg("%s is not in the catalogue", json);
	return (struct uuid){{0}};
}

static void assert_index_is_as_made_afresh(struct bench *b, const char *query)
{
	struct hash hash;
	struct error err = {0};
	struct found before = search(b, str_from(query));
	check(store_rebuild(b->store, &hash, &err), &err);
	struct found after = search(b, str_from(query));
	assert_int_equal(before.count, after.count);
	for (size_t i = 0; i < before.count; i++)
		assert_true(before.near[i] == after.near[i]);
}

static void the_index_follows_the_catalogue(void **state)
{
	(void)state;
	struct bench b = start_catalogue();
	struct uuid group = first_of(&b, ENTITY_INITIATIVE, INITIATIVE_NAME, "\"Vrouwengroep\"");
	struct uuid host = first_of(&b, ENTITY_CONTACT, CONTACT_NAME, "\"Fatma\"");
	struct uuid garden =
		first_of(&b, ENTITY_PLACE, PLACE_NAME, "\"Buurttuin aan de Iepenlaan\"");
	assert_finds(&b, "zeemeermin", false);
	set_text(&b, ENTITY_INITIATIVE, group, INITIATIVE_TAGLINE, "\"Zeemeermin\"");
	assert_first(&b, "zeemeermin", "Vrouwengroep");
	set_text(&b, ENTITY_CONTACT, host, CONTACT_NAME, "\"Hadewych\"");
	assert_first(&b, "hadewych", "Vrouwengroep");
	assert_finds(&b, "fatma", true); /* her name is in the steps too */
	set_text(&b, ENTITY_PLACE, garden, PLACE_NAME, "\"Kwekerij\"");
	assert_first(&b, "kwekerij", "Buurt in Bloei");
	set_text(&b, ENTITY_INITIATIVE, group, INITIATIVE_STATUS, "\"ended\"");
	assert_finds(&b, "zeemeermin", false);
	set_text(&b, ENTITY_INITIATIVE, group, INITIATIVE_STATUS, "\"active\"");
	assert_first(&b, "zeemeermin", "Vrouwengroep");
	set_text(&b, ENTITY_INITIATIVE, group, FIELD_DELETED, "true");
	assert_finds(&b, "zeemeermin", false);
	assert_index_is_as_made_afresh(&b, "zeemeermin");
	assert_index_is_as_made_afresh(&b, "groen");
	store_close(b.store);
	open_store(&b);
	assert_first(&b, "kwekerij", "Buurt in Bloei");
	stop(&b);
}

static void forget_index(struct bench *b)
{
	struct error err = {0};
	check(sql_script(b->store->db,
		      "DELETE FROM local WHERE name = 'search';"
		      "DELETE FROM search_text; DELETE FROM search_document",
		      &err),
		&err);
}

static void an_index_of_another_program_is_made_again(void **state)
{
	(void)state;
	struct bench b = start_catalogue();
	struct hash before, after;
	assert_true(store_state_hash(b.store, &before, NULL));
	forget_index(&b);
	assert_finds(&b, "bloei", false);
	store_close(b.store);
	open_store(&b);
	assert_first(&b, "bloei", "Buurt in Bloei");
	assert_true(store_state_hash(b.store, &after, NULL));
	assert_memory_equal(before.bytes, after.bytes, HASH_BYTES);
	stop(&b);
}

/* --- the price of a key ----------------------------------------------------------------------- */

struct price {
	uint64_t statements, rows, pages;
};

static struct price price_of(struct bench *b, struct str query)
{
	uint64_t statements = sql_statements_run(), rows = sql_rows_read(),
		 pages = sql_pages_read(b->store->db);
	search(b, query);
	return (struct price){sql_statements_run() - statements, sql_rows_read() - rows,
		sql_pages_read(b->store->db) - pages};
}

/* Fields that search does not read would only make the import slower. */
static bool is_read(const struct field_value *field)
{
	switch (field->number) {
	case INITIATIVE_STATUS:
	case INITIATIVE_NAME:
	case INITIATIVE_TAGLINE:
	case INITIATIVE_THEMES:
	case INITIATIVE_SUMMARY:
	case INITIATIVE_HOST_CONTACT_ID:
	case INITIATIVE_PLACE_ID:
		return true;
	default:
		return false;
	}
}

static void keep_what_is_read(struct bench *b)
{
	size_t kept = 0;
	for (size_t i = 0; i < b->records.count; i++) {
		struct record record = b->records.items[i];
		size_t fields = 0;
		if (record.type == ENTITY_SCHEDULE)
			continue;
		for (size_t k = 0; k < record.field_count; k++)
			if (record.type != ENTITY_INITIATIVE || is_read(&record.fields[k]))
				record.fields[fields++] = record.fields[k];
		record.field_count = fields;
		b->records.items[kept++] = record;
	}
	b->records.count = kept;
}

static void a_key_has_a_bounded_price(void **state)
{
	(void)state;
	struct bench b = {.env = fake_create(3)};
	struct error err = {0};
	struct price most = {0};
	fake_sqlite_install(b.env);
	open_store(&b);
	struct str file = sample_text(&b.arena, b.env, (struct date){2026, 12, 1}, 10000);
	check(format_by_name(STR("buurtlijst"))->read(&b.arena, file, &b.records, &err), &err);
	keep_what_is_read(&b);
	apply(&b);
	static const char *const queries[] = {"bloei", "vrouwen groep", "jogga", "taal oefnen",
		"hulp met formulieren", "samen met de buurt koffie drinken in de ochtend",
		"wandlen kofie moeder kindren fietsn taalls", "s", "xqzvw"};
	for (size_t i = 0; i < sizeof(queries) / sizeof(queries[0]); i++)
		for (size_t typed = 1; typed <= strlen(queries[i]); typed++) {
			struct price price = price_of(&b, (struct str){queries[i], typed});
			most.statements = price.statements > most.statements ? price.statements
									     : most.statements;
			most.rows = price.rows > most.rows ? price.rows : most.rows;
			most.pages = price.pages > most.pages ? price.pages : most.pages;
		}
	print_message("most of a key: %llu statements, %llu rows, %llu pages\n",
		(unsigned long long)most.statements, (unsigned long long)most.rows,
		(unsigned long long)most.pages);
	assert_in_range(most.statements, 5, MOST_STATEMENTS);
	assert_in_range(most.rows, 10, MOST_ROWS);
	stop(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_people_type_finds_what_they_mean),
		cmocka_unit_test(accents_errors_and_parts_are_forgiven),
		cmocka_unit_test(no_text_does_harm),
		cmocka_unit_test(the_index_follows_the_catalogue),
		cmocka_unit_test(an_index_of_another_program_is_made_again),
		cmocka_unit_test(a_key_has_a_bounded_price),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
