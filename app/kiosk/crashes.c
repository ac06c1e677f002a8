/* The file of starts: lines "BOOT MILLISECONDS full" or "... plain", the oldest first. A crash is
 * not seen when it happens but at the start after it, so that is the moment it counts for: the
 * crash of the first line happened, as far as we know, at the second. Lines of another start of the
 * machine tell of a power cut and are forgotten. */
#include "kiosk/crashes.h"

#include "base/log.h"

#include <string.h>

#define FILE_LIMIT_BYTES 4096
#define MOST_STARTS 8
#define BOOT_FILE "/proc/sys/kernel/random/boot_id"
#define BOOT_LIMIT_BYTES 200

struct starts {
	struct str boot; /* of now */
	int64_t ms[MOST_STARTS + 1];
	bool plain[MOST_STARTS + 1];
	size_t count;
};

static struct str read_boot(struct env *machine, struct arena *arena)
{
	struct str boot = {0};
	if (!env_read_file(machine, arena, BOOT_FILE, BOOT_LIMIT_BYTES, &boot, NULL) ||
		str_trim(boot).len == 0)
		return STR("-");
	return str_trim(boot);
}

static void add_start(struct starts *starts, int64_t ms, bool plain)
{
	if (starts->count == MOST_STARTS) {
		starts->count--;
		memmove(starts->ms, starts->ms + 1, starts->count * sizeof(starts->ms[0]));
		memmove(starts->plain, starts->plain + 1, starts->count * sizeof(starts->plain[0]));
	}
	starts->ms[starts->count] = ms;
	starts->plain[starts->count++] = plain;
}

static struct starts read_starts(struct crashes *crashes, struct arena *arena)
{
	struct starts starts = {.boot = read_boot(crashes->machine, arena)};
	struct str text = {0};
	if (!env_read_file(crashes->machine, arena, crashes->path, FILE_LIMIT_BYTES, &text, NULL))
		return starts;
	for (struct str_pair rest = {.tail = text, .found = true}; rest.found;) {
		rest = str_cut(rest.tail, '\n');
		struct str_pair boot = str_cut(rest.head, ' ');
		struct str_pair ms = str_cut(boot.tail, ' ');
		int64_t number;
		if (str_equal(boot.head, starts.boot) && str_to_int(ms.head, &number))
			add_start(&starts, number, str_equal_z(ms.tail, "plain"));
	}
	return starts;
}

static void write_starts(
	const struct crashes *crashes, struct arena *arena, const struct starts *starts)
{
	struct error err;
	struct str_builder text = {.arena = arena};
	for (size_t i = 0; i < starts->count; i++)
		str_builder_add_format(&text, "%.*s %lld %s\n", STR_ARG(starts->boot),
			(long long)starts->ms[i], starts->plain[i] ? "plain" : "full");
	if (!env_write_file(crashes->machine, crashes->path, str_builder_text(&text), &err))
		log_error("noting this start", &err);
}

/* The crash of the line before last counts for the last line, and that of the last for now. */
static bool too_many(const struct starts *starts, int64_t now_ms)
{
	size_t count = starts->count;
	return count >= CRASHES_TOO_MANY &&
	       now_ms - starts->ms[count - (CRASHES_TOO_MANY - 1)] <= CRASHES_WITHIN_MS;
}

void crashes_begin(struct crashes *crashes, struct env *machine, const char *path)
{
	struct arena arena = {.block_bytes = 16384};
	*crashes = (struct crashes){
		.machine = machine,
		.path = path,
		.started_ms = env_monotonic_ms(machine),
	};
	struct starts starts = read_starts(crashes, &arena);
	if (starts.count > 0)
		log_warning("the program crashed, and started again");
	bool again = starts.count > 0 && starts.plain[starts.count - 1];
	crashes->plain = again || too_many(&starts, crashes->started_ms);
	if (crashes->plain)
		log_warning("started plain, without pictures and motion: %d crashes in %d minutes",
			CRASHES_TOO_MANY, CRASHES_WITHIN_MS / 60000);
	add_start(&starts, crashes->started_ms, crashes->plain);
	write_starts(crashes, &arena, &starts);
	arena_finish(&arena);
}

void crashes_look(struct crashes *crashes)
{
	if (crashes->well ||
		env_monotonic_ms(crashes->machine) - crashes->started_ms < CRASHES_WELL_MS)
		return;
	struct arena arena = {.block_bytes = 16384};
	struct starts starts = {.boot = read_boot(crashes->machine, &arena)};
	crashes->well = true;
	add_start(&starts, crashes->started_ms, false);
	write_starts(crashes, &arena, &starts);
	arena_finish(&arena);
}

void crashes_end(struct crashes *crashes)
{
	struct error err;
	if (env_exists(crashes->machine, crashes->path) &&
		!env_remove(crashes->machine, crashes->path, &err))
		log_error("noting a good end", &err);
}
