/* Which message says it. Ids that depend on a number stand in tables, so that the test which walks
 * all ids finds them. */
#include "i18n/say.h"

#include <assert.h>
#include <string.h>

struct str say_number(struct i18n *i18n, struct arena *arena, int64_t number)
{
	(void)i18n; /* all our languages write 0-9 and group nothing below ten thousand */
	return str_format(arena, "%lld", (long long)number);
}

static const char *const weekday_ids[] = {NULL, MESSAGE("weekday-1"), MESSAGE("weekday-2"),
	MESSAGE("weekday-3"), MESSAGE("weekday-4"), MESSAGE("weekday-5"), MESSAGE("weekday-6"),
	MESSAGE("weekday-7")};
static const char *const weekday_start_ids[] = {NULL, MESSAGE("weekday-start-1"),
	MESSAGE("weekday-start-2"), MESSAGE("weekday-start-3"), MESSAGE("weekday-start-4"),
	MESSAGE("weekday-start-5"), MESSAGE("weekday-start-6"), MESSAGE("weekday-start-7")};
static const char *const weekday_short_ids[] = {NULL, MESSAGE("weekday-short-1"),
	MESSAGE("weekday-short-2"), MESSAGE("weekday-short-3"), MESSAGE("weekday-short-4"),
	MESSAGE("weekday-short-5"), MESSAGE("weekday-short-6"), MESSAGE("weekday-short-7")};
static const char *const month_ids[] = {NULL, MESSAGE("month-1"), MESSAGE("month-2"),
	MESSAGE("month-3"), MESSAGE("month-4"), MESSAGE("month-5"), MESSAGE("month-6"),
	MESSAGE("month-7"), MESSAGE("month-8"), MESSAGE("month-9"), MESSAGE("month-10"),
	MESSAGE("month-11"), MESSAGE("month-12")};
static const char *const month_short_ids[] = {NULL, MESSAGE("month-short-1"),
	MESSAGE("month-short-2"), MESSAGE("month-short-3"), MESSAGE("month-short-4"),
	MESSAGE("month-short-5"), MESSAGE("month-short-6"), MESSAGE("month-short-7"),
	MESSAGE("month-short-8"), MESSAGE("month-short-9"), MESSAGE("month-short-10"),
	MESSAGE("month-short-11"), MESSAGE("month-short-12")};
static const char *const hour_ids[] = {NULL, MESSAGE("hour-1"), MESSAGE("hour-2"),
	MESSAGE("hour-3"), MESSAGE("hour-4"), MESSAGE("hour-5"), MESSAGE("hour-6"),
	MESSAGE("hour-7"), MESSAGE("hour-8"), MESSAGE("hour-9"), MESSAGE("hour-10"),
	MESSAGE("hour-11"), MESSAGE("hour-12")};
static const char *const time_words_ids[] = {MESSAGE("time-words-00"), MESSAGE("time-words-05"),
	MESSAGE("time-words-10"), MESSAGE("time-words-15"), MESSAGE("time-words-20"),
	MESSAGE("time-words-25"), MESSAGE("time-words-30"), MESSAGE("time-words-35"),
	MESSAGE("time-words-40"), MESSAGE("time-words-45"), MESSAGE("time-words-50"),
	MESSAGE("time-words-55")};
static const char *const nth_ids[] = {NULL, MESSAGE("nth-1"), MESSAGE("nth-2"), MESSAGE("nth-3"),
	MESSAGE("nth-4"), MESSAGE("nth-5")};

#define PICK(i18n, arena, ids, number)                                                             \
	pick((i18n), (arena), (ids), sizeof(ids) / sizeof((ids)[0]), (number))

static struct str pick(
	struct i18n *i18n, struct arena *arena, const char *const *ids, size_t count, int number)
{
	assert(number >= 0 && (size_t)number < count && ids[number]);
	return tr(i18n, arena, ids[number], NULL, 0);
}

struct str say_weekday(struct i18n *i18n, struct arena *arena, enum weekday weekday)
{
	return PICK(i18n, arena, weekday_ids, (int)weekday);
}

