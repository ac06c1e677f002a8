/* One page, made afresh each time from what the database says. */
#include "hub/page.h"

#include "crypto/secret.h"
#include "store/device_list.h"
#include "store/hub.h"
#include "store/identity.h"

#define MINUTE_MS ((int64_t)60000)

struct page {
	struct hub *hub;
	struct arena *arena;
	struct str_builder out;
};

void page_add_escaped(struct str_builder *out, struct str text)
{
	static const struct {
		char plain;
		struct str escaped;
	} marks[] = {
		{'&', STR_CONST("&amp;")},
		{'<', STR_CONST("&lt;")},
		{'>', STR_CONST("&gt;")},
		{'"', STR_CONST("&quot;")},
		{'\'', STR_CONST("&#39;")},
	};
	for (size_t i = 0; i < text.len; i++) {
		struct str piece = {text.ptr + i, 1};
		for (size_t m = 0; m < sizeof(marks) / sizeof(marks[0]); m++)
			if (marks[m].plain == text.ptr[i])
				piece = marks[m].escaped;
		str_builder_add(out, piece);
	}
}

static void add(struct page *p, const char *html)
{
	str_builder_add(&p->out, str_from(html));
}

/* "12 minutes ago": the reader's time zone is not known here, and need not be. */
static void add_ago(struct page *p, int64_t wall_ms)
{
	int64_t minutes = (env_wall_ms(p->hub->env) - wall_ms) / MINUTE_MS;
	if (minutes < 1)
		add(p, "just now");
	else if (minutes < 120)
		str_builder_add_format(&p->out, "%lld min ago", (long long)minutes);
	else if (minutes < 48 * 60)
		str_builder_add_format(&p->out, "%lld hours ago", (long long)minutes / 60);
	else
		str_builder_add_format(&p->out, "%lld days ago", (long long)minutes / (24 * 60));
}

static void add_device(struct page *p, const struct listed_device *d)
{
	add(p, "<tr><td>");
	page_add_escaped(&p->out, d->name);
	str_builder_add_format(&p->out, "</td><td><code>%.*s</code></td><td>",
		STR_ARG(secret_to_hex(p->arena, d->id, sizeof(d->id))));
	if (d->seen)
		add_ago(p, d->seen_ms);
	else
		add(p, "not yet");
	str_builder_add_format(&p->out, "</td><td>%lld</td><td>%s</td></tr>\n",
		(long long)d->hub_seq, d->revoked ? "struck off" : "");
}

static bool add_devices(struct page *p, struct error *err)
{
	struct listed_device *list;
	size_t count;
	if (!store_device_list(p->hub->store, p->arena, &list, &count, err))
		return false;
	add(p, "<h2>Devices</h2>\n");
	if (count == 0) {
		add(p, "<p>None yet. Invite one: <code>buurtctl enrol invite STICK --name "
		       "NAME</code></p>\n");
		return true;
	}
	add(p, "<table><tr><th>Name</th><th>Id</th><th>Last brought changes</th>"
	       "<th>Had the log up to</th><th></th></tr>\n");
	for (size_t i = 0; i < count; i++)
		add_device(p, &list[i]);
	add(p, "</table>\n");
	return true;
}

static bool add_notices(struct page *p, struct error *err)
{
	struct notice *list;
	size_t count;
	if (!store_notices(p->hub->store, p->arena, &list, &count, err))
		return false;
	add(p, "<h2>Notices</h2>\n");
	add(p, count ? "<ul>\n" : "<p>None.</p>\n");
	for (size_t i = 0; i < count; i++) {
		str_builder_add_format(&p->out, "<li><code>%.*s</code>: %s, ",
			STR_ARG(secret_to_hex(p->arena, list[i].device, sizeof(list[i].device))),
			notice_text(list[i].kind));
		add_ago(p, list[i].wall_ms);
		add(p, "</li>\n");
	}
	add(p, count ? "</ul>\n" : "");
	return true;
}

static bool add_waiting(struct page *p, struct error *err)
{
	struct hash state;
	int64_t held = store_held_count(p->hub->store, err);
	if (held < 0 || !store_state_hash(p->hub->store, &state, err))
		return false;
	str_builder_add_format(&p->out,
		"<p>The log has %lld changes; its state is <code>%.*s</code>. Frames that wait "
		"for earlier ones: %lld.</p>\n",
		(long long)store_revision(p->hub->store),
		STR_ARG(secret_to_hex(p->arena, state.bytes, sizeof(state.bytes))),
		(long long)held);
	if (store_met_damage(p->hub->store))
		add(p, "<p><strong>The database met damage: restart the hub, and look after its "
		       "disk.</strong></p>\n");
	return true;
}

bool page_status(struct hub *hub, struct arena *arena, struct str *html, struct error *err)
{
	struct page p = {.hub = hub, .arena = arena, .out = {.arena = arena}};
	CLEANUP(identity_wipe) struct identity who;
	if (!store_identity(hub->store, &who, err))
		return false;
	add(&p, "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
		"<meta name=\"viewport\" content=\"width=device-width\"><title>");
	page_add_escaped(&p.out, str_from(who.name));
	add(&p, "</title>\n<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;"
		"padding:0 1rem}td,th{text-align:left;padding:.2rem 1rem .2rem 0}</style></head>\n"
		"<body><h1>");
	page_add_escaped(&p.out, str_from(who.name));
	add(&p, "</h1>\n");
	if (!add_waiting(&p, err) || !add_devices(&p, err) || !add_notices(&p, err))
		return false;
	str_builder_add_format(
		&p.out, "<p><small>buurthub %s</small></p>\n</body></html>\n", BUURTBORD_VERSION);
	*html = str_builder_text(&p.out);
	return true;
}
