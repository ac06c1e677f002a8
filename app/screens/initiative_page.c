/* A page is a column of facts, each left out whole when the catalogue does not know it. The order
 * is that of the questions a newcomer has: when, where, who, what does it cost, is it for me, how
 * does the first time go; and then the rest. */
#include "screens/initiative_page.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "screens/factors.h"
#include "screens/filter_words.h"
#include "screens/filtering.h"
#include "screens/initiative_facts.h"
#include "ui/widgets.h"

#define NEXT_DATES 4

struct column {
	const struct model *model;
	struct ui *ui;
	struct arena *arena;
	const struct initiative_page *page;
	const struct initiative *initiative;
	bool compact;
	bool after_heading; /* what comes next stays with the heading above it */
	struct rect rest;
	struct str own; /* the catalogue's language */
};

static int gap_of(const struct column *column)
{
	static const double gap_mm[PANEL_CLASS_COUNT] = {1.8, 3, 3.6, 6};
	return ui_mm(column->ui, gap_mm[ui_theme(column->ui)->panel.class]);
}

static void begin_item(struct column *column, int gap)
{
	column->rest.y += gap;
	bool stays = column->after_heading;
	column->after_heading = false;
	/* faces and numbers are higher than their first line: a page begins a little above */
	if (!stays)
		ui_scroll_item(column->ui, column->rest.y - (gap ? gap_of(column) / 2 : 0));
}

static void put_fact(struct column *column, const struct ui_fact *fact)
{
	if (!fact->title.len && !fact->body.len)
		return;
	begin_item(column, gap_of(column));
	column->rest.y += ui_fact(column->ui, column->rest, fact);
}

/* One line of ours. */
static void put_line(struct column *column, const char *icon, struct str title)
{
	put_fact(column, &(struct ui_fact){.icon = icon, .title = title});
}

/* One line of the catalogue's. */
static void put_own(struct column *column, const char *icon, struct str title)
{
	put_fact(column, &(struct ui_fact){.icon = icon, .title = title, .lang = column->own});
}

/* A line of ours above words of the catalogue, which must be there. */
static void put_titled(struct column *column, const char *icon, struct str title, struct str body)
{
	if (body.len)
		put_fact(column, &(struct ui_fact){.icon = icon,
					 .title = title,
					 .body = body,
					 .body_lang = column->own});
}

static void put_words(struct column *column, const char *icon, const struct own_words *words)
{
	put_fact(column, &(struct ui_fact){.icon = icon,
				 .title = words->title,
				 .body = words->body,
				 .lang = words->title_is_own ? column->own : STR(""),
				 .body_lang = words->body_is_own ? column->own : STR("")});
}

static void put_heading(struct column *column, struct str text, const char *id)
{
	begin_item(column, 2 * gap_of(column));
	column->rest.y += ui_text(column->ui, column->rest,
		&(struct ui_text){.text = text, .style = TEXT_HEADING_2, .id = str_from(id)});
	column->after_heading = true;
}

static void put_paragraph(struct column *column, struct str text)
{
	if (!text.len)
		return;
	begin_item(column, gap_of(column));
	column->rest.y += ui_text(column->ui, column->rest,
		&(struct ui_text){.text = text, .style = TEXT_BODY, .lang = column->own});
}

/* --- the parts in their order ----------------------------------------------------------------- */

static void put_name(struct column *column)
{
	struct str name = column->initiative->name;
	begin_item(column, 0);
	column->rest.y += ui_text(column->ui, column->rest,
		&(struct ui_text){.text = name,
			.style = title_style(column->ui, name, column->rest.w),
			.heading = true,
			.lang = column->own,
			.id = STR("initiative/name")});
	struct ui_text tagline = {.text = column->initiative->tagline,
		.style = TEXT_BODY,
		.lang = column->own,
		.id = STR("initiative/tagline")};
	const struct theme *theme = ui_theme(column->ui);
	/* Large letters on 10.1": when it is has to be in sight without a touch. */
	bool in_the_way = theme->panel.class == PANEL_SMALL && theme->step > TEXT_100 &&
			  ui_text_width(column->ui, &tagline) > column->rest.w;
	if (column->compact || !tagline.text.len || in_the_way)
		return;
	column->rest.y += ui_mm(column->ui, 1);
	column->rest.y += ui_text(column->ui, column->rest, &tagline);
}

static void put_walk_in(struct column *column)
{
	if (column->initiative->registration.mode != REGISTRATION_WALK_IN)
		return;
	struct str just_come = TR(column->model->i18n, column->arena, "detail-just-come");
	struct str more = without_sentence(column->initiative->registration.note, just_come);
	put_fact(column, &(struct ui_fact){.icon = "waving_hand",
				 .title = just_come,
				 .body = more,
				 .body_lang = column->own});
}

