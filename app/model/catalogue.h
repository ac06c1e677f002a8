/* The catalogue as the screens and rules read it: plain structs in one arena, references resolved
 * to pointers, unknown references to NULL. Field names are those of the buurtlijst format.
 * An absent text is the empty str; an absent number is the value named at the field. */
#pragma once
#include "base/str.h"
#include "base/uuid.h"
#include "model/record.h"
#include "model/time.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str_list {
	struct str *items;
	size_t count;
};

enum tri_state { TRI_UNKNOWN, TRI_YES, TRI_PARTIAL, TRI_NO };

struct picture {
	struct str file; /* a name in the picture folder or our own illustrations; empty: none */
	struct str alt; /* what it shows, for who cannot see it */
};

/* When somebody is in the building: a weekly stretch of wall time. */
struct present_time {
	enum weekday weekday;
	int from_minute, until_minute; /* minutes since midnight, until is exclusive */
};

struct contact {
	struct uuid id;
	struct str key, name, role, about, phone, promise;
	struct str present_text; /* prose that no time could be read from; often empty */
	struct present_time *present;
	size_t present_count;
	struct str_list languages;
	struct picture picture;
};

struct organization {
	struct uuid id;
	struct str key, name, description, layer;
};

struct accessibility {
	enum tri_state step_free, wheelchair, toilet, hearing_loop, parking, quiet_place;
	struct str text;
};

struct place {
	struct uuid id;
	struct str key, name, location_type, address_1, postal_code, city, transport;
	bool has_position;
	double latitude, longitude; /* WGS 84 degrees */
	struct accessibility accessibility;
	int walk_minutes; /* on foot from the venue; 0: in the same house; -1: not known */
};

struct exception {
	struct local_time date; /* the occurrence that it is about, as the rule gives it */
	bool cancelled;
	struct str reason;
	bool moved;
	struct local_time moved_to;
	struct str room; /* another room that day; empty: the usual one */
};

struct schedule {
	struct uuid id;
	const struct initiative *initiative;
	struct str label, timezone;
	struct local_time dtstart;
	int duration_minutes;
	struct str rrule; /* verbatim; empty: once */
	struct local_time *exdate, *rdate;
	size_t exdate_count, rdate_count;
	struct exception *exceptions;
	size_t exception_count;
	const struct place *place; /* NULL: the initiative's */
};

enum registration_mode { REGISTRATION_WALK_IN, REGISTRATION_SIGN_UP, REGISTRATION_INTRODUCTION };

enum registration_field { /* bits */
	REGISTRATION_FIRST_NAME = 1,
	REGISTRATION_CONTACT_CHOICE = 2,
	REGISTRATION_BEST_TIME = 4,
};

struct registration_rules {
	enum registration_mode mode;
	int capacity; /* 0: no limit */
	bool waiting_list;
	int max_party;
	unsigned fields; /* bits of enum registration_field */
	struct str note;
	int retention_days; /* after the occurrence; introductions: after saving */
};

struct protective_factor {
	int number; /* 1..10 */
	struct str why;
};

struct specialist {
	struct str role, when, how;
};

enum initiative_status { STATUS_DRAFT, STATUS_ACTIVE, STATUS_PAUSED, STATUS_ENDED };

struct initiative {
	struct uuid id;
	struct str slug, icon, name, tagline, summary;
	struct str_list description;
	enum initiative_status status;
	bool sample;
	bool sensitive; /* takes no names */
	struct picture picture;
	struct str layer;
	struct str_list also_layers, environments, themes;
	struct str collectivising_how;
	struct protective_factor *factors;
	size_t factor_count;
	struct str_list normalising;
	int min_age, max_age; /* -1: none */
	bool women_only;
	struct str audience_who;
	bool with_children; /* children may come along */
	struct str_list languages;
	double cost_amount; /* -1: not known */
	struct str cost_currency, cost_text;
	const struct organization *organization; /* NULL: not known */
	const struct contact *host, *warm_contact, *greeted_by;
	const struct place *place;
	struct str room;
	struct schedule *schedules;
	size_t schedule_count;
	struct registration_rules registration;
	struct str_list steps; /* of a first visit */
	struct str stay, bring;
	bool companion_available;
	struct str companion_text;
	struct str_list asks, offers;
	struct specialist *specialists;
	size_t specialist_count;
	struct str urgent;
	struct str stage;
	struct date started, review_on, assured_date;
	struct str assured_by;
};

struct taxonomy_term {
	struct str code, label, help; /* help: also the keys plain and prompt */
};

struct taxonomy {
	struct str name; /* layer, environment, protective_factor, theme, ... */
	struct taxonomy_term *terms;
	size_t term_count;
};

struct help_number {
	struct str number, text; /* "112", "Er is direct gevaar." */
	bool danger;
};

struct catalogue {
	struct uuid venue_id;
	struct str venue_name, neighbourhood, municipality, language, timezone, notice;
	bool sample; /* fictional people: said on the screen */
	const struct place *venue_place;
	struct taxonomy *taxonomies;
	size_t taxonomy_count;
	struct help_number *help_numbers;
	size_t help_number_count;
	struct contact *contacts;
	size_t contact_count;
	struct organization *organizations;
	size_t organization_count;
	struct place *places;
	size_t place_count;
	struct initiative *initiatives; /* in file order; drafts and ended ones included */
	size_t initiative_count;
};

/* Builds the catalogue from its records, in any order; deleted ones are left out. A field whose
 * value has the wrong type counts as absent and is reported through complain (may be NULL), with
 * its entity and path; nothing makes this fail. All memory is the arena's, and the texts point
 * into the records unless they had to be unescaped. */
struct catalogue *catalogue_build(struct arena *arena, const struct record *records, size_t count,
	void (*complain)(void *context, const char *message), void *context);

const struct initiative *catalogue_initiative(const struct catalogue *c, struct uuid id);
const struct contact *catalogue_contact(const struct catalogue *c, struct uuid id);
const struct taxonomy *catalogue_taxonomy(const struct catalogue *c, struct str name);
/* The label of a code, or the code itself. */
struct str catalogue_label(const struct catalogue *c, struct str taxonomy, struct str code);
bool str_list_contains(const struct str_list *list, struct str item);

/* Whether the contact is in the house at that wall time, and until when today (minutes since
 * midnight). next_present gives the next time they come, at most 14 days ahead. */
bool contact_present(const struct contact *contact, struct local_time now, int *until_minute);
bool contact_next_present(
	const struct contact *contact, struct local_time now, struct local_time *next);
