/* Who vouches for the kernel's clock? The network, when adjtimex says that it is synchronised; a
 * battery, on any PC (or what the PC is pretended by) and where the first real-time clock agrees
 * with the kernel: that of a Pi 5 without a battery begins in 1970 and does not. Or a person, whose
 * word holds until the machine is started again. Nobody: then the time was continued from the disk
 * and may run behind.
 *
 * A kiosk that is not root cannot set the kernel's clock. What a person says is then kept as the
 * difference with it, in a file with the start of the machine for which it was said. After another
 * start the difference still comes nearer than nothing; once the network has set the clock it is
 * void. */
#include "base/env_clock.h"

#include <errno.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>

#define KEPT_FILE_BYTES 200
#define BOOT_ID_BYTES 64
#define PATH_BYTES 1024
#define AGREES_S ((int64_t)86400) /* an RTC may run in local time */

static struct {
	char path[PATH_BYTES]; /* empty: nothing is kept */
	char boot[BOOT_ID_BYTES]; /* of now */
	int64_t offset_ms;
	bool said, said_this_boot; /* by a person */
} kept;

static int64_t kernel_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_synchronised(void)
{
	struct timex state = {.modes = 0};
	int answer = adjtimex(&state);
	return answer >= 0 && answer != TIME_ERROR;
}

/* A small file of the kernel, without its end of line; empty when it cannot be read. */
static void read_kernel_file(const char *path, char *text, size_t room)
{
	struct arena arena = {.block_bytes = 32768};
	struct str content = {0};
	text[0] = '\0';
	if (env_read_file(env_os(), &arena, path, KEPT_FILE_BYTES, &content, NULL)) {
		content = str_trim(content);
		if (content.len < room) {
			memcpy(text, content.ptr, content.len);
			text[content.len] = '\0';
		}
	}
	arena_finish(&arena);
}

static bool has_battery(void)
{
#if defined(__x86_64__) || defined(__i386__)
	return true;
#else
	char text[BOOT_ID_BYTES];
	int64_t rtc_s;
	read_kernel_file("/sys/class/rtc/rtc0/since_epoch", text, sizeof(text));
	int64_t now_s = kernel_ms() / 1000;
	return str_to_int(str_from(text), &rtc_s) && rtc_s > now_s - AGREES_S &&
	       rtc_s < now_s + AGREES_S;
#endif
}

static void read_boot(void)
{
	if (!kept.boot[0])
		read_kernel_file("/proc/sys/kernel/random/boot_id", kept.boot, sizeof(kept.boot));
}

int64_t env_clock_wall_ms(void)
{
	int64_t now_ms = kernel_ms();
	return kept.offset_ms != 0 && !is_synchronised() ? now_ms + kept.offset_ms : now_ms;
}

enum clock_quality env_clock_os_quality(void)
{
	if (env_clock_wall_ms() < CLOCK_EARLIEST_MS)
		return CLOCK_UNSURE;
	bool sure = kept.said_this_boot || is_synchronised() || has_battery();
	return sure ? CLOCK_SURE : CLOCK_RESTORED;
}

void env_os_keep_clock(const char *path)
{
	struct arena arena = {0};
	struct str text;
	size_t length = strlen(path);
	memset(&kept, 0, sizeof(kept));
	read_boot();
	if (length < PATH_BYTES)
		memcpy(kept.path, path, length + 1);
	if (kept.path[0] && env_read_file(env_os(), &arena, path, KEPT_FILE_BYTES, &text, NULL)) {
		struct str_pair pair = str_cut(str_trim(text), ' ');
		kept.said = pair.found && str_to_int(pair.tail, &kept.offset_ms);
		kept.said_this_boot =
			kept.said && pair.head.len > 0 && str_equal_z(pair.head, kept.boot);
	}
	arena_finish(&arena);
}

static bool keep(int64_t offset_ms, struct error *err)
{
	struct arena arena = {.block_bytes = 1024};
	read_boot();
	kept.offset_ms = offset_ms;
	kept.said = kept.said_this_boot = true;
	struct str text = str_format(&arena, "%s %lld\n", kept.boot, (long long)offset_ms);
	bool ok = !kept.path[0] || env_write_file(env_os(), kept.path, text, err);
	arena_finish(&arena);
	return ok;
}

bool env_clock_set(struct env *env, int64_t wall_ms, struct error *err)
{
	(void)env;
	struct timespec at = {wall_ms / 1000, wall_ms % 1000 * 1000000};
	if (clock_settime(CLOCK_REALTIME, &at) == 0)
		return keep(0, err);
	if (is_synchronised())
		return error_set(err, ERROR_REFUSED, "the network sets this clock");
	return keep(wall_ms - kernel_ms(), err);
}
