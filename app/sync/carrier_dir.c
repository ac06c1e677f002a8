/* The stick. Names sort in the order in which they were made, so "the newest" is the last one of a
 * list, and nobody asks a clock. */
#include "sync/carrier_dir.h"

#include "base/bug.h"
#include "crypto/secret.h"
#include "store/hub.h"
#include "store/member.h"
#include "store/past.h"
#include "store/sequencer.h"
#include "sync/erasing.h"
#include "sync/frame_invitation.h"

#include <stdlib.h>
#include <string.h>

#define KEPT 2 /* files of each kind and maker */
#define ENDING ".bbf"
#define PART ".part"
#define DAY_MS ((int64_t)86400000)

struct carrier {
	struct store *store;
	struct env *env;
	struct arena arena;
	struct author author;
	const char *root; /* of the stick */
	struct str folder; /* of our organisation on it */
	struct carrier_report *report;
	const struct carrier_watch *watch; /* NULL: nobody does */
	struct progress told; /* last */
	size_t taken_before; /* by a kiosk, of the files before this one */
};

static void finish(struct carrier *c)
{
	author_wipe(&c->author);
	arena_finish(&c->arena);
}

static void tell(struct carrier *c, enum progress_stage stage)
{
	if (!c->watch || !c->watch->tell)
		return;
	struct progress now = {.stage = stage,
		.taken = (int64_t)(c->report->up.fresh + c->taken_before + c->report->down.ops),
		.given = (int64_t)(c->report->sent.ops + c->report->given),
		.to_give = c->told.to_give};
	bool same = now.stage == c->told.stage && now.taken == c->told.taken &&
		    now.given == c->told.given;
	if (same && stage != PROGRESS_CHECK)
		return;
	c->told = now;
	c->watch->tell(c->watch->context, &now);
}

static const char *hex_of(struct carrier *c, const uint8_t id[WRITER_PART_BYTES])
{
	return str_z(&c->arena, secret_to_hex(&c->arena, id, WRITER_PART_BYTES));
}

static const char *path_of(struct carrier *c, struct str name)
{
	return str_format(&c->arena, "%.*s/%.*s", STR_ARG(c->folder), STR_ARG(name)).ptr;
}

/* The names that begin so and end in .bbf, in order. */
static bool list(struct carrier *c, struct str folder, struct str prefix, struct str **names,
	size_t *count, struct error *err)
{
	struct str *all;
	size_t all_count;
	*count = 0;
	*names = NULL;
	if (!env_exists(c->env, str_z(&c->arena, folder)))
		return true;
	if (!env_list(c->env, &c->arena, str_z(&c->arena, folder), &all, &all_count, err))
		return false;
	*names = arena_new_array(&c->arena, struct str, all_count);
	for (size_t i = 0; i < all_count; i++)
		if (str_starts_with(all[i], prefix) &&
			(str_ends_with(all[i], STR(ENDING)) || BUG(PART_READ)))
			(*names)[(*count)++] = all[i];
	return true;
}

/* --- writing ---------------------------------------------------------------------------------- */

struct writing {
	struct carrier *carrier;
	struct env *env;
	struct env_file *file;
	struct hasher hasher; /* of what was written, to compare with what stands there */
};

static bool write_on(void *context, const void *bytes, size_t count, struct error *err)
{
	struct writing *w = context;
	hash_add(&w->hasher, bytes, count);
	tell(w->carrier, PROGRESS_GIVE);
	return w->env->methods->write(w->file, bytes, count, err);
}

static ptrdiff_t read_on(void *context, void *bytes, size_t count, struct error *err)
{
	struct writing *w = context;
	return w->env->methods->read(w->file, bytes, count, err);
}

static bool open_for(struct writing *w, struct carrier *c, const char *path, enum env_open how,
	struct error *err)
{
	*w = (struct writing){
		.carrier = c, .env = c->env, .file = c->env->methods->open(c->env, path, how, err)};
	hash_start(&w->hasher, STR(""));
	return w->file != NULL;
}

