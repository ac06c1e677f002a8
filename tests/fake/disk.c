/* Every file and every name exists twice: as the program sees it (cached) and as the medium holds
 * it (durable). A sync copies one into the other; a power cut throws the first away. Nothing that
 * was not synced survives, which is harsher than real disks and so finds what they would hide. */
#include "fake/disk.h"

#include "fake/recording.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void *must(void *ptr)
{
	if (!ptr)
		abort();
	return ptr;
}

static void resize(struct disk_bytes *bytes, size_t size)
{
	if (size > bytes->room || !bytes->ptr) {
		bytes->room = size * 2 + 64;
		bytes->ptr = must(realloc(bytes->ptr, bytes->room));
	}
	if (size > bytes->size)
		memset(bytes->ptr + bytes->size, 0, size - bytes->size);
	bytes->size = size;
}

static void copy(struct disk_bytes *to, const struct disk_bytes *from, size_t start, size_t end)
{
	resize(to, from->size);
	if (end > from->size)
		end = from->size;
	if (start < end)
		memcpy(to->ptr + start, from->ptr + start, end - start);
}

static void soil(struct disk_file *file, size_t from, size_t to)
{
	bool clean = file->dirty_from >= file->dirty_to;
	if (clean || from < file->dirty_from)
		file->dirty_from = from;
	if (clean || to > file->dirty_to)
		file->dirty_to = to;
}

void disk_init(struct disk *disk)
{
	*disk = (struct disk){.fail_at = -1, .off_at = -1, .lie_at = -1};
}

void disk_finish(struct disk *disk)
{
	for (struct disk_file *file = disk->files; file;) {
		struct disk_file *next = file->next;
		for (int i = 0; i < DISK_MOST_SHARED; i++)
			free(file->shared[i]);
		free(file->cached.ptr);
		free(file->durable.ptr);
		free(file);
		file = next;
	}
	for (struct disk_name *name = disk->names; name;) {
		struct disk_name *next = name->next;
		free(name);
		name = next;
	}
}

void disk_parent(const char *path, char parent[512])
{
	const char *slash = strrchr(path, '/');
	size_t length = slash == path ? 1 : slash ? (size_t)(slash - path) : 0;
	assert(length < 512);
	memcpy(parent, path, length);
	parent[length] = '\0';
	if (!slash)
		memcpy(parent, ".", 2);
}

bool disk_may_change(struct disk *disk, struct error *err)
{
	int64_t now = disk->operations++;
	if (disk->off_at >= 0 && now >= disk->off_at)
		disk->off = true;
	if (disk->off)
		return error_set(err, ERROR_DISK, "the power is off");
	if (disk->fail_at >= 0 && (disk->fail_once ? now == disk->fail_at : now >= disk->fail_at))
		return error_set(err, disk->fail_code, "the disk fails on purpose");
	return true;
}

static struct disk_name *name_of(struct disk *disk, const char *path)
{
	for (struct disk_name *name = disk->names; name; name = name->next)
		if (strcmp(name->path, path) == 0)
			return name;
	return NULL;
}

struct disk_file *disk_find(struct disk *disk, const char *path)
{
	struct disk_name *name = name_of(disk, path);
	return name && !disk->off ? name->cached : NULL;
}

static struct disk_name *add_name(struct disk *disk, const char *path)
{
	struct disk_name *name = name_of(disk, path);
	if (name)
		return name;
	name = must(calloc(1, sizeof(*name)));
	assert(strlen(path) < sizeof(name->path));
	memcpy(name->path, path, strlen(path) + 1);
	name->next = disk->names;
	disk->names = name;
	return name;
}

static bool is_directory(struct disk *disk, const char *path)
{
	if (strcmp(path, ".") == 0 || strcmp(path, "/") == 0)
		return true;
	struct disk_file *file = disk_find(disk, path);
	return file && file->is_directory;
}

struct disk_file *disk_add_file(struct disk *disk, bool directory)
{
	struct disk_file *file = must(calloc(1, sizeof(*file)));
	file->number = disk->files ? disk->files->number + 1 : 0;
	file->is_directory = directory;
	file->next = disk->files;
	disk->files = file;
	return file;
}

void disk_set_name(struct disk *disk, const char *path, struct disk_file *file)
{
	add_name(disk, path)->cached = file;
}

struct disk_file *disk_create(
	struct disk *disk, const char *path, bool directory, struct error *err)
{
	char parent[512];
	disk_parent(path, parent);
	if (!disk_may_change(disk, err))
		return NULL;
	if (!is_directory(disk, parent)) {
		error_set(err, ERROR_NOT_FOUND, "no directory %s", parent);
		return NULL;
	}
	struct disk_file *file = disk_add_file(disk, directory);
	disk_set_name(disk, path, file);
	recording_add(disk->recording, (struct recording_event){.kind = RECORD_NAME,
					       .file = file->number,
					       .directory = directory,
					       .path = path});
	return file;
}

