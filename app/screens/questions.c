/* Conversations that somebody asked for: which are open, and who takes one up. Nothing here tells
 * who asked; that stands on the call list alone. */
#include "screens/door.h"

#include "screens/frames.h"

#include "i18n/say.h"

#define MOST_ROWS 40

static struct str initiative_name(const struct model *model, struct ui *ui, struct uuid id)
{
	const struct initiative *initiative =
		model->catalogue ? catalogue_initiative(model->catalogue, id) : NULL;
	return initiative ? initiative->name : TR(model->i18n, ui_arena(ui), "question-gone");
}

static struct str state_of(
	const struct model *model, struct ui *ui, const struct door_question *question)
{
	struct arena *arena = ui_arena(ui);
	struct str state = question->taken_along ? TR(model->i18n, arena, "question-taken-along")
						 : TR(model->i18n, arena, "questions-nobody");
	if (question->day.year == 0)
		return state;
	return str_format(arena, "%.*s. %.*s",
		STR_ARG(say_day_start(model->i18n, arena, question->day)), STR_ARG(state));
}

struct action questions_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	const struct door_model *door = model->door;
	struct host_row rows[MOST_ROWS];
	size_t count = 0;
	for (size_t i = 0; i < door->question_count && count < MOST_ROWS; i++)
		rows[count++] = (struct host_row){.kind = ROW_ENTRY,
			.id = ui_id(ui, "questions/question", i),
			.title = initiative_name(model, ui, door->questions[i].initiative),
			.body = state_of(model, ui, &door->questions[i])};
	if (count == 0)
		rows[count++] = (struct host_row){
			.kind = ROW_TEXT, .title = TR(model->i18n, arena, "question-none")};
	struct host_touch touch = host_page_frame(model, ui,
		&(struct host_page){.list_id = STR("questions/list"),
			.title = TR(model->i18n, arena, "door-questions"),
			.rows = rows,
			.count = count});
	if (touch.row < door->question_count && touch.row < count)
		return (struct action){
			.kind = ACTION_OPEN_QUESTION, .id = door->questions[touch.row].id};
	return (struct action){.kind = ACTION_NONE};
}

static const struct door_question *question_of_visit(const struct model *model)
{
	for (size_t i = 0; i < model->door->question_count; i++)
		if (uuid_equal(model->door->questions[i].id, model->visit->question))
			return &model->door->questions[i];
	return NULL;
}

struct action follow_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	const struct door_question *question = question_of_visit(model);
	const struct catalogue *c = model->catalogue;
	struct host_row rows[MOST_ROWS];
	size_t count = 0;
	if (question && !question->taken_along)
		rows[count++] = (struct host_row){.kind = ROW_ENTRY,
			.id = STR("question/taken-along"),
			.title = TR(model->i18n, arena, "question-take-along"),
			.icon = "check"};
	size_t first = count;
	for (size_t i = 0; question && c && i < c->contact_count && count < MOST_ROWS; i++)
		rows[count++] = (struct host_row){.kind = ROW_ENTRY,
			.id = ui_id(ui, "question/by", i),
			.title = TR(
				model->i18n, arena, "question-by", {"name", c->contacts[i].name}),
			.icon = "call"};
	struct host_touch touch = host_page_frame(model, ui,
		&(struct host_page){.list_id = STR("question/list"),
			.title = question ? initiative_name(model, ui, question->initiative)
					  : TR(model->i18n, arena, "question-none"),
			.subtitle = question ? state_of(model, ui, question) : STR(""),
			.rows = rows,
			.count = count});
	struct action action = {.kind = ACTION_NONE};
	if (!question || touch.row >= count)
		return action;
	action = (struct action){.kind = ACTION_FOLLOW, .id = question->id};
	if (touch.row >= first) {
		action.number = 1;
		action.text = c->contacts[touch.row - first].name;
	}
	return action;
}
