/* Typing on glass: a field, the on-screen keyboard with its row of accents that follows the last
 * letter, and the number pad. They hold no text: the screen passes what is typed so far and gets
 * back what was pressed. */
#pragma once
#include "ui/ui.h"

enum key_action {
	KEY_NOTHING,
	KEY_INSERT, /* text, at the end */
	KEY_REPLACE, /* text instead of the last character: an accent */
	KEY_DELETE, /* the last character */
	KEY_DONE, /* Enter of a real keyboard */
};

struct key_press {
	enum key_action action;
	struct str text; /* in the frame arena */
};

/* What the keyboard remembers between frames; part of the screen's state. */
struct keyboard_state {
	bool shift;
	bool abc; /* alphabet order instead of QWERTY */
	bool signs; /* digits and signs instead of letters */
	bool typed_any;
};

/* One field a screen. The end of a long text stays visible. */
void ui_field(struct ui *ui, struct str id, struct rect rect, struct str label, struct str text,
	const char *icon, bool error);

/* Height of the keyboard at this panel. */
int ui_keyboard_height(const struct ui *ui);
struct keyboard_words {
	struct str space, shift, remove, abc;
	bool signs; /* with a key that leads to digits and signs */
	bool no_plus; /* a number pad of digits alone */
};
struct key_press ui_keyboard(struct ui *ui, struct rect rect, struct keyboard_state *state,
	struct str typed, const struct keyboard_words *words);

/* Twelve keys: digits, plus and delete. Always in the order of a telephone. */
struct key_press ui_number_pad(struct ui *ui, struct rect rect, const struct keyboard_words *words);

/* The keys of a code: digits with delete, and two rows of the letters that cannot be taken for
 * another one. */
struct key_press ui_code_keys(struct ui *ui, struct rect rect, const struct keyboard_words *words);
/* A key with a word on it: the ones that go on. Its word never grows. */
struct word_key {
	struct str label;
	bool go, disabled;
};
bool ui_word_key(struct ui *ui, struct str id, struct rect rect, const struct word_key *key);
/* As many boxes as a code has characters, the next one with a caret. */
void ui_code_field(struct ui *ui, struct str id, struct rect rect, struct str label,
	struct str text, int count);
/* The room round the keys at this panel, at the sides and above and below. */
void ui_keyboard_margins(const struct ui *ui, int *side_px, int *edge_px);
