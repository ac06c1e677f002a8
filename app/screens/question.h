/* What the questions of a sign-up have in common: the frame with the initiative and the progress,
 * who reads the answers, and which days can be chosen. */
#pragma once
#include "screens/screen.h"

/* Who reads what is typed here, and who calls; NULL: the desk. */
const struct contact *signup_reader(const struct initiative *initiative);
/* No name and no number is asked for. */
bool signup_is_anonymous(const struct model *model, const struct initiative *initiative);

#define MOST_DAYS 4
/* The days to choose from, at most MOST_DAYS: days with places first, then days with a waiting
 * list. The chosen day is always among them while it can be chosen. Returns their number. */
size_t signup_days(const struct model *model, const struct initiative *initiative,
	const struct occurrence *days[MOST_DAYS]);
/* The party is larger than what is left on the chosen day, or the visitor accepted to wait. */
bool signup_will_wait(const struct model *model);

/* "Vraag 2 van 4"; number 0: one answer is being changed, or the screen is no question. */
struct question_place {
	int number, total;
};
struct question_place question_place(const struct model *model, enum screen_name screen);
void question_steps(
	const struct model *model, struct ui *ui, struct rect rect, struct question_place place);
int question_steps_height(const struct ui *ui);
struct str question_place_words(
	const struct model *model, struct ui *ui, struct question_place place);

/* A message that names somebody, or the other one that names the desk. */
struct str say_with_name(const struct model *model, struct ui *ui, const struct contact *who,
	const char *id, const char *id_without);

/* The initiative in the head of a question: picture, name, and a line with an icon below it. */
struct head_card {
	const char *icon;
	struct str line;
};
/* Draws it from the top of rect with a picture as high as there is room for; the name drops last.
 * Returns what it took. */
int head_card_frame(
	const struct model *model, struct ui *ui, struct rect rect, const struct head_card *card);

struct question {
	enum screen_name screen;
	struct str title;
	struct head_card card;
	bool blocked; /* "Verder" cannot be touched yet */
	bool without_next; /* the choice itself goes on */
	int body_px; /* what the answers need; upright they stand directly above "Verder" */
	struct str scroll_id; /* where answers do not fit: the list that the page buttons move */
};
struct question_boxes {
	struct rect body; /* for the answers, below the question */
	bool go_on; /* "Verder" was touched */
};
struct question_boxes question_frame(
	const struct model *model, struct ui *ui, const struct question *question);
/* Width of the body, to measure the answers before the frame is drawn. */
int question_body_width(const struct ui *ui);

/* "Ik en 2 anderen". */
struct str say_party(const struct model *model, struct arena *arena, int party);

/* The style that sets all words unbroken at that width: preferred, else smaller. */
enum text_style fitting_style(struct ui *ui, struct str text, int width_px,
	enum text_style preferred, enum text_style smaller);
/* A title as large as the room allows, where what stands below it cannot shrink. */
struct ui_text fitting_title(struct ui *ui, struct str title, int width_px, int height_px);
/* Room for the answers below that question; large upright, where the answers choose. */
int question_body_room(struct ui *ui, struct str title);

/* A button in a narrow column: its icon gives way to the words, and where even the words would
 * break inside, or take more than two lines of a 7" panel, the icon stays alone and is spoken. */
struct ui_button fit_button(struct ui *ui, int width_px, struct ui_button button);
