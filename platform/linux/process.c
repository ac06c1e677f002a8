/* posix_spawn() and waitpid(), and where programs of ours lie. */
#include "platform/linux/process.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
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

static int spawn(const char *path, char *const argv[], pid_t *process)
{
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	int result = posix_spawn(process, path, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return result;
}

pid_t process_start(const char *name, const char *const arguments[], struct error *err)
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
	int result = spawn(path, argv, &process);
	if (result == 0)
		return process;
	error_set(err, result == ENOENT ? ERROR_NOT_FOUND : ERROR_REFUSED, "%s: %s", path,
		strerror(result));
	return 0;
}

bool process_ended(pid_t process, bool *ok)
{
	int status = 0;
	pid_t ended = waitpid(process, &status, WNOHANG);
	*ok = ended == process && WIFEXITED(status) && WEXITSTATUS(status) == 0;
	return ended == process || (ended < 0 && errno == ECHILD);
}

void process_stop(pid_t process)
{
	kill(process, SIGTERM);
	while (waitpid(process, NULL, 0) < 0 && errno == EINTR)
		;
}
