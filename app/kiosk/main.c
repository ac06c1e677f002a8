/* buurtbord: parses the command line, opens the store, chooses the machine (a window, the bare
 * console, or a script without a display) and lets the kiosk run. */
#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"
#include "formats/format.h"
#include "kiosk/kiosk.h"
#include "kiosk/options.h"
#include "model/clock.h"
#include "platform/script/script.h"
#include "platform/sdl/window.h"
#include "sql/sql.h"
#include "store/board.h"

#define EXIT_REFUSED 1
#define EXIT_USAGE 2
#define TROUBLES_FILE "troubles" /* in the data directory */
#define FILE_LIMIT_BYTES ((size_t)64 << 20)

/* The day of the mock-ups: what a tour shows unless told otherwise, and where the sample's own
 * clock starts once its last meetings are over. Tuesday 1 December 2026, 9.10. */
#define SAMPLE_CLOCK "2026-12-01T09:10:00+01:00"
#define SAMPLE_DAYS_AHEAD 14
/* A tour shows both codes, also where nobody has set where the link leads. A host of 13 letters is
 * what a 7" panel can still show (RFC 2606 keeps the name free). */
#define TOUR_LINK_BASE "https://buurt.example"

struct program {
	struct arena arena;
	struct command_line line;
	struct env *machine, *env;
	struct str assets, data_dir;
	struct settings settings;
	struct store *store;
	struct crashes crashes;
	struct str starts_file;
	struct platform *platform;
	bool temporary_data;
	bool restart; /* start again from the beginning */
};

/* The assets stand beside the program, or, once installed, in ../share/buurtbord. */
static struct str find_assets(struct program *p)
{
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	struct str dir = {self, length > 0 ? (size_t)length : 0};
	while (dir.len > 0 && dir.ptr[dir.len - 1] != '/')
		dir.len--;
	struct str beside = str_format(&p->arena, "%.*sassets", STR_ARG(dir));
	struct str shared = str_format(&p->arena, "%.*s../share/buurtbord", STR_ARG(dir));
	return env_exists(p->machine, beside.ptr) ? beside : shared;
}

static void complain(void *context, const char *message)
{
	log_warning("%s: %s", (const char *)context, message);
}

static bool import_sample(struct program *p, struct error *err)
{
	struct str path =
		str_format(&p->arena, "%.*s/catalogue/buurtlijst.json", STR_ARG(p->assets));
	struct str bytes;
	struct record_list records;
	const struct format *format = format_by_name(STR("buurtlijst"));
	return env_read_file(p->machine, &p->arena, path.ptr, FILE_LIMIT_BYTES, &bytes, err) &&
	       format->read(&p->arena, bytes, &records, err) &&
	       store_apply(p->store, records.items, records.count, 0, NULL, err);
}

static bool is_empty(struct store *store)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct record *records;
	size_t count = 0;
	return !store_records(store, &arena, &records, &count, NULL) || count == 0;
}

/* A card in another board, a board with another card, or a copy of both. */
static bool meet_board(struct program *p, struct error *err)
{
	struct board board;
	enum board_change change;
	board_read(p->machine, "", &board);
	if (!store_meet_board(p->store, &board, &change, err))
		return error_wrap(err, "remembering board and card");
	if (change != BOARD_SAME)
		log_warning("%s", board_change_text(change));
	return true;
}

/* A tour may run where nothing is set up: it then walks on the sample catalogue, in a directory of
 * its own that goes away with it. */
static bool open_store(struct program *p, struct error *err)
{
	if (p->line.tour_dir && !p->line.data_dir) {
		char *dir = arena_alloc(&p->arena, 64);
		snprintf(dir, 64, "/tmp/buurtbord-tour-XXXXXX");
		if (!mkdtemp(dir))
			return error_set(err, ERROR_DISK, "cannot make a directory in /tmp");
		p->data_dir = str_from(dir);
		p->temporary_data = true;
	} else {
		p->data_dir = p->line.data_dir ? str_from(p->line.data_dir)
					       : settings_usual_directory(&p->arena);
	}
	p->starts_file = str_format(&p->arena, "%s/" STORE_STARTS_FILE, p->data_dir.ptr);
	log_keep(p->env, str_format(&p->arena, "%s/" TROUBLES_FILE, p->data_dir.ptr).ptr);
	env_os_keep_clock(str_format(&p->arena, "%s/" ENV_CLOCK_FILE, p->data_dir.ptr).ptr);
	p->store = store_open(p->env, p->data_dir.ptr, err);
	if (!p->store)
		return error_wrap(err, "opening %s", p->data_dir.ptr);
	if (!meet_board(p, err))
		return false;
	crashes_begin(&p->crashes, p->machine, p->starts_file.ptr);
	if (p->line.tour_dir && is_empty(p->store) && !import_sample(p, err))
		return error_wrap(err, "reading the sample catalogue");
	if (!settings_read(p->machine, &p->arena, p->data_dir.ptr, &p->settings, complain,
		    SETTINGS_FILE, err))
		return false;
	if (p->line.tour_dir && p->settings.link_base.len == 0)
		p->settings.link_base = STR(TOUR_LINK_BASE);
	return true;
}

