/* What neighbours are looking for, for the host: the wishes of one card belong together, and each
 * of these clusters has a next step on the routekaart of working together (explore, plan, do,
 * learn). What the host taps here the residents read on the card. */
#include "screens/door.h"

#include "screens/frames.h"
#include "screens/wish_words.h"

#define MOST_ROWS (WISH_CARD_COUNT + 1)
#define LAST_STEP 4

/* The most wanted first; cards that nobody wants and nobody took up are left out. */
static size_t sort_cards(const struct model *model, size_t cards[WISH_CARD_COUNT])
{
	size_t count = 0;
	for (size_t i = 0; i < WISH_CARD_COUNT; i++) {
		const struct wish_state *wish = &model->wishes[i];
		if (wish->count == 0 && wish->step == 0)
			continue;
		size_t at = count++;
		for (; at > 0 && model->wishes[cards[at - 1]].count < wish->count; at--)
			cards[at] = cards[at - 1];
		cards[at] = i;
	}
	return count;
}

static struct str say_count(const struct model *model, struct arena *arena, size_t card)
{
	int count = model->wishes[card].count;
	return count >= WISH_THRESHOLD
		       ? TR_COUNT(model->i18n, arena, "wish-shared", "count", count)
		       : TR_COUNT(model->i18n, arena, "cluster-few", "count", count);
}

static struct str say_state(const struct model *model, struct arena *arena, size_t card)
{
	return model->wishes[card].step > 0 ? wish_news(model, arena, card)
					    : TR(model->i18n, arena, "questions-nobody");
}

/* What there is to do in the step in which it is, or in the first one. */
static struct str say_task(const struct model *model, struct arena *arena, int step)
{
	static const char *const tasks[LAST_STEP] = {
		MESSAGE("route-explore"),
		MESSAGE("route-plan"),
		MESSAGE("route-do"),
		MESSAGE("route-learn"),
	};
	return tr(model->i18n, arena, tasks[step > 0 ? step - 1 : 0], NULL, 0);
}

struct action clusters_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	size_t cards[WISH_CARD_COUNT], count = sort_cards(model, cards), row_count = count;
	struct host_row rows[MOST_ROWS];
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct host_row){.kind = ROW_ENTRY,
			.id = str_format(
				arena, "clusters/%.*s", STR_ARG(wish_cards[cards[i]].code)),
			.title = wish_name(model, arena, cards[i]),
			.body = str_format(arena, "%.*s. %.*s",
				STR_ARG(say_count(model, arena, cards[i])),
				STR_ARG(say_state(model, arena, cards[i]))),
			.icon = str_z(arena, wish_cards[cards[i]].icon)};
	if (count == 0)
		rows[row_count++] = (struct host_row){
			.kind = ROW_TEXT, .title = TR(model->i18n, arena, "clusters-none")};
	struct host_touch touch = host_page_frame(model, ui,
		&(struct host_page){.list_id = STR("clusters/list"),
			.title = TR(model->i18n, arena, "clusters-title"),
			.rows = rows,
			.count = row_count});
	if (touch.row >= count)
		return (struct action){.kind = ACTION_NONE};
	return (struct action){.kind = ACTION_OPEN_CLUSTER, .number = (int64_t)cards[touch.row]};
}

/* --- one of them ------------------------------------------------------------------------------ */

static size_t text_rows(
	const struct model *model, struct ui *ui, size_t card, struct host_row *rows)
{
	struct arena *arena = ui_arena(ui);
	const struct wish_state *wish = &model->wishes[card];
	size_t count = 0;
	rows[count++] = (struct host_row){.kind = ROW_TEXT,
		.title = say_state(model, arena, card),
		.body = say_task(model, arena, wish->step)};
	if (wish->with_contact > 0)
		rows[count++] = (struct host_row){.kind = ROW_TEXT,
			.title = TR_COUNT(model->i18n, arena, "cluster-numbers", "count",
				wish->with_contact)};
	if (wish->marked > 0)
		rows[count++] = (struct host_row){.kind = ROW_TEXT,
			.title = TR_COUNT(
				model->i18n, arena, "cluster-marked", "count", wish->marked)};
	return count;
}

static struct str say_act(const struct model *model, struct arena *arena, int step)
{
	if (step == 0)
		return TR(model->i18n, arena, "cluster-begin");
	return step < LAST_STEP ? TR(model->i18n, arena, "cluster-step-done")
				: TR(model->i18n, arena, "cluster-finish");
}

struct action cluster_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	size_t card = model->visit->cluster;
	int step = model->wishes[card].step;
	struct host_row rows[MOST_ROWS];
	size_t texts = text_rows(model, ui, card, rows), count = texts;
	if (step > 0) /* a tap too many is taken back */
		rows[count++] = (struct host_row){.kind = ROW_ENTRY,
			.id = STR("cluster/back"),
			.title = TR(model->i18n, arena, "cluster-step-back"),
			.icon = "remove"};
	struct host_touch touch = host_page_frame(model, ui,
		&(struct host_page){.list_id = STR("cluster/list"),
			.act_id = STR("cluster/done"),
			.title = wish_name(model, arena, card),
			.subtitle = say_count(model, arena, card),
			.act = say_act(model, arena, step),
			.rows = rows,
			.count = count});
	if (touch.act)
		return (struct action){
			.kind = ACTION_ROUTE, .number = (step + 1) % (LAST_STEP + 1)};
	if (touch.row >= texts && touch.row < count)
		return (struct action){.kind = ACTION_ROUTE, .number = step - 1};
	return (struct action){.kind = ACTION_NONE};
}
