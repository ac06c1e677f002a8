/* What a host must know, each in one sentence with at most two answers: that the database was
 * repaired, that keys run out or are lost, that sign-ups wait for too long, and a clock that nobody
 * confirmed. And the troubles, each with its local time. */
#include "kiosk/kiosk.h"

#include "base/log.h"
#include "store/repair.h"

#define TIME_CHARS 16 /* 2026-12-01 09:10 */
#define TIMES STR(" times)")

static void note_repair(struct kiosk *kiosk, struct door_model *model)
{
	struct error err;
	struct store_repair repair;
	if (!store_last_repair(kiosk->store, &repair, &model->repaired, &err)) {
		log_error("reading what was repaired", &err);
		return;
	}
	model->repair_empty = repair.ops_kept == 0 && repair.sealed_kept == 0;
	model->repair_lost = repair.ops_lost;
}

static void note_keys(struct kiosk *kiosk, struct door_model *model)
{
	struct keys_state state = store_keys_state(kiosk->store);
	model->keys = DOOR_KEYS_FINE;
	model->key_months_left = state.months_left;
	if (store_mode(kiosk->store) == STORE_KEYS_LOST)
		model->keys = DOOR_KEYS_LOST;
	else if (state.open && state.used_up)
		model->keys = DOOR_KEYS_USED_UP;
	else if (state.open && state.months_left <= KEY_MONTHS_SOON)
		model->keys = DOOR_KEYS_SOON;
}

void door_read_notes(struct kiosk *kiosk)
{
	struct door_model *model = &kiosk->door.model;
	note_repair(kiosk, model);
	note_keys(kiosk, model);
	model->clock_can_be_right = env_wall_ms(kiosk->env) >= CLOCK_EARLIEST_MS;
	model->brightness = light_step(kiosk);
}

/* --- troubles --------------------------------------------------------------------------------- */

static bool read_digits(struct str text, size_t at, size_t count, int *number)
{
	int64_t value;
	bool ok = str_to_int(str_slice(text, at, at + count), &value);
	*number = ok ? (int)value : 0;
	return ok;
}

/* "2026-12-01 09:10 " in UTC. */
static bool read_time(struct str line, struct local_time *utc)
{
	struct local_time t = {0};
	bool ok = line.len > TIME_CHARS && line.ptr[4] == '-' && line.ptr[13] == ':' &&
		  read_digits(line, 0, 4, &t.date.year) && read_digits(line, 5, 2, &t.date.month) &&
		  read_digits(line, 8, 2, &t.date.day) && read_digits(line, 11, 2, &t.hour) &&
		  read_digits(line, 14, 2, &t.minute) && t.date.month >= 1 && t.date.month <= 12;
	*utc = t;
	return ok;
}

static struct door_trouble read_trouble(const struct kiosk *kiosk, struct str line)
{
	struct door_trouble trouble = {.text = line, .count = 1};
	struct local_time utc;
	int offset_s;
	if (read_time(line, &utc)) {
		trouble.text = str_slice(line, TIME_CHARS + 1, line.len);
		trouble.dated = utc.date.year >= 2024 &&
				zone_from_utc(kiosk_zone(kiosk), local_time_to_seconds(utc),
					&trouble.when, &offset_s);
	}
	if (!str_ends_with(trouble.text, TIMES))
		return trouble;
	size_t open = trouble.text.len;
	while (open > 0 && trouble.text.ptr[open - 1] != '(')
		open--;
	int64_t count;
	if (open > 1 &&
		str_to_int(str_slice(trouble.text, open, trouble.text.len - TIMES.len), &count)) {
		trouble.count = count;
		trouble.text = str_slice(trouble.text, 0, open - 2);
	}
	return trouble;
}

void door_read_troubles(struct kiosk *kiosk)
{
	struct door *door = &kiosk->door;
	struct str *lines;
	size_t count = log_troubles(&door->arena, &lines);
	struct door_trouble *troubles = arena_new_array(&door->arena, struct door_trouble, count);
	for (size_t i = 0; i < count; i++)
		troubles[i] = read_trouble(kiosk, lines[i]);
	door->model.troubles = troubles;
	door->model.trouble_count = count;
}

/* --- answers ---------------------------------------------------------------------------------- */

void door_repair_was_read(struct kiosk *kiosk)
{
	struct error err;
	if (store_repair_was_read(kiosk->store, &err))
		kiosk->door.model.repaired = false;
	else
		log_error("noting what was read", &err);
}

void door_trust_clock(struct kiosk *kiosk)
{
	struct error err;
	if (!store_trust_clock(kiosk->store, &err)) {
		log_error("trusting the clock", &err);
		return;
	}
	kiosk_refresh_time(kiosk);
	kiosk->model.revision++;
}
