/* Where SDL has a window surface, that surface is the canvas's back buffer, and showing a frame is
 * handing the damaged rectangles to the display server. SDL would prefer to push even a "software"
 * window through OpenGL, at 74 MB and nine times the CPU, unless SDL_HINT_FRAMEBUFFER_ACCELERATION
 * says 0. KMSDRM has no window surface: there the canvas keeps its own memory and one streaming
 * texture is updated by damage. */
#include "platform/sdl/window.h"

#include "base/log.h"
#include "platform/sdl/canvas.h"
#include "platform/sdl/events.h"
#include "platform/sdl/memory.h"
#include "platform/sdl/wait.h"

#include <SDL.h>
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define WINDOW_WIDTH_PX 1280
#define WINDOW_HEIGHT_PX 800
#define DAMAGE_MAX 64
#define WAIT_MAX_MS (60 * 60 * 1000)

struct window {
	struct canvas_platform base; /* first, see canvas.h */
	SDL_Window *window;
	SDL_Surface *surface; /* the window's, that the canvas draws into; NULL: own memory */
	SDL_Renderer *renderer; /* with texture: where there is no window surface */
	SDL_Texture *texture;
	struct event_reader events;
};

static struct window *window_of(struct platform *platform)
{
	return (struct window *)platform;
}

static void next_input(struct platform *platform, int64_t deadline_ms, struct input *input)
{
	struct window *window = window_of(platform);
	for (;;) {
		int64_t left_ms = deadline_ms - env_monotonic_ms(platform->env);
		left_ms = left_ms < 0 ? 0 : left_ms > WAIT_MAX_MS ? WAIT_MAX_MS : left_ms;
		SDL_Event event;
		int64_t before_ms = env_monotonic_ms(platform->env);
		bool came = wait_for_event(&event, (int)left_ms);
		platform->counters.wake_ups += left_ms > 0;
		bool ours = came && events_translate(&window->events, &event, platform->width_px,
					    platform->height_px, input);
		if (came)
			explicit_bzero(&event, sizeof(event));
		if (ours)
			return;
		if (!came && left_ms > 0 && env_monotonic_ms(platform->env) == before_ms)
			env_sleep_ms(platform->env, left_ms); /* a clock that stands still */
		if (!came && env_monotonic_ms(platform->env) >= deadline_ms) {
			*input = (struct input){.kind = INPUT_NONE};
			return;
		}
	}
}

/* SDL replaces the surface when the window changes. True when the canvas moved to other memory,
 * which holds none of the last frame. */
static bool follow_surface(struct window *window)
{
	struct platform *platform = &window->base.platform;
	if (window->renderer)
		return false;
	SDL_Surface *surface = SDL_GetWindowSurface(window->window);
	if (surface && surface == window->surface)
		return false;
	window->surface = surface;
	bool fits = surface && surface->w == platform->width_px &&
		    surface->h == platform->height_px && surface->pitch % 4 == 0 &&
		    (surface->format->format == SDL_PIXELFORMAT_XRGB8888 ||
			    surface->format->format == SDL_PIXELFORMAT_ARGB8888);
	canvas_draw_into(
		window->base.canvas, fits ? surface->pixels : NULL, fits ? surface->pitch / 4 : 0);
	return true;
}

/* For a surface of another size or format: what the canvas drew, converted by SDL. */
static void copy_to_surface(struct window *window, const SDL_Rect *rects, int count)
{
	struct platform *platform = &window->base.platform;
	int pitch;
	const uint32_t *pixels = canvas_pixels(window->base.canvas, &pitch);
	if (!window->surface || pixels == window->surface->pixels)
		return;
	SDL_Surface *frame = SDL_CreateRGBSurfaceWithFormatFrom((void *)pixels, platform->width_px,
		platform->height_px, 32, pitch * 4, SDL_PIXELFORMAT_XRGB8888);
	for (int i = 0; frame && i < count; i++) {
		SDL_Rect to = rects[i];
		SDL_BlitSurface(frame, &rects[i], window->surface, &to);
	}
	SDL_FreeSurface(frame);
}

static void show_texture(struct window *window, const SDL_Rect *rects, int count)
{
	int pitch;
	const uint32_t *pixels = canvas_pixels(window->base.canvas, &pitch);
	for (int i = 0; i < count; i++)
		SDL_UpdateTexture(window->texture, &rects[i],
			pixels + (ptrdiff_t)rects[i].y * pitch + rects[i].x, pitch * 4);
	SDL_RenderCopy(window->renderer, window->texture, NULL, NULL);
	SDL_RenderPresent(window->renderer);
}

static int clip_damage(const struct platform *platform, const struct rect *damage, size_t count,
	struct rect *clipped, SDL_Rect *rects)
{
	struct rect panel = {0, 0, platform->width_px, platform->height_px};
	int used = 0;
	for (size_t i = 0; i < count; i++) {
		struct rect r = rect_intersect(damage[i], panel);
		if (count > DAMAGE_MAX)
			r = panel;
		if (rect_is_empty(r))
			continue;
		clipped[used] = r;
		rects[used++] = (SDL_Rect){r.x, r.y, r.w, r.h};
		if (count > DAMAGE_MAX)
			break;
	}
	return used;
}

static void draw(struct platform *platform, const struct draw_list *list, const struct rect *damage,
	size_t damage_count)
{
	struct window *window = window_of(platform);
	struct rect panel = {0, 0, platform->width_px, platform->height_px}, clipped[DAMAGE_MAX];
	SDL_Rect rects[DAMAGE_MAX];
	if (follow_surface(window)) {
		damage = &panel;
		damage_count = 1;
	}
	int count = clip_damage(platform, damage, damage_count, clipped, rects);
	canvas_draw(window->base.canvas, list, clipped, (size_t)count);
	if (count == 0)
		return;
	if (window->renderer) {
		show_texture(window, rects, count);
	} else {
		copy_to_surface(window, rects, count);
		SDL_UpdateWindowSurfaceRects(window->window, rects, count);
	}
	for (int i = 0; i < count; i++)
		platform->counters.bytes_copied += (int64_t)rects[i].w * rects[i].h * 4;
}

