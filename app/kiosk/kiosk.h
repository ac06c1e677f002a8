/* The kiosk: the one place where screens, store, words and machine meet.
 *
 * It goes round like this: wait for an input; run the screen's frame with it and throw the drawing
 * away; carry out the action that came back (apply.c); run the frame again, without input, and show
 * what changed. Nothing is drawn without a reason: an input, a timer that a screen asked for, a
 * change of the data. */
#pragma once
#include "base/arena.h"
#include "base/env.h"
#include "i18n/i18n.h"
#include "kiosk/calls.h"
#include "kiosk/crashes.h"
#include "kiosk/door.h"
#include "kiosk/stick.h"
#include "platform/linux/backlight.h"
#include "platform/platform.h"
#include "screens/screen.h"
#include "settings/settings.h"
#include "store/registration.h"
#include "store/store.h"
#include "ui/damage.h"
#include "ui/theme.h"
#include "ui/ui.h"

#define IDLE_BROWSE_MS 60000
#define IDLE_FORM_MS 120000
#define IDLE_WARNING_MS 30000
#define SLIDE_MS 180
#define SLIDE_BACK_MS 140
#define SLIDE_MM 12
#define UPCOMING_DAYS 60
#define HOUSEKEEPING_MS 600000 /* while nobody is there */
#define STACK_DEPTH 24
#define SAVE_PAUSE_MS 20000
#define SAVES_A_VISIT 3

struct kiosk_options {
	struct panel panel;
	const struct language *language;
	enum text_step text_step;
	enum theme_name theme;
	bool motion;
	bool plain; /* a start without pictures, after crashes */
	struct crashes *crashes; /* told from time to time that all is well; NULL: nobody is */
	const char *out_dir; /* for the shots and dumps of a script; NULL: the working directory */
	bool sample_clock;
	bool scripted; /* the clock stands still between the events of a script */
	const char *stick_dir; /* plays a stick while it exists; NULL: real ones */
	const char *data_dir; /* the store's; NULL: there is nothing to restore to */
	const char *backlight_dir; /* where lights of panels are; NULL: none is touched */
};

/* A screen that is open, with its state and what it was scrolled to when another came on top. */
struct open_screen {
	enum screen_name name;
	struct ui_scroll_memory scroll;
};

struct kiosk {
	struct env *env;
	struct platform *platform;
	struct store *store;
	struct settings settings;
	struct kiosk_options options;
	struct i18n i18n;

	struct ui *ui;
	struct theme theme;
	struct damage damage;
	struct arena forever;
	struct arena data; /* the catalogue and what is derived from it; reset on every reload */
	struct arena
		days; /* upcoming occurrences and seats; reset when the day or the seats change */

	struct model model;
	enum clock_quality clock; /* store_clock(), as of the last frame */
	struct date upcoming_from;
	struct visit *visit; /* in locked memory */
	struct str assets; /* their directory */
	struct stick stick;
	struct round round;
	struct line line;
	struct calls *calls; /* in locked memory, while a host needs them; else NULL */
	struct door door;
	struct backlight light; /* of the panel */
	int light_step; /* as the host chose it, also while it is off */
	bool light_is_off;

	struct open_screen stack[STACK_DEPTH];
	int depth; /* index of the screen on top */
	void *state; /* of the screen on top, SCREEN_STATE_BYTES */

	/* A screen that slides in: from when, for how long, and from which side. */
	int64_t slide_start_ms;
	int slide_ms, slide_from; /* +1: from where reading goes, -1: back, 0: at rest */

	int64_t started_ms, last_touch_ms, last_housekeeping_ms;
	bool warning; /* the idle dialog stands */
	int64_t last_save_ms; /* monotonic; 0: none yet */
	int saves; /* since the attract screen */
	bool dirty; /* the next frame must be made */
	bool quit;
	bool restart; /* after quitting: the host asked for it, or what was restored takes effect
			 then, or the database is repaired then */
	int script_failures;
	int64_t texts_cut; /* in all frames shown, of texts that nobody said may be cut */
};

#define SCREEN_STATE_BYTES 1024

/* env, platform, store and settings are borrowed. False when the messages are missing. */
bool kiosk_init(struct kiosk *kiosk, struct env *env, struct platform *platform,
	struct store *store, const struct settings *settings, const char *assets_dir,
	const struct kiosk_options *options, struct error *err);
void kiosk_finish(struct kiosk *kiosk);

/* Until the window is closed or the script ends. False when a script did not find what it
 * expected. */
bool kiosk_run(struct kiosk *kiosk);

/* --- the files of this folder among themselves ------------------------------------------------ */

