/* A card is a column of lines beside a picture. The lines are made first (time, name, a tag or two,
 * host or reason), then measured or drawn by the same walk, so that measuring and drawing cannot
 * disagree. At most three facts: what else is to be said stands on the page. */
#include "screens/card.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "ui/widgets.h"

#define FACE_MM 9
#define FACE_GAP_MM 2

struct card_content {
	struct str today; /* "Vandaag", in front of the time */
	struct str time;
	bool struck;
	struct ui_tag tags[2];
	size_t tag_count;
	struct str line; /* reason, or why */
	bool line_is_own; /* in the catalogue's language */
	const struct contact *greeter;
	struct str greets; /* empty: no host line */
	bool tight;
};

/* "Fatma ontvangt je", and where that takes two lines "Met Fatma". */
static struct str line_of_host(
	const struct model *model, struct ui *ui, const struct contact *who, int words_px)
{
	enum panel_class class = ui_theme(ui)->panel.class;
	struct arena *arena = ui_arena(ui);
	if (class == PANEL_COMPACT)
		return STR("");
	if (!who)
		return TR(model->i18n, arena, "list-ask-desk");
	struct ui_text greets = {.text = TR(model->i18n, arena, "list-greets", {"name", who->name}),
		.style = TEXT_BODY};
	bool fits = ui_text_width(ui, &greets) <= words_px - ui_mm(ui, FACE_MM + FACE_GAP_MM);
	return class != PANEL_SMALL && fits
		       ? greets.text
		       : TR(model->i18n, arena, "list-with", {"name", who->name});
}

static void add_tag(
	struct card_content *content, const char *icon, struct str label, enum color_token fill)
{
	if (content->tag_count < 2)
		content->tags[content->tag_count++] = (struct ui_tag){icon, label, fill};
}

static void say_cancelled(const struct model *model, struct ui *ui, const struct occurrence *o,
	int width_px, struct card_content *content)
{
	struct arena *arena = ui_arena(ui);
	struct ui_tag with_reason = {"event_busy",
		TR(model->i18n, arena, "list-not-now", {"reason", o->reason}), COLOR_HONEY};
	struct ui_tag alone = {"event_busy", TR(model->i18n, arena, "list-cancelled"), COLOR_HONEY};
	bool fits = o->reason.len && ui_tag_height(ui, width_px, &with_reason) <=
					     ui_tag_height(ui, width_px, &alone);
	content->tags[content->tag_count++] = fits ? with_reason : alone;
	if (!fits) {
		content->line = o->reason;
		content->line_is_own = true;
	}
}

static void say_changes(const struct model *model, struct ui *ui, const struct occurrence *o,
	struct card_content *content)
{
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	if (o->moved && date_compare(o->start.date, o->rule_start.date) != 0)
		add_tag(content, "event",
			TR(i18n, arena, "list-was-day",
				{"day", say_weekday(
						i18n, arena, date_weekday(o->rule_start.date))}),
			COLOR_HONEY);
	else if (o->moved)
		add_tag(content, "schedule",
			TR(i18n, arena, "list-was-time",
				{"time", say_time_hour(i18n, arena, o->rule_start.hour,
						 o->rule_start.minute)}),
			COLOR_HONEY);
	if (o->room.len)
		add_tag(content, "location_on",
			TR(i18n, arena, "list-other-room", {"room", o->room}), COLOR_HONEY);
}

static void say_seats(const struct model *model, struct ui *ui, const struct occurrence *o,
	struct card_content *content)
{
	const struct seats *seats = occurrence_seats(model, o);
	const struct registration_rules *rules = &o->schedule->initiative->registration;
	struct arena *arena = ui_arena(ui);
	if (seats->left == 0 && rules->waiting_list)
		add_tag(content, "hourglass_top",
			ui_theme(ui)->panel.class == PANEL_COMPACT
				? TR(model->i18n, arena, "list-full-short")
				: TR(model->i18n, arena, "list-full"),
			COLOR_PLUM);
	else if (seats->left >= 0 && seats->left <= FEW_SEATS)
		add_tag(content, "group",
			TR_COUNT(model->i18n, arena, "places-left", "count", seats->left),
			seats->left == 0 ? COLOR_PLUM : COLOR_SAGE);
}

static struct str reason_to_come(const struct initiative *initiative, int factor)
{
	for (size_t i = 0; i < initiative->factor_count; i++)
		if (initiative->factors[i].number == factor)
			return initiative->factors[i].why;
	return STR("");
}

