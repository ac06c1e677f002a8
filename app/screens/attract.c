/* What a passer-by sees: one large calm card at a time of what is on today and this week. The whole
 * panel is one target, and the first touch only wakes. A card fades into the colour of its panel
 * and the next one comes out of it; while a card stands nothing is drawn. */
#include "screens/screen.h"
#include "ui/widgets.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "screens/filtering.h"
#include "screens/frames.h"

#define HOLD_MS 8000
#define FADE_MS 600
#define HALF_MS (FADE_MS / 2)
#define TURN_MS (HOLD_MS + FADE_MS)
#define STEP_MS 33
#define MOST_CARDS 12

struct attract {
	bool started;
	int64_t turned_ms; /* when this card came: half a fade before it stands */
	size_t card;
};
_Static_assert(sizeof(struct attract) <= ATTRACT_STATE_BYTES, "the state fits");

struct cards {
	struct list_entry items[MOST_CARDS];
	size_t count;
};

static bool holds(const struct cards *cards, const struct initiative *initiative)
{
	for (size_t i = 0; i < cards->count; i++)
		if (cards->items[i].initiative == initiative)
			return true;
	return false;
}

/* Each initiative once, by its next time this week; cancelled ones are no invitation. */
static struct cards cards_of(const struct model *model, struct arena *arena)
{
	struct list_filter week = {.scope = SCOPE_WEEK};
	struct list_entries entries = filter_entries(arena, model, &week);
	struct cards cards = {0};
	for (size_t i = 0; i < entries.count && cards.count < MOST_CARDS; i++) {
		const struct list_entry *entry = &entries.items[i];
		if ((entry->occurrence && entry->occurrence->cancelled) ||
			holds(&cards, entry->initiative))
			continue;
		cards.items[cards.count++] = *entry;
	}
	return cards;
}

/* The card of this moment, and how much of it the fade covers. */
static size_t turn(struct attract *state, struct ui *ui, size_t count, uint8_t *cover_alpha)
{
	int64_t now_ms = ui_now_ms(ui);
	*cover_alpha = 0;
	if (!state->started) { /* the first card stands at once */
		state->started = true;
		state->turned_ms = now_ms - HALF_MS;
	}
	if (count <= 1)
		return 0;
	int64_t turns = (now_ms - state->turned_ms) / TURN_MS;
	state->card += (size_t)turns;
	state->turned_ms += turns * TURN_MS;
	int64_t passed_ms = now_ms - state->turned_ms, left_ms = TURN_MS - passed_ms;
	int64_t nearest_ms = passed_ms < left_ms ? passed_ms : left_ms;
	if (!ui_motion(ui)) {
		ui_wake_at(ui, now_ms + left_ms);
	} else if (passed_ms >= HALF_MS && left_ms > HALF_MS) {
		ui_wake_at(ui, now_ms + left_ms - HALF_MS);
	} else {
		*cover_alpha = (uint8_t)(255 * (HALF_MS - nearest_ms) / HALF_MS);
		ui_wake_at(ui, now_ms + STEP_MS);
	}
	return state->card % count;
}

static struct str say_entry_time(
	const struct model *model, struct arena *arena, const struct list_entry *entry)
{
	struct i18n *i18n = model->i18n;
	const struct occurrence *o = entry->occurrence;
	if (!o && !entry->schedule)
		return STR("");
	if (!o) {
		struct local_time at = entry->schedule->dtstart;
		struct rhythm rhythm = schedule_rhythm(entry->schedule);
		bool regular = rhythm.kind != RHYTHM_ONCE && rhythm.kind != RHYTHM_OTHER;
		return regular ? say_rhythm_time(i18n, arena, rhythm, at.hour, at.minute)
			       : say_moment_short(i18n, arena, at);
	}
	struct str time = say_time_words(i18n, arena, o->start.hour, o->start.minute);
	if (occurrence_is_today(model, o))
		return TR(i18n, arena, "attract-today-at", {"time-in-words", time});
	return TR(i18n, arena, "attract-day-at",
		{"day", say_weekday_start(i18n, arena, date_weekday(o->start.date))},
		{"time-in-words", time});
}

/* --- drawing ---------------------------------------------------------------------------------- */

struct words {
	struct str when, name, greets;
	const struct contact *who;
	struct str lang; /* of the name */
};

static int face_size(const struct ui *ui)
{
	static const double face_mm[PANEL_CLASS_COUNT] = {12, 18, 22, 26};
	return ui_mm(ui, face_mm[ui_theme(ui)->panel.class]);
}