/* apply.c: carries an action out. */
void kiosk_apply(struct kiosk *kiosk, const struct action *action);
void kiosk_open(struct kiosk *kiosk, enum screen_name name);
/* What was typed at the end of a text; what does not fit changes nothing. */
void kiosk_type(
	char *text, size_t *bytes, size_t room, size_t characters, const struct action *action);
void kiosk_slide(struct kiosk *kiosk, int from);
void kiosk_end_visit(struct kiosk *kiosk, enum screen_name then);

/* apply_search.c: finds what the visit's query asks for. */
void kiosk_search(struct kiosk *kiosk);

/* model.c: reads the catalogue and its days from the store. */
void kiosk_load_catalogue(struct kiosk *kiosk);
void kiosk_load_days(struct kiosk *kiosk);
/* Between two visits: takes over what other programs wrote, and erases what has expired. */
void kiosk_keep_house(struct kiosk *kiosk);
/* Brings the time of the model up to date; the days too when the date changed. */
void kiosk_refresh_time(struct kiosk *kiosk);

/* collection.c: whether contact details may still be asked, or wait too long for somebody to take
 * them along. */
void kiosk_judge_collection(struct kiosk *kiosk);

/* line.c: the hub over a network, in a process of its own. */
void line_begin(struct kiosk *kiosk, const struct identity *who);
int64_t line_next_ms(const struct kiosk *kiosk);
void line_tend(struct kiosk *kiosk);
void line_end(struct kiosk *kiosk);

/* repair.c: starts again when the database is damaged and nobody is there. */
void kiosk_repair_when_damaged(struct kiosk *kiosk);

/* light.c: the light of the panel, on from here; its step, 0 where none can be set; another step,
 * which is kept; off and on as the screen on top says, after it was shown. light_end() leaves it
 * on. */
void light_begin(struct kiosk *kiosk);
int light_step(const struct kiosk *kiosk);
void light_choose(struct kiosk *kiosk, int step);
void light_tend(struct kiosk *kiosk);
void light_end(struct kiosk *kiosk);

/* The zone of the catalogue, and the day there at a moment (ms since 1970 UTC); none when no clock
 * that is right tells that moment. */
struct str kiosk_zone(const struct kiosk *kiosk);
struct date kiosk_day_of(const struct kiosk *kiosk, int64_t utc_ms);

/* clock.c: the host says what time it is, on the wall here. It is trusted from now on.
 * ERROR_REFUSED for a time before 2024, and where the network sets the clock. */
bool kiosk_set_clock(struct kiosk *kiosk, struct local_time now, struct error *err);

/* model.c: saves the sign-up of the visit, durably. Nothing is saved on false. */
bool kiosk_register(struct kiosk *kiosk, struct registration_result *result, struct error *err);

/* apply_wish.c: the counts of all cards; picking one; keeping it durably, or saying that this
 * failed; the number that goes with what was kept. */
void kiosk_load_wishes(struct kiosk *kiosk);
/* Index of a card in wish_cards; WISH_CARD_COUNT: this program knows no such card. */
size_t kiosk_wish_index(struct str card);
void kiosk_pick_wish(struct kiosk *kiosk, struct str card);
void kiosk_keep_wish(struct kiosk *kiosk);
void kiosk_wish_call(struct kiosk *kiosk);
/* Shows the wish of a code. ERROR_NOT_FOUND when no wish has it; the caller counts the tries. */
bool kiosk_show_wish(struct kiosk *kiosk, struct str code, struct error *err);
void kiosk_withdraw_wish(struct kiosk *kiosk);
/* The host's: a card by its index in wish_cards, and the step in which it is now. */
void kiosk_open_cluster(struct kiosk *kiosk, int64_t index);
void kiosk_set_route(struct kiosk *kiosk, int64_t step);
/* apply_mine.c: the code of a sign-up, and what it leads to. */
void kiosk_type_code(struct kiosk *kiosk, const struct action *action);
void kiosk_open_code(struct kiosk *kiosk);
void kiosk_cancel_mine(struct kiosk *kiosk);
/* Whether this visitor may save something now; else SCREEN_WAIT opens and says when. One save in
 * SAVE_PAUSE_MS, SAVES_A_VISIT until the attract screen. */
bool kiosk_may_save(struct kiosk *kiosk);
void kiosk_note_save(struct kiosk *kiosk);

/* script.c: answers what only a script asks. */
void kiosk_answer_script(struct kiosk *kiosk, const struct input *input);

/* kiosk.c, for script.c */
void kiosk_show(struct kiosk *kiosk);
void kiosk_take_input(struct kiosk *kiosk, const struct input *input);
