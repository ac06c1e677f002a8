/* Every entity is built as a small JSON tree, written as one line, and forgotten; only the ids of
 * contacts, places and organizations stay, because initiatives point at them. All choices
 * come from one stream of randomness in one fixed order, so the same seed gives the same bytes. */
#include "formats/sample.h"

#include "base/json.h"
#include "base/uuid.h"
#include "formats/sample_words.h"

struct named {
	struct uuid id;
	const char *name; /* of contacts only */
};

struct maker {
	struct env *luck;
	struct arena *scratch; /* of one entity */
	struct date from, until;
	struct named *contacts, *organizations, *places;
	size_t contact_count, organization_count, place_count;
	sample_sink *sink;
	void *context;
};

static const char *const day_codes[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
static const char timezone[] = "Europe/Amsterdam";

/* Chance. */

static uint32_t below(struct maker *maker, uint32_t limit)
{
	return env_random_below(maker->luck, limit);
}

static bool one_in(struct maker *maker, uint32_t times)
{
	return below(maker, times) == 0;
}

static const char *pick(struct maker *maker, const char *const *words)
{
	uint32_t count = 0;
	while (words[count])
		count++;
	return words[below(maker, count)];
}

static struct uuid pick_id(struct maker *maker, const struct named *from, size_t count)
{
	return from[below(maker, (uint32_t)count)].id;
}

/* Small trees. Keys are added once each, in the order of the field table. */

static void put(struct maker *maker, struct json *object, const char *key, struct json value)
{
	json_add(maker->scratch, object, str_from(key), value);
}

static struct json text(const char *z)
{
	return json_from_string(str_from(z));
}

static void put_text(struct maker *maker, struct json *object, const char *key, const char *z)
{
	put(maker, object, key, text(z));
}

static void put_int(struct maker *maker, struct json *object, const char *key, int64_t value)
{
	put(maker, object, key, json_from_integer(value));
}

static void put_bool(struct maker *maker, struct json *object, const char *key, bool yes)
{
	put(maker, object, key, json_from_bool(yes));
}

static void put_id(struct maker *maker, struct json *object, const char *key, struct uuid id)
{
	put(maker, object, key, json_from_string(uuid_format(maker->scratch, id)));
}

static struct json empty_array(void)
{
	return (struct json){.type = JSON_IS_ARRAY};
}

/* "a|b" as an array. */
static struct json words_array(struct maker *maker, const char *words)
{
	struct json array = empty_array();
	struct str_pair rest = {.tail = str_from(words), .found = true};
	while (rest.found) {
		rest = str_cut(rest.tail, '|');
		json_append(maker->scratch, &array, json_from_string(rest.head));
	}
	return array;
}

/* `count` different ones, in the order of the list. */
static struct json picked_array(struct maker *maker, const char *const *words, size_t count)
{
	size_t total = 0;
	while (words[total])
		total++;
	struct json array = empty_array();
	for (size_t i = 0; i < total; i++) {
		if (below(maker, (uint32_t)(total - i)) >= count)
			continue;
		json_append(maker->scratch, &array, text(words[i]));
		count--;
	}
	return array;
}

static struct json date_text(struct maker *maker, struct date date)
{
	return json_from_string(
		str_format(maker->scratch, "%04d-%02d-%02d", date.year, date.month, date.day));
}

static struct json local_text(struct maker *maker, struct date date, int minute)
{
	return json_from_string(str_format(maker->scratch, "%04d-%02d-%02dT%02d:%02d:00", date.year,
		date.month, date.day, minute / 60, minute % 60));
}

static struct json clock_text(struct maker *maker, int minute)
{
	return json_from_string(str_format(maker->scratch, "%02d:%02d", minute / 60, minute % 60));
}

static const char *street(struct maker *maker, struct arena *arena)
{
	const char *stem = pick(maker, sample_street_stems);
	const char *end = pick(maker, sample_street_ends);
	return str_format(arena, "%s%s", stem, end).ptr;
}

static struct json picture(struct maker *maker, const char *file, const char *alt)
{
	struct json picture = {0};
	put_text(maker, &picture, "file", file);
	put_text(maker, &picture, "alt", alt);
	return picture;
}

static struct json languages(struct maker *maker)
{
	static const char *const others[] = {"en", "tr", "ar", "uk", "pl", "es", NULL};
	struct json array = words_array(maker, "nl");
	struct json more = picked_array(maker, others, below(maker, 4));
	for (size_t i = 0; i < more.count; i++)
		json_append(maker->scratch, &array, more.items[i]);
	return array;
}

/* The people, organizations and places. */

static struct json make_contact(struct maker *maker, size_t at)
{
	struct json contact = {0}, times = empty_array();
	const char *name = pick(maker, sample_first_names);
	maker->contacts[at].name = name;
	put_id(maker, &contact, "id", maker->contacts[at].id);
	put_text(maker, &contact, "key", str_format(maker->scratch, "c%zu", at + 1).ptr);
	put_text(maker, &contact, "name", name);
	put_text(maker, &contact, "role", pick(maker, sample_roles));
	const char *about = pick(maker, sample_abouts);
	struct str_builder sentence = {.arena = maker->scratch};
	for (const char *c = about; *c; c++) {
		if (c[0] == '%' && c[1] == 's') {
			str_builder_add(&sentence, str_from(name));
			c++;
		} else {
			str_builder_add_char(&sentence, *c);
		}
	}
	put(maker, &contact, "about", json_from_string(str_builder_text(&sentence)));
	struct json days =
		picked_array(maker, (const char *const[]){"MO", "TU", "WE", "TH", "FR", "SA", NULL},
			1 + below(maker, 3));
	int from = 60 * (9 + (int)below(maker, 6)), until = from + 60 * (2 + (int)below(maker, 3));
	for (size_t i = 0; i < days.count; i++) {
		struct json time = {0};
		put(maker, &time, "day", days.items[i]);
		put(maker, &time, "from", clock_text(maker, from));
		put(maker, &time, "until", clock_text(maker, until));
		json_append(maker->scratch, &times, time);
	}
	put(maker, &contact, "present_times", times);
	put_text(maker, &contact, "phone",
		str_format(
			maker->scratch, "055-000 %02u %02u", below(maker, 100), below(maker, 100))
			.ptr);
	put(maker, &contact, "languages", languages(maker));
	put_text(maker, &contact, "promise", pick(maker, sample_promises));
	return contact;
}

static struct json make_organization(struct maker *maker, size_t at)
{
	static const char *const kinds[] = {"Buurthuis", "Welzijn", "Bewoners", "Stichting", NULL};
	static const char *const layers[] = {"gemeenschappelijk", "institutioneel", NULL};
	struct json organization = {0};
	const char *kind = pick(maker, kinds);
	const char *name =
		str_format(maker->scratch, "%s %s", kind, street(maker, maker->scratch)).ptr;
	put_id(maker, &organization, "id", maker->organizations[at].id);
	put_text(maker, &organization, "key", str_format(maker->scratch, "o%zu", at + 1).ptr);
	put_text(maker, &organization, "name", name);
	put_text(maker, &organization, "description", "Mensen die samen de buurt beter maken.");
	put_text(maker, &organization, "layer", pick(maker, layers));
	return organization;
}

static struct json make_place(struct maker *maker, size_t at)
{
	static const char *const kinds[] = {
		"Buurthuis", "Wijkcentrum", "School", "Bibliotheek", "Kerk", "Buurttuin", NULL};
	static const char *const tri[] = {"yes", "yes", "partial", "no", "unknown", NULL};
	static const char *const keys[] = {"step_free", "wheelchair", "toilet", "hearing_loop",
		"parking", "quiet_place", NULL};
	struct json place = {0}, access = {0};
	const char *road = street(maker, maker->scratch);
	const char *name = str_format(maker->scratch, "%s %s", pick(maker, kinds), road).ptr;
	put_id(maker, &place, "id", maker->places[at].id);
	put_text(maker, &place, "key", str_format(maker->scratch, "p%zu", at + 1).ptr);
	put_text(maker, &place, "name", name);
	put_text(maker, &place, "location_type", "physical");
	put_text(maker, &place, "address_1",
		str_format(maker->scratch, "%s %u", road, 1 + below(maker, 200)).ptr);
	put_text(maker, &place, "postal_code",
		str_format(maker->scratch, "0000 A%c", (char)('A' + (int)below(maker, 26))).ptr);
	put_text(maker, &place, "city", "Voorbeeldstad");
	put_text(maker, &place, "state_province", "Voorbeeldprovincie");
	put_text(maker, &place, "country", "NL");
	struct json latitude = {.type = JSON_IS_REAL, .real = 52.15 + below(maker, 2000) / 1e5};
	struct json longitude = {.type = JSON_IS_REAL, .real = 5.38 + below(maker, 2000) / 1e5};
	put(maker, &place, "latitude", latitude);
	put(maker, &place, "longitude", longitude);
	put_int(maker, &place, "walk_minutes", at == 0 ? 0 : 1 + below(maker, 25));
	for (size_t i = 0; keys[i]; i++)
		put_text(maker, &access, keys[i], pick(maker, tri));
	put_text(maker, &access, "text", "Heb je hulp nodig bij de deur? Bel even.");
	put(maker, &place, "accessibility", access);
	put_text(maker, &place, "transport", pick(maker, sample_transports));
	return place;
}

/* When. */

/* The first day from `from` on that is that weekday. */
static struct date next_weekday(struct date from, int weekday)
{
	int ahead = (weekday - (int)date_weekday(from) + 7) % 7;
	return date_add_days(from, ahead);
}

static struct date first_of_next_month(struct date date)
{
	return date.month == 12 ? (struct date){date.year + 1, 1, 1}
				: (struct date){date.year, date.month + 1, 1};
}

static struct json make_exceptions(
	struct maker *maker, struct date start, int step_days, int minute)
{
	struct json exceptions = empty_array(), exception = {0};
	if (step_days == 0 || !one_in(maker, 5))
		return exceptions;
	struct date day = date_add_days(start, step_days * (1 + (int)below(maker, 6)));
	bool moved = one_in(maker, 3);
	put(maker, &exception, "date", local_text(maker, day, minute));
	put_text(maker, &exception, "status", moved ? "moved" : "cancelled");
	put_text(maker, &exception, "reason", pick(maker, sample_reasons));
	if (moved)
		put(maker, &exception, "moved_to",
			local_text(maker, date_add_days(day, 1), minute));
	json_append(maker->scratch, &exceptions, exception);
	return exceptions;
}

static struct json make_schedule(struct maker *maker, const struct sample_kind *kind)
{
	struct json schedule = {0}, exdate = empty_array();
	uint32_t rhythm = below(maker, 20);
	int weekday = MONDAY + (int)below(maker, 7), minute = 60 * (9 + (int)below(maker, 11));
	minute += one_in(maker, 2) ? 30 : 0;
	struct date start =
		next_weekday(date_add_days(maker->from, (int)below(maker, 14)), weekday);
	const char *code = day_codes[weekday - MONDAY];
	struct str until = str_format(maker->scratch, "UNTIL=%04d%02d%02dT220000Z",
		maker->until.year, maker->until.month, maker->until.day);
	struct str rule = {0};
	int step_days = 0;
	if (rhythm < 13) {
		step_days = 7;
		rule = str_format(
			maker->scratch, "FREQ=WEEKLY;BYDAY=%s;%.*s", code, STR_ARG(until));
	} else if (rhythm < 16) {
		step_days = 14;
		rule = str_format(maker->scratch, "FREQ=WEEKLY;INTERVAL=2;BYDAY=%s;%.*s", code,
			STR_ARG(until));
	} else if (rhythm < 19) {
		int nth = 1 + (int)below(maker, 3);
		start = date_add_days(
			next_weekday(first_of_next_month(start), weekday), 7 * (nth - 1));
		rule = str_format(
			maker->scratch, "FREQ=MONTHLY;BYDAY=%d%s;%.*s", nth, code, STR_ARG(until));
	}
	if (step_days > 0 && one_in(maker, 3))
		json_append(maker->scratch, &exdate,
			local_text(maker, date_add_days(start, step_days * 8), minute));
	put_id(maker, &schedule, "id", uuid_random(maker->luck));
	put_text(maker, &schedule, "label", kind->name);
	put(maker, &schedule, "dtstart", local_text(maker, start, minute));
	put_text(maker, &schedule, "timezone", timezone);
	put_int(maker, &schedule, "duration_minutes", kind->minutes);
	put(maker, &schedule, "rrule", rule.len > 0 ? json_from_string(rule) : (struct json){0});
	put(maker, &schedule, "exdate", exdate);
	put(maker, &schedule, "rdate", empty_array());
	put(maker, &schedule, "exceptions", make_exceptions(maker, start, step_days, minute));
	put(maker, &schedule, "place_id", (struct json){0});
	return schedule;
}

/* What. */

static struct json make_factors(struct maker *maker)
{
	struct json factors = empty_array();
	for (int n = 1; n <= 10; n++) {
		if (!one_in(maker, 3))
			continue;
		struct json factor = {0};
		put_int(maker, &factor, "n", n);
		put_text(maker, &factor, "why", sample_whys[n - 1]);
		json_append(maker->scratch, &factors, factor);
	}
	return factors;
}

static struct json make_registration(struct maker *maker, const char *mode, bool sensitive)
{
	struct json registration = {0};
	bool sign_up = str_equal_z(str_from(mode), "sign_up");
	bool introduction = str_equal_z(str_from(mode), "introduction");
	put_text(maker, &registration, "mode", mode);
	put(maker, &registration, "capacity",
		sign_up ? json_from_integer(6 + below(maker, 20)) : (struct json){0});
	put_bool(maker, &registration, "waiting_list", sign_up && one_in(maker, 2));
	put_int(maker, &registration, "max_party", introduction ? 1 : 2 + below(maker, 4));
	put(maker, &registration, "fields",
		sensitive || (!sign_up && !introduction)
			? empty_array()
			: words_array(maker, introduction ? "first_name|contact_choice|best_time"
							  : "first_name|contact_choice"));
	put_text(maker, &registration, "note",
		sign_up        ? "De eerste keer mag je gewoon komen kijken."
		: introduction ? "Je vertelt je vraag aan een mens. Niet aan dit scherm."
			       : "Je hoeft je niet aan te melden.");
	put_int(maker, &registration, "retention_days", sign_up ? 30 : introduction ? 14 : 0);
	return registration;
}

static struct json make_first_visit(
	struct maker *maker, const struct sample_kind *kind, struct uuid host)
{
	struct json visit = {0}, companion = {0};
	put_id(maker, &visit, "greeted_by", host);
	put(maker, &visit, "steps", picked_array(maker, sample_steps, 3 + below(maker, 3)));
	put_text(maker, &visit, "stay", pick(maker, sample_stays));
	put_text(maker, &visit, "bring", kind->bring);
	bool available = !one_in(maker, 4);
	put_bool(maker, &companion, "available", available);
	put(maker, &companion, "text",
		available ? text(pick(maker, sample_companions)) : (struct json){0});
	put(maker, &visit, "companion", companion);
	return visit;
}

static void put_audience(struct maker *maker, struct json *initiative)
{
	struct json audience = {0};
	uint32_t who = below(maker, 10);
	bool young = who == 0, old = who == 1, women = who == 2;
	put(maker, &audience, "min_age",
		young ? json_from_integer(12)
		: old ? json_from_integer(60)
		      : (struct json){0});
	put(maker, &audience, "max_age", young ? json_from_integer(23) : (struct json){0});
	put_bool(maker, &audience, "women_only", women);
	put_text(maker, &audience, "who",
		young   ? "Jongeren van 12 tot en met 23 jaar."
		: old   ? "Mensen vanaf 60 jaar."
		: women ? "Vrouwen uit de buurt."
			: "Iedereen uit de buurt.");
	put(maker, initiative, "audience", audience);
	put(maker, initiative, "languages", languages(maker));
}

static void put_cost(struct maker *maker, struct json *initiative)
{
	struct json cost = {0};
	bool free = !one_in(maker, 4);
	struct json amount = {.type = JSON_IS_REAL, .real = 0.5 * (1 + below(maker, 9))};
	put(maker, &cost, "amount", free ? json_from_integer(0) : amount);
	put_text(maker, &cost, "currency", "EUR");
	put_text(maker, &cost, "text",
		free ? "Gratis."
		     : "Je betaalt een klein bedrag. Heb je dat niet? Dan is het gratis.");
	put(maker, initiative, "cost", cost);
}

static void put_specialists(struct maker *maker, struct json *initiative)
{
	struct json specialists = empty_array(), specialist = {0};
	if (one_in(maker, 4)) {
		put_text(maker, &specialist, "role", pick(maker, sample_specialists));
		put_text(maker, &specialist, "when", "Eerste keer van de maand");
		put_text(maker, &specialist, "how",
			"Schuift aan bij de koffie, als de groep dat wil.");
		json_append(maker->scratch, &specialists, specialist);
	}
	put(maker, initiative, "specialists", specialists);
}

static void put_dates(struct maker *maker, struct json *initiative, const char *by)
{
	struct json lifecycle = {0}, assured = {0};
	struct date started = date_add_days(maker->from, -30 - (int)below(maker, 2500));
	struct date review = date_add_days(maker->from, 30 + (int)below(maker, 150));
	struct date checked = date_add_days(maker->from, -1 - (int)below(maker, 60));
	put_text(maker, &lifecycle, "stage", "loopt");
	put(maker, &lifecycle, "started", date_text(maker, started));
	put(maker, &lifecycle, "review_on", date_text(maker, review));
	put(maker, initiative, "lifecycle", lifecycle);
	put(maker, &assured, "date", date_text(maker, checked));
	put_text(maker, &assured, "by", by);
	put(maker, initiative, "assured", assured);
}

static struct json make_initiative(struct maker *maker, size_t at)
{
	static const char *const normalising[] = {
		"brede_blik", "thuisnabij", "recht_om_te_falen", "perspectieven", NULL};
	static const char *const statuses[] = {"draft", "paused", "ended", NULL};
	uint32_t kind_count = 0;
	while (sample_kinds[kind_count].name)
		kind_count++;
	const struct sample_kind *kind = &sample_kinds[below(maker, kind_count)];
	const struct named *host = &maker->contacts[below(maker, (uint32_t)maker->contact_count)];
	bool sensitive = one_in(maker, 20);
	struct json initiative = {0}, schedules = empty_array(), description = empty_array();
	struct json collectivising = {0}, forms = empty_array();
	struct arena *arena = maker->scratch;

	put_id(maker, &initiative, "id", uuid_random(maker->luck));
	put_text(maker, &initiative, "slug", str_format(arena, "sample-%zu", at + 1).ptr);
	put_bool(maker, &initiative, "sample", true);
	put_text(
		maker, &initiative, "status", one_in(maker, 25) ? pick(maker, statuses) : "active");
	put_bool(maker, &initiative, "sensitive", sensitive);
	put_bool(maker, &initiative, "with_children", one_in(maker, 3));
	put_text(maker, &initiative, "icon", kind->icon);
	put(maker, &initiative, "picture", picture(maker, kind->picture, kind->picture_alt));
	put_text(maker, &initiative, "name",
		str_format(arena, "%s %s", kind->name, street(maker, arena)).ptr);
	put_text(maker, &initiative, "tagline", kind->tagline);
	put_text(maker, &initiative, "summary", kind->summary);
	json_append(arena, &description, text(kind->description[0]));
	json_append(arena, &description, text(kind->description[1]));
	put(maker, &initiative, "description", description);
	put_text(maker, &initiative, "layer", kind->layer);
	put(maker, &initiative, "also_layers", empty_array());
	put(maker, &initiative, "environments",
		words_array(maker, one_in(maker, 8) ? "fysiek|online" : "fysiek"));
	put(maker, &initiative, "themes", words_array(maker, kind->themes));
	json_append(arena, &forms, json_from_integer(1 + below(maker, 3)));
	put(maker, &collectivising, "forms", forms);
	put_text(maker, &collectivising, "how",
		"Meer mensen hadden dezelfde vraag. Nu is er een groep.");
	put(maker, &initiative, "collectivising", collectivising);
	put(maker, &initiative, "protective_factors", make_factors(maker));
	put(maker, &initiative, "normalising", picked_array(maker, normalising, 2));
	put_audience(maker, &initiative);
	put_cost(maker, &initiative);
	put_id(maker, &initiative, "organization_id",
		pick_id(maker, maker->organizations, maker->organization_count));
	put_id(maker, &initiative, "host_contact_id", host->id);
	put_id(maker, &initiative, "warm_contact_id", host->id);
	put_id(maker, &initiative, "place_id", pick_id(maker, maker->places, maker->place_count));
	put_text(maker, &initiative, "room", kind->room);
	json_append(arena, &schedules, make_schedule(maker, kind));
	if (one_in(maker, 6))
		json_append(arena, &schedules, make_schedule(maker, kind));
	put(maker, &initiative, "schedules", schedules);
	put(maker, &initiative, "registration",
		make_registration(maker, sensitive ? "walk_in" : kind->mode, sensitive));
	put(maker, &initiative, "first_visit", make_first_visit(maker, kind, host->id));
	put(maker, &initiative, "asks", words_array(maker, kind->asks));
	put(maker, &initiative, "offers", words_array(maker, kind->offers));
	put_specialists(maker, &initiative);
	put_dates(maker, &initiative, host->name);
	return initiative;
}

/* The file. */

static bool write_piece(struct maker *maker, const char *z)
{
	return maker->sink(maker->context, str_from(z));
}

static bool write_list(struct maker *maker, const char *key, size_t count,
	struct json (*make)(struct maker *maker, size_t at))
{
	if (!write_piece(maker, ",\n\"") || !write_piece(maker, key) || !write_piece(maker, "\":["))
		return false;
	for (size_t i = 0; i < count; i++) {
		arena_reset(maker->scratch);
		struct json entity = make(maker, i);
		struct str_builder line = {.arena = maker->scratch};
		str_builder_add(&line, i > 0 ? STR(",\n") : STR("\n"));
		json_write(&line, &entity, false);
		if (!maker->sink(maker->context, str_builder_text(&line)))
			return false;
	}
	return write_piece(maker, "\n]");
}

static bool write_top(struct maker *maker)
{
	struct str_builder top = {.arena = maker->scratch};
	str_builder_add_format(&top,
		"{\"format\":\"buurtlijst\",\"format_version\":\"0.2\",\"sample\":true,"
		"\"notice\":\"Alle personen, adressen en nummers zijn verzonnen.\","
		"\"generated_at\":\"%04d-%02d-%02dT08:00:00Z\",\"language\":\"nl\","
		"\"timezone\":\"%s\",\n",
		maker->from.year, maker->from.month, maker->from.day, timezone);
	str_builder_add_format(&top,
		"\"venue\":{\"id\":\"%.*s\",\"name\":\"Buurthuis Voorbeeld\",\"neighbourhood\":"
		"\"Zuid\",\"municipality\":\"Voorbeeldstad\",\"place_id\":\"%.*s\"},\n",
		STR_ARG(uuid_format(maker->scratch, uuid_random(maker->luck))),
		STR_ARG(uuid_format(maker->scratch, maker->places[0].id)));
	str_builder_add(
		&top, STR("\"help_numbers\":[{\"number\":\"112\",\"text\":\"Er is direct gevaar.\","
			  "\"danger\":true},{\"number\":\"113\",\"text\":\"Denk je aan zelfmoord? "
			  "0800-0113 is gratis.\",\"danger\":false}],\n\"taxonomies\":"));
	str_builder_add(&top, str_from(sample_taxonomies));
	return maker->sink(maker->context, str_builder_text(&top));
}

static struct named *draw_ids(struct maker *maker, struct arena *kept, size_t count)
{
	struct named *entities = arena_new_array(kept, struct named, count);
	for (size_t i = 0; i < count; i++)
		entities[i].id = uuid_random(maker->luck);
	return entities;
}

bool sample_write(
	struct env *luck, struct date from, size_t initiatives, sample_sink *sink, void *context)
{
	enum { RUNS_DAYS = 300 };
	CLEANUP(arena_finish) struct arena kept = {0};
	CLEANUP(arena_finish) struct arena scratch = {0};
	struct maker maker = {
		.luck = luck,
		.scratch = &scratch,
		.from = from,
		.until = date_add_days(from, RUNS_DAYS),
		.contact_count = 3 + initiatives / 4,
		.organization_count = 2 + initiatives / 30,
		.place_count = 2 + initiatives / 15,
		.sink = sink,
		.context = context,
	};
	maker.contacts = draw_ids(&maker, &kept, maker.contact_count);
	maker.organizations = draw_ids(&maker, &kept, maker.organization_count);
	maker.places = draw_ids(&maker, &kept, maker.place_count);
	return write_top(&maker) &&
	       write_list(&maker, "contacts", maker.contact_count, make_contact) &&
	       write_list(&maker, "organizations", maker.organization_count, make_organization) &&
	       write_list(&maker, "places", maker.place_count, make_place) &&
	       write_list(&maker, "initiatives", initiatives, make_initiative) &&
	       write_piece(&maker, "}\n");
}

static bool add_piece(void *context, struct str piece)
{
	str_builder_add(context, piece);
	return true;
}

struct str sample_text(struct arena *arena, struct env *luck, struct date from, size_t initiatives)
{
	struct str_builder out = {.arena = arena};
	sample_write(luck, from, initiatives, add_piece, &out);
	return str_builder_text(&out);
}
