/* What every machine shares: files read and replaced as a whole, and random numbers without bias.
 * Beneath lie the methods of the machine at hand. */
#include "base/env.h"

#include <assert.h>
#include <string.h>

int64_t env_wall_ms(struct env *env)
{
	return env->methods->wall_ms(env);
}

int64_t env_monotonic_ms(struct env *env)
{
	return env->methods->monotonic_ms(env);
}

enum clock_quality env_clock_quality(struct env *env)
{
	return env->methods->clock_quality(env);
}

bool env_set_wall_ms(struct env *env, int64_t ms, struct error *err)
{
	if (ms < CLOCK_EARLIEST_MS)
		return error_set(err, ERROR_REFUSED, "the clock cannot be before 2024");
	return env->methods->set_wall_ms(env, ms, err);
}

void env_sleep_ms(struct env *env, int64_t ms)
{
	env->methods->sleep_ms(env, ms);
}

void env_random_bytes(struct env *env, void *bytes, size_t count)
{
	env->methods->random_bytes(env, bytes, count);
}

uint32_t env_random_below(struct env *env, uint32_t limit)
{
	assert(limit > 0);
	uint32_t fair_end = UINT32_MAX - UINT32_MAX % limit;
	uint32_t number;
	do
		env_random_bytes(env, &number, sizeof(number));
	while (number >= fair_end);
	return number % limit;
}

bool env_read_file(struct env *env, struct arena *arena, const char *path, size_t limit_bytes,
	struct str *content, struct error *err)
{
	struct env_file *file = env->methods->open(env, path, ENV_READ, err);
	if (!file)
		return false;
	struct str_builder b = {.arena = arena};
	bool ok = false;
	for (;;) {
		char chunk[16384];
		ptrdiff_t count = env->methods->read(file, chunk, sizeof(chunk), err);
		if (count < 0)
			break;
		if (count == 0) {
			ok = true;
			break;
		}
		if (b.len + (size_t)count > limit_bytes) {
			error_set(
				err, ERROR_LIMIT, "%s is larger than %zu bytes", path, limit_bytes);
			break;
		}
		str_builder_add(&b, (struct str){chunk, (size_t)count});
	}
	env->methods->close(file);
	*content = str_builder_text(&b);
	return ok;
}

static bool write_new_file(struct env *env, const char *path, struct str content, struct error *err)
{
	struct env_file *file = env->methods->open(env, path, ENV_CREATE, err);
	if (!file)
		return false;
	bool ok = env->methods->write(file, content.ptr, content.len, err) &&
		  env->methods->sync(file, err);
	env->methods->close(file);
	return ok;
}

bool env_write_file(struct env *env, const char *path, struct str content, struct error *err)
{
	char beside[4096], directory[4096];
	size_t length = strlen(path);
	if (length + 5 > sizeof(beside))
		return error_set(err, ERROR_LIMIT, "the path %.40s... is too long", path);
	memcpy(beside, path, length);
	memcpy(beside + length, ".new", 5);
	memcpy(directory, path, length + 1);
	char *slash = strrchr(directory, '/');
	if (slash == directory)
		slash++;
	if (slash)
		*slash = '\0';

	if (env_exists(env, beside) && !env_remove(env, beside, err))
		return false;
	if (!write_new_file(env, beside, content, err)) {
		env_remove(env, beside, NULL);
		return false;
	}
	return env->methods->rename(env, beside, path, err) &&
	       env_sync_directory(env, slash ? directory : ".", err);
}

bool env_make_directory(struct env *env, const char *path, struct error *err)
{
	return env->methods->make_directory(env, path, err);
}

bool env_sync_directory(struct env *env, const char *path, struct error *err)
{
	return env->methods->sync_directory(env, path, err);
}

bool env_exists(struct env *env, const char *path)
{
	return env->methods->exists(env, path);
}

bool env_remove(struct env *env, const char *path, struct error *err)
{
	return env->methods->remove(env, path, err);
}

bool env_list(struct env *env, struct arena *arena, const char *path, struct str **names,
	size_t *count, struct error *err)
{
	return env->methods->list(env, arena, path, names, count, err);
}
