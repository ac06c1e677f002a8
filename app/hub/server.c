/* libmicrohttpd calls back three times: when a connection begins, for each piece of a request, and
 * when a request is over. A connection has a place in a table of fixed size, with the arena of the
 * request that it is at. What is refused is refused before its body is read. */
#include "hub/server.h"

#include "base/log.h"
#include "store/backup.h"
#include "store/damaged.h"

#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define WAIT_MS 1000
#define EXPIRE_EVERY_MS ((int64_t)3600000)
#define URL_BYTES 80

struct place {
	struct server *server; /* NULL: free */
	int fd;
	int64_t since_ms; /* monotonic: when it came, or its last request was over */
	struct arena arena;
	struct str_builder body;
	size_t claimed_bytes; /* of SERVER_BODIES_LIMIT_BYTES */
};

struct server {
	struct hub *hub;
	struct MHD_Daemon *daemon;
	int fd; /* ours until the daemon has it */
	char url[URL_BYTES];
	bool everywhere;
	size_t claimed_bytes; /* by the bodies of all requests */
	struct place places[SERVER_CONNECTIONS_MOST];
};

/* --- listening -------------------------------------------------------------------------------- */

static bool split_address(
	struct arena *arena, struct str address, const char **host, const char **port)
{
	size_t colon = address.len;
	while (colon > 0 && address.ptr[colon - 1] != ':')
		colon--;
	struct str before = str_slice(address, 0, colon ? colon - 1 : 0);
	struct str after = str_slice(address, colon, address.len);
	int64_t number;
	if (str_starts_with(before, STR("[")) && str_ends_with(before, STR("]")))
		before = str_slice(before, 1, before.len - 1);
	*host = str_z(arena, before);
	*port = str_z(arena, after);
	return before.len > 0 && str_to_int(after, &number) && number >= 0 && number <= 65535;
}

static bool name_url(struct server *s, struct error *err)
{
	struct sockaddr_storage bound = {.ss_family = AF_UNSPEC};
	socklen_t size = sizeof(bound);
	char host[INET6_ADDRSTRLEN] = "", port[8] = "";
	if (getsockname(s->fd, (struct sockaddr *)&bound, &size) != 0 ||
		getnameinfo((struct sockaddr *)&bound, size, host, sizeof(host), port, sizeof(port),
			NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return error_set(err, ERROR_REFUSED, "the socket does not know its address");
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 256};
	struct str url = str_format(
		&arena, strchr(host, ':') ? "http://[%s]:%s" : "http://%s:%s", host, port);
	memcpy(s->url, str_z(&arena, str_slice(url, 0, sizeof(s->url) - 1)),
		url.len < sizeof(s->url) ? url.len + 1 : sizeof(s->url));
	s->everywhere = strcmp(host, "0.0.0.0") == 0 || strcmp(host, "::") == 0;
	return true;
}

static bool bind_to(struct server *s, const struct addrinfo *where)
{
	const int yes = 1;
	s->fd = socket(
		where->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, where->ai_protocol);
	return s->fd >= 0 && setsockopt(s->fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes)) == 0 &&
	       bind(s->fd, where->ai_addr, where->ai_addrlen) == 0 &&
	       listen(s->fd, SERVER_CONNECTIONS_MOST) == 0;
}

