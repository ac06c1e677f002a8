/* HTTP/1.1 around answer.h, by libmicrohttpd, in the one thread that the store belongs to.
 * Strangers may come: connections, headers, bodies, memory and the time that each may take are
 * bounded, and whoever goes beyond loses his connection, not the hub. */
#pragma once
#include "hub/answer.h"

#include <signal.h>

#define SERVER_CONNECTIONS_MOST 100
#define SERVER_HEADER_LIMIT_BYTES ((size_t)32 << 10) /* request line and headers together */
#define SERVER_BODIES_LIMIT_BYTES ((size_t)32 << 20) /* of all requests at once */
#define SERVER_IDLE_S 20U /* without a byte either way */
#define SERVER_REQUEST_MS ((int64_t)180000) /* from its first byte to the answer's last */

struct server;

/* Listens at "ADDRESS:PORT", "[ADDRESS]:PORT" with IPv6; port 0 lets the machine choose. The hub is
 * borrowed. ERROR_PARSE for an address that is none, ERROR_REFUSED when it cannot be had. NULL with
 * err set. */
struct server *server_create(struct hub *hub, struct str address, struct error *err);
/* Accepts NULL. */
void server_destroy(struct server *server);

/* "http://127.0.0.1:8480"; ours, until the server goes. */
const char *server_url(const struct server *server);
/* Whether it listens on every address of the machine, so that the URL leads nowhere. */
bool server_is_everywhere(const struct server *server);

/* Serves until *stop is set, and looks at it at least every second. ERROR_DISK: the machine gives
 * no more of what sockets need. */
bool server_run(struct server *server, const volatile sig_atomic_t *stop, struct error *err);
