/* Start: a few windows to look through. Only such as lead somewhere. */
#include "screens/question.h"
#include "screens/screen.h"
#include "ui/widgets.h"

#include "i18n/say.h"

static const struct initiative *next_today(const struct model *model, const struct occurrence **at)
{
	for (size_t i = 0; model->clock_sure && i < model->upcoming.count; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		if (!o->cancelled && occurrence_is_today(model, o) &&
			local_time_compare(o->start, model->now) >= 0) {
			*at = o;
			return o->schedule->initiative;
		}
	}
	return NULL;
}

/* The greeting, and on the other side the day and the time where there is room and certainty. */
static void draw_hello(const struct model *model, struct ui *ui, struct rect rect)
{
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	enum panel_class class = ui_theme(ui)->panel.class;
	struct str greeting = model->clock_sure ? say_greeting(i18n, arena, model->now.hour)
						: TR(i18n, arena, "start-hello");
	int leaf = ui_mm(ui, 13), gap = ui_mm(ui, 5);
	struct rect mark = rect_take_start(&rect, leaf);
	ui_icon(ui, rect_center(mark, leaf, leaf), "leaf", COLOR_GO);
	rect_take_start(&rect, gap);
	if (model->clock_sure) {
		struct ui_text day = {.text = class == PANEL_WIDE
						      ? say_day_start(i18n, arena, model->now.date)
						      : say_day_short(i18n, arena, model->now.date),
			.style = TEXT_BODY,
			.align = ALIGN_END};
		struct ui_text time = {
			.text = say_time_hour(i18n, arena, model->now.hour, model->now.minute),
			.style = TEXT_STRONG,
			.align = ALIGN_END};
		int width = ui_text_width(ui, &day), other = ui_text_width(ui, &time);
		width = (width > other ? width : other) + ui_mm(ui, 1);
		struct ui_text hello = {.text = greeting, .style = TEXT_HEADING_1};
		int height = ui_text_height(ui, width, &day) + ui_text_height(ui, width, &time);
		bool beside = class == PANEL_PORTRAIT ||
			      ui_text_width(ui, &hello) + gap + width <= rect.w;
		if (beside && height <= rect.h) { /* else the date drops first */
			struct rect when = rect_take_end(&rect, width);
			rect_take_end(&rect, gap);
			when = rect_center(when, width, height);
			rect_take_top(&when, ui_text(ui, when, &day));
			ui_text(ui, when, &time);
		}
	}
	struct ui_text hello = {
		.text = greeting, .style = TEXT_HEADING_1, .max_lines = 1, .shrink_percent = 80};
	if (class == PANEL_PORTRAIT) /* two lines stand there, or one smaller one */
		hello = fitting_title(ui, greeting, rect.w, rect.h);
	hello.middle = true;
	ui_text(ui, rect, &hello);
}

struct tile_spec {
	bool shown;
	struct str id;
	struct ui_tile tile;
	struct action action;
};

/* Small windows. Lying: an odd one is tall and the others stand in two rows beside it; upright they
 * stand in rows, and an odd one has a row of three or one for itself. One or two share the room. */
static struct rect small_tile(const struct ui *ui, struct rect room, int index, int count)
{
	int gap = ui_theme(ui)->m.gap, columns = (count + 1) / 2;
	bool upright = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	if (count < 3)
		return upright ? rect_row(room, index, count, gap)
			       : rect_column(room, index, count, gap);
	if (upright) {
		int first = count == 3 ? 2 : count / 2, second = count - first;
		struct rect row = rect_row(room, index < first ? 0 : 1, 2, gap);
		return index < first ? rect_column(row, index, first, gap)
				     : rect_column(row, index - first, second, gap);
	}
	if (count % 2 == 0)
		return rect_row(
			rect_column(room, index % columns, columns, gap), index / columns, 2, gap);
	if (index == 0)
		return rect_column(room, 0, columns, gap);
	int beside = (index - 1) % (columns - 1), row = (index - 1) / (columns - 1);
	return rect_row(rect_column(room, 1 + beside, columns, gap), row, 2, gap);
}

/* What the large window takes of the width beside so many small ones. */
static double large_share(const struct ui *ui, int small)
{
	static const double few[PANEL_CLASS_COUNT] = {0.39, 0.45, 0.5, 0};
	static const double four[PANEL_CLASS_COUNT] = {0.34, 0.40, 0.44, 0};
	static const double many[PANEL_CLASS_COUNT] = {0.28, 0.37, 0.38, 0};
	enum panel_class class = ui_theme(ui)->panel.class;
	return small <= 3 ? few[class] : small == 4 ? four[class] : many[class];
}

