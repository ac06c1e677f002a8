/* Lines carry no time of their own: the journal that catches stderr adds it, and a replay on a
 * simulated clock then prints the same bytes twice. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>

static void write_line(const char *level, const char *format, va_list args)
{
	fprintf(stderr, "%s", level);
	vfprintf(stderr, format, args);
	fputc('\n', stderr);
}

void log_info(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	write_line("", format, args);
	va_end(args);
}

void log_warning(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	write_line("warning: ", format, args);
	va_end(args);
}

void log_error(const char *what, const struct error *err)
{
	fprintf(stderr, "error: %s: %s (%s)\n", what, err->message, error_code_name(err->code));
}
