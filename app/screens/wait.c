/* Too many sign-ups after each other: a moment of rest, without blame. Behind it nothing is lost.
 */
#include "screens/frames.h"

#include "screens/choices.h"
#include "ui/widgets.h"

struct action wait_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	int64_t until_ms = model->visit->wait_until_ms;
	bool waits = until_ms > ui_now_ms(ui);
	struct screen_head head = {.section = COLOR_SAND,
		.title = until_ms ? TR(model->i18n, arena, "too-many")
				  : TR(model->i18n, arena, "enough-for-now"),
		.picture = STR("tegel-doen.svg")};
	struct frame_boxes boxes = screen_frame(ui, &head, 0);
	struct rect right = boxes.right;
	struct ui_button go = without_broken_words(ui,
		(struct ui_button){.label = until_ms ? TR(model->i18n, arena, "form-next")
						     : TR(model->i18n, arena, "start-talk"),
			.icon = until_ms ? "hourglass_top" : "waving_hand",
			.go = !waits,
			.disabled = waits,
			.resting = waits},
		right.w);
	if (waits)
		ui_wake_at(ui, until_ms);
	int height = ui_button_height(ui, right.w, &go);
	if (boxes.upright) { /* where hands reach */
		struct rect above = right;
		right = rect_take_bottom(&above, height + ui_theme(ui)->m.margin);
		rect_take_bottom(&above, ui_theme(ui)->m.gap);
		upright_picture_frame(ui, above, head.picture);
	}
	struct rect row = rect_take_top(&right, height);
	if (!ui_button(ui, STR("wait/next"), row, &go))
		return (struct action){.kind = ACTION_NONE};
	if (until_ms)
		return (struct action){.kind = ACTION_BACK};
	return (struct action){.kind = ACTION_GO, .screen = SCREEN_PEOPLE};
}
