/* buurtlijst: the catalogue of one venue as a file. Specification, version 0.2.
 *
 * Bytes. One JSON object (RFC 8259) in UTF-8, at most 64 MiB, nested at most 32 deep, no key twice
 * in an object, integers within 64 bits, reals within a double, at most 100,000 entities. A byte
 * order mark in front is skipped. We write it indented by two spaces, lines ended by LF, non-ASCII
 * as itself, reals with 15 digits (17 where 15 do not give the same double back).
 *
 * Versions. `format` is "buurtlijst", `format_version` "0.2"; any "0.<n>" is read, "0.1" being 0.2
 * without the keys marked (0.2). A reader keeps every key that it does not know, at any depth, and
 * the order of keys, and writes them back: an older program never strips a newer file.
 *
 * Notation below: `key` type; a type in [] is an array of it; `?` may be absent or null. Types:
 *   text      string; B1 language where residents read it
 *   uuid      RFC 9562 in 36 characters, in either case; never used again for another entity
 *   date      "2026-12-01"                 local  "2026-12-01T09:30:00", wall time, no zone
 *   code T    a code of taxonomy T         ref E  the uuid of an entity in list E
 *   lang      ISO 639 code, lower case     tri    "yes" | "partial" | "no" | "unknown"
 *
 * Top: format, format_version, sample bool? (fictional people, said on the screen), notice text?,
 *   generated_at text? (RFC 3339), language lang, timezone text (IANA), venue, help_numbers (0.2),
 *   taxonomies, contacts[], organizations[], places[], initiatives[].
 * venue: id uuid, name text, neighbourhood text?, municipality text?, place_id ref places?.
 * help_numbers (0.2): [{number text, text text, danger bool}]: shown in large type at "Help now";
 *   danger marks the one for danger right now.
 * taxonomies: {T: [{code text, label text, help | plain | prompt text?}]} for T of layer,
 *   environment, protective_factor (codes "1".."10"), normalising, collectivising_form ("1".."3"),
 *   working_element, asset_type, theme.
 * contact: id, key text? (a short name inside this file), name, role text?, about text?,
 *   picture? (0.2), present text? (prose), present_times (0.2) [{day, from, until}], phone text?
 *   (digits, blanks, + - ( )), languages [lang], promise text?.
 *     day is MO TU WE TH FR SA SU (RFC 5545 3.3.10), from and until are "HH:MM" wall time,
 *     until is exclusive. Prose and times say the same; a program trusts the times.
 * picture (0.2): {file text, alt text}. file is a plain name in the picture folder or among our
 *   illustrations, never a path; alt says in a sentence what it shows.
 * organization: id, key?, name, description text?, layer code layer?.
 * place: id, key?, name, location_type "physical" | "virtual" | "postal", and as in HSDS 3.1
 *   address_1, postal_code, city, state_province, country text?, latitude, longitude number?
 *   (WGS 84 degrees); walk_minutes int? (0.2) on foot from the venue, 0 in the same house;
 *   accessibility {step_free, wheelchair, toilet, hearing_loop, parking, quiet_place tri,
 *   text text?}, transport text?.
 * initiative: id, slug text, seed_example text?, sample bool?,
 *   status "draft" | "active" | "paused" | "ended", sensitive bool (0.2; takes no names),
 *   with_children bool (0.2; a child may come along), icon text?, picture? (0.2),
 *   name text (32 characters at most show whole), tagline text (45), summary text (160),
 *   description [text], layer code layer, also_layers [code layer],
 *   environments [code environment], themes [code theme],
 *   collectivising {forms [int, codes of collectivising_form], how text?},
 *   protective_factors [{n int 1..10, why text}], normalising [code normalising],
 *   working_elements {relation, vision, variety, time_reflection, conditions_skills text?},
 *   audience {min_age int?, max_age int?, women_only bool, who text?}, languages [lang],
 *   cost {amount number? (0: free), currency text?, text text?},
 *   organization_id ref organizations?, host_contact_id ref contacts?,
 *   warm_contact_id ref contacts?, place_id ref places, room text?, schedules [schedule],
 *   registration, first_visit {greeted_by ref contacts?, steps [text], stay text?, bring text?,
 *   companion {available bool, text text?}}, asks [text], offers [text],
 *   specialists [{role text, when text?, how text?}], urgent text?,
 *   lifecycle {stage text?, started date?, review_on date?}, assured {date date?, by text?}.
 * schedule: id, label text?, dtstart local, timezone text (IANA), duration_minutes int,
 *   rrule text? (RFC 5545 3.3.10, kept verbatim, DAILY or coarser; null: once), exdate [local],
 *   rdate [local], exceptions (0.2) [exception], place_id ref places? (null: the initiative's).
 * exception (0.2): {date local (the occurrence, as the rule gives it), status "cancelled" |
 *   "moved", reason text?, moved_to local?, room text?}. A cancelled occurrence stays on the list,
 *   crossed out, with its reason; one in exdate never was. "moved" needs moved_to or room.
 * registration: mode "walk_in" | "sign_up" | "introduction", capacity int? (null: no limit; for
 *   walk_in only information), waiting_list bool, max_party int, fields [first_name |
 *   contact_choice | best_time] (empty for walk_in and for sensitive initiatives), note text?,
 *   retention_days int: how long a sign-up is kept, counted from the occurrence; for
 *   introduction, which has none, counted from the day of saving, and at least 1.
 *
 * In records each entity is its fields (model/record.h): known nested keys are flattened
 * ("cost.amount"), arrays are one field, schedules are entities of their own. What no field holds,
 * including a known object that is null, empty or no object, goes into FIELD_EXTRA under its path;
 * in a path a '.' or '\' inside a key is written "\." or "\\". FIELD_KEY_ORDER lists the paths
 * of all leaves where the file is not in the order of the field table (with unknown keys last), or
 * leaves an entity list out. The id is stored as a field only where it is not in lower case. */
#pragma once
#include "formats/format.h"

enum {
	BUURTLIJST_LIMIT_BYTES = 64 << 20,
	BUURTLIJST_LIMIT_ENTITIES = 100000,
};

/* Read and write as struct format says; writing what was read gives the same JSON values in the
 * same key order. An entity without a usable id, or with one that was used before, is refused. */
bool buurtlijst_read(
	struct arena *arena, struct str bytes, struct record_list *records, struct error *err);
bool buurtlijst_write(struct arena *arena, const struct record_list *records, struct str *bytes,
	struct error *err);

/* The JSON of a file: limits, byte order mark, format and version looked at, nothing else. */
bool buurtlijst_parse(struct arena *arena, struct str bytes, struct json *root, struct error *err);

/* The arrays of entities inside an entity. */
struct entity_list {
	enum entity_type parent, child;
	const char *key;
	uint16_t after; /* the field of the parent that it is written after */
};
const struct entity_list *buurtlijst_lists(size_t *count);