static void remove_temporary_data(struct program *p)
{
	struct str *names;
	size_t count;
	if (!p->temporary_data ||
		!env_list(p->machine, &p->arena, p->data_dir.ptr, &names, &count, NULL))
		return;
	for (size_t i = 0; i < count; i++)
		env_remove(p->machine,
			str_format(&p->arena, "%s/%s", p->data_dir.ptr, names[i].ptr).ptr, NULL);
	env_remove(p->machine, p->data_dir.ptr, NULL);
}

/* A script has a clock that stands still between its events; a window's simulated clock runs. */
static void choose_env(struct program *p)
{
	bool scripted = p->line.tour_dir || p->line.play_file;
	const char *clock = p->line.clock;
	if (!clock && p->line.tour_dir)
		clock = SAMPLE_CLOCK;
	p->env = p->machine;
	if (!scripted && !clock && !p->line.seeded)
		return;
	int64_t start_ms = env_wall_ms(p->machine);
	if (clock)
		clock_parse(str_from(clock), &start_ms);
	p->env = env_simulated_create(p->machine, start_ms, !scripted, p->line.seed);
}

static struct panel choose_panel(const struct program *p, int width_px, int height_px)
{
	double width_mm = p->line.width_mm, height_mm = p->line.height_mm;
	if (width_mm <= 0) {
		width_mm = p->settings.panel_width_mm;
		height_mm = p->settings.panel_height_mm;
	}
	return panel_for(width_px, height_px, width_mm, height_mm);
}

static bool create_script_platform(struct program *p, struct panel *panel, struct error *err)
{
	const char *path = p->line.play_file;
	if (p->line.tour_dir)
		path = str_format(&p->arena, "%.*s/tour/tour.play", STR_ARG(p->assets)).ptr;
	struct str script;
	if (!env_read_file(p->machine, &p->arena, path, 1 << 20, &script, err))
		return false;
	int width_px = p->line.width_px ? p->line.width_px : 1280;
	int height_px = p->line.height_px ? p->line.height_px : 800;
	*panel = choose_panel(p, width_px, height_px);
	struct script_options options = {
		.width_px = width_px,
		.height_px = height_px,
		.px_per_mm = panel->px_per_mm,
		.assets = p->assets.ptr,
		.script = script,
	};
	p->platform = script_platform_create(&options, p->env, err);
	return p->platform || error_wrap(err, "%s", path);
}

static bool create_window(struct program *p, struct panel *panel, struct error *err)
{
	int width_px = p->line.width_px, height_px = p->line.height_px;
	struct panel named =
		choose_panel(p, width_px ? width_px : 1280, height_px ? height_px : 800);
	bool said = p->line.width_mm > 0 || p->settings.panel_width_mm > 0;
	struct sdl_options options = {
		.width_px = width_px,
		.height_px = height_px,
		.full_screen = !p->line.window && width_px == 0,
		.px_per_mm = said ? 0 : named.px_per_mm,
		.panel_width_mm = said ? named.width_mm : 0,
		.assets = p->assets.ptr,
		.title = "Buurtbord",
	};
	p->platform = sdl_platform_create(&options, p->env, err);
	if (!p->platform && str_starts_with(str_from(err->message), STR("no display")))
		return error_set(err, ERROR_NOT_FOUND,
			"there is no display: start on a desktop or a console, or use --tour DIR");
	if (!p->platform)
		return false;
	*panel = choose_panel(p, p->platform->width_px, p->platform->height_px);
	return true;
}

/* Whether the sample has nothing left to show in the next fortnight. */
static bool sample_is_over(struct kiosk *kiosk)
{
	const struct catalogue *c = kiosk->model.catalogue;
	if (!c || !c->sample)
		return false;
	struct date last = date_add_days(kiosk->model.now.date, SAMPLE_DAYS_AHEAD);
	const struct occurrence_list *list = &kiosk->model.upcoming;
	return list->count == 0 || date_compare(list->items[0].start.date, last) > 0;
}

static enum text_step step_of(int percent)
{
	return percent == 170 ? TEXT_170 : percent == 135 ? TEXT_135 : TEXT_100;
}

