#include "screens/frames.h"

struct action looking_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	(void)model;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_HONEY, .title = STR("looking_frame")}, 0);
	(void)boxes;
	return (struct action){.kind = ACTION_NONE};
}

struct action factors_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	(void)model;
	struct frame_boxes boxes = screen_frame(ui,
		&(struct screen_head){.section = COLOR_HONEY, .title = STR("factors_frame")}, 0);
	(void)boxes;
	return (struct action){.kind = ACTION_NONE};
}
