/* What a screen is: one function that is given its own state, the world as it may know it (const),
 * and the frame to draw into, and that answers with one action. It cannot reach the store, the
 * machine or another screen; app/kiosk carries the action out and calls again. */
#pragma once
#include "base/env.h"
#include "i18n/i18n.h"
#include "model/catalogue.h"
#include "model/recurrence.h"
#include "model/wish.h"
#include "ui/ui.h"

enum screen_name {
	SCREEN_ATTRACT,
	SCREEN_START,
	SCREEN_LOOKING, /* what are you looking for: themes, layers, the lens */
	SCREEN_FACTORS, /* the lens: what do you want to strengthen */
	SCREEN_LIST, /* cards by day */
	SCREEN_FILTER, /* what suits you */
	SCREEN_INITIATIVE,
	SCREEN_PEOPLE,
	SCREEN_PERSON,
	SCREEN_HELP,
	SCREEN_SIGNUP_DATE,
	SCREEN_SIGNUP_PARTY,
	SCREEN_SIGNUP_NAME,
	SCREEN_SIGNUP_PHONE,
	SCREEN_SIGNUP_TIME, /* introductions: when may we call */
	SCREEN_SIGNUP_COMPANION,
	SCREEN_SIGNUP_SUMMARY,
	SCREEN_FULL, /* the waiting list, another day, or somebody to ask */
	SCREEN_DONE,
	SCREEN_DONE_CONTACT, /* the host's number as a vCard */
	SCREEN_SAVE_FAILED,
	SCREEN_LANGUAGE,
	SCREEN_SEARCH, /* by what is typed */
	SCREEN_WISH, /* cards of what neighbours would like */
	SCREEN_WISH_NEAR, /* what there is already */
	SCREEN_WISH_SAVED,
	SCREEN_WISH_PHONE, /* a number to call when it begins */
	SCREEN_CALL_KEY, /* the passphrase of the key stick */
	SCREEN_CALL_LIST, /* who to call, for five minutes */
	SCREEN_STICK, /* the host's: what can be done with a stick, and how it went */
	SCREEN_PIN, /* the way in for the host */
	SCREEN_DOOR, /* what is behind it */
	SCREEN_QUESTIONS, /* conversations that nobody took up */
	SCREEN_QUESTION, /* one of them: who takes it up */
	SCREEN_SET_CLOCK,
	SCREEN_TROUBLES,
	SCREEN_CODE, /* what is your code */
	SCREEN_MINE, /* my sign-up, or my question */
	SCREEN_WAIT, /* too many sign-ups after each other */
	SCREEN_OFF, /* the host put the screen off */
	SCREEN_MY_WISH, /* my wish, by its code */
	SCREEN_CLUSTERS, /* the host's: what neighbours are looking for */
	SCREEN_CLUSTER, /* one of them: the next step of the routekaart */
	SCREEN_ROUND, /* a stick on its round came in: it exchanges, whoever brings it */
	SCREEN_COUNT
};

enum part_of_day { MORNING = 1, AFTERNOON = 2, EVENING = 4 }; /* bits */

enum list_scope { SCOPE_WEEK, SCOPE_TODAY, SCOPE_ALL };

/* What the list shows. All zero: everything of the coming week. */
struct list_filter {
	enum list_scope scope;
	char theme[40], layer[40], environment[40]; /* codes; empty: any */
	int factor; /* 1..10; 0: any */
	unsigned parts_of_day; /* bits of enum part_of_day; 0: any */
	bool free_of_charge, step_free, with_children, other_language;
};

#define NAME_BYTES 201 /* what the store takes, and a NUL */
#define NAME_CHARACTERS 80
#define PHONE_BYTES 24
#define QUERY_BYTES 161
#define QUERY_CHARACTERS 40
#define FOUND_MOST 24

struct found {
	struct uuid initiative;
	bool near; /* not what was asked, but the nearest to it */
};

#define CODE_CHARACTERS 8
#define CODE_TRIES 5 /* a visit */
#define MINE_BY_BYTES 81

enum mine_state { MINE_CONFIRMED, MINE_WAITING, MINE_CANCELLED };
enum mine_step { STEP_RECEIVED, STEP_TAKEN_ALONG, STEP_TAKEN_UP };

