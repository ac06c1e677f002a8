/* USB sticks as Linux shows them: directories on which a FAT file system was mounted. Mounting them
 * is the system's work (udisks, or a rule of the image). */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* The first stick that is mounted under /media, /run/media or /mnt, as a path of at most size - 1
 * bytes. False when none is. */
bool stick_find(char *path, size_t size);
/* The same in a text in the form of /proc/self/mounts (fstab(5)). */
bool stick_find_in(const char *mounts, char *path, size_t size);
