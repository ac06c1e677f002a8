/* The rules of the conversation: which questions a sign-up asks, who reads the answers and which
 * days can be chosen. Nothing here draws. */
#include "screens/question.h"

const struct contact *signup_reader(const struct initiative *initiative)
{
	bool introduction = initiative->registration.mode == REGISTRATION_INTRODUCTION;
	if (introduction && initiative->warm_contact)
		return initiative->warm_contact;
	return initiative->host ? initiative->host : initiative->greeted_by;
}

bool signup_is_anonymous(const struct model *model, const struct initiative *initiative)
{
	return model->no_contact || initiative->sensitive;
}

size_t signup_questions(const struct model *model, const struct initiative *initiative,
	enum screen_name questions[8])
{
	const struct registration_rules *rules = &initiative->registration;
	const struct visit *visit = model->visit;
	bool introduction = rules->mode == REGISTRATION_INTRODUCTION;
	bool named = !signup_is_anonymous(model, initiative);
	bool rather_not = visit->phone_answered && !visit->wants_call;
	size_t count = 0;
	if (rules->mode == REGISTRATION_WALK_IN)
		return 0;
	if (!introduction)
		questions[count++] = SCREEN_SIGNUP_DATE;
	if (!introduction && rules->max_party > 1)
		questions[count++] = SCREEN_SIGNUP_PARTY;
	if (named && rules->fields & REGISTRATION_FIRST_NAME)
		questions[count++] = SCREEN_SIGNUP_NAME;
	if (named && rules->fields & REGISTRATION_CONTACT_CHOICE)
		questions[count++] = SCREEN_SIGNUP_PHONE;
	/* When to call is no question for who left no number. */
	if (introduction && named && rules->fields & REGISTRATION_BEST_TIME && !rather_not)
		questions[count++] = SCREEN_SIGNUP_TIME;
	/* Somebody who touched "Loop met mij mee" has answered this already. It is the last
	 * question, since a yes takes it off this list. */
	bool wanted = visit->wants_companion && visit->companion_answered;
	if (initiative->companion_available && !wanted)
		questions[count++] = SCREEN_SIGNUP_COMPANION;
	return count;
}

/* --- days ------------------------------------------------------------------------------------- */

static bool is_chosen(const struct model *model, const struct occurrence *o)
{
	return visit_occurrence(model) == o;
}

/* Keeps the first `room` days, and the chosen one instead of the last of them. */
struct few_days {
	const struct occurrence *items[MOST_DAYS];
	size_t count;
};

static void add_day(struct few_days *few, const struct occurrence *o, bool chosen)
{
	if (few->count < MOST_DAYS)
		few->items[few->count++] = o;
	else if (chosen)
		few->items[MOST_DAYS - 1] = o;
}

static void keep_first(struct few_days *few, size_t room, const struct model *model)
{
	for (size_t i = room; i < few->count && i < MOST_DAYS; i++)
		if (room > 0 && is_chosen(model, few->items[i]))
			few->items[room - 1] = few->items[i];
	if (few->count > room)
		few->count = room;
}

size_t signup_days(const struct model *model, const struct initiative *initiative,
	const struct occurrence *days[MOST_DAYS])
{
	struct few_days open = {0}, waiting = {0};
	for (size_t i = 0; i < model->upcoming.count; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		struct local_time end = local_time_add_minutes(o->start, o->duration_minutes);
		if (o->schedule->initiative != initiative || o->cancelled ||
			local_time_compare(end, model->now) <= 0)
			continue;
		if (occurrence_seats(model, o)->left != 0)
			add_day(&open, o, is_chosen(model, o));
		else if (initiative->registration.waiting_list)
			add_day(&waiting, o, is_chosen(model, o));
	}
	/* One full day stays in sight: who came for it sees why it is not the first. */
	keep_first(&open, waiting.count > 0 ? MOST_DAYS - 1 : MOST_DAYS, model);
	keep_first(&waiting, MOST_DAYS - open.count, model);
	size_t count = 0;
	for (size_t i = 0; i < open.count; i++)
		days[count++] = open.items[i];
	for (size_t i = 0; i < waiting.count; i++)
		days[count++] = waiting.items[i];
	return count;
}

bool signup_will_wait(const struct model *model)
{
	const struct occurrence *o = visit_occurrence(model);
	if (!o)
		return false;
	const struct seats *seats = occurrence_seats(model, o);
	return model->visit->accepts_waiting ||
	       (seats->left >= 0 && model->visit->party > seats->left);
}