struct str say_weekday_start(struct i18n *i18n, struct arena *arena, enum weekday weekday)
{
	return PICK(i18n, arena, weekday_start_ids, (int)weekday);
}

struct str say_weekday_short(struct i18n *i18n, struct arena *arena, enum weekday weekday)
{
	return PICK(i18n, arena, weekday_short_ids, (int)weekday);
}

struct str say_month(struct i18n *i18n, struct arena *arena, int month)
{
	return PICK(i18n, arena, month_ids, month);
}

struct str say_month_short(struct i18n *i18n, struct arena *arena, int month)
{
	return PICK(i18n, arena, month_short_ids, month);
}

struct str say_day(struct i18n *i18n, struct arena *arena, struct date date)
{
	return TR(i18n, arena, "say-day", {"weekday", say_weekday(i18n, arena, date_weekday(date))},
		{"day", say_number(i18n, arena, date.day)},
		{"month", say_month(i18n, arena, date.month)});
}

struct str say_day_start(struct i18n *i18n, struct arena *arena, struct date date)
{
	return TR(i18n, arena, "say-day",
		{"weekday", say_weekday_start(i18n, arena, date_weekday(date))},
		{"day", say_number(i18n, arena, date.day)},
		{"month", say_month(i18n, arena, date.month)});
}

struct str say_day_short(struct i18n *i18n, struct arena *arena, struct date date)
{
	return TR(i18n, arena, "say-day",
		{"weekday", say_weekday_short(i18n, arena, date_weekday(date))},
		{"day", say_number(i18n, arena, date.day)},
		{"month", say_month_short(i18n, arena, date.month)});
}

struct str say_day_year(struct i18n *i18n, struct arena *arena, struct date date)
{
	return TR(i18n, arena, "say-day-year",
		{"weekday", say_weekday(i18n, arena, date_weekday(date))},
		{"day", say_number(i18n, arena, date.day)},
		{"month", say_month(i18n, arena, date.month)},
		{"year", say_number(i18n, arena, date.year)});
}

struct str say_time(struct i18n *i18n, struct arena *arena, int hour, int minute)
{
	return TR(i18n, arena, "say-time", {"hour", say_number(i18n, arena, hour)},
		{"minute", str_format(arena, "%02d", minute)});
}

struct str say_time_hour(struct i18n *i18n, struct arena *arena, int hour, int minute)
{
	return TR(i18n, arena, "say-time-hour", {"hour", say_number(i18n, arena, hour)},
		{"minute", str_format(arena, "%02d", minute)});
}

struct str say_time_words(struct i18n *i18n, struct arena *arena, int hour, int minute)
{
	if (minute % 5 != 0)
		return say_time_hour(i18n, arena, hour, minute);
	const char *id = time_words_ids[minute / 5];
	const struct i18n_arg args[] = {
		{"hour", PICK(i18n, arena, hour_ids, (hour + 11) % 12 + 1)},
		{"next", PICK(i18n, arena, hour_ids, hour % 12 + 1)},
	};
	return tr(i18n, arena, id, args, 2);
}

struct str say_time_range(
	struct i18n *i18n, struct arena *arena, struct local_time start, int minutes)
{
	struct local_time end = local_time_add_minutes(start, minutes);
	return TR(i18n, arena, "say-time-range",
		{"from", say_time(i18n, arena, start.hour, start.minute)},
		{"until", say_time(i18n, arena, end.hour, end.minute)});
}

struct str say_moment(struct i18n *i18n, struct arena *arena, struct local_time at)
{
	return TR(i18n, arena, "say-moment", {"day", say_day(i18n, arena, at.date)},
		{"time", say_time_hour(i18n, arena, at.hour, at.minute)});
}

struct str say_moment_short(struct i18n *i18n, struct arena *arena, struct local_time at)
{
	return TR(i18n, arena, "say-moment", {"day", say_day_short(i18n, arena, at.date)},
		{"time", say_time(i18n, arena, at.hour, at.minute)});
}

