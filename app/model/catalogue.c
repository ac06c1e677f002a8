/* From records to structs in two steps: every entity gets its place in an array, in the order of
 * the file, and only then are they filled, so that references can point forward as well as back.
 * Nothing here fails: what cannot be read is absent and is said. */
#include "model/catalogue.h"

#include "model/catalogue_read.h"
#include "model/fields.h"

#include <limits.h>
#include <stdlib.h>

struct indexed {
	struct uuid id;
	size_t at; /* in the array of its type */
};

enum { TYPE_COUNT = ENTITY_SCHEDULE + 1 };

struct builder {
	struct arena *arena;
	struct catalogue *catalogue;
	struct placed_record *sorted; /* by type, parent, position, id */
	size_t count;
	size_t first[TYPE_COUNT + 1]; /* of each type in sorted */
	struct indexed *index[TYPE_COUNT];
	void (*complain)(void *context, const char *message);
	void *context;
};

static int compare_indexed(const void *a, const void *b)
{
	const struct indexed *left = a, *right = b;
	return uuid_compare(left->id, right->id);
}

static void place_records(struct builder *builder, const struct record *records, size_t count)
{
	builder->sorted = arena_new_array(builder->arena, struct placed_record, count);
	for (size_t i = 0; i < count; i++) {
		struct placed_record placed = {.record = &records[i]};
		if (records[i].type < ENTITY_CATALOGUE || records[i].type > ENTITY_SCHEDULE ||
			str_equal_z(record_get(&records[i], FIELD_DELETED), "true"))
			continue;
		str_to_int(record_get(&records[i], FIELD_POSITION), &placed.position);
		struct field_reader reader = {builder->arena, &records[i], NULL, NULL};
		if (records[i].type == ENTITY_SCHEDULE)
			placed.parent = field_uuid(&reader, FIELD_INITIATIVE_ID);
		builder->sorted[builder->count++] = placed;
	}
	if (builder->count > 0)
		qsort(builder->sorted, builder->count, sizeof(*builder->sorted),
			placed_record_compare);
}

static void index_types(struct builder *builder)
{
	size_t at = 0;
	for (unsigned type = 0; type < TYPE_COUNT; type++) {
		builder->first[type] = at;
		while (at < builder->count && builder->sorted[at].record->type == type)
			at++;
		size_t count = at - builder->first[type];
		struct indexed *index = arena_new_array(builder->arena, struct indexed, count);
		for (size_t i = 0; i < count; i++) {
			const struct placed_record *placed =
				&builder->sorted[builder->first[type] + i];
			index[i] = (struct indexed){placed->record->id, i};
		}
		if (count > 0)
			qsort(index, count, sizeof(*index), compare_indexed);
		builder->index[type] = index;
	}
	builder->first[TYPE_COUNT] = at;
}

static size_t type_count(const struct builder *builder, enum entity_type type)
{
	return builder->first[type + 1] - builder->first[type];
}

static struct field_reader reader_of(const struct builder *builder, enum entity_type type, size_t i)
{
	const struct record *record = builder->sorted[builder->first[type] + i].record;
	return (struct field_reader){builder->arena, record, builder->complain, builder->context};
}

/* Where the entity of that id stands in the array of its type, or -1. */
static ptrdiff_t find(const struct builder *builder, enum entity_type type, struct uuid id)
{
	size_t count = type_count(builder, type);
	struct indexed key = {id, 0};
	const struct indexed *found =
		count > 0 ? bsearch(&key, builder->index[type], count, sizeof(key), compare_indexed)
			  : NULL;
	return found ? (ptrdiff_t)found->at : -1;
}

static ptrdiff_t reference(const struct builder *builder, const struct field_reader *reader,
	uint16_t number, enum entity_type type)
{
	struct uuid id = field_uuid(reader, number);
	if (uuid_is_nil(id))
		return -1;
	ptrdiff_t at = find(builder, type, id);
	if (at < 0)
		field_complain(reader, number, "nothing has that id");
	return at;
}

