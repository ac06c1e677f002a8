/* Who to call, by day, while the key stick is in. Everything personal is drawn as such: it is kept
 * in no cache. */
#include "screens/frames.h"

#include "i18n/say.h"
#include "screens/choices.h"
#include "screens/question.h"
#include "screens/wish_words.h"
#include "ui/widgets.h"

#define MINUTE_MS 60000

static struct str say_meeting(
	const struct model *model, struct arena *arena, const struct call_line *line)
{
	struct i18n *i18n = model->i18n;
	if (line->is_wish)
		return wish_call_title(i18n, arena, line->card);
	if (line->introduction)
		return TR(i18n, arena, "call-introduction", {"name", line->initiative});
	return TR(i18n, arena, "call-meeting", {"name", line->initiative},
		{"day", say_day(i18n, arena, line->start.date)},
		{"time", say_time(i18n, arena, line->start.hour, line->start.minute)});
}

static struct str say_more(
	const struct model *model, struct arena *arena, const struct call_line *line)
{
	struct str parts[4];
	size_t count = 0;
	if (line->is_wish)
		return date_is_none(line->asked)
			       ? STR("")
			       : TR(model->i18n, arena, "call-asked",
					 {"day", say_day(model->i18n, arena, line->asked)});
	if (line->party > 1)
		parts[count++] = TR_COUNT(model->i18n, arena, "call-party", "count", line->party);
	if (line->place > 0)
		parts[count++] = TR(model->i18n, arena, "call-waiting",
			{"place", say_number(model->i18n, arena, line->place)});
	if (line->companion)
		parts[count++] = TR(model->i18n, arena, "call-companion");
	return str_join(arena, parts, count, STR(" "));
}

struct words {
	struct ui_text meeting, name, phone, when, more;
};

static struct words words_of(
	const struct model *model, struct ui *ui, const struct call_line *line, bool opens_group)
{
	struct arena *arena = ui_arena(ui);
	return (struct words){
		.meeting = {.text = opens_group ? say_meeting(model, arena, line) : STR(""),
			.style = TEXT_STRONG,
			.heading = true},
		.name = {.text = line->is_wish ? TR(model->i18n, arena, "call-neighbour")
					       : line->name,
			.style = TEXT_HEADING_2,
			.personal = !line->is_wish},
		.phone = {.text = say_phone(model->i18n, arena, line->phone),
			.style = TEXT_STRONG,
			.personal = true},
		.when = {.text = line->best_time.len ? TR(model->i18n, arena, "call-best",
							       {"when", line->best_time})
						     : STR(""),
			.style = TEXT_BODY,
			.personal = true},
		.more = {.text = say_more(model, arena, line), .style = TEXT_BODY},
	};
}

static bool same_group(const struct call_line *a, const struct call_line *b)
{
	if (a->is_wish || b->is_wish)
		return a->is_wish == b->is_wish && a->card == b->card;
	return str_equal(a->initiative, b->initiative) && a->introduction == b->introduction &&
	       local_time_compare(a->start, b->start) == 0;
}

/* Draws one sign-up and returns its height. */
static int draw_line(const struct model *model, struct ui *ui, struct rect at, size_t index)
{
	const struct call_line *line = &model->stick.calls[index];
	bool opens = index == 0 || !same_group(line, line - 1);
	struct words words = words_of(model, ui, line, opens);
	struct ui_text *texts[] = {
		&words.meeting, &words.name, &words.phone, &words.when, &words.more};
	int top = at.y;
	if (opens && index > 0)
		at.y += ui_theme(ui)->m.gap;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (!texts[i]->text.len)
			continue;
		at.h = ui_text_height(ui, at.w, texts[i]);
		at.y += ui_text(ui, at, texts[i]);
	}
	return at.y + ui_theme(ui)->m.gap - top;
}

struct action call_list_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	struct str list = STR("call-list/list");
	int64_t left_ms = model->stick.calls_close_ms - ui_now_ms(ui);
	int minutes = left_ms > 0 ? (int)((left_ms + MINUTE_MS - 1) / MINUTE_MS) : 0;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_SAND,
			.title = TR(model->i18n, arena, "call-title"),
			.subtitle = TR_COUNT(model->i18n, arena, "call-closes", "count", minutes)},
		ui_theme(ui)->m.button);
	struct rect at = ui_scroll_begin_pages(ui, list, boxes.right);
	for (size_t i = 0; model->stick.calls && i < model->stick.call_count; i++) {
		ui_scroll_item(ui, at.y);
		at.y += draw_line(model, ui, at, i);
	}
	ui_scroll_end(ui, at.y + ui_theme(ui)->m.margin);
	page_pair_frame(model, ui, list, boxes.acts);
	if (left_ms > 0)
		ui_wake_at(ui, ui_now_ms(ui) + (left_ms - 1) % MINUTE_MS + 1);
	return (struct action){.kind = ACTION_NONE};
}
