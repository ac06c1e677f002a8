/* The frame: where ids, touches and nodes meet. A touch is decided on the nodes of the frame that
 * the visitor saw, never on the one being made: what lay on top under the finger is what counts,
 * so nothing needs to know about layers. */
#include "ui/ui_internal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The same thing touched again within this time was a trembling hand (EN 301 549 5.8). */
#define DEBOUNCE_MS 150
#define DEBOUNCE_KEY_MS 60
#define DRAG_START_MM 3

struct ui *ui_create(struct platform *platform)
{
	struct ui *ui = calloc(1, sizeof(*ui));
	if (!ui)
		abort();
	ui->platform = platform;
	ui->drag_scroll = -1;
	ui->scroll_open = -1;
	ui->next_frame_ms = INT64_MAX;
	ui->last_activated_ms = INT64_MIN / 2;
	return ui;
}

void ui_destroy(struct ui *ui)
{
	if (!ui)
		return;
	ui_forget(ui);
	arena_finish(&ui->arenas[0]);
	arena_finish(&ui->arenas[1]);
	free(ui);
}

void ui_forget(struct ui *ui)
{
	arena_wipe(&ui->arenas[0]);
	arena_wipe(&ui->arenas[1]);
	ui->commands = NULL;
	ui->nodes = ui->last_nodes = NULL;
	ui->command_count = ui->command_room = ui->node_count = ui->node_room = 0;
	ui->last_node_count = 0;
	ui->pressed[0] = ui->activated[0] = ui->focused[0] = ui->last_activated[0] = '\0';
	explicit_bzero(ui->typed, sizeof(ui->typed));
	explicit_bzero(ui->key, sizeof(ui->key));
	ui->touching = ui->dragging = false;
	ui->drag_scroll = -1;
	memset(ui->scrolls, 0, sizeof(ui->scrolls));
	memset(&ui->restore, 0, sizeof(ui->restore));
}

struct arena *frame_arena(struct ui *ui)
{
	return &ui->arenas[ui->current];
}

static void keep_id(char kept[UI_ID_BYTES], struct str id)
{
	assert(id.len < UI_ID_BYTES);
	memcpy(kept, id.ptr, id.len);
	kept[id.len] = '\0';
}

static bool is_target_role(enum ui_role role)
{
	return role == ROLE_BUTTON || role == ROLE_LINK || role == ROLE_TEXTBOX ||
	       role == ROLE_CHECKBOX || role == ROLE_KEY;
}

static const struct ui_node *hit(
	const struct ui_node *nodes, size_t from, size_t count, int x, int y)
{
	for (size_t i = count; i > from; i--) {
		const struct ui_node *node = &nodes[i - 1];
		if (is_target_role(node->role) && !node->disabled &&
			rect_contains(node->rect, x, y))
			return node;
	}
	return NULL;
}

static void activate(struct ui *ui, struct str id, enum ui_role role)
{
	int64_t pause_ms = role == ROLE_KEY ? DEBOUNCE_KEY_MS : DEBOUNCE_MS;
	bool trembled = str_equal_z(id, ui->last_activated) &&
			ui->now_ms - ui->last_activated_ms < pause_ms;
	if (trembled)
		return;
	keep_id(ui->activated, id);
	keep_id(ui->last_activated, id);
	ui->last_activated_ms = ui->now_ms;
}

static void touch_down(struct ui *ui, const struct input *input)
{
	ui->touching = true;
	ui->dragging = false;
	ui->down_x = input->x;
	ui->down_y = ui->last_y = input->y;
	ui->last_move_ms = ui->now_ms;
	ui->focused[0] = ui->pressed[0] = '\0'; /* a lift may have been lost */
	const struct ui_node *node =
		hit(ui->last_nodes, ui->last_modal_start, ui->last_node_count, input->x, input->y);
	if (node)
		keep_id(ui->pressed, node->id);
	scroll_touch_down(ui, input->x, input->y);
}

