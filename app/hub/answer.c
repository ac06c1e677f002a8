/* The table of addresses and what stands behind each. A request sees the database as it is at that
 * moment: buurtctl may change it meanwhile. */
#include "hub/answer.h"

#include "base/json.h"
#include "base/log.h"
#include "crypto/secret.h"
#include "hub/page.h"
#include "store/device_list.h"
#include "store/erasure.h"
#include "store/hub.h"
#include "store/identity.h"
#include "store/sequencer.h"
#include "sync/down.h"
#include "sync/sync_http.h"
#include "sync/up.h"

#include <string.h>

#define HTML "text/html; charset=utf-8"
#define TEXT "text/plain; charset=utf-8"
#define SEQ_MOST ((int64_t)1 << 60)

struct answer answer_status(unsigned status)
{
	static const struct {
		unsigned status;
		struct str text;
	} sentences[] = {
		{400, STR_CONST("This is no request that the hub understands.\n")},
		{404, STR_CONST("There is nothing here.\n")},
		{405, STR_CONST("Not in this way.\n")},
		{411, STR_CONST("Say beforehand how long it is: Content-Length.\n")},
		{413, STR_CONST("This is too large: send it in parts.\n")},
		{503, STR_CONST("Too many at once: come back later.\n")},
	};
	struct answer a = {.status = status,
		.content_type = TEXT,
		.body = STR("The hub could not do this. Its log says why.\n")};
	for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++)
		if (sentences[i].status == status)
			a.body = sentences[i].text;
	return a;
}

static struct answer answer_json(struct arena *arena, unsigned status, const struct json *json)
{
	struct str_builder text = {.arena = arena};
	json_write(&text, json, false);
	str_builder_add_char(&text, '\n');
	return (struct answer){
		.status = status, .content_type = SYNC_HTTP_JSON, .body = str_builder_text(&text)};
}

static void put(struct arena *arena, struct json *object, const char *name, int64_t number)
{
	json_add(arena, object, str_from(name), json_from_integer(number));
}

/* --- up --------------------------------------------------------------------------------------- */

static struct json taken_as_json(struct arena *arena, const struct up_taken *t)
{
	struct json o = {.type = JSON_IS_OBJECT};
	put(arena, &o, "ops", (int64_t)t->ops);
	put(arena, &o, "new", (int64_t)t->fresh);
	put(arena, &o, "boxes", (int64_t)t->boxes);
	put(arena, &o, "devices", (int64_t)t->devices);
	put(arena, &o, "held", (int64_t)t->held);
	put(arena, &o, "foreign", (int64_t)t->foreign);
	put(arena, &o, "refused", (int64_t)t->refused);
	json_add(arena, &o, STR("torn"), json_from_bool(t->torn));
	if (t->why.code != ERROR_NONE)
		json_add(arena, &o, STR("why"),
			json_from_string(str_copy(arena, str_from(t->why.message))));
	return o;
}

static bool take_frames(struct hub *hub, struct arena *arena, const struct request *r,
	struct answer *a, struct error *err)
{
	struct frame_reader reader = frame_reader_of(r->body);
	struct up_taken taken;
	if (!up_read(hub->store, &reader, &taken, err))
		return false;
	bool nothing = taken.torn &&
		       taken.ops + taken.boxes + taken.devices + taken.held + taken.foreign == 0;
	struct json o = taken_as_json(arena, &taken);
	*a = answer_json(arena, nothing ? 400 : 200, &o);
	return true;
}

/* --- down ------------------------------------------------------------------------------------- */

struct bundle {
	struct str_builder bytes;
	bool full; /* ended before the end of the log */
};

/* Frames come whole, so a bundle that is full still ends behind one. */
static bool add_frame(void *context, const void *bytes, size_t count, struct error *err)
{
	struct bundle *b = context;
	b->full = b->bytes.len > 0 && b->bytes.len + count > ANSWER_DOWN_LIMIT_BYTES;
	if (b->full)
		return error_set(err, ERROR_LIMIT, "the bundle is full");
	str_builder_add(&b->bytes, (struct str){bytes, count});
	return true;
}

static bool current_tag(struct hub *hub, struct arena *arena, const char **etag, struct error *err)
{
	struct hub_position here = {.hub_seq = store_revision(hub->store)};
	struct hash erasures;
	if (!store_log_epoch(hub->store, here.epoch, err) ||
		!store_state_hash(hub->store, &here.state, err) ||
		!store_erasure_sum(hub->store, &erasures, err))
		return false;
	*etag = sync_http_tag(arena, &here, &erasures);
	return true;
}

static bool give_down(struct hub *hub, struct arena *arena, const struct request *r,
	struct answer *a, struct error *err)
{
	struct bundle bundle = {.bytes = {.arena = arena}};
	struct sync_sink sink = {add_frame, &bundle};
	int64_t after = 0;
	size_t ops;
	if (r->after &&
		(!str_to_int(str_from(r->after), &after) || after < 0 || after > SEQ_MOST)) {
		*a = answer_status(400);
		return true;
	}
	*a = (struct answer){.status = 200, .content_type = SYNC_HTTP_FRAMES};
	if (!current_tag(hub, arena, &a->etag, err))
		return false;
	if (r->if_none_match && strcmp(r->if_none_match, a->etag) == 0) {
		a->status = 304;
		return true;
	}
	bool ok = down_write(hub->store, &sink, after, &ops, err) || bundle.full;
	a->body = str_builder_text(&bundle.bytes);
	return ok;
}

