/* Black, until somebody touches it. */
#include "screens/frames.h"

struct action off_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct rect panel = ui_panel_rect(ui);
	ui_box(ui, panel, &(struct ui_box){.fill = COLOR_QR_DARK});
	bool touched = ui_target(ui, STR("off/leave"), ROLE_BUTTON, panel,
		TR(model->i18n, ui_arena(ui), "screen-off-touch"));
	return (struct action){.kind = touched ? ACTION_FINISH : ACTION_NONE};
}