struct str say_duration(struct i18n *i18n, struct arena *arena, int minutes)
{
	static const struct {
		int minutes;
		const char *id;
	} words[] = {
		{15, MESSAGE("duration-quarter")},
		{30, MESSAGE("duration-half-hour")},
		{45, MESSAGE("duration-three-quarters")},
		{60, MESSAGE("duration-one-hour")},
		{90, MESSAGE("duration-one-and-half")},
	};
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].minutes == minutes)
			return tr(i18n, arena, words[i].id, NULL, 0);
	int hours = minutes / 60;
	bool in_words = hours >= 2 && hours <= 12;
	if (in_words && minutes % 60 == 0)
		return TR(i18n, arena, "duration-hours-words",
			{"hours", PICK(i18n, arena, hour_ids, hours)});
	if (in_words && minutes % 60 == 30)
		return TR(i18n, arena, "duration-hours-and-half",
			{"hours", PICK(i18n, arena, hour_ids, hours)});
	if (minutes > 0 && minutes % 60 == 0)
		return TR_COUNT(i18n, arena, "duration-hours", "count", hours);
	return TR_COUNT(i18n, arena, "duration-minutes", "count", minutes);
}

struct str say_amount(struct i18n *i18n, struct arena *arena, double amount)
{
	assert(amount >= 0 && amount < 1e12);
	int64_t cents = (int64_t)(amount * 100 + 0.5);
	if (cents % 100 == 0)
		return TR(i18n, arena, "amount-whole",
			{"euros", say_number(i18n, arena, cents / 100)});
	return TR(i18n, arena, "amount-cents", {"euros", say_number(i18n, arena, cents / 100)},
		{"cents", str_format(arena, "%02d", (int)(cents % 100))});
}

struct str say_money(struct i18n *i18n, struct arena *arena, double amount, struct str currency)
{
	struct str number = say_amount(i18n, arena, amount);
	if (str_equal_z(number, "0"))
		return TR(i18n, arena, "money-free");
	if (currency.len == 0 || str_equal_z(currency, "EUR"))
		return TR(i18n, arena, "money-euro", {"amount", number});
	return TR(i18n, arena, "money-other", {"amount", number}, {"currency", currency});
}

/* Weeks, counted by their Mondays. */
static int weeks_between(struct date from, struct date to)
{
	struct date from_monday = date_add_days(from, MONDAY - (int)date_weekday(from));
	struct date to_monday = date_add_days(to, MONDAY - (int)date_weekday(to));
	return date_days_between(from_monday, to_monday) / 7;
}

struct str say_when(struct i18n *i18n, struct arena *arena, struct date day, struct date today)
{
	enum { LAST_COUNTED_WEEK = 4 };
	int days = date_days_between(today, day);
	int weeks = weeks_between(today, day);
	if (days < 0)
		return say_day_start(i18n, arena, day);
	if (days == 0)
		return TR(i18n, arena, "date-today");
	if (days == 1)
		return TR(i18n, arena, "date-tomorrow");
	if (weeks == 0)
		return TR(i18n, arena, "date-this-week");
	if (weeks == 1)
		return TR(i18n, arena, "date-next-week");
	if (weeks <= LAST_COUNTED_WEEK)
		return TR_COUNT(i18n, arena, "date-in-weeks", "count", weeks);
	struct str month = say_month(i18n, arena, day.month);
	if ((day.year - today.year) * 12 + day.month - today.month < 12)
		return TR(i18n, arena, "date-in-month", {"month", month});
	return TR(i18n, arena, "date-in-month-year", {"month", month},
		{"year", say_number(i18n, arena, day.year)});
}

/* "dinsdag en donderdag", from Monday on. */
static struct str say_weekdays(struct i18n *i18n, struct arena *arena, unsigned weekdays)
{
	struct str items[SUNDAY];
	size_t count = 0;
	for (int weekday = MONDAY; weekday <= SUNDAY; weekday++)
		if (weekdays & 1U << weekday)
			items[count++] = say_weekday(i18n, arena, (enum weekday)weekday);
	return say_list(i18n, arena, items, count);
}