static int put_greeter(struct ui *ui, struct rect rect, const struct words *words, bool draws)
{
	if (!words->greets.len)
		return 0;
	int face = words->who ? face_size(ui) : 0, gap = words->who ? ui_mm(ui, 3.4) : 0;
	struct ui_text text = {.text = words->greets, .style = TEXT_BODY, .middle = true};
	int height = ui_text_height(ui, rect.w - face - gap, &text);
	height = height > face ? height : face;
	if (!draws)
		return height;
	rect.h = height;
	struct rect mark = rect_take_start(&rect, face);
	if (words->who)
		ui_portrait(ui, rect_center(mark, face, face), words->who->picture.file,
			words->who->name, contact_color(words->who));
	rect_take_start(&rect, gap);
	ui_text(ui, rect, &text);
	return height;
}

/* The words stand at the bottom; the leaf above them where there is room for it. */
static void put_words(const struct model *model, struct ui *ui, struct rect rect,
	const struct words *words, const struct occurrence *o)
{
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	int gap = ui_mm(ui, compact ? 1.5 : 3);
	struct ui_text when = {.text = words->when, .style = TEXT_BODY};
	struct ui_text name = {.text = words->name,
		.style = display_style(ui, words->name, rect.w),
		.lang = words->lang,
		.max_lines = 3,
		.shrink_percent = 80,
		.may_be_cut = true};
	int greeter = put_greeter(ui, rect, words, false);
	int height = ui_text_height(ui, rect.w, &when) + ui_text_height(ui, rect.w, &name) +
		     (greeter ? gap + greeter : 0);
	if (greeter && height > rect.h) { /* large letters: when and what come first */
		height -= gap + greeter;
		greeter = 0;
	}
	if (height > rect.h) { /* and what before when */
		when.style = TEXT_BAR;
		height = ui_text_height(ui, rect.w, &when) + ui_text_height(ui, rect.w, &name);
	}
	int leaf = ui_calendar_height(ui);
	if (o && leaf + gap + height <= rect.h)
		calendar_frame(model, ui, rect, o->start.date, false);
	struct rect block = rect_take_bottom(&rect, height);
	rect_take_top(&block, ui_text(ui, block, &when));
	rect_take_top(&block, ui_text(ui, block, &name));
	rect_take_top(&block, gap);
	if (greeter)
		put_greeter(ui, block, words, true);
}

/* What every screen must say, as whole sentences where there is room. */
static int put_notices(const struct model *model, struct ui *ui, struct rect panel, bool draws)
{
	struct arena *arena = ui_arena(ui);
	struct str lines[3];
	size_t count = 0;
	if (model->catalogue && model->catalogue->sample)
		lines[count++] = TR(model->i18n, arena, "demo");
	if (model->practice)
		lines[count++] = TR(model->i18n, arena, "practice-mode");
	if (!model->clock_sure)
		lines[count++] = TR(model->i18n, arena, "clock-title");
	else if (model->sample_clock)
		lines[count++] = TR(model->i18n, arena, "sample-clock",
			{"date", say_day(model->i18n, arena, model->now.date)});
	if (count == 0)
		return 0;
	int side = ui_theme(ui)->m.margin, gap = ui_mm(ui, 8), pad = ui_mm(ui, 1);
	int room = panel.w - 2 * side, line = ui_line_height(ui, TEXT_BAR);
	int x = 0, y = pad;
	struct rect at[3];
	for (size_t i = 0; i < count; i++) {
		struct ui_text text = {.text = lines[i], .style = TEXT_BAR};
		int width = ui_text_width(ui, &text) + ui_mm(ui, 0.5);
		if (x > 0 && x + width > room) {
			x = 0;
			y += line;
		}
		at[i] = (struct rect){panel.x + side + x, y, width < room ? width : room, line};
		x += width + gap;
	}
	int height = y + line + pad;
	if (!draws)
		return height;
	struct rect band = rect_take_bottom(&panel, height);
	ui_box(ui, band, &(struct ui_box){.fill = COLOR_SAND});
	for (size_t i = 0; i < count; i++) {
		at[i].y += band.y;
		ui_text(ui, at[i],
			&(struct ui_text){.text = lines[i],
				.style = TEXT_BAR,
				.max_lines = 1,
				.shrink_percent = 80});
	}
	return height;
}

static struct str touch_words(struct arena *arena, const struct language *language)
{
	struct i18n other = {.language = language};
	i18n_set_language(&other, language);
	return TR(&other, arena, "attract-touch");
}