static bool save_picture(struct platform *platform, const char *path, struct error *err)
{
	return canvas_save(window_of(platform)->base.canvas, path, err);
}

static void wipe(struct platform *platform)
{
	canvas_wipe(window_of(platform)->base.canvas);
	events_wipe(&window_of(platform)->events);
}

static void drop_input(struct platform *platform)
{
	events_drop(&window_of(platform)->events);
}

static void destroy(struct platform *platform)
{
	struct window *window = window_of(platform);
	canvas_destroy(window->base.canvas);
	if (window->texture)
		SDL_DestroyTexture(window->texture);
	if (window->renderer)
		SDL_DestroyRenderer(window->renderer);
	if (window->window)
		SDL_DestroyWindow(window->window);
	SDL_QuitSubSystem(SDL_INIT_VIDEO);
	explicit_bzero(window, sizeof(*window));
	free(window);
}

/* Without a display SDL settles for a driver that shows nothing, which nobody wants unless they
 * said so. */
static bool start_video(struct error *err)
{
	SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
	SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
	SDL_SetMainReady();
	if (SDL_InitSubSystem(SDL_INIT_VIDEO))
		return error_set(err, ERROR_NOT_FOUND, "no display: %s", SDL_GetError());
	const char *driver = SDL_GetCurrentVideoDriver(),
		   *wanted = SDL_GetHint(SDL_HINT_VIDEODRIVER);
	bool blind = !strcmp(driver, "offscreen") || !strcmp(driver, "dummy") ||
		     !strcmp(driver, "evdev");
	if (!blind || (wanted && *wanted))
		return true;
	SDL_QuitSubSystem(SDL_INIT_VIDEO);
	return error_set(err, ERROR_NOT_FOUND, "no display");
}

static bool open_window(struct window *window, const struct sdl_options *options, struct error *err)
{
	struct platform *platform = &window->base.platform;
	int width = options->width_px, height = options->height_px;
	SDL_DisplayMode mode;
	bool whole = options->full_screen;
	if (whole && SDL_GetDesktopDisplayMode(0, &mode) == 0) {
		width = mode.w;
		height = mode.h;
	}
	width = width > 0 ? width : WINDOW_WIDTH_PX;
	height = height > 0 ? height : WINDOW_HEIGHT_PX;
	window->window = SDL_CreateWindow(options->title, SDL_WINDOWPOS_UNDEFINED,
		SDL_WINDOWPOS_UNDEFINED, width, height, whole ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
	if (!window->window)
		return error_set(err, ERROR_NOT_FOUND, "no window: %s", SDL_GetError());
	SDL_GetWindowSize(window->window, &platform->width_px, &platform->height_px);
	if (whole)
		SDL_ShowCursor(SDL_DISABLE);
	return true;
}

/* One texture of the panel's size, drawn by the GPU (or by SDL, where a test asks for it). */
static bool open_texture(struct window *window, struct error *err)
{
	struct platform *platform = &window->base.platform;
	SDL_SetHintWithPriority(SDL_HINT_RENDER_DRIVER, "opengles2", SDL_HINT_DEFAULT);
	window->renderer = SDL_CreateRenderer(window->window, -1, 0);
	if (window->renderer)
		window->texture = SDL_CreateTexture(window->renderer, SDL_PIXELFORMAT_ARGB8888,
			SDL_TEXTUREACCESS_STREAMING, platform->width_px, platform->height_px);
	if (!window->texture)
		return error_set(err, ERROR_NOT_FOUND, "no way to show pixels: %s", SDL_GetError());
	SDL_SetTextureBlendMode(window->texture, SDL_BLENDMODE_NONE);
	return true;
}

static bool open_panel(struct window *window, const struct sdl_options *options, struct error *err)
{
	struct platform *platform = &window->base.platform;
	if (!open_window(window, options, err))
		return false;
	bool console = !strcmp(SDL_GetCurrentVideoDriver(), "KMSDRM");
	bool surface = !console && !options->by_texture && SDL_GetWindowSurface(window->window);
	if (!surface && !open_texture(window, err))
		return false;
	double px_per_mm = options->px_per_mm > 0 ? options->px_per_mm
						  : platform->width_px / options->panel_width_mm;
	window->base.canvas = canvas_create(platform, px_per_mm, options->assets, err);
	if (!window->base.canvas)
		return false;
	follow_surface(window);
	log_info("panel %dx%d by %s, %s", platform->width_px, platform->height_px,
		SDL_GetCurrentVideoDriver(), surface ? "window surface" : "texture");
	return true;
}

struct platform *sdl_platform_create(
	const struct sdl_options *options, struct env *env, struct error *err)
{
	static const struct platform_methods methods = {
		.next_input = next_input,
		.draw = draw,
		.save_picture = save_picture,
		.wipe = wipe,
		.drop_input = drop_input,
		.destroy = destroy,
	};
	assert(options->px_per_mm > 0 || options->panel_width_mm > 0);
	if (!start_video(err))
		return NULL;
	struct window *window = memory_alloc(sizeof(*window));
	*window = (struct window){.base.platform = {.methods = &methods, .env = env}};
	if (open_panel(window, options, err))
		return &window->base.platform;
	destroy(&window->base.platform);
	return NULL;
}
