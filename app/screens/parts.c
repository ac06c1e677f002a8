/* What screens have in common: the frame of three boxes, and small questions about the model. */
#include <assert.h>

#include "screens/choices.h"
#include "screens/screen.h"
#include "ui/widgets.h"

#include "i18n/say.h"

struct rect screen_rect(const struct ui *ui)
{
	struct rect panel = ui_panel_rect(ui);
	panel.h -= ui_theme(ui)->m.bar;
	return panel;
}

int acts_gap(const struct ui *ui)
{
	int least = ui_theme(ui)->m.target_gap;
	int wanted = ui_mm(ui, ui_theme(ui)->panel.class == PANEL_COMPACT ? 2.4 : 3.4);
	return wanted > least ? wanted : least;
}

static int head_margin(const struct ui *ui)
{
	return ui_theme(ui)->panel.class == PANEL_SMALL ? ui_mm(ui, 5) : ui_theme(ui)->m.margin;
}

/* Title, subtitle and, where at least 30 mm stay free, the picture. Returns what is left. */
static struct rect draw_head(struct ui *ui, struct rect inside, const struct screen_head *head)
{
	struct ui_text title = {.text = head->title,
		.style = title_style_in(ui, head->title, inside.w, inside.h),
		.heading = true,
		.lang = head->lang};
	int lines = inside.h / ui_line_height(ui, title.style);
	if (ui_text_height(ui, inside.w, &title) > inside.h) {
		title.max_lines = lines > 0 ? lines : 1;
		title.may_be_cut = true; /* a name of 300 letters stands on the page in full */
	}
	if (head->title.len)
		rect_take_top(&inside, ui_text(ui, inside, &title));
	struct ui_text subtitle = {.text = head->subtitle, .style = TEXT_BODY, .lang = head->lang};
	if (!words_fit(ui, head->subtitle, inside.w, TEXT_BODY))
		subtitle.style = TEXT_BAR;
	int gap = ui_mm(ui, 2);
	int height = ui_text_height(ui, inside.w, &subtitle);
	if (height && height + gap <= inside.h) {
		rect_take_top(&inside, gap);
		rect_take_top(&inside, ui_text(ui, inside, &subtitle));
	}
	bool upright = ui_theme(ui)->panel.class == PANEL_PORTRAIT;
	struct rect picture = inside;
	rect_take_top(&picture, ui_mm(ui, 3));
	if (head->picture.len && !upright && picture.h >= ui_mm(ui, 24)) {
		int most = picture.w * 9 / 10;
		if (picture.h > most)
			rect_take_top(&picture, picture.h - most);
		ui_picture(ui, picture,
			&(struct ui_picture){
				.name = head->picture, .radius_px = ui_theme(ui)->m.radius_button});
		inside.h = 0;
	}
	return inside;
}

static struct frame_boxes frame_upright(
	struct ui *ui, const struct screen_head *head, int acts_height_px)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct frame_boxes boxes = {.upright = true};
	struct rect rest = screen_rect(ui);
	int width = rest.w - 2 * m->margin;
	struct ui_text title = {.text = head->title, .style = title_style(ui, head->title, width)};
	struct ui_text subtitle = {.text = head->subtitle, .style = TEXT_BODY};
	int words = ui_text_height(ui, width, &title);
	if (head->subtitle.len)
		words += ui_mm(ui, 2) + ui_text_height(ui, width, &subtitle);
	int height = words + m->margin + m->gap;
	if (height < ui_mm(ui, 30))
		height = ui_mm(ui, 30);
	struct rect top = rect_take_top(&rest, height);
	ui_box(ui, top, &(struct ui_box){.fill = head->section});
	struct rect inside = {top.x + m->margin, top.y + m->margin, width, height - m->margin};
	boxes.head_rest = draw_head(ui, inside, head);

	if (acts_height_px > 0) {
		boxes.acts = rect_take_bottom(&rest, acts_height_px + m->gap + m->margin);
		boxes.acts = (struct rect){
			boxes.acts.x + m->margin, boxes.acts.y + m->gap, width, acts_height_px};
	}
	rect_take_top(&rest, m->margin);
	boxes.right = rect_inset(rest, m->margin, 0);
	return boxes;
}

