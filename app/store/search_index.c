/* The search index and what keeps it true. Folding marks initiatives: the one whose field changed,
 * or those that name the contact, place or organization that did. At the commit each marked one is
 * read from the folds and its document made again, so the index costs nothing to a sign-up, and an
 * import pays once per initiative however many of its fields it sets. */
#include "store/search_index.h"

#include "base/json.h"
#include "model/fields.h"
#include "model/fold_text.h"

#include <stdlib.h>
#include <string.h>

#define INDEX_VERSION STR("1") /* another one when folding or documents change */
#define TEXT_WORDS 4096 /* of one column */
#define SLIP_LETTERS 12 /* the rest of a long word does not slip */
#define SLIP_LEAST 4 /* shorter words have too many neighbours */

struct search_stale {
	struct arena arena;
	struct uuid *initiatives; /* with repetitions */
	size_t count, room;
};

/* --- marking ---------------------------------------------------------------------------------- */

static void mark(struct store_tx *tx, struct uuid initiative)
{
	if (!tx->stale) {
		tx->stale = calloc(1, sizeof(*tx->stale));
		if (!tx->stale)
			abort();
	}
	struct search_stale *stale = tx->stale;
	if (stale->count > 0 && uuid_equal(stale->initiatives[stale->count - 1], initiative))
		return;
	if (stale->count == stale->room) {
		stale->room = stale->room ? stale->room * 2 : 64;
		struct uuid *more = arena_new_array(&stale->arena, struct uuid, stale->room);
		if (stale->count)
			memcpy(more, stale->initiatives, stale->count * sizeof(*more));
		stale->initiatives = more;
	}
	stale->initiatives[stale->count++] = initiative;
}

void search_forget(struct store_tx *tx)
{
	if (!tx->stale)
		return;
	arena_finish(&tx->stale->arena);
	free(tx->stale);
	tx->stale = NULL;
}

static bool mark_rows(struct store_tx *tx, struct sql_query *q, struct error *err)
{
	while (sql_next(q, err)) {
		struct uuid id = {{0}};
		if (sql_blob(q, 0, id.bytes, sizeof(id.bytes)))
			mark(tx, id);
	}
	return !sql_failed(q);
}

static bool mark_users(struct store_tx *tx, const struct uuid *entity, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"SELECT d.initiative FROM search_source AS s"
		" JOIN search_document AS d ON d.id = s.document WHERE s.entity = :entity");
	sql_bind_blob(q, ":entity", entity->bytes, sizeof(entity->bytes));
	return mark_rows(tx, q, err);
}

static bool mark_all(struct store_tx *tx, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(tx->store->db,
		"SELECT DISTINCT entity FROM field WHERE entity_type = :entity_type");
	sql_bind_int(q, ":entity_type", ENTITY_INITIATIVE);
	return mark_rows(tx, q, err);
}

bool search_mark(struct store_tx *tx, unsigned entity_type, const struct uuid *entity,
	unsigned field, struct error *err)
{
	switch (entity_type) {
	case ENTITY_INITIATIVE:
		mark(tx, *entity);
		return true;
	case ENTITY_ORGANIZATION:
	case ENTITY_PLACE:
	case ENTITY_CONTACT:
		return mark_users(tx, entity, err);
	case ENTITY_CATALOGUE:
		return field != CATALOGUE_TAXONOMIES || mark_all(tx, err);
	default:
		return true;
	}
}

/* --- one document ----------------------------------------------------------------------------- */

enum column { COLUMN_NAME, COLUMN_TAGLINE, COLUMN_ABOUT, COLUMN_BODY, COLUMN_COUNT };

struct indexing {
	struct sql *db;
	struct arena *once; /* of the whole update */
	struct arena *each; /* of one document */
	struct json taxonomies;
	uint64_t *known; /* hashes of words that the index has: open addressing */
	size_t known_size, known_count;
};

