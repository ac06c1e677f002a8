/* The host says what day and time it is. Nothing changes until the button is touched. */
#include "screens/door.h"

#include "screens/frames.h"

#include "i18n/say.h"

#include <assert.h>

struct clock_state {
	struct local_time chosen;
	bool opened; /* chosen was taken from the clock */
};
static_assert(sizeof(struct clock_state) <= CLOCK_STATE_BYTES, "the state fits");

enum part { PART_DAY, PART_MONTH, PART_YEAR, PART_HOUR, PART_MINUTE, PART_COUNT };

static int days_in_month(struct date date)
{
	struct date next = date;
	next.day = 1;
	next.month = date.month == 12 ? 1 : (date.month + 1);
	next.year = date.month == 12 ? (date.year + 1) : date.year;
	return date_add_days(next, -1).day;
}

static void step_month(struct date *date, int step)
{
	int months = date->month - 1 + step;
	date->month = ((months + 12) % 12 + 1);
	int last = days_in_month(*date);
	date->day = date->day > last ? last : date->day;
}

static void step_part(struct local_time *t, enum part part, int step)
{
	int last;
	switch (part) {
	case PART_DAY:
		t->date = date_add_days(t->date, step);
		break;
	case PART_MONTH:
		step_month(&t->date, step);
		break;
	case PART_YEAR:
		if (t->date.year + step < 2024 || t->date.year + step > 2099)
			break;
		t->date.year = (t->date.year + step);
		last = days_in_month(t->date);
		t->date.day = t->date.day > last ? last : t->date.day;
		break;
	case PART_HOUR:
		t->hour = ((t->hour + step + 24) % 24);
		break;
	case PART_MINUTE:
		t->minute = ((t->minute + step + 60) % 60);
		break;
	case PART_COUNT:
		break;
	}
}

static struct host_row part_row(struct ui *ui, const char *id, struct str name, struct str value)
{
	return (struct host_row){.kind = ROW_STEP,
		.id = str_from(id),
		.title = value,
		.body = name,
		.less = str_format(ui_arena(ui), "%.*s −", STR_ARG(name)),
		.more = str_format(ui_arena(ui), "%.*s +", STR_ARG(name))};
}

struct action set_clock_frame(void *state, const struct model *model, struct ui *ui)
{
	struct clock_state *clock = state;
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	if (!clock->opened)
		*clock = (struct clock_state){model->now, true};
	struct local_time *t = &clock->chosen;
	struct host_row rows[PART_COUNT] = {
		[PART_DAY] = part_row(ui, "set-clock/day", TR(i18n, arena, "set-clock-day"),
			say_day_short(i18n, arena, t->date)),
		[PART_MONTH] = part_row(ui, "set-clock/month", TR(i18n, arena, "set-clock-month"),
			say_month(i18n, arena, t->date.month)),
		[PART_YEAR] = part_row(ui, "set-clock/year", TR(i18n, arena, "set-clock-year"),
			str_format(arena, "%d", t->date.year)),
		[PART_HOUR] = part_row(ui, "set-clock/hour", TR(i18n, arena, "set-clock-hour"),
			str_format(arena, "%d", t->hour)),
		[PART_MINUTE] = part_row(ui, "set-clock/minute",
			TR(i18n, arena, "set-clock-minute"), str_format(arena, "%02d", t->minute)),
	};
	struct host_page page = {.list_id = STR("set-clock/list"),
		.act_id = STR("set-clock/set"),
		.title = TR(i18n, arena, "door-clock"),
		.subtitle = model->door->clock_refused ? TR(i18n, arena, "set-clock-refused")
			    : model->clock_sure        ? TR(i18n, arena, "set-clock-sure")
						       : TR(i18n, arena, "door-clock-unsure"),
		.act = TR(i18n, arena, "set-clock-set"),
		.rows = rows,
		.count = PART_COUNT};
	struct host_touch touch = host_page_frame(model, ui, &page);
	if (touch.row < PART_COUNT)
		step_part(t, (enum part)touch.row, touch.step);
	if (touch.act)
		return (struct action){.kind = ACTION_SET_CLOCK, .rule_start = *t};
	return (struct action){.kind = ACTION_NONE};
}
