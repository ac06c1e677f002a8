/* Behind the door: what the host must know, each in a sentence with its answers; what asks for the
 * host today, in numbers; and a table of where one can go. */
#include "screens/door.h"

#include "screens/frames.h"

#include "i18n/say.h"

#define MOST_ROWS 32

/* Another place behind the door is one line here. */
static const struct entry {
	const char *id, *message, *icon;
	struct action action;
} entries[] = {
	{"door/questions", MESSAGE("door-questions"), "waving_hand",
		{.kind = ACTION_GO, .screen = SCREEN_QUESTIONS}},
	{"door/wishes", MESSAGE("door-wishes"), "group",
		{.kind = ACTION_GO, .screen = SCREEN_CLUSTERS}},
	{"door/stick", MESSAGE("door-stick"), "usb", {.kind = ACTION_GO, .screen = SCREEN_STICK}},
	{"door/clock", MESSAGE("door-clock"), "schedule",
		{.kind = ACTION_GO, .screen = SCREEN_SET_CLOCK}},
	{"door/troubles", MESSAGE("door-troubles"), "error",
		{.kind = ACTION_GO, .screen = SCREEN_TROUBLES}},
	{"door/off", MESSAGE("door-screen-off"), "dark_mode", {.kind = ACTION_SCREEN_OFF}},
	{"door/pin", MESSAGE("door-change-pin"), "lock", {.kind = ACTION_CHANGE_PIN}},
	{"door/restart", MESSAGE("door-restart"), "sync", {.kind = ACTION_RESTART_PROGRAM}},
};
#define ENTRY_COUNT (sizeof(entries) / sizeof(entries[0]))

/* The rows, and what each leads to: for a touch, or for one of its answers. */
struct door_rows {
	struct host_row rows[MOST_ROWS];
	struct action acts[MOST_ROWS][HOST_ANSWERS];
	size_t count;
};

static size_t add_row(struct door_rows *all, struct host_row row, struct action act)
{
	if (all->count == MOST_ROWS)
		return MOST_ROWS - 1;
	all->rows[all->count] = row;
	all->acts[all->count][0] = act;
	return all->count++;
}

/* A sentence without an answer. */
static size_t add_notice(struct door_rows *all, struct str text, const char *icon)
{
	struct host_row row = {.kind = ROW_NOTICE, .title = text, .icon = icon};
	struct action none = {.kind = ACTION_NONE};
	return add_row(all, row, none);
}

static void add_answer(
	struct door_rows *all, size_t row, const char *id, struct str label, struct action act)
{
	struct host_row *r = &all->rows[row];
	int at = r->answers[0].len ? 1 : 0;
	r->answers[at] = label;
	r->answer_ids[at] = str_from(id);
	all->acts[row][at] = act;
}

/* --- what the host must know ------------------------------------------------------------------ */

static struct str say_repair(const struct model *model, struct arena *arena)
{
	const struct door_model *door = model->door;
	struct i18n *i18n = model->i18n;
	if (door->repair_empty)
		return TR(i18n, arena, "door-repaired-empty");
	if (door->repair_lost < 0)
		return TR(i18n, arena, "door-repaired-some");
	return door->repair_lost == 0
		       ? TR(i18n, arena, "door-repaired")
		       : TR_COUNT(i18n, arena, "door-repaired-lost", "count", door->repair_lost);
}

static void add_keys(struct door_rows *all, const struct model *model, struct arena *arena)
{
	struct i18n *i18n = model->i18n;
	switch (model->door->keys) {
	case DOOR_KEYS_FINE:
		break;
	case DOOR_KEYS_SOON:
		add_notice(all,
			TR_COUNT(i18n, arena, "door-keys-soon", "count",
				model->door->key_months_left),
			"key");
		break;
	case DOOR_KEYS_USED_UP:
		add_notice(all, TR(i18n, arena, "door-keys-used-up"), "key");
		break;
	case DOOR_KEYS_LOST:
		add_notice(all, TR(i18n, arena, "door-keys-lost"), "key");
		break;
	}
	if (model->no_contact && model->door->keys != DOOR_KEYS_LOST)
		add_notice(all, TR(i18n, arena, "door-no-contact"), "contact_phone");
}

