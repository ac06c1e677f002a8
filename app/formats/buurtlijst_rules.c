/* What one key cannot tell: a walk-in that asks for names, an age that ends before it starts, an
 * exception of a day on which nothing happens. */
#include "formats/buurtlijst_rules.h"

#include "formats/words.h"
#include "model/recurrence.h"
#include "model/time.h"

static int64_t integer_or(const struct json *value, int64_t otherwise)
{
	return value && value->type == JSON_IS_INTEGER ? value->integer : otherwise;
}

static bool has_items(const struct json *value)
{
	return value && value->type == JSON_IS_ARRAY && value->count > 0;
}

static void registration_rule(struct checker *checker, const struct spot *spot,
	const struct json *registration, bool sensitive)
{
	struct spot at = spot_key(spot, "registration");
	struct spot fields = spot_key(&at, "fields"), days = spot_key(&at, "retention_days");
	struct spot capacity = spot_key(&at, "capacity");
	struct str mode = json_string(json_get(registration, STR("mode")));
	bool asks = has_items(json_get(registration, STR("fields")));
	bool walk_in = str_equal_z(mode, "walk_in");
	if (asks && sensitive)
		WRONG(&fields, "a sensitive initiative takes no names");
	else if (asks && walk_in)
		WRONG(&fields, "who walks in is asked nothing");
	if (walk_in && !check_is_absent(json_get(registration, STR("capacity"))))
		check_complain(checker, COMPLAINT_INFO, &capacity,
			"nobody counts seats of a walk-in: only shown");
	if (str_equal_z(mode, "introduction") &&
		integer_or(json_get(registration, STR("retention_days")), 0) < 1)
		WRONG(&days, "an introduction is kept at least 1 day from saving");
	if (walk_in && integer_or(json_get(registration, STR("retention_days")), 0) > 0)
		WARN(&days, "a walk-in keeps nothing, so there is nothing to keep for days");
}

static void active_rule(
	struct checker *checker, const struct spot *spot, const struct json *initiative)
{
	struct spot visit = spot_key(spot, "first_visit");
	struct spot steps = spot_key(&visit, "steps"), greeter = spot_key(&visit, "greeted_by");
	struct spot host = spot_key(spot, "host_contact_id");
	struct spot schedules = spot_key(spot, "schedules"), place = spot_key(spot, "place_id");
	const struct json *first_visit = json_get(initiative, STR("first_visit"));
	if (!has_items(json_get(first_visit, STR("steps"))))
		WARN(&steps, "an active initiative without the steps of a first visit");
	if (check_is_absent(json_get(first_visit, STR("greeted_by"))))
		WARN(&greeter, "an active initiative where nobody greets who is new");
	if (check_is_absent(json_get(initiative, STR("host_contact_id"))))
		WARN(&host, "an active initiative without a host");
	if (check_is_absent(json_get(initiative, STR("place_id"))))
		WARN(&place, "an active initiative without a place");
	if (!has_items(json_get(initiative, STR("schedules"))))
		WARN(&schedules, "an active initiative that never takes place");
}

static void initiative_rule(
	struct checker *checker, const struct spot *spot, const struct json *initiative)
{
	const struct json *sensitive = json_get(initiative, STR("sensitive"));
	const struct json *audience = json_get(initiative, STR("audience"));
	struct spot at = spot_key(spot, "audience"), max_age = spot_key(&at, "max_age");
	registration_rule(checker, spot, json_get(initiative, STR("registration")),
		sensitive && sensitive->type == JSON_IS_TRUE);
	if (str_equal_z(json_string(json_get(initiative, STR("status"))), "active"))
		active_rule(checker, spot, initiative);
	int64_t oldest = integer_or(json_get(audience, STR("max_age")), INT64_MAX);
	if (oldest < integer_or(json_get(audience, STR("min_age")), 0))
		WRONG(&max_age, "lower than min_age");
}

static void exception_rule(
	struct checker *checker, const struct spot *spot, const struct json *exception)
{
	struct spot moved_to = spot_key(spot, "moved_to"), reason = spot_key(spot, "reason");
	bool moved = str_equal_z(json_string(json_get(exception, STR("status"))), "moved");
	bool to = !check_is_absent(json_get(exception, STR("moved_to")));
	bool room = !check_is_absent(json_get(exception, STR("room")));
	if (moved && !to && !room)
		WRONG(&moved_to, "moved, but neither to another time nor to another room");
	if (!moved && to)
		WRONG(&moved_to, "cancelled and yet moved");
	if (json_string(json_get(exception, STR("reason"))).len == 0)
		WARN(&reason, "people will ask why");
}

