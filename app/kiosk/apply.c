/* Carrying actions out: the only place where what a visitor wants changes anything. */
#include "kiosk/kiosk.h"

#include <assert.h>
#include <string.h>

#include "base/log.h"
#include "model/link.h"
#include "ui/text.h"

#define PHONE_CHARACTERS 16 /* E.164 has 15 digits, and a plus */

static void set_theme(struct kiosk *kiosk)
{
	theme_init(
		&kiosk->theme, &kiosk->options.panel, kiosk->options.theme, kiosk->model.text_step);
}

void kiosk_slide(struct kiosk *kiosk, int from)
{
	kiosk->slide_from = from;
	kiosk->slide_ms = from > 0 ? SLIDE_MS : SLIDE_BACK_MS;
	kiosk->slide_start_ms = env_monotonic_ms(kiosk->env);
}

void kiosk_open(struct kiosk *kiosk, enum screen_name name)
{
	kiosk_slide(kiosk, 1);
	kiosk->stack[kiosk->depth].scroll = ui_scroll_memory(kiosk->ui);
	if (kiosk->depth + 1 < STACK_DEPTH)
		kiosk->depth++;
	else /* who walks in circles finds the way back a little shorter */
		memmove(&kiosk->stack[2], &kiosk->stack[3],
			(STACK_DEPTH - 3) * sizeof(kiosk->stack[0]));
	kiosk->stack[kiosk->depth] = (struct open_screen){.name = name};
	explicit_bzero(kiosk->state, SCREEN_STATE_BYTES);
	ui_scroll_restore(kiosk->ui, &kiosk->stack[kiosk->depth].scroll);
}

/* Everything above `keep` closes, and `name` opens on it. */
static void open_upon(struct kiosk *kiosk, int keep, enum screen_name name)
{
	if (kiosk->depth > keep)
		kiosk->depth = keep;
	kiosk_open(kiosk, name);
}

static void close_top(struct kiosk *kiosk)
{
	if (kiosk->depth <= 1)
		return;
	kiosk_slide(kiosk, -1);
	kiosk->depth--;
	explicit_bzero(kiosk->state, SCREEN_STATE_BYTES);
	ui_scroll_restore(kiosk->ui, &kiosk->stack[kiosk->depth].scroll);
}

void kiosk_end_visit(struct kiosk *kiosk, enum screen_name then)
{
	explicit_bzero(kiosk->visit, sizeof(*kiosk->visit));
	door_shut(kiosk);
	explicit_bzero(kiosk->state, SCREEN_STATE_BYTES);
	ui_forget(kiosk->ui);
	platform_wipe(kiosk->platform);
	damage_everything(&kiosk->damage);
	kiosk->warning = false;
	kiosk->dirty = true;
	memset(kiosk->stack, 0, sizeof(kiosk->stack));
	kiosk->stack[0].name = SCREEN_ATTRACT;
	kiosk->depth = 0;
	if (then == SCREEN_ATTRACT) {
		kiosk->saves = 0;
		i18n_set_language(&kiosk->i18n, kiosk->options.language);
		kiosk->model.text_step = kiosk->options.text_step;
	} else {
		kiosk->stack[1].name = then;
		kiosk->depth = 1;
		kiosk_slide(kiosk, 1);
	}
	set_theme(kiosk);
	kiosk->last_touch_ms = env_monotonic_ms(kiosk->env);
	kiosk->model.revision++;
	if (then == SCREEN_ATTRACT)
		kiosk_keep_house(kiosk);
}

/* --- the conversation ------------------------------------------------------------------------- */

static enum screen_name top_name(const struct kiosk *kiosk)
{
	return kiosk->stack[kiosk->depth].name;
}

static bool is_full(const struct kiosk *kiosk, const struct occurrence *o)
{
	const struct seats *seats = occurrence_seats(&kiosk->model, o);
	return seats->left == 0;
}

/* Whether all of the party would get a seat. */
static bool has_room(const struct kiosk *kiosk, const struct occurrence *o)
{
	const struct seats *seats = occurrence_seats(&kiosk->model, o);
	return seats->left < 0 || seats->left >= kiosk->visit->party;
}

/* The question after `current`; the summary after the last one. */
static enum screen_name question_after(const struct kiosk *kiosk, enum screen_name current)
{
	const struct initiative *initiative = visit_initiative(&kiosk->model);
	enum screen_name questions[8];
	size_t count = initiative ? signup_questions(&kiosk->model, initiative, questions) : 0;
	for (size_t i = 0; i + 1 < count; i++)
		if (questions[i] == current)
			return questions[i + 1];
	return SCREEN_SIGNUP_SUMMARY;
}

