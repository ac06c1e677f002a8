/* One table per object of the format, innermost first. */
#include "formats/buurtlijst_shape.h"

#include <stddef.h>

#define TEXT(k)                                                                                    \
	{                                                                                          \
		.key = (k), .kind = SHAPE_TEXT                                                     \
	}
#define TEXTS(k)                                                                                   \
	{                                                                                          \
		.key = (k), .kind = SHAPE_TEXT, .list = true                                       \
	}
#define NEEDED_TEXT(k)                                                                             \
	{                                                                                          \
		.key = (k), .kind = SHAPE_TEXT, .required = true                                   \
	}
#define SHORT_TEXT(k, n)                                                                           \
	{                                                                                          \
		.key = (k), .kind = SHAPE_TEXT, .required = true, .characters = (n)                \
	}
#define BOOL(k)                                                                                    \
	{                                                                                          \
		.key = (k), .kind = SHAPE_BOOL                                                     \
	}
#define INTEGER(k, from, to)                                                                       \
	{                                                                                          \
		.key = (k), .kind = SHAPE_INTEGER, .low = (from), .high = (to)                     \
	}
#define NUMBER(k, from, to)                                                                        \
	{                                                                                          \
		.key = (k), .kind = SHAPE_NUMBER, .low = (from), .high = (to)                      \
	}
#define ID                                                                                         \
	{                                                                                          \
		.key = "id", .kind = SHAPE_UUID, .required = true                                  \
	}
#define DATE(k)                                                                                    \
	{                                                                                          \
		.key = (k), .kind = SHAPE_DATE                                                     \
	}
#define WORD(k, w)                                                                                 \
	{                                                                                          \
		.key = (k), .kind = SHAPE_WORD, .words = (w)                                       \
	}
#define NEEDED_WORD(k, w)                                                                          \
	{                                                                                          \
		.key = (k), .kind = SHAPE_WORD, .words = (w), .required = true                     \
	}
#define TERM(k, t)                                                                                 \
	{                                                                                          \
		.key = (k), .kind = SHAPE_TERM, .words = (t)                                       \
	}
#define TERMS(k, t)                                                                                \
	{                                                                                          \
		.key = (k), .kind = SHAPE_TERM, .words = (t), .list = true                         \
	}
#define REFERENCE(k, t)                                                                            \
	{                                                                                          \
		.key = (k), .kind = SHAPE_REFERENCE, .type = (t)                                   \
	}
#define LANGUAGES(k)                                                                               \
	{                                                                                          \
		.key = (k), .kind = SHAPE_LANGUAGE, .list = true                                   \
	}
#define OBJECT(k, m)                                                                               \
	{                                                                                          \
		.key = (k), .kind = SHAPE_OBJECT, .members = (m)                                   \
	}
#define OBJECTS(k, m)                                                                              \
	{                                                                                          \
		.key = (k), .kind = SHAPE_OBJECT, .members = (m), .list = true                     \
	}
#define RULED(k, m, r)                                                                             \
	{                                                                                          \
		.key = (k), .kind = SHAPE_OBJECT, .members = (m), .list = true, .rule = (r)        \
	}
#define END                                                                                        \
	{                                                                                          \
		.key = NULL                                                                        \
	}

static const struct shape picture[] = {
	{.key = "file", .kind = SHAPE_FILE, .required = true},
	NEEDED_TEXT("alt"),
	END,
};

static const struct shape present_time[] = {
	NEEDED_WORD("day", "MO|TU|WE|TH|FR|SA|SU"),
	{.key = "from", .kind = SHAPE_CLOCK, .required = true},
	{.key = "until", .kind = SHAPE_CLOCK, .required = true},
	END,
};

static const struct shape contact[] = {
	ID,
	TEXT("key"),
	NEEDED_TEXT("name"),
	TEXT("role"),
	TEXT("about"),
	OBJECT("picture", picture),
	TEXT("present"),
	RULED("present_times", present_time, RULE_PRESENT_TIME),
	{.key = "phone", .kind = SHAPE_PHONE},
	LANGUAGES("languages"),
	TEXT("promise"),
	END,
};

static const struct shape organization[] = {
	ID,
	TEXT("key"),
	NEEDED_TEXT("name"),
	TEXT("description"),
	TERM("layer", "layer"),
	END,
};

static const char tri_state[] = "yes|partial|no|unknown";

static const struct shape accessibility[] = {
	WORD("step_free", tri_state),
	WORD("wheelchair", tri_state),
	WORD("toilet", tri_state),
	WORD("hearing_loop", tri_state),
	WORD("parking", tri_state),
	WORD("quiet_place", tri_state),
	TEXT("text"),
	END,
};

static const struct shape place[] = {
	ID,
	TEXT("key"),
	NEEDED_TEXT("name"),
	WORD("location_type", "physical|virtual|postal"),
	TEXT("address_1"),
	TEXT("postal_code"),
	TEXT("city"),
	TEXT("state_province"),
	TEXT("country"),
	NUMBER("latitude", -90, 90),
	NUMBER("longitude", -180, 180),
	INTEGER("walk_minutes", 0, 1440),
	OBJECT("accessibility", accessibility),
	TEXT("transport"),
	END,
};

static const struct shape exception[] = {
	{.key = "date", .kind = SHAPE_LOCAL_TIME, .required = true},
	NEEDED_WORD("status", "cancelled|moved"),
	TEXT("reason"),
	{.key = "moved_to", .kind = SHAPE_LOCAL_TIME},
	TEXT("room"),
	END,
};

