/* The troubles of the machine, for who has no journal to look in: when, and in a sentence. The log
 * is English and says more; what begins in a way that is known here is said in the host's language,
 * and anything else as it stands there. */
#include "screens/door.h"

#include "screens/frames.h"

#include "i18n/say.h"

/* The first that fits. */
static const struct kind {
	const char *begins, *message;
} kinds[] = {
	{"the database was damaged", MESSAGE("trouble-repaired")},
	{"the database is damaged", MESSAGE("trouble-damaged")},
	{"the program crashed", MESSAGE("trouble-crashed")},
	{"started plain", MESSAGE("trouble-plain")},
	{"the clock cannot be right", MESSAGE("trouble-clock")},
	{"setting the clock", MESSAGE("trouble-set-clock")},
	{"the last of the 24 months", MESSAGE("trouble-keys")},
	{"sign-ups wait", MESSAGE("trouble-collect")},
	{"saving a sign-up", MESSAGE("trouble-save")},
	{"cancelling a sign-up", MESSAGE("trouble-cancel")},
	{"the stick", MESSAGE("trouble-stick")},
	{"opening the call list", MESSAGE("trouble-calls")},
	{"erasing what has expired", MESSAGE("trouble-erase")},
	{"catalogue: ", MESSAGE("trouble-catalogue")},
	{"reading the catalogue", MESSAGE("trouble-read")},
	{"reading ", MESSAGE("trouble-read")},
	{"counting ", MESSAGE("trouble-read")},
	{"looking for ", MESSAGE("trouble-read")},
	{"searching", MESSAGE("trouble-read")},
	{"keeping ", MESSAGE("trouble-write")},
	{"following ", MESSAGE("trouble-write")},
	{"noting ", MESSAGE("trouble-write")},
	{"repairing ", MESSAGE("trouble-write")},
	{"lighting the screen", MESSAGE("trouble-light")},
	{"putting the screen off", MESSAGE("trouble-light")},
	{"buurtbord.conf: ", MESSAGE("trouble-settings")},
	{"the link base", MESSAGE("trouble-settings")},
	{"a visitor's words could", MESSAGE("trouble-install")},
	{"a call list could", MESSAGE("trouble-install")},
	{"a crash could leave", MESSAGE("trouble-install")},
};

static struct str say_trouble(
	const struct model *model, struct arena *arena, const struct door_trouble *trouble)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_starts_with(trouble->text, str_from(kinds[i].begins)))
			return tr(model->i18n, arena, kinds[i].message, NULL, 0);
	return trouble->text;
}

static struct str say_trouble_time(
	const struct model *model, struct arena *arena, const struct door_trouble *trouble)
{
	struct str parts[2];
	size_t count = 0;
	if (trouble->dated)
		parts[count++] = say_moment_short(model->i18n, arena, trouble->when);
	if (trouble->count > 1)
		parts[count++] =
			TR_COUNT(model->i18n, arena, "trouble-times", "count", (int)trouble->count);
	return str_join(arena, parts, count, STR(" · "));
}

struct action troubles_frame(void *state, const struct model *model, struct ui *ui)
{
	(void)state;
	struct arena *arena = ui_arena(ui);
	const struct door_model *door = model->door;
	struct host_row *rows = arena_new_array(arena, struct host_row, door->trouble_count + 1);
	size_t count = 0;
	for (size_t i = 0; i < door->trouble_count; i++)
		rows[count++] = (struct host_row){.kind = ROW_TEXT,
			.title = say_trouble(model, arena, &door->troubles[i]),
			.body = say_trouble_time(model, arena, &door->troubles[i])};
	if (count == 0)
		rows[count++] = (struct host_row){
			.kind = ROW_TEXT, .title = TR(model->i18n, arena, "door-no-troubles")};
	host_page_frame(model, ui,
		&(struct host_page){.list_id = STR("troubles/list"),
			.title = TR(model->i18n, arena, "door-troubles"),
			.rows = rows,
			.count = count});
	return (struct action){.kind = ACTION_NONE};
}
