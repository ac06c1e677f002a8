/* Every field of every entity: the numbers that ops carry and the paths of the buurtlijst file.
 * One row: entity type, name of the constant, number, path below the entity, and 1 where two values
 * must never merge silently (time, place, capacity, cancellation).
 *
 * A number stands on disks and sticks for ever: never change or reuse one; a new field takes the
 * next free number of its type. The rows stand in the order in which a file is written. */
#pragma once

#define FIELDS(X)                                                                                  \
	X(CATALOGUE, FORMAT, 16, "format", 0)                                                      \
	X(CATALOGUE, FORMAT_VERSION, 17, "format_version", 0)                                      \
	X(CATALOGUE, SAMPLE, 18, "sample", 0)                                                      \
	X(CATALOGUE, NOTICE, 19, "notice", 0)                                                      \
	X(CATALOGUE, GENERATED_AT, 20, "generated_at", 0)                                          \
	X(CATALOGUE, LANGUAGE, 21, "language", 0)                                                  \
	X(CATALOGUE, TIMEZONE, 22, "timezone", 1)                                                  \
	X(CATALOGUE, VENUE_ID, 23, "venue.id", 0)                                                  \
	X(CATALOGUE, VENUE_NAME, 24, "venue.name", 0)                                              \
	X(CATALOGUE, VENUE_NEIGHBOURHOOD, 25, "venue.neighbourhood", 0)                            \
	X(CATALOGUE, VENUE_MUNICIPALITY, 26, "venue.municipality", 0)                              \
	X(CATALOGUE, VENUE_PLACE_ID, 27, "venue.place_id", 1)                                      \
	X(CATALOGUE, HELP_NUMBERS, 28, "help_numbers", 0)                                          \
	X(CATALOGUE, TAXONOMIES, 29, "taxonomies", 0)                                              \
                                                                                                   \
	X(ORGANIZATION, ID, 16, "id", 0)                                                           \
	X(ORGANIZATION, KEY, 17, "key", 0)                                                         \
	X(ORGANIZATION, NAME, 18, "name", 0)                                                       \
	X(ORGANIZATION, DESCRIPTION, 19, "description", 0)                                         \
	X(ORGANIZATION, LAYER, 20, "layer", 0)                                                     \
                                                                                                   \
	X(PLACE, ID, 16, "id", 0)                                                                  \
	X(PLACE, KEY, 17, "key", 0)                                                                \
	X(PLACE, NAME, 18, "name", 0)                                                              \
	X(PLACE, LOCATION_TYPE, 19, "location_type", 0)                                            \
	X(PLACE, ADDRESS_1, 20, "address_1", 1)                                                    \
	X(PLACE, POSTAL_CODE, 21, "postal_code", 1)                                                \
	X(PLACE, CITY, 22, "city", 1)                                                              \
	X(PLACE, STATE_PROVINCE, 23, "state_province", 0)                                          \
	X(PLACE, COUNTRY, 24, "country", 0)                                                        \
	X(PLACE, LATITUDE, 25, "latitude", 0)                                                      \
	X(PLACE, LONGITUDE, 26, "longitude", 0)                                                    \
	X(PLACE, WALK_MINUTES, 27, "walk_minutes", 0)                                              \
	X(PLACE, STEP_FREE, 28, "accessibility.step_free", 0)                                      \
	X(PLACE, WHEELCHAIR, 29, "accessibility.wheelchair", 0)                                    \
	X(PLACE, TOILET, 30, "accessibility.toilet", 0)                                            \
	X(PLACE, HEARING_LOOP, 31, "accessibility.hearing_loop", 0)                                \
	X(PLACE, PARKING, 32, "accessibility.parking", 0)                                          \
	X(PLACE, QUIET_PLACE, 33, "accessibility.quiet_place", 0)                                  \
	X(PLACE, ACCESSIBILITY_TEXT, 34, "accessibility.text", 0)                                  \
	X(PLACE, TRANSPORT, 35, "transport", 0)                                                    \
                                                                                                   \
	X(CONTACT, ID, 16, "id", 0)                                                                \
	X(CONTACT, KEY, 17, "key", 0)                                                              \
	X(CONTACT, NAME, 18, "name", 0)                                                            \
	X(CONTACT, ROLE, 19, "role", 0)                                                            \
	X(CONTACT, ABOUT, 20, "about", 0)                                                          \
	X(CONTACT, PICTURE_FILE, 21, "picture.file", 0)                                            \
	X(CONTACT, PICTURE_ALT, 22, "picture.alt", 0)                                              \
	X(CONTACT, PRESENT, 23, "present", 0)                                                      \
	X(CONTACT, PRESENT_TIMES, 24, "present_times", 0)                                          \
	X(CONTACT, PHONE, 25, "phone", 0)                                                          \
	X(CONTACT, LANGUAGES, 26, "languages", 0)                                                  \
	X(CONTACT, PROMISE, 27, "promise", 0)                                                      \
                                                                                                   \
	X(INITIATIVE, ID, 16, "id", 0)                                                             \
	X(INITIATIVE, SLUG, 17, "slug", 0)                                                         \
	X(INITIATIVE, SEED_EXAMPLE, 18, "seed_example", 0)                                         \
	X(INITIATIVE, SAMPLE, 19, "sample", 0)                                                     \
	X(INITIATIVE, STATUS, 20, "status", 1)                                                     \
	X(INITIATIVE, SENSITIVE, 21, "sensitive", 0)                                               \
	X(INITIATIVE, WITH_CHILDREN, 22, "with_children", 0)                                       \
	X(INITIATIVE, ICON, 23, "icon", 0)                                                         \
	X(INITIATIVE, PICTURE_FILE, 24, "picture.file", 0)                                         \
	X(INITIATIVE, PICTURE_ALT, 25, "picture.alt", 0)                                           \
	X(INITIATIVE, NAME, 26, "name", 0)                                                         \
	X(INITIATIVE, TAGLINE, 27, "tagline", 0)                                                   \
	X(INITIATIVE, SUMMARY, 28, "summary", 0)                                                   \
	X(INITIATIVE, DESCRIPTION, 29, "description", 0)                                           \
	X(INITIATIVE, LAYER, 30, "layer", 0)                                                       \
	X(INITIATIVE, ALSO_LAYERS, 31, "also_layers", 0)                                           \
	X(INITIATIVE, ENVIRONMENTS, 32, "environments", 0)                                         \
	X(INITIATIVE, THEMES, 33, "themes", 0)                                                     \
	X(INITIATIVE, COLLECTIVISING_FORMS, 34, "collectivising.forms", 0)                         \
	X(INITIATIVE, COLLECTIVISING_HOW, 35, "collectivising.how", 0)                             \
	X(INITIATIVE, PROTECTIVE_FACTORS, 36, "protective_factors", 0)                             \
	X(INITIATIVE, NORMALISING, 37, "normalising", 0)                                           \
	X(INITIATIVE, WORKING_RELATION, 38, "working_elements.relation", 0)                        \
	X(INITIATIVE, WORKING_VISION, 39, "working_elements.vision", 0)                            \
	X(INITIATIVE, WORKING_VARIETY, 40, "working_elements.variety", 0)                          \
	X(INITIATIVE, WORKING_TIME, 41, "working_elements.time_reflection", 0)                     \
	X(INITIATIVE, WORKING_CONDITIONS, 42, "working_elements.conditions_skills", 0)             \
	X(INITIATIVE, MIN_AGE, 43, "audience.min_age", 0)                                          \
	X(INITIATIVE, MAX_AGE, 44, "audience.max_age", 0)                                          \
	X(INITIATIVE, WOMEN_ONLY, 45, "audience.women_only", 0)                                    \
	X(INITIATIVE, AUDIENCE_WHO, 46, "audience.who", 0)                                         \
	X(INITIATIVE, LANGUAGES, 47, "languages", 0)                                               \
	X(INITIATIVE, COST_AMOUNT, 48, "cost.amount", 0)                                           \
	X(INITIATIVE, COST_CURRENCY, 49, "cost.currency", 0)                                       \
	X(INITIATIVE, COST_TEXT, 50, "cost.text", 0)                                               \
	X(INITIATIVE, ORGANIZATION_ID, 51, "organization_id", 0)                                   \
	X(INITIATIVE, HOST_CONTACT_ID, 52, "host_contact_id", 0)                                   \
	X(INITIATIVE, WARM_CONTACT_ID, 53, "warm_contact_id", 0)                                   \
	X(INITIATIVE, PLACE_ID, 54, "place_id", 1)                                                 \
	X(INITIATIVE, ROOM, 55, "room", 1)                                                         \
	X(INITIATIVE, REGISTRATION_MODE, 56, "registration.mode", 0)                               \
	X(INITIATIVE, CAPACITY, 57, "registration.capacity", 1)                                    \
	X(INITIATIVE, WAITING_LIST, 58, "registration.waiting_list", 0)                            \
	X(INITIATIVE, MAX_PARTY, 59, "registration.max_party", 0)                                  \
	X(INITIATIVE, REGISTRATION_FIELDS, 60, "registration.fields", 0)                           \
	X(INITIATIVE, REGISTRATION_NOTE, 61, "registration.note", 0)                               \
	X(INITIATIVE, RETENTION_DAYS, 62, "registration.retention_days", 0)                        \
	X(INITIATIVE, GREETED_BY, 63, "first_visit.greeted_by", 0)                                 \
	X(INITIATIVE, STEPS, 64, "first_visit.steps", 0)                                           \
	X(INITIATIVE, STAY, 65, "first_visit.stay", 0)                                             \
	X(INITIATIVE, BRING, 66, "first_visit.bring", 0)                                           \
	X(INITIATIVE, COMPANION_AVAILABLE, 67, "first_visit.companion.available", 0)               \
	X(INITIATIVE, COMPANION_TEXT, 68, "first_visit.companion.text", 0)                         \
	X(INITIATIVE, ASKS, 69, "asks", 0)                                                         \
	X(INITIATIVE, OFFERS, 70, "offers", 0)                                                     \
	X(INITIATIVE, SPECIALISTS, 71, "specialists", 0)                                           \
	X(INITIATIVE, URGENT, 72, "urgent", 0)                                                     \
	X(INITIATIVE, STAGE, 73, "lifecycle.stage", 0)                                             \
	X(INITIATIVE, STARTED, 74, "lifecycle.started", 0)                                         \
	X(INITIATIVE, REVIEW_ON, 75, "lifecycle.review_on", 0)                                     \
	X(INITIATIVE, ASSURED_DATE, 76, "assured.date", 0)                                         \
	X(INITIATIVE, ASSURED_BY, 77, "assured.by", 0)                                             \
                                                                                                   \
	X(SCHEDULE, ID, 16, "id", 0)                                                               \
	X(SCHEDULE, LABEL, 17, "label", 0)                                                         \
	X(SCHEDULE, DTSTART, 18, "dtstart", 1)                                                     \
	X(SCHEDULE, TIMEZONE, 19, "timezone", 1)                                                   \
	X(SCHEDULE, DURATION_MINUTES, 20, "duration_minutes", 1)                                   \
	X(SCHEDULE, RRULE, 21, "rrule", 1)                                                         \
	X(SCHEDULE, EXDATE, 22, "exdate", 1)                                                       \
	X(SCHEDULE, RDATE, 23, "rdate", 1)                                                         \
	X(SCHEDULE, EXCEPTIONS, 24, "exceptions", 1)                                               \
	X(SCHEDULE, PLACE_ID, 25, "place_id", 1)

#define FIELD_CONSTANT(type, name, number, path, conflict) type##_##name = (number),
enum { FIELDS(FIELD_CONSTANT) };
#undef FIELD_CONSTANT
