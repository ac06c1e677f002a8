/* What has to hold for every screen at every size, language and step of letters, checked on the
 * draw lists that --tour and --play write:
 *
 *	check_dumps [--contrast] FILE...
 *
 * It knows the contract of the file and the measures of the house, and nothing of the program: it
 * measures and computes for itself. One line for every fault, "file: node: what is wrong". */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/env.h"
#include "base/json.h"

#define FILE_LIMIT_BYTES ((size_t)4 << 20)
#define MOST_NODES 400
#define MOST_FILES 4000
#define COMPACT_PX 800 /* a panel of this width is the 7", below the accessible size */
#define LEAST_TEXT_MM 4.8 /* cap height */
#define LEAST_CONTRAST 7.0
#define LEAST_CONTRAST_HIGH 10.0
#define LEAST_CONTRAST_RESTING 4.5 /* of what cannot be touched now */
#define LEADING_MM 0.8 /* the empty edge of a line of words */
#define SLACK_PX 1.0 /* millimetres do not fall on pixels */

struct box {
	double x, y, w, h; /* px */
};

struct node {
	struct str id, role, label, lang;
	struct box box;
	double text_mm;
	double contrast;
	bool resting;
};

struct picture {
	const char *file;
	struct str screen;
	double width_px, height_px, px_per_mm;
	bool compact;
	struct node nodes[MOST_NODES];
	size_t count;
};

static int faults;
static bool high_contrast;

__attribute__((format(printf, 3, 4))) static void fault(
	const struct picture *picture, struct str id, const char *format, ...)
{
	va_list args;
	printf("%s: %.*s: ", picture->file, STR_ARG(id));
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	faults++;
}

/* --- reading ---------------------------------------------------------------------------------- */

static double number_of(const struct json *value)
{
	if (!value)
		return NAN;
	return value->type == JSON_IS_INTEGER ? (double)value->integer
	       : value->type == JSON_IS_REAL  ? value->real
					      : NAN;
}

/* Exactly these keys, in any order. */
static void check_keys(const struct picture *picture, struct str where, const struct json *object,
	const char *const *keys, size_t count)
{
	if (object->type != JSON_IS_OBJECT || object->count != count)
		fault(picture, where, "has %zu keys, not %zu", object->count, count);
	for (size_t i = 0; i < count; i++)
		if (!json_get(object, str_from(keys[i])))
			fault(picture, where, "lacks the key %s", keys[i]);
}

static struct box read_box(const struct picture *picture, struct str id, const struct json *array)
{
	double v[4] = {0};
	if (!array || array->type != JSON_IS_ARRAY || array->count != 4) {
		fault(picture, id, "has a rectangle that is not four numbers");
		return (struct box){0};
	}
	for (int i = 0; i < 4; i++)
		v[i] = number_of(&array->items[i]);
	return (struct box){v[0], v[1], v[2], v[3]};
}