/* What a code led to. It holds no name of who signed up, for nobody here knows it. */
struct mine {
	bool found;
	struct uuid id, initiative, schedule; /* schedule nil: a question */
	struct local_time rule_start;
	enum mine_state state;
	int place; /* on the waiting list now, from 1; else 0 */
	int party;
	bool is_question; /* somebody asked for a conversation */
	enum mine_step step; /* of a question */
	char by[MINE_BY_BYTES]; /* who took the question up; empty: nobody was named */
	char link[160]; /* of the page, without the token, which only the visitor has; empty: none
			 */
};

enum my_wish_state { MY_WISH_STANDS, MY_WISH_WITHDRAWN, MY_WISH_OVER };

/* What a code led to when it was a wish's. */
struct my_wish {
	bool found;
	struct uuid id;
	size_t card; /* index in wish_cards; WISH_CARD_COUNT: of a newer program */
	enum my_wish_state state;
	bool had_phone; /* a number goes with it, or went until it was withdrawn just now */
};

/* Everything that one visitor chose and typed. It lives in locked memory and is wiped as a whole
 * when the visit ends. */
struct visit {
	struct list_filter filter;
	struct uuid initiative;
	struct uuid person;
	struct uuid question; /* of the host */
	size_t cluster; /* of the host: index in wish_cards */
	/* the occurrence: schedule and start as the rule gives it */
	bool has_occurrence;
	struct uuid schedule;
	struct local_time rule_start;
	bool accepts_waiting;
	int party; /* people, the visitor included; 0: not asked yet */
	bool wants_companion, companion_answered;
	bool wants_call, phone_answered;
	unsigned best_time; /* bits of enum part_of_day */
	char name[NAME_BYTES];
	size_t name_bytes;
	char phone[PHONE_BYTES];
	size_t phone_bytes;
	char query[QUERY_BYTES]; /* typed to search for */
	size_t query_bytes;
	struct found found[FOUND_MOST]; /* by the query, best first */
	size_t found_count;
	size_t found_alike; /* of these, by words like those of the query or better */
	bool found_more; /* than there is room for */
	char pin[9], pin_first[9]; /* of the host, while it is typed; first: to be repeated */
	size_t pin_bytes;
	bool changing; /* one answer is being changed from the summary: go back there */

	/* After saving. A walk-in has a link but no code. */
	bool saved, waiting;
	int waiting_place; /* 1: the next to move up */
	char code[9];
	char link[160]; /* the payload of the QR; empty: no link base is set */

	/* "Ik zoek" */
	char wish[WISH_CARD_BYTES]; /* code of the card that was picked last */
	unsigned wished; /* bits, by index in wish_cards: kept in this visit */
	struct uuid wish_id; /* of the wish that was kept last */
	int wish_count; /* wishes of that card then */
	bool wish_has_phone;
	char wish_code[9]; /* of the wish that was kept last */
	/* "Mijn aanmelding" */
	char typed_code[CODE_CHARACTERS + 1];
	size_t typed_code_bytes;
	int code_tries; /* of codes that nobody has */
	bool code_unknown; /* the last one was */
	struct mine mine;
	struct my_wish my_wish;

	int64_t wait_until_ms; /* of SCREEN_WAIT, monotonic; 0: this visitor saved enough */
};

/* What is known of the seats of an occurrence. */
struct seats {
	int left; /* -1: no limit */
	int waiting; /* people on the waiting list */
};

/* What neighbours wish, of one card. */
struct wish_state {
	int count; /* wishes that stand */
	int step; /* of the routekaart, 0 to 4; 0: nobody took it up yet */
	int with_contact; /* of count, with a sealed number */
	int marked; /* of count, kept in a flood */
};

