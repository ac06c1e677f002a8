/* Lines on stderr carry no time of their own: the journal that catches it adds it, and a replay on
 * a simulated clock then prints the same bytes twice.
 *
 * A kept trouble is a line "2026-12-01 09:10 3 error: ..." in the file: when, how often, and what.
 * How often is written at the first and then at every power of ten, so that a disk that fails a
 * thousand times an hour costs four lines; a line that stands lower replaces one of the same words.
 * Failing to write is never a trouble of its own: it would be one on every trouble. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define TEXT_BYTES 400
#define PATH_BYTES 1024
#define TIME_CHARS 16 /* 2026-12-01 09:10 */

struct trouble {
	char time[TIME_CHARS + 1]; /* empty: no clock */
	int64_t count;
	char text[TEXT_BYTES]; /* UTF-8 on one line */
};

static struct {
	struct env *env; /* NULL: no file */
	char path[PATH_BYTES];
	size_t file_bytes;
	struct trouble troubles[LOG_TROUBLES]; /* the newest last */
	size_t count;
} kept;

/* --- in memory -------------------------------------------------------------------------------- */

/* One line of valid UTF-8 that ends between two characters. */
static void clean(char text[TEXT_BYTES])
{
	size_t length = strlen(text);
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)text[i] < 32 || text[i] == 127)
			text[i] = ' ';
	while (length + 4 >= TEXT_BYTES && !str_is_utf8(str_from(text)))
		text[--length] = '\0'; /* perhaps cut within a character */
	for (size_t i = 0; !str_is_utf8(str_from(text)) && i < length; i++)
		if (text[i] & 0x80)
			text[i] = '?';
}

/* The trouble of these words, now the newest one; its count and time are the caller's. */
static struct trouble *newest_of(const char *text)
{
	size_t at = 0;
	while (at < kept.count && strcmp(kept.troubles[at].text, text) != 0)
		at++;
	struct trouble found = {.count = 0};
	if (at < kept.count)
		found = kept.troubles[at];
	else
		memcpy(found.text, text, strlen(text) + 1);
	if (at == kept.count && kept.count == LOG_TROUBLES)
		at = 0; /* the oldest makes room */
	if (at < kept.count) {
		kept.count--;
		memmove(&kept.troubles[at], &kept.troubles[at + 1],
			(kept.count - at) * sizeof(kept.troubles[0]));
	}
	kept.troubles[kept.count] = found;
	return &kept.troubles[kept.count++];
}

size_t log_troubles(struct arena *arena, struct str **lines)
{
	*lines = arena_new_array(arena, struct str, kept.count);
	for (size_t i = 0; i < kept.count; i++) {
		const struct trouble *t = &kept.troubles[kept.count - 1 - i];
		struct str_builder line = {.arena = arena};
		if (t->time[0])
			str_builder_add_format(&line, "%s ", t->time);
		str_builder_add(&line, str_from(t->text));
		if (t->count > 1)
			str_builder_add_format(&line, " (%lld times)", (long long)t->count);
		(*lines)[i] = str_builder_text(&line);
	}
	return kept.count;
}

/* --- in the file ------------------------------------------------------------------------------ */

static bool is_worth_a_line(int64_t count)
{
	while (count % 10 == 0)
		count /= 10;
	return count == 1;
}

static void old_path(char path[PATH_BYTES + 2])
{
	snprintf(path, PATH_BYTES + 2, "%s.1", kept.path);
}

static void make_room(size_t bytes)
{
	char old[PATH_BYTES + 2];
	if (kept.file_bytes + bytes <= LOG_FILE_BYTES)
		return;
	old_path(old);
	if (kept.env->methods->rename(kept.env, kept.path, old, NULL))
		kept.file_bytes = 0;
}

static void write_down(const struct trouble *t)
{
	char line[TIME_CHARS + TEXT_BYTES + 32];
	int length = snprintf(line, sizeof(line), "%-*s %lld %s\n", TIME_CHARS, t->time,
		(long long)t->count, t->text);
	make_room((size_t)length);
	if (kept.file_bytes + (size_t)length > LOG_FILE_BYTES)
		return;
	struct env_file *file = kept.env->methods->open(kept.env, kept.path, ENV_APPEND, NULL);
	if (!file)
		return;
	if (kept.env->methods->write(file, line, (size_t)length, NULL))
		kept.file_bytes += (size_t)length;
	kept.env->methods->close(file);
}

static void read_line_of(struct str line)
{
	char text[TEXT_BYTES];
	int64_t count;
	struct str time = str_trim(str_slice(line, 0, TIME_CHARS));
	struct str_pair rest = str_cut(str_slice(line, TIME_CHARS + 1, line.len), ' ');
	if (!str_is_utf8(line) || !str_to_int(rest.head, &count) || count < 1 ||
		rest.tail.len == 0 || rest.tail.len >= TEXT_BYTES)
		return; /* torn by a power cut */
	memcpy(text, rest.tail.ptr, rest.tail.len);
	text[rest.tail.len] = '\0';
	struct trouble *t = newest_of(text);
	t->count = count;
	memcpy(t->time, time.ptr, time.len);
	t->time[time.len] = '\0';
}

/* Returns the size of the file, more than LOG_FILE_BYTES when it is not one of ours. */
static size_t read_file(const char *path)
{
	struct arena arena = {0};
	struct str text = {0};
	struct error err = {0};
	size_t bytes = 0;
	if (env_read_file(kept.env, &arena, path, LOG_FILE_BYTES, &text, &err))
		bytes = text.len;
	else if (err.code == ERROR_LIMIT)
		bytes = LOG_FILE_BYTES + 1;
	for (struct str_pair rest = {.tail = text, .found = bytes == text.len}; rest.found;) {
		rest = str_cut(rest.tail, '\n');
		if (rest.found) /* the last line may lack its end */
			read_line_of(rest.head);
	}
	arena_finish(&arena);
	return bytes;
}

void log_forget(void)
{
	memset(&kept, 0, sizeof(kept));
}

void log_keep(struct env *env, const char *path)
{
	char old[PATH_BYTES + 2];
	size_t length = strlen(path);
	log_forget();
	if (length >= PATH_BYTES)
		return;
	kept.env = env;
	memcpy(kept.path, path, length + 1);
	old_path(old);
	read_file(old);
	kept.file_bytes = read_file(path);
}

/* --- writing ---------------------------------------------------------------------------------- */

static void keep(char text[TEXT_BYTES])
{
	clean(text);
	struct trouble *t = newest_of(text);
	t->count++;
	t->time[0] = '\0';
	if (!kept.env)
		return;
	time_t now = (time_t)(env_wall_ms(kept.env) / 1000);
	struct tm parts;
	if (gmtime_r(&now, &parts))
		strftime(t->time, sizeof(t->time), "%Y-%m-%d %H:%M", &parts);
	if (is_worth_a_line(t->count))
		write_down(t);
}

void log_info(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

void log_warning(const char *format, ...)
{
	char text[TEXT_BYTES];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	fprintf(stderr, "warning: %s\n", text);
	keep(text);
}

void log_error(const char *what, const struct error *err)
{
	char text[TEXT_BYTES];
	snprintf(text, sizeof(text), "%s: %s (%s)", what, err->message, error_code_name(err->code));
	fprintf(stderr, "error: %s\n", text);
	keep(text);
}
