/* Each word has a row in a table that says what follows it: numbers with a range, or one text with
 * a check. The script may come from anybody, so everything has a limit and every complaint names
 * its line. */
#include "platform/script/play.h"

#include <string.h>

#define SCRIPT_LIMIT_BYTES ((size_t)1024 * 1024)
#define EVENT_LIMIT 20000
#define TEXT_LIMIT_BYTES 500
#define ID_LIMIT_BYTES 100
#define NAME_LIMIT_BYTES 60
#define PLACE_LIMIT_PX 20000
#define WAIT_LIMIT_MS ((int64_t)31 * 24 * 3600 * 1000)
#define DRAG_LIMIT_MS ((int64_t)60 * 1000)

enum argument {
	ARGUMENT_NUMBERS,
	ARGUMENT_ID, /* one word of printable ASCII */
	ARGUMENT_NAME, /* of a file: a-z 0-9 - */
	ARGUMENT_TEXT, /* the rest of the line as it stands */
};

static const struct word {
	const char *word;
	enum argument argument;
	int numbers; /* how many; places, then, where it has one, a time */
	int64_t time_limit_ms; /* 0: takes no time */
	const char *usage;
} WORDS[PLAY_KIND_COUNT] = {
	[PLAY_WAIT] = {"wait", ARGUMENT_NUMBERS, 1, WAIT_LIMIT_MS, "wait MS"},
	[PLAY_TAP] = {"tap", ARGUMENT_ID, 0, 0, "tap ID"},
	[PLAY_FIND] = {"find", ARGUMENT_ID, 0, 0, "find ID"},
	[PLAY_TOUCH] = {"touch", ARGUMENT_NUMBERS, 2, 0, "touch X Y"},
	[PLAY_DRAG] = {"drag", ARGUMENT_NUMBERS, 5, DRAG_LIMIT_MS, "drag X Y X Y MS"},
	[PLAY_KEY] = {"key", ARGUMENT_ID, 0, 0, "key NAME"},
	[PLAY_TEXT] = {"text", ARGUMENT_TEXT, 0, 0, "text STR"},
	[PLAY_EXPECT] = {"expect", ARGUMENT_ID, 0, 0, "expect ID"},
	[PLAY_SHOT] = {"shot", ARGUMENT_NAME, 0, 0, "shot NAME"},
	[PLAY_DUMP] = {"dump", ARGUMENT_NAME, 0, 0, "dump NAME"},
};
#define NUMBERS_MAX 5

static bool read_numbers(
	const struct word *word, struct str rest, struct play_event *event, struct error *err)
{
	int64_t numbers[NUMBERS_MAX] = {0};
	for (int i = 0; i < word->numbers; i++) {
		struct str_pair pair = str_cut(str_trim(rest), ' ');
		int64_t limit = word->time_limit_ms && i == word->numbers - 1 ? word->time_limit_ms
									      : PLACE_LIMIT_PX;
		if (!str_to_int(pair.head, &numbers[i]))
			return error_set(err, ERROR_PARSE, "line %d: expected \"%s\"", event->line,
				word->usage);
		if (numbers[i] < 0 || numbers[i] > limit)
			return error_set(err, ERROR_LIMIT, "line %d: number %d must be 0 to %lld",
				event->line, i + 1, (long long)limit);
		rest = pair.tail;
	}
	if (str_trim(rest).len)
		return error_set(
			err, ERROR_PARSE, "line %d: expected \"%s\"", event->line, word->usage);
	if (word->time_limit_ms)
		event->ms = numbers[word->numbers - 1];
	if (word->numbers >= 2) {
		event->x = event->to_x = (int)numbers[0];
		event->y = event->to_y = (int)numbers[1];
	}
	if (word->numbers >= 4) {
		event->to_x = (int)numbers[2];
		event->to_y = (int)numbers[3];
	}
	return true;
}

static bool every_byte(struct str text, bool (*good)(char c))
{
	for (size_t i = 0; i < text.len; i++) {
		if (!good(text.ptr[i]))
			return false;
	}
	return true;
}