static const struct indexed_field {
	uint16_t number;
	enum column column;
	const char *taxonomy; /* the value is codes of it; NULL: texts */
} indexed_fields[] = {
	{INITIATIVE_NAME, COLUMN_NAME, NULL},
	{INITIATIVE_TAGLINE, COLUMN_TAGLINE, NULL},
	{INITIATIVE_THEMES, COLUMN_ABOUT, "theme"},
	{INITIATIVE_AUDIENCE_WHO, COLUMN_ABOUT, NULL},
	{INITIATIVE_ROOM, COLUMN_ABOUT, NULL},
	{INITIATIVE_ASKS, COLUMN_ABOUT, NULL},
	{INITIATIVE_OFFERS, COLUMN_ABOUT, NULL},
	{INITIATIVE_SUMMARY, COLUMN_BODY, NULL},
	{INITIATIVE_DESCRIPTION, COLUMN_BODY, NULL},
	{INITIATIVE_STEPS, COLUMN_BODY, NULL},
	{INITIATIVE_BRING, COLUMN_BODY, NULL},
};

static const struct named_field {
	uint16_t number; /* of the initiative: the id of an entity */
	enum entity_type type;
	uint16_t texts[3]; /* its fields that count; 0: no more */
} named_fields[] = {
	{INITIATIVE_ORGANIZATION_ID, ENTITY_ORGANIZATION, {ORGANIZATION_NAME}},
	{INITIATIVE_HOST_CONTACT_ID, ENTITY_CONTACT, {CONTACT_NAME, CONTACT_ROLE}},
	{INITIATIVE_WARM_CONTACT_ID, ENTITY_CONTACT, {CONTACT_NAME, CONTACT_ROLE}},
	{INITIATIVE_GREETED_BY, ENTITY_CONTACT, {CONTACT_NAME, CONTACT_ROLE}},
	{INITIATIVE_PLACE_ID, ENTITY_PLACE, {PLACE_NAME, PLACE_ADDRESS_1, PLACE_CITY}},
};
enum { NAMED_COUNT = sizeof(named_fields) / sizeof(named_fields[0]) };

struct document {
	struct uuid initiative;
	bool active;
	struct str_builder columns[COLUMN_COUNT];
	struct uuid sources[NAMED_COUNT];
	size_t source_count;
};

static void add_text(struct indexing *x, struct str_builder *column, struct str text)
{
	struct str folded = fold_text(x->each, text);
	if (column->len > 0 && folded.len > 0)
		str_builder_add_char(column, ' ');
	str_builder_add(column, folded);
}

/* Every text in the value, at any depth. */
static void add_texts(struct indexing *x, struct str_builder *column, const struct json *value)
{
	if (value->type == JSON_IS_STRING)
		add_text(x, column, value->string);
	bool holds = value->type == JSON_IS_ARRAY || value->type == JSON_IS_OBJECT;
	for (size_t i = 0; holds && i < value->count; i++)
		add_texts(x, column, &value->items[i]);
}

/* The labels of the codes in the value. */
static void add_labels(struct indexing *x, struct str_builder *column, const struct json *codes,
	const char *taxonomy)
{
	const struct json *terms = json_get(&x->taxonomies, str_from(taxonomy));
	bool lists = terms && terms->type == JSON_IS_ARRAY && codes->type == JSON_IS_ARRAY;
	for (size_t i = 0; lists && i < codes->count; i++)
		for (size_t k = 0; k < terms->count; k++) {
			const struct json *term = &terms->items[k];
			struct str code = json_string(json_get(term, STR("code")));
			if (code.len && str_equal(code, json_string(&codes->items[i])))
				add_text(x, column, json_string(json_get(term, STR("label"))));
		}
}

static void add_source(struct document *d, const struct json *value)
{
	struct uuid id;
	if (!uuid_parse(json_string(value), &id))
		return;
	for (size_t i = 0; i < d->source_count; i++)
		if (uuid_equal(d->sources[i], id))
			return;
	d->sources[d->source_count++] = id;
}

static void take_field(struct indexing *x, struct document *d, uint16_t number, struct str json)
{
	struct json value;
	if (!json_parse(x->each, json, &value, NULL))
		return;
	if (number == INITIATIVE_STATUS)
		d->active = str_equal_z(json_string(&value), "active");
	for (size_t i = 0; i < sizeof(indexed_fields) / sizeof(indexed_fields[0]); i++) {
		const struct indexed_field *field = &indexed_fields[i];
		if (field->number == number && field->taxonomy)
			add_labels(x, &d->columns[field->column], &value, field->taxonomy);
		else if (field->number == number)
			add_texts(x, &d->columns[field->column], &value);
	}
	for (size_t i = 0; i < NAMED_COUNT; i++)
		if (named_fields[i].number == number)
			add_source(d, &value);
}

