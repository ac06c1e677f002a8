/* Words for the stages, numbers behind them. A failure is told by the name of its code: what stands
 * in its message is for the log, which the two processes share. */
#include "sync/progress.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define NUMBERS 3

static const char *const names[] = {
	[PROGRESS_CHECK] = "check",
	[PROGRESS_TAKE] = "take",
	[PROGRESS_GIVE] = "give",
	[PROGRESS_PROVE] = "prove",
	[PROGRESS_DONE] = "done",
	[PROGRESS_FAILED] = "failed",
};
static_assert(sizeof(names) / sizeof(names[0]) == PROGRESS_STAGE_COUNT, "each has a name");

void progress_write(const struct progress *p, char line[PROGRESS_LINE_BYTES + 1])
{
	const char *name = names[p->stage];
	if (p->stage == PROGRESS_FAILED)
		snprintf(line, PROGRESS_LINE_BYTES + 1, "%s %s", name, error_code_name(p->why));
	else
		snprintf(line, PROGRESS_LINE_BYTES + 1, "%s %lld %lld %lld", name,
			(long long)p->taken, (long long)p->given, (long long)p->to_give);
}

/* The next word of the line, which it loses; empty at its end. */
static struct str take_word(struct str *line)
{
	const char *blank = line->len ? memchr(line->ptr, ' ', line->len) : NULL;
	size_t length = blank ? (size_t)(blank - line->ptr) : line->len;
	struct str word = {line->ptr, length};
	size_t skipped = blank ? length + 1 : length;
	*line = (struct str){line->ptr + skipped, line->len - skipped};
	return word;
}

static bool read_numbers(struct str line, struct progress *p)
{
	int64_t *const numbers[NUMBERS] = {&p->taken, &p->given, &p->to_give};
	for (size_t i = 0; i < NUMBERS; i++)
		if (!str_to_int(take_word(&line), numbers[i]) || *numbers[i] < 0)
			return false;
	return line.len == 0;
}

static bool read_failure(struct str word, enum error_code *why)
{
	for (int code = ERROR_NONE + 1; code < ERROR_CODE_COUNT; code++)
		if (str_equal(word, str_from(error_code_name((enum error_code)code)))) {
			*why = (enum error_code)code;
			return true;
		}
	return false;
}

bool progress_read(struct str line, struct progress *progress)
{
	struct progress p = {.stage = PROGRESS_CHECK};
	if (line.len > PROGRESS_LINE_BYTES)
		return false;
	struct str rest = line, word = take_word(&rest);
	while (p.stage < PROGRESS_STAGE_COUNT && !str_equal(word, str_from(names[p.stage])))
		p.stage++;
	if (p.stage == PROGRESS_STAGE_COUNT)
		return false;
	char again[PROGRESS_LINE_BYTES + 1];
	bool failed = p.stage == PROGRESS_FAILED;
	if (!(failed ? read_failure(rest, &p.why) : read_numbers(rest, &p)))
		return false;
	progress_write(&p, again); /* one form only */
	if (!str_equal(line, str_from(again)))
		return false;
	*progress = p;
	return true;
}