/* What the host wants with a stick, and how that went. */
enum stick_wish {
	STICK_NOTHING,
	STICK_TAKE_ALONG, /* the call list as a page */
	STICK_BACK_UP,
	STICK_RESTORE,
	STICK_EXCHANGE, /* news from the hub, and ours to it */
	STICK_JOIN, /* the organisation whose invitation lies on it */
};
enum stick_outcome {
	STICK_QUIET, /* nothing was asked yet */
	STICK_BUSY, /* it is being done: the stick must stay in */
	STICK_DONE,
	STICK_PULLED, /* it left too soon */
	STICK_FULL,
	STICK_READ_ONLY,
	STICK_UNFIT, /* what is on it is no back-up of ours, or not whole */
	STICK_FAILED,
	STICK_OUTCOME_COUNT
};
/* News being carried by a stick, whoever brought it. */
enum exchange_stage {
	EXCHANGE_NONE,
	EXCHANGE_CHECK,
	EXCHANGE_TAKE,
	EXCHANGE_GIVE,
	EXCHANGE_OVER, /* see outcome */
};
struct exchange_view {
	enum exchange_stage stage;
	enum stick_outcome outcome;
	int64_t taken; /* changes that were new here */
	int64_t given, to_give; /* ours; to_give 0: there was nothing, or nobody counted */
	bool in_sill; /* the screen does not show it itself */
};

enum call_problem { CALL_FINE, CALL_WRONG_PASSPHRASE, CALL_WRONG_KEYS };
/* One sign-up or wish as the host reads it; its texts are in locked memory. */
struct call_line {
	bool is_wish; /* then initiative, start, party, companion and place say nothing */
	size_t card; /* of a wish: index in wish_cards; WISH_CARD_COUNT: of a newer program */
	struct date asked; /* of a wish; none: nobody knew the day */
	struct str initiative; /* empty: gone from the list */
	bool introduction; /* without a day */
	struct local_time start;
	int party;
	bool companion;
	int place; /* on the waiting list, from 1; else 0 */
	struct str name, phone, best_time;
};
struct stick_view {
	bool in;
	bool has_keys, has_back_up, has_invitation; /* what lies on it */
	bool belongs; /* this kiosk, to an organisation: there may be news */
	size_t news; /* changes that the last exchange brought */
	struct str organisation; /* that was joined; empty: none was */
	int sign_ups; /* with details to call: what would be taken along; -1: not known */
	enum stick_wish wish;
	enum stick_outcome outcome;
	size_t typed; /* characters of the passphrase */
	struct str passphrase; /* in locked memory, for who asks to see what was typed */
	enum call_problem call_problem;
	const struct call_line *calls; /* NULL: the list is not open */
	size_t call_count;
	int64_t calls_close_ms; /* monotonic */
};

/* The way in, which tells nothing of the day. */
enum pin_step { PIN_STEP_ENTER, PIN_STEP_CHOOSE, PIN_STEP_REPEAT };
enum pin_trouble {
	PIN_TROUBLE_NONE,
	PIN_TROUBLE_WRONG,
	PIN_TROUBLE_EASY, /* too easy to guess */
	PIN_TROUBLE_DIFFERENT, /* the second time it was another one */
	PIN_TROUBLE_DISK, /* it could not be kept or counted */
};
struct pin_view {
	enum pin_step step;
	enum pin_trouble trouble;
	int64_t until_ms; /* shut until then, monotonic */
	bool checking; /* what was typed is being looked at, which takes a while */
};

/* Somebody asked for a conversation. */
struct door_question {
	struct uuid id, initiative;
	struct date day; /* no date: saved while nobody knew it */
	bool taken_along;
};

#define BRIGHTNESS_STEPS 5

/* Something that went wrong. */
struct door_trouble {
	struct local_time when;
	bool dated; /* false: there was no clock */
	int64_t count; /* how often, the last time then */
	struct str text; /* English, of the log */
};

#define KEY_MONTHS_SOON 3 /* so few months of keys are left that the host is told */
enum door_keys { DOOR_KEYS_FINE, DOOR_KEYS_SOON, DOOR_KEYS_USED_UP, DOOR_KEYS_LOST };

/* What the host sees. -1: not known. */
struct door_model {
	int new_today, coming_today, waiting;
	int days_since_collected; /* since staff took sign-ups along */
	const struct door_question *questions; /* that nobody took up, the oldest first */
	size_t question_count;
	const struct door_trouble *troubles; /* the newest first */
	size_t trouble_count;
	bool clock_refused; /* the machine did not let us set its clock */
	bool clock_can_be_right; /* it is not so early that nobody could say so */
	bool repaired; /* the database was, and nobody has read it yet */
	bool repair_empty; /* nothing of it could be kept */
	int64_t repair_lost; /* changes; -1: nobody knows */
	enum door_keys keys;
	int key_months_left; /* of DOOR_KEYS_SOON, this month included */
	int brightness; /* 1 to BRIGHTNESS_STEPS; 0: this panel has no light that can be set */
};

