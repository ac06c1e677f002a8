/* The catalogue in and out. Bringing it to a list of records is a comparison: each entity's fields
 * as they are folded against the fields as they come, both sorted by number, walked side by side;
 * an op for every difference. */
#include "store/inside.h"
#include "store/seats.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct applying {
	struct store_tx *tx;
	struct arena *arena; /* of one entity */
	unsigned flags;
	struct store_changes changes;
};

struct folded {
	uint16_t number;
	bool has_value;
	struct str value;
	int64_t hub_seq;
};

static bool count_fields(
	struct sql *db, enum entity_type type, struct uuid id, size_t *count, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT count(*) FROM field WHERE entity_type = :entity_type AND entity = :entity");
	sql_bind_int(q, ":entity_type", type);
	sql_bind_blob(q, ":entity", id.bytes, sizeof(id.bytes));
	*count = sql_next(q, err) ? (size_t)sql_int(q, 0) : 0;
	return !sql_failed(q);
}

/* The fields of an entity as they are folded, sorted by number. */
static bool read_folded(struct applying *a, enum entity_type type, struct uuid id,
	struct folded **fields, size_t *count, struct error *err)
{
	struct sql *db = a->tx->store->db;
	if (!count_fields(db, type, id, count, err))
		return false;
	*fields = arena_new_array(a->arena, struct folded, *count);
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT number, value, hub_seq FROM field"
		" WHERE entity_type = :entity_type AND entity = :entity ORDER BY number");
	sql_bind_int(q, ":entity_type", type);
	sql_bind_blob(q, ":entity", id.bytes, sizeof(id.bytes));
	for (size_t i = 0; sql_next(q, err); i++) {
		assert(i < *count);
		(*fields)[i] = (struct folded){
			.number = (uint16_t)sql_int(q, 0),
			.has_value = !sql_is_null(q, 1),
			.value = sql_text(q, a->arena, 1),
			.hub_seq = sql_int(q, 2),
		};
	}
	return !sql_failed(q);
}

/* value NULL: unset. */
static bool set_field(struct applying *a, const struct record *record, uint16_t number,
	const struct str *value, int64_t base, struct error *err)
{
	struct op op = {
		.kind = OP_SET,
		.entity_type = record->type,
		.entity = record->id,
		.field = number,
		.base = base,
		.has_value = value != NULL,
		.value = value ? *value : (struct str){0},
	};
	a->changes.ops++;
	return op_append(a->tx, &op, err);
}

/* A field that is folded and that the record does not name. */
static bool keep_or_unset(struct applying *a, const struct record *record, const struct folded *old,
	struct error *err)
{
	bool keeps = !old->has_value ||
		     ((a->flags & APPLY_NAMED_FIELDS) && old->number != FIELD_DELETED);
	return keeps || set_field(a, record, old->number, NULL, old->hub_seq, err);
}

static bool apply_fields(struct applying *a, const struct record *record,
	const struct folded *folded, size_t folded_count, struct error *err)
{
	size_t i = 0;
	for (size_t k = 0; k < record->field_count; k++) {
		const struct field_value *field = &record->fields[k];
		assert(k == 0 || field->number > record->fields[k - 1].number);
		if (field->json.len > OP_VALUE_LIMIT_BYTES)
			return error_set(err, ERROR_LIMIT, "field %d is larger than %d bytes",
				field->number, OP_VALUE_LIMIT_BYTES);
		for (; i < folded_count && folded[i].number < field->number; i++)
			if (!keep_or_unset(a, record, &folded[i], err))
				return false;
		bool known = i < folded_count && folded[i].number == field->number;
		bool same = known && folded[i].has_value && str_equal(folded[i].value, field->json);
		int64_t base = known ? folded[i].hub_seq : 0;
		if (!same && !set_field(a, record, field->number, &field->json, base, err))
			return false;
		i += known;
	}
	for (; i < folded_count; i++)
		if (!keep_or_unset(a, record, &folded[i], err))
			return false;
	return true;
}

static bool apply_record(struct applying *a, const struct record *record, struct error *err)
{
	struct folded *folded;
	size_t folded_count, ops_before = a->changes.ops;
	arena_reset(a->arena);
	if (!read_folded(a, record->type, record->id, &folded, &folded_count, err) ||
		!apply_fields(a, record, folded, folded_count, err))
		return false;
	if (a->changes.ops == ops_before)
		return true;
	if (folded_count == 0)
		a->changes.added++;
	else
		a->changes.changed++;
	return true;
}

struct entity_key {
	unsigned type;
	struct uuid id;
};

static int by_key(const void *a, const void *b)
{
	const struct entity_key *x = a, *y = b;
	return x->type != y->type ? (x->type < y->type ? -1 : 1) : uuid_compare(x->id, y->id);
}

/* Every entity of the catalogue that is not marked deleted. */
static bool list_living(struct sql *db, struct arena *arena, struct entity_key **keys,
	size_t *count, struct error *err)
{
	size_t room = 0;
	*keys = NULL;
	*count = 0;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT DISTINCT entity_type, entity FROM field AS f"
		" WHERE entity_type BETWEEN :first AND :last AND value IS NOT NULL"
		" AND NOT EXISTS (SELECT 1 FROM field AS d WHERE d.entity_type = f.entity_type"
		" AND d.entity = f.entity AND d.number = :deleted AND d.value = CAST('true' AS "
		"BLOB))");
	sql_bind_int(q, ":first", ENTITY_CATALOGUE);
	sql_bind_int(q, ":last", ENTITY_SCHEDULE);
	sql_bind_int(q, ":deleted", FIELD_DELETED);
	while (sql_next(q, err)) {
		if (*count == room) {
			room = room ? room * 2 : 256;
			struct entity_key *more = arena_new_array(arena, struct entity_key, room);
			if (*count)
				memcpy(more, *keys, *count * sizeof(*more));
			*keys = more;
		}
		struct entity_key *key = &(*keys)[(*count)++];
		key->type = (unsigned)sql_int(q, 0);
		sql_blob(q, 1, key->id.bytes, sizeof(key->id.bytes));
	}
	return !sql_failed(q);
}