static void put_seats(struct column *column)
{
	const struct occurrence *shown = column->page->shown;
	if (!shown)
		return;
	int left = occurrence_seats(column->model, shown)->left;
	struct i18n *i18n = column->model->i18n;
	if (left == 0 && column->initiative->registration.waiting_list)
		put_line(column, "hourglass_top", TR(i18n, column->arena, "list-full"));
	else if (left >= 0 && left <= FEW_SEATS)
		put_line(column, "group",
			TR_COUNT(i18n, column->arena, "places-left", "count", left));
}

static void put_when(struct column *column)
{
	const struct initiative_page *page = column->page;
	const struct model *model = column->model;
	struct arena *arena = column->arena;
	if (page->missed)
		put_line(column, "event_busy",
			say_cancellation(model, arena, page->missed, page->shown));
	bool rests = model->clock_sure && !page->shown && column->initiative->schedule_count > 0;
	if (rests) {
		put_line(column, "event_busy", TR(model->i18n, arena, "detail-rests"));
	} else {
		struct own_words when = {.title = say_page_when(model, arena, column->initiative,
						 page->shown, column->compact),
			.body = say_page_rhythm(model, arena, page->shown)};
		put_words(column, "event", &when);
	}
	if (page->shown && page->shown->moved)
		put_fact(column, &(struct ui_fact){.icon = "schedule",
					 .title = say_move(model, arena, page->shown),
					 .body = page->shown->reason,
					 .body_lang = column->own});
	put_seats(column);
	put_walk_in(column);
}

static void put_where(struct column *column)
{
	struct own_words where = say_where(column->model, column->arena, column->initiative,
		column->page->shown, column->compact);
	bool online = !place_of(column->initiative, column->page->shown);
	put_words(column, online ? "language" : "location_on", &where);
}

static void put_host(struct column *column)
{
	struct i18n *i18n = column->model->i18n;
	struct arena *arena = column->arena;
	const struct contact *who = initiative_greeter(column->initiative);
	if (!who) {
		put_line(column, "help", TR(i18n, arena, "detail-no-host"));
		return;
	}
	struct str promise =
		who->promise.len ? str_format(arena, "“%.*s”", STR_ARG(who->promise)) : STR("");
	put_fact(column, &(struct ui_fact){.portrait = who->picture.file,
				 .portrait_name = who->name,
				 .portrait_fill = contact_color(who),
				 .title = TR(i18n, arena, "detail-greets", {"name", who->name}),
				 .body = promise,
				 .body_lang = column->own});
}

static void put_for_me(struct column *column)
{
	struct own_words cost = say_cost(column->model, column->arena, column->initiative);
	struct own_words who = say_audience(column->model, column->arena, column->initiative);
	put_words(column, "euro", &cost);
	put_words(column, "group", &who);
	put_paragraph(column, column->initiative->summary);
}

static void put_first_time(struct column *column)
{
	const struct initiative *initiative = column->initiative;
	struct i18n *i18n = column->model->i18n;
	bool known = initiative->steps.count || initiative->stay.len || initiative->bring.len;
	if (known)
		put_heading(column, TR(i18n, column->arena, "detail-first-time"),
			"initiative/first-time");
	for (size_t i = 0; i < initiative->steps.count; i++) {
		begin_item(column, gap_of(column));
		column->rest.y += ui_step(column->ui, column->rest, (int)i + 1,
			initiative->steps.items[i], column->own);
	}
	put_own(column, "door_open", initiative->stay);
	put_titled(
		column, "check_circle", TR(i18n, column->arena, "detail-bring"), initiative->bring);
	if (initiative->registration.mode != REGISTRATION_WALK_IN)
		put_own(column, "lock", initiative->registration.note);
}

/* Whether somebody can walk along, and the button for it where it found no other place. */
static bool put_companion(struct column *column)
{
	struct i18n *i18n = column->model->i18n;
	if (!column->initiative->companion_available)
		return false;
	put_fact(column, &(struct ui_fact){.icon = "directions_walk",
				 .title = TR(i18n, column->arena, "detail-companion"),
				 .body = column->initiative->companion_text,
				 .body_lang = column->own});
	if (!column->page->with_companion_button)
		return false;
	struct ui_button button = {.label = TR(i18n, column->arena, "detail-walk-with-me"),
		.icon = "directions_walk",
		.icon_directed = true,
		.disabled = !column->model->can_save};
	begin_item(column, gap_of(column));
	struct rect at = column->rest;
	at.h = ui_button_height(column->ui, at.w, &button);
	column->rest.y += at.h;
	return ui_button(column->ui, STR("initiative/walk-with-me"), at, &button);
}

