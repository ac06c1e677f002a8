/* Rows to which no way leads any more. A b-tree whose inner page is ill still has its leaves, and a
 * leaf names every row it holds; so each page that could be a leaf of a table is shown to SQLite as
 * if it were the whole of that table. What costs rows is a page that holds them itself. */
#pragma once
#include "base/error.h"
#include "base/str.h"
#include "sql/sql.h"

struct leaf_table {
	const char *create; /* the table alone, its columns as in the schema */
	const char *select; /* asks for the rows of it that can be ours */
	bool without_rowid;
	struct str mark; /* bytes that stand in every leaf; empty: any page will do */
};

/* Returns false when the row cannot be kept, which ends the reading. */
typedef bool leaf_keep(void *context, struct sql_query *row, struct error *err);

/* image: the pages of a damaged database (see sql_image()). Rows may come twice, and rows that were
 * erased do not come: SQLite overwrites them (secure_delete). False when `keep` said so. */
bool leaves_read(struct str image, const struct leaf_table *table, leaf_keep *keep, void *context,
	struct error *err);