static bool give_head(struct hub *hub, struct arena *arena, const struct request *r,
	struct answer *a, struct error *err)
{
	(void)r;
	struct bundle bundle = {.bytes = {.arena = arena}};
	struct sync_sink sink = {add_frame, &bundle};
	*a = (struct answer){.status = 200, .content_type = SYNC_HTTP_FRAMES};
	bool ok = current_tag(hub, arena, &a->etag, err) && down_write_head(hub->store, &sink, err);
	a->body = str_builder_text(&bundle.bytes);
	return ok;
}

/* --- looking ---------------------------------------------------------------------------------- */

static bool give_health(struct hub *hub, struct arena *arena, const struct request *r,
	struct answer *a, struct error *err)
{
	(void)r;
	struct json o = {.type = JSON_IS_OBJECT};
	int64_t held = store_held_count(hub->store, err);
	if (held < 0)
		return false;
	json_add(arena, &o, STR("status"),
		json_from_string(store_met_damage(hub->store) ? STR("damaged") : STR("ok")));
	json_add(arena, &o, STR("version"), json_from_string(STR(BUURTBORD_VERSION)));
	put(arena, &o, "hub_seq", store_revision(hub->store));
	put(arena, &o, "held", held);
	*a = answer_json(arena, 200, &o);
	return true;
}

static void put_id(struct arena *arena, struct json *object, const uint8_t id[WRITER_PART_BYTES])
{
	json_add(arena, object, STR("id"),
		json_from_string(secret_to_hex(arena, id, WRITER_PART_BYTES)));
}

static struct json device_as_json(struct arena *arena, const struct listed_device *d)
{
	struct json o = {.type = JSON_IS_OBJECT};
	put_id(arena, &o, d->id);
	json_add(arena, &o, STR("name"), json_from_string(d->name));
	json_add(arena, &o, STR("revoked"), json_from_bool(d->revoked));
	if (d->seen) {
		put(arena, &o, "seen_ms", d->seen_ms);
		put(arena, &o, "hub_seq", d->hub_seq);
	}
	return o;
}

static struct json notice_as_json(struct arena *arena, const struct notice *n)
{
	struct json o = {.type = JSON_IS_OBJECT};
	put_id(arena, &o, n->device);
	put(arena, &o, "wall_ms", n->wall_ms);
	json_add(arena, &o, STR("text"), json_from_string(str_from(notice_text(n->kind))));
	return o;
}

static bool give_devices(struct hub *hub, struct arena *arena, const struct request *r,
	struct answer *a, struct error *err)
{
	(void)r;
	struct listed_device *devices;
	struct notice *notices;
	size_t device_count, notice_count;
	struct json o = {.type = JSON_IS_OBJECT};
	struct json device_list = {.type = JSON_IS_ARRAY}, notice_list = {.type = JSON_IS_ARRAY};
	if (!store_device_list(hub->store, arena, &devices, &device_count, err) ||
		!store_notices(hub->store, arena, &notices, &notice_count, err))
		return false;
	for (size_t i = 0; i < device_count; i++)
		json_append(arena, &device_list, device_as_json(arena, &devices[i]));
	for (size_t i = 0; i < notice_count; i++)
		json_append(arena, &notice_list, notice_as_json(arena, &notices[i]));
	json_add(arena, &o, STR("devices"), device_list);
	json_add(arena, &o, STR("notices"), notice_list);
	*a = answer_json(arena, 200, &o);
	return true;
}

static bool give_page(struct hub *hub, struct arena *arena, const struct request *r,
	struct answer *a, struct error *err)
{
	(void)r;
	*a = (struct answer){.status = 200, .content_type = HTML};
	return page_status(hub, arena, &a->body, err);
}

/* --- the table -------------------------------------------------------------------------------- */

static const struct route {
	struct str method, path;
	size_t body_limit_bytes;
	bool (*run)(struct hub *hub, struct arena *arena, const struct request *r, struct answer *a,
		struct error *err);
} routes[] = {
	{STR_CONST("POST"), STR_CONST("/v1/frames"), ANSWER_BODY_LIMIT_BYTES, take_frames},
	{STR_CONST("GET"), STR_CONST("/v1/down"), 0, give_down},
	{STR_CONST("GET"), STR_CONST("/v1/head"), 0, give_head},
	{STR_CONST("GET"), STR_CONST("/v1/health"), 0, give_health},
	{STR_CONST("GET"), STR_CONST("/v1/devices"), 0, give_devices},
	{STR_CONST("GET"), STR_CONST("/"), 0, give_page},
};

static const struct route *find_path(struct str path)
{
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		if (str_equal(routes[i].path, path))
			return &routes[i];
	return NULL;
}

/* HEAD is GET without the body (RFC 9110 9.3.2): the server leaves it out. */
static bool fits(const struct route *route, struct str method)
{
	return str_equal(route->method, method) ||
	       (str_equal_z(method, "HEAD") && str_equal_z(route->method, "GET"));
}

unsigned answer_find(struct str method, struct str path, size_t *body_limit_bytes)
{
	const struct route *route = find_path(path);
	*body_limit_bytes = route ? route->body_limit_bytes : 0;
	return !route ? 404 : fits(route, method) ? 0 : 405;
}

struct answer answer_request(struct hub *hub, struct arena *arena, const struct request *request)
{
	const struct route *route = find_path(request->path);
	struct answer a;
	struct error err = {0};
	bool changed;
	if (!route)
		return answer_status(404);
	if (!fits(route, request->method)) {
		a = answer_status(405);
		a.allow = str_equal_z(route->method, "GET") ? "GET, HEAD" : "POST";
		return a;
	}
	if (store_refresh(hub->store, &changed, &err) && route->run(hub, arena, request, &a, &err))
		return a;
	log_error("answering", &err);
	return answer_status(500);
}
