/* Records for the tests of the store: a catalogue of any size, the same for the same numbers. */
#pragma once
#include "base/json.h"
#include "model/fields.h"
#include "model/record.h"
#include "store/registration.h"

struct sample {
	struct arena arena;
	struct record *records;
	size_t count;
};

static inline struct uuid sample_id(unsigned type, size_t number)
{
	struct uuid id = {{0x5a, (uint8_t)type}};
	for (int i = 0; i < 8; i++)
		id.bytes[15 - i] = (uint8_t)((uint64_t)number >> (8 * i));
	return id;
}

/* One field; numbers must rise. */
static inline void sample_field(struct record *record, uint16_t number, struct str json)
{
	record->fields[record->field_count++] = (struct field_value){number, json};
}

static inline struct record *sample_record(struct sample *s, enum entity_type type, size_t number)
{
	struct record *record = &s->records[s->count++];
	record->type = type;
	record->id = sample_id(type, number);
	record->fields = arena_new_array(&s->arena, struct field_value, 64);
	return record;
}

struct sample_rules {
	const char *mode;
	int capacity, retention_days;
	bool waiting_list, sensitive;
};

static inline void sample_initiative(struct sample *s, size_t number, struct sample_rules rules)
{
	struct record *r = sample_record(s, ENTITY_INITIATIVE, number);
	sample_field(r, FIELD_EXTRA, STR("{\"x.own\":1.5}"));
	sample_field(r, FIELD_POSITION, str_format(&s->arena, "%zu", number));
	sample_field(r, INITIATIVE_STATUS, STR("\"active\""));
	sample_field(r, INITIATIVE_SENSITIVE, rules.sensitive ? STR("true") : STR("false"));
	sample_field(r, INITIATIVE_NAME, str_format(&s->arena, "\"Initiatief %zu\"", number));
	sample_field(r, INITIATIVE_REGISTRATION_MODE, str_format(&s->arena, "\"%s\"", rules.mode));
	sample_field(r, INITIATIVE_CAPACITY, str_format(&s->arena, "%d", rules.capacity));
	sample_field(r, INITIATIVE_WAITING_LIST, rules.waiting_list ? STR("true") : STR("false"));
	sample_field(r, INITIATIVE_MAX_PARTY, STR("4"));
	sample_field(
		r, INITIATIVE_RETENTION_DAYS, str_format(&s->arena, "%d", rules.retention_days));

	struct record *schedule = sample_record(s, ENTITY_SCHEDULE, number);
	struct str owner = uuid_format(&s->arena, sample_id(ENTITY_INITIATIVE, number));
	sample_field(
		schedule, FIELD_INITIATIVE_ID, str_format(&s->arena, "\"%.*s\"", STR_ARG(owner)));
	sample_field(schedule, SCHEDULE_DTSTART, STR("\"2026-09-04T10:00:00\""));
	for (uint16_t n = SCHEDULE_TIMEZONE; n <= SCHEDULE_RDATE; n++)
		sample_field(schedule, n, str_format(&s->arena, "\"%d/%zu\"", n, number));
}

static inline struct sample sample_of(size_t initiatives, struct sample_rules rules)
{
	struct sample s = {.count = 0};
	s.records = arena_new_array(&s.arena, struct record, initiatives * 2);
	for (size_t i = 0; i < initiatives; i++)
		sample_initiative(&s, i, rules);
	return s;
}

/* A request for the meeting of 2026-12-04, ending 12:00 in Amsterdam. */
static inline struct registration_request sample_request(size_t initiative)
{
	return (struct registration_request){
		.initiative = sample_id(ENTITY_INITIATIVE, initiative),
		.schedule = sample_id(ENTITY_SCHEDULE, initiative),
		.rule_start = {.date = {2026, 12, 4}, .hour = 10},
		.ends_utc_s = 1796382000, /* 2026-12-04T11:00:00Z */
		.party_size = 1,
		.first_name = STR("Canariefatma"),
		.phone = STR("0612345678"),
	};
}
