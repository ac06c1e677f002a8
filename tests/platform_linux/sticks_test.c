/* Which lines of /proc/self/mounts are a stick. */
#include "platform/linux/sticks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SYSTEM                                                                                     \
	"proc /proc proc rw,nosuid 0 0\n"                                                          \
	"/dev/mmcblk0p1 /boot/firmware vfat rw 0 0\n"                                              \
	"/dev/mmcblk0p2 / ext4 ro 0 0\n"                                                           \
	"/dev/mmcblk0p3 /media/data ext4 rw 0 0\n"

static void only_mounted_fat_is_a_stick(void **state)
{
	(void)state;
	char path[256];
	assert_false(stick_find_in("", path, sizeof(path)));
	assert_false(stick_find_in(SYSTEM, path, sizeof(path)));
	assert_true(stick_find_in(
		SYSTEM "/dev/sda1 /media/buurt/SLEUTEL vfat rw 0 0\n", path, sizeof(path)));
	assert_string_equal(path, "/media/buurt/SLEUTEL");
	assert_true(stick_find_in("/dev/sdb1 /mnt exfat rw 0 0\n", path, sizeof(path)));
	assert_string_equal(path, "/mnt");
	assert_false(stick_find_in("/dev/sdb1 /mntx exfat rw 0 0\n", path, sizeof(path)));
}

static void blanks_are_written_as_escapes(void **state)
{
	(void)state;
	char path[256];
	assert_true(stick_find_in(
		"/dev/sda1 /run/media/mijn\\040stick vfat rw 0 0\n", path, sizeof(path)));
	assert_string_equal(path, "/run/media/mijn stick");
}

static void a_path_that_is_too_long_is_none(void **state)
{
	(void)state;
	char path[16];
	assert_false(
		stick_find_in("/dev/sda1 /media/abcdefghij vfat rw 0 0\n", path, sizeof(path)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_mounted_fat_is_a_stick),
		cmocka_unit_test(blanks_are_written_as_escapes),
		cmocka_unit_test(a_path_that_is_too_long_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
