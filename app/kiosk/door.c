/* Who holds a finger in the upper left corner is asked for the PIN, or to choose one while there is
 * none. Nothing on the screen says so: it is a door for who knows it. */
#include "kiosk/door.h"

#include "kiosk/kiosk.h"

#include <limits.h>
#include <string.h>

#include "base/log.h"
#include "crypto/pin.h"
#include "crypto/secret.h"
#include "store/door.h"

#define DAY_MS ((int64_t)86400000)

static enum screen_name top_name(const struct kiosk *kiosk)
{
	return kiosk->stack[kiosk->depth].name;
}

static void forget_digits(struct visit *visit)
{
	secret_wipe(visit->pin, sizeof(visit->pin));
	visit->pin_bytes = 0;
}

static void read_wait(struct kiosk *kiosk)
{
	struct error err;
	int64_t wait_ms;
	if (store_door_wait(kiosk->store, &wait_ms, &err))
		kiosk->model.pin.until_ms = env_monotonic_ms(kiosk->env) + wait_ms;
	else
		log_error("reading the door", &err);
}

static void ask_pin(struct kiosk *kiosk)
{
	struct error err;
	bool has = true;
	if (!store_door_has_pin(kiosk->store, &has, &err)) {
		log_error("reading the PIN", &err);
		has = true;
	}
	kiosk_end_visit(kiosk, SCREEN_START);
	kiosk->model.pin = (struct pin_view){.step = has ? PIN_STEP_ENTER : PIN_STEP_CHOOSE};
	read_wait(kiosk);
	kiosk_open(kiosk, SCREEN_PIN);
}

/* --- the corner ------------------------------------------------------------------------------- */

static bool in_corner(const struct kiosk *kiosk, const struct input *input)
{
	int side = theme_px(&kiosk->theme, DOOR_CORNER_MM);
	return input->x < side && input->y < side;
}

void door_tend(struct kiosk *kiosk, const struct input *input)
{
	struct door *door = &kiosk->door;
	int64_t now_ms = env_monotonic_ms(kiosk->env);
	bool outside = top_name(kiosk) == SCREEN_ATTRACT || top_name(kiosk) == SCREEN_START;
	if (door->held && outside && now_ms >= door->held_since_ms + DOOR_HOLD_MS) {
		door->held = false;
		ask_pin(kiosk);
		return;
	}
	if (input->kind == INPUT_TOUCH_DOWN && outside && in_corner(kiosk, input)) {
		door->held = true;
		door->held_since_ms = now_ms;
	} else if (input->kind == INPUT_TOUCH_UP || !outside ||
		   (input->kind == INPUT_TOUCH_MOVE && !in_corner(kiosk, input))) {
		door->held = false;
	}
}

int64_t door_next_ms(const struct kiosk *kiosk)
{
	return kiosk->door.held ? kiosk->door.held_since_ms + DOOR_HOLD_MS : INT64_MAX;
}

/* --- open and shut ---------------------------------------------------------------------------- */

/* The numbers come from what is loaded already: the seats of today, and who waits. */
static void count_day(struct kiosk *kiosk, struct door_model *door)
{
	const struct model *model = &kiosk->model;
	struct error err;
	for (size_t i = 0; i < model->upcoming.count; i++)
		door->waiting += model->seats[i].waiting;
	int64_t saved_ms = 0, sign_ups = store_registration_count(kiosk->store, &err);
	door->sign_ups = sign_ups > INT_MAX ? INT_MAX : (int)sign_ups;
	door->days_uncollected = -1;
	if (!store_oldest_uncollected(kiosk->store, &saved_ms, &err))
		log_error("reading what waits to be collected", &err);
	else if (saved_ms > 0 && model->clock_sure)
		door->days_uncollected = (int)((env_wall_ms(kiosk->env) - saved_ms) / DAY_MS);
}

/* People with a seat today. */
static int coming_today(struct kiosk *kiosk)
{
	const struct model *model = &kiosk->model;
	struct error err;
	int people = 0;
	for (size_t i = 0; i < model->upcoming.count; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		struct seats_taken seats;
		if (date_compare(o->start.date, model->now.date) != 0)
			continue;
		if (store_seats(kiosk->store, o->schedule->id, o->rule_start, &seats, &err))
			people += seats.taken;
	}
	return people;
}

static void open_door(struct kiosk *kiosk)
{
	struct door *door = &kiosk->door;
	kiosk_end_visit(kiosk, SCREEN_START);
	arena_reset(&door->arena);
	door->model = (struct door_model){
		.coming_today = kiosk->model.clock_sure ? coming_today(kiosk) : -1};
	count_day(kiosk, &door->model);
	door->model.trouble_count = log_troubles(&door->arena, &door->model.troubles);
	kiosk->model.door = &door->model;
	kiosk->model.revision++;
	kiosk_open(kiosk, SCREEN_DOOR);
}

