/* The page about one initiative. On the left its picture, and on the edge of that the leaf of the
 * day one says yes to, beside the green button; on the right everything there is to know. Upright
 * the picture is on top and the buttons are at the bottom. */
#include "screens/screen.h"
#include "ui/widgets.h"

#include "screens/choices.h"
#include "screens/frames.h"
#include "screens/initiative_page.h"

#define SCROLL STR("initiative/page")
#define MOST_BUTTONS 2

enum page_act { ACT_SIGN_UP, ACT_WALK_WITH_ME, ACT_TAKE_LINK, ACT_ASK_DESK };

struct page_button {
	struct ui_button button;
	struct str id;
	enum page_act act;
	int height;
};

struct page_acts {
	struct page_button items[MOST_BUTTONS];
	int count;
	int width; /* of a button */
	int height; /* of all */
	bool leaf_beside; /* the calendar stands beside the buttons, else on the picture */
	bool companion_in_page;
};

struct shown {
	const struct initiative *initiative;
	const struct occurrence *occurrence; /* NULL: none in sight */
	const struct occurrence *missed;
};

static struct shown what_is_shown(const struct model *model, const struct initiative *initiative)
{
	struct shown shown = {.initiative = initiative};
	if (!model->clock_sure)
		return shown;
	const struct occurrence *asked = visit_occurrence(model);
	if (asked && asked->schedule->initiative != initiative)
		asked = NULL;
	shown.missed = asked && asked->cancelled ? asked : NULL;
	shown.occurrence = asked && !asked->cancelled ? asked : next_occurrence(model, initiative);
	return shown;
}

static const struct contact *introducer(const struct initiative *initiative)
{
	return initiative->warm_contact ? initiative->warm_contact : initiative_greeter(initiative);
}

static struct page_button go_button(
	const struct model *model, struct ui *ui, const struct shown *shown)
{
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	enum registration_mode mode = shown->initiative->registration.mode;
	const struct contact *who = introducer(shown->initiative);
	if (mode == REGISTRATION_WALK_IN)
		return (struct page_button){{.label = TR(i18n, arena, "detail-take-link"),
						    .icon = "qr_code_2",
						    .go = true},
			STR("initiative/take-link"), ACT_TAKE_LINK, 0};
	bool dated = mode == REGISTRATION_SIGN_UP;
	if ((dated && !shown->occurrence) || (!dated && !who))
		return (struct page_button){
			{.label = TR(i18n, arena, "list-ask-desk"), .icon = "handshake"},
			STR("initiative/ask-desk"), ACT_ASK_DESK, 0};
	struct str label = dated ? TR(i18n, arena, "detail-come")
				 : TR(i18n, arena, "introduction-title", {"name", who->name});
	return (struct page_button){{.label = label,
					    .icon = dated ? "waving_hand" : "handshake",
					    .go = true,
					    .disabled = !model->can_save},
		STR("initiative/come"), ACT_SIGN_UP, 0};
}

static struct page_button companion_button(const struct model *model, struct ui *ui)
{
	return (struct page_button){{.label = TR(model->i18n, ui_arena(ui), "detail-walk-with-me"),
					    .icon = "directions_walk",
					    .icon_directed = true,
					    .disabled = !model->can_save},
		STR("initiative/walk-with-me"), ACT_WALK_WITH_ME, 0};
}

/* --- how the buttons lie ---------------------------------------------------------------------- */

static int buttons_gap(const struct ui *ui)
{
	return acts_gap(ui);
}

static bool words_hold(struct ui *ui, const struct page_acts *acts, int width_px)
{
	int room = width_px - 2 * ui_theme(ui)->m.padding - ui_theme(ui)->m.icon - ui_mm(ui, 2.6);
	int most = 3 * ui_line_height(ui, TEXT_BUTTON);
	for (int i = 0; i < acts->count; i++) {
		struct ui_text label = {.text = acts->items[i].button.label, .style = TEXT_BUTTON};
		if (!words_fit(ui, label.text, room, TEXT_BUTTON) ||
			ui_text_height(ui, room, &label) > most)
			return false;
	}
	return true;
}

static void measure(struct ui *ui, struct page_acts *acts)
{
	bool row = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	acts->height = 0;
	for (int i = 0; i < acts->count; i++) {
		struct page_button *item = &acts->items[i];
		item->height = ui_button_height(ui, acts->width, &item->button);
		if (!row)
			acts->height += item->height + (i > 0 ? buttons_gap(ui) : 0);
		else if (item->height > acts->height)
			acts->height = item->height;
	}
}

/* What there is room for: first the leaf moves from beside the buttons onto the picture, then the
 * icons go, then the second button moves into the page. */