static void touch_move(struct ui *ui, const struct input *input)
{
	if (!ui->touching)
		return;
	if (!ui->dragging && ui->drag_scroll >= 0 &&
		abs(input->y - ui->down_y) > theme_px(&ui->theme, DRAG_START_MM)) {
		ui->dragging = true;
		ui->pressed[0] = '\0'; /* a list that moves is not a thing that is chosen */
	}
	if (ui->dragging)
		scroll_drag(ui, input->y - ui->last_y, ui->now_ms - ui->last_move_ms);
	ui->last_y = input->y;
	ui->last_move_ms = ui->now_ms;
}

static void touch_up(struct ui *ui, const struct input *input)
{
	const struct ui_node *node =
		hit(ui->last_nodes, ui->last_modal_start, ui->last_node_count, input->x, input->y);
	if (ui->touching && !ui->dragging && node && str_equal_z(node->id, ui->pressed))
		activate(ui, node->id, node->role);
	if (ui->dragging)
		scroll_touch_up(ui);
	ui->pressed[0] = '\0';
	ui->touching = ui->dragging = false;
	ui->drag_scroll = -1;
}

/* Tab goes through the targets in the order in which they were drawn. */
static void move_focus(struct ui *ui, int direction)
{
	ptrdiff_t first = (ptrdiff_t)ui->last_modal_start, count = (ptrdiff_t)ui->last_node_count;
	ptrdiff_t at = direction > 0 ? first - 1 : count;
	for (ptrdiff_t i = first; ui->focused[0] && i < count; i++)
		if (str_equal_z(ui->last_nodes[i].id, ui->focused))
			at = i;
	for (ptrdiff_t tried = 0; tried <= count - first; tried++) {
		at += direction;
		if (at >= count)
			at = first;
		if (at < first)
			at = count - 1;
		if (at >= first && at < count && is_target_role(ui->last_nodes[at].role) &&
			!ui->last_nodes[at].disabled) {
			keep_id(ui->focused, ui->last_nodes[at].id);
			return;
		}
	}
}

static void press_key(struct ui *ui, const struct input *input)
{
	if (str_equal_z(input->text, "Tab")) {
		move_focus(ui, 1);
	} else if (str_equal_z(input->text, "Shift+Tab")) {
		move_focus(ui, -1);
	} else if (str_equal_z(input->text, "Enter") && ui->focused[0]) {
		const struct ui_node *node = ui_find(ui, str_from(ui->focused));
		if (node)
			activate(ui, node->id, node->role);
	} else if (input->text.len < sizeof(ui->key)) {
		memcpy(ui->key, input->text.ptr, input->text.len);
		ui->key[input->text.len] = '\0';
	}
}

static void take_input(struct ui *ui, const struct input *input)
{
	switch (input->kind) {
	case INPUT_TOUCH_DOWN:
		touch_down(ui, input);
		break;
	case INPUT_TOUCH_MOVE:
		touch_move(ui, input);
		break;
	case INPUT_TOUCH_UP:
		touch_up(ui, input);
		break;
	case INPUT_KEY:
		press_key(ui, input);
		break;
	case INPUT_TEXT:
		if (input->text.len < sizeof(ui->typed)) {
			memcpy(ui->typed, input->text.ptr, input->text.len);
			ui->typed[input->text.len] = '\0';
		}
		break;
	default:
		break;
	}
}

void ui_begin(struct ui *ui, const struct ui_frame_options *options, const struct input *input)
{
	ui->now_ms = env_monotonic_ms(ui->platform->env);
	ui->theme = *options->theme;
	ui->rtl = options->rtl;
	ui->motion = options->motion;
	ui->plain = options->plain;
	ui->activated[0] = '\0';
	ui->key[0] = '\0';
	explicit_bzero(ui->typed, sizeof(ui->typed));

	/* The touch was meant for what the visitor saw, so it is decided before that is forgotten.
	 */
	ui->last_nodes = ui->nodes;
	ui->last_node_count = ui->node_count;
	ui->last_modal_start = ui->modal_start;
	if (input)
		take_input(ui, input);

	ui->current = !ui->current;
	arena_wipe(frame_arena(ui));
	ui->screen = str_copy(frame_arena(ui), options->screen);
	ui->language = str_copy(frame_arena(ui), options->language);
	ui->commands = NULL;
	ui->command_count = ui->command_room = 0;
	ui->nodes = NULL;
	ui->node_count = ui->node_room = ui->modal_start = 0;
	ui->text_count = 0;
	ui->clip = (struct rect){0, 0, ui->platform->width_px, ui->platform->height_px};
	ui->keeping_order = false;
	ui->scroll_open = -1;
	ui->next_frame_ms = INT64_MAX;
}