static void put_strip(const struct model *model, struct ui *ui, struct rect strip)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct arena *arena = ui_arena(ui);
	bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT;
	ui_box(ui, strip, &(struct ui_box){.fill = COLOR_WHITE});
	struct rect inside = rect_inset(strip, m->margin, 0);
	int icon = ui_mm(ui, compact ? 9 : 13);
	struct rect mark = rect_take_start(&inside, icon);
	ui_icon(ui, rect_center(mark, icon, icon), "touch_app", COLOR_GO);
	rect_take_start(&inside, ui_mm(ui, compact ? 2 : 4));

	struct ui_text own = {.text = TR(model->i18n, arena, "attract-touch"),
		.style = compact ? TEXT_STRONG : TEXT_HEADING_2,
		.middle = true};
	if (ui_text_width(ui, &own) >= inside.w)
		own.style = TEXT_DATE_STRONG;
	int width = ui_text_width(ui, &own) + 1;
	struct rect start = rect_take_start(&inside, width < inside.w ? width : inside.w);
	ui_text(ui, start, &own);
	size_t count;
	const struct language *languages = i18n_languages(&count);
	for (size_t i = 0; i < count; i++) {
		if (!languages[i].offered ||
			languages[i].catalogue == model->i18n->language->catalogue)
			continue;
		struct ui_text text = {.text = touch_words(arena, &languages[i]),
			.style = TEXT_BAR,
			.lang = str_from(languages[i].code),
			.align = ALIGN_END,
			.middle = true};
		int room = ui_text_width(ui, &text) + 1;
		if (room + ui_mm(ui, 4) <= inside.w)
			ui_text(ui, rect_take_end(&inside, room), &text);
	}
	i18n_set_language(model->i18n, model->i18n->language);
}

static struct words words_of(
	const struct model *model, struct ui *ui, const struct list_entry *entry)
{
	struct arena *arena = ui_arena(ui);
	if (!entry)
		return (struct words){.name = TR(model->i18n, arena, "attract-nothing-today"),
			.greets = TR(model->i18n, arena, "attract-no-host")};
	const struct contact *who = initiative_greeter(entry->initiative);
	return (struct words){.when = say_entry_time(model, arena, entry),
		.name = entry->initiative->name,
		.greets = who ? TR(model->i18n, arena, "attract-greet", {"name", who->name})
			      : TR(model->i18n, arena, "attract-no-host"),
		.who = who,
		.lang = catalogue_language(model)};
}

struct action attract_frame(void *state, const struct model *model, struct ui *ui)
{
	static const double strip_mm[PANEL_CLASS_COUNT] = {15, 25, 30, 38};
	static const double side_mm[PANEL_CLASS_COUNT] = {5, 8, 11, 14};
	enum panel_class class = ui_theme(ui)->panel.class;
	struct cards cards = cards_of(model, ui_arena(ui));
	uint8_t cover_alpha;
	size_t index = turn(state, ui, cards.count, &cover_alpha);
	const struct list_entry *entry = cards.count ? &cards.items[index] : NULL;
	struct words words = words_of(model, ui, entry);

	struct rect panel = ui_panel_rect(ui), rest = panel;
	bool touched = ui_target_spoken(ui, STR("attract"), ROLE_BUTTON, panel,
		TR(model->i18n, ui_arena(ui), "attract-touch"),
		str_format(ui_arena(ui), "%.*s. %.*s", STR_ARG(words.name),
			STR_ARG(TR(model->i18n, ui_arena(ui), "attract-touch"))));
	put_strip(model, ui, rect_take_bottom(&rest, ui_mm(ui, strip_mm[class])));
	rect_take_bottom(&rest, put_notices(model, ui, rest, true));
	struct rect card = rest;
	ui_box(ui, card, &(struct ui_box){.fill = COLOR_HONEY});
	struct rect picture = class == PANEL_PORTRAIT ? rect_take_top(&rest, rest.h * 58 / 100)
						      : rect_take_end(&rest, rest.w * 51 / 100);
	ui_picture(ui, picture,
		&(struct ui_picture){
			.name = entry ? entry->initiative->picture.file : STR("linde.svg"),
			.alt = entry ? entry->initiative->picture.alt : STR(""),
			.fallback_icon = entry ? initiative_icon(entry->initiative) : STR("leaf")});
	int side = ui_mm(ui, side_mm[class]);
	put_words(model, ui, rect_inset(rest, side, class == PANEL_COMPACT ? side : side * 7 / 8),
		&words, entry ? entry->occurrence : NULL);
	if (cover_alpha > 0) /* 0 would be opaque */
		ui_box(ui, card, &(struct ui_box){.fill = COLOR_HONEY, .fill_alpha = cover_alpha});
	return (struct action){.kind = touched ? ACTION_WAKE : ACTION_NONE};
}