static bool read_back(
	struct carrier *c, const char *path, const struct hash *expected, struct error *err)
{
	struct writing w;
	char chunk[4096];
	ptrdiff_t count;
	if (!open_for(&w, c, path, ENV_READ, err))
		return false;
	while ((count = read_on(&w, chunk, sizeof(chunk), err)) > 0)
		hash_add(&w.hasher, chunk, (size_t)count);
	c->env->methods->close(w.file);
	struct hash found = hash_finish(&w.hasher);
	return count == 0 && (memcmp(found.bytes, expected->bytes, HASH_BYTES) == 0 ||
				     error_set(err, ERROR_DAMAGED,
					     "what stands on the stick is not what was written"));
}

static bool prove(
	struct carrier *c, const char *path, const struct hash *expected, struct error *err)
{
	tell(c, PROGRESS_PROVE);
	return read_back(c, path, expected, err);
}

/* What fills a file. */
typedef bool (*fill_file)(struct carrier *c, const struct sync_sink *sink, struct error *err);

static bool write_part(struct carrier *c, const char *part, fill_file fill, struct hash *written,
	struct error *err)
{
	struct writing w;
	if (env_exists(c->env, part) && !env_remove(c->env, part, err))
		return false;
	if (!open_for(&w, c, part, ENV_CREATE, err))
		return false;
	struct sync_sink sink = {write_on, &w};
	bool ok = fill(c, &sink, err) && (BUG(FILE_UNSYNCED) || c->env->methods->sync(w.file, err));
	c->env->methods->close(w.file);
	*written = hash_finish(&w.hasher);
	return ok;
}

/* Our folder on the stick, and its name on the way to it: a folder whose own name is lost takes its
 * files with it. */
static bool make_folder(struct carrier *c, struct error *err)
{
	const char *folder = str_z(&c->arena, c->folder);
	/* One that is there may have been left by who was cut off before this. */
	if (!env_exists(c->env, folder) && !env_make_directory(c->env, folder, err))
		return false;
	const char *above = str_format(&c->arena, "%s/" CARRIER_FOLDER, c->root).ptr;
	return BUG(FOLDER_UNSYNCED) ||
	       (env_sync_directory(c->env, c->root, err) && env_sync_directory(c->env, above, err));
}

static bool write_file(struct carrier *c, struct str name, fill_file fill, struct error *err)
{
	const char *path = path_of(c, name);
	const char *part = str_format(&c->arena, "%s" PART, path).ptr;
	const char *folder = str_z(&c->arena, c->folder);
	struct hash written;
	return make_folder(c, err) && write_part(c, part, fill, &written, err) &&
	       c->env->methods->rename(c->env, part, path, err) &&
	       (BUG(NAME_UNSYNCED) || env_sync_directory(c->env, folder, err)) &&
	       (BUG(NO_READ_BACK) || prove(c, path, &written, err));
}

/* Removes all but the newest few. */
static bool prune(struct carrier *c, struct str prefix, size_t kept, struct error *err)
{
	struct str *names;
	size_t count;
	if (!list(c, c->folder, prefix, &names, &count, err))
		return false;
	if (BUG(PRUNE_ALL))
		kept = 0;
	for (size_t i = 0; i + kept < count; i++)
		if (!env_remove(c->env, path_of(c, names[i]), err))
			return false;
	return true;
}

