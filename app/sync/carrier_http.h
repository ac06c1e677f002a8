/* The line: a kiosk that reaches its hub by HTTP. It brings what is pending and takes along what
 * follows on its own log, which is all that a stick does. Nothing here is remembered between two
 * exchanges: one that is cut at any byte is done again, and costs what it had not brought yet.
 *
 * An address is "http://HOST[:PORT]" or "https://HOST[:PORT]", with a path when a proxy wants one,
 * and nothing else: no name, no password. "#sha256//..." behind an https address pins the hub's
 * public key (RFC 7469 2.4, the base64 of its SHA-256); it then needs no certificate that anybody
 * else vouches for, and no other key will do. Without a pin the machine's authorities decide.
 *
 * http is as safe as a stick in a stranger's hands, which the format is made for: every frame is
 * signed, sealed details are sealed, the invitation's secret does not travel. Who listens sees when
 * a kiosk speaks, and the catalogue, which hangs in public. */
#pragma once
#include "sync/down.h"
#include "sync/up.h"

#define CARRIER_HTTP_UP_BYTES ((size_t)1 << 20) /* of frames in one request */
#define CARRIER_HTTP_DOWN_LIMIT_BYTES ((size_t)8 << 20) /* of one answer */
#define CARRIER_HTTP_CONNECT_MS 10000L
#define CARRIER_HTTP_REQUEST_MS 180000L
#define CARRIER_HTTP_SLOW_BYTES 64L /* a second, over CARRIER_HTTP_SLOW_S: that line is dead */
#define CARRIER_HTTP_SLOW_S 20L

struct carrier_http_report {
	struct up_sent sent;
	struct up_taken up; /* what the hub said of it; `why` is its message, code ERROR_REFUSED */
	struct down_taken down; /* of all answers together; hub_seq and head of the last */
	size_t requests;
	size_t bytes_up, bytes_down; /* of bodies */
};

/* One exchange, which blocks: up to three minutes for each request, so never on the thread that
 * draws. address: NULL for the one that the invitation gave. False when it did not come to its end;
 * what was taken in before stays taken in. ERROR_REFUSED for a store that is no member, without an
 * address, or an answer that is no hub's (a network that wants a login); ERROR_PARSE for an address
 * that is none; ERROR_NOT_FOUND when nobody answers; ERROR_KEY when the hub's key is not the pinned
 * one or its certificate does not hold; ERROR_LIMIT for an answer that is too large or too busy a
 * hub; ERROR_DAMAGED as down_read() says it. */
bool carrier_http_exchange(struct store *store, const char *address,
	struct carrier_http_report *report, struct error *err);

/* For main(), before there is a second thread; and at its end. */
void carrier_http_begin(void);
void carrier_http_end(void);