static bool read_initiative(struct indexing *x, struct document *d, struct error *err)
{
	bool deleted = false;
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(x->db, "SELECT number, value FROM field WHERE entity_type = :entity_type"
				 " AND entity = :entity AND value IS NOT NULL");
	sql_bind_int(q, ":entity_type", ENTITY_INITIATIVE);
	sql_bind_blob(q, ":entity", d->initiative.bytes, sizeof(d->initiative.bytes));
	while (sql_next(q, err)) {
		uint16_t number = (uint16_t)sql_int(q, 0);
		struct str json = sql_peek(q, 1);
		deleted |= number == FIELD_DELETED && str_equal_z(json, "true");
		take_field(x, d, number, json);
	}
	d->active = d->active && !deleted;
	return !sql_failed(q);
}

static bool counts(uint16_t number, enum entity_type type)
{
	for (size_t i = 0; i < NAMED_COUNT; i++)
		for (size_t k = 0; named_fields[i].type == type && k < 3; k++)
			if (named_fields[i].texts[k] == number && number != 0)
				return true;
	return false;
}

/* What the contacts, places and organizations are called, by id whatever their type. */
static bool read_source(
	struct indexing *x, struct document *d, const struct uuid *entity, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(x->db,
		"SELECT entity_type, number, value FROM field"
		" WHERE entity_type IN (:organization, :place, :contact) AND entity = :entity"
		" AND value IS NOT NULL");
	sql_bind_int(q, ":organization", ENTITY_ORGANIZATION);
	sql_bind_int(q, ":place", ENTITY_PLACE);
	sql_bind_int(q, ":contact", ENTITY_CONTACT);
	sql_bind_blob(q, ":entity", entity->bytes, sizeof(entity->bytes));
	while (sql_next(q, err)) {
		struct json value;
		bool text = counts((uint16_t)sql_int(q, 1), (enum entity_type)sql_int(q, 0));
		if (text && json_parse(x->each, sql_peek(q, 2), &value, NULL))
			add_texts(x, &d->columns[COLUMN_ABOUT], &value);
	}
	return !sql_failed(q);
}

/* --- the words -------------------------------------------------------------------------------- */

static bool insert_slip(struct sql *db, struct str slip, int64_t word, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		db, "INSERT OR IGNORE INTO search_slip (slip, word) VALUES (:slip, :word)");
	sql_bind_text(q, ":slip", slip);
	sql_bind_int(q, ":word", word);
	return sql_run(q, err);
}

size_t search_slips(struct arena *arena, struct str form, struct str slips[SEARCH_SLIPS])
{
	size_t cuts[SLIP_LETTERS + 1], letters = 0, at = 0, count = 0;
	while (letters < SLIP_LETTERS && at < form.len) {
		cuts[letters++] = at;
		str_next_code_point(form, &at);
	}
	cuts[letters] = at;
	if (letters < SLIP_LEAST)
		return 0;
	slips[count++] = str_slice(form, 0, at);
	for (size_t i = 0; i < letters; i++) {
		struct str parts[] = {
			str_slice(form, 0, cuts[i]), str_slice(form, cuts[i + 1], at)};
		slips[count++] = str_join(arena, parts, 2, STR(""));
	}
	return count;
}

static bool insert_slips(struct indexing *x, struct str form, int64_t word, struct error *err)
{
	struct str slips[SEARCH_SLIPS];
	size_t count = search_slips(x->each, form, slips);
	for (size_t i = 0; i < count; i++)
		if (!insert_slip(x->db, slips[i], word, err))
			return false;
	return true;
}

