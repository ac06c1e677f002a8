/* The parts of the last page: a slip with a code for the telephone, the code to write down, and the
 * person who waits for you. */
#pragma once
#include "screens/screen.h"

/* What goes into the QR code, and what stands below it. */
struct slip {
	struct str id;
	struct str payload; /* empty: no slip */
	char level; /* 'Q' or 'M'; a code that would get too fine is made at 'M' */
	struct str caption;
	const char *icon;
};

/* How the code fits into a square of room_px. */
struct slip_fit {
	char level;
	int side_px; /* with its quiet zone; 0: it does not fit */
};
struct slip_fit slip_fit(struct ui *ui, const struct slip *slip, int room_px);
/* The code on a white sheet that fills rect, with the caption below it while there is room. */
void slip_frame(struct ui *ui, struct rect rect, const struct slip *slip, bool rounded);
/* Width of the sheet when it is height_px high. */
int slip_width(struct ui *ui, const struct slip *slip, int height_px);

/* Whose number can be kept: that person's, else the host's, else nobody's (NULL). */
const struct contact *done_reachable(
	const struct initiative *initiative, const struct contact *person);
/* Their number as a card for the telephone. */
struct slip done_card_slip(const struct model *model, struct ui *ui, const struct contact *who);

/* The code to write down, in groups of four. */
int code_height(struct ui *ui, int width_px, struct str caption);
void code_frame(struct ui *ui, struct rect rect, struct str caption, struct str code);

/* A person with what happens next; with `act`, a button. */
struct person_card {
	const struct contact *contact; /* NULL: an icon instead of a face */
	struct str words, lang;
	struct str act; /* "Bewaar nummer"; empty: nothing can be touched */
	bool without_face;
};
int person_card_height(struct ui *ui, int width_px, const struct person_card *card);
bool person_card_frame(
	struct ui *ui, struct str id, struct rect rect, const struct person_card *card);
