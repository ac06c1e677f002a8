/* Sealing and keeping what was told, in the same way for everybody who may tell something. */
#include "store/contact.h"

#include "base/bug.h"
#include "base/json.h"
#include "store/registration.h"

#define PAD_BYTES 128 /* sealed details are as long as a multiple of this, whatever the name */

bool contact_is_empty(const struct contact_details *details)
{
	return !details->first_name.len && !details->phone.len && !details->best_time.len;
}

bool contact_check(const struct store *store, const struct contact_details *d, struct error *err)
{
	if (store->mode == STORE_KEYS_LOST && !contact_is_empty(d))
		return error_set(err, ERROR_KEY, "the keys are lost: nothing can be sealed");
	if (d->first_name.len > REGISTRATION_NAME_MAX_BYTES ||
		d->phone.len > REGISTRATION_PHONE_MAX_BYTES ||
		d->best_time.len > REGISTRATION_BEST_TIME_MAX_BYTES)
		return error_set(err, ERROR_LIMIT, "a text of the contact details is too long");
	if (!str_is_utf8(d->first_name) || !str_is_utf8(d->phone) || !str_is_utf8(d->best_time))
		return error_set(err, ERROR_PARSE, "a text of the contact details is not UTF-8");
	return true;
}

/* The contact details as one line of JSON, filled up with blanks so that the length of the box does
 * not tell the length of the name. */
static struct str write_details(struct arena *arena, const struct contact_details *d)
{
	const struct {
		struct str name, value;
	} members[] = {{STR("first_name"), d->first_name}, {STR("phone"), d->phone},
		{STR("best_time"), d->best_time}};
	struct json object = {.type = JSON_IS_OBJECT};
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (members[i].value.len)
			json_set(arena, &object, members[i].name,
				json_from_string(members[i].value));
	struct str_builder text = {.arena = arena};
	json_write(&text, &object, false);
	while (text.len % PAD_BYTES)
		str_builder_add_char(&text, ' ');
	return str_builder_text(&text);
}

static const struct public_key *key_of_now(const struct store *store, bool *used_up)
{
	struct date today = clock_date(store);
	*used_up = false;
	return store->mode == STORE_OPEN
		       ? key_set_pick(&store->keys, key_month(today.year, today.month), used_up)
		       : &store->practice_key;
}

struct sealed_contact contact_seal(const struct store *store, struct arena *arena,
	const struct contact_details *details, bool *used_up)
{
	const struct public_key *key = key_of_now(store, used_up);
	struct sealed_contact contact = {.box = {0}};
	if (contact_is_empty(details))
		return contact;
	struct str text = write_details(arena, details);
	contact.box = BUG(PLAINTEXT) ? text : seal_close(arena, key, text);
	contact.commitment = seal_commit(contact.salt, contact.box);
	return contact;
}

bool contact_insert(struct store *store, struct uuid id, const struct sealed_contact *contact,
	int64_t expires_ms, int retention_days, struct error *err)
{
	if (!contact->box.len)
		return true;
	CLEANUP(sql_done)
	struct sql_query *q = sql_query(store->db,
		"INSERT INTO sealed (registration, salt, box, saved_ms, expires_ms, retention_days)"
		" VALUES (:registration, :salt, :box, :saved_ms, :expires_ms, :retention_days)");
	sql_bind_blob(q, ":registration", id.bytes, sizeof(id.bytes));
	sql_bind_blob(q, ":salt", contact->salt, sizeof(contact->salt));
	sql_bind_blob(q, ":box", contact->box.ptr, contact->box.len);
	sql_bind_int(q, ":saved_ms", env_wall_ms(store->env));
	sql_bind_int(q, ":expires_ms", expires_ms);
	sql_bind_int(q, ":retention_days", retention_days);
	return sql_run(q, err);
}

bool contact_erase(struct sql *db, struct uuid id, struct error *err)
{
	CLEANUP(sql_done)
	struct sql_query *q =
		sql_query(db, "DELETE FROM sealed WHERE registration = :registration");
	sql_bind_blob(q, ":registration", id.bytes, sizeof(id.bytes));
	return sql_run(q, err);
}
