/* One handle of libcurl for an exchange: requests follow each other on one connection. A request
 * either gives the answer that was asked for, of the type that was asked for, or fails. */
#include "sync/carrier_http.h"

#include "base/json.h"
#include "store/erasure.h"
#include "store/member.h"
#include "store/past.h"
#include "sync/sync_http.h"

#include <curl/curl.h>
#include <string.h>

#define PIN_MARK "#sha256//"
#define UP_ANSWER_LIMIT_BYTES ((size_t)64 << 10)
#define ROUNDS_MOST 1000 /* answers of one exchange: a hub that never ends is none */
#define AGENT "buurtbord/" BUURTBORD_VERSION

struct line {
	struct store *store;
	struct arena arena; /* of the whole exchange: the address */
	struct arena request; /* of one request */
	CURL *curl;
	const char *base; /* the address, without its pin or a slash at its end */
	const char *pin; /* "sha256//...", NULL: none */
	struct carrier_http_report *report;
	struct str_builder out; /* frames that wait to be sent */
	struct arena out_arena;
};

static void finish(struct line *l)
{
	curl_easy_cleanup(l->curl);
	arena_finish(&l->arena);
	arena_finish(&l->request);
	arena_finish(&l->out_arena);
}

void carrier_http_begin(void)
{
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

void carrier_http_end(void)
{
	curl_global_cleanup();
}

/* --- the address ------------------------------------------------------------------------------ */

static bool is_plain(struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] <= ' ' || text.ptr[i] > '~' || text.ptr[i] == '@' ||
			text.ptr[i] == '?' || text.ptr[i] == '#' || text.ptr[i] == '\\')
			return false;
	return true;
}

static bool take_address(struct line *l, struct str address, struct error *err)
{
	ptrdiff_t mark = str_find(address, STR(PIN_MARK));
	struct str base = mark < 0 ? address : str_slice(address, 0, (size_t)mark);
	bool https = str_starts_with(base, STR("https://"));
	struct str scheme = https ? STR("https://") : STR("http://");
	while (base.len > scheme.len && base.ptr[base.len - 1] == '/')
		base.len--;
	if (!str_starts_with(base, scheme) || base.len == scheme.len || !is_plain(base))
		return error_set(err, ERROR_PARSE,
			"the hub's address is like https://hub.example, not %.*s",
			STR_ARG(address));
	if (mark >= 0 && !https)
		return error_set(err, ERROR_PARSE, "a pinned key needs an address with https://");
	l->base = str_z(&l->arena, base);
	l->pin = mark < 0 ? NULL
			  : str_z(&l->arena, str_slice(address, (size_t)mark + 1, address.len));
	return true;
}

/* --- one request ------------------------------------------------------------------------------ */

struct exchange {
	struct str_builder body;
	size_t limit_bytes;
	bool too_large;
	long status;
	const char *type; /* of the answer, "": none */
};

static size_t on_body(char *bytes, size_t size, size_t count, void *context)
{
	struct exchange *x = context;
	size_t more = size * count;
	x->too_large = more > x->limit_bytes - x->body.len;
	if (x->too_large)
		return 0;
	str_builder_add(&x->body, (struct str){bytes, more});
	return more;
}

static void set_limits(struct line *l, struct exchange *x)
{
	CURL *c = l->curl;
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_USERAGENT, AGENT);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L); /* a hub does not send on; a login does */
	curl_easy_setopt(c, CURLOPT_HTTP_TRANSFER_DECODING, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, CARRIER_HTTP_CONNECT_MS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, CARRIER_HTTP_REQUEST_MS);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, CARRIER_HTTP_SLOW_BYTES);
	curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, CARRIER_HTTP_SLOW_S);
	curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (l->pin) { /* who holds that key is the hub, whoever signed its certificate */
		curl_easy_setopt(c, CURLOPT_PINNEDPUBLICKEY, l->pin);
		curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 0L);
		curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 0L);
	}
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, x);
}

static bool explain(
	const struct line *l, const struct exchange *x, CURLcode code, struct error *err)
{
	switch (code) {
	case CURLE_WRITE_ERROR:
		if (x->too_large)
			return error_set(err, ERROR_LIMIT, "%s answers with more than %zu bytes",
				l->base, x->limit_bytes);
		break;
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_INVALIDCERTSTATUS:
		return error_set(err, ERROR_KEY, "whoever answers at %s cannot prove to be the hub",
			l->base);
	default:
		break;
	}
	return error_set(err, ERROR_NOT_FOUND, "%s: %s", l->base, curl_easy_strerror(code));
}

/* Whether the answer is of that type; what stands behind a semicolon does not count. */
static bool is_type(const struct exchange *x, const char *type)
{
	return str_equal_z(str_trim(str_cut(str_from(x->type), ';').head), type);
}