static void put_access(struct column *column)
{
	struct i18n *i18n = column->model->i18n;
	const struct place *place = place_of(column->initiative, column->page->shown);
	if (place) {
		put_fact(column, &(struct ui_fact){.icon = "check_circle",
					 .title = TR(i18n, column->arena, "detail-access"),
					 .body = say_access(column->model, column->arena, place)});
		if (place->walk_minutes != 0)
			put_titled(column, "directions_walk",
				TR(i18n, column->arena, "detail-transport"), place->transport);
	}
	put_line(column, "translate",
		say_languages(column->model, column->arena, column->initiative));
}

static void put_brings(struct column *column)
{
	const struct initiative *initiative = column->initiative;
	if (initiative->factor_count)
		put_heading(column, TR(column->model->i18n, column->arena, "detail-brings"),
			"initiative/brings");
	for (size_t i = 0; i < initiative->factor_count; i++) {
		const struct protective_factor *factor = &initiative->factors[i];
		put_fact(column,
			&(struct ui_fact){.icon = factor_icon(factor->number),
				.title = factor_label(column->model, column->arena, factor->number),
				.body = factor->why,
				.body_lang = column->own});
	}
	for (size_t i = 0; i < initiative->description.count; i++)
		put_paragraph(column, initiative->description.items[i]);
}

static void put_group(struct column *column)
{
	const struct initiative *initiative = column->initiative;
	struct i18n *i18n = column->model->i18n;
	struct arena *arena = column->arena;
	put_titled(column, "emoji_people", TR(i18n, arena, "detail-asks"),
		say_lines(arena, &initiative->asks));
	put_titled(column, "volunteer_activism", TR(i18n, arena, "detail-offers"),
		say_lines(arena, &initiative->offers));
	if (initiative->specialist_count)
		put_heading(column, TR(i18n, arena, "detail-specialist-title"),
			"initiative/specialists");
	for (size_t i = 0; i < initiative->specialist_count; i++) {
		const struct specialist *guest = &initiative->specialists[i];
		struct str title = guest->when.len
					   ? TR(i18n, arena, "detail-specialist",
						     {"role", guest->role}, {"when", guest->when})
					   : guest->role;
		put_fact(column, &(struct ui_fact){.icon = "person",
					 .title = title,
					 .body = guest->how,
					 .lang = column->own});
	}
}

/* The coming days, so that it shows which are off. */
static void put_next_dates(struct column *column)
{
	const struct model *model = column->model;
	int count = 0;
	for (size_t i = 0; model->clock_sure && i < model->upcoming.count && count < NEXT_DATES;
		i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		if (o->schedule->initiative != column->initiative || o == column->page->shown ||
			local_time_compare(o->start, model->now) < 0)
			continue;
		if (count++ == 0)
			put_heading(column, TR(model->i18n, column->arena, "detail-next-dates"),
				"initiative/next-dates");
		struct str why = o->cancelled ? say_cancellation(model, column->arena, o, NULL)
				 : o->moved   ? say_move(model, column->arena, o)
					      : STR("");
		put_fact(column, &(struct ui_fact){.icon = o->cancelled ? "event_busy" : "event",
					 .title = say_moment(model->i18n, column->arena, o->start),
					 .body = why});
	}
}

static void put_since(struct column *column)
{
	const struct initiative *initiative = column->initiative;
	struct i18n *i18n = column->model->i18n;
	struct arena *arena = column->arena;
	struct own_words life = {0};
	if (!date_is_none(initiative->started))
		life.title = TR(i18n, arena, "detail-since",
			{"year", str_format(arena, "%d", initiative->started.year)});
	if (!date_is_none(initiative->assured_date))
		life.body = TR(i18n, arena, "detail-checked",
			{"date", say_day_year(i18n, arena, initiative->assured_date)});
	put_words(column, "fact_check", &life);
	put_titled(column, "error", TR(i18n, arena, "detail-urgent"), initiative->urgent);
}

int initiative_page_frame(const struct model *model, struct ui *ui, struct rect content,
	const struct initiative_page *page, bool *walk_with_me)
{
	struct column column = {.model = model,
		.ui = ui,
		.arena = ui_arena(ui),
		.page = page,
		.initiative = page->initiative,
		.compact = ui_theme(ui)->panel.class == PANEL_COMPACT,
		.rest = content,
		.own = catalogue_language(model)};
	put_name(&column);
	if (!model->can_save && page->initiative->registration.mode != REGISTRATION_WALK_IN)
		put_fact(&column,
			&(struct ui_fact){.icon = "error",
				.title = TR(model->i18n, column.arena, "save-not-possible"),
				.body = TR(model->i18n, column.arena, "save-desk")});
	put_when(&column);
	put_where(&column);
	put_host(&column);
	put_for_me(&column);
	put_first_time(&column);
	if (put_companion(&column))
		*walk_with_me = true;
	put_access(&column);
	put_brings(&column);
	put_group(&column);
	put_next_dates(&column);
	put_since(&column);
	return column.rest.y + ui_theme(ui)->m.gap;
}