static bool lies_within(struct rect inner, struct rect outer)
{
	return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
	       inner.y + inner.h <= outer.y + outer.h;
}

/* The colour under a node: of the last opaque box drawn beneath its middle, before `before`. */
static struct color color_under(const struct ui *ui, struct rect rect)
{
	int x = rect.x + rect.w / 2, y = rect.y + rect.h / 2;
	for (size_t i = ui->command_count; i > 0; i--) {
		const struct draw_command *c = &ui->commands[i - 1];
		if (c->kind == DRAW_BOX && c->color.a == 255 &&
			rect_contains(rect_intersect(c->rect, c->clip), x, y))
			return c->color;
	}
	return color_of(ui, COLOR_PAPER);
}

/* The words inside a target are that target's label already: its text nodes melt into it. */
static void melt_contents(struct ui *ui)
{
	size_t kept = 0;
	for (size_t i = 0; i < ui->node_count; i++) {
		struct ui_node *node = &ui->nodes[i];
		bool content = node->role == ROLE_TEXT || node->role == ROLE_IMG ||
			       node->role == ROLE_HEADING;
		struct ui_node *owner = NULL;
		for (size_t j = 0; content && !owner && j < ui->node_count; j++)
			if (is_target_role(ui->nodes[j].role) &&
				(j >= ui->modal_start) == (i >= ui->modal_start) &&
				lies_within(node->rect, ui->nodes[j].rect))
				owner = &ui->nodes[j];
		if (owner) {
			if (node->cap_height_px > 0 &&
				(owner->cap_height_px == 0 ||
					node->cap_height_px < owner->cap_height_px)) {
				owner->cap_height_px = node->cap_height_px;
				owner->foreground = node->foreground;
				owner->background = node->background;
			}
			owner->cut |= node->cut;
			node->label.len = node->id.len = 0;
			node->role = ROLE_COUNT; /* taken out below */
		}
	}
	size_t modal_start = ui->modal_start;
	for (size_t i = 0; i < ui->node_count; i++) {
		if (i == ui->modal_start)
			modal_start = kept;
		if (ui->nodes[i].role != ROLE_COUNT)
			ui->nodes[kept++] = ui->nodes[i];
	}
	ui->modal_start = ui->modal_start >= ui->node_count ? kept : modal_start;
	ui->node_count = kept;
}

void ui_end(struct ui *ui)
{
	assert(ui->scroll_open < 0 && !ui->keeping_order);
	for (size_t i = 0; i < ui->node_count; i++)
		ui->nodes[i].background = color_under(ui, ui->nodes[i].rect);
	if (ui->node_count > 0)
		melt_contents(ui);
	for (size_t i = 0; i < ui->node_count; i++)
		ui->nodes[i].focus = str_equal_z(ui->nodes[i].id, ui->focused);
}

struct draw_list ui_draw_list(const struct ui *ui)
{
	return (struct draw_list){ui->commands, ui->command_count};
}

const struct ui_node *ui_nodes(const struct ui *ui, size_t *count)
{
	*count = ui->node_count - ui->modal_start;
	return ui->nodes + ui->modal_start;
}

const struct ui_node *ui_hit(const struct ui *ui, int x, int y)
{
	return hit(ui->nodes, ui->modal_start, ui->node_count, x, y);
}

