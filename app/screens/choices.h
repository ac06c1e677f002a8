/* What the screens with many equal choices share: cells of one size in as many columns as the words
 * allow, and the buttons that page through what does not fit. */
#pragma once
#include "screens/screen.h"
#include "ui/widgets.h"

/* A round mark on a colour, and words beside it. */
struct choice {
	struct str id, label, lang;
	struct str note; /* in our language, smaller, below the label; may be empty */
	const char *icon;
	enum color_token disc;
};

/* Draws them from the top of rect, telling the open list about every row when in_list. Returns the
 * height; *chosen is set to the index that was touched and left alone otherwise. */
int choice_grid_frame(struct ui *ui, struct rect rect, const struct choice *choices, size_t count,
	size_t *chosen, bool in_list);

/* The same for round chips that are on or off. */
struct chip {
	struct str id, label;
	const char *icon; /* NULL: only words */
	bool on;
};
int chip_grid_frame(
	struct ui *ui, struct rect rect, const struct chip *chips, size_t count, size_t *chosen);

/* Up and down beside each other, over the whole of rect. */
void page_pair_frame(
	const struct model *model, struct ui *ui, struct str scroll_id, struct rect rect);

/* Width of the longest stretch without a blank. */
int word_width(struct ui *ui, struct str text, enum text_style style);
/* Whether no word of the text has to be broken at that width. */
bool words_fit(struct ui *ui, struct str text, int width_px, enum text_style style);
/* The style of a title, a name on a card, or the name on the attract card: the largest that breaks
 * no word at that width, down to one that large letters do not enlarge. */
enum text_style title_style(struct ui *ui, struct str title, int width_px);
enum text_style name_style(struct ui *ui, struct str name, int width_px);
enum text_style display_style(struct ui *ui, struct str name, int width_px);
/* The same for a title that should be no higher than that. */
enum text_style title_style_in(struct ui *ui, struct str title, int width_px, int height_px);
/* Takes the icon off a button whose words would otherwise be broken, or where room is scarce and
 * the words would take one line less. */
struct ui_button without_broken_words(struct ui *ui, struct ui_button button, int width_px);
bool icon_costs_a_line(struct ui *ui, const struct ui_button *button, int width_px);

/* Room for words and buttons in the panel that screen_frame draws. */
int head_width(const struct ui *ui);