struct frame_boxes screen_frame(struct ui *ui, const struct screen_head *head, int acts_height_px)
{
	const struct measures *m = &ui_theme(ui)->m;
	if (ui_theme(ui)->panel.class == PANEL_PORTRAIT)
		return frame_upright(ui, head, acts_height_px);
	struct frame_boxes boxes = {.upright = false};
	struct rect rest = screen_rect(ui);
	struct rect left = rect_take_start(&rest, m->left);
	ui_box(ui, left, &(struct ui_box){.fill = head->section});
	struct rect inside = rect_inset(left, head_margin(ui), m->margin);
	boxes.acts = rect_take_bottom(&inside, acts_height_px);
	if (acts_height_px > 0)
		rect_take_bottom(&inside, m->gap);
	boxes.head_rest = draw_head(ui, inside, head);
	rect_take_top(&rest, m->margin);
	boxes.right = rect_inset(rest, m->margin, 0);
	return boxes;
}

void upright_picture_frame(struct ui *ui, struct rect room, struct str picture)
{
	int height = room.w * 9 / 16;
	if (ui_theme(ui)->panel.class != PANEL_PORTRAIT || room.h < ui_mm(ui, 60))
		return;
	if (room.h > height)
		room.h = height;
	ui_picture(ui, room,
		&(struct ui_picture){.name = picture, .radius_px = ui_theme(ui)->m.radius_card});
}

/* --- questions about the model ---------------------------------------------------------------- */

const struct initiative *visit_initiative(const struct model *model)
{
	return model->catalogue ? catalogue_initiative(model->catalogue, model->visit->initiative)
				: NULL;
}

const struct occurrence *visit_occurrence(const struct model *model)
{
	if (!model->visit->has_occurrence)
		return NULL;
	for (size_t i = 0; i < model->upcoming.count; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		if (uuid_equal(o->schedule->id, model->visit->schedule) &&
			local_time_compare(o->rule_start, model->visit->rule_start) == 0)
			return o;
	}
	return NULL;
}

const struct seats *occurrence_seats(const struct model *model, const struct occurrence *o)
{
	static const struct seats no_limit = {.left = -1};
	if (!model->seats || o < model->upcoming.items ||
		o >= model->upcoming.items + model->upcoming.count)
		return &no_limit;
	return &model->seats[o - model->upcoming.items];
}

const struct occurrence *next_occurrence(
	const struct model *model, const struct initiative *initiative)
{
	for (size_t i = 0; i < model->upcoming.count; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		struct local_time end = local_time_add_minutes(o->start, o->duration_minutes);
		if (o->schedule->initiative == initiative && !o->cancelled &&
			local_time_compare(end, model->now) > 0)
			return o;
	}
	return NULL;
}

bool occurrence_is_today(const struct model *model, const struct occurrence *o)
{
	return model->clock_sure && date_compare(o->start.date, model->now.date) == 0;
}

const struct contact *initiative_greeter(const struct initiative *initiative)
{
	return initiative->greeted_by ? initiative->greeted_by : initiative->host;
}

enum color_token contact_color(const struct contact *contact)
{
	static const enum color_token colors[] = {
		COLOR_SKY, COLOR_SAGE, COLOR_ROSE, COLOR_HONEY, COLOR_PLUM};
	size_t count = sizeof(colors) / sizeof(colors[0]);
	return contact ? colors[contact->id.bytes[15] % count] : COLOR_SAND;
}

int calendar_frame(
	const struct model *model, struct ui *ui, struct rect rect, struct date date, bool outlined)
{
	struct arena *arena = ui_arena(ui);
	return ui_calendar(ui, rect,
		&(struct ui_calendar){
			.weekday = say_weekday_short(model->i18n, arena, date_weekday(date)),
			.number = str_format(arena, "%d", date.day),
			.month = say_month_short(model->i18n, arena, date.month),
			.today = model->clock_sure && date_compare(date, model->now.date) == 0,
			.outlined = outlined,
			.spoken = say_day(model->i18n, arena, date),
		});
}

struct str initiative_icon(const struct initiative *initiative)
{
	static const struct {
		const char *theme, *icon;
	} table[] = {
		{"taal", "menu_book"},
		{"bewegen", "directions_walk"},
		{"groen", "volunteer_activism"},
		{"jong", "sports_soccer"},
		{"opvoeden", "escalator_warning"},
		{"hulp", "handshake"},
		{"burenhulp", "handshake"},
		{"talent", "emoji_people"},
		{"ontmoeten", "diversity_3"},
	};
	for (size_t t = 0; t < initiative->themes.count; t++)
		for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
			if (str_equal_z(initiative->themes.items[t], table[i].theme))
				return str_from(table[i].icon);
	return STR("diversity_3");
}

struct str catalogue_language(const struct model *model)
{
	return model->catalogue && model->catalogue->language.len ? model->catalogue->language
								  : STR("nl");
}