bool disk_write(struct disk *disk, struct disk_file *file, size_t at, const void *bytes,
	size_t count, struct error *err)
{
	if (!disk_may_change(disk, err))
		return false;
	if (at + count > file->cached.size)
		resize(&file->cached, at + count);
	if (count && disk->operations - 1 == disk->lie_at)
		memset(file->cached.ptr + at, 0, count);
	else if (count)
		memcpy(file->cached.ptr + at, bytes, count);
	soil(file, at, at + count);
	recording_add(disk->recording, (struct recording_event){.kind = RECORD_WRITE,
					       .file = file->number,
					       .at = at,
					       .count = count,
					       .bytes = bytes});
	return true;
}

bool disk_truncate(struct disk *disk, struct disk_file *file, size_t size, struct error *err)
{
	if (!disk_may_change(disk, err))
		return false;
	soil(file, size, file->cached.size);
	resize(&file->cached, size);
	recording_add(disk->recording,
		(struct recording_event){
			.kind = RECORD_TRUNCATE, .file = file->number, .at = size});
	return true;
}

bool disk_sync(struct disk *disk, struct disk_file *file, struct error *err)
{
	if (!disk_may_change(disk, err))
		return false;
	copy(&file->durable, &file->cached, file->dirty_from, file->dirty_to);
	file->dirty_from = file->dirty_to = 0;
	recording_add(disk->recording,
		(struct recording_event){.kind = RECORD_SYNC, .file = file->number});
	return true;
}

bool disk_sync_directory(struct disk *disk, const char *path, struct error *err)
{
	if (!disk_may_change(disk, err))
		return false;
	if (!is_directory(disk, path))
		return error_set(err, ERROR_NOT_FOUND, "no directory %s", path);
	for (struct disk_name *name = disk->names; name; name = name->next) {
		char parent[512];
		disk_parent(name->path, parent);
		if (strcmp(parent, path) == 0)
			name->durable = name->cached;
	}
	recording_add(disk->recording,
		(struct recording_event){.kind = RECORD_SYNC_DIRECTORY, .file = -1, .path = path});
	return true;
}

bool disk_rename(struct disk *disk, const char *from, const char *to, struct error *err)
{
	if (!disk_may_change(disk, err))
		return false;
	struct disk_name *source = name_of(disk, from);
	if (!source || !source->cached)
		return error_set(err, ERROR_NOT_FOUND, "no file %s", from);
	add_name(disk, to)->cached = source->cached;
	recording_add(disk->recording, (struct recording_event){.kind = RECORD_RENAME,
					       .file = source->cached->number,
					       .directory = source->cached->is_directory,
					       .path = to,
					       .from = from});
	source->cached = NULL;
	return true;
}

bool disk_remove(struct disk *disk, const char *path, struct error *err)
{
	if (!disk_may_change(disk, err))
		return false;
	struct disk_name *name = name_of(disk, path);
	if (!name || !name->cached)
		return error_set(err, ERROR_NOT_FOUND, "no file %s", path);
	name->cached = NULL;
	recording_add(disk->recording,
		(struct recording_event){.kind = RECORD_NAME, .file = -1, .path = path});
	return true;
}

/* Forgets what stands in a directory whose own name was lost; says whether there was any. */
static bool forget_orphans(struct disk *disk)
{
	bool found = false;
	for (struct disk_name *name = disk->names; name; name = name->next) {
		char parent[512];
		disk_parent(name->path, parent);
		if (!name->cached || is_directory(disk, parent))
			continue;
		name->cached = name->durable = NULL;
		found = true;
	}
	return found;
}

void disk_power_on(struct disk *disk)
{
	disk->off = false;
	for (struct disk_name *name = disk->names; name; name = name->next)
		name->cached = name->durable;
	while (forget_orphans(disk))
		;
	for (struct disk_file *file = disk->files; file; file = file->next) {
		copy(&file->cached, &file->durable, 0, file->durable.size);
		file->dirty_from = file->dirty_to = 0;
		for (int i = 0; i < DISK_MOST_SHARED; i++) {
			free(file->shared[i]);
			file->shared[i] = NULL;
		}
	}
	disk->off_at = disk->fail_at = -1;
}

void disk_settle(struct disk *disk)
{
	for (struct disk_name *name = disk->names; name; name = name->next)
		name->durable = name->cached;
	for (struct disk_file *file = disk->files; file; file = file->next)
		copy(&file->durable, &file->cached, 0, file->cached.size);
	disk_power_on(disk);
}

static struct disk_file *file_numbered(struct disk *disk, int number)
{
	struct disk_file *file = disk->files;
	while (file->number != number)
		file = file->next;
	return file;
}

void disk_copy(struct disk *to, const struct disk *from)
{
	int count = from->files ? from->files->number + 1 : 0;
	for (int i = 0; i < count; i++)
		disk_add_file(to, false);
	for (const struct disk_file *file = from->files; file; file = file->next) {
		struct disk_file *twin = file_numbered(to, file->number);
		twin->is_directory = file->is_directory;
		copy(&twin->cached, &file->durable, 0, file->durable.size);
	}
	for (const struct disk_name *name = from->names; name; name = name->next)
		if (name->durable)
			disk_set_name(to, name->path, file_numbered(to, name->durable->number));
	disk_settle(to);
}