static const struct shape schedule[] = {
	ID,
	TEXT("label"),
	{.key = "dtstart", .kind = SHAPE_LOCAL_TIME, .required = true},
	{.key = "timezone", .kind = SHAPE_ZONE, .required = true},
	{.key = "duration_minutes",
		.kind = SHAPE_INTEGER,
		.required = true,
		.low = 1,
		.high = 44640},
	{.key = "rrule", .kind = SHAPE_RRULE},
	{.key = "exdate", .kind = SHAPE_LOCAL_TIME, .list = true},
	{.key = "rdate", .kind = SHAPE_LOCAL_TIME, .list = true},
	RULED("exceptions", exception, RULE_EXCEPTION),
	REFERENCE("place_id", ENTITY_PLACE),
	END,
};

static const struct shape collectivising[] = {
	TERMS("forms", "collectivising_form"),
	TEXT("how"),
	END,
};

static const struct shape protective_factor[] = {
	{.key = "n", .kind = SHAPE_TERM, .words = "protective_factor", .required = true},
	TEXT("why"),
	END,
};

static const struct shape working_elements[] = {
	TEXT("relation"),
	TEXT("vision"),
	TEXT("variety"),
	TEXT("time_reflection"),
	TEXT("conditions_skills"),
	END,
};

static const struct shape audience[] = {
	INTEGER("min_age", 0, 130),
	INTEGER("max_age", 0, 130),
	BOOL("women_only"),
	TEXT("who"),
	END,
};

static const struct shape cost[] = {
	NUMBER("amount", 0, 1e6),
	TEXT("currency"),
	TEXT("text"),
	END,
};

static const struct shape registration[] = {
	NEEDED_WORD("mode", "walk_in|sign_up|introduction"),
	INTEGER("capacity", 0, 100000),
	BOOL("waiting_list"),
	INTEGER("max_party", 1, 100000),
	{.key = "fields",
		.kind = SHAPE_WORD,
		.words = "first_name|contact_choice|best_time",
		.list = true},
	TEXT("note"),
	INTEGER("retention_days", 0, 3650),
	END,
};

static const struct shape companion[] = {
	BOOL("available"),
	TEXT("text"),
	END,
};

static const struct shape first_visit[] = {
	REFERENCE("greeted_by", ENTITY_CONTACT),
	TEXTS("steps"),
	TEXT("stay"),
	TEXT("bring"),
	OBJECT("companion", companion),
	END,
};

static const struct shape specialist[] = {
	NEEDED_TEXT("role"),
	TEXT("when"),
	TEXT("how"),
	END,
};

static const struct shape lifecycle[] = {
	TEXT("stage"),
	DATE("started"),
	DATE("review_on"),
	END,
};

static const struct shape assured[] = {
	DATE("date"),
	TEXT("by"),
	END,
};

static const struct shape initiative[] = {
	ID,
	TEXT("slug"),
	TEXT("seed_example"),
	BOOL("sample"),
	NEEDED_WORD("status", "draft|active|paused|ended"),
	BOOL("sensitive"),
	BOOL("with_children"),
	TEXT("icon"),
	OBJECT("picture", picture),
	SHORT_TEXT("name", 32),
	SHORT_TEXT("tagline", 45),
	SHORT_TEXT("summary", 160),
	TEXTS("description"),
	{.key = "layer", .kind = SHAPE_TERM, .words = "layer", .required = true},
	TERMS("also_layers", "layer"),
	TERMS("environments", "environment"),
	TERMS("themes", "theme"),
	OBJECT("collectivising", collectivising),
	OBJECTS("protective_factors", protective_factor),
	TERMS("normalising", "normalising"),
	OBJECT("working_elements", working_elements),
	OBJECT("audience", audience),
	LANGUAGES("languages"),
	OBJECT("cost", cost),
	REFERENCE("organization_id", ENTITY_ORGANIZATION),
	REFERENCE("host_contact_id", ENTITY_CONTACT),
	REFERENCE("warm_contact_id", ENTITY_CONTACT),
	REFERENCE("place_id", ENTITY_PLACE),
	TEXT("room"),
	RULED("schedules", schedule, RULE_SCHEDULE),
	{.key = "registration", .kind = SHAPE_OBJECT, .members = registration, .required = true},
	OBJECT("first_visit", first_visit),
	TEXTS("asks"),
	TEXTS("offers"),
	OBJECTS("specialists", specialist),
	TEXT("urgent"),
	OBJECT("lifecycle", lifecycle),
	OBJECT("assured", assured),
	END,
};

static const struct shape venue[] = {
	ID,
	NEEDED_TEXT("name"),
	TEXT("neighbourhood"),
	TEXT("municipality"),
	REFERENCE("place_id", ENTITY_PLACE),
	END,
};

static const struct shape help_number[] = {
	{.key = "number", .kind = SHAPE_PHONE, .required = true},
	NEEDED_TEXT("text"),
	BOOL("danger"),
	END,
};

const struct shape buurtlijst_shape[] = {
	NEEDED_TEXT("format"),
	NEEDED_TEXT("format_version"),
	BOOL("sample"),
	TEXT("notice"),
	TEXT("generated_at"),
	{.key = "language", .kind = SHAPE_LANGUAGE, .required = true},
	{.key = "timezone", .kind = SHAPE_ZONE, .required = true},
	{.key = "venue", .kind = SHAPE_OBJECT, .members = venue, .required = true},
	OBJECTS("help_numbers", help_number),
	{.key = "taxonomies", .kind = SHAPE_TAXONOMIES},
	OBJECTS("contacts", contact),
	OBJECTS("organizations", organization),
	OBJECTS("places", place),
	RULED("initiatives", initiative, RULE_INITIATIVE),
	END,
};