/* *id: of the word when it is new, else 0. */
static bool insert_word(
	struct indexing *x, struct str word, struct str sound, int64_t *id, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(x->db, "INSERT INTO search_word (word, sound) VALUES (:word, :sound)"
				 " ON CONFLICT DO NOTHING RETURNING id");
	sql_bind_text(q, ":word", word);
	sql_bind_text(q, ":sound", sound);
	*id = sql_next(q, err) ? sql_int(q, 0) : 0;
	while (!sql_failed(q) && sql_next(q, err))
		;
	return !sql_failed(q);
}

static bool insert_part(struct sql *db, struct str word, int64_t id, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "INSERT INTO search_part (rowid, word) VALUES (:id, :word)");
	sql_bind_int(q, ":id", id);
	sql_bind_text(q, ":word", word);
	return sql_run(q, err);
}

static void grow_known(struct indexing *x)
{
	uint64_t *old = x->known;
	size_t old_size = x->known_size;
	x->known_size = old_size ? old_size * 2 : 1024;
	x->known = arena_new_array(x->once, uint64_t, x->known_size);
	for (size_t i = 0; i < old_size; i++) {
		size_t slot = (size_t)old[i] & (x->known_size - 1);
		while (old[i] && x->known[slot])
			slot = (slot + 1) & (x->known_size - 1);
		if (old[i])
			x->known[slot] = old[i];
	}
}

/* Whether the word was met in this update. */
static bool meet(struct indexing *x, struct str word)
{
	if (x->known_count * 2 >= x->known_size)
		grow_known(x);
	uint64_t hash = str_hash(word) | 1;
	size_t slot = (size_t)hash & (x->known_size - 1);
	while (x->known[slot] && x->known[slot] != hash)
		slot = (slot + 1) & (x->known_size - 1);
	if (x->known[slot])
		return true;
	x->known[slot] = hash;
	x->known_count++;
	return false;
}

static bool learn_words(struct indexing *x, struct str folded, struct error *err)
{
	for (struct str_pair cut = {.tail = folded, .found = true}; cut.found;) {
		cut = str_cut(cut.tail, ' ');
		struct str word = cut.head;
		int64_t id;
		if (word.len == 0 || meet(x, word))
			continue;
		struct str sound = fold_sound(x->each, word);
		if (!insert_word(x, word, sound, &id, err))
			return false;
		if (id && (!insert_part(x->db, word, id, err) || !insert_slips(x, word, id, err) ||
				  !insert_slips(x, sound, id, err)))
			return false;
	}
	return true;
}

/* --- writing ---------------------------------------------------------------------------------- */

static bool delete_document(struct sql *db, int64_t id, struct error *err)
{
	static const char *const statements[] = {
		"DELETE FROM search_text WHERE rowid = :id",
		"DELETE FROM search_source WHERE document = :id",
		"DELETE FROM search_document WHERE id = :id",
	};
	for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++) {
		CLEANUP(sql_done) struct sql_query *q = sql_query(db, statements[i]);
		sql_bind_int(q, ":id", id);
		if (!sql_run(q, err))
			return false;
	}
	return true;
}

/* *id: the document of the initiative, 0 when it has none. */
static bool find_document(
	struct sql *db, const struct uuid *initiative, int64_t *id, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT id FROM search_document WHERE initiative = :initiative");
	sql_bind_blob(q, ":initiative", initiative->bytes, sizeof(initiative->bytes));
	*id = sql_next(q, err) ? sql_int(q, 0) : 0;
	return !sql_failed(q);
}

/* id 0: a new one. */
static bool insert_document(
	struct sql *db, const struct uuid *initiative, int64_t *id, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db, "INSERT INTO search_document (id, initiative)"
					    " VALUES (nullif(:id, 0), :initiative) RETURNING id");
	sql_bind_int(q, ":id", *id);
	sql_bind_blob(q, ":initiative", initiative->bytes, sizeof(initiative->bytes));
	if (sql_next(q, err))
		*id = sql_int(q, 0);
	while (!sql_failed(q) && sql_next(q, err))
		;
	return !sql_failed(q);
}

static bool insert_text(struct sql *db, const struct document *d, int64_t id, struct error *err)
{
	static const char *const names[] = {":name", ":tagline", ":about", ":body"};
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "INSERT INTO search_text (rowid, name, tagline, about, body)"
			      " VALUES (:id, :name, :tagline, :about, :body)");
	sql_bind_int(q, ":id", id);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		sql_bind_text(q, names[i], str_builder_text(&d->columns[i]));
	return sql_run(q, err);
}