/* The occurrences of a schedule up to a time, as its rule and rdate give them. */
struct instances {
	struct local_time *times;
	size_t count;
};

static bool is_instance(const struct instances *instances, struct local_time at)
{
	for (size_t i = 0; i < instances->count; i++)
		if (local_time_compare(instances->times[i], at) == 0)
			return true;
	return false;
}

static bool expand(struct arena *arena, const struct json *schedule, struct local_time until,
	struct instances *instances)
{
	enum { INSTANCES_MAX = 4000 };
	struct local_time dtstart;
	struct error err;
	struct str rrule = json_string(json_get(schedule, STR("rrule")));
	if (!local_time_parse(json_string(json_get(schedule, STR("dtstart"))), &dtstart))
		return false;
	*instances = (struct instances){&dtstart, 1};
	bool expanded =
		rrule.len == 0 || recurrence_expand(arena, rrule, dtstart, until, INSTANCES_MAX,
					  &instances->times, &instances->count, &err);
	if (!expanded || instances->count == INSTANCES_MAX)
		return false;
	const struct json *rdate = json_get(schedule, STR("rdate"));
	size_t more = rdate && rdate->type == JSON_IS_ARRAY ? rdate->count : 0;
	struct local_time *all = arena_new_array(arena, struct local_time, instances->count + more);
	for (size_t i = 0; i < instances->count; i++)
		all[i] = instances->times[i];
	for (size_t i = 0; i < more; i++)
		if (local_time_parse(json_string(&rdate->items[i]), &all[instances->count]))
			instances->count++;
	instances->times = all;
	return true;
}

static struct str exception_date(const struct json *item)
{
	return item->type == JSON_IS_STRING ? item->string
					    : json_string(json_get(item, STR("date")));
}

static const char *const exception_lists[] = {"exdate", "exceptions"};

enum { EXCEPTION_LISTS = 2 };

/* The last day that exdate and exceptions are about; false when they are about none. */
static bool last_exception(const struct json *schedule, struct local_time *last)
{
	bool found = false;
	for (size_t list = 0; list < EXCEPTION_LISTS; list++) {
		const struct json *array = json_get(schedule, str_from(exception_lists[list]));
		bool is_array = array && array->type == JSON_IS_ARRAY;
		for (size_t i = 0; is_array && i < array->count; i++) {
			struct local_time date;
			if (local_time_parse(exception_date(&array->items[i]), &date) &&
				(!found || local_time_compare(date, *last) > 0)) {
				*last = date;
				found = true;
			}
		}
	}
	return found;
}

/* An exception of a day on which nothing happens is a typing error that would send people to a
 * closed door. A hostile file may hold many rules that take long to give up on, so after some of
 * those nobody looks any more. */
static void schedule_rule(
	struct checker *checker, const struct spot *spot, const struct json *schedule)
{
	enum { PATIENCE = 20 };
	CLEANUP(arena_finish) struct arena own = {0};
	struct local_time last;
	struct instances instances;
	if (checker->endless_rules >= PATIENCE || !last_exception(schedule, &last))
		return;
	if (!expand(&own, schedule, last, &instances)) {
		checker->endless_rules++;
		return;
	}
	for (size_t list = 0; list < EXCEPTION_LISTS; list++) {
		struct spot key = spot_key(spot, exception_lists[list]);
		const struct json *array = json_get(schedule, key.key);
		bool is_array = array && array->type == JSON_IS_ARRAY;
		for (size_t i = 0; is_array && i < array->count; i++) {
			struct spot at = {&key, {0}, i};
			struct local_time date;
			if (local_time_parse(exception_date(&array->items[i]), &date) &&
				!is_instance(&instances, date))
				WARN(&at, "nothing takes place then");
		}
	}
}

static void present_time_rule(
	struct checker *checker, const struct spot *spot, const struct json *time)
{
	struct spot until = spot_key(spot, "until");
	int from_minute = words_clock(json_string(json_get(time, STR("from"))));
	int until_minute = words_clock(json_string(json_get(time, STR("until"))));
	if (from_minute >= 0 && until_minute >= 0 && until_minute <= from_minute)
		WRONG(&until, "not later than from");
}

void check_rule(struct checker *checker, const struct spot *spot, enum shape_rule rule,
	const struct json *object)
{
	switch (rule) {
	case RULE_NONE:
		break;
	case RULE_INITIATIVE:
		initiative_rule(checker, spot, object);
		break;
	case RULE_EXCEPTION:
		exception_rule(checker, spot, object);
		break;
	case RULE_SCHEDULE:
		schedule_rule(checker, spot, object);
		break;
	case RULE_PRESENT_TIME:
		present_time_rule(checker, spot, object);
		break;
	}
}