static void next_question(struct kiosk *kiosk)
{
	struct visit *visit = kiosk->visit;
	const struct occurrence *o = visit_occurrence(&kiosk->model);
	bool at_date = top_name(kiosk) == SCREEN_SIGNUP_DATE || top_name(kiosk) == SCREEN_FULL;
	if (at_date && !o)
		return; /* no date was chosen */
	if (at_date && o && is_full(kiosk, o) && !visit->accepts_waiting) {
		kiosk_open(kiosk, SCREEN_FULL);
		return;
	}
	if (visit->changing) {
		visit->changing = false;
		while (kiosk->depth > 1 && top_name(kiosk) != SCREEN_SIGNUP_SUMMARY)
			close_top(kiosk);
		return;
	}
	kiosk_open(kiosk, question_after(kiosk, at_date ? SCREEN_SIGNUP_DATE : top_name(kiosk)));
}

static void start_sign_up(struct kiosk *kiosk, const struct action *action)
{
	struct visit *visit = kiosk->visit;
	const struct initiative *initiative = visit_initiative(&kiosk->model);
	if (!initiative)
		return;
	if (!kiosk->model.can_save) {
		kiosk_open(kiosk, SCREEN_SAVE_FAILED);
		return;
	}
	visit->party = 1;
	visit->accepts_waiting = false;
	visit->wants_companion = visit->companion_answered = action->number == 1;
	bool dated = initiative->registration.mode == REGISTRATION_SIGN_UP;
	if (dated && action->has_occurrence) {
		visit->has_occurrence = true;
		visit->schedule = action->schedule;
		visit->rule_start = action->rule_start;
	} else if (!dated) {
		visit->has_occurrence = false;
	}
	enum screen_name questions[8];
	size_t count = signup_questions(&kiosk->model, initiative, questions);
	const struct occurrence *o = visit_occurrence(&kiosk->model);
	if (dated && o && is_full(kiosk, o))
		kiosk_open(kiosk, SCREEN_FULL);
	else
		kiosk_open(kiosk, count > 0 ? questions[0] : SCREEN_SIGNUP_SUMMARY);
}

/* What does not fit changes nothing: a letter is not lost to an accent that has no room. */
void kiosk_type(
	char *text, size_t *bytes, size_t room, size_t characters, const struct action *action)
{
	CLEANUP(arena_wipe_and_finish) struct arena arena = {.block_bytes = 4096};
	struct str_builder both = {.arena = &arena};
	struct str kept = {text, *bytes};
	if (action->typing != TYPE_INSERT)
		kept.len -= text_last_character(kept);
	str_builder_add(&both, kept);
	for (size_t i = 0; action->typing != TYPE_DELETE_LAST && i < action->text.len; i++)
		if (action->text.ptr[i] != '\n') /* one line */
			str_builder_add_char(&both, action->text.ptr[i]);
	/* Cleaned as a whole: an accent that comes after its letter joins it. */
	struct str clean = text_clean(&arena, str_builder_text(&both));
	if (kept.len == 0)
		clean = str_trim(clean); /* a blank is no beginning of a name */
	if (clean.len >= room || text_character_count(clean) > characters)
		return;
	memcpy(text, clean.ptr, clean.len);
	*bytes = clean.len;
	explicit_bzero(text + *bytes, room - *bytes);
}

/* Digits, and one plus in front; whatever else comes from a keyboard is left out. */
static void type_phone(struct visit *visit, const struct action *action)
{
	struct action one = *action;
	if (action->typing == TYPE_DELETE_LAST) {
		kiosk_type(visit->phone, &visit->phone_bytes, sizeof(visit->phone),
			PHONE_CHARACTERS, &one);
		return;
	}
	one.typing = TYPE_INSERT;
	for (size_t i = 0; i < action->text.len; i++) {
		char c = action->text.ptr[i];
		one.text = str_slice(action->text, i, i + 1);
		if ((c >= '0' && c <= '9') || (c == '+' && visit->phone_bytes == 0))
			kiosk_type(visit->phone, &visit->phone_bytes, sizeof(visit->phone),
				PHONE_CHARACTERS, &one);
	}
}

/* --- taking something home -------------------------------------------------------------------- */