static void arrange(struct ui *ui, struct page_acts *acts, bool has_leaf)
{
	const struct measures *m = &ui_theme(ui)->m;
	enum panel_class class = ui_theme(ui)->panel.class;
	if (class == PANEL_PORTRAIT) {
		int room = ui_panel_rect(ui).w - 2 * m->margin;
		acts->width = (room - (acts->count - 1) * buttons_gap(ui)) / acts->count;
		measure(ui, acts);
		return;
	}
	int whole = m->detail_left - 2 * m->margin;
	int beside = whole - m->calendar_width - ui_mm(ui, 3.4);
	acts->leaf_beside = has_leaf && class != PANEL_COMPACT && words_hold(ui, acts, beside);
	acts->width = acts->leaf_beside ? beside : whole;
	for (int i = 0; i < acts->count; i++)
		acts->items[i].button =
			without_broken_words(ui, acts->items[i].button, acts->width);
	measure(ui, acts);
	int leaf = ui_calendar_height(ui);
	int room = screen_rect(ui).h - m->gap - m->margin - (acts->leaf_beside ? leaf / 2 : leaf);
	if (acts->count > 1 && acts->height > room) {
		acts->count = 1;
		acts->companion_in_page = true;
		measure(ui, acts);
	}
}

static struct page_acts acts_of(const struct model *model, struct ui *ui, const struct shown *shown)
{
	struct page_acts acts = {.count = 1, .items = {go_button(model, ui, shown)}};
	bool companion = shown->initiative->companion_available && acts.items[0].act == ACT_SIGN_UP;
	if (companion && ui_theme(ui)->panel.class == PANEL_COMPACT)
		acts.companion_in_page = true;
	else if (companion)
		acts.items[acts.count++] = companion_button(model, ui);
	arrange(ui, &acts, shown->occurrence != NULL);
	return acts;
}

static struct action act(enum page_act kind, const struct shown *shown)
{
	struct action action = {
		.kind = kind == ACT_TAKE_LINK ? ACTION_TAKE_LINK : ACTION_START_SIGN_UP};
	if (kind == ACT_ASK_DESK)
		return (struct action){.kind = ACTION_GO, .screen = SCREEN_PEOPLE};
	action.number = kind == ACT_WALK_WITH_ME ? 1 : 0;
	if (shown->occurrence) {
		action.has_occurrence = true;
		action.schedule = shown->occurrence->schedule->id;
		action.rule_start = shown->occurrence->rule_start;
	}
	return action;
}

static struct action put_acts(
	struct ui *ui, struct rect rect, const struct page_acts *acts, const struct shown *shown)
{
	bool row = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	struct action action = {.kind = ACTION_NONE};
	for (int i = 0; i < acts->count; i++) {
		const struct page_button *item = &acts->items[i];
		struct rect at = row ? rect_column(rect, i, acts->count, buttons_gap(ui))
				     : rect_take_top(&rect, item->height);
		rect_take_top(&rect, row ? 0 : buttons_gap(ui));
		if (ui_button(ui, item->id, at, &item->button))
			action = act(item->act, shown);
	}
	return action;
}

/* --- picture and page ------------------------------------------------------------------------- */

static void put_picture(struct ui *ui, struct rect rect, const struct initiative *initiative)
{
	if (rect.h > 0)
		ui_picture(ui, rect,
			&(struct ui_picture){.name = initiative->picture.file,
				.alt = initiative->picture.alt,
				.fallback_icon = initiative_icon(initiative),
				.focus_y_percent = 40});
}

static void put_leaf(const struct model *model, struct ui *ui, int x, int y,
	const struct shown *shown, bool outlined)
{
	if (shown->occurrence)
		calendar_frame(model, ui,
			(struct rect){x, y, ui_theme(ui)->m.calendar_width, ui_calendar_height(ui)},
			shown->occurrence->start.date, outlined);
}

struct page_boxes {
	struct rect page, up, down;
};