static const struct place *place_reference(
	const struct builder *builder, const struct field_reader *reader, uint16_t number)
{
	ptrdiff_t at = reference(builder, reader, number, ENTITY_PLACE);
	return at >= 0 ? &builder->catalogue->places[at] : NULL;
}

static const struct contact *contact_reference(
	const struct builder *builder, const struct field_reader *reader, uint16_t number)
{
	ptrdiff_t at = reference(builder, reader, number, ENTITY_CONTACT);
	return at >= 0 ? &builder->catalogue->contacts[at] : NULL;
}

/* The parts of a catalogue. */

static void fill_taxonomies(const struct builder *builder, const struct field_reader *reader)
{
	struct catalogue *c = builder->catalogue;
	const struct json *all = field_object(reader, CATALOGUE_TAXONOMIES);
	size_t count = all ? all->count : 0;
	c->taxonomies = arena_new_array(builder->arena, struct taxonomy, count);
	for (size_t i = 0; i < count; i++) {
		const struct json *terms = &all->items[i];
		struct taxonomy *taxonomy = &c->taxonomies[c->taxonomy_count++];
		taxonomy->name = all->keys[i];
		if (terms->type != JSON_IS_ARRAY)
			continue;
		taxonomy->terms =
			arena_new_array(builder->arena, struct taxonomy_term, terms->count);
		for (size_t at = 0; at < terms->count; at++) {
			const struct json *term = &terms->items[at];
			struct str help = json_string(json_get(term, STR("help")));
			if (help.len == 0)
				help = json_string(json_get(term, STR("plain")));
			if (help.len == 0)
				help = json_string(json_get(term, STR("prompt")));
			taxonomy->terms[taxonomy->term_count++] =
				(struct taxonomy_term){json_string(json_get(term, STR("code"))),
					json_string(json_get(term, STR("label"))), help};
		}
	}
}

static void fill_catalogue(const struct builder *builder)
{
	struct catalogue *c = builder->catalogue;
	if (type_count(builder, ENTITY_CATALOGUE) == 0)
		return;
	struct field_reader reader = reader_of(builder, ENTITY_CATALOGUE, 0);
	c->venue_id = reader.record->id;
	c->venue_name = field_text(&reader, CATALOGUE_VENUE_NAME);
	c->neighbourhood = field_text(&reader, CATALOGUE_VENUE_NEIGHBOURHOOD);
	c->municipality = field_text(&reader, CATALOGUE_VENUE_MUNICIPALITY);
	c->language = field_text(&reader, CATALOGUE_LANGUAGE);
	c->timezone = field_text(&reader, CATALOGUE_TIMEZONE);
	c->notice = field_text(&reader, CATALOGUE_NOTICE);
	c->sample = field_bool(&reader, CATALOGUE_SAMPLE);
	c->venue_place = place_reference(builder, &reader, CATALOGUE_VENUE_PLACE_ID);
	fill_taxonomies(builder, &reader);
	const struct json *numbers = field_array(&reader, CATALOGUE_HELP_NUMBERS);
	c->help_number_count = numbers ? numbers->count : 0;
	c->help_numbers = arena_new_array(builder->arena, struct help_number, c->help_number_count);
	for (size_t i = 0; i < c->help_number_count; i++) {
		const struct json *number = &numbers->items[i];
		c->help_numbers[i] =
			(struct help_number){json_string(json_get(number, STR("number"))),
				json_string(json_get(number, STR("text"))),
				json_is_true(json_get(number, STR("danger")))};
	}
}

/* Minutes of "09:30", or -1. */
static int clock_minutes(struct str text)
{
	int64_t hour, minute;
	struct str_pair pair = str_cut(text, ':');
	if (!str_to_int(pair.head, &hour) || !str_to_int(pair.tail, &minute) || hour < 0 ||
		hour > 24 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60)
		return -1;
	return (int)(hour * 60 + minute);
}