static struct card_content content_of(struct ui *ui, int words_px, const struct model *model,
	const struct list_entry *entry, const struct card_look *look)
{
	struct card_content content = {.tight = look->tight};
	struct arena *arena = ui_arena(ui);
	struct i18n *i18n = model->i18n;
	const struct occurrence *o = entry->occurrence;
	if (o) {
		bool day = look->calendar;
		content.time = day ? say_time(i18n, arena, o->start.hour, o->start.minute)
				   : say_moment_short(i18n, arena, o->start);
		if (day && occurrence_is_today(model, o))
			content.today = TR(i18n, arena, "today");
		content.struck = o->cancelled;
		if (o->cancelled)
			say_cancelled(model, ui, o, words_px, &content);
		else
			say_changes(model, ui, o, &content);
		if (!o->cancelled)
			say_seats(model, ui, o, &content);
	} else if (entry->schedule) {
		struct local_time at = entry->schedule->dtstart;
		struct rhythm rhythm = schedule_rhythm(entry->schedule);
		bool once = rhythm.kind == RHYTHM_ONCE || rhythm.kind == RHYTHM_OTHER;
		content.time = once ? say_moment_short(i18n, arena, at)
				    : say_rhythm_time(i18n, arena, rhythm, at.hour, at.minute);
	}
	if (look->tight && content.tag_count > 0) {
		content.tag_count = 1; /* the rest stands on the page */
		content.line = STR("");
	}
	bool told = look->why.len > 0;
	struct str why = told ? look->why : reason_to_come(entry->initiative, look->factor);
	if (why.len && !content.line.len && !(look->tight && content.tag_count)) {
		content.line = why;
		content.line_is_own = !told || look->why_is_own;
	} else if (content.tag_count == 0) {
		content.greeter = initiative_greeter(entry->initiative);
		content.greets = line_of_host(model, ui, content.greeter, words_px);
	}
	return content;
}

/* --- measuring and drawing -------------------------------------------------------------------- */

struct card_boxes {
	struct rect picture, words;
};

/* What the longest word of the name lacks of that room, at its smallest. */
static int lacks(struct ui *ui, const struct list_entry *entry, int room_px)
{
	struct str name = entry->initiative->name;
	int lack = word_width(ui, name, name_style(ui, name, room_px)) - room_px;
	return lack > 0 ? lack : 0;
}

static struct card_boxes boxes_of(struct ui *ui, struct rect rect, const struct list_entry *entry)
{
	const struct theme *theme = ui_theme(ui);
	enum panel_class class = theme->panel.class;
	static const double before_mm[PANEL_CLASS_COUNT] = {2.4, 3.6, 4, 4};
	static const double after_mm[PANEL_CLASS_COUNT] = {1.6, 2, 4, 4};
	static const double above_mm[PANEL_CLASS_COUNT] = {1.2, 2.4, 2.6, 2.6};
	struct card_boxes boxes = {.words = rect};
	/* Large letters in a narrow card: the words need the room of the picture. */
	int least = theme->text[TEXT_BODY].em_px * 13 / 2;
	rect_take_end(&boxes.words, ui_mm(ui, after_mm[class]));
	if (rect.w - theme->m.card_picture >= least + theme->m.padding)
		boxes.picture = rect_take_start(&boxes.words, theme->m.card_picture);
	rect_take_start(&boxes.words, ui_mm(ui, before_mm[class]));
	int lack = lacks(ui, entry, boxes.words.w);
	if (lack > 0 && lack <= boxes.picture.w / 3) { /* a narrower picture breaks no word */
		boxes.picture.w -= lack;
		boxes.words.x -= lack;
		boxes.words.w += lack;
	}
	boxes.words = rect_inset(boxes.words, 0, ui_mm(ui, above_mm[class]));
	return boxes;
}

/* Either draws or only counts. */
struct pen {
	struct ui *ui;
	struct rect rest;
	int used;
	bool draws;
};

static void advance(struct pen *pen, int height)
{
	pen->used += height;
	pen->rest.y += height;
	pen->rest.h = height < pen->rest.h ? pen->rest.h - height : 0;
}

static void put_text(struct pen *pen, const struct ui_text *text)
{
	int height = ui_text_height(pen->ui, pen->rest.w, text);
	if (pen->draws)
		ui_text(pen->ui, pen->rest, text);
	advance(pen, height);
}

static void put_time(struct pen *pen, const struct card_content *content)
{
	struct ui_text today = {.text = content->today, .style = TEXT_STRONG};
	struct ui_text time = {
		.text = content->time, .style = TEXT_BODY, .struck = content->struck};
	int blank = ui_theme(pen->ui)->text[TEXT_BODY].em_px * 28 / 100;
	int word = content->today.len ? ui_text_width(pen->ui, &today) + blank : 0;
	if (!word || word + ui_text_width(pen->ui, &time) > pen->rest.w) {
		put_text(pen, &today);
		put_text(pen, &time);
		return;
	}
	int height = ui_text_height(pen->ui, pen->rest.w, &today);
	if (pen->draws) {
		struct rect line = pen->rest;
		ui_text(pen->ui, rect_take_start(&line, word), &today);
		ui_text(pen->ui, line, &time);
	}
	advance(pen, height);
}

static void put_host(struct pen *pen, const struct card_content *content)
{
	struct ui *ui = pen->ui;
	int face = ui_mm(ui, FACE_MM), gap = ui_mm(ui, FACE_GAP_MM);
	struct ui_text words = {.text = content->greets,
		.style = TEXT_BODY,
		.max_lines = 2,
		.shrink_percent = 80,
		.may_be_cut = true,
		.middle = true};
	int height = ui_text_height(ui, pen->rest.w - face - gap, &words);
	height = height > face ? height : face;
	if (pen->draws) {
		struct rect row = pen->rest;
		row.h = height;
		struct rect mark = rect_take_start(&row, face);
		mark = rect_center(mark, face, face);
		rect_take_start(&row, gap);
		const struct contact *who = content->greeter;
		if (who)
			ui_portrait(ui, mark, who->picture.file, who->name, contact_color(who));
		else
			ui_icon(ui, mark, "help", COLOR_INK);
		ui_text(ui, row, &words);
	}
	advance(pen, height);
}