static bool judge(
	const struct line *l, const struct exchange *x, const char *type, struct error *err)
{
	if (x->status == 304)
		return true;
	if (x->status == 429 || x->status == 503)
		return error_set(
			err, ERROR_LIMIT, "the hub at %s is busy (%ld)", l->base, x->status);
	if (x->status >= 500)
		return error_set(err, ERROR_NOT_FOUND, "the hub at %s is not well (%ld)", l->base,
			x->status);
	bool fits = is_type(x, type) &&
		    (x->status == 200 ||
			    (x->status == 400 && str_equal_z(str_from(type), SYNC_HTTP_JSON)));
	return fits || error_set(err, ERROR_REFUSED,
			       "what answers at %s is no hub (%ld, \"%.60s\"): does the network "
			       "want a login?",
			       l->base, x->status, x->type);
}

/* Asks for `path`, with these headers; the answer is in the request's arena. */
static bool ask(struct line *l, const char *path, struct curl_slist *headers, const char *type,
	struct exchange *x, struct error *err)
{
	const char *url = str_format(&l->request, "%s%s", l->base, path).ptr;
	x->body.arena = &l->request;
	set_limits(l, x);
	curl_easy_setopt(l->curl, CURLOPT_URL, url);
	curl_easy_setopt(l->curl, CURLOPT_HTTPHEADER, headers);
	CURLcode code = curl_easy_perform(l->curl);
	l->report->requests++;
	if (code != CURLE_OK)
		return explain(l, x, code, err);
	char *found = NULL;
	curl_easy_getinfo(l->curl, CURLINFO_RESPONSE_CODE, &x->status);
	curl_easy_getinfo(l->curl, CURLINFO_CONTENT_TYPE, &found);
	x->type = found ? str_z(&l->request, str_from(found)) : "";
	l->report->bytes_down += x->body.len;
	return judge(l, x, type, err);
}

/* --- up --------------------------------------------------------------------------------------- */

static size_t count_of(const struct json *answer, const char *name)
{
	const struct json *value = json_get(answer, str_from(name));
	return value && value->type == JSON_IS_INTEGER && value->integer > 0
		       ? (size_t)value->integer
		       : 0;
}

/* A message of a stranger, for a log: printable ASCII, and not long. */
static void keep_why(struct up_taken *all, struct str why)
{
	char clean[160];
	size_t len = why.len < sizeof(clean) ? why.len : sizeof(clean) - 1;
	for (size_t i = 0; i < len; i++)
		clean[i] = why.ptr[i] >= ' ' && why.ptr[i] <= '~' ? why.ptr[i] : '?';
	error_set(&all->why, ERROR_REFUSED, "the hub: %.*s", (int)len, clean);
}

static bool read_receipt(struct line *l, struct str text, struct error *err)
{
	struct json answer;
	struct up_taken *all = &l->report->up;
	if (!json_parse(&l->request, text, &answer, NULL) || answer.type != JSON_IS_OBJECT ||
		!json_get(&answer, STR("refused")))
		return error_set(
			err, ERROR_REFUSED, "what answers at %s does not speak as a hub", l->base);
	all->ops += count_of(&answer, "ops");
	all->fresh += count_of(&answer, "new");
	all->boxes += count_of(&answer, "boxes");
	all->devices += count_of(&answer, "devices");
	all->held += count_of(&answer, "held");
	all->foreign += count_of(&answer, "foreign");
	size_t refused = count_of(&answer, "refused");
	if (refused > 0 && all->refused == 0)
		keep_why(all, json_string(json_get(&answer, STR("why"))));
	all->refused += refused;
	return true;
}

static bool post(struct line *l, struct error *err)
{
	struct exchange x = {.limit_bytes = UP_ANSWER_LIMIT_BYTES};
	struct str frames = str_builder_text(&l->out);
	if (frames.len == 0)
		return true;
	arena_reset(&l->request);
	curl_easy_reset(l->curl);
	curl_easy_setopt(l->curl, CURLOPT_POSTFIELDS, frames.ptr);
	curl_easy_setopt(l->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)frames.len);
	struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: " SYNC_HTTP_FRAMES);
	bool ok = ask(l, SYNC_HTTP_UP, headers, SYNC_HTTP_JSON, &x, err) &&
		  read_receipt(l, str_builder_text(&x.body), err);
	curl_slist_free_all(headers);
	l->report->bytes_up += frames.len;
	arena_reset(&l->out_arena);
	l->out = (struct str_builder){.arena = &l->out_arena};
	return ok;
}

/* Frames come whole, so each request is a bundle. */
static bool add_frame(void *context, const void *bytes, size_t count, struct error *err)
{
	struct line *l = context;
	if (l->out.len + count > CARRIER_HTTP_UP_BYTES && !post(l, err))
		return false;
	str_builder_add(&l->out, (struct str){bytes, count});
	return true;
}

