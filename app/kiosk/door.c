/* Who holds a finger in the upper left corner is asked for the PIN, or to choose one while there is
 * none. Nothing on the screen says so: it is a door for who knows it. */
#include "kiosk/door.h"

#include "kiosk/kiosk.h"

#include <string.h>

#include "base/log.h"
#include "crypto/pin.h"
#include "crypto/secret.h"
#include "store/door.h"
#include "store/follow.h"
#include "store/overview.h"

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

/* From midnight to midnight on the wall here. */
static struct store_day today(const struct kiosk *kiosk)
{
	struct date date = kiosk->model.now.date;
	struct local_time from = {.date = date}, until = {.date = date_add_days(date, 1)};
	int64_t from_s = 0, until_s = 0;
	if (!zone_to_utc(kiosk_zone(kiosk), from, &from_s) ||
		!zone_to_utc(kiosk_zone(kiosk), until, &until_s))
		return (struct store_day){.date = date};
	return (struct store_day){date, from_s * 1000, until_s * 1000};
}

/* Without a sure clock there is no today. */
static void count_day(struct kiosk *kiosk, struct door_model *model)
{
	struct error err;
	struct store_overview overview;
	struct store_day day = today(kiosk);
	bool sure = kiosk->model.clock_sure;
	model->new_today = model->coming_today = model->waiting = model->days_since_collected = -1;
	if (!store_overview(kiosk->store, &day, &overview, &err)) {
		log_error("counting for the host", &err);
		return;
	}
	model->waiting = overview.waiting;
	if (!sure)
		return;
	model->new_today = overview.new_today;
	model->coming_today = overview.coming_today;
	int64_t since_ms = env_wall_ms(kiosk->env) - overview.last_collected_ms;
	if (overview.last_collected_ms > 0 && since_ms >= 0)
		model->days_since_collected = (int)(since_ms / DAY_MS);
}

static void list_questions(struct kiosk *kiosk, struct door *door)
{
	struct error err;
	struct open_question *open;
	size_t count;
	door->model.question_count = 0;
	if (!store_questions(kiosk->store, &door->arena, &open, &count, &err)) {
		log_error("reading the open questions", &err);
		return;
	}
	struct door_question *list = arena_new_array(&door->arena, struct door_question, count);
	for (size_t i = 0; i < count; i++) {
		list[i] = (struct door_question){.id = open[i].id,
			.initiative = open[i].initiative,
			.day = kiosk_day_of(kiosk, open[i].saved_ms),
			.taken_along = open[i].status == FOLLOW_TAKEN_ALONG};
	}
	door->model.questions = list;
	door->model.question_count = count;
}

static void open_door(struct kiosk *kiosk)
{
	struct door *door = &kiosk->door;
	kiosk_end_visit(kiosk, SCREEN_START);
	arena_reset(&door->arena);
	door->model = (struct door_model){0};
	count_day(kiosk, &door->model);
	list_questions(kiosk, door);
	door_read_notes(kiosk);
	door_read_troubles(kiosk);
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
	if (kiosk->model.pin.checking)
		return;
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

/* Hashing takes most of a second, on purpose: the screen says so first. */
static void enter_pin(struct kiosk *kiosk)
{
	struct str pin = {kiosk->visit->pin, kiosk->visit->pin_bytes};
	if (kiosk->model.pin.step == PIN_STEP_CHOOSE)
		choose_pin(kiosk, pin);
	else
		kiosk->model.pin.checking = true;
	kiosk->dirty = true;
}

bool door_check_pin(struct kiosk *kiosk)
{
	struct str pin = {kiosk->visit->pin, kiosk->visit->pin_bytes};
	if (!kiosk->model.pin.checking)
		return false;
	kiosk->model.pin.checking = false;
	if (top_name(kiosk) != SCREEN_PIN)
		return false;
	if (kiosk->model.pin.step == PIN_STEP_ENTER)
		try_pin(kiosk, pin);
	else
		repeat_pin(kiosk, pin);
	platform_drop_input(kiosk->platform);
	kiosk->last_touch_ms = env_monotonic_ms(kiosk->env); /* the host waited for us */
	kiosk->dirty = true;
	return true;
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

/* What was tapped is saved before the screen goes back to the list. */
static void follow(struct kiosk *kiosk, const struct action *action)
{
	struct error err;
	enum follow_status status = action->number == 1 ? FOLLOW_TAKEN_UP : FOLLOW_TAKEN_ALONG;
	if (!store_follow(kiosk->store, action->id, status, action->text, &err)) {
		log_error("following a question", &err);
		return;
	}
	list_questions(kiosk, &kiosk->door);
	kiosk->model.revision++;
	kiosk_apply(kiosk, &(struct action){.kind = ACTION_BACK});
}

static void open_question(struct kiosk *kiosk, struct uuid id)
{
	kiosk->visit->question = id;
	kiosk_open(kiosk, SCREEN_QUESTION);
}

/* On the attract screen, which is what a touch finds below it. */
static void screen_off(struct kiosk *kiosk)
{
	kiosk_end_visit(kiosk, SCREEN_ATTRACT);
	kiosk_open(kiosk, SCREEN_OFF);
	kiosk->slide_from = 0;
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
	case ACTION_OPEN_QUESTION:
		if (open)
			open_question(kiosk, action->id);
		return true;
	case ACTION_FOLLOW:
		if (open)
			follow(kiosk, action);
		return true;
	case ACTION_OPEN_CLUSTER:
		if (open)
			kiosk_open_cluster(kiosk, action->number);
		return true;
	case ACTION_ROUTE:
		if (open)
			kiosk_set_route(kiosk, action->number);
		return true;
	case ACTION_SET_CLOCK:
		if (open)
			set_clock(kiosk, action);
		return true;
	case ACTION_TRUST_CLOCK:
		if (open)
			door_trust_clock(kiosk);
		return true;
	case ACTION_REPAIR_WAS_READ:
		if (open)
			door_repair_was_read(kiosk);
		return true;
	case ACTION_SCREEN_OFF:
		if (open)
			screen_off(kiosk);
		return true;
	case ACTION_SET_BRIGHTNESS:
		if (open)
			light_choose(kiosk, (int)action->number);
		return true;
	case ACTION_RESTART_PROGRAM:
		if (open)
			kiosk->restart = kiosk->quit = true;
		return true;
	default: /* of visitors */
		return false;
	}
}