static void add_clock(struct door_rows *all, const struct model *model, struct arena *arena)
{
	struct i18n *i18n = model->i18n;
	size_t row = add_notice(all,
		TR(i18n, arena, "door-clock-right",
			{"day", say_day_year(i18n, arena, model->now.date)},
			{"time", say_time_hour(i18n, arena, model->now.hour, model->now.minute)}),
		"schedule");
	if (model->door->clock_can_be_right)
		add_answer(all, row, "door/clock-yes", TR(i18n, arena, "door-clock-yes"),
			(struct action){.kind = ACTION_TRUST_CLOCK});
	add_answer(all, row, "door/clock-set", TR(i18n, arena, "door-clock"),
		(struct action){.kind = ACTION_GO, .screen = SCREEN_SET_CLOCK});
}

static void add_notices(struct door_rows *all, const struct model *model, struct arena *arena)
{
	if (model->door->repaired) {
		size_t row = add_notice(all, say_repair(model, arena), "error");
		add_answer(all, row, "door/repair-read", TR(model->i18n, arena, "door-read"),
			(struct action){.kind = ACTION_REPAIR_WAS_READ});
	}
	add_keys(all, model, arena);
	if (!model->clock_sure)
		add_clock(all, model, arena);
}

/* --- numbers and places ----------------------------------------------------------------------- */

static void add_numbers(struct door_rows *all, const struct model *model, struct arena *arena)
{
	struct i18n *i18n = model->i18n;
	const struct door_model *door = model->door;
	struct {
		int number;
		struct str words;
		const char *icon;
	} numbers[] = {
		{door->new_today, TR(i18n, arena, "door-new-today"), "person_add"},
		{door->coming_today, TR(i18n, arena, "door-coming-today"), "today"},
		{door->waiting, TR(i18n, arena, "door-waiting"), "hourglass_top"},
		{(int)door->question_count, TR(i18n, arena, "door-open-questions"), "waving_hand"},
		{door->days_since_collected, TR(i18n, arena, "door-days-since-collected"),
			"history"},
	};
	struct action none = {.kind = ACTION_NONE};
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		struct host_row row = {.kind = ROW_NUMBER,
			.title = say_number(i18n, arena, numbers[i].number),
			.body = numbers[i].words,
			.icon = numbers[i].icon};
		if (numbers[i].number >= 0)
			add_row(all, row, none);
	}
}

static void add_brightness(struct door_rows *all, const struct model *model, struct arena *arena)
{
	struct i18n *i18n = model->i18n;
	struct str name = TR(i18n, arena, "door-brightness");
	add_row(all,
		(struct host_row){.kind = ROW_STEP,
			.id = STR("door/brightness"),
			.title = TR(i18n, arena, "door-brightness-of",
				{"step", say_number(i18n, arena, model->door->brightness)},
				{"steps", say_number(i18n, arena, BRIGHTNESS_STEPS)}),
			.body = name,
			.less = str_format(arena, "%.*s −", STR_ARG(name)),
			.more = str_format(arena, "%.*s +", STR_ARG(name))},
		(struct action){.kind = ACTION_SET_BRIGHTNESS, .number = model->door->brightness});
}

static struct action act_of(const struct door_rows *all, struct host_touch touch)
{
	if (touch.row >= all->count)
		return (struct action){.kind = ACTION_NONE};
	struct action act = all->acts[touch.row][touch.answer];
	act.number += touch.step; /* of the row that has steps */
	return act;
}

struct action door_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	struct door_rows *all = arena_new(arena, struct door_rows);
	add_notices(all, model, arena);
	add_numbers(all, model, arena);
	for (size_t i = 0; i < ENTRY_COUNT; i++)
		add_row(all,
			(struct host_row){.kind = ROW_ENTRY,
				.id = str_from(entries[i].id),
				.title = tr(model->i18n, arena, entries[i].message, NULL, 0),
				.icon = entries[i].icon},
			entries[i].action);
	if (model->door->brightness > 0)
		add_brightness(all, model, arena);
	struct host_page page = {.list_id = STR("door/list"),
		.title = TR(model->i18n, arena, "door-title"),
		.subtitle =
			model->clock_sure ? say_day(model->i18n, arena, model->now.date) : STR(""),
		.rows = all->rows,
		.count = all->count};
	return act_of(all, host_page_frame(model, ui, &page));
}