static bool open_socket(struct server *s, struct str address, struct error *err)
{
	CLEANUP(arena_finish) struct arena arena = {.block_bytes = 512};
	const struct addrinfo hints = {.ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
	const char *host, *port;
	struct addrinfo *where = NULL;
	if (!split_address(&arena, address, &host, &port) ||
		getaddrinfo(host, port, &hints, &where) != 0)
		return error_set(err, ERROR_PARSE,
			"%.*s: give an address and a port, like 127.0.0.1:8480", STR_ARG(address));
	bool ok = bind_to(s, where);
	if (!ok)
		error_set(err, ERROR_REFUSED, "cannot listen at %.*s: %s", STR_ARG(address),
			strerror(errno));
	freeaddrinfo(where);
	return ok && name_url(s, err);
}

/* --- connections ------------------------------------------------------------------------------ */

static void forget_request(struct place *p)
{
	p->server->claimed_bytes -= p->claimed_bytes;
	p->claimed_bytes = 0;
	arena_finish(&p->arena);
	p->body = (struct str_builder){.arena = &p->arena};
	p->since_ms = env_monotonic_ms(p->server->hub->env);
}

static struct place *take_place(struct server *s, int fd)
{
	for (size_t i = 0; i < SERVER_CONNECTIONS_MOST; i++) {
		struct place *p = &s->places[i];
		if (p->server)
			continue;
		*p = (struct place){.server = s, .fd = fd};
		forget_request(p);
		return p;
	}
	return NULL;
}

static void on_connection(void *context, struct MHD_Connection *connection, void **place,
	enum MHD_ConnectionNotificationCode code)
{
	if (code == MHD_CONNECTION_NOTIFY_STARTED) {
		const union MHD_ConnectionInfo *info =
			MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
		*place = info ? take_place(context, info->connect_fd) : NULL;
		return;
	}
	struct place *p = *place;
	if (!p)
		return;
	forget_request(p);
	p->server = NULL;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **place,
	enum MHD_RequestTerminationCode code)
{
	(void)context, (void)connection, (void)code;
	if (*place)
		forget_request(*place);
	*place = NULL;
}

static struct place *place_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info ? info->socket_context : NULL;
}

/* A peer that sends a byte now and then is never idle, and still must come to an end. */
static void end_slow_ones(struct server *s)
{
	int64_t now = env_monotonic_ms(s->hub->env);
	for (size_t i = 0; i < SERVER_CONNECTIONS_MOST; i++)
		if (s->places[i].server && now - s->places[i].since_ms > SERVER_REQUEST_MS)
			shutdown(s->places[i].fd, SHUT_RDWR);
}

/* --- requests --------------------------------------------------------------------------------- */

/* What every answer says: nothing of this is for a cache, a frame or a script. */
static const struct {
	const char *name, *value;
} always[] = {
	{MHD_HTTP_HEADER_CACHE_CONTROL, "no-cache"},
	{"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; "
				    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", "no-referrer"},
};

static enum MHD_Result send_answer(struct MHD_Connection *connection, const struct answer *a)
{
	/* The library asks for memory that it may write to, and does not write. */
	struct MHD_Response *response = MHD_create_response_from_buffer(
		a->body.len, (void *)(uintptr_t)a->body.ptr, MHD_RESPMEM_PERSISTENT);
	if (!response)
		return MHD_NO;
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		MHD_add_response_header(response, always[i].name, always[i].value);
	if (a->content_type)
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, a->content_type);
	if (a->etag)
		MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, a->etag);
	if (a->allow)
		MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, a->allow);
	if (a->status == 503)
		MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, "30");
	enum MHD_Result result = MHD_queue_response(connection, a->status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status)
{
	struct answer a = answer_status(status);
	return send_answer(connection, &a);
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

/* What the body will be: 0, or the status to refuse it with. */
static unsigned claim_body(
	struct place *p, struct MHD_Connection *connection, bool wants_body, size_t limit_bytes)
{
	const char *text = header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
	int64_t length = 0;
	if (header(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING) || (!text && wants_body))
		return 411;
	if (text && (!str_to_int(str_from(text), &length) || length < 0))
		return 400;
	if ((uint64_t)length > limit_bytes)
		return 413;
	if (p->server->claimed_bytes + (size_t)length > SERVER_BODIES_LIMIT_BYTES)
		return 503;
	p->claimed_bytes = (size_t)length;
	p->server->claimed_bytes += p->claimed_bytes;
	return 0;
}

static enum MHD_Result begin_request(
	struct place *p, struct MHD_Connection *connection, const char *method, const char *path)
{
	size_t limit_bytes;
	unsigned status = answer_find(str_from(method), str_from(path), &limit_bytes);
	if (status == 405) { /* says which methods there are, so it is answered like others */
		struct request r = {.method = str_from(method), .path = str_from(path)};
		struct answer a = answer_request(p->server->hub, &p->arena, &r);
		return send_answer(connection, &a);
	}
	if (status == 0)
		status = claim_body(p, connection, limit_bytes > 0, limit_bytes);
	return status ? refuse(connection, status) : MHD_YES;
}

static enum MHD_Result end_request(
	struct place *p, struct MHD_Connection *connection, const char *method, const char *path)
{
	struct request r = {
		.method = str_from(method),
		.path = str_from(path),
		.after = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "after"),
		.if_none_match = header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH),
		.body = str_builder_text(&p->body),
	};
	struct answer a = answer_request(p->server->hub, &p->arena, &r);
	return send_answer(connection, &a);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
	const char *path, const char *method, const char *version, const char *bytes, size_t *count,
	void **request)
{
	(void)context, (void)version;
	struct place *p = place_of(connection);
	if (!p)
		return MHD_NO;
	if (!*request) {
		*request = p;
		return begin_request(p, connection, method, path);
	}
	if (*count > 0) {
		if (p->body.len + *count > p->claimed_bytes)
			return MHD_NO;
		str_builder_add(&p->body, (struct str){bytes, *count});
		*count = 0;
		return MHD_YES;
	}
	return end_request(p, connection, method, path);
}

