/* What the hub says to whom: the table of its addresses, and an answer to one request. No sockets
 * here (server.h has those), so every answer can be tried without a network.
 *
 *	POST /v1/frames        a bundle (format.md) in, JSON of what became of it out
 *	GET  /v1/down?after=N  a bundle of the log behind hub_seq N. When it would be larger than
 *	                       ANSWER_DOWN_LIMIT_BYTES it ends without a head: ask again for the
 *rest GET  /v1/head          a bundle of the head alone GET  /v1/health, /v1/devices   JSON GET  /
 *the status page
 *
 * Who asks is not asked: what comes in counts by its signatures, and what goes out names nobody.
 * Sealed details only ever travel up. */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include "store/store.h"

#define ANSWER_BODY_LIMIT_BYTES ((size_t)4 << 20)
#define ANSWER_DOWN_LIMIT_BYTES ((size_t)4 << 20)

struct hub {
	struct env *env;
	struct store *store; /* of a hub */
	const char *directory; /* of its data; NULL: not known */
};

struct request {
	struct str method, path;
	const char *after; /* the value of ?after=, NULL: none */
	const char *if_none_match; /* the header, NULL: none */
	struct str body;
};

struct answer {
	unsigned status; /* RFC 9110 15 */
	const char *content_type;
	struct str body;
	const char *etag; /* NULL: none */
	const char *allow; /* with status 405 */
};

/* Whether there is something at this path for this method, and how large a body it takes: 0 when
 * that is fine, else the answer's status, 404 or 405. */
unsigned answer_find(struct str method, struct str path, size_t *body_limit_bytes);

/* Everything that the answer points to is in the arena. What failed is logged. */
struct answer answer_request(struct hub *hub, struct arena *arena, const struct request *request);
/* The same for what is refused before anybody looked at it: a plain sentence. */
struct answer answer_status(unsigned status);
