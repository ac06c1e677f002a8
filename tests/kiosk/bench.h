/* A whole kiosk in memory for tests: the sample catalogue, a clock that stands still (Tuesday 1
 * December 2026, eleven in the morning), and a disk that fails when it is told to. */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake/fake.h"
#include "formats/format.h"
#include "kiosk/kiosk.h"
#include "platform/script/script.h"

#define BENCH_CATALOGUE_LIMIT_BYTES ((size_t)4 << 20)

struct bench {
	struct env *env;
	struct env_methods methods;
	struct platform *platform;
	struct store *store;
	struct kiosk kiosk;
};

static inline void bench_check(bool ok, const struct error *err)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", err->message);
	abort();
}

static inline void bench_import(struct store *store)
{
	CLEANUP(arena_finish) struct arena arena = {0};
	struct error err = {0};
	struct str bytes;
	struct record_list records;
	const struct format *format = format_by_name(STR("buurtlijst"));
	bench_check(env_read_file(env_os(), &arena, "assets/catalogue/buurtlijst.json",
			    BENCH_CATALOGUE_LIMIT_BYTES, &bytes, &err) &&
			    format->read(&arena, bytes, &records, &err) &&
			    store_apply(store, records.items, records.count, 0, NULL, &err),
		&err);
}

/* Fonts and pictures are on the real disk; time, randomness and the database stay the fake's. */
static inline void bench_read_real_files(struct bench *b)
{
	const struct env_methods *real = env_os()->methods, *fake = b->env->methods;
	b->methods = *real;
	b->methods.wall_ms = fake->wall_ms;
	b->methods.monotonic_ms = fake->monotonic_ms;
	b->methods.clock_quality = fake->clock_quality;
	b->methods.set_wall_ms = fake->set_wall_ms;
	b->methods.sleep_ms = fake->sleep_ms;
	b->methods.random_bytes = fake->random_bytes;
	b->env->methods = &b->methods;
}

static inline struct bench *bench_start_on(int width_px, int height_px)
{
	struct bench *b = calloc(1, sizeof(*b));
	if (!b)
		abort();
	struct error err = {0};
	const char *build = getenv("BUILD");
	char assets[4096];
	snprintf(assets, sizeof(assets), "%s/assets", build ? build : "build");
	b->env = fake_create(7);
	fake_sqlite_install(b->env);
	b->store = store_open(b->env, "data", &err);
	bench_check(b->store, &err);
	bench_import(b->store);
	bench_read_real_files(b);
	struct panel panel = panel_for(width_px, height_px, 0, 0);
	struct script_options machine = {.width_px = width_px,
		.height_px = height_px,
		.px_per_mm = panel.px_per_mm,
		.assets = assets,
		.script = STR("")};
	b->platform = script_platform_create(&machine, b->env, &err);
	bench_check(b->platform, &err);
	size_t count;
	struct settings settings = settings_default();
	settings.link_base = STR("https://buurt.example");
	struct kiosk_options options = {
		.panel = panel,
		.language = i18n_languages(&count),
	};
	bench_check(kiosk_init(&b->kiosk, b->env, b->platform, b->store, &settings, assets,
			    &options, &err),
		&err);
	return b;
}

static inline struct bench *bench_start(void)
{
	return bench_start_on(1280, 800);
}

static inline void bench_stop(struct bench *b)
{
	kiosk_finish(&b->kiosk);
	platform_destroy(b->platform);
	store_close(b->store);
	fake_sqlite_remove();
	fake_destroy(b->env);
	free(b);
}

static inline enum screen_name bench_top(const struct bench *b)
{
	return b->kiosk.stack[b->kiosk.depth].name;
}

static inline void bench_do(struct bench *b, struct action action)
{
	kiosk_apply(&b->kiosk, &action);
}

static inline void bench_kind(struct bench *b, enum action_kind kind)
{
	bench_do(b, (struct action){.kind = kind});
}

static inline void bench_go(struct bench *b, enum screen_name screen)
{
	bench_do(b, (struct action){.kind = ACTION_GO, .screen = screen});
}

static inline void bench_type(struct bench *b, enum action_kind kind, const char *text)
{
	bench_do(b, (struct action){.kind = kind, .typing = TYPE_INSERT, .text = str_from(text)});
}

/* Opens the page of the first initiative of that name. */
static inline const struct initiative *bench_open(struct bench *b, const char *name)
{
	const struct catalogue *c = b->kiosk.model.catalogue;
	for (size_t i = 0; i < c->initiative_count; i++) {
		if (!str_equal_z(c->initiatives[i].name, name))
			continue;
		bench_do(b, (struct action){
				    .kind = ACTION_OPEN_INITIATIVE, .id = c->initiatives[i].id});
		return &c->initiatives[i];
	}
	fprintf(stderr, "the sample has no %s\n", name);
	abort();
}

/* The number-th date of the initiative of the visit, from 0, that is still to come. */
static inline const struct occurrence *bench_date(const struct bench *b, int number)
{
	const struct model *model = &b->kiosk.model;
	for (size_t i = 0; i < model->upcoming.count; i++) {
		const struct occurrence *o = &model->upcoming.items[i];
		bool comes = uuid_equal(o->schedule->initiative->id, b->kiosk.visit->initiative) &&
			     date_compare(o->start.date, model->now.date) > 0 && !o->cancelled;
		if (comes && number-- == 0)
			return o;
	}
	abort();
}

static inline void bench_choose(struct bench *b, const struct occurrence *o)
{
	bench_do(b, (struct action){.kind = ACTION_SET_OCCURRENCE,
			    .schedule = o->schedule->id,
			    .rule_start = o->rule_start});
}

static inline bool bench_holds(const void *memory, size_t size, const char *needle)
{
	return memmem(memory, size, needle, strlen(needle)) != NULL;
}
