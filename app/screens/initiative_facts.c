/* Which sentence fits what the catalogue knows. */
#include "screens/initiative_facts.h"

#include "i18n/say.h"

/* --- when ------------------------------------------------------------------------------------- */

static struct str say_rhythm_of(
	const struct model *model, struct arena *arena, const struct initiative *initiative)
{
	for (size_t i = 0; i < initiative->schedule_count; i++) {
		const struct schedule *schedule = &initiative->schedules[i];
		struct rhythm rhythm = schedule_rhythm(schedule);
		if (rhythm.kind != RHYTHM_ONCE && rhythm.kind != RHYTHM_OTHER)
			return say_rhythm_time(model->i18n, arena, rhythm, schedule->dtstart.hour,
				schedule->dtstart.minute);
	}
	if (initiative->schedule_count == 1 && !initiative->schedules[0].rrule.len)
		return say_moment(model->i18n, arena, initiative->schedules[0].dtstart);
	return TR(model->i18n, arena, "detail-ask-when");
}

struct str say_page_when(const struct model *model, struct arena *arena,
	const struct initiative *initiative, const struct occurrence *shown, bool compact)
{
	struct i18n *i18n = model->i18n;
	if (!shown || !model->clock_sure)
		return say_rhythm_of(model, arena, initiative);
	struct local_time at = shown->start;
	struct str time = say_time(i18n, arena, at.hour, at.minute);
	struct str hour = say_time_hour(i18n, arena, at.hour, at.minute);
	int days = date_days_between(model->now.date, at.date);
	if (days == 0 && compact)
		return TR(i18n, arena, "detail-today-short", {"time", time});
	if (days == 0)
		return TR(i18n, arena, "detail-today-at", {"time", time});
	if (days == 1)
		return TR(i18n, arena, "detail-tomorrow-at", {"time", hour});
	if (compact)
		return say_moment_short(i18n, arena, at);
	return TR(i18n, arena, "detail-next-at", {"day", say_day_start(i18n, arena, at.date)},
		{"time", hour});
}

struct str say_page_rhythm(
	const struct model *model, struct arena *arena, const struct occurrence *shown)
{
	if (!shown || shown->duration_minutes <= 0)
		return STR("");
	struct rhythm rhythm = schedule_rhythm(shown->schedule);
	if (rhythm.kind == RHYTHM_ONCE || rhythm.kind == RHYTHM_OTHER)
		return say_time_range(model->i18n, arena, shown->start, shown->duration_minutes);
	return say_rhythm_duration(model->i18n, arena, rhythm, shown->duration_minutes);
}

static struct str without_full_stop(struct str text)
{
	return str_ends_with(text, STR(".")) ? str_slice(text, 0, text.len - 1) : text;
}

struct str say_cancellation(const struct model *model, struct arena *arena,
	const struct occurrence *cancelled, const struct occurrence *next)
{
	struct i18n *i18n = model->i18n;
	struct str reason = without_full_stop(cancelled->reason);
	if (!reason.len)
		return TR(i18n, arena, "list-cancelled");
	if (!next)
		return TR(i18n, arena, "detail-cancelled", {"reason", reason});
	return TR(i18n, arena, "detail-cancelled-until", {"reason", reason},
		{"day", say_day(i18n, arena, next->start.date)});
}

struct str say_move(const struct model *model, struct arena *arena, const struct occurrence *moved)
{
	struct i18n *i18n = model->i18n;
	struct local_time was = moved->rule_start;
	if (date_compare(moved->start.date, was.date) != 0)
		return TR(i18n, arena, "list-was-day", {"day", say_day(i18n, arena, was.date)});
	return TR(i18n, arena, "list-was-time",
		{"time", say_time_hour(i18n, arena, was.hour, was.minute)});
}

/* --- where ------------------------------------------------------------------------------------ */

const struct place *place_of(const struct initiative *initiative, const struct occurrence *shown)
{
	return shown && shown->schedule->place ? shown->schedule->place : initiative->place;
}

static struct str say_address(
	const struct model *model, struct arena *arena, const struct place *place)
{
	struct str address = place->address_1;
	if (place->walk_minutes <= 0)
		return address;
	struct str walk =
		TR_COUNT(model->i18n, arena, "detail-walk-minutes", "count", place->walk_minutes);
	return address.len ? str_format(arena, "%.*s\n%.*s", STR_ARG(address), STR_ARG(walk))
			   : walk;
}

struct own_words say_where(const struct model *model, struct arena *arena,
	const struct initiative *initiative, const struct occurrence *shown, bool compact)
{
	struct i18n *i18n = model->i18n;
	const struct place *place = place_of(initiative, shown);
	struct str room = shown && shown->room.len ? shown->room : initiative->room;
	struct own_words where = {0};
	if (!place) {
		if (str_list_contains(&initiative->environments, STR("online")))
			where.title = TR(i18n, arena, "detail-on-line");
	} else if (place->walk_minutes == 0) {
		where.title_is_own = compact && room.len;
		where.title = !room.len ? TR(i18n, arena, "detail-in-this-house-only")
			      : compact ? room
					: TR(i18n, arena, "detail-in-this-house", {"room", room});
	} else {
		where.title = place->name;
		where.title_is_own = true;
		where.body = say_address(model, arena, place);
	}
	return where;
}

/* --- for whom --------------------------------------------------------------------------------- */

/* The first sentence is the strong line. */
static struct own_words split_sentence(struct str text)
{
	for (size_t i = 0; i + 1 < text.len; i++)
		if (text.ptr[i] == '.' && text.ptr[i + 1] == ' ')
			return (struct own_words){str_slice(text, 0, i),
				str_slice(text, i + 2, text.len), true, true};
	return (struct own_words){without_full_stop(text), STR(""), true, true};
}

