/* All screens in one table. */
#include "screens/frames.h"
#include "screens/screen.h"

const struct screen screens[SCREEN_COUNT] = {
	[SCREEN_ATTRACT] = {"attract", attract_frame, ATTRACT_STATE_BYTES, false, true},
	[SCREEN_START] = {"start", start_frame, 0, false, false},
	[SCREEN_LOOKING] = {"looking", looking_frame, 0, false, false},
	[SCREEN_FACTORS] = {"factors", factors_frame, 0, false, false},
	[SCREEN_LIST] = {"list", list_frame, 0, false, false},
	[SCREEN_FILTER] = {"filter", filter_frame, 0, false, false},
	[SCREEN_INITIATIVE] = {"initiative", initiative_frame, 0, false, false},
	[SCREEN_PEOPLE] = {"people", people_frame, 0, false, false},
	[SCREEN_PERSON] = {"person", person_frame, 0, false, false},
	[SCREEN_HELP] = {"help", help_frame, 0, false, false},
	[SCREEN_SIGNUP_DATE] = {"signup-date", signup_date_frame, 0, true, false},
	[SCREEN_SIGNUP_PARTY] = {"signup-party", signup_party_frame, 0, true, false},
	[SCREEN_SIGNUP_NAME] = {"signup-name", signup_name_frame, KEYBOARD_STATE_BYTES, true,
		false},
	[SCREEN_SIGNUP_PHONE] = {"signup-phone", signup_phone_frame, KEYBOARD_STATE_BYTES, true,
		false},
	[SCREEN_SIGNUP_TIME] = {"signup-time", signup_time_frame, 0, true, false},
	[SCREEN_SIGNUP_COMPANION] = {"signup-companion", signup_companion_frame, 0, true, false},
	[SCREEN_SIGNUP_SUMMARY] = {"signup-summary", signup_summary_frame, 0, true, false},
	[SCREEN_FULL] = {"full", full_frame, 0, true, false},
	[SCREEN_DONE] = {"done", done_frame, 0, true, false},
	[SCREEN_DONE_CONTACT] = {"done-contact", done_contact_frame, 0, true, false},
	[SCREEN_SAVE_FAILED] = {"save-failed", save_failed_frame, 0, true, false},
	[SCREEN_LANGUAGE] = {"language", language_frame, 0, false, false},
	[SCREEN_SEARCH] = {"search", search_frame, KEYBOARD_STATE_BYTES, true, false},
};