static void put_tags(struct pen *pen, const struct card_content *content)
{
	for (size_t i = 0; i < content->tag_count; i++) {
		if (i > 0)
			advance(pen, ui_mm(pen->ui, 1.2));
		int height = ui_tag_height(pen->ui, pen->rest.w, &content->tags[i]);
		if (pen->draws)
			ui_tag(pen->ui, pen->rest, &content->tags[i]);
		advance(pen, height);
	}
}

static void put_words(struct pen *pen, const struct model *model, const struct list_entry *entry,
	const struct card_content *content)
{
	struct str own = catalogue_language(model), name = entry->initiative->name;
	int gap = ui_mm(pen->ui, ui_theme(pen->ui)->panel.class == PANEL_COMPACT ? 0.2 : 0.8);
	put_time(pen, content);
	if (content->time.len)
		advance(pen, gap);
	put_text(pen, &(struct ui_text){.text = name,
			      .style = name_style(pen->ui, name, pen->rest.w),
			      .lang = own,
			      .max_lines = content->tight ? 2 : 3,
			      .may_be_cut = true});
	if (content->tag_count || content->line.len || content->greets.len)
		advance(pen, gap);
	put_tags(pen, content);
	put_text(pen, &(struct ui_text){.text = content->line,
			      .style = TEXT_BODY,
			      .lang = content->line_is_own ? own : STR(""),
			      .max_lines = content->tight ? 2 : 3,
			      .may_be_cut = true});
	if (content->greets.len)
		put_host(pen, content);
}

static int words_height(struct ui *ui, int words_px, const struct model *model,
	const struct list_entry *entry, const struct card_content *content)
{
	struct pen pen = {.ui = ui, .rest = {0, 0, words_px, 1 << 28}};
	put_words(&pen, model, entry, content);
	return pen.used;
}

int card_height(struct ui *ui, int width_px, const struct model *model,
	const struct list_entry *entry, const struct card_look *look)
{
	int least = ui_theme(ui)->m.card, any = least * 8;
	struct card_boxes boxes = boxes_of(ui, (struct rect){0, 0, width_px, any}, entry);
	struct card_content content = content_of(ui, boxes.words.w, model, entry, look);
	int needed = words_height(ui, boxes.words.w, model, entry, &content) + any - boxes.words.h;
	return needed > least ? needed : least;
}

int card_height_tight(struct ui *ui)
{
	int margins = 2 * ui_mm(ui, 3.4), least = ui_theme(ui)->m.card;
	int needed = 3 * ui_line_height(ui, TEXT_BODY) + 2 * ui_line_height(ui, TEXT_CARD_NAME) +
		     margins;
	return needed > least ? needed : least;
}

static struct str spoken(
	struct ui *ui, const struct list_entry *entry, const struct card_content *content)
{
	const struct str parts[] = {content->today, content->time, entry->initiative->name,
		content->tag_count > 0 ? content->tags[0].label : STR(""),
		content->tag_count > 1 ? content->tags[1].label : STR(""), content->line,
		content->greets};
	struct str_builder label = {.arena = ui_arena(ui)};
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i].len == 0)
			continue;
		if (label.len)
			str_builder_add(&label, STR(", "));
		str_builder_add(&label, parts[i]);
	}
	return str_builder_text(&label);
}

bool card_frame(struct ui *ui, struct str id, struct rect rect, const struct model *model,
	const struct list_entry *entry, const struct card_look *look)
{
	const struct measures *m = &ui_theme(ui)->m;
	struct card_boxes boxes = boxes_of(ui, rect, entry);
	struct card_content content = content_of(ui, boxes.words.w, model, entry, look);
	ui_box(ui, rect,
		&(struct ui_box){.fill = ui_is_pressed(ui, id) ? COLOR_SAND : COLOR_WHITE,
			.radius_px = m->radius_card,
			.shadow = true});
	bool touched = ui_target(ui, id, ROLE_BUTTON, rect, spoken(ui, entry, &content));
	if (boxes.picture.w > 0)
		ui_picture(ui, boxes.picture,
			&(struct ui_picture){.name = entry->initiative->picture.file,
				.fallback_icon = initiative_icon(entry->initiative),
				.radius_px = m->radius_card,
				.corners = CORNER_TOP_LEFT | CORNER_BOTTOM_LEFT});
	struct pen pen = {.ui = ui, .rest = boxes.words, .draws = true};
	int height = words_height(ui, boxes.words.w, model, entry, &content);
	if (height < boxes.words.h) {
		pen.rest.y += (boxes.words.h - height) / 2;
		pen.rest.h -= (boxes.words.h - height) / 2;
	}
	put_words(&pen, model, entry, &content);
	return touched;
}
