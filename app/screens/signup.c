#include "screens/frames.h"

struct action signup_date_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	(void)model;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_HONEY, .title = STR("signup_date_frame")},
		0);
	(void)boxes;
	return (struct action){.kind = ACTION_NONE};
}

struct action signup_party_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	(void)model;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_HONEY, .title = STR("signup_party_frame")},
		0);
	(void)boxes;
	return (struct action){.kind = ACTION_NONE};
}

struct action signup_time_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	(void)model;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_HONEY, .title = STR("signup_time_frame")},
		0);
	(void)boxes;
	return (struct action){.kind = ACTION_NONE};
}

struct action signup_companion_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	(void)model;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){
			.section = COLOR_HONEY, .title = STR("signup_companion_frame")},
		0);
	(void)boxes;
	return (struct action){.kind = ACTION_NONE};
}

struct action full_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	(void)model;
	struct frame_boxes boxes = screen_frame(
		ui, &(struct screen_head){.section = COLOR_HONEY, .title = STR("full_frame")}, 0);
	(void)boxes;
	return (struct action){.kind = ACTION_NONE};
}

size_t signup_questions(const struct model *model, const struct initiative *initiative,
	enum screen_name questions[8])
{
	(void)model;
	(void)initiative;
	(void)questions;
	return 0;
}