static void fill_present(const struct field_reader *reader, struct contact *contact)
{
	static const char *const days[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU", NULL};
	const struct json *times = field_array(reader, CONTACT_PRESENT_TIMES);
	size_t count = times ? times->count : 0;
	contact->present = arena_new_array(reader->arena, struct present_time, count);
	for (size_t i = 0; i < count; i++) {
		const struct json *time = &times->items[i];
		int day = word_index(json_string(json_get(time, STR("day"))), days, -1);
		int from = clock_minutes(json_string(json_get(time, STR("from"))));
		int until = clock_minutes(json_string(json_get(time, STR("until"))));
		if (day < 0 || from < 0 || until <= from) {
			field_complain(reader, CONTACT_PRESENT_TIMES, "holds no day, from, until");
			continue;
		}
		contact->present[contact->present_count++] =
			(struct present_time){(enum weekday)(MONDAY + day), from, until};
	}
	if (contact->present_count == 0)
		contact->present_text = field_text(reader, CONTACT_PRESENT);
}

static void fill_contact(const struct field_reader *reader, struct contact *contact)
{
	*contact = (struct contact){
		.id = reader->record->id,
		.key = field_text(reader, CONTACT_KEY),
		.name = field_text(reader, CONTACT_NAME),
		.role = field_text(reader, CONTACT_ROLE),
		.about = field_text(reader, CONTACT_ABOUT),
		.phone = field_text(reader, CONTACT_PHONE),
		.promise = field_text(reader, CONTACT_PROMISE),
		.languages = field_text_list(reader, CONTACT_LANGUAGES),
		.picture = {field_text(reader, CONTACT_PICTURE_FILE),
			field_text(reader, CONTACT_PICTURE_ALT)},
	};
	fill_present(reader, contact);
}

static void fill_organization(const struct field_reader *reader, struct organization *organization)
{
	*organization = (struct organization){
		.id = reader->record->id,
		.key = field_text(reader, ORGANIZATION_KEY),
		.name = field_text(reader, ORGANIZATION_NAME),
		.description = field_text(reader, ORGANIZATION_DESCRIPTION),
		.layer = field_text(reader, ORGANIZATION_LAYER),
	};
}

static enum tri_state tri(const struct field_reader *reader, uint16_t number)
{
	static const char *const words[] = {
		[TRI_UNKNOWN] = "unknown", [TRI_YES] = "yes", "partial", "no", NULL};
	return (enum tri_state)field_word(reader, number, words, TRI_UNKNOWN);
}

static void fill_place(const struct field_reader *reader, struct place *place)
{
	enum { NOWHERE = 1000 };
	*place = (struct place){
		.id = reader->record->id,
		.key = field_text(reader, PLACE_KEY),
		.name = field_text(reader, PLACE_NAME),
		.location_type = field_text(reader, PLACE_LOCATION_TYPE),
		.address_1 = field_text(reader, PLACE_ADDRESS_1),
		.postal_code = field_text(reader, PLACE_POSTAL_CODE),
		.city = field_text(reader, PLACE_CITY),
		.transport = field_text(reader, PLACE_TRANSPORT),
		.latitude = field_number(reader, PLACE_LATITUDE, NOWHERE),
		.longitude = field_number(reader, PLACE_LONGITUDE, NOWHERE),
		.accessibility = {.step_free = tri(reader, PLACE_STEP_FREE),
			.wheelchair = tri(reader, PLACE_WHEELCHAIR),
			.toilet = tri(reader, PLACE_TOILET),
			.hearing_loop = tri(reader, PLACE_HEARING_LOOP),
			.parking = tri(reader, PLACE_PARKING),
			.quiet_place = tri(reader, PLACE_QUIET_PLACE),
			.text = field_text(reader, PLACE_ACCESSIBILITY_TEXT)},
		.walk_minutes = field_int(reader, PLACE_WALK_MINUTES, 0, 24 * 60, -1),
	};
	place->has_position = place->latitude >= -90 && place->latitude <= 90 &&
			      place->longitude >= -180 && place->longitude <= 180;
	if (!place->has_position)
		place->latitude = place->longitude = 0;
}

/* Schedules. */

static void fill_exceptions(const struct field_reader *reader, struct schedule *schedule)
{
	const struct json *all = field_array(reader, SCHEDULE_EXCEPTIONS);
	size_t count = all ? all->count : 0;
	schedule->exceptions = arena_new_array(reader->arena, struct exception, count);
	for (size_t i = 0; i < count; i++) {
		const struct json *from = &all->items[i];
		struct exception exception = {
			.reason = json_string(json_get(from, STR("reason"))),
			.room = json_string(json_get(from, STR("room"))),
		};
		if (!local_time_parse(json_string(json_get(from, STR("date"))), &exception.date)) {
			field_complain(reader, SCHEDULE_EXCEPTIONS, "one has no date");
			continue;
		}
		struct str status = json_string(json_get(from, STR("status")));
		exception.cancelled = str_equal_z(status, "cancelled");
		exception.moved = str_equal_z(status, "moved") &&
				  local_time_parse(json_string(json_get(from, STR("moved_to"))),
					  &exception.moved_to);
		if (!exception.cancelled && !str_equal_z(status, "moved"))
			field_complain(
				reader, SCHEDULE_EXCEPTIONS, "one is neither cancelled nor moved");
		schedule->exceptions[schedule->exception_count++] = exception;
	}
}

/* False when it has no start, so that it can never take place. */
static bool fill_schedule(
	const struct builder *builder, const struct field_reader *reader, struct schedule *schedule)
{
	*schedule = (struct schedule){
		.id = reader->record->id,
		.label = field_text(reader, SCHEDULE_LABEL),
		.timezone = field_text(reader, SCHEDULE_TIMEZONE),
		.duration_minutes = field_int(reader, SCHEDULE_DURATION_MINUTES, 0, 44640, 0),
		.rrule = field_text(reader, SCHEDULE_RRULE),
		.place = place_reference(builder, reader, SCHEDULE_PLACE_ID),
	};
	if (schedule->timezone.len == 0)
		schedule->timezone = builder->catalogue->timezone;
	if (!local_time_parse(field_text(reader, SCHEDULE_DTSTART), &schedule->dtstart)) {
		field_complain(reader, SCHEDULE_DTSTART, "no start, so it never takes place");
		return false;
	}
	schedule->exdate = field_local_times(reader, SCHEDULE_EXDATE, &schedule->exdate_count);
	schedule->rdate = field_local_times(reader, SCHEDULE_RDATE, &schedule->rdate_count);
	fill_exceptions(reader, schedule);
	return true;
}

/* Schedules of one initiative stand together among the sorted records. */
static void fill_schedules(const struct builder *builder)
{
	struct catalogue *c = builder->catalogue;
	size_t count = type_count(builder, ENTITY_SCHEDULE);
	struct schedule *schedules = arena_new_array(builder->arena, struct schedule, count);
	size_t made = 0;
	for (size_t i = 0; i < count; i++) {
		const struct placed_record *placed =
			&builder->sorted[builder->first[ENTITY_SCHEDULE] + i];
		struct field_reader reader = reader_of(builder, ENTITY_SCHEDULE, i);
		ptrdiff_t owner = find(builder, ENTITY_INITIATIVE, placed->parent);
		if (owner < 0 || !fill_schedule(builder, &reader, &schedules[made]))
			continue;
		struct initiative *initiative = &c->initiatives[owner];
		if (initiative->schedule_count++ == 0)
			initiative->schedules = &schedules[made];
		schedules[made++].initiative = initiative;
	}
}

/* Initiatives. */

static void fill_factors(const struct field_reader *reader, struct initiative *initiative)
{
	const struct json *all = field_array(reader, INITIATIVE_PROTECTIVE_FACTORS);
	size_t count = all ? all->count : 0;
	initiative->factors = arena_new_array(reader->arena, struct protective_factor, count);
	for (size_t i = 0; i < count; i++) {
		const struct json *n = json_get(&all->items[i], STR("n"));
		int64_t number = n && n->type == JSON_IS_INTEGER ? n->integer : 0;
		str_to_int(json_string(n), &number);
		if (number < 1 || number > 10) {
			field_complain(
				reader, INITIATIVE_PROTECTIVE_FACTORS, "one is none of 1 to 10");
			continue;
		}
		initiative->factors[initiative->factor_count++] = (struct protective_factor){
			(int)number, json_string(json_get(&all->items[i], STR("why")))};
	}
}

static void fill_specialists(const struct field_reader *reader, struct initiative *initiative)
{
	const struct json *all = field_array(reader, INITIATIVE_SPECIALISTS);
	initiative->specialist_count = all ? all->count : 0;
	initiative->specialists =
		arena_new_array(reader->arena, struct specialist, initiative->specialist_count);
	for (size_t i = 0; i < initiative->specialist_count; i++)
		initiative->specialists[i] =
			(struct specialist){json_string(json_get(&all->items[i], STR("role"))),
				json_string(json_get(&all->items[i], STR("when"))),
				json_string(json_get(&all->items[i], STR("how")))};
}

static struct registration_rules registration(const struct field_reader *reader)
{
	static const char *const modes[] = {"walk_in", "sign_up", "introduction", NULL};
	static const char *const fields[] = {"first_name", "contact_choice", "best_time", NULL};
	struct registration_rules rules = {
		.mode = (enum registration_mode)field_word(
			reader, INITIATIVE_REGISTRATION_MODE, modes, REGISTRATION_WALK_IN),
		.capacity = field_int(reader, INITIATIVE_CAPACITY, 0, INT_MAX, 0),
		.waiting_list = field_bool(reader, INITIATIVE_WAITING_LIST),
		.max_party = field_int(reader, INITIATIVE_MAX_PARTY, 1, INT_MAX, 1),
		.note = field_text(reader, INITIATIVE_REGISTRATION_NOTE),
		.retention_days = field_int(reader, INITIATIVE_RETENTION_DAYS, 0, 3650, 0),
	};
	struct str_list asked = field_text_list(reader, INITIATIVE_REGISTRATION_FIELDS);
	for (size_t i = 0; i < asked.count; i++) {
		int bit = word_index(asked.items[i], fields, -1);
		if (bit >= 0)
			rules.fields |= 1u << bit;
		else
			field_complain(reader, INITIATIVE_REGISTRATION_FIELDS,
				"asks for something that is not known");
	}
	return rules;
}

static void fill_texts(const struct field_reader *reader, struct initiative *initiative)
{
	*initiative = (struct initiative){
		.id = reader->record->id,
		.slug = field_text(reader, INITIATIVE_SLUG),
		.icon = field_text(reader, INITIATIVE_ICON),
		.name = field_text(reader, INITIATIVE_NAME),
		.tagline = field_text(reader, INITIATIVE_TAGLINE),
		.summary = field_text(reader, INITIATIVE_SUMMARY),
		.description = field_text_list(reader, INITIATIVE_DESCRIPTION),
		.picture = {field_text(reader, INITIATIVE_PICTURE_FILE),
			field_text(reader, INITIATIVE_PICTURE_ALT)},
		.layer = field_text(reader, INITIATIVE_LAYER),
		.also_layers = field_text_list(reader, INITIATIVE_ALSO_LAYERS),
		.environments = field_text_list(reader, INITIATIVE_ENVIRONMENTS),
		.themes = field_text_list(reader, INITIATIVE_THEMES),
		.collectivising_how = field_text(reader, INITIATIVE_COLLECTIVISING_HOW),
		.normalising = field_text_list(reader, INITIATIVE_NORMALISING),
		.audience_who = field_text(reader, INITIATIVE_AUDIENCE_WHO),
		.languages = field_text_list(reader, INITIATIVE_LANGUAGES),
		.cost_currency = field_text(reader, INITIATIVE_COST_CURRENCY),
		.cost_text = field_text(reader, INITIATIVE_COST_TEXT),
		.room = field_text(reader, INITIATIVE_ROOM),
		.steps = field_text_list(reader, INITIATIVE_STEPS),
		.stay = field_text(reader, INITIATIVE_STAY),
		.bring = field_text(reader, INITIATIVE_BRING),
		.companion_text = field_text(reader, INITIATIVE_COMPANION_TEXT),
		.asks = field_text_list(reader, INITIATIVE_ASKS),
		.offers = field_text_list(reader, INITIATIVE_OFFERS),
		.urgent = field_text(reader, INITIATIVE_URGENT),
		.stage = field_text(reader, INITIATIVE_STAGE),
		.assured_by = field_text(reader, INITIATIVE_ASSURED_BY),
	};
}

static void fill_initiative(const struct builder *builder, const struct field_reader *reader,
	struct initiative *initiative)
{
	static const char *const statuses[] = {"draft", "active", "paused", "ended", NULL};
	fill_texts(reader, initiative);
	initiative->status = (enum initiative_status)field_word(
		reader, INITIATIVE_STATUS, statuses, STATUS_DRAFT);
	initiative->sample = field_bool(reader, INITIATIVE_SAMPLE);
	initiative->sensitive = field_bool(reader, INITIATIVE_SENSITIVE);
	initiative->women_only = field_bool(reader, INITIATIVE_WOMEN_ONLY);
	initiative->with_children = field_bool(reader, INITIATIVE_WITH_CHILDREN);
	initiative->companion_available = field_bool(reader, INITIATIVE_COMPANION_AVAILABLE);
	initiative->min_age = field_int(reader, INITIATIVE_MIN_AGE, 0, 130, -1);
	initiative->max_age = field_int(reader, INITIATIVE_MAX_AGE, 0, 130, -1);
	initiative->cost_amount = field_number(reader, INITIATIVE_COST_AMOUNT, -1);
	initiative->registration = registration(reader);
	initiative->started = field_date(reader, INITIATIVE_STARTED);
	initiative->review_on = field_date(reader, INITIATIVE_REVIEW_ON);
	initiative->assured_date = field_date(reader, INITIATIVE_ASSURED_DATE);
	fill_factors(reader, initiative);
	fill_specialists(reader, initiative);
	ptrdiff_t organization =
		reference(builder, reader, INITIATIVE_ORGANIZATION_ID, ENTITY_ORGANIZATION);
	if (organization >= 0)
		initiative->organization = &builder->catalogue->organizations[organization];
	initiative->host = contact_reference(builder, reader, INITIATIVE_HOST_CONTACT_ID);
	initiative->warm_contact = contact_reference(builder, reader, INITIATIVE_WARM_CONTACT_ID);
	initiative->greeted_by = contact_reference(builder, reader, INITIATIVE_GREETED_BY);
	initiative->place = place_reference(builder, reader, INITIATIVE_PLACE_ID);
}

struct catalogue *catalogue_build(struct arena *arena, const struct record *records, size_t count,
	void (*complain)(void *context, const char *message), void *context)
{
	struct catalogue *c = arena_new(arena, struct catalogue);
	struct builder builder = {
		.arena = arena, .catalogue = c, .complain = complain, .context = context};
	place_records(&builder, records, count);
	index_types(&builder);
	c->contact_count = type_count(&builder, ENTITY_CONTACT);
	c->organization_count = type_count(&builder, ENTITY_ORGANIZATION);
	c->place_count = type_count(&builder, ENTITY_PLACE);
	c->initiative_count = type_count(&builder, ENTITY_INITIATIVE);
	c->contacts = arena_new_array(arena, struct contact, c->contact_count);
	c->organizations = arena_new_array(arena, struct organization, c->organization_count);
	c->places = arena_new_array(arena, struct place, c->place_count);
	c->initiatives = arena_new_array(arena, struct initiative, c->initiative_count);

	fill_catalogue(&builder);
	for (size_t i = 0; i < c->contact_count; i++) {
		struct field_reader reader = reader_of(&builder, ENTITY_CONTACT, i);
		fill_contact(&reader, &c->contacts[i]);
	}
	for (size_t i = 0; i < c->organization_count; i++) {
		struct field_reader reader = reader_of(&builder, ENTITY_ORGANIZATION, i);
		fill_organization(&reader, &c->organizations[i]);
	}
	for (size_t i = 0; i < c->place_count; i++) {
		struct field_reader reader = reader_of(&builder, ENTITY_PLACE, i);
		fill_place(&reader, &c->places[i]);
	}
	for (size_t i = 0; i < c->initiative_count; i++) {
		struct field_reader reader = reader_of(&builder, ENTITY_INITIATIVE, i);
		fill_initiative(&builder, &reader, &c->initiatives[i]);
	}
	fill_schedules(&builder);
	return c;
}
