/* From the store to what screens may know, and from a visitor's answers to a sign-up. */
#include "kiosk/kiosk.h"

#include <assert.h>
#include <string.h>

#include "base/log.h"
#include "store/backup.h"
#include "store/damaged.h"
#include "store/registration.h"

static void complain(void *context, const char *message)
{
	(void)context;
	log_warning("catalogue: %s", message);
}

struct str kiosk_zone(const struct kiosk *kiosk)
{
	const struct catalogue *c = kiosk->model.catalogue;
	return c && c->timezone.len ? c->timezone : STR("Europe/Amsterdam");
}

struct date kiosk_day_of(const struct kiosk *kiosk, int64_t utc_ms)
{
	struct local_time at;
	int offset_s;
	bool dated = utc_ms >= CLOCK_EARLIEST_MS &&
		     zone_from_utc(kiosk_zone(kiosk), utc_ms / 1000, &at, &offset_s);
	return dated ? at.date : (struct date){0};
}

void kiosk_load_catalogue(struct kiosk *kiosk)
{
	struct error err;
	struct record *records = NULL;
	size_t count = 0;
	arena_reset(&kiosk->data);
	kiosk->model.catalogue = NULL;
	if (!store_records(kiosk->store, &kiosk->data, &records, &count, &err))
		log_error("reading the catalogue", &err);
	else if (count > 0)
		kiosk->model.catalogue =
			catalogue_build(&kiosk->data, records, count, complain, NULL);
	kiosk->model.practice = store_mode(kiosk->store) == STORE_PRACTICE;
	kiosk->model.can_save = true;
	kiosk->upcoming_from = (struct date){0};
	kiosk_refresh_time(kiosk);
	kiosk->model.revision++;
}

void kiosk_keep_house(struct kiosk *kiosk)
{
	struct error err;
	bool changed = false;
	kiosk->last_housekeeping_ms = env_monotonic_ms(kiosk->env);
	kiosk->model.can_save = true; /* a disk that failed gets another try */
	if (kiosk->options.crashes)
		crashes_look(kiosk->options.crashes);
	if (!store_refresh(kiosk->store, &changed, &err))
		log_error("looking for changes", &err);
	if (!store_expire(kiosk->store, NULL, &err))
		log_error("erasing what has expired", &err);
	kiosk_judge_collection(kiosk);
	if (store_keys_state(kiosk->store).used_up)
		log_warning("the last of the 24 months of keys is over; it stays in use until new "
			    "keys are made");
	if (kiosk->options.data_dir &&
		!store_expire_aside(kiosk->env, kiosk->options.data_dir, &err))
		log_error("erasing what has expired in what was put aside", &err);
	if (kiosk->options.data_dir &&
		!store_expire_damaged(kiosk->store, kiosk->options.data_dir, &err))
		log_error("erasing what has expired in damaged databases", &err);
	if (changed)
		kiosk_load_catalogue(kiosk);
	kiosk_repair_when_damaged(kiosk);
	/* What is on the screen points into the catalogue that was. */
	kiosk->dirty = true;
}

static int compare_seats(
	const struct occurrence_seats *a, struct uuid schedule, struct local_time rule_start)
{
	int order = uuid_compare(a->schedule, schedule);
	return order ? order : local_time_compare(a->rule_start, rule_start);
}

static const struct seats_taken *find_seats(
	const struct occurrence_seats *all, size_t count, const struct occurrence *o)
{
	static const struct seats_taken none = {0};
	size_t low = 0, high = count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_seats(&all[middle], o->schedule->id, o->rule_start);
		if (order == 0)
			return &all[middle].seats;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return &none;
}

/* Only sign-ups count seats: the capacity of a walk-in is information. */
static struct seats seats_of(const struct occurrence *o, const struct seats_taken *taken)
{
	const struct registration_rules *rules = &o->schedule->initiative->registration;
	if (rules->mode != REGISTRATION_SIGN_UP || rules->capacity == 0)
		return (struct seats){.left = -1};
	int left = rules->capacity - taken->taken;
	if (taken->waiting > 0 || left < 0)
		left = 0; /* nobody overtakes who waits */
	return (struct seats){.left = left, .waiting = taken->waiting};
}

