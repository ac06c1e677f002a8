/* SDL_WaitEventTimeout() sleeps in the kernel under X11 and Wayland. On the bare console (KMSDRM)
 * SDL 2.26 looks for events every millisecond instead, 900 wake-ups a second. There we sleep
 * ourselves, in poll(), on the input devices that SDL has opened: they are found among our own
 * descriptors in /proc/self/fd, and nothing is read from them here. The sleep ends at least once a
 * second, so that SDL notices a device that was plugged in. */
#include "platform/sdl/wait.h"

#include <dirent.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEVICES_MAX 64
#define SLEEP_MAX_MS 1000

static bool sdl_sleeps(void)
{
	const char *driver = SDL_GetCurrentVideoDriver();
	return driver && (!strcmp(driver, "x11") || !strcmp(driver, "wayland"));
}

static bool is_input_device(const char *fd_name)
{
	static const char prefix[] = "/dev/input/";
	char link[64] = "/proc/self/fd/", target[64] = "";
	size_t len = strlen(link);
	if (strlen(fd_name) >= sizeof(link) - len)
		return false;
	memcpy(link + len, fd_name, strlen(fd_name) + 1);
	return readlink(link, target, sizeof(target) - 1) > 0 &&
	       !strncmp(target, prefix, sizeof(prefix) - 1);
}

static nfds_t input_devices(struct pollfd *devices)
{
	nfds_t count = 0;
	DIR *directory = opendir("/proc/self/fd");
	if (!directory)
		return 0;
	struct dirent *entry;
	while (count < DEVICES_MAX && (entry = readdir(directory))) {
		char *end;
		long fd = strtol(entry->d_name, &end, 10);
		if (*end == '\0' && is_input_device(entry->d_name))
			devices[count++] = (struct pollfd){.fd = (int)fd, .events = POLLIN};
	}
	closedir(directory);
	return count;
}

/* Not SDL_PollEvent(), which says "none" once after each round even where more have come. */
static bool take(SDL_Event *event)
{
	SDL_PumpEvents();
	return SDL_PeepEvents(event, 1, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1;
}

bool wait_for_event(SDL_Event *event, int timeout_ms)
{
	if (timeout_ms > 0 && sdl_sleeps())
		return SDL_WaitEventTimeout(event, timeout_ms);
	if (take(event))
		return true;
	if (timeout_ms <= 0)
		return false;
	struct pollfd devices[DEVICES_MAX];
	nfds_t count = input_devices(devices);
	poll(devices, count, timeout_ms < SLEEP_MAX_MS ? timeout_ms : SLEEP_MAX_MS);
	return take(event);
}