void door_shut(struct kiosk *kiosk)
{
	kiosk->model.door = NULL;
	kiosk->door.model = (struct door_model){0};
	arena_reset(&kiosk->door.arena);
}

void door_settle(struct kiosk *kiosk)
{
	for (int i = 0; i <= kiosk->depth; i++)
		if (screens[kiosk->stack[i].name].host)
			return;
	if (kiosk->model.door)
		door_shut(kiosk);
}

/* --- the PIN ---------------------------------------------------------------------------------- */

static void type_pin(struct kiosk *kiosk, const struct action *action)
{
	struct visit *visit = kiosk->visit;
	kiosk->model.pin.trouble = PIN_TROUBLE_NONE;
	if (action->typing != TYPE_INSERT) {
		if (visit->pin_bytes > 0)
			visit->pin[--visit->pin_bytes] = '\0';
		return;
	}
	for (size_t i = 0; i < action->text.len; i++) {
		char c = action->text.ptr[i];
		if (c >= '0' && c <= '9' && visit->pin_bytes < PIN_DIGITS_MOST)
			visit->pin[visit->pin_bytes++] = c;
	}
}

static void try_pin(struct kiosk *kiosk, struct str pin)
{
	struct error err;
	enum door_answer answer;
	if (!store_door_try(kiosk->store, pin, &answer, &err)) {
		log_error("counting a PIN", &err);
		kiosk->model.pin.trouble = PIN_TROUBLE_DISK;
	} else if (answer == DOOR_OPENED) {
		open_door(kiosk);
		return;
	} else if (answer == DOOR_WRONG) {
		kiosk->model.pin.trouble = PIN_TROUBLE_WRONG;
	}
	forget_digits(kiosk->visit);
	read_wait(kiosk);
}

static void choose_pin(struct kiosk *kiosk, struct str pin)
{
	struct visit *visit = kiosk->visit;
	if (pin_judge(pin) != PIN_FINE) {
		kiosk->model.pin.trouble = PIN_TROUBLE_EASY;
	} else {
		memcpy(visit->pin_first, visit->pin, sizeof(visit->pin));
		kiosk->model.pin.step = PIN_STEP_REPEAT;
	}
	forget_digits(visit);
}

static void repeat_pin(struct kiosk *kiosk, struct str pin)
{
	struct error err;
	struct visit *visit = kiosk->visit;
	bool same = memcmp(visit->pin, visit->pin_first, sizeof(visit->pin)) == 0;
	if (same && store_door_set_pin(kiosk->store, pin, &err)) {
		open_door(kiosk);
		return;
	}
	if (same)
		log_error("keeping the PIN", &err);
	kiosk->model.pin = (struct pin_view){.step = PIN_STEP_CHOOSE,
		.trouble = same ? PIN_TROUBLE_DISK : PIN_TROUBLE_DIFFERENT};
	secret_wipe(visit->pin_first, sizeof(visit->pin_first));
	forget_digits(visit);
}

static void enter_pin(struct kiosk *kiosk)
{
	struct str pin = {kiosk->visit->pin, kiosk->visit->pin_bytes};
	switch (kiosk->model.pin.step) {
	case PIN_STEP_ENTER:
		try_pin(kiosk, pin);
		break;
	case PIN_STEP_CHOOSE:
		choose_pin(kiosk, pin);
		break;
	case PIN_STEP_REPEAT:
		repeat_pin(kiosk, pin);
		break;
	}
}

/* --- what the host does ----------------------------------------------------------------------- */

static void set_clock(struct kiosk *kiosk, const struct action *action)
{
	struct error err;
	bool ok = kiosk_set_clock(kiosk, action->rule_start, &err);
	kiosk->door.model.clock_refused = !ok;
	if (!ok) {
		log_error("setting the clock", &err);
		return;
	}
	kiosk_apply(kiosk, &(struct action){.kind = ACTION_BACK});
}

bool kiosk_apply_door(struct kiosk *kiosk, const struct action *action)
{
	bool at_pin = top_name(kiosk) == SCREEN_PIN, open = kiosk->model.door != NULL;
	switch (action->kind) {
	case ACTION_TYPE_PIN:
		if (at_pin)
			type_pin(kiosk, action);
		return true;
	case ACTION_ENTER_PIN:
		if (at_pin)
			enter_pin(kiosk);
		return true;
	case ACTION_CHANGE_PIN:
		if (open) {
			kiosk->model.pin = (struct pin_view){.step = PIN_STEP_CHOOSE};
			kiosk_open(kiosk, SCREEN_PIN);
		}
		return true;
	case ACTION_SET_CLOCK:
		if (open)
			set_clock(kiosk, action);
		return true;
	case ACTION_RESTART_PROGRAM:
		if (open)
			kiosk->restart = kiosk->quit = true;
		return true;
	default: /* of visitors */
		return false;
	}
}