void kiosk_load_days(struct kiosk *kiosk)
{
	struct error err;
	struct model *model = &kiosk->model;
	arena_reset(&kiosk->days);
	model->upcoming = (struct occurrence_list){0};
	model->seats = NULL;
	model->revision++;
	kiosk_load_wishes(kiosk); /* an old one drops out with the day */
	if (!model->catalogue)
		return;
	struct date today = model->now.date;
	model->upcoming = catalogue_occurrences(&kiosk->days, model->catalogue, today,
		date_add_days(today, UPCOMING_DAYS), complain, NULL);
	struct occurrence_seats *all = NULL;
	size_t count = 0;
	if (!store_all_seats(kiosk->store, &kiosk->days, today, &all, &count, &err))
		log_error("counting seats", &err);
	struct seats *seats = arena_new_array(&kiosk->days, struct seats, model->upcoming.count);
	for (size_t i = 0; i < model->upcoming.count; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		seats[i] = seats_of(o, find_seats(all, count, o));
	}
	model->seats = seats;
}

/* The host reads in the list of troubles when the clock became unsure. */
static void judge_clock(struct kiosk *kiosk)
{
	enum clock_quality quality = store_clock(kiosk->store);
	if (quality == CLOCK_UNSURE && kiosk->clock != CLOCK_UNSURE)
		log_warning("the clock cannot be right: no dates are shown and nothing is erased "
			    "until it is set or confirmed");
	kiosk->clock = quality;
	kiosk->model.clock_sure = quality >= CLOCK_SURE;
}

void kiosk_refresh_time(struct kiosk *kiosk)
{
	struct model *model = &kiosk->model;
	int offset_s;
	int64_t utc_s = env_wall_ms(kiosk->env) / 1000;
	if (!zone_from_utc(kiosk_zone(kiosk), utc_s, &model->now, &offset_s))
		model->now = local_time_from_seconds(utc_s);
	judge_clock(kiosk);
	model->sample_clock = kiosk->options.sample_clock;
	if (date_compare(kiosk->upcoming_from, model->now.date) != 0) {
		kiosk->upcoming_from = model->now.date;
		kiosk_load_days(kiosk);
	}
}

/* Which parts of the day somebody may call, for whoever calls: in the language of the desk. */
static struct str best_time(unsigned parts)
{
	static const struct str words[] = {STR_CONST(""), STR_CONST("ochtend"), STR_CONST("middag"),
		STR_CONST("ochtend, middag"), STR_CONST("avond"), STR_CONST("ochtend, avond"),
		STR_CONST("middag, avond"), STR_CONST("ochtend, middag, avond")};
	return words[parts & 7];
}

bool kiosk_register(struct kiosk *kiosk, struct registration_result *result, struct error *err)
{
	const struct visit *visit = kiosk->visit;
	const struct initiative *initiative = visit_initiative(&kiosk->model);
	const struct occurrence *o = visit_occurrence(&kiosk->model);
	assert(initiative);
	bool anonymous = initiative->sensitive || kiosk->model.no_contact;
	struct registration_request request = {
		.initiative = initiative->id,
		.party_size = visit->party > 0 ? visit->party : 1,
		.wants_companion = visit->wants_companion,
	};
	if (o) {
		request.schedule = o->schedule->id;
		request.rule_start = o->rule_start;
		request.ends_utc_s = o->start_utc_s + (int64_t)o->duration_minutes * 60;
	}
	if (!anonymous) {
		request.first_name = (struct str){visit->name, visit->name_bytes};
		if (visit->wants_call) {
			request.phone = (struct str){visit->phone, visit->phone_bytes};
			request.best_time = best_time(visit->best_time);
		}
	}
	return store_register(kiosk->store, &request, result, err);
}
