/* "Mijn aanmelding": from a code to what it stands for (a wish's too), and off the list again; and
 * the pace at which one visitor may save. Five wrong codes a visit are enough for who mistypes, and
 * of no use to who guesses: there are 23^8 of them. */
#include "kiosk/kiosk.h"

#include <assert.h>
#include <string.h>

#include "base/log.h"
#include "model/link.h"

static_assert(CODE_CHARACTERS == REGISTRATION_CODE_CHARS, "a whole code can be typed");
static_assert(MINE_BY_BYTES == FOLLOW_BY_MAX_BYTES + 1, "a whole name can be shown");

static const char alphabet[] = "23456789CDFHJKMNPRTVWXY";

void kiosk_type_code(struct kiosk *kiosk, const struct action *action)
{
	struct visit *visit = kiosk->visit;
	visit->code_unknown = false;
	if (action->typing == TYPE_DELETE_LAST) {
		if (visit->typed_code_bytes > 0)
			visit->typed_code[--visit->typed_code_bytes] = '\0';
		return;
	}
	for (size_t i = 0; i < action->text.len; i++) {
		char c = action->text.ptr[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c != '\0' && strchr(alphabet, c) && visit->typed_code_bytes < CODE_CHARACTERS)
			visit->typed_code[visit->typed_code_bytes++] = c;
	}
}

/* The page of the meeting. The token of the link was shown once, and is nowhere. */
static void make_page_link(struct kiosk *kiosk, struct mine *mine)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 1024};
	const struct catalogue *c = kiosk->model.catalogue;
	if (kiosk->model.link_base.len == 0 || !c || !catalogue_initiative(c, mine->initiative))
		return;
	struct str link = link_make(
		&arena, kiosk->model.link_base, mine->initiative, mine->rule_start.date, STR(""));
	if (link.len < sizeof(mine->link))
		memcpy(mine->link, link.ptr, link.len);
}

static enum mine_state state_of(enum registration_outcome outcome)
{
	switch (outcome) {
	case OUTCOME_CANCELLED:
		return MINE_CANCELLED;
	case OUTCOME_WAITING:
		return MINE_WAITING;
	case OUTCOME_ASKED:
	case OUTCOME_CONFIRMED:
		break;
	}
	return MINE_CONFIRMED;
}

static void forget_typed(struct visit *visit)
{
	explicit_bzero(visit->typed_code, sizeof(visit->typed_code));
	visit->typed_code_bytes = 0;
}

static void show(struct kiosk *kiosk, const struct registration *found)
{
	struct visit *visit = kiosk->visit;
	visit->mine = (struct mine){
		.found = true,
		.id = found->id,
		.initiative = found->initiative,
		.schedule = found->schedule,
		.rule_start = found->rule_start,
		.state = state_of(found->outcome),
		.place = found->place,
		.party = found->party_size,
		.is_question = found->mode == REGISTRATION_INTRODUCTION,
		.step = (enum mine_step)found->followed,
	};
	memcpy(visit->mine.by, found->followed_by, sizeof(visit->mine.by));
	make_page_link(kiosk, &visit->mine);
	forget_typed(visit);
	kiosk_open(kiosk, SCREEN_MINE);
}

void kiosk_open_code(struct kiosk *kiosk)
{
	struct visit *visit = kiosk->visit;
	struct registration found;
	struct error err = {0};
	if (visit->code_tries >= CODE_TRIES || visit->typed_code_bytes != CODE_CHARACTERS)
		return;
	struct str code = {visit->typed_code, visit->typed_code_bytes};
	if (store_find_code(kiosk->store, code, &found, &err)) {
		show(kiosk, &found);
		return;
	}
	if (err.code == ERROR_NOT_FOUND && kiosk_show_wish(kiosk, code, &err)) {
		forget_typed(visit);
		return;
	}
	if (err.code == ERROR_NOT_FOUND) {
		visit->code_unknown = true;
		visit->code_tries++;
		return;
	}
	log_error("looking for a code", &err);
	kiosk_open(kiosk, SCREEN_SAVE_FAILED);
}

void kiosk_cancel_mine(struct kiosk *kiosk)
{
	struct mine *mine = &kiosk->visit->mine;
	struct error err = {0};
	if (!mine->found || mine->state == MINE_CANCELLED)
		return;
	if (!store_cancel(kiosk->store, mine->id, &err)) {
		log_error("cancelling a sign-up", &err);
		kiosk_open(kiosk, SCREEN_SAVE_FAILED);
		return;
	}
	mine->state = MINE_CANCELLED;
	mine->place = 0;
	kiosk_load_days(kiosk); /* a seat is free, or somebody else has it */
}

bool kiosk_may_save(struct kiosk *kiosk)
{
	int64_t until_ms = kiosk->last_save_ms + SAVE_PAUSE_MS;
	bool too_soon = kiosk->saves > 0 && env_monotonic_ms(kiosk->env) < until_ms;
	if (!too_soon && kiosk->saves < SAVES_A_VISIT)
		return true;
	kiosk->visit->wait_until_ms = kiosk->saves < SAVES_A_VISIT ? until_ms : 0;
	kiosk_open(kiosk, SCREEN_WAIT);
	return false;
}

void kiosk_note_save(struct kiosk *kiosk)
{
	kiosk->saves++;
	kiosk->last_save_ms = env_monotonic_ms(kiosk->env);
}
