/* The stick of a host. To everything here a stick is a directory that comes and goes: the one that
 * --stick names, or where the system mounted a real one. It is looked for twice a second, and only
 * while a screen is open that is about it. */
#pragma once
#include <sys/types.h>

#include "base/error.h"
#include "platform/linux/process.h"
#include "screens/screen.h"
#include "store/identity.h"

#define STICK_PATH_BYTES 4096
#define STICK_LOOK_MS 500
#define STICK_PAGE_NAME "buurtbord-bellijst"
#define STICK_BACK_UP_FILE "buurtbord-kopie.db"

struct kiosk;

struct stick {
	char dir[STICK_PATH_BYTES]; /* empty: none is in */
	int64_t looked_ms; /* when it was last looked for; 0: not since the screen opened */
	bool watched; /* a screen about it is open */
	bool shown; /* "leave it in" stands on the screen: the work may begin */
};

/* Carrying news. */
struct round {
	bool belongs; /* to an organisation */
	char organisation[IDENTITY_NAME_MOST_BYTES + 1]; /* its name */
	bool in; /* a stick is, and had its turn */
	uint64_t mark; /* of that one */
	char dir[STICK_PATH_BYTES];
	enum stick_wish wish; /* STICK_EXCHANGE or STICK_JOIN */
	pid_t process; /* that exchanges; 0: none */
	struct process_lines lines; /* of it */
	bool done; /* it said so */
	enum error_code why; /* it said that it failed */
	int64_t looked_ms, heard_ms, over_ms; /* monotonic */
	bool was_off; /* the screen, when the stick came */
};

/* The line to the hub. */
struct line {
	bool wanted; /* there is an address, and a real machine */
	pid_t process; /* that speaks now; 0: none */
	int64_t next_ms; /* monotonic: to begin, or to look whether it has ended */
	unsigned failures; /* after each other */
	bool news; /* it may have brought something */
};

/* The stick that is in, as a path; false when none is. */
bool stick_look_for(struct kiosk *kiosk, char dir[STICK_PATH_BYTES]);

/* round.c: a courier's stick, which is noticed whatever is on, but where the host says what is to
 * be done with one. Whether this kiosk belongs to an organisation is asked once, and again when it
 * joined one. */
void round_begin(struct kiosk *kiosk);
int64_t round_next_ms(const struct kiosk *kiosk);
void round_tend(struct kiosk *kiosk);
/* Begins to exchange with the stick in dir, or to join the organisation whose invitation lies on it
 * and exchange; never while another one goes on. How it ends is told by stick_exchanged(). */
void round_start(struct kiosk *kiosk, const char *dir, enum stick_wish wish);
/* Somebody touched the picture away: it goes on without it. */
void round_leave(struct kiosk *kiosk);
void round_end(struct kiosk *kiosk);

/* When stick_tend() has something to do; INT64_MAX: it has not. */
int64_t stick_next_ms(const struct kiosk *kiosk);
/* Looks for a stick when it is time, and does what was asked once the screen says so. */
void stick_tend(struct kiosk *kiosk);
/* What round_start() began is over. */
void stick_exchanged(struct kiosk *kiosk, enum stick_outcome outcome);
/* Takes a wish of the host; STICK_NOTHING forgets how the last one went. */
void stick_use(struct kiosk *kiosk, enum stick_wish wish);

/* Writes the call list as a page that opens anywhere, synced and read back, and marks its
 * sign-ups as collected. Errors are those of the
 * files and of the store. */
bool stick_take_along(struct kiosk *kiosk, const char *dir, struct error *err);
