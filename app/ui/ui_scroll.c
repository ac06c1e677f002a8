/* Lists that move: by the finger, gliding on with friction, and by page buttons that stop at whole
 * items. The state of a list outlives its frames, so it is found by the hash of its id. */
#include "ui/ui_internal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* "stop within 600 ms": velocity falls by half every 120 ms. */
#define FRICTION_HALF_LIFE_MS 120.0
#define SLOWEST_PX_PER_S 40.0
#define GLIDE_MS 180
#define FRAME_MS 16

static struct scroll_state *find(const struct ui *ui, struct str id)
{
	uint64_t hash = str_hash(id);
	for (int i = 0; i < UI_SCROLL_COUNT; i++)
		if (ui->scrolls[i].id_hash == hash)
			return (struct scroll_state *)&ui->scrolls[i];
	return NULL;
}

static struct scroll_state *find_or_add(struct ui *ui, struct str id)
{
	struct scroll_state *state = find(ui, id);
	for (int i = 0; !state && i < UI_SCROLL_COUNT; i++)
		if (ui->scrolls[i].id_hash == 0)
			state = &ui->scrolls[i];
	if (!state)
		state = &ui->scrolls[0]; /* more lists than fit on one screen: the oldest forgets */
	if (state->id_hash != str_hash(id)) {
		memset(state, 0, sizeof(*state));
		state->id_hash = str_hash(id);
		for (int i = 0; i < UI_SCROLL_COUNT; i++)
			if (ui->restore.id_hash[i] == state->id_hash)
				state->offset_px = ui->restore.offset_px[i];
	}
	return state;
}

static double furthest(const struct scroll_state *state)
{
	return state->content_px > state->viewport_px ? state->content_px - state->viewport_px : 0;
}

static double clamp(double value, double low, double high)
{
	return value < low ? low : value > high ? high : value;
}

static void move_on(struct ui *ui, struct scroll_state *state)
{
	if (state->gliding) {
		double done = (double)(ui->now_ms - state->glide_start_ms) / GLIDE_MS;
		if (done >= 1 || !ui->motion) {
			state->offset_px = state->glide_to_px;
			state->gliding = false;
		} else {
			double eased = 1 - pow(1 - done, 3);
			state->offset_px = state->glide_from_px +
					   (state->glide_to_px - state->glide_from_px) * eased;
			ui_wake_at(ui, ui->now_ms + FRAME_MS);
		}
	} else if (state->velocity_px_per_s != 0 && !ui->dragging) {
		double elapsed_ms = (double)(ui->now_ms - state->moved_ms);
		state->offset_px += state->velocity_px_per_s * elapsed_ms / 1000;
		state->velocity_px_per_s *= pow(0.5, elapsed_ms / FRICTION_HALF_LIFE_MS);
		if (fabs(state->velocity_px_per_s) < SLOWEST_PX_PER_S || !ui->motion)
			state->velocity_px_per_s = 0;
		else
			ui_wake_at(ui, ui->now_ms + FRAME_MS);
	}
	state->moved_ms = ui->now_ms;
}

struct rect ui_scroll_begin(struct ui *ui, struct str id, struct rect viewport)
{
	assert(ui->scroll_open < 0);
	struct scroll_state *state = find_or_add(ui, id);
	ui->scroll_open = (int)(state - ui->scrolls);
	state->viewport = to_panel(ui, viewport);
	state->viewport_px = viewport.h;
	state->covered = false;
	move_on(ui, state);
	if (state->content_px > 0)
		state->offset_px = clamp(state->offset_px, 0, furthest(state));
	state->snap_count = 0;
	ui->scroll_clip_before = ui->clip;
	ui->clip = rect_intersect(ui->clip, state->viewport);
	ui->scroll_content_top = viewport.y - (int)lround(state->offset_px);
	return (struct rect){viewport.x, ui->scroll_content_top, viewport.w, 1 << 28};
}

/* The part of the viewport that holds whole items, going by the items of the frame before; all of
 * it while the list moves or was left somewhere in between. At its end a list rarely begins with a
 * whole item: what it begins with was whole on the page before. */
struct span {
	int from, until; /* px below the top of the viewport */
};

static struct span whole_items(const struct ui *ui, const struct scroll_state *state, int count)
{
	struct span all = {0, state->viewport_px}, whole = all;
	bool moving = state->gliding || state->velocity_px_per_s != 0 || ui->dragging;
	bool at_end = state->offset_px > furthest(state) - 0.5, at_item = state->offset_px < 0.5;
	int offset = (int)lround(state->offset_px), last_end = 0, first = -1;
	for (int i = 0; i < count; i++) {
		int end = i + 1 < count ? state->snaps[i + 1] : state->content_px;
		at_item |= fabs(state->snaps[i] - state->offset_px) < 0.5;
		if (end <= state->offset_px + state->viewport_px)
			last_end = end;
		if (first < 0 && state->snaps[i] >= offset)
			first = state->snaps[i];
	}
	if (moving || (!at_item && !at_end))
		return all;
	if (last_end - offset >= state->viewport_px / 3)
		whole.until = last_end - offset;
	if (!at_item && first >= 0 && first - offset <= state->viewport_px / 3)
		whole.from = first - offset;
	return whole;
}