/* --- the whole -------------------------------------------------------------------------------- */

static bool start(struct server *s, struct error *err)
{
	/* select, not epoll: 0.9.75 hears only once that there is something to read, so a peer
	   that sends half a request and goes would keep its place until it has been idle. */
	s->daemon = MHD_start_daemon(MHD_NO_FLAG, 0, NULL, NULL, on_request, s,
		MHD_OPTION_LISTEN_SOCKET, s->fd, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)SERVER_CONNECTIONS_MOST, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		SERVER_HEADER_LIMIT_BYTES, MHD_OPTION_CONNECTION_TIMEOUT, SERVER_IDLE_S,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_END);
	if (!s->daemon)
		return error_set(err, ERROR_REFUSED, "the web server does not start");
	s->fd = -1;
	return true;
}

struct server *server_create(struct hub *hub, struct str address, struct error *err)
{
	struct server *s = calloc(1, sizeof(*s));
	if (!s)
		abort();
	s->hub = hub;
	s->fd = -1;
	if (open_socket(s, address, err) && start(s, err))
		return s;
	server_destroy(s);
	return NULL;
}

void server_destroy(struct server *server)
{
	if (!server)
		return;
	if (server->daemon)
		MHD_stop_daemon(server->daemon);
	if (server->fd >= 0)
		close(server->fd);
	free(server);
}

const char *server_url(const struct server *server)
{
	return server->url;
}

bool server_is_everywhere(const struct server *server)
{
	return server->everywhere;
}

/* What a kiosk does at night, a hub does whenever: details whose time has come are erased. */
static void expire(struct server *s, int64_t *next_ms)
{
	struct error err = {0};
	int64_t now = env_monotonic_ms(s->hub->env);
	if (now < *next_ms)
		return;
	*next_ms = now + EXPIRE_EVERY_MS;
	if (!store_expire(s->hub->store, NULL, &err))
		log_error("erasing what has expired", &err);
	if (s->hub->directory && !store_expire_aside(s->hub->env, s->hub->directory, &err))
		log_error("erasing what has expired in what was put aside", &err);
	if (s->hub->directory && !store_expire_damaged(s->hub->store, s->hub->directory, &err))
		log_error("erasing what has expired in damaged databases", &err);
}

bool server_run(struct server *server, const volatile sig_atomic_t *stop, struct error *err)
{
	int64_t next_ms = env_monotonic_ms(server->hub->env);
	while (!*stop) {
		if (MHD_run_wait(server->daemon, WAIT_MS) != MHD_YES)
			return error_set(err, ERROR_DISK, "the web server stopped");
		end_slow_ones(server);
		expire(server, &next_ms);
	}
	return true;
}