/* The page buttons stand in a column of their own, upright in a row of their own. */
static struct page_boxes page_boxes(struct ui *ui, struct rect right)
{
	const struct measures *m = &ui_theme(ui)->m;
	enum panel_class class = ui_theme(ui)->panel.class;
	int size = m->button, gap = buttons_gap(ui);
	struct page_boxes boxes = {.page = right};
	if (class == PANEL_PORTRAIT) {
		struct rect row = rect_take_bottom(&boxes.page, size);
		rect_take_bottom(&boxes.page, gap);
		boxes.down = rect_take_end(&row, size);
		rect_take_end(&row, gap);
		boxes.up = rect_take_end(&row, size);
		return boxes;
	}
	int beside = ui_mm(ui, class == PANEL_COMPACT ? 2 : 3);
	struct rect column = rect_take_end(&boxes.page, size);
	rect_take_end(&boxes.page, beside);
	column.x += m->margin - ui_mm(ui, class == PANEL_COMPACT ? 2.4 : 4.6);
	boxes.page.w += m->margin - ui_mm(ui, class == PANEL_COMPACT ? 2.4 : 4.6);
	rect_take_bottom(&column, class == PANEL_COMPACT ? ui_mm(ui, 2.4) : m->margin);
	boxes.down = rect_take_bottom(&column, size);
	rect_take_bottom(&column, gap);
	boxes.up = rect_take_bottom(&column, size);
	return boxes;
}

static struct action put_page(const struct model *model, struct ui *ui, struct rect right,
	const struct shown *shown, const struct page_acts *acts)
{
	struct arena *arena = ui_arena(ui);
	struct page_boxes boxes = page_boxes(ui, right);
	struct initiative_page page = {.initiative = shown->initiative,
		.shown = shown->occurrence,
		.missed = shown->missed,
		.with_companion_button = acts->companion_in_page};
	bool walk_with_me = false;
	struct rect content = ui_scroll_begin_pages(ui, SCROLL, boxes.page);
	if (!model->clock_sure) {
		struct str say = TR(model->i18n, arena, "clock-title");
		bool compact = ui_theme(ui)->panel.class == PANEL_COMPACT; /* the list said it */
		struct str ask = compact ? STR("") : TR(model->i18n, arena, "clock-body");
		content.y += ui_banner(ui, content, "schedule", say, ask);
		content.y += ui_theme(ui)->m.gap;
	}
	ui_scroll_end(ui, initiative_page_frame(model, ui, content, &page, &walk_with_me));
	ui_page_buttons(ui, SCROLL, boxes.up, boxes.down, TR(model->i18n, arena, "list-up"),
		TR(model->i18n, arena, "list-down"), true);
	return walk_with_me ? act(ACT_WALK_WITH_ME, shown) : (struct action){.kind = ACTION_NONE};
}

/* Somebody at the desk took it off the board while it was looked at. */
static struct action nothing_here(const struct model *model, struct ui *ui)
{
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_HONEY,
			.title = TR(model->i18n, ui_arena(ui), "empty-title")},
		0);
	ui_text(ui, boxes.right,
		&(struct ui_text){.text = TR(model->i18n, ui_arena(ui), "list-ask-desk"),
			.style = TEXT_BODY});
	return (struct action){.kind = ACTION_NONE};
}

struct action initiative_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	const struct measures *m = &ui_theme(ui)->m;
	enum panel_class class = ui_theme(ui)->panel.class;
	const struct initiative *initiative = visit_initiative(model);
	if (!initiative)
		return nothing_here(model, ui);
	struct shown shown = what_is_shown(model, initiative);
	struct page_acts acts = acts_of(model, ui, &shown);
	struct rect rest = screen_rect(ui), picture, buttons;
	bool upright = class == PANEL_PORTRAIT;
	if (upright) {
		picture = rect_take_top(&rest, ui_mm(ui, 150));
		rect_take_bottom(&rest, m->margin);
		buttons = rect_inset(rect_take_bottom(&rest, acts.height), m->margin, 0);
		rect_take_bottom(&rest, m->gap);
	} else {
		struct rect left = rect_take_start(&rest, m->detail_left);
		rect_take_bottom(&left, m->margin);
		buttons = rect_inset(rect_take_bottom(&left, acts.height), m->margin, 0);
		rect_take_bottom(&left, m->gap);
		picture = left;
		if (acts.leaf_beside)
			rect_take_start(&buttons, m->calendar_width + ui_mm(ui, 3.4));
	}
	put_picture(ui, picture, initiative);
	int leaf = ui_calendar_height(ui);
	if (acts.leaf_beside)
		put_leaf(model, ui, picture.x + m->margin, buttons.y - ui_mm(ui, 12), &shown, true);
	else if (leaf + 2 * ui_mm(ui, 2) <= picture.h) /* else the page alone says it */
		put_leaf(model, ui, picture.x + m->margin,
			picture.y + picture.h - leaf - ui_mm(ui, upright ? 4 : 2), &shown, false);
	rect_take_top(&rest, m->margin);
	struct action from_page =
		put_page(model, ui, rect_inset(rest, m->margin, 0), &shown, &acts);
	struct action from_acts = put_acts(ui, buttons, &acts, &shown);
	return from_acts.kind ? from_acts : from_page;
}
