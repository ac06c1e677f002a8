/* The frame functions behind the table in screens.c, one a file (signup.c and done.c hold the
 * questions and the answers of one conversation). */
#pragma once
#include "screens/screen.h"

#define ATTRACT_STATE_BYTES 64
#define KEYBOARD_STATE_BYTES 64
#define STICK_STATE_BYTES 16
#define CLOCK_STATE_BYTES 64
#define MINE_STATE_BYTES 8

#define FRAME(name) struct action name(void *state, const struct model *model, struct ui *ui)
FRAME(attract_frame);
FRAME(start_frame);
FRAME(looking_frame);
FRAME(factors_frame);
FRAME(list_frame);
FRAME(filter_frame);
FRAME(initiative_frame);
FRAME(people_frame);
FRAME(person_frame);
FRAME(help_frame);
FRAME(signup_date_frame);
FRAME(signup_party_frame);
FRAME(signup_name_frame);
FRAME(signup_phone_frame);
FRAME(signup_time_frame);
FRAME(signup_companion_frame);
FRAME(signup_summary_frame);
FRAME(full_frame);
FRAME(done_frame);
FRAME(done_contact_frame);
FRAME(save_failed_frame);
FRAME(language_frame);
FRAME(search_frame);
FRAME(wish_frame);
FRAME(wish_near_frame);
FRAME(wish_saved_frame);
FRAME(wish_phone_frame);
FRAME(stick_frame);
FRAME(call_key_frame);
FRAME(call_list_frame);
FRAME(pin_frame);
FRAME(door_frame);
FRAME(questions_frame);
FRAME(follow_frame);
FRAME(set_clock_frame);
FRAME(troubles_frame);
FRAME(ask_code_frame);
FRAME(mine_frame);
FRAME(wait_frame);
FRAME(off_frame);
FRAME(my_wish_frame);
FRAME(clusters_frame);
FRAME(cluster_frame);
FRAME(round_frame);
#undef FRAME