static void print_stats(const struct program *p, const struct kiosk *kiosk)
{
	const struct platform_counters *c = &p->platform->counters;
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	printf("frames %lld\n", (long long)c->frames);
	printf("pixels_drawn %lld\n", (long long)c->pixels_drawn);
	printf("bytes_copied %lld\n", (long long)c->bytes_copied);
	printf("text_runs_shaped %lld\n", (long long)c->runs_shaped);
	printf("texts_cut %lld\n", (long long)kiosk->texts_cut);
	printf("wake_ups %lld\n", (long long)c->wake_ups);
	printf("statements_run %lld\n", (long long)sql_statements_run());
	printf("cache_bytes %lld\n", (long long)c->cache_bytes);
	printf("peak_memory_bytes %lld\n", (long long)usage.ru_maxrss * 1024);
}

static int run(struct program *p, struct error *err)
{
	struct panel panel;
	const struct language *language = NULL;
	struct str code = p->line.language ? str_from(p->line.language) : p->settings.language;
	if (code.len && !(language = i18n_language(code))) {
		error_set(err, ERROR_PARSE, "--language %.*s: there is nl and en", STR_ARG(code));
		return EXIT_USAGE;
	}
	size_t count;
	if (!language)
		language = i18n_languages(&count);
	bool scripted = p->line.tour_dir || p->line.play_file;
	bool ok = scripted ? create_script_platform(p, &panel, err) : create_window(p, &panel, err);
	if (!ok)
		return EXIT_REFUSED;

	struct kiosk_options options = {
		.panel = panel,
		.language = language,
		.text_step = step_of(p->line.text_percent),
		.theme = p->line.contrast ? THEME_CONTRAST : THEME_NORMAL,
		.motion = !p->crashes.plain,
		.plain = p->crashes.plain,
		.crashes = &p->crashes,
		.scripted = scripted,
		.out_dir = p->line.tour_dir ? p->line.tour_dir : p->line.out_dir,
		.stick_dir = p->line.stick_dir,
		.data_dir = p->data_dir.ptr,
		.backlight_dir = scripted ? NULL : BACKLIGHT_DIRECTORY,
	};
	static struct kiosk kiosk;
	ok = kiosk_init(
		&kiosk, p->env, p->platform, p->store, &p->settings, p->assets.ptr, &options, err);
	if (ok && !p->line.clock && !scripted && sample_is_over(&kiosk)) {
		/* the sample lives on, on a clock that says that it is its own */
		kiosk_finish(&kiosk);
		int64_t start_ms;
		clock_parse(STR(SAMPLE_CLOCK), &start_ms);
		p->env = env_simulated_create(p->machine, start_ms, true, p->line.seed);
		p->platform->env = p->env;
		options.sample_clock = true;
		/* The store must live at that time too, or every meeting is over for it. */
		store_close(p->store);
		p->store = store_open(p->env, p->data_dir.ptr, err);
		ok = p->store && kiosk_init(&kiosk, p->env, p->platform, p->store, &p->settings,
					 p->assets.ptr, &options, err);
	}
	if (!ok)
		return EXIT_REFUSED;
	bool passed = kiosk_run(&kiosk);
	p->restart = kiosk.restart && !scripted;
	if (p->line.stats)
		print_stats(p, &kiosk);
	kiosk_finish(&kiosk);
	if (!passed)
		error_set(err, ERROR_REFUSED, "the script did not get through");
	return passed ? 0 : EXIT_REFUSED;
}

/* A core file would hold what a visitor typed. Root may still look at a living process, as root may
 * at everything. */
static void leave_no_core(void)
{
	const struct rlimit none = {0, 0};
	if (prctl(PR_SET_DUMPABLE, 0) != 0 || setrlimit(RLIMIT_CORE, &none) != 0)
		log_warning("a crash could leave a core file with what a visitor typed");
}

int main(int argc, char **argv)
{
	static struct program p;
	struct error err = {0};
	leave_no_core();
	p.machine = env_os();
	if (!command_line_parse(argc, argv, &p.line, &err)) {
		fprintf(stderr, "buurtbord: %s (see --help)\n", err.message);
		return EXIT_USAGE;
	}
	if (p.line.help || p.line.version) {
		fputs(p.line.help ? command_line_help : "buurtbord " BUURTBORD_VERSION "\n",
			stdout);
		return 0;
	}
	choose_env(&p);
	p.assets = find_assets(&p);
	const char *out = p.line.tour_dir ? p.line.tour_dir : p.line.out_dir;
	int status = EXIT_REFUSED;
	if ((!out || env_make_directory(p.machine, out, &err)) && open_store(&p, &err))
		status = run(&p, &err);
	if (status != 0)
		fprintf(stderr, "buurtbord: %s\n", err.message);
	platform_destroy(p.platform);
	store_close(p.store);
	if (p.crashes.machine)
		crashes_end(&p.crashes);
	log_forget();
	remove_temporary_data(&p);
	if (p.env != p.machine)
		env_simulated_destroy(p.env);
	arena_finish(&p.arena);
	if (p.restart)
		execv("/proc/self/exe", argv); /* comes back only where that fails */
	return status;
}