static bool is_visible(char c)
{
	return c > ' ' && c < 0x7f;
}

static bool is_file_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

static bool is_typed(char c)
{
	return (unsigned char)c >= ' ' && c != 0x7f;
}

static bool read_text(const struct word *word, struct arena *arena, struct str rest,
	struct play_event *event, struct error *err)
{
	static const struct {
		size_t limit;
		bool (*good)(char c);
		const char *what;
	} rules[] = {
		[ARGUMENT_ID] = {ID_LIMIT_BYTES, is_visible, "one word of plain letters"},
		[ARGUMENT_NAME] = {NAME_LIMIT_BYTES, is_file_letter, "a name of a-z, 0-9 and -"},
		[ARGUMENT_TEXT] = {TEXT_LIMIT_BYTES, is_typed, "text without control characters"},
	};
	struct str text = word->argument == ARGUMENT_TEXT ? rest : str_trim(rest);
	if (text.len == 0)
		return error_set(
			err, ERROR_PARSE, "line %d: expected \"%s\"", event->line, word->usage);
	if (text.len > rules[word->argument].limit)
		return error_set(err, ERROR_LIMIT, "line %d: more than %zu bytes", event->line,
			rules[word->argument].limit);
	if (!every_byte(text, rules[word->argument].good))
		return error_set(err, ERROR_PARSE, "line %d: \"%s\" takes %s", event->line,
			word->word, rules[word->argument].what);
	event->text = str_copy(arena, text);
	return true;
}

static bool read_line(
	struct arena *arena, struct str line, struct play_event *event, struct error *err)
{
	while (line.len && (line.ptr[0] == ' ' || line.ptr[0] == '\t'))
		line = str_slice(line, 1, line.len);
	struct str_pair pair = str_cut(line, ' ');
	for (int kind = 0; kind < PLAY_KIND_COUNT; kind++) {
		const struct word *word = &WORDS[kind];
		if (!str_equal_z(str_trim(pair.head), word->word))
			continue;
		event->kind = (enum play_kind)kind;
		return word->argument == ARGUMENT_NUMBERS
			       ? read_numbers(word, pair.tail, event, err)
			       : read_text(word, arena, pair.tail, event, err);
	}
	return error_set(err, ERROR_PARSE, "line %d: unknown word \"%.*s\"", event->line,
		(int)(pair.head.len < 40 ? pair.head.len : 40), pair.head.ptr);
}

static size_t count_lines(struct str script)
{
	size_t lines = 1;
	for (size_t i = 0; i < script.len; i++)
		lines += script.ptr[i] == '\n';
	return lines;
}

bool play_parse(struct arena *arena, struct str script, struct play_event **events, size_t *count,
	struct error *err)
{
	*events = NULL;
	*count = 0;
	if (script.len > SCRIPT_LIMIT_BYTES)
		return error_set(
			err, ERROR_LIMIT, "a script has at most %zu bytes", SCRIPT_LIMIT_BYTES);
	if (!str_is_utf8(script))
		return error_set(err, ERROR_PARSE, "the script is not UTF-8");
	size_t room = count_lines(script);
	room = room < EVENT_LIMIT ? room : EVENT_LIMIT;
	struct play_event *list = arena_new_array(arena, struct play_event, room);
	size_t used = 0;
	for (int line = 1; script.len; line++) {
		struct str_pair pair = str_cut(script, '\n');
		script = pair.tail;
		if (str_ends_with(pair.head, STR("\r")))
			pair.head.len--;
		struct str trimmed = str_trim(pair.head);
		if (trimmed.len == 0 || trimmed.ptr[0] == '#')
			continue;
		if (used == room)
			return error_set(err, ERROR_LIMIT, "line %d: more than %d events", line,
				EVENT_LIMIT);
		struct play_event event = {.line = line};
		if (!read_line(arena, pair.head, &event, err))
			return false;
		list[used++] = event;
	}
	*events = list;
	*count = used;
	return true;
}
