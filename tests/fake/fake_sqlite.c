/* A VFS for each machine, that keeps SQLite's files on its disk in memory
 * (sqlite.org/c3ref/vfs.html). One process, so locks are granted unseen, and the WAL's index is
 * plain memory. Unlike SQLite's own, it syncs no directory unless asked: whoever relies on a name
 * must have synced it. */
#include "fake/fake.h"
#include "fake/fake_env.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct vfs_file {
	sqlite3_file base;
	struct disk *disk;
	struct disk_file *file;
	char path[512];
	bool remove_on_close;
};

#define MOST_MACHINES 64

static struct env *machine_of(const sqlite3_vfs *vfs)
{
	return vfs->pAppData;
}

static int result_of(const struct error *err, int otherwise)
{
	return err->code == ERROR_DISK_FULL   ? SQLITE_FULL
	       : err->code == ERROR_READ_ONLY ? SQLITE_READONLY
					      : otherwise;
}

static int vfs_close(sqlite3_file *base)
{
	struct vfs_file *f = (struct vfs_file *)base;
	if (f->remove_on_close)
		disk_remove(f->disk, f->path, NULL);
	return SQLITE_OK;
}

static int vfs_read(sqlite3_file *base, void *bytes, int count, sqlite3_int64 at)
{
	struct vfs_file *f = (struct vfs_file *)base;
	size_t have = f->file->cached.size, from = (size_t)at, wanted = (size_t)count;
	if (f->disk->off)
		return SQLITE_IOERR_READ;
	size_t got = from >= have ? 0 : have - from < wanted ? have - from : wanted;
	if (got)
		memcpy(bytes, f->file->cached.ptr + from, got);
	memset((char *)bytes + got, 0, wanted - got);
	return got == wanted ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int vfs_write(sqlite3_file *base, const void *bytes, int count, sqlite3_int64 at)
{
	struct vfs_file *f = (struct vfs_file *)base;
	struct error err = {0};
	return disk_write(f->disk, f->file, (size_t)at, bytes, (size_t)count, &err)
		       ? SQLITE_OK
		       : result_of(&err, SQLITE_IOERR_WRITE);
}

static int vfs_truncate(sqlite3_file *base, sqlite3_int64 size)
{
	struct vfs_file *f = (struct vfs_file *)base;
	struct error err = {0};
	return disk_truncate(f->disk, f->file, (size_t)size, &err)
		       ? SQLITE_OK
		       : result_of(&err, SQLITE_IOERR_TRUNCATE);
}

static int vfs_sync(sqlite3_file *base, int flags)
{
	struct vfs_file *f = (struct vfs_file *)base;
	struct error err = {0};
	(void)flags;
	return disk_sync(f->disk, f->file, &err) ? SQLITE_OK : result_of(&err, SQLITE_IOERR_FSYNC);
}

static int vfs_file_size(sqlite3_file *base, sqlite3_int64 *size)
{
	struct vfs_file *f = (struct vfs_file *)base;
	*size = (sqlite3_int64)f->file->cached.size;
	return f->disk->off ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int vfs_lock(sqlite3_file *base, int level)
{
	(void)base, (void)level;
	return SQLITE_OK;
}

static int vfs_check_reserved_lock(sqlite3_file *base, int *held)
{
	(void)base;
	*held = 0;
	return SQLITE_OK;
}

static int vfs_file_control(sqlite3_file *base, int operation, void *argument)
{
	(void)base, (void)operation, (void)argument;
	return SQLITE_NOTFOUND;
}

static int vfs_sector_size(sqlite3_file *base)
{
	(void)base;
	return 512;
}

static int vfs_device_characteristics(sqlite3_file *base)
{
	(void)base;
	return 0;
}

static int vfs_shm_map(sqlite3_file *base, int region, int size, int extend, void volatile **memory)
{
	struct disk_file *file = ((struct vfs_file *)base)->file;
	assert(region < DISK_MOST_SHARED);
	if (!file->shared[region] && extend) {
		file->shared[region] = calloc(1, (size_t)size);
		file->shared_size[region] = (size_t)size;
	}
	*memory = file->shared[region];
	return SQLITE_OK;
}

static int vfs_shm_lock(sqlite3_file *base, int offset, int count, int flags)
{
	(void)base, (void)offset, (void)count, (void)flags;
	return SQLITE_OK;
}

static void vfs_shm_barrier(sqlite3_file *base)
{
	(void)base;
}

static int vfs_shm_unmap(sqlite3_file *base, int remove)
{
	struct disk_file *file = ((struct vfs_file *)base)->file;
	for (int i = 0; remove && i < DISK_MOST_SHARED; i++) {
		free(file->shared[i]);
		file->shared[i] = NULL;
	}
	return SQLITE_OK;
}

static const sqlite3_io_methods io_methods = {
	.iVersion = 2,
	.xClose = vfs_close,
	.xRead = vfs_read,
	.xWrite = vfs_write,
	.xTruncate = vfs_truncate,
	.xSync = vfs_sync,
	.xFileSize = vfs_file_size,
	.xLock = vfs_lock,
	.xUnlock = vfs_lock,
	.xCheckReservedLock = vfs_check_reserved_lock,
	.xFileControl = vfs_file_control,
	.xSectorSize = vfs_sector_size,
	.xDeviceCharacteristics = vfs_device_characteristics,
	.xShmMap = vfs_shm_map,
	.xShmLock = vfs_shm_lock,
	.xShmBarrier = vfs_shm_barrier,
	.xShmUnmap = vfs_shm_unmap,
};

static int vfs_open(
	sqlite3_vfs *vfs, const char *path, sqlite3_file *base, int flags, int *flags_out)
{
	struct vfs_file *f = (struct vfs_file *)base;
	struct error err = {0};
	memset(f, 0, sizeof(*f));
	f->disk = fake_disk(machine_of(vfs));
	if (!path || f->disk->off)
		return SQLITE_CANTOPEN;
	f->file = disk_find(f->disk, path);
	if (!f->file && (flags & SQLITE_OPEN_CREATE))
		f->file = disk_create(f->disk, path, false, &err);
	if (!f->file)
		return result_of(&err, SQLITE_CANTOPEN);
	memcpy(f->path, path, strlen(path) + 1);
	f->remove_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
	f->base.pMethods = &io_methods;
	if (flags_out)
		*flags_out = flags;
	return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_directory)
{
	struct disk *disk = fake_disk(machine_of(vfs));
	struct error err = {0};
	char parent[512];
	if (!disk_remove(disk, path, &err))
		return err.code == ERROR_NOT_FOUND ? SQLITE_IOERR_DELETE_NOENT
						   : result_of(&err, SQLITE_IOERR_DELETE);
	disk_parent(path, parent);
	return !sync_directory || disk_sync_directory(disk, parent, &err)
		       ? SQLITE_OK
		       : result_of(&err, SQLITE_IOERR_DIR_FSYNC);
}

static int vfs_access(sqlite3_vfs *vfs, const char *path, int flags, int *yes)
{
	(void)flags;
	*yes = disk_find(fake_disk(machine_of(vfs)), path) != NULL;
	return SQLITE_OK;
}

static int vfs_full_pathname(sqlite3_vfs *vfs, const char *path, int room, char *full)
{
	(void)vfs;
	size_t length = strlen(path);
	if (length >= (size_t)room)
		return SQLITE_CANTOPEN;
	memcpy(full, path, length + 1);
	return SQLITE_OK;
}

static int vfs_randomness(sqlite3_vfs *vfs, int count, char *bytes)
{
	env_random_bytes(machine_of(vfs), bytes, (size_t)count);
	return count;
}

static int vfs_sleep(sqlite3_vfs *vfs, int microseconds)
{
	env_sleep_ms(machine_of(vfs), microseconds / 1000);
	return microseconds;
}

static int vfs_current_time(sqlite3_vfs *vfs, sqlite3_int64 *julian_ms)
{
	*julian_ms =
		env_wall_ms(machine_of(vfs)) + 210866760000000; /* 1970 as a Julian day, in ms */
	return SQLITE_OK;
}

static int vfs_last_error(sqlite3_vfs *vfs, int room, char *text)
{
	(void)vfs, (void)room, (void)text;
	return 0;
}

static const sqlite3_vfs pattern = {
	.iVersion = 2,
	.szOsFile = sizeof(struct vfs_file),
	.mxPathname = 511,
	.xOpen = vfs_open,
	.xDelete = vfs_delete,
	.xAccess = vfs_access,
	.xFullPathname = vfs_full_pathname,
	.xRandomness = vfs_randomness,
	.xSleep = vfs_sleep,
	.xCurrentTimeInt64 = vfs_current_time,
	.xGetLastError = vfs_last_error,
};

/* One for each machine. A connection keeps the one that it was opened through. */
static sqlite3_vfs machines[MOST_MACHINES];
static char names[MOST_MACHINES][24];
static int machine_count;

void fake_sqlite_install(struct env *env)
{
	int i = 0;
	while (i < machine_count && machines[i].pAppData != env)
		i++;
	assert(i < MOST_MACHINES);
	if (i == machine_count) {
		machines[machine_count++] = pattern;
		snprintf(names[i], sizeof(names[i]), "fake %d", i);
		machines[i].zName = names[i];
		machines[i].pAppData = env;
	}
	sqlite3_vfs_register(&machines[i], 1);
}

void fake_sqlite_remove(void)
{
	for (int i = 0; i < machine_count; i++)
		sqlite3_vfs_unregister(&machines[i]);
	machine_count = 0;
}
