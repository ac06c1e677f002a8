/* The file bl_power knows two values here: 0 is on, 4 is off (FB_BLANK_POWERDOWN). A light without
 * that file is off at brightness 0. Files of sysfs take a number in one write. */
#include "platform/linux/backlight.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define POWER_ON 0
#define POWER_OFF 4
#define NUMBER_BYTES 32

/* Percent of the most: the eye sees these as even steps. */
static const int percent[BACKLIGHT_STEPS] = {8, 20, 40, 65, 100};

static bool file_path(const char *directory, const char *name, char path[BACKLIGHT_PATH_BYTES])
{
	int length = snprintf(path, BACKLIGHT_PATH_BYTES, "%s/%s", directory, name);
	return length > 0 && length < BACKLIGHT_PATH_BYTES;
}

static bool read_number(const char *directory, const char *name, int *number)
{
	char path[BACKLIGHT_PATH_BYTES], text[NUMBER_BYTES] = "";
	if (!file_path(directory, name, path))
		return false;
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	ssize_t length = read(file, text, sizeof(text) - 1);
	close(file);
	char *end = text;
	long value = length > 0 ? strtol(text, &end, 10) : 0;
	if (end == text || value < 0 || value > 1000000)
		return false;
	*number = (int)value;
	return true;
}

static bool write_number(
	const struct backlight *light, const char *name, int number, struct error *err)
{
	char path[BACKLIGHT_PATH_BYTES], text[NUMBER_BYTES];
	if (!light->path[0])
		return error_set(err, ERROR_NOT_FOUND, "the screen has no light that can be set");
	if (!file_path(light->path, name, path))
		return error_set(err, ERROR_LIMIT, "the path of the screen's light is too long");
	int file = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
	int length = snprintf(text, sizeof(text), "%d", number);
	bool ok = file >= 0 && write(file, text, (size_t)length) == length;
	int why = errno;
	if (file >= 0)
		close(file);
	if (ok)
		return true;
	enum error_code code = why == EACCES || why == EPERM || why == EROFS ? ERROR_READ_ONLY
			       : why == ENOENT                               ? ERROR_NOT_FOUND
									     : ERROR_DISK;
	return error_set(err, code, "%s: %s", path, strerror(why));
}

static bool has_file(const struct backlight *light, const char *name)
{
	char path[BACKLIGHT_PATH_BYTES];
	return file_path(light->path, name, path) && access(path, F_OK) == 0;
}

static int no_dots(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

bool backlight_find(const char *directory, struct backlight *light)
{
	struct dirent **entries;
	*light = (struct backlight){.most = 0};
	int count = scandir(directory, &entries, no_dots, alphasort);
	if (count < 0)
		return false;
	for (int i = 0; i < count; i++) {
		char path[BACKLIGHT_PATH_BYTES];
		int most;
		if (!light->path[0] && file_path(directory, entries[i]->d_name, path) &&
			read_number(path, "max_brightness", &most) && most > 0) {
			memcpy(light->path, path, sizeof(path));
			light->most = most;
		}
		free(entries[i]);
	}
	free(entries);
	return light->path[0] != '\0';
}

bool backlight_set(const struct backlight *light, int step, struct error *err)
{
	assert(step >= 1 && step <= BACKLIGHT_STEPS);
	int value = light->most * percent[step - 1] / 100;
	if (!write_number(light, "brightness", value > 0 ? value : 1, err))
		return false;
	return !has_file(light, "bl_power") || write_number(light, "bl_power", POWER_ON, err);
}

bool backlight_off(const struct backlight *light, struct error *err)
{
	return has_file(light, "bl_power") ? write_number(light, "bl_power", POWER_OFF, err)
					   : write_number(light, "brightness", 0, err);
}