const struct ui_node *ui_find(const struct ui *ui, struct str id)
{
	for (size_t i = ui->modal_start; i < ui->node_count; i++)
		if (str_equal(ui->nodes[i].id, id))
			return &ui->nodes[i];
	return NULL;
}

int64_t ui_next_frame_ms(const struct ui *ui)
{
	return ui->next_frame_ms;
}

void ui_slide(struct ui *ui, int dx_px, uint8_t cover_alpha)
{
	if (ui->rtl)
		dx_px = -dx_px;
	for (size_t i = 0; i < ui->command_count; i++) {
		struct draw_command *command = &ui->commands[i];
		bool ground = command->rect.w >= ui->platform->width_px &&
			      command->rect.h >= ui->platform->height_px;
		if (ground)
			continue; /* no strip is left bare where the rest came from */
		command->rect.x += dx_px;
		command->x += dx_px;
		if (command->clip.w < ui->platform->width_px)
			command->clip.x += dx_px;
	}
	if (cover_alpha > 0)
		ui_box(ui, ui_panel_rect(ui),
			&(struct ui_box){.fill = COLOR_PAPER, .fill_alpha = cover_alpha});
}

const struct theme *ui_theme(const struct ui *ui)
{
	return &ui->theme;
}

struct arena *ui_arena(struct ui *ui)
{
	return frame_arena(ui);
}

int64_t ui_now_ms(const struct ui *ui)
{
	return ui->now_ms;
}

void ui_wake_at(struct ui *ui, int64_t monotonic_ms)
{
	if (monotonic_ms < ui->next_frame_ms)
		ui->next_frame_ms = monotonic_ms;
}

int ui_mm(const struct ui *ui, double mm)
{
	return theme_px(&ui->theme, mm);
}

bool ui_rtl(const struct ui *ui)
{
	return ui->rtl;
}

bool ui_motion(const struct ui *ui)
{
	return ui->motion;
}

struct str ui_id(struct ui *ui, const char *prefix, size_t number)
{
	return str_format(frame_arena(ui), "%s/%zu", prefix, number);
}

struct rect ui_panel_rect(const struct ui *ui)
{
	return (struct rect){0, 0, ui->platform->width_px, ui->platform->height_px};
}

struct rect to_panel(const struct ui *ui, struct rect rect)
{
	if (!ui->rtl)
		return rect;
	int width = ui->platform->width_px;
	if (ui->keeping_order)
		rect.x += width - ui->order_zone.w - 2 * ui->order_zone.x;
	else
		rect.x = width - rect.x - rect.w;
	return rect;
}

void ui_keep_order_begin(struct ui *ui, struct rect zone)
{
	assert(!ui->keeping_order);
	ui->keeping_order = true;
	ui->order_zone = zone;
}

void ui_keep_order_end(struct ui *ui)
{
	assert(ui->keeping_order);
	ui->keeping_order = false;
}

struct color color_of(const struct ui *ui, enum color_token token)
{
	return ui->theme.colors[token];
}

struct draw_command *add_command(struct ui *ui, enum draw_kind kind, struct rect rect)
{
	if (ui->command_count == ui->command_room) {
		size_t room = ui->command_room ? ui->command_room * 2 : 256;
		struct draw_command *grown =
			arena_new_array(frame_arena(ui), struct draw_command, room);
		if (ui->command_count)
			memcpy(grown, ui->commands, ui->command_count * sizeof(*grown));
		ui->commands = grown;
		ui->command_room = room;
	}
	struct draw_command *command = &ui->commands[ui->command_count++];
	*command = (struct draw_command){
		.kind = kind, .rect = rect, .clip = ui->clip, .corners = CORNERS_ALL};
	return command;
}

struct ui_node *add_node(struct ui *ui, enum ui_role role, struct str id, struct rect rect)
{
	if (ui->node_count == ui->node_room) {
		size_t room = ui->node_room ? ui->node_room * 2 : 128;
		struct ui_node *grown = arena_new_array(frame_arena(ui), struct ui_node, room);
		if (ui->node_count)
			memcpy(grown, ui->nodes, ui->node_count * sizeof(*grown));
		ui->nodes = grown;
		ui->node_room = room;
	}
	struct ui_node *node = &ui->nodes[ui->node_count++];
	*node = (struct ui_node){
		.role = role,
		.id = id,
		.rect = rect,
		.lang = ui->language,
		.foreground = color_of(ui, COLOR_INK),
		.background = color_of(ui, COLOR_PAPER),
	};
	return node;
}

