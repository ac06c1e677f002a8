/* platform.h's doors to whichever platform stands behind them. */
#include "platform/platform.h"

void platform_next_input(struct platform *platform, int64_t deadline_ms, struct input *input)
{
	platform->methods->next_input(platform, deadline_ms, input);
}

void platform_draw(struct platform *platform, const struct draw_list *list,
	const struct rect *damage, size_t damage_count)
{
	platform->methods->draw(platform, list, damage, damage_count);
}

bool platform_save_picture(struct platform *platform, const char *path, struct error *err)
{
	return platform->methods->save_picture(platform, path, err);
}

void platform_wipe(struct platform *platform)
{
	platform->methods->wipe(platform);
}

void platform_drop_input(struct platform *platform)
{
	if (platform->methods->drop_input)
		platform->methods->drop_input(platform);
}

void platform_destroy(struct platform *platform)
{
	if (platform)
		platform->methods->destroy(platform);
}