static void make_link(struct kiosk *kiosk, struct str token)
{
	CLEANUP(arena_wipe_and_finish) struct arena arena = {0};
	struct visit *visit = kiosk->visit;
	visit->link[0] = '\0';
	if (kiosk->model.link_base.len == 0)
		return;
	const struct occurrence *o = visit_occurrence(&kiosk->model);
	struct date day = o ? o->start.date : (struct date){0};
	struct str link = link_make(&arena, kiosk->model.link_base, visit->initiative, day, token);
	if (link.len < sizeof(visit->link))
		memcpy(visit->link, link.ptr, link.len + 1);
	else
		log_warning("the link base is too long for a QR code: no link is shown");
}

static void take_link(struct kiosk *kiosk, const struct action *action)
{
	struct visit *visit = kiosk->visit;
	visit->has_occurrence = action->has_occurrence;
	visit->schedule = action->schedule;
	visit->rule_start = action->rule_start;
	make_link(kiosk, STR(""));
	kiosk_open(kiosk, SCREEN_DONE);
}

static void save(struct kiosk *kiosk)
{
	struct error err;
	struct visit *visit = kiosk->visit;
	struct registration_result result;
	const struct initiative *initiative = visit_initiative(&kiosk->model);
	const struct occurrence *o = visit_occurrence(&kiosk->model);
	if (initiative->registration.mode == REGISTRATION_SIGN_UP && !o) {
		visit->changing = true; /* midnight took the date away */
		kiosk_open(kiosk, SCREEN_SIGNUP_DATE);
		return;
	}
	if (o && !visit->accepts_waiting && !has_room(kiosk, o)) {
		visit->changing = true; /* whoever waits has agreed to it; then back to here */
		kiosk_open(kiosk, SCREEN_FULL);
		return;
	}
	if (!kiosk_may_save(kiosk))
		return;
	if (!kiosk_register(kiosk, &result, &err)) {
		log_error("saving a sign-up", &err);
		bool disk = err.code == ERROR_DISK || err.code == ERROR_DISK_FULL ||
			    err.code == ERROR_READ_ONLY || err.code == ERROR_DAMAGED;
		kiosk->model.can_save = !disk;
		kiosk_open(kiosk, SCREEN_SAVE_FAILED);
		return;
	}
	kiosk_note_save(kiosk);
	visit->saved = true;
	visit->waiting = result.outcome == OUTCOME_WAITING;
	visit->waiting_place = result.place;
	memcpy(visit->code, result.code, sizeof(visit->code));
	make_link(kiosk, str_from(result.token));
	explicit_bzero(&result, sizeof(result));
	kiosk_load_days(kiosk); /* the seats have changed */
	open_upon(kiosk, 1, SCREEN_DONE);
}

/* --- the table of actions --------------------------------------------------------------------- */

static void go_back(struct kiosk *kiosk)
{
	bool is_done = top_name(kiosk) == SCREEN_DONE && kiosk->visit->saved;
	if (is_done)
		kiosk_end_visit(kiosk, SCREEN_START); /* what is saved cannot be saved again */
	else
		close_top(kiosk);
	if (top_name(kiosk) == SCREEN_SIGNUP_SUMMARY)
		kiosk->visit->changing = false;
}

static void show_list(struct kiosk *kiosk, const struct action *action)
{
	kiosk->visit->filter = action->filter;
	for (int i = kiosk->depth; i >= 1; i--)
		if (i < kiosk->depth && kiosk->stack[i].name == SCREEN_LIST) {
			open_upon(kiosk, i - 1, SCREEN_LIST); /* back to the list that asked */
			return;
		}
	kiosk_open(kiosk, SCREEN_LIST);
}

static void open_initiative(struct kiosk *kiosk, const struct action *action)
{
	struct visit *visit = kiosk->visit;
	visit->initiative = action->id;
	visit->has_occurrence = action->has_occurrence;
	visit->schedule = action->schedule;
	visit->rule_start = action->rule_start;
	kiosk_open(kiosk, SCREEN_INITIATIVE);
}

static bool is_shut(const struct kiosk *kiosk, enum screen_name name)
{
	return screens[name].host && !kiosk->model.door;
}

