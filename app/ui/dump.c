/* One node an object, rectangles in pixels and in tenths of a millimetre. */
#include "ui/dump.h"

#include <assert.h>
#include <math.h>

#include "base/json.h"
#include "ui/ui_internal.h"

static const char *const role_names[] = {
	[ROLE_TEXT] = "text",
	[ROLE_HEADING] = "heading",
	[ROLE_IMG] = "img",
	[ROLE_BUTTON] = "button",
	[ROLE_LINK] = "link",
	[ROLE_TEXTBOX] = "textbox",
	[ROLE_CHECKBOX] = "checkbox",
	[ROLE_KEY] = "key",
	[ROLE_DIALOG] = "dialog",
	[ROLE_LIST] = "list",
	[ROLE_LISTITEM] = "listitem",
	[ROLE_STATUS] = "status",
	[ROLE_PROGRESSBAR] = "progressbar",
};
static_assert(sizeof(role_names) / sizeof(role_names[0]) == ROLE_COUNT, "name every role");

const char *ui_role_name(enum ui_role role)
{
	return role_names[role];
}

static struct json number(double value)
{
	return (struct json){.type = JSON_IS_REAL, .real = value};
}

static double tenths(double value)
{
	return round(value * 10) / 10;
}

static struct json list(struct arena *arena, const struct json *items, size_t count)
{
	struct json array = {.type = JSON_IS_ARRAY};
	for (size_t i = 0; i < count; i++)
		json_append(arena, &array, items[i]);
	return array;
}

static struct json hex_color(struct arena *arena, struct color c)
{
	return json_from_string(str_format(arena, "#%02X%02X%02X", c.r, c.g, c.b));
}

static struct json rect_px(struct arena *arena, struct rect r)
{
	struct json items[] = {json_from_integer(r.x), json_from_integer(r.y),
		json_from_integer(r.w), json_from_integer(r.h)};
	return list(arena, items, 4);
}

static struct json rect_mm(struct arena *arena, struct rect r, double px_per_mm)
{
	struct json items[] = {number(tenths(r.x / px_per_mm)), number(tenths(r.y / px_per_mm)),
		number(tenths(r.w / px_per_mm)), number(tenths(r.h / px_per_mm))};
	return list(arena, items, 4);
}

static struct json node_json(struct arena *arena, const struct ui_node *node, double px_per_mm)
{
	struct json object = {.type = JSON_IS_OBJECT};
	json_set(arena, &object, STR("id"), json_from_string(node->id));
	json_set(arena, &object, STR("role"), json_from_string(str_from(ui_role_name(node->role))));
	json_set(arena, &object, STR("label"), json_from_string(node->label));
	json_set(arena, &object, STR("speech"), json_from_string(node->speech));
	json_set(arena, &object, STR("lang"), json_from_string(node->lang));
	json_set(arena, &object, STR("rect_px"), rect_px(arena, node->rect));
	json_set(arena, &object, STR("rect_mm"), rect_mm(arena, node->rect, px_per_mm));
	json_set(arena, &object, STR("fg"), hex_color(arena, node->foreground));
	json_set(arena, &object, STR("bg"), hex_color(arena, node->background));
	json_set(arena, &object, STR("text_mm"),
		number(round(node->cap_height_px / px_per_mm * 100) / 100));
	json_set(arena, &object, STR("focus"), json_from_bool(node->focus));
	return object;
}

struct str ui_dump(struct arena *arena, const struct ui *ui, struct str screen)
{
	const struct panel *panel = &ui_theme(ui)->panel;
	struct json root = {.type = JSON_IS_OBJECT};
	json_set(arena, &root, STR("screen"), json_from_string(screen));
	struct json size_px[] = {
		json_from_integer(panel->width_px), json_from_integer(panel->height_px)};
	json_set(arena, &root, STR("size_px"), list(arena, size_px, 2));
	struct json size_mm[] = {number(tenths(panel->width_mm)), number(tenths(panel->height_mm))};
	json_set(arena, &root, STR("size_mm"), list(arena, size_mm, 2));

	size_t count;
	const struct ui_node *nodes = ui_nodes(ui, &count);
	struct json array = {.type = JSON_IS_ARRAY};
	for (size_t i = 0; i < count; i++)
		json_append(arena, &array, node_json(arena, &nodes[i], panel->px_per_mm));
	json_set(arena, &root, STR("nodes"), array);

	struct str_builder out = {.arena = arena};
	json_write(&out, &root, true);
	str_builder_add_char(&out, '\n');
	return str_builder_text(&out);
}