struct model {
	uint64_t revision; /* another number: something here has changed */
	const struct catalogue *catalogue; /* NULL or without initiatives: the board is empty */
	struct local_time now;
	bool clock_sure; /* false: no "today", only rhythm */
	bool sample_clock; /* the sample runs on a clock of its own, which is said */
	bool practice; /* sign-ups are not real: every screen says so */
	bool can_save; /* false: looking works, signing up does not */
	bool no_contact; /* ask for no name and no number */
	/* From the start of today, 60 days ahead, by start; cancelled ones included. seats is
	 * parallel to it. */
	struct occurrence_list upcoming;
	const struct seats *seats;
	struct wish_state wishes[WISH_CARD_COUNT]; /* as wish_cards */
	struct i18n *i18n;
	struct str link_base; /* empty: no web QR */
	enum text_step text_step;
	const struct visit *visit;
	struct exchange_view exchange;
	struct stick_view stick; /* kept up to date while a screen of the host is open */
	struct pin_view pin;
	const struct door_model *door; /* NULL: it is shut */
};

enum action_kind {
	ACTION_NONE,
	ACTION_WAKE, /* from attract to start: the first touch only wakes */
	ACTION_BACK,
	ACTION_RESTART, /* begin again: to start, everything typed is wiped */
	ACTION_FINISH, /* done, wipe everything: to attract */
	ACTION_GO, /* screen */
	ACTION_SET_LANGUAGE, /* text: code; and back */
	ACTION_LARGER, /* the next text step */
	ACTION_SET_FILTER, /* filter; stays */
	ACTION_SHOW_LIST, /* filter; to the list */
	ACTION_OPEN_INITIATIVE, /* id; with occurrence when has_occurrence */
	ACTION_OPEN_PERSON, /* id */
	ACTION_START_SIGN_UP, /* the initiative and occurrence of the visit; number 1: walk with me
			       */
	ACTION_TAKE_LINK, /* a walk-in takes the link along: no registration */
	ACTION_SET_OCCURRENCE, /* occurrence; stays */
	ACTION_SET_PARTY, /* number; stays */
	ACTION_TYPE_NAME, /* press */
	ACTION_TYPE_PHONE, /* press */
	ACTION_TYPE_SEARCH, /* press; searches */
	ACTION_SET_CALL, /* number 0: rather not, and on; 1: with the number, and on */
	ACTION_SET_BEST_TIME, /* number: bits; stays */
	ACTION_SET_COMPANION, /* number 0 or 1; stays */
	ACTION_JOIN_WAITING, /* accepts the waiting list, and on */
	ACTION_NEXT_QUESTION,
	ACTION_CHANGE_ANSWER, /* screen; comes back to the summary */
	ACTION_SAVE,
	ACTION_PICK_WISH, /* text: code of the card; to what is near */
	ACTION_KEEP_WISH, /* the card of the visit, once a visit */
	ACTION_WISH_CALL, /* the number that was typed goes with the wish; and back */
	ACTION_TYPE_PASSPHRASE, /* press */
	ACTION_OPEN_CALLS, /* with what was typed */
	ACTION_USE_STICK, /* number: enum stick_wish; STICK_NOTHING: the outcome was read */
	ACTION_TYPE_PIN, /* press */
	ACTION_ENTER_PIN,
	ACTION_CHANGE_PIN,
	ACTION_OPEN_QUESTION, /* id */
	ACTION_FOLLOW, /* id of the question; number 0: taken along, 1: taken up by text */
	ACTION_SET_CLOCK, /* rule_start: what the clock on the wall says */
	ACTION_RESTART_PROGRAM,
	ACTION_TYPE_CODE, /* press */
	ACTION_OPEN_CODE, /* the sign-up of the code typed, or that nobody has it */
	ACTION_CANCEL_MINE, /* the sign-up or question that is open */
	ACTION_TRUST_CLOCK, /* the host says that it is right */
	ACTION_REPAIR_WAS_READ,
	ACTION_SCREEN_OFF,
	ACTION_SET_BRIGHTNESS, /* number: the step */
	ACTION_WITHDRAW_WISH, /* the wish that its code opened */
	ACTION_OPEN_CLUSTER, /* number: index in wish_cards */
	ACTION_ROUTE, /* number: the step in which the cluster that is open is now, 0 to 4 */
	ACTION_LEAVE_ROUND, /* the picture of a stick is put away */
};

