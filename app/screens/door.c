/* Behind the door: what asks for the host today, in numbers, and a table of where one can go. And
 * the troubles of the machine, for who has no journal to look in. */
#include "screens/door.h"

#include "screens/frames.h"

#include "i18n/say.h"

#define MOST_ROWS 24

/* Another place behind the door is one line here. */
static const struct entry {
	const char *id, *message, *icon;
	struct action action;
} entries[] = {
	{"door/questions", MESSAGE("door-questions"), "waving_hand",
		{.kind = ACTION_GO, .screen = SCREEN_QUESTIONS}},
	{"door/stick", MESSAGE("door-stick"), "usb", {.kind = ACTION_GO, .screen = SCREEN_STICK}},
	{"door/clock", MESSAGE("door-clock"), "schedule",
		{.kind = ACTION_GO, .screen = SCREEN_SET_CLOCK}},
	{"door/troubles", MESSAGE("door-troubles"), "error",
		{.kind = ACTION_GO, .screen = SCREEN_TROUBLES}},
	{"door/pin", MESSAGE("door-change-pin"), "lock", {.kind = ACTION_CHANGE_PIN}},
	{"door/restart", MESSAGE("door-restart"), "sync", {.kind = ACTION_RESTART_PROGRAM}},
};
#define ENTRY_COUNT (sizeof(entries) / sizeof(entries[0]))

static size_t number_rows(const struct model *model, struct ui *ui, struct host_row *rows)
{
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	const struct door_model *door = model->door;
	struct {
		int number;
		struct str words;
	} numbers[] = {
		{door->new_today, TR(i18n, arena, "door-new-today")},
		{door->coming_today, TR(i18n, arena, "door-coming-today")},
		{door->waiting, TR(i18n, arena, "door-waiting")},
		{(int)door->question_count, TR(i18n, arena, "door-open-questions")},
		{door->days_since_collected, TR(i18n, arena, "door-days-since-collected")},
	};
	size_t count = 0;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (numbers[i].number >= 0)
			rows[count++] = (struct host_row){.kind = ROW_NUMBER,
				.title = say_number(i18n, arena, numbers[i].number),
				.body = numbers[i].words};
	return count;
}

struct action door_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	struct host_row rows[MOST_ROWS];
	size_t numbers = number_rows(model, ui, rows), count = numbers;
	for (size_t i = 0; i < ENTRY_COUNT; i++)
		rows[count++] = (struct host_row){.kind = ROW_ENTRY,
			.id = str_from(entries[i].id),
			.title = tr(model->i18n, arena, entries[i].message, NULL, 0),
			.icon = entries[i].icon};
	struct host_page page = {.list_id = STR("door/list"),
		.title = TR(model->i18n, arena, "door-title"),
		.subtitle = model->clock_sure ? say_day(model->i18n, arena, model->now.date)
					      : TR(model->i18n, arena, "door-clock-unsure"),
		.rows = rows,
		.count = count};
	struct host_touch touch = host_page_frame(model, ui, &page);
	if (touch.row >= numbers && touch.row < count)
		return entries[touch.row - numbers].action;
	return (struct action){.kind = ACTION_NONE};
}

struct action troubles_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	struct host_row rows[MOST_ROWS];
	size_t count = 0;
	for (size_t i = 0; i < model->door->trouble_count && count < MOST_ROWS; i++)
		rows[count++] =
			(struct host_row){.kind = ROW_TEXT, .title = model->door->troubles[i]};
	if (count == 0)
		rows[count++] = (struct host_row){
			.kind = ROW_TEXT, .title = TR(model->i18n, arena, "door-no-troubles")};
	host_page_frame(model, ui,
		&(struct host_page){.list_id = STR("troubles/list"),
			.title = TR(model->i18n, arena, "door-troubles"),
			.rows = rows,
			.count = count});
	return (struct action){.kind = ACTION_NONE};
}