static void apply_of_visitor(struct kiosk *kiosk, const struct action *action)
{
	struct visit *visit = kiosk->visit;
	switch (action->kind) {
	case ACTION_NONE:
		return;
	case ACTION_WAKE:
		kiosk_end_visit(kiosk, SCREEN_START);
		break;
	case ACTION_RESTART:
		kiosk_end_visit(kiosk, SCREEN_START);
		break;
	case ACTION_FINISH:
		kiosk_end_visit(kiosk, SCREEN_ATTRACT);
		break;
	case ACTION_BACK:
		go_back(kiosk);
		break;
	case ACTION_GO:
		if (!is_shut(kiosk, action->screen))
			kiosk_open(kiosk, action->screen);
		break;
	case ACTION_SET_LANGUAGE: {
		const struct language *language = i18n_language(action->text);
		if (language)
			i18n_set_language(&kiosk->i18n, language);
		close_top(kiosk);
		break;
	}
	case ACTION_LARGER:
		kiosk->model.text_step = (kiosk->model.text_step + 1) % TEXT_STEP_COUNT;
		set_theme(kiosk);
		break;
	case ACTION_SET_FILTER:
		visit->filter = action->filter;
		break;
	case ACTION_SHOW_LIST:
		show_list(kiosk, action);
		break;
	case ACTION_OPEN_INITIATIVE:
		open_initiative(kiosk, action);
		break;
	case ACTION_OPEN_PERSON:
		visit->person = action->id;
		kiosk_open(kiosk, SCREEN_PERSON);
		break;
	case ACTION_START_SIGN_UP:
		start_sign_up(kiosk, action);
		break;
	case ACTION_TAKE_LINK:
		take_link(kiosk, action);
		break;
	case ACTION_SET_OCCURRENCE:
		visit->has_occurrence = true;
		visit->schedule = action->schedule;
		visit->rule_start = action->rule_start;
		visit->accepts_waiting = false;
		break;
	case ACTION_SET_PARTY:
		visit->party = (int)action->number;
		break;
	case ACTION_TYPE_NAME:
		kiosk_type(visit->name, &visit->name_bytes, sizeof(visit->name), NAME_CHARACTERS,
			action);
		break;
	case ACTION_TYPE_SEARCH:
		kiosk_type(visit->query, &visit->query_bytes, sizeof(visit->query),
			QUERY_CHARACTERS, action);
		kiosk_search(kiosk);
		break;
	case ACTION_TYPE_PHONE:
		type_phone(visit, action);
		break;
	case ACTION_SET_CALL:
		visit->phone_answered = true;
		visit->wants_call = action->number == 1;
		if (!visit->wants_call) {
			explicit_bzero(visit->phone, sizeof(visit->phone));
			visit->phone_bytes = 0;
		}
		next_question(kiosk);
		break;
	case ACTION_SET_BEST_TIME:
		visit->best_time = (unsigned)action->number;
		break;
	case ACTION_SET_COMPANION:
		visit->companion_answered = true;
		visit->wants_companion = action->number == 1;
		break;
	case ACTION_JOIN_WAITING:
		visit->accepts_waiting = true;
		next_question(kiosk);
		break;
	case ACTION_NEXT_QUESTION:
		next_question(kiosk);
		break;
	case ACTION_CHANGE_ANSWER:
		visit->changing = true;
		kiosk_open(kiosk, action->screen);
		break;
	case ACTION_SAVE:
		save(kiosk);
		break;
	case ACTION_PICK_WISH:
		kiosk_pick_wish(kiosk, action->text);
		break;
	case ACTION_KEEP_WISH:
		kiosk_keep_wish(kiosk);
		break;
	case ACTION_WISH_CALL:
		kiosk_wish_call(kiosk);
		break;
	case ACTION_TYPE_PASSPHRASE:
		calls_type(kiosk, action);
		break;
	case ACTION_OPEN_CALLS:
		calls_open(kiosk);
		break;
	case ACTION_USE_STICK:
		stick_use(kiosk, (enum stick_wish)action->number);
		break;
	case ACTION_TYPE_CODE:
		kiosk_type_code(kiosk, action);
		break;
	case ACTION_OPEN_CODE:
		kiosk_open_code(kiosk);
		break;
	case ACTION_CANCEL_MINE:
		kiosk_cancel_mine(kiosk);
		break;
	case ACTION_WITHDRAW_WISH:
		kiosk_withdraw_wish(kiosk);
		break;
	case ACTION_LEAVE_ROUND:
		round_leave(kiosk);
		break;
	default: /* of the host */
		break;
	}
}

void kiosk_apply(struct kiosk *kiosk, const struct action *action)
{
	if (!kiosk_apply_door(kiosk, action))
		apply_of_visitor(kiosk, action);
	door_settle(kiosk);
}