static struct str say_weekly(struct i18n *i18n, struct arena *arena, struct rhythm rhythm)
{
	const unsigned whole_week = 0xFE;
	if (rhythm.interval == 1 && rhythm.weekdays == whole_week)
		return TR(i18n, arena, "rhythm-daily");
	struct str weekdays = say_weekdays(i18n, arena, rhythm.weekdays);
	if (rhythm.interval == 1)
		return TR(i18n, arena, "rhythm-on-weekdays", {"weekdays", weekdays});
	if (rhythm.interval == 2)
		return TR(i18n, arena, "rhythm-every-other-week", {"weekdays", weekdays});
	return TR_COUNT(i18n, arena, "rhythm-every-weeks", "count", rhythm.interval,
		{"weekdays", weekdays});
}

static struct str say_monthly(struct i18n *i18n, struct arena *arena, struct rhythm rhythm)
{
	if (rhythm.kind == RHYTHM_MONTHLY_DAY) {
		struct str day = say_number(i18n, arena, rhythm.month_day);
		if (rhythm.interval == 1)
			return TR(i18n, arena, "rhythm-month-day", {"day", day});
		return TR_COUNT(i18n, arena, "rhythm-every-months-day", "count", rhythm.interval,
			{"day", day});
	}
	/* One weekday: schedule_rhythm calls several RHYTHM_OTHER. */
	struct str weekday = say_weekdays(i18n, arena, rhythm.weekdays);
	if (rhythm.nth == -1) {
		if (rhythm.interval == 1)
			return TR(i18n, arena, "rhythm-month-last", {"weekday", weekday});
		return TR_COUNT(i18n, arena, "rhythm-every-months-last", "count", rhythm.interval,
			{"weekday", weekday});
	}
	struct str nth = PICK(i18n, arena, nth_ids, rhythm.nth);
	if (rhythm.interval == 1)
		return TR(i18n, arena, "rhythm-month-nth", {"nth", nth}, {"weekday", weekday});
	return TR_COUNT(i18n, arena, "rhythm-every-months-nth", "count", rhythm.interval,
		{"nth", nth}, {"weekday", weekday});
}

struct str say_rhythm(struct i18n *i18n, struct arena *arena, struct rhythm rhythm)
{
	switch (rhythm.kind) {
	case RHYTHM_ONCE:
		return TR(i18n, arena, "rhythm-once");
	case RHYTHM_DAILY:
		if (rhythm.interval == 1)
			return TR(i18n, arena, "rhythm-daily");
		if (rhythm.interval == 2)
			return TR(i18n, arena, "rhythm-every-other-day");
		return TR_COUNT(i18n, arena, "rhythm-every-days", "count", rhythm.interval);
	case RHYTHM_WEEKLY:
		return say_weekly(i18n, arena, rhythm);
	case RHYTHM_MONTHLY_WEEKDAY:
	case RHYTHM_MONTHLY_DAY:
		return say_monthly(i18n, arena, rhythm);
	case RHYTHM_YEARLY:
		if (rhythm.interval == 1)
			return TR(i18n, arena, "rhythm-yearly");
		return TR_COUNT(i18n, arena, "rhythm-every-years", "count", rhythm.interval);
	case RHYTHM_OTHER:
		break;
	}
	return TR(i18n, arena, "rhythm-other");
}

struct str say_rhythm_duration(
	struct i18n *i18n, struct arena *arena, struct rhythm rhythm, int minutes)
{
	return TR(i18n, arena, "rhythm-with-duration", {"rhythm", say_rhythm(i18n, arena, rhythm)},
		{"duration", say_duration(i18n, arena, minutes)});
}

struct str say_rhythm_time(
	struct i18n *i18n, struct arena *arena, struct rhythm rhythm, int hour, int minute)
{
	return TR(i18n, arena, "rhythm-with-time", {"rhythm", say_rhythm(i18n, arena, rhythm)},
		{"time", say_time(i18n, arena, hour, minute)});
}