static bool bring(struct line *l, struct error *err)
{
	struct sync_sink sink = {add_frame, l};
	l->out = (struct str_builder){.arena = &l->out_arena};
	return up_write(l->store, &sink, &l->report->sent, err) && post(l, err);
}

/* --- down ------------------------------------------------------------------------------------- */

static bool take_in(struct line *l, struct str bundle, bool *more, struct error *err)
{
	struct down_taken now, *all = &l->report->down;
	struct frame_reader reader = frame_reader_of(bundle);
	if (!down_read(l->store, &reader, &now, err))
		return false;
	if (now.torn)
		return error_set(err, now.why.code, "%s: %s", l->base, now.why.message);
	now.ops += all->ops;
	now.erasures += all->erasures;
	now.foreign += all->foreign;
	bool moved = now.ops > all->ops || now.followed;
	*more = moved && now.hub_seq > 0 && (now.head == 0 || now.head > now.hub_seq);
	now.followed = now.followed || all->followed;
	now.forked = now.forked || all->forked;
	/* It answers here and now, and knows less than it said: it was put back. */
	bool behind = now.head > 0 && now.head < now.hub_seq;
	if (behind && !store_set_head_owed(l->store, true, err))
		return false;
	if (all->refused > 0)
		now.why = all->why;
	now.refused += all->refused;
	*all = now;
	return true;
}

static bool fetch(struct line *l, bool *more, struct error *err)
{
	struct exchange x = {.limit_bytes = CARRIER_HTTP_DOWN_LIMIT_BYTES};
	struct hub_position here;
	struct hash erasures;
	*more = false;
	arena_reset(&l->request);
	curl_easy_reset(l->curl);
	if (!store_position(l->store, &here, err) || !store_erasure_sum(l->store, &erasures, err))
		return false;
	const char *path =
		str_format(&l->request, SYNC_HTTP_DOWN "?after=%lld", (long long)here.hub_seq).ptr;
	const char *tag = sync_http_tag(&l->request, &here, &erasures);
	struct curl_slist *headers =
		curl_slist_append(NULL, str_format(&l->request, "If-None-Match: %s", tag).ptr);
	bool ok = ask(l, path, headers, SYNC_HTTP_FRAMES, &x, err);
	curl_slist_free_all(headers);
	if (!ok)
		return false;
	if (x.status != 304 && x.body.len == 0)
		return error_set(
			err, ERROR_REFUSED, "the hub at %s gives an empty answer", l->base);
	if (x.status != 304)
		return take_in(l, str_builder_text(&x.body), more, err);
	l->report->down.hub_seq = l->report->down.head = here.hub_seq;
	return store_erasures_heard(l->store, here.epoch, err);
}

static bool take_along(struct line *l, struct error *err)
{
	bool more = true;
	for (int round = 0; more; round++) {
		if (round == ROUNDS_MOST)
			return error_set(
				err, ERROR_LIMIT, "the hub at %s comes to no end", l->base);
		if (!fetch(l, &more, err))
			return false;
	}
	return true;
}

/* --- the whole -------------------------------------------------------------------------------- */

static bool find_hub(struct line *l, const char *address, struct error *err)
{
	CLEANUP(identity_wipe) struct identity who;
	static const uint8_t none[WRITER_PART_BYTES];
	if (!store_identity(l->store, &who, err))
		return false;
	if (who.is_hub || memcmp(who.organisation, none, sizeof(none)) == 0)
		return error_set(err, ERROR_REFUSED, "this one belongs to no hub");
	struct str where = str_from(address ? address : who.address);
	if (where.len == 0)
		return error_set(err, ERROR_REFUSED,
			"the hub of %s has no address: it is reached by stick", who.name);
	return take_address(l, str_copy(&l->arena, where), err);
}

static bool owes(struct line *l, bool *again, struct error *err)
{
	*again = l->report->down.followed;
	return *again || store_head_owed(l->store, again, err);
}

bool carrier_http_exchange(struct store *store, const char *address,
	struct carrier_http_report *report, struct error *err)
{
	CLEANUP(finish) struct line l = {.store = store, .report = report};
	*report = (struct carrier_http_report){.requests = 0};
	if (!find_hub(&l, address, err))
		return false;
	bool again;
	l.curl = curl_easy_init();
	if (!l.curl)
		return error_set(err, ERROR_REFUSED, "libcurl does not start");
	/* What a hub that was put back has lost goes up as soon as that is known. */
	return bring(&l, err) && take_along(&l, err) && owes(&l, &again, err) &&
	       (!again || (bring(&l, err) && take_along(&l, err)));
}
