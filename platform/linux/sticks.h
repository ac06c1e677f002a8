/* USB sticks as Linux shows them: directories on which a FAT file system was mounted. Mounting them
 * is the system's work (udisks, or a rule of the image). */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The first stick that is mounted under /media, /run/media or /mnt, as a path of at most size - 1
 * bytes. False when none is. */
bool stick_find(char *path, size_t size);
/* What tells a stick at that path from another one that came after it; 0: nothing is there. */
uint64_t stick_mark(const char *path);
/* The same as stick_find() in a text in the form of /proc/self/mounts (fstab(5)). */
bool stick_find_in(const char *mounts, char *path, size_t size);
