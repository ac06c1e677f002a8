/* The disk in memory that the fake env and the fake SQLite VFS share. */
#pragma once
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DISK_MOST_SHARED 64

struct disk_bytes {
	unsigned char *ptr;
	size_t size, room;
};

struct disk_file {
	struct disk_file *next; /* of all files ever made */
	int number; /* from 0, in the order of making */
	struct disk_bytes cached, durable;
	size_t dirty_from, dirty_to; /* of cached: what a sync has to copy */
	bool is_directory;
	void *shared[DISK_MOST_SHARED]; /* SQLite's index of the WAL, which is memory only */
	size_t shared_size[DISK_MOST_SHARED];
};

struct disk_name {
	struct disk_name *next;
	char path[512];
	struct disk_file *cached, *durable; /* NULL: no such name there */
};

struct disk {
	struct disk_file *files;
	struct disk_name *names;
	bool off, fail_once;
	int64_t operations, fail_at, off_at; /* -1: never */
	int64_t lie_at; /* what is written then becomes zeroes, and nobody is told; -1: never */
	enum error_code fail_code;
	struct recording *recording; /* told of every change; NULL: nobody is */
};

void disk_init(struct disk *disk);
void disk_finish(struct disk *disk);
/* Counts a change and says whether it may happen. */
bool disk_may_change(struct disk *disk, struct error *err);
struct disk_file *disk_find(struct disk *disk, const char *path);
/* Makes an empty file; its directory must exist. */
struct disk_file *disk_create(
	struct disk *disk, const char *path, bool directory, struct error *err);
bool disk_write(struct disk *disk, struct disk_file *file, size_t at, const void *bytes,
	size_t count, struct error *err);
bool disk_truncate(struct disk *disk, struct disk_file *file, size_t size, struct error *err);
bool disk_sync(struct disk *disk, struct disk_file *file, struct error *err);
bool disk_sync_directory(struct disk *disk, const char *path, struct error *err);
bool disk_rename(struct disk *disk, const char *from, const char *to, struct error *err);
bool disk_remove(struct disk *disk, const char *path, struct error *err);
void disk_power_on(struct disk *disk);
/* A file without a name, and a name for it; NULL takes the name away. Neither counts as a change
 * nor asks the directory: for who builds a disk by hand. disk_settle() makes all of it durable. */
struct disk_file *disk_add_file(struct disk *disk, bool directory);
void disk_set_name(struct disk *disk, const char *path, struct disk_file *file);
void disk_settle(struct disk *disk);
/* Makes `to`, fresh from disk_init(), what is durable on `from`. */
void disk_copy(struct disk *to, const struct disk *from);
/* The part of a path before its last slash, "." without one. */
void disk_parent(const char *path, char parent[512]);