/* What was typed, without depending on the keyboard widget. */
enum typing { TYPE_INSERT, TYPE_REPLACE_LAST, TYPE_DELETE_LAST };

struct action {
	enum action_kind kind;
	enum screen_name screen;
	struct uuid id;
	int64_t number;
	struct list_filter filter;
	bool has_occurrence;
	struct uuid schedule;
	struct local_time rule_start;
	enum typing typing;
	struct str text; /* in the frame arena */
};

struct screen {
	const char *id; /* in ids, dumps and picture names */
	struct action (*frame)(void *state, const struct model *model, struct ui *ui);
	size_t state_size; /* zeroed when the screen opens */
	bool form; /* 120 s until the idle warning instead of 60 */
	bool no_bar; /* attract: the whole screen is one target */
	bool host; /* behind the host's door, or the door itself; shut after a minute */
};

extern const struct screen screens[SCREEN_COUNT];

/* --- helpers for screens, screens.c and parts.c ------------------------------------------------
 */

/* The room above the sill. */
struct rect screen_rect(const struct ui *ui);

/* The frame of three boxes: head (where you are), right (what you came for), acts (what you can
 * do). Draws the coloured panel with its title; upright, the head stands on top and acts is a row
 * above the sill. */
struct screen_head {
	enum color_token section;
	struct str title, subtitle;
	struct str picture; /* illustration below the words, where there is room for it */
	struct str lang; /* of title and subtitle, when they come from the catalogue */
};
struct frame_boxes {
	struct rect right; /* with the page's margin around it, down to the sill */
	struct rect acts; /* inside its margins; as high as asked for */
	struct rect head_rest; /* what the words left of the head, inside its margins */
	bool upright;
};
struct frame_boxes screen_frame(struct ui *ui, const struct screen_head *head, int acts_height_px);
/* Upright a drawing over the width of what stays free above what can be touched; nothing where that
 * is low, or the panel lies. */
void upright_picture_frame(struct ui *ui, struct rect room, struct str picture);
/* Gap between stacked buttons. */
int acts_gap(const struct ui *ui);

/* The sill, on all screens but attract, drawn by the kiosk after the screen. */
struct action bar_frame(const struct model *model, struct ui *ui, bool can_go_back);
/* "Are you still there?" over whatever is on; seconds_left from 30. Answers ACTION_FINISH when the
 * visitor is done; any other touch means that somebody is there, which the kiosk sees by itself. */
struct action idle_frame(const struct model *model, struct ui *ui, int seconds_left);
/* What every screen says where it applies: practice, an unsure clock, sample people, the
 * sample's own clock. At most two short words; empty when there is nothing to say. */
struct notices {
	struct str lines[2];
	size_t count;
};
struct notices model_notices(const struct model *model, struct ui *ui);

/* The initiative of the visit, or NULL. */
const struct initiative *visit_initiative(const struct model *model);
/* The occurrence of the visit in model->upcoming, or NULL. */
const struct occurrence *visit_occurrence(const struct model *model);
const struct seats *occurrence_seats(const struct model *model, const struct occurrence *o);
/* The next occurrence of an initiative that has not ended and is not cancelled, or NULL. */
const struct occurrence *next_occurrence(
	const struct model *model, const struct initiative *initiative);
bool occurrence_is_today(const struct model *model, const struct occurrence *o);
/* Who greets a newcomer: greeted_by, else the host, else NULL. */
const struct contact *initiative_greeter(const struct initiative *initiative);
/* A colour of its own for everybody without a photograph, always the same one. */
enum color_token contact_color(const struct contact *contact);
/* The calendar leaf of a day. */
int calendar_frame(const struct model *model, struct ui *ui, struct rect rect, struct date date,
	bool outlined);
/* The icon that stands for an initiative without a picture, by its theme. */
struct str initiative_icon(const struct initiative *initiative);
/* Catalogue texts are in the catalogue's language: for lang of what is drawn. */
struct str catalogue_language(const struct model *model);

/* The questions of a sign-up for this initiative, in order: screens, without the summary. */
size_t signup_questions(const struct model *model, const struct initiative *initiative,
	enum screen_name questions[8]);