struct rect ui_scroll_begin_pages(struct ui *ui, struct str id, struct rect viewport)
{
	const struct scroll_state *before = find(ui, id);
	int count = before ? before->snap_count : 0;
	struct rect content = ui_scroll_begin(ui, id, viewport);
	struct span whole = whole_items(ui, &ui->scrolls[ui->scroll_open], count);
	struct rect in_sight = {
		viewport.x, viewport.y + whole.from, viewport.w, whole.until - whole.from};
	ui->clip = rect_intersect(ui->clip, to_panel(ui, in_sight));
	return content;
}

void ui_scroll_item(struct ui *ui, int top_px)
{
	struct scroll_state *state = &ui->scrolls[ui->scroll_open];
	int capacity = (int)(sizeof(state->snaps) / sizeof(state->snaps[0]));
	if (state->snap_count < capacity)
		state->snaps[state->snap_count++] = top_px - ui->scroll_content_top;
}

void ui_scroll_end(struct ui *ui, int bottom_px)
{
	assert(ui->scroll_open >= 0);
	struct scroll_state *state = &ui->scrolls[ui->scroll_open];
	state->content_px = bottom_px - ui->scroll_content_top;
	if (state->offset_px > furthest(state)) {
		state->offset_px = furthest(state);
		ui_wake_at(ui, ui->now_ms); /* the list became shorter: draw it again in place */
	}
	ui->clip = ui->scroll_clip_before;
	ui->scroll_open = -1;
}

bool ui_scroll_can(const struct ui *ui, struct str id, int direction)
{
	const struct scroll_state *state = find(ui, id);
	if (!state)
		return false;
	double at = state->gliding ? state->glide_to_px : state->offset_px;
	return direction < 0 ? at > 0.5 : at < furthest(state) - 0.5;
}

void ui_scroll_page(struct ui *ui, struct str id, int direction)
{
	struct scroll_state *state = find(ui, id);
	if (!state)
		return;
	double at = state->gliding ? state->glide_to_px : state->offset_px;
	double goal = at + direction * state->viewport_px;
	if (direction > 0) {
		/* the last item that starts inside the view but does not end in it comes on top */
		double best = goal;
		for (int i = 0; i < state->snap_count; i++) {
			double next =
				i + 1 < state->snap_count ? state->snaps[i + 1] : state->content_px;
			if (state->snaps[i] > at + 0.5 && next > at + state->viewport_px + 0.5) {
				best = state->snaps[i];
				break;
			}
		}
		goal = best < goal ? best : goal;
	} else {
		/* the first item from which everything up to the present top still fits */
		for (int i = 0; i < state->snap_count; i++) {
			if (state->snaps[i] >= goal - 0.5 && state->snaps[i] < at - 0.5) {
				goal = state->snaps[i];
				break;
			}
		}
	}
	state->glide_from_px = state->offset_px;
	state->glide_to_px = clamp(goal, 0, furthest(state));
	state->glide_start_ms = ui->now_ms;
	state->gliding = true;
	state->velocity_px_per_s = 0;
	ui_wake_at(ui, ui->now_ms);
}

int ui_scroll_offset(const struct ui *ui, struct str id)
{
	const struct scroll_state *state = find(ui, id);
	return state ? (int)lround(state->offset_px) : 0;
}

void scroll_touch_down(struct ui *ui, int x, int y)
{
	ui->drag_scroll = -1;
	for (int i = 0; i < UI_SCROLL_COUNT; i++) {
		struct scroll_state *state = &ui->scrolls[i];
		if (state->id_hash && !state->covered && furthest(state) > 0 &&
			rect_contains(state->viewport, x, y)) {
			ui->drag_scroll = i;
			if (state->velocity_px_per_s != 0 || state->gliding)
				ui->pressed[0] = '\0'; /* this touch stops the list */
			state->velocity_px_per_s = 0;
			state->gliding = false;
		}
	}
}

void scroll_drag(struct ui *ui, int dy, int64_t elapsed_ms)
{
	struct scroll_state *state = &ui->scrolls[ui->drag_scroll];
	double before = state->offset_px;
	state->offset_px = clamp(before - dy, 0, furthest(state));
	double ms = elapsed_ms > 0 ? (double)elapsed_ms : 1;
	double velocity = (state->offset_px - before) * 1000 / ms;
	state->velocity_px_per_s = 0.6 * velocity + 0.4 * state->velocity_px_per_s;
	state->moved_ms = ui->now_ms;
}

void scroll_touch_up(struct ui *ui)
{
	struct scroll_state *state = &ui->scrolls[ui->drag_scroll];
	if (ui->now_ms - ui->last_move_ms > 80)
		state->velocity_px_per_s = 0; /* the finger had come to rest */
	state->moved_ms = ui->now_ms;
	ui_wake_at(ui, ui->now_ms);
}

struct ui_scroll_memory ui_scroll_memory(const struct ui *ui)
{
	struct ui_scroll_memory memory = {0};
	for (int i = 0; i < UI_SCROLL_COUNT; i++) {
		memory.id_hash[i] = ui->scrolls[i].id_hash;
		memory.offset_px[i] = (int)lround(ui->scrolls[i].offset_px);
	}
	return memory;
}

void ui_scroll_restore(struct ui *ui, const struct ui_scroll_memory *memory)
{
	memset(ui->scrolls, 0, sizeof(ui->scrolls));
	ui->restore = *memory;
}