/* WCAG 2.2: the part of a colour that the eye weighs. */
static double luminance(struct str hex)
{
	static const double weights[] = {0.2126, 0.7152, 0.0722};
	double sum = 0;
	unsigned rgb[3];
	char text[8] = "";
	memcpy(text, hex.ptr, hex.len < 7 ? hex.len : 7);
	if (hex.len != 7 || sscanf(text, "#%2x%2x%2x", &rgb[0], &rgb[1], &rgb[2]) != 3)
		return NAN;
	for (int i = 0; i < 3; i++) {
		double c = rgb[i] / 255.0;
		sum += weights[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double contrast(struct str a, struct str b)
{
	double first = luminance(a), second = luminance(b);
	double light = first > second ? first : second, dark = first > second ? second : first;
	return (light + 0.05) / (dark + 0.05);
}

/* The contract does not say what is disabled; the two themes each have one colour for it. */
static bool is_resting(struct str foreground)
{
	return str_equal_z(foreground, "#766656") || str_equal_z(foreground, "#B8B8B8");
}

static void read_node(struct picture *picture, const struct json *json)
{
	static const char *const keys[] = {"id", "role", "label", "speech", "lang", "rect_px",
		"rect_mm", "fg", "bg", "text_mm", "focus"};
	struct node *node = &picture->nodes[picture->count++];
	node->id = json_string(json_get(json, STR("id")));
	check_keys(picture, node->id, json, keys, sizeof(keys) / sizeof(keys[0]));
	node->role = json_string(json_get(json, STR("role")));
	node->label = json_string(json_get(json, STR("label")));
	node->lang = json_string(json_get(json, STR("lang")));
	node->box = read_box(picture, node->id, json_get(json, STR("rect_px")));
	node->text_mm = number_of(json_get(json, STR("text_mm")));
	node->contrast = contrast(
		json_string(json_get(json, STR("fg"))), json_string(json_get(json, STR("bg"))));
	node->resting = is_resting(json_string(json_get(json, STR("fg"))));
	struct box mm = read_box(picture, node->id, json_get(json, STR("rect_mm")));
	double scale = picture->px_per_mm;
	if (fabs(mm.x * scale - node->box.x) > scale / 5 ||
		fabs(mm.w * scale - node->box.w) > scale / 5)
		fault(picture, node->id, "is not the same in pixels and in millimetres");
	if (json_string(json_get(json, STR("speech"))).len == 0)
		fault(picture, node->id, "says nothing");
}

static bool read_picture(struct arena *arena, const char *file, struct picture *picture)
{
	static const char *const keys[] = {"screen", "size_px", "size_mm", "nodes"};
	struct error err;
	struct str bytes;
	struct json root;
	*picture = (struct picture){.file = file};
	if (!env_read_file(env_os(), arena, file, FILE_LIMIT_BYTES, &bytes, &err) ||
		!json_parse(arena, bytes, &root, &err)) {
		fault(picture, STR("file"), "%s", err.message);
		return false;
	}
	check_keys(picture, STR("file"), &root, keys, sizeof(keys) / sizeof(keys[0]));
	const struct json *px = json_get(&root, STR("size_px")),
			  *mm = json_get(&root, STR("size_mm"));
	const struct json *nodes = json_get(&root, STR("nodes"));
	if (!px || px->count != 2 || !mm || mm->count != 2 || !nodes || nodes->count == 0 ||
		nodes->count > MOST_NODES) {
		fault(picture, STR("file"), "has no size or no nodes");
		return false;
	}
	picture->screen = json_string(json_get(&root, STR("screen")));
	picture->width_px = number_of(&px->items[0]);
	picture->height_px = number_of(&px->items[1]);
	picture->px_per_mm = picture->width_px / number_of(&mm->items[0]);
	picture->compact = picture->width_px <= COMPACT_PX;
	for (size_t i = 0; i < nodes->count; i++)
		read_node(picture, &nodes->items[i]);
	return true;
}

/* --- one node --------------------------------------------------------------------------------- */

static bool is_role(const struct node *node, const char *role)
{
	return str_equal_z(node->role, role);
}

static bool is_target(const struct node *node)
{
	return is_role(node, "button") || is_role(node, "link") || is_role(node, "textbox") ||
	       is_role(node, "checkbox") || is_role(node, "key");
}

static const struct node *find_node(const struct picture *picture, const char *id)
{
	for (size_t i = 0; i < picture->count; i++)
		if (str_equal_z(picture->nodes[i].id, id))
			return &picture->nodes[i];
	return NULL;
}

/* A card that a list has scrolled partly out of sight ends where the list ends. */
static bool is_clipped(const struct picture *picture, const struct node *node)
{
	for (size_t i = 0; i < picture->count; i++) {
		const struct node *list = &picture->nodes[i];
		if (!is_role(list, "list") || node->box.x < list->box.x - SLACK_PX ||
			node->box.x + node->box.w > list->box.x + list->box.w + SLACK_PX)
			continue;
		double top = node->box.y - list->box.y;
		double bottom = list->box.y + list->box.h - node->box.y - node->box.h;
		if (fabs(top) <= SLACK_PX || fabs(bottom) <= SLACK_PX)
			return true;
	}
	return false;
}

static void check_size(const struct picture *picture, const struct node *node)
{
	if (str_equal_z(node->id, "code/field"))
		return; /* shows what the keys type; there is nothing to touch */
	double least_mm = picture->compact ? 12 : 20;
	if (is_role(node, "key"))
		least_mm = picture->compact ? 12 : 15;
	double least = least_mm * picture->px_per_mm - SLACK_PX;
	bool narrow = node->box.w < least;
	bool low = node->box.h < least && !is_clipped(picture, node);
	if (narrow || low)
		fault(picture, node->id, "%.1f x %.1f mm is too small to touch",
			node->box.w / picture->px_per_mm, node->box.h / picture->px_per_mm);
}

static void check_node(const struct picture *picture, const struct node *node)
{
	double least = high_contrast ? LEAST_CONTRAST_HIGH : LEAST_CONTRAST;
	if (node->resting && is_target(node))
		least = LEAST_CONTRAST_RESTING;
	if (node->id.len == 0 || node->role.len == 0)
		fault(picture, node->id, "has no id or no role");
	if (node->label.len == 0)
		fault(picture, node->id, "has no label");
	if (node->lang.len == 0)
		fault(picture, node->id, "does not say its language");
	if (node->box.w <= 0 || node->box.h <= 0)
		fault(picture, node->id, "is empty");
	if (node->box.x < 0 || node->box.y < 0 || node->box.x + node->box.w > picture->width_px ||
		node->box.y + node->box.h > picture->height_px)
		fault(picture, node->id, "stands outside the panel");
	if (!(node->text_mm >= 0))
		fault(picture, node->id, "has no size of text");
	if (node->text_mm > 0 && node->text_mm < LEAST_TEXT_MM)
		fault(picture, node->id, "%.2f mm is too small to read", node->text_mm);
	if (!(node->contrast >= 1) || (node->text_mm > 0 && node->contrast < least))
		fault(picture, node->id, "a contrast of %.2f is too low", node->contrast);
	if (is_target(node))
		check_size(picture, node);
}

/* --- two nodes -------------------------------------------------------------------------------- */

/* Distance between two rectangles; below 0 where they lie over each other. */
static double distance(struct box a, struct box b)
{
	double dx = fmax(a.x, b.x) - fmin(a.x + a.w, b.x + b.w);
	double dy = fmax(a.y, b.y) - fmin(a.y + a.h, b.y + b.h);
	return fmax(dx, dy);
}

/* Middle to middle of two keys that stand in one row. */
static double pitch(struct box a, struct box b)
{
	bool row = fmax(a.y, b.y) < fmin(a.y + a.h, b.y + b.h);
	return row ? fabs(a.x + a.w / 2 - b.x - b.w / 2) : INFINITY;
}

static bool has_words(const struct node *node)
{
	return node->text_mm > 0 && !is_role(node, "dialog");
}

/* Words lie over no other words and over no edge of a button; the calendar leaf on a picture may.
 */
static void check_over(const struct picture *picture, const struct node *a, const struct node *b)
{
	double slack = LEADING_MM * picture->px_per_mm;
	if (!has_words(a) || !(has_words(b) || is_target(b)) || distance(a->box, b->box) > -slack)
		return;
	fault(picture, a->id, "lies %.1f mm over %.*s",
		-distance(a->box, b->box) / picture->px_per_mm, STR_ARG(b->id));
}

/* Words that stand on a button elsewhere on the screen, and on none here: it cannot be touched. */
static void check_dead(
	const struct picture *picture, const struct node *words, const struct node *b)
{
	if (is_role(words, "text") && is_role(b, "button") && str_equal(words->label, b->label))
		fault(picture, words->id, "looks like a button: %.*s", STR_ARG(b->id));
}

static void check_pair(const struct picture *picture, const struct node *a, const struct node *b)
{
	check_dead(picture, a, b);
	check_dead(picture, b, a);
	if (!is_target(a) || !is_target(b))
		check_over(picture, is_target(a) ? b : a, is_target(a) ? a : b);
	if (str_equal(a->id, b->id))
		fault(picture, a->id, "is there twice");
	if (!is_target(a) || !is_target(b))
		return;
	bool keys = is_role(a, "key") && is_role(b, "key");
	double least_mm = picture->compact || keys ? 2 : 3;
	double apart_mm = distance(a->box, b->box) / picture->px_per_mm;
	if (apart_mm < 0)
		fault(picture, a->id, "lies over %.*s", STR_ARG(b->id));
	else if (apart_mm < least_mm - SLACK_PX / picture->px_per_mm)
		fault(picture, a->id, "stands %.1f mm from %.*s", apart_mm, STR_ARG(b->id));
	double least_pitch_mm = picture->compact ? 14 : 18;
	if (keys && pitch(a->box, b->box) < least_pitch_mm * picture->px_per_mm - SLACK_PX)
		fault(picture, a->id, "is %.1f mm from %.*s, middle to middle",
			pitch(a->box, b->box) / picture->px_per_mm, STR_ARG(b->id));
}

/* --- one screen ------------------------------------------------------------------------------- */

static void check_way_out(const struct picture *picture)
{
	bool dialog = false, heading = false, scrolled = false;
	size_t targets = 0;
	for (size_t i = 0; i < picture->count; i++) {
		dialog |= is_role(&picture->nodes[i], "dialog");
		heading |= is_role(&picture->nodes[i], "heading");
		targets += is_target(&picture->nodes[i]);
		scrolled |= str_ends_with(picture->nodes[i].id, STR("/up")) &&
			    !picture->nodes[i].resting;
	}
	if (targets == 0)
		fault(picture, picture->screen, "has nothing to touch");
	if (str_equal_z(picture->screen, "attract"))
		return;
	if (!heading && !scrolled &&
		!picture->compact) /* where the words themselves need the room */
		fault(picture, picture->screen, "has no heading");
	if (!dialog && (!find_node(picture, "bar/back") || !find_node(picture, "bar/restart")))
		fault(picture, picture->screen, "has no way back");
}

static void check_picture(const struct picture *picture)
{
	for (size_t i = 0; i < picture->count; i++) {
		check_node(picture, &picture->nodes[i]);
		for (size_t j = i + 1; j < picture->count; j++)
			check_pair(picture, &picture->nodes[i], &picture->nodes[j]);
	}
	check_way_out(picture);
}

/* --- all screens ------------------------------------------------------------------------------ */

/* Where a button of the bar was first seen, at that size and in that language. */
struct seen {
	struct str key;
	struct box box;
};
static struct seen seen[64];
static size_t seen_count;

/* The bar stands still: a finger finds it where it was. */
static void check_bar(struct arena *arena, const struct picture *picture)
{
	for (size_t i = 0; i < picture->count; i++) {
		const struct node *node = &picture->nodes[i];
		if (!str_starts_with(node->id, STR("bar/")))
			continue;
		struct str key = str_format(arena, "%.*s %.*s %.0fx%.0f", STR_ARG(node->id),
			STR_ARG(node->lang), picture->width_px, picture->height_px);
		size_t at = 0;
		while (at < seen_count && !str_equal(seen[at].key, key))
			at++;
		if (at == seen_count && seen_count < sizeof(seen) / sizeof(seen[0]))
			seen[seen_count++] = (struct seen){key, node->box};
		if (memcmp(&seen[at].box, &node->box, sizeof(node->box)) != 0)
			fault(picture, node->id, "stands elsewhere than on other screens");
	}
}

int main(int argc, char **argv)
{
	static struct picture picture;
	CLEANUP(arena_finish) struct arena arena = {0};
	int at = 1;
	high_contrast = argc > 1 && strcmp(argv[1], "--contrast") == 0;
	at += high_contrast;
	if (at >= argc || argc > MOST_FILES) {
		fputs("usage: check_dumps [--contrast] FILE...\n", stderr);
		return 2;
	}
	size_t nodes = 0;
	for (int i = at; i < argc; i++) {
		if (!read_picture(&arena, argv[i], &picture))
			continue;
		check_picture(&picture);
		check_bar(&arena, &picture);
		nodes += picture.count;
	}
	fprintf(stderr, "%d files, %zu nodes, %d faults\n", argc - at, nodes, faults);
	return faults ? 1 : 0;
}