static bool insert_source(
	struct sql *db, const struct uuid *entity, int64_t document, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(
		db, "INSERT INTO search_source (entity, document) VALUES (:entity, :document)");
	sql_bind_blob(q, ":entity", entity->bytes, sizeof(entity->bytes));
	sql_bind_int(q, ":document", document);
	return sql_run(q, err);
}

static bool write_document(struct indexing *x, const struct document *d, struct error *err)
{
	int64_t id;
	if (!find_document(x->db, &d->initiative, &id, err) ||
		(id && !delete_document(x->db, id, err)))
		return false;
	if (!d->active)
		return true;
	if (!insert_document(x->db, &d->initiative, &id, err) || !insert_text(x->db, d, id, err))
		return false;
	for (size_t i = 0; i < d->source_count; i++)
		if (!insert_source(x->db, &d->sources[i], id, err))
			return false;
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		if (!learn_words(x, str_builder_text(&d->columns[i]), err))
			return false;
	return true;
}

static bool index_initiative(struct indexing *x, struct uuid initiative, struct error *err)
{
	arena_reset(x->each);
	struct document d = {.initiative = initiative};
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		d.columns[i].arena = x->each;
	if (!read_initiative(x, &d, err))
		return false;
	for (size_t i = 0; i < d.source_count; i++)
		if (!read_source(x, &d, &d.sources[i], err))
			return false;
	return write_document(x, &d, err);
}

static bool read_taxonomies(struct indexing *x, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(x->db,
		"SELECT value FROM field WHERE entity_type = :entity_type AND number = :number"
		" AND value IS NOT NULL LIMIT 1");
	sql_bind_int(q, ":entity_type", ENTITY_CATALOGUE);
	sql_bind_int(q, ":number", CATALOGUE_TAXONOMIES);
	if (sql_next(q, err) && !json_parse(x->once, sql_text(q, x->once, 0), &x->taxonomies, NULL))
		x->taxonomies = (struct json){0};
	return !sql_failed(q);
}

static int by_id(const void *a, const void *b)
{
	const struct uuid *x = a, *y = b;
	return uuid_compare(*x, *y);
}

bool search_update(struct store_tx *tx, struct error *err)
{
	struct search_stale *stale = tx->stale;
	if (!stale)
		return true;
	struct arena each = {0};
	struct indexing x = {.db = tx->store->db, .once = &stale->arena, .each = &each};
	qsort(stale->initiatives, stale->count, sizeof(*stale->initiatives), by_id);
	bool ok = read_taxonomies(&x, err);
	for (size_t i = 0; ok && i < stale->count; i++)
		if (i == 0 || !uuid_equal(stale->initiatives[i], stale->initiatives[i - 1]))
			ok = index_initiative(&x, stale->initiatives[i], err);
	arena_finish(&each);
	search_forget(tx);
	return ok;
}

bool search_clear(struct store_tx *tx, struct error *err)
{
	search_forget(tx);
	return sql_script(tx->store->db,
		"DELETE FROM search_text; DELETE FROM search_source; DELETE FROM search_document;"
		"INSERT INTO search_part (search_part) VALUES ('delete-all');"
		"DELETE FROM search_slip; DELETE FROM search_word;",
		err);
}

bool search_ensure(struct store *store, struct error *err)
{
	struct arena arena = {.block_bytes = 1024};
	struct str version;
	struct error why = {0};
	bool known = local_get(store->db, &arena, STR("search"), &version, &why) &&
		     str_equal(version, INDEX_VERSION);
	arena_finish(&arena);
	if (known)
		return true;
	if (why.code != ERROR_NONE)
		return error_set(err, why.code, "%s", why.message);
	CLEANUP(store_rollback) struct store_tx tx = {0};
	return store_begin(&tx, store, err) && search_clear(&tx, err) && mark_all(&tx, err) &&
	       local_set(store->db, STR("search"), INDEX_VERSION, err) && store_commit(&tx, err);
}