/* Groups keep their order in a right-to-left text: U+2066 ... U+2069. */
static struct str left_to_right(struct i18n *i18n, struct arena *arena, struct str text)
{
	if (!i18n->language->right_to_left || text.len == 0)
		return text;
	return str_format(arena, "\u2066%.*s\u2069", STR_ARG(text));
}

/* Where a number's groups begin: decided from the left, so that groups stand still while somebody
 * types. Pairs for a mobile number, the area code first for a house, 0800 in fours, a country code
 * apart; short numbers (112) stay whole. */
static bool group_starts(struct str digits, size_t at)
{
	static const char three_digit_areas[] = "010 013 015 020 023 024 026 030 033 035 036 038 "
						"040 043 045 046 050 053 055 058 070 071 072 073 "
						"074 075 076 077 078 079 084 085 087 088 ";
	char first = digits.ptr[0], second = digits.len > 1 ? digits.ptr[1] : '\0';
	if (first == '+') {
		size_t lone_digit = str_starts_with(digits, STR("+316"));
		return at == 3 || (at > 3 && (at - 3) % 2 == lone_digit);
	}
	if (first != '0')
		return digits.len > 4 && at % 2 == 0;
	if (second == '6' || digits.len < 3)
		return at % 2 == 0;
	if (second == '8' || second == '9')
		if (digits.ptr[2] == '0')
			return at == 4;
	char area[] = {digits.ptr[0], digits.ptr[1], digits.ptr[2], ' ', '\0'};
	if (strstr(three_digit_areas, area))
		return at == 3 || at == 6 || at == 8;
	return at == 4 || at == 6 || at == 8;
}

/* With `masked`, only the first four and the last two places stay. */
static struct str group_phone(struct i18n *i18n, struct arena *arena, struct str phone, bool masked)
{
	struct str_builder plain = {.arena = arena}, b = {.arena = arena};
	for (size_t i = 0; i < phone.len; i++)
		if (phone.ptr[i] != ' ' && phone.ptr[i] != '-')
			str_builder_add_char(&plain, phone.ptr[i]);
	struct str digits = str_builder_text(&plain);
	for (size_t i = 0; i < digits.len; i++) {
		if (i > 0 && group_starts(digits, i))
			str_builder_add_char(&b, ' ');
		bool hidden = masked && i >= 4 && i + 2 < digits.len;
		str_builder_add(&b, hidden ? STR("\u2022") : str_slice(digits, i, i + 1));
	}
	return left_to_right(i18n, arena, str_builder_text(&b));
}

struct str say_phone(struct i18n *i18n, struct arena *arena, struct str phone)
{
	return group_phone(i18n, arena, phone, false);
}

struct str say_phone_masked(struct i18n *i18n, struct arena *arena, struct str phone)
{
	return group_phone(i18n, arena, phone, true);
}

struct str say_code(struct i18n *i18n, struct arena *arena, struct str code)
{
	enum { HALF = 4 };
	struct str text = code;
	if (code.len > HALF) {
		const struct str halves[] = {
			str_slice(code, 0, HALF), str_slice(code, HALF, code.len)};
		text = str_join(arena, halves, 2, STR(" "));
	}
	return left_to_right(i18n, arena, text);
}

struct str say_list(struct i18n *i18n, struct arena *arena, const struct str *items, size_t count)
{
	if (count == 0)
		return STR("");
	struct str text = items[0];
	for (size_t i = 1; i + 1 < count; i++)
		text = TR(i18n, arena, "list-longer", {"first", text}, {"next", items[i]});
	if (count == 1)
		return text;
	return TR(i18n, arena, "list-pair", {"first", text}, {"last", items[count - 1]});
}

struct str say_greeting(struct i18n *i18n, struct arena *arena, int hour)
{
	if (hour >= 6 && hour < 12)
		return TR(i18n, arena, "start-hello-morning");
	if (hour >= 12 && hour < 18)
		return TR(i18n, arena, "start-hello-afternoon");
	return TR(i18n, arena, "start-hello-evening");
}
