/* The env over the disk in memory. Its methods are as short as they look: a test that fails here
 * should be about the code under test. */
#include "fake/fake.h"

#include "fake/disk.h"
#include "fake/fake_env.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct env_file {
	struct disk *disk;
	struct disk_file *file;
	size_t at;
};

struct disk *fake_disk(struct env *env)
{
	return &((struct fake *)env)->disk;
}

/* The disk that a path is on. */
static struct disk *disk_at(struct env *env, const char *path)
{
	struct fake *fake = (struct fake *)env;
	size_t length = fake->mount ? strlen(fake->mount) : 0;
	bool plugged = length && strncmp(path, fake->mount, length) == 0 &&
		       (path[length] == '\0' || path[length] == '/');
	return plugged ? fake->stick : &fake->disk;
}

static int64_t fake_wall_ms(struct env *env)
{
	return ((struct fake *)env)->wall_ms;
}

static int64_t fake_monotonic_ms(struct env *env)
{
	return ((struct fake *)env)->monotonic_ms;
}

static enum clock_quality fake_quality(struct env *env)
{
	return ((struct fake *)env)->quality;
}

static bool fake_set_wall_ms(struct env *env, int64_t ms, struct error *err)
{
	(void)err;
	fake_set_clock(env, ms, CLOCK_SURE);
	return true;
}

static void fake_sleep_ms(struct env *env, int64_t ms)
{
	((struct fake *)env)->wall_ms += ms;
	((struct fake *)env)->monotonic_ms += ms;
}

static void fake_random_bytes(struct env *env, void *bytes, size_t count)
{
	uint64_t *state = &((struct fake *)env)->random_state;
	for (size_t i = 0; i < count; i++) {
		*state = *state * 6364136223846793005u + 1442695040888963407u;
		((unsigned char *)bytes)[i] = (unsigned char)(*state >> 56);
	}
}

static struct env_file *fake_open(
	struct env *env, const char *path, enum env_open how, struct error *err)
{
	struct disk *disk = disk_at(env, path);
	struct disk_file *file = disk_find(disk, path);
	if (file && how == ENV_CREATE) {
		error_set(err, ERROR_REFUSED, "%s exists", path);
		return NULL;
	}
	if (!file && how == ENV_READ) {
		error_set(err, disk->off ? ERROR_DISK : ERROR_NOT_FOUND, "no file %s", path);
		return NULL;
	}
	if (!file && !(file = disk_create(disk, path, false, err)))
		return NULL;
	struct env_file *open = calloc(1, sizeof(*open));
	if (!open)
		abort();
	*open = (struct env_file){disk, file, how == ENV_APPEND ? file->cached.size : 0};
	return open;
}

static ptrdiff_t fake_read(struct env_file *open, void *bytes, size_t count, struct error *err)
{
	if (open->disk->off) {
		error_set(err, ERROR_DISK, "the power is off");
		return -1;
	}
	size_t left = open->file->cached.size - open->at;
	if (count > left)
		count = left;
	if (count)
		memcpy(bytes, open->file->cached.ptr + open->at, count);
	open->at += count;
	return (ptrdiff_t)count;
}

static bool fake_write(struct env_file *open, const void *bytes, size_t count, struct error *err)
{
	if (!disk_write(open->disk, open->file, open->at, bytes, count, err))
		return false;
	open->at += count;
	return true;
}

static bool fake_sync(struct env_file *open, struct error *err)
{
	return disk_sync(open->disk, open->file, err);
}

static void fake_close(struct env_file *open)
{
	free(open);
}

static bool fake_rename(struct env *env, const char *from, const char *to, struct error *err)
{
	return disk_rename(disk_at(env, from), from, to, err);
}

static bool fake_remove(struct env *env, const char *path, struct error *err)
{
	return disk_remove(disk_at(env, path), path, err);
}

static bool fake_make_directory(struct env *env, const char *path, struct error *err)
{
	char parent[512];
	if (disk_find(disk_at(env, path), path) || strcmp(path, ".") == 0 || strcmp(path, "/") == 0)
		return true;
	disk_parent(path, parent);
	return fake_make_directory(env, parent, err) &&
	       disk_create(disk_at(env, path), path, true, err) != NULL;
}

