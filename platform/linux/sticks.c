/* Reads /proc/self/mounts. Its lines are "device path type options 0 0", in which blanks of a path
 * are written as octal escapes (fstab(5)). */
#include "platform/linux/sticks.h"

#include <mntent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool holds_sticks(const char *path)
{
	static const char *const places[] = {"/media/", "/run/media/", "/mnt/"};
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strncmp(path, places[i], strlen(places[i])) == 0)
			return true;
	return strcmp(path, "/mnt") == 0;
}

static bool is_stick(const struct mntent *mount)
{
	return holds_sticks(mount->mnt_dir) &&
	       (strcmp(mount->mnt_type, "vfat") == 0 || strcmp(mount->mnt_type, "exfat") == 0);
}

static bool find(FILE *mounts, char *path, size_t size)
{
	char buffer[8192];
	struct mntent mount;
	bool found = false;
	while (!found && getmntent_r(mounts, &mount, buffer, (int)sizeof(buffer))) {
		size_t length = strlen(mount.mnt_dir);
		found = is_stick(&mount) && length < size;
		if (found)
			memcpy(path, mount.mnt_dir, length + 1);
	}
	fclose(mounts);
	return found;
}

bool stick_find(char *path, size_t size)
{
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	return mounts && find(mounts, path, size);
}

bool stick_find_in(const char *text, char *path, size_t size)
{
	size_t length = strlen(text);
	FILE *mounts = length ? fmemopen((void *)(size_t)text, length, "r") : NULL;
	return mounts && find(mounts, path, size);
}

uint64_t stick_mark(const char *path)
{
	struct stat found;
	if (stat(path, &found) != 0)
		return 0;
	return ((uint64_t)found.st_dev * 31 + (uint64_t)found.st_ino) * 31 + 1;
}