/* A window leads somewhere, or it is not there. */
static bool has_active(const struct model *model)
{
	const struct catalogue *c = model->catalogue;
	for (size_t i = 0; c && i < c->initiative_count; i++)
		if (c->initiatives[i].status == STATUS_ACTIVE)
			return true;
	return false;
}

struct action start_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	const struct measures *m = &ui_theme(ui)->m;
	enum panel_class class = ui_theme(ui)->panel.class;

	const struct occurrence *at = NULL;
	const struct initiative *next = next_today(model, &at);
	struct str detail = STR("");
	if (next && class != PANEL_COMPACT)
		detail = TR(i18n, arena, "start-next",
			{"time", say_time(i18n, arena, at->start.hour, at->start.minute)},
			{"name", next->name});

	struct tile_spec large = {true, STR("start/what-is-on"),
		{TR(i18n, arena, "start-what-is-on"), detail, STR("tegel-doen.svg"), COLOR_HONEY,
			true, 0},
		{.kind = ACTION_SHOW_LIST}};
	struct tile_spec small[] = {
		{has_active(model), STR("start/looking-for"),
			{TR(i18n, arena, "start-looking-for"), STR(""), STR("tegel-zoek.svg"),
				COLOR_SAGE, false, 0},
			{.kind = ACTION_GO, .screen = SCREEN_LOOKING}},
		{true, STR("start/wish"),
			{TR(i18n, arena, "start-wish"), STR(""), STR("tegel-kan.svg"), COLOR_HONEY,
				false, 0},
			{.kind = ACTION_GO, .screen = SCREEN_WISH}},
		{has_active(model), STR("start/mine"),
			{class == PANEL_COMPACT || class == PANEL_SMALL
					? TR(i18n, arena, "start-mine-short")
					: TR(i18n, arena, "start-mine"),
				STR(""), STR("tegel-code.svg"), COLOR_PLUM, false, 0},
			{.kind = ACTION_GO, .screen = SCREEN_CODE}},
		{model->catalogue && model->catalogue->contact_count > 0, STR("start/talk"),
			{class == PANEL_COMPACT ? TR(i18n, arena, "start-talk-short")
						: TR(i18n, arena, "start-talk"),
				STR(""), STR("tegel-spreken.svg"), COLOR_ROSE, false, 0},
			{.kind = ACTION_GO, .screen = SCREEN_PEOPLE}},
		{true, STR("start/help"),
			{TR(i18n, arena, "start-help"), STR(""), STR("tegel-hulp.svg"), COLOR_SKY,
				false, 0},
			{.kind = ACTION_GO, .screen = SCREEN_HELP}},
	};
	size_t count = sizeof(small) / sizeof(small[0]);
	int shown = 0;
	for (size_t i = 0; i < count; i++)
		shown += small[i].shown;

	struct rect rest = screen_rect(ui);
	int side = class == PANEL_SMALL ? ui_mm(ui, 5) : m->margin;
	rest = rect_inset(rest, side, 0);
	rect_take_bottom(&rest, m->gap);
	static const double hello_mm[PANEL_CLASS_COUNT] = {
		[PANEL_COMPACT] = 0, [PANEL_SMALL] = 19, [PANEL_WIDE] = 34, [PANEL_PORTRAIT] = 48};
	if (class == PANEL_COMPACT)
		rect_take_top(&rest, m->gap);
	else
		draw_hello(model, ui, rect_take_top(&rest, ui_mm(ui, hello_mm[class])));

	struct action action = {.kind = ACTION_NONE};
	struct rect first;
	if (class == PANEL_PORTRAIT) {
		first = rect_take_top(&rest, (rest.h - 2 * m->gap) * 45 / 100);
		rect_take_top(&rest, m->gap);
	} else {
		first = rect_take_start(
			&rest, (int)((rest.w - 2 * m->gap) * large_share(ui, shown)));
		rect_take_start(&rest, m->gap);
	}
	if (ui_tile(ui, large.id, first, &large.tile))
		action = large.action;
	static const double sill_mm[PANEL_CLASS_COUNT] = {17.4, 20.4, 24, 32};
	int at_place = 0;
	for (size_t i = 0; i < count; i++) {
		if (!small[i].shown)
			continue;
		small[i].tile.sill_min_px = ui_mm(ui, sill_mm[class]);
		struct rect place = small_tile(ui, rest, at_place++, shown);
		if (ui_tile(ui, small[i].id, place, &small[i].tile))
			action = small[i].action;
	}
	return action;
}
