/* An error is a value on the caller's stack: a code for people, a sentence for the log. */
#include "base/error.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const code_names[] = {
	[ERROR_NONE] = "none",
	[ERROR_NOT_FOUND] = "not found",
	[ERROR_DISK] = "disk",
	[ERROR_DISK_FULL] = "disk full",
	[ERROR_READ_ONLY] = "read-only",
	[ERROR_DAMAGED] = "damaged",
	[ERROR_PARSE] = "parse",
	[ERROR_LIMIT] = "limit",
	[ERROR_UNSUPPORTED] = "unsupported",
	[ERROR_REFUSED] = "refused",
	[ERROR_CONFLICT] = "conflict",
	[ERROR_KEY] = "key",
};
static_assert(sizeof(code_names) / sizeof(code_names[0]) == ERROR_CODE_COUNT, "name every code");

bool error_set(struct error *err, enum error_code code, const char *format, ...)
{
	if (!err)
		return false;
	err->code = code;
	va_list args;
	va_start(args, format);
	vsnprintf(err->message, sizeof(err->message), format, args);
	va_end(args);
	return false;
}

bool error_wrap(struct error *err, const char *format, ...)
{
	if (!err)
		return false;
	char context[sizeof(err->message)];
	va_list args;
	va_start(args, format);
	vsnprintf(context, sizeof(context), format, args);
	va_end(args);

	/* The context goes in front; what no longer fits of the cause falls off its end. */
	size_t used = strlen(context), room = sizeof(err->message) - 1;
	if (used + 2 > room)
		used = room - 2;
	size_t kept = strnlen(err->message, room - used - 2);
	memmove(err->message + used + 2, err->message, kept);
	memcpy(err->message, context, used);
	memcpy(err->message + used, ": ", 2);
	err->message[used + 2 + kept] = '\0';
	return false;
}

const char *error_code_name(enum error_code code)
{
	assert(code < ERROR_CODE_COUNT);
	return code_names[code];
}