static bool fake_sync_directory(struct env *env, const char *path, struct error *err)
{
	return disk_sync_directory(disk_at(env, path), path, err);
}

static bool fake_exists(struct env *env, const char *path)
{
	return disk_find(disk_at(env, path), path) != NULL;
}

static int by_name(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static bool fake_list(struct env *env, struct arena *arena, const char *path, struct str **names,
	size_t *count, struct error *err)
{
	struct disk *disk = disk_at(env, path);
	size_t used = 0, room = 0;
	if (disk->off)
		return error_set(err, ERROR_DISK, "no power");
	for (struct disk_name *name = disk->names; name; name = name->next)
		room++;
	*names = arena_new_array(arena, struct str, room + 1);
	for (struct disk_name *name = disk->names; name; name = name->next) {
		char parent[512];
		disk_parent(name->path, parent);
		const char *slash = strrchr(name->path, '/');
		if (name->cached && strcmp(parent, path) == 0)
			(*names)[used++] =
				str_copy(arena, str_from(slash ? slash + 1 : name->path));
	}
	qsort(*names, used, sizeof(struct str), by_name);
	*count = used;
	return true;
}

static const struct env_methods methods = {
	.wall_ms = fake_wall_ms,
	.monotonic_ms = fake_monotonic_ms,
	.clock_quality = fake_quality,
	.set_wall_ms = fake_set_wall_ms,
	.sleep_ms = fake_sleep_ms,
	.random_bytes = fake_random_bytes,
	.open = fake_open,
	.read = fake_read,
	.write = fake_write,
	.sync = fake_sync,
	.close = fake_close,
	.rename = fake_rename,
	.remove = fake_remove,
	.make_directory = fake_make_directory,
	.sync_directory = fake_sync_directory,
	.exists = fake_exists,
	.list = fake_list,
};

struct env *fake_create(uint64_t seed)
{
	struct fake *fake = calloc(1, sizeof(*fake));
	if (!fake)
		abort();
	fake->env.methods = &methods;
	fake->wall_ms = 1796119200000; /* 2026-12-01T10:00:00Z */
	fake->quality = CLOCK_SURE;
	fake->random_state = seed;
	disk_init(&fake->disk);
	return &fake->env;
}

void fake_destroy(struct env *env)
{
	disk_finish(fake_disk(env));
	free(env);
}

struct env *fake_copy(struct env *from, uint64_t seed)
{
	struct env *copy = fake_create(seed);
	disk_copy(fake_disk(copy), fake_disk(from));
	fake_set_clock(copy, fake_wall_ms(from), fake_quality(from));
	return copy;
}

void fake_plug(struct env *env, const char *path, struct env *stick)
{
	struct fake *fake = (struct fake *)env;
	fake->mount = path;
	fake->stick = fake_disk(stick);
	if (!fake->stick->off && !disk_find(fake->stick, path))
		disk_set_name(fake->stick, path, disk_add_file(fake->stick, true));
}

void fake_unplug(struct env *env)
{
	((struct fake *)env)->mount = NULL;
}

void fake_set_seed(struct env *env, uint64_t seed)
{
	((struct fake *)env)->random_state = seed;
}

void fake_set_clock(struct env *env, int64_t wall_ms, enum clock_quality quality)
{
	((struct fake *)env)->wall_ms = wall_ms;
	((struct fake *)env)->quality = quality;
}

void fake_power_off(struct env *env)
{
	fake_disk(env)->off = true;
}

void fake_power_on(struct env *env)
{
	disk_power_on(fake_disk(env));
}

void fake_fail_after(struct env *env, int64_t operations, enum error_code code)
{
	struct disk *disk = fake_disk(env);
	disk->fail_code = code;
	disk->fail_at = code == ERROR_NONE ? -1 : disk->operations + operations;
	disk->fail_once = false;
}

void fake_fail_once(struct env *env, int64_t operations, enum error_code code)
{
	fake_fail_after(env, operations, code);
	fake_disk(env)->fail_once = true;
}

void fake_power_off_after(struct env *env, int64_t operations)
{
	fake_disk(env)->off_at = fake_disk(env)->operations + operations;
}

int64_t fake_operations(struct env *env)
{
	return fake_disk(env)->operations;
}