/* "<prefix><digits>.bbf", one higher than the last one. */
static bool next_name(struct carrier *c, struct str prefix, struct str *name, struct error *err)
{
	struct str *names;
	size_t count;
	int64_t number = 0;
	if (!list(c, c->folder, prefix, &names, &count, err))
		return false;
	if (count > 0)
		str_to_int(str_slice(names[count - 1], prefix.len,
				   names[count - 1].len - STR(ENDING).len),
			&number);
	*name = str_format(&c->arena, "%.*s%08lld" ENDING, STR_ARG(prefix), (long long)number + 1);
	return true;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Opens a file of the stick; one that is gone or cannot be read is damaged, not our failure. */
static bool open_incoming(struct carrier *c, struct str name, struct writing *w)
{
	struct error why;
	if (open_for(w, c, path_of(c, name), ENV_READ, &why))
		return true;
	c->report->damaged++;
	return false;
}

/* What came out of the bytes before these is counted by now. */
static ptrdiff_t read_taking(void *context, void *bytes, size_t count, struct error *err)
{
	const struct writing *w = context;
	tell(w->carrier, PROGRESS_TAKE);
	return read_on(context, bytes, count, err);
}

static bool read_up_file(struct carrier *c, struct str name, bool *whole, struct error *err)
{
	struct writing w;
	struct up_taken taken, *all = &c->report->up;
	*whole = false;
	if (!open_incoming(c, name, &w))
		return true;
	struct frame_reader reader = frame_reader_of_stream(read_on, &w);
	bool ok = up_read(c->store, &reader, &taken, err);
	c->env->methods->close(w.file);
	if (!ok)
		return false;
	c->report->files_read++;
	c->report->damaged += taken.torn;
	all->ops += taken.ops;
	all->fresh += taken.fresh;
	all->boxes += taken.boxes;
	all->devices += taken.devices;
	all->erasures += taken.erasures;
	all->held += taken.held;
	all->foreign += taken.foreign;
	if (all->refused == 0)
		all->why = taken.why;
	all->refused += taken.refused;
	tell(c, PROGRESS_TAKE);
	*whole = taken.refused == 0;
	return true;
}

static bool read_down_file(struct carrier *c, struct str name, struct error *err)
{
	struct writing w;
	if (!open_incoming(c, name, &w))
		return true;
	c->taken_before += c->report->down.ops;
	struct frame_reader reader = frame_reader_of_stream(read_taking, &w);
	bool ok = down_read(c->store, &reader, &c->report->down, err);
	c->env->methods->close(w.file);
	c->report->files_read++;
	c->report->damaged += ok && c->report->down.torn;
	return ok;
}

/* Removes a file from the stick that carries details of which nothing may be left. Whoever calls
 * has what else is in it. */
static bool remove_when_due(struct carrier *c, struct str name, struct error *err)
{
	struct writing w;
	bool due;
	if (BUG(ERASED_ON_STICK) || !open_incoming(c, name, &w))
		return true;
	struct frame_reader reader = frame_reader_of_stream(read_on, &w);
	bool ok = erasing_is_due(c->store, &reader, &due, err);
	c->env->methods->close(w.file);
	if (!ok || !due)
		return ok;
	return env_remove(c->env, path_of(c, name), err) &&
	       env_sync_directory(c->env, str_z(&c->arena, c->folder), err);
}

/* --- as a hub --------------------------------------------------------------------------------- */

static bool fill_down(struct carrier *c, const struct sync_sink *sink, struct error *err)
{
	int64_t after;
	return store_least_seen(c->store, &after, err) &&
	       down_write(c->store, sink, after, &c->report->given, err);
}

/* Files that somebody never finished: they count for nothing, and may hold details. */
static bool clear_parts(struct carrier *c, struct error *err)
{
	struct str *names;
	size_t count;
	const char *folder = str_z(&c->arena, c->folder);
	if (!env_exists(c->env, folder) || BUG(PART_READ))
		return true;
	if (!env_list(c->env, &c->arena, folder, &names, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (str_ends_with(names[i], STR(ENDING PART)) &&
			!env_remove(c->env, path_of(c, names[i]), err))
			return false;
	return true;
}

/* What was on the stick is in; ours follows. */
static bool turn_to_writing(struct carrier *c, int64_t to_give, struct error *err)
{
	const struct carrier_watch *watch = c->watch;
	c->told.to_give = to_give;
	tell(c, PROGRESS_GIVE);
	return (!watch || !watch->will_write || watch->will_write(watch->context, err)) &&
	       clear_parts(c, err);
}

/* Bundles of this hub's own that do not lie on this log say what it has lost. */
static bool read_own(struct carrier *c, struct error *err)
{
	struct str *names;
	size_t count;
	bool whole;
	uint8_t epoch[WRITER_PART_BYTES];
	if (!store_log_epoch(c->store, epoch, err) ||
		!list(c, c->folder, STR("down-"), &names, &count, err))
		return false;
	struct str now = str_format(&c->arena, "down-%s-%012lld" ENDING, hex_of(c, epoch),
		(long long)store_revision(c->store));
	size_t prefix = STR("down-").len + 2 * WRITER_PART_BYTES;
	for (size_t i = 0; i < count; i++) {
		bool same = str_starts_with(names[i], str_slice(now, 0, prefix));
		bool beyond = str_compare(names[i], now) > 0;
		if ((!same || beyond) && !read_up_file(c, names[i], &whole, err))
			return false;
	}
	return true;
}

static bool exchange_as_hub(struct carrier *c, struct error *err)
{
	uint8_t epoch[WRITER_PART_BYTES];
	struct str *names;
	size_t count;
	if (!read_own(c, err) || !list(c, c->folder, STR("up-"), &names, &count, err))
		return false;
	bool *whole = arena_new_array(&c->arena, bool, count);
	for (size_t i = 0; i < count; i++)
		if (!read_up_file(c, names[i], &whole[i], err))
			return false;
	bool ok = store_log_epoch(c->store, epoch, err) && turn_to_writing(c, 0, err);
	/* All files first: the last one may say of whom nothing may stay on the stick. */
	for (size_t i = 0; ok && i < count; i++)
		ok = !whole[i] || remove_when_due(c, names[i], err);
	if (!ok)
		return false;
	struct str prefix = str_format(&c->arena, "down-%s-", hex_of(c, epoch));
	struct str name = str_format(&c->arena, "%.*s%012lld" ENDING, STR_ARG(prefix),
		(long long)store_revision(c->store));
	if (env_exists(c->env, path_of(c, name)) && !env_remove(c->env, path_of(c, name), err))
		return false;
	return write_file(c, name, fill_down, err) && prune(c, prefix, KEPT, err);
}

/* --- as a kiosk ------------------------------------------------------------------------------- */

static bool fill_up(struct carrier *c, const struct sync_sink *sink, struct error *err)
{
	return up_write(c->store, sink, &c->report->sent, err);
}

/* What this kiosk left earlier, when the file that it left now has all that matters of it. */
static bool remove_own_due(
	struct carrier *c, struct str prefix, struct str newest, struct error *err)
{
	struct str *names;
	size_t count;
	if (!list(c, c->folder, prefix, &names, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!str_equal(names[i], newest) && !remove_when_due(c, names[i], err))
			return false;
	return true;
}

/* Erasures that the hub may not know of. */
static bool has_news(struct carrier *c, bool *news, struct error *err)
{
	struct hub_position position;
	struct erasure *unheard;
	size_t count;
	if (!store_position(c->store, &position, err) ||
		!store_erasures(c->store, &c->arena, position.epoch, &unheard, &count, err))
		return false;
	*news = count > 0 && !BUG(ERASURES_NOT_SENT);
	return true;
}

static bool leave_up(struct carrier *c, struct error *err)
{
	struct str prefix = str_format(&c->arena, "up-%s-", hex_of(c, c->author.identity.device));
	struct str name;
	bool erasures, owed;
	int64_t pending = store_pending_count(c->store, err);
	if (pending < 0 || !has_news(c, &erasures, err) || !store_head_owed(c->store, &owed, err) ||
		!turn_to_writing(c, pending, err))
		return false;
	static const uint8_t none[IDENTITY_KEY_BYTES];
	bool asks = memcmp(c->author.identity.invitation, none, sizeof(none)) != 0;
	/* The hub's log has everything: so has the hub. */
	if ((pending == 0 || BUG(PRUNE_UNHEARD)) && !asks && !erasures && !owed)
		return prune(c, prefix, 0, err);
	return next_name(c, prefix, &name, err) && write_file(c, name, fill_up, err) &&
	       prune(c, prefix, KEPT, err) && remove_own_due(c, prefix, name, err);
}

/* The files of one epoch, or of all others: another one may have followed ours, which its head
 * says. */
static bool read_down(struct carrier *c, const struct str *names, size_t count, struct str ours,
	bool others, struct error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct down_taken before = c->report->down;
		if (str_starts_with(names[i], ours) == others)
			continue;
		if (!read_down_file(c, names[i], err))
			return false;
		if (others && !c->report->down.followed)
			c->report->down = before;
	}
	return true;
}

static bool exchange_as_member(struct carrier *c, struct error *err)
{
	struct str *names;
	size_t count;
	struct hub_position position;
	if (!store_position(c->store, &position, err))
		return false;
	struct str ours = str_format(&c->arena, "down-%s-", hex_of(c, position.epoch));
	if (!list(c, c->folder, STR("down-"), &names, &count, err) ||
		!read_down(c, names, count, ours, false, err) ||
		!read_down(c, names, count, ours, true, err))
		return false;
	identity_wipe(&c->author.identity);
	return author_of(c->store, &c->author, err) && leave_up(c, err);
}

bool carrier_exchange(struct store *store, const char *directory, struct carrier_report *report,
	struct error *err)
{
	return carrier_exchange_watched(store, directory, NULL, report, err);
}

bool carrier_exchange_watched(struct store *store, const char *directory,
	const struct carrier_watch *watch, struct carrier_report *report, struct error *err)
{
	CLEANUP(finish)
	struct carrier c = {.store = store,
		.env = store_env(store),
		.root = directory,
		.report = report,
		.watch = watch};
	*report = (struct carrier_report){.given = 0};
	tell(&c, PROGRESS_CHECK);
	if (!author_of(store, &c.author, err))
		return false;
	c.folder = str_format(&c.arena, "%s/" CARRIER_FOLDER "/%s", directory,
		hex_of(&c, c.author.identity.organisation));
	return c.author.identity.is_hub ? exchange_as_hub(&c, err) : exchange_as_member(&c, err);
}

/* --- letting in ------------------------------------------------------------------------------- */

struct inviting {
	struct carrier carrier; /* first: fill_invitation() finds the rest behind it */
	struct frame_invitation invitation;
};

static bool fill_invitation(struct carrier *c, const struct sync_sink *sink, struct error *err)
{
	const struct inviting *i = (const struct inviting *)c;
	struct str body;
	return frame_invitation_write(&c->arena, &i->invitation, &body, err) &&
	       author_send(&c->author, &c->arena, FRAME_INVITATION, body, sink, err);
}

static bool invite(struct inviting *i, const char *directory, struct str name, struct uuid place,
	int days, struct error *err)
{
	struct carrier *c = &i->carrier;
	struct frame_invitation *v = &i->invitation;
	struct str file;
	if (!author_of(c->store, &c->author, err))
		return false;
	const struct identity *who = &c->author.identity;
	if (!who->is_hub)
		return error_set(err, ERROR_REFUSED, "only the hub of an organisation can invite");
	c->folder = str_format(
		&c->arena, "%s/" CARRIER_FOLDER "/%s", directory, hex_of(c, who->organisation));
	v->hub_key = c->author.pair.open;
	memcpy(v->hub_device, who->device, sizeof(v->hub_device));
	v->organisation_name = str_from(who->name);
	v->address = str_from(who->address);
	v->until_ms = env_wall_ms(c->env) + days * DAY_MS;
	env_random_bytes(c->env, v->secret, sizeof(v->secret));
	return store_log_epoch(c->store, v->hub_epoch, err) &&
	       store_invite(c->store, v->secret, name, place, v->until_ms, err) &&
	       next_name(c, STR("invite-"), &file, err) &&
	       write_file(c, file, fill_invitation, err);
}

bool carrier_invite(struct store *hub, const char *directory, struct str name, struct uuid place,
	int days, struct error *err)
{
	struct carrier_report unused;
	struct inviting i = {
		.carrier = {
			.store = hub, .env = store_env(hub), .root = directory, .report = &unused}};
	bool ok = invite(&i, directory, name, place, days, err);
	secret_wipe(i.invitation.secret, sizeof(i.invitation.secret));
	finish(&i.carrier);
	return ok;
}

static bool read_invitation(struct carrier *c, struct str name, struct frame_invitation *invitation,
	uint8_t organisation[WRITER_PART_BYTES])
{
	struct writing w;
	struct frame frame;
	struct error why = {0};
	if (!open_incoming(c, name, &w))
		return false;
	struct frame_reader reader = frame_reader_of_stream(read_on, &w);
	bool ok = frame_next(&reader, &c->arena, &frame, &why) == FRAME_WHOLE &&
		  frame.kind == FRAME_INVITATION && frame_invitation_open(&frame, invitation, &why);
	c->env->methods->close(w.file);
	if (ok)
		memcpy(organisation, frame.organisation, WRITER_PART_BYTES);
	return ok;
}

static bool join(struct carrier *c, const struct frame_invitation *v,
	const uint8_t organisation[WRITER_PART_BYTES], struct error *err)
{
	CLEANUP(identity_wipe) struct identity who = {.is_hub = false};
	if (v->organisation_name.len > IDENTITY_NAME_MOST_BYTES ||
		v->address.len > IDENTITY_ADDRESS_MOST_BYTES)
		return error_set(err, ERROR_LIMIT, "the invitation has a name that is too long");
	memcpy(who.organisation, organisation, sizeof(who.organisation));
	memcpy(who.hub_device, v->hub_device, sizeof(who.hub_device));
	memcpy(who.hub_key, v->hub_key.bytes, sizeof(who.hub_key));
	memcpy(who.invitation, v->secret, sizeof(who.invitation));
	memcpy(who.name, v->organisation_name.ptr, v->organisation_name.len);
	memcpy(who.address, v->address.ptr, v->address.len);
	env_random_bytes(c->env, who.sign_seed, sizeof(who.sign_seed));
	return store_become_member(c->store, &who, v->hub_epoch, err);
}

static bool accept_in(struct carrier *c, struct str folder, bool *found,
	char organisation_name[IDENTITY_NAME_MOST_BYTES + 1], struct error *err)
{
	struct str *names;
	size_t count;
	c->folder = folder;
	if (!list(c, folder, STR("invite-"), &names, &count, err))
		return false;
	for (size_t i = count; i > 0; i--) {
		struct frame_invitation v;
		uint8_t organisation[WRITER_PART_BYTES];
		if (!read_invitation(c, names[i - 1], &v, organisation))
			continue;
		*found = true;
		memcpy(organisation_name, v.organisation_name.ptr, v.organisation_name.len);
		organisation_name[v.organisation_name.len] = '\0';
		return join(c, &v, organisation, err);
	}
	return true;
}

static bool folder_invites(struct env *env, struct arena *arena, const char *folder)
{
	struct str *names;
	size_t count;
	if (!env_list(env, arena, folder, &names, &count, NULL))
		return false;
	for (size_t i = 0; i < count; i++)
		if (str_starts_with(names[i], STR("invite-")) &&
			str_ends_with(names[i], STR(ENDING)))
			return true;
	return false;
}

bool carrier_has_invitation(struct env *env, const char *directory)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 4096};
	struct str *folders;
	size_t count;
	bool found = false;
	const char *root = str_format(&arena, "%s/" CARRIER_FOLDER, directory).ptr;
	if (!env_exists(env, root) || !env_list(env, &arena, root, &folders, &count, NULL))
		return false;
	for (size_t i = 0; i < count && !found; i++)
		found = folder_invites(
			env, &arena, str_format(&arena, "%s/%.*s", root, STR_ARG(folders[i])).ptr);
	return found;
}

bool carrier_accept(struct store *store, const char *directory,
	char organisation[IDENTITY_NAME_MOST_BYTES + 1], struct error *err)
{
	struct carrier_report unused = {.given = 0};
	CLEANUP(finish)
	struct carrier c = {
		.store = store, .env = store_env(store), .root = directory, .report = &unused};
	struct str root = str_format(&c.arena, "%s/" CARRIER_FOLDER, directory), *folders = NULL;
	size_t count = 0;
	bool found = false;
	if (env_exists(c.env, root.ptr) &&
		!env_list(c.env, &c.arena, root.ptr, &folders, &count, err))
		return false;
	for (size_t i = 0; i < count && !found; i++) {
		struct str folder =
			str_format(&c.arena, "%.*s/%.*s", STR_ARG(root), STR_ARG(folders[i]));
		if (!accept_in(&c, folder, &found, organisation, err))
			return false;
	}
	return found || error_set(err, ERROR_NOT_FOUND, "there is no invitation on %s", directory);
}