struct own_words say_cost(
	const struct model *model, struct arena *arena, const struct initiative *initiative)
{
	if (initiative->cost_text.len)
		return split_sentence(initiative->cost_text);
	struct own_words cost = {0};
	if (initiative->cost_amount == 0)
		cost.title = TR(model->i18n, arena, "detail-free");
	else if (initiative->cost_amount > 0)
		cost.title = say_money(
			model->i18n, arena, initiative->cost_amount, initiative->cost_currency);
	return cost;
}

static struct str say_age(
	const struct model *model, struct arena *arena, const struct initiative *initiative)
{
	struct i18n *i18n = model->i18n;
	struct str from = str_format(arena, "%d", initiative->min_age);
	struct str until = str_format(arena, "%d", initiative->max_age);
	if (initiative->min_age > 0 && initiative->max_age > 0)
		return TR(i18n, arena, "detail-for-age-between", {"from", from}, {"to", until});
	if (initiative->min_age > 0)
		return TR(i18n, arena, "detail-for-age-from", {"age", from});
	if (initiative->max_age > 0)
		return TR(i18n, arena, "detail-for-age-to", {"age", until});
	return initiative->women_only ? STR("") : TR(i18n, arena, "detail-for-everyone");
}

struct own_words say_audience(
	const struct model *model, struct arena *arena, const struct initiative *initiative)
{
	struct own_words who = {.title = initiative->audience_who, .title_is_own = true};
	if (!who.title.len) {
		struct str age = say_age(model, arena, initiative);
		struct str women = initiative->women_only
					   ? TR(model->i18n, arena, "detail-for-women")
					   : STR("");
		who.title_is_own = false;
		who.title = women.len && age.len
				    ? str_format(arena, "%.*s\n%.*s", STR_ARG(women), STR_ARG(age))
			    : women.len ? women
					: age;
	}
	if (initiative->with_children)
		who.body = TR(model->i18n, arena, "detail-children");
	return who;
}

/* --- getting in ------------------------------------------------------------------------------- */

static void add_line(struct str_builder *lines, struct str line)
{
	if (!line.len)
		return;
	if (lines->len)
		str_builder_add_char(lines, '\n');
	str_builder_add(lines, line);
}

struct str say_lines(struct arena *arena, const struct str_list *list)
{
	struct str_builder lines = {.arena = arena};
	for (size_t i = 0; i < list->count; i++)
		add_line(&lines, list->items[i]);
	return str_builder_text(&lines);
}

struct str say_access(const struct model *model, struct arena *arena, const struct place *place)
{
	const struct accessibility *a = &place->accessibility;
	/* Its own sentences say the same and more, to who can read them. */
	if (a->text.len && str_equal_z(catalogue_language(model), model->i18n->language->catalogue))
		return a->text;
	const struct {
		enum tri_state state;
		const char *yes, *partial, *no; /* NULL: not said */
	} table[] = {
		{a->step_free, MESSAGE("access-step-free"), MESSAGE("access-step-free-partial"),
			MESSAGE("access-step-free-no")},
		{a->wheelchair, MESSAGE("access-wheelchair"), MESSAGE("access-wheelchair-partial"),
			NULL},
		{a->toilet, MESSAGE("access-toilet"), NULL, MESSAGE("access-toilet-no")},
		{a->hearing_loop, MESSAGE("access-hearing-loop"), NULL, NULL},
		{a->parking, MESSAGE("access-parking"), NULL, NULL},
		{a->quiet_place, MESSAGE("access-quiet"), NULL, NULL},
	};
	struct str_builder lines = {.arena = arena};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		const char *id = table[i].state == TRI_YES       ? table[i].yes
				 : table[i].state == TRI_PARTIAL ? table[i].partial
				 : table[i].state == TRI_NO      ? table[i].no
								 : NULL;
		if (id)
			add_line(&lines, tr(model->i18n, arena, id, NULL, 0));
	}
	if (lines.len == 0)
		return TR(model->i18n, arena, "detail-access-unknown");
	return str_builder_text(&lines);
}

struct str language_name(const struct model *model, struct arena *arena, struct str code)
{
	static const struct {
		const char *code, *id;
	} table[] = {
		{"ar", MESSAGE("language-ar")},
		{"de", MESSAGE("language-de")},
		{"en", MESSAGE("language-en")},
		{"es", MESSAGE("language-es")},
		{"fa", MESSAGE("language-fa")},
		{"fr", MESSAGE("language-fr")},
		{"nl", MESSAGE("language-nl")},
		{"pap", MESSAGE("language-pap")},
		{"pl", MESSAGE("language-pl")},
		{"ru", MESSAGE("language-ru")},
		{"so", MESSAGE("language-so")},
		{"ti", MESSAGE("language-ti")},
		{"tr", MESSAGE("language-tr")},
		{"uk", MESSAGE("language-uk")},
		{"zgh", MESSAGE("language-zgh")},
	};
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (str_equal_z(code, table[i].code))
			return tr(model->i18n, arena, table[i].id, NULL, 0);
	return code; /* a language that we have no word for: its code is better than nothing */
}

struct str say_languages(
	const struct model *model, struct arena *arena, const struct initiative *initiative)
{
	size_t count = initiative->languages.count;
	if (count == 0)
		return STR("");
	struct str *names = arena_new_array(arena, struct str, count);
	for (size_t i = 0; i < count; i++)
		names[i] = language_name(model, arena, initiative->languages.items[i]);
	return TR(model->i18n, arena, "detail-languages",
		{"languages", say_list(model->i18n, arena, names, count)});
}

struct str without_sentence(struct str note, struct str sentence)
{
	return str_starts_with(note, sentence) ? str_trim(str_slice(note, sentence.len, note.len))
					       : note;
}
