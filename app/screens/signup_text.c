#include "screens/frames.h"

struct action signup_name_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	(void)model;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_HONEY, .title = STR("signup_name_frame")},
		0);
	(void)boxes;
	return (struct action){.kind = ACTION_NONE};
}

struct action signup_phone_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	(void)model;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_HONEY, .title = STR("signup_phone_frame")},
		0);
	(void)boxes;
	return (struct action){.kind = ACTION_NONE};
}