void ui_modal(struct ui *ui, struct str id, struct rect rect, struct str label)
{
	ui->modal_start = ui->node_count;
	for (int i = 0; i < UI_SCROLL_COUNT; i++)
		ui->scrolls[i].covered = true;
	struct ui_node *node = add_node(ui, ROLE_DIALOG, id, to_panel(ui, rect));
	node->label = node->speech = label;
}

static void draw_focus_ring(struct ui *ui, struct rect panel_rect)
{
	const struct measures *m = &ui->theme.m;
	int inner = m->focus_inner, outer = m->focus_ring;
	struct rect ring = panel_rect;
	for (int layer = 0; layer < 2; layer++) {
		int px = layer == 0 ? inner : outer;
		ring = (struct rect){ring.x - px, ring.y - px, ring.w + 2 * px, ring.h + 2 * px};
		struct draw_command *box = add_command(ui, DRAW_BOX, ring);
		box->color = (struct color){0, 0, 0, 0};
		box->edge = color_of(ui, layer == 0 ? COLOR_FOCUS_INNER : COLOR_FOCUS);
		box->edge_px = px;
		box->radius_px = m->radius_button + (layer == 0 ? inner : inner + outer);
	}
}

struct rect touch_clip(const struct ui *ui)
{
	struct rect clip = ui->clip;
	if (ui->scroll_open >= 0) {
		/* of the whole viewport: a page that ends above it at a whole item has distance */
		struct rect viewport = ui->scrolls[ui->scroll_open].viewport;
		rect_take_bottom(&viewport, ui->theme.m.target_gap);
		clip = rect_intersect(clip, viewport);
	}
	return clip;
}

static struct ui_node *declare(
	struct ui *ui, struct str id, enum ui_role role, struct rect rect, struct str label)
{
	struct rect whole = to_panel(ui, rect);
	struct rect visible = rect_intersect(whole, touch_clip(ui));
	int least = ui->theme.m.target;
	bool scrolled_away = visible.h < whole.h && visible.h < least;
	if (rect_is_empty(visible) || scrolled_away)
		return NULL;
	struct ui_node *node = add_node(ui, role, id, visible);
	node->label = node->speech = label;
	return node;
}

bool ui_target_spoken(struct ui *ui, struct str id, enum ui_role role, struct rect rect,
	struct str label, struct str speech)
{
	struct ui_node *node = declare(ui, id, role, rect, label);
	if (node)
		node->speech = speech;
	if (node && str_equal_z(id, ui->focused))
		draw_focus_ring(ui, node->rect);
	return str_equal_z(id, ui->activated);
}

bool ui_target(struct ui *ui, struct str id, enum ui_role role, struct rect rect, struct str label)
{
	return ui_target_spoken(ui, id, role, rect, label, label);
}

void ui_target_disabled(
	struct ui *ui, struct str id, enum ui_role role, struct rect rect, struct str label)
{
	struct ui_node *node = declare(ui, id, role, rect, label);
	if (node)
		node->disabled = true;
}

bool ui_is_pressed(const struct ui *ui, struct str id)
{
	return str_equal_z(id, ui->pressed);
}

void ui_region(struct ui *ui, struct str id, enum ui_role role, struct rect rect, struct str label)
{
	struct rect visible = rect_intersect(to_panel(ui, rect), ui->clip);
	if (rect_is_empty(visible))
		return;
	struct ui_node *node = add_node(ui, role, id, visible);
	node->label = node->speech = label;
}

struct str ui_key(const struct ui *ui)
{
	return str_from(ui->key);
}

struct str ui_typed(const struct ui *ui)
{
	return str_from(ui->typed);
}
