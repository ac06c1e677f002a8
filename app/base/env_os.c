/* The real machine: POSIX files, the kernel's clocks and random bytes. */
#include "base/env.h"
#include "base/env_clock.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct env_file {
	int fd;
};

static bool refused(struct error *err, const char *verb, const char *path)
{
	enum error_code code = errno == ENOENT                            ? ERROR_NOT_FOUND
			       : errno == ENOSPC || errno == EDQUOT       ? ERROR_DISK_FULL
			       : errno == EROFS || errno == EACCES        ? ERROR_READ_ONLY
			       : errno == EEXIST || errno == ENAMETOOLONG ? ERROR_REFUSED
									  : ERROR_DISK;
	return error_set(err, code, "cannot %s %s: %s", verb, path, strerror(errno));
}

static int64_t os_wall_ms(struct env *env)
{
	(void)env;
	return env_clock_wall_ms();
}

static int64_t os_monotonic_ms(struct env *env)
{
	(void)env;
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static enum clock_quality os_clock_quality(struct env *env)
{
	(void)env;
	return env_clock_os_quality();
}

static void os_sleep_ms(struct env *env, int64_t ms)
{
	(void)env;
	struct timespec left = {ms / 1000, ms % 1000 * 1000000};
	while (ms > 0 && nanosleep(&left, &left) != 0 && errno == EINTR)
		;
}

static void os_random_bytes(struct env *env, void *bytes, size_t count)
{
	(void)env;
	for (size_t done = 0; done < count;) {
		ssize_t got = getrandom((char *)bytes + done, count - done, 0);
		if (got < 0 && errno != EINTR)
			abort(); /* a kernel without randomness is no place to seal secrets */
		if (got > 0)
			done += (size_t)got;
	}
}

static struct env_file *os_open(
	struct env *env, const char *path, enum env_open how, struct error *err)
{
	(void)env;
	static const int flags[] = {
		[ENV_READ] = O_RDONLY,
		[ENV_CREATE] = O_WRONLY | O_CREAT | O_EXCL,
		[ENV_APPEND] = O_WRONLY | O_CREAT | O_APPEND,
	};
	int fd = open(path, flags[how] | O_CLOEXEC, 0600);
	struct stat info;
	if (fd >= 0 && fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
		close(fd);
		fd = -1;
		errno = EISDIR;
	}
	if (fd < 0) {
		refused(err, "open", path);
		return NULL;
	}
	struct env_file *file = malloc(sizeof(*file));
	if (!file)
		abort();
	file->fd = fd;
	return file;
}

static ptrdiff_t os_read(struct env_file *file, void *bytes, size_t count, struct error *err)
{
	ssize_t got;
	do
		got = read(file->fd, bytes, count);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		refused(err, "read", "file");
	return got;
}

static bool os_write(struct env_file *file, const void *bytes, size_t count, struct error *err)
{
	for (size_t done = 0; done < count;) {
		ssize_t put = write(file->fd, (const char *)bytes + done, count - done);
		if (put < 0 && errno != EINTR)
			return refused(err, "write", "file");
		if (put > 0)
			done += (size_t)put;
	}
	return true;
}

static bool os_sync(struct env_file *file, struct error *err)
{
	return fsync(file->fd) == 0 || refused(err, "sync", "file");
}

static void os_close(struct env_file *file)
{
	if (!file)
		return;
	close(file->fd);
	free(file);
}

static bool os_rename(struct env *env, const char *from, const char *to, struct error *err)
{
	(void)env;
	return rename(from, to) == 0 || refused(err, "rename", from);
}

static bool os_remove(struct env *env, const char *path, struct error *err)
{
	(void)env;
	return remove(path) == 0 || refused(err, "remove", path);
}

static bool os_make_directory(struct env *env, const char *path, struct error *err)
{
	(void)env;
	char partial[4096];
	size_t length = strlen(path);
	if (length + 1 > sizeof(partial))
		return error_set(err, ERROR_LIMIT, "the path %.40s... is too long", path);
	memcpy(partial, path, length + 1);
	for (size_t i = 1; i <= length; i++) {
		if (partial[i] != '/' && partial[i] != '\0')
			continue;
		char kept = partial[i];
		partial[i] = '\0';
		if (mkdir(partial, 0700) != 0 && errno != EEXIST)
			return refused(err, "make", partial);
		partial[i] = kept;
	}
	struct stat info;
	if (stat(path, &info) != 0)
		return refused(err, "make", path);
	if (!S_ISDIR(info.st_mode))
		return error_set(err, ERROR_REFUSED, "%s is not a directory", path);
	return true;
}

static bool os_sync_directory(struct env *env, const char *path, struct error *err)
{
	(void)env;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return refused(err, "open", path);
	bool ok = fsync(fd) == 0 || refused(err, "sync", path);
	close(fd);
	return ok;
}

static bool os_exists(struct env *env, const char *path)
{
	(void)env;
	return access(path, F_OK) == 0;
}

static int by_name(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static bool os_list(struct env *env, struct arena *arena, const char *path, struct str **names,
	size_t *count, struct error *err)
{
	(void)env;
	DIR *directory = opendir(path);
	if (!directory)
		return refused(err, "list", path);
	struct str *found = NULL;
	size_t used = 0, room = 0;
	for (struct dirent *entry; (entry = readdir(directory));) {
		struct str name = str_from(entry->d_name);
		if (str_equal(name, STR(".")) || str_equal(name, STR("..")))
			continue;
		if (used == room) {
			room = room ? room * 2 : 16;
			struct str *more = arena_new_array(arena, struct str, room);
			if (used)
				memcpy(more, found, used * sizeof(*more));
			found = more;
		}
		found[used++] = str_copy(arena, name);
	}
	closedir(directory);
	if (used)
		qsort(found, used, sizeof(*found), by_name);
	*names = found;
	*count = used;
	return true;
}

static const struct env_methods methods = {
	.wall_ms = os_wall_ms,
	.monotonic_ms = os_monotonic_ms,
	.clock_quality = os_clock_quality,
	.set_wall_ms = env_clock_set,
	.sleep_ms = os_sleep_ms,
	.random_bytes = os_random_bytes,
	.open = os_open,
	.read = os_read,
	.write = os_write,
	.sync = os_sync,
	.close = os_close,
	.rename = os_rename,
	.remove = os_remove,
	.make_directory = os_make_directory,
	.sync_directory = os_sync_directory,
	.exists = os_exists,
	.list = os_list,
};

struct env *env_os(void)
{
	static struct env os = {.methods = &methods};
	return &os;
}