static bool deleted_version(
	struct sql *db, const struct entity_key *key, int64_t *hub_seq, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(db,
		"SELECT hub_seq FROM field WHERE entity_type = :entity_type AND entity = :entity"
		" AND number = :number");
	sql_bind_int(q, ":entity_type", key->type);
	sql_bind_blob(q, ":entity", key->id.bytes, sizeof(key->id.bytes));
	sql_bind_int(q, ":number", FIELD_DELETED);
	*hub_seq = sql_next(q, err) ? sql_int(q, 0) : 0;
	return !sql_failed(q);
}

static bool delete_absent(
	struct applying *a, const struct record *records, size_t count, struct error *err)
{
	struct sql *db = a->tx->store->db;
	struct entity_key *living;
	size_t living_count;
	arena_reset(a->arena);
	if (!list_living(db, a->arena, &living, &living_count, err))
		return false;
	struct entity_key *named = arena_new_array(a->arena, struct entity_key, count);
	for (size_t i = 0; i < count; i++)
		named[i] = (struct entity_key){records[i].type, records[i].id};
	qsort(named, count, sizeof(*named), by_key);
	for (size_t i = 0; i < living_count; i++) {
		if (bsearch(&living[i], named, count, sizeof(*named), by_key))
			continue;
		struct record gone = {.type = (enum entity_type)living[i].type, .id = living[i].id};
		int64_t base;
		if (!deleted_version(db, &living[i], &base, err) ||
			!set_field(a, &gone, FIELD_DELETED, &STR("true"), base, err))
			return false;
		a->changes.deleted++;
	}
	return true;
}

bool store_apply(struct store *store, const struct record *records, size_t count, unsigned flags,
	struct store_changes *changes, struct error *err)
{
	CLEANUP(store_rollback) struct store_tx tx = {0};
	CLEANUP(arena_finish) struct arena arena = {0};
	struct applying a = {.tx = &tx, .arena = &arena, .flags = flags};
	if (!store_begin(&tx, store, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!apply_record(&a, &records[i], err))
			return false;
	if ((flags & APPLY_DELETE_ABSENT) && !delete_absent(&a, records, count, err))
		return false;
	if (changes)
		*changes = a.changes;
	/* Seats may have been added for who waits. */
	return a.changes.ops == 0 || (seats_move_up_all(&tx, err) && store_commit(&tx, err));
}

static bool count_rows(struct sql *db, size_t *rows, size_t *entities, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT sum(n), count(*) FROM (SELECT count(*) AS n FROM field"
			      " WHERE entity_type BETWEEN :first AND :last AND value IS NOT NULL"
			      " GROUP BY entity_type, entity)");
	sql_bind_int(q, ":first", ENTITY_CATALOGUE);
	sql_bind_int(q, ":last", ENTITY_SCHEDULE);
	if (!sql_next(q, err))
		return false;
	*rows = (size_t)sql_int(q, 0);
	*entities = (size_t)sql_int(q, 1);
	return true;
}

static bool read_records(struct sql *db, struct arena *arena, struct record *records,
	struct field_value *fields, size_t *count, size_t rows, size_t entities, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "SELECT entity_type, entity, number, value FROM field"
			      " WHERE entity_type BETWEEN :first AND :last AND value IS NOT NULL"
			      " ORDER BY entity_type, entity, number");
	sql_bind_int(q, ":first", ENTITY_CATALOGUE);
	sql_bind_int(q, ":last", ENTITY_SCHEDULE);
	size_t used = 0;
	struct record *current = NULL;
	*count = 0;
	while (used < rows && sql_next(q, err)) {
		enum entity_type type = (enum entity_type)sql_int(q, 0);
		struct uuid id = {0};
		sql_blob(q, 1, id.bytes, sizeof(id.bytes));
		if (!current || current->type != type || !uuid_equal(current->id, id)) {
			if (*count == entities)
				break;
			current = &records[(*count)++];
			*current = (struct record){.type = type, .id = id, .fields = &fields[used]};
		}
		fields[used++] = (struct field_value){
			.number = (uint16_t)sql_int(q, 2), .json = sql_text(q, arena, 3)};
		current->field_count++;
	}
	return !sql_failed(q);
}

bool store_records(struct store *store, struct arena *arena, struct record **records, size_t *count,
	struct error *err)
{
	/* One snapshot for both statements, should another program write between them. */
	CLEANUP(sql_rollback) struct sql_tx tx = {0};
	size_t rows, entities;
	if (!sql_begin_read(&tx, store->db, err) || !count_rows(store->db, &rows, &entities, err))
		return false;
	*records = arena_new_array(arena, struct record, entities);
	struct field_value *fields = arena_new_array(arena, struct field_value, rows);
	return read_records(store->db, arena, *records, fields, count, rows, entities, err);
}
