/* What the two questions with keys share. */
#pragma once
#include "screens/screen.h"
#include "ui/keyboard.h"

/* What the keys are called. */
struct keyboard_words typing_words(const struct model *model, struct ui *ui);
/* A press as an action of that kind, or ACTION_NONE. */
struct action typing_action(enum action_kind kind, const struct key_press *press);
