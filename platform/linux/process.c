/* posix_spawn() and waitpid(), where programs of ours lie, and a pipe from one of them, cut into
 * lines. */
#include "platform/linux/process.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_ARGUMENTS 16

/* The program's own folder, and that name in it. */
static bool beside(const char *name, char path[PATH_MAX])
{
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - 1);
	size_t room = strlen(name) + 1;
	while (length > 0 && path[length - 1] != '/')
		length--;
	if (length <= 0 || (size_t)length + room > PATH_MAX)
		return false;
	memcpy(path + length, name, room);
	return true;
}

/* out: what its stdout becomes; -1: nothing that anybody reads. */
static int spawn(const char *path, char *const argv[], int out, pid_t *process)
{
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (out < 0)
		posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	else
		posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	int result = posix_spawn(process, path, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return result;
}

static pid_t start(const char *name, const char *const arguments[], int out, struct error *err)
{
	char path[PATH_MAX], *argv[MOST_ARGUMENTS + 2] = {path};
	pid_t process = 0;
	if (!beside(name, path)) {
		error_set(err, ERROR_NOT_FOUND, "where the programs are is not known");
		return 0;
	}
	for (int i = 0; arguments[i]; i++) {
		assert(i < MOST_ARGUMENTS);
		memcpy(&argv[i + 1], &arguments[i], sizeof(argv[0])); /* it only reads them */
	}
	int result = spawn(path, argv, out, &process);
	if (result == 0)
		return process;
	error_set(err, result == ENOENT ? ERROR_NOT_FOUND : ERROR_REFUSED, "%s: %s", path,
		strerror(result));
	return 0;
}

pid_t process_start(const char *name, const char *const arguments[], struct error *err)
{
	return start(name, arguments, -1, err);
}

/* --- hearing it ------------------------------------------------------------------------------- */

pid_t process_start_and_hear(const char *name, const char *const arguments[],
	struct process_lines *lines, struct error *err)
{
	int ends[2];
	*lines = (struct process_lines){.descriptor = -1};
	if (pipe2(ends, O_CLOEXEC) != 0) {
		error_set(err, ERROR_REFUSED, "a pipe: %s", strerror(errno));
		return 0;
	}
	pid_t process = start(name, arguments, ends[1], err);
	close(ends[1]);
	lines->descriptor = ends[0];
	if (!process)
		process_hear_no_more(lines);
	return process;
}

/* A line that is whole in the buffer, or all of it where no line is as long. */
static bool take_line(struct process_lines *l, char line[PROCESS_LINE_BYTES + 1])
{
	const char *from = l->buffer + l->given;
	size_t there = l->filled - l->given;
	const char *end = there ? memchr(from, '\n', there) : NULL;
	if (!end && there < PROCESS_LINE_BYTES && !(l->ended && there > 0))
		return false;
	size_t length = end ? (size_t)(end - from) : there;
	memcpy(line, from, length);
	line[length] = '\0';
	l->given += length + (end ? 1 : 0);
	return true;
}

static bool is_readable(int descriptor, int wait_ms)
{
	struct pollfd wanted = {.fd = descriptor, .events = POLLIN};
	return poll(&wanted, 1, wait_ms) > 0;
}

static void read_more(struct process_lines *l)
{
	memmove(l->buffer, l->buffer + l->given, l->filled - l->given);
	l->filled -= l->given;
	l->given = 0;
	ssize_t count = read(l->descriptor, l->buffer + l->filled, sizeof(l->buffer) - l->filled);
	if (count > 0)
		l->filled += (size_t)count;
	else if (count == 0 || errno != EINTR)
		l->ended = true;
}

enum process_heard process_next_line(
	struct process_lines *lines, int wait_ms, char line[PROCESS_LINE_BYTES + 1])
{
	while (!take_line(lines, line)) {
		if (lines->ended || lines->descriptor < 0)
			return PROCESS_SAID_ALL;
		if (!is_readable(lines->descriptor, wait_ms))
			return PROCESS_NOTHING_YET;
		read_more(lines);
	}
	return PROCESS_LINE;
}

void process_hear_no_more(struct process_lines *lines)
{
	if (lines->descriptor >= 0)
		close(lines->descriptor);
	lines->descriptor = -1;
}

/* --- its end ---------------------------------------------------------------------------------- */

bool process_ended(pid_t process, bool *ok)
{
	int status = 0;
	pid_t ended = waitpid(process, &status, WNOHANG);
	*ok = ended == process && WIFEXITED(status) && WEXITSTATUS(status) == 0;
	return ended == process || (ended < 0 && errno == ECHILD);
}

bool process_wait(pid_t process)
{
	int status = 0;
	pid_t ended;
	do
		ended = waitpid(process, &status, 0);
	while (ended < 0 && errno == EINTR);
	return ended == process && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void process_interrupt(pid_t process)
{
	kill(process, SIGTERM);
}

void process_stop(pid_t process)
{
	kill(process, SIGTERM);
	process_wait(process);
}
