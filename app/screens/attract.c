#include "screens/frames.h"

struct action attract_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	(void)model;
	bool touched = ui_target(
		ui, STR("attract"), ROLE_BUTTON, ui_panel_rect(ui), STR("Raak het scherm aan"));
	return (struct action){.kind = touched ? ACTION_WAKE : ACTION_NONE};
}
