/* The trick: a database of two pages is a schema of one table and the root of it. The first page is
 * made by SQLite from the table's own words; the second is the page in question, which is then the
 * root of the table. The other pages stay where they were, for what lies below it and for rows that
 * run over into them. SQLite thus reads the rows, and checks what it reads; nothing here knows
 * their form.
 *
 * The kind of a page is its first byte (sqlite.org/fileformat2.html 1.6). */
#include "store/leaves.h"

#include <string.h>

#define PAGE_BYTES ((size_t)4096)
#define HEADER_WRITERS 18 /* two bytes: no WAL */
#define HEADER_VALID_FOR 92
#define LEAF 0x0d
/* Of a table without rowid, whose inner pages hold rows as well. */
#define LEAF_OF_INDEX 0x0a
#define INNER_OF_INDEX 0x02

/* A database of that table alone: two pages. */
static struct str empty_database(struct arena *arena, const char *create)
{
	struct sql *db = sql_open_damaged(":memory:", NULL);
	struct str image = {0};
	if (db && sql_script(db, create, NULL))
		image = sql_image(db, arena);
	sql_close(db);
	return image;
}

static bool could_be(const char *page, const struct leaf_table *table)
{
	uint8_t kind = (uint8_t)page[0];
	bool fits = table->without_rowid ? kind == LEAF_OF_INDEX || kind == INNER_OF_INDEX
					 : kind == LEAF;
	return fits && (table->mark.len == 0 ||
			       memmem(page, PAGE_BYTES, table->mark.ptr, table->mark.len) != NULL);
}

static bool read_rows(struct str image, const struct leaf_table *table, leaf_keep *keep,
	void *context, struct error *err)
{
	struct sql *db = sql_open_image(image.ptr, image.len, NULL);
	bool ok = true;
	if (!db)
		return true;
	struct sql_query *q = sql_query(db, table->select);
	while (ok && sql_next(q, NULL))
		ok = keep(context, q, err);
	sql_done(&q);
	sql_close(db);
	return ok;
}

bool leaves_read(struct str image, const struct leaf_table *table, leaf_keep *keep, void *context,
	struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct str empty = empty_database(&arena, table->create);
	size_t pages = image.len / PAGE_BYTES;
	if (empty.len != 2 * PAGE_BYTES || pages < 2)
		return true;
	char *bytes = arena_alloc(&arena, pages * PAGE_BYTES);
	memcpy(bytes, image.ptr, pages * PAGE_BYTES);
	memcpy(bytes, empty.ptr, PAGE_BYTES);
	bytes[HEADER_WRITERS] = bytes[HEADER_WRITERS + 1] = 1;
	bytes[HEADER_VALID_FOR] ^= 1; /* the number of pages in the head is not this image's */
	for (size_t page = 1; page < pages; page++) {
		const char *leaf = image.ptr + page * PAGE_BYTES;
		if (!could_be(leaf, table))
			continue;
		memcpy(bytes + PAGE_BYTES, leaf, PAGE_BYTES);
		if (!read_rows((struct str){bytes, pages * PAGE_BYTES}, table, keep, context, err))
			return false;
	}
	return true;
}
